"""The whole collection exported, replaced and restored in a real Anki, whose window unloads and loads it."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sizes import size
from sync_server import SyncServer

from .anki_process import AnkiError
from .conftest import GatewayProcess
from .test_profiles import ADD, KEEP, QUESTION, type_into_the_add_window
from .test_sync import log_in

ENDED = {"done", "failed", "cancelled"}
WAIT = 60.0


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """In place of the session's: its collection is replaced."""
    process = GatewayProcess(tmp_path_factory.mktemp("whole") / "anki", package)
    with process:
        yield process
        process.tidy()
        code, output = process.stop()
        assert (code, "Traceback" in output) == (0, False), output


@pytest.fixture(autouse=True)
def quiet(anki: GatewayProcess) -> Iterator[None]:
    """No test leaves a window or an error behind."""
    yield
    anki.wait_for("mw.progress.busy() == 0")
    assert anki.eval("mw.restoring_backup") is False
    assert anki.tidy() == []
    assert anki.errors() == []


def result(anki: GatewayProcess, method: str, /, **params: Any) -> Any:
    reply = anki.rpc(method, params)
    assert "error" not in reply, reply
    return reply["result"]


def add(anki: GatewayProcess, front: str) -> int:
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": front, "Back": "b"}}
    return int(result(anki, "addNote", note=note))


def fronts(anki: GatewayProcess) -> list[str]:
    return [note["fields"]["Front"]["value"] for note in result(anki, "notesInfo", query="deck:*")]


def test_nothing_is_lost_on_the_way_out_and_in(anki: GatewayProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "all.colpkg")
    add(anki, "uno")
    result(anki, "storeMediaFile", filename="uno.txt", data="dW5v")
    assert result(anki, "exportCollection", path=path)["size"] > 0
    assert result(anki, "undoStatus") == {"undo": None, "redo": None}
    assert fronts(anki) == ["uno"]
    add(anki, "due")
    losses = result(anki, "importCollection", path=path, dryRun=True)
    assert losses["notes"]["count"] == 1
    assert fronts(anki) == ["uno", "due"]
    done = result(anki, "importCollection", path=path)
    assert (done["notes"], done["cards"]) == (1, 1)
    assert fronts(anki) == ["uno"]
    assert anki.eval("mw.state") == "deckBrowser"
    assert anki.eval("mw.col.note_count()") == 1
    assert result(anki, "restoreBackup", name=done["backup"])["notes"] == 2
    assert fronts(anki) == ["uno", "due"]
    add(anki, "tre")
    assert result(anki, "undo")["step"] == "Add Note"


def test_open_windows_are_closed_before_the_collection_is(anki: GatewayProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "all.colpkg")
    result(anki, "guiBrowse", query="deck:*")
    result(anki, "exportCollection", path=path)
    assert any("Brows" in str(window) for window in anki.windows())
    result(anki, "importCollection", path=path)
    assert not any("Brows" in str(window) for window in anki.windows())


def test_it_runs_as_an_operation_while_others_wait_or_fail(anki: GatewayProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "all.colpkg")
    said = set()
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            said.add(anki.rpc("findNotes", {"query": "uno"}).get("error", {}).get("message"))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for method in ("exportCollection", "importCollection"):
            id = result(anki, "startOperation", method=method, params={"path": path})["id"]
            deadline = time.monotonic() + WAIT
            while (operation := result(anki, "getOperation", id=id))["state"] not in ENDED:
                assert time.monotonic() < deadline
                time.sleep(0.02)
            assert operation["state"] == "done", operation
    finally:
        is_over.set()
        asking.join(WAIT)
    assert said <= {None, "collection is not available"}


SLOWLY = """
import threading
import anki.collection as c

def slow(owner, name):
    work = getattr(owner, name)
    def waiting(*args, **params):
        setattr(owner, name, work)
        keep["waits"] = True
        assert keep["go"].wait(30)
        return work(*args, **params)
    setattr(owner, name, waiting)

keep["go"] = threading.Event()
if part == "exporting":
    slow(c.Collection, "export_collection_package")
elif part == "backing up":
    slow(mw.col._backend, "create_backup")
else:
    slow(mw.backend, "import_collection_package")
"""
"""Holds one part of the work until `go` is set."""
FOCUS = """
if mw.app.focusWindow() is None:
    other = aqt.qt.QWidget()
    other.show()
    other.close()
    mw.activateWindow()
    mw.web.setFocus()
"""


