"""A gateway on a socket, in the tests' own process, and the command line in it."""

import io
import os
import sys

import pytest
import seed
from local_gateway import LocalGateway

from addon.cli import main

KEY = "open sesame"


@pytest.fixture(scope="module")
def served(example_collection, tmp_path_factory):
    """The address of a gateway on a copy of the example collection."""
    yield from _serve(example_collection, tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def locked(example_collection, tmp_path_factory):
    """The address of a gateway that needs KEY."""
    yield from _serve(example_collection, tmp_path_factory.mktemp("locked"), apiKey=KEY)


def _serve(collection, folder, **settings):
    gateway = LocalGateway(seed.copy(collection, folder), webBindPort=0, **settings)
    server = gateway.gateway.server()
    server.start()
    yield server.url
    server.stop()
    gateway.close()


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs the command line: its status and what it wrote."""
    for name in [name for name in os.environ if name.startswith("ANKI")]:
        monkeypatch.delenv(name)

    def run(*arguments, input=None):
        if input is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(input)))
        try:
            status = main([*map(str, arguments)])
        except SystemExit as exit:
            status = exit.code
        return status, *capsys.readouterr()

    return run
