"""One caller's calls that wait for the collection, and what others and itself are still answered meanwhile."""

import contextlib
import gc
import json
import socket
import struct
import threading
import time
import weakref
from http.client import HTTPConnection

import pytest
from servers import look_often

from addon.http.server import connection as connections
from addon.http.server.connection import FRESH_S
from addon.http.server.turns import CHECKED
from addon.http.server.uploads import SMALL_BYTES
from addon.rpc.calls import Planned

WAIT = 20.0
SOON = 2.0
"""Seconds within which an answer has not waited for anything; a busy machine takes its time."""
JSON = {"Content-Type": "application/json"}
KEYS = {
    name: {"key": name, "scopes": ["read", "change", "control"] if name != "reader" else ["read"]}
    for name in ("one", "two", "reader")
}
SLOW = {"jsonrpc": "2.0", "id": 1, "method": "deckNames"}


class Open:
    """A server on a real port, and connections to it that are closed at the end."""

    def __init__(self, gateway, exits, **limits):
        self.gateway = gateway
        self.server = look_often(gateway.gateway.server())
        self.server.port = 0
        vars(self.server).update(limits)
        self.server.start()
        exits.callback(self.server.stop, 1)
        self._exits = exits
        self._release = threading.Event()
        exits.callback(self.release)

    def hold(self):
        """Keep the collection busy, as a long call does."""
        began = threading.Event()
        self.gateway.lane.submit(lambda: (began.set(), self._release.wait(3 * WAIT)))  # longer than a test
        assert began.wait(WAIT)

    def release(self):
        self._release.set()

    def begin(self, method="POST", path="/", body=SLOW, buffer=None, **headers):
        """Send a request; its answer is read later. `buffer`: bytes of it that may arrive before, or more."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=WAIT)
        self._exits.callback(connection.close)
        if buffer is not None:
            connection.sock = socket.socket()
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            connection.sock.settimeout(WAIT)
            connection.sock.connect(("127.0.0.1", self.server.port))
        data = json.dumps(body).encode() if isinstance(body, dict | list) else body
        connection.request(method, path, data, {**JSON, **{k.replace("_", "-"): v for k, v in headers.items()}})
        return connection

    def waiting(self):
        """Requests that have a turn."""
        with self.turns._places._lock:
            return self.turns._places._held.total()

    def in_line(self):
        return sum(len(line) for line in list(self.turns._waiting.values()))

    @property
    def turns(self):
        from addon.http.server.turns import Claim

        return self.server._listeners[0].turns(Claim(None))


class Kept:
    """What a server keeps of the requests that come from now on."""

    def __init__(self, served):
        self.checks = []
        """Weak references to the checks of requests, which hold their calls."""
        self.answered = {}
        """By User-Agent a request's environment, and its check, if it was still held when the results were there."""
        for listener in served.server._listeners:
            listener.claim = self._claimed(listener.claim)
            listener.application = self._answered(listener.application)

    def _claimed(self, claim):
        def claimed(environ):
            found = claim(environ)
            self.checks.append(weakref.ref(environ[CHECKED].answer))
            environ["test.check"] = self.checks[-1]
            return found

        return claimed

    def _answered(self, application):
        def answered(environ, start_response):
            parts = application(environ, start_response)
            self.answered[environ.get("HTTP_USER_AGENT")] = environ, environ["test.check"]()
            return parts

        return answered


def until(condition):
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def answer(connection):
    response = connection.getresponse()
    return response.status, response.read()


@pytest.fixture
def exits():
    with contextlib.ExitStack() as stack:
        yield stack


@pytest.fixture
def open_one(open_gateway, exits):
    return lambda limits=None, **settings: Open(open_gateway(keys=KEYS, **settings), exits, **(limits or {}))


def call(method, params=None):
    return {"jsonrpc": "2.0", "id": 1, "method": method, **({} if params is None else {"params": params})}


