"""Refreshes Anki's windows after writes, rarely enough that they stay responsive."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from anki.collection import OpChanges
from aqt.operations import on_op_finished
from aqt.qt import QTimer

from .editors import Editors
from .main_thread import MainThread

if TYPE_CHECKING:
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")

REFRESH_INTERVAL_S = 0.25
"""Seconds between two refreshes. Each keeps Anki's main thread busy for 13 to 20 ms."""


class Refresh:
    """Collects changes from any thread and passes them to Anki on the main thread, as Anki's own media server does.

    The first change after a pause is posted at once. Later ones are posted together when the interval has passed.
    """

    def __init__(self, mw: AnkiQt, main: MainThread, editors: Editors) -> None:
        self._mw = mw
        self._main = main
        self._editors = editors
        self._waiting: list[Callable[[], None]] = []
        self._is_posting = False
        self._was_asked = False
        self.is_telling = False
        """Whether Anki is being informed of programs' writes right now."""
        self._lock = threading.Lock()
        self._pending: OpChanges | None = None
        self._posted = float("-inf")

    def add(self, changes: OpChanges) -> None:
        """Record changes for the next refresh. Never blocks. Any thread."""
        with self._lock:
            is_first = self._pending is None
            if self._pending is None:
                self._pending = OpChanges()
            self._pending.MergeFrom(changes)  # the flags are never cleared
        if is_first:
            self._main.post(self._schedule)

    def _schedule(self) -> None:
        delay = self._posted + REFRESH_INTERVAL_S - time.monotonic()
        if delay <= 0:
            self.flush()
        else:
            QTimer.singleShot(int(delay * 1000) + 1, self.flush)

    def flush(self, then: Callable[[], None] | None = None) -> None:
        """Post the pending changes, then call `then`. Main thread only.

        Changed text makes every editor reload its note, so what is typed there is stored first.
        """
        if then is not None:
            self._waiting.append(then)
        self._main.when_free(self._flush)

    def _flush(self) -> None:
        if self._is_posting:
            self._was_asked = True
            return
        with self._lock:
            changes, self._pending = self._pending, None
        if changes is None:
            self._go_on()
        else:
            self._is_posting = True
            if changes.note_text:
                self._editors.save(None, lambda: self._post(changes))
            else:
                self._post(changes)

    def _post(self, changes: OpChanges) -> None:
        col = self._mw.col
        try:
            # While a profile is being closed, the deck browser would read a collection that is already closed.
            if col is not None and col.db is not None and self._mw.isEnabled():
                self.is_telling = True
                on_op_finished(self._mw, changes, None)
        except Exception:  # Anki would show it in a window, and the caller would wait forever
            logger.exception("Anki's windows could not be refreshed")
        finally:
            self.is_telling = False
        self._posted = time.monotonic()
        self._is_posting = False
        was_asked, self._was_asked = self._was_asked, False
        if self._waiting:
            self.flush()
        elif was_asked:  # changes that nothing waits for are posted when the interval has passed
            self._schedule()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            self._main.post(call)
