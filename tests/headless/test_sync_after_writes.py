"""Syncing when idle after a write, without Anki's window."""

import base64
import http.client
import threading
import time

import base_folders
import pytest
from events import Stream
from sync_server import PASSWORD, USER, SyncServer

from addon.headless.sync import Account
from addon.rpc.operations import BackgroundOperation

pytestmark = pytest.mark.process

WAIT = 20.0
ACCOUNT = {"ANKI_RPC_SYNC_USER": USER, "ANKI_RPC_SYNC_PASSWORD": PASSWORD}
LONGER_S = 2.5
"""Longer than the second of the setting, and a sync."""


@pytest.fixture
def server(tmp_path):
    with SyncServer(tmp_path / "server") as running:
        yield running


class Machine:
    """A gateway that syncs after a second, and what it tells."""

    def __init__(self, process):
        self.process = process
        self.connection = process.connect()
        self.stream = Stream(process.port)
        self.syncs = []
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self):
        try:
            while True:
                event = self.stream.next()
                if event["method"] in ("syncStarted", "syncFinished"):
                    self.syncs.append((event["method"], time.monotonic()))
        except (AssertionError, OSError, ValueError, AttributeError):
            return

    def rpc(self, method, **params):
        return self.connection.rpc(method, params)

    def add(self, front):
        note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": front, "Back": "b"}}
        return self.rpc("addNote", note=note)

    def upload(self):
        assert self.rpc("sync", full="upload", waitForMedia=True)["collection"] == "uploaded"
        self.rpc("sync", waitForMedia=True)
        self.until(lambda: len(self.syncs) >= 4)
        self.syncs.clear()

    def until(self, condition):
        deadline = time.monotonic() + WAIT
        while not condition():
            assert time.monotonic() < deadline, (self.syncs, self.process.err)
            time.sleep(0.02)

    def finished(self):
        return sum(name == "syncFinished" for name, _ in self.syncs)

    def is_synced(self):
        """Nothing here is newer than the last sync."""
        return not self.rpc("syncStatus")["local"]


@pytest.fixture
def machine(serve, server, collection):
    def start(account=ACCOUNT, seconds=1):
        options = ("--collection", collection, "--sync-endpoint", server.url, "--sync-after-writes", seconds)
        return Machine(serve(*options, environment=account).ready())

    return start


def test_a_burst_of_writes_is_synced_once_when_it_has_ended(machine):
    one = machine()
    one.upload()
    for number in range(5):
        one.add(f"burst {number}")
        time.sleep(0.4)
    last = time.monotonic() - 0.4
    assert one.syncs == []
    one.until(lambda: one.finished() == 1)
    assert one.syncs[0][1] - last > 0.9
    assert one.is_synced()
    time.sleep(LONGER_S)
    assert one.finished() == 1, "a sync is no write"
    one.rpc("findNotes", query="burst*")
    one.add("again")
    one.until(lambda: one.finished() == 2)


def test_media_are_synced_too(machine):
    one = machine()
    one.upload()
    one.rpc("storeMediaFile", filename="a.txt", data=base64.b64encode(b"a").decode())
    one.until(lambda: one.finished() == 1)
    put = http.client.HTTPConnection("127.0.0.1", one.process.port, timeout=WAIT)
    put.request("PUT", "/media/b.txt", b"b")
    assert put.getresponse().status == 201
    put.close()
    one.until(lambda: one.finished() == 2)
    one.rpc("deleteMediaFile", filename="a.txt")
    one.until(lambda: one.finished() == 3)


@pytest.mark.parametrize(("account", "seconds"), [({}, 1), (ACCOUNT, 0)], ids=["no account", "off"])
def test_nothing_happens_without_an_account_or_the_setting(machine, account, seconds):
    one = machine(account, seconds)
    one.add("here")
    one.rpc("undo")
    time.sleep(LONGER_S)
    assert one.syncs == []
    assert one.process.stop() == 0
    assert one.process.err == ""


