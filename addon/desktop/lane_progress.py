"""Shows work of a program that keeps the collection busy for long: meanwhile a click in Anki would freeze it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from aqt.qt import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QTimer,
    QWebEngineView,
    qconnect,
    sip,
)

from ..gui.dialogs import waiting_dialog
from ..rpc.errors import Refused
from ..rpc.lane import Work
from ..rpc.lane_watch import LaneWatch, LaneWork
from ..rpc.operations import BackgroundOperation, ProgressReport
from .ui.work_window import WorkWindow, can_be_cancelled

if TYPE_CHECKING:
    from aqt.main import AnkiQt

LONG_S = 0.5
"""Seconds for which work may keep the collection before it is shown."""
SHORT_S = 0.15
"""What keeps the collection for less time does not keep the window open."""
SHOWN_S = 0.5
"""Seconds for which the window stays at least, as Anki's own does: some window managers need them to show it."""
QUIET_S = 0.3
"""Seconds without long work until the window closes: it does not flicker between two calls."""
TICK_MS = 100
IDLE_S = 2.0
"""Seconds without a call until nothing is watched any more."""
CANCELLED = "the user has cancelled it in Anki"
TYPED_INTO = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox, QWebEngineView)


class AnkiWork(Protocol):
    """Reports and aborts the work inside Anki; the host."""

    def progress(self, *, of_sync: bool) -> ProgressReport | None: ...

    def abort(self, *, sync: bool) -> None: ...


class LaneProgress:
    """Opens and closes the window. Main thread only, except for what the lane calls.

    - The window is none of `mw.progress`, so nobody takes it for work of the user: neither Anki, nor we.
    - It does not open while Anki is in the background, nor beside progress that Anki shows itself.
    - While the user types or reviews, it opens without focus and blocks nothing.
    """

    def __init__(
        self,
        mw: AnkiQt,
        anki: AnkiWork,
        post: Callable[[Work], None],
        cancel: Callable[[BackgroundOperation, str], None],
    ) -> None:
        """`post` calls soon on the main thread, from any thread. `cancel` cancels an operation for a reason."""
        self._mw = mw
        self._anki = anki
        self._post = post
        self._cancel = cancel
        self._watch = LaneWatch()
        self._window: WorkWindow | None = None
        self._is_watching = False
        self._last_call = self._last_long = self._shown = 0.0
        self._before: ProgressReport | None = None
        self._seen: LaneWork | None = None
        self._cancelled: LaneWork | None = None
        self._timer = QTimer()
        self._timer.setInterval(TICK_MS)
        qconnect(self._timer.timeout, self._tick)

    def follow(self, watch: LaneWatch) -> None:
        """Show what this lane does."""
        self._watch = watch
        watch.began = self._began

    def close_if_over(self) -> None:
        """Close the window if it only stays open so as not to flicker: a window of a program is about to open."""
        if self._watch.current is None:
            self._close()

    def abort(self) -> None:
        """Abort the call that runs now, if that is possible: until it ends, the collection cannot be closed."""
        work = self._watch.current
        if work is not None and work.operation is None and can_be_cancelled(work):
            self._anki.abort(sync=False)

    def end(self) -> None:
        """Close the window, and watch no more."""
        self._watch.began = lambda: None
        self._timer.stop()
        self._close()

    def _began(self) -> None:
        """Any thread."""
        self._last_call = time.monotonic()
        if not self._is_watching:
            self._is_watching = True
            self._post(self._timer.start)

    def _tick(self) -> None:
        work, now = self._watch.current, time.monotonic()
        seconds = 0.0 if work is None else now - work.since
        if seconds > SHORT_S:
            self._last_long = now
        if work is not self._seen:
            self._seen, self._before = work, self._anki.progress(of_sync=False)
        if work is not None and (self._window is not None or (seconds >= LONG_S and self._may_open())):
            self._show(work)
        elif self._window is not None and now - self._last_long > QUIET_S and now - self._shown > SHOWN_S:
            self._close()
        if work is None and self._window is None and now - self._last_call > IDLE_S:
            self._rest()

    def _rest(self) -> None:
        """Watch no more until the next call. One that begins right now is in one of the two: it is never missed."""
        self._is_watching = False
        if self._watch.current is None:
            self._timer.stop()
        else:
            self._is_watching = True

    def _may_open(self) -> bool:
        return QApplication.focusWindow() is not None and not self._mw.progress.busy()

    def _show(self, work: LaneWork) -> None:
        if self._window is not None and sip.isdeleted(self._window):  # with the window that it belonged to
            self._window = None
        if self._window is None:
            is_modal = waiting_dialog() is None and not self._is_typing()
            self._window = WorkWindow(QApplication.activeWindow() or self._mw, is_modal=is_modal)
            self._shown = self._last_long = time.monotonic()
        report = self._anki.progress(of_sync=False)
        if self._window.wantCancel and self._cancelled is None:
            self._cancelled = self._window.work  # what the user saw: another call may have begun since
        self._window.show_work(work, None if report == self._before else report)
        if not self._window.isVisible():
            self._window.show()
        if self._window.wantCancel:
            self._stop(work)

    def _stop(self, work: LaneWork) -> None:
        """Cancel the call for which the user pressed Cancel. Each time, as Anki ignores an abort before its work."""
        pressed = self._cancelled
        if self._window is None or pressed is None:
            return
        if work.began != pressed.began:
            self._window.wantCancel, self._cancelled = False, None  # that call has ended
        elif work.operation is not None:
            with suppress(Refused):
                self._cancel(work.operation, CANCELLED)
        elif can_be_cancelled(work):
            self._anki.abort(sync=False)

    def _close(self) -> None:
        window, self._window, self._cancelled = self._window, None, None
        if window is not None and not sip.isdeleted(window):
            window.cancel()

    def _is_typing(self) -> bool:
        """Whether the user reviews, or may type: in a field, or in a page other than those of the main window."""
        mw = self._mw
        if mw.state == "review" and QApplication.activeWindow() is mw:
            return True
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, TYPED_INTO):
            widget = widget.parentWidget()
        return widget is not None and widget not in (mw.web, mw.toolbarWeb, mw.bottomWeb)
