"""Idempotency keys: the guid of a note that a call adds is made of its caller's identity and the call's key.

So the key is stored in the same transaction as the note, syncs with it, and goes with it.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anki.utils import to_json_bytes

from ...rpc.errors import ActionError, AlreadyExists

if TYPE_CHECKING:
    from ...rpc.context import Context

_PLACE, _CONTENT = 16, 8
"""Characters of a guid that tell whose key it is, the key and the place in the call, and what the note says: 96 and 48
bits.
"""


@dataclass(slots=True)
class Keyed:
    """One note of a call, and what the idempotency key of the call, if it has one, says about the note."""

    source: dict[str, Any]
    error: ActionError | None = None
    guid: str | None = None
    """What the note gets, where the call has a key."""
    added_before: int | None = None
    """Its id, where an earlier call with the same key has added it: it is not judged any more."""

    @property
    def is_new(self) -> bool:
        """It is still to be written."""
        return self.error is None and self.added_before is None


def match_idempotency_key(ctx: Context, key: str, notes: Sequence[Keyed], contents: Sequence[Any]) -> None:
    """Mark notes that an earlier call with this key of the caller's has added, and give all of them their guids.

    `contents` is what they say: a note fails where the key was used for one that says something else. One statement,
    which reads all notes' guids.
    """
    col, owner = ctx.col, ctx.caller.identity
    assert col.db is not None
    for index, (note, content) in enumerate(zip(notes, contents, strict=True)):
        note.guid = _digest([*owner, key, index])[:_PLACE] + _digest(content)[:_CONTENT]
    places = [str(note.guid)[:_PLACE] for note in notes]
    rows = col.db.all(_BY_PLACE, _PLACE, to_json_bytes(places).decode())
    known = {guid[:_PLACE]: (guid, note_id) for guid, note_id in rows}
    for note, place in zip(notes, places, strict=True):
        guid, note_id = known.get(place, (note.guid, None))
        if guid != note.guid:
            note.error = note.error or AlreadyExists("The idempotency key was used for another note.", note=note_id)
        elif note_id is not None:
            note.added_before, note.error = note_id, None


_BY_PLACE = "select guid, id from notes where substr(guid, 1, ?) in (select value from json_each(?))"


def _digest(value: Any) -> str:
    return urlsafe_b64encode(hashlib.sha256(to_json_bytes(value)).digest()).decode()
