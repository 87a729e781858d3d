"""Who called lately, and who was refused and why: names and reasons, nothing of what was sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..rpc.context import Caller
from ..rpc.errors import ActionError, KeyRequired

LIMIT = 50
"""Rows kept: one for each caller and reason."""


@dataclass(slots=True)
class Row:
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


class Recent:
    """The latest callers, from any thread. `watch` is called, on the thread of the request, with each changed row."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[tuple[str, bool, str | None], Row] = {}
        self.watch: Callable[[Row], None] = lambda row: None

    def served(self, caller: Caller, action: str) -> None:
        self._add(caller, action, None)

    def refused(self, caller: Caller, action: str, reason: ActionError | str) -> None:
        self._add(caller, action, reason if isinstance(reason, str) else reason_of(caller, reason))

    def rows(self) -> list[Row]:
        """The latest first."""
        with self._lock:
            return [replace(row) for row in reversed(self._rows.values())]

    def _add(self, caller: Caller, action: str, reason: str | None) -> None:
        is_origin = caller.origin is not None
        key = (caller.origin if caller.origin is not None else caller.program or "a program", is_origin, reason)
        with self._lock:
            row = self._rows.pop(key, None) or Row(key[0], is_origin, reason, action, 0, 0.0)
            if len(self._rows) >= LIMIT:
                del self._rows[next(iter(self._rows))]
            self._rows[key] = row  # at the end: the order is that of the latest calls
            row.action = action
            row.count += 1
            row.time = time.time()
        self.watch(row)


def reason_of(caller: Caller, error: ActionError) -> str:
    """Why a call was refused, in words for a person."""
    if isinstance(error, KeyRequired):
        return "its API key is wrong" if caller.key is not None else "it sent no API key"
    return "it was not granted that" if caller.scopes else "it has no permission"
