"""Agents that subscribe to resources, on real sockets: in the current revision by a stream, before by a session."""

import http.client
import json
import socket
import time
from dataclasses import replace

import pytest
import seed
from gateway_process import WAIT
from mcp_client import META

from addon.http.endpoints.mcp_subscriptions import MAX_SESSION_STREAMS, MAX_SESSIONS, MAX_SUBSCRIPTION_STREAMS
from addon.mcp.headers import SESSION, VERSION
from addon.mcp.headers import of as headers_of
from addon.mcp.subscriptions import LONGEST, MOST, Subscription
from addon.rpc.shares import RESERVED_SLOTS

pytestmark = pytest.mark.process

DECKS, NOTE, OTHER = "anki://decks", f"anki://notes/{seed.MELA}", f"anki://notes/{seed.UVA}"
ID = "io.modelcontextprotocol/subscriptionId"


class Listener:
    """A stream of an agent; it reads message by message."""

    def __init__(self, port, method, message=None, **headers):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
        named = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json", **headers}
        self._connection.request(method, "/mcp", message and json.dumps(message), named)
        self._response = self._connection.getresponse()
        self.status, self.headers = self._response.status, self._response.headers
        self.is_stream = self.headers.get_content_type() == "text/event-stream"

    def next(self):
        """The next message; None at the end of the stream."""
        for line in self._response:
            if line.startswith(b"data: "):
                return json.loads(line[6:])
        return None

    def ready(self):
        """Wait until changes are reported: the first line is a comment then."""
        assert self._response.readline() == b":\n"
        return self

    def body(self):
        return json.loads(self._response.read())

    def close(self):
        self._response.close()
        self._connection.close()


@pytest.fixture
def opened():
    """Opens streams, which are closed in the end."""
    streams = []

    def opened(*arguments, **more):
        streams.append(Listener(*arguments, **more))
        return streams[-1]

    yield opened
    for stream in streams:
        stream.close()


@pytest.fixture
def listen(server, opened):
    def listen(*uris, id=7, **headers):
        params = {"notifications": {"resourceSubscriptions": [*uris]}, "_meta": META}
        message = {"jsonrpc": "2.0", "id": id, "method": "subscriptions/listen", "params": params}
        return opened(server.port, "POST", message, **{**headers_of(message), **headers})

    return listen


def accepted(stream):
    """What the first message of a stream says is reported."""
    first = stream.next()
    assert first["method"] == "notifications/subscriptions/acknowledged"
    return first["params"]["notifications"].get("resourceSubscriptions", [])


def updates(stream, count):
    return [stream.next()["params"]["uri"] for _ in range(count)]


