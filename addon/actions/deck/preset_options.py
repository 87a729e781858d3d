"""Changing some options of a preset, by Anki's own names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from anki.deck_config_pb2 import DeckConfigsForUpdate
from anki.utils import int_version, to_json_bytes

from ...collection.damage import names_by_id
from ...collection.errors import InvalidSearch
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, NotFound, Refused
from ...rpc.registry import Example
from ...schemas.deck import preset_options as s
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..searching import SearchSource, parsing
from .options import is_accepted, save_options
from .preset_damage import OF_DECKS, decks_of_presets, refuse_damage
from .preset_values import options_of, set_option
from .presets import preset_form

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.deck_config_pb2 import DeckConfig

_STEPS = {"learn_steps": 1, "relearn_steps": 3}
"""The options with the steps of cards, by the type of these."""
_DECKS_HAVE_RETENTION = "desired_retention" in DeckConfigsForUpdate.CurrentDeck.Limits.DESCRIPTOR.fields_by_name
"""A deck can have a desired retention of its own."""
_SKIPS_NEW_CARDS = int_version() >= 260900
"""Older versions of Anki compute memory states of new cards, too, if these have reviews."""
_ITALIAN = {"preset": "Italian options"}


def _dry_run_update(ctx: Context, preset: str, changes: dict[str, Any], new_name: str | None) -> DryRunReport:
    stored = preset_form(ctx, preset)
    form, changed = _edited(ctx, preset, changes, new_name)
    cards = _changed_cards(ctx.col, stored.config, form.config, decks_of_presets(ctx.col)[form.id]) if changed else []
    return dry_run_report(changed_cards=cards)


def _changed_cards(col: Collection, old: DeckConfig.Config, new: DeckConfig.Config, decks: list[int]) -> list[int]:
    """The cards of decks that Anki changes with their preset."""
    assert col.db is not None
    select = f"from cards where {OF_DECKS} and"
    found: list[int] = []
    if old.new_card_insert_order != new.new_card_insert_order:
        found += col.db.list(f"select id {select} type = 0", to_json_bytes(decks).decode())
    for name, kind in _STEPS.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            rows = col.db.all(f"select id, left {select} type = {kind}", to_json_bytes(decks).decode())
            found += [card_id for card_id, left in rows if _remaining(left % 1000, before, after) != left % 1000]
    if old.desired_retention != new.desired_retention and col.get_config("fsrs"):
        inheriting = [
            deck_id
            for deck_id in decks
            if not _DECKS_HAVE_RETENTION or (col.decks.get(deck_id) or {}).get("desiredRetention") is None
        ]
        reviewed = f"{'type != 0 and' if _SKIPS_NEW_CARDS else ''} id in (select cid from revlog)"  # noqa: S608
        found += col.db.list(f"select id {select} {reviewed}", to_json_bytes(inheriting).decode())
    return sorted({*found})


def _remaining(remaining: int, before: Sequence[float], after: Sequence[float]) -> int:
    """How many steps Anki lets a card have if the steps change: from the last one that is not longer than its own."""
    if not before:
        return remaining
    own = before[-1 - remaining] if remaining < len(before) else None
    last = len(after) if own is None else next((n for n, step in enumerate(reversed(after)) if step <= own), len(after))
    return max(last, 1)


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
        refuse_damage(ctx.col, [form])
    return form, changed


def _check_name(ctx: Context, name: str) -> None:
    if not name.strip():
        raise Refused("A preset needs a name.", field=s.UpdateDeckPreset.wire("new_name"))
    if name in names_by_id(ctx.col, "deck_config").values():
        raise AlreadyExists(f"There is a preset of this name already: {name}", preset=name)
