"""The actions on the main window: its screens, undo, the database check, importing, quitting; and the focus."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sizes import for_matrix

from .conftest import GatewayProcess

DECK = "Main window"
UNFOCUSED = "testAttribute(aqt.qt.Qt.WidgetAttribute.WA_ShowWithoutActivating)"


@pytest.fixture
def deck(anki: GatewayProcess, clean: None) -> Iterator[list[int]]:
    anki.legacy("createDeck", deck=DECK)
    notes = [
        {"deckName": DECK, "modelName": "Basic", "fields": {"Front": f"m{i} [sound:_m{i}.mp3]", "Back": "b"}}
        for i in range(2)
    ]
    reply = anki.legacy("addNotes", notes=notes)
    assert reply["error"] is None
    yield reply["result"]
    anki.delete_deck(DECK)


def review(anki: GatewayProcess) -> None:
    assert anki.legacy("guiDeckReview", name=DECK)["result"] is True
    anki.wait_for("mw.state == 'review' and mw.reviewer.card and mw.reviewer.state == 'question'")


# --- screens ---


def test_the_screens_are_shown(anki: GatewayProcess, deck: list[int]) -> None:
    assert anki.legacy("guiDeckOverview", name="No such deck") == {"result": False, "error": None}
    assert anki.eval("mw.state") == "deckBrowser"
    assert anki.legacy("guiDeckOverview", name=DECK.upper()) == {"result": True, "error": None}
    assert anki.eval("(mw.state, mw.col.decks.current()['name'])") == ["overview", DECK]
    assert anki.eval("mw.col.undo_status().undo") == "Select Deck"
    assert "Select Deck" in anki.eval(r"mw.form.actionUndo.text().replace('\u2068', '').replace('\u2069', '')")
    assert anki.legacy("guiDeckBrowser") == {"result": None, "error": None}
    assert anki.eval("mw.state") == "deckBrowser"


@pytest.fixture
def finished_deck(anki: GatewayProcess) -> Iterator[None]:
    """The current deck has nothing to study, whatever other tests have left in theirs."""
    anki.rpc("createDeck", {"deck": "Finished"})
    anki.rpc("selectDeck", {"deck": "Finished"})
    yield
    anki.rpc("deleteDecks", {"decks": ["Finished"], "cardsToo": True})


@pytest.mark.parametrize(("method", "params"), [("createDeck", {"deck": DECK}), ("guiDeckBrowser", {})])
@pytest.mark.usefixtures("clean", "finished_deck", "late_congratulations")
def test_the_congratulations_are_left_before_they_have_been_drawn(
    anki: GatewayProcess, method: str, params: dict[str, str]
) -> None:
    """Anki does not show its user that the request of their page has failed."""
    anki.rpc("guiReviewActive")  # after all refreshes of earlier writes
    anki.exec("keep.pop('asked', None)\nmw.moveToState('overview')")
    anki.wait_for("keep.get('asked') and mw.web.url().path() == '/congrats' and mw.web._domDone")
    assert "result" in anki.rpc(method, params)
    anki.wait_for("is_idle()")
    assert anki.windows() == []


def test_the_timer_starts_again_and_sounds_are_replayed(anki: GatewayProcess, deck: list[int]) -> None:
    assert anki.legacy("guiStartCardTimer") == {"result": False, "error": None}
    assert anki.legacy("guiPlayAudio") == {"result": False, "error": None}
    review(anki)
    anki.exec("mw.reviewer.card.timer_started -= 100\nplayed.clear()")
    assert anki.eval("mw.reviewer.card.time_taken(capped=False)") >= 100_000
    assert anki.legacy("guiStartCardTimer") == {"result": True, "error": None}
    assert anki.eval("mw.reviewer.card.time_taken(capped=False)") < 100_000
    assert anki.legacy("guiPlayAudio") == {"result": True, "error": None}
    assert anki.eval("played") == ["_m0.mp3"]


# --- undo ---


def test_the_reply_to_undo_comes_when_it_is_undone(anki: GatewayProcess, deck: list[int]) -> None:
    anki.legacy("addTags", notes=deck, tags="undone")
    assert anki.legacy("guiUndo") == {"result": True, "error": None}
    assert anki.legacy("findNotes", query="tag:undone")["result"] == []
    assert "Redo Update Tag" in anki.eval(r"mw.form.actionRedo.text().replace('\u2068', '').replace('\u2069', '')")


def test_there_may_be_nothing_to_undo(anki: GatewayProcess, deck: list[int]) -> None:
    anki.exec("mw.col.db.execute('update col set mod = mod')")  # wipes the history
    assert anki.rpc("guiUndo")["result"] is False
    assert anki.legacy("guiUndo") == {"result": True, "error": None}
    assert anki.windows() == []


# --- database check ---


def test_the_database_check_tells_what_it_found(anki: GatewayProcess, deck: list[int]) -> None:
    assert anki.rpc("guiCheckDatabase")["result"]["ok"] is True
    anki.exec("mw.col.db.execute('delete from notes where id = ?', note)", note=deck[0])
    answers: list[Any] = []
    check = threading.Thread(target=lambda: answers.append(anki.rpc("guiCheckDatabase", {"activate": False})))
    check.start()
    deadline = time.monotonic() + 30
    while check.is_alive():
        assert anki.legacy("version")["result"] == 6
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert answers[0]["result"]["ok"] is False
    assert "missing note" in answers[0]["result"]["report"]
    anki.wait_for("any(type(w).__name__ == 'QDialog' for w in windows())")
    report = "next(w for w in windows() if type(w).__name__ == 'QDialog')"
    assert anki.eval(f"{report}.{UNFOCUSED}")
    assert anki.eval("__import__('aqt').qt.QApplication.activeModalWidget()") is None
    assert anki.legacy("findNotes", query=f'"deck:{DECK}"')["result"] == [deck[1]]


def test_the_old_protocol_does_not_wait_for_the_check(anki: GatewayProcess, deck: list[int]) -> None:
    assert anki.legacy("guiCheckDatabase") == {"result": True, "error": None}
    assert anki.rpc("guiCheckDatabase", {"wait": False})["result"] is None
    refused = anki.legacy("guiCheckDatabase", wait=True)["error"]
    assert refused == "AnkiConnect.guiCheckDatabase() got an unexpected keyword argument 'wait'"
    assert anki.rpc("guiCheckDatabase")["result"]["ok"] is True


# --- importing ---


@pytest.mark.usefixtures("clean")
def test_the_import_window_opens_for_a_file(anki: GatewayProcess, tmp_path: Path) -> None:
    table = tmp_path / "words.csv"
    table.write_text("mela,apple\n")
    assert anki.legacy("guiImportFile", path=str(table)) == {"result": None, "error": None}
    anki.wait_for("any(type(w).__name__ == 'ImportDialog' for w in windows())")
    assert anki.eval("next(w for w in windows() if type(w).__name__ == 'ImportDialog').args.path") == str(table)
    assert anki.legacy("findNotes", query="mela")["result"] == []


@pytest.mark.usefixtures("clean")
def test_what_cannot_be_imported_is_said_without_a_window(anki: GatewayProcess, tmp_path: Path) -> None:
    (tmp_path / "words.exe").touch()
    for path in (str(tmp_path / "none.apkg"), str(tmp_path / "words.exe"), "none.apkg"):
        assert anki.legacy("guiImportFile", path=path) == {"result": None, "error": None}
        assert anki.rpc("guiImportFile", {"path": path})["error"]["data"] == {"kind": "file_problem", "field": "path"}
    assert [w for w in anki.windows() if "CustomLabel" not in w] == []  # a label is a tooltip


@pytest.mark.usefixtures("clean")
def test_without_a_path_the_user_picks_the_file_while_others_are_served(anki: GatewayProcess) -> None:
    assert anki.legacy("guiImportFile") == {"result": None, "error": None}
    anki.wait_for("[type(w).__name__ for w in windows()] == ['QFileDialog']")
    assert anki.legacy("guiReviewActive")["result"] is False
    assert "Default" in anki.legacy("deckNames")["result"]
    assert anki.legacy("guiImportFile")["error"] == "Anki has a dialog open"
    assert anki.rpc("guiImportFile")["error"]["data"]["kind"] == "busy"
    assert len(anki.windows()) == 1


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize("activate", for_matrix([False, True], 2))
def test_a_whole_collection_replaces_nothing_until_the_user_says_yes(
    anki: GatewayProcess, deck: list[int], tmp_path: Path, activate: bool
) -> None:
    path = str(tmp_path / "all.colpkg")
    anki.exec("mw.col.export_collection_package(path, include_media=False, legacy=False)\nmw.reopen()", path=path)
    note = {"deckName": DECK, "modelName": "Basic", "fields": {"Front": "later", "Back": "b"}}
    added = anki.legacy("addNote", note=note)["result"]
    anki.exec("mw.activateWindow()")
    assert anki.legacy("guiImportFile", path=path, activate=activate) == {"result": None, "error": None}
    anki.wait_for("any('replace it' in describe(w) for w in windows())")
    box = "next(w for w in windows() if isinstance(w, aqt.qt.QMessageBox))"
    assert anki.eval(f"{box}.{UNFOCUSED}") is not activate
    assert anki.legacy("findNotes", query=f"nid:{added}")["result"] == [added]
    anki.exec(f"{box}.button(aqt.qt.QMessageBox.StandardButton.Yes).click()")
    deadline = time.monotonic() + 15
    while anki.legacy("findNotes", query=f"nid:{added}").get("result") != []:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert sorted(anki.legacy("findNotes", query=f'"deck:{DECK}"')["result"]) == sorted(deck)


# --- focus ---


@pytest.mark.parametrize("protocol", ["legacy", pytest.param("rpc", marks=pytest.mark.matrix)])
def test_windows_that_are_not_activated_leave_the_focus_where_it_is(
    anki: GatewayProcess, deck: list[int], protocol: str
) -> None:
    def send(action: str, **params: Any) -> Any:
        return anki.legacy(action, **params) if protocol == "legacy" else anki.rpc(action, params)

    draft = {"deckName": DECK, "modelName": "Basic", "fields": {"Front": "f"}}
    calls = {
        "Browser": ("guiBrowse", {"query": "deck:current"}),
        "AddCards": ("guiAddCards", {}),
        "AnkiRpcEditNote": ("guiEditNote", {"note": deck[0]}),
    }
    for name, (action, params) in calls.items():
        window = f"aqt.dialogs.getInstance('{name}')"
        assert send(action, **params, activate=False).get("error") is None
        assert anki.eval(f"{window}.isVisible() and {window}.{UNFOCUSED}")
        anki.exec("mw.activateWindow()")
        anki.wait_for("mw.isActiveWindow()")
        assert send(action, **params, activate=False).get("error") is None
        assert anki.eval("mw.isActiveWindow()")
        assert send(action, **params).get("error") is None
        anki.wait_for(f"{window}.isActiveWindow()")
    assert anki.legacy("guiAddCards", note=draft, activate=False)["error"] is None
    anki.wait_for(f"aqt.dialogs.getInstance('AddCards').{UNFOCUSED}")


# --- Anki's own dialogs ---


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize("work", ["", "aqt.operations.QueryOp(parent=mw, op=last, success=print).run_in_background()"])
def test_what_comes_together_with_a_dialog_of_ankis_does_not_wait_for_the_user(anki: GatewayProcess, work: str) -> None:
    """Nor behind work of Anki's that has ended, but does not know it, because it comes behind the dialog."""
    anki.post(
        f"import threading, time\nlast = lambda col: time.sleep(0.3)\n{work}\n"
        "showing = lambda: mw.taskman.run_on_main(lambda: aqt.utils.showInfo('wait'))\n"
        "threading.Thread(target=showing).start()\ntime.sleep(0.7)"
    )
    time.sleep(0.3)
    begin = time.monotonic()
    assert anki.legacy("guiReviewActive")["result"] is False
    assert time.monotonic() - begin < 5
    assert anki.eval("aqt.qt.QApplication.activeModalWidget() is not None")
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "beside a dialog", "Back": ""}}
    added = anki.legacy("addNote", note=note)["result"]
    assert anki.legacy("guiBrowse", query=f"nid:{added}", activate=False)["error"] is None
    assert anki.eval("aqt.dialogs.getInstance('Browser').table.len()") == 1
    anki.legacy("deleteNotes", notes=[added])


