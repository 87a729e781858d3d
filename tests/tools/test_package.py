"""The add-on package: complete, the same bytes every time, and at home under any folder name."""

import json
import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from addon.vendored import PINNED

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
from vendor import NOTICE

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "1234567890"

# What the add-on brings cannot be found under its own name.
BRINGS_ITS_OWN = """
import sys

BROUGHT = {"marshmallow", "jsonrpcserver", "oslash", "waitress"}

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BROUGHT:
            raise ModuleNotFoundError(f"absolute import of {name}", name=name)

sys.meta_path.insert(0, Absent())
"""

# As inside Anki: what Anki ships is installed, and the folder is a number.
IN_AN_ANKI = f"""{BRINGS_ITS_OWN}
sys.path.insert(0, sys.argv[1])
vendored = __import__("{FOLDER}.vendored").vendored
Schema, fields = vendored.marshmallow.Schema, vendored.marshmallow.fields
rpc = __import__("{FOLDER}._vendor.jsonrpcserver")._vendor.jsonrpcserver
response = vendored.jsonrpcserver.response
assert response.serialize_success(response.SuccessResponse(1, 2)) == {{"jsonrpc": "2.0", "result": 1, "id": 2}}
assert vendored.waitress.channel.HTTPChannel.__module__ == "{FOLDER}._vendor.waitress.channel"

Point = Schema.from_dict({{"x": fields.Integer(required=True)}})
methods = {{"double": lambda x: rpc.Success(2 * Point().load({{"x": x}})["x"])}}
print(rpc.dispatch('{{"jsonrpc": "2.0", "id": 1, "method": "double", "params": [21]}}', methods=methods))
print(*sorted(name for name in sys.modules if name.partition(".")[0] in BROUGHT))
"""


# Where Windows differs: the code page and line ends of text, the order of paths, the modes of files, the library that
# compresses.
AS_WINDOWS = """
import builtins, io, ntpath, os, pathlib, sys, zlib

sys.platform, os.linesep, os.umask = "win32", "\\r\\n", lambda mode: 0

def on_windows(open):
    def opened(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, *more, **options):
        if "b" not in mode:
            encoding = encoding or "cp1252"
            newline = "\\r\\n" if newline is None and "r" not in mode else newline
        return open(file, mode, buffering, encoding, errors, newline, *more, **options)
    return opened

builtins.open = io.open = on_windows(io.open)
pathlib.PurePath.__lt__ = lambda one, other: str(one).lower() < str(other).lower()
chmod, listdir, scandir = os.chmod, os.listdir, os.scandir
os.chmod = lambda path, mode, **options: chmod(path, 0o666 if mode & 0o200 else 0o444)
os.listdir = lambda *given: sorted(listdir(*given), key=str.lower, reverse=True)
compressobj = zlib.compressobj
zlib.compressobj = lambda level=-1, *more: compressobj(1, *more)
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Builds the package in a process of its own, as `make package` does."""

    def run(name, **environment):
        package = tmp_path_factory.mktemp("dist") / name
        subprocess.run(
            [sys.executable, ROOT / "tools/package.py", package],
            check=True,
            capture_output=True,
            env=os.environ | environment,
        )
        return package

    return run


@pytest.fixture(scope="module")
def package(build):
    return build("anki-rpc.ankiaddon")


