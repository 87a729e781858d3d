"""Who called lately, what came of it, and who was refused and why: names and reasons, nothing of what was sent."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..rpc.caller import Caller
from ..rpc.errors import ActionError, KeyRequired
from ..text.origins import LONGEST_ORIGIN, OPAQUE, is_origin

MAX_CALLERS = 50
"""Rows kept: one for each caller and reason."""
CALLED = "it called the gateway "
"""What a reason begins with that names a host."""
MAX_CALLS = 500
"""Calls kept: neighbours that are alike count as one."""


@dataclass(slots=True)
class CallerSummary:
    """Calls of one caller that were served, or refused for one reason."""

    who: str
    """An origin, or what a program calls itself."""
    is_origin: bool
    reason: str | None
    """Why it was refused, in words; None where it was served."""
    action: str
    """The latest one."""
    count: int
    time: float
    """Of the latest call, in seconds since 1970."""
    is_remote: bool = False
    """The latest one came from another computer."""

    @property
    def nameless_reason(self) -> str | None:
        """The reason without the name of a host."""
        return f"{CALLED}(redacted)" if (self.reason or "").startswith(CALLED) else self.reason

    def to_object(self) -> dict[str, Any]:
        """As it is served."""
        return {
            "who": self.who,
            "isOrigin": self.is_origin,
            "reason": self.reason,
            "action": self.action,
            "count": self.count,
            "time": self.time,
        }


@dataclass(slots=True)
class CallRecord:
    """Calls that followed each other and were alike."""

    who: str
    key: str | None
    """What the settings call the key that was used."""
    action: str
    outcome: str
    """`ok`, the kind of an error, or `refused: ` and why."""
    count: int
    time: float
    """Of the end of the latest one, in seconds since 1970."""

    @property
    def what(self) -> tuple[str, str | None, str, str]:
        return self.who, self.key, self.action, self.outcome

    def to_object(self) -> dict[str, Any]:
        """As it is served."""
        return {
            "who": self.who,
            "key": self.key,
            "action": self.action,
            "outcome": self.outcome,
            "count": self.count,
            "time": self.time,
        }


class CallLog:
    """The latest callers, from any thread. `watch` is called, on the thread of the request, with each changed row."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[tuple[str, bool, str | None], CallerSummary] = {}
        self._calls: deque[CallRecord] = deque(maxlen=MAX_CALLS)
        self.watch: Callable[[CallerSummary], None] = lambda row: None

    def called(self, caller: Caller, action: str, failure: str | None) -> None:
        """A call has ended, by a kind of error or well."""
        self._add(caller, action, None, failure or "ok")

    def refused(self, caller: Caller, action: str, reason: ActionError | str) -> None:
        why = reason if isinstance(reason, str) else reason_of(caller, reason)
        self._add(caller, action, why, f"refused: {why}")

    def rows(self) -> list[CallerSummary]:
        """The latest first."""
        with self._lock:
            return [replace(row) for row in reversed(self._rows.values())]

    def calls(self) -> list[CallRecord]:
        """The latest first."""
        with self._lock:
            return [replace(call) for call in reversed(self._calls)]

    def _add(self, caller: Caller, action: str, reason: str | None, outcome: str) -> None:
        is_origin = caller.origin is not None
        who = caller.origin[:LONGEST_ORIGIN] if caller.origin is not None else caller.program or "a program"
        now = time.time()
        with self._lock:
            row = self._rows.pop((who, is_origin, reason), None) or CallerSummary(
                who, is_origin, reason, action, 0, now
            )
            if len(self._rows) >= MAX_CALLERS:
                del self._rows[next(iter(self._rows))]
            self._rows[who, is_origin, reason] = row  # at the end: the order is that of the latest calls
            row.action, row.count, row.time, row.is_remote = action, row.count + 1, now, caller.is_remote
            what = who, caller.key_name, action, outcome
            if not self._calls or self._calls[-1].what != what:
                self._calls.append(CallRecord(*what, 0, now))
            call = self._calls[-1]
            call.count, call.time = call.count + 1, now
        self.watch(row)


def reason_of(caller: Caller, error: ActionError) -> str:
    """Why a call was refused, in words for a person."""
    if isinstance(error, KeyRequired):
        return "its API key is wrong" if caller.has_key else "it sent no API key"
    if caller.scopes:
        return "it was not granted that"
    is_possible = caller.origin is None or caller.origin == OPAQUE or is_origin(caller.origin)
    return "it has no permission" if is_possible else "no browser sends such an origin"
