"""Params of the actions that change many notes."""

from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, StringDict, Strings
from ..fields.notes import ON_ERROR
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


class UpdateNotes(Params):
    notes = List(Nested(ChangedNote), "The notes and their changes.", required=True)
    on_error = ON_ERROR
