"""Decides when Anki's windows are refreshed: by what a refresh costs, so that programs' writes do not wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST_DELAY_S = 0.2
"""Seconds from a change to its refresh. Most bursts of single writes end within them, undisturbed."""
PAUSE_PER_COST = 9.0
"""Seconds of pause for each second that a refresh has taken: during a burst, refreshes take a tenth of the time."""
LONGEST_PAUSE_S = 5.0
"""A refresh seems to take long if Anki syncs meanwhile. What is written then must show soon afterwards."""
QUIET_S = 0.7
"""Seconds without a change after which a burst is over. Its last change shows without a pause, and so does the first
change of the next burst."""


class Pacing:
    """Measures refreshes, and keeps them apart. Overlapping refreshes count as one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` returns seconds."""
        self._clock = clock
        self._running = 0
        self._began = 0.0
        self._first = self._changed = self._ended = self._not_before = self._due = float("-inf")

    @property
    def is_running(self) -> bool:
        """Whether a refresh has begun and not ended."""
        return self._running > 0

    def changed(self) -> None:
        """Note a change. Any thread; all other methods belong to one thread."""
        now = self._clock()
        if now - self._changed > QUIET_S:
            self._first = now
        self._changed = now

    def plan(self, *, is_urgent: bool) -> None:
        """Plan the refresh for the first change that waits. Urgent ones come at once, at most five times a second."""
        now = self._clock()
        is_first = self._first > self._began  # no refresh has begun in this burst
        if is_urgent:
            self._due = self._ended + FIRST_DELAY_S
        else:
            self._due = now + FIRST_DELAY_S if is_first else max(now + FIRST_DELAY_S, self._not_before)

    def delay(self) -> float:
        """Return the seconds until the planned refresh; not positive if it is due. Further changes can extend them."""
        return min(self._due, self._changed + QUIET_S) - self._clock()

    def begin(self) -> None:
        """Note that a refresh begins."""
        if not self._running:
            self._began = self._clock()
        self._running += 1

    def end(self) -> None:
        """Note that a refresh has ended: Anki's windows show what was written, and Anki is free."""
        self._running -= 1
        if not self._running:
            self._ended = now = self._clock()
            self._not_before = now + min(PAUSE_PER_COST * (now - self._began), LONGEST_PAUSE_S)
