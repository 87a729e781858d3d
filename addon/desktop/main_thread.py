"""Runs work on Qt's main thread, submitted from any thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from aqt.qt import QObject, Qt, QTimer, pyqtSignal

from ..gui.dialogs import waiting_dialog
from ..rpc.errors import GuiUnavailable
from ..rpc.lane import Work

if TYPE_CHECKING:
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")


PAGE_TIMEOUT_S = 5.0
LOOK_MS = 10
"""Milliseconds between two looks at a page that loads, or at work of Anki's that does not use the collection."""


def at_once(turn: Work) -> None:
    """Run the work without anything before it."""
    turn()


class _Turns(QObject):
    """Runs each call on the main thread in an event of its own.

    `taskman.run_on_main` runs waiting calls together in one event. If one of them opened a modal dialog, those behind
    it would wait for the user.
    """

    posted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.posted.connect(at_once, Qt.ConnectionType.QueuedConnection)


class MainThread:
    """Runs work on Qt's main thread, in order, until Anki quits. Work that is left then fails at once."""

    def __init__(self, mw: AnkiQt) -> None:
        self._mw = mw
        self._turns = _Turns()
        self._lock = threading.Lock()
        self._pending: set[Future[None]] = set()
        self._has_ended = False

    def submit(self, work: Work, before: Callable[[Work], None] = at_once) -> Future[None]:
        """Queue work. The future is done when the work has run; it raises GuiUnavailable if Anki quits first.

        `before` receives a function that runs the work, and calls it when its own preparations are done.
        """
        future: Future[None] = Future()
        with self._lock:
            has_ended = self._has_ended
            if not has_ended:
                self._pending.add(future)
        if has_ended:
            _refuse(future)
        else:
            self.post(lambda: before(lambda: self._run(future, work)))
        return future

    def post(self, call: Work) -> None:
        """Call soon, even while a dialog waits for the user. Any thread."""
        self._turns.posted.emit(call)

    def when_free(self, call: Work) -> None:
        """Call when Anki has finished work on the collection, such as a sync, and loaded its pages. Main thread only.

        - During such work the collection is locked. A call on the main thread would freeze the window, and with it the
          button that cancels the work.
        - The wait for pages ends after `PAGE_TIMEOUT_S`.
        """
        self._when_free(call, time.monotonic() + PAGE_TIMEOUT_S)

    def _when_free(self, call: Work, page_deadline: float, *, is_done: bool = False) -> None:
        """`is_done`: the work that Anki had begun before has ended. While a dialog waits, Anki may not know it yet, as
        what it does then on this thread comes behind the dialog.
        """
        again = partial(self._when_free, call, page_deadline)
        if self._is_busy() and not (is_done and waiting_dialog() is not None and not self._mw.progress.busy()):
            # `run_in_background` would first run what Anki wants to do on this thread, such as show a dialog, and come
            # back when the user has closed it.
            now_done = partial(self._when_free, call, page_deadline, is_done=True)
            if is_done:  # Anki is busy with something else, such as a download
                QTimer.singleShot(LOOK_MS, again)
            else:
                self._mw.taskman._collection_executor.submit(_nothing).add_done_callback(lambda _: self.post(now_done))
        elif self._mw.taskman._closures:
            self.post(again)
        elif self._mw.col is None:
            call()
        elif time.monotonic() < page_deadline and not all(page._domDone for page in (self._mw.web, self._mw.bottomWeb)):
            # If Anki switched screens now, it would mistake the end of this page for the end of the next one and send
            # the content too early: the reviewer would stay empty.
            QTimer.singleShot(LOOK_MS, again)
        else:
            self._silence_congratulations()
            call()

    def _silence_congratulations(self) -> None:
        """Their page asks Anki for what it shows. If it is left before the answer, it would open an error window."""
        if self._mw.web.url().path() == "/congrats":
            self._mw.web.page().runJavaScript("globalThis.alert = () => undefined")

    def _is_busy(self) -> bool:
        return bool(self._mw._background_op_count or self._mw.progress.busy())

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
        """Fail all work that waits, and all later work. Called on the main thread after its event loop has ended."""
        with self._lock:
            self._has_ended = True
            waiting, self._pending = self._pending, set()
        for future in waiting:
            _refuse(future)


def _refuse(future: Future[None]) -> None:
    if future.set_running_or_notify_cancel():
        future.set_exception(GuiUnavailable("Anki is quitting."))


def _nothing() -> None:
    """Do nothing. Anki runs it after all work on the collection that it began earlier."""
