"""What the actions that change a note take and give."""

from collections.abc import Callable
from typing import Any

from ..base import Object, Params
from ..fields.basic import (
    NOT_TEXT,
    Boolean,
    Id,
    Nested,
    String,
    TextMap,
    has_no,
)
from ..fields.media import AUDIO, PICTURE, VIDEO
from ..fields.notes import LENIENT, NoteId, not_a_note_id
from ..fields.tags import NewTags, Tags, tag_list


class NoteFields(Object):
    id = NoteId("Note id.", required=True)
    fields = TextMap("Field name in its exact spelling to its new HTML; others stay as they are.", required=True)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE


class UpdateNoteFields(Params):
    note = Nested(NoteFields, "Which note, and what to write into its fields.", required=True)
    lenient = LENIENT


_NOTHING_TO_CHANGE = 'Must provide a "fields" or "tags" property.'


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
    id = Id("Note id.", **_required("Note ID is required", not_a_note_id))
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
