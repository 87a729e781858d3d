"""Params and results of the actions on note types as wholes."""

from ..base import Object, Params
from ..fields.basic import Integer, List, Nested, String, Strings
from ..fields.models import ModelByName


class RenameModel(ModelByName):
    new_name = String("New name.", required=True)


class DeleteModels(Params):
    model_names = List(String(title="ModelNameToDelete"), "Note type names, compared without case.", required=True)


class DeletedModels(Object):
    """What was deleted."""

    models = Strings("Names of the deleted note types.", required=True)
    notes = Integer("Number of deleted notes.", required=True)
    cards = Integer("Number of deleted cards.", required=True)


DELETED_MODELS = Nested(DeletedModels, "What was deleted.")
