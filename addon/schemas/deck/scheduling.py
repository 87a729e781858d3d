"""Params and results of the actions on the scheduling of all cards of a deck."""

from ..base import Params
from ..fields.basic import Enum, Integer, String

BURIED = ("all", "byHand", "siblings")
NEW_ORDERS = ("added", "random")


class UnburyDeck(Params):
    deck = String("Full name, compared without case; sub-decks are included.", required=True)
    which = Enum(
        BURIED,
        "Those buried `byHand`, those that Anki has buried as `siblings` of an answered card, or all buried cards.",
        load_default="all",
    )


UNBURIED = Integer("Number of cards that were buried.", title="CardsUnburied")


class SortNewCards(Params):
    deck = String("Full name, compared without case; sub-decks are not included.", required=True)
    order = Enum(NEW_ORDERS, "`added`: as their notes were added; cards of one note come together.", required=True)


SORTED = Integer("Number of new cards in the deck.", title="NewCardsSorted")
