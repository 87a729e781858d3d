"""Params and results of the actions that add a note type like another one."""

from ..base import Object, Params
from ..fields.basic import Enum, Integer, Nested, String
from ..fields.models import ModelByName

KINDS = ("basic", "basicAndReversed", "basicOptionalReversed", "basicTyping", "cloze", "imageOcclusion")
"""Anki's built-in note types, in the order of Anki's numbers."""


class CopyModel(ModelByName):
    new_name = String("Name of the copy.", required=True)


class CreateStockModel(Params):
    kind = Enum(KINDS, "Which of Anki's built-in note types.", required=True)
    name = String("Its name; default Anki's, in the language of the user.", load_default=None)


class RestoreModel(ModelByName):
    kind = Enum(KINDS, "Which of Anki's built-in note types it shall be like.", required=True)


class AddedModel(Object):
    """A note type that was added."""

    model_id = Integer("Id of the note type: creation time in milliseconds since 1970.", required=True)
    name = String("The name it got.", required=True)


ADDED = Nested(AddedModel, "The new note type.")
