"""Params and results of the actions on statistics."""

from ..base import Object, Params
from ..fields.basic import Boolean, Integer, List, Nested, Number, String, Strings
from ..fields.numbers import Between
from ..fields.search import Search
from .reviews import Review


class CardCounts(Object):
    """Numbers of cards by state."""

    new = Integer("New.", required=True)
    learning = Integer("In learning.", required=True)
    relearning = Integer("In relearning.", required=True)
    young = Integer("In review, with intervals of less than 21 days.", required=True)
    mature = Integer("In review, with intervals of 21 days or more.", required=True)
    suspended = Integer("Suspended; not counted elsewhere.", required=True)
    buried = Integer("Buried; not counted elsewhere.", required=True)


class DeckFigures(Object):
    """Figures on a deck and its sub-decks."""

    deck_id = Integer("Deck id.", required=True)
    name = String("Full deck name.", required=True)
    is_filtered = Boolean("It is a filtered deck.", required=True)
    new_today = Integer("New cards still due today, within the limits.", required=True)
    learning_today = Integer("Cards in learning still due today.", required=True)
    review_today = Integer("Reviews still due today, within the limits.", required=True)
    cards = Integer("All cards.", required=True)
    counts = Nested(CardCounts, "Cards by state.", required=True)


class OfDecks(Params):
    decks = Strings("Full names, compared without case; default those of Anki's deck list.", load_default=None)


DECK_STATISTICS = List(
    Nested(DeckFigures),
    "One entry per deck, in the order of the given names, or of the deck list.",
    title="DeckStatisticsList",
)


class Searched(Params):
    query = Search("Search text as in Anki's browser; empty for the whole collection.", load_default="")


class Today(Object):
    """The answers of today."""

    answers = Integer("All answers.", required=True)
    correct = Integer("Answers other than *Again*.", required=True)
    milliseconds = Integer("Time that the answers took.", required=True)
    learning = Integer("Answers in learning.", required=True)
    review = Integer("Answers in review.", required=True)
    relearning = Integer("Answers in relearning.", required=True)
    filtered = Integer("Answers in filtered decks, before the card was due.", required=True)


class Retention(Object):
    """The share of answers that were correct."""

    passed = Integer("Answers other than *Again* to cards with an interval of one day or more.", required=True)
    failed = Integer("Answers *Again* to such cards.", required=True)
    rate = Number("Share of `passed`, from 0 to 1; null without answers.", required=True, allow_none=True)


class Retentions(Object):
    """Retention by period."""

    today = Nested(Retention, "Today.", required=True)
    yesterday = Nested(Retention, "Yesterday.", required=True)
    week = Nested(Retention, "The last seven days.", required=True)
    month = Nested(Retention, "The last thirty days.", required=True)
    year = Nested(Retention, "The last year.", required=True)
    all_time = Nested(Retention, "All the time.", required=True)


class CollectionFigures(Object):
    """Figures on the whole collection."""

    notes = Integer("Number of notes.", required=True)
    cards = Integer("Number of cards.", required=True)
    counts = Nested(CardCounts, "Cards by state.", required=True)
    today = Nested(Today, "Today's answers.", required=True)
    retention = Nested(Retentions, "Share of reviews that were passed.", required=True)
    fsrs = Boolean("Anki schedules by FSRS.", required=True)


COLLECTION_STATISTICS = Nested(CollectionFigures, "The figures.")


class DueForecast(Searched):
    days = Between(1, 36_500, "Number of days, including today.", load_default=30)


class DueOnDay(Object):
    """The cards that become due on one day."""

    day = Integer("Days from today.", required=True)
    date = String("Local date, as `2026-11-24`.", required=True)
    count = Integer("Cards that become due.", required=True)


class Forecast(Object):
    """The cards that become due in the next days."""

    overdue = Integer("Cards that were due before today.", required=True)
    days = List(Nested(DueOnDay), "One entry per day, today first.", required=True)


FORECAST = Nested(Forecast, "Cards that become due, as scheduled now; new cards do not count.")


class Streak(Object):
    """The days in a row with answers."""

    current = Integer("Days in a row up to today, or to yesterday if today has no answer yet.", required=True)
    longest = Integer("The longest streak ever, in days.", required=True)
    days_studied = Integer("All days with an answer.", required=True)
    studied_today = Boolean("There was an answer today.", required=True)
    last_day = String("Local date of the last answer, as `2026-11-24`; null for none.", required=True, allow_none=True)


STREAK = Nested(Streak, "The streaks: days in a row with at least one answer.")


class ReviewLog(Params):
    after = Integer(
        "Only entries with a larger id: time in milliseconds since 1970, or `next` of the previous page.",
        load_default=0,
    )
    limit = Between(1, 100_000, "Maximum number of entries of a page.", load_default=1000)
    before = Integer("Only entries with a smaller id.", load_default=None)
    query = Search("Only entries of cards that this search text finds now.", load_default=None)


class LoggedReview(Review):
    """An entry of the review log, with its card."""

    card_id = Integer("Card id; the card may be deleted.", required=True)


class ReviewPage(Object):
    """A page of the review log."""

    reviews = List(Nested(LoggedReview), "Log entries, oldest first.", required=True)
    next = Integer("Value of `after` for the next page; null if this is the last.", required=True, allow_none=True)


REVIEW_PAGE = Nested(ReviewPage, "A page of the log.")
