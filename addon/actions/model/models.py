"""Note types, called models on the wire: listing, describing and creating them, and their styling."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from anki.consts import MODEL_CLOZE
from anki.models import NotetypeId
from anki.utils import to_json_bytes

from ...collection.damage import names_by_id, require_homes
from ...collection.errors import ModelNotFound
from ...collection.rows import READABLE_PLACE, refuse_unreadable
from ...collection.trial import trial_collection
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.models import ModelByName
from ...schemas.model import models as s
from ...text.anki_text import is_blank
from .template_limits import require_readable, without_deadly

if TYPE_CHECKING:
    from anki._backend import RustBackend
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
_ITALIAN = "Italian vocab"
_CSS = ".card { font-size: 24px; }"
STOCK_CSS = (
    ".card {\n    font-family: arial;\n    font-size: 20px;\n    line-height: 1.5;\n    text-align: center;\n"
    "    color: black;\n    background-color: white;\n}\n"
)


def example_model(model_id: int, name: str, front: str, back: str) -> dict[str, Any]:
    """A note type with one template, for examples."""
    return {
        "id": model_id,
        "name": name,
        "type": 0,
        "mod": 1700000000,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "tmpls": [
            {
                "name": "Card 1",
                "ord": 0,
                "qfmt": f"{{{{{front}}}}}",
                "afmt": f"{{{{FrontSide}}}}\n\n<hr id=answer>\n\n{{{{{back}}}}}",
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
                "name": field,
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
            for position, field in enumerate([front, back])
        ],
        "css": _CSS,
        "latexPre": "",
        "latexPost": "",
        "latexsvg": False,
        "req": [[0, "any", [0]]],
        "originalStockKind": 1,
    }


_LISTED = [
    {
        "id": 1700000003001 + place,
        "name": name,
        "isCloze": name in ("Cloze", "Image Occlusion"),
        "fields": fields,
        "templates": templates,
        "notes": 2 if name == _ITALIAN else 0,
    }
    for place, (name, fields, templates) in enumerate(
        [
            ("Basic", ["Front", "Back"], ["Card 1"]),
            ("Basic (and reversed card)", ["Front", "Back"], ["Card 1", "Card 2"]),
            ("Basic (optional reversed card)", ["Front", "Back", "Add Reverse"], ["Card 1", "Card 2"]),
            ("Basic (type in the answer)", ["Front", "Back"], ["Card 1"]),
            ("Cloze", ["Text", "Back Extra"], ["Cloze"]),
            ("Image Occlusion", ["Occlusion", "Image", "Header", "Back Extra", "Comments"], ["Image Occlusion"]),
            (_ITALIAN, ["Word", "Meaning"], ["Card 1"]),
        ]
    )
]


# --- listing and describing ---


@action("modelNames", NoParams, s.MODEL_NAMES, examples=[Example("all", {}, _NAMES)])
def model_names(ctx: Context) -> list[str]:
    """List the names of all note types."""
    return [*names_by_id(ctx.col, "notetypes").values()]


@action(
    "modelNamesAndIds",
    NoParams,
    s.MODEL_IDS_BY_NAME,
    examples=[Example("all", {}, {name: id for id, name in enumerate(_NAMES, 1700000003001)})],
)
def model_names_and_ids(ctx: Context) -> dict[str, int]:
    """Return the id of each note type by its name."""
    return {name: model_id for model_id, name in names_by_id(ctx.col, "notetypes").items()}


@action(
    "listModels",
    NoParams,
    s.MODEL_LIST,
    examples=[Example("all", {}, _LISTED)],
)
def list_models(ctx: Context) -> list[dict[str, Any]]:
    """List the note types with their fields, templates and number of notes."""
    listed = []
    for used in ctx.col.models.all_use_counts():
        model = ctx.col.models.get(NotetypeId(used.id))
        assert model is not None
        listed.append(
            {
                "id": used.id,
                "name": used.name,
                "isCloze": model["type"] == MODEL_CLOZE,
                "fields": [field["name"] for field in model["flds"]],
                "templates": [template["name"] for template in model["tmpls"]],
                "notes": used.use_count,
            }
        )
    return listed


@action(
    "modelFieldNames",
    ModelByName,
    s.FIELD_NAMES,
    errors=[ModelNotFound],
    examples=[Example("a note type", {"modelName": "Basic"}, ["Front", "Back"])],
)
def model_field_names(ctx: Context, model_name: str) -> list[str]:
    """List the names of a note type's fields, in field order."""
    return ctx.col.models.field_names(require_model(ctx.col, model_name))


