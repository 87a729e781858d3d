"""Flags of cards, and burying them."""

from __future__ import annotations

from functools import partial

from anki.consts import QUEUE_TYPE_MANUALLY_BURIED, QUEUE_TYPE_SIBLING_BURIED, QUEUE_TYPE_SUSPENDED

from ...collection.errors import OF_CARDS
from ...collection.rows import column_of
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.card import flags as s
from ...schemas.fields.cards import Cards
from .cards import FLAG_BITS, cards_with, change_cards

_TWO = [1700000001001, 1700000001002]
_BURIED = (QUEUE_TYPE_MANUALLY_BURIED, QUEUE_TYPE_SIBLING_BURIED)


@action(
    "getFlags",
    Cards,
    s.FLAGS,
    examples=[Example("a card, and an id that does not exist", {"cards": [1700000001001, 1234567890123]}, [0, None])],
)
def get_flags(ctx: Context, cards: list[int]) -> list[int | None]:
    """Return the flag of each card; null if the card does not exist."""
    flags = {card_id: value & FLAG_BITS for card_id, value in column_of(ctx.col, "cards", "flags", cards).items()}
    return [flags.get(card_id) for card_id in cards]


@action(
    "setFlags",
    s.SetFlags,
    s.CHANGED,
    writes=True,
    idempotent=True,
    errors=OF_CARDS,
    examples=[Example("two", {"cards": _TWO, "flag": 1}, 2)],
)
def set_flags(ctx: Context, cards: list[int], flag: int) -> int:
    """Set or clear the flag of cards and return how many had another one.

    If an id is unknown, the call fails and changes nothing.
    """
    if others := cards_with(ctx, f"flags & {FLAG_BITS} != {flag}", cards):
        change_cards(ctx, others, partial(ctx.col.set_user_flag_for_cards, flag))
    return len(others)


@action(
    "buryCards",
    Cards,
    s.CHANGED,
    writes=True,
    errors=OF_CARDS,
    examples=[Example("two", {"cards": _TWO}, 2)],
)
def bury_cards(ctx: Context, cards: list[int]) -> int:
    """Bury cards until tomorrow and return how many were not buried yet. Suspended cards stay suspended.

    If an id is unknown, the call fails and changes nothing.
    """
    if shown := cards_with(ctx, f"queue not in {(*_BURIED, QUEUE_TYPE_SUSPENDED)}", cards):
        change_cards(ctx, shown, ctx.col.sched.bury_cards)
    return len(shown)


@action(
    "unburyCards",
    Cards,
    s.CHANGED,
    writes=True,
    errors=OF_CARDS,
    examples=[Example("none is buried", {"cards": _TWO}, 0)],
)
def unbury_cards(ctx: Context, cards: list[int]) -> int:
    """Unbury cards and return how many were buried. Suspended cards stay suspended.

    If an id is unknown, the call fails and changes nothing.
    """
    if buried := cards_with(ctx, f"queue in {_BURIED}", cards):
        change_cards(ctx, buried, ctx.col.sched.unbury_cards)
    return len(buried)
