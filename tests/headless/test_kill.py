"""A gateway that is killed in the middle of writing loses nothing that it has acknowledged."""

import contextlib
import random
import sys
import threading
import time

import pytest
from anki.collection import Collection

ROUNDS, CHUNK, WAIT = 10, 40, 20.0


def note(word, marker):
    fields = {"Word": word, "Meaning": marker}
    return {"modelName": "Italian vocab", "deckName": "Italian::A1", "fields": fields}


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_what_was_acknowledged_is_there_after_kill_9(serve, collection):
    chance = random.Random(9)
    singles, chunks = [], []  # ids that were acknowledged
    for count in range(ROUNDS):
        process = serve("--collection", collection).ready()
        writing = threading.Event()

        def client(index, process=process, count=count, writing=writing):
            connection = process.connect()
            with contextlib.suppress(OSError, EOFError, ValueError):
                for number in range(10**6):
                    marker = f"round{count} client{index} call{number}"
                    if index % 2:
                        singles.append(connection.rpc("addNote", {"note": note(marker, "single")}))
                    else:
                        notes = [note(f"{marker} {item}", marker) for item in range(CHUNK)]
                        chunks.append(connection.legacy("addNotes", notes=notes))
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
    assert len(singles) > ROUNDS
    assert len(chunks) > ROUNDS
    col = Collection(str(collection))
    try:
        stored = set(col.db.list("select id from notes"))
        acknowledged = [*singles, *(note_id for ids in chunks for note_id in ids)]
        assert len(set(acknowledged)) == len(acknowledged)
        assert set(acknowledged) <= stored
        markers = [flds.partition("\x1f")[2] for flds in col.db.list("select flds from notes")]
        marked = {marker: markers.count(marker) for marker in set(markers) if marker.startswith("round")}
        assert set(marked.values()) == {CHUNK}
        assert len(marked) - len(chunks) in range(2 * ROUNDS + 1)  # written, and killed before the answer
        assert col.db.scalar("select count() from notes where id not in (select nid from cards)") == 0
        assert col.db.scalar("pragma integrity_check") == "ok"
        problems, is_ok = col.fix_integrity()
        assert is_ok, problems
    finally:
        col.close()
