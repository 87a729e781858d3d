"""Logging in and out of a sync server in a real Anki, and the state of the media sync."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sync_server import PASSWORD, USER, SyncServer

from .conftest import GatewayProcess

SECRET = "a secret that nobody repeats"
PROFILE = "[mw.pm.profile.get(name) for name in ('syncUser', 'customSyncUrl')]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncServer]:
    with SyncServer(tmp_path_factory.mktemp("account") / "server") as running:
        yield running


@pytest.fixture(scope="module")
def anki(two_profiles: GatewayProcess) -> GatewayProcess:
    """In place of the session's: two profiles."""
    return two_profiles


@pytest.fixture(autouse=True)
def quiet(anki: GatewayProcess) -> Iterator[None]:
    yield
    anki.wait_for("mw.progress.busy() == 0")
    anki.exec("for w in windows(): w.close()")
    anki.wait_for("windows() == []")
    assert anki.errors() == []
    anki.rpc("syncLogout")


def log_in(anki: GatewayProcess, **params: Any) -> Any:
    answer = anki.rpc("syncLogin", {"user": USER, "password": PASSWORD, **params})
    return answer["error"]["data"]["kind"] if "error" in answer else answer["result"]


def sync(anki: GatewayProcess, **params: Any) -> Any:
    answer = anki.rpc("sync", {"waitForMedia": True, **params})
    return answer["error"]["data"]["kind"] if "error" in answer else answer["result"]


def media(anki: GatewayProcess) -> Any:
    return anki.rpc("mediaSyncStatus")["result"]


def test_the_profile_uses_the_account_until_the_logout(anki: GatewayProcess, server: SyncServer) -> None:
    assert sync(anki) == "not_logged_in"
    assert anki.rpc("syncLogout")["result"] is False
    assert log_in(anki, server=server.url.rstrip("/")) is None
    assert anki.eval(PROFILE) == [USER, server.url]
    anki.exec("mw.pm.profile['syncMedia'] = True")
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "synced"}}
    assert anki.rpc("addNote", {"note": note})["result"]
    assert sync(anki, full="upload") == {"collection": "uploaded", "media": "synced", "serverMessage": ""}
    assert media(anki)["error"] is None
    assert media(anki)["active"] is False
    anki.open_profile("two")
    assert sync(anki) == "not_logged_in"
    anki.open_profile("one")
    assert sync(anki)["media"] == "synced"  # it was saved
    database = anki.base / "one" / "collection.media.db2"
    assert database.exists()
    assert anki.legacy("syncLogout") == {"result": True, "error": None}
    assert anki.eval("mw.pm.sync_auth() is None")
    assert not database.exists()
    assert sync(anki) == "not_logged_in"
    assert anki.eval(PROFILE) == [None, server.url]  # as in Anki, the server stays
    assert anki.legacy("syncLogin", user=USER, password=PASSWORD) == {"result": None, "error": None}
    assert sync(anki)["media"] == "synced"


def test_a_login_that_fails_changes_nothing_and_shows_no_window(anki: GatewayProcess, server: SyncServer) -> None:
    assert log_in(anki, server=server.url) is None
    key = anki.eval("mw.pm.profile['syncKey']")
    for params, kind in (
        ({"password": "wrong"}, "login_refused"),
        ({"user": "nobody"}, "login_refused"),
        ({"server": "http://127.0.0.1:1/"}, "offline"),
        ({"server": "ftp://127.0.0.1/"}, "refused"),
    ):
        assert log_in(anki, **params) == kind
        assert anki.windows() == []
    assert anki.eval(PROFILE) == [USER, server.url]
    assert anki.eval("mw.pm.profile['syncKey']") == key


def test_ankis_own_server_can_be_chosen_again(anki: GatewayProcess, server: SyncServer) -> None:
    assert log_in(anki, server=server.url) is None
    anki.exec("keep['login'] = mw.backend.sync_login")
    anki.exec(
        "from anki.sync import SyncAuth\n"
        "def login(request):\n    keep['endpoint'] = request.HasField('endpoint')\n    return SyncAuth(hkey='k')\n"
        "mw.backend.sync_login = login"
    )
    assert log_in(anki, server="") is None
    anki.exec("del mw.backend.sync_login")
    assert anki.eval("keep['endpoint']") is False
    assert anki.eval(PROFILE) == [USER, None]