@action(
    "modelNameFromId",
    s.ModelById,
    s.MODEL_NAME,
    errors=[ModelNotFound],
    examples=[Example("a note type", {"modelId": 1700000003007}, _ITALIAN)],
)
def model_name_from_id(ctx: Context, model_id: int) -> str:
    """Return the name of a note type."""
    return str(_found(ctx.col.models.get(NotetypeId(model_id)), model_id)["name"])


@action(
    "findModelsById",
    s.ModelsById,
    s.MODELS,
    errors=[ModelNotFound],
    examples=[
        Example(
            "a note type", {"modelIds": [1700000003007]}, [example_model(1700000003007, _ITALIAN, "Word", "Meaning")]
        )
    ],
)
def find_models_by_id(ctx: Context, model_ids: list[int]) -> list[NotetypeDict]:
    """Return note types as Anki stores them, in the order of the ids. The call fails if an id is unknown.

    Ids of fields and templates have 64 bits, which JavaScript's numbers cannot hold exactly.
    """
    models = ctx.col.models
    return [_found(models.get(NotetypeId(id)), id, index=index) for index, id in enumerate(model_ids)]


@action(
    "findModelsByName",
    s.ModelsByName,
    s.MODELS,
    errors=[ModelNotFound],
    examples=[
        Example("a note type", {"modelNames": ["Basic"]}, [example_model(1700000003001, "Basic", "Front", "Back")])
    ],
)
def find_models_by_name(ctx: Context, model_names: list[str]) -> list[NotetypeDict]:
    """Return note types as Anki stores them, in the order of the names. The call fails if a name is unknown.

    Ids of fields and templates have 64 bits, which JavaScript's numbers cannot hold exactly.
    """
    models = ctx.col.models
    return [_found(models.by_name(name), name, index=index) for index, name in enumerate(model_names)]


def require_model(col: Collection, wanted: str | int) -> NotetypeDict:
    """The note type with a name, compared without case, or with an id. Raises ModelNotFound."""
    models = col.models
    return _found(models.by_name(wanted) if isinstance(wanted, str) else models.get(NotetypeId(wanted)), wanted)


def _found(model: NotetypeDict | None, wanted: int | str, **where: int) -> NotetypeDict:
    if model is None:
        raise ModelNotFound(f"model was not found: {wanted}", model=wanted, **where)
    return model


# --- styling ---


@action(
    "modelStyling",
    ModelByName,
    s.STYLING,
    errors=[ModelNotFound],
    examples=[Example("a note type", {"modelName": "Basic"}, {"css": STOCK_CSS})],
)
def model_styling(ctx: Context, model_name: str) -> dict[str, str]:
    """Return the styling of a note type, as CSS."""
    return {"css": require_model(ctx.col, model_name)["css"]}


@action(
    "updateModelStyling",
    s.UpdateModelStyling,
    NOTHING,
    writes=True,
    idempotent=True,
    errors=[ModelNotFound, Refused],
    examples=[Example("larger", {"model": {"name": _ITALIAN, "css": ".card { font-size: 26px; }"}}, None)],
)
def update_model_styling(ctx: Context, model: dict[str, str]) -> None:
    """Replace the whole styling of a note type."""
    edited = editable_model(ctx.col, model["name"])
    edited["css"] = model["css"]
    save_model(ctx, edited)


# --- creating and changing ---


def editable_model(col: Collection, name: str) -> NotetypeDict:
    """A copy of the note type with a name; the original is in Anki's cache. Raises ModelNotFound."""
    return copy.deepcopy(require_model(col, name))


def save_model(ctx: Context, model: NotetypeDict, *, refuse_taken: bool = False) -> None:
    """Write an edited copy of a note type if it differs from the stored one and Anki accepts it."""
    if model != ctx.col.models.get(model["id"]):
        for changed in validate_in_trial(ctx.col, [model], refuse_taken=refuse_taken):
            with ctx.single_commit(ctx.col.models.use_count(changed)):
                ctx.write(ctx.col.models.update_dict, changed)
                _restore_browser_formats(ctx, changed)


