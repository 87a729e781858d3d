"""What Anki shows while a call of a program keeps the collection busy: what is done, for whom, and Cancel."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import GatewayProcess, running, tidy

NOTES, MOST_NOTES = 10_000, 400_000
CHECK_S = 2.5
"""How much CPU time the check of a large collection takes: there must be time to cancel it."""
WORK = "next((w for w in aqt.qt.QApplication.topLevelWidgets() if w.objectName() == 'AnkiRpcWork'), None)"
SHOWN = f"({WORK} and {WORK}.isVisible() and {WORK}.form.label.text().replace('\u200b', ''))"
GONE = f"{WORK} is None"
UNFOCUSED = "testAttribute(aqt.qt.Qt.WidgetAttribute.WA_ShowWithoutActivating)"
"""What can be seen of it here: Qt's `offscreen` gives the focus to every new window."""
HOLD = """
import threading

def hold(db, path, keep):
    db.execute("pragma busy_timeout = 30000")
    keep["holds"] = True
    db.execute("attach ? as held", path)
    db.execute("detach held")
    db.execute("pragma busy_timeout = 0")

keep["holder"] = threading.Thread(target=hold, args=[mw.col.db, path, keep])
keep["holder"].start()
"""
"""Keeps Anki's backend busy, without work, beside the lane: it waits for a file that the test has locked."""
ADD = """
mw.col.db.execute(
    "with recursive c(n) as (select ? union all select n + 1 from c limit ?)"
    " insert into notes select 1600000000000 + n, 'many' || n, (select id from notetypes where name = 'Basic'),"
    " 0, 0, '', 'many ' || n || char(31) || 'b', 'many ' || n, 0, 0, '' from c", first, count)
mw.col.db.execute("insert into cards select id, id, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''"
    " from notes where id >= 1600000000000 + ?", first)
"""
CHECK = "import time\nbegan = time.thread_time()\nmw.col.fix_integrity()\nresult = time.thread_time() - began"


class Call(threading.Thread):
    """A call that runs beside the test."""

    def __init__(self, anki: GatewayProcess, method: str, params: dict[str, Any], program: str) -> None:
        super().__init__(daemon=True)
        self._anki = anki
        self._body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        self._program = program
        self.reply: dict[str, Any] = {}
        self.start()

    def run(self) -> None:
        self.reply = json.loads(self._anki.send(self._body, headers={"User-Agent": self._program}, timeout=120).body)


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """In place of the session's: with a profile for a large collection."""
    base = tmp_path_factory.mktemp("progress") / "anki"
    process = GatewayProcess(base, package, profiles=["one", "many"], profile="one")
    with running(process):
        yield process


@pytest.fixture(autouse=True)
def front(anki: GatewayProcess) -> Iterator[None]:
    """Anki's main window has the focus, and what a test began has ended."""
    if anki.has_ended():
        anki.start()
    come_to_front(anki)
    yield
    if not anki.has_ended():
        anki.wait_for(GONE)
        tidy(anki)


def come_to_front(anki: GatewayProcess) -> None:
    anki.legacy("guiSelectedNotes")  # after the window has shown what was written: that would wait for the collection
    anki.focus()
    anki.wait_for("aqt.qt.QApplication.focusWindow() is not None and mw.isActiveWindow()")


class Hold:
    """Keeps Anki's backend busy from `begin` to `end`, for 30 s at most."""

    def __init__(self, anki: GatewayProcess, path: Path) -> None:
        self._anki = anki
        self._path = path
        self._lock = sqlite3.connect(path, isolation_level=None)
        self._lock.execute("create table held (number integer)")

    def begin(self) -> None:
        self._lock.execute("begin exclusive")
        self._anki.exec(HOLD, path=str(self._path))
        self._anki.wait_for("keep.pop('holds', False)")

    def end(self) -> None:
        if self._lock.in_transaction:
            self._lock.execute("rollback")
            self._anki.wait_for("not keep['holder'].is_alive()")


@pytest.fixture
def hold(anki: GatewayProcess, front: None, tmp_path: Path) -> Iterator[Hold]:
    """Keeps Anki's backend busy."""
    holding = Hold(anki, tmp_path / "held.db")
    holding.begin()
    yield holding
    holding.end()


@pytest.fixture
def many(anki: GatewayProcess, front: None) -> None:
    """A collection whose check takes long, however fast the machine is."""
    anki.open_profile("many")
    if anki.eval("mw.col.note_count()") == 0:
        anki.exec(ADD, first=0, count=NOTES)
        seconds = anki.exec(CHECK)
        if seconds < CHECK_S:
            anki.exec(ADD, first=NOTES, count=min(MOST_NOTES, int(NOTES * CHECK_S / seconds) - NOTES + 1))
    come_to_front(anki)


def lines(anki: GatewayProcess) -> list[str]:
    return str(anki.wait_for(SHOWN, timeout=30)).splitlines()


