"""The Python client follows what happens: typed, in order, and over connections that break."""

import asyncio
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from itertools import islice
from pathlib import Path

import anki_rpc_client
import httpx
import pytest
from anki_rpc_client import AsyncClient, Client
from anki_rpc_client import _events as events

from addon.http.server.server import Server

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "clients" / "python"
MYPY_CACHE = ROOT / ".mypy_cache" / "clients"
NOTE = {"deckName": "Italian", "modelName": "Italian vocab"}


def add(client, word):
    return client.add_note({**NOTE, "fields": {"Word": word, "Meaning": "?"}})


def until(stream, method):
    """The next event of a name; streams have no end, but tests have a timeout for each read."""
    return next(event for event in islice(stream, 50) if event["method"] == method)


def beside(function, *args):
    """Call a function on a thread that nobody waits for if a test fails. Returns its Future."""
    outcome = Future()

    def run():
        try:
            outcome.set_result(function(*args))
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return outcome


@pytest.fixture
def following(gateway):
    """A function that returns when so many follow."""

    def wait(count=1):
        deadline = time.monotonic() + 10
        while followers(gateway) < count:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    return wait


def followers(gateway):
    return len(gateway.host.events.changed._waiters)


def test_events_come_as_they_happen(url, following):
    with Client(url) as client:
        stream = client.events()
        first = beside(until, stream, "notesAdded")
        following()
        note = add(client, "pera")
        event = first.result(10)
        assert event["params"] == {"notes": [note]}
        client.delete_notes([note])
        assert until(stream, "notesDeleted")["params"] == {"notes": [note]}
        stream.close()


def test_they_are_awaited_too(url, following):
    async def main():
        async with AsyncClient(url) as client:
            stream = client.events()

            async def until(method):
                async for event in stream:
                    if event["method"] == method:
                        return event
                raise AssertionError

            first = asyncio.create_task(until("notesAdded"))
            await asyncio.to_thread(following)
            note = await client.add_note({**NOTE, "fields": {"Word": "pera", "Meaning": "?"}})
            assert (await asyncio.wait_for(first, 10))["params"] == {"notes": [note]}
            await stream.aclose()

    asyncio.run(main())


def test_text_of_any_kind_arrives_whole(gateway, url, following):
    odd = "a\u2028b\u0085c\u000bd\u00e9\U0001f600\r\n: e"
    with Client(url) as client:
        received = beside(until, client.events(), "profileOpened")
        following()
        gateway.host.events.publish("profileOpened", {"profile": odd})
        assert received.result(10)["params"] == {"profile": odd}


def test_what_came_after_an_event_is_sent_first(url, following):
    with Client(url) as client:
        stream = client.events()
        received = beside(until, stream, "notesAdded")
        following()
        add(client, "uno")
        last = received.result(10)["id"]
        stream.close()
        second = add(client, "due")
        assert beside(until, client.events(last), "notesAdded").result(10)["params"] == {"notes": [second]}
        assert beside(until, client.events("0-1"), "eventsLost").result(10)["params"] == {}


def test_a_lost_connection_is_made_again_and_nothing_is_missed(gateway, following, monkeypatch):
    monkeypatch.setattr("addon.http.endpoints.events.RETRY_MS", 50)
    losses, lost = [], events.Stream.lost
    monkeypatch.setattr(events.Stream, "lost", lambda stream, error: losses.append(error) or lost(stream, error))
    server = Server(gateway.gateway.app, port=0)
    server.start()
    with Client(server.url) as client:
        stream = client.events()
        received = beside(until, stream, "notesAdded")
        following()
        first = add(client, "uno")
        assert received.result(10)["params"] == {"notes": [first]}
        server.stop()
        note = gateway.rpc("addNote", {"note": {**NOTE, "fields": {"Word": "due", "Meaning": "?"}}})["result"]
        received = beside(until, stream, "notesAdded")
        deadline = time.monotonic() + 10
        while not any(isinstance(error, httpx.ConnectError) for error in losses):  # a try that finds nobody
            assert time.monotonic() < deadline
            time.sleep(0.01)
        server.start()
        assert received.result(10)["params"] == {"notes": [note]}
        stream.close()
    server.stop()


def first_event(url, last_id):
    with Client(url) as client:
        return next(client.events(last_id))


def first_awaited_event(url, last_id):
    async def first():
        async with AsyncClient(url) as client:
            return await anext(client.events(last_id))

    return asyncio.run(first())


@pytest.mark.parametrize("first", [first_event, first_awaited_event], ids=["waits", "is awaited"])
def test_a_connection_that_falls_silent_counts_as_lost(monkeypatch, first):
    monkeypatch.setattr(events, "SILENCE", 0.2)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 10\n\n"
    event = b'id: 1-2\nevent: decksChanged\ndata: {"method":"decksChanged","params":{}}\n\n'
    requests = []

    def serve(listener):
        for body in (event[:-9], event):
            connection, _ = listener.accept()
            requests.append(connection.recv(4096).decode().lower())
            connection.sendall(head + body)
            waiting.append(connection)

    waiting = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = beside(serve, listener)
        received = beside(first, f"http://127.0.0.1:{listener.getsockname()[1]}", "1-1")
        assert received.result(10)["method"] == "decksChanged"
        served.result(10)
    assert ["last-event-id: 1-1" in request for request in requests] == [True, True]
    for connection in waiting:
        connection.close()


def test_what_stands_in_the_way_at_first_is_raised(open_gateway):
    with socket.create_server(("127.0.0.1", 0)) as once:
        nobody = f"http://127.0.0.1:{once.getsockname()[1]}"
    with Client(nobody) as client, pytest.raises(anki_rpc_client.Unreachable):
        beside(next, client.events()).result(10)
    server = Server(open_gateway(apiKey="secret").gateway.app, port=0)
    server.start()
    with Client(server.url) as client, pytest.raises(anki_rpc_client.UnexpectedAnswer, match="HTTP 401"):
        beside(next, client.events()).result(10)
    server.stop()


def test_a_stream_that_is_refused_later_ends(open_gateway, monkeypatch):
    monkeypatch.setattr("addon.http.endpoints.events.RETRY_MS", 50)
    gateway = open_gateway(apiKey="secret")
    server = Server(gateway.gateway.app, port=0)
    server.start()
    with Client(server.url, key="secret") as client:
        refused = beside(next, client.events())
        deadline = time.monotonic() + 10
        while not followers(gateway):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        gateway.host.config = gateway.host.config.load({"apiKey": "another"}, {})
        gateway.host.events.publish("decksChanged", {})
        with pytest.raises(anki_rpc_client.UnexpectedAnswer, match="HTTP 401"):
            refused.result(10)
    server.stop()


@pytest.mark.process
def test_a_checker_tells_events_apart(tmp_path):
    used = tmp_path / "used.py"
    used.write_text(
        "from anki_rpc_client import Client\n\n\ndef use(client: Client) -> None:\n"
        "    for event in client.events():\n"
        "        if event['method'] == 'notesAdded':\n"
        "            notes: list[int] = event['params']['notes']\n"
        "        elif event['method'] == 'cardsAnswered':\n"
        "            ease: str = event['params']['answers'][0]['ease']\n"
        "        elif event['method'] == 'noSuchThing':\n"
        "            event['params']['more']\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", MYPY_CACHE, "--config-file", ""]
    done = subprocess.run([*command, used], cwd=CLIENT, capture_output=True, text=True, check=False)
    wrong = [line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line]
    assert wrong == ["9", "10"], done.stdout
