"""Notices that the user leaves the profile, for which Anki has no hooks that serve."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aqt.qt import QEvent, QObject

if TYPE_CHECKING:
    from aqt.main import AnkiQt


class Unloading(QObject):
    """Calls `begins` when the collection is about to be closed. The sign is that Anki disables its main window.

    No hook serves for this. `profile_will_close` comes before the windows are asked to close, and the user may keep
    one open, which keeps the profile open. Restoring a backup does not call it at all.
    """

    def __init__(self, mw: AnkiQt, begins: Callable[[], None]) -> None:
        super().__init__(mw)
        self._mw = mw
        self._begins = begins
        mw.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.EnabledChange and not self._mw.isEnabled():
            self._begins()
        return False


def watch_quitting(mw: AnkiQt) -> Callable[[], bool]:
    """Return a function: whether Anki closes the profile in order to quit. No hook serves for this."""
    is_quitting, unload = False, mw.unloadProfile

    def unload_profile(onsuccess: Callable[..., Any]) -> None:
        nonlocal is_quitting
        is_quitting = onsuccess == mw.cleanupAndExit
        unload(onsuccess)

    mw.unloadProfile = unload_profile
    return lambda: is_quitting
