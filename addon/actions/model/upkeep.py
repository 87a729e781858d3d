"""Note types as wholes: renaming and deleting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.models import NotetypeId

from ...collection.errors import ModelNotFound
from ...collection.rows import refuse_unreadable_of, rows_of
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.fields.models import FINAL_NAME
from ...schemas.model import upkeep as s
from ..dry_run import DryRunReport, destructive, dry_run_report
from .models import editable_model, require_name, save_model
from .template_limits import require_readable

if TYPE_CHECKING:
    from anki.collection import Collection

_TYPED = "Basic (type in the answer)"


@action(
    "renameModel",
    s.RenameModel,
    FINAL_NAME,
    writes=True,
    errors=[ModelNotFound, AlreadyExists, Refused],
    examples=[Example("a note type", {"modelName": "Italian vocab", "newName": "Italian"}, "Italian")],
)
def rename_model(ctx: Context, model_name: str, new_name: str) -> str:
    """Rename a note type and return the name it got. Its notes stay, and no full sync is needed.

    The name of another note type is refused; case does not matter. Anki removes quotes from names.
    """
    model = editable_model(ctx.col, model_name)
    require_readable(model)  # its error has the present name
    require_name(new_name, "note type", s.RenameModel.wire("new_name"))
    model["name"] = new_name
    save_model(ctx, model, refuse_taken=True)
    stored = ctx.col.models.get(model["id"])
    assert stored is not None
    return str(stored["name"])


def _dry_run_delete(ctx: Context, model_names: list[str]) -> DryRunReport:
    models = _existing(ctx.col, model_names)
    return dry_run_report(models=models.values(), notes=_notes_of(ctx.col, models), cards=_cards_of(ctx.col, models))


@destructive(
    "deleteModels",
    s.DeleteModels,
    s.DELETED_MODELS,
    dry_run=_dry_run_delete,
    idempotent=True,
    touches_notes=lambda params: None,
    scope=Scope.DELETE,
    errors=[Refused],
    examples=[
        Example(
            "what would go",
            {"modelNames": [_TYPED], "dryRun": True},
            {"dryRun": True, "models": {"count": 1, "names": [_TYPED]}},
        ),
        Example(
            "one, and a name that does not exist",
            {"modelNames": ["Italian vocab", "Italiano"]},
            {"models": ["Italian vocab"], "notes": 2, "cards": 2},
        ),
    ],
)
def delete_models(ctx: Context, model_names: list[str]) -> dict[str, Any]:
    """Delete note types with all their notes and cards, and return what was deleted. Unknown names are skipped.

    If no note type is left, Anki adds its `Basic` again. The next sync must be a full one.
    """
    models = _existing(ctx.col, model_names)
    notes, cards = _notes_of(ctx.col, models), _cards_of(ctx.col, models)
    refuse_unreadable_of(ctx.col, "note", "id", notes)
    refuse_unreadable_of(ctx.col, "card", "nid", notes)
    with ctx.single_commit(len(notes) + len(cards)):
        for model_id in models:
            ctx.write(ctx.col.models.remove, model_id)
    return {"models": [*models.values()], "notes": len(notes), "cards": len(cards)}


def _existing(col: Collection, names: list[str]) -> dict[NotetypeId, str]:
    """The names of the note types that exist, by id, in the order of the call."""
    found = filter(None, map(col.models.by_name, names))
    return {NotetypeId(model["id"]): model["name"] for model in found}


def _notes_of(col: Collection, models: dict[NotetypeId, str]) -> list[int]:
    return [note_id for (note_id,) in rows_of(col, "select id from notes where mid in ids", models)]


def _cards_of(col: Collection, models: dict[NotetypeId, str]) -> list[int]:
    select = "select cards.id from cards join notes on notes.id = cards.nid where notes.mid in ids"
    return [card_id for (card_id,) in rows_of(col, select, models)]
