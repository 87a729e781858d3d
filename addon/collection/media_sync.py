"""Follows the sync of the media, which Anki makes in the background after that of the collection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ..rpc.errors import ActionError
from ..text.plain import plain
from .errors import SyncFailed, translate

if TYPE_CHECKING:
    from anki.sync_pb2 import MediaSyncProgress, MediaSyncStatusResponse


class MediaSync(NamedTuple):
    """The media sync that runs, or the last one."""

    is_active: bool
    progress: MediaSyncProgress | None
    """None if nothing is known yet."""
    error: ActionError | None
    """Why the last one failed; None while one runs."""


_NOTHING = MediaSync(is_active=False, progress=None, error=None)


class MediaSyncWatch:
    """Remembers Anki's answers about the media sync: Anki reports an error only once. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.last = _NOTHING

    def forget(self) -> None:
        """A sync begins: forget what was known about the last one."""
        self.last = _NOTHING

    def ask(self, status: Callable[[], MediaSyncStatusResponse]) -> MediaSyncStatusResponse:
        """Call Anki's function for the status, and return or raise what it does."""
        with self._lock:
            try:
                answer = status()
            except Exception as error:
                known = translate(error) or SyncFailed(str(error) or None)
                self.last = MediaSync(is_active=False, progress=self.last.progress, error=known.without_traceback())
                raise
            progress = answer.progress if answer.HasField("progress") else self.last.progress
            self.last = MediaSync(answer.active, progress, None if answer.active else self.last.error)
            return answer


def to_result(sync: MediaSync) -> dict[str, object]:
    """Return the result of the action `mediaSyncStatus`."""
    progress = sync.progress
    return {
        "active": sync.is_active,
        "progress": progress and {name: plain(getattr(progress, name)) for name in ("checked", "added", "removed")},
        "error": sync.error and sync.error.to_object(),
    }
