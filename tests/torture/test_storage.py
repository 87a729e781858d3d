"""Disks that are full, read-only or broken, and databases that somebody else has locked: clear errors, nothing lost."""

import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys

import pytest
import seed
from anki.collection import Collection
from examples import kind_as_shown
from sizes import size

from .checks import problems_of

WAIT = 20.0
UNLIMITED = resource.RLIM_INFINITY


def mount(*arguments):
    """Mount something, or skip the test where that is not allowed."""
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting needs rights that are missing here: {done.stderr.strip()}")


@pytest.fixture
def folder(tmp_path):
    """An empty folder on which disks are mounted."""
    path = tmp_path / "disk"
    path.mkdir()
    yield path
    while not subprocess.run(["umount", "--lazy", path], capture_output=True, check=False).returncode:
        pass


@contextlib.contextmanager
def filled(disk):
    """Nothing can be written to a file system any more."""
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    yield
    filling.unlink()


@contextlib.contextmanager
def limited(process):
    """No file of a process can grow any more: what a quota does."""
    resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (4096, UNLIMITED))
    yield
    resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))


def note(number):
    fields = {"Word": f"word {number}", "Meaning": "m" * 1500}
    return {"modelName": "Italian vocab", "deckName": "Italian", "fields": fields, "options": {"allowDuplicate": True}}


NOTES = [note(f"of many {number}") for number in range(1000)]
WRITES = [
    ("addNote", {"note": note("alone")}),
    ("addNotes", {"notes": NOTES}),
    ("createDeck", {"deck": "One more"}),
    ("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": "z" * 9000}}}),
    ("storeMediaFile", {"filename": "large.txt", "data": "Y2lh" * 30_000}),
    ("createBackup", {}),
    ("exportPackage", {"deck": "Italian", "path": "out.apkg"}),
    ("checkMedia", {}),
]
READS = [("findNotes", {"query": ""}), ("deckNames", {}), ("notesInfo", {"notes": [seed.MELA]})]


class Client:
    """A connection that keeps in mind which notes it was told are there."""

    def __init__(self, process):
        self.connection = process.connect()
        self.acknowledged = []

    def call(self, method, params):
        return self.connection.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})

    def add(self, number):
        self.acknowledged.append(self.call("addNote", {"note": note(number)})["result"])

    def writes_refused(self):
        """How many writes fail, each with an error that says why; every read is served.

        One may find room in what the database has on the disk already.
        """
        refused = 0
        for method, params in WRITES:
            answer = self.call(method, params)
            if "error" not in answer:
                if method in {"addNote", "addNotes"}:
                    self.acknowledged += ids_of(answer["result"]) if method == "addNotes" else [answer["result"]]
                continue
            refused += 1
            error = answer["error"]
            if error["data"]["kind"] == "file_problem" and method == "exportPackage":
                continue  # it is Anki who says why
            assert kind_as_shown(error) == "storage_failed", (method, error)
            assert error["data"]["reason"] in {"full", "read_only", "failing"}
            assert error["message"].startswith(("the disk failed: ", "The disk is too full. "))
        for method, params in READS:
            assert self.call(method, params)["result"]
        return refused


def ids_of(items):
    return [item["id"] for item in items]


def is_whole(path, acknowledged):
    """What was acknowledged is in a collection, and nothing else was added; it passes its checks."""
    col = Collection(str(path))
    try:
        notes = set(col.db.list("select id from notes"))
        assert notes == {seed.MELA, seed.UVA, *acknowledged}
        assert problems_of(col) == []
    finally:
        col.close()


@pytest.mark.parametrize("how", ["a full disk", "a quota"])
def test_a_full_disk_refuses_writes_until_there_is_room_again(serve, example_collection, folder, how, figure):
    if how == "a full disk":
        mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", folder)
    path = seed.copy(example_collection, folder)
    process = serve("--collection", path).ready()
    client, rounds, refused = Client(process), size("FULL", 2, 20), []
    for number in range(rounds):
        client.add(f"before {number}")
        with filled(folder) if how == "a full disk" else limited(process):
            refused.append(client.writes_refused())
        client.add(f"after {number}")
    client.connection.close()
    assert process.stop() == 0
    assert refused[0] >= len(WRITES) - 1, "one may find the room of a backup or package that failed and was deleted"
    if how == "a full disk":
        mount("-o", "remount,size=40m", folder)  # the check needs some, too
    is_whole(path, client.acknowledged)
    told = f"{sum(refused)}, {len(client.acknowledged)}, 0"
    figure(f"{how}, {rounds} times: writes refused, acknowledged notes, lost", told)


