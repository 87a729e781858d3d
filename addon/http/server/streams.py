"""Streams: responses without an end. Each has an extra thread, so that it occupies none of those for requests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

from ...rpc.shares import FairSlots

ENVIRON = "anki_rpc.stream"
"""The key in a request's WSGI environment for its `Stream`, by which the application opens a stream or watches its
client."""

MAX_STREAMS = 8
BACKLOG_BYTES = 4 * 2**20
"""Bytes that may wait for a slow client; if more wait, its connection is dropped."""


class Streams:
    """The streams of one server; used from any thread.

    `resize` is called with the number of open streams. It raises RuntimeError if the system allows no more threads.
    """

    def __init__(self, resize: Callable[[int], None], limit: int = MAX_STREAMS) -> None:
        self._resize = resize
        self._places = FairSlots(limit)
        self._lock = threading.Lock()
        self._open: set[Stream] = set()
        self._is_stopping = False

    def begin(self) -> None:
        """Allow streams to be opened."""
        self._is_stopping = False

    def end(self) -> None:
        """End all streams, and allow no more. The number of threads stays as it is."""
        with self._lock:
            self._is_stopping = True
            streams = list(self._open)
        for stream in streams:
            stream.end()

    def add(self, stream: Stream) -> bool:
        """Add an open stream. Return False if too many are open, if its caller has its share of them, or if the system
        allows no thread for it.
        """
        with self._lock:
            stream.places = stream.places or self._places
            if self._is_stopping or not stream.places.acquire(stream.identity):
                return False
            try:
                self._resize(len(self._open) + 1)
            except RuntimeError:
                stream.places.release(stream.identity)
                return False
            self._open.add(stream)
            return True

    def remove(self, stream: Stream) -> None:
        """Remove a stream that has ended, if it was added."""
        with self._lock:
            if stream in self._open:
                self._open.remove(stream)
                if stream.places is not None:
                    stream.places.release(stream.identity)
            if not self._is_stopping:
                self._resize(len(self._open))


class Stream:
    """The possible stream of one request. The server ends it if it stops, or if the client is gone or does not read."""

    def __init__(self, streams: Streams, wake: Callable[[], None]) -> None:
        """`wake` makes the server check the connection again."""
        self._streams = streams
        self._wake = wake
        self._on_end: Callable[[], None] | None = None
        self._on_gone: Callable[[], None] | None = None
        self.is_watched = False
        """The server checks the client as soon as anything arrives, and not only at every tick."""
        self.identity: Hashable = None
        """The `Caller.identity` that has opened the stream."""
        self.places: FairSlots | None = None
        """The pool of which the stream occupies a place."""

    def on_disconnect(self, call: Callable[[], None]) -> None:
        """Set the function to call, on the loop's thread, within a few seconds after the client is gone."""
        self._on_gone = call

    def watch(self, on_disconnect: Callable[[], None]) -> None:
        """Like `on_disconnect`, but the function is called immediately when the client is gone, until `unwatch`."""
        self._on_gone = on_disconnect
        self.is_watched = True
        self._wake()

    def unwatch(self) -> None:
        """Stop watching: the function of `watch` or `on_disconnect` is not called any more."""
        self._on_gone = None
        self.is_watched = False

    def notify_disconnect(self) -> None:
        """Call the function of `watch` or `on_disconnect`, because the client is gone. Called by the server."""
        on_disconnect = self._on_gone
        self.unwatch()
        if on_disconnect is not None:
            on_disconnect()

    def open(self, on_end: Callable[[], None], identity: Hashable, places: FairSlots | None = None) -> bool:
        """Open the stream. Return False if there is no place or no thread for it.

        `places` is the pool of which it occupies a place; None for the one that the server has for all streams.

        The server calls `on_end`, from any thread, to end the response: the application then has to end it soon.
        """
        self._on_end, self.identity, self.places = on_end, identity, places
        if not self._streams.add(self):
            self._on_end = None
            return False
        self._wake()
        return True

    @property
    def is_open(self) -> bool:
        return self._on_end is not None

    def end(self) -> None:
        """Ask the application to end the stream, if it is open."""
        if (on_end := self._on_end) is not None:
            on_end()

    def close(self) -> None:
        """Close the stream, because the response has ended."""
        if self.is_open:
            self._on_end = None
            self._streams.remove(self)
