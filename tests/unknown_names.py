"""What each param of each method names, and what a call returns if that does not exist."""

import copy
from collections.abc import Iterator
from typing import Any

import seed

from addon.actions import REGISTRY
from addon.schemas.fields import basic
from addon.vendored import marshmallow as ma

NEW, VALUE = "a name that the call gives", "a value"
NOTHING_BY_NAME = {NEW, VALUE}
UNKNOWN_ID = 1234567890123
UNKNOWN = {
    "deck": ("nosuch", "deck_not_found"),
    "deck id": (UNKNOWN_ID, "deck_not_found"),
    "note": (UNKNOWN_ID, "note_not_found"),
    "card": (UNKNOWN_ID, "card_not_found"),
    "note type": ("nosuch", "model_not_found"),
    "note type id": (UNKNOWN_ID, "model_not_found"),
    "field": ("nosuch", "not_found"),
    "template": ("nosuch", "not_found"),
    "preset": ("nosuch", "not_found"),
    "preset id": (UNKNOWN_ID, "not_found"),
    "file": ("nosuch.txt", "not_found"),
    "path": ("nosuch.apkg", "file_problem"),
    "tag": ("nosuch", "not_found"),
    "profile": ("nosuch", "not_found"),
    "backup": ("nosuch", "not_found"),
    "saved search": ("nosuch", "not_found"),
    "operation": ("nosuch", "not_found"),
    "method": ("nosuch", "method_not_found"),
    "column": ("nosuch", "refused"),
}
"""For each noun a name that does not exist, and the kind of the error."""

NOUNS = {
    **dict.fromkeys(("deck", "decks", "deckName", "parent"), "deck"),
    "deckId": "deck id",
    **dict.fromkeys(("note", "notes", "note.id", "notes.id", "noteId"), "note"),
    **dict.fromkeys(("card", "cards", "cardId", "orderedCardIds"), "card"),
    **dict.fromkeys(("modelName", "modelNames", "model.name", "oldModelName", "newModelName"), "note type"),
    **dict.fromkeys(("modelId", "modelIds"), "note type id"),
    **dict.fromkeys(("fieldName", "oldFieldName", "sortField", "key", "noteFields"), "field"),
    **dict.fromkeys(("note.fields.*", "notes.fields.*", "note.expected.*", "notes.expected.*"), "field"),
    **{f"{note}.{kind}.fields": "field" for note in ("note", "notes") for kind in ("audio", "video", "picture")},
    **dict.fromkeys(("templateName", "oldTemplateName", "model.templates.*"), "template"),
    **dict.fromkeys(("preset", "presets"), "preset"),
    **dict.fromkeys(("configId", "config.id", "cloneFrom"), "preset id"),
    **dict.fromkeys(("filename", "filenames"), "file"),
    "path": "path",
    **dict.fromkeys(("tag_to_replace", "tag"), "tag"),
    "removeTags": "tag",
    "id": "operation",
    "method": "method",
    "actions.action": "method",
    **dict.fromkeys(("columnId", "orderBy", "columns"), "column"),
    **dict.fromkeys(
        ("newName", "newFieldName", "newTemplateName", "inOrderFields", "inOrderFields.name", "idempotencyKey"), NEW
    ),
    **dict.fromkeys(("cardTemplates.Name", "template.Name", "tags", "addTags", "replace_with_tag"), NEW),
    **{f"{note}.{kind}.filename": NEW for note in ("note", "notes") for kind in ("audio", "video", "picture")},
    **dict.fromkeys(("query", "search", "pattern", "findText", "url"), VALUE),
    **dict.fromkeys(("Back", "Front", "BrowserBack", "BrowserFront", "css", "description", "replaceText"), VALUE),
    **dict.fromkeys(("typed", "expected", "cursor"), VALUE),
    **dict.fromkeys(("data", "skipHash", "font", "header", "backExtra", "text", "fill"), VALUE),
    **dict.fromkeys(("order", "actions.key", "actions.params", "actions.params.*", "params", "params.*"), VALUE),
    **dict.fromkeys(("answers.token", "defaultSearchText", "paramSearch", "ignoreRevlogsBeforeDate"), VALUE),
    **dict.fromkeys(("cardStateCustomizer", "latexHeader", "latexFooter", "browserFont"), VALUE),
    **dict.fromkeys(("keys", "newValues", "points.x", "points.y"), VALUE),
}
"""The noun of each param, by its path or by the end of it. If a number or a choice is not listed, it is a value."""

