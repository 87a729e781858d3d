"""Params and results of the actions on presets of deck options."""

from ..base import Object, Params
from ..fields.basic import Boolean, Integer, List, Nested, String, Strings
from .preset_options import StoredPresetOptions


class GetDeckPresets(Params):
    options = Boolean("Also return the options of each preset.", load_default=False)


class SetDeckPreset(Params):
    decks = Strings("Full names, compared without case.", required=True)
    preset = String("Name of the preset in its exact spelling.", required=True)


class DeckPreset(Object):
    """A preset of deck options, with its decks."""

    preset_id = Integer("Id of the preset; other actions call it `configId`.", required=True)
    name = String("Its name.", required=True)
    decks = Strings("Full names of the decks that use it.", required=True)
    options = Nested(StoredPresetOptions, "Its options; only if the call asks for them.")


PRESETS = List(Nested(DeckPreset), "All presets, ordered by name.", title="DeckPresets")


GIVEN = Integer("Number of decks that had another preset.", title="DecksChanged")
