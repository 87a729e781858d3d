"""Media files: by content, path and address."""

import base64
import contextlib
import copy
import hashlib
import ntpath
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import unicodedata
from pathlib import Path
from urllib.parse import quote

import ankis
import pytest
from limits import no_more_threads
from sizes import for_rows

from addon.actions import REGISTRY
from addon.files.path_policy import System
from addon.rpc.caller import Caller


def encoded(content):
    return base64.b64encode(content).decode()


def store(gateway, filename="a.txt", **source):
    return gateway.legacy("storeMediaFile", filename=filename, **source)


def read(gateway, filename):
    result = gateway.legacy("retrieveMediaFile", filename=filename)["result"]
    return base64.b64decode(result) if result is not False else None


# --- sources ---


def test_data_comes_before_path_and_path_before_url(gateway, web, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"from a file")
    sources = {"data": encoded(b"from data"), "path": str(file), "url": web.url + "/fine"}
    for content in (b"from data", b"from a file", b"content"):
        assert store(gateway, **sources) == {"result": "a.txt", "error": None}
        assert read(gateway, "a.txt") == content
        sources.pop(next(iter(sources)))
    assert store(gateway, data="", path=None, url=web.url + "/fine")["result"] == "a.txt"
    assert all(agent.startswith("Anki ") for agent in web.agents)


@pytest.mark.parametrize("path", ["/moved", "/empty"])
def test_a_download_follows_redirects_and_may_be_empty(gateway, web, path):
    assert store(gateway, url=web.url + path)["error"] is None
    assert read(gateway, "a.txt") == (b"" if path == "/empty" else b"content")


