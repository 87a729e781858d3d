"""The overlay of the old protocol: its rows are about params that there are, and it is made when it is needed."""

import subprocess
import sys
from pathlib import Path

import marshmallow
import pytest
from schemas import fields_in
from sizes import for_each, for_rows

from addon.actions import REGISTRY
from addon.schemas import tolerance
from addon.schemas.base import Params
from addon.schemas.tolerance import METHODS, OBJECTS, SCHEMAS, Rule, ValidationMessage

ROOT = Path(__file__).parent.parent


@for_rows("method", METHODS)
def test_a_row_is_of_params_that_the_method_has(method):
    assert METHODS[method].keys() <= REGISTRY[method].params.instance().fields.keys()


@for_each(schema=[schema for schema in OBJECTS if schema is not Params])
def test_a_row_is_of_members_that_the_object_has(schema):
    assert OBJECTS[schema].keys() <= schema.instance().fields.keys()


def _used():
    """The schemas of all methods, and of all objects in their params."""
    for action in REGISTRY.values():
        yield action.params
        for _, field in fields_in(action.params.instance()):
            if isinstance(field, marshmallow.fields.Nested):
                yield field.nested


def test_no_row_is_of_a_schema_that_no_method_uses():
    used = {base for schema in _used() for base in schema.__mro__}
    assert not {*OBJECTS, *SCHEMAS} - used


@for_rows("name", REGISTRY)
def test_a_twin_has_the_fields_of_its_schema_in_their_order(name):
    schema = REGISTRY[name].params
    strict, tolerant = schema.instance(), tolerance.twin(schema, name)
    assert [*tolerant.fields] == [*strict.fields]
    assert [field.data_key for field in tolerant.fields.values()] == [f.data_key for f in strict.fields.values()]
    assert tolerance.twin(schema, name) is tolerant


@for_each(action=REGISTRY.listed())
def test_what_is_valid_stays_as_it_is(action):
    """But for base64, which is decoded late, a scope that stands for none, and null for an empty list."""
    for example in action.examples:
        strict = action.params.load_for(example.params)
        tolerant = tolerance.load(action.params, action.name, example.params)
        assert _plain(tolerant) == _plain(strict)


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name not in ("data", "duplicate_scope")}
    return [*map(_plain, value or [])] if isinstance(value, list | None) else value


def test_a_message_knows_its_sort_and_ankiconnects_words():
    with pytest.raises(marshmallow.ValidationError) as caught:
        tolerance.load(REGISTRY["addTags"].params, "addTags", {"notes": 5, "zebra": 1})
    messages = {path: (message.sort, message.words) for path, (message,) in caught.value.messages.items()}
    assert messages == {
        "notes": ("invalid", "'int' object is not iterable"),
        "tags": ("missing", "'tags'"),
        "zebra": ("unknown", None),
    }
    assert all(isinstance(message, ValidationMessage) for (message,) in caught.value.messages.values())
    assert Rule() == (None,) * len(Rule._fields)


@for_rows(
    ("method", "name"),
    [
        *(("exportPackage", name) for name in ("withMedia", "withDeckOptions", "legacy")),
        *(("forgetCards", name) for name in ("restorePosition", "resetCounts")),
        ("notesInfo", "plainText"),
        ("repositionNewCards", "random"),
    ],
)
def test_a_param_that_ankiconnect_lacks_is_as_strict_as_in_json_rpc(method, name):
    schema, example = REGISTRY[method].params, {**REGISTRY[method].examples[0].params}
    with pytest.raises(marshmallow.ValidationError) as strict:
        schema.instance().load({**example, name: "false"})
    with pytest.raises(marshmallow.ValidationError) as tolerant:
        tolerance.load(schema, method, {**example, name: "false"})
    (message,), (plain,) = tolerant.value.messages[name], strict.value.messages[name]
    assert (message, message.words) == (plain, f"{name}: {plain}")
    example.pop(name, None)
    assert tolerance.load(schema, method, {**example, name: None}) == tolerance.load(schema, method, example)


@pytest.mark.process
def test_it_is_loaded_by_the_first_request_of_the_old_protocol(tmp_path):
    script = """
import sys
sys.path.insert(0, "tests")
from local_gateway import LocalGateway
from pathlib import Path
gateway = LocalGateway(Path(sys.argv[1]))
assert gateway.rpc("version")["result"] == 6
assert gateway.rpc("addTags", {"notes": 5})["error"]
print("addon.schemas.tolerance" in sys.modules)
assert gateway.legacy("version")["result"] == 6
print("addon.schemas.tolerance" in sys.modules)
gateway.close()
"""
    path = tmp_path / "collection.anki2"
    make = "import sys; from anki.collection import Collection; Collection(sys.argv[1]).close()"
    subprocess.run([sys.executable, "-c", make, path], check=True, timeout=60)
    run = subprocess.run(
        [sys.executable, "-c", script, path], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    assert run.stdout.split() == ["False", "True"]


@for_rows(
    ("action", "params", "wrong"),
    [
        ("deleteMediaFiles", {"filenames": "_ciao.txt"}, "filenames"),
        ("removeTagsInAllNotes", {"tags": "fruit"}, "tags"),
        ("importTextFile", {"text": "a;b", "tags": "fruit"}, "tags"),
        ("setPreferences", {"changes": {"rollover": 4}}, "changes.rollover"),
        ("setDeckLimits", {"decks": "Italian", "newCards": 5}, "decks"),
        ("findAndReplaceInNotes", {"findText": "a", "replaceText": "b", "query": "", "regex": "false"}, "regex"),
    ],
)
def test_params_of_actions_that_ankiconnect_lacks_are_checked_as_in_json_rpc(reading, action, params, wrong):
    """AnkiConnect's way, in which a text is a list of letters, would delete the files of these names."""
    said = reading.legacy(action, **params)
    assert said["result"] is None
    assert said["error"].startswith(f"Invalid params: {wrong}: ")
