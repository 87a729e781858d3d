"""The review log: counting, reading and adding entries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from anki.collection import OpChanges
from anki.utils import to_json_bytes

from ...collection.errors import CardNotFound, DeckNotFound
from ...collection.rows import rows_in_parts, rows_of, sorted_rows_in_parts, typed
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.fields.basic import NOTHING
from ...schemas.statistic import reviews as s
from ...text.plain import without_isolates
from ..card.cards import refuse_unknown_cards
from ..deck.current import existing_deck
from ..deck.decks import parse_ids

if TYPE_CHECKING:
    from anki.dbproxy import DBProxy

_COLUMNS = ("id", "cid", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")
_INT32 = range(-(2**31), 2**31)
_READABLE = {
    "ease": range(2**8),
    "ivl": _INT32,
    "lastIvl": _INT32,
    "factor": range(2**32),
    "time": range(2**31),
    "type": range(2**8),
}
"""The values that Anki can read: others make its statistics, its sync or its database check fail."""

_DAY_S = 86_400
_QUARTER_HOUR_S = 900
_ROW = [1700064000000, 1700000001002, -1, 3, -600, -60, 2500, 5210, 0]


def _db(ctx: Context) -> DBProxy:
    db = ctx.col.db
    assert db is not None
    return db


# --- counting ---


@action("getNumCardsReviewedToday", NoParams, s.COUNT, examples=[Example("none", {}, 0)])
def get_num_cards_reviewed_today(ctx: Context) -> int:
    """Count today's entries in the review log, including manual changes.

    The day begins at the hour in Anki's preferences.
    """
    start = (ctx.col.sched.day_cutoff - _DAY_S) * 1000
    count: int = _db(ctx).scalar("select count() from revlog where id > ?", start)
    return count


@action("getNumCardsReviewedByDay", NoParams, s.COUNTS_BY_DAY, examples=[Example("all", {}, [["2023-11-15", 1]])])
def get_num_cards_reviewed_by_day(ctx: Context) -> list[Sequence[Any]]:
    """Count the entries in the review log of each day, newest day first.

    A day begins at the hour in Anki's preferences, in local time.
    """
    rollover = ctx.col.get_config("rollover", 4) * 3600
    return _db(ctx).all(_BY_DAY, rollover)


# Time zones differ by full quarters of an hour. A date for each entry would take most of the time.
_BY_DAY = f"""
select date(quarter * {_QUARTER_HOUR_S} - ?, 'unixepoch', 'localtime') as day, sum(entries)
from (select id / {_QUARTER_HOUR_S * 1000} as quarter, count() as entries from revlog group by quarter)
group by day order by day desc"""  # noqa: S608  (constants)


@action(
    "getCollectionStatsHTML",
    s.GetCollectionStatsHTML,
    s.REPORT,
    examples=[Example("all decks", {"wholeCollection": True}, "<center>...</center>")],
)
def get_collection_stats_html(ctx: Context, whole_collection: bool) -> str:
    """Return the statistics of Anki's old report as HTML."""
    stats = ctx.col.stats()
    stats.wholeCollection = whole_collection
    report = stats.report()
    return report if ctx.tolerant else without_isolates(report)


# --- reading ---


@action(
    "cardReviews",
    s.CardReviews,
    s.REVIEW_ROWS,
    errors=[DeckNotFound],
    examples=[
        Example("there is none", {"deck": "Default", "startID": 0}, []),
        Example("later ones", {"deck": "Italian::A1", "startID": 1700000000000}, [_ROW]),
    ],
)
def card_reviews(ctx: Context, deck: str, start_id: int) -> list[Sequence[Any]]:
    """List the review log entries of a deck's cards as rows of numbers.

    Only cards that are now in the deck itself count, not those in a sub-deck or a filtered deck.
    """
    return _db(ctx).all(_OF_DECK, start_id, existing_deck(ctx, deck))


_OF_DECK = f"""
select {", ".join(map(typed, _COLUMNS))} from revlog
where id > ? and cid in (select id from cards where did = ?)"""  # noqa: S608  (constants)


