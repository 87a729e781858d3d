"""Answers without an end: a few, each in a thread beside those for requests, so that none of these is held."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

from ...rpc.shares import Shares

ENVIRON = "anki_rpc.stream"
"""Where an application finds the `Stream` that it may open, or watch its client by, in the environment of a request."""

MAX_STREAMS = 8
BACKLOG_BYTES = 4 * 2**20
"""Bytes that may wait for a slow reader; then it is dropped."""


class Streams:
    """The streams of one server. `resize` is told how many there are."""

    def __init__(self, resize: Callable[[int], None], limit: int = MAX_STREAMS) -> None:
        self._resize = resize
        self._places = Shares(limit)
        self._lock = threading.Lock()
        self._open: set[Stream] = set()
        self._is_stopping = False

    def begin(self) -> None:
        self._is_stopping = False

    def end(self) -> None:
        """End all; none can be opened any more, and the number of threads is left alone."""
        with self._lock:
            self._is_stopping = True
            streams = list(self._open)
        for stream in streams:
            stream.end()

    def add(self, stream: Stream) -> bool:
        """False if there are too many, or if its caller has its share of them."""
        with self._lock:
            if self._is_stopping or not self._places.acquire(stream.identity):
                return False
            self._open.add(stream)
            self._resize(len(self._open))
            return True

    def remove(self, stream: Stream) -> None:
        with self._lock:
            if stream in self._open:
                self._open.remove(stream)
                self._places.release(stream.identity)
            if not self._is_stopping:
                self._resize(len(self._open))


class Stream:
    """One answer that may go on; the server ends it when it stops, or when the client is gone or does not read."""

    def __init__(self, streams: Streams, wake: Callable[[], None]) -> None:
        """`wake` has the server look at the connection again."""
        self._streams = streams
        self._wake = wake
        self._on_end: Callable[[], None] | None = None
        self._on_gone: Callable[[], None] | None = None
        self.is_watched = False
        """The server looks whenever something comes, and not only now and then."""
        self.identity: Hashable = None
        """Its caller's, once it is open."""

    def on_gone(self, call: Callable[[], None]) -> None:
        """Call, on the server's thread, when the client is found to be gone, some seconds later at the most."""
        self._on_gone = call

    def watch(self, on_gone: Callable[[], None]) -> None:
        """As `on_gone`, but at once, until `unwatch`."""
        self._on_gone = on_gone
        self.is_watched = True
        self._wake()

    def unwatch(self) -> None:
        self._on_gone = None
        self.is_watched = False

    def gone(self) -> None:
        """The client is."""
        on_gone = self._on_gone
        self.unwatch()
        if on_gone is not None:
            on_gone()

    def open(self, on_end: Callable[[], None], identity: Hashable) -> bool:
        """False if there are too many, or if the caller has its share of them.

        `on_end` may be called from any thread, and the answer ends soon then.
        """
        self._on_end, self.identity = on_end, identity
        if not self._streams.add(self):
            self._on_end = None
            return False
        self._wake()
        return True

    @property
    def is_open(self) -> bool:
        return self._on_end is not None

    def end(self) -> None:
        if (on_end := self._on_end) is not None:
            on_end()

    def close(self) -> None:
        """The answer has ended."""
        if self.is_open:
            self._on_end = None
            self._streams.remove(self)
