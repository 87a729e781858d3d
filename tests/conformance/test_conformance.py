"""The official conformance suite of the Model Context Protocol, against the adapter over the suite's fixtures."""

import os
import subprocess

import pytest
from examples import ROOT

from . import actions

SUITE = ROOT / "tests" / "clients" / "conformance"
PROGRAMS = SUITE / "node_modules" / ".bin"
WAIT = 280


@pytest.fixture
def server(gateway):
    """The fixtures at a port."""
    server = actions.mount(gateway.gateway, gateway.host)
    server.start()
    yield server
    server.stop()


@pytest.mark.node
@pytest.mark.parametrize("revision", ["2025-11-25", "2026-07-28"])
def test_the_suite_finds_no_fault_but_what_is_not_claimed(server, tmp_path, revision):
    """An entry of the list of expected failures that passes is a fault, too."""
    done = subprocess.run(
        [
            *(PROGRAMS / "conformance", "server", "--url", f"http://127.0.0.1:{server.port}/mcp"),
            *("--suite", "all", "--spec-version", revision, "--output-dir", tmp_path),
            *("--expected-failures", SUITE / f"expected-{revision}.yml"),
        ],
        env={**os.environ, "PATH": os.pathsep.join([str(PROGRAMS), os.environ["PATH"]])},
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr
