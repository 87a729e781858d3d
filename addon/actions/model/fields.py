"""The fields of note types: describing, adding, moving, renaming and removing them, and their look in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...collection.errors import OF_MODEL_PARTS, ModelNotFound
from ...collection.rows import nth_field
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, NotFound, Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.models import FINAL_NAME, ModelByName
from ...schemas.model import fields as s
from ..dry_run import DryRunReport, destructive, dry_run_report
from .models import editable_model, require_model, save_and_name, save_model, validate_in_trial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anki.collection import Collection
    from anki.models import FieldDict, NotetypeDict

_ITALIAN = {"modelName": "Italian vocab"}
_TYPED = {"modelName": "Basic (type in the answer)"}
_MEANING = {**_ITALIAN, "fieldName": "Meaning"}


@action(
    "modelFieldDescriptions",
    ModelByName,
    s.DESCRIPTIONS,
    errors=[ModelNotFound],
    examples=[Example("a note type", {"modelName": "Basic"}, ["", ""])],
)
def model_field_descriptions(ctx: Context, model_name: str) -> list[str]:
    """Return the hint that the editor shows in each empty field of a note type."""
    return [field.get("description", "") for field in require_model(ctx.col, model_name)["flds"]]


@action(
    "modelFieldFonts",
    ModelByName,
    s.FONTS,
    errors=[ModelNotFound],
    examples=[
        Example(
            "a note type", {"modelName": "Basic"}, {name: {"font": "Arial", "size": 20} for name in ("Front", "Back")}
        ),
    ],
)
def model_field_fonts(ctx: Context, model_name: str) -> dict[str, dict[str, Any]]:
    """Return the font and size in which the editor shows each field of a note type."""
    return {
        field["name"]: {"font": field["font"], "size": field["size"]}
        for field in require_model(ctx.col, model_name)["flds"]
    }


@action(
    "modelFieldAdd",
    s.AddField,
    FINAL_NAME,
    writes=True,
    touches_notes=lambda params: None,
    errors=[ModelNotFound, AlreadyExists, Refused],
    examples=[Example("between the others", {**_TYPED, "fieldName": "Audio", "index": 1}, "Audio")],
)
def model_field_add(ctx: Context, model_name: str, field_name: str, index: int | None) -> str:
    """Add a field to a note type and return the name it got. The field is empty in existing notes.

    A taken name is refused; case does not matter. Anki removes `:`, `{`, `}` and quotes from names. The next sync must
    be a full one.
    """
    model = editable_model(ctx.col, model_name)
    fields = model["flds"]
    field = named(fields, field_name) if ctx.tolerant else None
    if field is None:
        field = ctx.col.models.new_field(field_name)
        fields.append(field)
    if index is not None:
        move(fields, field, index)
    return save_and_name(ctx, model, "flds", field)


def _dry_run_remove_field(ctx: Context, model_name: str, field_name: str) -> DryRunReport:
    col = ctx.col
    model, field = _without_field(ctx, model_name, field_name)
    if field is None:
        return dry_run_report()
    validate_in_trial(col, [model])
    losing = notes_with_text(col, model, [field])
    return dry_run_report(fields=[field_name], changed_notes=losing, changed_models=[model["name"]])


def notes_with_text(col: Collection, model: NotetypeDict, fields: Sequence[FieldDict]) -> list[int]:
    """The notes of a note type that have a text in one of these stored fields."""
    assert col.db is not None
    rows = col.db.all("select id, cast(flds as text) from notes where mid = ?", model["id"])
    return [note_id for note_id, texts in rows if any(nth_field(texts, field["ord"]) for field in fields)]


@destructive(
    "modelFieldRemove",
    s.FieldOfModel,
    s.REMOVED_FIELD,
    dry_run=_dry_run_remove_field,
    touches_notes=lambda params: None,
    scope=Scope.DELETE,
    errors=OF_MODEL_PARTS,
    examples=[
        Example("a field", _MEANING, "Meaning"),
        Example(
            "what would go",
            {**_MEANING, "dryRun": True},
            {
                "dryRun": True,
                "fields": {"count": 1, "names": ["Meaning"]},
                "changedNotes": {"count": 2, "ids": [1700000000001, 1700000000002]},
                "changedModels": {"count": 1, "names": ["Italian vocab"]},
            },
        ),
    ],
)
def model_field_remove(ctx: Context, model_name: str, field_name: str) -> str | None:
    """Remove a field from a note type, with its content in all notes, and return its name; null if there was none.

    Templates lose their references to it; a question side left without fields gets a remaining one. Refused are the
    only field, and a field that Anki protects, as in `Image Occlusion`. The next sync must be a full one.
    """
    model, field = _without_field(ctx, model_name, field_name)
    save_model(ctx, model)
    return None if field is None else str(field["name"])


def _without_field(ctx: Context, model_name: str, field_name: str) -> tuple[NotetypeDict, FieldDict | None]:
    """A copy of the note type without the field, and the field, if there is one. Raises Refused if it must stay.

    In a tolerant call, there must be such a field.
    """
    model = editable_model(ctx.col, model_name)
    field = require_field(model, field_name) if ctx.tolerant else named(model["flds"], field_name)
    if field is None:
        return model, None
    remove_field(ctx.col, model, field)
    return model, field


def remove_field(col: Collection, model: NotetypeDict, field: FieldDict) -> None:
    """Remove a field from a copy of a note type. Raises Refused if it must stay.

    The protection of a field is a rule of Anki's window: Anki itself would remove it, and break image occlusion.
    """
    if len(model["flds"]) == 1:
        words = "A note type needs a field. Add another one before, or delete the note type: deleteModels."
        raise Refused("1 field required", in_plain_words=words, model=model["name"], field=field["name"])
    if field.get("preventDeletion"):
        raise Refused(col.tr.fields_field_is_required(), model=model["name"], field=field["name"])
    model["flds"].remove(field)


@action(
    "modelFieldRename",
    s.RenameField,
    FINAL_NAME,
    writes=True,
    errors=[*OF_MODEL_PARTS, AlreadyExists],
    examples=[
        Example("a field", {**_ITALIAN, "oldFieldName": "Meaning", "newFieldName": "English"}, "English"),
    ],
)
def model_field_rename(ctx: Context, model_name: str, old_field_name: str, new_field_name: str) -> str:
    """Rename a field of a note type, also in its templates, and return the name it got.

    The name of another field is refused; case does not matter. Anki removes `:`, `{`, `}` and quotes from names.
    """
    model = editable_model(ctx.col, model_name)
    field = require_field(model, old_field_name)
    field["name"] = new_field_name
    return save_and_name(ctx, model, "flds", field)


@action(
    "modelFieldReposition",
    s.RepositionField,
    NOTHING,
    writes=True,
    touches_notes=lambda params: None,
    errors=OF_MODEL_PARTS,
    examples=[Example("to the front", {**_MEANING, "index": 0}, None)],
)
def model_field_reposition(ctx: Context, model_name: str, field_name: str, index: int) -> None:
    """Move a field of a note type, with its content in all notes, to another position.

    The next sync must be a full one.
    """
    model = editable_model(ctx.col, model_name)
    move(model["flds"], require_field(model, field_name), index)
    save_model(ctx, model)


@action(
    "modelFieldSetDescription",
    s.SetDescription,
    s.DESCRIPTION_IS_SET,
    writes=True,
    errors=OF_MODEL_PARTS,
    examples=[Example("a hint", {**_MEANING, "description": "in English"}, True)],
)
def model_field_set_description(ctx: Context, model_name: str, field_name: str, description: str) -> bool:
    """Set the hint that the editor shows in a field while it is empty."""
    _set(ctx, model_name, field_name, "description", description)
    return True


@action(
    "modelFieldSetFont",
    s.SetFont,
    NOTHING,
    writes=True,
    errors=OF_MODEL_PARTS,
    examples=[Example("a font", {**_MEANING, "font": "Noto Serif"}, None)],
)
def model_field_set_font(ctx: Context, model_name: str, field_name: str, font: str) -> None:
    """Set the font in which the editor shows a field."""
    _set(ctx, model_name, field_name, "font", font)


@action(
    "modelFieldSetFontSize",
    s.SetFontSize,
    NOTHING,
    writes=True,
    errors=OF_MODEL_PARTS,
    examples=[Example("larger", {**_MEANING, "fontSize": 24}, None)],
)
def model_field_set_font_size(ctx: Context, model_name: str, field_name: str, font_size: int) -> None:
    """Set the size in which the editor shows a field."""
    _set(ctx, model_name, field_name, "size", font_size)


def _set(ctx: Context, model_name: str, field_name: str, member: str, value: Any) -> None:
    model = editable_model(ctx.col, model_name)
    require_field(model, field_name)[member] = value
    save_model(ctx, model)


def require_field(model: NotetypeDict, name: str) -> FieldDict:
    """The field with exactly this name. Raises NotFound."""
    field = named(model["flds"], name)
    if field is None:
        raise NotFound(f"field was not found in {model['name']}: {name}", model=model["name"], field=name)
    return field


def named(items: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    """The field or template with exactly this name."""
    return next((item for item in items if item["name"] == name), None)


def move(items: list[dict[str, Any]], item: dict[str, Any], index: int) -> None:
    """Move a field or template to a position; a negative one counts from the end of the others."""
    items.remove(item)
    items.insert(index, item)
