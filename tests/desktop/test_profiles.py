"""Profiles in a real Anki: listing them, opening one, and what stands in the way."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from events import Stream

from .conftest import GatewayProcess, running

QUESTION = "[w for w in windows() if isinstance(w, aqt.qt.QMessageBox)]"
KEEP = f"""
box = {QUESTION}[0]
next(button for button in box.buttons() if box.buttonRole(button) == box.ButtonRole.RejectRole).click()
"""
ADD = "aqt.dialogs.getInstance('AddCards')"


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """In place of the session's: several profiles, so that Anki begins with its picker."""
    base = tmp_path_factory.mktemp("profiles") / "anki"
    process = GatewayProcess(base, package, profiles=["Ärzte", "Work", "broken", "home"])
    broken = base / "broken"
    broken.mkdir()
    (broken / "collection.anki2").write_text("no collection " * 100)
    with running(process):
        yield process


@pytest.fixture
def opened(anki: GatewayProcess) -> str:
    """The profile `home`, open."""
    assert anki.legacy("loadProfile", name="home") == {"result": True, "error": None}
    return "home"


def is_shown(anki: GatewayProcess, name: str) -> bool:
    """The profile is open, its window visible, and the picker is not."""
    shown = "mw.col is not None and mw.pm.name == name and mw.isVisible() and mw.windowTitle() == name + ' - Anki'"
    return bool(
        anki.eval(f"{shown} and not (getattr(mw, 'profileDiag', None) and mw.profileDiag.isVisible())", name=name)
    )


def in_background(anki: GatewayProcess, name: str) -> tuple[threading.Thread, list[Any]]:
    replies: list[Any] = []
    thread = threading.Thread(target=lambda: replies.append(anki.rpc("loadProfile", {"name": name})), daemon=True)
    thread.start()
    return thread, replies


def type_into_the_add_window(anki: GatewayProcess) -> None:
    anki.exec("mw.onAddCard()")
    anki.wait_for(f"{ADD}.editor.note is not None and {ADD}.editor.web._domDone")
    anki.exec(f"{ADD}.editor.note.fields[0] = 'typed'\n{ADD}.editor.loadNote()")


def test_the_picker_has_all_profiles_and_one_is_opened_from_it(anki: GatewayProcess) -> None:
    assert anki.eval("mw.state") == "profileManager"
    assert anki.legacy("getProfiles") == {"result": anki.eval("mw.pm.profiles()"), "error": None}
    assert set(anki.rpc("getProfiles")["result"]) == {"Ärzte", "Work", "broken", "home"}
    assert anki.legacy("getActiveProfile")["result"] == anki.eval("mw.pm.name")
    assert anki.legacy("reloadCollection")["error"] == "collection is not available"
    assert anki.legacy("sync")["error"] == "collection is not available"
    assert anki.legacy("loadProfile", name="Work") == {"result": True, "error": None}
    assert is_shown(anki, "Work")
    assert anki.legacy("deckNames") == {"result": ["Default"], "error": None}
    assert anki.legacy("getActiveProfile") == {"result": "Work", "error": None}
    assert anki.errors() == []


def test_the_answer_comes_when_the_other_profile_is_open(anki: GatewayProcess, opened: str) -> None:
    for name in ("Ärzte", "home", "Ärzte"):
        assert anki.rpc("loadProfile", {"name": name})["result"] is True
        assert is_shown(anki, name)
        assert anki.legacy("getActiveProfile")["result"] == name
        anki.legacy("createDeck", deck=f"of {name}")
        assert anki.legacy("deckNames")["result"] == ["Default", f"of {name}"]
    assert anki.windows() == []
    assert anki.errors() == []


def test_a_batch_goes_from_profile_to_profile(anki: GatewayProcess, opened: str) -> None:
    def load(name: str) -> dict[str, Any]:
        return {"action": "loadProfile", "params": {"name": name}}

    calls = [load("Work"), {"action": "getActiveProfile"}, {"action": "createDeck", "params": {"deck": "batch"}}]
    replies = anki.legacy("multi", actions=[*calls, load("home"), {"action": "deckNames"}])["result"]
    assert replies[:2] == [True, "Work"]
    assert "batch" not in replies[4]
    anki.legacy("loadProfile", name="Work")
    assert "batch" in anki.legacy("deckNames")["result"]


