"""Cards: finding and describing them, and reporting their state."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Container, Sequence
from functools import cache, lru_cache
from typing import Any

from anki.cards import CardId
from anki.consts import CARD_TYPE_NEW, QUEUE_TYPE_SUSPENDED
from anki.errors import BackendError
from anki.utils import from_json_bytes, split_fields

from ...collection.damage import names_by_id, note_type_of
from ...collection.errors import CardNotFound, InvalidSearch
from ...collection.rows import (
    READABLE_CARD,
    ROWS_PER_PART,
    Member,
    as_it_is,
    chosen,
    column_of,
    described,
    known_with,
    page,
    rows_in_parts,
    split_by,
    unreadable,
)
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.card import cards as s
from ...schemas.fields.cards import Cards
from ...schemas.fields.search import Find
from ...text.plain import without_isolates
from .. import searching
from ..note.reading import field_values, name_and_fields
from .rendering import render

FLAG_BITS = 0b111
"""The bits of a card's `flags` that hold its flag."""


@action(
    "findCards",
    Find,
    s.CARD_IDS,
    errors=[InvalidSearch, Refused],
    examples=[
        Example("by deck", {"query": "deck:Italian::A1"}, [1700000001001, 1700000001002]),
        Example("the second one", {"query": "deck:Italian", "limit": 1, "offset": 1}, [1700000001002]),
        Example("new ones, but for a tag", {"query": "deck:Italian is:new -tag:fruit"}, [1700000001002]),
        Example(
            "the one with the latest due date",
            {"query": "deck:Italian", "limit": 1, "offset": 0, "orderBy": "cardDue", "descending": True},
            [1700000001002],
        ),
    ],
)
def find_cards(ctx: Context, query: str | None, limit: int | None, offset: int, **order: Any) -> list[int]:
    """Return the ids of the cards that a search finds, by `orderBy` and then by id.

    Without `orderBy`, pages are in the order of the ids.
    """
    return [] if query is None else searching.page_of_cards(ctx, query, limit, offset, **order)


