"""What the actions on presets of deck options take and give."""

from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, String, Strings


class SetDeckPreset(Params):
    decks = Strings("Full names, compared without case.", required=True)
    preset = String("Name of the preset in its exact spelling.", required=True)


class DeckPreset(Object):
    preset_id = Integer("Id of the preset, `configId` to other actions.", required=True)
    name = String("Its name.", required=True)
    decks = Strings("Full names of the decks that use it.", required=True)


PRESETS = List(Nested(DeckPreset), "All presets, by name.", title="DeckPresets")


GIVEN = Integer("Number of decks that had another preset.", title="DecksChanged")
