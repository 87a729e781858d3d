"""What the actions that change a note take and give."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Id, List, Nested, String, StringDict
from ..fields.media import AUDIO, PICTURE, VIDEO
from ..fields.tags import Tag, Tags

FILES = ("audio", "video", "picture")


class NoteFields(Object):
    id = Id("Note id.", required=True)
    fields = StringDict("Field name in its exact spelling to its new HTML; others stay as they are.", required=True)
    audio = AUDIO
    video = VIDEO
    picture = PICTURE


class UpdateNoteFields(Params):
    note = Nested(NoteFields, "Which note, and what to write into its fields.", required=True)


class NoteChanges(NoteFields):
    fields = StringDict("As in updateNoteFields; when left out they stay as they are.")
    tags = List(Tag(), "All the tags that the note will have; its own when left out.")


class FieldsOrTags(Nested):
    """Fields or tags, and files only with fields."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:  # type: ignore[override]
        if isinstance(value, dict) and not {"fields", "tags"} & value.keys():
            raise ma.ValidationError('Must provide a "fields" or "tags" property.')
        changes = super()._deserialize(value, attr, data, **more)
        if "fields" not in changes and any(changes[kind] for kind in FILES):
            raise ma.ValidationError("Files are only stored together with `fields`.")
        return changes


class UpdateNote(Params):
    note = FieldsOrTags(NoteChanges, "Which note, and its `fields`, its `tags` or both.", required=True)


class RetypedNote(Object):
    id = Id("Note id.", required=True)
    model_name = String("Its new note type, compared without case, or the one it has.", required=True)
    fields = StringDict(
        "Field name of the new note type, compared without case, to HTML. Fields that are left out are emptied.",
        required=True,
    )
    tags = Tags("All the tags that the note will have; its own when left out.", load_default=None)


class UpdateNoteModel(Params):
    note = Nested(RetypedNote, "Which note, and what becomes of it.", required=True)
