"""The whole collection exported, replaced and restored in a real Anki, whose window unloads and loads it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from .conftest import GatewayProcess
from .test_profiles import ADD, KEEP, QUESTION, type_into_the_add_window

ENDED = {"done", "failed", "cancelled"}
WAIT = 60.0


@pytest.fixture(scope="module")
def anki(two_profiles: GatewayProcess) -> GatewayProcess:
    """In place of the session's: its collection is replaced, and there are two profiles."""
    return two_profiles


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


def prepare(anki: GatewayProcess) -> None:
    """Open a profile after the other, the first one last, and leave in each a note that says of which it is."""
    for name in ("two", "one"):
        assert result(anki, "loadProfile", name=name) is True
        result(anki, "deleteNotes", notes=result(anki, "findNotes", query=""))
        add(anki, f"of {name}")


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


LATE_PAGE = """
from aqt.webview import AnkiWebView, AnkiWebViewKind
keep["page"] = AnkiWebView._onBridgeCmd

def late(web, command, *, page=AnkiWebView._onBridgeCmd, kind=AnkiWebViewKind.EDITOR, timer=aqt.qt.QTimer):
    if command != "domDone" or web._kind is not kind:
        return page(web, command)
    timer.singleShot(300, lambda: page(web, command))

AnkiWebView._onBridgeCmd = late
"""
AS_ALWAYS = "from aqt.webview import AnkiWebView\nAnkiWebView._onBridgeCmd = keep.pop('page')"
LONG_CLOSED = """
import anki.collection as c, time
keep["close"] = c.Collection.close_for_full_sync

def close(col, *, close=c.Collection.close_for_full_sync, sleep=time.sleep):
    close(col)
    col._backend.close_collection(downgrade_to_schema11=False)
    sleep(2)
    col.reopen()
    close(col)

c.Collection.close_for_full_sync = close
"""
AS_SHORT = "import anki.collection as c\nc.Collection.close_for_full_sync = keep.pop('close')"


@pytest.fixture
def late_pages(anki: GatewayProcess) -> Iterator[None]:
    """The page of an editor is ready late, and the collection is closed longer than that."""
    anki.exec(LATE_PAGE + LONG_CLOSED)
    yield
    anki.exec(f"{AS_ALWAYS}\n{AS_SHORT}")


@pytest.mark.usefixtures("late_pages")
def test_the_browser_has_drawn_its_note_and_is_closed_before_the_collection_is(
    anki: GatewayProcess, tmp_path: Path
) -> None:
    path = str(tmp_path / "all.colpkg")
    add(anki, "drawn late")
    result(anki, "guiBrowse", query="deck:*")
    result(anki, "exportCollection", path=path)
    anki.wait_for("not windows()")  # Anki closes it, but does not wait for that in an export
    result(anki, "guiBrowse", query="deck:*")
    result(anki, "importCollection", path=path)
    assert not any("Brows" in str(window) for window in anki.windows())
    assert anki.errors() == []


CLOSED_UNTIL_GO = """
import threading
import anki.collection as c
keep.update(left=[], closed=threading.Event(), go=threading.Event(), close=c.Collection.close_for_full_sync)

def close(col, *, close=c.Collection.close_for_full_sync, closed=keep["closed"], go=keep["go"]):
    close(col)
    col._backend.close_collection(downgrade_to_schema11=False)
    closed.set()
    assert go.wait(30)
    col.reopen()
    close(col)

def left(changed, note, field, *, fields=keep["left"]):
    fields.append(note.fields[field])
    return changed

c.Collection.close_for_full_sync = close
aqt.gui_hooks.editor_did_unfocus_field.append(left)
keep["forget"] = lambda: aqt.gui_hooks.editor_did_unfocus_field.remove(left)
"""
"""The collection is closed until `go` is set. `left`: texts of fields that have lost the focus, as add-ons see them."""


@pytest.mark.parametrize("window", ["AddCards", "AnkiRpcEditNote"])
def test_the_progress_may_take_the_focus_from_a_field(anki: GatewayProcess, tmp_path: Path, window: str) -> None:
    editor = f"aqt.dialogs.getInstance('{window}').editor"
    anki.exec(CLOSED_UNTIL_GO)
    try:
        if window == "AddCards":
            type_into_the_add_window(anki)
        else:
            result(anki, "guiEditNote", note=add(anki, "typed"))
        anki.wait_for(f"{editor}.note and {editor}.web._domDone")
        with ThreadPoolExecutor(1) as pool:
            asking = pool.submit(result, anki, "exportCollection", path=str(tmp_path / "all.colpkg"))
            anki.wait_for("keep['closed'].is_set()")
            anki.exec("keep['left'].clear()")
            # As the page says it. Whether it does so now depends on when Anki shows its progress.
            anki.exec(f"{editor}.web.onBridgeCmd('blur:0:%d:and more' % {editor}.note.id)")
            assert anki.eval("keep['left']") == []
            anki.exec("keep['go'].set()")
            assert asking.result(WAIT)["size"] > 0
    finally:
        anki.exec(f"keep.pop('go').set()\n{AS_SHORT}")
    anki.wait_for("'and more' in keep['left']")
    anki.exec("keep.pop('forget')()")


