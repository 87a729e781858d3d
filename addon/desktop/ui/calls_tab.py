"""The tab Calls: the latest calls, with time, caller and outcome."""

from __future__ import annotations

import time

from aqt.qt import QVBoxLayout, QWidget

from ...http.call_log import CallLog
from .table import TableRow, TextTable
from .texts import label


class CallsTab(QWidget):
    """The calls in the gateway's log. Equal calls in succession share a row."""

    def __init__(self, recent: CallLog) -> None:
        super().__init__()
        self._recent = recent
        self.table = TextTable(
            ["Time", "Caller", "Key", "Call", "Count", "Outcome"], 1, lambda: None, empty="No program has called yet."
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(label("The latest calls. Their contents are not kept. The list is cleared when Anki quits."))
        layout.addWidget(self.table, 1)

    def refresh(self) -> None:
        if not self.isVisible():  # filling several hundred rows takes time
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
