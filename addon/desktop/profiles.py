"""Lists profiles, and opens one as the user would."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

import aqt
from aqt.qt import QApplication, QEvent, QMessageBox, QObject, QTimer

from ..gui.dialogs import waiting_dialog
from ..rpc.errors import Busy, Refused
from ..rpc.lane import Work
from .answers import ask, fail, settle
from .main_thread import MainThread

if TYPE_CHECKING:
    from aqt.main import AnkiQt

PICKER = "profileManager"
"""The state of the main window while Anki shows its list of profiles."""


class DesktopProfiles:
    """Any thread may call its methods; the work runs on the main thread."""

    def __init__(self, mw: AnkiQt, main: MainThread, before: Callable[[Work], None]) -> None:
        """`before` lets the windows finish drawing: one that still draws when the collection closes raises errors."""
        self._mw = mw
        self._main = main
        self._before = before
        self._is_switching = False

    def names(self) -> Future[list[str]]:
        return ask(self._main, lambda answer: settle(answer, self._mw.pm.profiles()))

    def open(self, name: str) -> Future[bool]:
        """Open a profile. The future is True when the profile is open, and False if no profile has that name.

        The future raises Busy while Anki has a dialog open or switches profiles, and Refused if the user keeps a window
        open or the collection cannot be opened.
        """
        return ask(self._main, lambda answer: self._open(name, answer), self._before)

    def _open(self, name: str, answer: Future[bool]) -> None:
        mw = self._mw
        if name not in mw.pm.profiles():
            settle(answer, False)
        elif self._is_switching:
            raise Busy("another profile is being opened")
        elif mw.col is not None and mw.isEnabled() and mw.pm.name == name:
            settle(answer, True)
        elif mw.progress.busy():
            self._open_afterwards(name, answer)
        elif waiting_dialog() is not None:
            raise Busy("Anki has a dialog open")
        elif mw.state == PICKER:
            self._is_switching = True
            mw.profileDiag.hide()
            self._load_later(name, answer)
        elif mw.col is None or not mw.isEnabled():
            raise Busy("Anki is opening or closing a profile")
        else:
            self._unload(name, answer)

    def _open_afterwards(self, name: str, answer: Future[bool]) -> None:
        """Open the profile after the work whose progress Anki shows, such as a sync or an import."""

        def again() -> None:
            try:
                self._open(name, answer)
            except Exception as error:
                fail(answer, error)

        self._mw.progress.single_shot(1, again, requires_collection=False)

    def _unload(self, name: str, answer: Future[bool]) -> None:
        self._is_switching = True
        question: ClosingQuestion | None = None

        def unloaded() -> None:
            if question is not None:
                question.forget()
            self._is_switching = True  # Anki went on although the user kept a window open
            self._load_later(name, answer)

        def kept() -> None:
            self._is_switching = False
            fail(answer, Refused("the user keeps a window with unsaved text open, and the profile with it"))

        if not aqt.dialogs.allClosed():
            question = ClosingQuestion(kept)
        self._mw.unloadProfile(unloaded)

    def _load_later(self, name: str, answer: Future[bool]) -> None:
        """Load it in an event of its own: if the collection cannot be opened, Anki shows a modal warning."""
        QTimer.singleShot(0, lambda: self._load(name, answer))

    def _load(self, name: str, answer: Future[bool]) -> None:
        mw = self._mw
        picker = mw.profileDiag if mw.state == PICKER else None
        try:
            mw.pm.load(name)
            mw.loadProfile()
        finally:
            self._is_switching = False
            if picker is not None:
                picker.closeWithoutQuitting()
            if mw.col is None:
                fail(answer, Refused(f"the collection of the profile {name!r} cannot be opened"))
            else:
                settle(answer, True)


class ClosingQuestion(QObject):
    """Calls `declined` if the user declines to close a window, in that window's message box.

    Anki reports only windows that have closed.
    """

    def __init__(self, declined: Callable[[], None]) -> None:
        application = QApplication.instance()
        assert application is not None
        super().__init__(application)
        self._declined = declined
        application.installEventFilter(self)

    def forget(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.deleteLater()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Hide and isinstance(watched, QMessageBox):
            button = watched.clickedButton()
            if button is None or watched.buttonRole(button) == QMessageBox.ButtonRole.RejectRole:
                self.forget()
                QTimer.singleShot(0, self._declined)
        return False
