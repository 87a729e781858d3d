"""Whatever arrives, the gateway answers with valid JSON and goes on serving."""

import json
import socket

import pytest
import seed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from local_gateway import LocalGateway
from values import places, replaced

from addon import actions  # noqa: F401  (fills the registry)
from addon.rpc.registry import REGISTRY, RunsOn

ACTIONS = [action for action in REGISTRY.listed() if action.runs_on is not RunsOn.GUI and action.examples]
SURROGATE = "\ud800"
JSON = "application/json"
JUNK = st.one_of(
    st.sampled_from(
        [None, True, False, 0, -1, 1, 1.5, 2**63, 2**64, -(2**64), 10**400, 1e308, "", SURROGATE, "\0", "x"]
    ),
    st.sampled_from(["\U0001f600", [], {}, [None], [[]], [{}], {"": {}}, {SURROGATE: SURROGATE}, "a" * 300, "tag:("]),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ),
)


MESSAGES = st.sampled_from(ACTIONS).flatmap(lambda action: wrong_params(action).map(lambda wrong: (action, wrong)))
COMMON = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture(scope="module")
def gateway(served):
    yield served
    assert served.out.count("\n") == 9


@pytest.fixture(scope="module")
def local(example_collection, tmp_path_factory):
    """A gateway without a socket, for the many."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("local")))
    yield gateway
    gateway.close()


def wrong_params(action):
    """The params of an action's first example with junk at one place."""
    params = json.loads(json.dumps(dict(action.examples[0].params)))
    return st.builds(lambda path, junk: replaced(params, path, junk), st.sampled_from(list(places(params))), JUNK)


def is_sound(status, body):
    """A whole answer without an internal error; returns the document."""
    assert status == 200, (status, body)
    assert b"-32603" not in body, body
    assert b"nternal error" not in body, body
    assert b"Traceback" not in body, body
    return json.loads(body) if body else None


def is_response(answer, id=1):
    assert set(answer) in ({"jsonrpc", "id", "result"}, {"jsonrpc", "id", "error"})
    refused = answer.get("error", {}).get("code") == -32600  # no request object: its id counts as unknown
    assert answer["id"] == (None if refused else id)
    if "error" in answer:
        assert {"code", "message"} <= set(answer["error"])
    return answer


def still_serves(gateway, connection=None):
    for each in [connection, gateway.connect()] if connection else [gateway.connect()]:
        assert each.rpc("version") == each.legacy("version") == 6
        each.close()


def is_answered(send, action, wrong):
    """A call with wrong params gets a response by each protocol; `send` takes a body and its content type."""
    message = {"jsonrpc": "2.0", "id": 1, "method": action.name, "params": wrong}
    is_response(is_sound(*send(json.dumps(message).encode(), JSON)), message["id"])
    envelope = {"action": action.name, "version": 6, "params": wrong}
    assert set(is_sound(*send(json.dumps(envelope).encode(), None))) == {"result", "error"}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_wrong_types_at_every_level_get_an_answer(local, action, monkeypatch, tmp_path, caplog):
    monkeypatch.chdir(tmp_path)  # some are taken for the path of a file to write

    def send(body, content_type):
        response = local.send(body, content_type=content_type)
        return response.status_code, response.data

    @settings(max_examples=40, **COMMON)
    @given(wrong_params(action))
    def check(wrong):
        is_answered(send, action, wrong)

    check()
    assert [record for record in caplog.records if record.name.startswith("anki_rpc")] == []
    assert local.rpc("version")["result"] == local.legacy("version")["result"] == 6


def test_wrong_types_get_an_answer_on_a_kept_connection(gateway):
    connection = gateway.connect()

    @settings(max_examples=200, **COMMON)
    @given(MESSAGES)
    def check(message):
        is_answered(
            lambda body, content_type: connection.send(
                body, **({"Content_Type": content_type} if content_type else {})
            ),
            *message,
        )

    check()
    still_serves(gateway, connection)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nope",
        b"\xff\xfe",
        b'{"jsonrpc": "2.0", "id": 1, "method": ',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"9" * 5000,
        b'{"jsonrpc": "2.0", "id": 1, "method": "notesInfo", "params": {"notes": [' + b"9" * 5000 + b"]}}",
        b'{"jsonrpc": "2.0", "id": 1e999, "method": "version"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "notesInfo", "params": {"notes": [1e999]}}',
        b'{"jsonrpc": "2.0", "id": 18446744073709551616, "method": "version"}',
        b'{"jsonrpc": "2.0", "id": {"a": 1}, "method": "version"}',
        b'{"jsonrpc": "2.0", "id": "\\ud800", "method": "version"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "\\ud800", "params": {"\\ud800": "\\ud800"}}',
        b'{"action": "\\ud800", "version": 6, "params": {"\\ud800": 1}}',
        b'{"action": "findNotes", "version": 1e999, "params": {"query": "\\ud800"}}',
        b'{"action": "version", "version": 6, "key": {"\\ud800": []}}',
        b'{"action": "noSuchThing", "version": 6}',
        b'{"action": "createDeck", "version": 6, "params": {"unknown": 1}}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "createDeck", "params": {"unknown": 1}}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "createDeck"}',
        b"[" + b"1," * 10_000 + b"1]",
        b'{"action": "findNotes", "version": 6, "params": {"query": "' + b"x" * (20 * 2**20) + b'"}}',
    ],
    ids=lambda body: body[:60].decode("latin-1") + f" {len(body)}",
)
@pytest.mark.parametrize("content_type", [JSON, "text/plain"])
def test_a_bad_body_gets_an_answer(gateway, body, content_type):
    connection = gateway.connect()
    status, answer = connection.send(body, Content_Type=content_type)
    assert status in {200, 415}
    is_sound(200, answer)
    still_serves(gateway, connection)


def test_a_body_cut_short_is_answered(gateway):
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=20) as sock:
        sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        sock.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: sock.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert "1 of 100 bytes" in json.loads(answer.partition(b"\r\n\r\n")[2])["error"]
    still_serves(gateway)


def test_stalled_bodies_hold_nobody_up(gateway):
    stalled = [socket.create_connection(("127.0.0.1", gateway.port), timeout=20) for _ in range(40)]
    try:
        for sock in stalled:
            sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        still_serves(gateway)
    finally:
        for sock in stalled:
            sock.close()
