"""What the document promises: its examples, and the errors of each method."""

import json
from functools import cache
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = json.loads((ROOT / "spec" / "openrpc.json").read_text(encoding="utf-8"))
EXAMPLES = [(method, example) for method in DOCUMENT["methods"] for example in method["examples"]]
STUDIED = {"evaluateFsrsParams", "optimizeFsrsParams", "simulateReviews", "simulateWorkload"}
"""Their examples need FSRS, and reviews that it can learn from."""

MOMENT = {
    *STUDIED,
    *("addImageOcclusionNotes", "addNote", "addNotes", "cloneDeckConfigId", "createModel", "editModel", "upsertNotes"),
    *("findModelsById", "findModelsByName", "getCollection"),
    *("startOperation", "getOperation", "listOperations", "cancelOperation"),
    *("exportCollection", "importCollection", "importTextFile", "restoreBackup", "deleteProfile"),
    *("copyModel", "createStockModel", "restoreModel", "getAnswerStates", "updateFilteredDeck"),
    *("createBackup", "createFilteredDeck", "customStudy", "dueForecast", "getFilteredDeck", "listBackups"),
    *("getCollectionConfig", "getCollectionStatsHTML", "getMediaDirPath", "getVersion"),
}
"""Their results hold ids, times, paths or versions of this moment: they are compared by shape only."""

FILTERED = {"emptyFilteredDeck", "getFilteredDeck", "rebuildFilteredDeck", "updateFilteredDeck"}
"""Their examples need the deck that the example of createFilteredDeck makes."""


def error_of(method):
    """The kind of error a method gives without a window, an account and files; None where its example runs."""
    if method["x-needs-window"]:
        return "gui_unavailable"
    errors = {
        "sync": "not_logged_in",
        "syncLogin": "offline",
        **dict.fromkeys(("importCollection", "importPackage", "mergePackage"), "file_problem"),
        "addProfile": "refused",
        **dict.fromkeys(("restoreBackup", "renameProfile", "deleteProfile"), "not_found"),
        **dict.fromkeys(("getOperation", "cancelOperation"), "not_found"),
        **dict.fromkeys(FILTERED, "deck_not_found"),
        **dict.fromkeys(STUDIED, "refused"),
    }
    return errors.get(method["name"])


def declared(name, response):
    """Hand a response on; its error must be one that the document declares for the method."""
    if "error" in response and name in _ERRORS:
        error = response["error"]
        assert (error["code"], error["data"]["kind"]) in _ERRORS[name], f"{name} does not declare {error}"
    return response


_ERRORS = {
    method["name"]: {(error["code"], error["data"]["kind"]) for error in method["errors"]}
    for method in DOCUMENT["methods"]
}


def kind_as_shown(error):
    """The kind of an error whose code and members of `data` are those that the table of errors shows."""
    kind = error["data"]["kind"]
    (shown,) = (shown for shown in DOCUMENT["components"]["errors"].values() if shown["data"]["kind"] == kind)
    assert (error["code"], set(error["data"])) == (shown["code"], set(shown["data"]))
    assert error["message"]
    return kind


def is_right(name, result, expected):
    """Whether a result has the declared shape and, but for what is of the moment, is the one that the example tells."""
    return _shape(name).is_valid(result) and (name in MOMENT or _timeless(result) == _timeless(expected))


@cache
def _shape(name):
    schema = next(method["result"]["schema"] for method in DOCUMENT["methods"] if method["name"] == name)
    return jsonschema.Draft7Validator({"allOf": [schema], "components": DOCUMENT["components"]})


def _timeless(value):
    """Without the labels of answer buttons: Anki varies them by chance, and when its day ends, at four."""
    if isinstance(value, dict):
        return {k: len(v) if k == "nextReviews" else _timeless(v) for k, v in value.items()}
    return [_timeless(item) for item in value] if isinstance(value, list) else value
