"""Params of the actions that change many notes."""

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, String, StringDict, Strings
from ..fields.notes import EXPECTED, ON_ERROR
from ..fields.tags import Tags


class ChangedNote(Object):
    """Changes to a note; whatever is left out stays."""

    id = Integer("Note id.", required=True)
    fields = StringDict(
        "New HTML by field name, compared without case; other fields stay as they are.", load_default=dict
    )
    tags = Tags("Tags that replace the note's; if left out, they stay.", load_default=None)
    add_tags = Tags("Tags to add.", load_default=list)
    remove_tags = Strings("Tags to remove.", load_default=list)
    if_mod = Integer(
        "Write only if the note's `mod`, as in notesInfo, has this value. It counts seconds: the second of two changes "
        "within one second is not noticed.",
        load_default=None,
    )
    expected = EXPECTED


class NoteTextEdit(Object):
    """An edit of a text in a field of a note."""

    id = Integer("Note id.", required=True)
    field = String("Name of the field, compared without case.", required=True)
    find_text = String(
        "The text to replace, as it is stored: HTML, in the same case. It must occur exactly once in the field.",
        required=True,
        validate=ma.validate.Length(min=1, error="Must not be empty."),
    )
    replace_text = String("The new text.", required=True)


class EditNoteText(Params):
    edits = List(Nested(NoteTextEdit), "The edits, which are made in this order.", required=True)
    on_error = ON_ERROR


class UpdateNotes(Params):
    notes = List(Nested(ChangedNote), "The notes and their changes.", required=True)
    on_error = ON_ERROR
