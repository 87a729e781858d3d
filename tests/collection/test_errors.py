"""What Anki raises, and what it does not have, as a client is told."""

import errno
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import anki.collection  # before any other part of Anki, which imports in circles
import anki.decks
import pytest
from anki.buildinfo import version
from anki.errors import BackendIOError, DBError
from local_gateway import LocalGateway
from sizes import for_rows

from addon.collection import system_errors
from addon.collection.errors import translate, without_folders
from addon.files import consent
from addon.files.path_policy import System


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


@pytest.mark.parametrize("use", [lambda col: col.mod, lambda col: col.db.scalar("select 1")])
def test_a_collection_that_closes_during_a_call_is_not_laid_to_ankis_age(gateway, use):
    col = gateway.host.collection()
    gateway.host.close()
    with pytest.raises(AttributeError) as caught:
        use(col)
    assert translate(caught.value).kind == "collection_unavailable"


@for_rows(
    ("text", "told"),
    [
        ("[Errno 21] Is a directory: '/home/ada lovelace/Anki2/User 1/collection.media/x'", "'collection.media/x'"),
        ("cannot open C:\\Users\\Ada\\Anki2\\User 1\\collection.anki2: locked", "open collection.anki2: locked"),
        ("Failed to write file '/home/ada/Anki2/User 1/backups/b.colpkg'", "file 'backups/b.colpkg'"),
        ("nothing of /home/ada that is Anki's", "nothing of /home/ada that is Anki's"),
        ("open '/home/o'brien/Anki2/User 1/collection.anki2': locked", "open 'collection.anki2': locked"),
        ("cannot open /home/o'brien/Anki2/User 1/media.trash/x", "cannot open media.trash/x"),
        ("from 'C:\\\\Users\\\\O'Brien\\\\Anki2\\\\User 1\\\\media.trash\\\\x'", "from 'media.trash\\\\x'"),
        ("cannot open \\\\nas\\home\\Ada\\Anki2\\User 1\\collection.anki2: gone", "open collection.anki2: gone"),
        ("open '\\\\\\\\nas\\\\home\\\\Ada\\\\Anki2\\\\prefs21.db'", "open 'prefs21.db'"),
        ("open //nas/home/Ada/Anki2/prefs21.db", "open prefs21.db"),
        ("open '\\\\?\\C:\\Users\\Ada\\Anki2\\User 1\\collection.media\\x'", "collection.media\\x'"),
        ("file:///home/ada/Anki2/User%201/backups", "file:backups"),
        (
            "from '/a/Anki2/U/media.trash/x' to '/a/Anki2/U/collection.media/x'",
            "'media.trash/x' to 'collection.media/x'",
        ),
        ("read and/or write Z:/Anki2/U/backups/b", "read and/or write backups/b"),
    ],
)
def test_errors_do_not_tell_where_the_user_s_files_are(text, told):
    assert without_folders(text).endswith(told)
    assert "Anki2" not in without_folders(text)
    assert "Brien" not in without_folders(text)
    assert "Ada" not in without_folders(text)


def test_a_long_text_takes_no_long_time():
    for part in ("/home/", "\\\\", "'", "/ ", "/collection.", "C:/backups ", "C:\\a"):
        before = time.process_time()
        without_folders(part * 50_000)
        assert time.process_time() - before < 2


@pytest.mark.parametrize("home", ["Ada Lovelace", "O'Brien", "Zo\u00eb", "a.media.trash"])
def test_paths_of_the_user_are_shortened(monkeypatch, home):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, f"/homes/{home}")
    text = f"open {f'/homes/{home}/Documents/a.apkg'!r}: denied"
    assert without_folders(text).replace('"', "'") == "open '~/Documents/a.apkg': denied"
    assert without_folders(text, named=f"/homes/{home}/b") == text


def test_a_media_file_that_cannot_be_read_is_told_without_its_folder(gateway):
    Path(gateway.col.media.dir(), "folder.txt").mkdir()
    error = gateway.rpc("retrieveMediaFile", {"filename": "folder.txt"})["error"]
    assert error["message"] == "Is a directory: 'collection.media/folder.txt'"


