"""Keeps Anki's browser from opening while a call uses what the two share in Anki's library."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aqt
from aqt import gui_hooks
from aqt.qt import QTimer

from ..rpc.errors import Refused


class BrowserWindow:
    """The hook comes after a new browser has chosen its columns, and before it asks for its first row."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_opening = False
        gui_hooks.browser_will_show.append(self._will_show)

    def _will_show(self, browser: Any) -> None:
        with self._lock:  # held for a part of a call, so for milliseconds
            self._is_opening = True
        QTimer.singleShot(0, self._opened)

    def _opened(self) -> None:
        self._is_opening = False

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Keep the browser closed. Raises Refused if it is open. Any thread but the main thread."""
        with self._lock:
            if self._is_opening or aqt.dialogs._dialogs["Browser"][1] is not None:
                raise Refused("Anki's browser is open, and shows columns of its own. Close it, and try again.")
            yield
