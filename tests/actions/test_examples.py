"""Every example of every action runs on the example collection and gives what it says."""

import re
import shutil
from contextlib import closing
from pathlib import Path

import ankis
import pytest
import seed
from anki.collection import Collection, ExportAnkiPackageOptions
from examples import DOCUMENT, FILTERED, STUDIED, is_right
from local_gateway import LocalGateway
from sizes import for_rows
from study import studied
from values import members_in

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn

ELSEWHERE = {
    *("sync", "syncLogin", "getOperation", "cancelOperation"),
    *("addProfile", "renameProfile", "deleteProfile"),
}
EXAMPLES = [
    pytest.param(action, example, id=f"{action.name}: {example.name}")
    for action in REGISTRY.listed()
    for example in action.examples
    if action.runs_on is not RunsOn.GUI and action.name not in ELSEWHERE
]
"""The others run in desktop/test_examples.py, headless/test_sync.py, headless/test_operations.py and
headless/test_changing_profiles.py, where there are a window, a server, operations, and a base folder."""


@pytest.fixture(scope="module")
def package(example_collection, tmp_path_factory):
    """A package of the example collection."""
    folder = tmp_path_factory.mktemp("package")
    col = Collection(str(seed.copy(example_collection, folder)))
    options = ExportAnkiPackageOptions(with_media=True, legacy=True)
    col.export_anki_package(out_path=str(folder / "italian.apkg"), options=options, limit=None)
    col.close()
    return folder / "italian.apkg"


def prepare(gateway, action, package):
    """Make what an example expects: a package, a filtered deck, or reviews.

    A file without a folder is in the media folder.
    """
    if action.name in FILTERED:
        gateway.rpc("createFilteredDeck", REGISTRY["createFilteredDeck"].examples[0].params)
    if action.name in STUDIED:
        gateway.rpc("setFsrsActive", {"active": True})
        studied(lambda method, params: gateway.rpc(method, params)["result"])
    if action.name in ("importPackage", "mergePackage"):
        shutil.copy(package, gateway.col.media.dir())
    if action.name == "importCollection":
        gateway.rpc("exportCollection", {"path": "all.colpkg"})
    if action.name == "restoreBackup":
        name = gateway.rpc("createBackup")["result"]["name"]
        backups = Path(gateway.col.path).with_name("backups")
        (backups / name).rename(backups / action.examples[0].params["name"])
        gateway.rpc("deleteNotes", {"notes": [seed.MELA]})


def only_reads(action):
    return not (action.writes or action.name in (*FILTERED, *STUDIED))


@for_rows(("action", "example"), [row for row in EXAMPLES if not only_reads(row.values[0])])
def test_an_example_gives_its_result_and_both_fit_the_declared_schema(kept, package, action, example):
    gateway = kept.unchanged()
    prepare(gateway, action, package)
    check_example(gateway, action, example)


@for_rows(("action", "example"), [row for row in EXAMPLES if only_reads(row.values[0])])
def test_an_example_that_reads_gives_its_result_and_both_fit_the_declared_schema(reading, action, example):
    check_example(reading, action, example)


def check_example(gateway, action, example):
    response = gateway.rpc(action.name, example.params)
    if ankis.is_lacking(response, action.name):
        return
    assert "error" not in response
    assert is_right(action.name, response["result"], example.result)
    action.result.deserialize(response["result"])
    action.result.deserialize(example.result)


# --- undo and redo ---

