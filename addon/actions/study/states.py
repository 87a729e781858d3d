"""What each answer would do to a card, and the token that ties an answer to the card as it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from anki.errors import BackendError

from ...collection.rows import READABLE_CARD, rows_in_parts
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.fields.cards import Cards
from ...schemas.study import states as s
from ...text.plain import without_isolates

if TYPE_CHECKING:
    from anki.scheduler.v3 import SchedulingState, SchedulingStates

_DAY_S = 86_400
_TOKEN_BYTES = 12


@action(
    "getAnswerStates",
    Cards,
    s.ANSWER_STATES,
    examples=[
        Example(
            "a new card, and an id that does not exist",
            {"cards": [1700000001001, 1234567890123]},
            [
                {
                    "cardId": 1700000001001,
                    "token": "f00dbabe0123456789abcdef",
                    "state": "new",
                    "answers": [
                        {"ease": 1, "interval": 60, "label": "<1m", "state": "learning"},
                        {"ease": 2, "interval": 330, "label": "<6m", "state": "learning"},
                        {"ease": 3, "interval": 600, "label": "<10m", "state": "learning"},
                        {"ease": 4, "interval": 345600, "label": "4d", "state": "review"},
                    ],
                },
                None,
            ],
        )
    ],
)
def get_answer_states(ctx: Context, cards: list[int]) -> list[dict[str, Any] | None]:
    """Return what each answer would do to each card, due or not, and a token that ties an answer to this state.

    Scheduling code of the user's own, which only Anki's window runs, does not count.
    """
    found: dict[int, dict[str, Any]] = {}
    for card_id, marks, states in scheduling_states(ctx, cards):
        token = token_of(card_id, marks, states.current)
        found[card_id] = {
            "cardId": card_id,
            "token": token,
            "state": _kind_and_seconds(states.current)[0],
            "answers": answers_of(ctx, states),
        }
    return [found.get(card_id) for card_id in cards]


Marks = tuple[int, int]
"""A card's number of reviews and its due value, which change with each answer even if its state stays the same."""


def scheduling_states(ctx: Context, cards: list[int]) -> Iterator[tuple[int, Marks, SchedulingStates]]:
    """Yield each card that can be answered, with its marks and its states."""
    select = f"select id, reps, cast(due as integer) from cards where {READABLE_CARD} and id in ids"  # noqa: S608
    for card_id, *marks in ctx.paced(rows_in_parts(ctx, select, cards)):
        try:
            yield card_id, tuple(marks), ctx.col._backend.get_scheduling_states(card_id)
        except BackendError:  # its deck or preset is damaged
            continue


def token_of(card_id: int, marks: Marks, current: SchedulingState) -> str:
    """Return a text that changes with the state of the card, but not with time alone until the day ends."""
    state = type(current)()
    state.CopyFrom(current)
    state.ClearField("custom_data")
    normal = state.filtered.rescheduling.original_state if state.HasField("filtered") else state.normal
    if normal.HasField("learning"):
        normal.learning.ClearField("elapsed_secs")
    elif normal.HasField("relearning"):
        normal.relearning.learning.ClearField("elapsed_secs")
    content = repr((card_id, marks)).encode() + state.SerializeToString(deterministic=True)
    return blake2b(content, digest_size=_TOKEN_BYTES).hexdigest()


def answers_of(ctx: Context, states: SchedulingStates) -> list[dict[str, Any]]:
    """Return the effect of each answer; see `AnswerState`."""
    effects = zip(labels_of(ctx, states), (states.again, states.hard, states.good, states.easy), strict=True)
    answers = []
    for ease, (label, state) in enumerate(effects, 1):
        kind, seconds = _kind_and_seconds(state)
        answers.append({"ease": ease, "interval": seconds, "label": label, "state": kind})
    return answers


def labels_of(ctx: Context, states: SchedulingStates) -> list[str]:
    """Return the labels of the answer buttons."""
    return [*map(without_isolates, ctx.col._backend.describe_next_states(states))]


def _kind_and_seconds(state: SchedulingState) -> tuple[str, int]:
    """Return the kind of a state, and the seconds until a card with it is shown."""
    if state.HasField("filtered"):
        filtered = state.filtered
        if filtered.HasField("preview"):
            return "preview", 0 if filtered.preview.finished else filtered.preview.scheduled_secs
        return "rescheduling", _kind_and_seconds_of_normal(filtered.rescheduling.original_state)[1]
    return _kind_and_seconds_of_normal(state.normal)


def _kind_and_seconds_of_normal(state: SchedulingState.Normal) -> tuple[str, int]:
    kind = state.WhichOneof("kind") or "new"
    if kind == "new":
        return kind, 0
    if kind == "review":
        return kind, state.review.scheduled_days * _DAY_S
    return kind, (state.learning if kind == "learning" else state.relearning.learning).scheduled_secs