@pytest.fixture
def renamed(example_collection, tmp_path):
    """A gateway to a collection that is not called as Anki calls one, in a folder with a person's name."""
    folder = tmp_path / "Ada Lovelace's files"
    shutil.copytree(example_collection.parent, folder)
    for path in list(folder.iterdir()):
        path.rename(folder / path.name.replace("collection.", "italian words."))
    gateway = LocalGateway(folder / "italian words.anki2")
    yield gateway
    gateway.close()


def as_a_file(path):
    """Have a file in the place of a folder."""
    path.rename(path.with_name("gone")) if path.exists() else None
    path.write_text("x")


NOTE = {"deckName": "Italian", "modelName": "Basic", "fields": {"Front": "pera", "Back": "pear"}}
PICTURE = [{"filename": "a.png", "data": "eA==", "fields": ["Back"]}]


@pytest.mark.parametrize(
    ("prepare", "call", "words"),
    [
        (
            lambda media: (media / "a.txt").mkdir(),
            ("retrieveMediaFile", {"filename": "a.txt"}),
            "Is a directory: 'italian words.media/a.txt'",
        ),
        (as_a_file, ("checkMedia", {}), "Failed to create file in 'italian words.media'"),
        (as_a_file, ("addNote", {"note": {**NOTE, "picture": PICTURE}}), " -> 'italian words.media/a.png'"),
        (as_a_file, ("importPackage", {"path": "{outside}/a.apkg"}), "Failed to create file in 'italian words.media'"),
        (
            None,
            ("exportPackage", {"deck": "Italian", "path": "no/a.apkg"}),
            "The folder of this file does not exist: 'no/a.apkg'",
        ),
        (None, ("exportPackage", {"deck": "Italian", "path": "_ciao.txt"}), "it is no package: '_ciao.txt'"),
        (None, ("importPackage", {"path": "no/a.apkg"}), "No such file or directory: 'no/a.apkg'"),
        (None, ("storeMediaFile", {"filename": "a", "path": "no/a.txt"}), "No such file or directory: 'no/a.txt'"),
    ],
)
def test_no_error_tells_the_folder_of_a_collection_of_any_name(renamed, tmp_path, prepare, call, words):
    renamed.rpc("exportPackage", ["Italian", str(tmp_path / "a.apkg")])
    if prepare is not None:
        prepare(Path(renamed.col.media.dir()))
    method, params = call
    params = {k: v.format(outside=tmp_path) if isinstance(v, str) else v for k, v in params.items()}
    message = renamed.rpc(method, params)["error"]["message"]
    assert words in message.replace('"', "'")
    assert "Ada" not in message


def test_a_note_of_the_old_protocol_is_told_no_folder_either(renamed):
    as_a_file(Path(renamed.col.media.dir()))
    note = renamed.legacy("addNote", note={**NOTE, "picture": PICTURE})["result"]
    field = renamed.rpc("notesInfo", {"notes": [note]})["result"][0]["fields"]["Back"]["value"]
    assert "italian words.media/a.png" in field
    assert "Ada" not in field


@pytest.mark.parametrize(
    ("text", "named", "told"),
    [
        ("open '{folder}/a.apkg'", "", "open 'a.apkg'"),
        ("open '{folder}/a.apkg'", "b", "open 'a.apkg'"),
        ("open '{folder}/a.apkg'", "{folder}/b", "open '{folder}/a.apkg'"),
        ("open '{folder}/a.apkg'", "{folder}s/b", "open 'a.apkg'"),
        ("from {folder}/a to {folder}/b/c", "", "from a to b/c"),
        ("in {folder}: full", "", "in the folder of the collection: full"),
        ("in '{folder}'", "", "in 'the folder of the collection'"),
        ("in '{temporary}/anki-rpc-x/media'", "", "in 'anki-rpc-x/media'"),
        ("in {temporary}", "", "in a temporary folder"),
        ("in {temporary}orary", "", "in {temporary}orary"),
    ],
)
def test_a_folder_is_told_to_who_has_named_it_only(renamed, text, named, told):
    places = {"folder": str(Path(renamed.col.path).parent), "temporary": tempfile.gettempdir()}
    assert without_folders(text.format(**places), renamed.col, named.format(**places)) == told.format(**places)


