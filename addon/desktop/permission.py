"""The question whether a web page may use the gateway."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from aqt.qt import QCheckBox, QMessageBox, Qt

if TYPE_CHECKING:
    from aqt.main import AnkiQt


class PermissionQuestions:
    """Asks without blocking Anki; an origin has at most one question open, however often it asks.

    Main thread only. `allow` and `ignore` keep the answers.
    """

    def __init__(self, mw: AnkiQt, allow: Callable[[str], None], ignore: Callable[[str], None]) -> None:
        self._mw = mw
        self._allow = allow
        self._ignore = ignore
        self._open: dict[str, tuple[QMessageBox, list[Future[bool]]]] = {}

    def ask(self, origin: str, answer: Future[bool]) -> None:
        """Show the question, or wait for the one that is open; the answer is True for allowed."""
        if origin in self._open:
            self._open[origin][1].append(answer)
            return
        box = QMessageBox(self._mw)
        box.setWindowTitle("AnkiRPC")
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"A web page of\n{origin}\nasks to use Anki.")
        box.setInformativeText(
            "If you allow it, pages of this address can read, add, change and delete everything in your collection."
        )
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        box.setDefaultButton(QMessageBox.StandardButton.No)
        box.setCheckBox(QCheckBox("Don't ask again for this address", box))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setModal(False)
        self._open[origin] = (box, [answer])
        box.finished.connect(lambda result: self._finish(origin, result))
        box.show()

    def deny_all(self) -> None:
        """Deny whoever still waits: Anki quits."""
        waiting, self._open = self._open, {}
        for _, answers in waiting.values():
            for answer in answers:
                answer.set_result(False)

    def _finish(self, origin: str, result: int) -> None:
        if origin not in self._open:
            return
        box, answers = self._open.pop(origin)
        is_allowed = result == QMessageBox.StandardButton.Yes
        check_box = box.checkBox()
        try:
            if is_allowed:
                self._allow(origin)
            elif check_box is not None and check_box.isChecked():
                self._ignore(origin)
        finally:
            for answer in answers:
                answer.set_result(is_allowed)
