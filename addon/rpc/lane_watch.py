"""What a program's call does on the collection lane right now, for the host to show."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from .caller import Caller
from .operations import BackgroundOperation


class LaneWork(NamedTuple):
    """A call that has the turn on the lane."""

    method: str
    caller: Caller
    can_be_aborted: bool
    """The action can be cancelled."""
    operation: BackgroundOperation | None
    began: float
    """On the monotonic clock; two calls differ in it."""
    since: float
    """When the work began, or last gave way, on the monotonic clock."""

    @property
    def is_cancellable(self) -> bool:
        """Whether it can be cancelled now."""
        return self.can_be_aborted if self.operation is None else self.operation.can_be_cancelled


def _nothing() -> None:
    """Tell nobody."""


class LaneWatch:
    """Holds the call that has the turn. Written by the lane, read by any thread."""

    def __init__(self) -> None:
        self.current: LaneWork | None = None
        """None while no call has the turn."""
        self.began: Callable[[], None] = _nothing
        """Called for each call that begins, on the lane. It must not wait."""

    def begin(self, work: LaneWork) -> LaneWork | None:
        """Note that a call has begun. Returns the call that it is nested in, for `go_on` afterwards."""
        outer, self.current = self.current, work
        self.began()
        return outer

    def pause(self) -> LaneWork | None:
        """Note that the current call gives way, and return it for `go_on` afterwards."""
        work, self.current = self.current, None
        return work

    def go_on(self, work: LaneWork | None) -> None:
        """Note that a call has the turn again. None: no call has it."""
        self.current = work and work._replace(since=time.monotonic())