NOTHING = 'You must provide a "data", "path", or "url" field.'


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ({}, NOTHING),
        ({"data": None, "path": "", "url": None}, NOTHING),
        ({"data": "", "path": 0}, NOTHING),
        ({"data": "eA"}, "Incorrect padding"),
        ({"data": 5}, "argument should be a bytes-like object or ASCII string, not 'int'"),
        ({"data": "é"}, "string argument should contain only ASCII characters"),
        ({"path": "/no/such/file"}, "[Errno 2] No such file or directory: '/no/such/file'"),
        ({"path": "/"}, "[Errno 21] Is a directory: '/'"),
        ({"url": "http://a..b/"}, "Failed to parse: 'a..b', label empty or too long"),
        ({"url": "foo"}, "Invalid URL 'foo': No scheme supplied. Perhaps you meant https://foo?"),
        ({"url": "ftp://x/y"}, "No connection adapters were found for 'ftp://x/y'"),
        ({"url": "file:///etc/passwd"}, "No connection adapters were found for 'file:///etc/passwd'"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the texts are those of POSIX")
def test_a_source_that_cannot_be_had_says_why(reading, source, text):
    assert store(reading, **source) == {"result": None, "error": text}
    assert read(reading, "a.txt") is None


def test_a_failing_download_says_why(gateway, web):
    address = web.url + "/none?a=b&c"
    assert store(gateway, url=address)["error"] == f"{address} download failed with return code 404"
    assert store(gateway, url="http://127.0.0.1:1/")["error"].startswith("HTTPConnectionPool(host=")
    assert "HTTPConnection(host='localhost', port=1)" in store(gateway, url="http://localhost:1/")["error"]
    assert gateway.rpc("storeMediaFile", {"filename": "a", "url": address})["error"]["data"]["status"] == 404


def test_a_download_whose_time_cannot_be_limited_is_not_begun(gateway, web):
    source = {"filename": "a.txt", "url": web.url + "/none"}
    with no_more_threads("anki-rpc time limit"):
        errors = [gateway.rpc("storeMediaFile", source)["error"] for _ in range(20)]
    assert all("no more threads" in error["message"] and error["data"]["kind"] == "busy" for error in errors)
    assert gateway.rpc("storeMediaFile", source)["error"]["data"]["status"] == 404


def test_characters_outside_of_base64_are_ignored(gateway):
    store(gateway, data="aG\n k=!?")
    assert read(gateway, "a.txt") == b"hi"


# --- names ---


@for_rows(
    ("filename", "stored"),
    [
        ("../../up.txt", "up.txt"),
        ("/etc/passwd", "passwd"),
        ("assets/pic.png", "pic.png"),
        ("./pic.png", "pic.png"),
        ("a//b/./pic.png", "pic.png"),
        ("C:/a/pic.png", "pic.png"),
        ("a/con.txt", "con_.txt"),
        ("a/x:y.png", "xy.png"),
        ("a/..", ".._"),
        ("con.txt", "con_.txt"),
        ('a[b]<c>:"?*^\\|.txt', "abc.txt"),
        ("dot.", "dot._"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("😀.png", "😀.png"),
        (".", "._"),
        ("..", ".._"),
    ],
)
def test_anki_cleans_the_name_and_the_answer_tells_it(kept, filename, stored):
    gateway = kept.unchanged()
    for delete_existing in (True, False, True):
        reply = store(gateway, filename, data=encoded(b"x"), deleteExisting=delete_existing)
        assert reply == {"result": stored, "error": None}
    assert read(gateway, stored) == b"x"


def test_a_name_that_points_out_of_the_folder_trashes_nothing(gateway):
    folder = Path(gateway.col.media.dir())
    outside = folder.parent / "precious.txt"
    outside.write_text("precious", encoding="utf-8")
    for filename in ("../precious.txt", str(outside), "..", "."):
        store(gateway, filename, data=encoded(b"x"))
    assert outside.read_text(encoding="utf-8") == "precious"
    assert folder.is_dir()


NO_NAME = "Failed to read 'collection.media/': Is a directory (os error 21)"


@pytest.mark.skipif(sys.platform == "win32", reason="the texts are those of POSIX")
@pytest.mark.parametrize("filename", ["assets/", "/", "./", "pic.png/"])
def test_a_name_that_ends_with_a_folder_is_none(gateway, filename):
    store(gateway, "pic.png", data=encoded(b"x"))
    assert store(gateway, filename, data="eA==") == {"result": None, "error": NO_NAME}
    gateway.legacy("deleteMediaFile", filename=filename)
    assert read(gateway, "pic.png") == b"x"


@for_rows("filename", ["a/pic.png", "b/pic.png", "../pic.png", "/pic.png"])
def test_files_of_one_name_in_two_folders_are_two(kept, filename):
    gateway = kept.unchanged()
    store(gateway, "pic.png", data=encoded(b"one"))
    other = f"pic-{hashlib.sha1(b'two').hexdigest()}.png"
    assert store(gateway, filename, data=encoded(b"two"))["result"] == other
    assert store(gateway, filename, data=encoded(b"one"))["result"] == "pic.png"
    gateway.legacy("deleteMediaFile", filename=filename)
    assert (read(gateway, "pic.png"), read(gateway, other), read(gateway, filename)) == (b"one", b"two", b"one")


def test_a_dot_as_the_folder_means_the_media_folder(gateway):
    for content in (b"one", b"two"):
        assert store(gateway, "./pic.png", data=encoded(content))["result"] == "pic.png"
    assert read(gateway, "./pic.png") == b"two"
    gateway.legacy("deleteMediaFile", filename="./pic.png")
    assert read(gateway, "pic.png") is None


def test_on_windows_a_backslash_ends_a_folder(gateway, monkeypatch):
    for name in ("split", "basename"):
        monkeypatch.setattr(os.path, name, getattr(ntpath, name))
    for filename in ("assets\\pic.png", ".\\pic.png", "C:\\a/pic.png"):
        assert store(gateway, filename, data=encoded(b"x"))["result"] == "pic.png"
        assert read(gateway, filename) == b"x"


@for_rows("filename", ["assets/pic.png", "./pic.png", "C:/a/pic.png"])
@for_rows(
    ("kind", "reference"),
    [("audio", "[sound:pic.png]"), ("video", "[sound:pic.png]"), ("picture", '<img src="pic.png">')],
)
def test_a_file_of_a_note_is_called_by_the_last_part_of_its_name(kept, filename, kind, reference):
    gateway = kept.unchanged()
    file = {"filename": filename, "data": encoded(b"x"), "fields": ["Meaning"]}
    fields = {"Word": "pera", "Meaning": ""}
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": fields, kind: [file]}
    assert gateway.legacy("addNote", note=note)["error"] is None
    assert "result" in gateway.rpc("addNote", {"note": {**note, "options": {"allowDuplicate": True}}})
    found = gateway.legacy("notesInfo", query="Word:pera")["result"]
    assert [note["fields"]["Meaning"]["value"] for note in found] == [reference, reference]
    assert read(gateway, "pic.png") == b"x"


@for_rows(
    ("filename", "text"),
    [
        ("", "Directory not empty (os error 39)"),
        (None, "bad argument type for built-in operation"),
        (5, "bad argument type for built-in operation"),
    ],
)
def test_a_name_that_is_none_says_so(reading, filename, text):
    assert store(reading, filename, data="eA==") == {"result": None, "error": text}


def test_a_name_that_is_too_long_is_cut(gateway):
    name = store(gateway, "x" * 300 + ".txt", data="eA==")["result"]
    assert name.endswith(".txt")
    assert read(gateway, name) == b"x"


# --- clashes ---


def test_an_existing_file_is_replaced_and_goes_to_the_trash(gateway):
    for content in (b"one", b"two"):
        assert store(gateway, data=encoded(content))["result"] == "a.txt"
    assert read(gateway, "a.txt") == b"two"
    trash = Path(gateway.col.media.dir()).parent / "media.trash"
    assert [file.name for file in trash.iterdir()] == ["a.txt"]


@for_rows("made", ["file", "folder"])
@for_rows("how", ["storeMediaFile", "deleteMediaFile"])
def test_a_folder_in_the_trash_makes_room(kept, how, made):
    gateway = kept.unchanged()
    folder = Path(gateway.col.media.dir())
    trash = folder.with_name("media.trash")
    (trash / "a.txt").mkdir(parents=True)
    (trash / "a.txt" / "kept").write_bytes(b"kept")
    if made == "file":
        store(gateway, data=encoded(b"one"))
    else:
        (folder / "a.txt").mkdir()
        (folder / "a.txt" / "other").write_bytes(b"other")
    if how == "storeMediaFile":
        assert store(gateway, data=encoded(b"two")) == {"result": "a.txt", "error": None}
        assert read(gateway, "a.txt") == b"two"
    else:
        assert gateway.legacy("deleteMediaFile", filename="a.txt") == {"result": None, "error": None}
    assert (trash / "a.txt (1)" / "kept").exists() is (made == "file" or how == "storeMediaFile")
    found = {path.read_bytes() for path in trash.rglob("*") if path.is_file()}
    assert b"kept" in found
    assert b"one" in found or made == "folder"
    assert b"other" in found or made == "file" or (folder / "a.txt" / "other").exists()


def test_a_file_in_the_place_of_the_trash_is_told(gateway):
    store(gateway, data=encoded(b"one"))
    trash = Path(gateway.col.media.dir()).with_name("media.trash")
    trash.write_bytes(b"kept")
    for name, params in (("storeMediaFile", {"data": encoded(b"two")}), ("deleteMediaFile", {})):
        error = gateway.rpc(name, {"filename": "a.txt", **params})["error"]
        assert error["data"]["kind"] == "file_problem"
        assert "media.trash" in error["message"]
    assert read(gateway, "a.txt") == b"one"


@for_rows("off", [False, None, 0])
def test_without_deleting_other_content_gets_a_free_name_and_the_same_the_old_one(kept, off):
    gateway = kept.unchanged()
    store(gateway, data=encoded(b"one"))
    other = f"a-{hashlib.sha1(b'two').hexdigest()}.txt"
    assert store(gateway, data=encoded(b"two"), deleteExisting=off)["result"] == other
    assert store(gateway, data=encoded(b"one"), deleteExisting=off)["result"] == "a.txt"
    assert (read(gateway, "a.txt"), read(gateway, other)) == (b"one", b"two")


def test_content_with_the_hash_to_skip_is_not_stored(gateway):
    digest = hashlib.md5(b"one").hexdigest()
    assert store(gateway, data=encoded(b"one"), skipHash=digest) == {"result": None, "error": None}
    assert read(gateway, "a.txt") is None
    for other in (digest.upper(), "", None, "x", 5):
        assert store(gateway, data=encoded(b"one"), skipHash=other)["result"] == "a.txt"


def test_content_to_skip_leaves_an_existing_file(gateway):
    store(gateway, data=encoded(b"old"))
    store(gateway, data=encoded(b"one"), skipHash=hashlib.md5(b"one").hexdigest())
    assert read(gateway, "a.txt") == b"old"


# --- reading ---


@for_rows("filename", ["_ciao.txt", "x/_ciao.txt", "../_ciao.txt", "/etc/_ciao.txt", "_ci?ao.txt"])
def test_only_the_last_part_of_a_cleaned_name_counts(reading, filename):
    assert reading.legacy("retrieveMediaFile", filename=filename) == {"result": "Y2lhbw==", "error": None}


@for_rows("filename", ["no", "../collection.anki2", "/etc/passwd", "x" * 300, "a\x00b", "a" * 5000])
def test_a_file_that_is_not_in_the_folder_is_false(reading, filename):
    assert reading.legacy("retrieveMediaFile", filename=filename) == {"result": False, "error": None}


def test_a_name_is_read_in_any_unicode_form_and_an_empty_file_is_an_empty_text(gateway):
    store(gateway, "\u00e9.txt", url=None, data=encoded(b"x"))
    assert read(gateway, "e\u0301.txt") == b"x"
    Path(gateway.col.media.dir(), "empty").touch()
    assert gateway.legacy("retrieveMediaFile", filename="empty")["result"] == ""


DEVICES = ["NUL", "nul.txt", "con.tar.gz", "COM1.mp3", "lpt\u00b3", "AUX .png", "PRN. ", "CONIN$", "Clock$.x", "com0"]


@pytest.mark.skipif(sys.platform == "win32", reason="there these are no names of files")
@pytest.mark.parametrize("name", DEVICES)
def test_on_windows_no_file_is_looked_for_under_the_name_of_a_device(gateway, monkeypatch, name):
    """The system would open the device in the folder's stead; an ordinary file stands for it here."""
    device = Path(gateway.col.media.dir(), name)
    device.write_bytes(b"what the device sends")
    monkeypatch.setattr("addon.collection.media_names.SYSTEM", System.WINDOWS)
    assert read(gateway, name) is None
    assert read(gateway, f"assets/{name}") is None
    assert gateway.send(method="GET", path=f"/media/{quote(name)}").status_code == 404
    assert gateway.rpc("deleteMediaFile", {"filename": name, "dryRun": True})["result"] == {"dryRun": True}
    gateway.legacy("deleteMediaFile", filename=name)
    assert gateway.send(method="DELETE", path=f"/media/{quote(name)}").status_code == 404
    image = {"filename": name}
    note = {"image": image, "shapes": [{"type": "rect", "left": 0, "top": 0, "width": 1, "height": 1}]}
    (added,) = gateway.rpc("addImageOcclusionNotes", {"notes": [{**note, "deckName": "Italian"}]})["result"]
    assert "media file was not found" in added["error"]["message"]
    assert device.read_bytes() == b"what the device sends"


@pytest.mark.parametrize("name", ["NUL", "con.txt", "COM1.mp3"])
def test_on_windows_a_file_of_a_device_s_name_is_the_one_that_anki_stores(gateway, monkeypatch, name):
    monkeypatch.setattr("addon.collection.media_names.SYSTEM", System.WINDOWS)
    stored = store(gateway, name, data=encoded(b"x"))["result"]
    assert stored.lower() == f"{name.lower().partition('.')[0]}_{Path(name).suffix}"
    assert read(gateway, name) == read(gateway, stored) == b"x"
    gateway.legacy("deleteMediaFile", filename=name)
    assert read(gateway, stored) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there these are no names of files")
def test_elsewhere_a_device_of_windows_is_a_name_like_others(gateway):
    Path(gateway.col.media.dir(), "con.txt").write_bytes(b"x")
    assert read(gateway, "con.txt") == b"x"


@pytest.mark.skipif(sys.platform == "win32", reason="the texts are those of POSIX")
@pytest.mark.parametrize("filename", ["", ".", ".."])
def test_a_folder_is_an_error(reading, filename):
    error = reading.legacy("retrieveMediaFile", filename=filename)["error"]
    assert error == f"[Errno 21] Is a directory: '{Path(reading.col.media.dir()).name}/{filename}'"


@for_rows(("filename", "kind"), [(5, "int"), (None, "NoneType"), ([], "list")])
def test_a_name_to_read_must_be_text(reading, filename, kind):
    text = f"expected str, bytes or os.PathLike object, not {kind}"
    assert reading.legacy("retrieveMediaFile", filename=filename) == {"result": None, "error": text}


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="a process loses its locks by closing a file on POSIX systems")
def test_the_collection_cannot_be_read_which_would_take_ankis_lock_off_it(gateway, tmp_path):
    (tmp_path / "link.txt").symlink_to(gateway.col.path)
    for path in (gateway.col.path, str(tmp_path / "link.txt")):
        reply = gateway.legacy("storeMediaFile", filename="x", path=path)
        assert reply["error"] == f"In use by Anki: {path!r}"
    (tmp_path / "other.anki2").write_bytes(b"x")
    other = gateway.legacy("storeMediaFile", filename="x", path=str(tmp_path / "other.anki2"))
    assert other["error"].startswith("A database of Anki's: ")
    write = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('create table t (x)')"
    other = subprocess.run([sys.executable, "-c", write, gateway.col.path], capture_output=True, check=False)
    assert b"database is locked" in other.stderr


def test_a_path_with_nul_is_an_error_of_files(reading):
    assert store(reading, path="a\0b")["error"] == "embedded null byte: 'a\\x00b'"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_keeps_nobody_waiting(gateway, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert store(gateway, path=str(tmp_path / "pipe"))["error"].startswith("Not a regular file")


@contextlib.contextmanager
def web_of(answer):
    """The address of a server that answers each connection by a function, with everything it needs to give up."""

    def serve(server):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection, contextlib.suppress(OSError):
                    answer(connection, connection.recv(1000))

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=[server], daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("scheme", "head"),
    [
        ("http", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
        ("http", b"HTTP/1.1 200 OK\r\n"),
        ("http", b""),
        ("https", b"\x16\x03\x03\x40\x00"),
    ],
)
def test_a_slow_download_ends_at_its_deadline(gateway, monkeypatch, scheme, head):
    def trickle(connection, request):
        connection.sendall(head)
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.05)

    monkeypatch.setattr("addon.files.sources.DOWNLOAD_DEADLINE_S", 0.3)
    with web_of(trickle) as url:
        begin = time.monotonic()
        reply = store(gateway, url=url.replace("http", scheme))
    assert reply["error"].endswith("took longer than 0.3 seconds")
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    "head", [b"Content-Length: 99999999999\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n"]
)
def test_the_body_of_a_redirect_is_left_where_it_is(gateway, head):
    sent = []

    def redirect(connection, request):
        if b" /there " in request:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine")
            return
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /there\r\n" + head)
        while len(sent) < 200:
            connection.sendall(bytes(2**20))
            sent.append(2**20)

    with web_of(redirect) as url:
        assert store(gateway, url=url) == {"result": "a.txt", "error": None}
    assert sum(sent) < 2**25


