"""The current deck, and renaming."""

from __future__ import annotations

from typing import Any

from anki.decks import DeckId

from ...collection.errors import DeckNotFound
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.deck import current as s
from ...schemas.fields.basic import NOTHING
from ...text.anki_text import becomes_blank
from .decks import deck_not_found, name_as_stored, parents_of, require_creatable_deck


@action(
    "getCurrentDeck",
    NoParams,
    s.CURRENT_DECK,
    examples=[Example("of a new collection", {}, {"deckId": 1, "name": "Default"})],
)
def get_current_deck(ctx: Context) -> dict[str, Any]:
    """Return the current deck: the one that Anki studies and adds notes to."""
    deck = ctx.col.decks.current()
    return {"deckId": deck["id"], "name": deck["name"]}


@action(
    "selectDeck",
    s.ExistingDeck,
    NOTHING,
    writes=True,
    idempotent=True,
    errors=[DeckNotFound],
    examples=[Example("one", {"deck": "Italian::A1"}, None)],
)
def select_deck(ctx: Context, deck: str) -> None:
    """Make a deck the current one. No window changes what it shows."""
    deck_id = existing_deck(ctx, deck)
    if ctx.col.decks.get_current_id() != deck_id:
        ctx.write(ctx.col.decks.set_current, deck_id)


@action(
    "renameDeck",
    s.RenameDeck,
    s.NEW_NAME,
    writes=True,
    errors=[DeckNotFound, AlreadyExists, Refused],
    examples=[Example("with its sub-decks", {"deck": "Italian", "newName": "Lingue::Italiano"}, "Lingue::Italiano")],
)
def rename_deck(ctx: Context, deck: str, new_name: str) -> str:
    """Rename a deck, or move it below another one, together with its sub-decks.

    Refused are the name of another deck, and a place below the deck itself or below a filtered deck.
    """
    decks = ctx.col.decks
    deck_id = existing_deck(ctx, deck)
    if is_other_name(ctx, deck_id, new_name):
        ctx.write(decks.rename, deck_id, new_name)
    return decks.name(deck_id)


def is_other_name(ctx: Context, deck_id: DeckId, new_name: str) -> bool:
    """Whether a deck would get another name. Raises AlreadyExists or Refused if the deck cannot have it."""
    if becomes_blank(new_name):
        raise Refused("A deck needs a name.", field=s.RenameDeck.wire("new_name"))
    if ctx.col.decks.id_for_name(new_name) not in (None, deck_id):
        raise AlreadyExists(f"There is a deck of this name already: {new_name}", deck=new_name)
    if deck_id in parents_of(ctx.col, new_name):
        raise Refused("A deck cannot be moved below itself.", field=s.RenameDeck.wire("new_name"))
    require_creatable_deck(ctx.col, new_name)
    return ctx.col.decks.name(deck_id) != name_as_stored(ctx.col, new_name)


def existing_deck(ctx: Context, name: str) -> DeckId:
    """The id of the deck with a name, compared without case. Raises DeckNotFound."""
    deck_id = ctx.col.decks.id_for_name(name)
    if deck_id is None:
        raise deck_not_found(name)
    return deck_id
