"""The command line: options, collections that cannot be served, and the end of it."""

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import seed
from gateway_process import ServeProcess, holding, opens_cleanly, reason

from addon.cli import main
from addon.config import Config
from addon.headless.host import HeadlessHost

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]
WAIT = 20.0


def test_the_greeting_names_collection_and_address(served, shared_collection):
    assert served.out.startswith(f"AnkiRPC serves {shared_collection}\nat http://127.0.0.1:")
    assert "new, empty collection" not in served.out
    assert "\nOpen this address in a browser for the page with all methods.\n" in served.out
    assert "\nWarnings and errors are written to standard error.\n" in served.out
    assert served.connect().rpc("version") == 6


@pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="needs bash and curl")
@pytest.mark.parametrize("with_key", [False, True])
def test_both_lines_of_the_greeting_work_as_printed(request, serve, collection, tmp_path, with_key):
    if with_key:
        key_file = tmp_path / "the key"
        key_file.write_text("open sesame\n")
        process = serve("--collection", collection, "--key-file", key_file).ready()
    else:
        process = request.getfixturevalue("served")
    lines = [line.strip() for line in process.out.splitlines() if line.startswith("  curl ")]
    answers = [
        subprocess.run(["bash", "-c", line], check=False, capture_output=True, encoding="utf-8", timeout=WAIT).stdout
        for line in lines
    ]
    assert answers == [
        '{"result": ["Default","Italian","Italian::A1"], "error": null}',
        '{"jsonrpc":"2.0","result":["Default","Italian","Italian::A1"],"id":1}',
    ]


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A settings file with a key, a limit, a port that is not to count, and a setting of AnkiConnect's."""
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    key = make_key(path, "phone", "read")
    content = json.loads(path.read_text("utf-8"))
    more = {"webBindPort": 1, "limits": {"bodyMegabytes": 1}, "webTimeout": 10_000}
    path.write_text(json.dumps({**content, **more}))
    return path, key


@pytest.fixture(scope="module")
def key(settings):
    return settings[1]


@pytest.fixture(scope="module")
def with_settings(settings, example_collection, tmp_path_factory):
    """A gateway with the settings file."""
    path = seed.copy(example_collection, tmp_path_factory.mktemp("with-settings"))
    process = ServeProcess("--collection", path, "--settings", settings[0]).ready()
    yield process
    assert process.stop() == 0
    assert process.err == ""


def test_the_greeting_tells_where_a_key_of_the_settings_goes(with_settings, key):
    assert with_settings.out.count(' -H "X-API-Key: $KEY" ') == 2
    assert "(KEY stands for one of your keys)" in with_settings.out
    assert key not in with_settings.out


@pytest.mark.parametrize("origin", ["example.com", "https://example.com/", "https://example.com/page"])
def test_what_is_no_origin_is_refused(fails, collection, origin):
    text = f"anki-rpc: '{origin}' is not an origin. Use a scheme and no path, such as https://example.com.\n"
    assert fails("--collection", collection, "--allow-origin", origin) == text


def test_a_log_file_that_cannot_be_written_is_told_at_once(fails, collection, tmp_path):
    log = tmp_path / "none" / "gateway.log"
    text = f"anki-rpc: The log file {log} cannot be written: No such file or directory\n"
    assert fails("--collection", collection, "--log-file", log) == text


