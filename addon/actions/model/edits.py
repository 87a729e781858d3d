"""Editing a note type in several ways at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from anki.consts import MODEL_CLOZE
from anki.errors import CardTypeError

from ...collection.errors import OF_MODEL_PARTS
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example
from ...rpc.scopes import Scope
from ...schemas.model import edits as s
from ...schemas.model.models import MODEL
from ...text.anki_text import fold
from ...text.normal_forms import nfc
from ...text.plain import plain
from ..dry_run import DryRunReport, destructive, dry_run_report
from .fields import move, notes_with_text, remove_field, require_field
from .models import editable_model, example_model, require_model, save_model, validate_in_trial
from .templates import cards_of_templates, notes_without_other_cards, refuse_cloze, remove_template, require_template

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict, TemplateDict

Edit = dict[str, Any]
Apply = Callable[["Collection", "NotetypeDict", Edit], None]

_ITALIAN = {"modelName": "Italian vocab"}
_EXAMPLE = example_model(1700000003007, "Italian vocab", "Word", "English")
_EXAMPLE["tmpls"][0]["afmt"] = "{{FrontSide}}<hr>{{English}} {{Audio}}"
_EXAMPLE["flds"].append({**_EXAMPLE["flds"][1], "name": "Audio", "ord": 2, "id": 7961083766785068721})
_REMOVING = ("removeField", "removeTemplate")
_PARTS = ("flds", "tmpls")
_OF_PLACE = ("name", "ord", "id")
_SIDES = {"front": "qfmt", "back": "afmt", "browser_front": "bqfmt", "browser_back": "bafmt"}
_PROBE = "anki-rpc"
"""The name of a field that note types do not have."""
_NOT_IN_NAMES = str.maketrans("", "", ':{}"')
"""Characters that Anki removes from the names of fields."""


def _needs(params: dict[str, Any]) -> Iterator[tuple[Scope, str]]:
    if not params["dry_run"] and any(edit["op"] in _REMOVING for edit in params["edits"]):
        yield Scope.DELETE, "remove fields and templates"


def _dry_run_edit(ctx: Context, model_name: str, edits: list[Edit]) -> DryRunReport:
    return losses_of_edit(ctx.col, _edited(ctx.col, model_name, edits))


def losses_of_edit(col: Collection, model: NotetypeDict) -> DryRunReport:
    """What would be lost if an edited copy of a note type was saved. Raises what the save would raise."""
    stored = col.models.get(model["id"])
    assert stored is not None
    validate_in_trial(col, [model], refuse_taken=True)
    fields, templates = (_removed(stored[kind], model[kind]) for kind in _PARTS)
    losing = notes_with_text(col, model, fields) if fields else []
    losing += notes_without_other_cards(col, model, templates)
    is_rewritten = model["css"] != stored["css"] or any(_is_rewritten(stored[kind], model[kind]) for kind in _PARTS)
    return dry_run_report(
        fields=[field["name"] for field in fields],
        templates=[template["name"] for template in templates],
        cards=cards_of_templates(col, model, templates),
        changed_notes=dict.fromkeys(losing),
        changed_models=[stored["name"]] if fields or templates or is_rewritten else [],
    )


def _removed(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = {item["ord"] for item in after}
    return [item for item in before if item["ord"] not in places]


def _is_rewritten(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> bool:
    """Whether a field or template that stays loses a text or an option. Its name, place and id do not count."""
    old = {item["ord"]: item for item in before}
    return any(
        item["ord"] is not None
        and any(item.get(key) != value for key, value in old[item["ord"]].items() if key not in _OF_PLACE)
        for item in after
    )


@destructive(
    "editModel",
    s.EditModel,
    MODEL,
    dry_run=_dry_run_edit,
    touches_notes=lambda params: None,
    needs=_needs,
    errors=[*OF_MODEL_PARTS, AlreadyExists],
    examples=[
        Example(
            "a new field, on the answer side",
            {
                **_ITALIAN,
                "edits": [
                    {"op": "renameField", "name": "Meaning", "newName": "English"},
                    {"op": "addField", "name": "Audio"},
                    {"op": "updateTemplate", "name": "Card 1", "back": "{{FrontSide}}<hr>{{English}} {{Audio}}"},
                ],
            },
            _EXAMPLE,
        ),
        Example(
            "what would go",
            {**_ITALIAN, "edits": [{"op": "removeField", "name": "Meaning"}], "dryRun": True},
            {
                "dryRun": True,
                "fields": {"count": 1, "names": ["Meaning"]},
                "changedNotes": {"count": 2, "ids": [1700000000001, 1700000000002]},
                "changedModels": {"count": 1, "names": ["Italian vocab"]},
            },
        ),
    ],
)
def edit_model(ctx: Context, model_name: str, edits: list[Edit]) -> NotetypeDict:
    """Make several edits to a note type, in their order, all or none, and return it as Anki stores it.

    Templates follow the new name of a field, and lose their references to a removed one. Removing a field removes its
    content in all notes, and removing a template its cards; both need the scope `delete`. Notes with only such cards
    stay without cards. If fields or templates are added, removed or moved, the next sync must be a full one.

    Refused are templates with an unknown field, also for Anki's browser, a field that Anki protects, the only field or
    template, a name that another field had before the call, and templates of a cloze note type that would be added,
    removed or moved. Also refused is a call that adds templates and removes all templates of which a note has cards:
    add them in a call before. A taken name fails with `already_exists`.
    """
    model = _edited(ctx.col, model_name, edits)
    save_model(ctx, model, refuse_taken=True)
    stored = ctx.col.models.get(model["id"])
    assert stored is not None
    return stored


def _edited(col: Collection, model_name: str, edits: list[Edit]) -> NotetypeDict:
    """A copy of the note type after the edits. Raises NotFound and Refused for what Anki would not refuse itself."""
    model = editable_model(col, model_name)
    for edit in edits:
        _EDITS[edit["op"]](col, model, edit)
    check_edited(col, require_model(col, model_name), model)
    return model


def check_edited(col: Collection, stored: NotetypeDict, model: NotetypeDict) -> None:
    """Raise Refused for what Anki would not refuse itself in an edited copy of a note type."""
    _refuse_inherited_names(stored, model)
    refuse_unknown_in_browser(col, stored, model)
    _refuse_notes_without_cards(col, stored, model)


def _refuse_notes_without_cards(col: Collection, stored: NotetypeDict, model: NotetypeDict) -> None:
    """Raise Refused if a note would lose all its cards, though templates are added.

    Anki removes cards first, and then makes cards of new templates only for notes that still have a card.
    """
    removed = _removed(stored["tmpls"], model["tmpls"])
    if not removed or all(template["ord"] is not None for template in model["tmpls"]):
        return
    for note_id in notes_without_other_cards(col, model, removed)[:1]:
        names = " and ".join(template["name"] for template in removed)
        text = f"Some notes have only cards of {names}, and Anki would make no new ones for them."
        raise Refused(f"{text} Add the new templates in a call before.", model=model["name"], note=note_id)


def _refuse_inherited_names(stored: NotetypeDict, model: NotetypeDict) -> None:
    """Raise Refused if a field has got the name of another one that was renamed or removed.

    Anki changes all references to the old name, also those that mean the new field.
    """
    places = {_name_key(field["name"]): field["ord"] for field in stored["flds"]}
    present = {field["ord"]: _name_key(field["name"]) for field in model["flds"]}
    for field in model["flds"]:
        key = _name_key(field["name"])
        if (place := places.get(key, field["ord"])) != field["ord"] and present.get(place) != key:
            text = f"Another field had this name before the call. Use a second call: {field['name']}"
            raise Refused(text, model=model["name"], field=field["name"])


def _name_key(name: str) -> str:
    return fold(nfc(name).translate(_NOT_IN_NAMES))


def refuse_unknown_in_browser(col: Collection, stored: NotetypeDict, model: NotetypeDict) -> None:
    """Raise Refused for a new format for Anki's browser that has an unknown field or cannot be parsed.

    Anki stores it without a complaint. But it checks answer sides, so each format is tried as one.
    """
    before = {template["ord"]: template for template in stored["tmpls"]}
    fields = [{**field, "ord": None} for field in model["flds"]] + [col.models.new_field(_PROBE)]
    front = f"{{{{{'cloze:' if model['type'] == MODEL_CLOZE else ''}{_PROBE}}}}}"
    for template in model["tmpls"]:
        for side in ("bqfmt", "bafmt"):
            if template[side] != before.get(template["ord"], {}).get(side, ""):
                answer = {**col.models.new_template(template["name"]), "qfmt": front, "afmt": front + template[side]}
                try:
                    validate_in_trial(col, [{**model, "id": 0, "flds": fields, "tmpls": [answer]}])
                except CardTypeError as error:
                    text = f"In a format for Anki's browser: {plain(str(error))}"
                    raise Refused(text, model=model["name"], template=template["name"]) from None


# --- the edits ---


def _add_field(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    field = col.models.new_field(edit["name"])
    model["flds"].append(field)
    move(model["flds"], field, edit.get("index", len(model["flds"])))


def _rename_field(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    require_field(model, edit["name"])["name"] = edit["new_name"]


def _move_field(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    move(model["flds"], require_field(model, edit["name"]), edit["index"])


def _remove_field(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    remove_field(col, model, require_field(model, edit["name"]))


def _add_template(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    refuse_cloze(model)
    template = col.models.new_template(edit["name"])
    model["tmpls"].append(template)
    _set_sides(template, edit)
    move(model["tmpls"], template, edit.get("index", len(model["tmpls"])))


def _update_template(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    _set_sides(require_template(model, edit["name"]), edit)


def _set_sides(template: TemplateDict, edit: Edit) -> None:
    template.update({member: edit[side] for side, member in _SIDES.items() if side in edit})


def _rename_template(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    require_template(model, edit["name"])["name"] = edit["new_name"]


def _move_template(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    template = require_template(model, edit["name"])
    before = [*model["tmpls"]]
    move(model["tmpls"], template, edit["index"])
    if model["tmpls"] != before:
        refuse_cloze(model)


def _remove_template(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    remove_template(model, require_template(model, edit["name"]))


def _set_css(col: Collection, model: NotetypeDict, edit: Edit) -> None:
    model["css"] = edit["css"]


_EDITS: dict[str, Apply] = {
    "addField": _add_field,
    "renameField": _rename_field,
    "moveField": _move_field,
    "removeField": _remove_field,
    "addTemplate": _add_template,
    "updateTemplate": _update_template,
    "renameTemplate": _rename_template,
    "moveTemplate": _move_template,
    "removeTemplate": _remove_template,
    "setCss": _set_css,
}
"""What each kind of edit does to a copy of the note type. Raises NotFound and Refused."""
