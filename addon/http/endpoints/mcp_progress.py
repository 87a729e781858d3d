"""A call of an agent that reports its progress: server-sent events, of which the last is the response."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from werkzeug.wrappers import Response

from ...rpc import codec, threads
from ...rpc.errors import Refused
from ...rpc.executor import CancelToken
from ...rpc.operations import BackgroundOperation, Operations, ProgressReport
from ..server.streams import Stream
from .events import HEARTBEAT_S, streamed

Json = Mapping[str, Any]


class ProgressStream:
    """A call that runs as an operation while a stream reports its progress. It can be cancelled from any thread."""

    def __init__(self, operations: Operations, note: Callable[[int, ProgressReport], Json]) -> None:
        """`note` returns the progress message, given the number of messages before it and the progress."""
        self._operations = operations
        self._note = note
        self._lock = threading.Lock()
        self._news: SimpleQueue[Json | None] = SimpleQueue()
        self._operation: BackgroundOperation | None = None
        self.cancel_token = CancelToken()
        """Cancels what is called besides the operation, or before it."""
        self._is_cancelled = False
        self._is_left = False

    def attach(self, operation: BackgroundOperation) -> None:
        """Note the operation, before its work begins, and withdraw it if the call was cancelled before."""
        with self._lock:
            self._operation, is_cancelled = operation, self._is_cancelled
        if is_cancelled:
            self.cancel()

    def call(self, operation: BackgroundOperation) -> dict[str, Any]:
        """Wait until the operation has ended, sending its progress. Return the response object of the call."""
        for number, progress in enumerate(operation.follow()):
            if progress is not None:
                self._news.put(self._note(number, progress))
        result, error = operation.outcome()
        return {"error": error} if error else {"result": result}

    def cancel(self) -> None:
        """Cancel the call. Unlike `CancelToken.cancel`, this also stops a running call, if it can be stopped."""
        with self._lock:
            self._is_cancelled, operation = True, self._operation
        self.cancel_token.cancel()
        if operation is not None:
            with suppress(Refused):
                self._operations.cancel(operation)

    def drop(self) -> None:
        """Keep the outcome no longer, unless the client has left before it could receive it."""
        if self._operation is not None and not self._is_left:
            self._operations.drop(self._operation)

    def respond(self, stream: Stream, answer: Callable[[], Json]) -> Response:
        """Return the streamed response. The stream must be open; `answer` is called on a new thread.

        Raises Busy if the system allows no more threads.
        """

        def work() -> None:
            try:
                self._news.put(answer())
            finally:
                self._news.put(None)

        threads.start("mcp", work)
        response = streamed(self._events())
        response.call_on_close(stream.close)
        return response

    def end(self) -> None:
        """Cancel the call and end the stream, because the client is gone or the server stops."""
        self.cancel()
        self.leave()

    def leave(self) -> None:
        """End the stream, but let the call run on."""
        self._is_left = True
        self._news.put(None)

    def _events(self) -> Iterator[bytes]:
        while True:
            try:
                message = self._news.get(timeout=HEARTBEAT_S)
            except Empty:
                yield b":\n\n"
                continue
            if message is None:
                return
            yield b"event: message\ndata: " + codec.dumps(message) + b"\n\n"