def test_the_environment_gives_every_option(serve, collection, tmp_path):
    key_file = tmp_path / "key"
    key_file.write_text("secret")
    environment = {
        "ANKI_RPC_COLLECTION": str(collection),
        "ANKI_RPC_HOST": "localhost",
        "ANKI_RPC_PORT": "0",
        "ANKI_RPC_KEY_FILE": str(key_file),
        "ANKI_RPC_ALLOW_ORIGIN": "https://one.example https://two.example",
        "ANKI_RPC_VERBOSE": "1",
        "ANKI_RPC_LIMITS": '{"bodyMegabytes": 1}',
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
    assert connection.send(b" " * 2_000_000)[0] == 413
    assert process.stop() == 0
    lines = [line.partition(" INFO ")[2] for line in process.err.splitlines()]
    assert [line for line in lines if not line.startswith("POST /: ")] == [
        "a program: version: refused: it sent no API key",
        "https://one.example: version: ok",
        "https://two.example: version: ok",
        "https://three.example: (any): refused: it has no permission",
    ]


def test_ankiconnects_bind_address_counts_where_no_host_is_given(serve, collection):
    process = serve("--collection", collection, environment={"ANKICONNECT_BIND_ADDRESS": "localhost"}).ready()
    assert process.url.startswith("http://localhost:")


@pytest.fixture(scope="module")
def with_host(example_collection, tmp_path_factory):
    """A gateway with options for its address and name, and AnkiConnect's environment."""
    path = seed.copy(example_collection, tmp_path_factory.mktemp("with-host"))
    environment = {"ANKICONNECT_BIND_ADDRESS": "localhost", "ANKICONNECT_CORS_ORIGIN": "https://page.example"}
    options = ["--collection", path, "--host", "127.0.0.1", "--allow-host", "anki.home"]
    process = ServeProcess(*options, environment=environment).ready()
    yield process
    assert process.stop() == 0
    assert process.err == ""


def test_a_host_wins_over_ankiconnects_bind_address(with_host):
    assert with_host.url.startswith("http://127.0.0.1:")


def test_ankiconnects_origin_counts_with_a_host_too(with_host):
    assert with_host.connect().send(b'{"action": "version"}', Origin="https://page.example") == (200, b"6")


def test_a_name_of_the_gateway_can_be_added(with_host):
    connection = with_host.connect()
    call = b'{"action": "version", "version": 6}'
    assert connection.send(call, Host="anki.home:8765") == (200, b'{"result": 6, "error": null}')
    assert connection.send(call, Host="evil.example")[0] == 403


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="XDG_DATA_HOME")
def test_the_first_start_makes_a_collection_in_the_data_folder(serve, tmp_path):
    """Though environment variables are there: an empty one counts as none."""
    path = tmp_path / "anki-rpc/User 1/collection.anki2"
    names = ("COLLECTION", "HOST", "PORT", "KEY_FILE", "ALLOW_ORIGIN")
    environment = {f"ANKI_RPC_{name}": "" for name in names} | {"XDG_DATA_HOME": str(tmp_path)}
    process = serve(environment=environment).ready()
    assert f"AnkiRPC serves {path}\nThe file did not exist: this is a new, empty collection.\n" in process.out
    assert process.connect().rpc("deckNames") == ["Default"]
    assert process.connect().legacy("version") == 6
    assert process.stop() == 0
    opens_cleanly(path)
    again = serve(environment={"XDG_DATA_HOME": str(tmp_path)}).ready()
    assert "new, empty collection" not in again.out


def test_a_collection_that_another_program_has_open_is_left_alone(serve, fails, collection):
    with holding(collection):
        before = collection.read_bytes()
        text = fails("--collection", collection)
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
def test_a_file_that_is_no_collection_is_left_as_it_is(fails, tmp_path, write):
    path = tmp_path / "shopping list"
    write(path)
    before = path.read_bytes()
    text = fails("--collection", path)
    assert text == f"anki-rpc: {path} is not a collection of Anki. The file was not changed.\n"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_and_a_path_below_a_file_are_refused(fails, collection, tmp_path):
    refusal = f"anki-rpc: {tmp_path} is a folder. Name a file in it, such as {tmp_path / 'collection.anki2'}.\n"
    assert fails("--collection", tmp_path) == refusal
    assert "cannot be opened" in fails("--collection", collection / "below/collection.anki2")


def test_a_taken_port_is_named_and_the_collection_closed_again(serve, collection):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = serve("--collection", collection, port=port)
        text = reason(process.end(), process.out, process.err)
    assert f"127.0.0.1:{port} is already in use" in text
    assert "choose another port" in text
    opens_cleanly(collection)


@pytest.mark.parametrize("port", ["http", "-1", "65536", "1.5", "9" * 5000])
def test_a_wrong_port_is_refused_with_status_2(run, collection, port):
    status, _, err = run("--collection", collection, port=port)
    assert status == 2
    assert "is not a port: use a number from 0 to 65535" in err


def test_other_computers_are_let_in_by_a_key_or_on_purpose_only(serve, fails, collection, tmp_path):
    refused = fails("--collection", collection, "--host", "0.0.0.0")
    assert refused.startswith("anki-rpc: Other computers can reach 0.0.0.0, but there is no API key")
    (tmp_path / "key").write_text("secret")
    serve("--collection", collection, "--host", "0.0.0.0", "--key-file", tmp_path / "key").ready().stop()
    serve("--collection", collection, "--host", "0.0.0.0", "--allow-remote-without-key").ready().stop()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read: No such file or directory"),
        (b" \n", "is empty. Write the API key into it."),
        (b"\xff", "is not a text file in UTF-8 or UTF-16. Save it as UTF-8."),
    ],
    ids=["missing", "empty", "binary"],
)
def test_a_key_file_without_a_key_is_refused(fails, collection, tmp_path, content, reason):
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    assert fails("--collection", collection, "--key-file", path) == f"anki-rpc: The key file {path} {reason}\n"


