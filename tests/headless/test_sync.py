"""Headless syncing: two gateways exchange notes and media through Anki's own sync server."""

import base64
import http.client
import http.server
import json
import socket
import sqlite3
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import seed
from anki.collection import Collection
from examples import kind_as_shown
from gateway_process import WAIT, ServeProcess
from sync_server import PASSWORD, USER, SyncServer

from addon.actions import REGISTRY
from addon.cli import main
from addon.config import ConfigError
from addon.headless.sync import Account

pytestmark = pytest.mark.process

FULL_SYNC = (
    "Sync status {} not one of [0, 1] - see SyncCollectionResponse.ChangesRequired for list of sync statuses: "
    "https://github.com/ankitects/anki/blob/e41c4573d789afe8b020fab5d9d1eede50c3fa3d/proto/anki/sync.proto#L57-L65"
)
ACCOUNT = {"ANKI_RPC_SYNC_USER": USER, "ANKI_RPC_SYNC_PASSWORD": PASSWORD}


@pytest.fixture
def server(tmp_path):
    with SyncServer(tmp_path / "server") as running:
        yield running


class Machine:
    """A collection, its gateway, and one connection."""

    def __init__(self, serve, server, path, account=ACCOUNT):
        self.path = path
        self.process = serve("--collection", path, "--sync-endpoint", server.url, environment=account).ready()
        self.connection = self.process.connect()

    def rpc(self, method, **params):
        return self.connection.rpc(method, params)

    def sync(self, **params):
        return self.connection.post({"jsonrpc": "2.0", "id": 1, "method": "sync", "params": params})

    def error(self, **params):
        error = self.sync(**params)["error"]
        return kind_as_shown(error), error["data"].get("ways")

    def collection(self, **params):
        return self.sync(waitForMedia=True, **params)["result"]["collection"]

    def add(self, word):
        fields = {"Word": word, "Meaning": "?"}
        return self.rpc("addNote", note={"modelName": "Italian vocab", "deckName": "Italian", "fields": fields})

    def upload_and_merge(self):
        """Leave no change on either side. Anki's upload alone may do so a millisecond after the time of its sync."""
        assert self.collection(full="upload") == "uploaded"
        self.add("to be merged")
        assert self.collection() == "merged"

    def words(self):
        notes = self.rpc("notesInfo", query="deck:Italian*")
        return {note["fields"]["Word"]["value"] for note in notes}


@pytest.fixture
def machine(serve, server, tmp_path):
    def start(name, collection=None):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        path = seed.copy(collection, folder) if collection else folder / "collection.anki2"
        return Machine(serve, server, path)

    return start


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory):
    with SyncServer(tmp_path_factory.mktemp("shared") / "server") as running:
        yield running


@pytest.fixture(scope="module")
def shared_pair(shared_server, example_collection, tmp_path_factory):
    """Two machines that a full sync has made equal; each test leaves them equal."""
    folder = tmp_path_factory.mktemp("pair")
    (folder / "one").mkdir()
    one = Machine(ServeProcess, shared_server, seed.copy(example_collection, folder / "one"))
    two = Machine(ServeProcess, shared_server, folder / "two" / "collection.anki2")
    one.collection(full="upload")
    two.collection(full="download")
    yield one, two
    for each in (one, two):
        assert each.process.stop() == 0
        assert each.process.err == ""


@pytest.fixture
def pair(shared_pair):
    """With connections of the test's own: the gateway closes those that are unused for two minutes."""
    for machine in shared_pair:
        machine.connection = machine.process.connect()
    yield shared_pair
    for machine in shared_pair:
        machine.connection.close()


@pytest.fixture
def alone(pair):
    """A machine for tests that sync nothing."""
    return pair[0]


def old(machine, **params):
    """The reply of the old protocol."""
    _, body = machine.connection.send(json.dumps({"action": "sync", "version": 6, "params": params}).encode())
    return json.loads(body)


