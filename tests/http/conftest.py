"""Runs the tests that start servers twice: on the sockets of this system, and on those of Windows."""

import sys

import pytest
from platforms import windows_server

WITH_SERVERS = {"test_bodies", "test_heads", "test_loop", "test_media", "test_server", "test_streams", "test_turns"}


@pytest.fixture(autouse=True)
def sockets(request, monkeypatch):
    """The system whose sockets servers find."""
    system = getattr(request, "param", "this system")
    if system == "Windows":
        windows_server.simulate(monkeypatch)
    return system


def pytest_generate_tests(metafunc):
    if metafunc.module.__name__.rpartition(".")[2] in WITH_SERVERS:
        systems = ["this system"] if sys.platform == "win32" else ["this system", "Windows"]
        metafunc.parametrize("sockets", systems, indirect=True)
