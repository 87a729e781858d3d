"""What the actions on notes take and give."""

from collections.abc import Callable
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import (
    NOT_TEXT,
    Boolean,
    EachOrMalformed,
    Enum,
    Ids,
    Integer,
    List,
    Nested,
    String,
    TextMap,
    empty_list_for_null,
    not_a_container,
    valid_or_malformed,
)
from ..fields.media import AUDIO, PICTURE, VIDEO
from ..fields.notes import IDEMPOTENCY_KEY, LENIENT
from ..fields.tags import Tags, tag_list

NOTE_ID = Integer("Note id: creation time in milliseconds since 1970, raised until free.", title="NoteId")


def _must_be_boolean(name: str) -> str:
    return f'option parameter "{name}" must be boolean'


class _Options(Nested):
    """Options of a note. AnkiConnect only asks which names are in them, so an empty list or any text has none."""

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        if self.is_tolerant and isinstance(value, list | str) and not any(name in value for name in self._names()):
            value = {}
        if self.is_tolerant and value is None:
            raise self.flaw("Field may not be null.", value)
        return super().deserialize(value, attr, data, **more)

    def _names(self) -> list[str]:
        return [str(field.data_key) for field in self.schema.load_fields.values()]


def _any_text(value: Any) -> Any:
    return value if isinstance(value, str) else None


class DuplicateScopeOptions(Object):
    deck_name = String("Deck to look in instead of the note's own.", load_default=None, tolerate=_any_text)
    check_children = Boolean(
        "Look in its sub-decks too.",
        load_default=False,
        legacy=_must_be_boolean("duplicateScopeOptions.checkChildren"),
    )
    check_all_models = Boolean(
        "Look at notes of every note type.",
        load_default=False,
        legacy=_must_be_boolean("duplicateScopeOptions.checkAllModels"),
    )


class NoteOptions(Object):
    allow_duplicate = Boolean(
        "Add the note even if it is a duplicate.", load_default=False, legacy=_must_be_boolean("allowDuplicate")
    )
    duplicate_scope = Enum(
        ["deck", "collection"],
        "Where a note with the same first field counts as a duplicate; the collection when left out.",
        load_default=None,
        tolerate=lambda value: value if value == "deck" else None,
    )
    duplicate_scope_options = _Options(
        DuplicateScopeOptions, "Details of the scope.", load_default=None, legacy=not_a_container
    )
    create_deck = Boolean("Make the deck if there is none of that name, in the same undo step.", load_default=False)
    allow_missing_cloze = Boolean(
        "Add a note of a cloze note type although it has no cloze deletion; its card says so.", load_default=False
    )


def _not_a_name(noun: str) -> Callable[[Any], str]:
    """AnkiConnect looks for the name null, and finds none."""
    return lambda value: f"{noun} was not found: None" if value is None else NOT_TEXT


class NewNote(Object):
    model_name = String("Note type, compared without case.", required=True, legacy=_not_a_name("model"))
    deck_name = String("Deck, compared without case.", required=True, legacy=_not_a_name("deck"))
    fields = TextMap("Field name, compared without case, to HTML. Fields that are left out stay empty.", required=True)
    tags = Tags("Tags; Anki sorts them.", load_default=list, tolerate=tag_list, legacy=NOT_TEXT)
    options = _Options(NoteOptions, "How duplicates are treated.", load_default=None, legacy=not_a_container)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE


class AddNote(Params):
    note = Nested(NewNote, "The note to add.", required=True)
    lenient = LENIENT
    idempotency_key = IDEMPOTENCY_KEY


class AddNotes(Params):
    notes = EachOrMalformed(Nested(NewNote), "The notes to add.", required=True)
    on_error = Enum(
        ["skip", "abort"],
        "When notes cannot be added: `skip` adds the others, `abort` adds none and fails.",
        load_default="skip",
    )
    lenient = LENIENT
    idempotency_key = IDEMPOTENCY_KEY


class _AnyNote(Nested):
    """A note that is only asked about: when tolerant even a malformed one gets an answer."""

    def deserialize(self, value: Any, attr: Any = None, data: Any = None, **more: Any) -> Any:
        if not self.is_tolerant or value is ma.missing:
            return super().deserialize(value, attr, data, **more)
        return valid_or_malformed(_TOLERANT_NOTE, value)


class CanAddNote(Params):
    note = _AnyNote(NewNote, "The note, as for addNote.", required=True)
    lenient = LENIENT


_TOLERANT_NOTE = AddNote.variant(tolerant=True).fields["note"]


class CanAddNotes(Params):
    notes = EachOrMalformed(Nested(NewNote), "The notes, as for addNotes.", required=True)
    lenient = LENIENT


class CanAdd(Object):
    can_add = Boolean("The note can be added.", required=True)
    error = String("Why it cannot; only then.")


CAN_ADD = Boolean("addNote would accept the note.", title="CanAddNoteResult")
CAN_ADD_EACH = List(Boolean(title="CanAddEach"), "One answer per note, in order.", title="CanAddList")
CAN_ADD_DETAIL = Nested(CanAdd, "The answer.")
CAN_ADD_DETAILS = List(Nested(CanAdd), "One answer per note, in order.", title="CanAddDetails")


class DeleteNotes(Params):
    notes = Ids("Note ids.", required=True, tolerate=empty_list_for_null)
