"""Iterators over long lists, which are read page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from ._methods import AsyncMethods, Methods

if TYPE_CHECKING:
    from . import types

NOTES, CARDS, REVIEWS = 1000, 1000, 10_000
"""Entries of a page."""


def _parts(ids: list[int], size: int) -> Iterator[list[int]]:
    if size < 1:
        raise ValueError("page must be at least 1")
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _listed(names: Sequence[str] | None) -> Any:
    return None if names is None else list(names)


class Pages(Methods):
    """Methods with iterators."""

    @overload
    def iter_notes(
        self,
        query: str,
        *,
        fields: None = None,
        note_fields: Sequence[str] | None = None,
        plain_text: bool | None = None,
        page: int = NOTES,
    ) -> Iterator[types.NoteInfo]: ...

    @overload
    def iter_notes(
        self,
        query: str,
        *,
        fields: Sequence[str],
        note_fields: Sequence[str] | None = None,
        plain_text: bool | None = None,
        page: int = NOTES,
    ) -> Iterator[types.NotePart]: ...

    def iter_notes(
        self,
        query: str,
        *,
        fields: Sequence[str] | None = None,
        note_fields: Sequence[str] | None = None,
        plain_text: bool | None = None,
        page: int = NOTES,
    ) -> Iterator[Any]:
        """Iterate over the notes that a search finds, read page by page.

        Each note comes once, whatever others add or delete meanwhile; a note that was deleted meanwhile is left out.

        Args:
            query: Search text.
            fields: Members to return of each note; default all.
            note_fields: Names of the note's fields to return in `fields`; default all.
            plain_text: Return the values of fields as text of one line, without HTML.
            page: Notes of a page, which is one call.

        Yields:
            The entries of `notes_info`.

        Raises:
            errors.InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        for ids in _parts(self.find_notes(query), page):
            entries = self.notes_info(
                ids, fields=_listed(fields), note_fields=_listed(note_fields), plain_text=plain_text
            )
            for entry in entries:
                if entry:
                    yield entry

    @overload
    def iter_cards(
        self, query: str, *, fields: None = None, note_fields: Sequence[str] | None = None, page: int = CARDS
    ) -> Iterator[types.CardInfo]: ...

    @overload
    def iter_cards(
        self, query: str, *, fields: Sequence[str], note_fields: Sequence[str] | None = None, page: int = CARDS
    ) -> Iterator[types.CardPart]: ...

    def iter_cards(
        self,
        query: str,
        *,
        fields: Sequence[str] | None = None,
        note_fields: Sequence[str] | None = None,
        page: int = CARDS,
    ) -> Iterator[Any]:
        """Iterate over the cards that a search finds, read page by page.

        Each card comes once, as with `iter_notes`. Name `fields` to save time: rendering `question` and `answer`, and
        `nextReviews`, take most of it.

        Args:
            query: Search text.
            fields: Members to return of each card; default all.
            note_fields: Names of the note's fields to return in `fields`; default all.
            page: Cards of a page, which is one call.

        Yields:
            The entries of `cards_info`.

        Raises:
            errors.InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        for ids in _parts(self.find_cards(query), page):
            entries = self.cards_info(ids, fields=_listed(fields), note_fields=_listed(note_fields))
            for entry in entries:
                if entry:
                    yield entry

    def iter_reviews(
        self, query: str | None = None, *, after: int = 0, before: int | None = None, page: int = REVIEWS
    ) -> Iterator[types.LoggedReview]:
        """Iterate over the review log, oldest entry first, read page by page.

        Args:
            query: Only entries of cards that this search text finds now; default all.
            after: Only entries with a larger id: time in milliseconds since 1970.
            before: Only entries with a smaller id.
            page: Entries of a page, which is one call.

        Yields:
            The entries of `review_log`.

        Raises:
            errors.InvalidSearch: The search text is malformed.
            RpcError: Another kind of error.
        """
        last: int | None = after
        while last is not None:
            log = self.review_log(last, page, before, query)
            yield from log["reviews"]
            last = log["next"]


class AsyncPages(AsyncMethods):
    """Methods with iterators for `async for`."""

    @overload
    def iter_notes(
        self,
        query: str,
        *,
        fields: None = None,
        note_fields: Sequence[str] | None = None,
        plain_text: bool | None = None,
        page: int = NOTES,
    ) -> AsyncIterator[types.NoteInfo]: ...

    @overload
    def iter_notes(
        self,
        query: str,
        *,
        fields: Sequence[str],
        note_fields: Sequence[str] | None = None,
        plain_text: bool | None = None,
        page: int = NOTES,
    ) -> AsyncIterator[types.NotePart]: ...

    async def iter_notes(
        self,
        query: str,
        *,
        fields: Sequence[str] | None = None,
        note_fields: Sequence[str] | None = None,
        plain_text: bool | None = None,
        page: int = NOTES,
    ) -> AsyncIterator[Any]:
        """Iterate as `Client.iter_notes` does: `async for note in anki.iter_notes("deck:Italian")`."""
        for ids in _parts(await self.find_notes(query), page):
            entries = await self.notes_info(
                ids, fields=_listed(fields), note_fields=_listed(note_fields), plain_text=plain_text
            )
            for entry in entries:
                if entry:
                    yield entry

    @overload
    def iter_cards(
        self, query: str, *, fields: None = None, note_fields: Sequence[str] | None = None, page: int = CARDS
    ) -> AsyncIterator[types.CardInfo]: ...

    @overload
    def iter_cards(
        self, query: str, *, fields: Sequence[str], note_fields: Sequence[str] | None = None, page: int = CARDS
    ) -> AsyncIterator[types.CardPart]: ...

    async def iter_cards(
        self,
        query: str,
        *,
        fields: Sequence[str] | None = None,
        note_fields: Sequence[str] | None = None,
        page: int = CARDS,
    ) -> AsyncIterator[Any]:
        """Iterate as `Client.iter_cards` does: `async for card in anki.iter_cards("deck:Italian")`."""
        for ids in _parts(await self.find_cards(query), page):
            entries = await self.cards_info(ids, fields=_listed(fields), note_fields=_listed(note_fields))
            for entry in entries:
                if entry:
                    yield entry

    async def iter_reviews(
        self, query: str | None = None, *, after: int = 0, before: int | None = None, page: int = REVIEWS
    ) -> AsyncIterator[types.LoggedReview]:
        """Iterate as `Client.iter_reviews` does: `async for review in anki.iter_reviews()`."""
        last: int | None = after
        while last is not None:
            log = await self.review_log(last, page, before, query)
            for review in log["reviews"]:
                yield review
            last = log["next"]
