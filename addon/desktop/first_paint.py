"""Notices when Anki's main window has been painted for the first time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aqt.qt import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from aqt.main import AnkiQt

LATEST_MS = 500
"""Milliseconds after which it is no longer waited for: the window is not painted while Anki shows its list of profiles,
nor if it is started minimized."""


class FirstPaint(QObject):
    """Calls a function once, after the first paint of the main window, or `LATEST_MS` later if there is none."""

    def __init__(self, mw: AnkiQt, call: Callable[[], None]) -> None:
        super().__init__(mw)
        self._mw = mw
        self._call: Callable[[], None] | None = call
        mw.installEventFilter(self)
        QTimer.singleShot(LATEST_MS, self._done)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Paint:
            self._mw.removeEventFilter(self)
            QTimer.singleShot(0, self._done)  # the event comes before the paint
        return False

    def _done(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            self._mw.removeEventFilter(self)
            self.deleteLater()
            call()
