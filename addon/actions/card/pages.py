"""Finding cards page by page."""

from __future__ import annotations

from typing import Any

from ...collection.errors import InvalidSearch
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example, action
from ...schemas.fields import search_pages as s
from ...schemas.fields.basic import Nested
from ..search_pages import read_page


@action(
    "findCardsPage",
    s.FindPage,
    Nested(s.CardPage, "The page."),
    errors=[InvalidSearch, NotFound, Refused],
    examples=[
        Example(
            "all on one page, sorted",
            {"query": "", "cursor": None, "limit": 10, "orderBy": "noteFld"},
            {"cards": [1700000001001, 1700000001002], "total": 2, "nextCursor": None},
        )
    ],
)
def find_cards_page(ctx: Context, query: str | None, cursor: str | None, limit: int, **order: Any) -> dict[str, Any]:
    """Find cards page by page; no page skips or repeats a card, whatever others add or delete meanwhile.

    The first call has a `query`, each other one the `nextCursor` of the page before. The pages show what the search has
    found at first: cards that were added since do not appear, deleted ones are left out, and a card that was changed
    keeps its place. A repeated call returns the same page. At most eight searches of a caller are kept.
    """
    return read_page(ctx, "cards", query, cursor, limit, **order)