def _restore_browser_formats(ctx: Context, wanted: NotetypeDict) -> None:
    """Take back what Anki adds if a field was renamed or removed: each question format for its browser that has no
    field gets one, even an empty one, so that the browser would no longer show the question side. In a cloze note type
    each format without a cloze deletion gets one, the answer formats too.
    """
    stored = copy.deepcopy(ctx.col.models.get(wanted["id"]))
    assert stored is not None
    added = f"{{{{cloze:{stored['flds'][0]['name']}}}}}"
    for template, asked in zip(stored["tmpls"], wanted["tmpls"], strict=True):
        if "{{" not in asked["bqfmt"]:
            template["bqfmt"] = asked["bqfmt"]
        for side in ("bqfmt", "bafmt"):
            if stored["type"] == MODEL_CLOZE and "cloze:" not in asked[side]:
                template[side] = template[side].removesuffix(added)
    if stored != ctx.col.models.get(stored["id"]):
        ctx.write(ctx.col.models.update_dict, stored)


def require_name(name: str, noun: str, field: str) -> None:
    """Raise Refused if nothing but white space is left of a name when Anki has removed the quotes."""
    if is_blank(name.replace('"', "")):
        raise Refused(f"A {noun} needs a name.", field=field)


def save_and_name(ctx: Context, model: NotetypeDict, members: str, item: dict[str, Any]) -> str:
    """Like `save_model`, and return the name that a field (of `flds`) or a template (of `tmpls`) has got.

    Raises AlreadyExists if the name is taken. In a tolerant call, Anki appends a plus sign to one of the names.
    """
    place = next(place for place, member in enumerate(model[members]) if member is item)
    save_model(ctx, model, refuse_taken=not ctx.tolerant)
    stored = ctx.col.models.get(model["id"])
    assert stored is not None
    return str(stored[members][place]["name"])


def validate_in_trial(
    col: Collection, models: Sequence[NotetypeDict], *, refuse_taken: bool = False
) -> list[NotetypeDict]:
    """Try new or edited note types on an empty collection in memory, which takes 4 ms.

    Returns those that Anki would store in another form than before. Raises Anki's error for an invalid one, and Refused
    for a damaged note or card that Anki would read while it writes. `refuse_taken`: also raise AlreadyExists if a
    note type would have the name of another one, or two fields or templates the same name.

    Anki validates a whole note type, but only while it writes, and a failure then would wipe the undo history. Stored
    note types may be invalid themselves, so they are copied to the trial unchecked.
    """
    require_readable(*models)
    with trial_collection() as backend:
        write = backend.add_or_update_notetype
        backend.db_query("delete from notetypes", [], first_row_only=False)  # Anki changes names that are taken
        changed = []
        for model in models:
            before, is_mended = None, False
            if stored := col.models.get(model["id"]):
                survivable = without_deadly(stored)
                is_mended = survivable != stored
                write(json=to_json_bytes(survivable), preserve_usn_and_mtime=True, skip_checks=True)
                before = _content(backend, model["id"])
            model_id = write(json=to_json_bytes(model), preserve_usn_and_mtime=False, skip_checks=False)
            after = _content(backend, model_id)
            if refuse_taken:
                _refuse_taken_names(col, model, after)
            if after != before or is_mended:
                changed.append(model)
                if before is not None:
                    _refuse_unreadable_members(col, model, before, after)
        return changed


def _refuse_taken_names(col: Collection, model: NotetypeDict, stored: NotetypeDict) -> None:
    """Raise AlreadyExists if the name of a note type, field or template is taken by another one.

    `stored` is the note type in the trial, with cleaned and composed names. Anki compares these without case, and
    appends plus signs to the later field or template. It never adds a plus sign for another reason.
    """
    if col.models.id_for_name(stored["name"]) not in (None, model["id"]):
        raise _model_exists(stored["name"])
    for kind, word in (("flds", "field"), ("tmpls", "template")):
        for wanted, got in zip(model[kind], stored[kind], strict=True):
            added = got["name"].count("+") - wanted["name"].count("+")
            if added > 0:
                name = got["name"][:-added]
                raise AlreadyExists(
                    f"There is a {word} of this name already: {name}", model=model["name"], **{word: name}
                )


