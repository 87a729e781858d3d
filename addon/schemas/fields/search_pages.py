"""Params and results of searches that are read page by page, each page after the last one."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from .basic import Boolean, Ids, Integer, String
from .search import Search

MOST = 100_000


class FindPage(Params):
    query = Search("Search text as in Anki's browser, for the first page; empty for everything.", load_default=None)
    cursor = String("`nextCursor` of the page before, for every other page.", load_default=None)
    limit = Integer(
        "Maximum number of ids of the page.", load_default=1000, validate=ma.validate.Range(min=1, max=MOST)
    )
    order_by = String(
        "Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`. Default by id.",
        load_default=None,
    )
    descending = Boolean("Reverse this order; needs `orderBy`.", load_default=False)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        if (loaded["query"] is None) == (loaded["cursor"] is None):
            raise ma.ValidationError({"query": ["Give exactly one of query, cursor."]})
        given = {"orderBy": loaded["order_by"] is not None, "descending": loaded["descending"]}
        if loaded["cursor"] is not None and (flawed := [name for name, is_given in given.items() if is_given]):
            raise ma.ValidationError({name: ["Only with `query`: a cursor keeps its order."] for name in flawed})
        if loaded["descending"] and loaded["order_by"] is None:
            raise ma.ValidationError({"descending": ["Needs `orderBy`, the column to sort by, such as noteCrt."]})
        return loaded


TOTAL = Integer("Number of ids that the search has found, when the first page was read.", required=True)
NEXT_CURSOR = String(
    "For the next page; null if this is the last one. It is valid for ten minutes after its last use, for the same "
    "caller, while the same collection is open.",
    required=True,
    allow_none=True,
)


class NotePage(Object):
    """A page of the notes that a search finds."""

    notes = Ids("Note ids, in the order of the search.", required=True)
    total = TOTAL
    next_cursor = NEXT_CURSOR


class CardPage(Object):
    """A page of the cards that a search finds."""

    cards = Ids("Card ids, in the order of the search.", required=True)
    total = TOTAL
    next_cursor = NEXT_CURSOR
