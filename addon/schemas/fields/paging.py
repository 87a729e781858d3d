"""Pages, and chosen members of what is described."""

import copy
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object
from .basic import Enum, Integer, List, Strings

FROM_ZERO = ma.validate.Range(min=0)

LIMIT = Integer("The most entries to give; all when left out.", load_default=None, validate=FROM_ZERO)
OFFSET = Integer("How many entries to leave out before them.", load_default=0, validate=FROM_ZERO)
NOTE_FIELDS = Strings(
    "Names of the note's fields to give in `fields`, in their exact spelling; all when left out. One that a note does "
    "not have is left out.",
    load_default=None,
)


def members_of(described: type[Object]) -> list[str]:
    """The names that its members have on the wire."""
    return [str(field.data_key) for field in described.instance().load_fields.values()]


def members(described: type[Object], title: str) -> List:
    """A param that chooses members of the objects in a result."""
    return List(
        Enum(members_of(described), title=title),
        "Members to give of each entry; all when left out.",
        data_key="fields",
        load_default=None,
    )


def part_of(described: type[Object], name: str) -> Any:
    """The same object with chosen members only."""
    return described.from_dict({key: _optional(field) for key, field in described._declared_fields.items()}, name=name)


def _optional(field: ma.fields.Field[Any]) -> ma.fields.Field[Any]:
    field = copy.deepcopy(field)
    field.required = False
    return field
