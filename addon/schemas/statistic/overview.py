"""What the actions on statistics give."""

from ..base import Object, Params
from ..fields.basic import Boolean, Integer, List, Nested, Number, String, Strings
from ..fields.numbers import Between
from ..fields.search import Search
from .reviews import Review


class CardCounts(Object):
    new = Integer("New.", required=True)
    learning = Integer("In learning.", required=True)
    relearning = Integer("Being relearned.", required=True)
    young = Integer("In review, at intervals below 21 days.", required=True)
    mature = Integer("In review, at intervals from 21 days on.", required=True)
    suspended = Integer("Suspended, and counted nowhere else.", required=True)
    buried = Integer("Buried, and counted nowhere else.", required=True)


class DeckFigures(Object):
    deck_id = Integer("Deck id.", required=True)
    name = String("Full deck name.", required=True)
    is_filtered = Boolean("It is a filtered deck.", required=True)
    new_today = Integer("New cards still due today, within the limits.", required=True)
    learning_today = Integer("Cards in learning still due today.", required=True)
    review_today = Integer("Reviews still due today, within the limits.", required=True)
    cards = Integer("All cards.", required=True)
    counts = Nested(CardCounts, "How they stand.", required=True)


class OfDecks(Params):
    decks = Strings("Full names, compared without case; those of Anki's deck list when left out.", load_default=None)


DECK_STATISTICS = List(
    Nested(DeckFigures),
    "One entry per deck, in the order of the names given, or of the deck list.",
    title="DeckStatisticsList",
)


class Searched(Params):
    query = Search("Search text as in Anki's browser; empty for the whole collection.", load_default="")


class Today(Object):
    answers = Integer("Answers given.", required=True)
    correct = Integer("Of them, those that were not *Again*.", required=True)
    milliseconds = Integer("Time they took.", required=True)
    learning = Integer("Answers in learning.", required=True)
    review = Integer("Answers in review.", required=True)
    relearning = Integer("Answers in relearning.", required=True)
    filtered = Integer("Answers in filtered decks, before the card was due.", required=True)


class Retention(Object):
    passed = Integer("Answers to cards with an interval from one day on that were not *Again*.", required=True)
    failed = Integer("Answers to such cards that were.", required=True)
    rate = Number("Share of those passed, from 0 to 1; null without reviews.", required=True, allow_none=True)


class Retentions(Object):
    today = Nested(Retention, "Today.", required=True)
    yesterday = Nested(Retention, "Yesterday.", required=True)
    week = Nested(Retention, "The last seven days.", required=True)
    month = Nested(Retention, "The last thirty days.", required=True)
    year = Nested(Retention, "The last year.", required=True)
    all_time = Nested(Retention, "All the time.", required=True)


class CollectionFigures(Object):
    notes = Integer("Number of notes.", required=True)
    cards = Integer("Number of cards.", required=True)
    counts = Nested(CardCounts, "How the cards stand.", required=True)
    today = Nested(Today, "What was studied today.", required=True)
    retention = Nested(Retentions, "What was remembered.", required=True)
    fsrs = Boolean("Anki schedules by FSRS.", required=True)


COLLECTION_STATISTICS = Nested(CollectionFigures, "The figures.")


class DueForecast(Searched):
    days = Between(1, 36_500, "How many days, today included.", load_default=30)


class DueOnDay(Object):
    day = Integer("Days from today.", required=True)
    date = String("Local date, as `2026-11-24`.", required=True)
    count = Integer("Cards that get due.", required=True)


class Forecast(Object):
    overdue = Integer("Cards that were due before today.", required=True)
    days = List(Nested(DueOnDay), "An entry per day, today first.", required=True)


FORECAST = Nested(Forecast, "How many cards get due when, as cards stand now; new ones do not count.")


class Streak(Object):
    current = Integer("Days in a row up to today, or up to yesterday while today has none yet.", required=True)
    longest = Integer("The most days in a row ever.", required=True)
    days_studied = Integer("All days with an answer.", required=True)
    studied_today = Boolean("There was an answer today.", required=True)
    last_day = String("Local date of the last answer, as `2026-11-24`; null for none.", required=True, allow_none=True)


STREAK = Nested(Streak, "Days with at least one answer.")


class ReviewLog(Params):
    after = Integer("Only entries with a larger id: time in milliseconds since 1970, or `next`.", load_default=0)
    limit = Between(1, 100_000, "The most entries of a page.", load_default=1000)
    before = Integer("Only entries with a smaller id.", load_default=None)
    query = Search("Only entries of the cards that this search text finds, as they stand now.", load_default=None)


class LoggedReview(Review):
    card_id = Integer("Card id; the card may be deleted.", required=True)


class ReviewPage(Object):
    reviews = List(Nested(LoggedReview), "Log entries, oldest first.", required=True)
    next = Integer(
        "What `after` must be for the next page; null where this was the last.", required=True, allow_none=True
    )


REVIEW_PAGE = Nested(ReviewPage, "A page of the log.")
