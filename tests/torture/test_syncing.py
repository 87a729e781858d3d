"""Syncs, full ones too, in the middle of writes, and what ends them half-way: nothing is lost by chance."""

import contextlib
import random
import threading
import time

import pytest
import seed
from anki.collection import Collection
from sizes import size
from sync_server import PASSWORD, USER, SyncServer

from .checks import problems_of
from .process import eventually

WAIT = 60.0
ACCOUNT = {"ANKI_RPC_SYNC_USER": USER, "ANKI_RPC_SYNC_PASSWORD": PASSWORD}


@pytest.fixture
def server(tmp_path):
    with SyncServer(tmp_path / "server") as running:
        yield running


@pytest.fixture
def machine(serve, server, example_collection, tmp_path):
    """Starts gateways on copies of the example collection, which sync with one server."""

    def start(name):
        path = tmp_path / name / "User 1" / "collection.anki2"
        if not path.exists():
            path.parent.parent.mkdir()
            seed.copy(example_collection, path.parent.parent)
        process = serve("--collection", path, "--sync-endpoint", server.url, environment=ACCOUNT).ready()
        process.path = path
        return process

    return start


class Writers:
    """Clients that add notes, and keep in mind which were acknowledged."""

    def __init__(self, process, count=4):
        self.process = process
        self.acknowledged = []
        self.errors = set()
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number,), daemon=True) for number in range(count)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        eventually(lambda: len(self.acknowledged) > 20)
        return self

    def __exit__(self, *_):
        self._is_over.set()
        for thread in self._threads:
            thread.join(WAIT)
            assert not thread.is_alive()

    def _run(self, index):
        with contextlib.suppress(OSError, EOFError, ValueError):
            connection = self.process.connect()
            connection.http.sock.settimeout(WAIT)
            for number in range(10**6):
                if self._is_over.is_set():
                    return
                fields = {"Word": f"{time.time_ns()} {index} {number}"}
                note = {"modelName": "Italian vocab", "deckName": "Italian", "fields": fields}
                answer = connection.post({"jsonrpc": "2.0", "id": 1, "method": "addNote", "params": {"note": note}})
                if "error" in answer:
                    self.errors.add(answer["error"]["data"]["kind"])
                else:
                    self.acknowledged.append(answer["result"])


def sync(process, **params):
    connection = process.connect()
    connection.http.sock.settimeout(WAIT)
    answer = connection.post({"jsonrpc": "2.0", "id": 1, "method": "sync", "params": params})
    connection.close()
    return answer


def collection_after(process, **params):
    answer = sync(process, **params)
    assert "error" not in answer, answer
    return answer["result"]["collection"]


def notes_of(path):
    col = Collection(str(path))
    try:
        assert problems_of(col) == []
        return set(col.db.list("select id from notes"))
    finally:
        col.close()


def has(process, note_ids):
    return set(note_ids) <= set(process.connect().rpc("findNotes", {"query": ""}))


def test_syncs_and_full_uploads_lose_nothing_of_what_is_written_meanwhile(machine, figure):
    rounds = size("SYNCS", 3, 60)
    one = machine("one")
    assert collection_after(one, full="upload") == "uploaded"
    with Writers(one) as writers:
        for number in range(rounds):
            before = len(writers.acknowledged)
            if number % 3 == 2:
                field = {"modelName": "Italian vocab", "fieldName": f"Field {number}"}
                one.connect().rpc("modelFieldAdd", field)
                assert collection_after(one, full="upload") == "uploaded"
            else:
                assert collection_after(one) == "merged"
            eventually(lambda before=before: len(writers.acknowledged) > before)
    assert writers.errors <= {"collection_unavailable"}
    assert one.stop() == 0
    assert set(writers.acknowledged) <= notes_of(one.path)
    two = machine("two")
    assert collection_after(two, full="download") == "downloaded"
    figure(f"{rounds} syncs in the middle of writes: acknowledged notes, lost", f"{len(writers.acknowledged)}, 0")


