"""Leaving the profile, or Anki, while the whole collection is exported or replaced, and an Anki that is killed then."""

from __future__ import annotations

import contextlib
import http.client
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sizes import size, some
from sync_server import SyncServer

from .anki_process import AnkiError
from .conftest import GatewayProcess
from .test_sync import log_in
from .test_whole_collection import WAIT, add, fronts, prepare, result


@pytest.fixture(scope="module")
def anki(two_profiles: GatewayProcess) -> GatewayProcess:
    """In place of the session's: its collection is replaced, there are two profiles, and tests end it and start it."""
    return two_profiles


@pytest.fixture(autouse=True)
def quiet(anki: GatewayProcess) -> Iterator[None]:
    """No test leaves a window, an error or an account behind."""
    yield
    assert anki.tidy() == []
    result(anki, "syncLogout")
    anki.exec("mw.pm.profile['autoSync'] = False")


def test_an_anki_that_is_killed_has_the_old_collection_or_the_new_one(
    anki: GatewayProcess, tmp_path: Path, record_property: Any
) -> None:
    path, rounds, found = str(tmp_path / "all.colpkg"), size("ANKI_KILLS", 1, 15), []
    chance = random.Random(27)
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{n}", "Back": "b"}} for n in range(500)
    ]
    prepare(anki)
    result(anki, "exportCollection", path=path)
    result(anki, "addNotes", notes=notes)
    begin = time.monotonic()
    result(anki, "importCollection", path=path)
    taken = time.monotonic() - begin
    for _ in range(rounds):
        if result(anki, "collectionStatistics", query="")["notes"] == 1:
            result(anki, "addNotes", notes=notes)
        asking = threading.Thread(target=lambda: _ask_a_dying_one(anki, "importCollection", path), daemon=True)
        asking.start()
        time.sleep(chance.uniform(0, 1.2) * taken)
        anki.kill()
        asking.join(WAIT)
        anki.start()
        found.append(len(fronts(anki)))
        assert result(anki, "checkDatabase")["ok"]
    assert set(found) <= {1, 501}
    counts = f"{found.count(501)}, {found.count(1)}, 0"
    record_property(
        "figure", [f"{rounds} times Anki is killed while it replaces the collection: old, new, half", counts]
    )
    assert result(anki, "importCollection", path=path)["notes"] == 1


def _ask_a_dying_one(anki: GatewayProcess, method: str, path: str) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException, AnkiError):
        anki.rpc(method, {"path": path})


def _leave_during(anki: GatewayProcess, leaves_by: str, method: str, path: str) -> None:
    """Call a method, and leave the profile as soon as the call has `begun`; start Anki again if it was quit."""
    asking = threading.Thread(target=lambda: _ask_a_dying_one(anki, method, path), daemon=True)
    asking.start()
    anki.wait_for("begun")
    if leaves_by == "quitting":
        anki.post("leave()")
        code, output = anki.ended()
        assert (code, "Traceback" in output, "corrupt" in output) == (0, False, False), output
        anki.start()
    else:
        anki.open_profile("two")
        assert anki.eval("(mw.isEnabled(), mw.restoring_backup)") == [True, False]
    asking.join(WAIT)


BACK_UP_LATE = """
import time
from concurrent.futures import ThreadPoolExecutor

col, backend = mw.col, mw.col._backend
back_up = backend.create_backup

def late(**params):
    del backend.create_backup  # Anki backs up itself when it closes the profile
    done = None if fails else back_up(**params)
    begun.append(True)
    deadline = time.monotonic() + 30
    while mw.col is col and time.monotonic() < deadline:
        time.sleep(0.01)
    return 1 / 0 if fails else done

def show():
    mw.taskman._no_collection_executor = ThreadPoolExecutor()
    mw.progress._showWin()

begun = []
backend.create_backup = late
if is_shown:
    mw._checkForUnclosedWidgets = show  # called once the collection is closed
"""
"""The backup lasts until the profile is closed and, if `is_shown`, Anki has just shown its progress then. It closes the
window half a second later, for which it needs a thread."""


@pytest.mark.parametrize(
    ("fails", "leaves_by", "is_shown"),
    [
        (False, "quitting", True),
        (True, "switching", False),
        pytest.param(True, "quitting", False, marks=pytest.mark.matrix),
        pytest.param(False, "switching", False, marks=pytest.mark.matrix),
    ],
)
def test_a_profile_that_is_left_during_the_backup_stays_closed(
    anki: GatewayProcess, tmp_path: Path, leaves_by: str, fails: bool, is_shown: bool
) -> None:
    path = str(tmp_path / "all.colpkg")
    prepare(anki)
    result(anki, "exportCollection", path=path)
    add(anki, "later")
    anki.exec(BACK_UP_LATE, fails=fails, is_shown=is_shown)
    _leave_during(anki, leaves_by, "importCollection", path)
    for name, notes in (("two", ["of two"]), ("one", ["of one", "later"])):
        result(anki, "loadProfile", name=name)
        assert fronts(anki) == notes


