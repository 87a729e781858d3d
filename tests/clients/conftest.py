"""Fixtures for the tests of clients: live gateways, and the folder of the TypeScript client."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from examples import EXAMPLES

from addon.http.server.server import Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def url(gateway, tmp_path, monkeypatch):
    """The address of a gateway on a copy of the example collection."""
    monkeypatch.chdir(tmp_path)
    server = Server(gateway.gateway.app, port=0, upload=gateway.gateway.app.upload)
    server.start()
    yield server.url
    server.stop()


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