def ask(server, method, session=None, **params):
    """A message of a revision with a handshake, and the response to it."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    headers = {"Content-Type": "application/json", VERSION: "2025-11-25", **({SESSION: session} if session else {})}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=WAIT)
    connection.request("POST", "/mcp", json.dumps(message), headers)
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return answer, response


# --- in the current revision ---


def test_changes_of_what_was_asked_for_are_reported_and_of_nothing_else(listen, gateway):
    stream = listen(NOTE, DECKS)
    assert (stream.status, accepted(stream)) == (200, [NOTE, DECKS])
    gateway.rpc("updateNoteFields", {"note": {"id": seed.UVA, "fields": {"Meaning": "other"}}})
    gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": "changed"}}})
    told = stream.next()
    assert told == {
        "jsonrpc": "2.0",
        "method": "notifications/resources/updated",
        "params": {"_meta": {ID: 7}, "uri": NOTE},
    }
    gateway.rpc("createDeck", {"deck": "new"})
    assert updates(stream, 1) == [DECKS]
    gateway.rpc("deleteNotes", {"notes": [seed.MELA]})
    assert set(updates(stream, 2)) == {NOTE, DECKS}


def test_only_what_is_reported_is_accepted(listen):
    unknown = ["anki://nothing", "anki://media/x.png", "anki://search-syntax", "http://x", "", 5, None, [], {}]
    assert accepted(listen(*unknown, NOTE)) == [NOTE]
    many = [f"anki://notes/{number}" for number in range(1_000)]
    assert accepted(listen(*many)) == many[:MOST]


@pytest.mark.parametrize("notifications", [None, [], 5, {"resourceSubscriptions": "anki://decks"}])
def test_a_subscription_that_is_none_is_refused(server, opened, notifications):
    params = {"notifications": notifications, "_meta": META}
    message = {"jsonrpc": "2.0", "id": 7, "method": "subscriptions/listen", "params": params}
    stream = opened(server.port, "POST", message, **headers_of(message))
    assert (stream.status, stream.is_stream) == (400, False)
    answer = stream.body()
    assert (answer["id"], answer["error"]["code"]) == (7, -32602)


def test_a_client_that_takes_no_events_cannot_listen(listen):
    stream = listen(NOTE, Accept="application/json")
    assert (stream.status, stream.body()["error"]["code"]) == (400, -32602)


def test_everything_may_have_changed_after_another_profile_or_lost_events(listen, gateway):
    stream = listen(NOTE, OTHER, DECKS)
    accepted(stream)
    for event in ("collectionReplaced", "profileOpened"):
        gateway.host.events.publish(event, {})
        assert updates(stream, 3) == [NOTE, OTHER, DECKS]


def test_the_server_ends_a_stream_with_a_response(listen, server):
    stream = listen(NOTE)
    accepted(stream)
    server.stop()
    assert stream.next() == {
        "jsonrpc": "2.0",
        "id": 7,
        "result": {"resultType": "complete", "_meta": {ID: 7}},
    }
    assert stream.next() is None


def test_streams_beyond_the_share_are_refused_and_leave_room_for_others(listen, server):
    streams = [listen(NOTE, id=number) for number in range(MAX_SUBSCRIPTION_STREAMS)]
    refused = [stream for stream in streams if not stream.is_stream]
    assert len(refused) == RESERVED_SLOTS
    assert {stream.status for stream in refused} == {503}
    assert "Too many streams" in refused[0].body()["error"]["message"]
    answer, _ = ask(server, "tools/list")
    assert answer["result"]["tools"]
    streams[0].close()
    deadline = time.monotonic() + WAIT
    while not (again := listen(NOTE)).is_stream:
        assert time.monotonic() < deadline
    assert accepted(again) == [NOTE]


def test_a_client_that_never_reads_delays_nobody(server, gateway, listen):
    params = {"notifications": {"resourceSubscriptions": [NOTE]}, "_meta": META}
    message = {"jsonrpc": "2.0", "id": 7, "method": "subscriptions/listen", "params": params}
    body = json.dumps(message).encode()
    named = {
        **headers_of(message),
        "Accept": "text/event-stream",
        "Content-Type": "application/json",
        "Host": "localhost",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in {**named, "Content-Length": len(body)}.items())
    deaf = socket.create_connection(("127.0.0.1", server.port), timeout=WAIT)
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    deaf.sendall(f"POST /mcp HTTP/1.1\r\n{head}\r\n".encode() + body)
    stream = listen(NOTE)
    accepted(stream)
    begun = time.monotonic()
    for number in range(300):
        gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": str(number)}}})
    assert stream.next()["params"]["uri"] == NOTE
    assert time.monotonic() - begun < WAIT
    deaf.close()


def test_a_stream_ends_when_its_permission_does(server, gateway, listen):
    gateway.host.config = replace(gateway.host.config, web_cors_origin_list=("http://page.example",))
    page = {"Origin": "http://page.example"}
    stream = listen(NOTE, **page)
    assert accepted(stream) == [NOTE]
    gateway.host.config = replace(gateway.host.config, web_cors_origin_list=())
    gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": "secret"}}})
    assert "result" in stream.next()
    assert listen(NOTE, **page).status == 403


# --- in revisions with a handshake ---


@pytest.fixture
def session(server):
    _, response = ask(server, "initialize", protocolVersion="2025-11-25")
    return response.headers[SESSION]


@pytest.fixture
def follow(server, opened):
    def follow(session, **headers):
        return opened(server.port, "GET", **{SESSION: session, VERSION: "2025-11-25", **headers})

    return follow


def test_a_session_is_told_of_what_it_has_subscribed_to_until_it_no_longer_has(server, gateway, session, follow):
    stream = follow(session).ready()
    for uri in (NOTE, DECKS):
        assert ask(server, "resources/subscribe", session, uri=uri)[0]["result"] == {}
    gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": "changed"}}})
    assert stream.next() == {"jsonrpc": "2.0", "method": "notifications/resources/updated", "params": {"uri": NOTE}}
    assert ask(server, "resources/unsubscribe", session, uri=NOTE)[0]["result"] == {}
    gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": "again"}}})
    gateway.rpc("createDeck", {"deck": "new"})
    assert updates(stream, 1) == [DECKS]
    stream.close()
    again = follow(session).ready()  # the subscriptions outlive the stream
    gateway.rpc("createDeck", {"deck": "newer"})
    assert updates(again, 1) == [DECKS]


def test_a_session_hears_nothing_of_what_another_has_subscribed_to(server, gateway, session, follow):
    other, mine = follow("another").ready(), follow(session).ready()
    ask(server, "resources/subscribe", "another", uri=NOTE)
    ask(server, "resources/subscribe", session, uri=DECKS)
    gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": "changed"}}})
    gateway.rpc("createDeck", {"deck": "new"})
    assert (updates(mine, 1), updates(other, 1)) == ([DECKS], [NOTE])


def test_a_message_is_sent_on_one_stream_of_a_session_only(server, gateway, session, follow):
    older, newer = follow(session).ready(), follow(session).ready()
    ask(server, "resources/subscribe", session, uri=DECKS)
    gateway.rpc("createDeck", {"deck": "new"})
    assert updates(newer, 1) == [DECKS]
    ask(server, "resources/subscribe", session, uri=NOTE)
    newer.close()
    deadline = time.monotonic() + WAIT
    while len(server._streams._open) > 1:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": "changed"}}})
    assert updates(older, 1) == [NOTE]  # the first that it hears of


@pytest.mark.parametrize("uri", ["anki://nothing", "anki://media/x.png", "anki://search-syntax", "x" * 100_000])
def test_what_is_not_reported_cannot_be_subscribed_to(server, session, uri):
    assert ask(server, "resources/subscribe", session, uri=uri)[0]["error"]["code"] == -32002
    assert ask(server, "resources/unsubscribe", session, uri=uri)[0]["result"] == {}


def test_a_subscription_needs_a_session_and_an_address(server, session):
    assert SESSION in ask(server, "resources/subscribe", uri=NOTE)[0]["error"]["message"]
    for uri in (None, 5, []):
        assert ask(server, "resources/subscribe", session, uri=uri)[0]["error"]["code"] == -32602


def test_a_session_has_a_number_of_subscriptions_and_a_caller_a_number_of_sessions(server, gateway, session):
    endpoint = gateway.gateway.app._endpoints["/mcp"].serve.__self__
    for number in range(MOST):
        assert ask(server, "resources/subscribe", session, uri=f"anki://notes/{number}")[0]["result"] == {}
    assert ask(server, "resources/subscribe", session, uri="anki://notes/9999")[0]["error"]["code"] == -32602
    assert ask(server, "resources/subscribe", session, uri="anki://notes/0")[0]["result"] == {}
    for number in range(MAX_SESSIONS):
        ask(server, "resources/subscribe", f"session {number}", uri=NOTE)
    assert len(endpoint._sessions._kept) == MAX_SESSIONS // 4
    assert isinstance(endpoint._sessions._kept[(None, None), f"session {MAX_SESSIONS - 1}"], Subscription)


def test_a_session_with_a_stream_is_not_forgotten(server, gateway, session, follow):
    endpoint = gateway.gateway.app._endpoints["/mcp"].serve.__self__
    stream = follow(session).ready()
    for number in range(MAX_SESSIONS):
        ask(server, "resources/subscribe", f"session {number}", uri=NOTE)
    assert ask(server, "resources/subscribe", session, uri=DECKS)[0]["result"] == {}
    gateway.rpc("createDeck", {"deck": "new"})
    assert updates(stream, 1) == [DECKS]
    assert len(endpoint._sessions._kept) == MAX_SESSIONS // 4


def test_a_long_address_is_not_kept(server, session):
    for length, error in ((LONGEST, None), (LONGEST + 1, -32002)):
        uri = "anki://decks/".ljust(length, "x")
        assert ask(server, "resources/subscribe", session, uri=uri)[0].get("error", {}).get("code") == error


def test_a_stream_that_is_not_to_be_had_is_refused_as_clients_expect(server, follow, opened, listen):
    streams = [follow(f"session {number}") for number in range(MAX_SESSION_STREAMS)]
    statuses = [stream.status for stream in streams]
    assert statuses == [200] * (MAX_SESSION_STREAMS - RESERVED_SLOTS) + [405] * RESERVED_SLOTS
    assert accepted(listen(NOTE)) == [NOTE]  # idle streams keep no subscription of the current revision out
    assert opened(server.port, "GET", **{SESSION: "x", "Accept": "application/json"}).status == 405
    assert opened(server.port, "GET").status == 405
    assert [follow("x", **{VERSION: version}).status for version in ("1999-01-01", "2026-07-28")] == [400, 400]
    streams[0].close()
    deadline = time.monotonic() + WAIT
    while follow("again").status != 200:
        assert time.monotonic() < deadline
