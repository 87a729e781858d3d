"""What a killed gateway may have written is added once, when it is sent again with its key."""

import contextlib
import json
import random
import sys
import threading
import time

import pytest
from anki.collection import Collection
from sizes import size

pytestmark = pytest.mark.torture

ROUNDS, CHUNK, WAIT = size("KILLS_AND_RESENT", 3, 10), 40, 20.0


def note(word, marker):
    fields = {"Word": word, "Meaning": marker}
    return {"modelName": "Italian vocab", "deckName": "Italian::A1", "fields": fields}


def kill_in_the_middle(process, write, chance):
    """Have four clients write until the process is killed. `write(connection, index, number)` is one call."""
    writing = threading.Event()

    def client(index):
        connection = process.connect()
        with contextlib.suppress(OSError, EOFError, ValueError):
            for number in range(10**6):
                write(connection, index, number)
                writing.set()

    threads = [threading.Thread(target=client, args=(index,), daemon=True) for index in range(4)]
    for thread in threads:
        thread.start()
    assert writing.wait(WAIT)
    time.sleep(chance.uniform(0.02, 0.2))
    process.process.kill()
    process.end()
    for thread in threads:
        thread.join(WAIT)
        assert not thread.is_alive()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_what_is_sent_again_with_its_key_after_kill_9_is_there_once(serve, collection):
    chance = random.Random(19)
    calls, answers = {}, {}  # by key: how to send it, and the ids that were acknowledged
    for count in range(ROUNDS):

        def write(connection, index, number, count=count):
            key = f"round{count} client{index} call{number}"
            words = [f"{key} {item}" for item in range(CHUNK if index < 2 else 1)]

            def send(connection):
                notes = [note(word, "keyed") for word in words]
                if index < 2:
                    method, params = "addNotes", {"notes": notes}
                else:
                    method, params = "addNote", {"note": notes[0]}
                by = connection.legacy if index % 2 else lambda name, **params: connection.rpc(name, params)
                return by(method, **params, idempotencyKey=key)

            calls[key] = send
            answers[key] = send(connection)

        kill_in_the_middle(serve("--collection", collection).ready(), write, chance)
    unanswered = [key for key in calls if key not in answers]
    assert unanswered
    process = serve("--collection", collection).ready()
    connection = process.connect()
    stored = {}
    for key, send in calls.items():
        stored[key] = send(connection)
        assert key not in answers or answers[key] == stored[key]
    process.stop()
    col = Collection(str(collection))
    try:
        words = [flds.partition("\x1f")[0] for flds in col.db.list("select flds from notes") if "round" in flds]
        assert (
            len(words) == len(set(words)) == sum(CHUNK if "client0" in key or "client1" in key else 1 for key in calls)
        )
        assert col.db.scalar("select count() - count(distinct guid) from notes") == 0
        assert col.fix_integrity()[1]
    finally:
        col.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_note_whose_answer_was_lost_in_a_kill_9_is_answered_when_it_is_sent_again(serve, collection):
    params = {"note": note("pera", "keyed"), "idempotencyKey": "lost"}
    body = json.dumps({"action": "addNote", "version": 6, "params": params}).encode()
    process = serve("--collection", collection).ready()
    process.connect().http.request("POST", "/", body)  # and the answer is never read
    other = process.connect()
    deadline = time.monotonic() + WAIT
    while not (written := other.rpc("findNotes", {"query": "pera"})):
        assert time.monotonic() < deadline
    process.process.kill()
    process.end()
    process = serve("--collection", collection).ready()
    assert [process.connect().legacy("addNote", **params)] == written
    assert [process.connect().rpc("addNote", params)] == written
    assert process.connect().rpc("findNotes", {"query": "pera"}) == written
