"""Whether somebody works in Anki's windows, so that nothing begins by itself under their hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aqt import gui_hooks
from aqt.qt import QApplication, QDialog, QEvent, QMainWindow, QObject, QTimer, QWidget

from ..rpc.lane import Work
from .main_thread import MainThread

if TYPE_CHECKING:
    from aqt.main import AnkiQt


class Attendance(QObject):
    """Waits until nobody works in Anki's windows. Main thread only.

    Somebody does while they review, and while any window besides the main one is open: they may be typing in it.
    """

    def __init__(self, mw: AnkiQt, main: MainThread, ignored: type[QWidget]) -> None:
        """`ignored`: windows of this class do not count."""
        super().__init__(mw)
        self._mw = mw
        self._main = main
        self._ignored = ignored
        self._waiting: list[Work] = []
        gui_hooks.state_did_change.append(lambda new, old: self._look_again())

    def when_over(self, call: Work) -> None:
        """Call when nobody works, and Anki has finished its own work."""
        if self._windows() or self._mw.state == "review":
            self._waiting.append(call)
            self._watch()
        else:
            self._main.when_free(lambda: self._call(call))

    def _call(self, call: Work) -> None:
        if self._windows() or self._mw.state == "review":
            self.when_over(call)
        else:
            call()

    def _windows(self) -> list[QWidget]:
        return [
            window
            for window in QApplication.topLevelWidgets()
            if isinstance(window, QDialog | QMainWindow)
            and window.isVisible()
            and window is not self._mw
            and not isinstance(window, self._ignored)
        ]

    def _watch(self) -> None:
        for window in self._windows():
            window.installEventFilter(self)  # a second time changes nothing

    def _look_again(self) -> None:
        if self._waiting:
            QTimer.singleShot(0, self._look)

    def _look(self) -> None:
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            self.when_over(call)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Hide:
            self._look_again()
        return False
