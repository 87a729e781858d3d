"""Actions are imported when they are first used, each module once and wholly."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from examples import ROOT

from addon.rpc.registry import Action, Registry

SLOW = """
import time

from registry_under_test import registry

@registry.action("slow", None, None)
def slow():
    return finished

time.sleep(0.3)
finished = True
"""


@pytest.fixture
def registry(monkeypatch, tmp_path):
    made = Registry()
    monkeypatch.setitem(sys.modules, "registry_under_test", type(sys)("registry_under_test"))
    sys.modules["registry_under_test"].registry = made
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "a_slow_module.py").write_text(SLOW)
    made.expect({"slow": "a_slow_module"})
    yield made
    sys.modules.pop("a_slow_module", None)


def test_an_action_is_known_before_its_module_is_imported(registry):
    assert list(registry) == ["slow"]
    assert len(registry) == 1
    assert "slow" in registry
    assert "slow" in Registry(registry)
    assert "missing" not in Registry(registry)
    assert "a_slow_module" not in sys.modules
    assert registry["slow"].handler() is True
    assert "a_slow_module" in sys.modules


def test_all_actions_can_be_imported_before_they_are_called(registry):
    registry.load()
    assert "a_slow_module" in sys.modules
    registry.load()


def test_nobody_gets_an_action_of_a_module_that_is_still_being_imported(registry):
    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(_call_slow, registry) for _ in range(4)]
        assert [each.result(10) for each in found] == [True] * 4


def test_a_registry_with_a_parent_has_its_actions_and_those_that_are_added(registry):
    child = Registry(registry)
    added = Action("extension_added", _call_slow, None, None)
    child.replace([added], [])
    assert list(child) == ["slow", "extension_added"]
    assert child["extension_added"] is added
    assert child["slow"] is registry["slow"]
    assert child.get("missing") is None
    child.replace([], [])
    assert list(child) == ["slow"]
    assert "extension_added" not in child


@pytest.mark.process
def test_an_action_imports_no_module_of_others():
    source = """
import sys
from addon.actions import REGISTRY
assert len(REGISTRY) > 200
assert REGISTRY["version"].handler
print(*sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {name for name in run.stdout.split() if name.startswith("addon.actions.")}
    assert imported == {"addon.actions.index", "addon.actions.gateway", "addon.actions.gateway.about"}


def _call_slow(registry):
    return registry["slow"].handler()
