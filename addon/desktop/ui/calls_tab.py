"""The page of the latest calls: who called what, when, and what came of it."""

from __future__ import annotations

import time

from aqt.qt import QVBoxLayout, QWidget

from ...http.call_log import CallLog
from .table import TableRow, TextTable
from .texts import label


class CallsTab(QWidget):
    """What the gateway remembers of calls; neighbours that are alike stand in one row."""

    def __init__(self, recent: CallLog) -> None:
        super().__init__()
        self._recent = recent
        self.table = TextTable(["At", "Who", "Key", "Call", "Times", "Outcome"], 1, lambda: None)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(label("The latest calls. Nothing of what was sent is kept, and the list ends with Anki."))
        layout.addWidget(self.table, 1)

    def refresh(self) -> None:
        if not self.isVisible():  # several hundred rows
            return
        self.table.fill(
            [
                TableRow(
                    str(number),
                    (_clock(call.time), call.who, call.key or "", call.action, str(call.count), call.outcome),
                )
                for number, call in enumerate(self._recent.calls())
            ]
        )

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.refresh()


def _clock(seconds: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))
