"""A gateway in a process of its own for all of a module's tests that can share one, and starts that fail."""

import os
import signal

import pytest
import seed
from chunks import hold_chunk, small_chunks  # noqa: F401  (fixtures)
from gateway_process import ServeProcess, reason

from addon.cli import main
from addon.headless.stopping import SIGNALS
from addon.http.server.server import Server


@pytest.fixture(scope="module")
def shared_collection(example_collection, tmp_path_factory):
    """The path of the collection that `served` serves."""
    return seed.copy(example_collection, tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def served(shared_collection):
    """The module's gateway: each test uses names of its own, and nothing stops or reconfigures the process."""
    process = ServeProcess("--collection", shared_collection).ready()
    yield process
    assert process.stop() == 0
    assert process.err == ""


@pytest.fixture
def server(gateway):
    """A gateway in this process, on a port."""
    server = Server(gateway.gateway.app, port=0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs a start that fails, in this process: its status and what it wrote."""
    for name in [name for name in os.environ if name.startswith("ANKI")]:
        monkeypatch.delenv(name)
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    handlers = {number: signal.getsignal(number) for number in numbers}

    def run(*options, port=0):
        try:
            status = main(["serve", f"--port={port}", *map(str, options)])
        except SystemExit as exit:
            status = exit.code
        return status, *capsys.readouterr()

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture
def fails(run):
    """The reason of a start that fails."""
    return lambda *options: reason(*run(*options))
