"""Fixtures for the tests of clients: live gateways, and the folder of the TypeScript client."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from examples import EXAMPLES

from addon.http.server.server import Server

ROOT = Path(__file__).resolve().parents[2]


class _Front:
    """One server for all gateways, which come one after the other: to start a server takes longer than most calls."""

    def __init__(self):
        self.gateway = None
        self.server = Server(self._serve, port=0, upload=self._upload)

    def _serve(self, environ, start_response):
        return self.gateway.gateway.app(environ, start_response)

    def _upload(self, environ):
        return self.gateway.gateway.app.upload(environ)

    @property
    def url(self):
        return self.server.url


@pytest.fixture(scope="session")
def front():
    front = _Front()
    front.server.start()
    yield front
    front.server.stop()


@pytest.fixture
def url(front, gateway, tmp_path, monkeypatch):
    """The address of a gateway on a copy of the example collection."""
    monkeypatch.chdir(tmp_path)
    front.gateway = gateway
    return front.url


@pytest.fixture(scope="session")
def typescript():
    """The folder of the TypeScript client, compiled."""
    return _ready(ROOT / "clients" / "typescript", "dist/index.js")


@pytest.fixture(scope="session")
def openrpc_tools():
    """The folder where tools of OpenRPC that others wrote are installed."""
    return _ready(ROOT / "tests" / "clients" / "openrpc", "node_modules/.ready")


def _ready(folder, file):
    if not (folder / file).exists() or shutil.which("node") is None:
        pytest.fail("run `make test-clients`", pytrace=False)
    return folder


def pytest_generate_tests(metafunc):
    """`method` and `example` are every example of the document, unless the test says which."""
    is_told = any("method" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if {"method", "example"} <= set(metafunc.fixturenames) and not is_told:
        names = [f"{method['name']}: {example['name']}" for method, example in EXAMPLES]
        metafunc.parametrize(("method", "example"), EXAMPLES, ids=names)
