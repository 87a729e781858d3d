"""What changeNoteType takes and gives."""

from ..base import Object, Params
from ..fields.basic import Dict, Ids, Integer, Nested, String, Strings


class ChangeNoteType(Params):
    notes = Ids("Note ids, all of one note type.", required=True)
    model_name = String("The new note type, compared without case.", required=True)
    fields = Dict(
        String(title="OldField", allow_none=True),
        "Field name of the new note type to the one whose text it gets; null empties it. When left out, by name, and "
        "those without a namesake in their order.",
        load_default=None,
    )
    templates = Dict(
        String(title="OldTemplate", allow_none=True),
        "Template name of the new note type to the one whose cards it gets; null for new cards. When left out, by "
        "name, and those without a namesake in their order. Note types for cloze deletions take none.",
        load_default=None,
    )


class NoteTypeChange(Object):
    notes = Integer("Number of notes.", required=True)
    lost_fields = Strings("Fields whose texts were lost.", required=True)
    lost_templates = Strings("Templates whose cards were lost.", required=True)
    lost_cards = Integer("Number of cards that were lost.", required=True)


NOTE_TYPE_CHANGE = Nested(NoteTypeChange, "What was changed.")
