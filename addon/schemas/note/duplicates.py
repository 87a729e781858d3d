"""What findDuplicates takes and gives."""

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, List, Nested, Strings
from ..fields.paging import FROM_ZERO
from ..fields.search import Search


class FindDuplicates(Params):
    query = Search("Search text that chooses the notes; empty for all.", load_default="")
    fields = Strings(
        "Fields that must all be equal, compared without case; the first one when left out.",
        load_default=None,
        validate=ma.validate.Length(min=1),
    )
    all_models = Boolean("Compare notes of different note types too.", load_default=False)
    limit = Integer("The most groups; all when left out.", load_default=None, validate=FROM_ZERO)


class DuplicateGroup(Object):
    values = Strings("What is equal: text without HTML, but with the names of media files.", required=True)
    notes = Ids("Note ids, oldest first.", required=True)


DUPLICATES = List(Nested(DuplicateGroup), "Groups of two notes or more, by their oldest note.", title="DuplicateGroups")
