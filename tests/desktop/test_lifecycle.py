"""The gateway while profiles come and go, the collection is closed for a while, and Anki quits."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from sizes import size

from .conftest import GatewayProcess

UNAVAILABLE = "collection is not available"


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """In place of the session's: two profiles, so that Anki begins with its picker; and an address of its own."""
    process = GatewayProcess(
        tmp_path_factory.mktemp("lifecycle") / "anki",
        package,
        {"webBindAddress": "192.0.2.1"},
        profiles=["A", "B"],
        env={"ANKICONNECT_BIND_ADDRESS": "127.0.0.1"},
    )
    with process:
        yield process


class Hammer:
    """Adds notes from several threads until told to stop; keeps what was acknowledged and what was said.

    `many`: notes of a call, which is then addNotes; their backs tell which belong together.
    """

    def __init__(self, anki: GatewayProcess, threads: int, name: str, many: int = 1) -> None:
        self.anki = anki
        self.name = name
        self.many = many
        self.acknowledged: list[int] = []
        self.errors: set[str] = set()
        self.broken: list[str] = []
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(i,)) for i in range(threads)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join(20)

    def wait(self, count: int) -> None:
        """Until more than so many are acknowledged."""
        deadline = time.monotonic() + 20
        while len(self.acknowledged) <= count:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def _run(self, thread: int) -> None:
        count = 0
        while not self._is_over.is_set():
            count += 1
            try:
                reply = self._add(f"{self.name} {thread} {count}")
            except (OSError, http.client.HTTPException, AssertionError) as error:
                self.broken.append(repr(error))
                time.sleep(0.02)
                continue
            if reply["error"] is None:
                self.acknowledged += reply["result"] if self.many > 1 else [reply["result"]]
            else:
                self.errors.add(reply["error"])

    def _add(self, front: str) -> Any:
        notes = [
            {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{front} {item}", "Back": front}}
            for item in range(self.many)
        ]
        if self.many > 1:
            return self.anki.legacy("addNotes", notes=notes)
        return self.anki.legacy("addNote", note=notes[0])


def test_before_a_profile_is_open_only_what_needs_none_answers(anki: GatewayProcess) -> None:
    assert anki.eval("mw.state") == "profileManager"
    assert anki.legacy("version")["result"] == 6
    assert anki.legacy("requestPermission")["result"]["permission"] == "granted"
    calls: list[tuple[str, dict[str, Any]]] = [
        ("deckNames", {}),
        ("findNotes", {"query": ""}),
        ("guiBrowse", {"query": ""}),
        ("guiAddCards", {}),
        ("guiDeckReview", {"name": "Default"}),
    ]
    for action, params in calls:
        assert anki.legacy(action, **params) == {"result": None, "error": UNAVAILABLE}, action
    assert anki.rpc("deckNames")["error"]["data"]["kind"] == "collection_unavailable"
    assert anki.legacy("guiReviewActive")["result"] is False
    assert anki.errors() == []
    assert anki.windows() == []


def test_switching_profiles_under_load_loses_no_acknowledged_note(anki: GatewayProcess) -> None:
    anki.open_profile("A")
    with Hammer(anki, 3, "switch") as hammer:
        for number, name in enumerate("BABA"):
            hammer.wait(5 * number)
            anki.open_profile(name)
        hammer.wait(20)
    assert hammer.broken == []
    assert hammer.errors == {UNAVAILABLE}
    found: list[int] = []
    for name in ("A", "B"):
        anki.open_profile(name)
        found += anki.legacy("findNotes", query="Front:switch*")["result"]
    assert sorted(found) == sorted(hammer.acknowledged)
    anki.legacy("createDeck", deck="Only in B")
    anki.open_profile("A")
    assert "Only in B" not in anki.legacy("deckNames")["result"]
    assert anki.errors() == []


def test_switching_profiles_under_bulk_writes_leaves_whole_calls_and_keeps_connections(
    anki: GatewayProcess, record_property: Any
) -> None:
    rounds, many = size("SWITCHES", 2, 60), 300
    kept = http.client.HTTPConnection("127.0.0.1", anki.port, timeout=30)
    kept.connect()
    kept.auto_open = 0  # one that is closed must show
    anki.open_profile("A")
    with Hammer(anki, 3, "bulk", many) as hammer:
        for number in range(rounds):
            hammer.wait(many * number)
            anki.open_profile("BA"[number % 2])
            kept.request("POST", "/", b'{"action": "guiReviewActive", "version": 6}')
            assert json.loads(kept.getresponse().read()) == {"result": False, "error": None}
    kept.close()
    assert hammer.broken == []
    assert hammer.errors <= {UNAVAILABLE}
    found: list[int] = []
    for name in ("A", "B"):
        anki.open_profile(name)
        notes = anki.legacy("notesInfo", query="Front:bulk*")["result"]
        assert set(Counter(note["fields"]["Back"]["value"] for note in notes).values()) <= {many}
        found += [note["noteId"] for note in notes]
        assert anki.rpc("checkDatabase")["result"]["ok"]
    told = f"{len(hammer.acknowledged)}, 0, 0"
    record_property(
        "figure", [f"{rounds} profiles opened under bulk writes: acknowledged notes, lost, half done", told]
    )
    assert sorted(found) == sorted(hammer.acknowledged)
    assert anki.errors() == []


def test_a_profile_that_stays_open_goes_on_being_served(anki: GatewayProcess) -> None:
    add = "aqt.dialogs.getInstance('AddCards')"
    anki.exec("mw.onAddCard()")
    anki.wait_for(f"{add}.editor.note is not None and {add}.editor.web._domDone")
    anki.exec(f"{add}.editor.note.fields[0] = 'typed'\n{add}.editor.loadNote()")
    anki.post("mw.unloadProfileAndShowProfileManager()")
    anki.wait_for("[w for w in windows() if isinstance(w, aqt.qt.QMessageBox)] and True")
    anki.exec("next(w for w in windows() if isinstance(w, aqt.qt.QMessageBox)).reject()")
    assert "Default" in anki.legacy("deckNames")["result"]
    anki.tidy()


def test_while_the_collection_is_closed_for_an_export_calls_fail_clearly(anki: GatewayProcess, tmp_path: Path) -> None:
    anki.exec("aqt.gui_hooks.collection_will_temporarily_close(mw.col)")
    assert anki.legacy("deckNames")["error"] == UNAVAILABLE
    assert anki.legacy("guiBrowse", query="")["error"] == UNAVAILABLE
    assert anki.windows() == []
    anki.exec(
        "mw.col.export_collection_package(path, include_media=False, legacy=False)\nmw.reopen()",
        path=str(tmp_path / "all.colpkg"),
    )
    assert "Default" in anki.legacy("deckNames")["result"]


def test_anki_quits_cleanly_under_load_and_keeps_what_it_acknowledged(anki: GatewayProcess) -> None:
    with Hammer(anki, 8, "quit") as hammer:
        gui = threading.Thread(target=_keep_asking_windows, args=(anki,))
        gui.start()
        hammer.wait(20)
        begin = time.monotonic()
        anki.post("leave()")
        code, output = anki.ended()
        seconds = time.monotonic() - begin
    gui.join(20)
    assert (code, "Traceback" in output) == (0, False), output
    assert seconds < 10
    assert hammer.errors <= {UNAVAILABLE}
    anki.profile = "A"
    anki.start()
    found = anki.legacy("findNotes", query="Front:quit*")["result"]
    assert set(hammer.acknowledged) <= set(found)


A_SYNC_ON_CLOSING = """
import time
from anki.collection import OpChanges
from aqt.operations import CollectionOp
from aqt.qt import QTimer
def slow(done, mw=mw, QTimer=QTimer):
    mw.progress.start()
    QTimer.singleShot(700, lambda: (mw.progress.finish(), done(True)))
mw.maybe_auto_sync_on_open_close = slow
"""
WORK_OF_ANKIS = "CollectionOp(mw, lambda col: (time.sleep(2), OpChanges())[1]).run_in_background()"


def test_anki_quits_once_after_its_work_however_often_it_is_asked(anki: GatewayProcess) -> None:
    anki.profile = "A"
    if anki.has_ended():
        anki.start()
    anki.open_profile("A")
    anki.exec(A_SYNC_ON_CLOSING)
    for _ in range(2):
        assert anki.rpc("guiExitAnki")["result"] is None
    anki.exec(WORK_OF_ANKIS)
    code, output = anki.ended()
    assert (code, "Traceback" in output) == (0, False), output


def test_anki_quits_while_our_window_is_open_and_shows_calls(anki: GatewayProcess) -> None:
    if anki.has_ended():
        anki.start()
    anki.open_profile("A")
    anki.exec("next(a for a in mw.form.menuTools.actions() if a.text() == 'AnkiRPC…').trigger()")
    with Hammer(anki, 2, "seen") as hammer:
        hammer.wait(20)
        anki.post("mw.close()")
        code, output = anki.ended()
    assert (code, "Traceback" in output) == (0, False), output


def test_an_anki_that_is_killed_keeps_what_it_acknowledged(anki: GatewayProcess, record_property: Any) -> None:
    rounds, many, acknowledged = size("ANKI_KILLS", 1, 15), 50, []
    anki.profile = "A"
    for number in range(rounds):
        if anki.has_ended():
            anki.start()
        with Hammer(anki, 2, f"kill{number}") as singles, Hammer(anki, 2, f"kill{number} many", many) as bulk:
            singles.wait(20)
            bulk.wait(0)
            time.sleep(0.05 * number)
            anki.kill()
        acknowledged += singles.acknowledged + bulk.acknowledged
    with anki:
        notes = anki.legacy("notesInfo", query="Front:kill*")["result"]
        assert set(acknowledged) <= {note["noteId"] for note in notes}
        together = Counter(
            note["fields"]["Back"]["value"] for note in notes if " many " in note["fields"]["Back"]["value"]
        )
        assert set(together.values()) <= {many}
        told = f"{len(acknowledged)}, 0, 0"
        record_property("figure", [f"{rounds} times Anki is killed: acknowledged notes, lost, half done", told])
        assert anki.rpc("checkDatabase")["result"]["ok"]
        assert anki.stop().code == 0


def _keep_asking_windows(anki: GatewayProcess) -> None:
    try:
        while True:
            anki.send(json.dumps({"action": "guiReviewActive", "version": 6}).encode(), timeout=10)
    except (OSError, http.client.HTTPException):
        return
