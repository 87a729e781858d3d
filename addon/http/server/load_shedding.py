"""Room for connections, bodies, and answers that wait to be read: who goes where there is too little of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from .connection import Channel, Unavailable

ANSWERS = 2**28
"""Bytes of all answers that wait together; beyond it the slowest readers are dropped."""
BODIES = 2**30
"""Bytes of all bodies in memory together; beyond it the slowest of those who still send are refused."""
GRACE = 0.5
"""Seconds that a connection is safe from making room."""


class Room:
    """At most `limit` connections; `count` and `channels` tell those that there are. Used on the loop's thread."""

    def __init__(self, limit: int, count: Callable[[], int], channels: Callable[[], Iterable[Channel]]) -> None:
        self._limit = limit
        self._count = count
        self._channels = channels
        self._full_until = 0.0

    def is_left(self) -> bool:
        """Whether one more can be accepted, or one is so little used that it can be closed for it."""
        if time.monotonic() < self._full_until:
            return False
        return self._count() < self._limit or any(self._unused())

    def take(self) -> None:
        """One more was accepted."""
        if self._count() > self._limit:
            self.make()

    def make(self) -> None:
        """Close the connection that is used least; where all are in use, accept nobody for a while."""
        if (least := self._least_used()) is not None:
            least.close_soon()
        else:
            self._full_until = time.monotonic() + GRACE

    def drop_slow_readers(self, now: float) -> None:
        """Where too much waits to be read, give up those who have read the least of late."""
        waiting = [channel for channel in self._channels() if channel.total_outbufs_len]
        excess = sum(channel.held for channel in waiting) - ANSWERS
        for channel in sorted(waiting, key=lambda channel: channel.due):
            if excess > 0 and channel.unused(now) > GRACE:
                excess -= channel.held
                channel.drop()

    def refuse_slow_senders(self) -> None:
        """Where too much has come of bodies, refuse those of whom the least has come of late."""
        channels = list(self._channels())
        excess = sum(channel.taken for channel in channels) - BODIES
        for channel in sorted(channels, key=lambda channel: channel.due):
            if excess > 0 and channel.taken and channel.is_clients_turn:
                excess -= channel.taken
                channel.refuse(Unavailable("too many large bodies come at once"))

    def _least_used(self) -> Channel | None:
        """Of the connections that wait for their clients the one that has waited longest; without a request first."""
        now = time.monotonic()
        return max(self._unused(), key=lambda channel: (channel.request is None, channel.unused(now)), default=None)

    def _unused(self) -> Iterator[Channel]:
        """The connections that wait for their clients, and have done so for a while."""
        now = time.monotonic()
        return (channel for channel in self._channels() if channel.is_clients_turn and channel.unused(now) > GRACE)
