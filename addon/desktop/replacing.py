"""Exports and replaces the open profile's collection, in the steps of Anki's own windows."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

import aqt
from aqt import gui_hooks
from aqt.qt import QApplication
from aqt.utils import tr

from ..rpc.errors import Busy, CollectionUnavailable, Refused
from ..rpc.lane import Work
from .answers import ask, fail, settle
from .main_thread import MainThread
from .profiles import ClosingQuestion

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection
    from aqt.main import AnkiQt

R = TypeVar("R")


class DesktopReplacing:
    """Any thread may call its methods; the work runs in the background, while Anki shows its progress."""

    def __init__(self, mw: AnkiQt, main: MainThread, before: Callable[[Work], None]) -> None:
        """`before` lets the windows finish drawing: one that still draws when the collection closes raises errors."""
        self._mw = mw
        self._main = main
        self._before = before
        self.is_exporting = False

    def export(self, write: Callable[[Collection], R]) -> Future[R]:
        """As `Host.export_collection`. The gate stays closed until Anki opens the collection again."""

        def begin(answer: Future[R]) -> None:
            mw = self._ready()
            self.is_exporting = True
            gui_hooks.collection_will_temporarily_close(mw.col)
            self._in_background(
                lambda: write(mw.col), lambda done: written(answer, done), tr.exporting_exporting_file()
            )

        def written(answer: Future[R], done: Future[R]) -> None:
            self.is_exporting = False
            if self._mw.col.db is None:
                self._mw.reopen()
            else:  # it failed before
                gui_hooks.collection_did_temporarily_close(self._mw.col)
            self._mw.update_undo_actions()
            _pass_on(done, answer)

        return ask(self._main, begin, self._before)

    def replace(self, back_up: Callable[[Collection], R], put: Callable[[RustBackend], None]) -> Future[R]:
        """As `Host.replace_collection`. Anki's windows are closed; the future raises Refused if the user keeps one."""

        def begin(answer: Future[R]) -> None:
            mw = self._ready()
            self._in_background(lambda: back_up(mw.col), lambda done: backed_up(answer, done), tr.qt_misc_backing_up())

        def backed_up(answer: Future[R], done: Future[R]) -> None:
            if done.exception() is not None:
                _pass_on(done, answer)
                return
            self._unload(answer, lambda: replace(answer, done))

        def replace(answer: Future[R], result: Future[R]) -> None:
            self._in_background(
                lambda: put(self._mw.backend),
                lambda done: replaced(answer, result, done),
                tr.importing_importing_file(),
            )

        def replaced(answer: Future[R], result: Future[R], done: Future[None]) -> None:
            self._mw.restoring_backup = False
            if not self._mw.loadCollection():
                fail(answer, Refused("The collection cannot be opened."))
            elif (error := done.exception()) is not None:
                fail(answer, error)
            else:
                settle(answer, result.result())

        return ask(self._main, begin, self._before)

    def _ready(self) -> AnkiQt:
        """Anki's main window. Raises CollectionUnavailable and Busy."""
        if self._mw.col is None or self._mw.col.db is None or not self._mw.isEnabled():
            raise CollectionUnavailable
        if self._mw.progress.busy() or QApplication.activeModalWidget() is not None:
            raise Busy("Anki has a dialog open")
        return self._mw

    def _in_background(self, work: Callable[[], R], then: Callable[[Future[R]], None], label: str) -> None:
        self._mw.taskman.with_progress(work, then, label=label, title=label)

    def _unload(self, answer: Future[Any], then: Callable[[], None]) -> None:
        """Close the windows and the collection, without the sync and the backup that Anki makes when it quits."""
        question: ClosingQuestion | None = None

        def unloaded() -> None:
            if question is not None:
                question.forget()
            if answer.done():  # Anki went on although the user kept a window open
                self._mw.loadCollection()
            else:
                then()

        def kept() -> None:
            self._mw.restoring_backup = False
            fail(answer, Refused("the user keeps a window with unsaved text open"))

        if not aqt.dialogs.allClosed():
            question = ClosingQuestion(kept)
        self._mw.restoring_backup = True
        self._mw.unloadCollection(unloaded)


def _pass_on(done: Future[R], answer: Future[R]) -> None:
    if (error := done.exception()) is not None:
        fail(answer, error)
    else:
        settle(answer, done.result())
