"""Names of media files on file systems that ignore case or Unicode forms, with notes that an older Anki wrote."""

import base64
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from gateway_process import ROOT, child_environment
from sizes import for_each, some

from addon.collection import media_names, media_store
from addon.files.path_policy import System

pytestmark = pytest.mark.process

LINUX, WINDOWS, MACOS = (), ("case", "sharing", "readonly"), ("case", "forms")
CAFE, DECOMPOSED = "caf\u00e9.png", "cafe\u0301.png"


def names(served):
    return sorted(path.name for path in served.folder.iterdir() if path.name != "_ciao.txt")


def store(served, name, content, **params):
    return served.rpc("storeMediaFile", filename=name, data=base64.b64encode(content).decode(), **params)


def stored_anew(name):
    """The name that this Anki gives a new file: from 26.05 on in lower case."""
    return media_store.given_name(name)


@pytest.fixture
def served(served_on, request):
    """A gateway whose media folder has a file that Anki 25 has stored."""
    opened = served_on(*request.param)
    (opened.folder / "Foto.JPG").write_bytes(b"old")
    return opened


def on(*systems):
    return pytest.mark.parametrize("served", systems, indirect=True, ids=lambda traits: "-".join(traits) or "linux")


@on(LINUX, WINDOWS, MACOS)
def test_the_exact_name_means_the_file_as_it_stands_there(served):
    assert served.ask("GET", "Foto.JPG") == (200, b"old")
    assert served.ask("PUT", "Foto.JPG", b"new")[0] == 200
    assert (names(served), (served.folder / "Foto.JPG").read_bytes()) == (["Foto.JPG"], b"new")
    assert [(path.name, path.read_bytes()) for path in served.trash.iterdir()] == [("Foto.JPG", b"old")]
    assert served.rpc("retrieveMediaFile", filename="Foto.JPG") == "bmV3"
    assert served.rpc("getMediaFilesNames", pattern="Foto.JPG") == ["Foto.JPG"]
    assert served.ask("DELETE", "Foto.JPG")[0] == 204
    assert names(served) == []


@on(LINUX)
def test_where_case_counts_a_name_in_another_case_is_another_file(served):
    assert served.ask("GET", "foto.jpg")[0] == 404
    assert served.ask("PUT", "foto.jpg", b"new")[0] == 201
    assert names(served) == ["Foto.JPG", "foto.jpg"]
    assert store(served, "Foto.JPG", b"newer") == (
        "Foto.JPG" if stored_anew("A") == "A" else free("foto.jpg", b"newer")
    )


