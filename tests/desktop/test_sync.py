"""Syncing in a real Anki: two profiles exchange notes and media through Anki's own sync server."""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from examples import kind_as_shown
from sync_server import PASSWORD, USER, SyncServer

from .conftest import GatewayProcess
from .test_lifecycle import UNAVAILABLE, Hammer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncServer]:
    with SyncServer(tmp_path_factory.mktemp("sync") / "server") as running:
        yield running


@pytest.fixture(scope="module")
def anki(two_profiles: GatewayProcess) -> GatewayProcess:
    """In place of the session's: two profiles, without an account at first."""
    return two_profiles


@pytest.fixture(autouse=True)
def quiet(anki: GatewayProcess) -> Iterator[None]:
    """No test of this file may leave a window or an error behind."""
    yield
    anki.wait_for("mw.progress.busy() == 0")
    assert anki.windows() == []
    assert anki.errors() == []


def open_profile(anki: GatewayProcess, name: str) -> None:
    assert anki.legacy("loadProfile", name=name)["result"] is True


def log_in(anki: GatewayProcess, url: str) -> None:
    anki.exec(
        "mw.pm.set_custom_sync_url(url)\n"
        "auth = mw.col.sync_login(user, password, url)\n"
        "mw.pm.set_sync_key(auth.hkey)\nmw.pm.set_sync_username(user)\nmw.pm.profile['syncMedia'] = True",
        url=url,
        user=USER,
        password=PASSWORD,
    )


def result(anki: GatewayProcess, **params: Any) -> dict[str, Any]:
    reply = anki.rpc("sync", {"waitForMedia": True, **params})
    assert "error" not in reply, reply
    return dict(reply["result"])


def error(anki: GatewayProcess, **params: Any) -> tuple[str, Any]:
    told = anki.rpc("sync", params)["error"]
    return kind_as_shown(told), told["data"].get("ways")


def add(anki: GatewayProcess, front: str) -> int:
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": front, "Back": "b"}}
    return int(anki.legacy("addNote", note=note)["result"])


def fronts(anki: GatewayProcess) -> set[str]:
    notes = anki.legacy("notesInfo", query="deck:*")["result"]
    return {note["fields"]["Front"]["value"] for note in notes}


def test_without_an_account_the_answer_says_so_and_no_window_asks(anki: GatewayProcess) -> None:
    assert error(anki) == ("not_logged_in", None)
    assert anki.legacy("sync") == {"result": None, "error": "sync: auth not configured"}
    assert anki.rpc("syncStatus")["result"] == {"required": "full", "local": True, "checkedAt": None}


def test_a_full_sync_is_refused_until_it_is_asked_for(anki: GatewayProcess, server: SyncServer) -> None:
    log_in(anki, server.url)
    add(anki, "uno")
    assert error(anki) == ("full_sync_required", ["upload"])
    assert error(anki, full="download") == ("full_sync_required", ["upload"])
    assert anki.legacy("sync")["error"].startswith("Sync status 4 not one of [0, 1]")
    assert result(anki, full="upload") == {"collection": "uploaded", "media": "synced", "serverMessage": ""}
    open_profile(anki, "two")
    log_in(anki, server.url)
    assert error(anki) == ("full_sync_required", ["download"])
    assert result(anki, full="download")["collection"] == "downloaded"
    assert fronts(anki) == {"uno"}


def test_notes_and_media_are_exchanged(anki: GatewayProcess) -> None:
    open_profile(anki, "one")
    result(anki)
    add(anki, "due")
    anki.legacy("storeMediaFile", filename="due.txt", data=base64.b64encode(b"2").decode())
    assert result(anki)["collection"] == "merged"
    open_profile(anki, "two")
    add(anki, "tre")
    assert result(anki) == {"collection": "merged", "media": "synced", "serverMessage": ""}
    assert fronts(anki) == {"uno", "due", "tre"}
    assert anki.legacy("retrieveMediaFile", filename="due.txt")["result"] == base64.b64encode(b"2").decode()
    open_profile(anki, "one")
    assert anki.legacy("sync") == {"result": None, "error": None}
    assert fronts(anki) == {"uno", "due", "tre"}
    assert result(anki)["collection"] == "unchanged"
    assert anki.rpc("sync")["result"]["media"] == "running"


A_LONG_MEDIA_SYNC = """
kind = type(mw.col)
keep['ask'] = kind.media_sync_status
class Active:
    active, progress = True, None
kind.media_sync_status = lambda col, *, keep=keep, Active=Active: Active if 'ask' in keep else keep['asked'](col)
"""


