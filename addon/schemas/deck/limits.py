"""Params and results of the actions on daily limits of decks."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Enum, Integer, List, Nested, String, Strings
from ..fields.numbers import Between

MOST_CARDS = 9_999
"""The highest limit, and the most cards by which a limit is raised, as in Anki's windows."""


class RaiseTodaysLimits(Params):
    decks = Strings("Full names, compared without case.", required=True)
    new_cards = Between(
        -MOST_CARDS, MOST_CARDS, "How many more new cards are shown today; negative for fewer.", load_default=0
    )
    reviews = Between(
        -MOST_CARDS, MOST_CARDS, "How many more reviews are shown today; negative for fewer.", load_default=0
    )


class CardsLeft(Object):
    """The cards of a deck that are left for today."""

    deck = String("Full deck name.", required=True)
    new_today = Integer("New cards left for today, sub-decks included, within all limits.", required=True)
    review_today = Integer("Reviews left for today, sub-decks included, within all limits.", required=True)


RAISED = List(Nested(CardsLeft), "One entry for each deck, in order.", title="CardsLeftInDecks")


class GetDeckLimits(Params):
    decks = Strings("Full names, compared without case; default all decks that are not filtered.", load_default=None)


class SetLimits(Object):
    """Limits of one kind."""

    new = Integer("New cards a day; null if not set.", required=True, allow_none=True)
    reviews = Integer("Reviews a day; null if not set.", required=True, allow_none=True)


class AnsweredCards(Object):
    """Cards that were answered today."""

    new = Integer("New cards.", required=True)
    reviews = Integer("Reviews.", required=True)


class DeckLimits(Object):
    """The daily limits of a deck."""

    deck = String("Full deck name.", required=True)
    preset = Nested(SetLimits, "Limits of the deck's preset, used if the deck has no limit of its own.", required=True)
    deck_limit = Nested(SetLimits, "The deck's own limits.", required=True)
    today = Nested(SetLimits, "Limits for today only, which precede the others.", required=True)
    answered_today = Nested(
        AnsweredCards,
        "What today's limits are reduced by, sub-decks included. `raiseTodaysLimits` lowers these numbers, also below "
        "0.",
        required=True,
    )


DECK_LIMITS = List(
    Nested(DeckLimits), "One entry for each deck: in the order of the call, or by name.", title="LimitsOfDecks"
)


class _Limit(Between):
    """A limit to set; null removes it. Without a default, a limit that is left out is not among the params."""

    def __init__(self, description: str) -> None:
        super().__init__(0, MOST_CARDS, f"{description}; null for no such limit.", allow_none=True)


_NAMES = {
    "newCards": "new_cards",
    "reviews": "reviews",
    "newCardsToday": "new_cards_today",
    "reviewsToday": "reviews_today",
}


class SetDeckLimits(Params):
    decks = Strings("Full names, compared without case.", required=True)
    new_cards = _Limit("New cards a day")
    reviews = _Limit("Reviews a day")
    new_cards_today = _Limit("New cards today")
    reviews_today = _Limit("Reviews today")
    remove = List(
        Enum([*_NAMES], title="NameOfLimit"),
        "Limits that the decks shall no longer have, named for clients that cannot send null.",
        load_default=list,
    )

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        removed = [_NAMES[name] for name in loaded["remove"]]
        if any(loaded.get(name) is not None for name in removed):
            raise ma.ValidationError({"remove": ["A limit cannot be both set and removed."]})
        return {**loaded, "remove": removed}


LIMITS_SET = Integer("Number of decks that had other limits.", title="DecksWithOtherLimits")
