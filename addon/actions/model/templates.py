"""The templates of note types: describing, adding, moving, renaming, rewriting and removing them."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from anki.consts import MODEL_CLOZE

from ...collection.errors import OF_MODEL_PARTS, ModelNotFound
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, NotFound, Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.models import FINAL_NAME, ModelByName
from ...schemas.model import templates as s
from ..dry_run import DryRunReport, destructive, dry_run_report
from .fields import move, named
from .models import editable_model, require_model, require_name, save_and_name, save_model, validate_in_trial

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict, TemplateDict

_ITALIAN = {"modelName": "Italian vocab"}
_BASIC = {"modelName": "Basic"}
_TYPED = {"modelName": "Basic (type in the answer)"}
_REVERSED = {"modelName": "Basic (and reversed card)"}
_BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"

_REPLACEMENT = re.compile(r"\{\{([^#/{}][^{}]*)\}\}")
"""Text in double braces, except the beginnings and ends of conditional parts."""


@action(
    "modelTemplates",
    ModelByName,
    s.TEMPLATES,
    errors=[ModelNotFound],
    examples=[Example("a note type", _BASIC, {"Card 1": {"Front": "{{Front}}", "Back": _BACK}})],
)
def model_templates(ctx: Context, model_name: str) -> dict[str, dict[str, str]]:
    """Return the two sides of each template of a note type."""
    return {
        template["name"]: {"Front": template["qfmt"], "Back": template["afmt"]}
        for template in require_model(ctx.col, model_name)["tmpls"]
    }


@action(
    "modelFieldsOnTemplates",
    ModelByName,
    s.FIELDS_ON_TEMPLATES,
    errors=[ModelNotFound],
    examples=[Example("a note type", _BASIC, {"Card 1": [["Front"], ["Back"]]})],
)
def model_fields_on_templates(ctx: Context, model_name: str) -> dict[str, list[list[str]]]:
    """Return the names of the fields on the two sides of each template of a note type.

    The names come from the text: repeats are kept, special names such as `Tags` count as fields, an inverted condition
    is `^Name`, and the fields need not exist. The answer side lists only names that the question side lacks.
    """
    fields = {}
    for template in require_model(ctx.col, model_name)["tmpls"]:
        front = _fields_in(template["qfmt"])
        fields[template["name"]] = [front, [name for name in _fields_in(template["afmt"]) if name not in front]]
    return fields


def _fields_in(side: str) -> list[str]:
    names = [replacement.rpartition(":")[2] for replacement in _REPLACEMENT.findall(side)]
    return [name for name in names if name != "FrontSide"]


@action(
    "modelTemplateAdd",
    s.AddTemplate,
    FINAL_NAME,
    writes=True,
    errors=[ModelNotFound, AlreadyExists, Refused],
    examples=[
        Example(
            "the other way round",
            {**_TYPED, "template": {"Name": "Recall", "Front": "{{Back}}", "Back": "{{FrontSide}}<hr>{{Front}}"}},
            "Recall",
        )
    ],
)
def model_template_add(ctx: Context, model_name: str, template: dict[str, str]) -> str:
    """Add a template to a note type, at the end, create its cards, and return the name it got.

    A taken name is refused; case does not matter. A second template for a cloze note type is refused: Anki would never
    use it. The next sync must be a full one.
    """
    model = editable_model(ctx.col, model_name)
    if not ctx.tolerant:
        require_name(template["name"], "template", f"{s.AddTemplate.wire('template')}.Name")
    edited = named(model["tmpls"], template["name"]) if ctx.tolerant else None
    if edited is None:
        refuse_cloze(model)
        edited = ctx.col.models.new_template(template["name"])
        model["tmpls"].append(edited)
    edited.update(qfmt=template["front"], afmt=template["back"])
    return save_and_name(ctx, model, "tmpls", edited)


def _dry_run_remove_template(ctx: Context, model_name: str, template_name: str) -> DryRunReport:
    model, template = _without_template(ctx, model_name, template_name)
    if template is None:
        return dry_run_report()
    validate_in_trial(ctx.col, [model])
    cards = cards_of_templates(ctx.col, model, [template])
    left = notes_without_other_cards(ctx.col, model, [template])
    return dry_run_report(templates=[template_name], cards=cards, changed_notes=left, changed_models=[model["name"]])


def cards_of_templates(col: Collection, model: NotetypeDict, templates: Sequence[TemplateDict]) -> list[int]:
    """The cards of these stored templates of a note type."""
    select = "select cards.id from cards join notes on notes.id = cards.nid where notes.mid = ? and cards.ord = ?"
    assert col.db is not None
    return [card_id for template in templates for card_id in col.db.list(select, model["id"], template["ord"])]


def notes_without_other_cards(col: Collection, model: NotetypeDict, templates: Sequence[TemplateDict]) -> list[int]:
    """The notes of a note type that have cards, but only of these stored templates."""
    if not templates:
        return []
    places = ", ".join(str(int(template["ord"])) for template in templates)
    assert col.db is not None
    found: list[int] = col.db.list(
        f"select nid from cards where nid in (select id from notes where mid = ?) "  # noqa: S608  (numbers)
        f"group by nid having min(ord in ({places}))",
        model["id"],
    )
    return found


@destructive(
    "modelTemplateRemove",
    s.TemplateOfModel,
    s.REMOVED_TEMPLATE,
    dry_run=_dry_run_remove_template,
    scope=Scope.DELETE,
    errors=OF_MODEL_PARTS,
    examples=[
        Example(
            "what would go",
            {**_REVERSED, "templateName": "Card 2", "dryRun": True},
            {
                "dryRun": True,
                "templates": {"count": 1, "names": ["Card 2"]},
                "changedModels": {"count": 1, "names": [_REVERSED["modelName"]]},
            },
        ),
    ],
)
def model_template_remove(ctx: Context, model_name: str, template_name: str) -> str | None:
    """Remove a template from a note type, with all its cards, and return its name; null if there was none.

    Notes without another card stay without cards, until Anki's database check makes new ones. Refused are the only
    template, and the template of a cloze note type. The next sync must be a full one.
    """
    model, template = _without_template(ctx, model_name, template_name)
    save_model(ctx, model)
    return None if template is None else str(template["name"])


def _without_template(ctx: Context, model_name: str, template_name: str) -> tuple[NotetypeDict, TemplateDict | None]:
    """A copy of the note type without the template, and the template, if there is one. Raises Refused if it must stay.

    In a tolerant call, there must be such a template.
    """
    model = editable_model(ctx.col, model_name)
    template = require_template(model, template_name) if ctx.tolerant else named(model["tmpls"], template_name)
    if template is None:
        return model, None
    remove_template(model, template)
    return model, template


def remove_template(model: NotetypeDict, template: TemplateDict) -> None:
    """Remove a template from a copy of a note type. Raises Refused if it must stay."""
    if len(model["tmpls"]) == 1:
        words = "A note type needs a template. Add another one before, or delete the note type: deleteModels."
        raise Refused("must have 1 template", in_plain_words=words, model=model["name"], template=template["name"])
    refuse_cloze(model)
    model["tmpls"].remove(template)


@action(
    "modelTemplateRename",
    s.RenameTemplate,
    FINAL_NAME,
    writes=True,
    errors=[*OF_MODEL_PARTS, AlreadyExists],
    examples=[Example("a template", {**_ITALIAN, "oldTemplateName": "Card 1", "newTemplateName": "Read"}, "Read")],
)
def model_template_rename(ctx: Context, model_name: str, old_template_name: str, new_template_name: str) -> str:
    """Rename a template of a note type and return the name it got.

    The name of another template is refused; case does not matter. Anki removes quotes from names.
    """
    model = editable_model(ctx.col, model_name)
    template = require_template(model, old_template_name)
    if not ctx.tolerant:
        require_name(new_template_name, "template", s.RenameTemplate.wire("new_template_name"))
    template["name"] = new_template_name
    return save_and_name(ctx, model, "tmpls", template)


@action(
    "modelTemplateReposition",
    s.RepositionTemplate,
    NOTHING,
    writes=True,
    errors=OF_MODEL_PARTS,
    examples=[Example("to the front", {**_ITALIAN, "templateName": "Card 1", "index": 0}, None)],
)
def model_template_reposition(ctx: Context, model_name: str, template_name: str, index: int) -> None:
    """Move a template of a note type to another position; its cards keep their content and schedule.

    Templates of a cloze note type are refused. The next sync must be a full one.
    """
    model = editable_model(ctx.col, model_name)
    template = require_template(model, template_name)
    move(model["tmpls"], template, index)
    if model != ctx.col.models.get(model["id"]):
        refuse_cloze(model)
    save_model(ctx, model)


@action(
    "updateModelTemplates",
    s.UpdateModelTemplates,
    NOTHING,
    writes=True,
    idempotent=True,
    errors=[ModelNotFound, NotFound, Refused],
    examples=[
        Example(
            "an answer side",
            {"model": {"name": "Italian vocab", "templates": {"Card 1": {"Back": "{{FrontSide}}<hr>{{Meaning}}"}}}},
            None,
        )
    ],
)
def update_model_templates(ctx: Context, model: dict[str, Any]) -> None:
    """Replace sides of a note type's templates; the other sides stay as they are.

    A side of a card cannot be emptied. Anki creates cards that the new sides require, and keeps cards that they no
    longer require. If a template is unknown, the call fails and changes nothing.
    """
    edited = editable_model(ctx.col, model["name"])
    if not ctx.tolerant:
        for name in model["templates"]:
            require_template(edited, name)
    for template in edited["tmpls"]:
        sides = model["templates"].get(template["name"], {})
        template["qfmt"] = sides.get("front") or template["qfmt"]
        template["afmt"] = sides.get("back") or template["afmt"]
        for member, side in (("bqfmt", "browser_front"), ("bafmt", "browser_back")):
            template[member] = sides.get(side, template[member])
    save_model(ctx, edited)


def _dry_run_find_and_replace(ctx: Context, find_text: str, replace_text: str, **where: Any) -> DryRunReport:
    found = _found(ctx, find_text, replace_text, **where) if find_text != replace_text else []
    validate_in_trial(ctx.col, found)
    return dry_run_report(changed_models=[model["name"] for model in found])


@destructive(
    "findAndReplaceInModels",
    s.FindAndReplace,
    s.FOUND_MODELS,
    dry_run=_dry_run_find_and_replace,
    errors=[ModelNotFound, Refused],
    examples=[
        Example(
            "on answer sides",
            {
                **_ITALIAN,
                "findText": "<hr id=answer>",
                "replaceText": "<hr>",
                "front": False,
                "back": True,
                "css": False,
            },
            1,
        ),
        Example(
            "what would change",
            {
                **_ITALIAN,
                "findText": "<hr id=answer>",
                "replaceText": "<hr>",
                "front": False,
                "back": True,
                "css": False,
                "dryRun": True,
            },
            {"dryRun": True, "changedModels": {"count": 1, "names": ["Italian vocab"]}},
        ),
    ],
)
def find_and_replace_in_models(
    ctx: Context, model_name: str | None, find_text: str, replace_text: str, front: bool, back: bool, css: bool
) -> int:
    """Replace a text in templates and styling, and return how many note types contained it.

    If a note type would become invalid, none is changed.
    """
    found = _found(ctx, find_text, replace_text, model_name, front, back, css)
    if found and find_text != replace_text:
        changed = validate_in_trial(ctx.col, found)
        with ctx.single_commit():
            for model in changed:
                ctx.write_as("Find and Replace", ctx.col.models.update_dict, model)
    return len(found)


def _found(
    ctx: Context, find_text: str, replace_text: str, model_name: str | None, front: bool, back: bool, css: bool
) -> list[NotetypeDict]:
    """Copies of the note types that contain the text, with the text replaced."""
    models = copy.deepcopy([require_model(ctx.col, model_name)] if model_name else ctx.col.models.all())
    sides = [side for side, is_wanted in (("qfmt", front), ("afmt", back)) if is_wanted]
    return [model for model in models if _replace(model, sides, css, find_text, replace_text)]


def _replace(model: NotetypeDict, sides: Sequence[str], css: bool, find_text: str, replace_text: str) -> bool:
    """Replace a text in sides of all templates, and in the styling if `css`; return whether it was found."""
    holders = [(template, side) for template in model["tmpls"] for side in sides] + [(model, "css")] * css
    found = [(holder, member) for holder, member in holders if find_text in holder[member]]
    for holder, member in found:
        holder[member] = holder[member].replace(find_text, replace_text)
    return bool(found)


def require_template(model: NotetypeDict, name: str) -> TemplateDict:
    """The template with exactly this name. Raises NotFound."""
    template = named(model["tmpls"], name)
    if template is None:
        raise NotFound(f"template was not found in {model['name']}: {name}", model=model["name"], template=name)
    return template


def refuse_cloze(model: NotetypeDict) -> None:
    """Raise Refused for a cloze note type, whose cards have the number of their deletion.

    Anki mistakes it for the number of a template: removing one resets cards, and moving one doubles or exchanges them.
    """
    if model["type"] == MODEL_CLOZE:
        raise Refused("templates of a cloze note type cannot be added, removed or moved", model=model["name"])
