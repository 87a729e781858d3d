"""Note types that are added like another one: copies, and Anki's built-in ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ...collection.errors import ModelNotFound
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example, action
from ...schemas.model import copies as s
from .models import editable_model, require_name, validate_in_trial
from .template_limits import require_readable

if TYPE_CHECKING:
    from anki.models import NotetypeDict


@action(
    "copyModel",
    s.CopyModel,
    s.ADDED,
    writes=True,
    errors=[ModelNotFound, AlreadyExists, Refused],
    examples=[
        Example(
            "a note type",
            {"modelName": "Italian vocab", "newName": "French vocab"},
            {"modelId": 1700000003008, "name": "French vocab"},
        )
    ],
)
def copy_model(ctx: Context, model_name: str, new_name: str) -> dict[str, Any]:
    """Copy a note type with its fields, templates, styling and options, but without its notes.

    The name of another note type is refused; case does not matter. Anki removes quotes from names.
    """
    model = editable_model(ctx.col, model_name)
    require_readable(model)  # its error has the present name
    require_name(new_name, "note type", s.CopyModel.wire("new_name"))
    return _add(ctx, {**model, "id": 0, "name": new_name})


@action(
    "createStockModel",
    s.CreateStockModel,
    s.ADDED,
    writes=True,
    errors=[AlreadyExists, Refused],
    examples=[
        Example(
            "a second one, under a name of its own",
            {"kind": "basicTyping", "name": "Spelling"},
            {"modelId": 1700000003008, "name": "Spelling"},
        )
    ],
)
def create_stock_model(ctx: Context, kind: str, name: str | None) -> dict[str, Any]:
    """Add one of Anki's built-in note types, as it comes with a new collection.

    The names of its fields and templates are in the language of the user. The name of another note type is refused;
    case does not matter.
    """
    if name is not None:
        require_name(name, "note type", s.CreateStockModel.wire("name"))
    model = json.loads(ctx.col._backend.get_stock_notetype_legacy(s.KINDS.index(kind)))
    return _add(ctx, {**model, "id": 0, "name": model["name"] if name is None else name})


def _add(ctx: Context, model: NotetypeDict) -> dict[str, Any]:
    """Add a note type. Raises AlreadyExists and Refused, before the write."""
    validate_in_trial(ctx.col, [model], refuse_taken=True)
    model_id = ctx.write(ctx.col.models.add_dict, model).id
    stored = ctx.col.models.get(model_id)
    assert stored is not None
    return {"modelId": model_id, "name": stored["name"]}
