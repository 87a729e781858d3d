"""Presets of deck options, by their names."""

from __future__ import annotations

from typing import Any

from ...collection.errors import DeckNotFound
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.deck import presets as s
from .current import existing_deck
from .options import choose_options


@action(
    "getDeckPresets",
    NoParams,
    s.PRESETS,
    examples=[
        Example(
            "of a new collection",
            {},
            [{"presetId": 1, "name": "Default", "decks": ["Default", "Italian", "Italian::A1"]}],
        )
    ],
)
def get_deck_presets(ctx: Context) -> list[dict[str, Any]]:
    """List the presets of deck options, each with the decks that use it."""
    decks = ctx.col.decks
    users: dict[int, list[str]] = {preset["id"]: [] for preset in decks.all_config()}
    for deck in sorted(decks.all(), key=lambda deck: deck["name"].lower()):
        if not deck["dyn"]:
            users.get(deck["conf"], users[1]).append(deck["name"])
    presets = sorted(decks.all_config(), key=lambda preset: preset["name"].lower())
    return [{"presetId": each["id"], "name": each["name"], "decks": users[each["id"]]} for each in presets]


@action(
    "setDeckPreset",
    s.SetDeckPreset,
    s.GIVEN,
    writes=True,
    errors=[DeckNotFound, NotFound, Refused],
    examples=[Example("the one they have", {"decks": ["Italian", "Italian::A1"], "preset": "Default"}, 0)],
)
def set_deck_preset(ctx: Context, decks: list[str], preset: str) -> int:
    """Give decks a preset of options, and tell how many had another one.

    As in Anki's own window, memory states of their cards are computed afresh while FSRS is active. Sub-decks stay as
    they are. A filtered deck has no preset, so it is refused, and then nothing is changed. Of several presets of that
    name, the oldest counts.
    """
    preset_id = existing_preset(ctx, preset)
    others = []
    for deck_id in dict.fromkeys(existing_deck(ctx, name) for name in decks):
        deck = ctx.col.decks.get(deck_id)
        assert deck is not None
        if deck["dyn"]:
            raise Refused("A filtered deck has no preset.", deck=deck["name"])
        if deck["conf"] != preset_id:
            others.append(deck_id)
    choose_options(ctx, "Choose Options", others, preset_id)
    return len(others)


def existing_preset(ctx: Context, name: str) -> int:
    """The id of the preset of a name, the oldest of several. Raises NotFound."""
    ids = [found["id"] for found in ctx.col.decks.all_config() if found["name"] == name]
    if not ids:
        raise NotFound(f"There is no preset of this name: {name}", preset=name)
    return min(ids)
