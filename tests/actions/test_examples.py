"""Every example of every action runs on the example collection and gives what it says."""

import shutil

import pytest
import seed
from anki.collection import Collection, ExportAnkiPackageOptions
from examples import FILTERED, STUDIED, is_right
from study import studied

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn

EXAMPLES = [
    pytest.param(action, example, id=f"{action.name}: {example.name}")
    for action in REGISTRY.listed()
    for example in action.examples
    if action.runs_on is not RunsOn.GUI and action.name not in ("sync", "getOperation", "cancelOperation")
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
    if action.name == "importPackage":
        shutil.copy(package, gateway.col.media.dir())
    return gateway


@pytest.mark.parametrize(("action", "example"), EXAMPLES)
def test_an_example_gives_its_result_and_both_fit_the_declared_schema(prepared, action, example):
    response = prepared.rpc(action.name, example.params)
    assert "error" not in response
    assert is_right(action.name, response["result"], example.result)
    action.result.deserialize(response["result"])
    action.result.deserialize(example.result)


@pytest.mark.parametrize(("action", "example"), EXAMPLES)
def test_an_example_names_its_params_in_their_order_without_gaps(action, example):
    names = [field.data_key for field in action.params.instance().load_fields.values()]
    assert list(example.params) == names[: len(example.params)]
