"""Work for Qt's main thread, from any thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from ..rpc.errors import GuiUnavailable
from ..rpc.executor import Work

if TYPE_CHECKING:
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")


def _at_once(turn: Work) -> None:
    turn()


class MainThread:
    """Runs work on Qt's main thread, in order, until Anki quits; what is left then fails at once."""

    def __init__(self, mw: AnkiQt) -> None:
        self._mw = mw
        self._lock = threading.Lock()
        self._pending: set[Future[None]] = set()
        self._has_ended = False

    def submit(self, work: Work, before: Callable[[Work], None] = _at_once) -> Future[None]:
        """Queue work. The future is done when it has run, or raises GuiUnavailable when Anki quits.

        `before` is given the work's turn, and takes it when something else is done.
        """
        future: Future[None] = Future()
        with self._lock:
            has_ended = self._has_ended
            if not has_ended:
                self._pending.add(future)
        if has_ended:
            _refuse(future)
        else:
            self._mw.taskman.run_on_main(lambda: before(lambda: self._run(future, work)))
        return future

    def _run(self, future: Future[None], work: Work) -> None:
        with self._lock:
            self._pending.discard(future)
        if future.done() or not future.set_running_or_notify_cancel():
            return
        try:
            work()
        except Exception:  # Anki would show it in a window, and the caller would wait for ever
            logger.exception("work on the main thread raised")
        future.set_result(None)

    def end(self) -> None:
        """Fail what waits, and all that comes. On the main thread, when its event loop has ended."""
        with self._lock:
            self._has_ended = True
            waiting, self._pending = self._pending, set()
        for future in waiting:
            _refuse(future)


def _refuse(future: Future[None]) -> None:
    if future.set_running_or_notify_cancel():
        future.set_exception(GuiUnavailable("Anki is quitting."))