def test_a_sync_as_an_operation_is_cancelled_while_the_server_does_not_answer(pair, shared_server):
    one, two = pair
    one.rpc("modelFieldAdd", modelName="Italian vocab", fieldName="Uploaded")
    start = {"method": "sync", "params": {"full": "upload", "waitForMedia": True}}
    assert ended(one, one.connection.rpc("startOperation", start)["id"])["result"]["collection"] == "uploaded"
    assert two.collection(full="download") == "downloaded"
    for each in (one, two, one):  # Anki writes settings of its own after a full sync
        each.collection()
    shared_server.pause()
    try:
        id = one.connection.rpc("startOperation", {"method": "sync"})["id"]
        deadline = time.monotonic() + 20
        while one.rpc("getOperation", id=id)["state"] == "queued":
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert one.rpc("cancelOperation", id=id)["state"] in ("running", "cancelled")  # Anki can stop at once
        told = ended(one, id)
    finally:
        shared_server.go_on()
    assert (told["state"], told["error"]["message"]) == ("cancelled", "it was cancelled")
    assert one.collection() == "unchanged"


def ended(machine, id):
    deadline = time.monotonic() + 20
    while (told := machine.rpc("getOperation", id=id))["state"] in ("queued", "running"):
        assert time.monotonic() < deadline, told
        time.sleep(0.02)
    return told


def test_a_gateway_ends_at_once_while_the_server_does_not_answer(machine, server):
    one = machine("one")
    assert one.collection() == "unchanged"
    server.stop()
    with ThreadPoolExecutor(1) as caller, socket.create_server(("127.0.0.1", server.port)) as silent:
        silent.settimeout(WAIT)
        response = caller.submit(one.sync)
        connection, _ = silent.accept()
        with connection:
            began = time.monotonic()
            assert one.process.stop() == 0
            assert time.monotonic() - began < WAIT / 2
            assert response.result(WAIT)["error"]["data"]["kind"] == "cancelled"


def test_two_collections_exchange_notes_and_media(machine, example_collection):
    one, two = machine("one", example_collection), machine("two")
    assert one.error() == ("full_sync_required", ["upload"])
    assert one.error(full="download") == ("full_sync_required", ["upload"])
    assert old(one) == {"result": None, "error": FULL_SYNC.format(4)}
    assert one.sync(full="upload", waitForMedia=True)["result"] == {
        "collection": "uploaded",
        "media": "synced",
        "serverMessage": "",
    }
    assert two.error() == ("full_sync_required", ["download"])
    assert old(two) == {"result": None, "error": FULL_SYNC.format(3)}
    session = two.rpc("getCollection")["session"]
    assert two.collection(full="download") == "downloaded"
    replaced = two.rpc("getCollection")["session"]
    assert replaced != session
    assert two.collection() in ("merged", "unchanged")
    assert two.rpc("getCollection")["session"] == replaced
    assert two.words() == one.words() != set()

    one.add("albero")
    one.rpc("storeMediaFile", filename="albero.txt", data=base64.b64encode(b"tree").decode())
    two.add("birra")
    assert one.collection() == "merged"
    assert two.collection() == "merged"
    assert one.collection() == "merged"
    assert one.words() == two.words() >= {"albero", "birra"}
    assert one.collection() == two.collection() == "unchanged"
    assert base64.b64decode(two.rpc("retrieveMediaFile", filename="albero.txt")) == b"tree"

    two.rpc("deleteNotes", notes=two.rpc("findNotes", query="Word:birra"))
    assert [two.collection(), one.collection()] == ["merged", "merged"]
    assert "birra" not in one.words()
    assert two.collection() == one.collection() == "unchanged"
    assert one.sync()["result"] == {"collection": "unchanged", "media": "running", "serverMessage": ""}
    assert old(one) == {"result": None, "error": None}
    (example,) = REGISTRY["sync"].examples
    assert one.sync(**example.params)["result"] == example.result


def test_raw_media_is_synced_however_fast_it_changes(pair):
    one, two = pair

    def send(method, content=None):
        connection = http.client.HTTPConnection("127.0.0.1", one.process.port, timeout=20)
        connection.request(method, "/media/mela.mp3", content)
        status = connection.getresponse().status
        connection.close()
        return status

    def arrived():
        one.collection()
        two.collection()
        file = two.path.with_name("collection.media") / "mela.mp3"
        return file.read_bytes() if file.exists() else None

    assert send("PUT", b"one") == 201
    assert arrived() == b"one"
    for content in (b"two", b"six", b"ten"):  # of one length, and within a second
        assert send("PUT", b"meanwhile") == 200
        assert send("PUT", content) == 200
        assert arrived() == content
    assert send("DELETE") == 204
    assert arrived() is None
    assert send("PUT", b"again") == 201
    assert arrived() == b"again"