def test_a_file_that_cannot_be_stored_costs_only_its_note(gateway):
    def note(word, filename):
        return {
            "deckName": "Default",
            "modelName": "Basic",
            "fields": {"Front": word},
            "audio": [{"data": encoded(b"a"), "filename": filename, "fields": ["Back"]}],
        }

    good, bad = gateway.rpc("addNotes", {"notes": [note("one", "one.mp3"), note("two", "/")]})["result"]
    assert good["error"] is None
    assert (bad["id"], bad["error"]["data"]["kind"], bad["error"]["data"]["index"]) == (None, "file_problem", 1)
    assert gateway.col.get_note(good["id"])["Back"] == "[sound:one.mp3]"
    refused = gateway.rpc("addNotes", {"notes": [note("three", "three.mp3"), note("four", "/")], "onError": "abort"})
    assert refused["error"]["data"]["kind"] == "some_failed"
    assert gateway.col.find_notes("Front:three") == []


# --- deleting ---


def test_a_deleted_file_is_in_the_trash(gateway):
    assert gateway.legacy("deleteMediaFile", filename="_ciao.txt") == {"result": None, "error": None}
    assert not gateway.col.media.have("_ciao.txt")
    gateway.col.media.restore_trash()
    assert gateway.col.media.have("_ciao.txt")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_is_deleted_by_either_spelling(gateway, form):
    store(gateway, "\u00e9 \U0001f600 \u05d0.txt", data="eA==")
    gateway.legacy("deleteMediaFile", filename=unicodedata.normalize(form, "\u00e9 \U0001f600 \u05d0.txt"))
    assert [path.name for path in Path(gateway.col.media.dir()).iterdir()] == ["_ciao.txt"]