@action(
    "getLatestReviewID",
    s.OfDeck,
    s.REVIEW_ID,
    errors=[DeckNotFound],
    examples=[
        Example("there is none", {"deck": "Default"}, 0),
        Example("a deck", {"deck": "Italian::A1"}, 1700064000000),
    ],
)
def get_latest_review_id(ctx: Context, deck: str) -> int:
    """Return the largest id of a deck's entries in the review log; 0 if there is none.

    Only cards that are now in the deck itself count, not those in a sub-deck or a filtered deck.
    """
    statement = "select max(id) from revlog where cid in (select id from cards where did = ?)"
    return _db(ctx).scalar(statement, existing_deck(ctx, deck)) or 0


@action(
    "getReviewsOfCards",
    s.GetReviewsOfCards,
    s.REVIEWS_BY_CARD,
    examples=[
        Example(
            "a card with a history and one without",
            {"cards": [1700000001002, 1700000001001]},
            {
                "1700000001002": [{name: value for name, value in zip(_COLUMNS, _ROW, strict=True) if name != "cid"}],
                "1700000001001": [],
            },
        )
    ],
)
def get_reviews_of_cards(ctx: Context, cards: list[Any]) -> dict[str, list[dict[str, int]] | None]:
    """List the review log entries of each card, oldest first; null for an unknown id without entries."""
    ids = parse_ids(cards)
    wanted = {*filter(None, ids)}
    found: dict[int | None, list[dict[str, int]]] = {}
    for card_id, id, usn, ease, ivl, last_ivl, factor, time, type in sorted_rows_in_parts(ctx, _OF_CARDS, wanted):
        found.setdefault(card_id, []).append(
            {
                "id": id,
                "usn": usn,
                "ease": ease,
                "ivl": ivl,
                "lastIvl": last_ivl,
                "factor": factor,
                "time": time,
                "type": type,
            }
        )
    for (card_id,) in rows_in_parts(ctx, "select id from cards where id in ids", wanted - found.keys()):
        found[card_id] = []
    return {_member_name(sent): found.get(card_id) for sent, card_id in zip(cards, ids, strict=True)}


def _member_name(sent: Any) -> str:
    """A key as Python's JSON writes it."""
    return sent if isinstance(sent, str) else str(sent) if type(sent) is int else json.dumps(sent)


_OF_CARDS = f"select cid, {', '.join(typed(name) for name in _COLUMNS if name != 'cid')} from revlog where cid in ids"  # noqa: S608


# --- adding ---


@action(
    "insertReviews",
    s.InsertReviews,
    NOTHING,
    writes=True,
    undoable=False,
    errors=[CardNotFound, AlreadyExists, Refused],
    examples=[
        Example("one", {"reviews": [[1700064060000, 1700000001002, -1, 3, 1, -600, 2500, 4000, 0]]}, None),
    ],
)
def insert_reviews(ctx: Context, reviews: list[list[int]]) -> None:
    """Add entries to the review log, all or none; the scheduling of the cards is not changed.

    Refused are ids that are in use, and numbers that Anki cannot read. If a card is unknown, the call fails. Anki has
    no undoable call for this, so its undo history is cleared.
    """
    if not reviews:
        return
    refuse_unknown_cards(ctx, [row[1] for row in reviews])
    for name, values in zip(_COLUMNS, zip(*reviews, strict=True), strict=True):
        readable = _READABLE.get(name)
        if readable and not (min(values) in readable and max(values) in readable):
            index = next(index for index, value in enumerate(values) if value not in readable)
            raise Refused(f"Anki cannot read this {name}: {values[index]}", index=index, field=name)
    _refuse_used_ids(ctx, [row[0] for row in reviews])
    db = _db(ctx)
    db.transact(lambda: db.execute(_INSERT, to_json_bytes(reviews).decode()))
    ctx.host.changed(OpChanges(study_queues=True))


_INSERT = """
insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)
select value ->> 0, value ->> 1, -1, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8
from json_each(?)"""


def _refuse_used_ids(ctx: Context, ids: list[int]) -> None:
    used = {id for (id,) in rows_of(ctx.col, "select id from revlog where id in ids", ids)}
    if not used and len(set(ids)) == len(ids):
        return
    for index, id in enumerate(ids):
        if id in used:
            raise AlreadyExists(f"There is a review with this id already: {id}", index=index, review=id)
        used.add(id)