BACK_UP_UNTIL_SYNC = """
import time
backend = mw.col._backend
back_up = backend.create_backup

def late(**params):
    del backend.create_backup  # Anki backs up itself when it closes the profile
    done = back_up(**params)
    begun.append(True)
    deadline = time.monotonic() + 30
    while not syncing and time.monotonic() < deadline:
        time.sleep(0.01)
    return done

begun, syncing = [], []
aqt.gui_hooks.sync_will_start.append(lambda syncing=syncing: syncing.append(True))
backend.create_backup = late

def unload_late(syncer, timer):
    show = syncer.show_diag_until_finished

    def late(on_finished):
        del syncer.show_diag_until_finished
        show(lambda: timer.singleShot(500, on_finished))

    syncer.show_diag_until_finished = late

unload_late(mw.media_syncer, aqt.qt.QTimer)
"""
"""The backup lasts until Anki syncs, as the profile is being closed. Half a second later, Anki closes the
collection."""


@pytest.mark.parametrize("leaves_by", ["quitting", pytest.param("switching", marks=pytest.mark.matrix)])
def test_a_profile_that_syncs_when_it_is_left_is_not_replaced(
    anki: GatewayProcess, tmp_path: Path, leaves_by: str
) -> None:
    path = str(tmp_path / "all.colpkg")
    with SyncServer(tmp_path / "server") as server:
        prepare(anki)
        result(anki, "exportCollection", path=path)
        log_in(anki, server.url)
        result(anki, "sync", full="upload", waitForMedia=True)
        add(anki, "later")
        anki.exec("mw.pm.profile['autoSync'] = True")
        anki.exec(BACK_UP_UNTIL_SYNC)
        _leave_during(anki, leaves_by, "importCollection", path)
        assert anki.errors() == []
        for name, notes in (("two", ["of two"]), ("one", ["of one", "later"])):
            result(anki, "loadProfile", name=name)
            assert fronts(anki) == notes
        assert result(anki, "syncStatus")["required"] == "none"


EXPORT_LATE = """
import time
backend = mw.col._backend
export = backend.export_collection_package

def late(**params):
    del backend.export_collection_package
    begun.append(True)
    deadline = time.monotonic() + 30
    while not leaving and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.5)
    return export(**params)

begun, leaving = [], []
aqt.gui_hooks.profile_will_close.append(lambda leaving=leaving: leaving.append(True))
backend.export_collection_package = late
"""
"""The export begins half a second after the user leaves the profile, in which Anki would close the collection."""


@pytest.mark.parametrize(
    ("syncs", "leaves_by"),
    [
        (True, "quitting"),
        *(
            pytest.param(*each, marks=pytest.mark.matrix)
            for each in ((True, "switching"), (False, "quitting"), (False, "switching"))
        ),
    ],
)
def test_a_profile_that_is_left_during_the_export_is_whole(
    anki: GatewayProcess, tmp_path: Path, leaves_by: str, syncs: bool
) -> None:
    path = str(tmp_path / "all.colpkg")
    with SyncServer(tmp_path / "server") as server:
        prepare(anki)
        log_in(anki, server.url)
        result(anki, "sync", full="upload", waitForMedia=True)
        add(anki, "later")
        anki.exec("mw.pm.profile['autoSync'] = syncs", syncs=syncs)
        anki.exec(EXPORT_LATE)
        _leave_during(anki, leaves_by, "exportCollection", path)
        assert anki.errors() == []
        result(anki, "loadProfile", name="one")
        assert fronts(anki) == ["of one", "later"]
        anki.exec("mw.pm.profile['autoSync'] = False")
        assert result(anki, "syncStatus")["required"] == ("none" if syncs else "normal")


@pytest.mark.parametrize("method", some(["importCollection", "importTextFile", "mergePackage"], 2))
def test_quitting_in_the_middle_leaves_nothing_half_done(
    anki: GatewayProcess, tmp_path: Path, method: str, record_property: Any
) -> None:
    rounds, found, many = size("ANKI_QUITS", 1, 10), [], size("ANKI_QUITS_NOTES", 2000, 5000)
    chance = random.Random(28)
    path = str(tmp_path / {"importCollection": "all.colpkg", "mergePackage": "a.apkg"}.get(method, "a.txt"))
    result(anki, "deleteNotes", notes=result(anki, "findNotes", query=""))
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{n}", "Back": "b"}} for n in range(many)
    ]
    result(anki, "addNotes", notes=notes)
    if method == "importCollection":
        result(anki, "exportCollection", path=path)
    elif method == "mergePackage":
        result(anki, "exportNotesPackage", path=path, all=True)
    else:
        result(anki, "exportNotesText", path=path, query="")
    result(anki, "deleteNotes", notes=result(anki, "findNotes", query=""))
    add(anki, "old")
    begin = time.monotonic()
    result(anki, method, path=path)
    taken = time.monotonic() - begin
    for _ in range(rounds):
        result(anki, "deleteNotes", notes=result(anki, "findNotes", query=""))
        add(anki, "old")
        asking = threading.Thread(target=lambda: _ask_a_dying_one(anki, method, path), daemon=True)
        asking.start()
        time.sleep(chance.uniform(0.1, 0.9) * taken)
        code, output = anki.stop()
        assert (code, "Traceback" in output) == (0, False), output
        asking.join(WAIT)
        anki.start()
        found.append(len(result(anki, "findNotes", query="")))
        assert result(anki, "checkDatabase")["ok"]
    new = many if method == "importCollection" else many + 1
    assert set(found) <= {1, new}
    counts = f"{found.count(1)}, {found.count(new)}, 0"
    record_property("figure", [f"{rounds} times Anki is quit in the middle of {method}: old, new, half", counts])