def test_the_open_profile_stays_as_it_is(anki: GatewayProcess, opened: str) -> None:
    before = anki.eval("id(mw.col)")
    assert anki.legacy("loadProfile", name=opened)["result"] is True
    assert anki.eval("id(mw.col)") == before


def test_a_name_of_no_profile_is_false(anki: GatewayProcess, opened: str) -> None:
    for name in ("nobody", "HOME", "", "_global", "../home", 5, None, ["home"]):
        assert anki.legacy("loadProfile", name=name) == {"result": False, "error": None}
    assert anki.rpc("loadProfile", {"name": "nobody"})["error"]["data"] == {"kind": "not_found", "profile": "nobody"}
    assert anki.rpc("loadProfile", {"name": 5})["error"]["data"]["kind"] == "invalid_params"
    assert is_shown(anki, opened)


def test_wrong_params_get_pythons_words(anki: GatewayProcess) -> None:
    missing = "AnkiConnect.loadProfile() missing 1 required positional argument: 'name'"
    assert anki.legacy("loadProfile")["error"] == missing
    for action in ("loadProfile", "getProfiles", "getActiveProfile", "reloadCollection", "sync"):
        unknown = f"AnkiConnect.{action}() got an unexpected keyword argument 'x'"
        assert anki.legacy(action, x=1)["error"] == unknown


def test_after_another_add_on_has_failed_a_profile_can_still_be_opened(anki: GatewayProcess, opened: str) -> None:
    anki.exec("def fails(): raise ValueError('of an add-on')\naqt.gui_hooks.profile_will_close.append(fails)")
    assert anki.rpc("loadProfile", {"name": "Work"})["error"]["data"]["kind"] == "internal_error"
    assert anki.rpc("loadProfile", {"name": "Work"})["result"] is True
    assert is_shown(anki, "Work")
    assert anki.errors() == []


def test_unsaved_text_is_asked_about_while_others_are_served(anki: GatewayProcess, opened: str) -> None:
    type_into_the_add_window(anki)
    thread, replies = in_background(anki, "Work")
    anki.wait_for(f"{QUESTION} and True")
    assert "of home" in anki.legacy("deckNames")["result"]
    assert anki.legacy("guiReviewActive")["result"] is False
    assert anki.rpc("loadProfile", {"name": "Work"})["error"]["data"]["kind"] == "busy"
    anki.exec(f"{QUESTION}[0].button(aqt.qt.QMessageBox.StandardButton.Discard).click()")
    thread.join(20)
    assert replies[0]["result"] is True
    assert is_shown(anki, "Work")


@pytest.mark.parametrize("decline", [f"{QUESTION}[0].reject()", KEEP], ids=["escape", "keep"])
def test_a_user_who_keeps_the_text_keeps_the_profile(anki: GatewayProcess, opened: str, decline: str) -> None:
    type_into_the_add_window(anki)
    thread, replies = in_background(anki, "Work")
    anki.wait_for(f"{QUESTION} and True")
    anki.exec(decline)
    thread.join(20)
    assert replies[0]["error"]["data"]["kind"] == "refused"
    assert is_shown(anki, opened)
    assert anki.eval(f"{ADD}.editor.note.fields[0]") == "typed"
    anki.exec("close_windows('again')")
    anki.wait_for(f"{QUESTION} and True")
    anki.exec(f"{QUESTION}[0].button(aqt.qt.QMessageBox.StandardButton.Discard).click()")
    anki.wait_for("not windows()")
    assert anki.legacy("loadProfile", name="Work")["result"] is True


def test_a_collection_that_cannot_be_opened_blocks_nobody(anki: GatewayProcess, opened: str) -> None:
    thread, replies = in_background(anki, "broken")
    anki.wait_for(f"{QUESTION} and True")
    assert anki.legacy("version")["result"] == 6
    assert anki.legacy("deckNames")["error"] == "collection is not available"
    assert anki.legacy("guiReviewActive")["result"] is False
    anki.exec(f"{QUESTION}[0].accept()")
    thread.join(20)
    assert replies[0]["error"]["data"]["kind"] == "refused"
    assert "broken" in replies[0]["error"]["message"]
    assert anki.eval("mw.state") == "profileManager"
    assert anki.legacy("loadProfile", name="home")["result"] is True
    assert is_shown(anki, "home")
    anki.forget_errors()


