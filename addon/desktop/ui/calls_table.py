"""The latest calls in the tab State, with time, caller and outcome."""

from __future__ import annotations

import time

from aqt.qt import QVBoxLayout, QWidget
from aqt.utils import tr

from ...http.call_log import CallLog
from .table import TableRow, TextTable
from .texts import label
from .translation import later, say


class CallsTable(QWidget):
    """The calls in the gateway's log: of all callers, or of one. Equal calls in succession share a row."""

    def __init__(self, recent: CallLog) -> None:
        super().__init__()
        self._recent = recent
        self._who: str | None = None
        self._head = label("")
        self.table = TextTable(
            [say("Time"), say("Caller"), say("Key"), say("Call"), tr.statistics_true_retention_count(), say("Outcome")],
            [1, 5],
            lambda: None,
            name=say("Latest calls:").rstrip(":"),
            empty=say("No program has called yet."),
        )
        self.table.share_height()
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
        self._head.setText(
            say("Latest calls of {program}:", program=say(self._who)) if self._who else say("Latest calls:")
        )
        self.table.fill(
            [
                TableRow(
                    str(call.number),
                    (
                        _clock(call.time),
                        say(call.who),
                        call.key or "",
                        say(call.action),
                        str(call.count),
                        _outcome(call.outcome),
                    ),
                )
                for call in self._recent.calls()
                if self._who in (None, call.who)
            ]
        )

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self.refresh()


ANY = later("(any)")
"""The action of a call that was refused before it was read, as the log of calls has it."""
REFUSED = "refused: "
REASONS = (
    later("its API key is wrong"),
    later("it sent no API key"),
    later("it was not granted that"),
    later("it has no permission"),
    later("no browser sends such an origin"),
)
"""The reasons of refusals, as the log of calls has them (`http.call_log.reason_of`)."""


def _outcome(text: str) -> str:
    reason = text.removeprefix(REFUSED)
    return text if reason == text else say("refused: {reason}", reason=say(reason))


def _clock(seconds: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))