@pytest.mark.parametrize(
    ("part", "what", "words"),
    [
        ("exporting", "exporting the collection", "exporting_exporting_file"),
        ("backing up", "replacing the collection", "qt_misc_backing_up"),
        ("importing", "replacing the collection", "importing_importing_file"),
    ],
)
def test_the_progress_says_what_is_done_for_whom(
    anki: GatewayProcess, tmp_path: Path, part: str, what: str, words: str
) -> None:
    path = str(tmp_path / "all.colpkg")
    result(anki, "exportCollection", path=path)
    anki.exec(SLOWLY, part=part)
    window, method = "mw.progress._win", "exportCollection" if part == "exporting" else "importCollection"
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"path": path}}).encode()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(anki.send, body, headers={"User-Agent": "<b>bold</b>"}, timeout=WAIT)
        anki.wait_for("keep.pop('waits', False)")
        anki.exec(FOCUS)  # it is lost with the window of an earlier part, and Anki shows none without it
        shown = anki.wait_for(f"{window} and {window}.isVisible() and {window}.form.label.text()")
        own, text_format = anki.eval(f"(aqt.utils.tr.{words}(), {window}.form.label.textFormat().name)")
        anki.exec("keep['go'].set()")
        assert "result" in json.loads(asking.result(WAIT).body)
    assert (shown, text_format) == (f"AnkiRPC: {what} for <b>bold<\n{own}", "PlainText")


@pytest.mark.parametrize("how", ["garbage", "half"])
def test_a_damaged_file_leaves_everything_as_it_is(anki: GatewayProcess, tmp_path: Path, how: str) -> None:
    path = tmp_path / "all.colpkg"
    result(anki, "exportCollection", path=str(path))
    path.write_bytes(b"garbage" if how == "garbage" else path.read_bytes()[:3000])
    add(anki, how)
    before = fronts(anki), result(anki, "undoStatus")
    assert anki.rpc("importCollection", {"path": str(path)})["error"]["data"]["kind"] == "file_problem"
    assert (fronts(anki), result(anki, "undoStatus")) == before


def test_an_export_that_fails_opens_the_collection_again(anki: GatewayProcess, tmp_path: Path) -> None:
    before = fronts(anki)
    anki.exec(
        "import anki.collection as c\nc.Collection._whole = c.Collection.export_collection_package\n"
        "def fail(self, *a, **k):\n    self.close_for_full_sync()\n    self._backend.export_collection_package("
        "out_path='/none/a', include_media=False, legacy=False)\n"
        "c.Collection.export_collection_package = fail"
    )
    try:
        error = anki.rpc("exportCollection", {"path": str(tmp_path / "all.colpkg")})["error"]
        assert error["data"]["kind"] == "file_problem"
    finally:
        anki.exec("import anki.collection as c\nc.Collection.export_collection_package = c.Collection._whole")
    assert fronts(anki) == before


def test_while_anki_has_a_dialog_open_it_is_busy(anki: GatewayProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "all.colpkg")
    result(anki, "exportCollection", path=path)
    anki.exec("mw.progress.start(immediate=True)")
    done: list[Any] = []
    asking = threading.Thread(target=lambda: done.append(anki.rpc("importCollection", {"path": path})))
    asking.start()
    time.sleep(0.5)
    anki.exec("mw.progress.finish()")
    asking.join(WAIT)
    (reply,) = done
    assert reply.get("error", {"data": {"kind": "busy"}})["data"]["kind"] == "busy"


def test_a_user_who_keeps_a_text_keeps_the_collection(anki: GatewayProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "all.colpkg")
    result(anki, "exportCollection", path=path)
    before = fronts(anki)
    type_into_the_add_window(anki)
    done: list[Any] = []
    asking = threading.Thread(target=lambda: done.append(anki.rpc("importCollection", {"path": path})))
    asking.start()
    anki.wait_for(f"{QUESTION} and True")
    anki.exec(KEEP)
    asking.join(WAIT)
    assert done[0]["error"]["data"]["kind"] == "refused"
    assert fronts(anki) == before
    assert anki.eval(f"{ADD}.editor.note.fields[0]") == "typed"
    anki.exec("close_windows('again')")
    anki.wait_for(f"{QUESTION} and True")
    anki.exec(f"{QUESTION}[0].button(aqt.qt.QMessageBox.StandardButton.Discard).click()")
    anki.wait_for("not windows()")


def test_a_collection_that_closes_during_the_question_stays_closed(anki: GatewayProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "all.colpkg")
    result(anki, "exportCollection", path=path)
    before = fronts(anki)
    type_into_the_add_window(anki)
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(anki.rpc, "importCollection", {"path": path})
        anki.wait_for(f"{QUESTION} and True")
        anki.exec("mw.setEnabled(False)\nmw._unloadCollection()")
        anki.exec(f"{QUESTION}[0].button(aqt.qt.QMessageBox.StandardButton.Discard).click()")
        assert asking.result(WAIT)["error"]["data"]["kind"] == "collection_unavailable"
    assert anki.eval("mw.col is None")
    anki.exec("mw.loadCollection()")
    assert fronts(anki) == before


