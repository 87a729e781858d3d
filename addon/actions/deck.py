"""Decks: listing, creating and deleting them."""

from __future__ import annotations

from ..rpc.context import Context
from ..rpc.errors import Refused
from ..rpc.registry import Example, action
from ..schemas import deck as s
from ..schemas.base import NoParams
from ..schemas.fields import NOTHING


@action(
    "deckNames",
    NoParams,
    s.DECK_NAMES,
    examples=[Example("all", {}, ["Default", "Italian", "Italian::A1"])],
)
def deck_names(ctx: Context) -> list[str]:
    """List the full names of all decks."""
    return [deck.name for deck in ctx.col.decks.all_names_and_ids()]


@action(
    "deckNamesAndIds",
    NoParams,
    s.DECK_IDS_BY_NAME,
    examples=[Example("all", {}, {"Default": 1, "Italian": 1700000002001, "Italian::A1": 1700000002002})],
)
def deck_names_and_ids(ctx: Context) -> dict[str, int]:
    """List all decks with their ids."""
    return {deck.name: deck.id for deck in ctx.col.decks.all_names_and_ids()}


@action(
    "createDeck",
    s.CreateDeck,
    s.DECK_ID,
    writes=True,
    errors=[Refused],
    examples=[Example("there already", {"deck": "Italian::A1"}, 1700000002002)],
)
def create_deck(ctx: Context, deck: str) -> int:
    """Create an empty deck and return its id; an existing deck is left as it is."""
    known = ctx.col.decks.id_for_name(deck)
    return known or ctx.write(ctx.col.decks.add_normal_deck_with_name, deck).id


@action(
    "deleteDecks",
    s.DeleteDecks,
    NOTHING,
    writes=True,
    errors=[Refused],
    examples=[Example("one", {"decks": ["Italian::A1"], "cardsToo": True}, None)],
)
def delete_decks(ctx: Context, decks: list[str], cards_too: bool) -> None:
    """Delete decks with their sub-decks and cards.

    Names of no deck are skipped. Default is emptied but stays. A filtered deck is dissolved: its cards go home.
    """
    if not cards_too:
        raise Refused("Since Anki 2.1.28 it's not possible to delete decks without deleting cards as well")
    ids = {deck.name: deck.id for deck in ctx.col.decks.all_names_and_ids()}
    found = list(dict.fromkeys(ids[name] for name in decks if name in ids))
    if found:
        ctx.write(ctx.col.decks.remove, found)
