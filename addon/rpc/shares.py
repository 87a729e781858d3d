"""Shares: how many places of a pool one caller may hold, so that nobody can keep all others out."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable

PLACES_KEPT = 2
"""Places of every pool that are kept for identities that hold none yet."""


class Shares:
    """The places of a pool, by who holds them (`Caller.identity`). From any thread; never waits."""

    def __init__(self, places: int, *, each: int | None = None) -> None:
        """`each`: the most that one identity may hold; None if only the kept places limit it."""
        self.places = places
        self._each = places if each is None else each
        self._lock = threading.Lock()
        self._held: Counter[Hashable] = Counter()

    def acquire(self, identity: Hashable) -> bool:
        """Take a place. False if the pool is full, or if the identity holds its share already."""
        with self._lock:
            held, free = self._held.get(identity, 0), self.places - self._held.total()
            if held >= self._each or free <= (PLACES_KEPT if held else 0):
                return False
            self._held[identity] += 1
            return True

    def release(self, identity: Hashable) -> None:
        """Give a place back that `acquire` has granted."""
        with self._lock:
            self._held[identity] -= 1
            if not self._held[identity]:
                del self._held[identity]  # identities are many, and come and go
