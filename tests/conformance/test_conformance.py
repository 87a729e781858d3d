"""The official conformance suite of the Model Context Protocol, against the adapter over the suite's fixtures."""

import os
import subprocess

import pytest
from examples import ROOT

from . import actions

SUITE = ROOT / "tests" / "clients" / "conformance"
PROGRAMS = SUITE / "node_modules" / ".bin"
WAIT = 280
OF_TASKS = (
    *("capability-negotiation", "dispatch-and-envelope", "lifecycle", "mrtr-composition", "request-headers"),
    *("request-state-removal", "status-notifications", "wire-fields"),
)
"""The scenarios of the tasks extension, which the suites leave out. Two others are about tools that there are not:
`mrtr-input` has one that asks the client while it is a task, `required-task-error` one that is nothing but a task.
"""


@pytest.fixture
def server(gateway):
    """The fixtures at a port."""
    server = actions.mount(gateway.gateway, gateway.host)
    server.start()
    yield server
    server.stop()


def run(server, *arguments):
    done = subprocess.run(
        [PROGRAMS / "conformance", "server", "--url", f"http://127.0.0.1:{server.port}/mcp", *arguments],
        env={**os.environ, "PATH": os.pathsep.join([str(PROGRAMS), os.environ["PATH"]])},
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr


@pytest.mark.node
@pytest.mark.parametrize("revision", ["2025-11-25", "2026-07-28"])
def test_the_suite_finds_no_fault_but_what_is_not_claimed(server, tmp_path, revision):
    """An entry of the list of expected failures that passes is a fault, too."""
    run(
        *(server, "--suite", "all", "--spec-version", revision, "--output-dir", tmp_path),
        *("--expected-failures", SUITE / f"expected-{revision}.yml"),
    )


@pytest.mark.node
@pytest.mark.parametrize("scenario", OF_TASKS)
def test_the_suite_finds_no_fault_in_tasks(server, tmp_path, scenario):
    run(server, "--scenario", f"tasks-{scenario}", "--spec-version", "2026-07-28", "--force", "--output-dir", tmp_path)