def test_it_runs_as_an_operation_while_others_wait_or_fail(anki: GatewayProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "all.colpkg")
    said = set()
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            said.add(anki.rpc("findNotes", {"query": "uno"}).get("error", {}).get("message"))
            time.sleep(0.005)

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
    work, go = getattr(owner, name), threading.Event()
    def waiting(*args, **params):
        setattr(owner, name, work)
        keep["go"] = go
        assert go.wait(30)
        return work(*args, **params)
    setattr(owner, name, waiting)

if method == "exportCollection":
    slow(c.Collection, "export_collection_package")
else:
    slow(mw.col._backend, "create_backup")
    slow(mw.backend, "import_collection_package")
"""
"""Holds each part of the work until the event `go` is set."""
FOCUS = """
if mw.app.focusWindow() is None:
    other = aqt.qt.QWidget()
    other.show()
    other.close()
    mw.activateWindow()
    mw.web.setFocus()
if mw.progress._show_timer:
    mw.progress._show_timer.start(0)
"""
"""Anki shows its progress at once, and not after 0.6 s."""


@pytest.mark.parametrize(
    ("method", "what", "parts"),
    [
        ("exportCollection", "exporting the collection", ["exporting_exporting_file"]),
        ("importCollection", "replacing the collection", ["qt_misc_backing_up", "importing_importing_file"]),
    ],
)
def test_the_progress_says_what_is_done_for_whom(
    anki: GatewayProcess, tmp_path: Path, method: str, what: str, parts: list[str]
) -> None:
    path = str(tmp_path / "all.colpkg")
    result(anki, "exportCollection", path=path)
    anki.exec(SLOWLY, method=method)
    window = "mw.progress._win"
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"path": path}}).encode()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(anki.send, body, headers={"User-Agent": "<b>bold</b>"}, timeout=WAIT)
        for words in parts:
            anki.wait_for("'go' in keep and bool(mw.progress._show_timer or mw.progress._win)")
            anki.exec(FOCUS)  # it is lost with the window of an earlier part, and Anki shows none without it
            shown = anki.wait_for(f"{window} and {window}.isVisible() and {window}.form.label.text()")
            own, text_format = anki.eval(f"(aqt.utils.tr.{words}(), {window}.form.label.textFormat().name)")
            assert (shown, text_format) == (f"AnkiRPC: {what} for <b>bold<\n{own}", "PlainText")
            anki.exec("keep.pop('go').set()")
        assert "result" in json.loads(asking.result(WAIT).body)


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
    asking.join(0.5)  # it need not wait
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
    added: list[int] = []
    is_over = threading.Event()

    def write() -> None:
        while not is_over.is_set():
            note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"meanwhile {len(added)}"}}
            reply = anki.rpc("addNote", {"note": note})
            if "result" in reply:
                added.append(reply["result"])
            elif added:
                return

    writing = threading.Thread(target=write)
    writing.start()
    try:
        deadline = time.monotonic() + WAIT
        while not added:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        done = result(anki, "importCollection", path=path)
    finally:
        is_over.set()
        writing.join(WAIT)
    after = result(anki, "findNotes", query="")
    result(anki, "restoreBackup", name=done["backup"])
    assert {*added} <= {*after, *result(anki, "findNotes", query="")}


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


ASK_LATE = """
import importlib
import threading

module = importlib.import_module("1234567890.desktop.replacing")
ask, waits, asked = module.ask, threading.Event(), threading.Event()

def asking(*args):
    module.ask = ask
    assert waits.wait(30)
    answer = ask(*args)
    asked.set()
    return answer

module.ask = asking
"""
"""A call asks Anki's main thread for its work only while that waits for it."""
LEAVE = """
waits.set()
assert asked.wait(30)
mw.unloadProfile(lambda: [mw.pm.load('two'), mw.loadProfile()])
"""
"""As another add-on may do."""


@pytest.mark.parametrize("method", ["importCollection", "exportCollection"])
def test_another_profile_that_opens_meanwhile_stays_as_it_is(anki: GatewayProcess, tmp_path: Path, method: str) -> None:
    path = tmp_path / "all.colpkg"
    prepare(anki)
    result(anki, "exportCollection", path=str(path))
    before = path.read_bytes()
    anki.exec(ASK_LATE)
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(anki.rpc, method, {"path": str(path)})
        anki.exec(LEAVE, timeout=WAIT)
        error = asking.result(WAIT)["error"]
    assert error["data"]["kind"] == "collection_unavailable"
    assert path.read_bytes() == before
    for name in ("two", "one"):
        result(anki, "loadProfile", name=name)
        assert fronts(anki) == [f"of {name}"]


AT_ONCE = """
executor = mw.taskman._collection_executor
submit = executor.submit

def submit_and_wait(*args, **kwargs):
    future = submit(*args, **kwargs)
    future.exception()
    return future

executor.submit = submit_and_wait
"""
"""The work in the background has ended before Anki looks whether it has."""


def test_work_that_has_ended_before_anki_looks_is_answered(anki: GatewayProcess, tmp_path: Path) -> None:
    prepare(anki)
    anki.exec(AT_ONCE)
    try:
        assert result(anki, "exportCollection", path=str(tmp_path / "all.colpkg"))["size"] > 0
    finally:
        anki.exec("del mw.taskman._collection_executor.submit")
    assert anki.eval("mw.progress.busy()") == 0


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
    anki: GatewayProcess, tmp_path: Path, method: str, module: str, function: str
) -> None:
    prepare(anki)
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
