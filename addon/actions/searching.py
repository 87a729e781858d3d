"""Searching by Anki, which never gets a text that would crash it.

The schemas refuse such texts as params. But they can also be in the collection, from a sync or an import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from anki.errors import InvalidInput, SearchError

from ..collection.errors import InvalidSearch
from ..collection.rows import page, page_of_found
from ..collection.trial import trial_collection
from ..rpc.context import Context
from ..rpc.errors import Refused
from ..schemas.fields.search import Find, regular_expressions, search_problem
from ..text.plain import plain

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.collection import BrowserColumns, Collection, SearchNode
    from anki.notes import NoteId


class SearchSource(NamedTuple):
    """Where a search text is stored: as words for an error message, and as the error's data."""

    name: str
    data: dict[str, Any]


@contextmanager
def parsing(ctx: Context, text: str, place: SearchSource | None = None) -> Iterator[None]:
    """Wrap a call in which Anki parses a text. Raises InvalidSearch, with the place of a stored text.

    Anki parses a regular expression only when it compares a note with it, so they are tried first. In a tolerant call,
    one that is not needed may be broken.
    """
    require_readable(text, place)
    try:
        if not ctx.tolerant:
            _try_regular_expressions(text)
        yield
    except SearchError as error:
        raise _invalid(str(error), place) from error
    except InvalidInput as error:
        if "regex" not in str(error):
            raise
        raise _invalid(str(error), place) from error


def _try_regular_expressions(text: str) -> None:
    if expressions := regular_expressions(text):
        with trial_collection() as backend:
            for expression in expressions:
                backend.find_and_replace(
                    nids=[], search=expression, replacement="", regex=True, match_case=False, field_name=""
                )


def require_readable(text: str, place: SearchSource | None = None) -> None:
    """Raise InvalidSearch if a text would crash or block Anki."""
    if problem := search_problem(text):
        raise _invalid(problem, place)


def _invalid(problem: str, place: SearchSource | None) -> InvalidSearch:
    if place is None:
        return InvalidSearch(problem)
    return InvalidSearch(f"{place.name}: {problem}", in_plain_words=f"{place.name}: {plain(problem)}", **place.data)


def find_notes(ctx: Context, text: str, place: SearchSource | None = None) -> Sequence[NoteId]:
    """The ids of the notes that match a search text. Raises InvalidSearch."""
    with parsing(ctx, text, place):
        return ctx.col.find_notes(text)


def find_cards(ctx: Context, text: str, place: SearchSource | None = None) -> Sequence[CardId]:
    """The ids of the cards that match a search text. Raises InvalidSearch."""
    with parsing(ctx, text, place):
        return ctx.col.find_cards(text)


def page_of_notes(
    ctx: Context, text: str, limit: int | None, offset: int, order_by: str | None = None, descending: bool = False
) -> list[int]:
    """A page of the notes that match a search text. Raises InvalidSearch, and Refused for a column without an order."""
    if order_by is None:
        return page_of_found(find_notes(ctx, text), limit, offset)
    column = _sortable(ctx.col, order_by, "notes")
    return page(_sorted(ctx, text, descending, partial(ctx.col.find_notes, text, column)), limit, offset)


def page_of_cards(
    ctx: Context, text: str, limit: int | None, offset: int, order_by: str | None = None, descending: bool = False
) -> list[int]:
    """Like `page_of_notes`, for cards."""
    if order_by is None:
        return page_of_found(find_cards(ctx, text), limit, offset)
    column = _sortable(ctx.col, order_by, "cards")
    return page(_sorted(ctx, text, descending, partial(ctx.col.find_cards, text, column)), limit, offset)


def _sortable(col: Collection, key: str, kind: Literal["notes", "cards"]) -> BrowserColumns.Column:
    """The column of Anki's browser. Raises Refused if it is unknown or has no order: Anki would not sort then."""
    columns = {column.key: column for column in col.all_browser_columns()}
    sortable = [name for name, column in columns.items() if getattr(column, f"sorting_{kind}")]
    if key not in sortable:
        problem = f"Anki cannot sort {kind} by this column" if key in columns else "There is no such column"
        text = f"{problem}: {key}. {kind.title()} can be sorted by {', '.join(sorted(sortable))}."
        raise Refused(text, field=Find.wire("order_by"))
    return columns[key]


def _sorted(ctx: Context, text: str, descending: bool, find: Callable[..., Sequence[int]]) -> list[int]:
    """The ids in the order of a column, then by id; all reversed if `descending`.

    Anki does not return the values. But if it sorts in the other direction, too, equal ones are those that keep their
    order among each other.
    """
    with parsing(ctx, text):
        up = list(find(reverse=False))  # Anki's own lists are slow
        ctx.give_way()
        down = list(find(reverse=True))
    ctx.give_way()
    try:
        ends = _ends_of_equals(up, down[::-1])
    except KeyError:  # a search by time, such as `prop:r<0.9`, found others a moment later
        both = {*up} & {*down}
        up, down = ([found for found in ids if found in both] for ids in (up, down))
        ends = _ends_of_equals(up, down[::-1])
    start = 0
    for end in ends:
        if end > start + 1:
            up[start:end] = sorted(up[start:end])
        start = end
    return up[::-1] if descending else up


def _ends_of_equals(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Return where the smallest groups end that follow each other in both orders. Raises KeyError if they do not
    contain the same.
    """
    places = dict(zip(other, range(1, len(other) + 1), strict=True))
    if len(places) != len(one):
        raise KeyError
    ends, furthest = [], 0
    for end, item in enumerate(one, 1):
        place = places[item]
        if place > furthest:  # noqa: PLR1730  (`max` takes three times as long)
            furthest = place
        if furthest == end:
            ends.append(end)
    return ends


def text_of(ctx: Context, *nodes: SearchNode, joiner: Literal["AND", "OR"] = "AND") -> str:
    """The search text for nodes. What they hold to be parsed went through `normalized`. Raises InvalidSearch if Anki
    could not read the text.
    """
    text = str(ctx.col.build_search_string(*nodes, joiner=joiner))
    require_readable(text)
    return text


def normalized(ctx: Context, text: str, place: SearchSource | None = None) -> str:
    """A search text in Anki's spelling. Raises InvalidSearch."""
    with parsing(ctx, text, place):
        return str(ctx.col.build_search_string(text))


def graphs(ctx: Context, text: str, days: int) -> Any:
    """The numbers of Anki's graphs for the cards that match a search text. Raises InvalidSearch."""
    with parsing(ctx, text):
        return ctx.col._backend.graphs(search=text, days=days)
