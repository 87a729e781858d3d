"""FSRS in presets of deck options: parameters, desired retention, optimizing and evaluating."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from anki.deck_config_pb2 import DeckConfig
from anki.decks import DEFAULT_DECK_ID

from ...collection.errors import OF_PRESETS, DeckNotFound
from ...collection.singles import single, singles
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.fields.dates import DATE, is_date
from ...schemas.study import fsrs as s
from .. import searching
from ..deck.current import existing_deck
from ..deck.options import is_accepted, limits_of, save_options
from ..deck.presets import existing_preset, preset_form

if TYPE_CHECKING:
    from anki.scheduler_pb2 import EvaluateParamsResponse

LONG_LIMIT_S = 3600.0
"""How long a caller waits, in seconds: the work takes minutes in a large collection."""

_VERSIONED = sorted(
    (name for name in DeckConfig.Config.DESCRIPTOR.fields_by_name if name.startswith("fsrs_params_")), reverse=True
)
"""The members that hold parameters, those of the newest FSRS first."""
_NEWEST = _VERSIONED[0]
"""The member that holds the parameters in use after Anki's options window has read the preset."""

_VERSIONS = {17: "FSRS-4.5", 19: "FSRS-5", 21: "FSRS-6"}
_DAY_MINUTES = 1440
"""Minutes."""

_DEFAULT_PARAMS = [
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629),
    *(1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
]
_FIT = {"logLoss": 0.3391, "rmseBins": 0.0117}


# --- reading ---


@action(
    "getFsrsParams",
    s.GetFsrsParams,
    s.FSRS_OVERVIEW,
    errors=[NotFound],
    examples=[
        Example(
            "two presets without parameters",
            {},
            {
                "active": False,
                "defaultParams": _DEFAULT_PARAMS,
                "presets": [
                    {
                        "presetId": preset_id,
                        "name": name,
                        "params": [],
                        "version": "FSRS-6",
                        "desiredRetention": 0.9,
                        "decks": [],
                    }
                    for preset_id, name in ((1, "Default"), (1700000004001, "Italian options"))
                ],
            },
        )
    ],
)
def get_fsrs_params(ctx: Context, presets: list[str] | None) -> dict[str, Any]:
    """Return whether Anki schedules by FSRS, and the parameters and desired retention of presets."""
    overview = ctx.col.decks.get_deck_configs_for_update(DEFAULT_DECK_ID)
    defaults = default_params(ctx)
    own: dict[int, list[dict[str, Any]]] = {}
    for deck in ctx.col.decks.all():
        if percent := deck.get("desiredRetention"):
            own.setdefault(deck["conf"], []).append({"deck": deck["name"], "desiredRetention": percent / 100})
    found = {
        form.id: {
            "presetId": form.id,
            "name": form.name,
            "params": singles(params_of(form)),
            "version": _VERSIONS.get(len(params_of(form) or defaults)),
            "desiredRetention": single(form.config.desired_retention),
            "decks": own.get(form.id, []),
        }
        for form in (entry.config for entry in overview.all_config)
    }
    wanted = found if presets is None else [existing_preset(ctx, name) for name in presets]
    return {
        "active": overview.fsrs,
        "defaultParams": singles(defaults),
        "presets": [found[preset_id] for preset_id in wanted],
    }


# --- writing ---


@action(
    "setFsrsActive",
    s.SetFsrsActive,
    s.CHANGED,
    writes=True,
    limit=LONG_LIMIT_S,
    errors=[Refused],
    examples=[Example("on", {"active": True}, True)],
)
def set_fsrs_active(ctx: Context, active: bool, reschedule: bool) -> bool:
    """Switch FSRS on or off for the whole collection and return whether that changed anything.

    As in Anki's options window, memory states are computed for all cards with reviews, or removed.
    """
    overview = ctx.col.decks.get_deck_configs_for_update(DEFAULT_DECK_ID)
    if overview.fsrs is active:
        return False
    forms = [overview.all_config[0].config]
    save_options(ctx, "Switch FSRS", forms, fsrs=active, fsrs_reschedule=reschedule)
    return True