def test_what_is_written_meanwhile_is_in_the_backup(anki: GatewayProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "all.colpkg")
    result(anki, "exportCollection", path=path)
    told: list[int] = []
    is_over = threading.Event()

    def write() -> None:
        while not is_over.is_set():
            note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"meanwhile {len(told)}"}}
            reply = anki.rpc("addNote", {"note": note})
            if "result" in reply:
                told.append(reply["result"])
            elif told:
                return

    writing = threading.Thread(target=write)
    writing.start()
    try:
        time.sleep(0.3)
        done = result(anki, "importCollection", path=path)
    finally:
        is_over.set()
        writing.join(WAIT)
    after = result(anki, "findNotes", query="")
    result(anki, "restoreBackup", name=done["backup"])
    assert {*told} <= {*after, *result(anki, "findNotes", query="")}


def fail_by_a_hook(anki: GatewayProcess) -> None:
    anki.exec("aqt.gui_hooks.collection_will_temporarily_close.append(lambda col: 1 / 0)")  # Anki removes it then


def fail_to_back_up(anki: GatewayProcess) -> None:
    anki.exec("mw.col._backend.create_backup = lambda **_: [delattr(mw.col._backend, 'create_backup'), 1 / 0]")


@pytest.mark.parametrize(
    ("fail", "method"),
    [
        (fail_by_a_hook, "exportCollection"),
        (fail_by_a_hook, "importCollection"),
        (fail_to_back_up, "importCollection"),
    ],
)
def test_a_failure_before_the_collection_closes_opens_the_gate_again(
    anki: GatewayProcess, tmp_path: Path, fail: Callable[[GatewayProcess], None], method: str
) -> None:
    path = str(tmp_path / "all.colpkg")
    result(anki, "exportCollection", path=path)
    add(anki, method)
    before = fronts(anki), result(anki, "undoStatus")
    fail(anki)
    assert anki.rpc(method, {"path": path})["error"]["data"]["kind"] == "internal_error"
    assert (fronts(anki), result(anki, "undoStatus")) == before
    assert anki.eval("(mw.isEnabled(), mw.restoring_backup)") == [True, False]
    assert "error" not in anki.rpc(method, {"path": path})


@pytest.mark.parametrize("method", ["importCollection", "exportCollection"])
def test_another_profile_that_opens_meanwhile_stays_as_it_is(package: Path, tmp_path: Path, method: str) -> None:
    path = tmp_path / "all.colpkg"
    with GatewayProcess(tmp_path / "profiles", package, profiles=["one", "two"]) as anki:
        for name in ("two", "one"):
            assert anki.rpc("loadProfile", {"name": name})["result"] is True
            result(anki, "exportCollection", path=str(path))
            add(anki, f"of {name}")
        before = path.read_bytes()
        with ThreadPoolExecutor(1) as pool:
            asking = pool.submit(
                anki.exec,
                "import time\ntime.sleep(2)\n"
                "mw.unloadProfile(lambda: [mw.pm.load('two'), mw.loadProfile()])",  # as another add-on may do
            )
            time.sleep(0.3)
            error = anki.rpc(method, {"path": str(path)})["error"]
            asking.result(WAIT)
        assert error["data"]["kind"] == "collection_unavailable"
        assert path.read_bytes() == before
        for name in ("two", "one"):
            anki.rpc("loadProfile", {"name": name})
            assert fronts(anki) == [f"of {name}"]
        anki.tidy()
        anki.stop()


WAIT_FOR_THE_OTHER = """
import importlib, time
module = importlib.import_module("1234567890.actions." + name)
work = getattr(module, function)

def waiting(*args, **kwargs):
    setattr(module, function, work)
    begun.append(function)
    deadline = time.monotonic() + 30
    while not (mw.pm.name == "two" and mw.col and mw.col.db) and time.monotonic() < deadline:
        time.sleep(0.01)
    return work(*args, **kwargs)

begun = []
setattr(module, function, waiting)
"""
"""What is done before a call begins lasts until the other profile is open."""


