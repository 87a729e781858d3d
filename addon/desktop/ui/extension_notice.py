"""The notice that a browser extension was let in without a question, as AnkiConnect lets all of them in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from aqt.qt import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, Qt, QVBoxLayout, qconnect

from .permission import fit
from .texts import label
from .translation import say

if TYPE_CHECKING:
    from aqt.main import AnkiQt

SHOWN = 5
"""Extensions that one notice names. AnkiRPC's window lists all."""


class ExtensionNotice(QDialog):
    """Names extensions, each with a button that revokes its permission. Not modal, and does not take the focus."""

    def __init__(self, mw: AnkiQt, revoke: Callable[[str], None]) -> None:
        super().__init__(mw, Qt.WindowType.Window)
        self._revoke = revoke
        self._count = 0
        self.setWindowTitle(say("AnkiRPC: browser extension"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(say("This browser extension used Anki for the first time:")))
        self._rows = QVBoxLayout()
        layout.addLayout(self._rows)
        layout.addWidget(
            label(
                say(
                    "Browser extensions, such as dictionaries, can read, add, change and delete everything in Anki. "
                    "If you do not know this one, revoke its permission. Tools > AnkiRPC lists all extensions. There "
                    "you can also choose to be asked about each new one."
                )
            )
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        qconnect(buttons.accepted, self.accept)
        layout.addWidget(buttons)

    def add(self, origin: str) -> None:
        """Name one more extension."""
        self._count += 1
        if self._count > SHOWN:
            return
        row = QHBoxLayout()
        name = label(origin, is_origin=True)
        button = QPushButton(say("Revoke"))
        button.setAccessibleName(f"{button.text()}: {origin}")
        button.setAutoDefault(False)
        qconnect(button.clicked, partial(self._revoked, origin, button))
        row.addWidget(name, 1)
        row.addWidget(button)
        self._rows.addLayout(row)
        fit(self)

    def _revoked(self, origin: str, button: QPushButton, *_: object) -> None:
        self._revoke(origin)
        button.setText(say("Revoked"))
        button.setEnabled(False)
