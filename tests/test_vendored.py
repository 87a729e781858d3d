"""The door to the private copies: which copy of a package it hands out, and which version of Waitress."""

import importlib
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from addon import vendored

ROOT = Path(__file__).resolve().parents[1]


def test_the_pinned_versions_are_those_that_are_required_and_installed():
    required = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    for name, version in vendored.PINNED.items():
        assert f"{name}=={version}" in required
        assert metadata.version(name) == version


def test_another_version_of_waitress_is_refused_in_plain_words(tmp_path, monkeypatch):
    (tmp_path / "waitress-2.1.2.dist-info").mkdir()
    (tmp_path / "waitress-2.1.2.dist-info" / "METADATA").write_text("Name: waitress\nVersion: 2.1.2\n")
    monkeypatch.syspath_prepend(tmp_path)
    needed = vendored.PINNED["waitress"]
    with pytest.raises(ImportError, match=f"needs waitress {needed}, but 2.1.2 is installed: .*waitress=={needed}"):
        vendored.__getattr__("waitress")


def test_beside_private_copies_an_installed_package_is_never_used(tmp_path, monkeypatch):
    (tmp_path / "packaged" / "_vendor").mkdir(parents=True)
    (tmp_path / "packaged" / "_vendor" / "__init__.py").touch()
    shutil.copy(vendored.__file__, tmp_path / "packaged")
    monkeypatch.syspath_prepend(tmp_path)
    packaged = importlib.import_module("packaged.vendored")
    for name in vendored.__all__:
        with pytest.raises(ModuleNotFoundError, match=f"packaged._vendor.{name}"):
            getattr(packaged, name)


@pytest.mark.process
def test_marshmallow_compiles_the_expressions_for_addresses_when_they_are_used():
    source = """
import re, addon.vendored
usual = re.compile
email = addon.vendored.marshmallow.validate.Email
print(re.compile is usual, "compiled" in vars(email.DOMAIN_REGEX), email()("me@example.org"))
try:
    email()("me@")
except addon.vendored.marshmallow.ValidationError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["True False me@example.org", "Not a valid email address."]


@pytest.mark.process
def test_what_is_not_used_of_jsonrpcserver_is_not_imported():
    source = "import sys, addon.vendored; addon.vendored.jsonrpcserver.response; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"jsonrpcserver", "jsonschema", "asyncio"} & set(loaded.stdout.split()) == set()
