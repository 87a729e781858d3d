"""Params and results of the actions that find and describe notes."""

from ..base import Object, Params
from ..fields.basic import AnyOf, Boolean, Ids, Integer, List, Nested, String, Strings
from ..fields.notes import FIELD_VALUES
from ..fields.outcomes import Missing
from ..fields.paging import LIMIT, NOTE_FIELDS, OFFSET, members, members_of, part_of
from ..fields.search import Search

NOTE_IDS = Ids("Note ids.", title="NoteIds")


class NoteInfo(Object):
    """A note with its texts, tags and cards."""

    note_id = Integer("Note id.", required=True)
    profile = String("Name of the open profile.", required=True)
    tags = Strings("Its tags.", required=True)
    fields = FIELD_VALUES
    model_name = String("Its note type.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)
    cards = Ids("Ids of its cards in the order of their templates.", required=True)


NOTE_INFOS = List(
    AnyOf(Nested(NoteInfo), Nested(Missing), Nested(part_of(NoteInfo, "NotePart")), title="NoteInfoOrMissing"),
    "One entry per note, in order; an empty object for an unknown id. With `fields`, only those members.",
    title="NoteInfos",
)


NOTE_MEMBERS = members_of(NoteInfo)


class NotesInfo(Params):
    notes = Ids("Note ids.", load_default=None)
    query = Search("Search text; if given, `notes` is ignored.", load_default=None)
    limit = LIMIT
    offset = OFFSET
    members = members(NoteInfo, "NoteMember")
    note_fields = NOTE_FIELDS
    plain_text = Boolean(
        "Return the values of fields as text of one line, without HTML. Names of media files stay.", load_default=False
    )


class NotesModTime(Params):
    notes = Ids("Note ids.", required=True)


class NoteTime(Object):
    """The last change of a note."""

    note_id = Integer("Note id.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)


NOTE_TIMES = List(
    AnyOf(Nested(NoteTime), Nested(Missing), title="NoteTimeOrMissing"),
    "One entry per note, in order; an empty object for an unknown id.",
    title="NoteTimes",
)
