"""Turns Anki's hooks into events, so clients also hear of what the user does."""

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
    """Publishes an event for each hook that Anki calls. Main thread only."""

    def __init__(self, mw: AnkiQt, events: Events, changes: ChangeTracker, refresh: Refresh) -> None:
        """Create it after the lane follows the collection: when `profileOpened` is published, the gate must be open."""
        self._mw = mw
        self._events = events
        self._changes = changes
        self._refresh = refresh
        self._open = None if mw.col is None else str(mw.pm.name)
        """The profile whose opening was published. Anki may open one before it shows its main window."""
        self._is_closing = False
        gui_hooks.operation_did_execute.append(lambda changes, handler: self._executed(changes))
        gui_hooks.sync_will_start.append(lambda: events.publish("syncStarted", {}))
        gui_hooks.sync_did_finish.append(lambda: changes.announce("syncFinished", {}))
        gui_hooks.collection_did_load.append(lambda col: self._loaded())
        gui_hooks.profile_will_close.append(self._will_close)

    def _executed(self, changes: OpChanges) -> None:
        if not self._refresh.is_telling:  # what programs wrote is published already
            self._changes.add(changes)

    def _loaded(self) -> None:
        if self._open is None:
            self._open = str(self._mw.pm.name)
            self._events.publish("profileOpened", {"profile": self._open})
        self._is_closing = False

    def _will_close(self) -> None:
        """Note that the profile may close; the user can still keep it open by keeping a window open."""
        self._is_closing = True

    def unloading(self) -> None:
        """Publish `profileClosed` if the profile closes. The collection also closes to restore a backup."""
        name, is_closing = self._open, self._is_closing
        if name is not None and is_closing:
            self._open, self._is_closing = None, False
            self._events.publish("profileClosed", {"profile": name})
