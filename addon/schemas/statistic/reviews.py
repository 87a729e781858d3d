"""Params and results of the actions on the review log."""

from __future__ import annotations

from itertools import chain
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import INT64, AnyOf, Boolean, Dict, Ids, Integer, List, Nested, String

_NUMBERS = """Nine numbers: id (time of the answer in milliseconds since 1970), card id, usn (-1 until synced), button
(1-4, 0 for a change by hand), new and last interval (days; negative for seconds), factor (ease in tenths of a percent),
time taken (ms), kind (0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled)."""
ROW = " ".join(_NUMBERS.split())
WIDTH = 9

COUNT = Integer("Number of log entries; a card can have several.", title="ReviewCount")
COUNTS_BY_DAY = List(
    List(AnyOf(String(title="Day"), Integer(title="EntriesOfDay"), title="DayOrCount"), title="DayAndCount"),
    "Pairs of local date (`2026-11-23`) and number of log entries, newest first; days without entries are left out.",
    title="ReviewCountsByDay",
)
REPORT = String("HTML for display; its layout changes with Anki.", title="StatisticsReport")
REVIEW_ROWS = List(Ids(ROW, title="ReviewRow"), "Log entries in no particular order.", title="ReviewRows")
REVIEW_ID = Integer(
    "Largest id: time of the last answer in milliseconds since 1970; 0 for none.", title="LatestReviewId"
)


class Review(Object):
    """An entry of the review log."""

    id = Integer("Time of the answer in milliseconds since 1970.", required=True)
    usn = Integer("-1 until synced.", required=True)
    ease = Integer("Button: 1-4; 0 for a change by hand.", required=True)
    ivl = Integer("New interval in days; negative for seconds.", required=True)
    last_ivl = Integer("Interval before, in the same units.", required=True)
    factor = Integer("Ease in tenths of a percent.", required=True)
    time = Integer("Time taken in milliseconds.", required=True)
    type = Integer("0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled.", required=True)


REVIEWS_BY_CARD = Dict(
    List(Nested(Review), title="ReviewsOfCard", allow_none=True),
    "Log entries by card id as text, oldest first; null for an unknown id without entries.",
    title="ReviewsByCard",
)


class GetCollectionStatsHTML(Params):
    whole_collection = Boolean("If false, only for the current deck and its sub-decks.", load_default=True)


class OfDeck(Params):
    deck = String("Deck name, compared without case.", required=True)


class CardReviews(OfDeck):
    start_id = Integer(
        "Only entries with a larger id: time in milliseconds since 1970.", required=True, data_key="startID"
    )


class GetReviewsOfCards(Params):
    cards = Ids("Card ids.", required=True)


class ReviewRow(List):
    """One row."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        row = super()._deserialize(value, attr, data, **more)
        if len(row) != WIDTH:
            raise ma.ValidationError(f"Must be {WIDTH} numbers, not {len(value)}.")
        return row


class Rows(List):
    """Rows of whole numbers, checked all at once."""

    def __init__(self, description: str, **more: Any) -> None:
        super().__init__(ReviewRow(Integer(), ROW, title="NewReviewRow"), description, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if isinstance(value, list) and set(map(type, value)) <= {list} and set(map(len, value)) <= {WIDTH}:
            numbers = list(chain.from_iterable(value))
            if not numbers or (set(map(type, numbers)) == {int} and min(numbers) in INT64 and max(numbers) in INT64):
                return value
        return super()._deserialize(value, attr, data, **more)


class InsertReviews(Params):
    reviews = Rows("Rows as in cardReviews. Their usn is ignored: new entries are not synced yet.", required=True)