@action(
    "cardsInfo",
    s.CardsInfo,
    s.CARD_INFOS,
    examples=[
        Example(
            "a card, and an id that does not exist",
            {"cards": [1700000001001, 1234567890123]},
            [
                {
                    "cardId": 1700000001001,
                    "fields": {"Word": {"value": "mela", "order": 0}, "Meaning": {"value": "apple", "order": 1}},
                    "fieldOrder": 0,
                    "question": "<style>.card { font-size: 24px; }</style>mela",
                    "answer": "<style>.card { font-size: 24px; }</style>mela\n\n<hr id=answer>\n\napple",
                    "modelName": "Italian vocab",
                    "ord": 0,
                    "deckName": "Italian::A1",
                    "css": ".card { font-size: 24px; }",
                    "factor": 0,
                    "interval": 0,
                    "note": 1700000000001,
                    "type": 0,
                    "queue": 0,
                    "due": 1,
                    "reps": 0,
                    "lapses": 0,
                    "left": 0,
                    "mod": 1700000000,
                    "nextReviews": ["<1m", "<6m", "<10m", "3d"],
                    "flags": 0,
                    "homeDeckName": "Italian::A1",
                },
                {},
            ],
        ),
        Example(
            "a page, and little of each card",
            {
                "cards": [1700000001001, 1700000001002],
                "limit": 1,
                "offset": 1,
                "fields": ["cardId", "deckName", "due"],
                "noteFields": ["Word"],
            },
            [
                {
                    "cardId": 1700000001002,
                    "fields": {"Word": {"value": "uva", "order": 0}},
                    "deckName": "Italian::A1",
                    "due": 2,
                }
            ],
        ),
    ],
)
def cards_info(
    ctx: Context,
    cards: list[int],
    limit: int | None,
    offset: int,
    members: list[str] | None,
    note_fields: list[str] | None,
) -> list[dict[str, Any]]:
    """Describe cards: content, rendered sides, deck and scheduling, in the order of the ids.

    Naming `fields` or reading in pages saves time: `question`, `answer` and `nextReviews` are the slow members.
    """
    col = ctx.col
    cards = page(cards, limit, offset)
    deck_names = names_by_id(col, "decks")

    @cache
    def model(model_id: int) -> tuple[str, list[str], str]:
        found = note_type_of(col, model_id)
        return (*name_and_fields(ctx, model_id), found["css"] if found else "")

    @lru_cache(ROWS_PER_PART)
    def sides(card_id: int, model_id: int) -> tuple[str, str]:
        question, answer = render(col, card_id, model(model_id)[2], model_id)
        ctx.count_result(len(question) + len(answer))
        ctx.give_way()
        return question, answer

    def labels(card_id: int) -> list[str]:
        ctx.give_way()
        return next_reviews(ctx, card_id)

    members_of: dict[str, Member] = {
        "cardId": ("c.id", as_it_is),
        "fields": ("n.mid n.flds", lambda mid, fields: field_values(model(mid)[1], split_fields(fields), note_fields)),
        "fieldOrder": ("c.ord", as_it_is),
        "question": ("c.id n.mid", lambda card_id, mid: sides(card_id, mid)[0]),
        "answer": ("c.id n.mid", lambda card_id, mid: sides(card_id, mid)[1]),
        "modelName": ("n.mid", lambda mid: model(mid)[0]),
        "ord": ("c.ord", as_it_is),
        "deckName": ("c.did", lambda deck_id: deck_names.get(deck_id, "")),
        "css": ("n.mid", lambda mid: model(mid)[2]),
        "factor": ("c.factor", as_it_is),
        "interval": ("c.ivl", as_it_is),
        "note": ("c.nid", as_it_is),
        "type": ("c.type", as_it_is),
        "queue": ("c.queue", as_it_is),
        "due": ("c.due", as_it_is),
        "reps": ("c.reps", as_it_is),
        "lapses": ("c.lapses", as_it_is),
        "left": ("c.left", as_it_is),
        "mod": ("c.mod", as_it_is),
        "nextReviews": ("c.id", labels),
        "flags": ("c.flags", lambda flags: flags & FLAG_BITS),
        "homeDeckName": ("c.did c.odid", lambda deck_id, home_id: deck_names.get(home_id or deck_id, "")),
    }
    wanted = {name: members_of[name] for name in chosen(s.CARD_MEMBERS, members, fields=note_fields is not None)}
    is_of_note = any("n." in columns for columns, _ in wanted.values())
    tables = "cards c join notes n on n.id = c.nid" if is_of_note else "cards c"
    infos = described(ctx, "c.id", tables, cards, wanted)
    return [infos.get(card_id, {}) for card_id in cards]


def next_reviews(ctx: Context, card_id: int) -> list[str]:
    """The label of each answer button; empty labels if Anki cannot schedule the card."""
    try:
        states = ctx.col._backend.get_scheduling_states(card_id)
        labels = list(ctx.col._backend.describe_next_states(states))
    except BackendError:
        return ["", "", "", ""]
    return labels if ctx.tolerant else list(map(without_isolates, labels))


def card_not_found(card_id: int, **place: int) -> CardNotFound:
    """The error for an unknown id; `place` may hold its `index` in a list."""
    return CardNotFound(f"Card was not found: {card_id}", card=card_id, **place)


def require_cards(cards: Sequence[int], known: Container[int]) -> None:
    """Raise CardNotFound for the first id that is not among the known ones."""
    if not all(map(known.__contains__, cards)):
        index = next(index for index, card_id in enumerate(cards) if card_id not in known)
        raise card_not_found(cards[index], index=index)


def refuse_unknown_cards(ctx: Context, cards: Sequence[int]) -> None:
    """Raise CardNotFound for the first unknown id. A tolerant call skips unknown ids."""
    if not ctx.tolerant:
        require_cards(cards, {row[0] for row in rows_in_parts(ctx, "select id from cards where id in ids", cards)})


