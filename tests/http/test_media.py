"""Raw media: what HTTP says of names, types, ranges, conditions and permissions."""

import hashlib
import json
import os
import sys
import tempfile
import unicodedata
from http.client import HTTPConnection, HTTPMessage, IncompleteRead
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from sizes import for_rows

from addon.collection import media_moves
from addon.collection.media_folder import MediaFolder
from addon.http.endpoints.media import media_type
from addon.http.server import uploads
from addon.http.server.server import Server
from addon.rpc.errors import CollectionUnavailable

CONTENT = bytes(range(256)) * 40
EVIL = "https://evil.example"
PAGE = "http://localhost:5173"


def etag(content):
    return f'"{hashlib.sha256(content).hexdigest()}"'


@pytest.fixture
def folder(gateway):
    return gateway.host.path.with_name("collection.media")


@pytest.fixture
def trash(gateway):
    return gateway.host.path.with_name("media.trash")


class Reply(NamedTuple):
    status: int
    headers: HTTPMessage
    data: bytes

    @property
    def json(self):
        return json.loads(self.data)


@pytest.fixture
def ask_of():
    """Serves gateways; makes a function that sends one request for a name. Headers by keyword."""
    servers = []

    def serve(gateway):
        server = Server(gateway.gateway.app, port=0, upload=gateway.gateway.app.upload)
        servers.append(server)
        server.start()

        def ask(method, name, body=None, *, path=None, **headers):
            connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path or "/media/" + quote(name, safe=""), body, names)
            response = connection.getresponse()
            reply = Reply(response.status, response.headers, response.read())
            connection.close()
            return reply

        ask.port = server.port
        return ask

    yield serve
    for server in servers:
        server.stop(1)


@pytest.fixture
def ask(ask_of, gateway):
    return ask_of(gateway)


def left(folder):
    """What stands beside the media folder that no collection has."""
    return [path.name for path in folder.parent.iterdir() if path.name.startswith("anki-rpc-")]


# --- GET and HEAD ---


