"""The document with extensions is within what every known tool takes, as ours is: the same tests hold it."""

import importlib.util
import inspect
from pathlib import Path

import pytest
from rich_extension import register

from addon.rpc import openrpc

SOURCE = Path(__file__).resolve().parents[1] / "test_openrpc.py"
OF_OURS = {
    "test_the_committed_document_is_current",
    "test_it_is_valid_by_the_official_meta_schema",
    "test_it_is_valid_by_the_official_meta_schema_without_references",
    "test_it_lists_every_action_but_json_rpcs_own",
    "test_a_method_has_a_name_that_generators_can_write",
    "test_a_method_has_an_example",
    "test_a_tag_is_described_everywhere_alike",
    "test_errors_are_told_once_each_with_their_kind",
    "test_what_the_document_declares_is_what_the_gateway_takes",
    "test_pairs_of_which_one_is_needed_are_members_and_not_required",
    "test_a_method_says_what_it_needs_and_does",
}
"""Tests of what only our own actions have."""


@pytest.fixture
def rules(extended, monkeypatch):
    """The tests of the document, about the document with extensions."""
    register(extended.door)
    document = extended.gateway.contract().document
    assert extended.state().faults == ()
    monkeypatch.setattr("addon.gateway.contract", lambda: document)
    spec = importlib.util.spec_from_file_location("rules_of_the_document", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_document_with_extensions_keeps_all_rules(rules):
    held = 0
    for name, rule in inspect.getmembers(rules, inspect.isfunction):
        parameters = [*inspect.signature(rule).parameters]
        if not name.startswith("test_") or name in OF_OURS or parameters not in ([], ["method"]):
            continue
        of_extension = [m for m in rules.generated()["methods"] if "x-extension" in m]
        assert len(of_extension) == 6
        for method in of_extension if parameters else [None]:
            rule(*([method] if parameters else []))
            held += 1
    assert held > 30


@pytest.mark.parametrize("form", ["document", "dereferenced"])
def test_it_is_valid_by_the_official_meta_schema(rules, extended, form):
    """Without what the document without extensions has, too."""
    document, own = (getattr(contract, form) for contract in (extended.gateway.contract(), openrpc.own_contract()))
    parts = {kind: new(parts, own["components"][kind]) for kind, parts in document.get("components", {}).items()}
    methods = [method for method in document["methods"] if method not in own["methods"]]
    assert len(methods) >= 6
    more = {"components": parts} if parts else {}
    assert rules.faults_by_the_official_meta_schema({**document, "methods": methods, **more}) == []


def new(parts, own):
    return {name: part for name, part in parts.items() if own.get(name) != part}


def test_without_extensions_the_document_is_the_stored_one(extended):
    assert extended.gateway.contract() is openrpc.own_contract()
