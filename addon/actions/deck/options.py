"""Groups of deck options, which Anki calls presets: reading, saving, assigning, copying and removing them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.deck_config_pb2 import DeckConfig
from anki.decks import DEFAULT_DECK_CONF_ID, DEFAULT_DECK_ID, DeckConfigId, UpdateDeckConfigs
from anki.errors import BackendError

from ...collection.damage import names_by_id
from ...collection.errors import DeckNotFound
from ...collection.trial import trial_collection
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, NotFound, Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.deck import options as s
from ...schemas.fields.search import search_problem
from ..dry_run import DryRunReport, destructive, dry_run_report
from .decks import require_deck
from .preset_damage import refuse_damage

if TYPE_CHECKING:
    from anki.deck_config_pb2 import DeckConfigsForUpdate
    from anki.decks import DeckConfigDict, DeckDict, DeckId

_NO_DECK = 0
"""As target deck of a request: no deck is assigned the saved group."""

_DEFAULT = {
    "id": 1,
    "mod": 0,
    "name": "Default",
    "usn": 0,
    "maxTaken": 60,
    "autoplay": True,
    "timer": 0,
    "replayq": True,
    "new": {
        "bury": False,
        "delays": [1.0, 10.0],
        "initialFactor": 2500,
        "ints": [1, 4, 0],
        "order": 1,
        "perDay": 20,
    },
    "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    "dyn": False,
    "newMix": 0,
    "newPerDayMinimum": 0,
    "interdayLearningMix": 0,
    "reviewOrder": 0,
    "newSortOrder": 0,
    "newGatherPriority": 0,
    "buryInterdayLearning": False,
    "fsrsWeights": [],
    "fsrsParams5": [],
    "fsrsParams6": [],
    "desiredRetention": 0.9,
    "ignoreRevlogsBeforeDate": "",
    "easyDaysPercentages": [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    "stopTimerOnAnswer": False,
    "secondsToShowQuestion": 0.0,
    "secondsToShowAnswer": 0.0,
    "questionAction": 0,
    "answerAction": 0,
    "waitForAudio": True,
    "sm2Retention": 0.9,
    "weightSearch": "",
}


@action(
    "getDeckConfig",
    s.GetDeckConfig,
    s.OPTIONS_GROUP,
    errors=[DeckNotFound, Refused],
    examples=[Example("a deck", {"deck": "Default"}, _DEFAULT)],
)
def get_deck_config(ctx: Context, deck: str) -> dict[str, Any]:
    """Return the options of a deck. A filtered deck, which has none, is refused.

    If a deck's group no longer exists, the result is group 1.
    """
    stored = require_deck(ctx, deck)
    _refuse_filtered(ctx, [stored])
    return ctx.col.decks.config_dict_for_deck_id(stored["id"])


@action(
    "saveDeckConfig",
    s.SaveDeckConfig,
    s.IS_SAVED,
    writes=True,
    errors=[NotFound, AlreadyExists, Refused],
    examples=[Example("another name", {"config": {**_DEFAULT, "id": 1700000004001, "name": "Italian words"}}, True)],
)
def save_deck_config(ctx: Context, config: dict[str, Any]) -> bool:
    """Replace a group of deck options as a whole.

    As in Anki's options window, new cards are sorted again if their order changes. While FSRS is active, memory states
    are computed again if its parameters change.
    """
    stored = _require_group(ctx, config["id"])
    for part in ("new", "rev", "lapse"):  # in place of these objects Anki accepts any value, and stores its defaults
        if not isinstance(config.get(part), dict):
            raise Refused(f"{part} must be an object.", field=s.SaveDeckConfig.wire("config"))
    changed = _validate_in_trial({**config, "mod": stored["mod"], "usn": stored["usn"]})
    if changed is None:
        raise Refused("Anki does not accept these options.", field=s.SaveDeckConfig.wire("config"))
    if changed.form.name != stored["name"]:
        _require_free_name(ctx, changed.form.name)
    if changed.settings != _settings(stored):
        save_options(ctx, "Save Options", [changed.form])
    return True


@action(
    "setDeckConfigId",
    s.SetDeckConfigId,
    s.IS_SET,
    writes=True,
    errors=[DeckNotFound, NotFound, Refused],
    examples=[Example("a deck", {"decks": ["Italian::A1"], "configId": 1700000004001}, True)],
)
def set_deck_config_id(ctx: Context, decks: list[str], config_id: int) -> bool:
    """Assign a group of options to decks. If a deck or the group does not exist, the call fails and changes nothing.

    A filtered deck, which has no group, is refused. Sub-decks are not changed.
    """
    stored = [require_deck(ctx, name) for name in dict.fromkeys(decks)]
    _require_group(ctx, config_id)
    _refuse_filtered(ctx, stored)
    give_options(ctx, "Choose Options", stored, config_id)
    return True


def _refuse_filtered(ctx: Context, decks: Sequence[DeckDict]) -> None:
    """Raise Refused for a filtered deck. A tolerant call skips such decks, or gets the deck in place of its options."""
    for deck in decks:
        if deck["dyn"] and not ctx.tolerant:
            raise Refused(f"A filtered deck has no options: {deck['name']}", deck=deck["name"])


@action(
    "cloneDeckConfigId",
    s.CloneDeckConfigId,
    s.NEW_OPTIONS_ID,
    writes=True,
    errors=[NotFound, AlreadyExists, Refused],
    examples=[Example("the first group", {"name": "Easy words"}, 1700000004002)],
)
def clone_deck_config_id(ctx: Context, name: str, clone_from: int) -> int:
    """Copy a group of deck options under a new name and return its id."""
    _require_free_name(ctx, name)
    decks = ctx.col.decks
    source = _require_group(ctx, clone_from)
    copied = _validate_in_trial({**source, "name": name})
    if copied is None:
        raise Refused("Anki does not accept the group that is to be copied.", config=clone_from)
    if problem := search_problem(copied.form.config.param_search):
        raise Refused(f"weightSearch of the group that is to be copied: {problem}", config=clone_from)
    copied.form.id = 0
    before = {group["id"] for group in decks.all_config()}
    save_options(ctx, "Add Options", [copied.form])
    (added,) = {group["id"] for group in decks.all_config()} - before
    return int(added)


def _require_free_name(ctx: Context, name: str) -> None:
    """Raise Refused if a name is empty, and AlreadyExists if a group has it; Anki's window accepts neither.

    A tolerant call may give any name.
    """
    if ctx.tolerant:
        return
    if not name.strip():
        raise Refused("A preset needs a name.")
    if name in names_by_id(ctx.col, "deck_config").values():
        raise AlreadyExists(f"There is a preset of this name already: {name}", preset=name)


def _dry_run_remove_group(ctx: Context, config_id: int) -> DryRunReport:
    group = _removable(ctx, config_id)
    if group is None:
        return dry_run_report()
    decks = [deck["name"] for deck in ctx.col.decks.all() if deck.get("conf") == config_id]
    return dry_run_report(presets=[group["name"]], changed_decks=decks)


@destructive(
    "removeDeckConfigId",
    s.RemoveDeckConfigId,
    s.REMOVED_GROUP,
    dry_run=_dry_run_remove_group,
    scope=Scope.DELETE,
    errors=[Refused],
    examples=[
        Example("one", {"configId": 1700000004001}, "Italian options"),
        Example(
            "what would go",
            {"configId": 1700000004001, "dryRun": True},
            {"dryRun": True, "presets": {"count": 1, "names": ["Italian options"]}},
        ),
    ],
)
def remove_deck_config_id(ctx: Context, config_id: int) -> str | None:
    """Remove a group of deck options and return its name; null if there was none.

    Its decks get group 1. The next sync with AnkiWeb must be a full sync.
    """
    group = _removable(ctx, config_id)
    if group is None:
        return None
    first = _validate_in_trial(_group(ctx, DEFAULT_DECK_CONF_ID) or {})
    if first is None:
        raise Refused("Anki does not accept group 1, which the decks would get.", config=DEFAULT_DECK_CONF_ID)
    save_options(ctx, "Remove Options", [first.form], removed=config_id)
    return str(group["name"])


def _removable(ctx: Context, group_id: int) -> DeckConfigDict | None:
    if group_id == DEFAULT_DECK_CONF_ID:
        raise Refused("can't delete default conf", config=group_id)
    return _group(ctx, group_id)


def _group(ctx: Context, group_id: int) -> DeckConfigDict | None:
    """The group with an id; None for an unknown id, for which Anki would return group 1."""
    group = ctx.col.decks.get_config(DeckConfigId(group_id))
    return group if group and group["id"] == group_id else None


def _require_group(ctx: Context, group_id: int) -> DeckConfigDict:
    group = _group(ctx, group_id)
    if group is None:
        raise NotFound(f"preset was not found: {group_id}", config=group_id)
    return group


# --- writing ---


class _Accepted(NamedTuple):
    """A group that Anki accepts: in the form for its undoable call, and as it will be read."""

    form: DeckConfig
    settings: dict[str, Any]


def _validate_in_trial(group: DeckConfigDict) -> _Accepted | None:
    """Try a group on an empty collection; None if Anki refuses it.

    Only Anki converts a group without loss, and a refusal would wipe the undo history of the real collection.
    """
    with trial_collection() as backend:
        try:
            group_id = backend.add_or_update_deck_config_legacy(json.dumps(group).encode())
            form = backend.get_deck_config(group_id)
            settings = _settings(json.loads(backend.get_deck_config_legacy(group_id)))
            # without the newest parameters the older ones, which are still in use, would be dropped
            options = form.config
            if not options.fsrs_params_6:
                options.fsrs_params_6.extend(options.fsrs_params_5 or options.fsrs_params_4)
            backend.update_deck_configs_raw(UpdateDeckConfigs(configs=[form]).SerializeToString())
        except BackendError:
            return None
        return _Accepted(form, settings)


def is_accepted(form: DeckConfig) -> bool:
    """Whether Anki accepts a preset, tried on an empty collection: a refusal would wipe the undo history."""
    trial = DeckConfig()
    trial.CopyFrom(form)
    trial.id = 0
    with trial_collection() as backend:
        try:
            backend.update_deck_configs_raw(UpdateDeckConfigs(configs=[trial]).SerializeToString())
        except BackendError:
            return False
        return True


def _settings(group: DeckConfigDict) -> dict[str, Any]:
    """A group without the marks of its last change."""
    return {key: value for key, value in group.items() if key not in ("mod", "usn")}


def save_options(ctx: Context, label: str, groups: list[DeckConfig], removed: int | None = None, **others: Any) -> None:
    """Save groups, and remove one, as Anki's options window does.

    Decks of the removed group, or of a missing one, get group 1 first: Anki would also change their limits.
    `others` are the members of the request that differ from the present settings. Raises Refused for a damaged row.
    """
    decks = [others["target_deck_id"]] if "target_deck_id" in others else []
    refuse_damage(ctx.col, groups, decks, others.get("fsrs"), is_rescheduled=others.get("fsrs_reschedule", False))
    with ctx.single_commit():
        _save(ctx, label, groups, removed, **others)


def choose_options(ctx: Context, label: str, deck_ids: Sequence[DeckId], group_id: int) -> None:
    """Assign a group to decks as Anki's options window does, which also updates new cards and memory states.

    No deck may be filtered. Raises Refused.
    """
    if _validate_in_trial(_group(ctx, group_id) or {}) is None:
        raise Refused("Anki does not accept the group that the decks would get.", config=group_id)
    present = ctx.col.decks.get_deck_configs_for_update(DEFAULT_DECK_ID)
    refuse_damage(ctx.col, [entry.config for entry in present.all_config if entry.config.id == group_id], deck_ids)
    with ctx.single_commit():
        for deck_id in deck_ids:
            overview = ctx.col.decks.get_deck_configs_for_update(deck_id)
            group = next(entry.config for entry in overview.all_config if entry.config.id == group_id)
            _save(ctx, label, [group], target_deck_id=deck_id, limits=limits_of(overview))


def limits_of(overview: DeckConfigsForUpdate) -> DeckConfigsForUpdate.CurrentDeck.Limits:
    """A deck's own limits, for a request that keeps them: Anki would read limits of a past day as today's."""
    limits = overview.current_deck.limits
    if not limits.new_today_active:
        limits.ClearField("new_today")
    if not limits.review_today_active:
        limits.ClearField("review_today")
    return limits


def _save(ctx: Context, label: str, groups: list[DeckConfig], removed: int | None = None, **others: Any) -> None:
    decks = ctx.col.decks
    present = decks.get_deck_configs_for_update(DEFAULT_DECK_ID)
    kept = {entry.config.id for entry in present.all_config} - {removed}
    orphans = [deck for deck in decks.all() if deck.get("conf", 1) not in kept]
    members = {
        "target_deck_id": _NO_DECK,
        "card_state_customizer": present.card_state_customizer,
        "new_cards_ignore_review_limit": present.new_cards_ignore_review_limit,
        "apply_all_parent_limits": present.apply_all_parent_limits,
        "fsrs": present.fsrs,
        "fsrs_health_check": present.fsrs_health_check,
        **others,
    }
    request = UpdateDeckConfigs(configs=groups, removed_config_ids=[] if removed is None else [removed], **members)
    _give(ctx, label, orphans, DEFAULT_DECK_CONF_ID)
    ctx.write_as(label, decks.update_deck_configs, request)


def give_options(ctx: Context, label: str, decks: Sequence[DeckDict], group_id: int) -> None:
    """Assign a group to decks; filtered decks are skipped."""
    with ctx.single_commit():
        _give(ctx, label, decks, group_id)


def _give(ctx: Context, label: str, decks: Sequence[DeckDict], group_id: int) -> None:
    for deck in decks:
        if deck.get("conf", group_id) != group_id:
            deck["conf"] = group_id
            ctx.write_as(label, ctx.col.decks.update_dict, deck)
