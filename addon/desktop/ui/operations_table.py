"""The operations that are queued or running, each with its progress, and a button that cancels one."""

from __future__ import annotations

from contextlib import suppress

from aqt.qt import QHBoxLayout, QPushButton, QVBoxLayout, QWidget, qconnect

from ...rpc.errors import NotFound, Refused
from ...rpc.operations import BackgroundOperation, Operations, ProgressReport, State
from .table import TableRow, TextTable
from .texts import label
from .translation import say

HEIGHT_PX = 90


class OperationsTable(QWidget):
    """Visible only while an operation is queued or running."""

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self._operations = operations
        self.table = TextTable(
            [say("Operation"), say("Caller"), say("Progress")],
            [2],
            self._selected,
            name=say("Operations of programs:").rstrip(":"),
            empty="",
        )
        self.table.setFixedHeight(HEIGHT_PX)
        self.cancel_button = QPushButton(say("Ca&ncel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.setToolTip(say("Stop this operation as soon as it can be stopped"))
        qconnect(self.cancel_button.clicked, self._cancel)
        row = QHBoxLayout()
        row.addWidget(label(say("Operations of programs:")), 1)
        row.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.table)
        self.hide()

    def refresh(self) -> None:
        unfinished = [operation for operation in self._operations.all() if not operation.has_ended]
        self.table.fill([TableRow(each.id, (each.method, _caller(each), _progress(each))) for each in unfinished])
        self.setVisible(bool(unfinished))
        self._selected()

    def _chosen(self) -> BackgroundOperation | None:
        with suppress(NotFound):
            return self._operations.find(self.table.selected() or "")
        return None

    def _selected(self) -> None:
        operation = self._chosen()
        self.cancel_button.setEnabled(operation is not None and operation.can_be_cancelled)

    def _cancel(self) -> None:
        operation = self._chosen()
        if operation is not None:
            with suppress(Refused):  # it has come too far since
                self._operations.cancel(operation, "the user has cancelled it in Anki")
            self.refresh()


def _caller(operation: BackgroundOperation) -> str:
    origin, key = operation.owner if isinstance(operation.owner, tuple) else (None, None)
    if origin and key:
        return say("{origin} with the key {key}", origin=origin, key=key)
    return origin or (say("the key {key}", key=key) if key else say("a program"))


def _progress(operation: BackgroundOperation) -> str:
    report = operation.progress or ProgressReport()
    count = None if report.done is None else f"{report.done:,}"
    if count and report.total is not None:
        count = say("{done} of {total}", done=count, total=f"{report.total:,}")
    state = say("running") if operation.state is State.RUNNING else say("queued")
    return ": ".join(filter(None, (state, count, report.text)))
