"""What the actions on notes take and give."""

from collections.abc import Callable
from typing import Any

from ..text.anki_text import split_tags
from ..vendored import marshmallow as ma
from .base import Object, Params
from .fields import (
    NOT_TEXT,
    AnyOf,
    Boolean,
    EachOrMalformed,
    Enum,
    Id,
    Ids,
    Integer,
    List,
    Mapped,
    Nested,
    String,
    TextMap,
    Texts,
    cannot_be_integer,
    empty_list_for_null,
    has_no,
    not_a_container,
    unknown_for_null,
    valid_or_malformed,
)
from .losses import DRY_RUN
from .media import AUDIO, PICTURE, VIDEO
from .miscellaneous import ErrorObject
from .paging import LIMIT, NOTE_FIELDS, OFFSET, members, members_of, part_of
from .search import Search
from .tags import Tag, Tags

NOTE_ID = Integer("Note id: creation time in milliseconds since 1970, raised until free.", title="NoteId")
NOTE_IDS = Ids("Note ids.", title="NoteIds")


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


def tag_list(value: Any) -> Any:
    """AnkiConnect takes one text too, and null."""
    if isinstance(value, str):
        return split_tags(value)
    return list(value) if isinstance(value, dict) else value or []


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


LENIENT = Boolean(
    "Ignore unknown field names, and write what is wrong with a media item into its fields, instead of failing.",
    load_default=False,
)


IDEMPOTENCY_KEY = String(
    "A text of your own, another one for each call. A call that is sent again with its key, after a lost connection "
    "or a restart, adds no note twice: it answers the ids of the first time. The key holds as long as the note exists, "
    "on every device that it syncs to; one that was deleted or undone is added again. For other notes the key is "
    "refused.",
    load_default=None,
    validate=ma.validate.Length(min=1, max=255),
)


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


class AddedNote(Object):
    id = Integer("Id of the new note; null when it was not added.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why it was not added; null when it was.", required=True, allow_none=True)


ADDED_NOTES = List(Nested(AddedNote), "One entry per note, in order.", title="AddedNotes")


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


def _not_an_id(value: Any) -> str:
    """AnkiConnect looks for a note without an id for null and for what is empty, and finds none."""
    if not value:
        return f"Note was not found: {value}"
    return cannot_be_integer(value)


class NoteId(Id):
    """The id of one note."""

    legacy = staticmethod(_not_an_id)


class NoteFields(Object):
    id = NoteId("Note id.", required=True)
    fields = TextMap("Field name in its exact spelling to its new HTML; others stay as they are.", required=True)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE


class UpdateNoteFields(Params):
    note = Nested(NoteFields, "Which note, and what to write into its fields.", required=True)
    lenient = LENIENT


_NOT_TAGS = "Must provide tags as a list of strings"
_NOTHING_TO_CHANGE = 'Must provide a "fields" or "tags" property.'


class NewTags(List):
    """All the tags that a note will have; a tolerant load takes one text too."""

    def __init__(self, description: str, **more: Any) -> None:
        super().__init__(
            Tag(legacy=_NOT_TAGS),
            description,
            legacy=_NOT_TAGS,
            tolerate=lambda tags: [tags] if isinstance(tags, str) else tags,
            **more,
        )


class NoteChanges(NoteFields):
    fields = TextMap("As in updateNoteFields; when left out they stay as they are.")
    tags = NewTags("All the tags that the note will have; its own when left out.")


class _Changes(Nested):
    """Fields or tags, and files only with fields; a tolerant load drops others, as AnkiConnect does."""

    legacy = staticmethod(has_no("keys"))

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:  # type: ignore[override]
        if isinstance(value, dict) and not {"fields", "tags"} & value.keys():
            raise self.flaw(_NOTHING_TO_CHANGE, value, _NOTHING_TO_CHANGE)
        changes = super()._deserialize(value, attr, data, **more)
        if "fields" not in changes:
            files: dict[str, list[Any]] = {kind: [] for kind in ("audio", "video", "picture") if changes[kind]}
            if files and not self.is_tolerant:
                raise self.flaw("Files are only stored together with `fields`.", value)
            changes.update(files)
        return changes


class UpdateNote(Params):
    note = _Changes(NoteChanges, "Which note, and its `fields`, its `tags` or both.", required=True)
    lenient = LENIENT


def _required(text: str, wrong_type: Callable[[Any], str]) -> dict[str, Any]:
    """AnkiConnect's one text for a member that is missing, null, zero or empty."""
    return {
        "required": True,
        "legacy_missing": text,
        "tolerate": lambda value: value or None,
        "legacy": lambda value: text if value is None else wrong_type(value),
    }


_NO_FIELDS = "Fields must be provided as a dictionary"


class RetypedNote(Object):
    id = Id("Note id.", **_required("Note ID is required", _not_an_id))
    model_name = String(
        "Its new note type, compared without case, or the one it has.",
        **_required("Model name is required", lambda _: NOT_TEXT),
    )
    fields = TextMap(
        "Field name of the new note type, compared without case, to HTML. Fields that are left out are emptied.",
        **_required(_NO_FIELDS, lambda _: _NO_FIELDS),
    )
    tags = Tags(
        "All the tags that the note will have; its own when left out.",
        load_default=None,
        tolerate=tag_list,
        legacy=NOT_TEXT,
    )


class UpdateNoteModel(Params):
    note = Nested(RetypedNote, "Which note, and what becomes of it.", required=True, legacy=has_no("get"))
    lenient = Boolean("Ignore unknown field names instead of failing.", load_default=False)
    dry_run = DRY_RUN


class Find(Params):
    query = Search(
        "Search text as in Anki's browser; empty for everything, and without it nothing is found.",
        load_default=None,
    )
    limit = LIMIT
    offset = OFFSET


class FieldValue(Object):
    value = String("HTML of the field.", required=True)
    order = Integer("Position of the field, from 0.", required=True)


FIELD_VALUES = Mapped(Nested(FieldValue), "Field name to value and position.", title="FieldValues", required=True)


class NoteInfo(Object):
    note_id = Integer("Note id.", required=True)
    profile = String("Name of the open profile.", required=True)
    tags = Texts("Its tags.", required=True)
    fields = FIELD_VALUES
    model_name = String("Its note type.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)
    cards = Ids("Ids of its cards in the order of their templates.", required=True)


class Missing(Object):
    """Stands for an id that does not exist: an empty object."""


NOTE_INFOS = List(
    AnyOf(Nested(NoteInfo), Nested(Missing), Nested(part_of(NoteInfo, "NotePart")), title="NoteInfoOrMissing"),
    "One entry per note, in order; an empty object for an unknown id. With `fields`, only what was asked for.",
    title="NoteInfos",
)
NOTE_MEMBERS = members_of(NoteInfo)


class NotesInfo(Params):
    notes = Ids("Note ids.", load_default=None, tolerate=unknown_for_null)
    query = Search("Search text; wins over `notes`.", load_default=None)
    limit = LIMIT
    offset = OFFSET
    members = members(NoteInfo, "NoteMember")
    note_fields = NOTE_FIELDS


class NotesModTime(Params):
    notes = Ids("Note ids.", required=True, tolerate=unknown_for_null)


class NoteTime(Object):
    note_id = Integer("Note id.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)


NOTE_TIMES = List(
    AnyOf(Nested(NoteTime), Nested(Missing), title="NoteTimeOrMissing"),
    "One entry per note, in order; an empty object for an unknown id.",
    title="NoteTimes",
)


class DeleteNotes(Params):
    notes = Ids("Note ids.", required=True, tolerate=empty_list_for_null)
    dry_run = DRY_RUN
