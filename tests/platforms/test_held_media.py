"""Media files that other programs have open, or that are read-only, on a file system that minds as Windows does."""

import functools
import http.client
import json
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from addon.collection import media_moves

pytestmark = pytest.mark.process


@functools.cache
def large_content():
    """More than the buffers of a connection hold, so that the gateway keeps the file open."""
    return os.urandom(12 * 2**20)


OLD, NEW = b"old", os.urandom(300_000)
WINDOWS = ("case", "sharing", "readonly")


@pytest.fixture
def served(served_on):
    """A gateway whose media folder has a file."""
    opened = served_on(*WINDOWS)
    (opened.folder / "a.mp3").write_bytes(OLD)
    return opened


@pytest.fixture
def large(served):
    """The same, if the file is large."""
    (served.folder / "a.mp3").write_bytes(large_content())
    return served


def store(served, name="a.mp3", **params):
    return served.rpc("storeMediaFile", filename=name, data="bmV3", **params)


WRITES = {
    "PUT": (lambda served: served.ask("PUT", "a.mp3", NEW)[0], 200, NEW),
    "DELETE": (lambda served: served.ask("DELETE", "a.mp3")[0], 204, None),
    "storeMediaFile": (store, "a.mp3", b"new"),
    "deleteMediaFile": (lambda served: served.rpc("deleteMediaFile", filename="a.mp3"), "a.mp3", None),
}


def content(path):
    return path.read_bytes() if path.exists() else None


@pytest.mark.parametrize("way", WRITES)
def test_a_file_that_a_client_reads_slowly_can_be_written(large, way):
    write, answer, new = WRITES[way]
    with large.reader("a.mp3"):
        assert write(large) == answer
        assert content(large.folder / "a.mp3") == new
        assert content(large.trash / "a.mp3") == large_content()
        assert large.left() == []
    assert (large.trash / "a.mp3").stat().st_nlink == 1


def test_two_versions_that_clients_read_slowly_can_be_replaced(large):
    other = large_content()[::-1]
    with large.reader("a.mp3"):
        assert large.ask("PUT", "a.mp3", other)[0] == 200
        with large.reader("a.mp3"):
            assert large.ask("PUT", "a.mp3", NEW)[0] == 200
            assert content(large.trash / "a.mp3") == other
        assert large.ask("DELETE", "a.mp3")[0] == 204
        assert content(large.trash / "a.mp3") == NEW
    assert large.left() == []


@pytest.mark.parametrize("way", WRITES)
def test_a_read_only_file_can_be_written(served, way):
    write, answer, new = WRITES[way]
    for _ in range(2):  # the second time there is one in the trash, too
        (served.folder / "a.mp3").write_bytes(OLD)
        (served.folder / "a.mp3").chmod(0o444)
        assert write(served) == answer
        assert content(served.folder / "a.mp3") == new
        assert content(served.trash / "a.mp3") == OLD
        assert served.left() == []
        if new is not None:
            served.ask("DELETE", "a.mp3")


@pytest.mark.parametrize("way", WRITES)
def test_a_file_that_another_program_keeps_open_stays_as_it_is(served, way, monkeypatch):
    write, *_ = WRITES[way]
    monkeypatch.setattr(media_moves, "PATIENCE_S", 0.2)
    with (served.folder / "a.mp3").open("rb"):
        answer = write(served)
    if isinstance(answer, int):
        assert answer == 503
    else:
        assert answer["data"] == {"kind": "busy"}
        assert "in use by another program" in answer["message"]
    assert content(served.folder / "a.mp3") == OLD
    assert not (served.trash / "a.mp3").exists()
    served.ask("DELETE", "_ciao.txt")
    served.ask("PUT", "b.mp3", NEW)
    assert write(served) == WRITES[way][1]


def test_what_is_deleted_after_a_write_that_failed_stays_deleted(served, monkeypatch):
    monkeypatch.setattr(media_moves, "PATIENCE_S", 0.1)
    with (served.folder / "a.mp3").open("rb"):
        assert served.ask("PUT", "a.mp3", NEW)[0] == 503
    assert served.ask("DELETE", "a.mp3")[0] == 204
    assert served.ask("PUT", "b.mp3", NEW)[0] == 201
    assert served.ask("GET", "a.mp3")[0] == 404
    assert content(served.trash / "a.mp3") == OLD
    assert served.left() == []


def test_what_is_in_use_is_said_in_words_after_two_seconds(served, monkeypatch):
    assert media_moves.PATIENCE_S == 2.0
    monkeypatch.setattr(media_moves, "PATIENCE_S", 0.4)
    begun = time.monotonic()
    with (served.folder / "a.mp3").open("rb"):
        status, body = served.ask("PUT", "a.mp3", NEW)
    assert 0.4 < time.monotonic() - begun < 6
    assert (status, json.loads(body)["error"]) == (
        503,
        "The file is in use by another program. Close it there, or try again later.",
    )