@pytest.mark.parametrize(
    ("method", "module", "function"),
    [
        ("importCollection", "collection.replacing", "try_collection"),
        ("mergePackage", "package.packages", "try_import"),
        ("importTextFile", "package.texts", "_content_of"),
    ],
)
def test_another_profile_that_opens_during_the_trial_stays_as_it_is(
    package: Path, tmp_path: Path, method: str, module: str, function: str
) -> None:
    with GatewayProcess(tmp_path / "profiles", package, profiles=["one", "two"]) as anki:
        for name in ("two", "one"):
            anki.rpc("loadProfile", {"name": name})
            add(anki, f"of {name}")
        params = {"path": str(tmp_path / "all.colpkg")}
        result(anki, "exportCollection", **params)
        if method == "importTextFile":
            params = {"path": str(tmp_path / "all.txt")}
            result(anki, "exportNotesText", query="", **params)
        anki.exec(WAIT_FOR_THE_OTHER, name=module, function=function)
        with ThreadPoolExecutor(1) as pool:
            asking = pool.submit(anki.rpc, method, params)
            anki.wait_for("begun")
            anki.open_profile("two")
            error = asking.result(WAIT)["error"]
        assert error["data"]["kind"] == "collection_unavailable", error
        assert fronts(anki) == ["of two"]
        assert result(anki, "undoStatus") == {"undo": None, "redo": None}
        anki.tidy()
        anki.stop()


@pytest.fixture
def own(package: Path, tmp_path: Path) -> Iterator[GatewayProcess]:
    """An Anki of the test's own, which it kills."""
    process = GatewayProcess(tmp_path / "anki", package)
    yield process
    if not process.has_ended():
        process.kill()


def test_an_anki_that_is_killed_has_the_old_collection_or_the_new_one(
    own: GatewayProcess, tmp_path: Path, record_property: Any
) -> None:
    path, rounds, found = str(tmp_path / "all.colpkg"), size("ANKI_KILLS", 1, 15), []
    chance = random.Random(27)
    own.start()
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{n}", "Back": "b"}} for n in range(500)
    ]
    add(own, "new")
    result(own, "exportCollection", path=path)
    result(own, "addNotes", notes=notes)
    begin = time.monotonic()
    result(own, "importCollection", path=path)
    taken = time.monotonic() - begin
    for _ in range(rounds):
        if result(own, "collectionStatistics", query="")["notes"] == 1:
            result(own, "addNotes", notes=notes)
        asking = threading.Thread(target=lambda: _ask_a_dying_one(own, "importCollection", path), daemon=True)
        asking.start()
        time.sleep(chance.uniform(0, 1.2) * taken)
        own.kill()
        asking.join(WAIT)
        own.start()
        found.append(len(fronts(own)))
        assert result(own, "checkDatabase")["ok"]
    assert set(found) <= {1, 501}
    told = f"{found.count(501)}, {found.count(1)}, 0"
    record_property("figure", [f"{rounds} times Anki is killed while it replaces the collection: old, new, half", told])
    assert result(own, "importCollection", path=path)["notes"] == 1


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

begun = []
backend.create_backup = late
"""
"""The backup lasts until the profile is closed."""


@pytest.mark.parametrize("leaves_by", ["quitting", "switching"])
@pytest.mark.parametrize("fails", [False, True])
def test_a_profile_that_is_left_during_the_backup_stays_closed(
    package: Path, tmp_path: Path, leaves_by: str, fails: bool
) -> None:
    path = str(tmp_path / "all.colpkg")
    with GatewayProcess(tmp_path / "profiles", package, profiles=["one", "two"]) as anki:
        for name in ("two", "one"):
            anki.rpc("loadProfile", {"name": name})
            result(anki, "exportCollection", path=path)
            add(anki, f"of {name}")
        anki.exec(BACK_UP_LATE, fails=fails)
        _leave_during(anki, leaves_by, "importCollection", path)
        for name in ("two", "one"):
            anki.rpc("loadProfile", {"name": name})
            assert fronts(anki) == [f"of {name}"]
        anki.tidy()
        assert anki.stop().code == 0


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
aqt.gui_hooks.sync_will_start.append(lambda: syncing.append(True))
backend.create_backup = late

def unload_late(syncer, timer):
    show = syncer.show_diag_until_finished

    def late(on_finished):
        del syncer.show_diag_until_finished
        show(lambda: timer.singleShot(1000, on_finished))

    syncer.show_diag_until_finished = late

unload_late(mw.media_syncer, aqt.qt.QTimer)
"""
"""The backup lasts until Anki syncs, as the profile is being closed. A second later, Anki closes the collection."""