def test_a_file_is_given_whole_with_what_is_known_of_it(ask, folder):
    (folder / "mela.mp3").write_bytes(CONTENT)
    os.utime(folder / "mela.mp3", (1_700_000_000.5, 1_700_000_000.5))
    response = ask("GET", "mela.mp3")
    assert (response.status, response.data) == (200, CONTENT)
    told = dict(response.headers.items())
    assert told["Content-Type"] == "audio/mpeg"
    assert told["Content-Length"] == str(len(CONTENT))
    assert told["Etag"] == etag(CONTENT)
    assert told["Last-Modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert told["Accept-Ranges"] == "bytes"
    head = ask("HEAD", "mela.mp3")
    assert (head.status, head.data) == (200, b"")
    assert {**head.headers, "Date": ""} == {**told, "Date": ""}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not shorten a file that is open")
def test_a_download_ends_if_its_file_becomes_shorter(ask_of, gateway, folder):
    large = folder / "large.bin"
    with large.open("wb") as file:
        file.truncate(2**26)
    connection = HTTPConnection("127.0.0.1", ask_of(gateway).port, timeout=20)
    connection.request("GET", "/media/large.bin")
    response = connection.getresponse()
    os.truncate(large, 1000)
    with pytest.raises(IncompleteRead):
        response.read()
    connection.close()


@pytest.mark.parametrize(
    ("modified", "shown"),
    [(-3.5e8, "Sat, 29 Nov 1958 01:46:40 GMT"), (-0.5, "Wed, 31 Dec 1969 23:59:59 GMT")],
)
def test_a_file_may_be_of_any_time(ask, folder, modified, shown):
    (folder / "a").write_bytes(CONTENT)
    os.utime(folder / "a", (modified, modified))
    response = ask("GET", "a")
    assert (response.status, response.data) == (200, CONTENT)
    assert response.headers["Last-Modified"] == shown
    since = "Wed, 31 Dec 1969 23:59:58 GMT"
    assert ask("GET", "a", If_Unmodified_Since=since).status == (200 if modified < -1 else 412)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": etag(CONTENT)}, 304),
        ({"If_None_Match": f'"other", W/{etag(CONTENT)}'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"other"'}, 200),
        ({"If_None_Match": etag(CONTENT), "Range": "bytes=0-9"}, 304),
        ({"If_Modified_Since": "Tue, 14 Nov 2023 22:13:20 GMT"}, 304),
        ({"If_Modified_Since": "Tue, 14 Nov 2023 22:13:19 GMT"}, 200),
        ({"If_Modified_Since": "Tue, 14 Nov 2023 22:13:20 GMT", "If_None_Match": '"other"'}, 200),
        ({"If_Match": etag(CONTENT)}, 200),
        ({"If_Match": "*"}, 200),
        ({"If_Match": '"other"'}, 412),
        ({"If_Match": etag(CONTENT), "If_None_Match": etag(CONTENT)}, 304),
        ({"If_Unmodified_Since": "Tue, 14 Nov 2023 22:13:20 GMT"}, 200),
        ({"If_Unmodified_Since": "Tue, 14 Nov 2023 22:13:19 GMT"}, 412),
        ({"If_Unmodified_Since": "Tue, 14 Nov 2023 22:13:19 GMT", "If_Match": etag(CONTENT)}, 200),
    ],
)
def test_conditions_of_a_download(ask, folder, headers, status):
    (folder / "a").write_bytes(CONTENT)
    os.utime(folder / "a", (1_700_000_000, 1_700_000_000))
    for method in ("GET", "HEAD"):
        response = ask(method, "a", **headers)
        assert response.status == status
        assert response.data == (CONTENT if (status, method) == (200, "GET") else b"") or status == 412
        assert status == 412 or response.headers["ETag"] == etag(CONTENT)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=5-9", (5, 10)),
        ("bytes=10000-", (10000, None)),
        ("bytes=-5", (-5, None)),
        ("bytes=-99999", (0, None)),
        ("bytes=100-99999", (100, None)),
    ],
)
def test_a_part_is_given(ask, folder, header, part):
    (folder / "a").write_bytes(CONTENT)
    response = ask("GET", "a", Range=header)
    places = range(len(CONTENT))[slice(*part)]
    assert (response.status, response.data) == (206, CONTENT[slice(*part)])
    assert response.headers["Content-Range"] == f"bytes {places[0]}-{places[-1]}/{len(CONTENT)}"
    assert response.headers["Content-Length"] == str(len(places))
    assert ask("HEAD", "a", Range=header).status == 200


@pytest.mark.parametrize("header", ["bytes=0-1,5-9", "bytes=", "bytes=x-y", "lines=1-2", "bytes=9-5", "nonsense"])
def test_parts_that_are_not_served_give_the_whole(ask, folder, header):
    (folder / "a").write_bytes(CONTENT)
    assert (ask("GET", "a", Range=header).status, ask("GET", "a", Range=header).data) == (200, CONTENT)