@for_rows("name", ["no", ".", "..", "../collection.anki2", "folder", "/etc/hostname", "a" * 300, "a\0"])
def test_only_files_of_the_media_folder_are_deleted(kept, name):
    gateway = kept.unchanged()
    folder = Path(gateway.col.media.dir(), "folder")
    folder.mkdir()
    before = sorted(folder.parent.parent.rglob("*"))
    assert gateway.legacy("deleteMediaFile", filename=name) == {"result": None, "error": None}
    assert sorted(folder.parent.parent.rglob("*")) == before


@for_rows(
    ("params", "text"),
    [
        ({"filename": ""}, "Directory not empty (os error 39)"),
        ({"filename": None}, "bad argument type for built-in operation"),
        ({"filename": 5}, "bad argument type for built-in operation"),
        ({}, "AnkiConnect.deleteMediaFile() missing 1 required positional argument: 'filename'"),
    ],
)
def test_what_cannot_be_deleted_says_why(reading, params, text):
    assert reading.legacy("deleteMediaFile", **params) == {"result": None, "error": text}
    assert reading.rpc("deleteMediaFile", params)["error"]["data"]["kind"] == "invalid_params"


# --- the folder ---


def test_the_folder_is_an_absolute_path(reading):
    folder = reading.legacy("getMediaDirPath")["result"]
    assert folder == reading.col.media.dir()
    assert Path(folder).is_absolute()
    assert "unexpected" in reading.legacy("getMediaDirPath", x=1)["error"]


