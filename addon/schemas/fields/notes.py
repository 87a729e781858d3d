"""Params and results on notes that several actions share."""

from typing import Any, NamedTuple

from ...vendored import marshmallow as ma
from ..base import MISSING, Object
from .basic import Boolean, Dict, Enum, Id, Integer, List, Nested, String, StringDict
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


MODEL_ID = Id("Note type id, in place of `modelName`: a note gives one of both.")
DECK_ID = Id("Deck id, in place of `deckName`: a note gives one of both.")
MODEL = (("modelName", "modelId"),)
NAMES_AND_IDS = (*MODEL, ("deckName", "deckId"))
"""The members by which a note gives its note type and its deck."""


class Placed(Object):
    """A note that gives its note type, and mostly its deck, by name or by id."""

    one_of = NAMES_AND_IDS

    def load(self, data: Any, **more: Any) -> Any:
        """Also checks that there is either a name or an id."""
        flaws = {}
        if isinstance(data, dict):
            flaws = self.naming_flaws(self.given(data) if None in data.values() else data)
        try:
            loaded = super().load(data, **more)
        except ma.ValidationError as error:
            found = error.messages
            if not isinstance(found, dict):
                raise
        else:
            if not flaws:
                return loaded
            found = {}
        messages = {**found, **flaws}
        raise ma.ValidationError({name: messages[name] for name in (*self._attributes, *messages) if name in messages})

    def naming_flaws(self, data: dict[str, Any]) -> dict[str, list[str]]:
        """The messages for names that are missing, and for ids beside a name, by their names on the wire."""
        flaws = {}
        for name, id in NAMES_AND_IDS:
            if name in data and id in data:
                flaws[id] = [f"Give either `{name}` or `{id}`, not both."]
            elif (name, id) in self.one_of and name not in data and id not in data:
                flaws[name] = [f"{MISSING} Give either `{name}` or `{id}`."]
        return flaws


EXPECTED = StringDict(
    "Write only if these fields have these texts, by field name, as in notesInfo. It notices every change of them, "
    "even within a second.",
    load_default=dict,
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
