"""The mistakes of a newcomer, in both protocols, with the exact messages: see newcomer.toml.

A message of JSON-RPC says what was wrong, where, and what to do. Those of the old protocol are AnkiConnect's, for
actions that AnkiConnect has.
"""

import json
import tomllib
from pathlib import Path

import pytest
from sizes import for_rows

TABLE = tomllib.loads((Path(__file__).parent / "newcomer.toml").read_text("utf-8"))
MISTAKES, REQUESTS = TABLE["mistake"], TABLE["request"]


def message_of(answer):
    """The message of a response, or that of the only item in its result."""
    return answer["error"]["message"] if "error" in answer else answer["result"][0]["error"]


@for_rows("mistake", MISTAKES)
def test_a_mistake_gets_this_message(refusing, mistake):
    call = {"jsonrpc": "2.0", "id": 1, "method": mistake["method"], "params": json.loads(mistake["params"])}
    assert message_of(refusing.post(call)) == mistake["message"]


@pytest.mark.parametrize("mistake", [mistake for mistake in MISTAKES if "old" not in mistake], ids=str)
def test_the_old_protocol_takes_what_ankiconnect_takes(gateway, mistake):
    check_old_reply(gateway, mistake)


@for_rows("mistake", [mistake for mistake in MISTAKES if "old" in mistake])
def test_the_old_protocol_answers_in_ankiconnects_words(refusing, mistake):
    check_old_reply(refusing, mistake)


def check_old_reply(gateway, mistake):
    envelope = {"action": mistake["method"], "version": 6, "params": json.loads(mistake["params"])}
    reply = gateway.send(json.dumps(envelope).encode()).json
    if isinstance(reply["result"], list):
        assert reply["result"] == [{"canAdd": False, "error": mistake["old"]}]
    else:
        assert reply["error"] == mistake.get("old")


@for_rows("request_", REQUESTS)
def test_a_body_written_by_hand_gets_this_message(reading, request_):
    body = request_["body"].encode(request_.get("encoding", "utf-8"))
    path, method = request_.get("path", "/"), request_.get("http", "POST")
    response = reading.send(body, path=path, method=method, content_type=request_.get("type", "application/json"))
    answer = response.json[0] if isinstance(response.json, list) else response.json
    error = answer.get("error") or json.loads(answer["result"]["content"][0]["text"])["error"]
    assert error["message"] == request_["message"]
    assert (response.status_code, answer["id"]) == (request_.get("status", 200), request_.get("id"))


def test_each_is_there_once():
    assert len({(mistake["method"], mistake["params"]) for mistake in MISTAKES}) == len(MISTAKES)