def test_others_are_served_while_the_server_does_not_answer(anki: GatewayProcess, server: SyncServer) -> None:
    answers: list[Any] = []
    server.pause()
    try:
        thread = threading.Thread(target=lambda: answers.append(log_in(anki, server=server.url)))
        thread.start()
        with anki.gaps() as gaps:
            assert "Default" in anki.rpc("deckNames")["result"]
            assert anki.rpc("guiReviewActive")["result"] is False
        assert gaps.max_ms < 500
        assert answers == []
    finally:
        server.go_on()
    thread.join(30)
    assert answers == [None]


def test_a_login_for_a_profile_that_was_closed_is_dropped(anki: GatewayProcess, server: SyncServer) -> None:
    answers: list[Any] = []
    server.pause()
    try:
        thread = threading.Thread(target=lambda: answers.append(log_in(anki, server=server.url)))
        thread.start()
        anki.wait_for("any(t.name == 'anki-rpc login' for t in __import__('threading').enumerate())")
        anki.open_profile("two")
    finally:
        server.go_on()
    thread.join(30)
    assert answers == ["collection_unavailable"]
    assert anki.eval("mw.pm.sync_auth() is None")
    anki.open_profile("one")
    assert anki.eval("mw.pm.sync_auth() is None")


def test_the_error_of_the_media_sync_is_kept_and_anki_tells_it_too(anki: GatewayProcess, server: SyncServer) -> None:
    assert log_in(anki, server=server.url) is None
    anki.exec("mw.pm.profile['syncMedia'] = True")
    sync(anki)
    anki.rpc("storeMediaFile", {"filename": "new.txt", "data": "eA=="})
    server.stop()
    anki.exec("mw.col.sync_media(mw.pm.sync_auth())\nmw.media_syncer.start_monitoring()")
    active = 0
    while media(anki)["active"]:
        active += 1
    anki.wait_for("any('network' in describe(w) for w in windows())")  # Anki's own message
    for _ in range(3):
        status = media(anki)
        assert (status["active"], status["error"]["data"]["kind"]) == (False, "offline")
        assert "\u2068" not in json.dumps(status, ensure_ascii=False)
    server.start()
    assert sync(anki)["media"] == "synced"
    assert media(anki)["error"] is None
    assert media(anki)["progress"]["checked"].startswith("Checked")


def test_the_logout_waits_for_no_media_sync(anki: GatewayProcess, server: SyncServer) -> None:
    assert log_in(anki, server=server.url) is None
    anki.exec("mw.media_syncer._syncing = True")
    assert anki.rpc("syncLogout")["error"]["data"]["kind"] == "busy"
    assert log_in(anki) == "busy"
    anki.exec("mw.media_syncer._syncing = False")
    assert anki.rpc("syncLogout")["result"] is True


def test_password_and_key_are_told_nowhere(anki: GatewayProcess, server: SyncServer) -> None:
    assert log_in(anki, server=server.url) is None
    key = anki.eval("mw.pm.profile['syncKey']")
    log_in(anki, password=SECRET)
    log_in(anki, password=SECRET, server="http://127.0.0.1:1/")
    log_in(anki, password=SECRET, server=f"http://u:{SECRET}@127.0.0.1/")
    sync(anki)
    texts = [
        *(anki.send(None, method="GET", path=path).body.decode() for path in ("/calls.json", "/recent.json")),
        *(file.read_text("utf-8", "replace") for file in anki.base.rglob("*.log")),
        json.dumps(anki.rpc("listOperations")),
    ]
    anki.exec("aqt.qt.QApplication.processEvents()")
    assert "syncLogin" in texts[0]
    for secret in (SECRET, PASSWORD, key):
        assert all(secret not in each for each in texts)


def test_without_a_profile_there_is_no_account(anki: GatewayProcess, server: SyncServer) -> None:
    anki.post("mw.unloadProfileAndShowProfileManager()")
    anki.wait_for("mw.state == 'profileManager'")
    assert log_in(anki, server=server.url) == "collection_unavailable"
    for method in ("syncLogout", "mediaSyncStatus"):
        assert anki.rpc(method)["error"]["data"]["kind"] == "collection_unavailable"
    anki.open_profile("one")