@pytest.fixture(scope="module")
def full(reading):
    folder = Path(reading.col.media.dir())
    for name in (".hidden", "A.TXT", "a.txt", "b[1].mp3", "\u00e9.mp3", "\u05d0\U0001f600.mp3"):
        folder.joinpath(name).write_bytes(b"x")
    folder.joinpath("folder").mkdir()
    return reading


VISIBLE = {"_ciao.txt", "A.TXT", "a.txt", "b[1].mp3", "\u00e9.mp3", "\u05d0\U0001f600.mp3"}


@for_rows(
    ("pattern", "names"),
    [
        ("*", VISIBLE),
        ("**", VISIBLE),
        ("*.txt", {"_ciao.txt", "a.txt"}),
        ("?.txt", {"a.txt"}),
        ("[ab]*", {"a.txt", "b[1].mp3"}),
        ("[!a]*.txt", {"_ciao.txt"}),
        ("b[[]1].mp3", {"b[1].mp3"}),
        ("e\u0301.*", {"\u00e9.mp3"}),
        ("\u05d0?.mp3", {"\u05d0\U0001f600.mp3"}),
        (".*", {".hidden"}),
        ("a.txt", {"a.txt"}),
        ("no", set()),
        ("", set()),
        ("..", set()),
        ("[", set()),
    ],
)
def test_a_pattern_finds_names(full, pattern, names):
    found = full.legacy("getMediaFilesNames", pattern=pattern)["result"]
    assert set(found) == names
    assert len(found) == len(names)
    assert full.rpc("getMediaFilesNames", [pattern])["result"] == found


