"""Params and results of the actions on operations."""

from ..base import Object, Params
from ..fields.basic import AnyOf, Anything, Boolean, Dict, Enum, Integer, List, Nested, String
from ..fields.outcomes import ErrorObject

STATE = Enum(
    ["queued", "running", "done", "failed", "cancelled"],
    "`queued` until its turn comes, then `running`, finally `done`, `failed` or `cancelled`.",
    required=True,
)


class Progress(Object):
    """How far an operation has come."""

    done = Integer("Number of items done; null if nothing is counted.", required=True, allow_none=True)
    total = Integer("Number of all items; null if it is not known.", required=True, allow_none=True)
    text = String(
        "Anki's progress text, in its language; only for the operation's owner and callers with the scope `admin`.",
        required=True,
        allow_none=True,
    )


PROGRESS = Nested(Progress, "Its progress; null if none is known yet.", required=True, allow_none=True)


class StartOperation(Params):
    method = String("Name of an action that runs on the collection, or `sync`.", required=True)
    params = AnyOf(
        Dict(Anything(), title="OperationParamsByName"),
        List(Anything(), title="OperationParamsByPosition"),
        description="Its params, by name or by position.",
        title="OperationParams",
        load_default=dict,
    )


class OperationId(Params):
    id = String("The operation's id.", required=True)


class OperationSummary(Object):
    """An operation without its result."""

    id = String("The operation's id.", required=True)
    method = String("The action that was started.", required=True)
    state = STATE
    progress = PROGRESS
    cancellable = Boolean("It can still be cancelled.", required=True)
    own = Boolean("The caller, or another program with its key, started it.", required=True)
    created = Integer("When it was started, in seconds since 1970.", required=True)
    ended = Integer("When it ended, in seconds since 1970; null until then.", required=True, allow_none=True)


class Operation(OperationSummary):
    """An operation, with its result once it has ended."""

    result = Anything("Result of the action; null until it has ended.", required=True)
    error = Nested(ErrorObject, "Why it failed or was cancelled; otherwise null.", required=True, allow_none=True)


OPERATION = Nested(Operation, "The operation in its present state; result and error only if it is the caller's own.")
OPERATIONS = List(Nested(OperationSummary), "Oldest first.", title="Operations")
