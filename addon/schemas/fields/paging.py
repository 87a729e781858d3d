"""Pages of a result, and chosen members of its objects."""

import copy
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object
from .basic import Enum, Integer, List, Strings

FROM_ZERO = ma.validate.Range(min=0)

LIMIT = Integer("Maximum number of entries; default all.", load_default=None, validate=FROM_ZERO)
OFFSET = Integer("Number of entries to skip first.", load_default=0, validate=FROM_ZERO)
NOTE_FIELDS = Strings(
    "Exact names of the note's fields to return in `fields`; default all. Fields that a note lacks are left out.",
    load_default=None,
)


def members_of(described: type[Object]) -> list[str]:
    """The names of its members on the wire."""
    return [str(field.data_key) for field in described.instance().load_fields.values()]


def members(described: type[Object], title: str) -> List:
    """A param that chooses members of the objects in a result."""
    return List(
        Enum(members_of(described), title=title),
        "Members to return of each entry; default all.",
        data_key="fields",
        load_default=None,
    )


def part_of(described: type[Object], name: str) -> Any:
    """The same object, with all members optional."""
    part = described.from_dict({key: _optional(field) for key, field in described._declared_fields.items()}, name=name)
    part.__doc__ = f"{described.__doc__} It has only the chosen members."
    return part


def _optional(field: ma.fields.Field[Any]) -> ma.fields.Field[Any]:
    field = copy.deepcopy(field)
    field.required = False
    return field
