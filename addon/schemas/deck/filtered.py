"""Params and results of the actions on filtered decks."""

from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Integer, List, Nested, String
from ..fields.numbers import Between
from ..fields.search import Search

ORDERS = (
    *("oldestReviewedFirst", "random", "intervalsAscending", "intervalsDescending", "lapses", "added", "due"),
    *("reverseAdded", "retrievabilityAscending", "retrievabilityDescending", "relativeOverdueness"),
)
"""In the order of Anki's numbers."""

MOST_CARDS = 99_999
"""The most cards of a term, as in Anki's window."""


class SearchTerm(Object):
    """A search of a filtered deck."""

    search = Search("Search text as in Anki's browser; empty for every card.", required=True)
    limit = Between(1, MOST_CARDS, "Maximum number of cards.", load_default=100)
    order = Enum(ORDERS, "Order in which cards are taken and shown.", load_default="random")


class CreateFilteredDeck(Params):
    deck = String("Full name, `::` between levels. Missing parents are created.", required=True)
    terms = List(Nested(SearchTerm), "One or two searches, whose cards the deck takes in this order.", required=True)
    reschedule = Boolean("Answers in this deck reschedule cards.", load_default=True)
    allow_empty = Boolean("Create the deck even if no card is found.", load_default=False)


class FilteredDeckName(Params):
    deck = String("Full name of a filtered deck, compared without case.", required=True)


LONGEST_DELAY_S = 99_999


class PreviewDelays(Object):
    """After how many seconds a card comes again if answers do not reschedule it. *Easy* always returns it at once."""

    again = Between(0, LONGEST_DELAY_S, "After *Again*; 0 returns the card to its home deck.")
    hard = Between(0, LONGEST_DELAY_S, "After *Hard*; 0 returns the card to its home deck.")
    good = Between(0, LONGEST_DELAY_S, "After *Good*; 0 returns the card to its home deck.")


class UpdateFilteredDeck(FilteredDeckName):
    new_name = String("New full name. Missing parents are created.", load_default=None)
    terms = List(Nested(SearchTerm), "One or two searches, which replace the present ones.", load_default=None)
    reschedule = Boolean("Answers in this deck reschedule cards.", load_default=None)
    preview_delays = Nested(PreviewDelays, "Delays to change, used if answers do not reschedule.", load_default=None)
    allow_empty = Boolean("Update the deck even if no card is found.", load_default=False)


class FilteredDeckMade(Object):
    """A filtered deck that was made or rebuilt."""

    deck_id = Integer("Deck id.", required=True)
    name = String("Full name, as Anki has normalised it.", required=True)
    cards = Integer("Number of cards in it.", required=True)


class FilteredDeck(Object):
    """A filtered deck with all its settings."""

    deck_id = Integer("Deck id.", required=True)
    name = String("Full deck name.", required=True)
    terms = List(Nested(SearchTerm), "Its searches.", required=True)
    reschedule = Boolean("Answers in this deck reschedule cards.", required=True)
    cards = Integer("Number of cards in it.", required=True)
    preview_delays = Nested(PreviewDelays, "Delays that are used if answers do not reschedule.", required=True)


UPDATED = Nested(FilteredDeck, "Its settings now.")
MADE = Nested(FilteredDeckMade, "The new deck.")
FILTERED_DECK = Nested(FilteredDeck, "Its settings.")
FETCHED = Integer("Number of cards that are in the deck now.", title="FetchedCards")
SENT_HOME = Integer("Number of cards that returned to their home decks.", title="CardsSentHome")
