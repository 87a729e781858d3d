"""What identifies the open collection, so that a write meant for another one can be refused."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from anki.errors import DBError

if TYPE_CHECKING:
    from anki.collection import Collection


class Session:
    """Identifies the open collection: `id` changes when another one is opened, or when this one was replaced.

    It stays the same if the collection was closed for a while and comes back as it was, as for an export.
    """

    def __init__(self) -> None:
        self.id = secrets.token_hex(8)
        self._state: Any = None

    def closing(self, col: Collection) -> None:
        """Note the state of a collection that is about to be closed. Nothing else uses it."""
        self._state = _state(col)

    def opened(self, col: Collection) -> None:
        """Note that a collection was opened. Nothing else uses it yet."""
        if self._state is None or self._state != _state(col):
            self.id = secrets.token_hex(8)
        self._state = None


def _state(col: Collection) -> Any:
    try:
        return None if col.db is None else (col.path, col.db.all("select crt, mod, scm, usn from col"))
    except DBError:  # it may be unreadable for want of room; then the session ends
        return None
