"""Whether the current deck is finished for today, and what is left in it."""

from __future__ import annotations

from typing import Any

from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.study import status as s


@action(
    "getStudyStatus",
    NoParams,
    s.STUDY_STATUS,
    examples=[
        Example(
            "of a new collection",
            {},
            {
                "deck": "Default",
                "finished": True,
                "learningLeft": 0,
                "nextLearningIn": None,
                "newLeft": False,
                "reviewsLeft": False,
                "buriedByHand": False,
                "buriedSiblings": False,
                "isFiltered": False,
                "description": "",
            },
        )
    ],
)
def get_study_status(ctx: Context) -> dict[str, Any]:
    """Return whether the current deck is finished for today, and what is left in it and in its sub-decks.

    `selectDeck` chooses the deck. If today's limits hold cards of a finished deck back, `raiseTodaysLimits` shows them.
    """
    info = ctx.col._backend.congrats_info()
    queued = ctx.col._backend.get_queued_cards(fetch_limit=1, intraday_learning_only=False)
    return {
        "deck": ctx.col.decks.current()["name"],
        "finished": not queued.cards,
        "learningLeft": info.learn_remaining,
        "nextLearningIn": info.secs_until_next_learn if info.learn_remaining else None,  # else Anki says a day
        "newLeft": info.new_remaining,
        "reviewsLeft": info.review_remaining,
        "buriedByHand": info.have_user_buried,
        "buriedSiblings": info.have_sched_buried,
        "isFiltered": info.is_filtered_deck,
        "description": info.deck_description,
    }
