"""Statistics of decks and of the collection, the due forecast, and the study streak."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...collection.errors import DeckNotFound, InvalidSearch
from ...collection.rows import typed
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.statistic import overview as s
from .. import searching
from ..deck.current import existing_deck

if TYPE_CHECKING:
    from anki.decks import DeckTreeNode
    from anki.stats_pb2 import GraphsResponse

_KINDS = ("new", "learning", "relearning", "young", "mature", "suspended", "buried")
_NO_CARDS = dict.fromkeys(_KINDS, 0)
_EMPTY = {"isFiltered": False, "newToday": 0, "learningToday": 0, "reviewToday": 0, "cards": 0, "counts": _NO_CARDS}
"""What is reported for the deck Default while it is empty: Anki's tree has no such deck."""
_NO_REVIEWS = {"passed": 0, "failed": 0, "rate": None}
PERIODS = {
    **{name: name for name in ("today", "yesterday", "week", "month", "year")},
    "allTime": "all_time",
}
"""The periods of retention, and their names in Anki."""


@action(
    "deckStatistics",
    s.OfDecks,
    s.DECK_STATISTICS,
    errors=[DeckNotFound],
    examples=[
        Example(
            "an empty deck",
            {"decks": ["Default"]},
            [{"deckId": 1, "name": "Default", **_EMPTY}],
        ),
        Example(
            "a deck",
            {"decks": ["Italian::A1"]},
            [
                {
                    "deckId": 1700000002002,
                    "name": "Italian::A1",
                    "isFiltered": False,
                    "newToday": 2,
                    "learningToday": 0,
                    "reviewToday": 0,
                    "cards": 2,
                    "counts": {**_NO_CARDS, "new": 2},
                }
            ],
        ),
    ],
)
def deck_statistics(ctx: Context, decks: list[str] | None) -> list[dict[str, Any]]:
    """Count each deck's cards that are due today, and its cards by state, sub-decks included.

    Cards in a filtered deck count for that deck. The call fails if a name is unknown.
    """
    assert ctx.col.db is not None
    counts: dict[int, dict[str, int]] = {}
    for deck_id, kind, number in ctx.col.db.all(_COUNTS):
        counts.setdefault(deck_id, dict(_NO_CARDS))[_KINDS[kind]] = number
    ctx.give_way()
    found: dict[int, dict[str, Any]] = {}

    def visit(node: DeckTreeNode, parent: str) -> dict[str, int]:
        name = f"{parent}::{node.name}" if parent else node.name
        total = dict(counts.get(node.deck_id, _NO_CARDS))
        entry = found[node.deck_id] = {
            "deckId": node.deck_id,
            "name": name,
            "isFiltered": node.filtered,
            "newToday": node.new_count,
            "learningToday": node.learn_count,
            "reviewToday": node.review_count,
        }
        for child in node.children:
            for kind, number in visit(child, name).items():
                total[kind] += number
        entry.update(cards=sum(total.values()), counts=total)
        return total

    wanted = None if decks is None else [existing_deck(ctx, name) for name in decks]
    for top in ctx.col.sched.deck_due_tree().children:
        visit(top, "")
    if wanted is None:
        return list(found.values())
    return [found.get(id) or {"deckId": id, "name": ctx.col.decks.name(id), **_EMPTY} for id in wanted]


# Like Anki's graph of card counts, which Anki has only for the whole collection or a search. SQLite sorts the cards to
# group them: by one number in half of the time that two columns take.
_COUNTS = """
select key >> 3, key & 7, number from (
    select did << 3 | case
        when queue = -1 then 5 when queue in (-2, -3) then 6
        when type = 0 then 0 when type = 1 then 1 when type = 3 then 2
        when ivl < 21 then 3 else 4 end as key, count() as number
    from cards where typeof(did) = 'integer' group by key
)"""
"""Deck, position in `_KINDS`, and count."""


@action(
    "collectionStatistics",
    s.Searched,
    s.COLLECTION_STATISTICS,
    errors=[InvalidSearch],
    examples=[
        Example(
            "one deck of it",
            {"query": "deck:Italian"},
            {
                "notes": 2,
                "cards": 2,
                "counts": {**_NO_CARDS, "new": 2},
                "today": {
                    "answers": 0,
                    "correct": 0,
                    "milliseconds": 0,
                    "learning": 0,
                    "review": 0,
                    "relearning": 0,
                    "filtered": 0,
                },
                "retention": {
                    **dict.fromkeys(("today", "yesterday", "week", "month", "year", "allTime"), _NO_REVIEWS),
                },
                "fsrs": False,
            },
        )
    ],
)
def collection_statistics(ctx: Context, query: str) -> dict[str, Any]:
    """Return card counts, today's answers and the retention, for all cards or for those that a search finds.

    The numbers are those of Anki's graphs.
    """
    graphs = searching.graphs(ctx, query, days=0)
    counts = counts_of(graphs.card_counts.excluding_inactive)
    ctx.give_way()
    return {
        "notes": len(searching.find_notes(ctx, query)),
        "cards": sum(counts.values()),
        "counts": counts,
        "today": today_of(graphs.today),
        "retention": {name: _retention(getattr(graphs.true_retention, of)) for name, of in PERIODS.items()},
        "fsrs": graphs.fsrs,
    }


