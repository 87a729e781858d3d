"""Counts wrong API keys. After too many of them, further keys are refused for a while unless they are right."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

from ..rpc.caller import Caller
from ..rpc.errors import KeyRequired

MAX_WRONG_KEYS = 20
"""Wrong keys that are tolerated: in a period, and in the calls of one request."""
PERIOD_S = 60.0
"""Seconds after the first wrong key until the count begins again."""


class _Count(NamedTuple):
    number: int
    began: float


class KeyThrottle:
    """One count for this computer and one for all others, as an attacker can choose addresses and origins. Any thread.

    A right key always passes: callers check the key before they refuse. So wrong keys never lock out a valid caller.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[bool, _Count] = {}

    def add(self, caller: Caller) -> None:
        """Count a wrong key of this caller."""
        if isinstance(caller.key, str):
            caller.wrong_keys.add(caller.key)
        now = time.monotonic()
        with self._lock:
            count = self._counts.get(caller.is_remote)
            if count is None or now - count.began >= PERIOD_S:
                count = _Count(0, now)
            self._counts[caller.is_remote] = count._replace(number=count.number + 1)

    def retry_after(self, caller: Caller) -> int:
        """Return the seconds for which the caller's wrong keys are refused with status 429; 0 if they are not."""
        count = self._counts.get(caller.is_remote)
        if count is None or count.number < MAX_WRONG_KEYS:
            return 0
        return max(0, round(count.began + PERIOD_S - time.monotonic()))

    def check(self, caller: Caller) -> None:
        """Raise KeyRequired for a nested call with its own key, if its request has contained too many wrong keys.

        Such a request is guessing: it can contain thousands of keys, and one of them might be right.
        """
        if caller.is_inner and len(caller.wrong_keys) >= MAX_WRONG_KEYS:
            raise KeyRequired("The request contains too many wrong keys. Send this call in a request of its own.")
