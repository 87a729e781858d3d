"""A Python that is too old, as Apple ships it, says so: on standard error, and to a client of agents."""

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from gateway_process import ROOT, WAIT, child_environment

from addon.version import OLDEST_PYTHON

INITIALIZE = b'{"jsonrpc": "2.0", "id": "first", "method": "initialize", "params": {}}\n'
BEFORE = b'{"jsonrpc": "2.0", "method": "notifications/initialized"}\nnonsense\n[]\n'
OLDER = ("3.8", "3.9", "3.10")


def find(version):
    """A Python of that version: on the path, or among pyenv's."""
    candidates = [f"python{version}", *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    for candidate in candidates:
        command = [candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        try:
            found = subprocess.run(command, capture_output=True, text=True, timeout=WAIT, check=False)
        except OSError:
            continue
        if found.stdout.strip() == version:
            return candidate
    return pytest.skip(f"needs Python {version}")


@pytest.mark.process
@pytest.mark.parametrize("version", OLDER)
def test_an_older_python_is_named_as_the_cause(version):
    environment = child_environment(PYTHONDONTWRITEBYTECODE="1")
    options = {"env": environment, "capture_output": True, "timeout": WAIT, "cwd": ROOT}
    python = find(version)
    for command in ("serve", "mcp", "key"):
        done = subprocess.run([python, "-m", "addon", command], check=False, input=b"", **options)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.startswith(b"anki-rpc: AnkiRPC needs Python 3.11 or newer, but ")
        assert f" is {version}." in done.stderr.decode()
    done = subprocess.run([python, "-m", "addon", "mcp"], check=False, input=BEFORE + 2 * INITIALIZE, **options)
    (line,) = done.stdout.splitlines()
    answer = json.loads(line)
    assert (answer["id"], answer["error"]["code"]) == ("first", -32603)
    assert done.stderr.decode() == f"anki-rpc: {answer['error']['message']}\n"


@pytest.mark.parametrize("name", ["__init__", "__main__", "version"])
def test_what_an_older_python_runs_compiles_there(name):
    ast.parse((ROOT / "addon" / f"{name}.py").read_text("utf-8"), feature_version=(3, 8))


def test_the_oldest_python_is_the_one_that_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    oldest = ".".join(map(str, OLDEST_PYTHON))
    assert project["project"]["requires-python"] == f">={oldest}"
    assert project["tool"]["mypy"]["python_version"] == oldest
    assert sys.version_info >= OLDEST_PYTHON
