"""Operations in a real Anki: a profile that is switched, Anki quitting, a sync, and what the user's undo menu says."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from events import Stream
from sync_server import SyncServer

from .conftest import GatewayProcess
from .test_sync import log_in, result

ENDED = {"done", "failed", "cancelled"}
WAIT = 60.0
CHUNK = 500
WRITER = "__import__('importlib').import_module('1234567890.actions.note.writing')"
MANY = 2_000
"""More than three chunks."""


@pytest.fixture(scope="module")
def anki(two_profiles: GatewayProcess) -> GatewayProcess:
    """In place of the session's: two profiles."""
    return two_profiles


@pytest.fixture(autouse=True)
def empty(anki: GatewayProcess) -> Iterator[None]:
    """Leave no notes behind, no slow writes, and no error."""
    yield
    anki.exec(FAST)
    for name in dict.fromkeys((anki.eval("mw.pm.name"), "one")):
        if anki.eval("mw.pm.name") != name:
            anki.open_profile(name)
        anki.exec("mw.col.remove_notes(mw.col.find_notes(''))")
    assert anki.tidy() == []


@pytest.fixture
def small_chunks(anki: GatewayProcess) -> Iterator[None]:
    """The gateway writes notes in chunks of `CHUNK`, so that a thousand are many."""
    before = anki.eval(f"{WRITER}.NOTES_PER_CHUNK")
    anki.exec(f"{WRITER}.NOTES_PER_CHUNK = chunk", chunk=CHUNK)
    yield
    anki.exec(f"{WRITER}.NOTES_PER_CHUNK = chunk", chunk=before)


SLOW = """
import threading, time
from anki.collection import Collection
keep["add_notes"] = add_notes = Collection.add_notes

def slowly(col, requests):
    lane, deadline = threading.current_thread()._target.__self__, time.monotonic() + 20
    while written and lane._open and time.monotonic() < deadline:
        time.sleep(0.01)
    written.append(len(requests))
    return add_notes(col, requests)

written = []
Collection.add_notes = slowly
"""
"""All but the first write of many notes wait until the collection is being closed: it is always in their middle."""

FAST = "from anki.collection import Collection\nCollection.add_notes = keep.pop('add_notes', Collection.add_notes)"


def notes(count: int) -> dict[str, Any]:
    note = {"deckName": "Default", "modelName": "Basic"}
    return {"notes": [{**note, "fields": {"Front": f"word {number}", "Back": "b"}} for number in range(count)]}


def start(anki: GatewayProcess, method: str, params: dict[str, Any] | None = None) -> str:
    answer = anki.rpc("startOperation", {"method": method, "params": params or {}})
    assert "error" not in answer, answer
    return str(answer["result"]["id"])


def get(anki: GatewayProcess, id: str) -> dict[str, Any]:
    operation: dict[str, Any] = anki.rpc("getOperation", {"id": id})["result"]
    return operation


def until(anki: GatewayProcess, id: str, condition: Any) -> dict[str, Any]:
    deadline = time.monotonic() + WAIT
    while not condition(operation := get(anki, id)):
        assert time.monotonic() < deadline, operation
        time.sleep(0.01)
    return operation


def ended(anki: GatewayProcess, id: str) -> dict[str, Any]:
    return until(anki, id, lambda operation: operation["state"] in ENDED)


def begun(anki: GatewayProcess, id: str) -> dict[str, Any]:
    """It has written something; it may have ended."""
    return until(anki, id, lambda operation: operation["progress"] and operation["progress"]["done"])


@pytest.mark.usefixtures("small_chunks")
def test_many_notes_are_one_step_of_the_undo_menu_and_the_window_shows_them(anki: GatewayProcess) -> None:
    operation = ended(anki, start(anki, "addNotes", notes(MANY)))
    assert (operation["state"], len(operation["result"])) == ("done", MANY)
    anki.wait_for("'Add notes' in mw.form.actionUndo.text()")
    anki.exec("mw.undo()")
    anki.wait_for("mw.col.note_count() == 0")


