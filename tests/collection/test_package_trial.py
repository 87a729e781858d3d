"""A package is tried on a collection that is thrown away, beside the lane, before it is imported."""

import json
import socket
import struct
import threading
import time

import packages
import pytest
import seed
from limits import no_more_threads
from packages import LATEST, LEGACY_1, LEGACY_2, field, zeros, zstandard
from servers import look_often

from addon.collection import package_trial
from addon.http.server.turns import Claim

VERSIONS = (LEGACY_1, LEGACY_2, LATEST)
WAIT = 20.0
UNDO = {"undo": "Update Tag", "redo": None}


def note(col, note_type, fields):
    new = col.new_note(col.models.by_name(note_type))
    new.fields = fields
    col.add_note(new, 1)
    return new


def package(tmp_path, fill, version=LATEST, media=()):
    path = packages.collection(tmp_path / "source" / "c.anki2", fill, version=version)
    return packages.write(tmp_path / "a.apkg", packages.members(path, version, media))


@pytest.fixture
def changed(gateway):
    """A gateway with something to undo."""
    gateway.rpc("addTags", {"notes": [seed.MELA], "tags": "x"})
    return gateway


def until(condition):
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def load(gateway, path):
    return gateway.rpc("importPackage", {"path": str(path)})


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("same", ["note type", "note"])
def test_a_note_type_that_cannot_be_merged_is_refused_before_the_import(changed, tmp_path, version, same):
    ours = changed.col.get_note(seed.MELA)

    def fill(col):
        theirs = note(col, "Cloze", ["{{c1::a}}", "b"]).mid
        if same == "note":
            col.db.execute("update notes set guid = ?", ours.guid)
            return
        for table, column in (("notes", "mid"), ("notetypes", "id"), ("fields", "ntid"), ("templates", "ntid")):
            col.db.execute(f"update {table} set {column} = ? where {column} = ?", ours.mid, theirs)

    error = load(changed, package(tmp_path, fill, version))["error"]
    assert error["data"] == {"kind": "file_problem", "field": "path"}
    assert error["message"].startswith("Cloze note")
    assert changed.rpc("undoStatus")["result"] == UNDO
    assert changed.col.note_count() == 2


def test_a_collection_of_an_old_scheduler_says_so_and_blames_no_file(changed, tmp_path):
    path = package(tmp_path, lambda col: note(col, "Basic", ["a", "b"]))
    changed.col.set_config("schedVer", 1)
    for file in (path, tmp_path / "none.apkg"):
        assert load(changed, file)["error"]["data"] == {"kind": "scheduler_outdated"}
    assert "--upgrade-scheduler" in changed.legacy("importPackage", path=str(path))["error"]


def test_a_batch_can_write_a_package_and_read_it(changed, tmp_path):
    path = str(tmp_path / "a.apkg")
    for _ in range(2):  # the second time, an older one is there
        calls = [
            ("exportPackage", {"deck": "Italian", "path": path, "includeSched": True}),
            ("importPackage", {"path": path}),
        ]
        batch = [{"jsonrpc": "2.0", "id": 1, "method": method, "params": params} for method, params in calls]
        assert [answer.get("result") for answer in changed.post(batch)] == [True, True]
    (tmp_path / "a.apkg").write_bytes(packages.write(tmp_path / "b.apkg", {"collection.anki2": b"x"}).read_bytes())
    assert [answer.get("result") for answer in changed.post(batch)] == [True, True]


def test_a_package_that_changes_after_its_trial_is_tried_again(changed, tmp_path, monkeypatch):
    good = package(tmp_path, lambda col: note(col, "Basic", ["a", "b"]))
    try_import = package_trial.try_import

    def then_spoil(path, *args, **more):
        trial = try_import(path, *args, **more)
        packages.write(good, {"collection.anki2": b"no database" * 400})
        monkeypatch.undo()
        return trial

    monkeypatch.setattr("addon.actions.package.packages.try_import", then_spoil)
    assert load(changed, good)["error"]["data"]["kind"] == "file_problem"
    assert changed.rpc("undoStatus")["result"] == UNDO


class Slow:
    """Has trials wait in their middle until they are let go; `reached` when one is there."""

    def __init__(self, monkeypatch):
        self.reached, self.go_on = threading.Event(), threading.Event()
        place = package_trial._Attempt._place

        def slowly(attempt, sizes):
            self.reached.set()
            assert self.go_on.wait(WAIT)
            return place(attempt, sizes)

        monkeypatch.setattr(package_trial._Attempt, "_place", slowly)


@pytest.fixture
def slow(monkeypatch):
    slow = Slow(monkeypatch)
    yield slow
    slow.go_on.set()


