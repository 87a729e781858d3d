"""Params and result of multi."""

from ..base import Object, Params
from ..fields.basic import AnyOf, Anything, Dict, List, Nested, String
from ..fields.outcomes import ErrorObject


class Call(Object):
    """One of several actions to call."""

    action = String("Name of the action.", required=True)
    params = AnyOf(
        Dict(Anything(), title="ParamsByName"),
        List(Anything(), title="ParamsByPosition"),
        description="Its params, by name or by position.",
        title="CallParams",
        load_default=dict,
    )
    key = Anything("API key of this call; default the key of the outer request.", load_default=None)


class Multi(Params):
    actions = List(Nested(Call), "Calls to run in order.", required=True)


class Outcome(Object):
    """The outcome of one of several actions."""

    result = Anything("Result of the action; null if it failed.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why it failed; null if it did not.", required=True, allow_none=True)


OUTCOMES = List(Nested(Outcome), "One outcome per call, in order.", title="Outcomes")