def counts_of(by_state: GraphsResponse.CardCounts.Counts) -> dict[str, int]:
    """The numbers of cards by state; see `CardCounts`."""
    return {
        "new": by_state.newCards,
        "learning": by_state.learn,
        "relearning": by_state.relearn,
        "young": by_state.young,
        "mature": by_state.mature,
        "suspended": by_state.suspended,
        "buried": by_state.buried,
    }


def today_of(today: GraphsResponse.Today) -> dict[str, int]:
    """The answers of today; see `Today`."""
    return {
        "answers": today.answer_count,
        "correct": today.correct_count,
        "milliseconds": today.answer_millis,
        "learning": today.learn_count,
        "review": today.review_count,
        "relearning": today.relearn_count,
        "filtered": today.early_review_count,
    }


def _retention(stats: GraphsResponse.TrueRetentionStats.TrueRetention) -> dict[str, Any]:
    passed, failed = stats.young_passed + stats.mature_passed, stats.young_failed + stats.mature_failed
    return {"passed": passed, "failed": failed, "rate": passed / (passed + failed) if passed + failed else None}


@action(
    "dueForecast",
    s.DueForecast,
    s.FORECAST,
    errors=[InvalidSearch],
    examples=[
        Example(
            "today, and nothing is due",
            {"query": "deck:Italian", "days": 1},
            {"overdue": 0, "days": [{"day": 0, "date": "2026-11-24", "count": 0}]},
        )
    ],
)
def due_forecast(ctx: Context, query: str, days: int) -> dict[str, Any]:
    """Count the cards that become due on each of the next days. A day begins at the hour in Anki's preferences."""
    due = searching.graphs(ctx, query, days=1).future_due.future_due  # 0 would make Anki read the whole log
    today = current_day(ctx)
    return {
        "overdue": sum(count for day, count in due.items() if day < 0),
        "days": [
            {"day": day, "date": str(today + timedelta(days=day)), "count": due.get(day, 0)} for day in range(days)
        ],
    }


@action(
    "studyStreak",
    NoParams,
    s.STREAK,
    examples=[
        Example(
            "one day, long ago",
            {},
            {"current": 0, "longest": 1, "daysStudied": 1, "studiedToday": False, "lastDay": "2023-11-15"},
        )
    ],
)
def study_streak(ctx: Context) -> dict[str, Any]:
    """Count the days in a row with at least one answer. A day begins at the hour in Anki's preferences.

    Answers with a time in the future, or before the year 1, do not count.
    """
    assert ctx.col.db is not None
    today = current_day(ctx)
    days = [date.fromisoformat(day) for day in ctx.col.db.list(_DAYS, f"-{_rollover(ctx)} hours", str(today))]
    length = longest = current = 0
    for before, day in pairwise([date.min, *days]):
        length = length + 1 if day - before == timedelta(days=1) else 1
        longest = max(longest, length)
    if days and today - days[-1] <= timedelta(days=1):
        current = length
    return {
        "current": current,
        "longest": longest,
        "daysStudied": len(days),
        "studiedToday": bool(days) and days[-1] == today,
        "lastDay": str(days[-1]) if days else None,
    }


# Time zones differ by full quarters of an hour. The hours are subtracted from the local time: on a day
# when the clock changes, a different number of hours has really passed.
_DAYS = """
select distinct date(quarter * 900, 'unixepoch', 'localtime', ?) as day
from (select distinct id / 900000 as quarter from revlog where ease > 0)
where day between '0001-01-01' and ? order by day"""


def current_day(ctx: Context) -> date:
    """The local date on which Anki's present day began."""
    # the middle of that day, which no change of the clock moves to another date
    middle = ctx.col.sched.day_cutoff - 43_200 - _rollover(ctx) * 3600
    return date.fromtimestamp(middle)  # noqa: DTZ012  (a local date)


def _rollover(ctx: Context) -> int:
    """The hour at which Anki's day begins."""
    hour: int = ctx.col.get_config("rollover", 4)
    return hour


_REVIEW = {
    "id": 1700064000000,
    "usn": -1,
    "ease": 3,
    "ivl": -600,
    "lastIvl": -60,
    "factor": 2500,
    "time": 5210,
    "type": 0,
    "cardId": 1700000001002,
}


@action(
    "reviewLog",
    s.ReviewLog,
    s.REVIEW_PAGE,
    errors=[InvalidSearch],
    examples=[Example("all of it", {}, {"reviews": [_REVIEW], "next": None})],
)
def review_log(ctx: Context, after: int, limit: int, before: int | None, query: str | None) -> dict[str, Any]:
    """List the entries of the review log in pages, oldest first.

    Answers recorded between two calls appear on a later page, and no entry appears twice. But a sync can bring entries
    from another device that are older than a page already read.
    """
    assert ctx.col.db is not None
    if query is None:
        rows = ctx.col.db.all(f"{_LOG} order by id limit ?", after, before, limit + 1)
    else:
        cards = str(list(searching.find_cards(ctx, query)))
        ctx.give_way()
        where = "and cid in (select value from json_each(?))"
        rows = ctx.col.db.all(f"{_LOG} {where} order by id limit ?", after, before, cards, limit + 1)
    page = [dict(zip(_REVIEW, row, strict=True)) for row in rows[:limit]]
    return {"reviews": page, "next": page[-1]["id"] if len(rows) > limit else None}


_LOG = f"""
select {", ".join(map(typed, ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type", "cid")))} from revlog
where id > ? and id < coalesce(?, 1 << 62)"""  # noqa: S608  (constants)
