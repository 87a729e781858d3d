"""Idempotency keys: the guid of an added note is made from the caller's identity and the key of the call.

So the key is stored in the same transaction as the note, and is synced and deleted with it.
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
"""Characters of a guid: 96 bits for the caller, the key and the place in the call, and 48 bits for the content."""


@dataclass(slots=True)
class Keyed:
    """One note of a call, and what the call's idempotency key, if any, says about it."""

    source: dict[str, Any]
    error: ActionError | None = None
    guid: str | None = None
    """The guid that the note gets; None if the call has no key."""
    added_before: int | None = None
    """Its id, if an earlier call with the same key has added it: then it is not checked again."""

    @property
    def is_new(self) -> bool:
        """Whether it must still be written."""
        return self.error is None and self.added_before is None


def match_idempotency_key(ctx: Context, key: str, notes: Sequence[Keyed], contents: Sequence[Any]) -> None:
    """Mark the notes that an earlier call of this caller has added with this key, and set the guids of all notes.

    `contents` is their content: a note fails if the key was used for another content. This takes one statement, which
    reads the guids of all notes.
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
