"""Params and results on notes that several actions share."""

from typing import NamedTuple

from ...vendored import marshmallow as ma
from ..base import Object
from .basic import Boolean, Dict, Enum, Integer, List, Nested, String
from .numbers import Between
from .outcomes import ErrorObject

IDEMPOTENCY_KEY = String(
    "A text of your choice, different for each call. If a call is repeated with its key, after a lost connection or a "
    "restart, no note is added twice: the result has the ids of the first call. A key is valid while its note exists, "
    "on every device that it syncs to; a note that was deleted or undone is added again. For other notes the key is "
    "refused.",
    load_default=None,
    validate=ma.validate.Length(min=1, max=255),
)
SUSPENDED = Boolean("Suspend the cards of the new note, in the same undo step.", load_default=False)
FLAG = Between(
    0,
    7,
    "Flag of the cards of the new note, in the same undo step: 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, "
    "7 purple; 0 for none.",
    load_default=0,
)
ON_ERROR = Enum(
    ["skip", "abort"],
    "If notes cannot be written: `skip` writes the others, `abort` writes none and fails.",
    load_default="skip",
)


class Malformed(NamedTuple):
    """Stands for an invalid note in a list, with the reason."""

    text: str


class FieldValue(Object):
    """A field of a note."""

    value = String("HTML of the field.", required=True)
    order = Integer("Position of the field, from 0.", required=True)


FIELD_VALUES = Dict(Nested(FieldValue), "Value and position of each field.", title="FieldValues", required=True)


class AddedNote(Object):
    """The outcome for one note to be added."""

    id = Integer("Id of the new note; null if it was not added.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why it was not added; null if it was.", required=True, allow_none=True)


ADDED_NOTES = List(Nested(AddedNote), "One entry per note, in order.", title="AddedNotes")


class NoteUpdate(Object):
    """The outcome for one note to be changed."""

    id = Integer("Note id.", required=True)
    changed = Boolean("The call has changed the note.", required=True)
    mod = Integer("Last change, in seconds since 1970; null for an unknown id.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why it was not written; null if it was.", required=True, allow_none=True)


NOTE_UPDATES = List(Nested(NoteUpdate), "One entry per note, in order.", title="NoteUpdates")
