"""The Python client sends again what can be sent again, waits for operations, and iterates over long lists."""

import asyncio
import json
import threading
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import anki_rpc_client
import pytest
from anki_rpc_client import AsyncClient, Client, errors
from anki_rpc_client import _retries as retries

BUSY = {"code": -32001, "message": "busy", "data": {"kind": "busy"}}
LOST = "lost"
NOTE = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera", "Meaning": "pear"}}


@contextmanager
def standing_before(gateway_url, *outcomes):
    """A server that hands requests on, except for the first ones: it loses their responses, or is busy.

    It yields its address and a list of the requests: what was called, and the User-Agent.
    """
    seen, left = [], list(outcomes)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            document = json.loads(body)
            seen.append((document, self.headers["User-Agent"]))
            outcome = left.pop(0) if left else None
            if outcome is BUSY:
                error = {"jsonrpc": "2.0", "error": BUSY, "id": None}
                answer, status = json.dumps(error).encode(), 503
            else:
                request = urllib.request.Request(gateway_url, body, {"Content-Type": "application/json"})
                with urllib.request.urlopen(request, timeout=20) as response:
                    answer, status = response.read(), response.status
            if outcome is LOST:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", seen
        finally:
            server.shutdown()
            thread.join(10)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(retries, "FIRST_PAUSE", 0.0)


def awaited(url, call, **options):
    async def main():
        async with AsyncClient(url, **options) as client:
            return await call(client)

    return asyncio.run(main())


def waited(url, call, **options):
    with Client(url, **options) as client:
        return call(client)


@pytest.fixture(params=[waited, awaited], ids=["waits", "is awaited"])
def calling(request):
    """Calls with a client of each kind."""
    return request.param


def test_a_call_that_was_not_started_is_sent_again(url, calling):
    with standing_before(url, BUSY, BUSY) as (address, seen):
        assert "Italian" in calling(address, lambda client: client.deck_names())
        assert len(seen) == 3


def test_it_is_sent_only_so_often(url, calling):
    for number in (0, 2):
        with standing_before(url, *[BUSY] * 9) as (address, seen):
            with pytest.raises(errors.Busy):
                calling(address, lambda client: client.deck_names(), retries=number)
            assert len(seen) == number + 1


def test_a_batch_of_which_nothing_was_started_is_sent_again(url):
    with standing_before(url, BUSY) as (address, seen), Client(address) as client:
        with client.batch() as batch:
            names = batch.deck_names()
        assert "Italian" in names.result()
        assert len(seen) == 2


def test_notes_with_a_key_are_added_once_over_a_connection_that_breaks(url, calling):
    with standing_before(url, LOST, LOST) as (address, seen):
        note = calling(address, lambda client: client.add_note(NOTE, idempotency_key="one"))
        assert len(seen) == 3
        assert waited(url, lambda client: client.find_notes("Word:pera")) == [note]


def test_without_a_key_nothing_is_sent_twice(url, calling):
    with standing_before(url, LOST) as (address, seen):
        with pytest.raises(anki_rpc_client.Unreachable):
            calling(address, lambda client: client.add_note(NOTE))
        assert len(seen) == 1


def test_pauses_grow_and_are_at_least_what_the_gateway_asks_for(monkeypatch):
    import httpx

    monkeypatch.setattr(retries, "FIRST_PAUSE", 0.25)
    attempts = retries.Attempts(3, {"method": "deckNames", "params": {}})
    busy = {"error": BUSY}
    headers = [{}, {"Retry-After": "2"}, {}, {}]
    pauses = [attempts.after_response(httpx.Response(503, headers=one), busy) for one in headers]
    assert pauses == [0.25, 2.0, 4.0, None]


