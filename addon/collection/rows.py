"""Reads many rows with one SQL statement, and only the columns that are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal

from anki.cards import CardId
from anki.utils import from_json_bytes, split_fields, to_json_bytes

from ..rpc.errors import Refused

if TYPE_CHECKING:
    from anki.collection import Collection

    from ..rpc.context import Context


def _integers(columns: str, low: int | None = None, high: int | None = None) -> str:
    between = "" if low is None else f" between {low} and {high}"
    return " and ".join(
        f"typeof({name}) = 'integer'" + (between and f" and {name}{between}") for name in columns.split()
    )


def _texts(columns: str) -> str:
    return " and ".join(f"typeof({name}) = 'text'" for name in columns.split())


def utf8(columns: str) -> str:
    """Return an SQL condition: these columns contain valid UTF-8, which SQLite itself does not check.

    It uses an SQL function of Anki that reads JSON, and returns null if its argument is not UTF-8 (`storage/sqlite.rs`
    in rslib).
    """
    text = " || ' ' || ".join(f"ifnull(cast({name} as text), '')" for name in columns.split())
    return f"""extract_original_position('{{"pos":1,"text":' || json_quote({text}) || '}}') is not null"""


TYPED_TAGS = f"({_integers('mod usn')} and {_texts('tags')})"
READABLE_TAGS = f"({TYPED_TAGS} and {utf8('tags')})"
READABLE_NOTE = f"({_integers('mid mod usn')} and {_texts('guid tags flds')} and {utf8('guid tags flds sfld')})"
READABLE_CARD = f"""({_integers("nid did odid usn ord factor reps lapses left flags type queue")}
    and (ord | factor) >> 16 = 0 and (reps | lapses | left | ivl) >> 32 = 0 and flags >> 8 = 0
    and type & 255 < 4 and (queue + 3) & 255 < 8)"""
READABLE_REVIEW = f"""({_integers("id cid usn")} and {_integers("ease", 0, 2**8 - 1)}
    and {_integers("ivl lastIvl", -(2**31), 2**31 - 1)} and {_integers("factor", 0, 2**32 - 1)})"""
READABLE_PLACE = f"({_integers('did odid')} and {_integers('ord', 0, 2**16 - 1)})"
"""SQL conditions for rows that Anki can read (`row_to_note_tags`, `row_to_note`, `row_to_card` and
`row_to_revlog_entry` in rslib/src/storage).