@action(
    "setFsrsParams",
    s.SetFsrsParams,
    s.CHANGED,
    writes=True,
    limit=LONG_LIMIT_S,
    errors=[NotFound, Refused],
    examples=[Example("Anki's own, as it was", {"preset": "Italian options", "params": []}, False)],
)
def set_fsrs_params(ctx: Context, preset: str, params: list[float], reschedule: bool) -> bool:
    """Set the FSRS parameters of a preset and return whether that changed anything.

    As in Anki's options window, memory states of its cards are computed again while FSRS is active.
    """
    form = preset_form(ctx, preset)
    before = list(params_of(form))
    params_of(form)[:] = params
    if list(params_of(form)) == before:
        return False
    _refuse_bad_params(form)
    save_options(ctx, "Set FSRS Parameters", [form], fsrs_reschedule=reschedule)
    return True


@action(
    "setDesiredRetention",
    s.SetDesiredRetention,
    s.CHANGED,
    writes=True,
    limit=LONG_LIMIT_S,
    errors=[NotFound, Refused],
    examples=[Example("less work", {"preset": "Italian options", "desiredRetention": 0.85}, True)],
)
def set_desired_retention(ctx: Context, preset: str, desired_retention: float, reschedule: bool) -> bool:
    """Set the desired retention of a preset and return whether that changed anything.

    Decks with a desired retention of their own keep it.
    """
    form = preset_form(ctx, preset)
    before = form.config.desired_retention
    form.config.desired_retention = desired_retention
    if form.config.desired_retention == before:
        return False
    save_options(ctx, "Set Desired Retention", [form], fsrs_reschedule=reschedule)
    return True


@action(
    "setDeckDesiredRetention",
    s.SetDeckDesiredRetention,
    s.CHANGED,
    writes=True,
    limit=LONG_LIMIT_S,
    errors=[DeckNotFound, Refused],
    anki=">=25.09",
    examples=[Example("a hard one", {"deck": "Italian::A1", "desiredRetention": 0.95}, True)],
)
def set_deck_desired_retention(ctx: Context, deck: str, desired_retention: float | None, reschedule: bool) -> bool:
    """Set or remove a deck's own desired retention and return whether that changed anything.

    Sub-decks are not changed. A filtered deck, which has none, is refused.
    """
    deck_id = existing_deck(ctx, deck)
    if ctx.col.decks.is_filtered(deck_id):
        raise Refused("A filtered deck has no desired retention.", deck=deck)
    overview = ctx.col.decks.get_deck_configs_for_update(deck_id)
    limits = limits_of(overview)
    before = limits.desired_retention
    if desired_retention is None:
        limits.ClearField("desired_retention")
    else:
        limits.desired_retention = desired_retention
    if limits.desired_retention == before:
        return False
    forms = {entry.config.id: entry.config for entry in overview.all_config}
    form = forms.get(overview.current_deck.config_id) or overview.all_config[0].config
    save_options(
        ctx,
        "Set Desired Retention",
        [form],
        target_deck_id=deck_id,
        limits=limits,
        fsrs_reschedule=reschedule,
    )
    return True


def _refuse_bad_params(form: DeckConfig) -> None:
    if not is_accepted(form):
        text = f"FSRS has no version with these {len(params_of(form))} parameters."
        raise Refused(text, field=s.SetFsrsParams.wire("params"))


# --- optimizing and evaluating ---


@action(
    "optimizeFsrsParams",
    s.OptimizeFsrsParams,
    s.OPTIMIZED,
    writes=True,
    limit=LONG_LIMIT_S,
    cancellable=True,
    errors=OF_PRESETS,
    examples=[
        Example(
            "only look",
            {"preset": "Default"},
            {
                "params": _DEFAULT_PARAMS,
                "changed": True,
                "applied": False,
                "reviews": 5210,
                "before": {"logLoss": 0.3671, "rmseBins": 0.0534},
                "after": _FIT,
                "healthy": None,
            },
        )
    ],
)
def optimize_fsrs_params(
    ctx: Context, preset: str, search: str | None, apply: bool, health_check: bool, reschedule: bool
) -> dict[str, Any]:
    """Compute FSRS parameters from reviews, as *Optimize* in Anki's options does. FSRS need not be active.

    Without `apply` nothing is changed. The call is refused if there is no usable review: only reviews that come a day
    or more after the card was first learned count. Meanwhile, other calls on the collection wait.
    """
    form = preset_form(ctx, preset)
    reviews = _reviews(ctx, form, search)
    with searching.parsing(ctx, reviews["search"], None if search else _search_place(form)):
        found = ctx.col._backend.compute_fsrs_params(
            **reviews,
            current_params=params_of(form),
            num_of_relearning_steps=sum(minutes < _DAY_MINUTES for minutes in accumulate(form.config.relearn_steps)),
            health_check=health_check,
        )
        if not found.fsrs_items:
            raise Refused("There are no reviews that FSRS can learn from.", preset=preset)
        evaluate = ctx.col._backend.evaluate_params_legacy
        before = evaluate(**reviews, params=params_of(form))
        after = evaluate(**reviews, params=found.params)
    return {
        "params": singles(found.params),
        "changed": list(found.params) != list(params_of(form)),
        "applied": apply and set_fsrs_params(ctx, preset, list(found.params), reschedule),
        "reviews": found.fsrs_items,
        "before": _fit(before),
        "after": _fit(after),
        "healthy": found.health_check_passed if found.HasField("health_check_passed") else None,
    }


