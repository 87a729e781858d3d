"""The door to Anki's search parser: a text that would end Anki does not get through, wherever it comes from.

The schemas refuse such texts as params. Others are in the collection already: a sync or an import has brought them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.errors import InvalidInput, SearchError

from ..collection.errors import InvalidSearch
from ..schemas.fields.search import search_problem

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.collection import Collection
    from anki.notes import NoteId


class SearchSource(NamedTuple):
    """Where a search text is stored: in words, and as the data of an error."""

    name: str
    data: dict[str, Any]


@contextmanager
def parsing(text: str, place: SearchSource | None = None) -> Iterator[None]:
    """Surround a call in which Anki parses a text. Raises InvalidSearch, which names the place of a stored one."""
    require_readable(text, place)
    try:
        yield
    except SearchError as error:
        raise _invalid(str(error), place) from error
    except InvalidInput as error:  # what Anki says of a regular expression, which it reads when it searches
        if "regex parse error" not in str(error):
            raise
        raise _invalid(str(error), place) from error


def require_readable(text: str, place: SearchSource | None = None) -> None:
    """Raise InvalidSearch if Anki would not survive a text, or not be of any use after it."""
    if problem := search_problem(text):
        raise _invalid(problem, place)


def _invalid(problem: str, place: SearchSource | None) -> InvalidSearch:
    return InvalidSearch(problem) if place is None else InvalidSearch(f"{place.name}: {problem}", **place.data)


def find_notes(col: Collection, text: str, place: SearchSource | None = None) -> Sequence[NoteId]:
    """The ids of the notes that a text finds. Raises InvalidSearch."""
    with parsing(text, place):
        return col.find_notes(text)


def find_cards(col: Collection, text: str, place: SearchSource | None = None) -> Sequence[CardId]:
    """The ids of the cards that a text finds. Raises InvalidSearch."""
    with parsing(text, place):
        return col.find_cards(text)


def graphs(col: Collection, text: str, days: int) -> Any:
    """The numbers of Anki's graphs for the cards that a text finds. Raises InvalidSearch."""
    with parsing(text):
        return col._backend.graphs(search=text, days=days)
