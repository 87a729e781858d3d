"""Runs the tests that start servers on the sockets of this system, and on those of Windows."""

import sys
import zlib

import pytest
from platforms import windows_server

WITH_SERVERS = {"test_bodies", "test_loop", "test_media", "test_server", "test_streams", "test_turns"}
IN_TURN = {"test_media"}
"""What these test is above the sockets, so each of their tests runs on one of the two."""


@pytest.fixture(autouse=True)
def sockets(request, monkeypatch):
    """The system whose sockets servers find."""
    system = getattr(request, "param", "this system")
    if system == "Windows":
        windows_server.simulate(monkeypatch)
    return system


def pytest_generate_tests(metafunc):
    module = metafunc.module.__name__.rpartition(".")[2]
    if module in WITH_SERVERS:
        systems = ["this system"] if sys.platform == "win32" else ["this system", "Windows"]
        if module in IN_TURN:
            systems = [systems[zlib.crc32(metafunc.function.__name__.encode()) % len(systems)]]
        metafunc.parametrize("sockets", systems, indirect=True)
