"""Interface 1 is frozen: what an extension may use keeps its name and its signature."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from addon.extension import interface
from addon.extension.context import ExtensionContext
from addon.extension.interface import AnkiRpc, Extension, Registration

LISTED = Path(__file__).with_name("interface-1.txt")
CLASSES = (AnkiRpc, Extension, Registration, ExtensionContext)


def public():
    """A line for each public member."""
    for kind in CLASSES:
        for name, member in sorted(vars(kind).items()):
            if name.startswith("_"):
                continue
            what = "property" if isinstance(member, property) else f"{inspect.signature(member)}"
            yield f"{kind.__name__}.{name} {what}"


def test_the_interface_is_frozen():
    """A member or an option can be added. One that is removed or changed is a new version of the interface."""
    assert interface.INTERFACE == 1
    assert LISTED.read_text("utf-8").splitlines() == list(public())


@pytest.mark.parametrize("kind", CLASSES)
def test_every_member_is_explained(kind):
    members = {name: member for name, member in vars(kind).items() if not name.startswith("_")}
    assert [name for name, member in members.items() if not inspect.getdoc(member)] == []


@pytest.mark.process
def test_the_door_imports_nothing_that_takes_time():
    source = "import sys, addon.extension.interface; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", source], cwd=LISTED.parents[2], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name for name in loaded if name.startswith("addon")} == {
        *("addon", "addon.version", "addon.extension", "addon.extension.declarations", "addon.extension.interface")
    }
    assert not {"anki", "jsonschema", "marshmallow"} & {*loaded}


@pytest.mark.process
def test_the_gateway_imports_jsonschema_for_the_first_extension():
    source = "import sys, addon.gateway; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", source], cwd=LISTED.parents[2], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"jsonschema", "addon.extension.actions", "addon.extension.validation"} & {*loaded}
