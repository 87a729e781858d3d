"""Simulations by FSRS: reviews, work and knowledge of the next days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from anki.deck_config_pb2 import DeckConfig
from anki.scheduler_pb2 import SimulateFsrsReviewRequest

from ...collection.errors import OF_PRESETS
from ...collection.singles import single
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.study import simulation as s
from .. import searching
from ..deck.presets import preset_form
from ..statistic.overview import current_day
from .fsrs import LONG_LIMIT_S, default_params, params_of, search_of


@action(
    "simulateReviews",
    s.SimulateReviews,
    s.SIMULATED,
    writes=True,
    undoable=False,
    limit=LONG_LIMIT_S,
    errors=OF_PRESETS,
    examples=[
        Example(
            "today",
            {"preset": "Default", "days": 1},
            [{"day": 0, "date": "2026-11-24", "new": 2, "reviews": 98, "seconds": 912.5, "memorized": 251.4}],
        )
    ],
)
def simulate_reviews(ctx: Context, preset: str, **given: Any) -> list[dict[str, Any]]:
    """Simulate new cards, reviews, time and memorized cards of each of the next days, as Anki's simulator does.

    FSRS must be active. Suspended cards do not count. For cards with reviews but without memory state, the memory state
    is computed and stored. A year of 50,000 cards takes 10 to 20 seconds; meanwhile, other calls on the collection
    wait.
    """
    request = _request(ctx, preset, **given)
    with searching.parsing(ctx, request.search):
        response = ctx.col._backend.simulate_fsrs_review(request)
    first = current_day(ctx)
    days = zip(
        response.daily_new_count,
        response.daily_review_count,
        response.daily_time_cost,
        response.accumulated_knowledge_acquisition,
        strict=True,
    )
    return [
        {
            "day": day,
            "date": str(first + timedelta(days=day)),
            "new": new,
            "reviews": reviews,
            "seconds": single(seconds),
            "memorized": single(memorized),
        }
        for day, (new, reviews, seconds, memorized) in enumerate(days)
    ]


@action(
    "simulateWorkload",
    s.Simulation,
    s.WORKLOADS,
    writes=True,
    undoable=False,
    limit=LONG_LIMIT_S,
    errors=OF_PRESETS,
    anki=">=25.09",
    examples=[
        Example(
            "a month",
            {"preset": "Default", "days": 30},
            [{"desiredRetention": 0.7, "answers": 2914, "seconds": 27310.5, "memorized": 247.1}],
        )
    ],
)
def simulate_workload(ctx: Context, preset: str, **given: Any) -> list[dict[str, Any]]:
    """Simulate for each desired retention how much work it causes and how many cards are remembered in the end.

    This is `simulateReviews` thirty times over. Parameters of an older FSRS are refused: Anki 26.05 fails on them.
    """
    request = _request(ctx, preset, **given)
    if len(request.params) != len(default_params(ctx)):
        raise Refused("The preset has parameters of an older FSRS.", preset=preset)
    with searching.parsing(ctx, request.search):
        response = ctx.col._backend.simulate_fsrs_workload(request)
    return [
        {
            "desiredRetention": percent / 100,
            "answers": response.review_count[percent],
            "seconds": single(response.cost[percent]),
            "memorized": single(response.memorized[percent]),
        }
        for percent in sorted(response.cost)
    ]


def _request(
    ctx: Context,
    preset: str,
    days: int,
    new_limit: int | None,
    review_limit: int | None,
    more_new_cards: int,
    search: str | None,
    desired_retention: float | None = None,
) -> SimulateFsrsReviewRequest:
    """The request of Anki's simulator for a preset, without members that this version of Anki lacks."""
    if not ctx.col.get_config("fsrs"):
        raise Refused("FSRS is not active.", preset=preset)
    form = preset_form(ctx, preset)
    config = form.config
    suspends = config.leech_action == DeckConfig.Config.LEECH_ACTION_SUSPEND
    members = {
        "params": params_of(form) or default_params(ctx),
        "desired_retention": desired_retention or config.desired_retention,
        "deck_size": more_new_cards,
        "days_to_simulate": days,
        "new_limit": config.new_per_day if new_limit is None else new_limit,
        "review_limit": config.reviews_per_day if review_limit is None else review_limit,
        "max_interval": config.maximum_review_interval,
        "search": search or search_of(ctx, form.id),
        "new_cards_ignore_review_limit": ctx.col.get_config("newCardsIgnoreReviewLimit", False),
        "easy_days_percentages": config.easy_days_percentages,
        "review_order": config.review_order,
        "suspend_after_lapse_count": config.leech_threshold if suspends else None,
        "historical_retention": config.historical_retention,
        "learning_step_count": len(config.learn_steps),
        "relearning_step_count": len(config.relearn_steps),
    }
    known = SimulateFsrsReviewRequest.DESCRIPTOR.fields_by_name
    return SimulateFsrsReviewRequest(**{name: value for name, value in members.items() if name in known})
