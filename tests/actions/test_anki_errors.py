"""What Anki raises, and what it does not have, as a client is told."""

import logging
from pathlib import Path

import anki.collection  # before any other part of Anki, which imports in circles
import anki.decks
import pytest
from anki.buildinfo import version
from anki.errors import BackendIOError, DBError

from addon.actions.anki_errors import translate, without_folders


def test_a_call_that_this_anki_lacks_costs_one_action_which_says_so(gateway, monkeypatch, caplog):
    monkeypatch.delattr(anki.decks.DeckManager, "all_names_and_ids")
    error = gateway.rpc("deckNames")["error"]
    missing = "anki.decks.DeckManager.all_names_and_ids"
    assert error == {
        "code": -32007,
        "message": f"Anki {version} cannot do that, a newer one can: it has no {missing}.",
        "data": {"kind": "anki_too_old", "missing": missing},
    }
    assert gateway.legacy("deckNames") == {"result": None, "error": error["message"]}
    assert "in deck_names" in caplog.text
    assert gateway.rpc("findNotes", {"query": "deck:Default"})["result"] == []


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("anki.decks.Nonsense", "anki.decks.Nonsense"),
        ("anki.decks.DeckManager.nonsense", "anki.decks.DeckManager.nonsense"),
        ("__import__('anki.nonsense')", "anki.nonsense"),
        ("None.nonsense", None),
        ("''.nonsense", None),
        ("__import__('nonsense')", None),
        ("{}['anki']", None),
    ],
)
def test_only_what_is_missing_in_anki_is_laid_to_its_age(source, missing, caplog):
    caplog.set_level(logging.CRITICAL)
    with pytest.raises((AttributeError, ImportError, KeyError)) as caught:
        eval(source)
    told = translate(caught.value)
    assert (told and told.data["missing"]) == missing


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[Errno 21] Is a directory: '/home/ada lovelace/Anki2/User 1/collection.media/x'", "'collection.media/x'"),
        ("cannot open C:\\Users\\Ada\\Anki2\\User 1\\collection.anki2: locked", "open collection.anki2: locked"),
        ("Failed to write file '/home/ada/Anki2/User 1/backups/b.colpkg'", "file 'backups/b.colpkg'"),
        ("nothing of /home/ada that is Anki's", "nothing of /home/ada that is Anki's"),
    ],
)
def test_errors_do_not_tell_where_the_user_s_files_are(text, told):
    assert without_folders(text).endswith(told)
    assert "Anki2" not in without_folders(text)


def test_a_media_file_that_cannot_be_read_is_told_without_its_folder(gateway):
    Path(gateway.col.media.dir(), "folder.txt").mkdir()
    error = gateway.rpc("retrieveMediaFile", {"filename": "folder.txt"})["error"]
    assert error["message"] == "[Errno 21] Is a directory: 'collection.media/folder.txt'"


FULL = 'DbError { info: "SqliteFailure(Error { code: DiskFull }, Some(\\"database or disk is full\\"))", kind: Other }'


@pytest.mark.parametrize(
    ("error", "message", "reason"),
    [
        (DBError(FULL, None, None, None), "database or disk is full", "full"),
        (
            BackendIOError("/home/me/x: No space left (os error 28)", None, None, None),
            "No space left on device",
            "full",
        ),
        (OSError(30, "Read-only file system", "/home/me/x"), "Read-only file system", "read_only"),
        (OSError(5, "", "/home/me/x"), "Input/output error", "failing"),
    ],
)
def test_a_disk_that_fails_is_named_without_a_path(error, message, reason):
    told = translate(error)
    assert (told.message, told.data) == (f"the disk failed: {message}", {"kind": "storage_failed", "reason": reason})


def test_other_errors_of_the_database_and_the_system_are_not_the_disks():
    assert translate(DBError("Anki already open, or media currently syncing.", None, None, None)).kind == "anki_error"
    assert translate(OSError(2, "No such file or directory")) is None
