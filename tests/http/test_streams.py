"""Streams of events on real sockets: who does not read, who is gone, and who may not follow any more."""

import select
import socket
import struct
import sys
import threading
import time

import pytest
from events import Stream
from limits import no_more_threads
from servers import look_often

from addon.collection.change_log import SETTLE_TIMEOUT_S
from addon.config import Config
from addon.http.endpoints import events
from addon.http.server.server import Server
from addon.http.server.streams import BACKLOG_BYTES, Streams
from addon.http.server.streams import Stream as OpenStream
from addon.rpc.operations import ProgressReport

WAIT = 10.0


@pytest.fixture
def open_server():
    servers = []

    def start(gateway, **options):
        servers.append(look_often(Server(gateway.gateway.app, port=0, **options)))
        servers[-1].start()
        return servers[-1]

    yield start
    for server in servers:
        server.stop(1)


def until(condition):
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def lazy(server):
    """A follower that reads no more than the head."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(WAIT)
    client.connect(("127.0.0.1", server.port))
    client.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert client.recv(12) == b"HTTP/1.1 200"
    return client


def test_a_slow_reader_is_dropped_when_too_much_waits_for_it_and_others_are_not(gateway, open_server):
    server = open_server(gateway)
    slow, stream = lazy(server), Stream(server.port)
    told = gateway.host.events
    until(lambda: len(server._streams._open) == 2)
    began, longest = time.monotonic(), 0.0
    notes = ["1" * 2**16]  # quicker to read than so many numbers
    while len(server._streams._open) == 2:
        start = time.perf_counter()
        told.publish("notesUpdated", {"notes": notes})
        longest = max(longest, time.perf_counter() - start)
        assert stream.until("notesUpdated")["notes"] == notes  # the other one keeps up
        time.sleep(0.002)  # the bound is looked at ten times a second
        assert time.monotonic() - began < WAIT
    sent = len(stream.told) * 2**16
    assert BACKLOG_BYTES < sent < 5 * BACKLOG_BYTES
    assert longest < 0.1  # who tells never waits
    slow.close()
    stream.close()


def test_a_slow_reader_is_dropped_after_a_while_however_little_waits_for_it(gateway, open_server):
    server = open_server(gateway, read_timeout=1.0)
    slow = lazy(server)
    until(lambda: server._streams._open)
    for _ in range(400):  # more than the buffers of both ends take, less than the backlog
        gateway.host.events.publish("notesUpdated", {"notes": list(range(1_700_000_000_000, 1_700_000_000_600))})
    start = time.monotonic()
    until(lambda: not server._streams._open)
    assert time.monotonic() - start < 5
    slow.close()


@pytest.mark.parametrize(
    ("before", "after", "headers"),
    [
        ({"apiKey": "one"}, {"apiKey": "two"}, {"X_API_Key": "one"}),
        ({}, {"apiKey": "two"}, {}),
        (
            {"grants": {"https://example.com": ["read"]}},
            {"grants": {"https://example.com": []}},
            {"Origin": "https://example.com"},
        ),
        (
            {"webCorsOriginList": ["https://example.com"]},
            {"webCorsOriginList": []},
            {"Origin": "https://example.com"},
        ),
    ],
    ids=["another key", "a key where there was none", "a grant taken back", "an origin that is not listed any more"],
)
def test_a_stream_ends_when_its_follower_may_not_follow_any_more(open_gateway, open_server, before, after, headers):
    gateway = open_gateway(**before)
    stream = Stream(open_server(gateway).port, **headers)
    assert stream.status == 200
    gateway.host.events.publish("decksChanged", {})
    assert stream.next()["method"] == "decksChanged"
    gateway.host.config = Config.load(after, {})
    gateway.host.events.publish("notesAdded", {"notes": [1]})
    assert b"notesAdded" not in stream.rest()
    stream.close()


def test_a_heartbeat_ends_the_stream_of_who_may_not_follow_any_more_where_nothing_happens(
    open_gateway, open_server, monkeypatch
):
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.2)
    gateway = open_gateway(apiKey="one")
    stream = Stream(open_server(gateway).port, X_API_Key="one")
    gateway.host.config = Config.load({"apiKey": "two"}, {})
    start = time.monotonic()
    stream.rest()
    assert time.monotonic() - start < 2
    stream.close()


def test_a_heartbeat_is_sent_in_silence(gateway, open_server, monkeypatch):
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.1)
    stream = Stream(open_server(gateway).port)
    assert [stream._response.readline() for _ in range(4)] == [b":\n", b"\n"] * 2
    stream.close()


def test_who_comes_while_the_collection_is_busy_holds_no_thread_of_others(gateway, open_server):
    server = open_server(gateway, threads=2)
    release = threading.Event()
    gateway.lane.submit(lambda: release.wait(WAIT))
    clients = []
    for _ in range(7):
        clients.append(socket.create_connection(("127.0.0.1", server.port), WAIT))
        clients[-1].sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    until(lambda: len(server._streams._open) == 6)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), WAIT) as other:
        other.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert other.recv(12) == b"HTTP/1.1 200"
    (refused,) = select.select(clients, [], [], WAIT)[0]
    assert refused.recv(12) == b"HTTP/1.1 503"
    assert time.monotonic() - began < SETTLE_TIMEOUT_S / 2
    release.set()
    assert sum(client.recv(12) == b"HTTP/1.1 200" for client in clients) == 6
    for client in clients:
        client.close()


def test_a_stream_for_which_the_system_has_no_thread_is_refused_and_takes_no_place(gateway, open_server):
    server = open_server(gateway, threads=2)
    usual = len(server._workers.threads)
    with no_more_threads("waitress"):
        assert [Stream(server.port).status for _ in range(10)] == [503] * 10
    streams = [Stream(server.port) for _ in range(6)]
    assert [stream.status for stream in streams] == [200] * 6
    assert len(server._workers.threads) == usual + 6
    for stream in streams:
        stream.close()
    until(lambda: len(server._workers.threads) == usual)


def test_a_client_is_listened_to_from_when_its_stream_is_opened():
    woken = []
    stream = OpenStream(Streams(woken.append), lambda: woken.append("look at it"))
    assert stream.open(lambda: None, "somebody")
    assert woken == [1, "look at it"]


def test_whose_program_died_is_noticed_at_once(gateway, open_server):
    server = open_server(gateway)
    client = lazy(server)
    until(lambda: server._streams._open)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()  # a reset, as of a process that was killed
    until(lambda: not server._streams._open)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own, longer timeout counts")
def test_a_computer_that_is_gone_is_noticed_when_heartbeats_are_not_acknowledged(gateway, open_server):
    server = open_server(gateway)
    stream = Stream(server.port)
    (channel,) = (channel for channel in server._channels() if channel.is_streaming)
    until(lambda: channel.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000)
    stream.close()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_hides_its_origin_takes_no_stream(gateway, method):
    hidden = {"Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "empty", "Sec_Fetch_Site": "cross-site"}
    assert gateway.send(method=method, path="/events", **hidden).status_code == 403
    own = {"Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty", "Sec_Fetch_Site": "same-origin"}
    assert gateway.send(method=method, path="/events", **own).status_code == (503 if method == "GET" else 200)


def test_one_caller_has_no_more_than_its_share_of_streams_until_one_goes_and_another_caller_has_one(
    gateway, open_server
):
    server = open_server(gateway, threads=2)
    streams = [Stream(server.port) for _ in range(6)]
    threads = threading.active_count()
    refused = Stream(server.port)
    assert (refused.status, refused.headers["retry-after"], refused.rest()) == (
        503,
        "10",
        b'{"error": "Too many event streams are open. Close one, or try again later."}',
    )
    assert threading.active_count() == threads
    others = [Stream(server.port, Origin="http://localhost") for _ in range(2)]
    assert [other.status for other in others] == [200, 503]
    for stream in [streams.pop(), *others]:
        stream.close()
    until(lambda: Stream(server.port).status == 200)
    for stream in streams:
        stream.close()


PAGE, OTHER = "https://page.example", "https://other.example"
SECRET = ProgressReport(3, 9, "Importing My Diary.apkg...")
READERS = [
    # who started it, who follows, what it is told of Anki's words
    ({"X_API_Key": "o"}, {"X_API_Key": "o"}, True),
    ({"X_API_Key": "o"}, {"X_API_Key": "r"}, False),
    ({"X_API_Key": "o"}, {"X_API_Key": "w"}, False),
    ({"X_API_Key": "o"}, {"X_API_Key": "a"}, True),
    ({"X_API_Key": "o"}, {"X_API_Key": "main"}, True),
    ({"X_API_Key": "main"}, {"X_API_Key": "r"}, False),
    ({"X_API_Key": "o"}, {"X_API_Key": "o", "Origin": PAGE}, False),
    ({"X_API_Key": "main", "Origin": PAGE}, {"X_API_Key": "main", "Origin": PAGE}, True),
    ({"X_API_Key": "main", "Origin": PAGE}, {"X_API_Key": "main", "Origin": OTHER}, False),
    ({"X_API_Key": "main", "Origin": PAGE}, {"X_API_Key": "a", "Origin": OTHER}, False),
]


@pytest.mark.parametrize(("starter", "reader", "is_told"), READERS)
def test_anki_s_words_of_an_operation_are_told_to_its_owner_and_administrators(
    open_gateway, open_server, starter, reader, is_told
):
    scopes = {"o": ["change"], "r": ["read"], "w": ["change", "sync"], "a": ["admin"]}
    gateway = open_gateway(
        apiKey="main",
        keys={f"key {key}": {"key": key, "scopes": value} for key, value in scopes.items()},
        grants={PAGE: ["change"], OTHER: ["change"]},
    )
    stream = Stream(open_server(gateway).port, **reader)
    assert stream.status == 200
    end = threading.Event()
    gateway.lane.submit(lambda: end.wait(WAIT))
    id = gateway.rpc("startOperation", {"method": "createDeck", "params": {"deck": "x"}}, **starter)["result"]["id"]
    operation = gateway.gateway.operations.find(id)
    operation.begin(None, lambda: None)
    operation.poll(SECRET)
    operation.publish_progress()
    told = [stream.until("operationChanged") for _ in range(3)]
    words = SECRET.text if is_told else None
    assert told[-1]["progress"] == {"done": 3, "total": 9, "text": words}
    assert [(event["id"], event["method"], event["state"]) for event in told[1:]] == [(id, "createDeck", "running")] * 2
    seen = gateway.rpc("getOperation", {"id": id}, **reader)
    assert (
        seen["result"]["progress"]["text"] == SECRET.text if is_told else seen["error"]["data"]["kind"] == "not_found"
    )
    end.set()
    assert operation.wait(WAIT)
    stream.close()