FULL = 'DbError { info: "SqliteFailure(Error { code: DiskFull }, Some(\\"database or disk is full\\"))", kind: Other }'


@for_rows(
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
        (PermissionError(13, "Permission denied", "/home/me/x"), "Permission denied", "denied"),
    ],
)
def test_a_disk_that_fails_is_named_without_a_path(error, message, reason):
    told = translate(error)
    assert (told.message, told.data) == (f"the disk failed: {message}", {"kind": "storage_failed", "reason": reason})


WINDOWS = [
    (5, "Access is denied.", "denied"),
    (19, "The media is write protected.", "read_only"),
    (112, "There is not enough space on the disk.", "full"),
    (1117, "The request could not be performed because of an I/O device error.", "failing"),
]


def by_python(number, words):
    error = OSError(13, words, "C:\\Users\\Ada\\x")
    error.winerror = number  # Python sets it on Windows only
    return error


def by_anki(number, words):
    return BackendIOError(f"Failed to write file 'C:\\Users\\Ada\\x': {words} (os error {number})", None, None, None)


@pytest.mark.parametrize("raised", [by_python, by_anki])
@pytest.mark.parametrize(("number", "words", "reason"), WINDOWS)
def test_numbers_of_windows_are_not_those_of_posix(monkeypatch, raised, number, words, reason):
    monkeypatch.setattr(system_errors, "ANKIS", system_errors.WINDOWS)
    told = translate(raised(number, words))
    assert (told.message, told.data) == (f"the disk failed: {words}", {"kind": "storage_failed", "reason": reason})
    assert system_errors.is_held(raised(number, words)) is (sys.platform == "win32" and number == 5)
    monkeypatch.setattr(system_errors, "HELD", {"busy", "denied"})
    assert system_errors.is_held(raised(number, words)) is (number == 5)  # it may be open


def test_a_denial_of_macos_says_where_it_can_be_allowed(monkeypatch):
    monkeypatch.setattr(consent, "SYSTEM", System.MACOS)
    withheld = translate(PermissionError(errno.EPERM, os.strerror(errno.EPERM), "/Users/ada/Documents/x"))
    assert withheld.message == f"the disk failed: {os.strerror(errno.EPERM)}. {consent.ADVICE}"
    assert "Privacy" not in translate(PermissionError(errno.EACCES, os.strerror(errno.EACCES), "x")).message


@pytest.mark.parametrize("raised", [by_python, by_anki])
@pytest.mark.parametrize("number", [32, 33])
def test_a_file_that_another_program_has_open_is_no_fault_of_the_disk(monkeypatch, raised, number):
    monkeypatch.setattr(system_errors, "ANKIS", system_errors.WINDOWS)
    error = raised(number, "The process cannot access the file because it is being used by another process.")
    told = translate(error)
    assert (told.kind, "Ada" in told.message, system_errors.is_held(error)) == ("busy", False, True)


@pytest.mark.parametrize("raised", [by_python, by_anki])
def test_other_numbers_of_windows_are_no_fault_of_the_disk(monkeypatch, raised):
    monkeypatch.setattr(system_errors, "ANKIS", system_errors.WINDOWS)
    error = raised(28, "The printer is out of paper.")  # of POSIX: the disk is full
    assert getattr(translate(error), "kind", None) in (None, "anki_error")


def test_other_errors_of_the_database_and_the_system_are_not_the_disks():
    assert translate(DBError("Anki already open, or media currently syncing.", None, None, None)).kind == "anki_error"
    assert translate(OSError(2, "No such file or directory")) is None
