"""Params and result of graphs."""

from ..base import Object
from ..fields.basic import Boolean, Ids, Integer, List, Nested, Number
from ..fields.numbers import Between
from .overview import CardCounts, Searched, Today

MOST_DAYS = 10_000
"""About 27 years: beyond the beginning of 1970, Anki would crash at reviews with an impossible time."""


class GraphParams(Searched):
    days = Between(
        0,
        MOST_DAYS,
        "Days of the review log to read, today included; 0 for all. It cuts only `buttons`, `hours`, `reviews` and "
        "`trueRetention`.",
        load_default=0,
    )


class ButtonPresses(Object):
    """How often each answer button was pressed."""

    learning = Ids("For cards in learning, from *Again* to *Easy*.", title="PressesInLearning", required=True)
    young = Ids("For cards with intervals of less than 21 days.", title="PressesOfYoung", required=True)
    mature = Ids("For cards with intervals of 21 days or more.", title="PressesOfMature", required=True)


class ButtonPeriods(Object):
    """Answer buttons by period."""

    month = Nested(ButtonPresses, "The last 30 days.", required=True)
    three_months = Nested(ButtonPresses, "The last 90 days.", required=True)
    year = Nested(ButtonPresses, "The last 365 days.", required=True)
    all_time = Nested(ButtonPresses, "All days that are read.", required=True)


class HourOfDay(Object):
    """The answers in one hour of the day."""

    answers = Integer("All answers.", required=True)
    correct = Integer("Answers other than *Again*.", required=True)


def _hours(period: str) -> List:
    return List(Nested(HourOfDay), f"{period}: 24 entries, the first from 0 to 1 o'clock.", required=True)


class HourPeriods(Object):
    """Hours of the day by period."""

    month = _hours("The last 30 days")
    three_months = _hours("The last 90 days")
    year = _hours("The last 365 days")
    all_time = _hours("All days that are read")


class CardsOnDay(Object):
    """A number of cards on a day."""

    day = Integer("Days from today; negative before.", required=True)
    cards = Integer("Number of cards.", required=True)


class CardsByDays(Object):
    """A number of cards with a length of time."""

    days = Integer("Length in days.", required=True)
    cards = Integer("Number of cards.", required=True)


class CardsByPercent(Object):
    """A number of cards with a percentage."""

    percent = Integer("Percent, rounded down.", required=True)
    cards = Integer("Number of cards.", required=True)


class Percentages(Object):
    """The percentages of cards."""

    median = Number("Their median in percent; null without such cards.", required=True, allow_none=True)
    counts = List(
        Nested(CardsByPercent), "By percent, lowest first; percentages without cards are left out.", required=True
    )


class Retrievabilities(Object):
    """How well cards are remembered now, by FSRS."""

    average = Number("Average in percent; null without such cards.", required=True, allow_none=True)
    sum_by_card = Number("Expected number of remembered cards.", required=True)
    sum_by_note = Number(
        "Expected number of remembered notes: the average of its cards counts for each.", required=True
    )
    counts = List(
        Nested(CardsByPercent), "By percent, lowest first; percentages without cards are left out.", required=True
    )


class ReviewsByKind(Object):
    """Reviews by the state of the card."""

    learning = Integer("In learning.", required=True)
    relearning = Integer("In relearning.", required=True)
    young = Integer("In review, with intervals of less than 21 days.", required=True)
    mature = Integer("In review, with intervals of 21 days or more.", required=True)
    filtered = Integer("In filtered decks, before the card was due.", required=True)


class ReviewsOnDay(Object):
    """The reviews of a day."""

    day = Integer("Days from today, 0 or negative.", required=True)
    counts = Nested(ReviewsByKind, "Numbers of reviews.", required=True)
    milliseconds = Nested(ReviewsByKind, "How long they took.", required=True)


class FutureDue(Object):
    """When cards are due."""

    daily_load = Integer("Reviews on an average day, as estimated from the intervals.", required=True)
    counts = List(
        Nested(CardsOnDay),
        "By day, earliest first; days without cards are left out. Negative days are overdue.",
        required=True,
    )


class CountsBothWays(Object):
    """Numbers of cards by state, with suspended and buried cards in two ways."""

    separate = Nested(CardCounts, "Suspended and buried cards are counted only as these.", required=True)
    together = Nested(
        CardCounts, "They are counted by their other state; `suspended` and `buried` are 0.", required=True
    )


class TrueRetention(Object):
    """Passed and failed reviews of cards with an interval of one day or more."""

    young_passed = Integer("Intervals of less than 21 days, other than *Again*.", required=True)
    young_failed = Integer("Intervals of less than 21 days, *Again*.", required=True)
    mature_passed = Integer("Intervals of 21 days or more, other than *Again*.", required=True)
    mature_failed = Integer("Intervals of 21 days or more, *Again*.", required=True)


class TrueRetentions(Object):
    """True retention by period."""

    today = Nested(TrueRetention, "Today.", required=True)
    yesterday = Nested(TrueRetention, "Yesterday.", required=True)
    week = Nested(TrueRetention, "The last seven days.", required=True)
    month = Nested(TrueRetention, "The last thirty days.", required=True)
    year = Nested(TrueRetention, "The last 365 days.", required=True)
    all_time = Nested(TrueRetention, "All days that are read.", required=True)


class GraphData(Object):
    """The numbers of Anki's graphs."""

    buttons = Nested(ButtonPeriods, "Answer buttons.", required=True)
    hours = Nested(HourPeriods, "Hours of the day, in local time.", required=True)
    intervals = List(Nested(CardsByDays), "Intervals of review cards, shortest first.", required=True)
    eases = Nested(Percentages, "Eases of review cards without a memory state.", required=True)
    difficulty = Nested(Percentages, "Difficulties of cards with a memory state, from 0 to 100 %.", required=True)
    stability = List(Nested(CardsByDays), "Stabilities of cards with a memory state, shortest first.", required=True)
    retrievability = Nested(Retrievabilities, "Cards with a memory state.", required=True)
    added = List(
        Nested(CardsOnDay),
        "Cards by the day on which they were added, earliest first; days without are left out.",
        required=True,
    )
    reviews = List(Nested(ReviewsOnDay), "Reviews by day, earliest first; days without are left out.", required=True)
    future_due = Nested(FutureDue, "When cards are due, other than new and suspended ones.", required=True)
    card_counts = Nested(CountsBothWays, "Cards by state.", required=True)
    today = Nested(Today, "Today's answers.", required=True)
    true_retention = Nested(TrueRetentions, "Passed and failed reviews.", required=True)
    fsrs = Boolean("Anki schedules by FSRS.", required=True)


GRAPHS = Nested(GraphData, "The numbers.")
