"""The param that an error names is one that the method has: `data.field` comes from the schema, not from a text."""

import ast
import importlib
from functools import cache
from pathlib import Path

import pytest
from schemas import fields_in
from sizes import for_rows

from addon.actions import REGISTRY
from addon.rpc.errors import FileProblem

ADDON = Path(__file__).parent.parent / "addon"
MODULES = sorted(ADDON.glob("actions/**/*.py"))
OF_NO_SCHEMA = {
    ("rpc/dispatcher.py", "method"): "startOperation",
    ("rpc/operations.py", "id"): "cancelOperation",
    ("files/sources.py", "data"): "storeMediaFile",
    ("rpc/errors.py", "path"): "storeMediaFile",
}
"""What knows no schema raises it by its name: where, the name, and a method with such a param."""


@cache
def _calls(path, word):
    """All calls in a module; none if the module does not have the word, as most do not."""
    text = path.read_text("utf-8")
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)] if word in text else []


def _raised(path):
    """Calls with `field="a constant"`, which name nothing else that has such a field."""
    for call in _calls(path, "field="):
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        if isinstance(keywords.get("field"), ast.Constant) and len(keywords) == 1:
            yield keywords["field"].value


def _wired():
    for path in MODULES:
        for call in _calls(path, "wire("):
            if getattr(call.func, "attr", None) == "wire":
                yield pytest.param(path, call, id=f"{path.stem}: {ast.unparse(call)}")


@for_rows(("path", "call"), _wired)
def test_the_schema_has_it(path, call):
    module = importlib.import_module(".".join(path.relative_to(ADDON.parent).with_suffix("").parts))
    schema = eval(ast.unparse(call.func.value), vars(module))
    steps = [step.value if isinstance(step, ast.Constant) else 0 for step in call.args]
    assert schema.wire(*steps)


@for_rows("path", MODULES)
def test_no_action_types_its_name(path):
    assert [*_raised(path)] == [], 'Write field=s.TheParams.wire("attribute").'


def test_what_knows_no_schema_is_listed():
    typed = {
        (str(path.relative_to(ADDON)), name)
        for package in ("rpc", "files", "collection")
        for path in ADDON.glob(f"{package}/**/*.py")
        for name in _raised(path)
    }
    assert typed | {("rpc/errors.py", FileProblem("no").data["field"])} == {*OF_NO_SCHEMA}


@for_rows(("name", "method"), [(name, method) for (_, name), method in OF_NO_SCHEMA.items()])
def test_the_method_has_it(name, method):
    assert REGISTRY[method].params.wire(name) == name


@for_rows("method", [name for name in REGISTRY if FileProblem in REGISTRY[name].errors])
def test_a_method_that_can_fail_for_a_file_has_a_param_for_it(method):
    assert {path[-1] for path, _ in fields_in(REGISTRY[method].params.instance())} & {"path", "filename", "filenames"}


def test_the_name_is_that_of_the_wire():
    schema = REGISTRY["createFilteredDeck"].params
    assert schema.wire("terms", 1, "search") == "terms.1.search"
    assert schema.wire("allow_empty") == "allowEmpty"
    with pytest.raises(KeyError):
        schema.wire("allowEmpty")