OF_METHODS = {
    **{(method, "deck"): NEW for method in ("createDeck", "createFilteredDeck")},
    ("createModel", "modelName"): NEW,
    ("createStockModel", "name"): NEW,
    ("modelFieldAdd", "fieldName"): NEW,
    ("storeMediaFile", "filename"): NEW,
    ("exportPackage", "path"): NEW,
    ("cloneDeckConfigId", "name"): NEW,
    ("guiSelectNote", "note"): "card",
    ("addImageOcclusionNotes", "notes.image.filename"): "file",
    **{(method, "name"): "profile" for method in ("loadProfile", "renameProfile", "deleteProfile")},
    ("addProfile", "name"): NEW,
    **{(method, "name"): "deck" for method in ("guiDeckOverview", "guiDeckReview")},
    ("findAndReplaceInNotes", "field"): "field",
    ("editModel", "edits.name"): "field",
    **{("editModel", f"edits.{side}"): VALUE for side in ("front", "back", "browserFront", "browserBack")},
    **{("modelTemplateSetOptions", f"templates.{side}"): VALUE for side in ("browserFront", "browserBack")},
    ("removeTags", "tags"): "tag",
    ("editNoteText", "edits.id"): "note",
    ("editNoteText", "edits.field"): "field",
    ("moveTags", "tags"): "tag",
    ("moveTags", "parent"): NEW,
    **{("customStudy", f"cram.{name}"): "tag" for name in ("includeTags", "excludeTags")},
    ("removeTagsInAllNotes", "tags"): "tag",
    ("findDuplicates", "fields"): "field",
    **{("changeNoteType", path): "field" for path in ("fields.*", "fields.*=")},
    **{("changeNoteType", path): "template" for path in ("templates.*", "templates.*=")},
    **{("apiReflect", name): "method" for name in ("actions", "scopes")},
    **{(method, "fields"): VALUE for method in ("cardsInfo", "cardsDetails", "notesInfo")},
    **{(method, "notes.shapes.card"): VALUE for method in ("addImageOcclusionNotes", "updateImageOcclusionNotes")},
    **{
        ("buildSearch", f"parts.{inner}{name}"): VALUE
        for inner in ("", "any.")
        for name in ("deck", "tag", "modelName", "field.name", "field.text", "duplicate.firstField", "notes")
    },
    **{(method, "name"): NEW for method in ("saveSearch",)},
    ("removeSavedSearch", "name"): "saved search",
    ("previewCards", "fields.*"): "field",
    ("previewCards", "templates.*"): "template",
    ("previewCards", "cards"): VALUE,
    ("browserRows", "notes"): VALUE,  # the browser is set to cards
    ("insertReviews", "reviews"): "card",
    ("setDueDate", "days"): VALUE,
    ("exportNotesPackage", "path"): NEW,
    ("exportCollection", "path"): NEW,
    ("restoreBackup", "name"): "backup",
    **{("exportNotesText", name): VALUE for name in ("deckName", "modelName")},
    ("exportNotesText", "path"): NEW,
    ("exportCardsText", "path"): NEW,
    ("importTextFile", "fieldColumns.*"): "field",
    ("setConfigValues", "values.*"): NEW,
    **{("syncLogin", name): VALUE for name in ("user", "password", "server")},
    **{("importTextFile", name): NEW for name in ("tags", "tagsForUpdated")},
}


