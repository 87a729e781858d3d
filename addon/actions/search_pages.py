"""Pages of a search that neither skip nor repeat an id while others write: see docs/adr/0017."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from ..collection.rows import ROWS_PER_PART, rows_in_parts
from ..rpc.errors import NotFound, Refused
from ..schemas.fields.search_pages import FindPage
from .searching import page_of_cards, page_of_notes

if TYPE_CHECKING:
    from array import array

    from ..rpc.context import Context

Noun = Literal["notes", "cards"]

_KNOWN = {noun: f"select id from {noun} where id in ids" for noun in ("notes", "cards")}  # noqa: S608  (constants)
_FIND = {"notes": page_of_notes, "cards": page_of_cards}
METHODS = {"notes": "findNotesPage", "cards": "findCardsPage"}
_CURSOR = re.compile(r"([\w-]{16})\.(\d{1,9})", re.ASCII)
"""The key of a snapshot, and the number of its ids that earlier pages have passed."""


def read_page(
    ctx: Context, noun: Noun, query: str | None, cursor: str | None, limit: int, **order: Any
) -> dict[str, Any]:
    """The first page of a search, or the page after a cursor. Raises NotFound and Refused for a wrong cursor."""
    if cursor is None:
        found = _FIND[noun](ctx, query or "", None, 0, **order)
        return _first(ctx, noun, found if order["order_by"] is not None else sorted(found), limit)
    key, ids, place = _continued(ctx, noun, cursor)
    page: list[int] = []
    while place < len(ids) and len(page) < limit:
        missing = limit - len(page)
        part = ids[place : place + max(missing, ROWS_PER_PART)]
        found = _existing(ctx, noun, part)
        page += found[:missing]
        place += len(part) if len(found) <= missing else part.index(page[-1]) + 1
    return _page(noun, page, ids, key, place)


def _page(noun: Noun, page: Sequence[int], ids: Sequence[int], key: str, place: int) -> dict[str, Any]:
    return {noun: page, "total": len(ids), "nextCursor": f"{key}.{place}" if place < len(ids) else None}


def _first(ctx: Context, noun: Noun, ids: Sequence[int], limit: int) -> dict[str, Any]:
    is_last = len(ids) <= limit
    key = "" if is_last else ctx.snapshots.keep(ctx.caller.identity, ctx.host.session(), noun, ids)
    return _page(noun, ids[:limit], ids, key, limit)


def _continued(ctx: Context, noun: Noun, cursor: str) -> tuple[str, array[int], int]:
    """The key and the ids of a cursor's snapshot, and its place in them."""
    again = f"Search again with `query` in place of the cursor: {cursor[:40]}"
    written = _CURSOR.fullmatch(cursor)
    if written is None:
        raise Refused(f"This is no cursor that {METHODS[noun]} has returned. {again}", field=FindPage.wire("cursor"))
    key, start = written[1], int(written[2])
    snapshot = ctx.snapshots.find(key)
    if snapshot is None or snapshot.owner != ctx.caller.identity:
        problem = "The cursor has expired, or belongs to another caller"
        raise NotFound(f"{problem}. {again}", cursor=cursor[:40])
    if snapshot.session != ctx.host.session():
        raise NotFound(f"The cursor is of another collection than the open one. {again}", cursor=cursor[:40])
    if snapshot.noun != noun:
        raise Refused(
            f"This is a cursor of {METHODS[snapshot.noun]}, not of {METHODS[noun]}. {again}",
            field=FindPage.wire("cursor"),
        )
    if start > len(snapshot.ids):
        raise Refused(f"This is no cursor that {METHODS[noun]} has returned. {again}", field=FindPage.wire("cursor"))
    return key, snapshot.ids, start


def _existing(ctx: Context, noun: Noun, ids: array[int]) -> list[int]:
    """Those of the ids that still exist, in their order."""
    known = {id for (id,) in rows_in_parts(ctx, _KNOWN[noun], [*ids])}
    return [id for id in ids if id in known]