If a call into Anki meets another row, the whole call fails, and a write clears the undo history.
"""
Kind = Literal["note", "card"]
_READABLE: dict[Kind, str] = {"note": READABLE_NOTE, "card": READABLE_CARD}


def rows_of(col: Collection, select: str, ids: Iterable[int]) -> list[Sequence[Any]]:
    """Return all rows of a select statement that contains `in ids` once, for any number of ids.

    The statement is the same for every list, so SQLite prepares it only once. The ids are passed as a parameter.
    """
    assert col.db is not None
    statement = select.replace("in ids", "in (select value from json_each(?))")
    return col.db.all(statement, to_json_bytes([*ids]).decode())


def all_ids(col: Collection, table: Literal["cards", "notes"]) -> list[int]:
    """Return the ids of all rows. As one text they come in a fifth of the time that as many rows take."""
    assert col.db is not None
    found: list[int] = from_json_bytes(col.db.scalar(f"select json_group_array(id) from {table}").encode())  # noqa: S608
    return found


ROWS_PER_PART = 1_000
"""Ids for which a long read runs one statement."""


def rows_in_parts(ctx: Context, select: str, ids: Iterable[int]) -> Iterator[Sequence[Any]]:
    """Like `rows_of`, for many ids, in order: a statement for each `ROWS_PER_PART`, and it gives way between them."""
    return chain.from_iterable(rows_of(ctx.col, select, part) for part in ctx.parts(sorted({*ids}), ROWS_PER_PART))


def sorted_rows_in_parts(ctx: Context, select: str, ids: Iterable[int]) -> Iterator[Sequence[Any]]:
    """Like `rows_in_parts`, sorted by their columns, of which the first one is that of the ids."""
    parts = ctx.parts(sorted({*ids}), ROWS_PER_PART)
    return chain.from_iterable(sorted(rows_of(ctx.col, select, part)) for part in parts)  # type: ignore[type-var]  # lists


def split_by(ctx: Context, condition: str, cards: Iterable[int]) -> tuple[list[CardId], list[CardId]]:
    """Split cards, each once, into those that exist and meet an SQL condition, and those that the caller must read.

    Usually all rows meet the condition, and counting rows takes half as long as reading them. So rows are counted in
    parts of `ROWS_PER_PART`, and only the parts in which a row does not meet it are left to be read.
    """
    select = f"select count() from cards where {condition} and id in ids"  # noqa: S608  (no outer value)
    meeting: list[CardId] = []
    others: list[CardId] = []
    for part in ctx.parts(sorted({*cards}), ROWS_PER_PART):
        if len(others) > len(meeting) + ROWS_PER_PART:  # counting takes longer than it saves
            others += part
            continue
        ((count,),) = rows_of(ctx.col, select, part)
        (meeting if count == len(part) else others).extend(part)
    return meeting, others


def known_with(ctx: Context, condition: str, cards: Iterable[int]) -> list[CardId]:
    """Return the existing cards that meet an SQL condition, each once: Anki fails at a repeated card."""
    distinct: dict[CardId, None] = dict.fromkeys(cards)
    meeting, others = split_by(ctx, condition, distinct)
    if not others:
        return [*distinct]
    select = f"select id from cards where {condition} and id in ids"  # noqa: S608  (no outer value)
    existing = {*meeting, *(row[0] for row in rows_in_parts(ctx, select, others))}
    return [card_id for card_id in distinct if card_id in existing]


def unreadable(kind: Kind, item_id: int) -> Refused:
    """Return the error for a note or card that Anki cannot read. Raise it before a write: that would clear the undo
    history.
    """
    return Refused(unreadable_text(kind, item_id), **{kind: item_id})


def unreadable_text(kind: str, item_id: int) -> str:
    """Return the error text for a row that Anki cannot read."""
    return f"Anki cannot read this {kind}, which its database check may repair: {item_id}"


def refuse_unreadable(col: Collection, kind: Kind, condition: str, *values: Any) -> None:
    """Raise Refused if Anki cannot read a note or card that meets an SQL condition."""
    assert col.db is not None
    select = f"select id from {kind}s where {condition} and not {_READABLE[kind]} limit 1"  # noqa: S608  (no outer value)
    for item_id in col.db.list(select, *values):
        raise unreadable(kind, item_id)


def refuse_unreadable_of(col: Collection, kind: Kind, column: str, ids: Iterable[int]) -> None:
    """Raise Refused if Anki cannot read a note or card whose column contains one of the ids."""
    select = f"select id from {kind}s where not {_READABLE[kind]} and {column} in ids"  # noqa: S608  (no outer value)
    for (item_id,) in rows_of(col, select, ids):
        raise unreadable(kind, item_id)


def note_types_of(col: Collection, notes: Iterable[int]) -> dict[int, int]:
    """Return the note type ids of the notes that exist, by note id. Raises Refused if Anki cannot read one of them."""
    select = f"select id, {READABLE_NOTE}, mid from notes where id in ids"  # noqa: S608  (a constant)
    models: dict[int, int] = {}
    for note_id, is_readable, model_id in rows_of(col, select, dict.fromkeys(notes)):
        if not is_readable:
            raise unreadable("note", note_id)
        models[note_id] = model_id
    return models


def nth_field(fields: str, place: int) -> str:
    """Return one field from the text in which the collection stores all fields of a note; empty if it is missing."""
    found = split_fields(fields)
    return found[place] if place < len(found) else ""


def column_of(col: Collection, table: str, column: str, ids: Iterable[int]) -> dict[int, Any]:
    """Return one column by id, for the ids that exist."""
    statement = f"select id, {typed(column)} from {table} where id in ids"  # noqa: S608  (constants)
    return dict(rows_of(col, statement, ids))


def page(ids: list[int], limit: int | None, offset: int) -> list[int]:
    """Return one page of a list: at most `limit` ids from `offset` on; without a limit, all that follow."""
    return ids[offset:][:limit] if limit is not None or offset else ids


def page_of_found(ids: Sequence[int], limit: int | None, offset: int) -> list[int]:
    """Return one page of the ids that a search has found, sorted, as Anki's own order may change between calls. Without
    limit and offset, return all ids in Anki's order.
    """
    return list(ids) if limit is None and not offset else page(sorted(ids), limit, offset)


def chosen(members: Sequence[str], wanted: list[str] | None, *, fields: bool) -> list[str]:
    """Return the wanted members of an object, in their order; all if `wanted` is None. `fields`: include the member
    `fields` in any case, because the call wants some of the fields.
    """
    return [name for name in members if wanted is None or name in wanted or (fields and name == "fields")]


Member = tuple[str, Callable[..., Any]]
"""The columns that a member is made of, separated by spaces, and the function that makes it from their values."""


def as_it_is(value: Any) -> Any:
    """Return the value of a column unchanged."""
    return value


def typed(column: str) -> str:
    """Return SQL for a column, cast to the type that it should have."""
    return f"cast({column} as {'text' if column.rpartition('.')[2] in _TEXT_COLUMNS else 'integer'})"


_TEXT_COLUMNS = {"flds", "tags", "data"}


def described(
    ctx: Context, key: str, tables: str, ids: Iterable[int], members: Mapping[str, Member]
) -> dict[int, dict[str, Any]]:
    """Return an object with these members for each id that exists; only the needed columns are read.

    Each value has the type that its column should have, even if another type is stored, which SQLite allows. It gives
    way after each `ROWS_PER_PART`; a function that takes long must do so itself.
    """
    columns = list(dict.fromkeys([key, *(column for names, _ in members.values() for column in names.split())]))
    makers = [
        (member, [itemgetter(columns.index(name)) for name in names.split()], make)
        for member, (names, make) in members.items()
    ]
    select = f"select {', '.join(map(typed, columns))} from {tables} where {key} in ids"  # noqa: S608  (constants)
    found: dict[int, dict[str, Any]] = {}
    for part in ctx.parts(sorted({*ids}), ROWS_PER_PART):
        rows = rows_of(ctx.col, select, part)
        objects: dict[int, dict[str, Any]] = {row[0]: {} for row in rows}
        for member, getters, make in makers:  # member by member takes half as long as row by row
            given = [map(get, rows) for get in getters]
            values = given[0] if make is as_it_is else map(make, *given)
            for entry, value in zip(objects.values(), values, strict=True):
                entry[member] = value
        found.update(objects)
    return found
