"""Exports and replaces the open profile's collection, in the steps of Anki's own windows."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

import aqt
from aqt import gui_hooks
from aqt.qt import QTimer
from aqt.utils import tr

from ..gui.dialogs import waiting_dialog
from ..rpc.caller import Caller
from ..rpc.errors import Busy, CollectionUnavailable, Refused
from ..rpc.lane import Work
from .answers import ask, fail, settle
from .caller_progress import CallerProgress
from .main_thread import MainThread
from .profiles import ClosingQuestion
from .ui.translation import say
from .ui.work_window import headline

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection
    from aqt.main import AnkiQt

R = TypeVar("R")

LOOK_MS = 100
"""Milliseconds between two looks whether Anki has finished work of its own."""
LEAVES_S = 10.0
"""Seconds without a sync until a profile that the user has begun to leave counts as one that stays open."""


class DesktopReplacing:
    """Any thread may call its methods; the work runs in the background, while Anki shows its progress."""

    def __init__(self, mw: AnkiQt, main: MainThread, before: Callable[[Work], None]) -> None:
        """`before` lets the windows finish drawing: one that still draws when the collection closes raises errors."""
        self._mw = mw
        self._main = main
        self._before = before
        self.is_exporting = False
        self._opens_again = False
        """Whether the collection is closed by this object alone. A profile that the user leaves stays closed."""
        self._has_disabled = False
        """Whether Anki's window is disabled by this object."""
        self._is_leaving = False
        """Whether the user has begun to leave the profile since the replacement began."""
        self._last_use = 0.0
        gui_hooks.profile_will_close.append(self._profile_will_close)

    def export(self, write: Callable[[Collection], R], caller: Caller) -> Future[R]:
        """As `Host.export_collection`. The gate stays closed until Anki opens the collection again."""

        def begin(answer: Future[R]) -> None:
            self._require_no_dialog()
            self.is_exporting = True
            progress = CallerProgress(self._mw, headline(say("exporting the collection"), caller))
            label = tr.exporting_exporting_file()
            self._close_gate_for(write, answer, lambda done: self._end(answer, done), progress, label)

        return ask(self._main, begin, self._before)

    def replace(
        self, back_up: Callable[[Collection], R], put: Callable[[RustBackend], None], caller: Caller
    ) -> Future[R]:
        """As `Host.replace_collection`. Anki's windows are closed; the future raises Refused if the user keeps one.

        The gate is closed before the backup, and Anki's window disabled: what is written later would be neither in the
        backup nor in the new collection.
        """
        progress = CallerProgress(self._mw, headline(say("replacing the collection"), caller))

        def begin(answer: Future[R]) -> None:
            self._require_no_dialog()
            self._is_leaving = False
            self._close_windows(answer, lambda: begin_backup(answer))

        def begin_backup(answer: Future[R]) -> None:
            col, label = self._mw.col, tr.qt_misc_backing_up()
            self._close_gate_for(
                back_up, answer, lambda done: backed_up(answer, col, done), progress, label, disables=True
            )

        def backed_up(answer: Future[R], col: Collection | None, done: Future[R]) -> None:
            if self._mw.col is col and self._is_in_use():
                QTimer.singleShot(LOOK_MS, lambda: backed_up(answer, col, done))
            elif done.exception() is not None:
                self._end(answer, done)
            elif self._is_leaving or self._mw.col is not col:
                self._end(answer, _failed(CollectionUnavailable("The profile was closed meanwhile.")))
            else:
                self._mw.restoring_backup = True  # so Anki neither syncs nor makes a backup of its own
                self._opens_again = True
                self._attempt(answer, lambda: self._mw.unloadCollection(lambda: replace(answer, done)))

        def replace(answer: Future[R], result: Future[R]) -> None:
            progress.run(
                lambda: put(self._mw.backend),
                lambda done: self._end(answer, result if done.exception() is None else done),
                tr.importing_importing_file(),
            )

        return ask(self._main, begin, self._before)

    # --- steps ---

    def _require_no_dialog(self) -> None:
        if waiting_dialog() is not None:
            raise Busy("Anki has a dialog open")
        self._require_ready()

    def _require_ready(self) -> None:
        """Raise CollectionUnavailable or Busy if the collection is closed, or in use by work that Anki shows."""
        if self._mw.col is None or self._mw.col.db is None or not self._mw.isEnabled():
            raise CollectionUnavailable
        if self._mw.progress.busy():
            raise Busy("Anki has a dialog open")

    def _close_gate_for(
        self,
        work: Callable[[Collection], R],
        answer: Future[Any],
        then: Callable[[Future[R]], None],
        progress: CallerProgress,
        label: str,
        *,
        disables: bool = False,
    ) -> None:
        """Close the gate, and do the work in the background. `disables`: the user can do nothing meanwhile, either."""

        def begin() -> None:
            col = self._mw.col
            if disables:
                self._has_disabled = True
                self._mw.setEnabled(False)
            gui_hooks.collection_will_temporarily_close(col)
            progress.run(lambda: work(col), then, label)

        self._attempt(answer, begin)

    def _close_windows(self, answer: Future[Any], then: Callable[[], None]) -> None:
        """Ask all windows to close, and go on when they are closed, unless the user keeps one."""
        question: ClosingQuestion | None = None

        def closed() -> None:
            if question is not None:
                question.forget()
            if answer.done():  # the user may close the window that was kept later
                return
            try:
                self._require_ready()
            except (CollectionUnavailable, Busy) as error:
                fail(answer, error)
            else:
                then()

        def kept() -> None:
            fail(answer, Refused("the user keeps a window with unsaved text open"))

        if not aqt.dialogs.allClosed():
            question = ClosingQuestion(kept)
        self._mw.closeAllWindows(closed)

    def _attempt(self, answer: Future[Any], step: Callable[[], None]) -> None:
        """Take a step that calls other add-ons. If it fails, open the collection again."""
        try:
            step()
        except Exception as error:
            self._end(answer, _failed(error))

    def _is_in_use(self) -> bool:
        """Whether Anki needs the collection: it may sync it, then its media, because the profile is being closed."""
        mw, now = self._mw, time.monotonic()
        if mw.progress.busy() or waiting_dialog() is not None or (self._is_leaving and mw.media_syncer.is_syncing()):
            self._last_use = now
        return now == self._last_use or (self._is_leaving and now - self._last_use < LEAVES_S)

    def _profile_will_close(self) -> None:
        self._opens_again, self._is_leaving = False, True
        self._last_use = time.monotonic()

    def _end(self, answer: Future[Any], done: Future[Any]) -> None:
        """Open the collection again, however far the work has come, and complete the answer. A collection that others
        have closed meanwhile stays closed: Anki may be quitting.
        """
        mw = self._mw
        opens_again, self._opens_again = self._opens_again, False
        has_disabled, self._has_disabled = self._has_disabled, False
        self.is_exporting = mw.restoring_backup = False
        try:
            if mw.col is None:
                if opens_again and not mw.loadCollection():
                    fail(answer, Refused("The collection cannot be opened."))
                return
            if mw.col.db is None:
                mw.reopen()
            else:  # it failed before
                if has_disabled:
                    mw.setEnabled(True)
                gui_hooks.collection_did_temporarily_close(mw.col)
            mw.update_undo_actions()
        finally:
            _pass_on(done, answer)


def _failed(error: Exception) -> Future[Any]:
    failed: Future[Any] = Future()
    failed.set_exception(error)
    return failed


def _pass_on(done: Future[R], answer: Future[R]) -> None:
    if (error := done.exception()) is not None:
        fail(answer, error)
    else:
        settle(answer, done.result())
