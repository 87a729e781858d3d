"""The files of a release: the same bytes twice, complete, and importable under their published names."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest
from examples import ROOT

from addon.version import VERSION

pytestmark = pytest.mark.node


def build(folder, **environment):
    subprocess.run(
        [sys.executable, ROOT / "tools/dist.py", folder],
        check=True,
        capture_output=True,
        env={**os.environ, "PROJECT_URL": "https://example.com/anki-rpc", **environment},
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    (folder / "anki_rpc-0.0.9.tar.gz").write_bytes(b"an earlier release")
    (folder / "notes.txt").write_bytes(b"somebody's own")
    files = build(folder)
    assert files.pop("notes.txt") == b"somebody's own"
    return files


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory):
    """The wheel as pip unpacks it."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(io.BytesIO(dist[f"anki_rpc-{VERSION}-py3-none-any.whl"])) as wheel:
        wheel.extractall(folder)
    return folder


def run(folder, *command):
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_another_build_has_the_same_bytes(dist, tmp_path):
    again = build(tmp_path, TZ="Asia/Tokyo", PYTHONHASHSEED="1", LC_ALL="C")
    assert {name: hashlib.sha256(content).hexdigest() for name, content in again.items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in dist.items()
    }


def test_what_git_does_not_track_gets_into_no_file(tmp_path):
    checkout = tmp_path / "checkout"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{ROOT}", checkout], check=True)
    (checkout / "addon" / "notes.txt").write_text("somebody's own")
    programs = tmp_path / "programs"  # without npm
    programs.mkdir()
    (programs / "git").symlink_to(shutil.which("git"))
    subprocess.run(
        [sys.executable, checkout / "tools/dist.py", tmp_path / "dist"],
        check=True,
        capture_output=True,
        env={**os.environ, "PATH": str(programs)},
    )
    with zipfile.ZipFile(tmp_path / "dist" / "anki-rpc.ankiaddon") as addon:
        assert "manifest.json" in addon.namelist()
        assert "notes.txt" not in addon.namelist()


def test_holds_each_kind_of_file_once_with_its_checksum(dist):
    listed = dict(reversed(line.split("  ")) for line in dist["SHA256SUMS"].decode().splitlines())
    assert listed == {name: hashlib.sha256(dist[name]).hexdigest() for name in dist if name != "SHA256SUMS"}
    kinds = sorted("".join(Path(name.replace(VERSION, "")).suffixes) for name in listed)
    assert kinds == [".ankiaddon", ".tar.gz", ".tar.gz", ".tgz", ".whl", ".whl"]


def test_the_wheel_holds_one_package_and_the_document(installed):
    assert sorted(path.name for path in installed.iterdir()) == ["anki_rpc", f"anki_rpc-{VERSION}.dist-info"]
    assert (installed / "anki_rpc/openrpc.json").read_bytes() == (ROOT / "spec/openrpc.json").read_bytes()
    sources = {
        path.relative_to(ROOT / "addon") for path in (ROOT / "addon").rglob("*.py") if "_vendor" not in path.parts
    }
    assert {path.relative_to(installed / "anki_rpc") for path in installed.rglob("*.py")} == sources
    assert {path.name for path in (ROOT / "addon/web").iterdir()} == {
        path.name for path in (installed / "anki_rpc/web").iterdir()
    }


def test_the_wheel_describes_itself(installed):
    metadata = BytesParser().parsebytes((installed / f"anki_rpc-{VERSION}.dist-info/METADATA").read_bytes())
    assert metadata["Author"]
    assert metadata["License-Expression"] == "AGPL-3.0-or-later"
    assert "Source, https://example.com/anki-rpc" in metadata.get_all("Project-URL")
    assert len(metadata.get_all("Classifier")) > 10


def test_the_installed_command_runs(installed):
    entry_points = (installed / f"anki_rpc-{VERSION}.dist-info/entry_points.txt").read_text("utf-8")
    module, function = entry_points.partition(" = ")[2].strip().split(":")
    code = f"import sys; from {module} import {function} as main; sys.argv = ['anki-rpc', '--version']; main()"
    assert run(installed, "-c", code) == f"AnkiRPC {VERSION}"
    assert run(installed, "-m", "anki_rpc", "spec") == (ROOT / "spec/openrpc.json").read_text("utf-8").strip()


def test_the_source_archive_builds_the_package_for_anki(dist, tmp_path):
    with tarfile.open(fileobj=io.BytesIO(dist[f"anki_rpc-{VERSION}.tar.gz"])) as archive:
        archive.extractall(tmp_path, filter="data")
    source = tmp_path / f"anki_rpc-{VERSION}"
    run(tmp_path, source / "tools/package.py")
    assert (source / "dist/anki-rpc.ankiaddon").read_bytes() == dist["anki-rpc.ankiaddon"]
    assert os.access(source / "tools/anki-rpc", os.X_OK)


def test_an_editable_installation_is_the_checkout(dist, tmp_path):
    with tarfile.open(fileobj=io.BytesIO(dist[f"anki_rpc-{VERSION}.tar.gz"])) as archive:
        archive.extractall(tmp_path, filter="data")
    source, site = tmp_path / f"anki_rpc-{VERSION}", tmp_path / "site"
    site.mkdir()
    code = "import sys; from setuptools.build_meta import build_editable; build_editable(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(site)], cwd=source, check=True, capture_output=True)
    (wheel,) = site.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(site)
    code = f"import site; site.addsitedir({str(site)!r}); import anki_rpc.rpc.openrpc as o"
    code += "; print(len(o.stored()), o.__file__)"
    count, file = run(tmp_path, "-c", code).split(" ", 1)
    assert int(count) > 4
    assert Path(file) == source / "addon/rpc/openrpc.py"


def test_the_package_for_anki_needs_python_and_pip_alone(dist, tmp_path):
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run(
        [python, ROOT / "tools/package.py", tmp_path / "a.ankiaddon"],
        check=True,
        capture_output=True,
        env={**os.environ, "PIP_USER": "1"},  # as a user's settings of pip may say
    )
    assert (tmp_path / "a.ankiaddon").read_bytes() == dist["anki-rpc.ankiaddon"]


def test_without_pip_it_says_what_is_missing(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path], check=True)
    python = tmp_path / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = subprocess.run(
        [python, ROOT / "tools/package.py", tmp_path / "a"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith(
        "package.py: pip could not fetch what the package contains. It needs pip and a network."
    )
