"""Shares: how many places of a pool one caller may occupy, so that no caller can block all others."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable

RESERVED_SLOTS = 2
"""Places of every pool that are reserved for callers that occupy none yet."""
REQUEST_THREADS = 16
"""Threads for requests; one of them is reserved for requests that need only a moment."""


class FairSlots:
    """A pool with a number of places, and the callers (`Caller.identity`) that occupy them. Any thread; never waits."""

    def __init__(self, places: int, *, each: int | None = None) -> None:
        """`each`: the most places that one identity may occupy; None if only the reserved places limit it."""
        self.places = places
        self._each = places if each is None else each
        self._lock = threading.Lock()
        self._held: Counter[Hashable] = Counter()

    def acquire(self, identity: Hashable) -> bool:
        """Occupy a place. Return False if the pool is full, or if the identity has its share already."""
        with self._lock:
            held, free = self._held.get(identity, 0), self.places - self._held.total()
            if held >= self._each or free <= (RESERVED_SLOTS if held else 0):
                return False
            self._held[identity] += 1
            return True

    def release(self, identity: Hashable) -> None:
        """Free a place that `acquire` has granted."""
        with self._lock:
            self._held[identity] -= 1
            if not self._held[identity]:
                del self._held[identity]  # else the counter would grow with every new caller
