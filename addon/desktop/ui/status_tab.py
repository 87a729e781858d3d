"""The tab State: where the gateway serves, why it does not, what runs, extensions, recent callers and their calls."""

from __future__ import annotations

import time
from concurrent.futures import Future
from typing import TYPE_CHECKING

from aqt.qt import QFont, QHBoxLayout, QLabel, QPushButton, Qt, QTimer, QVBoxLayout, QWidget, qconnect, sip

from ...http.call_log import CallerSummary, CallLog
from ...http.server.listening import PortReserved, PortTaken
from ...rpc.operations import Operations
from ...text.origins import is_origin
from .. import port
from ..serving import Serving
from ..settings_file import SettingsFile
from ..takeover import TakeOver
from .calls_table import CallsTable
from .extensions_list import ExtensionsList
from .operations_table import OperationsTable
from .permission import PermissionQuestions
from .scrolling import scrolled
from .table import TableRow, TextTable
from .texts import as_entry, label
from .translation import later, say

if TYPE_CHECKING:
    from aqt.main import AnkiQt

NOBODY = later("No program has called yet.")
LOOK_MS = 3000
"""Milliseconds between two looks, while the user sees it, whether the port is still taken, and by which program."""
HINT = later("The contents of calls are not kept. The list is cleared when Anki quits.")


