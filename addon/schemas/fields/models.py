"""Note types by their names, and the names that their parts get."""

from ..base import Params
from .basic import String

FINAL_NAME = String(
    "The name that it got: Anki tidies names, and gives one that is taken a plus sign.", title="FinalName"
)


MODEL_BY_NAME = String("Note type name, compared without case.", required=True)


class ModelByName(Params):
    model_name = MODEL_BY_NAME
