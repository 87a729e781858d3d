"""Params and results of the actions on decks."""

from __future__ import annotations

from ..base import Object, Params
from ..fields.basic import Boolean, Dict, Ids, Integer, Nested, String, Strings

DECK_ID = Integer("Deck id: creation time in milliseconds since 1970; 1 is Default.", title="DeckId")
DECK_NAMES = Strings("Full names of all decks, filtered ones too, in alphabetical order.", title="DeckNameList")
DECK_IDS_BY_NAME = Dict(DECK_ID, "Full deck name to deck id.", title="DeckIdsByName")
DECK_NAME = String("Full deck name.", title="DeckName")
DECKS_OF_CARDS = Dict(Ids(title="CardIdsAsSent"), "Full deck name to the ids of the cards in it.", title="DecksOfCards")
DESCRIPTION = String("Description of the deck, as Markdown or HTML.", title="DeckDescription")
DELETED_DECKS = Strings("Full names of the deleted decks, sub-decks included.", title="DeletedDecks")
WAS_SET = Boolean("Always true.", title="WasSet")


class CreateDeck(Params):
    deck = String(
        "Full name, `::` between levels. Missing parents are created. Anki names an empty level `blank`.",
        required=True,
    )


class DeckMade(Object):
    """A deck that was created, or that was there already."""

    deck_id = Integer("Deck id.", required=True)
    name = String("Full name, as Anki has it.", required=True)


DECK_MADE = Nested(DeckMade, "The deck, whose name may differ from the one in the call.")


class DeleteDecks(Params):
    decks = Strings("Full names in their exact spelling; unknown ones are skipped.", required=True)
    cards_too = Boolean("Must be true: Anki deletes a deck only with its cards.", load_default=False)


class ChangeDeck(Params):
    cards = Ids("Card ids.", required=True)
    deck = String("Full name of the target; created if missing. Not a filtered deck.", required=True)


class DeckNameFromId(Params):
    deck_id = Integer("Deck id.", required=True)


class GetDecks(Params):
    cards = Ids("Card ids; a repeated one is repeated in the result.", required=True)


class GetDeckStats(Params):
    decks = Strings("Full names, compared without case.", required=True)


class GetDeckDescription(Params):
    deck = String("Full name in its exact spelling.", required=True)


class SetDeckDescription(GetDeckDescription):
    description = String("The new text; an empty one removes it.", required=True)


class DeckStats(Object):
    """A deck's cards of today."""

    deck_id = Integer("Deck id.", required=True, data_key="deck_id")
    name = String("Last part of the name.", required=True)
    new_count = Integer("New cards still due today.", required=True, data_key="new_count")
    learn_count = Integer("Cards in learning still due today.", required=True, data_key="learn_count")
    review_count = Integer("Reviews still due today.", required=True, data_key="review_count")
    total_in_deck = Integer(
        "All cards of the deck itself, without its sub-decks.", required=True, data_key="total_in_deck"
    )


DECK_STATS = Dict(
    Nested(DeckStats, title="DeckCounts"),
    "Today's counts by deck id as text, in the order of the deck list. They include sub-decks and respect the limits.",
    title="DeckStatsById",
)
