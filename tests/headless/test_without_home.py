"""The program where the user has no home folder, as in some containers."""

import json
import subprocess
import sys

import pytest
from gateway_process import child_environment

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform == "win32", reason="users")]

WITHOUT_HOME = """
import contextlib, io, json, os, pwd, sys

def getpwuid(number):
    raise KeyError(number)

pwd.getpwuid = getpwuid
from addon.cli import main

for options in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(options)
        except SystemExit as exit:
            status = exit.code
    print(json.dumps([status, out.getvalue(), err.getvalue()]))
"""
"""Command lines in a container: no HOME, and a user that the system does not know."""


def test_what_needs_no_home_works_and_what_does_is_explained():
    ended = run(
        ["--version"], ["spec"], ["serve", "--port=0"], ["serve", "--port=0", "--collection=~/collection.anki2"]
    )
    version, spec, without, below = ended
    assert (version[0], spec[0], without[0], below[0]) == (0, 0, 1, 1)
    assert version[1].startswith("AnkiRPC")
    assert '"openrpc"' in spec[1]
    assert without[2] == "anki-rpc: The user has no home folder. Name the collection by --collection.\n"
    assert below[2].startswith("anki-rpc: The collection ~/collection.anki2 cannot be found: ")


def run(*lines):
    """The status and both outputs of each command line."""
    known = child_environment()
    environment = {name: known[name] for name in known if not name.startswith(("HOME", "XDG"))}
    command = [sys.executable, "-c", WITHOUT_HOME, json.dumps(lines)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8", timeout=60)
    return [json.loads(line) for line in done.stdout.splitlines()]
