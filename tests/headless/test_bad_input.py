"""Whatever arrives, the gateway answers with valid JSON and goes on serving."""

import json
import random
import re
import socket

import pytest
from sizes import for_rows, size, turns
from values import places, replaced

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn

ACTIONS = [action for action in REGISTRY.listed() if action.runs_on is not RunsOn.GUI and action.examples]
SURROGATE = "\ud800"
JSON = "application/json"
JUNK = [
    *(None, True, False, 0, -1, 1, 1.5, 2**63, 2**64, -(2**64), 10**400, 1e308, "", SURROGATE, "\0", "x"),
    *("\U0001f600", [], {}, [None], [[]], [{}], {"": {}}, {SURROGATE: SURROGATE}, "a" * 300, "tag:("),
]


def junk(chance, depth=3):
    """A value of any type, often one that is known to be hard."""
    kind = chance.randrange(8 if depth else 6)
    if kind < 3:
        return chance.choice(JUNK)
    if kind == 3:
        return chance.randint(-(10 ** chance.randint(0, 20)), 10 ** chance.randint(0, 20))
    if kind == 4:
        return chance.uniform(-1, 1) * 10.0 ** chance.randint(-300, 300)
    if kind == 5:
        return "".join(
            chr(chance.randrange(chance.choice((128, 0x3000, 0x110000)))) for _ in range(chance.randint(0, 5))
        )
    items = [junk(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    return items if kind == 6 else {f"{junk(chance, 0)}": item for item in items}


COUNT = size("WRONG_PARAMS", 8, 80)


def wrong_params(action, count=COUNT):
    """The params of an action's first example with junk at each place in turn; the same ones in every run."""
    chance = random.Random(action.name)
    params = json.loads(json.dumps(dict(action.examples[0].params)))
    paths = list(places(params))
    wrong = [replaced(params, paths[number % len(paths)], junk(chance)) for number in range(max(count, len(paths)))]
    return [each for each in wrong if params or each not in ([], {}, None)]


@pytest.fixture(scope="module")
def gateway(served):
    greeting = served.out
    yield served
    assert served.out == greeting


def fits_in_multi(params):
    """Other params make `multi` refuse all of its actions."""
    return isinstance(params, dict) and not re.search("[\ud800-\udfff]", "".join(params))


def is_sound(status, body):
    """A whole answer without an internal error; returns the document."""
    assert status == 200, (status, body)
    assert b"-32603" not in body, body
    assert b"nternal error" not in body, body
    assert b"Traceback" not in body, body
    return json.loads(body) if body else None


def is_response(answer, id=1):
    assert set(answer) in ({"jsonrpc", "id", "result"}, {"jsonrpc", "id", "error"})
    assert answer["id"] == id
    if "error" in answer:
        assert {"code", "message"} <= set(answer["error"])
    return answer


def still_serves(gateway, connection=None):
    for each in [connection, gateway.connect()] if connection else [gateway.connect()]:
        assert each.rpc("version") == each.legacy("version") == 6
        each.close()


def send_batch(connection, action, wrong):
    batch = [
        {"jsonrpc": "2.0", "id": id, "method": action.name, "params": params} for id, params in enumerate(wrong, 1)
    ]
    answers = is_sound(*connection.send(json.dumps(batch).encode(), Content_Type=JSON))
    for message, answer in zip(batch, answers, strict=True):
        is_response(answer, message["id"])


def send_multi(connection, action, wrong):
    envelopes = [{"action": action.name, "version": 6, "params": params} for params in wrong]
    inner = [envelope for envelope in envelopes if fits_in_multi(envelope["params"])]
    multi = {"action": "multi", "version": 6, "params": {"actions": inner}}
    replies = is_sound(*connection.send(json.dumps(multi).encode()))["result"]
    assert len(replies) == len(inner)
    for envelope in envelopes:
        if not fits_in_multi(envelope["params"]):
            replies.append(is_sound(*connection.send(json.dumps(envelope).encode())))
    assert [set(reply) for reply in replies] == [{"result", "error"}] * len(wrong)


@for_rows(("action", "send"), turns(ACTIONS, lambda action: (send_batch, send_multi)))
def test_wrong_types_at_every_level_get_an_answer(gateway, action, send):
    """Most in one request: the next test sends some of every action one by one, by both protocols."""
    connection = gateway.connect()
    send(connection, action, wrong_params(action))
    still_serves(gateway, connection)


def test_wrong_types_in_requests_of_their_own_get_an_answer(gateway):
    connection = gateway.connect()
    for number, action in enumerate(ACTIONS):
        wrong = wrong_params(action)
        for params in (wrong[0], wrong[number % len(wrong)]):  # instead of all the params, and somewhere in them
            message = {"jsonrpc": "2.0", "id": 1, "method": action.name, "params": params}
            is_response(is_sound(*connection.send(json.dumps(message).encode(), Content_Type=JSON)), message["id"])
            envelope = {"action": action.name, "version": 6, "params": params}
            assert set(is_sound(*connection.send(json.dumps(envelope).encode()))) == {"result", "error"}
    still_serves(gateway, connection)


BODIES = [
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
    b'{"action": "findNotes", "version": 6, "params": {"query": "' + b"x" * (4 * 2**20) + b'"}}',
]


@for_rows(("body", "content_type"), turns(BODIES, lambda body: (JSON, "text/plain")))
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
