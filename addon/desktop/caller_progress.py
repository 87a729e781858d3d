"""Anki's own progress window for work of a program, with a first line that says what is done and for whom."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, TypeVar

from aqt.qt import Qt

if TYPE_CHECKING:
    from aqt.main import AnkiQt
    from aqt.progress import ProgressDialog

R = TypeVar("R")

END_S = 60.0
"""Seconds that the work may take to end when the collection is about to be closed."""
ABORT_S = 0.1
"""Seconds between two requests to stop: Anki ignores one before its work."""
_ends: list[Callable[[float], None]] = []
"""For each work that runs: waits for it and ends it."""


def end_all(abort: Callable[[], None]) -> None:
    """End the work that runs, as the collection is about to be closed. Main thread only.

    The collection may be closed for the work, and Anki would take it for a damaged one. Before 0.6 s no window keeps
    the user from leaving. `abort` asks Anki to stop.
    """
    deadline = time.monotonic() + END_S
    while _ends and time.monotonic() < deadline:
        abort()
        _ends[-1](ABORT_S)


class CallerProgress:
    """Does work in the background, as `taskman.with_progress` does. Main thread only."""

    def __init__(self, mw: AnkiQt, headline: str) -> None:
        """`headline`: what is done and for whom."""
        self._mw = mw
        self._headline = headline
        self._window: ProgressDialog | None = None

    def run(self, work: Callable[[], R], then: Callable[[Future[R]], None], label: str) -> None:
        """Do `work` in the background while the window shows the headline and `label`; then call `then`."""
        is_over = False

        def done(future: Future[R]) -> None:
            nonlocal is_over
            if is_over:
                return
            is_over = True
            if end in _ends:
                _ends.remove(end)
            self._window = None
            self._close()
            then(future)

        def end(seconds: float) -> None:
            if wait([future], seconds).done:
                done(future)

        self._window = self._mw.progress.start(label=f"{self._headline}\n{label}", title=label)
        if self._window is not None:
            self._window.form.label.setTextFormat(Qt.TextFormat.PlainText)  # a program may have any name
        future = self._mw.taskman.run_in_background(work, done)
        if not is_over:  # Anki calls `done` at once if the work has ended before it looks
            _ends.append(end)

    def _close(self) -> None:
        """Close the window. Anki lets a new one stay for half a second, and waits on a thread of its own.

        While Anki quits, Python cannot start a thread, as Anki has taken the hook for exceptions away. The window would
        stay, and Anki would wait for its end before it quits.
        """
        progress = self._mw.progress
        if sys.excepthook is None:
            progress._shown = 0.0
        progress.finish()

    def restore_headline(self) -> None:
        """Show the headline again after Anki has written a text of its own."""
        if self._window is not None and not (text := self._window.form.label.text()).startswith(self._headline):
            self._window.form.label.setText(f"{self._headline}\n{text}")