def test_a_failure_is_logged_once_and_the_next_write_tries_again(machine, server):
    one = machine()
    one.upload()
    server.stop()
    for number in range(3):
        one.add(f"offline {number}")
        one.until(lambda: one.finished() == number + 1)  # noqa: B023
    one.until(lambda: one.process.err)
    time.sleep(LONGER_S)
    assert one.finished() == 3, "a failure is not tried again by itself"
    assert one.process.err.count("The sync after a write failed, ") == 1
    assert one.process.err.count("\n") == 1
    server.start()
    one.add("online")
    one.until(lambda: one.finished() == 4)
    assert one.is_synced()


def test_it_is_never_a_full_sync(machine):
    one = machine()
    one.add("first")
    one.until(lambda: one.finished() == 1)
    one.until(lambda: "The sync after a write failed, " in one.process.err)
    assert "full sync" in one.process.err
    assert one.rpc("syncStatus") == {"required": "full", "local": True, "checkedAt": None}
    one.syncs.clear()
    one.upload()
    one.rpc("modelFieldAdd", modelName="Basic", fieldName="More")
    one.until(lambda: one.finished() == 1)
    assert one.rpc("syncStatus")["required"] == "full"


def test_a_sync_by_a_call_settles_what_was_owed(machine):
    one = machine()
    one.upload()
    one.add("synced by a call")
    one.rpc("sync")
    time.sleep(LONGER_S)
    assert one.finished() == 1


def test_a_write_during_a_sync_is_synced_by_another(machine, server):
    one = machine()
    one.upload()
    server.pause()
    try:
        one.add("before")
        one.until(lambda: one.syncs)
        thread = threading.Thread(target=lambda: Machine.add(Other(one), "during"), daemon=True)
        thread.start()
        time.sleep(0.3)
    finally:
        server.go_on()
    thread.join(WAIT)
    one.until(lambda: one.finished() == 2)
    assert one.is_synced()


class Other:
    """The same gateway by a connection of its own."""

    def __init__(self, machine):
        self.connection = machine.process.connect()

    def rpc(self, method, **params):
        return self.connection.rpc(method, params)


def test_an_operation_is_waited_for(server, open_gateway):
    """Also one that writes nothing, and one that begins in the second before the sync."""
    gateway = open_gateway(syncAfterWrites=1)
    gateway.host._account = Account(server.url, USER, PASSWORD)
    assert gateway.rpc("sync", {"full": "upload"})["result"]["collection"] == "uploaded"
    gateway.rpc("sync")
    started = []
    watch = gateway.host.events.watch
    gateway.host.events.watch = lambda name, params: (started.append(name), watch(name, params))
    gateway.rpc("createDeck", {"deck": "Written"})
    over = threading.Event()

    def work(operation):
        operation.begin(None, lambda: None)
        over.wait(WAIT)
        return {"result": None}

    operation = BackgroundOperation("findNotes", None, is_cancellable=False, is_sync=False)
    gateway.gateway.operations.start(operation, work)
    time.sleep(LONGER_S)
    assert "syncStarted" not in started
    over.set()
    ended = time.monotonic()
    while "syncStarted" not in started:
        assert time.monotonic() < ended + WAIT
        time.sleep(0.02)
    assert time.monotonic() - ended > 0.9


def test_what_is_owed_to_a_profile_is_not_done_for_another(serve, server, tmp_path, example_collection):
    folder = base_folders.make(tmp_path / "Anki2", {"one": {}, "two": {}}, last="one")
    base_folders.put(folder, "one", example_collection)
    options = ("--base", folder, "--sync-endpoint", server.url, "--sync-after-writes", 1)
    machine = Machine(serve(*options, environment=ACCOUNT).ready())
    machine.add("of one")
    machine.rpc("loadProfile", name="two")
    time.sleep(LONGER_S)
    assert machine.syncs == []


def test_many_writes_start_no_threads(open_gateway):
    gateway = open_gateway(syncAfterWrites=60)
    before = threading.active_count()
    for number in range(50):
        gateway.rpc("createDeck", {"deck": f"d{number}"})
    assert threading.active_count() <= before + 2


@pytest.mark.parametrize("value", ["-1", "x", "86401", "1.5"])
def test_a_wrong_number_of_seconds_is_refused(run, value):
    status, _, err = run(f"--sync-after-writes={value}")
    assert status == 2
    assert "use one from 0 to 86400" in err
