"""What the actions take and give that change many notes."""

from ..vendored import marshmallow as ma
from .base import Object, Params
from .fields import Boolean, Enum, Ids, Integer, List, Mapped, Nested, String, TextMap, Texts
from .losses import DRY_RUN
from .miscellaneous import ErrorObject
from .note import IDEMPOTENCY_KEY
from .paging import FROM_ZERO
from .search import Search
from .tags import Tags

ON_ERROR = Enum(
    ["skip", "abort"],
    "When notes cannot be written: `skip` writes the others, `abort` writes none and fails.",
    load_default="skip",
)


class ChangedNote(Object):
    id = Integer("Note id.", required=True)
    fields = TextMap("Field name, compared without case, to its new HTML; others stay as they are.", load_default=dict)
    tags = Tags("All the tags that the note will have; its own when left out.", load_default=None)
    add_tags = Tags("Tags that it gets beside.", load_default=list)
    remove_tags = Texts("Tags that it loses.", load_default=list)
    if_mod = Integer(
        "Only while the note's `mod`, as notesInfo tells it, is this one. Anki counts seconds: of two changes within "
        "one, the second does not show.",
        load_default=None,
    )


class UpdateNotes(Params):
    notes = List(Nested(ChangedNote), "Which notes, and what to write into them.", required=True)
    on_error = ON_ERROR


class NoteUpdate(Object):
    id = Integer("Note id.", required=True)
    changed = Boolean("It was not yet as wanted.", required=True)
    mod = Integer("Last change, in seconds since 1970; null for an unknown id.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why it was not written; null when it was.", required=True, allow_none=True)


NOTE_UPDATES = List(Nested(NoteUpdate), "One entry per note, in order.", title="NoteUpdates")


class UpsertedNote(Object):
    model_name = String("Note type, compared without case.", required=True)
    deck_name = String("Deck of a note that is added, compared without case.", required=True)
    fields = TextMap("Field name, compared without case, to HTML. Others stay as they are, or empty.", required=True)
    tags = Tags("Tags that it has at the least.", load_default=list)


class UpsertNotes(Params):
    notes = List(Nested(UpsertedNote), "The notes.", required=True)
    key = String("Field by which a note is found; the first one of its note type when left out.", load_default=None)
    on_error = ON_ERROR
    idempotency_key = IDEMPOTENCY_KEY


class Upsert(Object):
    id = Integer("Note id; null when it was neither found nor added.", required=True, allow_none=True)
    outcome = String(
        "`added`, `updated` (also one that the same call has added), `unchanged` or `failed`.", required=True
    )
    error = Nested(ErrorObject, "Why it failed; null when it did not.", required=True, allow_none=True)


UPSERTS = List(Nested(Upsert), "One entry per note, in order.", title="Upserts")


class FindDuplicates(Params):
    query = Search("Search text that chooses the notes; empty for all.", load_default="")
    fields = Texts(
        "Fields that must all be equal, compared without case; the first one when left out.",
        load_default=None,
        validate=ma.validate.Length(min=1),
    )
    all_models = Boolean("Compare notes of different note types too.", load_default=False)
    limit = Integer("The most groups; all when left out.", load_default=None, validate=FROM_ZERO)


class DuplicateGroup(Object):
    values = Texts("What is equal: text without HTML, but with the names of media files.", required=True)
    notes = Ids("Note ids, oldest first.", required=True)


DUPLICATES = List(Nested(DuplicateGroup), "Groups of two notes or more, by their oldest note.", title="DuplicateGroups")


class ChangeNoteType(Params):
    notes = Ids("Note ids, all of one note type.", required=True)
    model_name = String("The new note type, compared without case.", required=True)
    fields = Mapped(
        String(title="OldField", allow_none=True),
        "Field name of the new note type to the one whose text it gets; null empties it. When left out, by name, and "
        "those without a namesake in their order.",
        load_default=None,
    )
    templates = Mapped(
        String(title="OldTemplate", allow_none=True),
        "Template name of the new note type to the one whose cards it gets; null for new cards. When left out, by "
        "name, and those without a namesake in their order. Note types for cloze deletions take none.",
        load_default=None,
    )
    dry_run = DRY_RUN


class NoteTypeChange(Object):
    notes = Integer("Number of notes.", required=True)
    lost_fields = Texts("Fields whose texts were lost.", required=True)
    lost_templates = Texts("Templates whose cards were lost.", required=True)
    lost_cards = Integer("Number of cards that were lost.", required=True)


NOTE_TYPE_CHANGE = Nested(NoteTypeChange, "What was changed.")
