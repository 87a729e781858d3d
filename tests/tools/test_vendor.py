"""Vendoring: which imports become relative, and what is refused rather than left behind."""

import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
from vendor import NOTICE, VendorError, relative, vendor

PACKAGES = ("apple", "pear")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from apple import x", "from ..apple import x"),
        ("from apple.core import x as y, z", "from ..apple.core import x as y, z"),
        (
            "from  apple import (\n    x,  # apple\n    y,\n)",
            "from ..apple import (\n    x,  # apple\n    y,\n)",
        ),
        ("def f():\n    from pear import x; return x", "def f():\n    from ..pear import x; return x"),
        ("é = 'é'; from apple import x", "é = 'é'; from ..apple import x"),
        ("import apple", "from .. import apple"),
        ("import apple as a", "from .. import apple as a"),
        ("import apple.core as core; import pear", "from ..apple import core as core; from .. import pear"),
    ],
)
def test_imports_of_the_packages_become_relative(before, after):
    assert relative(before.encode(), "..", PACKAGES).decode() == after


@pytest.mark.parametrize(
    "source",
    [
        "import applesauce",
        "from applesauce.apple import x",
        "from . import apple",
        "from .apple import x",
        "import typing_extensions, jsonschema",
        '"""\nfrom apple import x\n"""  # import apple',
    ],
)
def test_everything_else_stays(source):
    assert relative(source.encode(), "..", PACKAGES).decode() == source


@pytest.mark.parametrize("source", ["import apple.core", "import apple, os", "if 1:\n    import os, pear as p"])
def test_what_has_no_relative_form_is_refused(source):
    with pytest.raises(VendorError, match="cannot be made relative"):
        relative(source.encode(), "..", PACKAGES)


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs a package made of the files given."""
    site = tmp_path / "site"
    monkeypatch.syspath_prepend(site)

    def install(package, files, licence="MIT"):
        info = f"{package}-1.0.dist-info"
        files = {f"{package}/{name}": text for name, text in files.items()}
        files[f"{info}/METADATA"] = f"Name: {package}\nVersion: 1.0\n"
        if licence:
            files[f"{info}/licenses/LICENSE"] = licence
        files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in files)
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text)

    return install


def test_packages_are_copied_with_their_licences_and_reach_each_other(installed, tmp_path):
    installed("apple", {"__init__.py": "", "inner/__init__.py": "from pear import seed", "data.json": "{}"})
    installed("pear", {"__init__.py": "seed = 1"}, licence="Pear licence")
    listed = vendor(tmp_path / "_vendor", {name: distribution(name) for name in PACKAGES})
    assert [(one.name, one.version, one.files) for one in listed] == [
        ("apple", "1.0", ["apple/LICENSE"]),
        ("pear", "1.0", ["pear/LICENSE"]),
    ]
    text = {
        path.relative_to(tmp_path / "_vendor").as_posix(): path.read_text()
        for path in (tmp_path / "_vendor").rglob("*")
        if path.is_file()
    }
    assert text == {
        "__init__.py": '"""Copied in by the build: apple 1.0, pear 1.0."""\n',
        "apple/LICENSE": "MIT",
        "apple/__init__.py": "",
        "apple/data.json": "{}",
        "apple/inner/__init__.py": NOTICE.decode() + "from ...pear import seed",
        "pear/LICENSE": "Pear licence",
        "pear/__init__.py": "seed = 1",
    }


def test_the_refusal_names_the_file(installed, tmp_path):
    installed("apple", {"core.py": "import apple.core"})
    with pytest.raises(VendorError, match=r"apple/core\.py: line 1: `import apple\.core`"):
        vendor(tmp_path / "_vendor", {"apple": distribution("apple")})


def test_compiled_packages_are_refused(installed, tmp_path):
    installed("apple", {"core.abi3.so": ""})
    with pytest.raises(VendorError, match="compiled"):
        vendor(tmp_path / "_vendor", {"apple": distribution("apple")})


def test_packages_without_a_licence_are_refused(installed, tmp_path):
    installed("apple", {"__init__.py": ""}, licence=None)
    with pytest.raises(VendorError, match="no licence"):
        vendor(tmp_path / "_vendor", {"apple": distribution("apple")})