def cards_with(ctx: Context, condition: str, cards: Sequence[int]) -> list[CardId]:
    """The ids of the cards that meet a condition in SQL, each once.

    Raises CardNotFound for an unknown id, and Refused if Anki cannot read one of the cards.
    """
    meeting, others = split_by(ctx, f"{condition} and {READABLE_CARD}", cards)
    value = f"iif({condition}, ifnull({READABLE_CARD}, 0), null)"
    select = f"select id, {value} from cards where id in ids"  # noqa: S608  (no outer value)
    found: dict[CardId, int | None] = dict(rows_in_parts(ctx, select, others))
    if len(found) < len(others):
        require_cards(cards, {*meeting, *found})
    for card_id, is_readable in found.items():
        if is_readable == 0:
            raise unreadable("card", card_id)
    return [*meeting, *(card_id for card_id, meets in found.items() if meets)]


def known_cards_with(ctx: Context, condition: str, cards: Sequence[int]) -> list[CardId]:
    """Return the ids of the cards that meet an SQL condition, each once, in the order of the call.

    Raises CardNotFound for the first unknown id. A tolerant call skips unknown ids.
    """
    known = known_with(ctx, condition, cards)
    if len(known) < len(cards):
        refuse_unknown_cards(ctx, cards)
    return known


CARDS_PER_CHUNK = 4_000
"""Cards per backend call: other callers and Anki's window wait for at most one such call."""


def change_cards(ctx: Context, cards: Sequence[CardId], change: Callable[[Sequence[CardId]], Any]) -> None:
    """Change cards by calls into Anki, each chunk by one atomic call, and all as one step in Anki's undo menu."""
    for chunk in ctx.chunks(cards, CARDS_PER_CHUNK):
        ctx.write(change, chunk)


@action(
    "suspended",
    s.Card,
    s.IS_SUSPENDED,
    errors=[CardNotFound],
    examples=[Example("a card", {"card": 1700000001001}, False)],
)
def suspended(ctx: Context, card: int) -> bool:
    """Return whether a card is suspended."""
    (state,) = are_suspended(ctx, [card])
    if state is None:
        raise card_not_found(card)
    return state


@action(
    "areSuspended",
    Cards,
    s.ARE_SUSPENDED,
    examples=[
        Example("a card, and an id that does not exist", {"cards": [1700000001001, 1234567890123]}, [False, None])
    ],
)
def are_suspended(ctx: Context, cards: Sequence[int]) -> list[bool | None]:
    """Report for each card whether it is suspended; null if the card does not exist."""
    queues: dict[int, int] = dict(
        rows_in_parts(ctx, "select id, cast(queue as integer) from cards where id in ids", cards)
    )
    return [queues[card_id] == QUEUE_TYPE_SUSPENDED if card_id in queues else None for card_id in cards]


@action(
    "getEaseFactors",
    Cards,
    s.EASE_FACTORS,
    examples=[
        Example("a new card, and an id that does not exist", {"cards": [1700000001001, 1234567890123]}, [0, None])
    ],
)
def get_ease_factors(ctx: Context, cards: list[int]) -> list[int | None]:
    """Return the ease factor of each card; null if the card does not exist."""
    factors: dict[int, int] = dict(
        rows_in_parts(ctx, "select id, cast(factor as integer) from cards where id in ids", cards)
    )
    return [factors.get(card_id) for card_id in cards]


@action(
    "cardsModTime",
    Cards,
    s.CARD_TIMES,
    examples=[
        Example(
            "a card, and an id that does not exist",
            {"cards": [1700000001001, 1234567890123]},
            [{"cardId": 1700000001001, "mod": 1700000000}, {}],
        )
    ],
)
def cards_mod_time(ctx: Context, cards: list[int]) -> list[dict[str, int]]:
    """Return when each card was last changed: a cheap way to watch for changes."""
    times: dict[int, int] = column_of(ctx.col, "cards", "mod", cards)
    entries = {card_id: {"cardId": card_id, "mod": mod} for card_id, mod in times.items()}
    return [entries.get(card_id, {}) for card_id in cards]