@pytest.mark.parametrize("leaves_by", ["quitting", "switching"])
def test_a_profile_that_syncs_when_it_is_left_is_not_replaced(package: Path, tmp_path: Path, leaves_by: str) -> None:
    path = str(tmp_path / "all.colpkg")
    with (
        SyncServer(tmp_path / "server") as server,
        GatewayProcess(tmp_path / "profiles", package, profiles=["one", "two"]) as anki,
    ):
        for name in ("two", "one"):
            anki.rpc("loadProfile", {"name": name})
            result(anki, "exportCollection", path=path)
            add(anki, f"of {name}")
        log_in(anki, server.url)
        result(anki, "sync", full="upload", waitForMedia=True)
        add(anki, "later")
        anki.exec("mw.pm.profile['autoSync'] = True")
        anki.exec(BACK_UP_UNTIL_SYNC)
        _leave_during(anki, leaves_by, "importCollection", path)
        assert anki.errors() == []
        for name, notes in (("two", ["of two"]), ("one", ["of one", "later"])):
            anki.rpc("loadProfile", {"name": name})
            assert fronts(anki) == notes
        assert result(anki, "syncStatus")["required"] == "none"
        anki.exec("mw.pm.profile['autoSync'] = False")
        anki.tidy()
        assert anki.stop().code == 0


EXPORT_LATE = """
import time
backend = mw.col._backend
export = backend.export_collection_package

def late(**params):
    del backend.export_collection_package
    begun.append(True)
    time.sleep(1)
    return export(**params)

begun = []
backend.export_collection_package = late
"""
"""The export begins a second late. Its progress is not shown before 0.6 s, so the user can leave the profile."""


@pytest.mark.parametrize("leaves_by", ["quitting", "switching"])
@pytest.mark.parametrize("syncs", [False, True])
def test_a_profile_that_is_left_during_the_export_is_whole(
    package: Path, tmp_path: Path, leaves_by: str, syncs: bool
) -> None:
    path = str(tmp_path / "all.colpkg")
    with (
        SyncServer(tmp_path / "server") as server,
        GatewayProcess(tmp_path / "profiles", package, profiles=["one", "two"]) as anki,
    ):
        anki.rpc("loadProfile", {"name": "one"})
        add(anki, "of one")
        log_in(anki, server.url)
        result(anki, "sync", full="upload", waitForMedia=True)
        add(anki, "later")
        anki.exec("mw.pm.profile['autoSync'] = syncs", syncs=syncs)
        anki.exec(EXPORT_LATE)
        _leave_during(anki, leaves_by, "exportCollection", path)
        assert anki.errors() == []
        anki.rpc("loadProfile", {"name": "one"})
        assert fronts(anki) == ["of one", "later"]
        anki.exec("mw.pm.profile['autoSync'] = False")
        assert result(anki, "syncStatus")["required"] == ("none" if syncs else "normal")
        anki.tidy()
        assert anki.stop().code == 0


@pytest.mark.parametrize("method", ["importCollection", "mergePackage", "importTextFile"])
def test_quitting_in_the_middle_leaves_nothing_half_done(
    own: GatewayProcess, tmp_path: Path, method: str, record_property: Any
) -> None:
    rounds, found, many = size("ANKI_QUITS", 1, 10), [], 5000
    chance = random.Random(28)
    path = str(tmp_path / {"importCollection": "all.colpkg", "mergePackage": "a.apkg"}.get(method, "a.txt"))
    own.start()
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{n}", "Back": "b"}} for n in range(many)
    ]
    result(own, "addNotes", notes=notes)
    result(own, "exportCollection", path=str(tmp_path / "all.colpkg"))
    result(own, "exportNotesPackage", path=str(tmp_path / "a.apkg"), all=True)
    result(own, "exportNotesText", path=str(tmp_path / "a.txt"), query="")
    result(own, "deleteNotes", notes=result(own, "findNotes", query=""))
    add(own, "old")
    begin = time.monotonic()
    result(own, method, path=path)
    taken = time.monotonic() - begin
    for _ in range(rounds):
        result(own, "deleteNotes", notes=result(own, "findNotes", query=""))
        add(own, "old")
        asking = threading.Thread(target=lambda: _ask_a_dying_one(own, method, path), daemon=True)
        asking.start()
        time.sleep(chance.uniform(0.1, 0.9) * taken)
        code, output = own.stop()
        assert (code, "Traceback" in output) == (0, False), output
        asking.join(WAIT)
        own.start()
        found.append(len(result(own, "findNotes", query="")))
        assert result(own, "checkDatabase")["ok"]
    new = many if method == "importCollection" else many + 1
    assert set(found) <= {1, new}
    counts = f"{found.count(1)}, {found.count(new)}, 0"
    record_property("figure", [f"{rounds} times Anki is quit in the middle of {method}: old, new, half", counts])
