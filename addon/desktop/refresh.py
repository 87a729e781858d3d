"""Telling Anki's windows what was written, seldom enough that they stay alive."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from anki.collection import OpChanges
from aqt.operations import on_op_finished
from aqt.qt import QTimer

if TYPE_CHECKING:
    from aqt.main import AnkiQt

INTERVAL = 0.25
"""Seconds between two refreshes: each takes Anki 13 to 20 ms on its main thread."""


class Refresh:
    """Collects changes from any thread and posts them on the main thread, as Anki's own media server does.

    The first change after a pause is posted at once, later ones together when the interval has passed.
    """

    def __init__(self, mw: AnkiQt) -> None:
        self._mw = mw
        self._lock = threading.Lock()
        self._pending: OpChanges | None = None
        self._posted = float("-inf")

    def add(self, changes: OpChanges) -> None:
        """Take note of changes. Never waits."""
        with self._lock:
            is_first = self._pending is None
            if self._pending is None:
                self._pending = OpChanges()
            self._pending.MergeFrom(changes)  # flags are only ever set
        if is_first:
            self._mw.taskman.run_on_main(self._schedule)

    def _schedule(self) -> None:
        delay = self._posted + INTERVAL - time.monotonic()
        if delay <= 0:
            self.flush()
        else:
            QTimer.singleShot(int(delay * 1000) + 1, self.flush)

    def flush(self) -> None:
        """Post what is pending. Main thread only."""
        with self._lock:
            changes, self._pending = self._pending, None
        col = self._mw.col
        if changes is None or col is None or col.db is None:
            return
        on_op_finished(self._mw, changes, None)
        self._posted = time.monotonic()
