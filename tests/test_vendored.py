"""The door to the private copies: which copy of a package it hands out."""

import importlib
import shutil

import pytest

from addon import vendored


def test_beside_private_copies_an_installed_package_is_never_used(tmp_path, monkeypatch):
    (tmp_path / "packaged" / "_vendor").mkdir(parents=True)
    (tmp_path / "packaged" / "_vendor" / "__init__.py").touch()
    shutil.copy(vendored.__file__, tmp_path / "packaged")
    monkeypatch.syspath_prepend(tmp_path)
    packaged = importlib.import_module("packaged.vendored")
    for name in vendored.__all__:
        with pytest.raises(ModuleNotFoundError, match=f"packaged._vendor.{name}"):
            getattr(packaged, name)
