"""Anki's own hooks as events: what the user does, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aqt import gui_hooks

from ..collection.change_log import ChangeTracker
from ..rpc.events import Events
from .refresh import Refresh

if TYPE_CHECKING:
    from anki.collection import OpChanges
    from aqt.main import AnkiQt


class Hooks:
    """Publishes what Anki tells. On the main thread."""

    def __init__(self, mw: AnkiQt, events: Events, changes: ChangeTracker, refresh: Refresh) -> None:
        """Made when the lane already follows the collection: an opened one must be open for it, too."""
        self._mw = mw
        self._events = events
        self._changes = changes
        self._refresh = refresh
        self._open = None if mw.col is None else str(mw.pm.name)
        """The profile that was told of; Anki may have opened one before it shows its main window."""
        self._is_closing = False
        gui_hooks.operation_did_execute.append(lambda changes, handler: self._executed(changes))
        gui_hooks.sync_will_start.append(lambda: events.publish("syncStarted", {}))
        gui_hooks.sync_did_finish.append(lambda: changes.announce("syncFinished", {}))
        gui_hooks.collection_did_load.append(lambda col: self._loaded())
        gui_hooks.profile_will_close.append(self._will_close)

    def _executed(self, changes: OpChanges) -> None:
        if not self._refresh.is_telling:  # what programs wrote has been told
            self._changes.add(changes)

    def _loaded(self) -> None:
        if self._open is None:
            self._open = str(self._mw.pm.name)
            self._events.publish("profileOpened", {"profile": self._open})
        self._is_closing = False

    def _will_close(self) -> None:
        """The user may still keep a window open, and the profile with it."""
        self._is_closing = True

    def unloading(self) -> None:
        """The collection is about to be closed: for good, or to restore a backup."""
        name, is_closing = self._open, self._is_closing
        if name is not None and is_closing:
            self._open, self._is_closing = None, False
            self._events.publish("profileClosed", {"profile": name})