@pytest.mark.usefixtures("many")
def test_long_work_is_shown_without_freezing_and_can_be_cancelled(anki: GatewayProcess) -> None:
    with anki.gaps() as gaps:
        call = Call(anki, "checkDatabase", {}, "Python-urllib/3.13")
        assert lines(anki)[0] == "AnkiRPC: checking the database for Python-urllib"
        assert anki.eval(f"({WORK}.isModal(), {WORK}.cancel_button.isVisible())") == [True, True]
        waiting = "__import__('sys').modules['1234567890.gui.dialogs'].waiting_dialog()"
        assert anki.eval(f"(mw.progress.busy(), {waiting})") == [0, None]  # it refuses no call
        anki.wait_for(f"len({WORK}.form.label.text().splitlines()) == 2", timeout=30)  # Anki's own words
        anki.exec(f"{WORK}.cancel_button.click()")
        call.join(60)
    assert call.reply["error"]["data"]["kind"] == "cancelled"
    assert gaps.max_ms < 500
    anki.wait_for(GONE)


@pytest.mark.usefixtures("many")
def test_an_operation_is_cancelled_from_the_window(anki: GatewayProcess) -> None:
    id = anki.rpc("startOperation", {"method": "checkDatabase", "params": {}})["result"]["id"]
    assert lines(anki)[0].startswith("AnkiRPC: checking the database for ")
    anki.exec(f"{WORK}.close()")  # as for Anki's own progress
    anki.wait_for(GONE, timeout=60)
    told = anki.rpc("getOperation", {"id": id})["result"]
    assert (told["state"], told["error"]["message"]) == ("cancelled", "the user has cancelled it in Anki")


def test_what_cannot_be_cancelled_has_no_button_and_the_text_of_others_is_text(
    anki: GatewayProcess, hold: Hold
) -> None:
    call = Call(anki, "deckNames", {}, "<b>bold</b>")
    assert lines(anki) == ["AnkiRPC: deckNames for <b>bold<"]
    assert anki.eval(f"{WORK}.cancel_button.isVisible()") is False
    assert anki.eval(f"{WORK}.form.label.textFormat() == aqt.qt.Qt.TextFormat.PlainText")
    assert anki.legacy("guiReviewActive")["result"] is False  # what needs no collection is answered meanwhile
    hold.end()
    call.join(30)
    assert "Default" in call.reply["result"]


@pytest.mark.parametrize("what", ["question", "progress"])
def test_what_anki_opens_above_the_window_stays_when_it_closes(anki: GatewayProcess, hold: Hold, what: str) -> None:
    """Anki takes the active window as its parent."""
    call = Call(anki, "deckNames", {}, "curl/8")
    lines(anki)
    anki.wait_for(f"{WORK}.isActiveWindow()")
    if what == "question":
        anki.post("keep['answer'] = aqt.utils.askUser('Is it there?')")
        above = "aqt.qt.QApplication.activeModalWidget()"
    else:
        anki.exec("mw.progress.start(immediate=True)")
        above = "mw.progress._win"
    anki.wait_for(f"{above}.parent() is {WORK}")
    hold.end()
    call.join(30)
    anki.wait_for(f"{WORK} is None or not {WORK}.isVisible()")
    if what == "question":
        anki.exec(f"{above}.button(aqt.qt.QMessageBox.StandardButton.Yes).click()")
        assert anki.wait_for("keep.pop('answer')") is True
    else:
        anki.exec("mw.progress.update(label='goes on')")
        assert anki.eval(f"{above}.isVisible()") is True
        anki.exec("mw.progress.finish()")
    anki.wait_for(GONE)


def test_short_work_is_not_shown(anki: GatewayProcess) -> None:
    anki.exec(
        "from aqt.qt import QEvent, QObject\n"
        "class Shown(QObject):\n"
        "    def eventFilter(self, watched, event):\n"
        "        if event.type() == QEvent.Type.Show and watched.objectName() == 'AnkiRpcWork': keep['shown'] += 1\n"
        "        return False\n"
        "keep['shown'], keep['filter'] = 0, Shown()\naqt.qt.QApplication.instance().installEventFilter(keep['filter'])"
    )
    for _ in range(300):
        anki.legacy("deckNames")
    anki.exec("aqt.qt.QApplication.instance().removeEventFilter(keep.pop('filter'))")
    assert anki.eval("keep.pop('shown')") == 0


