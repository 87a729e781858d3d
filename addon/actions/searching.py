"""Searching by Anki, which never gets a text that would crash it.

The schemas refuse such texts as params. But they can also be in the collection, from a sync or an import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.errors import InvalidInput, SearchError

from ..collection.errors import InvalidSearch
from ..collection.trial import trial_collection
from ..rpc.context import Context
from ..schemas.fields.search import regular_expressions, search_problem

if TYPE_CHECKING:
    from anki.cards import CardId
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
    return InvalidSearch(problem) if place is None else InvalidSearch(f"{place.name}: {problem}", **place.data)


def find_notes(ctx: Context, text: str, place: SearchSource | None = None) -> Sequence[NoteId]:
    """The ids of the notes that match a search text. Raises InvalidSearch."""
    with parsing(ctx, text, place):
        return ctx.col.find_notes(text)


def find_cards(ctx: Context, text: str, place: SearchSource | None = None) -> Sequence[CardId]:
    """The ids of the cards that match a search text. Raises InvalidSearch."""
    with parsing(ctx, text, place):
        return ctx.col.find_cards(text)


def graphs(ctx: Context, text: str, days: int) -> Any:
    """The numbers of Anki's graphs for the cards that match a search text. Raises InvalidSearch."""
    with parsing(ctx, text):
        return ctx.col._backend.graphs(search=text, days=days)
