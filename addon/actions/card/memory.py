"""Memory states of cards, as FSRS describes them."""

from __future__ import annotations

from typing import Any

from anki.errors import DBError, InvalidInput, NotFoundError

from ...collection.rows import rows_in_parts, typed
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.card import memory as s
from ..study.fsrs import LONG_LIMIT_S
from .cards import card_data, number, recall_of

_NO_STATE: list[float | None] = [None] * 4
_NOTHING = dict.fromkeys(("stability", "difficulty", "retrievability", "desiredRetention", "decay"))
_PLACES = 4
"""As many as Anki stores of any of them."""


@action(
    "getMemoryStates",
    s.GetMemoryStates,
    s.MEMORY_STATES,
    limit=LONG_LIMIT_S,
    examples=[
        Example(
            "a card without memory state, and an id that does not exist",
            {"cards": [1700000001001, 1234567890123]},
            [{"cardId": 1700000001001, **_NOTHING}, None],
        )
    ],
)
def get_memory_states(ctx: Context, cards: list[int], computed: bool) -> list[dict[str, Any] | None]:
    """Return the FSRS memory state of each card: stability, difficulty and retrievability.

    A card gets a memory state when it is reviewed while FSRS is active, or when FSRS is switched on.
    """
    recall = recall_of(ctx)
    states: dict[int, dict[str, Any]] = {}
    rows = rows_in_parts(ctx, _STATES, cards)
    for card_id, due, home_due, interval, text in ctx.paced(rows) if computed else rows:
        data = card_data(text)
        if computed:
            stability, difficulty, retention, decay = _computed(ctx, card_id)
        else:
            stability, difficulty, retention, decay = map(number, map(data.get, _KEYS)) if data else _NO_STATE
        recalled = recall(stability, decay, home_due or due, interval, data.get("lrt")) if stability else None
        states[card_id] = {
            "cardId": card_id,
            "stability": stability,
            "difficulty": difficulty,
            "retrievability": recalled,
            "desiredRetention": retention,
            "decay": decay,
        }
    return [states.get(card_id) for card_id in cards]


_KEYS = ("s", "d", "dr", "decay")
_STATES = f"select id, {', '.join(map(typed, ('due', 'odue', 'ivl', 'data')))} from cards where id in ids"  # noqa: S608


def _computed(ctx: Context, card_id: int) -> list[float | None]:
    """Stability, difficulty, desired retention and decay; all None if the card, deck or preset is damaged."""
    try:
        computed = ctx.col._backend.compute_memory_state(card_id)
    except (NotFoundError, DBError, InvalidInput):
        return _NO_STATE
    if not computed.HasField("state"):
        return _NO_STATE
    values = (computed.state.stability, computed.state.difficulty, computed.desired_retention, computed.decay)
    return [round(value, _PLACES) for value in values]
