"""Cards: finding and describing them, suspending and unsuspending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from anki.cards import CardId
from anki.consts import QUEUE_TYPE_SUSPENDED
from anki.errors import BackendError

from ..rpc.context import Context
from ..rpc.errors import CardNotFound, InvalidSearch
from ..rpc.registry import Example, action
from ..schemas import card as s
from ..schemas import note as note_schemas
from .card_rendering import render
from .note import field_values, name_and_fields
from .sql import rows_of


@action(
    "findCards",
    note_schemas.Find,
    s.CARD_IDS,
    errors=[InvalidSearch],
    examples=[Example("by deck", {"query": "deck:Italian::A1"}, [1700000001001, 1700000001002])],
)
def find_cards(ctx: Context, query: str | None) -> list[int]:
    """Find cards by a search text as in Anki's browser, in no particular order."""
    return [] if query is None else list(ctx.col.find_cards(query))


@action(
    "cardsInfo",
    s.Cards,
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
                    "nextReviews": ["<\u20681\u2069m", "<\u20686\u2069m", "<\u206810\u2069m", "\u20683\u2069d"],
                    "flags": 0,
                },
                {},
            ],
        )
    ],
)
def cards_info(ctx: Context, cards: list[int]) -> list[dict[str, Any]]:
    """Describe cards: content, rendered sides, deck and scheduling, in the order of the ids."""
    col = ctx.col
    deck_names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    models: dict[int, tuple[str, list[str], str]] = {}
    infos = {}
    for row in rows_of(col, _CARDS_AND_NOTES, cards):
        card_id, note_id, deck_id, ord, mod, type, queue, due, ivl, factor, reps, lapses, left, flags = row[:14]
        model_id, fields = row[14:]
        if model_id not in models:
            model = col.models.get(model_id)
            models[model_id] = (*name_and_fields(ctx, model_id), model["css"] if model else "")
        model_name, names, css = models[model_id]
        question, answer = render(col, card_id, css)
        infos[card_id] = {
            "cardId": card_id,
            "fields": field_values(names, fields),
            "fieldOrder": ord,
            "question": question,
            "answer": answer,
            "modelName": model_name,
            "ord": ord,
            "deckName": deck_names.get(deck_id, ""),
            "css": css,
            "factor": factor,
            "interval": ivl,
            "note": note_id,
            "type": type,
            "queue": queue,
            "due": due,
            "reps": reps,
            "lapses": lapses,
            "left": left,
            "mod": mod,
            "nextReviews": next_reviews(ctx, card_id),
            "flags": flags,
        }
    return [infos.get(card_id, {}) for card_id in cards]


_CARDS_AND_NOTES = """
select c.id, c.nid, c.did, c.ord, c.mod, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses, c.left,
    c.flags & 7, n.mid, n.flds
from cards c join notes n on n.id = c.nid
where c.id in ids"""


def next_reviews(ctx: Context, card_id: int) -> list[str]:
    """The label of each answer button; empty labels for a card that Anki cannot schedule."""
    try:
        states = ctx.col._backend.get_scheduling_states(card_id)
        return list(ctx.col._backend.describe_next_states(states))
    except BackendError:
        return ["", "", "", ""]


@action(
    "suspend",
    s.Suspend,
    s.DID_SUSPEND,
    writes=True,
    errors=[CardNotFound],
    examples=[Example("two", {"cards": [1700000001001, 1700000001002]}, True)],
)
def suspend(ctx: Context, cards: list[int], suspend: bool) -> bool:
    """Suspend cards, and tell whether any was not suspended yet."""
    states = are_suspended(ctx, cards)
    for card_id, state in zip(cards, states, strict=True):
        if state is None:
            raise CardNotFound(f"Card was not found: {card_id}", card=card_id)
    others = list({CardId(card_id): None for card_id, state in zip(cards, states, strict=True) if state is not suspend})
    if others:
        scheduler = ctx.col.sched
        ctx.write(scheduler.suspend_cards if suspend else scheduler.unsuspend_cards, others)
    return bool(others)


@action(
    "suspended",
    s.Card,
    s.IS_SUSPENDED,
    errors=[CardNotFound],
    examples=[Example("a card", {"card": 1700000001001}, False)],
)
def suspended(ctx: Context, card: int) -> bool:
    """Tell whether a card is suspended."""
    (state,) = are_suspended(ctx, [card])
    if state is None:
        raise CardNotFound(f"Card was not found: {card}", card=card)
    return state


@action(
    "areSuspended",
    s.Cards,
    s.ARE_SUSPENDED,
    examples=[
        Example("a card, and an id that does not exist", {"cards": [1700000001001, 1234567890123]}, [False, None])
    ],
)
def are_suspended(ctx: Context, cards: Sequence[int]) -> list[bool | None]:
    """Tell of each card whether it is suspended; null for an unknown id."""
    queues: dict[int, int] = dict(rows_of(ctx.col, "select id, queue from cards where id in ids", cards))
    return [queues[card_id] == QUEUE_TYPE_SUSPENDED if card_id in queues else None for card_id in cards]