def test_a_disk_that_fills_up_while_notes_are_added(serve, example_collection, folder, figure):
    mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", folder)
    path = seed.copy(example_collection, folder)
    process = serve("--collection", path).ready()
    client = Client(process)
    for number in range(10_000):
        answer = client.call("addNotes", {"notes": [note(f"{number} {item}") for item in range(20)]})
        if "error" in answer:
            break
        client.acknowledged += ids_of(answer["result"])
    assert answer["error"]["data"]["kind"] == "storage_failed"
    process.process.kill()
    process.end()
    mount("-o", "remount,size=20m", folder)
    is_whole(path, client.acknowledged)
    figure("a disk fills up, and the gateway is killed: acknowledged notes, lost", f"{len(client.acknowledged)}, 0")


def test_a_disk_that_becomes_read_only_after_an_error(serve, example_collection, folder, tmp_path, figure):
    """As Linux makes it where a file system has an error: files that are open for writing cannot be written either."""
    image = tmp_path / "image"
    image.write_bytes(bytes(16 * 2**20))
    if not (make := shutil.which("mkfs.ext4", path=f"{os.environ.get('PATH')}:/usr/sbin:/sbin")):
        pytest.skip("there is no mkfs.ext4 here")
    subprocess.run([make, "-q", "-F", image], check=True)
    mount("-o", "loop", image, folder)
    path = seed.copy(example_collection, folder)
    for file in path.parent.rglob("*"):
        descriptor = os.open(file, os.O_RDONLY)
        os.fsync(descriptor)  # nobody has written the copy to the disk yet
        os.close(descriptor)
    process = serve("--collection", path).ready()
    client = Client(process)
    for number in range(20):
        client.add(number)
    mount("-o", "remount,abort", folder)
    assert client.writes_refused() == len(WRITES)
    client.connection.close()
    process.stop()
    subprocess.run(["umount", folder], check=True)
    mount("-o", "loop", image, folder)
    is_whole(path, client.acknowledged)
    figure("a disk becomes read-only: writes refused, acknowledged notes, lost", f"{len(WRITES)}, 20, 0")


def test_a_collection_that_cannot_be_written_is_not_served(serve, example_collection, folder):
    path = seed.copy(example_collection, folder)
    mount("--bind", folder, folder)
    mount("-o", "remount,ro,bind", folder)
    process = serve("--collection", path)
    assert process.end() == 1
    assert process.err.startswith(f"anki-rpc: {path} cannot be opened: ")
    assert process.err.count("\n") == 1


def test_a_lock_on_the_collection_is_told_at_the_start(serve, collection):
    with contextlib.closing(sqlite3.connect(collection)) as other:
        other.execute("begin exclusive")
        process = serve("--collection", collection)
        assert process.end() == 1
    assert process.err == f"anki-rpc: {collection} is open in another program (Anki, most likely). Close it there.\n"
    assert serve("--collection", collection).ready().connect().rpc("version") == 6


def test_nobody_else_gets_a_lock_on_a_served_collection(serve, collection):
    client = Client(serve("--collection", collection).ready())
    with contextlib.closing(sqlite3.connect(collection, timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("begin exclusive")
        client.add(1)


def test_a_lock_on_the_media_database_costs_only_what_needs_it(serve, collection):
    process = serve("--collection", collection).ready()
    client = Client(process)
    code = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('begin exclusive'); print(1, flush=True)"
    media = collection.with_name("collection.media.db2")
    with subprocess.Popen(
        [sys.executable, "-c", f"{code}; sys.stdin.read()", media], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline()
        client.add(1)
        error = client.call("storeMediaFile", {"filename": "a.txt", "data": "Y2lhbw=="})["error"]
        assert (error["data"]["kind"], error["message"]) == (
            "anki_error",
            "Anki already open, or media currently syncing.",
        )
        client.add(2)
        other.stdin.close()
        other.wait(WAIT)
    assert client.call("storeMediaFile", {"filename": "a.txt", "data": "Y2lhbw=="})["result"] == "a.txt"
    client.connection.close()
    assert process.stop() == 0
    is_whole(collection, client.acknowledged)
