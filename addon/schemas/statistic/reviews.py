"""What the actions on the review log take and give."""

from __future__ import annotations

import re
from itertools import chain
from math import floor, isfinite
from typing import Any

from ..base import Object, Params
from ..fields.basic import (
    INT64,
    AnyOf,
    Boolean,
    Ids,
    Integer,
    List,
    Mapped,
    Nested,
    String,
    blank_for_null,
    empty_list_for_empty,
    has_no_length,
)
from ..fields.ids import IdsAsSent, sql_text

_NUMBERS = """Nine numbers: id (time of the answer in milliseconds since 1970), card id, usn (-1 until synced), button
(1-4, 0 for a change by hand), new and last interval (days; negative for seconds), factor (ease in tenths of a percent),
time taken (ms), kind (0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled)."""
ROW = " ".join(_NUMBERS.split())
WIDTH = 9

COUNT = Integer("Number of log entries; several for a card count each.", title="ReviewCount")
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
    id = Integer("Time of the answer in milliseconds since 1970.", required=True)
    usn = Integer("-1 until synced.", required=True)
    ease = Integer("Button: 1-4; 0 for a change by hand.", required=True)
    ivl = Integer("New interval in days; negative for seconds.", required=True)
    last_ivl = Integer("Interval before, in the same units.", required=True)
    factor = Integer("Ease in tenths of a percent.", required=True)
    time = Integer("Time taken in milliseconds.", required=True)
    type = Integer("0 learning, 1 review, 2 relearning, 3 filtered, 4 by hand, 5 rescheduled.", required=True)


REVIEWS_BY_CARD = Mapped(
    List(Nested(Review), title="ReviewsOfCard"),
    "Card id as text to its log entries, oldest first.",
    title="ReviewsByCard",
)


class GetCollectionStatsHTML(Params):
    whole_collection = Boolean("False reports on the current deck and its sub-decks only.", load_default=True)


class OfDeck(Params):
    deck = String("Deck name, compared without case.", required=True, tolerate=blank_for_null)


def _compared(value: Any) -> Any:
    """SQLite compares with fractions too, finds text greater than every number, and nothing greater than null."""
    if value is None or isinstance(value, str):
        return INT64[-1]
    return floor(value) if isinstance(value, float) and isfinite(value) else value


class CardReviews(OfDeck):
    start_id = Integer(
        "Only entries with a larger id: time in milliseconds since 1970.",
        required=True,
        data_key="startID",
        tolerate=_compared,
    )


class GetReviewsOfCards(Params):
    cards = IdsAsSent("Card ids.", required=True)


def _no_value(value: Any) -> str:
    if isinstance(value, float):
        return _failure("TypeMismatch", 20, "datatype mismatch")
    return sql_text(value)


def _failure(kind: str, code: int, text: str) -> str:
    """A refusal of SQLite, as Anki puts it."""
    error = f"Error {{ code: {kind}, extended_code: {code} }}"
    return f'DbError {{ info: "SqliteFailure({error}, Some(\\"{text}\\"))", kind: Other }}'


def _whole(value: Any) -> Any:
    """The number that SQLite reads where a value is pasted into a statement; the value itself if it is no whole one."""
    written = re.fullmatch(r" *([+-]?[0-9]{1,19})(?:\.0*)? *", value) if isinstance(value, str) else None
    if written:
        return int(written[1])
    return int(value) if isinstance(value, float) and value.is_integer() else value


class _Row(List):
    """One row. A tolerant one takes what SQLite reads as whole numbers."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if self.is_tolerant and isinstance(value, list):
            value = [_whole(x) for x in value]
        row = super()._deserialize(value, attr, data, **more)
        if len(row) != WIDTH:
            text = f"{len(row)} values for {WIDTH} columns"
            raise self.flaw(f"Not {WIDTH} numbers.", value, _failure("Unknown", 1, text))
        return row


class Rows(List):
    """Rows of whole numbers, checked all at once."""

    legacy = staticmethod(has_no_length)

    def __init__(self, description: str, **more: Any) -> None:
        super().__init__(_Row(Integer(legacy=_no_value), ROW, title="NewReviewRow"), description, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if isinstance(value, list) and set(map(type, value)) <= {list} and set(map(len, value)) <= {WIDTH}:
            numbers = list(chain.from_iterable(value))
            if not numbers or (set(map(type, numbers)) == {int} and min(numbers) in INT64 and max(numbers) in INT64):
                return value
        return super()._deserialize(value, attr, data, **more)


class InsertReviews(Params):
    reviews = Rows(
        "Rows as cardReviews gives them. Their usn is not looked at: new entries are yet to sync.",
        required=True,
        tolerate=empty_list_for_empty,
    )