# --- undo and upkeep ---


def test_undo_and_redo_by_a_program_reach_the_menu(anki: GatewayProcess, deck: list[int]) -> None:
    change = {"id": deck[0], "fields": {"Back": "changed"}}
    assert anki.rpc("updateNotes", {"notes": [change]})["result"][0]["changed"]
    anki.wait_for("'Update Note' in mw.form.actionUndo.text().replace('\u2068', '')")
    assert anki.rpc("undo")["result"]["redo"] == "Update Note"
    anki.wait_for("'Update Note' in mw.form.actionRedo.text() and mw.form.actionRedo.isEnabled()")
    assert anki.eval(f"mw.col.get_note({deck[0]})['Back']") == "b"
    assert anki.rpc("redo")["result"]["step"] == "Update Note"
    assert anki.eval(f"mw.col.get_note({deck[0]})['Back']") == "changed"


def test_backups_and_checks_run_without_a_window(anki: GatewayProcess, deck: list[int]) -> None:
    assert anki.rpc("createBackup")["result"]["name"] in anki.eval("__import__('os').listdir(mw.pm.backupFolder())")
    assert anki.rpc("checkDatabase")["result"] == {"ok": True, "problems": []}
    assert anki.rpc("checkMedia")["result"]["hasTrash"] in (True, False)
