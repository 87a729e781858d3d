"""The cards that Anki would show next."""

from __future__ import annotations

from typing import Any

from ...collection.rows import rows_of
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.study import queue as s
from ...text.plain import without_isolates
from ..card.rendering import sides
from ..note.reading import name_and_fields


@action(
    "nextCards",
    s.NextCards,
    s.QUEUE,
    examples=[
        Example(
            "nothing is left in the current deck",
            {"limit": 1},
            {"deck": "Default", "new": 0, "learning": 0, "review": 0, "cards": []},
        )
    ],
)
def next_cards(ctx: Context, limit: int) -> dict[str, Any]:
    """Return the cards that Anki would show next in the current deck, with both sides and the effect of each answer.

    Order and daily limits are Anki's. `selectDeck` chooses the deck; `answerCards` answers cards.
    """
    col = ctx.col
    queued = col._backend.get_queued_cards(fetch_limit=limit, intraday_learning_only=False)
    note_ids = [entry.card.note_id for entry in queued.cards]
    models: dict[int, int] = dict(rows_of(col, "select id, mid from notes where id in ids", note_ids))
    cards = []
    for entry in queued.cards:
        question, answer = sides(col, entry.card.id, models[entry.card.note_id])
        cards.append(
            {
                "cardId": entry.card.id,
                "noteId": entry.card.note_id,
                "deckName": col.decks.name(entry.card.deck_id),
                "modelName": name_and_fields(ctx, models[entry.card.note_id])[0],
                "queue": s.QUEUES[entry.queue],
                "question": question,
                "answer": answer,
                "nextReviews": [*map(without_isolates, col._backend.describe_next_states(entry.states))],
            }
        )
    return {
        "deck": col.decks.current()["name"],
        "new": queued.new_count,
        "learning": queued.learning_count,
        "review": queued.review_count,
        "cards": cards,
    }
