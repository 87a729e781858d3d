"""Snapshots: the ids that a search has found, in their order, kept for the pages that a cursor continues."""

from __future__ import annotations

import secrets
import threading
import time
from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple


class SnapshotLimits(NamedTuple):
    """How much is kept, and how long."""

    of_caller: int = 8
    """Snapshots of one caller; the one used longest ago is dropped."""
    size: int = 64 * 2**20
    """Bytes of all. Beyond, the caller with the most bytes loses the one used longest ago; the newest is kept."""
    seconds: float = 600.0
    """Seconds that a snapshot is kept after its last use."""


class Snapshot(NamedTuple):
    """Ids in their order."""

    owner: Hashable
    """The `Caller.identity` that may read it."""
    session: str
    """The session of the collection whose ids they are."""
    noun: str
    """What has the ids."""
    ids: array[int]

    @property
    def size(self) -> int:
        return len(self.ids) * self.ids.itemsize


class Snapshots:
    """The snapshots of all callers. Any thread."""

    def __init__(self, limits: SnapshotLimits | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits or SnapshotLimits()
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Snapshot]] = {}
        """By key, with the time of the last use; the one used longest ago comes first."""

    def keep(self, owner: Hashable, session: str, noun: str, ids: Iterable[int]) -> str:
        """Keep ids, and return the key of the snapshot, which nobody can guess."""
        snapshot, key = Snapshot(owner, session, noun, array("q", ids)), secrets.token_urlsafe(12)
        with self._lock:
            self._drop_old()
            self._kept[key] = self._clock(), snapshot
            of_caller = [known for known, (_, other) in self._kept.items() if other.owner == owner]
            for known in of_caller[: -self._limits.of_caller]:
                del self._kept[known]
            while len(self._kept) > 1 and self._drop_largest():
                pass
        return key

    def find(self, key: str) -> Snapshot | None:
        """Return a snapshot; None if there is none with this key, or no longer."""
        with self._lock:
            self._drop_old()
            if (found := self._kept.pop(key, None)) is None:
                return None
            self._kept[key] = self._clock(), found[1]
            return found[1]

    def tidy(self, session: str) -> None:
        """Drop what is too old, and the ids of another collection than the open one. Any request calls it: it is cheap.

        Only the ids, so that the error for such a cursor can say why.
        """
        if self._kept:
            with self._lock:
                self._drop_old()
                for key, (used, snapshot) in self._kept.items():
                    if snapshot.session != session and snapshot.ids:
                        self._kept[key] = used, snapshot._replace(ids=array("q"))

    def clear(self) -> None:
        """Drop all snapshots: their collection is being closed."""
        with self._lock:
            self._kept.clear()

    def _drop_old(self) -> None:
        oldest = self._clock() - self._limits.seconds
        for key in [key for key, (used, _) in self._kept.items() if used < oldest]:
            del self._kept[key]

    def _drop_largest(self) -> bool:
        """Drop a snapshot of the caller with the most bytes, if there are too many. Returns whether it did."""
        sizes: Counter[Hashable] = Counter()
        for _, snapshot in self._kept.values():
            sizes[snapshot.owner] += snapshot.size
        if sizes.total() <= self._limits.size:
            return False
        newest = next(reversed(self._kept))
        (largest, _), *_ = sizes.most_common(1)
        of_largest = [key for key, (_, snapshot) in self._kept.items() if snapshot.owner == largest and key != newest]
        others = [key for key in self._kept if key != newest]
        del self._kept[(of_largest or others)[0]]
        return True