def free(name, content):
    """The name that a file gets if its own is taken by other content."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha1(content).hexdigest()}.{ending}"


@on(WINDOWS, MACOS)
@for_each(name=some(["Foto.JPG", "foto.jpg", "FOTO.jpg"], 2))
def test_where_case_does_not_count_notes_of_an_older_anki_keep_their_file(served, name):
    for path in served.folder.iterdir():
        path.unlink()
    (served.folder / "Foto.JPG").write_bytes(b"old")
    assert served.ask("GET", name) == (200, b"old")
    status, body = served.ask("PUT", name, b"new")
    assert (status, b'"Foto.JPG"' in body) == (200, True)
    assert store(served, name, b"newer") == "Foto.JPG"
    assert store(served, name, b"newer") == "Foto.JPG"
    assert names(served) == ["Foto.JPG"]
    assert store(served, name, b"newer", deleteExisting=False) == "Foto.JPG"
    assert served.rpc("getMediaFilesNames", pattern=name) in (["Foto.JPG"], [])
    dry = served.rpc("deleteMediaFile", filename=name, dryRun=True)
    assert dry == {"dryRun": True, "files": {"count": 1, "names": ["Foto.JPG"]}}
    other = free(stored_anew(name), b"other")
    assert store(served, name, b"other", deleteExisting=False) == other
    assert names(served) == sorted(["Foto.JPG", other])
    assert served.rpc("deleteMediaFile", filename=name) == "Foto.JPG"
    assert names(served) == [other]
    assert store(served, name, b"again") == stored_anew(name)


@on(WINDOWS, MACOS)
def test_a_note_refers_to_the_file_as_it_stands_there(served):
    picture = {"filename": "foto.JPG", "data": "bmV3", "fields": ["Meaning"], "deleteExisting": True}
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera"}, "picture": [picture]}
    assert isinstance(served.rpc("addNote", note=note), int)
    (found,) = served.rpc("notesInfo", query="Word:pera")
    assert found["fields"]["Meaning"]["value"] == '<img src="Foto.JPG">'
    assert (names(served), (served.folder / "Foto.JPG").read_bytes()) == (["Foto.JPG"], b"new")


@pytest.mark.parametrize("there", [CAFE, DECOMPOSED])
@pytest.mark.parametrize("asked", [CAFE, DECOMPOSED])
def test_where_forms_do_not_count_a_name_is_in_the_form_that_anki_syncs(served_on, there, asked):
    served = served_on(*MACOS)
    (served.folder / there).write_bytes(b"old")
    assert served.ask("GET", asked) == (200, b"old")
    status, body = served.ask("PUT", asked, b"new")
    assert (status, CAFE in body.decode()) == (200, True)
    assert served.ask("GET", asked) == (200, b"new")
    assert store(served, asked, b"newer") == CAFE
    assert [(path.name, path.read_bytes()) for path in served.folder.glob("caf*")] == [(CAFE, b"newer")]
    assert served.rpc("deleteMediaFile", filename=asked, dryRun=True)["files"]["names"] == [CAFE]
    assert served.ask("DELETE", asked)[0] == 204
    assert names(served) == []


@pytest.fixture
def namer(served, monkeypatch):
    """Has Anki asked for names as on Windows, in a folder on the same file system."""
    monkeypatch.setattr(media_names, "SYSTEM", System.WINDOWS)
    monkeypatch.setattr(media_store.tempfile, "tempdir", str(served.folder.parent))
    namer = media_store._Namer()
    monkeypatch.setattr(media_store, "_namer", namer)
    monkeypatch.setattr(media_store, "_given_name", namer.name)
    yield namer
    namer._stack.close()


@on((*WINDOWS, "devices"))
@for_each(name=some(["NUL.mp3", "nul", "com1.txt", "NUL .mp3", "COM\u00b9.mp3", "aux.tar.gz"], 2))
def test_no_file_is_stored_in_a_device(served, namer, name):
    content = os.urandom(100_000)
    assert served.ask("GET", name)[0] == 404
    stored = store(served, name, content)
    assert served.rpc("retrieveMediaFile", filename=stored) == base64.b64encode(content).decode()
    assert (served.folder / stored).read_bytes() == content
    status, body = served.ask("PUT", name, content[:100])
    assert status == 400 or (status, served.ask("GET", name)) == (200, (200, content[:100])), body
    assert served.left() == []


@on((*WINDOWS, "ports"))
@for_each(name=some(["NUL.mp3", "COM\u00b9.mp3", "LPT0", "NUL .mp3", "Clock$", "C?O\x01M\u00b2.tar.gz"], 2, 1))
def test_no_device_is_opened_to_find_out_a_name(served, namer, name):
    """Anki does not know all names of devices, and would open the file to compare it."""
    stored = store(served, name, b"x")
    assert stored.lower().partition(".")[0] == f"{name.partition('.')[0].lower()}_".replace("?", "").replace("\x01", "")
    assert served.ask("GET", name) == (200, b"x")
    assert served.ask("PUT", name, b"new")[0] == 200
    assert store(served, name, b"newer") == stored
    assert (served.folder / stored).read_bytes() == b"newer"
    assert served.ask("DELETE", name)[0] == 204
    assert served.left() == []


@on(WINDOWS)
def test_anki_is_asked_for_names_while_another_program_keeps_its_answers_open(served, namer, monkeypatch):
    monkeypatch.setattr(media_store.media_moves, "PATIENCE_S", 0.1)
    assert namer.name("a.txt") == "a.txt"
    held = Path(namer._folder, "b.txt")
    held.write_bytes(b"y")
    with held.open("rb"):
        assert namer.name("b.txt", content=b"x") == free("b.txt", b"x")
        assert namer.name("b.txt") == "b.txt"
    assert Path(namer._folder) != held.parent


OLDEST = ROOT / ".venv-desktop-25.7.5-3.11"


@pytest.mark.matrix
@pytest.mark.skipif(not OLDEST.is_dir(), reason="tools/matrix makes the environment of Anki 25.7.5")
def test_all_this_holds_with_the_oldest_anki(tmp_path):
    (package,) = OLDEST.glob("lib/*/site-packages/anki")
    (tmp_path / "anki").symlink_to(package)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not matrix", __file__]
    environment = child_environment()
    environment["PYTHONPATH"] = f"{tmp_path}{os.pathsep}{environment['PYTHONPATH']}"
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
