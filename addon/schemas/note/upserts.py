"""Params and result of upsertNotes."""

from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, String, StringDict
from ..fields.notes import DECK_ID, FLAG, IDEMPOTENCY_KEY, MODEL_ID, ON_ERROR, SUSPENDED, Placed
from ..fields.outcomes import ErrorObject
from ..fields.tags import Tags


class NewCardOptions(Object):
    """How the cards of a new note begin."""

    suspended = SUSPENDED
    flag = FLAG


class UpsertedNote(Placed):
    """A note to be added, or updated if it exists."""

    model_name = String("Note type, compared without case.")
    deck_name = String("Deck for a new note, compared without case.")
    fields = StringDict("HTML by field name, compared without case; others stay as they are, or empty.", required=True)
    tags = Tags("Tags to add, unless the note has them.", load_default=list)
    options = Nested(NewCardOptions, "Options for the cards of a new note; others stay as they are.", load_default=None)
    model_id = MODEL_ID
    deck_id = DECK_ID


class UpsertNotes(Params):
    notes = List(Nested(UpsertedNote), "The notes.", required=True)
    key = String("Field by which a note is found; default the first field of its note type.", load_default=None)
    on_error = ON_ERROR
    idempotency_key = IDEMPOTENCY_KEY


class Upsert(Object):
    """The outcome for one note to be added or updated."""

    id = Integer("Note id; null if it was neither found nor added.", required=True, allow_none=True)
    outcome = String(
        "`added`, `updated` (also for a note that the same call has added), `unchanged` or `failed`.", required=True
    )
    error = Nested(ErrorObject, "Why it failed; null if it did not.", required=True, allow_none=True)


UPSERTS = List(Nested(Upsert), "One entry per note, in order.", title="Upserts")
