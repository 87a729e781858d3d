"""A log in memory of recent calls, their outcomes, and refused callers. It holds names and reasons, never params."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..rpc.caller import Caller
from ..rpc.errors import ActionError, KeyRequired
from ..text.origins import LONGEST_ORIGIN, OPAQUE, is_origin

logger = logging.getLogger("anki_rpc.calls")
"""Has a line for each call and each request at the level INFO, which `anki-rpc serve --verbose` shows."""

MAX_CALLERS = 50
"""Summaries that are kept: one for each caller and reason."""
WRONG_HOST = "it called the gateway "
"""The beginning of a reason that contains a Host header: the header follows."""
MAX_CALLS = 500
"""Call records that are kept. Equal consecutive calls share one record."""


@dataclass(slots=True)
class CallerSummary:
    """The calls of one caller that were served, or that were refused for the same reason."""

    who: str
    """An origin, or the name that a program gives itself (User-Agent)."""
    is_origin: bool
    reason: str | None
    """Why the calls were refused, for the user to read; None if they were served."""
    action: str
    """The action of the latest call."""
    count: int
    time: float
    """When the latest call ended, in seconds since 1970."""
    is_remote: bool = False
    """The latest call came from another computer."""

    @property
    def nameless_reason(self) -> str | None:
        """The reason without the Host header that it may contain."""
        return f"{WRONG_HOST}(redacted)" if (self.reason or "").startswith(WRONG_HOST) else self.reason

    def to_object(self) -> dict[str, Any]:
        """Return the object that `/recent.json` contains."""
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
    """Consecutive calls with the same caller, key, action and outcome."""

    who: str
    key: str | None
    """The name of the caller's key in the settings; None for the key that grants everything, and without a key."""
    action: str
    outcome: str
    """`ok`, the kind of an error, or `refused: ` with the reason."""
    count: int
    time: float
    """When the latest call ended, in seconds since 1970."""
    number: int
    """Identifies the record: the number of records before it."""

    @property
    def what(self) -> tuple[str, str | None, str, str]:
        """The values that consecutive calls must share in order to be one record."""
        return self.who, self.key, self.action, self.outcome

    def to_object(self) -> dict[str, Any]:
        """Return the object that `/calls.json` contains."""
        return {
            "who": self.who,
            "key": self.key,
            "action": self.action,
            "outcome": self.outcome,
            "count": self.count,
            "time": self.time,
        }


class CallLog:
    """The recent callers and calls; used from any thread.

    `watch` is called with each changed summary, on the thread of the request.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[tuple[str, bool, str | None], CallerSummary] = {}
        self._calls: deque[CallRecord] = deque(maxlen=MAX_CALLS)
        self._numbers = itertools.count()
        self.watch: Callable[[CallerSummary], None] = lambda row: None

    def record_call(self, caller: Caller, action: str, failure: str | None) -> None:
        """Record that a call has ended. `failure`: the kind of its error, or None."""
        self._add(caller, action, None, failure or "ok")

    def record_refusal(self, caller: Caller, action: str, reason: ActionError | str) -> None:
        """Record that a call was refused: by an error, or for a reason in words."""
        why = reason if isinstance(reason, str) else reason_of(caller, reason)
        self._add(caller, action, why, f"refused: {why}")

    def record_request(self, method: str, path: str, status: int, seconds: float) -> None:
        """Log that a request was answered, without the time for which it waited for its turn.

        Of the path only the first part is logged: the rest may name a file.
        """
        logger.info("%s /%s: %s in %.1f ms", method, path[1:].partition("/")[0], status, 1000 * seconds)

    def rows(self) -> list[CallerSummary]:
        """Return copies of all summaries, the latest first."""
        with self._lock:
            return [replace(row) for row in reversed(self._rows.values())]

    def calls(self) -> list[CallRecord]:
        """Return copies of all call records, the latest first."""
        with self._lock:
            return [replace(call) for call in reversed(self._calls)]

    def _add(self, caller: Caller, action: str, reason: str | None, outcome: str) -> None:
        is_origin = caller.origin is not None
        who = caller.origin[:LONGEST_ORIGIN] if caller.origin is not None else caller.program or "a program"
        now = time.time()
        logger.info("%s: %s: %s", who, action, outcome)
        with self._lock:
            row = self._rows.pop((who, is_origin, reason), None) or CallerSummary(
                who, is_origin, reason, action, 0, now
            )
            if len(self._rows) >= MAX_CALLERS:
                del self._rows[next(iter(self._rows))]
            self._rows[who, is_origin, reason] = row  # moves to the end: rows are ordered by their latest calls
            row.action, row.count, row.time, row.is_remote = action, row.count + 1, now, caller.is_remote
            what = who, caller.key_name, action, outcome
            if not self._calls or self._calls[-1].what != what:
                self._calls.append(CallRecord(*what, 0, now, next(self._numbers)))
            call = self._calls[-1]
            call.count, call.time = call.count + 1, now
        self.watch(row)


def reason_of(caller: Caller, error: ActionError) -> str:
    """Return why a call was refused, as a sentence whose subject is the caller."""
    if isinstance(error, KeyRequired):
        return "its API key is wrong" if caller.has_key else "it sent no API key"
    if caller.scopes:
        return "it was not granted that"
    is_possible = caller.origin is None or caller.origin == OPAQUE or is_origin(caller.origin)
    return "it has no permission" if is_possible else "no browser sends such an origin"
