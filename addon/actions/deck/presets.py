"""Presets of deck options, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.decks import DEFAULT_DECK_ID

from ...collection.damage import names_by_id, presets_of_decks
from ...collection.errors import DeckNotFound
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example, action
from ...schemas.deck import presets as s
from .current import existing_deck
from .options import choose_options
from .preset_values import options_of

if TYPE_CHECKING:
    from anki.deck_config_pb2 import DeckConfig, DeckConfigsForUpdate


@action(
    "getDeckPresets",
    s.GetDeckPresets,
    s.PRESETS,
    examples=[
        Example(
            "two, one of them in use",
            {},
            [
                {"presetId": 1, "name": "Default", "decks": ["Default", "Italian", "Italian::A1"]},
                {"presetId": 1700000004001, "name": "Italian options", "decks": []},
            ],
        )
    ],
)
def get_deck_presets(ctx: Context, options: bool) -> list[dict[str, Any]]:
    """List the presets of deck options, each with the decks that use it.

    With `options` also return what `updateDeckPreset` changes. `getFsrsParams` returns FSRS parameters.
    """
    presets = names_by_id(ctx.col, "deck_config")
    users: dict[int, list[str]] = {preset_id: [] for preset_id in presets}
    for name, preset_id in sorted(presets_of_decks(ctx.col), key=lambda deck: deck[0].lower()):
        users.get(preset_id, users[1]).append(name)
    named = sorted(presets.items(), key=lambda preset: preset[1].lower())
    found = [{"presetId": preset_id, "name": name, "decks": users[preset_id]} for preset_id, name in named]
    if options:
        forms = {entry.config.id: entry.config for entry in _overview(ctx).all_config}
        return [{**preset, "options": options_of(forms[preset["presetId"]])} for preset in found]
    return found


@action(
    "setDeckPreset",
    s.SetDeckPreset,
    s.GIVEN,
    writes=True,
    errors=[DeckNotFound, NotFound, Refused],
    examples=[Example("another one", {"decks": ["Italian", "Italian::A1"], "preset": "Italian options"}, 2)],
)
def set_deck_preset(ctx: Context, decks: list[str], preset: str) -> int:
    """Assign a preset of options to decks and return how many had another one.

    As in Anki's options window, memory states of their cards are computed again while FSRS is active. Sub-decks are not
    changed. A filtered deck has no preset: if one is named, the call is refused and changes nothing. If several presets
    have the name, the oldest is used.
    """
    preset_id = existing_preset(ctx, preset)
    others = []
    for deck_id in dict.fromkeys(existing_deck(ctx, name) for name in decks):
        deck = ctx.col.decks.get(deck_id)
        assert deck is not None
        if deck["dyn"]:
            raise Refused(f"A filtered deck has no preset: {deck['name']}", deck=deck["name"])
        if deck["conf"] != preset_id:
            others.append(deck_id)
    choose_options(ctx, "Choose Options", others, preset_id)
    return len(others)


def existing_preset(ctx: Context, name: str) -> int:
    """The id of the oldest preset with a name. Raises NotFound."""
    ids = [preset_id for preset_id, found in names_by_id(ctx.col, "deck_config").items() if found == name]
    if not ids:
        raise NotFound(f"preset was not found: {name}", preset=name)
    return min(ids)


def preset_form(ctx: Context, name: str) -> DeckConfig:
    """A preset as Anki's options window gets it, with older parameters in place of missing newer ones."""
    preset_id = existing_preset(ctx, name)
    return next(entry.config for entry in _overview(ctx).all_config if entry.config.id == preset_id)


def _overview(ctx: Context) -> DeckConfigsForUpdate:
    return ctx.col.decks.get_deck_configs_for_update(DEFAULT_DECK_ID)
