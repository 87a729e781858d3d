"""Load shedding: which connection, body or response is dropped when a limit is reached."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from .connection import Channel, Unavailable

MAX_RESPONSE_BYTES = 2**28
"""Bytes of all responses that wait to be read; above it the slowest readers are dropped."""
MAX_BODY_BYTES = 2**30
"""Bytes of all request bodies in memory; above it the slowest senders are refused."""
GRACE_S = 0.5
"""Seconds for which an idle connection is safe from being closed for another one."""


class LoadShedder:
    """Keeps at most `limit` connections. Used on the loop's thread.

    `count` returns the number of open connections, `channels` returns the connections.
    """

    def __init__(self, limit: int, count: Callable[[], int], channels: Callable[[], Iterable[Channel]]) -> None:
        self._limit = limit
        self._count = count
        self._channels = channels
        self._full_until = 0.0

    def has_capacity(self) -> bool:
        """Whether one more can be accepted, if necessary in place of an idle one."""
        if time.monotonic() < self._full_until:
            return False
        return self._count() < self._limit or any(self._unused())

    def on_accept(self) -> None:
        """Close an idle connection if the new one is one too many."""
        if self._count() > self._limit:
            self.evict_idle()

    def evict_idle(self) -> None:
        """Close the connection that has been idle longest. If none is idle, accept no connection for a while."""
        if (least := self._least_used()) is not None:
            least.close_soon()
        else:
            self._full_until = time.monotonic() + GRACE_S

    def drop_slow_readers(self, now: float) -> None:
        """If too much waits to be read, drop the connections that have read the least recently."""
        waiting = [channel for channel in self._channels() if channel.total_outbufs_len]
        excess = sum(channel.buffered_response_bytes for channel in waiting) - MAX_RESPONSE_BYTES
        for channel in sorted(waiting, key=lambda channel: channel.read_deadline):
            if excess > 0 and channel.idle_for(now) > GRACE_S:
                excess -= channel.buffered_response_bytes
                channel.drop()

    def refuse_slow_senders(self) -> None:
        """If request bodies take too much memory, refuse the requests that have received the least recently."""
        channels = list(self._channels())
        excess = sum(channel.buffered_body_bytes for channel in channels) - MAX_BODY_BYTES
        for channel in sorted(channels, key=lambda channel: channel.read_deadline):
            if excess > 0 and channel.buffered_body_bytes and channel.is_clients_turn:
                excess -= channel.buffered_body_bytes
                channel.refuse(Unavailable("too many large bodies are being received. Try again later."))

    def _least_used(self) -> Channel | None:
        """The connection that has waited longest for its client; connections without a request come first."""
        now = time.monotonic()
        return max(self._unused(), key=lambda channel: (channel.request is None, channel.idle_for(now)), default=None)

    def _unused(self) -> Iterator[Channel]:
        """The connections that have been waiting for their clients for a while."""
        now = time.monotonic()
        return (channel for channel in self._channels() if channel.is_clients_turn and channel.idle_for(now) > GRACE_S)
