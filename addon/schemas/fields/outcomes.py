"""Entries for items of a list that failed or do not exist."""

from ..base import Object
from .basic import (
    Anything,
    Dict,
    Integer,
    String,
)


class ErrorObject(Object):
    """An error (JSON-RPC 2.0, section 5.1)."""

    code = Integer("Number of the kind of error.", required=True)
    message = String("What happened, for people.", required=True)
    data = Dict(Anything(), "Details for programs, always with `kind`.")


class Missing(Object):
    """The entry for an id that does not exist: an empty object."""
