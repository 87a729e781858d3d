"""The latest calls in the tab State, with time, caller and outcome."""

from __future__ import annotations

import time

from aqt.qt import QVBoxLayout, QWidget

from ...http.call_log import CallLog
from .table import TableRow, TextTable
from .texts import label


class CallsTable(QWidget):
    """The calls in the gateway's log: of all callers, or of one. Equal calls in succession share a row."""

    def __init__(self, recent: CallLog) -> None:
        super().__init__()
        self._recent = recent
        self._who: str | None = None
        self._head = label("")
        self.table = TextTable(
            ["Time", "Caller", "Key", "Call", "Count", "Outcome"], 1, lambda: None, empty="No program has called yet."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self.table, 1)

    def show_calls_of(self, who: str | None) -> None:
        """Show the calls of this caller; None: of all."""
        if who != self._who:
            self._who = who
            self.refresh()

    def refresh(self) -> None:
        if not self.isVisible():  # filling several hundred rows takes time
            return
        self._head.setText(f"Latest calls of {self._who}:" if self._who else "Latest calls:")
        self.table.fill(
            [
                TableRow(
                    str(number),
                    (_clock(call.time), call.who, call.key or "", call.action, str(call.count), call.outcome),
                )
                for number, call in enumerate(self._recent.calls())
                if self._who in (None, call.who)
            ]
        )

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.refresh()


def _clock(seconds: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))
