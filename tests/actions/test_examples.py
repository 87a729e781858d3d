"""Every example of every action runs on the example collection and gives what it says."""

import re
import shutil
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

ELSEWHERE = {"sync", "syncLogin", "getOperation", "cancelOperation"}
EXAMPLES = [
    pytest.param(action, example, id=f"{action.name}: {example.name}")
    for action in REGISTRY.listed()
    for example in action.examples
    if action.runs_on is not RunsOn.GUI and action.name not in ELSEWHERE
]
"""The others run in desktop/test_examples.py, headless/test_sync.py and headless/test_operations.py, where there are a
window, a server, and operations."""


@pytest.fixture(scope="module")
def package(example_collection, tmp_path_factory):
    """A package of the example collection."""
    folder = tmp_path_factory.mktemp("package")
    col = Collection(str(seed.copy(example_collection, folder)))
    options = ExportAnkiPackageOptions(with_media=True, legacy=True)
    col.export_anki_package(out_path=str(folder / "italian.apkg"), options=options, limit=None)
    col.close()
    return folder / "italian.apkg"


@pytest.fixture
def prepared(request, package, action):
    """A gateway on which an example finds what it expects: a package, a filtered deck, or reviews.

    A file without a folder is in the media folder. Examples that change nothing share one gateway.
    """
    if not (action.writes or action.name in (*FILTERED, *STUDIED)):
        return request.getfixturevalue("reading")
    gateway = request.getfixturevalue("gateway")
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
    return gateway


@pytest.mark.parametrize(("action", "example"), EXAMPLES)
def test_an_example_gives_its_result_and_both_fit_the_declared_schema(prepared, action, example):
    response = prepared.rpc(action.name, example.params)
    if ankis.is_lacking(response, action.name):
        return
    assert "error" not in response
    assert is_right(action.name, response["result"], example.result)
    action.result.deserialize(response["result"])
    action.result.deserialize(example.result)


# --- what a newcomer can send ---

ADDS = re.compile("(add(?!Tags)|clone|create|store|upsert)[A-Z].*|modelFieldAdd|modelTemplateAdd|importTextFile")
NEEDS = {
    **dict.fromkeys(("cancelOperation", "getOperation"), "an operation"),
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


@pytest.fixture
def new_collection(request, action, tmp_path):
    """A new collection; examples that change nothing share one."""
    if not action.writes:
        yield request.getfixturevalue("empty_collection")
        return
    gateway = LocalGateway(tmp_path / "collection.anki2")
    yield gateway
    gateway.close()


@pytest.mark.parametrize("action", FOR_EVERYBODY, ids=lambda action: action.name)
def test_the_first_example_succeeds_on_a_new_collection(new_collection, action):
    response = new_collection.rpc(action.name, first_params(action))
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
