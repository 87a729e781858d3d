"""Statistics of single cards, as Anki's *Card Info* shows them."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.consts import CARD_TYPE_NEW, MODEL_CLOZE

from ...collection.damage import names_by_id, note_type_of, preset_of
from ...collection.memory_trial import log_with_states
from ...collection.rows import rows_in_parts, typed
from ...collection.singles import singles
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.card import statistics as s
from ..statistic.overview import current_day
from ..study.fsrs import stored_params
from .cards import number, recall_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DAY_S = 86_400
_FIRST_TIME = 1_000_000_000
"""A larger due value is a time in seconds, a smaller one is a day (`is_unix_epoch_timestamp` in rslib)."""
_NOT_REVIEWED: dict[str, Any] = {
    "originalDeck": None,
    "modelName": "Italian vocab",
    "template": "Card 1",
    "preset": "Default",
    "added": 1700000001,
    "firstReview": None,
    "latestReview": None,
    "dueDate": None,
    "duePosition": 1,
    "interval": 0,
    "ease": 0,
    "reviews": 0,
    "lapses": 0,
    "averageSeconds": None,
    "totalSeconds": 0.0,
    "memory": None,
    "desiredRetention": None,
    "fsrsParams": [],
    "customData": "",
}


@action(
    "cardStats",
    s.CardStats,
    s.CARD_STATISTICS,
    examples=[
        Example(
            "a new card, and an id that does not exist",
            {"cards": [1700000001001, 1234567890123]},
            [{"cardId": 1700000001001, "noteId": 1700000000001, "deckName": "Italian::A1", **_NOT_REVIEWED}, None],
        ),
        Example(
            "with its log",
            {"cards": [1700000001002], "reviews": True},
            [
                {
                    "cardId": 1700000001002,
                    "noteId": 1700000000002,
                    "deckName": "Italian::A1",
                    **_NOT_REVIEWED,
                    "firstReview": 1700064000,
                    "latestReview": 1700064000,
                    "duePosition": 2,
                    "averageSeconds": 5.21,
                    "totalSeconds": 5.21,
                    "log": [
                        {
                            "id": 1700064000000,
                            "kind": "learning",
                            "ease": 3,
                            "interval": 600,
                            "lastInterval": 60,
                            "factor": 2500,
                            "time": 5210,
                            "memory": {"stability": 2.3065, "difficulty": 2.118104},
                        }
                    ],
                }
            ],
        ),
    ],
)
def card_stats(ctx: Context, cards: list[int], reviews: bool) -> list[dict[str, Any] | None]:
    """Return the statistics of each card: where it is, its schedule, its reviews and its memory state.

    Names are empty if the deck or the note is gone.
    """
    col = ctx.col
    deck_names = names_by_id(col, "decks")
    recall, due_date = recall_of(ctx), _due_date_of(ctx)

    @cache
    def model(model_id: int | None) -> tuple[str, bool, list[str]]:
        found = note_type_of(col, model_id) if model_id else None
        if found is None:
            return "", False, []
        return found["name"], found["type"] == MODEL_CLOZE, [template["name"] for template in found["tmpls"]]

    @cache
    def preset(deck_id: int) -> _Preset:
        return _preset_of(ctx, deck_id)

    found: dict[int, dict[str, Any]] = {}
    options: dict[int, bytes] = {}
    for row in map(_CardRow._make, ctx.paced(rows_in_parts(ctx, _CARDS, cards))):
        is_new, home = row.type == CARD_TYPE_NEW, row.home_deck or row.deck
        due = row.home_due if row.home_deck or row.home_due else row.due
        name, is_cloze, templates = model(row.model)
        stability, difficulty, reviewed_at = number(row.stability), number(row.difficulty), number(row.reviewed_at)
        memory = None
        if stability is not None and difficulty is not None:
            at = reviewed_at or (row.latest and row.latest // 1000)
            retrievability = recall(stability, row.decay, due, row.interval, at)
            memory = {"stability": stability, "difficulty": difficulty, "retrievability": retrievability}
        if row.answers and (stored := preset(home).options) is not None:
            options[row.id] = stored
        found[row.id] = {
            "cardId": row.id,
            "noteId": row.note,
            "deckName": deck_names.get(row.deck, ""),
            "originalDeck": deck_names.get(row.home_deck, "") if row.home_deck else None,
            "modelName": name,
            "template": dict(enumerate(templates)).get(0 if is_cloze else row.ord),
            "preset": preset(home).name,
            "added": row.id // 1000,
            "firstReview": row.first and row.first // 1000,
            "latestReview": row.latest and row.latest // 1000,
            "dueDate": None if is_new else due_date(due),
            "duePosition": row.position if isinstance(row.position, int) else due if is_new else None,
            "interval": row.interval,
            "ease": row.ease,
            "reviews": row.reviews,
            "lapses": row.lapses,
            "averageSeconds": row.milliseconds / 1000 / row.answers if row.answers else None,
            "totalSeconds": row.milliseconds / 1000,
            "memory": memory,
            "desiredRetention": number(row.retention),
            "fsrsParams": [*preset(home).params],
            "customData": row.custom_data if isinstance(row.custom_data, str) else "",
        }
    if reviews:
        _add_logs(ctx, found, options)
    return [found.get(card_id) for card_id in cards]


class _CardRow(NamedTuple):
    """The columns of `_CARDS`."""

    id: int
    note: int
    deck: int
    home_deck: int
    ord: int
    type: int
    due: int
    home_due: int
    interval: int
    ease: int
    reviews: int
    lapses: int
    model: int | None
    position: Any
    stability: Any
    difficulty: Any
    retention: Any
    decay: Any
    reviewed_at: Any
    custom_data: Any
    first: int | None
    latest: int | None
    answers: int
    milliseconds: int


_COLUMNS = map(
    typed, ["c.nid", "c.did", "c.odid", "c.ord", "c.type", "c.due", "c.odue", "c.ivl", "c.factor", "c.reps", "c.lapses"]
)
_DATA = "iif(json_valid(c.data), c.data, '{}')"
_OF_DATA = (f"{_DATA} ->> '{key}'" for key in ("pos", "s", "d", "dr", "decay", "lrt", "cd"))
_OF_LOG = (
    "min(id) filter (where cast(ease as integer) > 0)",
    "max(id) filter (where cast(ease as integer) > 0)",
    "count() filter (where cast(ease as integer) > 0)",
    "coalesce(sum(cast(time as integer)), 0)",
)
_CARDS = f"""
select c.id, {", ".join(_COLUMNS)}, (select {typed("mid")} from notes where id = c.nid), {", ".join(_OF_DATA)},
    {", ".join(f"(select {value} from revlog indexed by ix_revlog_cid where cid = c.id)" for value in _OF_LOG)}
