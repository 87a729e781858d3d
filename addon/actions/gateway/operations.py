"""Operations: starting an action that goes on by itself, and asking what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...rpc.context import Context
from ...rpc.errors import Busy, InvalidParams, MethodNotFound, NotFound, Refused
from ...rpc.executor import RunsOn
from ...rpc.operations import Operation, status_of
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
    """Start an action that may take long, and answer at once; what comes of it is asked for later.

    Any action on the collection can be started, and `sync`. Its name, its params and the caller's right to it are
    checked before the answer; whatever it finds later is the operation's own outcome. It waits for its turn as long
    as it takes, and goes on when the connection is lost. Params and result are those of JSON-RPC in both protocols.

    While it writes many notes, other callers may read between two parts. Its progress is told by the event
    `operationChanged`, too. The last 100 operations are kept for an hour after their end.
    """
    try:
        operation = ctx.start_operation(method, params)
    except InvalidParams as error:
        raise InvalidParams([flaw._replace(path=f"params.{flaw.path}") for flaw in error.problems]) from None
    return _whole(ctx, operation)


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
    """Tell how far an operation is, and what came of it.

    It is told to who started it: callers are told apart by their origins and by the names of their keys. Callers with
    the scope `admin` learn of others, too, but not what came of them.
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
    """List operations without their results: those that are queued or running, and those that have ended lately."""
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

    One that is queued never begins. One that writes many notes stops after 5,000 at the most: what is written stays,
    and its result tells of each note. Import, export, checks and sync stop where Anki looks for it, and leave nothing
    half done. Anything else is refused once it runs. One that has ended stays as it is.
    """
    operation = _find(ctx, id)
    ctx.operations.cancel(operation)
    return _whole(ctx, operation)


def _find(ctx: Context, id: str) -> Operation:
    operation = ctx.operations.find(id)
    if not _is_visible(ctx, operation):
        raise NotFound(f"there is no operation {id}, or none any more", operation=id)
    return operation


def _is_own(ctx: Context, operation: Operation) -> bool:
    return operation.owner == ctx.caller.identity


def _is_visible(ctx: Context, operation: Operation) -> bool:
    return _is_own(ctx, operation) or ctx.caller.may(Scope.ADMIN)


def _summary(ctx: Context, operation: Operation) -> dict[str, Any]:
    return {
        **status_of(operation),
        "cancellable": operation.can_be_cancelled,
        "own": _is_own(ctx, operation),
        "created": operation.created,
        "ended": operation.ended,
    }


def _whole(ctx: Context, operation: Operation) -> dict[str, Any]:
    summary = _summary(ctx, operation)
    result, error = operation.stored_outcome() if _is_own(ctx, operation) else (None, None)
    return {**summary, "result": result, "error": error}