def test_the_lane_is_free_during_a_trial(changed, tmp_path, slow):
    path = package(tmp_path, lambda col: note(col, "Basic", ["a", "b"]))
    replies = []
    thread = threading.Thread(target=lambda: replies.append(load(changed, path)), daemon=True)
    thread.start()
    assert slow.reached.wait(WAIT)
    assert changed.rpc("createDeck", {"deck": "meanwhile"})["result"]
    slow.go_on.set()
    thread.join(WAIT)
    assert replies[0]["result"] is True


@pytest.fixture
def server(changed):
    server = look_often(changed.gateway.server())
    server.port = 0
    server.start()
    yield server
    server.stop(1)


def test_an_import_for_whose_trial_the_system_has_no_thread_keeps_no_turn(changed, tmp_path):
    path = package(tmp_path, lambda col: note(col, "Basic", ["a", "b"]))
    with no_more_threads("anki-rpc trial"):
        error = load(changed, path)["error"]
    assert (error["data"]["kind"], "no more threads" in error["message"]) == ("busy", True)
    assert changed.rpc("undoStatus")["result"] == UNDO
    assert load(changed, path)["result"] is True


def test_a_trial_is_given_up_without_a_thread_that_aborts_it(changed, tmp_path, slow, monkeypatch):
    path = package(tmp_path, lambda col: note(col, "Basic", ["a", "b"]))
    with monkeypatch.context() as patch, no_more_threads("anki-rpc end of a trial"):
        patch.setattr(package_trial, "_TIME_LIMIT_S", 0)
        error = load(changed, path)["error"]
    assert (error["data"]["kind"], "given up" in error["message"]) == ("file_problem", True)
    assert package_trial._turn.locked(), "the trial was waited for, or made again on the lane"
    slow.go_on.set()
    until(lambda: not package_trial._turn.locked())
    assert load(changed, path)["result"] is True


def test_a_client_that_leaves_ends_the_trial_and_its_turn_and_nothing_is_imported(changed, server, tmp_path, slow):
    path = package(tmp_path, lambda col: note(col, "Basic", ["a", "b"]))
    body = json.dumps({"action": "importPackage", "version": 6, "params": {"path": str(path)}}).encode()
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body)
    turns = server._listeners[0].turns(Claim(None))
    with socket.create_connection(("127.0.0.1", server.port), WAIT) as client:
        client.sendall(head + body)
        assert slow.reached.wait(WAIT)
        assert turns._places._held.total() == 1
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    until(lambda: not turns._places._held.total())
    assert package_trial._turn.locked(), "the trial has not come to its end"
    slow.go_on.set()
    until(lambda: not package_trial._turn.locked())
    assert changed.rpc("undoStatus")["result"] == UNDO
    assert changed.col.note_count() == 2


def test_an_operation_is_cancelled_during_its_trial(changed, tmp_path, slow):
    path = package(tmp_path, lambda col: note(col, "Basic", ["a", "b"]))
    handle = changed.rpc("startOperation", {"method": "importPackage", "params": {"path": str(path)}})["result"]
    assert slow.reached.wait(WAIT)
    assert changed.rpc("cancelOperation", {"id": handle["id"]})["result"]["state"] == "cancelled"
    slow.go_on.set()
    until(lambda: not package_trial._turn.locked())
    assert changed.rpc("undoStatus")["result"] == UNDO
    assert changed.col.note_count() == 2


def test_a_full_disk_is_told_before_the_trial(changed, tmp_path, monkeypatch):
    monkeypatch.setattr(package_trial, "_RESERVE_BYTES", 2**60)
    error = load(changed, package(tmp_path, lambda col: note(col, "Basic", ["a", "b"])))["error"]
    assert error["data"] == {"kind": "storage_failed", "reason": "full"}
    assert changed.rpc("undoStatus")["result"] == UNDO


def test_a_bomb_is_refused_before_it_is_unpacked(changed, tmp_path):
    parts = {"meta": field(1, LATEST), "media": zstandard(b""), "collection.anki21b": zeros(10 * 2**30)}
    error = load(changed, packages.write(tmp_path / "a.apkg", parts))["error"]
    assert "too large" in error["message"]
    assert changed.rpc("undoStatus")["result"] == UNDO


def test_a_setting_limits_what_a_package_takes_up(open_gateway, tmp_path):
    gateway = open_gateway(limits={"packageMegabytes": 1})
    path = package(tmp_path, lambda col: note(col, "Basic", ["a", "b"]), media=[("_a.txt", bytes(2**20))])
    assert "too large" in load(gateway, path)["error"]["message"]
    assert gateway.col.note_count() == 2