def _refuse_unreadable_members(col: Collection, model: NotetypeDict, before: NotetypeDict, after: NotetypeDict) -> None:
    """Raise Refused if this change makes Anki read a damaged note or card (`schemachange.rs` in rslib)."""
    members = "nid in (select id from notes where mid = ?)"
    fields, templates = ([item["ord"] for item in model[kind]] for kind in ("flds", "tmpls"))
    stored_fields, stored_templates = ([*range(len(before[kind]))] for kind in ("flds", "tmpls"))
    if fields != stored_fields or after["sortf"] != before["sortf"]:
        refuse_unreadable(col, "note", "mid = ?", model["id"])
        if fields == stored_fields:  # else Anki gives each note the right number of fields
            _refuse_other_number_of_fields(col, model)
    if templates[: len(stored_templates)] != stored_templates:
        refuse_unreadable(col, "card", members, model["id"])
    if [template["qfmt"] for template in after["tmpls"]] != [template["qfmt"] for template in before["tmpls"]]:
        refuse_unreadable(col, "card", f"{members} and not {READABLE_PLACE}", model["id"])
        complete = -1 if after["type"] == MODEL_CLOZE else len(after["tmpls"])
        counted = "(select count() from cards where nid = notes.id) not in (0, ?)"
        refuse_unreadable(col, "note", f"mid = ? and {counted}", model["id"], complete)
        assert col.db is not None
        require_homes(col, col.db.list(f"select id from notes where mid = ? and {counted}", model["id"], complete))  # noqa: S608


def _refuse_other_number_of_fields(col: Collection, model: NotetypeDict) -> None:
    assert col.db is not None
    separators = len(model["flds"]) - 1
    for note_id, fields in col.db.all("select id, flds from notes where mid = ?", model["id"]):
        if fields.count("\x1f") != separators:
            text = f"This note has another number of fields than its note type, which checkDatabase repairs: {note_id}"
            raise Refused(text, note=note_id)


def _content(backend: RustBackend, model_id: int) -> NotetypeDict:
    """A note type without the time and number of its last change."""
    model: NotetypeDict = json.loads(backend.get_notetype_legacy(model_id))
    return {key: value for key, value in model.items() if key not in ("mod", "usn")}


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
                "css": _CSS,
            },
            example_model(1700000003008, "French vocab", "Word", "Meaning"),
        )
    ],
)
def create_model(
    ctx: Context,
    model_name: str,
    in_order_fields: list[str | dict[str, Any]],
    card_templates: list[dict[str, str]],
    css: str | None,
    is_cloze: bool,
) -> dict[str, Any]:
    """Create a note type and return it as Anki stores it.

    Refused are names that are taken, of the note type, or among its fields or templates; case does not matter. Anki
    removes `:`, `{`, `}` and quotes from field names.
    """
    if not in_order_fields:
        raise Refused("Must provide at least one field for inOrderFields", field=s.CreateModel.wire("in_order_fields"))
    if not card_templates:
        raise Refused("Must provide at least one card for cardTemplates", field=s.CreateModel.wire("card_templates"))
    if not ctx.tolerant:
        require_name(model_name, "note type", s.CreateModel.wire("model_name"))
        for place, card in enumerate(card_templates):
            require_name(card.get("name", "Card"), "template", f"{s.CreateModel.wire('card_templates')}.{place}.Name")
    models = ctx.col.models
    if any(model.name == model_name for model in models.all_names_and_ids()):
        raise _model_exists(model_name)
    model = models.new(model_name)
    if is_cloze:
        model["type"] = 1
    for field in in_order_fields:
        more = field if isinstance(field, dict) else {"name": field}
        models.add_field(model, {**models.new_field(more["name"]), **more})
    if css is not None:
        model["css"] = css
    for number, card in enumerate(card_templates, 1):
        template = models.new_template(card.get("name", f"Card {number}"))
        template.update(qfmt=card["front"], afmt=card["back"])
        models.add_template(model, template)
    validate_in_trial(ctx.col, [model], refuse_taken=not ctx.tolerant)
    created = ctx.write(models.add_dict, model).id
    stored = models.get(created)
    assert stored is not None
    return stored


def _model_exists(name: str) -> AlreadyExists:
    words = f"There is a note type of this name already: {name}"
    return AlreadyExists("Model name already exists", in_plain_words=words, model=name)
