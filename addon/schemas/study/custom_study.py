"""Params and results of the actions on Anki's Custom Study."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..deck.filtered import MOST_CARDS, FilteredDeckMade
from ..fields.basic import Boolean, Enum, Integer, List, Nested, String
from ..fields.numbers import Between
from ..fields.tags import Tags

KINDS = ("due", "new", "review", "all")
"""In the order of Anki's numbers."""
CHOICES = ("cram", "forgotten_days", "ahead_days", "preview_days")
MOST_DAYS = 99_999


class CardsToCram(Object):
    """Which cards to study, and how many."""

    kind = Enum(
        KINDS,
        "`new` cards as they were added, `due` cards, cards in `review` in random order, or `all` in random order; "
        "answers to `all` do not reschedule.",
        required=True,
    )
    limit = Between(1, MOST_CARDS, "Maximum number of cards.", load_default=100)
    include_tags = Tags("Only cards whose notes have one of these tags, or a sub-tag.", load_default=list)
    exclude_tags = Tags("No cards whose notes have one of these tags, or a sub-tag.", load_default=list)


class CustomStudy(Params):
    deck = String(
        "Full name of the deck whose cards to study, with its sub-decks, compared without case.", required=True
    )
    cram = Nested(CardsToCram, "Cards by their state and tags.", load_default=None)
    forgotten_days = Between(
        1,
        MOST_DAYS,
        "Cards that were forgotten in so many days, today included; answers do not reschedule.",
        load_default=None,
    )
    ahead_days = Between(
        1, MOST_DAYS, "Cards that are due within so many days, and those that are due.", load_default=None
    )
    preview_days = Between(
        1,
        MOST_DAYS,
        "New cards that were added in so many days, today included; answers do not reschedule.",
        load_default=None,
    )

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        given = [self.wire(name) for name in CHOICES if loaded[name] is not None]
        if len(given) != 1:
            names = ", ".join(map(self.wire, CHOICES))
            raise ma.ValidationError({(given or [self.wire("cram")])[-1]: [f"Give exactly one of {names}."]})
        return loaded


SESSION = Nested(FilteredDeckMade, "The filtered deck, which is now the current deck.")


class DeckToStudy(Params):
    deck = String(
        "Full name, compared without case. A filtered deck is refused, and one named `current` or `filtered`.",
        required=True,
    )


class AvailableCards(Object):
    """Cards that daily limits do not count."""

    new = Integer("New cards.", required=True)
    reviews = Integer("Due reviews.", required=True)


class TagToStudy(Object):
    """A tag of the deck's cards."""

    name = String("The tag.", required=True)
    include = Boolean("It was in `includeTags` when this deck was crammed last.", required=True)
    excluded = Boolean("It was in `excludeTags` then.", required=True, data_key="exclude")


class CustomStudyOptions(Object):
    """What Custom Study can offer for a deck."""

    available_new = Integer("New cards in the deck itself, whatever the limits.", required=True)
    available_reviews = Integer("Due reviews in the deck itself, whatever the limits.", required=True)
    in_children = Nested(AvailableCards, "The same for its sub-decks.", required=True)
    tags = List(
        Nested(TagToStudy),
        "Tags of its cards and of those in its sub-decks, without `none`; cards in filtered decks do not count.",
        required=True,
    )
    last_new = Integer("By how many cards the limit of new cards was raised last, 0 for never.", required=True)
    last_reviews = Integer("By how many cards the limit of reviews was raised last, 0 for never.", required=True)


OPTIONS = Nested(CustomStudyOptions, "The options.")
