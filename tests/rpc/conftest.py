"""A small registry of the specification's own methods, served without Anki and without HTTP."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # helpers beside the tests: small_registry

import small_registry

from addon.rpc import codec
from addon.rpc.caller import Caller


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
