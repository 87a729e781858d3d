"""Anki's progress window for work of a program that keeps the collection busy: what is done, for whom, and Cancel."""

from __future__ import annotations

from aqt.progress import ProgressDialog
from aqt.qt import QPushButton, Qt, QTimer, QWidget, qconnect
from aqt.utils import tr

from ...gui.dialogs import WORK
from ...rpc.caller import Caller
from ...rpc.lane_watch import LaneWork
from ...rpc.operations import ProgressReport
from .texts import BREAK
from .translation import say

WIDTH_PX = 420
LINES = 3
"""Lines of text for which there is room."""
DELETE_MS = 500
"""Milliseconds between two looks at the windows above a closed one."""
LONGEST_NAME = 60
"""Characters of a program's name or origin. The end of an origin identifies its owner, so the beginning is cut."""


class WorkWindow(ProgressDialog):
    """Not modal, and without focus, if the user is typing or reviewing. Otherwise it is modal like Anki's own: a click
    elsewhere would freeze Anki until the collection is free.
    """

    def __init__(self, parent: QWidget | None, *, is_modal: bool) -> None:
        super().__init__(parent)
        self.work: LaneWork | None = None
        """The call that is shown."""
        self.setObjectName(WORK)
        self.setWindowTitle("AnkiRPC")
        self.setMinimumWidth(WIDTH_PX)
        if is_modal:
            self.setWindowModality(Qt.WindowModality.ApplicationModal)
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        text = self.form.label
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setMinimumHeight(LINES * text.fontMetrics().lineSpacing())  # it neither jumps nor is cut
        self.form.progressBar.setTextVisible(False)
        self.form.progressBar.setAccessibleName(say("Progress"))
        self.cancel_button = QPushButton(tr.actions_cancel())
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a key that is meant for Anki must not press it
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        qconnect(self.cancel_button.clicked, self._cancel)
        self._deletion = QTimer(self)
        self._deletion.setInterval(DELETE_MS)
        qconnect(self._deletion.timeout, self._delete)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.cancel_button)
        layout.setAlignment(self.cancel_button, Qt.AlignmentFlag.AlignRight)

    def show_work(self, work: LaneWork, report: ProgressReport | None) -> None:
        """Show a call, and Anki's report of its progress if there is one."""
        self.work = work
        lines = [described(work), (report and report.text) or ""]
        text = "\n".join(filter(None, lines))
        self.form.label.setText(text.replace("/", f"/{BREAK}").replace(".", f".{BREAK}"))
        self.form.label.setAccessibleName(text)
        self.setAccessibleDescription(lines[0])
        done, total = (report.done, report.total) if report is not None else (None, None)
        self.form.progressBar.setRange(0, total or 0)
        self.form.progressBar.setValue(done or 0)
        self.cancel_button.setVisible(can_be_cancelled(work))
        self.cancel_button.setEnabled(not self.wantCancel)

    def cancel(self) -> None:
        """Close it. It is deleted once nothing is open above it: Anki and add-ons take the active window as parent."""
        self._closingDown = True
        self.hide()
        self._delete()

    def _delete(self) -> None:
        if not any(isinstance(child, QWidget) and _is_open(child) for child in self.children()):
            self.deleteLater()
        elif not self._deletion.isActive():
            self._deletion.start()

    def _cancel(self) -> None:
        self.wantCancel = True
        self.cancel_button.setEnabled(False)


def _is_open(window: QWidget) -> bool:
    """Whether it is a window that is shown or, if it is Anki's progress, will be."""
    return window.isWindow() and (
        window.isVisible() or (isinstance(window, ProgressDialog) and not window._closingDown)
    )


def can_be_cancelled(work: LaneWork) -> bool:
    """Whether Cancel has an effect. A call that is no operation stops only inside Anki, not between its own chunks."""
    return work.is_cancellable and (work.operation is not None or work.method in _words())


def described(work: LaneWork) -> str:
    """Return what is done, and for whom, such as *AnkiRPC: checking the database for curl*."""
    what = _words().get(work.method)
    if what is None:
        return say("AnkiRPC: {method} for {program}", method=work.method, program=_name(work.caller))
    return headline(what, work.caller)


def headline(what: str, caller: Caller | None) -> str:
    """Return what is done, and for whom. None: for no caller in particular."""
    if caller is None:
        return say("AnkiRPC: {what}", what=what)
    return say("AnkiRPC: {what} for {program}", what=what, program=_name(caller))


def _words() -> dict[str, str]:
    """Return the words for what takes long, by method."""
    return {
        "checkDatabase": say("checking the database"),
        "checkMedia": say("checking the media"),
        "createBackup": say("making a backup"),
        "deleteDecks": say("deleting decks"),
        "deleteNotes": say("deleting notes"),
        "evaluateFsrsParams": say("evaluating FSRS parameters"),
        "exportCardsText": say("exporting cards"),
        "exportNotesPackage": say("exporting notes"),
        "exportNotesText": say("exporting notes"),
        "exportPackage": say("exporting a deck"),
        "findAndReplace": say("replacing text in notes"),
        "findCards": say("searching"),
        "findEmptyCards": say("searching for empty cards"),
        "findNotes": say("searching"),
        "importPackage": say("importing a package"),
        "importTextFile": say("importing a text file"),
        "mergePackage": say("importing a package"),
        "optimizeFsrsParams": say("optimizing FSRS parameters"),
        "removeEmptyCards": say("deleting empty cards"),
    }


def _name(caller: Caller) -> str:
    if caller.origin is not None:
        name = caller.origin
        return name if len(name) <= LONGEST_NAME else f"…{name[1 - LONGEST_NAME :]}"
    name, _, version = (caller.program or say("a program")).partition("/")
    address = version.partition(" ")[2] if " at " in version else ""  # of another computer
    return " ".join(filter(None, (name, address)))
