"""Changing some options of a preset, by Anki's own names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.decks import DEFAULT_DECK_CONF_ID
from anki.utils import to_json_bytes

from ...collection.damage import names_by_id
from ...collection.errors import InvalidSearch
from ...collection.rows import READABLE_REVIEW, refuse_unreadable, unreadable_text
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, NotFound, Refused
from ...rpc.registry import Example
from ...schemas.deck import preset_options as s
from ...schemas.fields.dates import is_date
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..searching import SearchSource, parsing
from .options import is_accepted, save_options
from .preset_values import options_of, set_option, wire_name
from .presets import preset_form

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.deck_config_pb2 import DeckConfig

_ORDER = "new_card_insert_order"
_STEPS = ("learn_steps", "relearn_steps")
_RETENTION = "desired_retention"
_ITALIAN = {"preset": "Italian options"}
_OF_CARDS = "(did in (select value from json_each(?1)) or odid in (select value from json_each(?1)))"
"""An SQL condition for the cards of decks, also while they are in a filtered deck."""


def _dry_run_update(ctx: Context, preset: str, changes: dict[str, Any], new_name: str | None) -> DryRunReport:
    form, changed = _edited(ctx, preset, changes, new_name)
    col = ctx.col
    assert col.db is not None
    is_sorted_again = wire_name(_ORDER) in changed
    moved = f"select id from cards where type = 0 and {_OF_CARDS}"  # noqa: S608  (a constant)
    return dry_run_report(changed_cards=col.db.list(moved, _decks_of(col, form.id)) if is_sorted_again else [])


@destructive(
    "updateDeckPreset",
    s.UpdateDeckPreset,
    s.UPDATED,
    dry_run=_dry_run_update,
    idempotent=True,
    errors=[NotFound, AlreadyExists, InvalidSearch, Refused],
    examples=[
        Example(
            "what would go",
            {
                "preset": "Default",
                "changes": {"newCardInsertOrder": "random"},
                "newName": "Default",
                "dryRun": True,
            },
            {"dryRun": True, "changedCards": {"count": 2, "ids": [1700000001001, 1700000001002]}},
        ),
        Example(
            "two options that change, and one that does not",
            {**_ITALIAN, "changes": {"learnSteps": [1, 10, 60], "leechAction": "suspend", "newPerDay": 20}},
            {
                "presetId": 1700000004001,
                "name": "Italian options",
                "changed": {"learnSteps": [1.0, 10.0, 60.0], "leechAction": "suspend"},
            },
        ),
    ],
)
def update_deck_preset(ctx: Context, preset: str, changes: dict[str, Any], new_name: str | None) -> dict[str, Any]:
    """Change some options of a preset, and its name, and return which options had other values.

    `getDeckPresets` with `options` returns the present values. FSRS parameters are set by `setFsrsParams`. The name of
    another preset is refused. As in Anki's options window, a change of `newCardInsertOrder` gives all new cards of the
    preset's decks new positions, and a change of steps moves cards in learning to the nearest step. While FSRS is
    active, a change of `desiredRetention` computes memory states again.
    """
    form, changed = _edited(ctx, preset, changes, new_name)
    if changed or form.name != preset:
        save_options(ctx, "Update Preset", [form])
    return {"presetId": form.id, "name": form.name, "changed": changed}


def _edited(
    ctx: Context, preset: str, changes: dict[str, Any], new_name: str | None
) -> tuple[DeckConfig, dict[str, Any]]:
    """The preset with the changes, and the options that had other values. Raises what Anki would find while it writes,
    or would not find at all.
    """
    form = preset_form(ctx, preset)
    before = options_of(form)
    if new_name is not None and new_name != form.name:
        _check_name(ctx, new_name)
        form.name = new_name
    for name, value in changes.items():
        set_option(form, name, value)
    if text := changes.get("param_search"):
        field = s.UpdateDeckPreset.wire("changes", "param_search")
        with parsing(ctx, text, SearchSource(field, {"field": field})):
            ctx.col.build_search_string(text)
    changed = {name: value for name, value in options_of(form).items() if value != before[name]}
    if changed or form.name != preset:
        if not is_accepted(form):
            raise Refused("Anki does not accept the stored FSRS parameters of this preset.", preset=preset)
        _refuse_damage(ctx.col, form, changed)
    return form, changed


def _check_name(ctx: Context, name: str) -> None:
    if not name.strip():
        raise Refused("A preset needs a name.", field=s.UpdateDeckPreset.wire("new_name"))
    if name in names_by_id(ctx.col, "deck_config").values():
        raise AlreadyExists(f"There is a preset of this name already: {name}", preset=name)


def _refuse_damage(col: Collection, form: DeckConfig, changed: dict[str, Any]) -> None:
    """Raise Refused for a row that Anki would read while it saves the preset, but cannot."""
    is_computed = wire_name(_RETENTION) in changed and col.get_config("fsrs")
    if is_computed and not is_date(ignored := form.config.ignore_revlogs_before_date):
        text = f"The preset {form.name!r} is to ignore reviews before {ignored[:40]!r}, which is not a date."
        raise Refused(text, preset=form.name, field=wire_name("ignore_revlogs_before_date"))
    if not is_computed and not any(wire_name(name) in changed for name in (_ORDER, *_STEPS)):
        return
    decks = _decks_of(col, form.id)
    refuse_unreadable(col, "card", _OF_CARDS, decks)
    if is_computed:
        assert col.db is not None
        cards = f"select id from cards where {_OF_CARDS}"  # noqa: S608  (a constant)
        select = f"select id from revlog where not {READABLE_REVIEW} and cid in ({cards}) limit 1"  # noqa: S608
        for review_id in col.db.list(select, decks):
            raise Refused(unreadable_text("review", review_id), review=review_id)


def _decks_of(col: Collection, preset_id: int) -> str:
    """The ids of the decks with a preset, as JSON; the decks of a missing preset have the first one."""
    known = names_by_id(col, "deck_config")
    presets = {deck["id"]: deck["conf"] for deck in col.decks.all() if not deck["dyn"]}
    return to_json_bytes(
        [deck_id for deck_id, conf in presets.items() if (conf if conf in known else DEFAULT_DECK_CONF_ID) == preset_id]
    ).decode()