@pytest.fixture
def heeds_hangups():
    """Programs that these tests start heed SIGHUP, even if the tests themselves run under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.usefixtures("heeds_hangups")
@pytest.mark.parametrize(("name", "clients"), [("SIGTERM", 6), ("SIGINT", 6), ("SIGHUP", 0)])
def test_a_signal_closes_the_collection(serve, collection, name, clients):
    process = serve("--collection", collection, fresh=name != "SIGTERM").ready()  # else as the forking process has them
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
    until(lambda: all(added))
    before = time.monotonic()
    assert process.stop(getattr(signal, name)) == 0
    assert time.monotonic() - before < 8
    ended.set()
    for thread in threads:
        thread.join(WAIT)
    assert process.err == ""
    opens_cleanly(collection)
    with contextlib.closing(sqlite3.connect(collection)) as db:
        stored = db.execute("select count() from notes").fetchone()[0]
    assert stored - 2 - sum(added) in range(clients + 1)  # each client may have missed its last answer


def test_a_collection_is_optimized_once_a_day(collection):
    def statistics():
        with contextlib.closing(sqlite3.connect(collection)) as db:
            found = db.execute("select 1 from sqlite_master where name = 'sqlite_stat1'").fetchone()
            if found:
                db.execute("drop table sqlite_stat1")
                db.commit()
            return bool(found)

    def opened():
        """Whether the collection is optimized by being opened."""
        host = HeadlessHost(collection, Config())
        host.open()
        host.lane.stop()
        host.close()
        return statistics()

    marker = collection.with_name(collection.name + ".optimized")
    marker.unlink()
    runs = [opened(), opened()]
    os.utime(marker, (time.time() - 25 * 3600,) * 2)
    assert [*runs, opened()] == [True, False, True]


def test_settings_come_from_a_file_and_options_win(with_settings, key):
    connection = with_settings.connect()
    assert connection.post({"jsonrpc": "2.0", "id": 1, "method": "version"})["error"]["data"]["kind"] == "key_required"
    message = {"jsonrpc": "2.0", "id": 1, "method": "deckNames"}
    assert connection.post(message, X_API_Key=key)["result"]
    refused = connection.post({**message, "method": "createDeck", "params": ["x"]}, X_API_Key=key)
    assert refused["error"]["data"]["scope"] == "write"
    assert with_settings.connect().send(b"x" * (2**20 + 2))[0] == 413


def test_a_key_is_printed_once_and_replaces_an_older_one_of_its_name(tmp_path):
    settings = tmp_path / "settings.json"
    made = make_key(settings, "phone", "read")
    assert made not in settings.read_text("utf-8")
    assert make_key(settings, "phone", "change") != made
    assert json.loads(settings.read_text("utf-8"))["keys"]["phone"]["scopes"] == ["change"]


def make_key(settings, name, scope):
    """The key that the command prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["key", name, "--scope", scope, "--settings", str(settings)]) == 0
    return out.getvalue().strip()


def until(condition):
    deadline = time.monotonic() + WAIT
    while not (value := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read"),
        ("{", "is not valid JSON"),
        ("[]", "must contain a JSON object"),
        ('{"limits": {"batch": 0}}', "setting limits.batch: A number from 1 to 1000000."),
        ('{"apikey": "sesame"}', "setting apikey: There is no such setting. Did you mean apiKey?"),
        ('{"something": 5}', "setting something: There is no such setting."),
        ('{"askExtensions": "yes"}', 'setting askExtensions: Must be true or false, not the string "yes".'),
        ('{"ignoreOriginList": 5}', "setting ignoreOriginList: Must be a list, not a number."),
        ('{"keys": {"phone": {"key": "", "scopes": ["read"]}}}', "setting keys.phone.key: Must not be empty."),
        ('{"keys": {"": {"key": "k", "scopes": ["read"]}}}', "A key must have a name."),
        ('{"apiKey": "k", "apiKey": null}', "contains apiKey twice"),
        ('{"keys": {"phone": {"key": "k", "key": "", "scopes": []}}}', "contains key twice"),
        ('{"webBindAddress": "0.0.0.0", "apiKey": ""}', "Other computers can reach 0.0.0.0, but there is no API key"),
    ],
)
def test_a_settings_file_that_is_wrong_is_told(fails, collection, tmp_path, text, said):
    """No server is started."""
    settings = tmp_path / "settings.json"
    if text is not None:
        settings.write_text(text)
    assert said in fails("--collection", collection, "--settings", settings)


