"""The header AnkiRPC-Session: a write that is meant for another collection is refused."""

import json
import threading
import time
from pathlib import Path

import pytest
from examples import declared
from sizes import for_rows

from addon.actions import REGISTRY
from addon.collection.session import Session

HEADER = "AnkiRPC-Session"
NOTE = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "guarded", "Back": ""}}
WRITING = sorted(name for name, action in REGISTRY.items() if action.writes)
GONE = {HEADER: "gone"}


def session(gateway):
    return gateway.rpc("getCollection")["result"]["session"]


def rpc(gateway, method, params, of):
    return declared(method, gateway.rpc(method, params, **{HEADER: of}))


def as_the_session_ends(gateway, send):
    """The answer to a request whose turn on the lane comes after the session has ended."""
    begun, may_end, answers = threading.Event(), threading.Event(), []

    def replace_collection():
        begun.set()
        may_end.wait(20)
        gateway.host._session.opened(gateway.col)  # as at the end of `importCollection`

    gateway.lane.submit(replace_collection)
    assert begun.wait(10)
    sending = threading.Thread(target=lambda: answers.append(send()), daemon=True)
    sending.start()
    deadline = time.monotonic() + 10
    while not len(gateway.lane._line) and time.monotonic() < deadline:
        time.sleep(0.001)
    assert len(gateway.lane._line) == 1
    may_end.set()
    sending.join(20)
    (answer,) = answers
    return answer


def test_a_write_in_its_session_succeeds(gateway):
    of = session(gateway)
    assert isinstance(rpc(gateway, "addNote", {"note": NOTE}, of)["result"], int)
    assert session(gateway) == of


@for_rows("method", WRITING)
def test_every_write_of_an_ended_session_is_refused(reading, method):
    """It would change the wrong collection. Nothing is read first, so any valid params will do."""
    action = REGISTRY[method]
    for example in action.examples[:1]:
        error = declared(method, reading.rpc(method, example.params, **GONE))["error"]
        if error["data"]["kind"] not in ("gui_unavailable", "file_problem", "download_failed"):
            assert (error["code"], error["data"]) == (-32009, {"kind": "stale_session", "session": "gone"}), error


def test_reads_need_no_session_and_a_write_without_one_is_not_checked(gateway):
    assert rpc(gateway, "findNotes", {"query": "deck:Italian"}, "gone")["result"]
    assert isinstance(gateway.rpc("addNote", {"note": NOTE})["result"], int)


def test_the_old_protocol_and_its_nested_calls_are_guarded_too(gateway):
    body = {"action": "addNote", "version": 6, "params": {"note": NOTE}}
    reply = json.loads(gateway.send(json.dumps(body).encode(), **GONE).data)
    assert reply["result"] is None
    assert reply["error"].startswith("the session gone has ended")
    nested = {"action": "multi", "version": 6, "params": {"actions": [body, {"action": "deckNames", "version": 6}]}}
    first, second = json.loads(gateway.send(json.dumps(nested).encode(), **GONE).data)["result"]
    assert first["error"] == reply["error"]
    assert second["error"] is None


def test_of_a_batch_only_the_writes_are_refused(gateway):
    calls = [{"method": "addNote", "params": {"note": NOTE}}, {"method": "deckNames"}]
    batch = [{"jsonrpc": "2.0", "id": number, **call} for number, call in enumerate(calls)]
    refused, read = gateway.post(batch, **GONE)
    assert refused["error"]["data"]["kind"] == "stale_session"
    assert "Italian" in read["result"]


def test_an_operation_of_an_ended_session_fails(gateway):
    started = rpc(gateway, "startOperation", {"method": "addNotes", "params": {"notes": [NOTE]}}, "gone")["result"]
    deadline = time.monotonic() + 10
    while (ended := gateway.rpc("getOperation", {"id": started["id"]})["result"])["state"] in ("queued", "running"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert ended["error"]["data"]["kind"] == "stale_session"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_media_files_are_guarded_too(gateway, method):
    file = Path(gateway.col.media.dir(), "a.txt")
    file.write_bytes(b"old")
    answer = gateway.send(b"new", method=method, path="/media/a.txt", **GONE)
    assert answer.status_code == 409
    assert b"the session gone has ended" in answer.data
    assert file.read_bytes() == b"old"
    assert gateway.send(method="GET", path="/media/a.txt", **GONE).data == b"old"
    of = {HEADER: session(gateway)}
    assert gateway.send(b"new", method=method, path="/media/a.txt", **of).status_code in (200, 204)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_the_session_of_a_media_file_may_end_while_its_request_waits(gateway, method):
    file = Path(gateway.col.media.dir(), "a.txt")
    file.write_bytes(b"old")
    of = {HEADER: session(gateway)}
    answer = as_the_session_ends(gateway, lambda: gateway.send(b"new", method=method, path="/media/a.txt", **of))
    assert answer.status_code == 409
    assert file.read_bytes() == b"old"


def test_an_export_of_the_collection_does_not_end_the_session(gateway, tmp_path):
    of = session(gateway)
    rpc(gateway, "exportCollection", {"path": str(tmp_path / "a.colpkg")}, of)
    assert session(gateway) == of
    assert "result" in rpc(gateway, "addNote", {"note": NOTE}, of)


def test_another_collection_in_its_place_ends_the_session(gateway, tmp_path):
    of = session(gateway)
    path = str(tmp_path / "a.colpkg")
    gateway.rpc("exportCollection", {"path": path})
    assert "result" in rpc(gateway, "importCollection", {"path": path}, of)
    assert session(gateway) != of
    error = rpc(gateway, "addNote", {"note": NOTE}, of)["error"]
    assert error["data"] == {"kind": "stale_session", "session": of}
    assert "getCollection" in error["message"]


def test_the_session_may_end_while_another_collection_waits_to_be_put_in_its_place(gateway, tmp_path):
    of, path = session(gateway), str(tmp_path / "a.colpkg")
    gateway.rpc("exportCollection", {"path": path})
    answer = as_the_session_ends(gateway, lambda: gateway.rpc("importCollection", {"path": path}, **{HEADER: of}))
    assert answer.get("error", {}).get("data") == {"kind": "stale_session", "session": of}


def test_a_restored_backup_ends_the_session(gateway):
    of = session(gateway)
    name = gateway.rpc("createBackup")["result"]["name"]
    assert "result" in gateway.rpc("restoreBackup", {"name": name})
    assert session(gateway) != of


def test_a_collection_that_comes_back_as_it_was_goes_on(gateway):
    guard = Session()
    guard.opened(gateway.col)
    first = guard.id
    guard.closing(gateway.col)
    guard.opened(gateway.col)
    assert guard.id == first
    guard.closing(gateway.col)
    gateway.col.db.execute("update col set mod = mod + 1")
    guard.opened(gateway.col)
    assert guard.id != first
