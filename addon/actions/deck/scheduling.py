"""Scheduling of all cards of a deck: unburying them, and the order of new ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from anki.consts import QUEUE_TYPE_MANUALLY_BURIED, QUEUE_TYPE_SIBLING_BURIED
from anki.scheduler_pb2 import UnburyDeckRequest

from ...collection.errors import DeckNotFound
from ...collection.rows import refuse_unreadable
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.deck import scheduling as s
from .current import existing_deck

_BURIED = {
    "all": (UnburyDeckRequest.ALL, (QUEUE_TYPE_SIBLING_BURIED, QUEUE_TYPE_MANUALLY_BURIED)),
    "byHand": (UnburyDeckRequest.USER_ONLY, (QUEUE_TYPE_MANUALLY_BURIED,)),
    "siblings": (UnburyDeckRequest.SCHED_ONLY, (QUEUE_TYPE_SIBLING_BURIED,)),
}


@action(
    "unburyDeck",
    s.UnburyDeck,
    s.UNBURIED,
    writes=True,
    idempotent=True,
    errors=[DeckNotFound, Refused],
    examples=[Example("none is buried", {"deck": "Italian"}, 0)],
)
def unbury_deck(ctx: Context, deck: str, which: str) -> int:
    """Show buried cards of a deck and its sub-decks again, and return how many there were.

    Suspended cards stay suspended. `unburyCards` unburies chosen cards.
    """
    deck_id = existing_deck(ctx, deck)
    mode, queues = _BURIED[which]
    decks = ctx.col.decks.deck_and_child_ids(deck_id)
    condition = f"queue in ({', '.join(map(str, queues))}) and did in ({', '.join(map(str, decks))})"
    assert ctx.col.db is not None
    count: int = ctx.col.db.scalar(f"select count() from cards where {condition}")  # noqa: S608  (numbers)
    if count:
        refuse_unreadable(ctx.col, "card", condition)
        ctx.write(ctx.col.sched.unbury_deck, deck_id, mode)
    return count


@action(
    "sortNewCards",
    s.SortNewCards,
    s.SORTED,
    writes=True,
    errors=[DeckNotFound, Refused],
    examples=[Example("they are in this order", {"deck": "Italian::A1", "order": "added"}, 2)],
)
def sort_new_cards(ctx: Context, deck: str, order: str) -> int:
    """Sort the new cards of a deck by the age of their notes, or mix them, and return how many there are.

    They get positions from 1 on, those of one note the same, unless they are in that order already. Cards of sub-decks
    keep their positions; cards that are in a filtered deck now are sorted in their home deck. A filtered deck is
    refused. `repositionNewCards` moves chosen cards.
    """
    deck_id = existing_deck(ctx, deck)
    if ctx.col.decks.is_filtered(deck_id):
        name = ctx.col.decks.name(deck_id)
        raise Refused(f"The cards of a filtered deck have their positions in their home decks: {name}", deck=name)
    condition = "type = 0 and (did = ? or odid = ?)"
    refuse_unreadable(ctx.col, "card", condition, deck_id, deck_id)
    assert ctx.col.db is not None
    select = f"select nid, cast(iif(odid, odue, due) as integer) from cards where {condition} order by nid"  # noqa: S608  (constants)
    places = ctx.col.db.all(select, deck_id, deck_id)
    is_random = order == "random" and len({note_id for note_id, _ in places}) > 1
    if is_random or not _are_in_order(places):
        ctx.write(ctx.col._backend.sort_deck, deck_id=deck_id, randomize=is_random)
    return len(places)


def _are_in_order(places: Sequence[Sequence[int]]) -> bool:
    """Whether positions grow with the notes, and are the same for cards of one note.

    They may have gaps: Anki before 26.09 also counts the notes of cards that are not new.
    """
    return all((one == other) == (at == then) and at <= then for (one, at), (other, then) in pairwise(places))
