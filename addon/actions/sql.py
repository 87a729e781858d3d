"""Reading many rows with one statement, as much of each as is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from anki.utils import to_json_bytes

if TYPE_CHECKING:
    from anki.collection import Collection


def rows_of(col: Collection, select: str, ids: Iterable[int]) -> list[Sequence[Any]]:
    """All rows of a select whose text ends in `in ids`, for any number of ids.

    The statement stays the same for every list, so SQLite prepares it once; no value is pasted into it.
    """
    assert col.db is not None
    statement = select.removesuffix("in ids") + "in (select value from json_each(?))"  # noqa: S608  (no value)
    return col.db.all(statement, to_json_bytes([*ids]).decode())


def page(ids: list[int], limit: int | None, offset: int) -> list[int]:
    """Those of a list that a page shows; all that follow for no limit."""
    return ids[offset:][:limit] if limit is not None or offset else ids


def page_of_found(ids: Sequence[int], limit: int | None, offset: int) -> list[int]:
    """The same of what a search found, in the order of the ids, as Anki promises none; all as they are for no page."""
    return list(ids) if limit is None and not offset else page(sorted(ids), limit, offset)


def chosen(members: Sequence[str], wanted: list[str] | None, *, fields: bool) -> list[str]:
    """The members of an object that a call asks for, in their order; `fields` also where it asks for some of those."""
    return [name for name in members if wanted is None or name in wanted or (fields and name == "fields")]


Member = tuple[str, Callable[..., Any]]
"""The columns that a member is made of, and what makes it of their values."""


def as_it_is(value: Any) -> Any:
    return value


def described(
    col: Collection, key: str, tables: str, ids: Iterable[int], members: Mapping[str, Member]
) -> dict[int, dict[str, Any]]:
    """Per id an object of these members; only the columns that they need are read."""
    columns = list(dict.fromkeys([key, *(column for names, _ in members.values() for column in names.split())]))
    makers = [
        (member, _of_row([columns.index(name) for name in names.split()], make))
        for member, (names, make) in members.items()
    ]
    rows = rows_of(col, f"select {', '.join(columns)} from {tables} where {key} in ids", ids)  # noqa: S608  (constants)
    return {row[0]: {member: make(row) for member, make in makers} for row in rows}


def _of_row(places: list[int], make: Callable[..., Any]) -> Callable[[Sequence[Any]], Any]:
    match places:
        case []:
            return lambda row: make()
        case [one]:
            return itemgetter(one) if make is as_it_is else lambda row: make(row[one])
        case [one, two]:
            return lambda row: make(row[one], row[two])
    raise ValueError(places)
