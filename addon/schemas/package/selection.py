"""Params that choose the notes of an export."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..fields.basic import Ids, String
from ..fields.search import Search

NOTES = Ids("Ids of the notes.", load_default=None)
QUERY = Search("Search text for the notes, as in Anki's browser; an empty text finds all.", load_default=None)
DECK = String("The deck with its sub-decks, compared without case.", load_default=None)


def require_one(loaded: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the params. Raises ValidationError unless exactly one of these is given."""
    if sum(loaded[name] not in (None, False) for name in names) != 1:
        raise ma.ValidationError({names[0]: [f"Give exactly one of {', '.join(names)}."]})
    return loaded
