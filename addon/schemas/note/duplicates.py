"""Params and result of findDuplicates."""

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, List, Nested, Strings
from ..fields.paging import FROM_ZERO
from ..fields.search import Search


class FindDuplicates(Params):
    query = Search("Search text for the notes; empty for all.", load_default="")
    fields = Strings(
        "Names of the fields that must all be equal, compared without case; default the first field.",
        load_default=None,
        validate=ma.validate.Length(min=1),
    )
    all_models = Boolean("Compare notes of different note types too.", load_default=False)
    limit = Integer("Maximum number of groups; default all.", load_default=None, validate=FROM_ZERO)


class DuplicateGroup(Object):
    """Notes whose texts are equal."""

    values = Strings("The equal texts, without HTML, but with the names of media files.", required=True)
    notes = Ids("Note ids, oldest first.", required=True)


DUPLICATES = List(
    Nested(DuplicateGroup), "Groups of two or more notes, ordered by their oldest note.", title="DuplicateGroups"
)
