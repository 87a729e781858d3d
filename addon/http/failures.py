"""Wrong keys, counted by who sent them: whoever tries many is refused before anything is looked at."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

from ..rpc.context import Caller

LIMIT = 20
"""Wrong keys that are looked at."""
PERIOD = 60.0
"""Seconds until they are forgotten, from the first one on."""
SIZE = 1000
"""Callers that are kept; the oldest go."""


class _Count(NamedTuple):
    number: int
    began: float


class Failures:
    """From any thread. A right key is never looked up here: it always passes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[tuple[str | None, str | None], _Count] = {}

    def add(self, caller: Caller) -> None:
        """The caller has sent a wrong key."""
        now = time.monotonic()
        with self._lock:
            count = self._counts.get(who := (caller.peer, caller.origin))
            if count is None or now - count.began >= PERIOD:
                self._counts.pop(who, None)
                count = _Count(0, now)
                if len(self._counts) >= SIZE:
                    del self._counts[next(iter(self._counts))]
            self._counts[who] = count._replace(number=count.number + 1)

    def pause(self, caller: Caller) -> int:
        """Seconds for which wrong keys of the caller's are refused at once; 0 while they are looked at."""
        count = self._counts.get((caller.peer, caller.origin))
        if count is None or count.number < LIMIT:
            return 0
        return max(0, round(count.began + PERIOD - time.monotonic()))
