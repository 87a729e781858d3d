"""An agent's call that tells how far it is: server-sent events, the last of which is the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from werkzeug.wrappers import Response

from ...rpc import codec
from ...rpc.errors import Refused
from ...rpc.operations import Operation, Operations, Progress
from ..server.streams import Stream
from .events import HEARTBEAT_S, MIMETYPE

Json = Mapping[str, Any]


class Running:
    """A call that goes on as an operation while its progress is told. It can be cancelled from any thread."""

    def __init__(self, operations: Operations, note: Callable[[int, Progress], Json]) -> None:
        """`note` makes the message that tells of progress, from the number of those before it."""
        self._operations = operations
        self._note = note
        self._lock = threading.Lock()
        self._news: SimpleQueue[Json | None] = SimpleQueue()
        self._operation: Operation | None = None
        self._is_cancelled = False

    def call(self, operation: Operation) -> dict[str, Any]:
        """Wait for its end, telling how far it is; returns the response object."""
        with self._lock:
            self._operation, is_cancelled = operation, self._is_cancelled
        if is_cancelled:
            self.cancel()
        for number, progress in enumerate(operation.follow()):
            if progress is not None:
                self._news.put(self._note(number, progress))
        result, error = operation.outcome()
        return {"error": error} if error else {"result": result}

    def cancel(self) -> None:
        """Cancel it: as `CancelToken.cancel`, but what has begun is stopped too, where that is possible."""
        with self._lock:
            self._is_cancelled, operation = True, self._operation
        if operation is not None:
            with suppress(Refused):
                self._operations.cancel(operation)

    def respond(self, stream: Stream, answer: Callable[[], Json]) -> Response:
        """The response to a request whose stream is open; `answer` is called on a thread of its own."""

        def work() -> None:
            try:
                self._news.put(answer())
            finally:
                self._news.put(None)

        threading.Thread(target=work, name="anki-rpc mcp", daemon=True).start()
        response = Response(self._events(), content_type=MIMETYPE)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Accel-Buffering"] = "no"
        response.call_on_close(stream.close)
        return response

    def end(self) -> None:
        """The client is gone, or the server stops: nobody wants it any more."""
        self.cancel()
        self.leave()

    def leave(self) -> None:
        """As `end`, but it goes on."""
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