CARDS, REVERSED, OPTIONAL = [seed.MELA_CARD], "Basic (and reversed card)", "Basic (optional reversed card)"
SHOWN_EMPTY = {"Front": "a", "Back": "b", "Add Reverse": "y"}
CHANGING = {
    "clearUnusedTags": (
        {},
        [("addTags", {"notes": [seed.MELA], "tags": "x"}), ("removeTags", {"notes": [seed.MELA], "tags": "x"})],
    ),
    "createDeck": ({"deck": "New::Below"}, []),
    "editNoteText": (
        {"edits": [{"id": seed.UVA, "field": "Meaning", "findText": "grapes", "replaceText": "grape"}]},
        [],
    ),
    "forgetCards": ({"cards": CARDS}, [("setDueDate", {"cards": CARDS, "days": "3"})]),
    "modelTemplateRemove": ({"modelName": REVERSED, "templateName": "Card 2"}, []),
    "modelTemplateReposition": ({"modelName": REVERSED, "templateName": "Card 2", "index": 0}, []),
    "removeConfigValues": ({"keys": ["my.key"]}, [("setConfigValues", {"values": {"my.key": 1}})]),
    "removeEmptyCards": (
        {},
        [
            ("addNote", {"note": {"deckName": "Default", "modelName": OPTIONAL, "fields": SHOWN_EMPTY}}),
            (
                "findAndReplaceInNotes",
                {"findText": "y", "replaceText": "", "field": "Add Reverse", "query": "deck:Default"},
            ),
        ],
    ),
    "removeEmptyNotes": ({}, [("updateNotes", {"notes": [{"id": seed.MELA, "fields": {"Word": "", "Meaning": ""}}]})]),
    "removeSavedSearch": ({"name": "x"}, [("saveSearch", {"name": "x", "search": "deck:x"})]),
    "setFsrsParams": ({"preset": "Default", "params": [0.4] * 19}, []),
    "sortNewCards": (
        {"deck": "Italian::A1", "order": "added"},
        [
            (
                "repositionNewCards",
                {"orderedCardIds": [seed.UVA_CARD, seed.MELA_CARD], "startPosition": 1, "step": 1, "shift": False},
            )
        ],
    ),
    "unburyCards": ({"cards": CARDS}, [("buryCards", {"cards": CARDS})]),
    "unburyDeck": ({"deck": "Italian"}, [("buryCards", {"cards": CARDS})]),
    "unsuspend": ({"cards": CARDS}, [("suspend", {"cards": CARDS})]),
    "updateNotes": ({"notes": [{"id": seed.MELA, "fields": {"Meaning": "x"}}]}, []),
    "upsertNotes": (
        {"notes": [{"deckName": "Default", "modelName": "Basic", "fields": {"Front": "x", "Back": "y"}}]},
        [],
    ),
}
"""For actions whose examples change nothing: a call that does, and the calls before it."""
UNDONE_ELSEWHERE = {"mergePackage", "optimizeFsrsParams", "rebuildFilteredDeck", "updateImageOcclusionNotes"}
"""Actions whose examples change nothing, and whose undo has tests of its own."""
UNDOABLE = [
    action
    for action in REGISTRY.listed()
    if action.writes and action.undoable and action.runs_on is not RunsOn.GUI
    if action.name not in {*ELSEWHERE, *UNDONE_ELSEWHERE, "undo", "redo", "multi", "startOperation"}
]
TIMES = {"mod", "usn", "mtime_secs"}


def content_of(col):
    """All rows of the collection, without the times of their changes."""
    tables = ("notes", "cards", "revlog", "decks", "deck_config", "notetypes", "fields", "templates", "config", "tags")
    return {table: {str(row) for row in col.db.all(_selection(col, table))} for table in tables}


_selections = {}


def _selection(col, table):
    if table not in _selections:
        names = col.db.list(f"select name from pragma_table_info('{table}')")
        _selections[table] = f"select {', '.join(name for name in names if name not in TIMES)} from {table}"
    return _selections[table]


def differing(one, other):
    """The rows that only one of two contents has, by table."""
    return {table: rows ^ other[table] for table, rows in one.items() if rows != other[table]}


@for_rows("action", UNDOABLE)
def test_undo_takes_back_all_of_a_call_and_redo_does_it_again(kept, package, action):
    prepared = kept.unchanged()
    prepare(prepared, action, package)
    col, undone = prepared.col, 0
    if col.get_config("rollover") is None:
        col.set_config("rollover", 4)  # Anki writes it beside a step when it first needs the end of the day
    params, calls = CHANGING.get(action.name, (None, []))
    for method, before in calls:
        assert "error" not in prepared.rpc(method, before)
    for wanted in [example.params for example in action.examples] if params is None else [params]:
        before, step = content_of(col), col.undo_status().last_step
        answer = prepared.rpc(action.name, wanted)
        if ankis.is_lacking(answer, action.name):
            return
        assert "error" not in answer
        after = content_of(col)
        if after == before:
            assert col.undo_status().last_step == step
            continue
        undone += 1
        assert prepared.rpc("undo")["result"]
        assert differing(content_of(col), before) == {}
        assert prepared.rpc("redo")["result"]
        assert differing(content_of(col), after) == {}
        assert prepared.rpc("undo")["result"]
    assert undone, "No example changes anything: give a call that does in CHANGING."