OWN = {"X_API_Key": "one"}
AT_ONCE = {
    "health": ({"method": "GET", "path": "/health", "body": None}, 200),
    "the document": ({"method": "GET", "path": "/openrpc.json", "body": None}, 200),
    "the other document": ({"method": "GET", "path": "/openrpc.dereferenced.json", "body": None}, 200),
    "the page": ({"method": "GET", "body": None, "Accept": "text/html"}, 200),
    "a preflight": ({"method": "OPTIONS", "body": None}, 200),
    "version": ({"body": call("version"), **OWN}, 200),
    "version in the old protocol": ({"body": {"action": "version", "version": 6, "key": "one"}}, 200),
    "a batch of such": ({"body": [call("version"), call("getActiveProfile"), call("apiReflect", [[]])], **OWN}, 200),
    "discover": ({"body": call("rpc.discover")}, 200),
    "operations": ({"body": call("listOperations"), **OWN}, 200),
    "a start": ({"body": call("startOperation", {"method": "deckNames"}), **OWN}, 200),
    "tools": ({"path": "/mcp", "body": call("tools/list"), **OWN}, 200),
    "permission that is there": ({"body": call("requestPermission"), **OWN}, 200),
    "no key": ({}, 200),
    "a wrong key": ({"X_API_Key": "three"}, 200),
    "no key for media": ({"method": "GET", "path": "/media/x.txt", "body": None}, 401),
    "a key without the scope for media": (
        {"method": "PUT", "path": "/media/x.txt", "body": b"x", "X_API_Key": "reader"},
        403,
    ),
    "a key without the scope": ({"body": call("createDeck", {"deck": "x"}), "X_API_Key": "reader"}, 200),
    "no such method": ({"body": call("nosuch"), **OWN}, 200),
    "wrong params": ({"body": call("cardsInfo", {"cards": "x"}), **OWN}, 200),
    "no JSON": ({"body": b"{", **OWN}, 200),
    "an empty batch": ({"body": [], **OWN}, 200),
    "a stranger": ({"Origin": "https://evil.example"}, 403),
    "another host": ({"Host": "evil.example"}, 403),
    "no HTTP": ({"method": "CONNECT", "path": "localhost:1", "body": None}, 400),
}


def test_a_request_that_cannot_be_read_is_answered(open_one, monkeypatch, caplog):
    def fail(task):
        monkeypatch.undo()
        raise OSError("no room")

    served = open_one()
    monkeypatch.setattr(connections.Task, "get_environment", fail)
    status, body = answer(served.begin(**OWN))
    assert (status, b"the server cannot read the request" in body) == (500, True)
    assert "no room" in caplog.text
    assert answer(served.begin(**OWN))[0] == 200


def test_what_needs_no_collection_is_answered_at_once_however_many_calls_of_anybody_wait(open_one):
    """Also to the caller whose calls they are."""
    served = open_one()
    served.hold()
    slow = [served.begin(X_API_Key=key) for key in ("one", "reader") for _ in range(25)]
    until(lambda: served.waiting() + served.in_line() == 50)
    for name, (request, status) in AT_ONCE.items():
        began = time.monotonic()
        assert answer(served.begin(**request))[0] == status, name
        assert time.monotonic() - began < SOON, name
    served.release()
    assert {answer(one)[0] for one in slow} == {200}


@pytest.mark.parametrize(
    "slow",
    [
        {},
        {"body": call("multi", {"actions": [{"action": "deckNames"}]})},
        {"path": "/mcp", "body": call("tools/call", {"name": "findNotes", "arguments": {"query": ""}})},
        {"method": "PUT", "path": "/media/x.txt", "body": b"x"},
        {"body": [call("version"), call("deckNames")]},
        {"body": {"action": "deckNames", "version": 6}},
    ],
    ids=["JSON-RPC", "multi", "MCP", "media", "a batch", "the old protocol"],
)
def test_one_caller_leaves_threads_to_others(open_one, slow):
    served = open_one()
    served.hold()
    for _ in range(20):
        served.begin(**slow, X_API_Key="one")
    until(lambda: served.waiting() + served.in_line() == 20)
    assert served.waiting() == 13
    other = served.begin(X_API_Key="two")
    until(lambda: served.waiting() == 14)
    served.release()
    assert answer(other)[0] == 200


def test_callers_in_the_line_take_turns(open_one):
    served = open_one()
    served.hold()
    order = []

    def read(name, connection):
        assert answer(connection)[0] == 200
        order.append(name)

    threads = []
    for name, count in (("one", 60), ("two", 3)):
        for _ in range(count):
            threads.append(threading.Thread(target=read, args=(name, served.begin(X_API_Key=name))))
            threads[-1].start()
        until(lambda: served.waiting() + served.in_line() == len(threads))
    served.release()
    for thread in threads:
        thread.join(WAIT)
    assert len(order) == 63
    assert max(place for place, name in enumerate(order) if name == "two") < 40  # and not behind all of the 60


def test_the_line_of_one_caller_has_an_end_and_others_find_a_place_in_it(open_one):
    served = open_one(limits={"_max_waiting": 6})
    served.hold()
    fine = [served.begin(X_API_Key="one") for _ in range(13)]
    until(lambda: served.waiting() == 13)
    fine += [served.begin(X_API_Key="one") for _ in range(4)]
    until(lambda: served.in_line() == 4)
    began = time.monotonic()
    status, body = answer(served.begin(X_API_Key="one"))
    assert (status, "too many requests of this caller" in json.loads(body)["error"]["message"]) == (503, True)
    assert time.monotonic() - began < SOON
    fine += [served.begin(X_API_Key=key) for key in ("two", "two", "reader", "reader")]
    until(lambda: served.waiting() == 15)
    served.release()
    assert {answer(one)[0] for one in fine} == {200}