@pytest.mark.skipif(sys.platform != "linux", reason="the disks of other systems ignore case from the beginning")
def test_a_pattern_ignores_case_where_the_disk_does(gateway, monkeypatch):
    folder = Path(gateway.col.media.dir())
    for name in ("One.TXT", "two.txt", "\u00c9.Txt", ".Hidden"):
        folder.joinpath(name).write_bytes(b"x")
    texts = {"One.TXT", "two.txt", "\u00c9.Txt", "_ciao.txt"}
    expected = {
        "*.tXt": (set(), texts),
        "*.TXT": ({"One.TXT"}, texts),
        "[n-p]*.txt": (set(), {"One.TXT"}),
        "oNE.txt": (set(), {"One.TXT"}),
        "e\u0301.*": (set(), {"\u00c9.Txt"}),
        ".h*": (set(), {".Hidden"}),
    }

    def found():
        return {pattern: {*gateway.rpc("getMediaFilesNames", [pattern])["result"]} for pattern in expected}

    assert found() == {pattern: names for pattern, (names, _) in expected.items()}
    other = folder.with_name(folder.name.swapcase())
    other.symlink_to(folder)
    assert found() == {pattern: names for pattern, (names, _) in expected.items()}
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: [name for name in listdir(path) if name != other.name])
    assert found() == {pattern: names for pattern, (_, names) in expected.items()}


@for_rows(
    ("options", "replaces"),
    [
        ({"collision": "replace"}, True),
        ({"collision": "replace", "deleteExisting": False}, True),
        ({"collision": "rename"}, False),
        ({"collision": "rename", "deleteExisting": True}, False),
        ({"collision": None, "deleteExisting": False}, False),
        ({"collision": None}, True),
    ],
)
@for_rows("protocol", ["legacy", "rpc"])
def test_a_caller_chooses_what_happens_if_the_name_is_taken(kept, protocol, options, replaces):
    gateway = kept.unchanged()
    folder = Path(gateway.col.media.dir())
    folder.joinpath("a.txt").write_bytes(b"old")
    params = {"filename": "a.txt", "data": encoded(b"new"), **options}
    call = gateway.rpc("storeMediaFile", params) if protocol == "rpc" else gateway.legacy("storeMediaFile", **params)
    stored = call["result"]
    assert (stored == "a.txt") is replaces
    assert folder.joinpath(stored).read_bytes() == b"new"
    assert folder.joinpath("a.txt").read_bytes() == (b"new" if replaces else b"old")
    assert [file["filename"] for file in gateway.rpc("listMediaTrash")["result"]] == ["a.txt"] * replaces


@pytest.mark.parametrize("filename", ["a.txt", "A.TXT"])
def test_a_taken_name_is_an_error_if_the_caller_wants_that(gateway, filename):
    folder = Path(gateway.col.media.dir())
    params = {"filename": filename, "collision": "error"}
    stored = gateway.rpc("storeMediaFile", {**params, "data": encoded(b"old")})["result"]
    before = sorted(folder.iterdir())
    error = gateway.rpc("storeMediaFile", {**params, "data": encoded(b"new")})["error"]
    assert error["data"] == {"kind": "already_exists", "field": "filename", "file": stored}
    assert error["message"] == f"{stored} exists, with other content. Choose another name, or another `collision`"
    assert sorted(folder.iterdir()) == before
    assert folder.joinpath(stored).read_bytes() == b"old"
    assert gateway.rpc("storeMediaFile", {**params, "data": encoded(b"old")})["result"] == stored
    assert gateway.rpc("listMediaTrash")["result"] == []
    wrong = gateway.rpc("storeMediaFile", {**params, "data": encoded(b"x"), "collision": "keep"})["error"]
    assert wrong["data"]["kind"] == "invalid_params"
    assert "collision" in wrong["message"]


@for_rows("collision", [5, True, [1], "keep", ""])
def test_old_envelopes_name_a_wrong_choice_plainly(gateway, collision):
    params = {"filename": "a.txt", "data": encoded(b"x"), "collision": collision}
    plain = gateway.rpc("storeMediaFile", params)["error"]["data"]["fields"]["collision"][0]
    assert gateway.legacy("storeMediaFile", **params)["error"] == f"collision: {plain}"
    assert not Path(gateway.col.media.dir(), "a.txt").exists()


@pytest.mark.parametrize("protocol", ["legacy", "rpc"])
def test_a_missing_media_folder_is_empty_and_made_for_the_next_file(gateway, protocol):
    """Anki makes it only when it opens a collection; here somebody has deleted it since."""
    folder = Path(gateway.col.media.dir())

    def call(action, **params):
        reply = gateway.rpc(action, params) if protocol == "rpc" else gateway.legacy(action, **params)
        assert not reply.get("error"), reply
        return reply["result"]

    stored = [
        lambda: call("storeMediaFile", filename="a.txt", data="aGk="),
        lambda: gateway.send(b"hi", method="PUT", path="/media/a.txt"),
        lambda: call(
            "addNote",
            note={
                "deckName": "Default",
                "modelName": "Basic",
                "fields": {"Front": "missing folder", "Back": ""},
                "audio": [{"filename": "a.txt", "data": "aGk=", "fields": ["Back"]}],
            },
        ),
    ]
    for store in stored:
        shutil.rmtree(folder)
        assert call("getMediaFilesNames") == call("getMediaFilesNames", pattern="a.txt") == []
        store()
        assert folder.joinpath("a.txt").read_bytes() == b"hi"