@pytest.fixture(scope="module")
def files(package):
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_builds_are_equal_byte_for_byte_and_leave_the_sources_alone(package, build):
    before = sorted((ROOT / "addon").rglob("*"))
    again = build("again.ankiaddon", PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    assert again.read_bytes() == package.read_bytes()
    assert sorted((ROOT / "addon").rglob("*")) == before


def test_a_build_on_windows_is_equal_byte_for_byte(package, build, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(AS_WINDOWS)
    assert build("windows.ankiaddon", PYTHONPATH=str(tmp_path)).read_bytes() == package.read_bytes()


def test_holds_what_anki_looks_for_at_its_root(files):
    version = {}
    exec(files["version.py"], version)
    manifest = json.loads(files["manifest.json"])
    assert manifest["package"] == "anki_rpc"
    assert manifest["name"] == "AnkiRPC"
    assert manifest["human_version"] == version["VERSION"]
    assert "__init__.py" in files


def test_holds_every_source_of_the_addon(files):
    sources = {
        path.relative_to(ROOT / "addon").as_posix()
        for path in (ROOT / "addon").rglob("*.py")
        if "_vendor" not in path.parts and "user_files" not in path.parts
    }
    assert sources <= files.keys()


def test_holds_nothing_compiled_private_or_redundant(files):
    unwanted = {".pyc", ".so", ".pyd", ".dll", ".dylib"}
    assert not [name for name in files if Path(name).suffix in unwanted or name.endswith("/")]
    assert not {"meta.json", "user_files"} & {name.partition("/")[0] for name in files}


def test_brings_the_licence_of_everything_inside(files):
    assert files["LICENSE"] == (ROOT / "LICENSE").read_bytes()
    for library in ("marshmallow", "jsonrpcserver", "oslash"):
        assert b"Permission is hereby granted" in files[f"_vendor/{library}/LICENSE"]
    assert b"Zope Public License (ZPL) Version 2.1" in files["_vendor/waitress/LICENSE.txt"]


def test_files_of_others_are_unchanged_or_say_so(files):
    for name in files:
        library, _, file = name.removeprefix("_vendor/").partition("/")
        if name.startswith("_vendor/") and file.endswith(".py"):
            original = metadata.distribution(library).locate_file(f"{library}/{file}").read_bytes()
            assert files[name] == original or files[name].startswith(NOTICE), name


def test_lists_everything_that_others_made_with_its_version_and_the_text_of_its_licence(files):
    brought = {name.split("/")[1] for name in files if name.startswith("_vendor/") and name.count("/") > 1}
    rows = files["THIRD-PARTY.md"].decode().split("| --- |\n", 1)[1].splitlines()
    listed = {}
    for row in rows:
        name, version, licence, texts, home = (cell.strip() for cell in row.strip("|").split("|"))
        listed[name] = version
        assert licence == {"waitress": "ZPL 2.1"}.get(name, "MIT")
        assert home.startswith("https://")
        assert all(files[text.strip("`")] for text in texts.split(", "))
    assert listed == {name: metadata.version(name) for name in brought}
    assert PINNED.items() <= listed.items()


def test_describes_itself_with_the_committed_document(files):
    document = ROOT / "spec/openrpc.json"
    assert files.get("openrpc.json") == (document.read_bytes() if document.exists() else None)


def test_the_bridge_for_agents_needs_nothing_but_python(package, tmp_path):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "anki_rpc")
    done = subprocess.run(
        [sys.executable, "-S", "-m", "anki_rpc", "mcp", "--url", "http://127.0.0.1:1"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        input='{"jsonrpc":"2.0","id":1,"method":"ping"}\n',
        check=True,
        capture_output=True,
        text=True,
    )
    assert "Anki cannot be reached" in json.loads(done.stdout)["error"]["message"]


def test_its_libraries_work_under_a_numeric_folder_name_and_stay_private(package, tmp_path):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / FOLDER)
    desktop = ROOT / ".venv-desktop/bin/python"
    done = subprocess.run(
        [desktop if desktop.exists() else sys.executable, "-I", "-c", IN_AN_ANKI, tmp_path],
        check=True,
        capture_output=True,
        text=True,
    )
    reply, leaked = done.stdout.split("\n")[:2]
    assert json.loads(reply) == {"jsonrpc": "2.0", "id": 1, "result": 42}
    assert leaked == ""


def test_its_server_passes_the_tests_of_the_server(package, tmp_path):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "addon")
    (tmp_path / "brings_its_own.py").write_text(BRINGS_ITS_OWN)
    command = ["-m", "pytest", "-q", "-p", "brings_its_own", "-p", "no:cacheprovider", "-o", f"pythonpath={tmp_path}"]
    waiting = "Windows or trickle or never_whole or stalled or hurried or outlasts or room"  # of our code alone
    done = subprocess.run(
        [sys.executable, *command, "-k", f"not ({waiting})", "tests/http/test_server.py"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 50