def test_a_part_behind_the_end_cannot_be_given(ask, folder):
    (folder / "a").write_bytes(CONTENT)
    response = ask("GET", "a", Range=f"bytes={len(CONTENT)}-")
    assert (response.status, response.headers["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")
    assert "error" in response.json
    (folder / "empty").touch()
    assert ask("GET", "empty", Range="bytes=0-").status == 200


def test_a_part_is_only_given_of_the_file_that_is_meant(ask, folder):
    (folder / "a").write_bytes(CONTENT)
    os.utime(folder / "a", (1_700_000_000, 1_700_000_000))
    for condition, status in [
        (etag(CONTENT), 206),
        ('"other"', 200),
        ("Tue, 14 Nov 2023 22:13:20 GMT", 206),
        ("Tue, 14 Nov 2023 22:13:19 GMT", 200),
    ]:
        assert ask("GET", "a", Range="bytes=1-5", If_Range=condition).status == status


def test_the_etag_is_that_of_the_content_however_fast_it_changes(ask, folder):
    for content in (b"one", b"two", b"six", b"ten"):
        (folder / "a").write_bytes(content)
        os.utime(folder / "a", (1_700_000_000, 1_700_000_000))
        response = ask("GET", "a")
        assert (response.data, response.headers["ETag"]) == (content, etag(content))


@for_rows(
    ("name", "kind"),
    [
        ("a.mp3", "audio/mpeg"),
        ("a.OGG", "audio/ogg"),
        ("a.opus", "audio/ogg"),
        ("a.m4a", "audio/mp4"),
        ("a.flac", "audio/flac"),
        ("a.wav", "audio/wav"),
        ("a.webm", "video/webm"),
        ("a.mp4", "video/mp4"),
        ("a.mkv", "video/matroska"),
        ("a.jpg", "image/jpeg"),
        ("a.jpeg", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.gif", "image/gif"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.jxl", "image/jxl"),
        ("a.svg", "image/svg+xml"),
        ("_style.css", "text/css; charset=utf-8"),
        ("_script.js", "text/javascript; charset=utf-8"),
        ("a.html", "text/html; charset=utf-8"),
        ("_font.woff2", "font/woff2"),
        ("_font.ttf", "font/ttf"),
        ("a.pdf", "application/pdf"),
        ("a.svgz", "application/octet-stream"),
        ("a.png.part", "application/octet-stream"),
        ("png", "application/octet-stream"),
        (".png", "image/png"),
        ("a.", "application/octet-stream"),
        ("http://x/a.png", "image/png"),
        ("data:text/html,x", "application/octet-stream"),
    ],
)
def test_media_types_by_name(name, kind):
    assert media_type(name) == kind


def test_a_file_has_none_of_the_rights_of_the_gateways_page(ask, folder):
    for name, is_shown in [("a.html", False), ("a.svg", False), ("a.js", False), ("a.txt", False), ("a.png", True)]:
        (folder / name).write_bytes(b"<script>alert(1)</script>")
        headers = ask("GET", name).headers
        policy = headers["Content-Security-Policy"].split("; ")
        assert {"sandbox", "default-src 'none'", "frame-ancestors 'none'"} < {*policy}
        assert "script" not in str(policy)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert (headers.get("Content-Disposition") == "attachment") is not is_shown


# --- names ---


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.skipif(sys.platform == "darwin", reason="its file system does not tell them apart")
def test_a_name_is_found_in_either_spelling(ask, folder, form):
    name = "café è 日本.png"
    (folder / unicodedata.normalize(form, name)).write_bytes(b"x")
    for spelling in ("NFC", "NFD"):
        assert ask("GET", unicodedata.normalize(spelling, name)).data == b"x"
    assert ask("PUT", unicodedata.normalize("NFD", name), b"y").json["name"] == name
    assert [path.name for path in folder.iterdir() if path.name != "_ciao.txt"] == [name]
    assert ask("DELETE", unicodedata.normalize("NFD", name)).status == 204
    assert ask("GET", name).status == 404


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system does not tell them apart")
def test_of_two_spellings_neither_overwrites_the_other(ask, folder, trash):
    composed, decomposed = (unicodedata.normalize(form, "è.png") for form in ("NFC", "NFD"))
    (folder / composed).write_bytes(b"one")
    (folder / decomposed).write_bytes(b"two")
    response = ask("PUT", decomposed, b"new")
    assert (response.status, response.json["error"]) == (409, f"{composed!r} exists, but is another file. Rename it.")
    assert ((folder / composed).read_bytes(), (folder / decomposed).read_bytes()) == (b"one", b"two")
    assert ask("PUT", composed, b"new").status == 200
    assert (trash / composed).read_bytes() == b"one"


NOT_THERE = [
    "..",
    ".",
    "",
    "../collection.anki2",
    "..\\collection.anki2",
    "sub/a",
    "sub",
    "a/../_ciao.txt",
    "/etc/passwd",
]


@pytest.mark.parametrize("name", [*NOT_THERE, "_ciao.txt\0", "_ciao.txt:x", "C:_ciao.txt", "x" * 5000, "_ciao.txt/"])
def test_no_name_leads_out_of_the_folder_or_to_a_folder(ask, folder, name):
    (folder / "sub").mkdir()
    (folder / "sub" / "a").write_bytes(b"x")
    for method in ("GET", "HEAD", "DELETE"):
        assert ask(method, name).status == 404
    assert (folder / "sub" / "a").exists()
    assert (folder / "_ciao.txt").exists()


@pytest.mark.parametrize("name", NOT_THERE)
def test_nothing_is_stored_under_a_name_that_leads_somewhere(ask, folder, name):
    (folder / "sub").mkdir()
    before = sorted(folder.parent.rglob("*"))
    response = ask("PUT", name, b"x")
    assert response.status in (400, 409)
    assert response.json["error"]
    assert sorted(folder.parent.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_out_is_not_followed(ask, folder, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (folder / "out.txt").symlink_to(secret)
    (folder / "in.txt").symlink_to(folder / "_ciao.txt")
    (folder / "broken.txt").symlink_to(folder / "none")
    assert [ask("GET", name).status for name in ("out.txt", "in.txt", "broken.txt")] == [404, 200, 404]
    for name in ("out.txt", "broken.txt"):
        assert ask("PUT", name, b"x").status == 409
        assert ask("DELETE", name).status == 404
    assert secret.read_bytes() == b"secret"
    assert (folder / "out.txt").is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_the_folder_itself_may_be_a_link(ask, folder, tmp_path):
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert ask("PUT", "a.txt", b"x").status == 201
    assert ask("GET", "a.txt").data == b"x"
    assert (tmp_path / "elsewhere" / "a.txt").read_bytes() == b"x"


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no other disk")
def test_the_folder_may_be_a_link_to_another_disk(ask, folder, trash):
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere:
        folder.rename(folder.with_name("old"))
        folder.symlink_to(elsewhere)
        for content, status in [(b"one", 201), (b"two", 200)]:
            assert ask("PUT", "a.txt", content).status == status
        assert (trash / "a.txt").read_bytes() == b"one"
        assert ask("DELETE", "a.txt").status == 204
        assert (trash / "a.txt").read_bytes() == b"two"
        assert not any(Path(elsewhere).iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes of that kind")
def test_a_pipe_is_no_file(ask, folder):
    os.mkfifo(folder / "pipe")
    assert ask("GET", "pipe").status == 404


NAMES = [
    "a:b?.png",
    "con.txt",
    "nul",
    "ends in a dot.",
    "ends in a space ",
    "x" * 300 + ".mp3",
    "日" * 100 + ".mp3",
    "a\tb\x01c.png",
    "a\u00a0b.png",
    "\U0001fae8.png",
    "Thumbs.db",
    ".hidden",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_becomes_ankis_own(gateway, ask, folder, name):
    response = ask("PUT", name, b"x")
    stored = response.json["name"]
    assert response.status == 201
    assert response.headers["Location"] == "/media/" + quote(stored)
    assert (folder / stored).read_bytes() == b"x"
    assert gateway.col.media.write_data(name, b"x") == stored
    assert ask("GET", None, path=response.headers["Location"]).data == b"x"


@pytest.mark.parametrize("name", [name for name in NAMES if name != ".hidden"])
def test_a_name_that_anki_changes_is_that_of_the_file_that_was_stored_under_it(ask, folder, trash, name):
    stored = ask("PUT", name, b"there").json["name"]
    assert ask("GET", name).data == b"there"
    response = ask("PUT", name, b"other")
    assert (response.status, response.json["name"]) == (200, stored)
    assert (folder / stored).read_bytes() == b"other"
    assert (trash / stored).read_bytes() == b"there"
    assert ask("PUT", name, b"new", If_None_Match="*").status == 412
    assert ask("DELETE", name).status == 204
    assert not (folder / stored).exists()


@pytest.mark.parametrize("name", ["Upd_X.txt", "\u00c4.PNG", "A.B.txt"])
def test_the_file_of_exactly_the_name_comes_first(ask, folder, name):
    (folder / name).write_bytes(b"exact")
    (folder / name.lower()).write_bytes(b"lower")
    assert ask("GET", name).data == b"exact"
    assert ask("PUT", name, b"new").json["name"] == name
    assert ((folder / name).read_bytes(), (folder / name.lower()).read_bytes()) == (b"new", b"lower")
    assert ask("DELETE", name).status == 204
    assert ask("GET", name).data == b"lower"


@pytest.mark.parametrize("name", [":", "???", "\U0001fae8"])
def test_a_name_of_which_nothing_is_left_is_refused(ask, name):
    response = ask("PUT", name, b"x")
    assert response.status == 400
    assert response.json == {"error": "Anki does not accept a media file of this name. Choose another name."}


def test_a_name_must_be_utf_8(ask):
    for method in ("GET", "PUT", "DELETE"):
        response = ask(method, None, b"x", path="/media/%ff.png")
        assert response.status == 400
        assert response.json == {"error": "The file name in the address must be percent-encoded UTF-8."}


# --- PUT ---


def test_a_new_file_is_stored_and_told(ask, folder, trash):
    response = ask("PUT", "mela verde.mp3", CONTENT)
    assert response.status == 201
    assert response.json == {"name": "mela verde.mp3", "etag": etag(CONTENT)}
    assert response.headers["ETag"] == etag(CONTENT)
    assert response.headers["Location"] == "/media/mela%20verde.mp3"
    assert (folder / "mela verde.mp3").read_bytes() == CONTENT
    assert not trash.exists()
    assert left(folder) == []
    if sys.platform != "win32":
        mode = (folder / "mela verde.mp3").stat().st_mode
        assert mode == (folder / "_ciao.txt").stat().st_mode


def test_what_is_replaced_is_in_ankis_trash(gateway, ask, folder, trash):
    ask("PUT", "a.txt", b"one")
    response = ask("PUT", "a.txt", b"two")
    assert (response.status, response.json) == (200, {"name": "a.txt", "etag": etag(b"two")})
    assert (trash / "a.txt").read_bytes() == b"one"
    ask("PUT", "a.txt", b"three")
    assert (trash / "a.txt").read_bytes() == b"two"
    assert (folder / "a.txt").read_bytes() == b"three"
    ask("DELETE", "a.txt")
    assert (trash / "a.txt").read_bytes() == b"three"
    gateway.col.media.restore_trash()
    assert (folder / "a.txt").read_bytes() == b"three"
    assert left(folder) == []


def test_nothing_is_written_where_the_content_is_the_same(ask, folder, trash):
    ask("PUT", "a.txt", b"one")
    os.utime(folder / "a.txt", (1_700_000_000, 1_700_000_000))
    before = (folder / "a.txt").stat()
    response = ask("PUT", "a.txt", b"one")
    assert (response.status, response.json) == (200, {"name": "a.txt", "etag": etag(b"one")})
    after = (folder / "a.txt").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not trash.exists()


def test_a_file_that_replaces_another_is_of_a_later_second_as_anki_tells_them_apart_by_it(ask, folder):
    seconds = []
    for content in (b"one", b"two", b"three", b"four"):
        ask("PUT", "a.txt", content)
        seconds.append(int((folder / "a.txt").stat().st_mtime))
    assert seconds == sorted(set(seconds))


@pytest.mark.parametrize(
    ("there", "headers", "status"),
    [
        (None, {"If_None_Match": "*"}, 201),
        (b"one", {"If_None_Match": "*"}, 412),
        (b"new", {"If_None_Match": "*"}, 412),
        (b"one", {"If_None_Match": etag(b"one")}, 412),
        (b"one", {"If_None_Match": etag(b"two")}, 200),
        (None, {"If_Match": "*"}, 412),
        (None, {"If_Match": etag(b"one")}, 412),
        (b"one", {"If_Match": "*"}, 200),
        (b"one", {"If_Match": etag(b"one")}, 200),
        (b"one", {"If_Match": f'"x", {etag(b"one")}'}, 200),
        (b"one", {"If_Match": f"W/{etag(b'one')}"}, 412),
        (b"one", {"If_Match": etag(b"two")}, 412),
        (b"one", {"If_Unmodified_Since": "Tue, 14 Nov 2023 22:13:20 GMT"}, 412),
        (b"one", {"If_Unmodified_Since": "Tue, 14 Nov 2051 22:13:20 GMT"}, 200),
        (b"one", {"If_Unmodified_Since": "yesterday"}, 200),
        (None, {"If_Unmodified_Since": "Tue, 14 Nov 2023 22:13:20 GMT"}, 201),
    ],
)
def test_conditions_of_an_upload(ask, folder, there, headers, status):
    if there is not None:
        (folder / "a.txt").write_bytes(there)
    assert ask("PUT", "a.txt", b"new", **headers).status == status
    assert (folder / "a.txt").exists() == (there is not None or status == 201)
    if status == 412 and there is not None:
        assert (folder / "a.txt").read_bytes() == there
    assert left(folder) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Range": "bytes 0-2/9"}, 400),
        ({"Content_Encoding": "gzip"}, 415),
        ({"Content_Encoding": "identity", "Content_Type": "text/plain"}, 201),
        ({"Content_Type": "application/json"}, 201),
    ],
)
def test_what_is_said_of_a_body(ask, folder, headers, status):
    assert ask("PUT", "a.txt", b"one", **headers).status == status
    assert (folder / "a.txt").exists() == (status == 201)
    assert left(folder) == []


def test_the_largest_file_is_a_setting(open_gateway, ask_of):
    ask = ask_of(open_gateway(limits={"mediaMegabytes": 1}))
    assert ask("PUT", "a", bytes(2**20)).status == 201
    response = ask("PUT", "b", bytes(2**20 + 1))
    assert response.status == 413
    assert response.json == {
        "error": "The file is larger than 1048576 bytes. Raise `mediaMegabytes` in the setting `limits` to allow it."
    }


def test_an_empty_file_is_a_file(ask, folder):
    assert ask("PUT", "empty").status == 201
    assert (folder / "empty").read_bytes() == b""


def test_a_length_need_not_be_told(ask, folder):
    assert ask("PUT", "a", iter([b"mela", b" verde"])).status == 201
    assert ask("PUT", "empty", iter([])).status == 201
    assert [(folder / name).read_bytes() for name in ("a", "empty")] == [b"mela verde", b""]


def test_what_a_killed_process_left_is_removed_in_time(ask, folder):
    old, new = folder.parent / "anki-rpc-upload-old", folder.parent / "anki-rpc-upload-new"
    old.touch()
    new.touch()
    os.utime(old, (1_700_000_000, 1_700_000_000))
    ask("PUT", "a", b"x")
    assert left(folder) == [new.name]


def test_what_is_left_of_uploads_is_found_by_their_prefix():
    assert uploads.PREFIX == media_moves.PREFIX


@pytest.mark.parametrize(("there", "kept"), [(None, b"one"), ("a link", b"one"), (b"two", b"two")])
def test_what_a_killed_process_was_replacing_is_settled(ask, folder, trash, there, kept):
    left_behind = folder.with_name("anki-rpc-replaced-0")
    left_behind.mkdir()
    (left_behind / "a.txt").write_bytes(b"one")
    if there == "a link":
        (folder / "a.txt").hardlink_to(left_behind / "a.txt")
    elif there is not None:
        (folder / "a.txt").write_bytes(there)
    if there is None:
        assert ask("GET", "a.txt").data == b"one"  # the first request that misses it puts it back
    else:
        ask("PUT", "b.txt", b"x")
    assert (folder / "a.txt").read_bytes() == kept
    assert [path.read_bytes() for path in trash.glob("*")] == ([b"one"] if kept == b"two" else [])
    assert left(folder) == []


# --- DELETE ---


def test_a_deleted_file_is_in_ankis_trash(ask, folder, trash):
    assert ask("DELETE", "_ciao.txt").status == 204
    assert not (folder / "_ciao.txt").exists()
    assert (trash / "_ciao.txt").read_bytes() == b"ciao"
    response = ask("DELETE", "_ciao.txt")
    assert (response.status, response.json) == (404, {"error": "there is no media file of that name"})


@pytest.fixture
def in_the_way(trash):
    """A folder with the name of a file in Anki's media trash."""
    (trash / "_ciao.txt").mkdir(parents=True)
    (trash / "_ciao.txt" / "kept").write_bytes(b"kept")
    return trash


@pytest.mark.parametrize(("method", "status"), [("DELETE", 204), ("PUT", 200)])
def test_a_folder_in_the_trash_makes_room_for_a_file(in_the_way, ask, folder, method, status):
    assert ask(method, "_ciao.txt", b"new" if method == "PUT" else None).status == status
    assert (in_the_way / "_ciao.txt").read_bytes() == b"ciao"
    assert (in_the_way / "_ciao.txt (1)" / "kept").read_bytes() == b"kept"
    assert (folder / "_ciao.txt").exists() is (method == "PUT")


@pytest.mark.parametrize("method", ["DELETE", "PUT"])
def test_a_file_in_the_place_of_the_trash_is_a_conflict(ask, folder, trash, method):
    trash.write_bytes(b"kept")
    response = ask(method, "_ciao.txt", b"new" if method == "PUT" else None)
    assert response.status == 409
    assert response.json["error"] == "File exists: 'media.trash'"
    assert (trash.read_bytes(), (folder / "_ciao.txt").read_bytes()) == (b"kept", b"ciao")


@pytest.mark.parametrize(("method", "status"), [("GET", 404), ("DELETE", 404), ("PUT", 409)])
def test_a_folder_in_the_media_folder_is_no_file(ask, folder, trash, method, status):
    (folder / "x").mkdir()
    (folder / "x" / "kept").write_bytes(b"kept")
    assert ask(method, "x", b"new" if method == "PUT" else None).status == status
    assert (folder / "x" / "kept").read_bytes() == b"kept"
    assert not trash.exists()


def test_the_folder_of_the_profile_is_listed_once_for_a_file(ask, folder, monkeypatch):
    listed, listdir = [], os.listdir

    def counting(path="."):
        listed.append(os.fspath(path))
        return listdir(path)

    monkeypatch.setattr(os, "listdir", counting)
    assert ask("GET", "_ciao.txt").status == 200
    assert listed.count(str(folder.parent)) == 1


def test_conditions_of_deleting(ask, folder):
    assert ask("DELETE", "_ciao.txt", If_Match=etag(b"other")).status == 412
    assert ask("DELETE", "_ciao.txt", If_Unmodified_Since="Tue, 14 Nov 2023 22:13:20 GMT").status == 412
    assert ask("DELETE", "none", If_Match=etag(b"other")).status == 404
    assert ask("DELETE", "_ciao.txt", If_Match=etag(b"ciao")).status == 204


# --- who may ---


@pytest.mark.parametrize(
    ("grants", "allowed"),
    [
        ([], ""),
        (["read"], "GET HEAD"),
        (["change"], "GET HEAD PUT"),
        (["control"], "GET HEAD DELETE"),
        (["read", "change", "control"], "GET HEAD PUT DELETE"),
    ],
)
def test_scopes(open_gateway, ask_of, grants, allowed):
    gateway = open_gateway(grants={PAGE: grants})
    ask = ask_of(gateway)
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        response = ask(method, "_ciao.txt", b"x", Origin=PAGE)
        assert (response.status == 403) == (method not in allowed.split())
        if response.status == 403 and method != "HEAD":
            assert "not allowed" in response.json["error"]
    refused = [row.action for row in gateway.gateway.recent.rows() if row.reason]
    assert bool(refused) == (allowed != "GET HEAD PUT DELETE")


def test_a_key_comes_by_header_only(open_gateway, ask_of):
    ask = ask_of(open_gateway(apiKey="secret"))
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        for path in ("/media/_ciao.txt", "/media/_ciao.txt?key=secret"):
            response = ask(method, None, b"x", path=path)
            assert (response.status, response.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert ask(method, "_ciao.txt", b"x", X_API_Key="wrong").status == 401
    assert ask("GET", "_ciao.txt", X_API_Key="secret").data == b"ciao"
    assert ask("GET", "_ciao.txt", Authorization="Bearer secret").data == b"ciao"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty", "Sec_Fetch_Site": "same-origin"}, 200),
        ({"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document", "Sec_Fetch_Site": "none"}, 200),
        ({"Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "image", "Origin": "http://localhost"}, 200),
        ({"Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "image", "Origin": EVIL}, 403),
        ({"Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image", "Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script", "Sec_Fetch_Site": "same-origin"}, 403),
        ({"Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "empty", "Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe", "Sec_Fetch_Site": "cross-site"}, 403),
    ],
)
def test_a_page_that_hides_its_origin_gets_nothing(ask, headers, status):
    assert ask("GET", "_ciao.txt", **headers).status == status


def test_a_domain_that_leads_here_gets_nothing(ask):
    assert ask("GET", "_ciao.txt", Host="rebound.example").status == 403


def test_a_page_reads_the_headers_and_may_send_what_it_needs(gateway, ask):
    response = ask("GET", "_ciao.txt", Origin="http://localhost")
    assert response.headers["Access-Control-Expose-Headers"] == "*"
    assert response.headers["Access-Control-Allow-Origin"] == "http://localhost"
    preflight = ask("OPTIONS", "a", Origin="http://localhost", Access_Control_Request_Method="PUT")
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, PUT, DELETE"
    assert preflight.headers["Access-Control-Allow-Headers"] == "*, Authorization"


def test_other_methods_are_none_of_it(ask):
    for method in ("POST", "PATCH", "BREW"):
        response = ask(method, "_ciao.txt", b"{}")
        assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD, PUT, DELETE")
        assert "error" in response.json


# --- when it cannot be ---


def test_without_a_collection_there_is_no_media(gateway, ask):
    gateway.lane.close()
    for method in ("PUT", "DELETE"):
        assert ask(method, "_ciao.txt", b"x").status == 503
    gateway.lane.open()
    assert ask("GET", "_ciao.txt").data == b"ciao"
    gateway.host.close()
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        assert ask(method, "_ciao.txt", b"x").status == 503


def test_a_file_that_comes_while_a_profile_opens_is_not_taken_for_an_empty_one(ask, folder, monkeypatch):
    def staging_folder(self):
        raise CollectionUnavailable

    with monkeypatch.context() as opening:
        opening.setattr(MediaFolder, "staging_folder", property(staging_folder))
        reply = ask("PUT", "_new.txt", b"x" * 300_000)
    assert (reply.status, b"Send it again" in reply.data) == (503, True)
    assert not (folder / "_new.txt").exists()
    assert ask("PUT", "_new.txt", b"x" * 300_000).status == 201


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_is_told_without_its_path(ask, folder):
    (folder / "_ciao.txt").chmod(0)
    response = ask("GET", "_ciao.txt")
    assert response.status == 409
    assert str(folder) not in response.json["error"]


def test_the_old_actions_see_the_same_files(gateway, ask):
    gateway.legacy("storeMediaFile", filename="a.txt", data="b25l")
    assert ask("GET", "a.txt").data == b"one"
    ask("PUT", "b.txt", b"two")
    assert gateway.legacy("retrieveMediaFile", filename="b.txt")["result"] == "dHdv"
    ask("DELETE", "b.txt")
    assert gateway.legacy("retrieveMediaFile", filename="b.txt")["result"] is False
