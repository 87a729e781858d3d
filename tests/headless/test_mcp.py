"""Agents at a headless gateway: by the official clients, by HTTP and through the bridge."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
import seed
from agents import BRIDGE, by_bridge, by_http
from examples import ROOT
from gateway_process import WAIT, child_environment
from limits import no_more_threads
from original_clients import FLOWS, PYTHON, Flow, contents

from addon.mcp.headers import SESSION, VERSION, VERSION_IN_BODY
from addon.mcp.headers import of as headers_of
from addon.mcp.messages import CURRENT
from addon.mcp.tasks import EXTENSION
from addon.rpc.operations import PROGRESS_INTERVAL_S

pytestmark = pytest.mark.process

INSPECTOR = ROOT / "tests" / "clients" / "inspector" / "node_modules" / ".bin" / "mcp-inspector"
META = {VERSION_IN_BODY: CURRENT, "io.modelcontextprotocol/clientCapabilities": {}}


@pytest.mark.parametrize("flow", by_http + by_bridge)
def test_the_official_client_finds_adds_reviews_and_undoes(serve, collection, flow, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    process = serve("--collection", collection).ready()
    assert flow.run(process.port) == flow.told
    assert process.stop() == 0
    assert contents(collection) == flow.left


# --- how far it is ---


WAYS = [
    pytest.param("http", "auto", id="by HTTP"),
    pytest.param(BRIDGE, "legacy", id="by the bridge with a handshake"),
    pytest.param("http", "legacy", id="by HTTP with a handshake"),
    pytest.param(BRIDGE, "auto", id="by the bridge"),
]


def one_of(ways, first):
    """The way that `make test` tries; `make test-matrix` tries the others."""
    return [
        pytest.param(*way.values, id=way.id, marks=() if number == first else pytest.mark.matrix)
        for number, way in enumerate(ways)
    ]


@pytest.mark.parametrize(("how", "era"), one_of(WAYS, 1))
def test_the_official_client_is_told_how_far_a_long_call_is(server, hold_chunk, how, era, monkeypatch):
    reached, go_on = hold_chunk
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    seen = {"seen": True, "rising": True, "totals": [2_500], "cut": True}
    flow = Flow([PYTHON, FLOWS / "with_mcp.py", how, era, "long"], seen, {})

    def release():
        """A second after the first chunk, when its progress has been looked at four times."""
        reached.wait(WAIT)
        time.sleep(4 * PROGRESS_INTERVAL_S)
        go_on.set()

    threading.Thread(target=release, daemon=True).start()
    assert flow.run(server.port) == seen


@pytest.mark.parametrize(("how", "era"), one_of(WAYS, 0))
def test_the_official_client_hears_of_what_it_has_subscribed_to(server, how, era, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    received = {"honored": ["anki://decks"], "heard": "anki://decks"}
    assert Flow([PYTHON, FLOWS / "with_mcp.py", how, era, "listen"], received, {}).run(server.port) == received


@pytest.mark.node
def test_the_official_client_continues_its_session_at_a_server_that_was_restarted(serve, collection):
    """It would not if the old session were refused, as it begins no new one."""
    process = serve("--collection", collection).ready()

    def restart():
        client = process.connect()
        wait_for(lambda: "before" in client.rpc("deckNames"))
        client.close()
        process.stop()
        client = serve("--collection", collection, port=process.port).ready().connect()
        client.rpc("createDeck", {"deck": "restarted"})
        client.close()

    restarting = threading.Thread(target=restart, daemon=True)
    restarting.start()
    flow = Flow([PYTHON, FLOWS / "with_mcp.py", "http", "legacy", "restart"], {"continues": True}, {})
    assert flow.run(process.port) == flow.told
    restarting.join(WAIT)


def _many(count, token="t"):
    note = {"deckName": "Default", "modelName": "Basic"}
    notes = [{**note, "fields": {"Front": f"word {number}", "Back": "b"}} for number in range(count)]
    params = {"name": "addNotes", "arguments": {"notes": notes}, "_meta": {"progressToken": token}}
    return {"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": params}


def _ask(port, message, accept="application/json, text/event-stream", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    names = {"Content-Type": "application/json", "Accept": accept, VERSION: "2025-11-25"}
    connection.request("POST", "/mcp", json.dumps(message), {**names, **headers})
    return connection.getresponse()


def _next_message(response):
    """The next message of an answer by events."""
    return next(json.loads(line[6:]) for line in response if line.startswith(b"data: "))


def _by_another_tool(message):
    """The same call, made by callTool."""
    call = {name: message["params"].pop(name) for name in ("name", "arguments")}
    message["params"] |= {"name": "callTool", "arguments": call}
    return message


@pytest.mark.parametrize("way", [lambda message: message, _by_another_tool], ids=["itself", "callTool"])
def test_progress_comes_as_events_and_the_answer_is_the_last(server, hold_chunk, way):
    _, go_on = hold_chunk
    response = _ask(server.port, way(_many(240)))
    assert response.headers["Content-Type"] == "text/event-stream"
    first = _next_message(response)
    go_on.set()
    *notes, answer = [first, *(json.loads(line[6:]) for line in response if line.startswith(b"data: "))]
    assert notes
    assert all(note["method"] == "notifications/progress" for note in notes)
    assert all(note["params"]["progressToken"] == "t" for note in notes)
    assert [note["params"]["progress"] for note in notes] == sorted({note["params"]["progress"] for note in notes})
    assert {note["params"]["total"] for note in notes} == {240}
    assert (answer["id"], answer["result"]["isError"]) == (5, False)


@pytest.mark.parametrize("accept", ["application/json", "*/json"])
def test_who_takes_no_events_is_answered_in_json(server, accept):
    response = _ask(server.port, _many(2), accept)
    assert response.headers["Content-Type"] == "application/json"
    assert json.loads(response.read())["result"]["isError"] is False


def test_a_call_without_a_thread_for_its_events_is_answered_in_json_and_takes_no_place(server):
    with no_more_threads("anki-rpc mcp"):
        replies = [_ask(server.port, _many(2)) for _ in range(10)]
    assert {reply.headers["Content-Type"] for reply in replies} == {"application/json"}
    assert not any(json.loads(reply.read())["result"]["isError"] for reply in replies)
    assert not server._streams._open
    assert _ask(server.port, _many(2)).headers["Content-Type"] == "text/event-stream"


def test_errors_of_a_call_that_is_followed_are_the_same(server):
    message = _many(1)
    message["params"]["arguments"]["notes"][0]["deckName"] = 5
    replies = [_ask(server.port, message, accept).read() for accept in ("application/json", "text/event-stream")]
    assert json.loads(replies[0]) == json.loads(replies[1].partition(b"data: ")[2])


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_arguments_that_are_nested_deeply_are_refused(server, accept):
    message = _many(0)
    for _ in range(500):
        message["params"]["arguments"]["notes"] = [message["params"]["arguments"]["notes"]]
    response = _ask(server.port, message, accept)
    answer = json.loads(response.read()) if accept == "application/json" else _next_message(response)
    assert (answer["id"], answer["result"]["isError"]) == (5, True)
    assert '"kind":"invalid_params"' in answer["result"]["content"][0]["text"]


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_call_that_fails_unexpectedly_is_answered(server, gateway, accept, monkeypatch):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(gateway.gateway.operations, "start", fail)
    monkeypatch.setattr(gateway.gateway.dispatcher, "dispatch_batch", fail)
    response = _ask(server.port, _many(1), accept)
    answer = json.loads(response.read()) if accept == "application/json" else _next_message(response)
    assert answer == {"jsonrpc": "2.0", "id": 5, "error": {"code": -32603, "message": "Internal error"}}


def _begun(server, message, **headers):
    """The response to a long call, when it has told how far it is."""
    response = _ask(server.port, message, **headers)
    _next_message(response)
    return response


def _left(gateway, operation):
    """The state in which an operation ends, and how many notes it has added."""
    assert operation.wait(WAIT)
    return operation.state, len(gateway.col.find_notes("deck:Default"))


@pytest.mark.parametrize("way", [lambda message: message, _by_another_tool], ids=["itself", "callTool"])
def test_who_goes_away_in_the_middle_has_the_rest_cancelled(server, gateway, hold_chunk, way):
    reached, go_on = hold_chunk
    message = way(_many(240))
    message["params"]["_meta"] |= META
    response = _begun(server, message, **headers_of(message))
    assert reached.wait(WAIT)
    response.close()
    (operation,) = gateway.gateway.operations.all()
    wait_for(lambda: operation._reason is not None)
    go_on.set()
    assert _left(gateway, operation) == ("cancelled", 200)


def test_before_the_current_revision_who_goes_away_in_the_middle_loses_nothing(server, gateway, hold_chunk):
    _, go_on = hold_chunk
    _begun(server, _many(240)).close()
    wait_for(lambda: not server._streams._open)
    (operation,) = gateway.gateway.operations.all()
    go_on.set()
    assert _left(gateway, operation) == ("done", 240)


def test_only_a_sessions_own_word_cancels_what_it_follows(server, gateway, hold_chunk):
    _, go_on = hold_chunk
    cancel = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 5}}
    nobodys = _begun(server, _many(240))
    assert _ask(server.port, cancel).status == 202
    go_on.set()
    assert _answer(nobodys)["isError"] is False
    gateway.rpc("deleteNotes", {"notes": list(gateway.col.find_notes("deck:Default"))})
    go_on.clear()
    mine = _begun(server, _many(240), **{SESSION: "mine"})
    for session in ({}, {SESSION: "another"}):
        assert _ask(server.port, cancel, **session).status == 202
    operation = gateway.gateway.operations.all()[-1]
    assert operation._reason is None
    assert _ask(server.port, cancel, **{SESSION: "mine"}).status == 202
    go_on.set()
    assert "cancelled" in _answer(mine)["content"][0]["text"]


def _answer(response):
    return [json.loads(line[6:]) for line in response if line.startswith(b"data: ")][-1]["result"]


# --- the bridge ---


class Bridge:
    """`anki-rpc mcp` as a client starts it; lines are messages."""

    def __init__(self, port, *options, **environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "addon", "mcp", "--url", f"http://127.0.0.1:{port}", *map(str, options)],
            env=child_environment(**environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def say(self, method, params=None, **more):
        message = {"jsonrpc": "2.0", "method": method, "params": params or {}, **more}
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def hear(self):
        return json.loads(self.process.stdout.readline())

    def ask(self, method, params=None, id=1):
        self.say(method, params, id=id)
        answer = self.hear()
        assert answer["id"] == id
        return answer

    def hello(self):
        params = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
        assert self.ask("initialize", params)["result"]["protocolVersion"] == "2025-11-25"
        self.say("notifications/initialized")

    def call(self, name, id=1, **arguments):
        self.say("tools/call", {"name": name, "arguments": arguments}, id=id)

    def end(self):
        out, err = self.process.communicate(timeout=WAIT)
        assert err == ""
        assert self.process.returncode == 0
        return out


@pytest.fixture
def bridge():
    started = []

    def start(*arguments, **more):
        started.append(Bridge(*arguments, **more))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait(WAIT)
        for stream in (one.process.stdin, one.process.stdout, one.process.stderr):
            stream.close()


def test_the_bridge_waits_for_a_gateway_and_finds_it_again(serve, collection, bridge):
    process = serve("--collection", collection).ready()
    port = process.port
    assert process.stop() == 0
    lines = bridge(port)
    error = lines.ask("tools/list")["error"]
    assert error["code"] == -32603
    assert f"http://127.0.0.1:{port}/mcp" in error["message"]
    assert "Start Anki" in error["message"]
    lines.say("notifications/initialized")  # nothing is said to it
    process = serve("--collection", collection, port=port).ready()
    lines.hello()
    assert lines.ask("tools/list", id="again")["result"]["tools"]
    assert process.stop() == 0
    assert "error" in lines.ask("tools/list")
    assert lines.end() == ""


def test_a_gateway_that_goes_in_the_middle_of_a_followed_call_is_told_of_by_the_bridge(serve, collection, bridge):
    process = serve("--collection", collection).ready()
    lines = bridge(process.port)
    lines.hello()
    lines.say(**_many(20_000))
    assert lines.hear()["method"] == "notifications/progress"
    process.stop(signal.SIGKILL)
    while "id" not in (answer := lines.hear()):
        pass
    assert answer["id"] == 5
    assert "it was stopped meanwhile" in answer["error"]["message"]


def test_the_bridge_carries_the_key_from_a_file_or_the_environment(serve, collection, bridge, tmp_path):
    key_file = tmp_path / "key"
    key_file.write_text("open sesame\n")
    port = serve("--collection", collection, "--key-file", key_file).ready().port
    assert bridge(port, "--key-file", key_file).ask("ping")["result"] == {}
    assert bridge(port, ANKI_RPC_KEY="open sesame").ask("ping")["result"] == {}
    assert bridge(port, ANKI_RPC_KEY_FILE=str(key_file)).ask("ping")["result"] == {}
    for environment in ({}, {"ANKI_RPC_KEY": "wrong"}, {"ANKI_RPC_KEY": "schl\u00fcssel"}):
        message = bridge(port, **environment).ask("ping")["error"]["message"]
        assert ("The API key is wrong." if environment else "An API key is needed.") in message
        assert "ANKI_RPC_KEY" in message


def test_a_bridge_that_cannot_begin_says_why(bridge, tmp_path):
    for options in (["--key-file", tmp_path / "none"], ["--url", "ftp://x"], ["--url", "http://x:99999"]):
        process = bridge(1, *options).process
        assert process.wait(WAIT) == 1
        assert process.stderr.read().startswith("anki-rpc: ")


def test_lines_that_are_no_messages_are_answered_and_the_last_answer_is_not_lost(server, bridge):
    lines = bridge(server.port)
    lines.say("notifications/initialized")
    lines.process.stdin.write('{"jsonrpc":"2.0","id":6,"result":{}}\n')  # a response, to which nothing is said
    for levels in (1_010, 200_000):  # too many for the bridge, and for the gateway as well
        nested = "[" * levels + "]" * levels
        lines.process.stdin.write(f'{{"jsonrpc":"2.0","id":8,"method":"ping","params":{{"x":{nested}}}}}\n')
    lines.process.stdin.write('nonsense\n\n["a batch"]\n{"jsonrpc":"2.0","id":7,"method":"ping"}')
    out = sorted(json.loads(line).get("error", {}).get("code", 0) for line in lines.end().splitlines())
    assert out == [-32700, -32700, -32600, 0, 0]


@pytest.mark.parametrize("revision", [CURRENT, "2025-11-25"])
def test_the_bridge_writes_what_a_client_has_subscribed_to_as_soon_as_it_comes(server, gateway, bridge, revision):
    lines = bridge(server.port)
    if revision == CURRENT:
        wishes = {"resourceSubscriptions": ["anki://decks"]}
        lines.say("subscriptions/listen", {"notifications": wishes, "_meta": META}, id=7)
        assert lines.hear()["params"]["notifications"] == wishes
    else:
        lines.hello()
        assert lines.ask("resources/subscribe", {"uri": "anki://decks"})["result"] == {}
        wait_for(lambda: server._streams._open and not gateway.host.events.seconds_alone())
    gateway.rpc("createDeck", {"deck": "new"})
    assert lines.hear()["params"]["uri"] == "anki://decks"
    lines.say("notifications/cancelled", {"requestId": 7})
    assert lines.ask("tools/list" if revision == CURRENT else "ping", {"_meta": META} if revision == CURRENT else {})
    if revision == CURRENT:
        wait_for(lambda: not server._streams._open)


@pytest.mark.parametrize("revision", [CURRENT, "2025-11-25"])
def test_the_bridge_ends_with_its_input_although_a_subscription_is_open(server, bridge, revision):
    lines = bridge(server.port)
    if revision == CURRENT:
        wishes = {"resourceSubscriptions": ["anki://decks"]}
        lines.say("subscriptions/listen", {"notifications": wishes, "_meta": META}, id=7)
        assert lines.hear()["params"]["notifications"] == wishes
    else:
        lines.hello()
        lines.ask("resources/subscribe", {"uri": "anki://decks"})
    assert lines.end() == ""
    wait_for(lambda: not server._streams._open)


def test_the_bridge_subscribes_again_at_a_gateway_that_was_restarted(serve, collection, bridge):
    process = serve("--collection", collection).ready()
    lines = bridge(process.port)
    lines.hello()
    for uri in ("anki://decks", "anki://statistics"):
        assert lines.ask("resources/subscribe", {"uri": uri})["result"] == {}
    assert lines.ask("resources/unsubscribe", {"uri": "anki://statistics"})["result"] == {}
    assert process.stop() == 0
    serve("--collection", collection, port=process.port).ready()
    assert lines.hear()["params"] == {"uri": "anki://decks"}  # what was missed meanwhile
    lines.call("createDeck", deck="new")
    assert "anki://decks" in [lines.hear().get("params", {}).get("uri") for _ in range(2)]
    lines.end()


# --- cancelling, and not waiting for each other ---


@pytest.fixture
def slow(server, gateway):
    """The server of a gateway whose lane is busy until the event that comes with it is set, and that gateway."""
    begun, release = threading.Event(), threading.Event()
    gateway.lane.submit(lambda: (begun.set(), release.wait(WAIT)))
    assert begun.wait(WAIT)
    yield server, release, gateway
    release.set()


def is_waiting(server, count):
    """Whether so many requests wait for the lane; those that are withdrawn wait no longer."""
    return server._workers.active_count == count


def wait_for(condition):
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_there(gateway, deck):
    return deck in gateway.rpc("deckNames")["result"]


def test_slow_calls_are_on_their_way_at_once_and_do_not_hold_up_others(slow, bridge):
    server, release, gateway = slow
    lines = bridge(server.port)
    lines.hello()
    for number in range(3):
        lines.call("createDeck", id=f"slow {number}", deck=f"Slow {number}")
    assert lines.ask("ping", id="quick")["result"] == {}
    wait_for(lambda: len(gateway.lane._line) == 3)
    release.set()
    assert {lines.hear()["id"] for _ in range(3)} == {"slow 0", "slow 1", "slow 2"}
    assert lines.end() == ""


@pytest.mark.parametrize("is_current", [True, False])
def test_what_is_cancelled_at_the_bridge_before_it_begins_is_not_done_nor_answered(slow, bridge, is_current):
    server, release, gateway = slow
    lines = bridge(server.port)
    meta = {"_meta": META} if is_current else {}
    if not is_current:
        lines.hello()
    for number, deck in ((1, "Cancelled"), (2, "Wanted")):
        lines.say("tools/call", {"name": "createDeck", "arguments": {"deck": deck}, **meta}, id=number)
        wait_for(lambda number=number: len(gateway.lane._line) == number)
    lines.say("notifications/cancelled", {"requestId": 1, "reason": "it took too long"})
    wait_for(lambda: is_waiting(server, 1))
    release.set()
    assert lines.hear()["id"] == 2
    assert lines.end() == ""
    assert is_there(gateway, "Wanted")
    assert not is_there(gateway, "Cancelled")


def post(port, message, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", "/mcp", json.dumps(message), {"Content-Type": "application/json", **names})
    return connection


def test_only_a_sessions_own_word_cancels_its_calls(slow):
    server, release, gateway = slow
    params = {"protocolVersion": "2025-11-25"}
    hello = post(server.port, {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params}).getresponse()
    session = hello.getheader("Mcp-Session-Id")
    call = {"jsonrpc": "2.0", "id": 5, "method": "tools/call"}
    waiting = []
    for deck, headers in (("Mine", {"Mcp_Session_Id": session}), ("Nobody's", {})):
        params = {"name": "createDeck", "arguments": {"deck": deck}}
        waiting.append(post(server.port, {**call, "params": params}, **headers))
        wait_for(lambda: len(gateway.lane._line) == len(waiting))
    cancel = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 5}}
    for other in ({}, {"Mcp_Session_Id": "another"}):
        assert post(server.port, cancel, **other).getresponse().status == 202
    assert post(server.port, cancel, Mcp_Session_Id=session).getresponse().status == 202
    mine = json.loads(waiting[0].getresponse().read())["result"]  # at once, though the lane is busy
    assert mine["isError"]
    assert "cancelled" in mine["content"][0]["text"]
    release.set()
    assert json.loads(waiting[1].getresponse().read())["result"]["isError"] is False
    assert not is_there(gateway, "Mine")


def test_who_closes_the_connection_of_the_current_revision_cancels_and_before_that_did_not(slow):
    server, release, gateway = slow
    for deck, revision in (("Before", "2025-11-25"), ("Now", CURRENT)):
        params = {"name": "createDeck", "arguments": {"deck": deck}, **({"_meta": META} if revision == CURRENT else {})}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        headers = headers_of(message) if revision == CURRENT else {VERSION: revision}
        gone = post(server.port, message, **headers)
        wait_for(lambda deck=deck: len(gateway.lane._line) == (1 if deck == "Before" else 2))
        gone.close()
    wait_for(lambda: is_waiting(server, 1))
    release.set()
    assert is_there(gateway, "Before")
    assert not is_there(gateway, "Now")


@pytest.mark.parametrize("is_current", [True, False])
@pytest.mark.parametrize("tool", ["createDeck", "addTags"])
def test_a_call_with_a_progress_token_that_is_cancelled_before_it_begins_never_runs(slow, tool, is_current):
    server, release, gateway = slow
    arguments = {"createDeck": {"deck": "Gone"}, "addTags": {"notes": [seed.MELA], "tags": "gone"}}[tool]
    meta = {"progressToken": "t", **(META if is_current else {})}
    message = {"jsonrpc": "2.0", "id": 5, "method": "tools/call"}
    message["params"] = {"name": tool, "arguments": arguments, "_meta": meta}
    own = headers_of(message) if is_current else {VERSION: "2025-11-25", SESSION: "mine"}
    waiting = post(server.port, message, Accept="application/json, text/event-stream", **own)
    wait_for(lambda: len(gateway.lane._line) == 1)
    if is_current:
        waiting.close()
    else:
        cancel = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 5}}
        assert post(server.port, cancel, **own).getresponse().status == 202
        answer = _answer(waiting.getresponse())  # at once, though the lane is busy
        assert (answer["isError"], "cancelled" in answer["content"][0]["text"]) == (True, True)
    wait_for(lambda: not server._streams._open)
    release.set()
    assert not is_there(gateway, "Gone")
    assert "gone" not in gateway.rpc("getTags")["result"]


@pytest.mark.parametrize("declares_tasks", [False, True])
def test_a_call_that_is_cancelled_while_its_operation_starts_never_runs(slow, declares_tasks, monkeypatch):
    server, release, gateway = slow
    operations, has_run = gateway.gateway.operations, threading.Event()
    start = operations.start

    def start_slowly(operation, work):
        """The operation is queued, and its starter has not gone on yet."""
        start(operation, work)
        has_run.wait(WAIT)

    monkeypatch.setattr(operations, "start", start_slowly)
    monkeypatch.setattr("addon.mcp.tasks.SOON_S", WAIT)  # the client leaves before there is a task
    meta = {**META, "io.modelcontextprotocol/clientCapabilities": {"extensions": {EXTENSION: {}}}}
    meta = meta if declares_tasks else {**META, "progressToken": "t"}
    params = {"name": "addTags", "arguments": {"notes": [seed.MELA], "tags": "gone"}, "_meta": meta}
    message = {"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": params}
    waiting = post(server.port, message, Accept="application/json, text/event-stream", **headers_of(message))
    wait_for(lambda: len(gateway.lane._line) == 1)
    waiting.close()
    (operation,) = operations.all()
    wait_for(lambda: operation.state == "cancelled")
    release.set()
    assert "gone" not in gateway.rpc("getTags")["result"]
    has_run.set()


def test_a_watched_connection_may_send_its_next_request_early(slow):
    server, release, gateway = slow
    params = {"name": "createDeck", "arguments": {"deck": "Early"}, "_meta": META}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    body = json.dumps(message).encode()
    head = {"Host": "localhost", "Content-Type": "application/json", "Content-Length": len(body), **headers_of(message)}
    first = b"POST /mcp HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in head.items()).encode() + b"\r\n" + body
    with socket.create_connection(("127.0.0.1", server.port), WAIT) as sock:
        sock.sendall(first)
        wait_for(lambda: len(gateway.lane._line) == 1)
        sock.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        wait_for(lambda: not any(channel.is_watched for channel in server._channels()))
        release.set()
        answers = b"".join(iter(lambda: sock.recv(65536), b""))
    assert answers.count(b"HTTP/1.1 200 OK") == 2
    assert is_there(gateway, "Early")


# --- the official inspector ---


@pytest.mark.node
@pytest.mark.parametrize("era", ["legacy", "modern"])
def test_the_official_inspector_lists_calls_and_finds_no_fault(serve, collection, tmp_path, era):
    process = serve("--collection", collection).ready()

    def inspect(method, *options):
        done = subprocess.run(
            [INSPECTOR, "--cli", f"{process.url}/mcp", "--protocol-era", era, "--method", method, *options],
            env={**os.environ, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout), done.stderr

    def call(name, **arguments):
        answer, _ = inspect("tools/call", "--tool-name", name, "--tool-args-json", json.dumps(arguments))
        assert not answer["isError"], answer
        return json.loads(answer["content"][0]["text"])["result"]

    listed, faults = inspect("tools/list", "--strict")
    assert "addNotes" in [tool["name"] for tool in listed["tools"]]
    assert faults == ""
    (found,) = call("findNotes", query="tag:fruit")
    assert call("notesInfo", notes=[found])[0]["fields"]["Word"]["value"] == "mela"
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera"}}
    (added,) = call("addNotes", notes=[note])
    assert call("updateNotes", notes=[{"id": added["id"], "fields": {"Meaning": "pear"}}])[0]["changed"]
    call("selectDeck", deck="Italian")
    (card,) = call("nextCards")["cards"]
    assert call("answerCards", answers=[{"cardId": card["cardId"], "ease": 3}]) == [True]
    assert call("undo")["step"] == "Answer Card"
    assert call("nextCards")["cards"][0]["cardId"] == card["cardId"]
    resource, _ = inspect("resources/read", "--uri", "anki://note-types")
    assert "Italian vocab" in resource["contents"][0]["text"]
    prompt, _ = inspect("prompts/get", "--prompt-name", "review", "--prompt-args", "deck=Italian")
    assert "Italian" in prompt["messages"][0]["content"]["text"]


def test_the_bridge_answers_a_request_that_the_server_refuses_unread(serve, collection, bridge, tmp_path):
    settings = tmp_path / "settings.json"
    settings.write_text('{"limits": {"bodyMegabytes": 1}}', "utf-8")
    lines = bridge(serve("--collection", collection, "--settings", settings).ready().port)
    lines.hello()
    answer = lines.ask("tools/call", {"name": "findNotes", "arguments": {"query": "x" * 2**20}}, "big")
    assert answer["id"] == "big"
    assert "Request Entity Too Large: the body may have at most 1048576 bytes" in answer["error"]["message"]
