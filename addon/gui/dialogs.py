"""Dialogs that wait for the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aqt.qt import QWidget

WORK = "AnkiRpcWork"
"""The object name of the window that shows a program's work. It waits for nobody."""


def waiting_dialog() -> QWidget | None:
    """Return the modal dialog that waits for the user; None if there is none. Main thread only."""
    from aqt.qt import QApplication

    dialog = QApplication.activeModalWidget()
    return None if dialog is not None and dialog.objectName() == WORK else dialog