def test_note_types_that_come_are_there_at_once(pair):
    one, two = pair
    for each in (one, two):
        assert "font-size: 24px" in each.rpc("modelStyling", modelName="Italian vocab")["css"]
    one.rpc("updateModelStyling", model={"name": "Italian vocab", "css": ".new {}"})
    assert [one.collection(), two.collection()] == ["merged", "merged"]
    assert two.rpc("modelStyling", modelName="Italian vocab")["css"] == ".new {}"


# --- whether a sync is needed ---


class Redirection(http.server.BaseHTTPRequestHandler):
    """Passes logins on to another server, and sends all other requests there for good."""

    def do_POST(self):
        content = b"".join(iter(self.chunk, b""))
        if self.path.endswith("/hostKey"):
            target = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
            target.request("POST", self.path, content, {"anki-sync": self.headers["anki-sync"]})
            answer = target.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            self.send_header("anki-original-size", answer.headers["anki-original-size"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.server.asked += 1
        self.send_response(308)
        self.send_header("Location", f"http://127.0.0.1:{self.server.port}/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def chunk(self):
        content = self.rfile.read(int(self.rfile.readline(), 16))
        self.rfile.readline()
        return content

    def log_message(self, *_):
        """Write nothing."""


def status(machine, **params):
    """The needed sync, whether only this side was looked at, and when the server was asked."""
    return tuple(machine.rpc("syncStatus", **params).values())


def status_error(machine, **params):
    answer = machine.connection.post({"jsonrpc": "2.0", "id": 1, "method": "syncStatus", "params": params})
    return answer["error"]["data"]["kind"]


def equal(*machines):
    """Sync until no side has anything for another. Only the last one is then told so: each sync counts as a change."""
    for machine in (*machines, *machines):
        machine.collection()


def test_changes_here_are_told_without_a_server_and_an_account(machine, serve, server, example_collection, tmp_path):
    one = machine("one", example_collection)
    one.upload_and_merge()
    required, local, checked_at = status(one)
    assert (required, local) == ("none", False)
    assert abs(checked_at - time.time()) < 20
    server.stop()
    assert status(one) == (required, local, checked_at)  # kept for five minutes
    assert status_error(one, fresh=True) == status_error(one) == "offline"  # and forgotten by a failure
    one.add("here")
    assert status(one) == status(one, fresh=True) == ("normal", True, None)
    assert one.rpc("undoStatus")["undo"] == "Add Note"
    one.rpc("modelFieldAdd", modelName="Italian vocab", fieldName="New")
    assert status(one) == ("full", True, None)  # to be told before the sync
    nobody = Machine(serve, server, tmp_path / "nobody/collection.anki2", {})
    assert status(nobody) == ("full", True, None)
    server.start()
    assert one.collection(full="upload") == "uploaded"


def test_without_changes_here_an_account_is_needed(serve, server, example_collection, tmp_path):
    with sqlite3.connect(path := seed.copy(example_collection, tmp_path)) as database:
        database.execute("update col set ls = max(mod, scm)")
    database.close()
    nobody = Machine(serve, server, path, {})
    assert status_error(nobody) == "not_logged_in"
    nobody.process.stop()
    wrong = Machine(serve, server, path, {**ACCOUNT, "ANKI_RPC_SYNC_PASSWORD": "wrong"})
    assert status_error(wrong) == "login_refused"


def test_changes_elsewhere_are_noticed_when_the_server_is_asked(pair):
    one, two = pair
    equal(two, one)
    assert status(one)[:2] == ("none", False)  # Anki would keep this answer, and for five minutes after a sync, too
    two.add("elsewhere")
    equal(two)
    kept = status(one)
    assert kept[:2] == ("none", False)
    asked = status(one, fresh=True)
    assert asked[:2] == ("normal", False)
    assert asked[2] >= kept[2]
    assert status(one) == asked
    equal(two, one)
    assert status(one)[:2] == ("none", False)  # a sync makes the answer void
    two.rpc("modelFieldAdd", modelName="Italian vocab", fieldName="Elsewhere")
    two.collection(full="upload")
    assert status(one, fresh=True)[:2] == ("full", False)
    one.collection(full="download")
    equal(two, one)
    _, reply = one.connection.send(json.dumps({"action": "syncStatus", "version": 6}).encode())
    assert json.loads(reply)["result"]["required"] == "none"


def test_other_calls_are_answered_while_the_server_is_asked(pair, shared_server):
    one, two = pair
    equal(two, one)
    other, told = one.process.connect(), []
    shared_server.pause()
    try:
        thread = threading.Thread(target=lambda: told.append(status(one, fresh=True)), daemon=True)
        thread.start()
        time.sleep(0.5)
        assert other.rpc("deckNames", {})
        assert not told
    finally:
        shared_server.go_on()
    thread.join(20)
    assert told[0][0] == "none"
    other.close()


def test_an_account_that_was_moved_is_asked_for_there(serve, server, example_collection, tmp_path):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Redirection) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        web.url, web.port, web.asked = f"http://127.0.0.1:{web.server_port}/", server.port, 0
        first = Machine(serve, server, seed.copy(example_collection, tmp_path))
        first.upload_and_merge()
        assert first.collection() == "unchanged"
        first.process.stop()
        one = Machine(serve, web, first.path)
        assert status(one)[:2] == ("none", False)
        before = web.asked
        assert before
        assert status(one, fresh=True)[:2] == ("none", False)
        assert one.collection() == "unchanged"
        assert web.asked == before
        web.shutdown()


def test_what_cannot_be_merged_is_replaced_only_when_asked_for_by_name(pair):
    one, two = pair
    backups = set((two.path.parent / "backups").glob("*.colpkg"))
    one.add("only on one")
    one.rpc("modelFieldAdd", modelName="Italian vocab", fieldName="New")
    two.add("only on two")
    assert one.error() == ("full_sync_required", ["upload", "download"])
    assert old(one) == {"result": None, "error": FULL_SYNC.format(2)}
    assert one.collection(full="upload") == "uploaded"
    assert two.error() == ("full_sync_required", ["upload", "download"])
    assert "only on two" in two.words()
    assert two.collection(full="download") == "downloaded"
    assert two.words() == one.words()
    assert "only on two" not in two.words()
    assert set((two.path.parent / "backups").glob("*.colpkg")) > backups


def test_a_full_sync_asked_for_without_need_merges(pair):
    one, two = pair
    two.add("kept")
    assert two.collection(full="download") == "merged"
    assert "kept" in two.words()
    assert one.collection() == "merged"


def test_the_first_change_after_a_full_sync_counts(machine, example_collection):
    one, two = machine("one", example_collection), machine("two")
    one.collection(full="upload")
    two.collection(full="download")
    assert [one.collection(), two.collection()] == ["merged", "merged"]  # Anki writes a setting of its own
    assert [one.collection(), two.collection()] == ["unchanged", "unchanged"]
    note = one.rpc("findNotes", query="")[0]
    one.rpc("updateNote", note={"id": note, "tags": ["changed"]})
    assert [one.collection(), two.collection()] == ["merged", "merged"]
    assert "changed" in two.rpc("getNoteTags", note=note)
    assert [one.collection(), two.collection()] == ["unchanged", "unchanged"]


def test_a_write_during_a_full_download_comes_after_it(machine, example_collection):
    one, two = machine("one", example_collection), machine("two")
    one.collection(full="upload")
    added, over = [], threading.Event()

    def add():
        connection = two.process.connect()
        while not over.is_set():
            deck = f"New {len(added)}"
            added.append((deck, connection.rpc("createDeck", {"deck": deck}), over.is_set()))

    thread = threading.Thread(target=add, daemon=True)
    thread.start()
    assert two.collection(full="download") == "downloaded"
    before = len(added)
    deadline = time.monotonic() + 10
    while len(added) < before + 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    over.set()
    thread.join(10)
    decks = two.rpc("deckNames")
    kept = [deck for deck, _, _ in added if deck in decks]
    assert kept == [deck for deck, _, _ in added][len(added) - len(kept) :]  # none is missing after the download
    assert kept


def test_without_an_account_nobody_is_logged_in(serve, shared_server, tmp_path):
    one = Machine(serve, shared_server, tmp_path / "one/collection.anki2", {})
    error = one.sync()["error"]
    assert (error["code"], error["data"]["kind"]) == (501, "not_logged_in")
    assert "ANKI_RPC_SYNC_USER" in error["message"]
    assert old(one) == {"result": None, "error": "sync: auth not configured"}
    two = Machine(serve, shared_server, tmp_path / "two/collection.anki2", {"ANKI_RPC_SYNC_USER": USER})
    assert "No password" in two.sync()["error"]["message"]


def test_a_wrong_password_is_refused_in_ankis_words(serve, shared_server, tmp_path):
    account = {**ACCOUNT, "ANKI_RPC_SYNC_PASSWORD": "wrong"}
    one = Machine(serve, shared_server, tmp_path / "one/collection.anki2", account)
    assert one.error() == ("login_refused", None)
    assert old(one)["error"] == "Email or password was incorrect; please try again."


def test_offline_is_an_error_of_its_own_and_passes(machine, server):
    one = machine("one")
    server.stop()
    assert one.error() == ("offline", None)
    assert old(one)["error"].startswith("A network error occurred.")
    assert one.rpc("deckNames") == ["Default"]
    server.start()
    assert one.collection() == "unchanged"
    server.stop()
    assert one.error() == ("offline", None)


def test_a_server_that_is_none_for_syncing_is_told_of_in_ankis_words(serve, tmp_path):
    class Web(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_error(400, "not here")

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        web.url = f"http://127.0.0.1:{web.server_port}/"
        one = Machine(serve, web, tmp_path / "one/collection.anki2")
        assert one.error() == ("sync_failed", None)
        web.shutdown()


def test_old_clients_cannot_name_our_params(alone):
    for name in ("full", "waitForMedia", "nonsense"):
        error = f"AnkiConnect.sync() got an unexpected keyword argument '{name}'"
        assert old(alone, **{name: "upload"}) == {"result": None, "error": error}
    assert alone.sync(full="both")["error"]["data"]["kind"] == "invalid_params"


def test_the_password_is_in_no_argument_and_not_passed_on(alone, shared_server):
    environment = {**ACCOUNT, "OTHER": "kept"}
    account = Account.load(shared_server.url, environment)
    assert environment == {"OTHER": "kept"}
    assert PASSWORD in vars(account).values()
    assert PASSWORD not in " ".join(alone.process.process.args)


def login(account, path):
    """What the account knows after a login."""
    col = Collection(str(path))
    try:
        account.login(col)
    finally:
        col.close()
    return str(vars(account))


def test_after_the_login_only_the_host_key_is_kept(shared_server, collection):
    known = login(Account.load(shared_server.url, dict(ACCOUNT)), collection)
    assert "hkey" in known
    assert PASSWORD not in known


def test_the_key_ring_is_asked_where_it_is_installed(shared_server, collection, monkeypatch):
    passwords = {("anki-rpc", USER): PASSWORD}
    ring = SimpleNamespace(get_password=lambda service, user: passwords.get((service, user)))
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert "hkey" in login(Account.load(shared_server.url, {"ANKI_RPC_SYNC_USER": USER}), collection)


@pytest.mark.parametrize(
    ("endpoint", "kept"),
    [("http://localhost:8080", "http://localhost:8080/"), ("https://sync.example/anki/", "https://sync.example/anki/")],
)
def test_an_endpoint_ends_in_a_slash(endpoint, kept):
    assert Account(endpoint).endpoint == kept


@pytest.mark.parametrize("endpoint", ["localhost:8080", "ftp://a.example/", "http://", "http://[::1", "http://a/?x=1"])
def test_a_wrong_endpoint_is_refused_at_the_start(collection, endpoint, capsys):
    assert main(["serve", "--port=0", f"--collection={collection}", f"--sync-endpoint={endpoint}"]) == 1
    assert "is invalid. Use an address such as" in capsys.readouterr().err


def test_an_endpoint_with_credentials_is_refused():
    with pytest.raises(ConfigError, match="must not contain credentials"):
        Account("http://me:secret@a.example/")


def test_a_headless_gateway_has_one_profile(alone):
    name = alone.rpc("getActiveProfile")
    assert alone.rpc("getProfiles") == [name]
    assert alone.rpc("loadProfile", name=name) is True
    error = alone.connection.post({"jsonrpc": "2.0", "id": 1, "method": "loadProfile", "params": ["another"]})["error"]
    assert error["data"] == {"kind": "not_found", "profile": "another"}
    assert alone.connection.legacy("loadProfile", name="another") is False
    assert alone.connection.legacy("loadProfile", name=5) is False
    assert alone.rpc("reloadCollection") is None


def test_a_taken_port_makes_no_collection(serve, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = serve("--collection", tmp_path / "new/collection.anki2", port=taken.getsockname()[1])
        assert process.end() == 1
    assert "already in use" in process.err
    assert list(tmp_path.iterdir()) == []
