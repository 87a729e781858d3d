"""A real Anki and the headless server on one base folder: no profile is ever open in both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gateway_process import Connection, ServeProcess
from sync_server import PASSWORD, USER, SyncServer

from .anki_process import AnkiProcess

QUESTION = "[w for w in windows() if isinstance(w, aqt.qt.QMessageBox)]"
DRY = {"dryRun": True}
PROFILES = ["Ärzte", "Work", "home"]


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[AnkiProcess]:
    """An Anki without our add-on, which has not been started."""
    process = AnkiProcess(tmp_path / "anki", profiles=PROFILES, profile="Work")
    yield process
    if not process.has_ended():
        process.kill()


@pytest.fixture
def serve() -> Iterator[Any]:
    started: list[ServeProcess] = []

    def start(*options: object) -> Connection:
        started.append(ServeProcess(*options).ready())
        return started[-1].connect()

    yield start
    for process in started:
        assert process.stop() == 0
        assert process.err == ""


def loaded(connection: Connection, name: str) -> Any:
    """True, or the message of the error."""
    answer = connection.post({"jsonrpc": "2.0", "id": 1, "method": "loadProfile", "params": {"name": name}})
    return answer.get("result") or answer["error"]["message"]


def test_a_profile_that_anki_has_open_is_refused_and_the_others_are_served(anki: AnkiProcess, serve: Any) -> None:
    with anki:
        connection = serve("--base", anki.base, "--profile", "home")
        assert connection.rpc("getProfiles") == anki.eval("mw.pm.profiles()")
        connection.rpc("createDeck", {"deck": "by the server"})
        refused = f"{Path('Work', 'collection.anki2')} is open in another program (Anki, most likely). Close it there."
        assert loaded(connection, "Work") == refused
        for method, more in (("renameProfile", {"newName": "Job"}), ("deleteProfile", {}), ("deleteProfile", DRY)):
            answer = connection.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"name": "Work", **more}})
            assert "open in another program" in answer["error"]["message"]
        assert loaded(connection, "Ärzte") is True
        anki.open_profile("home")
        assert anki.eval("mw.col.decks.id_for_name('by the server')")
        assert loaded(connection, "home").startswith(str(Path("home", "collection.anki2")))
        assert loaded(connection, "Work") is True
        connection.rpc("createDeck", {"deck": "at work"})
        assert anki.errors() == []
        assert anki.stop().code == 0
    assert loaded(connection, "home") is True
    assert "by the server" in connection.rpc("deckNames")


def test_anki_does_not_open_a_profile_that_is_served(anki: AnkiProcess, serve: Any) -> None:
    anki.profile = "home"
    with anki:
        connection = serve("--base", anki.base, "--profile", "Work")
        anki.post("open_profile('Work')")
        anki.wait_for(f"{QUESTION} and True")
        assert "already open" in anki.eval(f"{QUESTION}[0].text()")
        anki.exec(f"{QUESTION}[0].accept()")
        anki.wait_for("mw.state == 'profileManager'")
        connection.rpc("createDeck", {"deck": "still served"})
        assert loaded(connection, "Ärzte") is True
        anki.post("mw.pm.load('Work')\nmw.loadProfile()\nmw.profileDiag.closeWithoutQuitting()")
        anki.wait_for("mw.col is not None and mw.pm.name == 'Work' and progress.draws > 0")
        assert anki.eval("mw.col.decks.id_for_name('still served')")
        anki.forget_errors()
        anki.stop()


def test_the_profile_that_anki_had_open_last_is_served_with_its_account(
    anki: AnkiProcess, serve: Any, tmp_path: Path
) -> None:
    with SyncServer(tmp_path / "server") as server:
        with anki:
            anki.exec(
                "mw.pm.set_custom_sync_url(url)\nauth = mw.col.sync_login(user, password, url)\n"
                "mw.pm.set_sync_key(auth.hkey)\nmw.pm.set_sync_username(user)",
                url=server.url,
                user=USER,
                password=PASSWORD,
            )
            anki.exec("mw.pm.profile['addon'] = {aqt.qt.Qt.Key.Key_A: aqt.qt.QByteArray(b'a'), 'set': {1}}")
            assert anki.stop().code == 0
        connection = serve("--base", anki.base)
        assert connection.rpc("getActiveProfile") == "Work"
        note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "a", "Back": "b"}}
        connection.rpc("addNote", {"note": note})
        assert connection.rpc("sync", {"full": "upload"})["collection"] == "uploaded"
        assert loaded(connection, "home") is True
        answer = connection.post({"jsonrpc": "2.0", "id": 1, "method": "sync"})
        assert answer["error"]["data"]["kind"] == "not_logged_in"
