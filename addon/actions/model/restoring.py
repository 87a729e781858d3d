"""Restoring a note type to one of Anki's built-in ones, with its notes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...collection.errors import ModelNotFound
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example
from ...rpc.scopes import Scope
from ...schemas.model import copies as s
from ...schemas.model.models import MODEL
from ...text.anki_text import fold
from ..dry_run import DryRunReport, destructive
from .edits import check_edited, losses_of_edit
from .models import editable_model, example_model, require_model, save_model

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

_ITALIAN = {"modelName": "Italian vocab", "kind": "basic"}
Part = dict[str, Any]


def _dry_run_restore(ctx: Context, model_name: str, kind: str) -> DryRunReport:
    return losses_of_edit(ctx.col, _restored(ctx.col, model_name, kind))


@destructive(
    "restoreModel",
    s.RestoreModel,
    MODEL,
    dry_run=_dry_run_restore,
    idempotent=True,
    touches_notes=lambda params: None,
    scope=Scope.DELETE,
    extra_scopes=(Scope.WRITE,),
    errors=[ModelNotFound, AlreadyExists, Refused],
    examples=[
        Example(
            "what would go",
            {**_ITALIAN, "dryRun": True},
            {"dryRun": True, "changedModels": {"count": 1, "names": ["Italian vocab"]}},
        ),
        Example("a basic one", _ITALIAN, example_model(1700000003007, "Italian vocab", "Front", "Back")),
    ],
)
def restore_model(ctx: Context, model_name: str, kind: str) -> NotetypeDict:
    """Make a note type like one of Anki's built-in ones again, and return it as Anki stores it.

    It gets the fields, templates and styling of that one; its name, its LaTeX and its notes stay. Fields and templates
    keep the content and the cards of those with the same name; those that are left take their places in order, and
    further ones are removed with their content and their cards; notes with only such cards stay without cards. A cloze
    note type cannot become a standard one, nor the other way. If fields or templates are added, removed or moved, the
    next sync must be a full one.
    """
    model = _restored(ctx.col, model_name, kind)
    save_model(ctx, model, refuse_taken=True)
    stored = ctx.col.models.get(model["id"])
    assert stored is not None
    return stored


def _restored(col: Collection, model_name: str, kind: str) -> NotetypeDict:
    """A copy of the note type as it would be. Raises ModelNotFound and Refused."""
    stored, model = require_model(col, model_name), editable_model(col, model_name)
    stock = _stock(col, s.KINDS.index(kind))
    if model["type"] != stock["type"]:
        text = "A cloze note type cannot become a standard one, nor the other way."
        raise Refused(text, model=model["name"], field=s.RestoreModel.wire("kind"))
    model["flds"] = _matched(stock["flds"], model["flds"], _original_names(col, model))
    model["tmpls"] = _matched(stock["tmpls"], model["tmpls"], {})
    model |= {name: stock[name] for name in ("css", "originalStockKind") if name in stock}
    check_edited(col, stored, model)
    return model


def _stock(col: Collection, number: int) -> NotetypeDict:
    stock: NotetypeDict = json.loads(col._backend.get_stock_notetype_legacy(number))
    return stock


def _original_names(col: Collection, model: NotetypeDict) -> dict[Any, str]:
    """The names that Anki gave to fields, by their tags. Each built-in note type numbers its own fields from 0."""
    number = model.get("originalStockKind", 0) - 1
    fields = _stock(col, number)["flds"] if 0 <= number < len(s.KINDS) else []
    return {field["tag"]: _name_of(field) for field in fields if field.get("tag") is not None}


def _name_of(part: Part) -> str:
    return fold(part["name"])


def _matched(stock: Sequence[Part], stored: Sequence[Part], original_names: dict[Any, str]) -> list[Part]:
    """Fields or templates as in a built-in note type, each in the place of a stored one: which had the name at first,
    which has it, or the next that is left. Anki itself goes by their places only, and would exchange fields that were
    moved.
    """
    left, taken = list(stored), {}

    def had_name(other: Part, part: Part) -> bool:
        return original_names.get(other.get("tag")) == _name_of(part)

    def has_name(other: Part, part: Part) -> bool:
        return _name_of(other) == _name_of(part)

    for is_like in (had_name, has_name, lambda other, part: True):
        for place, part in enumerate(stock):
            if place not in taken and (found := next((x for x in left if is_like(x, part)), None)) is not None:
                taken[place] = found
                left.remove(found)
    return [
        {**part, "ord": taken[place]["ord"], "id": taken[place].get("id")} if place in taken else {**part, "ord": None}
        for place, part in enumerate(stock)
    ]
