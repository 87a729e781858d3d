"""Load shedding: which connection, body or response is dropped when a limit is reached."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable, Iterable

from .connection import Channel, Unavailable

MAX_RESPONSE_BYTES = 2**28
"""Bytes of all responses that wait to be read; above it the slowest readers are dropped."""
MAX_BODY_BYTES = 2**30
"""Bytes of all request bodies in memory; above it the slowest senders are refused."""
GRACE_S = 0.5
"""Seconds without progress for which a reader is not slow."""
PAUSE_S = 0.5
"""Seconds without new connections after one could not be accepted."""
ACCEPTED_AT_ONCE = 64
"""Connections that are accepted before the other sockets have their turn."""
SETTLING_S = 0.02
"""Seconds for which a new connection makes room for no other: its client may be about to send."""


class LoadShedder:
    """Keeps at most `limit` connections. Used on the loop's thread.

    `count` returns the number of open connections, `channels` returns the connections.
    """

    def __init__(self, limit: int, count: Callable[[], int], channels: Callable[[], Iterable[Channel]]) -> None:
        self._limit = limit
        self._count = count
        self._channels = channels
        self._paused_until = 0.0

    def has_capacity(self) -> bool:
        """Whether one more can be accepted, if necessary in place of an idle one."""
        if self.pause_left():
            return False
        return self._count() < self._limit or any(channel.is_clients_turn for channel in self._channels())

    def accept(self, accept_one: Callable[[], bool]) -> None:
        """Accept connections by `accept_one` until it returns False, or no more fit. Close idle ones in their place.

        - A flood of connections fills the system's queue, in which others wait. So the queue must be emptied quickly:
          a new connection is safe only until its client has had time to send, and each pass over all connections makes
          room for many.
        - The loop calls this after it has handled all other sockets of a turn, so it is not about to use them.
        """
        free = max(0, self._limit - self._count())
        idle = self._idle(ACCEPTED_AT_ONCE) if free < ACCEPTED_AT_ONCE else []
        now = time.monotonic()
        # Others are not closed in place of a new one: they can be spared less.
        settled = list(itertools.takewhile(lambda channel: now - channel.accepted_at >= SETTLING_S, idle))
        if idle and not settled and not free:
            self.pause(idle[0].accepted_at + SETTLING_S - now)
        accepted = 0
        while accepted < min(ACCEPTED_AT_ONCE, free + len(settled)) and accept_one():
            accepted += 1
        for channel in settled[: max(0, accepted - free)]:
            channel.handle_close()

    def evict_idle(self) -> None:
        """Close the connection that can be spared best. If none is idle, accept no connection for a while."""
        if idle := self._idle(1):
            idle[0].close_soon()
        else:
            self.pause()

    def pause(self, seconds: float = PAUSE_S) -> None:
        """Accept no connection for a while."""
        self._paused_until = time.monotonic() + seconds

    def pause_left(self) -> float:
        """Return for how many seconds no connection is accepted."""
        return max(0.0, self._paused_until - time.monotonic())

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

    def _idle(self, most: int) -> list[Channel]:
        """Return up to `most` connections that wait for their clients, those that can be spared best first.

        These are the connections that have never had an answer; of both kinds those without a request; of these the
        ones that have waited longest.
        """
        now = time.monotonic()
        idle = (channel for channel in self._channels() if channel.is_clients_turn)
        return heapq.nsmallest(
            most, idle, key=lambda channel: (channel.has_answered, channel.request is not None, -channel.idle_for(now))
        )
