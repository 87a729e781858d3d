"""The command line: options, collections that cannot be served, and the end of it."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from gateway_process import child_environment

WAIT = 20.0


def fails(process):
    """The one line on standard error of a start that fails with status 1."""
    assert process.end() == 1
    assert process.out == ""
    assert process.err.startswith("anki-rpc: ")
    assert process.err.count("\n") == 1
    return process.err


@contextlib.contextmanager
def holding(path):
    """Another process that has the collection open."""
    code = "import sys; from anki.collection import Collection; c = Collection(sys.argv[1]); print(1, flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{code}; sys.stdin.read(); c.close()", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=child_environment(),
    ) as other:
        try:
            assert other.stdout.readline()
            yield
        finally:
            other.stdin.close()
            other.wait(WAIT)


def opens_cleanly(path):
    """Nothing is left beside the collection, and another program can open it."""
    assert not path.with_name(path.name + "-wal").exists()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.create_collation("unicase", lambda one, other: (one.lower() > other.lower()) - (one.lower() < other.lower()))
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_the_greeting_names_collection_and_address(serve, collection):
    process = serve("--collection", collection).ready()
    assert process.out.startswith(f"AnkiRPC serves {collection}\nat http://127.0.0.1:")
    assert "new, empty collection" not in process.out
    assert process.connect().rpc("version") == 6


@pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="needs bash and curl")
@pytest.mark.parametrize("with_key", [False, True])
def test_both_lines_of_the_greeting_work_as_printed(serve, collection, tmp_path, with_key):
    key_file = tmp_path / "the key"
    key_file.write_text("open sesame\n")
    process = serve("--collection", collection, *(["--key-file", key_file] if with_key else [])).ready()
    lines = [line.strip() for line in process.out.splitlines() if line.startswith("  curl ")]
    answers = [
        subprocess.run(["bash", "-c", line], check=False, capture_output=True, encoding="utf-8", timeout=WAIT).stdout
        for line in lines
    ]
    assert answers == [
        '{"result": ["Default","Italian","Italian::A1"], "error": null}',
        '{"jsonrpc":"2.0","result":["Default","Italian","Italian::A1"],"id":1}',
    ]


def test_the_greeting_tells_where_a_key_of_the_settings_goes(serve, collection, tmp_path):
    settings = tmp_path / "settings.json"
    key = serve_key(settings, "phone", "read")
    process = serve("--collection", collection, "--settings", settings).ready()
    assert process.out.count(' -H "X-API-Key: $KEY" ') == 2
    assert "(KEY stands for one of your keys)" in process.out
    assert key not in process.out


@pytest.mark.parametrize("origin", ["example.com", "https://example.com/", "https://example.com/page"])
def test_what_is_no_origin_is_refused(serve, collection, origin):
    text = f"anki-rpc: '{origin}' is no origin: one has a scheme and no path, such as https://example.com\n"
    assert fails(serve("--collection", collection, "--allow-origin", origin)) == text


def test_a_log_file_that_cannot_be_written_is_told_at_once(serve, collection, tmp_path):
    log = tmp_path / "none" / "gateway.log"
    text = f"anki-rpc: the log file {log} cannot be written: No such file or directory\n"
    assert fails(serve("--collection", collection, "--log-file", log)) == text


def test_a_misspelt_setting_is_told(serve, collection, tmp_path):
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"apikey": "sesame", "webTimeout": 10_000}))
    process = serve("--collection", collection, "--settings", settings).ready()
    process.stop()
    assert process.err.rstrip().endswith(f"WARNING the settings file {settings}: there is no setting apikey")
    assert len(process.err.splitlines()) == 1


def test_the_environment_gives_every_option(serve, collection, tmp_path):
    key_file = tmp_path / "key"
    key_file.write_text("secret")
    environment = {
        "ANKI_RPC_COLLECTION": str(collection),
        "ANKI_RPC_HOST": "localhost",
        "ANKI_RPC_PORT": "0",
        "ANKI_RPC_KEY_FILE": str(key_file),
        "ANKI_RPC_ALLOW_ORIGIN": "https://one.example https://two.example",
    }
    process = serve(port=None, environment=environment).ready()
    assert process.url.startswith("http://localhost:")
    assert str(collection) in process.out
    connection = process.connect()
    message = {"jsonrpc": "2.0", "id": 1, "method": "version"}
    assert connection.post(message)["error"]["data"]["kind"] == "key_required"
    for origin in ("https://one.example", "https://two.example"):
        assert connection.post(message, X_API_Key="secret", Origin=origin)["result"] == 6
    status, _ = connection.send(b'{"action": "version"}', X_API_Key="secret", Origin="https://three.example")
    assert status == 403


def test_an_empty_environment_variable_counts_as_none(serve, tmp_path):
    names = ("COLLECTION", "HOST", "PORT", "KEY_FILE", "ALLOW_ORIGIN")
    environment = {f"ANKI_RPC_{name}": "" for name in names} | {"XDG_DATA_HOME": str(tmp_path)}
    assert serve(environment=environment).ready().connect().legacy("version") == 6


@pytest.mark.parametrize(
    ("options", "address"), [((), "localhost"), (("--host", "127.0.0.1"), "127.0.0.1")], ids=["alone", "with --host"]
)
def test_ankiconnects_bind_address_counts_unless_a_host_is_given(serve, collection, options, address):
    environment = {"ANKICONNECT_BIND_ADDRESS": "localhost"}
    process = serve("--collection", collection, *options, environment=environment).ready()
    assert process.url.startswith(f"http://{address}:")


def test_ankiconnects_origin_counts_with_a_host_too(serve, collection):
    environment = {"ANKICONNECT_CORS_ORIGIN": "https://page.example"}
    process = serve("--collection", collection, "--host", "127.0.0.1", environment=environment).ready()
    assert process.connect().send(b'{"action": "version"}', Origin="https://page.example") == (200, b"6")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="XDG_DATA_HOME")
def test_the_first_start_makes_a_collection_in_the_data_folder(serve, tmp_path):
    path = tmp_path / "anki-rpc/User 1/collection.anki2"
    process = serve(environment={"XDG_DATA_HOME": str(tmp_path)}).ready()
    assert f"AnkiRPC serves {path}\nThere was no file of that name: this is a new, empty collection.\n" in process.out
    assert process.connect().rpc("deckNames") == ["Default"]
    assert process.stop() == 0
    opens_cleanly(path)
    again = serve(environment={"XDG_DATA_HOME": str(tmp_path)}).ready()
    assert "new, empty collection" not in again.out


def test_a_collection_that_another_program_has_open_is_left_alone(serve, collection):
    with holding(collection):
        before = collection.read_bytes()
        text = fails(serve("--collection", collection))
        assert text == f"anki-rpc: {collection} is open in another program (Anki, most likely). Close it there.\n"
        assert collection.read_bytes() == before
    assert serve("--collection", collection).ready().stop() == 0


def _text(path):
    path.write_text("not a collection\n" * 100)


def _empty(path):
    path.touch()


def _other_database(path):
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("create table recipes (name)")
        db.commit()


@pytest.mark.parametrize("write", [_text, _empty, _other_database])
def test_a_file_that_is_no_collection_is_left_as_it_is(serve, tmp_path, write):
    path = tmp_path / "shopping list"
    write(path)
    before = path.read_bytes()
    text = fails(serve("--collection", path))
    assert text == f"anki-rpc: {path} is no collection of Anki's. It was left as it is.\n"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_and_a_path_below_a_file_are_refused(serve, collection, tmp_path):
    told = f"anki-rpc: {tmp_path} is a folder. Name the file in it, such as {tmp_path / 'collection.anki2'}.\n"
    assert fails(serve("--collection", tmp_path)) == told
    assert "cannot be opened" in fails(serve("--collection", collection / "below/collection.anki2"))


def test_a_taken_port_is_named_and_the_collection_closed_again(serve, collection):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = fails(serve("--collection", collection, port=port))
    assert f"127.0.0.1:{port} is already in use" in text
    assert "choose another port" in text
    opens_cleanly(collection)


@pytest.mark.parametrize("port", ["http", "-1", "65536", "1.5", "9" * 5000])
def test_a_wrong_port_is_refused_with_status_2(serve, collection, port):
    process = serve("--collection", collection, f"--port={port}", port=None)
    assert process.end() == 2
    assert "is no port: a number from 0 to 65535" in process.err


def test_other_computers_are_let_in_by_a_key_or_on_purpose_only(serve, collection, tmp_path):
    refused = fails(serve("--collection", collection, "--host", "0.0.0.0"))
    assert refused.startswith("anki-rpc: 0.0.0.0 can be reached from other computers, and there is no API key")
    (tmp_path / "key").write_text("secret")
    serve("--collection", collection, "--host", "0.0.0.0", "--key-file", tmp_path / "key").ready().stop()
    serve("--collection", collection, "--host", "0.0.0.0", "--allow-remote-without-key").ready().stop()


def test_a_name_of_the_gateway_can_be_added(serve, collection):
    connection = serve("--collection", collection, "--allow-host", "anki.home").ready().connect()
    call = b'{"action": "version", "version": 6}'
    assert connection.send(call, Host="anki.home:8765") == (200, b'{"result": 6, "error": null}')
    assert connection.send(call, Host="evil.example")[0] == 403


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "cannot be read: No such file or directory"), (b" \n", "is empty"), (b"\xff\xfe", "is not text")],
    ids=["missing", "empty", "binary"],
)
def test_a_key_file_without_a_key_is_refused(serve, collection, tmp_path, content, reason):
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    assert fails(serve("--collection", collection, "--key-file", path)) == f"anki-rpc: the key file {path} {reason}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("clients", [0, 6])
def test_a_signal_closes_the_collection(serve, collection, number, clients):
    process = serve("--collection", collection).ready()
    added, ended = [0] * clients, threading.Event()

    def hammer(index):
        connection = process.connect()
        with contextlib.suppress(OSError, EOFError, ValueError, AssertionError):  # the end of the server is the end
            while not ended.is_set():
                fields = {"Word": f"{index} {added[index]}", "Meaning": "x"}
                note = {"modelName": "Italian vocab", "deckName": "Italian::A1", "fields": fields}
                connection.rpc("addNote", {"note": note})
                added[index] += 1

    threads = [threading.Thread(target=hammer, args=(index,), daemon=True) for index in range(clients)]
    for thread in threads:
        thread.start()
    if clients:
        time.sleep(0.3)
    before = time.monotonic()
    assert process.stop(number) == 0
    assert time.monotonic() - before < 8
    ended.set()
    for thread in threads:
        thread.join(WAIT)
    assert process.err == ""
    opens_cleanly(collection)
    with contextlib.closing(sqlite3.connect(collection)) as db:
        stored = db.execute("select count() from notes").fetchone()[0]
    assert all(added)
    assert stored - 2 - sum(added) in range(clients + 1)  # each client may have missed its last answer


def test_a_collection_is_optimized_once_a_day(serve, collection):
    def statistics():
        with contextlib.closing(sqlite3.connect(collection)) as db:
            found = db.execute("select 1 from sqlite_master where name = 'sqlite_stat1'").fetchone()
            if found:
                db.execute("drop table sqlite_stat1")
                db.commit()
            return bool(found)

    marker = collection.with_name(collection.name + ".optimized")
    marker.unlink()
    runs = []
    for _ in range(2):
        assert serve("--collection", collection).ready().stop() == 0
        runs.append(statistics())
    os.utime(marker, (time.time() - 25 * 3600,) * 2)
    assert serve("--collection", collection).ready().stop() == 0
    assert [*runs, statistics()] == [True, False, True]


def test_settings_come_from_a_file_and_options_win(serve, collection, tmp_path):
    settings = tmp_path / "settings.json"
    made = serve_key(settings, "phone", "read")
    text = settings.read_text("utf-8")
    assert made not in text
    content = json.loads(text)
    settings.write_text(json.dumps({**content, "webBindPort": 1, "limits": {"bodyMegabytes": 1}}))
    process = serve("--collection", collection, "--settings", settings).ready()
    connection = process.connect()
    assert connection.post({"jsonrpc": "2.0", "id": 1, "method": "version"})["error"]["data"]["kind"] == "key_required"
    message = {"jsonrpc": "2.0", "id": 1, "method": "deckNames"}
    assert connection.post(message, X_API_Key=made)["result"]
    refused = connection.post({**message, "method": "createDeck", "params": ["x"]}, X_API_Key=made)
    assert refused["error"]["data"]["scope"] == "write"
    assert process.connect().send(b"x" * (2**20 + 2))[0] == 413
    assert serve_key(settings, "phone", "change") != made
    assert json.loads(settings.read_text("utf-8"))["keys"]["phone"]["scopes"] == ["change"]


def serve_key(settings, name, scope):
    command = [sys.executable, "-m", "addon", "key", name, "--scope", scope, "--settings", str(settings)]
    done = subprocess.run(
        command, env=child_environment(), check=True, capture_output=True, encoding="utf-8", timeout=WAIT
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read"),
        ("{", "is not JSON"),
        ("[]", "must hold a JSON object"),
        ('{"limits": {"batch": 0}}', "setting limits.batch: A number from 1 to 1000000."),
    ],
)
def test_a_settings_file_that_is_wrong_is_told(serve, collection, tmp_path, text, said):
    settings = tmp_path / "settings.json"
    if text is not None:
        settings.write_text(text)
    assert said in fails(serve("--collection", collection, "--settings", settings))


def test_what_goes_wrong_is_written_to_a_file_without_keys(serve, collection, tmp_path):
    log = tmp_path / "gateway.log"
    process = serve("--collection", collection, "--log-file", log, "--settings", open_settings(tmp_path)).ready()
    collection.with_name("collection.media").rename(tmp_path / "elsewhere")
    process.connect().post({"jsonrpc": "2.0", "id": 1, "method": "getMediaFilesNames", "params": {}})
    process.stop()
    assert process.err == ""
    assert "unexpected error in an action" in log.read_text("utf-8")


def open_settings(folder):
    path = folder / "settings.json"
    path.write_text("{}")
    return path