def test_a_name_is_matched_in_any_unicode_form_of_the_disk(gateway):
    Path(gateway.col.media.dir(), "e\u0301.mp3").write_bytes(b"x")  # as HFS+ stores it
    for pattern in ("\u00e9.mp3", "e\u0301.mp3", "\u00e9*", "?.mp3"):
        assert gateway.rpc("getMediaFilesNames", [pattern])["result"] == ["e\u0301.mp3"]


def test_without_a_pattern_all_names_are_listed_as_the_folder_has_them(full):
    found = full.legacy("getMediaFilesNames")["result"]
    assert set(found) == VISIBLE
    assert found == [path.name for path in Path(full.col.media.dir()).iterdir() if path.name in VISIBLE]


@for_rows("pattern", ["[" * 8_000, "[" * 256, "*" * 256, "?" * 1_000_000, "[a]" * 100_000, "*a" * 9_000])
def test_a_pattern_longer_than_any_name_finds_none_and_is_refused_by_json_rpc(full, pattern):
    before = time.process_time()
    assert full.legacy("getMediaFilesNames", pattern=pattern) == {"result": [], "error": None}
    error = full.rpc("getMediaFilesNames", [pattern])["error"]
    assert error["data"]["kind"] == "invalid_params"
    assert error["message"].startswith("Invalid params: pattern: More than 255 characters")
    assert time.process_time() - before < 0.5


@for_rows("pattern", ["[" * 255, "*" * 255, "[*" * 127, "*a" * 127, "?*" * 127, "a\u0315\u0300" * 85])
def test_no_pattern_takes_long(full, pattern):
    before = time.process_time()
    full.rpc("getMediaFilesNames", [pattern])
    assert time.process_time() - before < 0.5


@for_rows("pattern", ["../*", "/etc/host*", "folder/*", "..\\*"])
def test_a_pattern_stays_in_the_media_folder(full, pattern):
    error = full.rpc("getMediaFilesNames", [pattern])["error"]
    assert error["data"] == {"kind": "refused", "field": "pattern"}
    assert full.legacy("getMediaFilesNames", pattern=pattern) == {"result": None, "error": error["message"]}


@pytest.mark.parametrize(("pattern", "kind"), [(None, "NoneType"), (5, "int"), ([], "list")])
def test_a_pattern_must_be_text(full, pattern, kind):
    text = f"join() argument must be str, bytes, or os.PathLike object, not '{kind}'"
    assert full.legacy("getMediaFilesNames", pattern=pattern) == {"result": None, "error": text}
    assert full.rpc("getMediaFilesNames", [[]])["error"]["data"]["kind"] == "invalid_params"


@for_rows("data", ["-_-_", "Y2lhbw", "Y2lh\nbw==", "Y2lhbw==!", "é"])
def test_json_rpc_takes_base64_to_the_letter(reading, data):
    error = reading.rpc("storeMediaFile", {"filename": "_x.txt", "data": data})["error"]
    assert error["code"] == -32602
    assert error["data"]["fields"]["data"][0].startswith("Not valid base64: ")
    assert reading.rpc("retrieveMediaFile", {"filename": "_x.txt"})["error"]["data"]["kind"] == "not_found"


# --- names that Anki changes ---

CHANGED = ["Upd_X.txt", "A:B.txt", "e\u0301.TXT", "dot.", "CON", "X" * 200 + ".txt", "a\u00a0b.txt"]


@for_rows("name", CHANGED)
def test_a_file_is_found_replaced_and_deleted_under_the_name_it_was_stored_as(kept, name):
    gateway = kept.unchanged()
    folder = Path(gateway.col.media.dir())
    before = {path.name for path in folder.iterdir()}
    (stored,) = {store(gateway, name, data=encoded(content))["result"] for content in (b"1", b"2", b"3")}
    assert {path.name for path in folder.iterdir()} == {*before, stored}
    assert read(gateway, name) == b"3"
    assert gateway.rpc("getMediaFilesNames", {"pattern": name})["result"] in ([stored], [])
    dry = gateway.rpc("deleteMediaFile", {"filename": name, "dryRun": True})["result"]
    assert dry == {"dryRun": True, "files": {"count": 1, "names": [stored]}}
    gateway.legacy("deleteMediaFile", filename=name)
    assert {path.name for path in folder.iterdir()} == before
    assert read(gateway, name) is None


