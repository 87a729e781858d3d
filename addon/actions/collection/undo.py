"""The undo history of the collection, with or without a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.errors import UndoEmpty

from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.collection import undo as s
from ...text.plain import without_isolates

if TYPE_CHECKING:
    from ...rpc.host import Way

_NONE = {"undo": None, "redo": None}


@action("undoStatus", NoParams, s.UNDO_STATUS, examples=[Example("nothing was changed yet", {}, _NONE)])
def undo_status(ctx: Context) -> dict[str, Any]:
    """Return the names of the steps that would be undone and redone next."""
    status = ctx.col.undo_status()
    return {"undo": without_isolates(status.undo) or None, "redo": without_isolates(status.redo) or None}


@action(
    "undo",
    NoParams,
    s.UNDONE_STEP,
    writes=True,
    undoable=False,
    examples=[Example("nothing was changed yet", {}, {"step": None, **_NONE})],
)
def undo(ctx: Context) -> dict[str, Any]:
    """Undo the newest step and return its name; null if there is none.

    A request or a batch is one step. Callers without the scope `delete` may undo only the steps that they have made
    since the gateway started. A caller is identified by its origin and the name of its key.
    """
    return _turn(ctx, "undo")


@action(
    "redo",
    NoParams,
    s.UNDONE_STEP,
    writes=True,
    undoable=False,
    examples=[Example("nothing was undone yet", {}, {"step": None, **_NONE})],
)
def redo(ctx: Context) -> dict[str, Any]:
    """Redo the step that was undone last and return its name; null if there is none.

    Callers without the scope `delete` may redo only their own steps, as with `undo`.
    """
    return _turn(ctx, "redo")


def _turn(ctx: Context, way: Way) -> dict[str, Any]:
    try:
        out = ctx.undo.turn(ctx.col, way, ctx.caller)
    except UndoEmpty:
        return {"step": None, **undo_status(ctx)}
    ctx.host.changed(out.changes)
    return {"step": without_isolates(out.operation), **undo_status(ctx)}
