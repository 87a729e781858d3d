"""What stands for an item of a list that failed or is not there."""

from ..base import Object
from .basic import (
    Anything,
    Dict,
    Integer,
    String,
)


class ErrorObject(Object):
    """JSON-RPC 2.0, section 5.1."""

    code = Integer("What sort of error, as a number.", required=True)
    message = String("What happened, for people.", required=True)
    data = Dict(Anything(), "More for programs, `kind` always among it.")


class Missing(Object):
    """Stands for an id that does not exist: an empty object."""
