"""Notes: what several actions take and give of them."""

from typing import NamedTuple

from ...vendored import marshmallow as ma
from ..base import Object
from .basic import Boolean, Dict, Enum, Integer, List, Nested, String
from .outcomes import ErrorObject

IDEMPOTENCY_KEY = String(
    "A text of your own, another one for each call. A call that is sent again with its key, after a lost connection "
    "or a restart, adds no note twice: it answers the ids of the first time. The key holds as long as the note exists, "
    "on every device that it syncs to; one that was deleted or undone is added again. For other notes the key is "
    "refused.",
    load_default=None,
    validate=ma.validate.Length(min=1, max=255),
)
ON_ERROR = Enum(
    ["skip", "abort"],
    "When notes cannot be written: `skip` writes the others, `abort` writes none and fails.",
    load_default="skip",
)


class Malformed(NamedTuple):
    """What may stand in a list in the place of a note that is not valid: why it is not."""

    text: str


class FieldValue(Object):
    value = String("HTML of the field.", required=True)
    order = Integer("Position of the field, from 0.", required=True)


FIELD_VALUES = Dict(Nested(FieldValue), "Field name to value and position.", title="FieldValues", required=True)


class AddedNote(Object):
    id = Integer("Id of the new note; null when it was not added.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why it was not added; null when it was.", required=True, allow_none=True)


ADDED_NOTES = List(Nested(AddedNote), "One entry per note, in order.", title="AddedNotes")


class NoteUpdate(Object):
    id = Integer("Note id.", required=True)
    changed = Boolean("It was not yet as wanted.", required=True)
    mod = Integer("Last change, in seconds since 1970; null for an unknown id.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why it was not written; null when it was.", required=True, allow_none=True)


NOTE_UPDATES = List(Nested(NoteUpdate), "One entry per note, in order.", title="NoteUpdates")
