"""Anki's own progress window for work of a program, with a first line that says what is done and for whom."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from aqt.qt import Qt

if TYPE_CHECKING:
    from aqt.main import AnkiQt
    from aqt.progress import ProgressDialog

R = TypeVar("R")


class CallerProgress:
    """Does work in the background, as `taskman.with_progress` does. Main thread only."""

    def __init__(self, mw: AnkiQt, headline: str) -> None:
        """`headline`: what is done and for whom."""
        self._mw = mw
        self._headline = headline
        self._window: ProgressDialog | None = None

    def run(self, work: Callable[[], R], then: Callable[[Future[R]], None], label: str) -> None:
        """Do `work` in the background while the window shows the headline and `label`; then call `then`."""

        def done(future: Future[R]) -> None:
            self._window = None
            self._mw.progress.finish()
            then(future)

        self._window = self._mw.progress.start(label=f"{self._headline}\n{label}", title=label)
        if self._window is not None:
            self._window.form.label.setTextFormat(Qt.TextFormat.PlainText)  # a program may have any name
        self._mw.taskman.run_in_background(work, done)

    def restore_headline(self) -> None:
        """Show the headline again after Anki has written a text of its own."""
        if self._window is not None and not (text := self._window.form.label.text()).startswith(self._headline):
            self._window.form.label.setText(f"{self._headline}\n{text}")