def test_a_full_download_replaces_what_was_written_before_it_and_nothing_of_what_comes_after(machine, figure):
    rounds, lost, kept = size("DOWNLOADS", 1, 30), 0, 0
    one, two = machine("one"), machine("two")
    assert collection_after(one, full="upload") == "uploaded"
    assert collection_after(two, full="download") == "downloaded"
    for number in range(rounds):
        one.connect().rpc("modelFieldAdd", {"modelName": "Italian vocab", "fieldName": f"Field {number}"})
        assert collection_after(one, full="upload") == "uploaded"
        with Writers(two) as writers:
            answer = collection_after(two, full="download")
            after = len(writers.acknowledged)
            assert answer == "downloaded"
            eventually(lambda after=after, writers=writers: len(writers.acknowledged) > after + 20)
        assert writers.errors <= {"collection_unavailable"}
        there = set(two.connect().rpc("findNotes", {"query": ""}))
        replaced = [note_id for note_id in writers.acknowledged if note_id not in there]
        stayed = [note_id for note_id in writers.acknowledged if note_id in there]
        assert set(writers.acknowledged[after:]) <= there
        assert max(replaced) < min(stayed)
        lost, kept = lost + len(replaced), kept + len(stayed)
        assert collection_after(two) == "merged"
        collection_after(one)
    assert two.stop() == 0
    assert notes_of(two.path)
    figure(f"{rounds} full downloads in the middle of writes: replaced, kept, lost by chance", f"{lost}, {kept}, 0")


def test_a_server_that_is_gone_in_the_middle_of_syncs_costs_nothing(machine, server, figure):
    rounds, chance, kinds = size("BROKEN_SYNCS", 2, 60), random.Random(5), set()
    one = machine("one")
    assert collection_after(one, full="upload") == "uploaded"
    with Writers(one) as writers:
        for _ in range(rounds):
            killer = threading.Timer(chance.uniform(0, 0.05), server.stop)
            killer.start()
            answer = sync(one)
            killer.join()
            kinds.add(answer["error"]["data"]["kind"] if "error" in answer else "merged")
            assert has(one, writers.acknowledged[:])
            server.start()
            assert "error" not in sync(one)
    assert kinds <= {"merged", "offline", "sync_failed"}
    assert one.stop() == 0
    assert set(writers.acknowledged) <= notes_of(one.path)
    figure(
        f"{rounds} times the server goes in the middle of a sync: acknowledged notes, lost",
        f"{len(writers.acknowledged)}, 0",
    )


def test_a_gateway_that_is_killed_in_the_middle_of_full_syncs_has_one_side_or_the_other(machine, figure):
    rounds, chance, found = size("KILLED_SYNCS", 2, 60), random.Random(6), []
    one, two = machine("one"), machine("two")
    assert collection_after(one, full="upload") == "uploaded"
    assert collection_after(two, full="download") == "downloaded"
    for number in range(rounds):
        one.connect().rpc("modelFieldAdd", {"modelName": "Italian vocab", "fieldName": f"Field {number}"})
        way = "upload" if number % 2 else "download"
        collection_after(one, full="upload")
        with Writers(two) as writers:
            pass
        killer = threading.Timer(chance.uniform(0, 0.15), two.process.kill)
        killer.start()
        with contextlib.suppress(OSError, EOFError, ValueError):
            sync(two, full=way)
        killer.join()
        two.end()
        there = notes_of(two.path)
        count = len(set(writers.acknowledged) & there)
        assert count in ({len(writers.acknowledged)} if way == "upload" else {0, len(writers.acknowledged)})
        found.append(count > 0)
        two = machine("two")
        if "error" in sync(two):
            collection_after(two, full=way)
        if "error" in sync(one):
            collection_after(one, full="download")
    assert two.stop() == 0
    figure(
        f"{rounds} times killed in the middle of full syncs: with its own side, with the server's",
        f"{sum(found)}, {rounds - sum(found)}",
    )
