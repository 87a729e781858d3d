"""Text on systems with other encodings: files as Notepad and PowerShell write them, and output under a code page."""

import codecs
import contextlib
import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from gateway_process import ROOT, START, WAIT, ServeProcess, child_environment, fork_server, run_command
from ports import free_port
from sizes import some, turns

pytestmark = pytest.mark.process

JAPANESE = "日本語のカード"
CODE_PAGES = some(["cp1252", "cp850", "cp932"], 3, 2)
"""Western Europe, its console, and Japan, whose own letters Python writes in another encoding than UTF-8."""
ENCODINGS = {
    "UTF-8": str.encode,
    "UTF-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16 LE": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
}
"""What Notepad offers, and what `>` writes in PowerShell 5.1: UTF-16 LE with line ends of Windows."""


def as_windows(code_page):
    """The environment in which Python takes output for text of this code page."""
    return {"PYTHONUTF8": "0", "PYTHONIOENCODING": code_page, "LC_ALL": "C.UTF-8"}  # where paths are Unicode, as there


@pytest.fixture(params=ENCODINGS.values(), ids=ENCODINGS)
def write(request):
    return lambda path, text: path.write_bytes(request.param(text.replace("\n", "\r\n")))


def test_key_and_settings_files_are_read_as_windows_programs_write_them(serve, collection, tmp_path, write):
    key_file, settings = tmp_path / "key.txt", tmp_path / "settings.json"
    write(key_file, "schlüssel\n")
    write(settings, '{\n  "keys": {"電話": {"key": "sesame", "scopes": ["read"]}}\n}\n')
    process = serve("--collection", collection, "--key-file", key_file, "--settings", settings).ready()
    for key in ("schlüssel", "sesame"):
        reply = process.connect().post({"action": "deckNames", "version": 6, "key": key})
        assert reply["error"] is None


@pytest.mark.parametrize("key", ["schlüssel", "\u043a\u043b\u044e\u0447", "\xe0", "\xc3\xa0 \U0001f511"], ids=ascii)
def test_a_key_with_any_letters_is_sent_in_a_header(serve, collection, tmp_path, key):
    (tmp_path / "key").write_text(key, encoding="utf-8")
    process = serve("--collection", collection, "--key-file", tmp_path / "key").ready()
    encoded = [key.encode(), *([key.encode("latin-1")] if key == "schlüssel" else [])]
    for header in ({"Authorization": b"Bearer %s"}, {"X-API-Key": b"%s"}):
        for sent in encoded:
            headers = {name: value % sent for name, value in header.items()}
            assert process.connect().post({"action": "deckNames", "version": 6}, **headers)["error"] is None
    wrong = process.connect().post({"action": "deckNames", "version": 6}, X_API_Key=key.encode() + b"x")
    assert wrong["error"] == "valid api key must be provided"


def test_a_key_is_added_to_a_settings_file_of_any_encoding(tmp_path, write):
    settings = tmp_path / "settings.json"
    write(settings, '{"allowedHosts": ["アンキ.home"]}')
    done = run_command("key", "電話", "--scope", "read", "--settings", settings)
    assert (done.returncode, done.stderr) == (0, b"")
    stored = json.loads(settings.read_text("utf-8"))
    assert stored["allowedHosts"] == ["アンキ.home"]
    assert list(stored["keys"]) == ["電話"]