def test_reloading_shows_what_was_written_behind_ankis_back(anki: GatewayProcess, opened: str) -> None:
    anki.exec(
        "keep['resets'] = []\naqt.gui_hooks.operation_did_execute.append("
        "lambda changes, handler: keep['resets'].append(changes.deck and changes.note and changes.study_queues))"
    )
    assert anki.legacy("reloadCollection") == {"result": None, "error": None}
    anki.wait_for("any(keep['resets'])")
    assert anki.rpc("reloadCollection")["result"] is None


def session(anki: GatewayProcess) -> Any:
    return anki.rpc("getCollection")["result"]["session"]


def test_a_write_that_is_meant_for_another_profile_is_refused(anki: GatewayProcess, opened: str) -> None:
    at_home = session(anki)
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "at home", "Back": ""}}

    def add(of: str) -> Any:
        request = {"jsonrpc": "2.0", "id": 1, "method": "addNote", "params": {"note": note}}
        return json.loads(anki.send(json.dumps(request).encode(), headers={"AnkiRPC-Session": of}).body)

    assert "result" in add(at_home)
    assert anki.legacy("loadProfile", name="Work")["result"] is True
    error = add(at_home)["error"]
    assert error["data"] == {"kind": "stale_session", "session": at_home}
    assert anki.rpc("findNotes", {"query": '"at home"'})["result"] == []
    assert "result" in add(session(anki))


# --- adding, renaming and deleting ---

TRASH = """
import os
import send2trash.plat_other as trash
trash.XDG_DATA_HOME = os.fsencode(data)
trash.HOMETRASH_B = os.path.join(trash.XDG_DATA_HOME, b"Trash")
"""
"""Anki has the trash in a folder of the test. It reads the user's own folder when it starts."""


def done(anki: GatewayProcess, method: str, **params: Any) -> Any:
    answer = anki.rpc(method, params)
    assert "error" not in answer, answer
    return answer["result"]


def refused(anki: GatewayProcess, method: str, **params: Any) -> str:
    error = anki.rpc(method, params)["error"]
    assert error["data"]["kind"] in {"refused", "busy"}
    return str(error["message"])


def test_profiles_are_added_renamed_and_deleted_beside_the_open_one(anki: GatewayProcess, opened: str) -> None:
    anki.exec(TRASH, data=str(anki.base.parent / "data"))
    before = anki.eval("id(mw.col)")
    assert done(anki, "addProfile", name=" extra ") == "extra"
    settings = "mw.pm._unpickle(mw.pm.db.scalar('select data from profiles where name = ?', name))"
    own = f"{{**{settings}, 'lastOptimize': 0}} == {{**aqt.profiles.profileConf, 'lastOptimize': 0}}"
    assert anki.eval(own, name="extra")
    assert anki.legacy("addProfile", name="EXTRA")["error"] == "There is a profile of this name already: extra"
    assert anki.rpc("addProfile", {"name": "a/b"})["error"]["data"] == {"kind": "refused", "field": "name"}
    assert anki.legacy("renameProfile", name="extra", newName="other")["result"] == "other"
    fcntl = pytest.importorskip("fcntl")
    with (anki.base / "broken" / "collection.anki2").open("r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX, 512, 2**30)  # as SQLite in another program
        assert "open in another program" in refused(anki, "renameProfile", name="broken", newName="x")
        assert "open in another program" in refused(anki, "deleteProfile", name="broken", dryRun=True)
    assert anki.eval("id(mw.col)") == before
    done(anki, "loadProfile", name="other")
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "lost", "Back": ""}}
    done(anki, "addNote", note=note)
    assert "open here" in refused(anki, "deleteProfile", name="other")
    done(anki, "loadProfile", name=opened)
    would = done(anki, "deleteProfile", name="other", dryRun=True)
    assert [would[kind]["count"] for kind in ("profiles", "notes", "cards")] == [1, 1, 1]
    assert "other" in anki.eval("mw.pm.profiles()")
    assert done(anki, "deleteProfile", name="other") == {"inTrash": True}
    assert set(anki.eval("mw.pm.profiles()")) == {"Ärzte", "Work", "broken", "home"}
    assert not (anki.base / "other").exists()
    (trashed,) = anki.base.parent.glob("data/Trash/files/other")
    assert (trashed / "collection.anki2").exists()
    trashed.rename(anki.base / "other")
    assert done(anki, "addProfile", name="other") == "other"
    done(anki, "loadProfile", name="other")
    assert len(done(anki, "findNotes", query="lost")) == 1
    done(anki, "loadProfile", name=opened)
    done(anki, "deleteProfile", name="other")
    assert anki.errors() == []


