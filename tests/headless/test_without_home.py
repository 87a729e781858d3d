"""The program where the user has no home folder, as in some containers."""

import subprocess
import sys

import pytest
from gateway_process import child_environment

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform == "win32", reason="users")]

WITHOUT_HOME = """
import os, pwd, sys

def getpwuid(number):
    raise KeyError(number)

pwd.getpwuid = getpwuid
from addon.cli import main
sys.exit(main())
"""
"""The command line in a container: no HOME, and a user that the system does not know."""


def run(*options):
    known = child_environment()
    environment = {name: known[name] for name in known if not name.startswith(("HOME", "XDG"))}
    command = [sys.executable, "-c", WITHOUT_HOME, *map(str, options)]
    return subprocess.run(command, env=environment, check=False, capture_output=True, encoding="utf-8", timeout=60)


def test_the_program_starts():
    assert run("--version").stdout.startswith("AnkiRPC")
    assert '"openrpc"' in run("spec").stdout


def test_a_collection_must_be_named():
    ended = run("serve", "--port", "0")
    assert ended.stderr == "anki-rpc: The user has no home folder. Name the collection by --collection.\n"


def test_a_path_below_the_home_is_explained():
    ended = run("serve", "--port", "0", "--collection", "~/collection.anki2")
    assert ended.stderr.startswith("anki-rpc: The collection ~/collection.anki2 cannot be found: ")
    assert ended.returncode == 1