@action(
    "cardsToNotes",
    Cards,
    s.NOTES_OF_CARDS,
    errors=[CardNotFound],
    examples=[
        Example("two cards", {"cards": [1700000001001, 1700000001002]}, [1700000000001, 1700000000002]),
    ],
)
def cards_to_notes(ctx: Context, cards: list[int]) -> list[int]:
    """Return the ids of the notes that cards belong to, each once, in no particular order.

    The call fails if an id is unknown.
    """
    notes: dict[int, int] = dict(rows_in_parts(ctx, "select id, nid from cards where id in ids", cards))
    if not ctx.tolerant:
        require_cards(cards, notes)
    return [*dict.fromkeys(notes.values())]


# --- due and intervals, by the review log ---

_LATEST_REVIEWS = """
select c.id, c.type, r.id, cast(r.ivl as integer)
from cards c left join revlog r indexed by ix_revlog_cid
    on r.cid = c.id and r.id = (select max(id) from revlog indexed by ix_revlog_cid where cid = c.id)
where c.id in ids"""
"""Names the index, because SQLite reads the whole log for each card if it believes that there are few reviews."""

_LEARN_AHEAD_S = -1200
"""Seconds, negative as in the log. Up to this interval Anki's `is:due` is right: it adds the time to learn ahead."""


@action(
    "areDue",
    s.SearchedCards,
    s.ARE_DUE,
    examples=[
        Example("a new card, and an id that does not exist", {"cards": [1700000001001, 1234567890123]}, [True, None])
    ],
)
def are_due(ctx: Context, cards: list[int]) -> list[bool | None]:
    """Report for each card whether it is due, judged by its latest review.

    New cards are always due, even suspended ones. A card in a learning step of more than 20 minutes is due if that
    time has passed since its latest review; any other card is due if Anki's search `is:due` finds it.

    The result is null for an unknown id, and for a card that is not new but has no reviews.
    """
    now = time.time()
    due: dict[int, bool] = {}
    searched: list[int] = []
    for card_id, type, reviewed_at, interval in rows_in_parts(ctx, _LATEST_REVIEWS, cards):
        if type == CARD_TYPE_NEW:
            due[card_id] = True
        elif interval is None:
            continue
        elif interval >= _LEARN_AHEAD_S:
            searched.append(card_id)
        else:
            due[card_id] = reviewed_at / 1000 - interval <= now
    if searched:
        found = set(searching.find_cards(ctx, f"is:due cid:{','.join(map(str, searched))}"))
        due.update((card_id, card_id in found) for card_id in searched)
    return [due.get(card_id) for card_id in cards]


@action(
    "getIntervals",
    s.GetIntervals,
    s.INTERVALS,
    examples=[
        Example("a new card, and an id that does not exist", {"cards": [1700000001001, 1234567890123]}, [0, None]),
        Example("all intervals of the same", {"cards": [1700000001001, 1234567890123], "complete": True}, [0, None]),
    ],
)
def get_intervals(ctx: Context, cards: list[int], complete: bool) -> list[int | list[int] | None]:
    """Return the latest interval of each card, or all its intervals, from the review log.

    A new card has the interval 0, also with `complete`. For any other card without reviews, the latest interval is null
    and the list of all intervals is empty. For an unknown id, both are null.
    """
    if complete:
        histories = {
            card_id: 0 if type == CARD_TYPE_NEW else json.loads(intervals)
            for card_id, type, intervals in rows_in_parts(ctx, _HISTORIES, cards)
        }
        return [histories.get(card_id) for card_id in cards]
    latest = {
        card_id: 0 if type == CARD_TYPE_NEW else interval
        for card_id, type, _, interval in rows_in_parts(ctx, _LATEST_REVIEWS, cards)
    }
    return [latest.get(card_id) for card_id in cards]


_HISTORIES = """
select id, type, (
    select json_group_array(cast(ivl as integer) order by id) from revlog indexed by ix_revlog_cid where cid = c.id
)
from cards c
where id in ids"""


# --- chosen values of cards ---


