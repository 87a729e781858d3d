"""Note types: listing, describing and creating them. On the wire they are called models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..rpc.context import Context
from ..rpc.errors import AlreadyExists, ModelNotFound, Refused
from ..rpc.registry import Example, action
from ..schemas import model as s
from ..schemas.base import NoParams

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

_NAMES = [
    "Basic",
    "Basic (and reversed card)",
    "Basic (optional reversed card)",
    "Basic (type in the answer)",
    "Cloze",
    "Image Occlusion",
    "Italian vocab",
]
_BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Meaning}}"
_CREATED = {
    "id": 1700000003008,
    "name": "French vocab",
    "type": 0,
    "mod": 1700000000,
    "usn": -1,
    "sortf": 0,
    "did": None,
    "tmpls": [
        {
            "name": "Card 1",
            "ord": 0,
            "qfmt": "{{Word}}",
            "afmt": _BACK,
            "bqfmt": "",
            "bafmt": "",
            "did": None,
            "bfont": "",
            "bsize": 0,
            "id": -2466926735555224005,
        }
    ],
    "flds": [
        {
            "name": name,
            "ord": position,
            "sticky": False,
            "rtl": False,
            "font": "Arial",
            "size": 20,
            "description": "",
            "plainText": False,
            "collapsed": False,
            "excludeFromSearch": False,
            "id": 8146060994635103382 + position,
            "tag": None,
            "preventDeletion": False,
        }
        for position, name in enumerate(["Word", "Meaning"])
    ],
    "css": ".card { font-size: 24px; }",
    "latexPre": "",
    "latexPost": "",
    "latexsvg": False,
    "req": [[0, "any", [0]]],
    "originalStockKind": 1,
}


@action("modelNames", NoParams, s.MODEL_NAMES, examples=[Example("all", {}, _NAMES)])
def model_names(ctx: Context) -> list[str]:
    """List the names of all note types."""
    return [model.name for model in ctx.col.models.all_names_and_ids()]


@action(
    "modelNamesAndIds",
    NoParams,
    s.MODEL_IDS_BY_NAME,
    examples=[Example("all", {}, {name: id for id, name in enumerate(_NAMES, 1700000003001)})],
)
def model_names_and_ids(ctx: Context) -> dict[str, int]:
    """List all note types with their ids."""
    return {model.name: model.id for model in ctx.col.models.all_names_and_ids()}


@action(
    "modelFieldNames",
    s.ModelByName,
    s.FIELD_NAMES,
    errors=[ModelNotFound],
    examples=[Example("a note type", {"modelName": "Italian vocab"}, ["Word", "Meaning"])],
)
def model_field_names(ctx: Context, model_name: str) -> list[str]:
    """List the names of a note type's fields, in their order."""
    return ctx.col.models.field_names(require_model(ctx.col, model_name))


def require_model(col: Collection, name: str) -> NotetypeDict:
    """The note type of a name, compared without case. Raises ModelNotFound."""
    model = col.models.by_name(name)
    if model is None:
        raise ModelNotFound(f"model was not found: {name}", model=name)
    return model


@action(
    "createModel",
    s.CreateModel,
    s.MODEL,
    writes=True,
    errors=[AlreadyExists, Refused],
    examples=[
        Example(
            "one template",
            {
                "modelName": "French vocab",
                "inOrderFields": ["Word", "Meaning"],
                "cardTemplates": [{"Name": "Card 1", "Front": "{{Word}}", "Back": _BACK}],
                "css": ".card { font-size: 24px; }",
            },
            _CREATED,
        )
    ],
)
def create_model(
    ctx: Context,
    model_name: str,
    in_order_fields: list[str],
    card_templates: list[dict[str, str]],
    css: str | None,
    is_cloze: bool,
) -> dict[str, Any]:
    """Create a note type and return it as Anki stores it.

    Anki gives a repeated field or template name a plus sign and takes `:`, `{`, `}` and quotes out of field names.
    """
    if not in_order_fields:
        raise Refused("Must provide at least one field for inOrderFields", field="inOrderFields")
    if not card_templates:
        raise Refused("Must provide at least one card for cardTemplates", field="cardTemplates")
    models = ctx.col.models
    if any(model.name == model_name for model in models.all_names_and_ids()):
        raise AlreadyExists("Model name already exists", model=model_name)
    model = models.new(model_name)
    if is_cloze:
        model["type"] = 1
    for name in in_order_fields:
        models.add_field(model, models.new_field(name))
    if css is not None:
        model["css"] = css
    for number, card in enumerate(card_templates, 1):
        template = models.new_template(card.get("name", f"Card {number}"))
        template.update(qfmt=card["front"], afmt=card["back"])
        models.add_template(model, template)
    created = ctx.write(models.add_dict, model).id
    stored = models.get(created)
    assert stored is not None
    return stored
