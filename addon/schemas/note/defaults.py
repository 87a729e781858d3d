"""Params and result of getAddDefaults."""

from ..base import Object, Params
from ..fields.basic import Nested, String


class GetAddDefaults(Params):
    model_name = String("Note type to be added, compared without case; default the one used last.", load_default=None)


class AddDefaults(Object):
    """The deck and note type with which Anki's window for adding notes begins."""

    deck_name = String("Full name of the deck.", required=True)
    model_name = String("Name of the note type.", required=True)


ADD_DEFAULTS = Nested(AddDefaults, "The deck and the note type.")