def leaves(field: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The path of each value in a param, with its field.

    `[]` stands for the items of a list, `*` for the keys of an object, and `*=` for its values.
    """
    if isinstance(field, basic.AnyOf):
        for choice in field.choices:
            yield from leaves(choice, path)
    elif isinstance(field, ma.fields.Nested):
        for member in field.schema.load_fields.values():
            yield from leaves(member, f"{path}.{member.data_key}")
    elif isinstance(field, ma.fields.Mapping):
        yield f"{path}.*", field
        value = field.value_field
        if isinstance(value, ma.fields.Nested):
            yield from leaves(value, f"{path}.*")
        elif value is not None:
            yield f"{path}.*=", value
    elif isinstance(field, ma.fields.List):
        yield from leaves(field.inner, f"{path}.[]")
    else:
        yield path, field


def noun(method: str, path: str, field: Any) -> str | None:
    """What a value names; None if the tables do not say."""
    names = [name for name in path.split(".") if name != "[]"]
    if (method, ".".join(names)) in OF_METHODS:
        return OF_METHODS[method, ".".join(names)]
    for start in range(len(names)):
        if (end := ".".join(names[start:])) in NOUNS:
            return NOUNS[end]
    is_value = isinstance(field, (basic.Boolean, basic.Integer, basic.Number, basic.Enum)) or names[-1] == "*="
    return VALUE if is_value and not isinstance(field, basic.Id) else None


NAMED = {
    (action.name, path): noun(action.name, path, field)
    for action in REGISTRY.listed()
    for param in action.params.instance().load_fields.values()
    for path, field in leaves(param, param.data_key)
}
"""What each value in the params of each method names."""

VOCAB = "Italian vocab"
FILE = {"filename": "_x.txt", "data": "Y2lhbw==", "fields": []}
NOTE = {
    "deckName": "Italian",
    "modelName": VOCAB,
    "fields": {"Word": "pera"},
    "options": {"duplicateScope": "deck", "duplicateScopeOptions": {"deckName": "Italian"}},
}
RECT = {"type": "rect", "left": 0.1, "top": 0.2, "width": 0.3, "height": 0.25}
BASES = {
    **{method: {"note": NOTE} for method in ("addNote", "canAddNote", "canAddNoteWithErrorDetail")},
    **{method: {"notes": [NOTE]} for method in ("addNotes", "canAddNotes", "canAddNotesWithErrorDetail")},
    "addImageOcclusionNotes": {
        "notes": [{"image": {"filename": "_ciao.txt"}, "shapes": [RECT], "deckName": "Italian"}]
    },
    "changeNoteType": {"notes": [seed.MELA], "modelName": "Basic"},
    "updateNote": {"note": {"id": seed.MELA, "fields": {"Word": "x"}}},
    "updateNoteFields": {"note": {"id": seed.MELA, "fields": {"Word": "x"}}},
    "previewCards": {"noteId": seed.MELA, "templates": {"Card 1": {"Front": "{{Word}}"}}},
    "updateNotes": {"notes": [{"id": seed.MELA}]},
    "editModel": {"modelName": VOCAB, "edits": [{"op": "moveField", "name": "Word", "index": 0}]},
    "findAndReplaceInNotes": {"findText": "mela", "replaceText": "x", "notes": [seed.MELA]},
    "apiReflect": {"scopes": ["actions"], "actions": ["version"]},
    "createModel": {},
    **{method: {"path": "x.apkg"} for method in ("importPackage", "mergePackage")},
    "importTextFile": {"text": "a;b", "modelName": "Basic", "fieldColumns": {"Front": 1}},
    "setSpecificValueOfCard": {"card": seed.MELA_CARD, "keys": ["due"], "newValues": [1]},
    "storeMediaFile": {"filename": "_x.txt"},
    "getFsrsParams": {"presets": ["Default"]},
    "guiAddCards": {"note": {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "f"}}},
    "guiAddNoteSetData": {"note": {"fields": {"Front": "f"}}},
    "guiBrowse": {"query": "deck:Default", "reorderCards": {"order": "ascending", "columnId": "noteFld"}},
}
"""Params to change one value in; default those of the method's first example."""

UNKNOWN_ROW = [1700064060000, UNKNOWN_ID, -1, 3, 1, -600, 2500, 4000, 0]


ONE_OF = (("path", "text"), ("notes", "cards", "query", "deck", "all"), ("expected", "card"))
"""Params of which a call of some methods gives exactly one."""
CHOOSING = {
    *(
        "browserRows",
        "compareAnswer",
        "exportCardsText",
        "exportNotesPackage",
        "exportNotesText",
        "importTextFile",
        "previewTextFile",
    )
}
WINDOWS = {"deck": "export", "note": "export", "card": "cardInfo", "modelName": "fields"}
"""A window that takes the param."""


def call_with(method: str, path: str, value: Any) -> dict[str, Any]:
    """The params of a call that names `value` at a path. In a list, it comes after what is there."""
    params = copy.deepcopy(dict(BASES.get(method) or REGISTRY[method].examples[0].params))
    params.pop("dryRun", None)
    for names in ONE_OF if method in CHOOSING else ():
        if path.split(".", maxsplit=1)[0] in names:
            params = {name: value for name, value in params.items() if name not in names}
    if method == "previewCards" and path.startswith("note."):
        params = {"note": {"modelName": VOCAB, "fields": {"Word": "pera"}}}
    if method == "buildSearch":
        part = {"duplicate": {"modelName": VOCAB, "firstField": "x"}}
        params = {"parts": [{"any": [part]} if ".any." in path else part]}
    if method == "guiOpen":
        return {"window": WINDOWS.get(path, "preferences"), path: value}
    if method == "insertReviews":
        return {"reviews": [*params["reviews"], [*UNKNOWN_ROW[:1], value, *UNKNOWN_ROW[2:]]]}
    if method == "setEaseFactors":
        params["easeFactors"].append(2500)
    if path.endswith(".*="):
        return _put(params, path.removesuffix("*=").split(".")[:-1], {"x": value})
    return _put(params, path.split("."), value)


IN_PLACE_OF = {"modelId": "modelName", "deckId": "deckName"}
"""The name that an id of a new note replaces."""


def _put(holder: Any, path: list[str], value: Any) -> Any:
    if not path:
        return value
    first, *rest = path
    if first == "[]":
        items = list(holder or [])
        return [_put(items[0] if items else FILE, rest, value), *items[1:]] if rest else [*items, value]
    holder = dict(holder or {})
    holder.pop(IN_PLACE_OF.get(first), None)
    if first == "*":
        return {**holder, value: next(iter(holder.values()), "x")}
    if first == "path":
        holder.pop("data", None)
    return {**holder, first: _put(holder.get(first), rest, value)}


def expected(method: str, path: str) -> str:
    """The kind of the error for a name of nothing. The fields of a note are a part of the params."""
    named = NAMED[method, path]
    if named == "field" and path.startswith("note.") and (method, path) != ("guiAddNoteSetData", "note.fields.*"):
        return "invalid_params"
    return UNKNOWN[named][1]