class StateTab(QWidget):
    """Shows the address, the problem if there is one, recent callers, and the calls of the selected one."""

    def __init__(
        self,
        mw: AnkiQt,
        *,
        serving: Serving,
        settings: SettingsFile,
        takeover: TakeOver,
        recent: CallLog,
        operations: Operations,
        extensions: ExtensionsList,
        questions: PermissionQuestions,
    ) -> None:
        super().__init__()
        self._mw = mw
        self._serving = serving
        self._settings = settings
        self._takeover = takeover
        self._recent = recent
        self._questions = questions
        self._searched: str | None = None
        self._free_port: int | None = None
        self.headline = _headline()
        self.problem = label("")
        self.holder = label("")
        self.port_button = QPushButton()
        self.takeover_button = QPushButton()
        self.retry_button = QPushButton(say("&Try again"))
        qconnect(self.port_button.clicked, self._use_free_port)
        qconnect(self.takeover_button.clicked, takeover.ask)
        qconnect(self.retry_button.clicked, self._retry)
        self.table = TextTable(
            [say("Caller"), say("Calls"), say("Latest call"), say("Time"), say("Outcome")],
            [0, 4],
            self._selected,
            name=say("Recent callers:").rstrip(":"),
            empty=say(NOBODY),
        )
        self.allow_button = QPushButton(say("&Allow…"))
        self.allow_button.setToolTip(say("Open the question what this origin may do"))
        qconnect(self.allow_button.clicked, self._ask)

        self.operations = OperationsTable(operations)
        self.extensions = extensions
        self.table.share_height()
        self.calls = CallsTable(recent)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        qconnect(self._looking.timeout, self._look_again)

        bottom = QHBoxLayout()
        self.allow_button.setAutoDefault(False)
        self.hint = label(say(HINT))
        bottom.addWidget(self.hint, 1)
        bottom.addWidget(self.allow_button)
        page, _ = scrolled(self)
        layout = QVBoxLayout(page)
        layout.setSpacing(8)
        layout.addWidget(self.headline)
        layout.addWidget(self.problem)
        layout.addWidget(self.holder)
        layout.addLayout(self._remedies())
        layout.addWidget(self.operations)
        layout.addWidget(self.extensions)
        layout.addWidget(label(say("Recent callers:")))
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)
        layout.addWidget(self.calls, 1)

    def _remedies(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for button in (self.port_button, self.takeover_button, self.retry_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        return row

    def refresh(self) -> None:
        url, problem = self._serving.url, self._serving.problem
        self.headline.setText(say("Serving at {url}", url=url) if url else say("Not serving"))
        self.problem.setText("\n".join(filter(None, (problem, *self._serving.notices))))
        self.problem.setVisible(bool(self.problem.text()))
        if problem is None or problem != self._searched:
            self._searched = problem
            self.holder.hide()
            self.port_button.hide()
            if problem is not None and self._serving.refusal in {PortTaken, PortReserved}:
                self._search_port(has_holder=self._serving.refusal is PortTaken)
        self.retry_button.setVisible(problem is not None)
        self._look_while_visible()
        other = self._takeover.other
        self.takeover_button.setVisible(other is not None)
        if other is not None:
            self.takeover_button.setText(as_entry(say("Take over from {name}…", name=other.name)))
            self.takeover_button.setToolTip(say("Copies its settings and disables it"))
        self.table.fill(
            [
                TableRow(
                    f"{row.who}\n{row.reason}",
                    (
                        say(row.who),
                        str(row.count),
                        say(row.action),
                        time.strftime("%H:%M:%S", time.localtime(row.time)),
                        say("Refused: {reason}", reason=say(row.reason)) if row.reason else say("Served"),
                    ),
                )
                for row in self._recent.rows()
            ]
        )
        self._selected()
        self.operations.refresh()
        self.extensions.refresh()
        self.calls.refresh()

    # --- the port cannot be used ---

    def _look_while_visible(self) -> None:
        if self.isVisible() and self._serving.refusal is not None:
            if not self._looking.isActive():
                self._looking.start()
        else:
            self._looking.stop()

    def _look_again(self) -> None:
        """Try to listen, and find out anew which program has the port: it may be another one now, or none."""
        self._serving.look_again()
        if self._serving.refusal is PortTaken:
            self._search_port(has_holder=True)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self._look_while_visible()
        self.extensions.start_looking()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)
        self._looking.stop()
        self.extensions.stop_looking()

    def _search_port(self, *, has_holder: bool) -> None:
        """Find out which program uses the port, and a free port. In the background: it takes up to a second."""
        config = self._settings.config
        address, number = config.web_bind_address, config.web_bind_port
        other = self._takeover.other
        beside = say("{name}, an add-on of this Anki", name=other.name) if other and other.port == number else None
        problem = self._searched

        def search() -> tuple[str | None, int | None]:
            holder = beside or port.holder(address, number) if has_holder else None
            return holder, port.free_port(address, number)

        def show(future: Future[tuple[str | None, int | None]]) -> None:
            if not sip.isdeleted(self) and self._searched == problem and self._serving.problem is not None:
                self._show_port(number, *future.result())

        self._mw.taskman.run_in_background(search, show, uses_collection=False)

    def _show_port(self, number: int, holder: str | None, free: int | None) -> None:
        self.holder.setText(say("Port {number} is used by {program}.", number=number, program=say(holder or "")))
        self.holder.setVisible(holder is not None)
        self._free_port = free
        self.port_button.setText(say("Use port {number} instead", number=free))
        self.port_button.setToolTip(say("Then set the new port in every program that uses Anki"))
        self.port_button.setVisible(free is not None)

    def _use_free_port(self) -> None:
        if self._free_port is not None:
            self._settings.write(webBindPort=self._free_port)

    def _retry(self) -> None:
        self._searched = None
        self._serving.listen_anew()

    # --- callers ---

    def _chosen(self) -> CallerSummary | None:
        """Return the selected caller if it was refused and its origin can be asked about; else None."""
        who = (self.table.selected() or "").partition("\n")[0]
        rows = self._recent.rows()
        refused = (row for row in rows if row.who == who and row.is_origin and row.reason)
        return next(refused, None) if is_origin(who) else None

    def _selected(self) -> None:
        """Show the calls of the selected caller. Enable the button Allow, unless the origin would stay denied whatever
        the user answers.
        """
        self.calls.show_calls_of((self.table.selected() or "").partition("\n")[0] or None)
        row = self._chosen()
        denial = row and self._settings.config.with_grant(row.who, ()).deny_rule_for(row.who)
        self.allow_button.setEnabled(row is not None and denial is None)
        reason = say(
            "“{rule}” under Permissions denies this origin. First choose “Ask again” for it there.", rule=denial
        )
        self.hint.setText(reason if denial else say(HINT))

    def _ask(self) -> None:
        """Ask the user, although no request waits for the answer."""
        row = self._chosen()
        if row is not None:
            self._questions.show(row.who, Future(), is_local=not row.is_remote)


def _headline() -> QLabel:
    headline = label("")
    headline.setWordWrap(False)
    font = QFont(headline.font())
    font.setPointSizeF(font.pointSizeF() * 1.3)
    font.setBold(True)
    headline.setFont(font)
    headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return headline