def test_the_program_gives_its_name(url, calling):
    with standing_before(url) as (address, seen):
        calling(address, lambda client: client.version(), app="my-app/1.0")
        calling(address, lambda client: client.version())
    own = f"anki-rpc-client/{anki_rpc_client.__version__}"
    assert [agent for _, agent in seen] == [f"my-app/1.0 {own}", own]
    for wrong in ("", "my app", "naïve", "a\nb"):
        with pytest.raises(ValueError, match="is no name"):
            Client(app=wrong)


def many(number):
    return [{**NOTE, "fields": {"Word": f"parola {at}", "Meaning": "?"}} for at in range(number)]


def test_wait_reports_progress_and_returns_the_result(url):
    seen = []
    with Client(url) as client:
        operation = client.start_operation("addNotes", {"notes": [*many(2500), NOTE, NOTE]})
        entries = client.wait(operation, seen.append)
        assert [entry["id"] is None for entry in entries] == [False] * 2501 + [True]
        assert seen[-1]["state"] == "done"
        assert len({(one["state"], str(one["progress"])) for one in seen}) == len(seen)
        assert client.wait(operation["id"]) == entries


def test_wait_raises_what_has_failed(url, calling):
    with Client(url) as client:
        failed = client.start_operation("findNotes", {"query": "("})
    with pytest.raises(errors.InvalidSearch):
        calling(url, lambda client: client.wait(failed))
    with pytest.raises(errors.NotFound):
        calling(url, lambda client: client.wait("nothing"))


def test_wait_ends_in_time_and_the_operation_goes_on(gateway, url, calling):
    release = threading.Event()
    gateway.lane.submit(lambda: release.wait(20))
    try:
        operation = waited(url, lambda client: client.start_operation("deckNames"))
        with pytest.raises(anki_rpc_client.TimedOut, match="it goes on"):
            calling(url, lambda client: client.wait(operation, timeout=0.05))
    finally:
        release.set()
    assert "Italian" in calling(url, lambda client: client.wait(operation, timeout=20))


def test_wait_outlasts_a_lost_connection(url, calling):
    with Client(url) as client:
        operation = client.start_operation("deckNames")
    with standing_before(url, LOST, LOST) as (address, _):
        assert "Italian" in calling(address, lambda client: client.wait(operation))


def collect(url, call):
    with Client(url) as client:
        found = list(call(client))

    async def main():
        async with AsyncClient(url) as other:
            return [entry async for entry in call(other)]

    assert asyncio.run(main()) == found
    return found


def test_iterators_read_page_by_page(url):
    with Client(url) as client:
        client.add_notes(many(5))
        notes, cards = client.find_notes(""), client.find_cards("")
        whole = client.notes_info(notes)
    with standing_before(url) as (address, seen):
        assert collect(address, lambda client: client.iter_notes("", page=2)) == whole
        assert len(seen) == 2 * (1 + -(-len(notes) // 2))
    fields = ("noteId", "tags")
    assert [set(part) for part in collect(url, lambda c: c.iter_notes("", fields=fields))] == [set(fields)] * len(notes)
    found = collect(url, lambda client: client.iter_cards("", fields=["cardId"], page=3))
    assert [card["cardId"] for card in found] == cards
    assert collect(url, lambda client: client.iter_notes("deck:none")) == []
    with Client(url) as client, pytest.raises(ValueError, match="at least 1"):
        next(client.iter_notes("", page=0))


def test_an_iterator_leaves_out_what_was_deleted_meanwhile(url):
    with Client(url) as client:
        notes = [entry["id"] for entry in client.add_notes(many(4))]
        each = client.iter_notes("Word:parola*", page=2)
        first = next(each)["noteId"]
        client.delete_notes(notes[2:3])
        assert [first, *(note["noteId"] for note in each)] == [notes[0], notes[1], notes[3]]


def test_reviews_come_page_by_page(url):
    with Client(url) as client:
        whole = client.review_log()["reviews"]
    assert whole
    assert collect(url, lambda client: client.iter_reviews(page=2)) == whole
    assert collect(url, lambda client: client.iter_reviews(after=whole[0]["id"])) == whole[1:]
