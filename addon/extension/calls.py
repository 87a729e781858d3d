"""The running calls of one extension: limits their number and their time, and turns failures into errors."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, NamedTuple

from ..rpc import threads
from ..rpc.errors import ActionError, Busy, ExtensionFailed
from ..rpc.registry import Owner
from .declarations import DeclaredExtension

logger = logging.getLogger("anki_rpc.extension")

MOST_AT_ONCE = 4
"""Calls of one extension that may run at the same time."""
_LONGEST_ERROR = 300

Translate = Callable[[BaseException], ActionError | None]


class RunningCall(NamedTuple):
    """A call that runs."""

    action: str
    since: float
    """Seconds since 1970."""
    started: float
    """The same on the monotonic clock."""
    may_take_long: bool
    """It is an operation, whose caller does not wait."""


class ExtensionCalls:
    """The running calls of one extension. Any thread."""

    def __init__(self, declared: DeclaredExtension, limit: float, translate: Translate) -> None:
        self._declared = declared
        self._limit = limit
        self._translate = translate
        self._lock = threading.Lock()
        self._running: dict[int, RunningCall] = {}
        self._number = 0

    @property
    def running(self) -> list[RunningCall]:
        """The calls that run, the oldest first."""
        with self._lock:
            return list(self._running.values())

    def is_late(self, call: RunningCall) -> bool:
        """Whether a call has exceeded the limit, so that its caller no longer waits."""
        return not call.may_take_long and time.monotonic() - call.started > self._limit

    def require_room(self) -> None:
        """Raise Busy if a handler has not ended in time, or if too many handlers run."""
        with self._lock:
            self._require_room()

    def begin(self, action: str, *, may_take_long: bool) -> Callable[[], None]:
        """Count a call, and return a function to call when it has ended. Raises Busy like `require_room`."""
        with self._lock:
            self._require_room()
            self._number += 1
            own = self._number
            self._running[own] = RunningCall(action, time.time(), time.monotonic(), may_take_long)

        def done() -> None:
            with self._lock:
                self._running.pop(own, None)

        return done

    def _require_room(self) -> None:
        declared, running = self._declared, list(self._running.values())
        if late := next(filter(self.is_late, running), None):
            seconds = round(time.monotonic() - late.started)
            raise Busy(
                f"The extension {declared.title} still runs {late.action}, which began {seconds} s ago. Try "
                "again when it has ended. If it never ends, restart Anki, and report it to the extension's author.",
                extension=declared.name,
            )
        if len(running) >= MOST_AT_ONCE:
            raise Busy(
                f"The extension {declared.title} is already running {MOST_AT_ONCE} calls. Try again later.",
                extension=declared.name,
            )

    def guarded(self, owner: Owner, action: str, work: Callable[[], Any]) -> Any:
        """Return the result of a handler. Raises an ActionError for every exception of the handler."""
        try:
            return work()
        except ActionError as error:
            error.data.setdefault("extension", owner.name)
            raise
        except BaseException as error:  # even SystemExit may fail only this call
            known = None
            with suppress(BaseException):  # an error whose text cannot be read
                known = self._translate(error)
            if known is None:
                log_failure(f"The extension {owner.title} has failed in {action}", error)
                self.note(f"{action}: {text_of(error)}")
                known = ExtensionFailed.of(owner, f"has failed in {action}: {type(error).__name__}")
            else:
                known.data["extension"] = owner.name
            raise known from None

    def note(self, text: str) -> None:
        """Note a failure for the extension's author."""
        self._declared.errors.append(text)

    def on_thread(self, name: str, work: Callable[[], Any]) -> Future[Any]:
        """Do work on a thread of its own. Anki can quit while it runs.

        Raises Busy if the system allows no more threads.
        """
        answer: Future[Any] = Future()
        answer.set_running_or_notify_cancel()

        def run() -> None:
            try:
                answer.set_result(work())
            except BaseException as error:
                answer.set_exception(error)

        threads.start(name, run)
        return answer


def text_of(error: BaseException) -> str:
    """Return the type and the text of an error, for the author of an extension."""
    try:
        text = str(error)
    except BaseException:  # the error's class can be faulty, too
        text = ""
    return f"{type(error).__name__}: {text}"[:_LONGEST_ERROR]


def log_failure(message: str, error: BaseException) -> None:
    """Log an error of an extension, with its traceback if Python can write it."""
    try:
        logger.error(message, exc_info=error)
    except BaseException:
        logger.error("%s: %s, whose text cannot be shown", message, type(error).__name__)
