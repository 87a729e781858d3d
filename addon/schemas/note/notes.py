"""Params and results of the actions on notes."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Id, Ids, Integer, List, Nested, String, StringDict
from ..fields.media import AUDIO, PICTURE, VIDEO
from ..fields.notes import DECK_ID, FLAG, IDEMPOTENCY_KEY, MODEL_ID, SUSPENDED, Placed
from ..fields.tags import Tags

NOTE_ID = Integer("Note id: creation time in milliseconds since 1970, raised until free.", title="NoteId")


class DuplicateScopeOptions(Object):
    """Which notes a new note is compared with."""

    deck_name = String("Deck to search; default the note's deck.", load_default=None)
    check_children = Boolean("Search its sub-decks, too.", load_default=False)
    check_all_models = Boolean("Compare with notes of every note type.", load_default=False)
    deck_id = Id("Deck id, in place of `deckName`.", load_default=None)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        if loaded["deck_name"] is not None and loaded["deck_id"] is not None:
            raise ma.ValidationError({"deckId": ["Give either `deckName` or `deckId`, not both."]})
        return loaded


class NoteOptions(Object):
    """Which notes may be added, and how."""

    allow_duplicate = Boolean("Add the note even if it is a duplicate.", load_default=False)
    duplicate_scope = Enum(
        ["deck", "collection"],
        "Where a note with the same first field counts as a duplicate; default the collection.",
        load_default=None,
    )
    duplicate_scope_options = Nested(DuplicateScopeOptions, "Details of the scope.", load_default=None)
    create_deck = Boolean("Create the deck if it is missing, in the same undo step.", load_default=False)
    allow_missing_cloze = Boolean(
        "Add a note of a cloze note type even without a cloze deletion; its card says so.", load_default=False
    )
    suspended = SUSPENDED
    flag = FLAG


class NewNote(Placed):
    """A note to be added."""

    model_name = String("Note type, compared without case.")
    deck_name = String("Deck, compared without case.")
    fields = StringDict("HTML by field name, compared without case; other fields stay empty.", required=True)
    tags = Tags("Tags; Anki sorts them.", load_default=list)
    options = Nested(NoteOptions, "Options for duplicates and other problems.", load_default=None)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE
    model_id = MODEL_ID
    deck_id = DECK_ID


class AddNote(Params):
    note = Nested(NewNote, "The note to add.", required=True)
    idempotency_key = IDEMPOTENCY_KEY


class AddNotes(Params):
    notes = List(Nested(NewNote), "The notes to add.", required=True)
    on_error = Enum(
        ["skip", "abort"],
        "If notes cannot be added: `skip` adds the others, `abort` adds none and fails.",
        load_default="skip",
    )
    idempotency_key = IDEMPOTENCY_KEY


class CanAddNote(Params):
    note = Nested(NewNote, "The note, as for addNote.", required=True)


class CanAddNotes(Params):
    notes = List(Nested(NewNote), "The notes, as for addNotes.", required=True)


class CanAdd(Object):
    """Whether one note can be added."""

    can_add = Boolean("The note can be added.", required=True)
    error = String("Why it cannot be added; only if `canAdd` is false.")


CAN_ADD = Boolean("addNote would accept the note.", title="CanAddNoteResult")
CAN_ADD_EACH = List(Boolean(title="CanAddEach"), "One answer per note, in order.", title="CanAddList")
CAN_ADD_DETAIL = Nested(CanAdd, "The answer.")
CAN_ADD_DETAILS = List(Nested(CanAdd), "One answer per note, in order.", title="CanAddDetails")


class DeleteNotes(Params):
    notes = Ids("Note ids.", required=True)


DELETED_NOTES = Ids("Ids of the deleted notes.", title="DeletedNotes")
