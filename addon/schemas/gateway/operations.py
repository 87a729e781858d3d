"""What the actions on operations take and give."""

from ..base import Object, Params
from ..fields.basic import AnyOf, Anything, Boolean, Dict, Enum, Integer, List, Nested, String
from ..fields.outcomes import ErrorObject

STATE = Enum(
    ["queued", "running", "done", "failed", "cancelled"],
    "`queued` until its turn comes, then `running`, and in the end `done`, `failed` or `cancelled`.",
    required=True,
)


class Progress(Object):
    done = Integer("How much is done; null where nothing is counted.", required=True, allow_none=True)
    total = Integer("Of how much.", required=True, allow_none=True)
    text = String(
        "What Anki says of it, in its language; only for the operation's owner and callers with the scope `admin`.",
        required=True,
        allow_none=True,
    )


PROGRESS = Nested(Progress, "How far it is; null where nothing has been told yet.", required=True, allow_none=True)


class StartOperation(Params):
    method = String("Name of an action that runs on the collection, or `sync`.", required=True)
    params = AnyOf(
        Dict(Anything(), title="OperationParamsByName"),
        List(Anything(), title="OperationParamsByPosition"),
        description="Its params in JSON-RPC, by name or by position.",
        title="OperationParams",
        load_default=dict,
    )


class OperationId(Params):
    id = String("The operation's id.", required=True)


class OperationSummary(Object):
    id = String("The operation's id.", required=True)
    method = String("What was started.", required=True)
    state = STATE
    progress = PROGRESS
    cancellable = Boolean("It can still be cancelled.", required=True)
    own = Boolean("The caller started it, or another program with the same key.", required=True)
    created = Integer("When it was started, in seconds since 1970.", required=True)
    ended = Integer("When it ended; null until then.", required=True, allow_none=True)


class Operation(OperationSummary):
    result = Anything("What the action gave, in JSON-RPC; null until it has ended.", required=True)
    error = Nested(ErrorObject, "Why it failed, or was cancelled; else null.", required=True, allow_none=True)


OPERATION = Nested(Operation, "The operation as it is now; result and error only where it is the caller's own.")
OPERATIONS = List(Nested(OperationSummary), "Oldest first.", title="Operations")
