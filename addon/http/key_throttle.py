"""Wrong keys, counted by where they come from: when there were many, further ones are refused at once."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

from ..rpc.caller import Caller
from ..rpc.errors import KeyRequired

MAX_WRONG_KEYS = 20
"""Wrong keys that are looked at: in a period, and of the calls inside one request."""
PERIOD_S = 60.0
"""Seconds until they are forgotten, from the first one on."""


class _Count(NamedTuple):
    number: int
    began: float


class KeyThrottle:
    """Counts for this computer and for all others, as a guesser can choose addresses and origins. From any thread.

    A right key is never looked up here: it always passes. Therefore nobody is locked out by the guesses of others.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[bool, _Count] = {}

    def add(self, caller: Caller) -> None:
        """The caller has sent a wrong key."""
        if isinstance(caller.key, str):
            caller.wrong_keys.add(caller.key)
        now = time.monotonic()
        with self._lock:
            count = self._counts.get(caller.is_remote)
            if count is None or now - count.began >= PERIOD_S:
                count = _Count(0, now)
            self._counts[caller.is_remote] = count._replace(number=count.number + 1)

    def retry_after(self, caller: Caller) -> int:
        """Seconds for which wrong keys of the caller's are refused at once; 0 while they are looked at."""
        count = self._counts.get(caller.is_remote)
        if count is None or count.number < MAX_WRONG_KEYS:
            return 0
        return max(0, round(count.began + PERIOD_S - time.monotonic()))

    def check(self, caller: Caller) -> None:
        """Raise KeyRequired for one more key of a call inside a request that has held too many wrong ones.

        Such a request guesses: it could hold thousands of keys, and one of them may be right.
        """
        if caller.is_inner and len(caller.wrong_keys) >= MAX_WRONG_KEYS:
            raise KeyRequired("The request held too many wrong keys. Send this call in a request of its own.")
