"""Params and result of changeNoteType."""

from ..base import Object, Params
from ..fields.basic import Dict, Ids, Integer, Nested, String, Strings


class ChangeNoteType(Params):
    notes = Ids("Note ids, all of one note type.", required=True)
    model_name = String("The new note type, compared without case.", required=True)
    fields = Dict(
        String(title="OldField", allow_none=True),
        "Old field by name of the new field that gets its text; null for an empty field. By default, fields are mapped "
        "by name, then the remaining ones in their order.",
        load_default=None,
    )
    templates = Dict(
        String(title="OldTemplate", allow_none=True),
        "Old template by name of the new template that gets its cards; null for new cards. By default, templates are "
        "mapped by name, then the remaining ones in their order. Refused for cloze note types.",
        load_default=None,
    )


class NoteTypeChange(Object):
    """What a change of the note type has removed."""

    notes = Integer("Number of notes.", required=True)
    lost_fields = Strings("Names of fields whose texts were lost.", required=True)
    lost_templates = Strings("Names of templates whose cards were lost.", required=True)
    lost_cards = Integer("Number of lost cards.", required=True)


class SuggestNoteTypeMap(Params):
    old_model_name = String("Note type of the notes, compared without case.", required=True)
    new_model_name = String("The new note type, compared without case.", required=True)


class NoteTypeMap(Object):
    """The maps with which `changeNoteType` would change notes without `fields` and `templates`."""

    fields = Dict(
        String(title="SuggestedField", allow_none=True),
        "Old field by name of each new field; null for an empty field.",
        title="SuggestedFields",
        required=True,
    )
    templates = Dict(
        String(title="SuggestedTemplate", allow_none=True),
        "Old template by name of each new template; null for new cards. Null as a whole if one of the note types is "
        "for cloze deletions: its templates cannot be mapped.",
        title="SuggestedTemplates",
        required=True,
        allow_none=True,
    )


NOTE_TYPE_MAP = Nested(NoteTypeMap, "The two maps, as `changeNoteType` accepts them.")

NOTE_TYPE_CHANGE = Nested(NoteTypeChange, "The number of notes, and what was lost.")
