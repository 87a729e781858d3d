"""A small registry of the specification's own methods, served without Anki and without HTTP; and a lane."""

import json
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # helpers beside the tests: lanes, small_registry

import small_registry

from addon.rpc import codec
from addon.rpc.caller import Caller
from addon.rpc.lane import Lane


class Core:
    """The dispatcher alone: bytes or a document in, the decoded answer out (None where there is none)."""

    def __init__(self, **settings):
        self.host = small_registry.Host()
        self.calls = self.host.calls
        self.ended = self.host.ended
        self.dispatcher = small_registry.dispatcher(self.host, **settings)

    def send(self, body: bytes):
        answer = self.dispatcher.dispatch(codec.loads(body), Caller())
        return None if answer is None else json.loads(answer)

    def post(self, document):
        return self.send(json.dumps(document).encode())

    def call(self, method, params=None, id=1):
        message = {"jsonrpc": "2.0", "method": method, "id": id}
        return self.post(message if params is None else {**message, "params": params})


@pytest.fixture
def open_core():
    """Makes cores with given settings of the dispatcher."""
    return Core


@pytest.fixture
def core():
    return Core()


@pytest.fixture
def lane():
    lane = Lane()
    yield lane
    lane.stop()


@pytest.fixture
def blocked(lane):
    """A lane whose thread is busy until the event that is handed out is set."""
    begun, release = threading.Event(), threading.Event()

    def work():
        begun.set()
        assert release.wait(10)

    lane.submit(work)
    assert begun.wait(10)
    yield release
    release.set()