@for_rows("name", ["Upd_X.mp3", "A:B.mp3", "plain.mp3"])
def test_a_note_that_is_the_same_by_its_file_is_a_duplicate(kept, name):
    gateway = kept.unchanged()
    note = {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": {"Meaning": "x"}}
    note["audio"] = [{"filename": name, "data": encoded(b"sound"), "fields": ["Word"]}]
    assert gateway.legacy("addNote", note=note)["error"] is None
    assert "duplicate" in gateway.legacy("addNote", note=note)["error"]
    assert gateway.legacy("canAddNote", note=note)["result"] is False


def test_the_pattern_of_a_whole_name_finds_the_file_that_was_stored_under_it(gateway):
    store(gateway, "Upd_X.txt", data=encoded(b"1"))
    assert gateway.legacy("getMediaFilesNames", pattern="Upd_X.txt")["result"] == [
        "upd_x.txt" if ankis.LOWERS_MEDIA else "Upd_X.txt"
    ]


# --- what is no regular file ---


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes of that kind")
@pytest.mark.parametrize("name", ["pipe", "to_pipe", "to_device", "socket"])
def test_what_is_no_regular_file_keeps_nobody_waiting(gateway, name):
    folder = Path(gateway.col.media.dir())
    os.mkfifo(folder / "pipe")
    (folder / "to_pipe").symlink_to("pipe")
    (folder / "to_device").symlink_to("/dev/zero")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listener, contextlib.chdir(folder):
        listener.bind("socket")
    before = time.monotonic()
    reply = gateway.legacy("retrieveMediaFile", filename=name)
    assert "Not a regular file" in reply["error"]
    assert str(folder.parent) not in reply["error"]
    assert gateway.legacy("deleteMediaFile", filename=name) == {"result": None, "error": None}
    assert "error" not in gateway.rpc("checkMedia")
    source = {"filename": "x.txt", "path": str(folder / name)}
    assert gateway.legacy("storeMediaFile", **source)["error"]
    assert gateway.legacy("importPackage", path=str(folder / name))["error"]
    for delete_existing in (False, True):
        stored = store(gateway, name, data=encoded(b"x"), deleteExisting=delete_existing)
        assert stored["error"] is None
        assert read(gateway, stored["result"]) == b"x"
    assert time.monotonic() - before < 30


NOTE = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera"}}
SHAPE = {"type": "rect", "card": 1, "left": 0.1, "top": 0.1, "width": 0.2, "height": 0.2}
PICTURE = {"filename": "_pera.txt", "data": "cGVyYQ==", "fields": ["Word"]}


@for_rows(
    ("method", "params"),
    [
        ("addNote", {"note": {**NOTE, "picture": [PICTURE]}}),
        ("addNotes", {"notes": [{**NOTE, "picture": [PICTURE]}, NOTE]}),
        ("updateNoteFields", {"note": {"id": 1, "fields": {}, "audio": [PICTURE]}}),
        (
            "addImageOcclusionNotes",
            {"notes": [{"deckName": "a", "image": {"filename": "_a.png", "data": "YQ=="}, "shapes": [SHAPE]}]},
        ),
        ("storeMediaFile", {"filename": "_a.txt", "data": "YQ=="}),
    ],
)
def test_what_is_fetched_before_leaves_the_params_as_they_were(kept, method, params):
    gateway = kept.unchanged()
    action = REGISTRY[method]
    loaded = action.params.load_for(params)
    before = copy.deepcopy(loaded)
    prepared = action.prepare(loaded, Caller(), gateway.host)
    assert loaded == before
    assert prepared != before


@for_rows(
    ("source", "text"),
    [
        ({"path": "/no/such/file"}, "No such file or directory: '/no/such/file'"),
        ({"url": "foo"}, "foo was not downloaded: the address does not begin with http:// or https://."),
        ({"url": "ftp://x/y"}, "ftp://x/y was not downloaded: the address does not begin with http:// or https://."),
        ({"url": "http://a..b/"}, "http://a..b/ was not downloaded: the address is invalid."),
        ({"url": "http://127.0.0.1:1/"}, "http://127.0.0.1:1/ was not downloaded: the server cannot be reached."),
        (
            {"url": "http://no-such-host.invalid/"},
            "http://no-such-host.invalid/ was not downloaded: the name of the server cannot be resolved.",
        ),
    ],
)
def test_json_rpc_says_in_plain_words_why_a_source_cannot_be_had(reading, source, text):
    assert reading.rpc("storeMediaFile", {"filename": "a.txt", **source})["error"]["message"] == text


def test_json_rpc_says_in_plain_words_what_is_wrong_with_a_download(reading):
    def answer(connection, request):
        connection.sendall(b"no HTTP at all\r\n\r\n")

    with web_of(answer) as url:
        for scheme, reason in (
            ("http", "the server closed the connection, or its answer is not valid HTTP"),
            ("https", "the certificate or the encryption of the server is not accepted"),
        ):
            address = url.replace("http", scheme)
            error = reading.rpc("storeMediaFile", {"filename": "a.txt", "url": address})["error"]
            assert error["message"] == f"{address} was not downloaded: {reason}."
