"""The examples of the document, and what they give at any time, without a window, an account and files."""

import json
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = json.loads((ROOT / "spec" / "openrpc.json").read_text(encoding="utf-8"))
MOMENT = {
    *("addNote", "addNotes", "cloneDeckConfigId", "createModel", "findModelsById", "findModelsByName", "getCollection"),
    *("getCollectionConfig", "getCollectionStatsHTML", "getMediaDirPath", "getVersion"),
}
"""Their results hold ids, times, paths or versions of this moment: they are compared by shape only."""


def error_of(method):
    """The kind of the error that a method gives there, None where its example runs."""
    if method["x-needs-window"]:
        return "gui_unavailable"
    return {"sync": "not_logged_in", "importPackage": "file_problem"}.get(method["name"])


def is_right(name, result, expected):
    """Whether a result has the declared shape and, but for what is of the moment, is the one that the example tells."""
    schema = next(method["result"]["schema"] for method in DOCUMENT["methods"] if method["name"] == name)
    shape = jsonschema.Draft7Validator({"allOf": [schema], "components": DOCUMENT["components"]})
    return shape.is_valid(result) and (name in MOMENT or _timeless(result) == _timeless(expected))


def _timeless(value):
    """Without the labels of answer buttons: Anki varies them by chance, and when its day ends, at four."""
    if isinstance(value, dict):
        return {k: len(v) if k == "nextReviews" else _timeless(v) for k, v in value.items()}
    return [_timeless(item) for item in value] if isinstance(value, list) else value
