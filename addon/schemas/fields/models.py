"""Names of note types and of their parts."""

from ..base import Params
from .basic import String

FINAL_NAME = String(
    "The name it got: Anki removes characters that a name cannot have, and composes letters (NFC).", title="FinalName"
)


MODEL_BY_NAME = String("Note type name, compared without case.", required=True)


class ModelByName(Params):
    model_name = MODEL_BY_NAME