@pytest.mark.parametrize("where", ["typing", "reviewing"])
def test_it_leaves_the_focus_to_who_types_or_reviews(anki: GatewayProcess, tmp_path: Path, where: str) -> None:
    if where == "typing":
        window = "next(w for w in windows() if type(w).__name__ == 'GatewayWindow')"
        anki.exec("next(a for a in mw.form.menuTools.actions() if a.text() == 'AnkiRPC…').trigger()")
        anki.exec(f"{window}.tabs.setCurrentWidget({window}.keys)\n{window}.keys.name.setFocus()")
        active = f"{window}.isActiveWindow() and {window}.keys.name.hasFocus()"
        anki.wait_for(active)
    else:
        note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "reviewed", "Back": "b"}}
        added = anki.legacy("addNote", note=note)["result"]
        anki.legacy("guiDeckReview", name="Default")
        anki.wait_for("mw.state == 'review' and mw.isActiveWindow() and mw.web._domDone")
        active = "mw.isActiveWindow()"
    anki.legacy("guiSelectedNotes")  # the window has shown the note
    holding = Hold(anki, tmp_path / "held.db")
    holding.begin()
    call = Call(anki, "deckNames", {}, "curl/8")
    assert lines(anki) == ["AnkiRPC: deckNames for curl"]
    flags = f"{WORK}.windowFlags() & aqt.qt.Qt.WindowType.WindowDoesNotAcceptFocus"
    assert anki.eval(f"({WORK}.isModal(), bool({flags}), {WORK}.{UNFOCUSED})") == [False, True, True]
    holding.end()
    call.join(30)
    anki.wait_for(GONE)
    if where == "typing":
        anki.exec(f"{window}.close()")
    else:
        anki.exec("mw.moveToState('deckBrowser')")
        anki.legacy("deleteNotes", notes=[added])


def test_whoever_is_in_the_page_of_an_editor_is_typing_and_on_the_main_page_not(anki: GatewayProcess) -> None:
    typing = "import gc\nresult = next(v for v in gc.get_objects() if type(v).__name__ == 'LaneProgress')._is_typing()"
    assert anki.exec(typing) is False
    anki.legacy("guiAddCards")
    add = "aqt.dialogs.getInstance('AddCards')"
    anki.wait_for(f"{add}.editor.note is not None and {add}.editor.web._domDone")
    anki.exec(f"{add}.activateWindow()\n{add}.editor.web.setFocus()")
    anki.wait_for(f"{add}.isActiveWindow()")
    assert anki.exec(typing) is True


def test_cancel_is_for_the_call_that_was_shown_when_it_was_pressed(
    anki: GatewayProcess, hold: Hold, tmp_path: Path
) -> None:
    params = {"path": str(tmp_path / "notes.txt"), "query": ""}  # it changes nothing that the window would show
    call = Call(anki, "exportNotesText", params, "curl/8")
    assert lines(anki)[0].endswith(" for curl")
    assert anki.eval(f"{WORK}.cancel_button.isVisible()")
    anki.exec(
        "import gc\nkeep['progress'] = next(v for v in gc.get_objects() if type(v).__name__ == 'LaneProgress')\n"
        "host, keep['aborts'] = keep['progress']._anki, []\nplain = host.abort\n"
        "host.abort = lambda *, keep=keep, plain=plain, **of: [keep['aborts'].append(of), plain(**of)]\n"
        f"keep['progress']._timer.stop()\n{WORK}.cancel_button.click()"  # just before the call ends
    )
    hold.end()
    call.join(60)
    hold.begin()
    other = Call(anki, "exportNotesText", params, "wget/1")
    anki.wait_for("keep['progress']._watch.current is not None")
    anki.exec("keep['progress']._timer.start()")
    anki.wait_for(f"{SHOWN}.splitlines()[0].endswith(' for wget') and not {WORK}.wantCancel")
    hold.end()
    other.join(60)
    assert ["result" in each.reply for each in (call, other)] == [True, True]
    anki.exec("del keep['progress']._anki.abort\ndel keep['progress']")
    assert anki.eval("keep.pop('aborts')") == []


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("leaves_by", "how"),
    [
        ("switching", "call"),
        ("quitting", "operation"),
        pytest.param("switching", "operation", marks=pytest.mark.matrix),
        pytest.param("quitting", "call", marks=pytest.mark.matrix),
    ],
)
def test_a_profile_can_be_left_while_work_is_shown(anki: GatewayProcess, leaves_by: str, how: str) -> None:
    if how == "call":
        call = Call(anki, "checkDatabase", {}, "curl/8")
    else:
        anki.rpc("startOperation", {"method": "checkDatabase", "params": {}})
    lines(anki)
    if leaves_by == "quitting":
        anki.post("leave()")
        code, output = anki.ended()
        assert (code, "Traceback" in output) == (0, False), output
    else:
        anki.open_profile("one", timeout=60)
        anki.wait_for(GONE)
        assert anki.legacy("deckNames")["result"] == ["Default"]
        assert anki.eval("(mw.isEnabled(), mw.progress.busy())") == [True, 0]
        assert anki.tidy() == []
    if how == "call":
        call.join(30)
    if how == "call" and leaves_by == "switching":
        has_ended = "result" in call.reply  # just before
        assert has_ended or call.reply["error"]["data"]["kind"] == "cancelled"  # Anki does not wait
