"""What the actions take and give that change many notes."""

from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, StringDict, Strings
from ..fields.notes import ON_ERROR
from ..fields.tags import Tags


class ChangedNote(Object):
    id = Integer("Note id.", required=True)
    fields = StringDict(
        "Field name, compared without case, to its new HTML; others stay as they are.", load_default=dict
    )
    tags = Tags("All the tags that the note will have; its own when left out.", load_default=None)
    add_tags = Tags("Tags that it gets beside.", load_default=list)
    remove_tags = Strings("Tags that it loses.", load_default=list)
    if_mod = Integer(
        "Only while the note's `mod`, as notesInfo tells it, is this one. Anki counts seconds: of two changes within "
        "one, the second does not show.",
        load_default=None,
    )


class UpdateNotes(Params):
    notes = List(Nested(ChangedNote), "Which notes, and what to write into them.", required=True)
    on_error = ON_ERROR
