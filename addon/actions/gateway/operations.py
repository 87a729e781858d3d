"""Operations: starting an action in the background, following it and cancelling it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...rpc.context import Context
from ...rpc.errors import Busy, InvalidParams, MethodNotFound, NotFound, Refused
from ...rpc.executor import RunsOn
from ...rpc.operations import BackgroundOperation, status_of
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.gateway import operations as s

_ID = "9f86d081884c7d65"
_QUEUED = {
    "id": _ID,
    "method": "checkDatabase",
    "state": "queued",
    "progress": None,
    "cancellable": True,
    "own": True,
    "created": 1700000000,
    "ended": None,
}


@action(
    "startOperation",
    s.StartOperation,
    s.OPERATION,
    runs_on=RunsOn.ANY,
    is_quick=True,
    errors=[MethodNotFound, Refused, Busy],
    examples=[
        Example(
            "check the database",
            {"method": "checkDatabase", "params": {}},
            {**_QUEUED, "result": None, "error": None},
        )
    ],
)
def start_operation(ctx: Context, method: str, params: Mapping[str, Any] | Sequence[Any]) -> dict[str, Any]:
    """Start an action in the background and return at once; `getOperation` returns its result later.

    Any action on the collection can be started, and `sync`. Name, params and permission are checked before the
    response; later errors are in the operation's outcome. The operation waits for its turn without a time limit, and
    continues if the connection is lost. Params and result have the form that they have in JSON-RPC.

    While an operation writes many notes, other callers can read between two chunks. The event `operationChanged`
    reports its progress. The last 100 operations are kept for an hour after their end.
    """
    try:
        operation = ctx.start_operation(method, params)
    except InvalidParams as error:
        raise InvalidParams([flaw._replace(path=_path(flaw.path)) for flaw in error.problems]) from None
    return _whole(ctx, operation)


def _path(path: str) -> str:
    """Where a value of the started action is in the params of `startOperation`."""
    return path if path == "params" else f"params.{path}"


@action(
    "getOperation",
    s.OperationId,
    s.OPERATION,
    runs_on=RunsOn.ANY,
    is_quick=True,
    errors=[NotFound],
    examples=[
        Example(
            "done",
            {"id": _ID},
            {
                **_QUEUED,
                "state": "done",
                "progress": {"done": None, "total": None, "text": "Checking cards..."},
                "cancellable": False,
                "ended": 1700000004,
                "result": {"ok": True, "problems": []},
                "error": None,
            },
        )
    ],
)
def get_operation(ctx: Context, id: str) -> dict[str, Any]:
    """Return the state and progress of an operation, and its result once it has ended.

    A caller sees only its own operations; origin and name of the key identify a caller. A caller with the scope
    `admin` also sees the operations of others, without their results.
    """
    return _whole(ctx, _find(ctx, id))


@action(
    "listOperations",
    NoParams,
    s.OPERATIONS,
    runs_on=RunsOn.ANY,
    is_quick=True,
    examples=[Example("there is none", {}, [])],
)
def list_operations(ctx: Context) -> list[dict[str, Any]]:
    """List the operations that are queued, running or recently ended, without their results."""
    return [_summary(ctx, operation) for operation in ctx.operations.all() if _is_visible(ctx, operation)]


@action(
    "cancelOperation",
    s.OperationId,
    s.OPERATION,
    runs_on=RunsOn.ANY,
    is_quick=True,
    errors=[NotFound, Refused],
    examples=[
        Example(
            "before its turn",
            {"id": _ID},
            {
                **_QUEUED,
                "state": "cancelled",
                "cancellable": False,
                "ended": 1700000004,
                "result": None,
                "error": {"code": 506, "message": "it was cancelled", "data": {"kind": "cancelled"}},
            },
        )
    ],
)
def cancel_operation(ctx: Context, id: str) -> dict[str, Any]:
    """Stop an operation as soon as it can be stopped.

    A queued operation never begins. One that writes many notes stops after at most 1,000 more: what is written stays,
    and its result has an entry for each note. Import, export, checks and sync stop at the next point where Anki allows
    it, with nothing half done. Any other running operation cannot be cancelled: the call is refused. An operation that
    has ended is not changed.
    """
    operation = _find(ctx, id)
    ctx.operations.cancel(operation)
    return _whole(ctx, operation)


def _find(ctx: Context, id: str) -> BackgroundOperation:
    operation = ctx.operations.find(id)
    if not _is_visible(ctx, operation):
        raise NotFound(f"operation was not found (or is no longer kept): {id}", operation=id)
    return operation


def _is_own(ctx: Context, operation: BackgroundOperation) -> bool:
    return operation.owner == ctx.caller.identity


def _is_visible(ctx: Context, operation: BackgroundOperation) -> bool:
    return _is_own(ctx, operation) or ctx.caller.may(Scope.ADMIN)


def _summary(ctx: Context, operation: BackgroundOperation) -> dict[str, Any]:
    return {
        **status_of(operation),
        "cancellable": operation.can_be_cancelled,
        "own": _is_own(ctx, operation),
        "created": operation.created,
        "ended": operation.ended,
    }


def _whole(ctx: Context, operation: BackgroundOperation) -> dict[str, Any]:
    summary = _summary(ctx, operation)
    result, error = operation.stored_outcome() if _is_own(ctx, operation) else (None, None)
    return {**summary, "result": result, "error": error}