@pytest.mark.parametrize("name", ["", "phone"])
def test_a_key_is_made_for_settings_that_are_right_only(capsys, tmp_path, name):
    settings = tmp_path / "settings.json"
    settings.write_text('{"keys": {}}' if not name else '{"apikey": "sesame"}')
    before = settings.read_text()
    assert main(["key", name, "--scope", "read", "--settings", str(settings)]) == 1
    assert reason(1, *capsys.readouterr()).startswith("anki-rpc: ")
    assert settings.read_text() == before


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="a limit takes the place of a full disk")
def test_a_full_disk_does_not_cost_the_keys_that_there_are(tmp_path):
    settings = tmp_path / "settings.json"
    make_key(settings, "phone", "read")
    before = settings.read_text()
    command = [sys.executable, "-m", "addon", "key", "laptop", "--scope", "read", "--settings", settings]
    limited = f"ulimit -f 0; exec {shlex.join(map(str, command))}"
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("anki-rpc: ")
    assert settings.read_text() == before
    assert [*tmp_path.iterdir()] == [settings]


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("setpriv"), reason="root may write everywhere")
def test_a_key_is_stored_in_a_file_whose_folder_accepts_no_other(tmp_path):
    settings = tmp_path / "folder" / "settings.json"
    settings.parent.mkdir()
    make_key(settings, "phone", "read")
    settings.parent.chmod(0o500)
    as_others = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    command = [sys.executable, "-m", "addon", "key", "laptop", "--scope", "read", "--settings", settings]
    done = subprocess.run([*as_others, *command], capture_output=True, text=True, check=False)
    settings.parent.chmod(0o700)
    assert (done.returncode, done.stderr) == (0, "")
    assert {*json.loads(settings.read_text())["keys"]} == {"phone", "laptop"}


def test_a_single_host_in_the_file_and_one_of_an_option_are_both_known(serve, collection, tmp_path):
    settings = tmp_path / "settings.json"
    settings.write_text('{"allowedHosts": "anki.home", "apiVersion": 6, "apiKey": ""}')
    connection = (
        serve("--collection", collection, "--settings", settings, "--allow-host", "other.home").ready().connect()
    )
    statuses = [connection.send(b'{"action": "version"}', Host=host)[0] for host in ("anki.home", "other.home", "a")]
    assert statuses == [200, 200, 403]


def test_what_goes_wrong_is_written_to_a_file_without_keys(serve, collection, tmp_path):
    log = tmp_path / "gateway.log"
    process = serve("--collection", collection, "--log-file", log, "--settings", open_settings(tmp_path)).ready()
    media = collection.with_name("collection.media")
    media.rename(tmp_path / "elsewhere")
    media.write_bytes(b"no folder")  # a missing one counts as empty
    process.connect().post({"jsonrpc": "2.0", "id": 1, "method": "getMediaFilesNames", "params": {}})
    process.stop()
    assert process.err == ""
    assert "An action raised an unexpected error" in log.read_text("utf-8")


def test_verbose_logs_calls_and_how_long_requests_take_without_what_they_are_about(serve, collection, tmp_path):
    log = tmp_path / "gateway.log"
    process = serve("--collection", collection, "--log-file", log, "--settings", open_settings(tmp_path), "--verbose")
    connection = process.ready().connect()
    connection.post({"jsonrpc": "2.0", "id": 1, "method": "findNotes", "params": {"query": "secret"}})
    connection.http.request("GET", "/media/secret.png?about=secret")
    connection.http.getresponse().read()
    process.stop()
    lines = [line.partition(" INFO ")[2] for line in log.read_text("utf-8").splitlines()]
    assert "a program: findNotes: ok" in lines
    requests = [re.fullmatch(r"(.*) in \d+\.\d ms", line) for line in lines]
    assert [found[1] for found in requests if found] == ["POST /: 200", "GET /media: 404"]
    assert "secret" not in log.read_text("utf-8")


def open_settings(folder):
    path = folder / "settings.json"
    path.write_text("{}")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="a script for sh")
def test_the_command_runs_from_a_checkout_in_any_folder(tmp_path):
    (tmp_path / "addon").mkdir()  # not the package of this name
    link = tmp_path / "anki-rpc"
    link.symlink_to(ROOT / "tools" / "anki-rpc")
    for command in ("./anki-rpc", str(ROOT / "tools" / "anki-rpc")):
        done = subprocess.run(
            [command, "key", "phone", "--scope", "read", "--settings", "keys.json"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip()
        assert "phone" in json.loads((tmp_path / "keys.json").read_text("utf-8"))["keys"]