# --- what a newcomer can send ---

ADDS = re.compile("(add(?!Tags)|clone|create|store|upsert)[A-Z].*|modelFieldAdd|modelTemplateAdd|importTextFile")
NEEDS = {
    **dict.fromkeys(("cancelOperation", "getOperation"), "an operation"),
    "addProfile": "a base folder",
    "createFilteredDeck": "cards",
    "evaluateFsrsParams": "reviews",
    "getFilteredDeck": "a filtered deck",
    "loadProfile": "the name of a profile",
    "retrieveMediaFile": "a file",
}
"""What methods that read or add something need, and a new collection lacks."""


def ids_in(value):
    return [number for _, number in members_in(value) if type(number) is int and number > 10**12]


def first_params(action):
    return dict(action.examples[0].params)


FOR_EVERYBODY = [
    action
    for action in REGISTRY.listed()
    if (not action.writes or ADDS.fullmatch(action.name))
    and action.runs_on is not RunsOn.GUI
    and action.name not in NEEDS
    and not ids_in(first_params(action))
]


@pytest.fixture(scope="module")
def empty_collection(tmp_path_factory):
    """A new collection, for examples that change nothing."""
    gateway = LocalGateway(tmp_path_factory.mktemp("empty") / "collection.anki2")
    yield gateway
    gateway.close()


@for_rows("action", FOR_EVERYBODY)
def test_the_first_example_succeeds_on_a_new_collection(empty_collection, tmp_path, action):
    """Examples that change nothing share one."""
    if not action.writes:
        check_first_example(empty_collection, action)
        return
    with closing(LocalGateway(tmp_path / action.name / "collection.anki2")) as gateway:
        check_first_example(gateway, action)


def check_first_example(gateway, action):
    response = gateway.rpc(action.name, first_params(action))
    assert "error" not in response
    result = response["result"]
    assert result is not False
    entries = result if isinstance(result, list) else []
    assert [entry for entry in entries if isinstance(entry, dict) and entry.get("error")] == []
    assert [entry for entry in entries if entry is False] == []


def test_what_an_example_needs_is_stated_for_methods_that_exist_only():
    assert NEEDS.keys() <= {action.name for action in REGISTRY.listed() if not ids_in(first_params(action))}


OF_EVERYBODY = re.compile("Default|Basic.*|Cloze|Image Occlusion")
"""Names of decks, presets and note types in the collection of every user."""


@for_rows("action", [action for action in REGISTRY.listed() if action.writes])
def test_no_example_changes_what_every_user_has(action):
    """It names ids of the example collection, or names that only this has, unless it adds something."""
    for example in action.examples:
        params = dict(example.params)
        assert [
            key
            for key, value in members_in(params)
            if re.fullmatch(r"(\w+I|i)ds?", key) and type(value) is int and value < 10**12
        ] == []
        names = [value for _, value in members_in(params) if isinstance(value, str) and OF_EVERYBODY.fullmatch(value)]
        is_harmless = params.get("dryRun") or ADDS.fullmatch(action.name) or action.name in STUDIED or ids_in(params)
        assert is_harmless or names == []


def test_a_dry_run_is_the_first_example_of_a_destructive_method():
    """The gateway's page sends the first example, and so do newcomers."""
    methods = [method for method in DOCUMENT["methods"] if method["x-destructive"]]
    first = {method["name"]: method["examples"][0]["params"][-1:] for method in methods}
    assert {name: last for name, last in first.items() if last != [{"name": "dryRun", "value": True}]} == {}


@for_rows(("action", "example"), EXAMPLES)
def test_an_example_names_its_params_in_their_order_without_gaps(action, example):
    names = [field.data_key for field in action.params.instance().load_fields.values()]
    assert list(example.params) == names[: len(example.params)]
