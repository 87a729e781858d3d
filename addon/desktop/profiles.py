"""Lists profiles, opens one as the user would, and adds, renames and deletes them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aqt
from aqt.qt import QApplication, QEvent, QMessageBox, QObject, QTimer

from ..collection.profile_store import OPEN, ProfileStore
from ..gui.dialogs import waiting_dialog
from ..rpc.errors import Busy, Refused
from ..rpc.host import DeletableProfile, DeletedProfile
from ..rpc.lane import Work
from .answers import ask, fail, settle
from .main_thread import MainThread

if TYPE_CHECKING:
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")

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
        self._store = ProfileStore(Path(mw.pm.base), self._is_open_file)

    def names(self) -> Future[list[str]]:
        return ask(self._main, lambda answer: settle(answer, self._mw.pm.profiles()))

    def open(self, name: str) -> Future[bool]:
        """Open a profile. The future is True when the profile is open, and False if no profile has that name.

        The future raises Busy while Anki has a dialog open or switches profiles, and Refused if the user keeps a window
        open or the collection cannot be opened.
        """
        return ask(self._main, lambda answer: self._open(name, answer), self._before)

    def add(self, name: str) -> Future[None]:
        """Add a profile, but do not open it. Raises as `ProfileStore.add`, and Busy as `_require_free_picker`."""

        def add(answer: Future[None]) -> None:
            self._require_free_picker()
            self._store.add(name)
            self._show_in_picker()
            settle(answer, None)

        return ask(self._main, add)

    def rename(self, name: str, new_name: str) -> Future[None]:
        """Rename a profile. The open one is closed and opened again, so the future can fail like that of `open`."""
        return ask(self._main, lambda answer: self._rename(name, new_name, answer), self._before)

    def find_deletable(self, name: str) -> Future[DeletableProfile]:
        """See `ProfileStore.find_deletable`."""

        def find(answer: Future[DeletableProfile]) -> None:
            self._require_not_open(name)
            settle(answer, self._store.find_deletable(name))

        return ask(self._main, find)

    def delete(self, name: str) -> Future[DeletedProfile]:
        """See `ProfileStore.delete`. Raises Busy as `_require_free_picker`."""

        def delete(answer: Future[DeletedProfile]) -> None:
            self._require_not_open(name)
            self._require_free_picker()
            self._finish_backup()
            deleted = self._store.delete(name)
            self._show_in_picker()
            settle(answer, deleted)

        return ask(self._main, delete)

    def _require_free_picker(self) -> None:
        """Raise Busy while another profile is being opened, or while Anki's list of profiles asks the user something:
        Anki then renames or deletes the profile that is selected when the user answers.
        """
        if self._is_switching:
            raise Busy("another profile is being opened")
        if self._mw.state == PICKER and waiting_dialog() is not None:
            raise Busy("Anki has a dialog open")

    def _require_not_open(self, name: str) -> None:
        mw = self._mw
        if mw.state != PICKER and mw.pm.name == name:
            raise Refused(OPEN)

    def _show_in_picker(self) -> None:
        if self._mw.state == PICKER:
            self._mw.refreshProfilesList()

    def _is_open_file(self, path: Path) -> bool:
        col = self._mw.col
        return col is not None and path.exists() and Path(col.path).exists() and path.samefile(col.path)

    def _rename(self, name: str, new_name: str, answer: Future[None]) -> None:
        mw = self._mw
        self._require_free_picker()
        if mw.state == PICKER or mw.pm.name != name:
            self._finish_backup()
            self._store.rename(name, new_name)
            self._follow(name, new_name)
            self._show_in_picker()
            settle(answer, None)
        elif mw.progress.busy():
            self._afterwards(lambda: self._rename(name, new_name, answer), answer)
        elif waiting_dialog() is not None:
            raise Busy("Anki has a dialog open")
        elif mw.col is None or not mw.isEnabled():
            raise Busy("Anki is opening or closing a profile")
        else:
            self._store.check_renaming(name, new_name)
            if name == new_name:
                settle(answer, None)
            else:
                self._unload(answer, lambda: self._rename_closed(name, new_name, answer))

    def _rename_closed(self, name: str, new_name: str, answer: Future[None]) -> None:
        """Rename the profile that was open, and open it again, also if it cannot be renamed."""
        opened: Future[bool] = Future()
        failure: Exception | None = None
        self._finish_backup()
        try:
            self._store.rename(name, new_name)
            self._follow(name, new_name)
        except Exception as error:
            failure = error

        def done(opened: Future[bool]) -> None:
            if (error := failure or opened.exception()) is not None:
                fail(answer, error)
            else:
                settle(answer, None)

        opened.add_done_callback(done)
        self._load_later(str(self._mw.pm.name), opened)

    def _finish_backup(self) -> None:
        """Wait for the backup that Anki makes when it closes a profile: it is still written to the profile's folder."""
        try:
            self._mw.backend.await_backup_completion()
        except Exception as error:  # Anki would show it when it quits, and not quit
            logger.warning("Anki's backup of the profile that was closed has failed: %s", error)

    def _follow(self, name: str, new_name: str) -> None:
        """Have Anki know the new name where it knows the old one."""
        pm = self._mw.pm
        if pm.name == name:
            pm.name = new_name
        if pm.last_loaded_profile_name() == name:
            pm.set_last_loaded_profile_name(new_name)

    def _open(self, name: str, answer: Future[bool]) -> None:
        mw = self._mw
        if name not in mw.pm.profiles():
            settle(answer, False)
        elif self._is_switching:
            raise Busy("another profile is being opened")
        elif mw.col is not None and mw.isEnabled() and mw.pm.name == name:
            settle(answer, True)
        elif mw.progress.busy():
            self._afterwards(lambda: self._open(name, answer), answer)
        elif waiting_dialog() is not None:
            raise Busy("Anki has a dialog open")
        elif mw.state == PICKER:
            self._is_switching = True
            mw.profileDiag.hide()
            self._load_later(name, answer)
        elif mw.col is None or not mw.isEnabled():
            raise Busy("Anki is opening or closing a profile")
        else:
            self._unload(answer, lambda: self._load_later(name, answer))

    def _afterwards(self, work: Work, answer: Future[Any]) -> None:
        """Do it after the work whose progress Anki shows, such as a sync or an import."""

        def again() -> None:
            try:
                work()
            except Exception as error:
                fail(answer, error)

        self._mw.progress.single_shot(1, again, requires_collection=False)

    def _unload(self, answer: Future[Any], then: Work) -> None:
        """Close the open profile, and then do something."""
        self._is_switching = True
        question: ClosingQuestion | None = None

        def unloaded() -> None:
            if question is not None:
                question.forget()
            self._is_switching = True  # Anki went on although the user kept a window open
            then()

        def kept() -> None:
            self._is_switching = False
            fail(answer, Refused("the user keeps a window with unsaved text open, and the profile with it"))

        if not aqt.dialogs.allClosed():
            question = ClosingQuestion(kept)
        try:
            self._mw.unloadProfile(unloaded)
        except Exception:  # of another add-on, which Anki calls
            if question is not None:
                question.forget()
            self._is_switching = False
            raise

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