def test_two_calls_can_wait_for_the_same_media(anki: GatewayProcess) -> None:
    hooks = "len(aqt.gui_hooks.media_sync_did_start_or_stop._hooks)"
    others = anki.eval(hooks)
    anki.exec(A_LONG_MEDIA_SYNC)
    with ThreadPoolExecutor(2) as pool:
        try:
            first = pool.submit(result, anki)
            anki.wait_for(f"{hooks} == others + 1 and mw.progress.busy() == 0", others=others)
            second = pool.submit(result, anki)
            anki.wait_for(f"{hooks} == others + 2")
        finally:
            anki.exec("keep['asked'] = keep.pop('ask')")
        assert first.result(20)["media"] == second.result(20)["media"] == "synced"
    anki.exec("kind.media_sync_status = keep.pop('asked')")


def test_the_status_says_whether_a_sync_is_needed(anki: GatewayProcess, server: SyncServer) -> None:
    def status(**params: Any) -> Any:
        answer = anki.rpc("syncStatus", params)
        return tuple(answer["result"].values())[:2] if "result" in answer else kind_as_shown(answer["error"])

    result(anki)
    assert status() == ("none", False)
    key = anki.eval("mw.pm.profile['syncKey']")
    for wrong, kind in (("0" * 32, "login_refused"), (None, "not_logged_in")):
        anki.exec("mw.pm.set_sync_key(key)", key=wrong)
        assert status() == kind
    anki.exec("mw.pm.set_sync_key(key)", key=key)
    server.stop()
    assert status() == "offline"
    server.start()
    assert status() == ("none", False)
    add(anki, "here")
    assert status() == ("normal", True)
    result(anki)
    assert status() == ("none", False)


def test_raw_media_is_exchanged(anki: GatewayProcess) -> None:
    open_profile(anki, "one")
    assert anki.send(b"uno", method="PUT", path="/media/raw.mp3").status == 201
    result(anki)
    assert anki.send(b"due", method="PUT", path="/media/raw.mp3").status == 200
    result(anki)
    open_profile(anki, "two")
    result(anki)
    assert anki.send(None, method="GET", path="/media/raw.mp3").body == b"due"
    assert anki.send(None, method="DELETE", path="/media/raw.mp3").status == 204
    result(anki)
    open_profile(anki, "one")
    result(anki)
    assert anki.send(None, method="GET", path="/media/raw.mp3").status == 404


def test_the_windows_show_what_came(anki: GatewayProcess) -> None:
    open_profile(anki, "two")
    anki.legacy("createDeck", deck="Arrived")
    result(anki)
    open_profile(anki, "one")
    assert result(anki)["collection"] == "merged"
    anki.exec("mw.deckBrowser.refresh_if_needed()")  # what Anki does when its window gets the focus
    look = "mw.web.evalWithCallback('document.body.innerText', lambda text: keep.update(text=text))"
    anki.wait_for(f"{look} or 'Arrived' in keep['text']")


def test_without_media_only_the_collection_is_synced(anki: GatewayProcess) -> None:
    anki.exec("mw.pm.profile['syncMedia'] = False")
    assert result(anki)["media"] == "off"
    anki.exec("mw.pm.profile['syncMedia'] = True")


def test_nothing_is_written_during_a_full_download(anki: GatewayProcess) -> None:
    open_profile(anki, "one")
    anki.legacy("modelFieldAdd", modelName="Basic", fieldName="More")
    assert error(anki) == ("full_sync_required", ["upload", "download"])
    assert result(anki, full="upload")["collection"] == "uploaded"
    open_profile(anki, "two")
    add(anki, "lost")
    assert anki.legacy("sync")["error"].startswith("Sync status 2 not one of [0, 1]")
    assert "lost" in fronts(anki)
    anki.exec(
        "keep['at'] = []\nhooks = aqt.gui_hooks\n"
        "newest = lambda: mw.col.db.scalar('select max(id) from notes')\n"
        "hooks.collection_will_temporarily_close.append(lambda col: keep['at'].append(newest()))\n"
        "hooks.collection_did_temporarily_close.append(lambda col: keep['at'].append(newest()))"
    )
    with Hammer(anki, 3, "download") as hammer:
        anki.wait_for("mw.col.db.scalar('select count() from notes') > 10")
        assert result(anki, full="download")["collection"] == "downloaded"
        anki.wait_for("mw.col.db.scalar('select count() from notes') > 10")
    assert hammer.broken == []
    assert hammer.errors <= {UNAVAILABLE}
    last_before, last_downloaded = anki.eval("keep['at']")
    left = {int(note) for note in anki.legacy("findNotes", query="Front:download*")["result"]}
    after = {note for note in hammer.acknowledged if note > last_before}
    assert last_downloaded < last_before
    assert left == after != set()
    assert list((anki.base / "two" / "backups").glob("*.colpkg"))


