"""Flags of cards, and burying them."""

from __future__ import annotations

from anki.consts import QUEUE_TYPE_MANUALLY_BURIED, QUEUE_TYPE_SIBLING_BURIED, QUEUE_TYPE_SUSPENDED

from ...collection.errors import CardNotFound
from ...collection.rows import column_of
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.card import flags as s
from ...schemas.fields.cards import Cards
from .cards import FLAG_BITS, cards_with

_TWO = [1700000001001, 1700000001002]
_BURIED = (QUEUE_TYPE_MANUALLY_BURIED, QUEUE_TYPE_SIBLING_BURIED)


@action(
    "getFlags",
    Cards,
    s.FLAGS,
    examples=[Example("a card, and an id that does not exist", {"cards": [1700000001001, 1234567890123]}, [0, None])],
)
def get_flags(ctx: Context, cards: list[int]) -> list[int | None]:
    """Tell the flags of cards, in the order of the ids."""
    flags = {card_id: value & FLAG_BITS for card_id, value in column_of(ctx.col, "cards", "flags", cards).items()}
    return [flags.get(card_id) for card_id in cards]


@action(
    "setFlags",
    s.SetFlags,
    s.CHANGED,
    writes=True,
    idempotent=True,
    errors=[CardNotFound, Refused],
    examples=[Example("two", {"cards": _TWO, "flag": 1}, 2)],
)
def set_flags(ctx: Context, cards: list[int], flag: int) -> int:
    """Give cards a flag, or take theirs away, and tell how many had another one.

    An unknown id fails the call, and nothing is changed.
    """
    if others := cards_with(ctx, f"flags & {FLAG_BITS} != {flag}", cards):
        ctx.write(ctx.col.set_user_flag_for_cards, flag, others)
    return len(others)


@action(
    "buryCards",
    Cards,
    s.CHANGED,
    writes=True,
    errors=[CardNotFound, Refused],
    examples=[Example("two", {"cards": _TWO}, 2)],
)
def bury_cards(ctx: Context, cards: list[int]) -> int:
    """Hide cards until tomorrow, and tell how many were not buried yet. Suspended ones stay suspended.

    An unknown id fails the call, and nothing is changed.
    """
    if shown := cards_with(ctx, f"queue not in {(*_BURIED, QUEUE_TYPE_SUSPENDED)}", cards):
        ctx.write(ctx.col.sched.bury_cards, shown)
    return len(shown)


@action(
    "unburyCards",
    Cards,
    s.CHANGED,
    writes=True,
    errors=[CardNotFound, Refused],
    examples=[Example("none is buried", {"cards": _TWO}, 0)],
)
def unbury_cards(ctx: Context, cards: list[int]) -> int:
    """Show buried cards again, and tell how many there were. Suspended ones stay suspended.

    An unknown id fails the call, and nothing is changed.
    """
    if buried := cards_with(ctx, f"queue in {_BURIED}", cards):
        ctx.write(ctx.col.sched.unbury_cards, buried)
    return len(buried)
