"""The notes and cards that an export writes, as a call names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.cards import CardId
from anki.collection import CardIdsLimit, DeckIdLimit, NoteIdsLimit
from anki.notes import NoteId

from ...collection.errors import CardNotFound, NoteNotFound
from ...collection.rows import rows_of
from ...rpc.context import Context
from ..deck.current import existing_deck
from ..searching import find_notes

if TYPE_CHECKING:
    from anki.collection import ExportLimit


def limit_of(ctx: Context, given: dict[str, Any]) -> ExportLimit:
    """Anki's limit for the one of `notes`, `cards`, `query`, `deck` and `all` that is given.

    Raises NoteNotFound, CardNotFound, DeckNotFound and InvalidSearch: Anki itself would write an empty file.
    """
    if (notes := given.get("notes")) is not None:
        _require(ctx, "notes", notes)
        return NoteIdsLimit([*map(NoteId, dict.fromkeys(notes))])
    if (cards := given.get("cards")) is not None:
        _require(ctx, "cards", cards)
        return CardIdsLimit([*map(CardId, dict.fromkeys(cards))])
    if (query := given.get("query")) is not None:
        return NoteIdsLimit(list(find_notes(ctx, query)))
    if (deck := given.get("deck")) is not None:
        return DeckIdLimit(existing_deck(ctx, deck))
    return None


def _require(ctx: Context, table: str, ids: list[int]) -> None:
    known = {row[0] for row in rows_of(ctx.col, f"select id from {table} where id in ids", dict.fromkeys(ids))}  # noqa: S608  (a constant)
    for index, id in enumerate(ids):
        if id not in known:
            if table == "notes":
                raise NoteNotFound(f"Note was not found: {id}", note=id, index=index)
            raise CardNotFound(f"Card was not found: {id}", card=id, index=index)
