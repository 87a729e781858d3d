"""Idempotency keys: the guid of a note that a call adds is made of its caller's identity and the call's key.

So the key is stored in the same transaction as the note, syncs with it, and goes with it.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.utils import to_json_bytes

from ...rpc.errors import AlreadyExists

if TYPE_CHECKING:
    from ...rpc.context import Context

_PLACE, _CONTENT = 16, 8
"""Characters of a guid that tell whose key it is, the key and the place in the call, and what the note says: 96 and 48
bits.
"""


class Keyed(NamedTuple):
    """A note of a call with a key: the guid that it gets, or the id of the one that has been added before."""

    guid: str
    note_id: int | None
    error: AlreadyExists | None
    """The key was used for another note."""


def keyed(ctx: Context, key: str, contents: Sequence[Any]) -> list[Keyed]:
    """What a key of the caller's tells of each note of a call, by what the notes say.

    One statement, which reads all notes' guids.
    """
    col, owner = ctx.col, ctx.caller.identity
    assert col.db is not None
    guids = [
        _digest([*owner, key, index])[:_PLACE] + _digest(content)[:_CONTENT] for index, content in enumerate(contents)
    ]
    places = to_json_bytes([guid[:_PLACE] for guid in guids]).decode()
    known = {guid[:_PLACE]: (guid, note_id) for guid, note_id in col.db.all(_BY_PLACE, _PLACE, places)}
    return [_keyed(guid, *known.get(guid[:_PLACE], (guid, None))) for guid in guids]


_BY_PLACE = "select guid, id from notes where substr(guid, 1, ?) in (select value from json_each(?))"


def _keyed(guid: str, stored: str, note_id: int | None) -> Keyed:
    if stored == guid:
        return Keyed(guid, note_id, None)
    return Keyed(guid, None, AlreadyExists("The idempotency key was used for another note.", note=note_id))


def _digest(value: Any) -> str:
    return urlsafe_b64encode(hashlib.sha256(to_json_bytes(value)).digest()).decode()
