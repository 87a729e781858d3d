"""The cards that Anki would show next."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...collection.rows import rows_of
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.study import queue as s
from ..card.rendering import sides as sides_of
from ..note.reading import name_and_fields
from .states import answers_of, labels_of, token_of


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
def next_cards(ctx: Context, limit: int, sides: str, states: bool) -> dict[str, Any]:
    """Return the cards that Anki would show next in the current deck, with both sides and the effect of each answer.

    Order and daily limits are Anki's. `selectDeck` chooses the deck; `answerCards` answers cards.
    """
    col = ctx.col
    queued = col._backend.get_queued_cards(fetch_limit=limit, intraday_learning_only=False)
    note_ids = [entry.card.note_id for entry in queued.cards]
    models: dict[int, int] = dict(rows_of(col, "select id, mid from notes where id in ids", note_ids))
    cards = []
    deck_name = cache(col.decks.name)
    name_of = cache(lambda model_id: name_and_fields(ctx, model_id)[0])
    for entry in queued.cards:
        model_id = models[entry.card.note_id]
        answers = answers_of(ctx, entry.states) if states else []
        card = {
            "cardId": entry.card.id,
            "noteId": entry.card.note_id,
            "deckName": deck_name(entry.card.deck_id),
            "modelName": name_of(model_id),
            "queue": s.QUEUES[entry.queue],
            **_texts(ctx, entry.card.id, model_id, sides),
            "nextReviews": [answer["label"] for answer in answers] or labels_of(ctx, entry.states),
        }
        if states:
            marks = (entry.card.reps, entry.card.due)
            card |= {"token": token_of(entry.card.id, marks, entry.states.current), "states": answers}
        cards.append(card)
    return {
        "deck": col.decks.current()["name"],
        "new": queued.new_count,
        "learning": queued.learning_count,
        "review": queued.review_count,
        "cards": cards,
    }


def _texts(ctx: Context, card_id: int, model_id: int, wanted: str) -> dict[str, str]:
    """The sides of a card that a caller wants."""
    if wanted == "none":
        return {}
    question, answer = sides_of(ctx.col, card_id, model_id)
    if wanted == "question":
        return {"question": _HIDDEN_TEXT.sub("", question)}
    return {"question": question, "answer": answer}


_HIDDEN_TEXT = re.compile(r'(?<=<span class="cloze") data-cloze="[^"]*"')