@action(
    "evaluateFsrsParams",
    s.EvaluateFsrsParams,
    s.FIT,
    limit=LONG_LIMIT_S,
    cancellable=True,
    errors=OF_PRESETS,
    examples=[Example("of a preset", {"preset": "Default"}, _FIT)],
)
def evaluate_fsrs_params(ctx: Context, preset: str, params: list[float] | None, search: str | None) -> dict[str, float]:
    """Measure how well FSRS parameters predict the recorded answers. FSRS need not be active.

    The call is refused if there is no usable review.
    """
    form = preset_form(ctx, preset)
    judged = params_of(form) if params is None else params
    reviews = _reviews(ctx, form, search)
    with searching.parsing(ctx, reviews["search"], None if search else _search_place(form)):
        return _fit(ctx.col._backend.evaluate_params_legacy(**reviews, params=judged))


def _reviews(ctx: Context, form: DeckConfig, search: str | None) -> dict[str, Any]:
    """The reviews that count for a preset, in the form of the backend's calls. Raises Refused."""
    ignored = form.config.ignore_revlogs_before_date
    if not is_date(ignored):
        text = f"The preset {form.name!r} is to ignore reviews before {ignored[:40]!r}, which is not a date."
        raise Refused(text, preset=form.name, field="ignoreRevlogsBeforeDate")
    moment = datetime.strptime(ignored, DATE).replace(tzinfo=UTC).timestamp() if ignored else 0
    return {
        "search": search or form.config.param_search or search_of(ctx, form.id),
        "ignore_revlogs_before_ms": int(moment * 1000),
    }


def _search_place(form: DeckConfig) -> searching.SearchSource:
    return searching.SearchSource(
        f"weightSearch of the preset {form.name!r}", {"preset": form.name, "field": "weightSearch"}
    )


def _fit(response: EvaluateParamsResponse) -> dict[str, float]:
    return {"logLoss": single(response.log_loss), "rmseBins": single(response.rmse_bins)}


# --- presets ---


def params_of(form: DeckConfig) -> Any:
    """The parameters that a preset uses; none for Anki's defaults."""
    return getattr(form.config, _NEWEST)


def stored_params(form: DeckConfig) -> Any:
    """Like `params_of`, for a preset as it is stored: those of an older FSRS are used if there are no newer ones."""
    return next(filter(None, (getattr(form.config, name) for name in _VERSIONED)), [])


def default_params(ctx: Context) -> Any:
    """The parameters that are used if a preset has none."""
    return getattr(ctx.col.decks.get_deck_configs_for_update(DEFAULT_DECK_ID).defaults.config, _NEWEST)


def search_of(ctx: Context, preset_id: int) -> str:
    """The search of Anki's window for the cards of a preset, by ids, because `preset:` does not find every name.

    The brackets are for Anki before 26.09, which would read the next term as a part of `did:`.
    """
    decks = [deck["id"] for deck in ctx.col.decks.all() if deck.get("conf") == preset_id] or [0]
    return f"(did:{','.join(map(str, decks))}) -is:suspended"


@action("isFsrsActive", NoParams, s.FSRS_ACTIVE, examples=[Example("never decided", {}, None)])
def is_fsrs_active(ctx: Context) -> bool | None:
    """Return whether Anki schedules by FSRS; null if that was never set, so that it does not."""
    active: bool | None = ctx.col.get_config("fsrs")
    return active