@pytest.mark.usefixtures("small_chunks")
def test_switching_the_profile_ends_what_runs_and_it_says_so(anki: GatewayProcess) -> None:
    anki.exec(SLOW)
    running = start(anki, "addNotes", notes(MANY))
    begun(anki, running)
    waiting = start(anki, "createDeck", {"deck": "never"})
    anki.open_profile("two")
    operation, other = ended(anki, running), ended(anki, waiting)
    assert (operation["state"], operation["error"]["message"]) == ("cancelled", "the collection is being closed")
    assert other["state"] == "cancelled"
    done = operation["progress"]["done"]
    assert done < MANY
    assert anki.eval("mw.col.note_count()") == 0
    anki.open_profile("one")
    assert anki.eval("mw.col.note_count()") == done == len([entry for entry in operation["result"] if entry["id"]])
    assert "never" not in anki.legacy("deckNames")["result"]


def test_the_user_goes_on_working_beside_a_long_operation_and_switching_the_profile_stops_an_import(
    anki: GatewayProcess, tmp_path: Path
) -> None:
    package = str(tmp_path / "big.apkg")
    with anki.gaps() as gaps:
        operation = ended(anki, start(anki, "addNotes", notes(15_000)))
    assert operation["state"] == "done"
    assert gaps.max_ms < 500
    assert ended(anki, start(anki, "exportPackage", {"deck": "Default", "path": package}))["result"] is True
    anki.open_profile("two")
    id = start(anki, "importPackage", {"path": package})
    until(anki, id, lambda operation: operation["progress"])
    anki.exec("for _ in range(100): mw.deckBrowser.refresh()")  # reads on a thread, when the import lets it
    anki.open_profile("one")
    operation = ended(anki, id)
    assert (operation["state"], operation["error"]["message"]) == ("cancelled", "the collection is being closed")
    assert anki.errors() == []
    anki.open_profile("two")
    assert anki.eval("mw.col.note_count()") == 0


@pytest.mark.usefixtures("small_chunks")
def test_quitting_does_not_wait_for_the_whole_of_it_and_keeps_what_is_done(anki: GatewayProcess) -> None:
    stream = Stream(anki.port)
    anki.exec(SLOW)
    begun(anki, start(anki, "addNotes", notes(MANY)))
    code, output = anki.stop()
    assert (code, "Traceback" in output) == (0, False), output
    assert '"state":"cancelled"' in stream.rest().decode()
    stream.close()
    anki.start()
    count = anki.eval("mw.col.note_count()")
    assert count % CHUNK == 0
    assert 0 < count < MANY


def test_a_sync_is_an_operation_too_and_can_be_cancelled(anki: GatewayProcess, tmp_path: Path) -> None:
    with SyncServer(tmp_path / "server") as server:
        log_in(anki, server.url)
        ended(anki, start(anki, "addNotes", notes(10)))
        operation = ended(anki, start(anki, "sync"))
        assert (operation["state"], operation["error"]["data"]["kind"]) == ("failed", "full_sync_required")
        operation = ended(anki, start(anki, "sync", {"full": "upload", "waitForMedia": True}))
        assert operation["result"] == {"collection": "uploaded", "media": "synced", "serverMessage": ""}
        with socket.create_server(("127.0.0.1", 0)) as silent:
            anki.exec("mw.pm.set_custom_sync_url(url)", url=f"http://127.0.0.1:{silent.getsockname()[1]}/")
            id = start(anki, "sync")
            connection, _ = silent.accept()
            assert anki.rpc("cancelOperation", {"id": id})["result"]["state"] == "running"
            operation = ended(anki, id)
            connection.close()
        assert (operation["state"], operation["error"]["message"]) == ("cancelled", "it was cancelled")
        anki.exec("mw.pm.set_custom_sync_url(url)", url=server.url)
        anki.wait_for("mw.progress.busy() == 0")
        assert result(anki)["collection"] == "unchanged"
