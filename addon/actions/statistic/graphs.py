"""The numbers behind all graphs of Anki's statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...collection.errors import InvalidSearch
from ...collection.singles import single
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.statistic import graphs as s
from .. import searching
from .overview import PERIODS, counts_of, today_of

if TYPE_CHECKING:
    from anki.stats_pb2 import GraphsResponse

_BUTTONS = 4
_HOURS = 24
_SPANS = {"month": "one_month", "threeMonths": "three_months", "year": "one_year", "allTime": "all_time"}
_KINDS = {"learning": "learn", "relearning": "relearn", "young": "young", "mature": "mature", "filtered": "filtered"}
_NO_PRESSES = {name: [0] * _BUTTONS for name in ("learning", "young", "mature")}
_NO_HOURS = [{"answers": 0, "correct": 0}] * _HOURS
_NO_RETENTION = dict.fromkeys(("youngPassed", "youngFailed", "maturePassed", "matureFailed"), 0)
_NO_COUNTS = dict.fromkeys(("new", "learning", "relearning", "young", "mature", "suspended", "buried"), 0)


@action(
    "graphs",
    s.GraphParams,
    s.GRAPHS,
    errors=[InvalidSearch],
    examples=[
        Example(
            "of a search that finds nothing",
            {"query": "deck:Default", "days": 365},
            {
                "buttons": dict.fromkeys(_SPANS, _NO_PRESSES),
                "hours": dict.fromkeys(_SPANS, _NO_HOURS),
                "intervals": [],
                "eases": {"median": None, "counts": []},
                "difficulty": {"median": None, "counts": []},
                "stability": [],
                "retrievability": {"average": None, "sumByCard": 0.0, "sumByNote": 0.0, "counts": []},
                "added": [],
                "reviews": [],
                "futureDue": {"dailyLoad": 0, "counts": []},
                "cardCounts": {"separate": _NO_COUNTS, "together": _NO_COUNTS},
                "today": dict.fromkeys(
                    ("answers", "correct", "milliseconds", "learning", "review", "relearning", "filtered"), 0
                ),
                "trueRetention": dict.fromkeys(
                    ("today", "yesterday", "week", "month", "year", "allTime"), _NO_RETENTION
                ),
                "fsrs": False,
            },
        )
    ],
)
def graphs(ctx: Context, query: str, days: int) -> dict[str, Any]:
    """Return the numbers behind all graphs of Anki's statistics, for all cards or for those that a search finds.

    `collectionStatistics` and `dueForecast` return the most wanted of them in a shorter form.
    """
    found = searching.graphs(ctx, query, days)
    recall, due = found.retrievability, found.future_due
    return {
        "buttons": {span: _presses(getattr(found.buttons, name)) for span, name in _SPANS.items()},
        "hours": {span: _hours(getattr(found.hours, name)) for span, name in _SPANS.items()},
        "intervals": _rows("days", found.intervals.intervals),
        "eases": _percentages(found.eases),
        "difficulty": _percentages(found.difficulty),
        "stability": _rows("days", found.stability.intervals),
        "retrievability": {
            "average": single(recall.average) if recall.retrievability else None,
            "sumByCard": single(recall.sum_by_card),
            "sumByNote": single(recall.sum_by_note),
            "counts": _rows("percent", recall.retrievability),
        },
        "added": _rows("day", found.added.added),
        "reviews": [
            {"day": day, "counts": _by_kind(count), "milliseconds": _by_kind(found.reviews.time[day])}
            for day, count in sorted(found.reviews.count.items())
        ],
        "futureDue": {"dailyLoad": due.daily_load, "counts": _rows("day", due.future_due)},
        "cardCounts": {
            "separate": counts_of(found.card_counts.excluding_inactive),
            "together": counts_of(found.card_counts.including_inactive),
        },
        "today": today_of(found.today),
        "trueRetention": {name: _retention(getattr(found.true_retention, of)) for name, of in PERIODS.items()},
        "fsrs": found.fsrs,
    }


def _rows(key: str, counts: Mapping[int, int]) -> list[dict[str, int]]:
    return [{key: value, "cards": count} for value, count in sorted(counts.items())]


def _percentages(found: GraphsResponse.Eases) -> dict[str, Any]:
    median = single(found.average) if found.eases else None  # Anki's name for it is wrong
    return {"median": median, "counts": _rows("percent", found.eases)}


def _presses(found: GraphsResponse.Buttons.ButtonCounts) -> dict[str, list[int]]:
    return {name: [*getattr(found, name)] or [0] * _BUTTONS for name in _NO_PRESSES}


def _hours(found: Sequence[GraphsResponse.Hours.Hour]) -> list[dict[str, int]]:
    return [{"answers": hour.total, "correct": hour.correct} for hour in found] or _NO_HOURS


def _by_kind(found: GraphsResponse.ReviewCountsAndTimes.Reviews) -> dict[str, int]:
    return {name: getattr(found, of) for name, of in _KINDS.items()}


def _retention(found: GraphsResponse.TrueRetentionStats.TrueRetention) -> dict[str, int]:
    return {
        "youngPassed": found.young_passed,
        "youngFailed": found.young_failed,
        "maturePassed": found.mature_passed,
        "matureFailed": found.mature_failed,
    }
