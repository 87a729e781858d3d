"""Syncing when idle after a write, in a real Anki: never under a person's hands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sync_server import PASSWORD, USER, SyncServer

from .conftest import GatewayProcess, running
from .test_menu import OPEN

MOMENT = 0.2
"""Seconds without a write until a sync, in place of the setting's, which is 1 at least."""
LONGER_S = 0.8
"""Longer than a moment, and a sync."""
HASTEN = f"""
import gc
keep["owner"] = next(v for v in gc.get_objects() if type(v).__name__ == "SyncAfterWrites")
keep["setting"], keep["owner"]._seconds = keep["owner"]._seconds, lambda: {MOMENT}
"""
AS_SET = "keep['owner']._seconds = keep['setting']"
QUESTION = "[w for w in windows() if isinstance(w, aqt.qt.QMessageBox)]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncServer]:
    with SyncServer(tmp_path_factory.mktemp("sync") / "server") as started:
        yield started


@pytest.fixture(scope="module")
def anki(package: Path, server: SyncServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """In place of the session's: with the setting, and a profile that is logged in and has uploaded its notes."""
    process = GatewayProcess(tmp_path_factory.mktemp("idle") / "anki", package, config={"syncAfterWrites": 1})
    with running(process):
        process.exec(
            "keep['started'], keep['finished'] = [], []\n"
            "aqt.gui_hooks.sync_will_start.append(lambda: keep['started'].append(1))\n"
            "aqt.gui_hooks.sync_did_finish.append(lambda: keep['finished'].append(1))"
        )
        process.exec(HASTEN)
        add(process, "without an account")
        time.sleep(LONGER_S)
        assert syncs(process) == 0, "nothing happens without an account"
        process.exec(
            "mw.pm.set_custom_sync_url(url)\nauth = mw.col.sync_login(user, password, url)\n"
            "mw.pm.set_sync_key(auth.hkey)\nmw.pm.set_sync_username(user)\nmw.pm.profile['syncMedia'] = True",
            url=server.url,
            user=USER,
            password=PASSWORD,
        )
        yield process


@pytest.fixture(autouse=True)
def quiet(anki: GatewayProcess) -> Iterator[None]:
    anki.wait_for("is_idle()")
    yield
    anki.wait_for("mw.progress.busy() == 0 and not windows()")  # Anki shows for a moment what it has synced
    assert anki.errors() == []


@pytest.fixture
def equal(anki: GatewayProcess) -> None:
    """Nothing to sync, and no sync counted. While media are synced, Anki's button shows their log instead."""
    full = anki.rpc("syncStatus")["result"]["required"] == "full"
    assert "result" in anki.rpc("sync", {"full": "upload"} if full else {})
    anki.rpc("sync")
    anki.wait_for("not mw.media_syncer.is_syncing()")
    anki.exec("keep['started'].clear()\nkeep['finished'].clear()")


def add(anki: GatewayProcess, front: str) -> None:
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": front, "Back": "b"}}
    assert "result" in anki.rpc("addNote", {"note": note})


def syncs(anki: GatewayProcess) -> Any:
    return anki.eval("len(keep['started'])")


def is_synced(anki: GatewayProcess) -> bool:
    return not anki.rpc("syncStatus")["result"]["local"]


def wait_for(anki: GatewayProcess, number: int) -> None:
    anki.wait_for("len(keep['finished']) == number and mw.progress.busy() == 0", number=number)


def stays(anki: GatewayProcess, number: int) -> None:
    time.sleep(LONGER_S)
    assert syncs(anki) == number


@pytest.mark.usefixtures("equal")
def test_writes_of_programs_are_synced_once_when_they_have_ended(anki: GatewayProcess) -> None:
    anki.exec(AS_SET)
    for number in range(4):
        add(anki, f"burst {number}")
        time.sleep(0.4)
    assert syncs(anki) == 0
    wait_for(anki, 1)
    assert is_synced(anki)
    anki.exec(HASTEN)
    stays(anki, 1)  # a sync is no write


@pytest.mark.usefixtures("equal")
def test_what_a_person_writes_is_left_to_anki(anki: GatewayProcess) -> None:
    anki.exec(
        "from aqt.operations.deck import add_deck\n"
        "add_deck(parent=mw, name='by hand').run_in_background(initiator=None)"
    )
    anki.wait_for("mw.col.decks.id_for_name('by hand')")
    stays(anki, 0)


@pytest.mark.usefixtures("equal")
def test_an_open_window_is_waited_for(anki: GatewayProcess) -> None:
    anki.exec("mw.onAddCard()")
    anki.wait_for("aqt.dialogs.getInstance('AddCards').editor.web._domDone")
    add(anki, "while adding")
    stays(anki, 0)
    add(anki, "more while adding")
    anki.exec("mw.onBrowse()")
    anki.wait_for("aqt.dialogs.getInstance('Browser') is not None")
    anki.exec("aqt.dialogs.getInstance('AddCards').close()")
    anki.wait_for("aqt.dialogs.getInstance('AddCards') is None")
    stays(anki, 0)
    anki.exec("aqt.dialogs.getInstance('Browser').close()")
    wait_for(anki, 1)
    assert is_synced(anki)
    stays(anki, 1)


@pytest.mark.usefixtures("equal")
def test_our_own_window_holds_nothing_up(anki: GatewayProcess) -> None:
    anki.exec(OPEN)
    anki.wait_for("any(type(w).__name__ == 'GatewayWindow' for w in windows())")
    add(anki, "while our window is open")
    wait_for(anki, 1)
    anki.exec("next(w for w in windows() if type(w).__name__ == 'GatewayWindow').close_button.click()")


@pytest.mark.usefixtures("equal")
def test_a_question_is_waited_for(anki: GatewayProcess) -> None:
    anki.post("aqt.utils.showInfo('Well?')")
    anki.wait_for(f"{QUESTION} and True")
    add(anki, "behind the question")
    stays(anki, 0)
    anki.exec(f"{QUESTION}[0].accept()")
    wait_for(anki, 1)


@pytest.mark.usefixtures("equal")
def test_a_review_is_waited_for(anki: GatewayProcess) -> None:
    anki.exec("mw.col.decks.select(1)\nmw.moveToState('review')")
    anki.wait_for("mw.state == 'review' and mw.reviewer.card is not None and is_idle()")
    add(anki, "while reviewing")
    stays(anki, 0)
    anki.exec("mw.moveToState('deckBrowser')")
    wait_for(anki, 1)
    assert is_synced(anki)


@pytest.mark.usefixtures("equal")
def test_a_sync_of_ankis_own_settles_what_is_owed(anki: GatewayProcess) -> None:
    anki.exec(
        "owner = keep['owner']\n"
        "def arm(owner=owner, mw=mw):\n"
        "    del owner._arm\n"
        "    owner._arm()\n"
        "    mw.taskman.run_on_main(mw.on_sync_button_clicked)  # the next thing that Anki does\n"
        "owner._arm = arm"
    )
    add(anki, "synced by hand")
    wait_for(anki, 1)
    stays(anki, 1)


@pytest.mark.usefixtures("equal")
def test_while_anki_syncs_itself_nothing_else_begins(anki: GatewayProcess, server: SyncServer) -> None:
    server.pause()
    try:
        anki.exec("mw.on_sync_button_clicked()")
        anki.wait_for("mw.progress.busy()")
        put = anki.send(b"late", method="PUT", path="/media/late.txt")
        assert put.status in (201, 204)
        stays(anki, 1)
    finally:
        server.go_on()
    wait_for(anki, 2)
    stays(anki, 2)


@pytest.mark.usefixtures("equal")
def test_it_is_never_a_full_sync_and_no_window_asks(anki: GatewayProcess) -> None:
    assert anki.legacy("modelFieldAdd", modelName="Basic", fieldName="More")["error"] is None
    wait_for(anki, 1)
    assert anki.rpc("syncStatus")["result"]["required"] == "full"
    assert anki.windows() == []
    add(anki, "again")
    wait_for(anki, 2)
    log = next(anki.addons.glob("*/user_files/anki-rpc.log")).read_text("utf-8")
    assert log.count("The sync after a write failed, ") == 1
    assert "full sync" in log