@pytest.mark.parametrize("way", WRITES)
def test_a_file_that_another_program_closes_soon_is_written(served, way):
    write, answer, new = WRITES[way]
    file = (served.folder / "a.mp3").open("rb")
    timer = threading.Timer(0.2, file.close)
    timer.start()
    assert write(served) == answer
    timer.join()
    assert content(served.folder / "a.mp3") == new
    assert content(served.trash / "a.mp3") == OLD
    assert served.left() == []


def test_a_file_in_the_trash_that_another_program_keeps_open_makes_room_later(served, monkeypatch):
    monkeypatch.setattr(media_moves, "PATIENCE_S", 0.1)
    served.ask("PUT", "a.mp3", NEW)
    with (served.trash / "a.mp3").open("rb"):
        assert served.ask("PUT", "a.mp3", b"newer")[0] == 200
        assert content(served.folder / "a.mp3") == b"newer"
        assert content(served.trash / "a.mp3") == OLD
    media_moves._settled.clear()
    served.ask("PUT", "b.mp3", NEW)
    assert content(served.trash / "a.mp3") == NEW
    assert served.left() == []


def test_a_virus_scanner_costs_nothing_but_time(served_on):
    served = served_on(*WINDOWS, "scanner")
    versions = [NEW + b"%d" % number for number in range(2)]  # too large to be received in memory
    for number, version in enumerate(versions):
        assert served.ask("PUT", "a.mp3", version)[0] == (200 if number else 201)
        assert served.rpc("storeMediaFile", filename="b.mp3", data=["MQ==", "Mg=="][number % 2]) == "b.mp3"
        assert content(served.folder / "a.mp3") == version
    assert served.ask("PUT", "a.mp3", versions[-1])[0] == 200  # it is there already: nothing is moved
    assert content(served.trash / "a.mp3") == versions[-2]
    assert served.left() == []


def test_others_are_served_while_a_virus_scanner_has_what_was_uploaded(served_on):
    served = served_on(*WINDOWS, "scanner")
    served.ask("PUT", "a.mp3", NEW)
    over = threading.Event()
    with ThreadPoolExecutor() as pool:
        upload = pool.submit(served.ask, "PUT", "a.mp3", NEW[::-1])
        upload.add_done_callback(lambda _: over.set())
        answered = 0
        while not over.is_set():
            served.rpc("deckNames")
            answered += not over.is_set()
    assert upload.result()[0] == 200
    assert answered > 10


@pytest.mark.parametrize("traits", [(*WINDOWS, "nolinks"), ("nolinks",)])
def test_a_disk_without_hard_links_keeps_what_is_replaced(served_on, traits):
    served = served_on(*traits)
    for content_, status in [(b"one", 201), (b"two", 200), (b"three", 200)]:
        assert served.ask("PUT", "a.mp3", content_)[0] == status
    assert (content(served.folder / "a.mp3"), content(served.trash / "a.mp3")) == (b"three", b"two")
    assert served.left() == []


def test_a_gateway_that_is_killed_while_it_exchanges_a_file_loses_nothing(collection_on, serve):
    """The one moment in which the file has no name in the media folder."""
    collection = collection_on("nolinks", "kill")
    media = collection.with_name("collection.media")
    (media / "a.mp3").write_bytes(large_content())
    process = serve("--collection", collection).ready()
    reader, writer = (http.client.HTTPConnection("127.0.0.1", process.port, timeout=20) for _ in range(2))
    reader.request("GET", "/media/a.mp3")
    assert reader.getresponse().status == 200
    writer.request("PUT", "/media/a.mp3", NEW)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        writer.getresponse()
    assert process.end() == -signal.SIGKILL
    assert not (media / "a.mp3").exists()
    again = serve("--collection", collection).ready()
    writer = http.client.HTTPConnection("127.0.0.1", again.port, timeout=20)
    writer.request("GET", "/media/a.mp3")
    assert writer.getresponse().read() == large_content()
    assert (media / "a.mp3").read_bytes() == large_content()
    (left,) = media.parent.glob("anki-rpc-*")  # deleted when it is a day old
    assert left.read_bytes() == NEW
    for connection in (reader, writer):
        connection.close()


def test_who_reads_while_a_file_is_replaced_gets_a_whole_file(served):
    versions, wrong, over = [large_content()[:400_000], large_content()[:300_000], NEW], [], threading.Event()
    served.ask("PUT", "a.mp3", versions[0])

    def read():
        while not over.is_set():
            status, body = served.ask("GET", "a.mp3")
            if status != 200 or body not in versions:
                wrong.append((status, len(body)))

    readers = [threading.Thread(target=read, daemon=True) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(6):
        assert served.ask("PUT", "a.mp3", versions[number % 3])[0] == 200
    over.set()
    for reader in readers:
        reader.join(20)
    assert wrong == []
    assert served.left() == []