def test_the_open_profile_is_renamed(anki: GatewayProcess, opened: str) -> None:
    done(anki, "createDeck", deck="kept")
    (anki.base / "taken").mkdir()
    assert "has a file or folder" in refused(anki, "renameProfile", name=opened, newName="taken")
    stream = Stream(anki.port)
    assert done(anki, "renameProfile", name=opened, newName="casa") == "casa"
    assert stream.until("profileClosed") == {"profile": "home"}
    assert stream.until("profileOpened") == {"profile": "casa"}
    stream.close()
    assert is_shown(anki, "casa")
    assert "kept" in done(anki, "deckNames")
    assert anki.eval("[mw.pm.last_loaded_profile_name(), mw.col.path]") == [
        "casa",
        str(anki.base / "casa" / "collection.anki2"),
    ]
    assert not (anki.base / "home").exists()
    type_into_the_add_window(anki)
    thread = threading.Thread(target=lambda: replies.append(anki.rpc("renameProfile", params)), daemon=True)
    params, replies = {"name": "casa", "newName": "x"}, list[Any]()
    thread.start()
    anki.wait_for(f"{QUESTION} and True")
    anki.exec(KEEP)
    thread.join(20)
    assert replies[0]["error"]["data"]["kind"] == "refused"
    assert is_shown(anki, "casa")
    anki.exec("close_windows('again')")
    anki.wait_for(f"{QUESTION} and True")
    anki.exec(f"{QUESTION}[0].button(aqt.qt.QMessageBox.StandardButton.Discard).click()")
    anki.wait_for("not windows()")
    assert done(anki, "renameProfile", name="casa", newName="home") == "home"
    assert is_shown(anki, "home")
    assert anki.errors() == []


def test_the_backup_of_a_closed_profile_is_written_before_its_folder_moves(anki: GatewayProcess, opened: str) -> None:
    anki.exec(TRASH, data=str(anki.base.parent / "data"))
    done(anki, "addProfile", name="large")
    done(anki, "loadProfile", name="large")
    anki.exec("mw.col.db.execute('create table large as select randomblob(50000000)')\nmw.col.set_config('large', 1)")
    done(anki, "renameProfile", name="large", newName="renamed")
    anki.exec("mw.backend.await_backup_completion()")
    assert [path.parts[-3] for path in anki.base.glob("*/backups/backup-*") if path.stat().st_size > 10_000_000] == [
        "renamed"
    ]
    done(anki, "loadProfile", name=opened)
    done(anki, "deleteProfile", name="renamed")
    anki.exec("mw.backend.await_backup_completion()")
    assert anki.errors() == []


def test_ankis_list_of_profiles_follows(anki: GatewayProcess, opened: str) -> None:
    anki.exec("mw.unloadProfileAndShowProfileManager()")
    anki.wait_for("mw.state == 'profileManager'")
    listed = "[mw.profileForm.profiles.item(row).text() for row in range(mw.profileForm.profiles.count())]"
    selected = "[mw.pm.name, mw.profileForm.profiles.currentItem().text()]"
    done(anki, "addProfile", name="listed")
    assert "listed" in anki.eval(listed)
    assert anki.eval(selected) == ["home", "home"]
    done(anki, "renameProfile", name="home", newName="casa")
    assert anki.eval(selected) == ["casa", "casa"]
    done(anki, "renameProfile", name="casa", newName="home")
    anki.exec("mw.profileForm.profiles.setCurrentRow(mw.pm.profiles().index('listed'))")
    assert anki.eval("mw.pm.name") == "listed"
    done(anki, "deleteProfile", name="listed")
    assert "listed" not in anki.eval(listed)
    assert anki.eval("mw.pm.name in mw.pm.profiles()")
    anki.exec("aqt.qt.QTimer.singleShot(0, mw.onAddProfile)")
    anki.wait_for("mw.app.activeModalWidget() is not None")
    assert refused(anki, "deleteProfile", name="Work") == "Anki has a dialog open"
    anki.exec("mw.app.activeModalWidget().reject()")
    done(anki, "loadProfile", name="home")
    assert anki.errors() == []