from cards c where c.id in ids"""  # noqa: S608  (constants)


class _Preset(NamedTuple):
    """The preset of a deck."""

    name: str | None = None
    params: Sequence[float] = ()
    options: bytes | None = None


def _preset_of(ctx: Context, deck_id: int) -> _Preset:
    form = preset_of(ctx.col, deck_id)
    if form is None:
        return _Preset()
    return _Preset(form.name, singles(stored_params(form)), form.config.SerializeToString())


def _due_date_of(ctx: Context) -> Callable[[int], str | None]:
    """A function that returns the day of a due value; None for a day that no calendar has."""
    today, cutoff = current_day(ctx), ctx.col.sched.day_cutoff

    def due_date(due: int) -> str | None:
        days = (due - cutoff) // _DAY_S + 1 if due > _FIRST_TIME else due - ctx.col.sched.today
        try:
            return str(today + timedelta(days=days))
        except OverflowError:
            return None

    return due_date


def _add_logs(ctx: Context, found: dict[int, dict[str, Any]], presets: dict[int, bytes]) -> None:
    for entry in found.values():
        entry["log"] = []
    for card_id, id, ease, interval, last_interval, factor, time, kind in sorted(
        rows_in_parts(ctx, _LOG, found), key=itemgetter(1), reverse=True
    ):
        logged = {
            "id": id,
            "kind": s.KINDS[kind] if 0 <= kind < len(s.KINDS) else s.KINDS[0],
            "ease": ease,
            "interval": _seconds(interval),
            "lastInterval": _seconds(last_interval),
            "factor": factor,
            "time": time,
            "memory": None,
        }
        found[card_id]["log"].append(logged)
    for card_id, states in log_with_states(ctx, presets):
        log = found[card_id]["log"]
        if len(log) == len(states):
            for logged, entry in zip(log, states, strict=True):
                if entry.HasField("memory_state"):
                    stability, difficulty = singles((entry.memory_state.stability, entry.memory_state.difficulty))
                    logged["memory"] = {"stability": stability, "difficulty": difficulty}


_LOG = f"""select {", ".join(map(typed, ("cid", "id", "ease", "ivl", "lastIvl", "factor", "time", "type")))}
from revlog where cid in ids"""  # noqa: S608  (constants)


def _seconds(interval: int) -> int:
    return interval * _DAY_S if interval > 0 else -interval