@pytest.mark.parametrize("padding", [0, SMALL_BYTES, 2**20], ids=["checked before", "too large to keep", "large"])
@pytest.mark.parametrize("fresh", [FRESH_S, 0.0], ids=["a moment", "long"])
def test_a_request_that_waited_in_the_line_is_answered_as_any_other(open_one, monkeypatch, padding, fresh):
    monkeypatch.setattr("addon.http.server.connection.FRESH_S", fresh)
    served = open_one()
    kept = Kept(served)
    served.hold()
    slow = [served.begin(X_API_Key="one") for _ in range(13)]
    until(lambda: served.waiting() == 13)
    batch = [call("rpc.discover"), {**call("deckNames"), "padding": "x" * padding}, call("rpc.discover")]
    slow.append(served.begin(body={"action": "deckNames", "version": 6, "key": "one", "padding": "x" * padding}))
    slow.append(served.begin(body=batch, X_API_Key="one"))
    until(lambda: served.in_line() == 2)
    until(lambda: [check() is not None for check in kept.checks[13:]] == [padding == 0] * 2)
    served.release()
    *_, old, answers = [json.loads(answer(one)[1]) for one in slow]
    assert "Default" in old["result"]
    document, names, again = answers
    assert document["result"]["openrpc"]
    assert "Default" in names["result"]
    assert "may be called once" in again["error"]["message"]


@pytest.mark.parametrize("others", [0, 13], ids=["at once", "after it waited"])
def test_results_are_not_kept_while_the_client_reads_the_response(open_one, others):
    served = open_one()
    kept = Kept(served)
    fields = {"Front": "long", "Back": "x" * 2**20}
    note = {"deckName": "Default", "modelName": "Basic", "fields": fields}
    added = json.loads(answer(served.begin(body=call("addNote", {"note": note}), X_API_Key="one"))[1])["result"]
    served.hold()
    slow = [served.begin(X_API_Key="one") for _ in range(others)]
    until(lambda: served.waiting() == others)
    body = call("notesInfo", {"notes": [added] * 8})
    reading = served.begin(body=body, buffer=4096, X_API_Key="one", User_Agent="slow reader")
    until(lambda: served.waiting() + served.in_line() == others + 1)
    served.release()
    assert {answer(one)[0] for one in slow} <= {200}
    until(lambda: any(channel.total_outbufs_len > 2**20 for channel in served.server._channels()))
    environ, check = kept.answered["slow reader"]
    assert check is None
    until(lambda: environ == {})
    until(lambda: not [one for one in gc.get_objects() if type(one) is Planned and one.request.message == body])
    reading.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**20)
    assert len(answer(reading)[1]) > 8 * 2**20


def leave(connection, *, reset):
    if reset:
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("reset", [True, False], ids=["a killed client", "a client that has closed"])
def test_the_waiting_of_a_caller_that_has_left_ends_with_a_thread_or_in_the_line(open_one, reset, monkeypatch):
    monkeypatch.setattr(connections, "LEAVING_S", 0.2)
    served = open_one()
    kept = Kept(served)
    served.hold()
    slow = [served.begin(X_API_Key="one") for _ in range(20)]
    until(lambda: (served.waiting(), served.in_line()) == (13, 7))
    stays, *leaves = slow
    for one in leaves:
        leave(one, reset=reset)
    until(lambda: (served.waiting(), served.in_line()) == (1, 0))
    until(lambda: [check() is not None for check in kept.checks].count(True) == 1)
    served.release()
    assert answer(stays)[0] == 200


def test_what_a_caller_that_has_left_had_not_begun_never_begins(open_one):
    served = open_one()
    served.hold()
    leave(served.begin(body=call("createDeck", {"deck": "Never"}), X_API_Key="one"), reset=True)
    until(lambda: served.waiting() == 1)
    until(lambda: served.waiting() == 0)
    served.release()
    names = json.loads(answer(served.begin(X_API_Key="one"))[1])["result"]
    assert "Never" not in names


def test_a_client_that_closes_one_direction_is_answered(open_one):
    served = open_one()
    connection = served.begin(X_API_Key="one")
    connection.sock.shutdown(socket.SHUT_WR)
    assert answer(connection)[0] == 200


def test_a_server_that_stops_does_not_wait_for_the_line(open_one):
    served = open_one()
    served.hold()
    for _ in range(30):
        served.begin(X_API_Key="one")
    until(lambda: served.in_line() == 17)
    began = time.monotonic()
    served.server.stop(0.1)
    assert time.monotonic() - began < SOON + 3