def test_a_refused_login_is_an_error_in_ankis_words(anki: GatewayProcess) -> None:
    key = anki.eval("mw.pm.profile['syncKey']")
    anki.exec("mw.pm.set_sync_key('0' * 32)")
    assert error(anki) == ("login_refused", None)
    assert anki.legacy("sync")["error"] == "Email or password was incorrect; please try again."
    anki.exec("mw.pm.set_sync_key(key)", key=key)


def test_offline_is_an_error_of_its_own(anki: GatewayProcess, server: SyncServer) -> None:
    server.stop()
    assert error(anki) == ("offline", None)
    assert anki.legacy("sync")["error"].startswith("A network error occurred.")
    server.start()
    result(anki)


def test_a_server_that_does_not_answer_holds_up_nobody_else(anki: GatewayProcess, server: SyncServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        anki.exec("mw.pm.set_custom_sync_url(url)", url=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        replies: list[Any] = []
        loaded: list[Any] = []
        thread = threading.Thread(target=lambda: replies.append(anki.rpc("sync")), daemon=True)
        thread.start()
        connection, _ = silent.accept()
        assert anki.legacy("version")["result"] == 6
        assert anki.legacy("getActiveProfile")["result"] == "two"
        assert json.loads(anki.send(None, method="GET", path="/health").body)["status"] == "ok"
        assert error(anki) == ("busy", None)
        loader = threading.Thread(target=lambda: loaded.append(anki.rpc("loadProfile", {"name": "one"})), daemon=True)
        loader.start()
        anki.wait_for("mw.progress._win.isVisible()")  # Anki's own window of progress, where the user can cancel
        assert loaded == []
        anki.exec("mw.progress._win.wantCancel = True")
        thread.join(20)
        connection.close()
    assert kind_as_shown(replies[0]["error"]) == "cancelled"
    loader.join(20)
    assert loaded[0]["result"] is True
    assert anki.legacy("getActiveProfile")["result"] == "one"
    assert result(anki)["media"] == "synced"


def test_a_sync_of_ankis_that_waits_for_the_user_holds_up_no_other_call(
    anki: GatewayProcess, server: SyncServer
) -> None:
    anki.exec("mw.pm.set_custom_sync_url(url)", url=server.url)
    anki.legacy("modelFieldAdd", modelName="Basic", fieldName="Another")
    anki.post("mw.on_sync_button_clicked()")
    box = "next(w for w in windows() if isinstance(w, aqt.qt.QMessageBox))"
    anki.wait_for(f"{box}.isVisible()")
    assert error(anki) == ("busy", None)
    assert add(anki, "quattro")
    assert anki.legacy("guiReviewActive")["result"] is False
    assert len(anki.legacy("guiBrowse", query="quattro", activate=False)["result"]) == 1
    anki.exec(f"{box}.buttons()[-1].click()")
    anki.wait_for("not [w for w in windows() if isinstance(w, aqt.qt.QMessageBox)]")
    assert error(anki) == ("full_sync_required", ["upload", "download"])
    anki.exec("aqt.gui_hooks.sync_will_start()")  # as where the user keeps a window that was to be closed
    assert result(anki, full="upload")["collection"] == "uploaded"
    anki.tidy()


def test_what_needs_the_collection_waits_for_a_sync_and_never_stops_the_window(
    anki: GatewayProcess, server: SyncServer
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(4) as pool:
        anki.exec("mw.pm.set_custom_sync_url(url)", url=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        syncing = pool.submit(anki.rpc, "sync")
        connection, _ = silent.accept()
        waiting = [pool.submit(anki.legacy, "guiBrowse", query="due"), pool.submit(anki.legacy, "deckNames")]
        waiting.append(pool.submit(anki.legacy, "guiReviewActive"))
        anki.wait_for("mw.progress._win.isVisible()")
        with anki.gaps() as gaps:
            time.sleep(1)
        assert gaps.max_ms < 500
        assert anki.eval("mw.progress._win.form.label.text()").startswith("AnkiRPC: syncing for a program\n")
        assert not any(future.done() for future in waiting)
        anki.exec("mw.progress._win.wantCancel = True")
        assert syncing.result(20)["error"]["data"]["kind"] == "cancelled"
        connection.close()
        replies = [future.result(20) for future in waiting]
    assert [len(replies[0]["result"]), "Default" in replies[1]["result"], replies[2]["result"]] == [1, True, False]
    assert anki.eval("aqt.dialogs.getInstance('Browser').table.len()") == 1
    anki.exec("mw.pm.set_custom_sync_url(url)", url=server.url)
    anki.tidy()
