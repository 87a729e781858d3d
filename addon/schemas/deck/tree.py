"""Params and results of the actions on the tree of decks."""

from ..base import Object, Params
from ..fields.basic import Boolean, Integer, List, Nested, String, Strings


class DeckTree(Params):
    deck = String("Full name, compared without case; default all decks.", load_default=None)


class DeckInTree(Object):
    """A deck in the tree of decks. Limits are those of today."""

    deck_id = Integer("Deck id.", required=True)
    name = String("Last part of the name.", required=True)
    full_name = String("Full deck name.", required=True)
    parent = String("Full name of the deck above; null at the top.", required=True, allow_none=True)
    is_filtered = Boolean("It is a filtered deck.", required=True)
    collapsed = Boolean("Anki's deck list hides its sub-decks.", required=True)
    new_today = Integer("New cards left for today, sub-decks included, within the limits.", required=True)
    learning_today = Integer("Cards in learning left for today, sub-decks included.", required=True)
    review_today = Integer("Reviews left for today, sub-decks included, within the limits.", required=True)
    new_uncapped = Integer("New cards of the deck itself, without limits.", required=True)
    review_uncapped = Integer("Reviews due in the deck itself, without limits.", required=True)
    interday_learning_uncapped = Integer(
        "Cards due in the deck itself whose learning step is a day or longer, without limits.", required=True
    )
    cards = Integer("All cards of the deck itself.", required=True)
    cards_with_children = Integer("All cards, sub-decks included.", required=True)


DECK_TREE = List(
    Nested(DeckInTree), "The decks in the order of Anki's deck list: each before its sub-decks.", title="DecksOfTree"
)


class MoveDecks(Params):
    decks = Strings("Full names, compared without case.", required=True)
    parent = String(
        "Full name of the deck that shall be above them, compared without case; null or empty for the top.",
        required=True,
        allow_none=True,
    )


MOVED = Integer("Number of decks that were elsewhere.", title="MovedDecks")