@pytest.mark.parametrize(
    ("content", "option"),
    turns([b"\xe4", b"\xff\xfe\x00", b"\xff\xfe\x00\xd8"], lambda content: ["--settings", "--key-file"]),
)
def test_a_file_in_another_encoding_is_refused(tmp_path, option, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    done = run_command("serve", "--port", "0", "--collection", tmp_path / "c.anki2", option, path)
    assert done.returncode == 1
    assert done.stderr.decode().endswith(f" file {path} is not a text file in UTF-8 or UTF-16. Save it as UTF-8.\n")


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_a_folder_with_any_letters_is_served_under_any_code_page(tmp_path, code_page):
    folder = tmp_path / JAPANESE
    folder.mkdir()
    (folder / "キー").write_text("sesame")
    options, system = ("--collection", folder / "c.anki2", "--key-file", folder / "キー"), as_windows(code_page)
    process = ServeProcess(*options, environment=system, server=fork_server(**system)).ready()
    assert f"AnkiRPC serves {folder}" in process.out
    (folder / "c.media").rename(folder / "elsewhere")
    (folder / "c.media").touch()
    call = {"jsonrpc": "2.0", "id": 1, "method": "getMediaFilesNames"}
    assert "error" in process.connect().post(call, X_API_Key="sesame")  # which is logged, with the path
    assert process.stop() == 0
    assert JAPANESE in process.err


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names there are Unicode")
def test_a_path_that_is_no_text_is_printed(serve, collection, tmp_path):
    key_file = tmp_path / os.fsdecode(b"\xff")
    key_file.write_text("sesame")
    process = serve("--collection", collection, "--key-file", key_file).ready()
    assert process.stop() == 0
    assert "\\udcff" in process.out


@pytest.mark.parametrize("code_page", some(["cp1252", "cp932"], 2))
def test_errors_are_printed_under_any_code_page(tmp_path, code_page):
    for arguments in (
        ("serve", "--settings", tmp_path / JAPANESE),
        ("serve", "--allow-origin", JAPANESE),
        ("serve", "--log-file", tmp_path / JAPANESE / "log"),
        ("key", "x", "--scope", JAPANESE, "--settings", tmp_path / "settings.json"),
        ("mcp", "--url", f"ftp://{JAPANESE}"),
        ("mcp", "--key-file", tmp_path / JAPANESE),
        ("spec", "--output", tmp_path / JAPANESE / "spec"),
    ):
        done = run_command(*arguments, environment=as_windows(code_page))
        assert done.returncode == 1
        assert done.stdout == b""
        assert done.stderr.decode().startswith("anki-rpc: ")
        assert done.stderr.count(b"\n") == 1
    assert run_command("serve", "--port", JAPANESE, environment=as_windows(code_page)).returncode == 2


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_the_document_is_the_same_bytes_under_any_code_page(code_page):
    assert (
        run_command("spec", environment=as_windows(code_page)).stdout == (ROOT / "spec" / "openrpc.json").read_bytes()
    )


@pytest.mark.parametrize("output", ["closed", "full"])
def test_a_greeting_that_cannot_be_written_does_not_end_the_server(collection, output):
    """As a service of the system may be started: with an output that nobody reads, or that is full."""
    if output == "full" and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    port = free_port()
    reader, writer = (None, os.open("/dev/full", os.O_WRONLY)) if output == "full" else os.pipe()
    if reader is not None:
        os.close(reader)
    with subprocess.Popen(
        [sys.executable, "-m", "addon", "serve", "--port", str(port), "--collection", str(collection)],
        env=child_environment(),
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(writer)
        assert eventually_answers(process, port)
        process.terminate()
        assert process.wait(WAIT) == 0
        assert process.stderr.read() == b""


def eventually_answers(process, port):
    """Whether a gateway answers for half a second after its start: the greeting is printed when it already serves."""
    deadline = time.monotonic() + START
    answered = 0
    while answered < 10 and process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
            connection.request("GET", "/health")
            answered += connection.getresponse().status == 200
        time.sleep(0.05)
    return answered == 10


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_the_bridge_speaks_utf8_under_any_code_page(serve, collection, code_page):
    gateway = serve("--collection", collection).ready()
    gateway.connect().rpc("createDeck", {"deck": JAPANESE})
    call = {"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {"uri": "anki://decks"}}
    line = codecs.BOM_UTF8 + json.dumps(call, ensure_ascii=False).encode() + b"\r\n"
    done = run_command("mcp", "--url", gateway.url, environment=as_windows(code_page), input=line)
    assert (done.returncode, done.stderr) == (0, b"")
    assert JAPANESE in done.stdout.decode()
    assert done.stdout.endswith(b"}\n")


@pytest.mark.parametrize("mark_only", [codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\r\n"])
def test_a_byte_order_mark_alone_is_no_message(mark_only):
    done = run_command("mcp", "--url", "http://127.0.0.1:1", input=mark_only)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
