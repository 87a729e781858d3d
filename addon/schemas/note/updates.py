"""Params of the actions that change a note."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Id, List, Nested, String, StringDict
from ..fields.media import AUDIO, PICTURE, VIDEO
from ..fields.notes import EXPECTED, MODEL, MODEL_ID, Placed
from ..fields.tags import Tag, Tags

FILES = ("audio", "video", "picture")


class NoteFields(Object):
    """New texts of a note, and files for it."""

    id = Id("Note id.", required=True)
    fields = StringDict("New HTML by exact field name; other fields stay as they are.", required=True)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE
    expected = EXPECTED


class UpdateNoteFields(Params):
    note = Nested(NoteFields, "The note's id and its new fields.", required=True)


class NoteChanges(NoteFields):
    """Changes to a note; whatever is left out stays."""

    fields = StringDict("As in updateNoteFields; if left out, all fields stay.")
    tags = List(Tag(), "Tags that replace the note's; if left out, they stay.")


class FieldsOrTags(Nested):
    """Fields or tags; files only together with fields."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:  # type: ignore[override]
        if isinstance(value, dict) and not {"fields", "tags"} & self.schema.given(value).keys():
            raise ma.ValidationError('Must provide a "fields" or "tags" property.')
        changes = super()._deserialize(value, attr, data, **more)
        if "fields" not in changes and any(changes[kind] for kind in FILES):
            raise ma.ValidationError("Files are only stored together with `fields`.")
        return changes


class UpdateNote(Params):
    note = FieldsOrTags(NoteChanges, "The note's id, and its new `fields`, `tags` or both.", required=True)


class RetypedNote(Placed):
    """A note that gets another note type."""

    id = Id("Note id.", required=True)
    model_name = String("Its new note type, compared without case; it may be the same.")
    fields = StringDict(
        "HTML by field name of the new note type, compared without case; other fields are emptied.",
        required=True,
    )
    tags = Tags("Tags that replace the note's; if left out, they stay.", load_default=None)
    model_id = MODEL_ID

    one_of = MODEL


class UpdateNoteModel(Params):
    note = Nested(RetypedNote, "The note's id, its note type and content.", required=True)
