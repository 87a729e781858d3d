"""The mistakes of a newcomer, in both protocols, with the exact messages: see newcomer.toml.

A message of JSON-RPC says what was wrong, where, and what to do. Those of the old protocol are AnkiConnect's.
"""

import json
import tomllib
from pathlib import Path

import pytest

MISTAKES = tomllib.loads((Path(__file__).parent / "newcomer.toml").read_text("utf-8"))["mistake"]
EACH = pytest.mark.parametrize(
    "mistake", MISTAKES, ids=lambda mistake: f"{mistake['method']}: {mistake['message'][:60]}"
)


def message_of(answer):
    """The message of a response, or that of the only item in its result."""
    return answer["error"]["message"] if "error" in answer else answer["result"][0]["error"]


@EACH
def test_a_mistake_gets_this_message(gateway, mistake):
    call = {"jsonrpc": "2.0", "id": 1, "method": mistake["method"], "params": json.loads(mistake["params"])}
    assert message_of(gateway.post(call)) == mistake["message"]


@EACH
def test_the_old_protocol_answers_in_ankiconnects_words(gateway, mistake):
    envelope = {"action": mistake["method"], "version": 6, "params": json.loads(mistake["params"])}
    reply = gateway.send(json.dumps(envelope).encode()).json
    if isinstance(reply["result"], list):
        assert reply["result"] == [{"canAdd": False, "error": mistake["old"]}]
    else:
        assert reply["error"] == mistake.get("old")


def test_there_are_forty_and_each_once():
    assert len(MISTAKES) >= 40
    assert len({(mistake["method"], mistake["params"]) for mistake in MISTAKES}) == len(MISTAKES)