@action(
    "cardsDetails",
    s.CardsDetails,
    s.CARD_DETAILS,
    errors=[CardNotFound, InvalidSearch],
    examples=[
        Example(
            "two values and a field",
            {"cards": [1700000001001], "fields": ["prop:s", "due"], "noteFields": ["Word"]},
            [{"cardId": 1700000001001, "prop:s": None, "due": 1, "fields": {"Word": {"value": "mela", "order": 0}}}],
        ),
        Example("nothing but the ids", {"cards": [1700000001001]}, [1700000001001]),
        Example(
            "found by a search",
            {"cards": None, "fields": ["queue"], "noteFields": [], "query": "mela"},
            [{"cardId": 1700000001001, "queue": 0}],
        ),
    ],
)
def cards_details(
    ctx: Context, cards: list[int] | None, fields: list[str], note_fields: list[str], query: str | None
) -> list[Any]:
    """Return chosen values of cards, given by ids or by a search: much faster than `cardsInfo`.

    If no value or field is chosen, the result is the list of ids. The call fails if an id is unknown.
    """
    cards = (cards or []) if query is None else list(searching.find_cards(ctx, query))
    model_names = cache(lambda model_id: name_and_fields(ctx, model_id)[1])

    def fields_of(model_id: int, text: str | None) -> dict[str, dict[str, Any]]:
        values = field_values(model_names(model_id), split_fields(text or ""))
        return {name: values[name] for name in note_fields if name in values}

    members: dict[str, Member] = {"cardId": ("c.id", as_it_is)}
    for name in fields:
        members[name] = _recall(ctx) if name == "prop:r" else _VALUES[name]
    tables = "cards c"
    if note_fields:
        members["fields"] = ("n.mid n.flds", fields_of)
        tables = "cards c left join notes n on n.id = c.nid"
    details = described(ctx, "c.id", tables, cards, members)
    require_cards(cards, details)
    return [details[card_id] for card_id in cards] if fields or note_fields else cards


def card_data(text: str | None) -> dict[str, Any]:
    """The JSON object that a card holds in `data`; empty for any other text, which Anki ignores, too."""
    if not text or text == "{}":
        return {}
    try:
        data = from_json_bytes(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def number(value: Any) -> float | None:
    """A number in a card's JSON; None for any other value, which Anki ignores, too."""
    return value if type(value) in (int, float) else None


def _of_data(key: str) -> Member:
    return "c.data", lambda text: number(card_data(text).get(key))


_VALUES: dict[str, Member] = {
    "due": ("c.due", as_it_is),
    "queue": ("c.queue", as_it_is),
    "type": ("c.type", as_it_is),
    "interval": ("c.ivl", as_it_is),
    "reps": ("c.reps", as_it_is),
    "prop:s": _of_data("s"),
    "prop:d": _of_data("dr"),
}
"""All but `prop:r`, which depends on the time."""


def _recall(ctx: Context) -> Member:
    recall = recall_of(ctx)

    def of_data(text: str | None, home_due: int, due: int, interval: int) -> float | None:
        data = card_data(text)
        return recall(data.get("s"), data.get("decay"), home_due or due, interval, data.get("lrt"))

    return "c.data c.odue c.due c.ivl", of_data


_MAX_DUE_DAY = 365_000
"""A larger due date is a time in seconds."""

_FSRS5_DECAY = 0.5
"""Cards with a memory state of FSRS-5 store no decay."""


def recall_of(ctx: Context) -> Callable[..., float | None]:
    """A function that returns how likely a card is remembered now, by FSRS; None without FSRS data."""
    now, today = time.time(), ctx.col.sched.today

    def recall(stability: Any, decay: Any, due: int, interval: int, reviewed_at: Any) -> float | None:
        stability, decay, reviewed_at = number(stability), number(decay) or _FSRS5_DECAY, number(reviewed_at)
        if not stability or stability < 0 or decay < 0:
            return None
        if reviewed_at or due > _MAX_DUE_DAY:
            days = (now - (reviewed_at or due - interval)) / 86400
        else:
            days = today - max(due - interval, 0)
        try:
            return float((1 + (0.9 ** (-1 / decay) - 1) * max(days, 0) / stability) ** -decay)
        except ArithmeticError:  # a decay or a stability that FSRS never stores
            return None

    return recall
