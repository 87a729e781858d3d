"""Syncing when idle after a write, without Anki's window."""

import base64
import threading
import time
from dataclasses import replace

import base_folders
import pytest
from events import Stream
from sync_server import PASSWORD, USER, SyncServer

from addon.headless.sync import Account
from addon.rpc.operations import BackgroundOperation

pytestmark = pytest.mark.process

WAIT = 20.0
ACCOUNT = {"ANKI_RPC_SYNC_USER": USER, "ANKI_RPC_SYNC_PASSWORD": PASSWORD}
SHORT_S = 0.1
"""Seconds until a sync, of gateways in this process; those of users have whole ones."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with SyncServer(tmp_path_factory.mktemp("after-writes") / "server") as running:
        yield running


def until(condition):
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def note(front):
    return {"deckName": "Default", "modelName": "Basic", "fields": {"Front": front, "Back": "b"}}


class Machine:
    """A gateway in this process that syncs shortly after a write, and its syncs: their events and when they came."""

    def __init__(self, gateway, account, seconds):
        self.gateway = gateway
        self.syncs = []
        host = gateway.host
        host._account = account
        host.config = replace(host.config, sync_after_writes=seconds)
        notice = host.events.watch

        def watch(name, params):
            if name in ("syncStarted", "syncFinished"):
                self.syncs.append((name, time.monotonic()))
            notice(name, params)

        host.events.watch = watch

    def rpc(self, method, **params):
        answer = self.gateway.rpc(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def add(self, front):
        return self.rpc("addNote", note=note(front))

    def upload(self):
        assert self.rpc("sync", full="upload", waitForMedia=True)["collection"] == "uploaded"
        self.rpc("sync", waitForMedia=True)
        until(lambda: len(self.syncs) >= 4)
        self.syncs.clear()

    def finished(self):
        return sum(name == "syncFinished" for name, _ in self.syncs)

    def finish(self, count):
        """Wait until so many syncs have ended, and no other is about to begin."""
        until(lambda: self.finished() >= count)
        self.settle()
        assert self.finished() == count

    def settle(self):
        """Wait until no sync is about to begin."""
        until(lambda: not self.gateway.gateway._sync_after_writes._is_armed)

    def is_synced(self):
        """Nothing here is newer than the last sync."""
        return not self.rpc("syncStatus")["local"]


@pytest.fixture
def machine(open_gateway, server):
    """Start machines. At the end, their media syncs end by themselves: closing the collection interrupts one, and logs
    that.
    """
    machines = []

    def start(seconds=SHORT_S, user=USER):
        machines.append(Machine(open_gateway(), Account(server.url, user, PASSWORD), seconds))
        return machines[-1]

    yield start
    for one in machines:
        until(lambda one=one: not one.rpc("mediaSyncStatus")["active"])


def test_a_burst_of_writes_is_synced_once_when_it_has_ended(serve, server, collection):
    options = ("--collection", collection, "--sync-endpoint", server.url, "--sync-after-writes", 1)
    process = serve(*options, environment=ACCOUNT).ready()
    connection, stream = process.connect(), Stream(process.port)
    assert connection.rpc("sync", {"full": "upload"})["collection"] == "uploaded"
    connection.rpc("sync", {"waitForMedia": True})
    for _ in range(2):
        stream.until("syncFinished")
    stream.told.clear()
    for wait in (0.4, 0.4, 0.4, 0):
        connection.rpc("addNote", {"note": note(f"burst {wait} {time.time()}")})
        last = time.time()
        time.sleep(wait)
    stream.until("syncStarted")
    assert stream.arrived - last > 0.9
    assert [event["method"] for event in stream.told].count("notesAdded") == 4
    stream.until("syncFinished")
    assert connection.rpc("syncStatus")["local"] is False
    assert process.err == ""


def test_a_sync_is_no_write_and_the_next_write_is_synced_too(machine):
    one = machine()
    one.upload()
    one.add("burst")
    one.finish(1)
    assert one.is_synced()
    one.rpc("findNotes", query="burst*")
    one.settle()
    assert one.finished() == 1
    one.add("again")
    one.finish(2)


def test_media_are_synced_too(machine):
    one = machine()
    one.upload()
    one.rpc("storeMediaFile", filename="a.txt", data=base64.b64encode(b"a").decode())
    one.finish(1)
    assert one.gateway.send(b"b", method="PUT", path="/media/b.txt").status_code == 201
    one.finish(2)
    one.rpc("deleteMediaFile", filename="a.txt")
    one.finish(3)


@pytest.mark.parametrize("lacks", ["account", "setting"])
def test_nothing_happens_without_an_account_or_the_setting(machine, caplog, lacks):
    one = machine(user=None) if lacks == "account" else machine(seconds=0)
    one.add("here")
    one.rpc("undo")
    one.settle()
    assert one.syncs == []
    assert caplog.text == ""


def test_a_failure_is_logged_once_and_the_next_write_tries_again(machine, server, caplog):
    one = machine()
    one.upload()
    server.stop()
    try:
        for number in range(3):
            one.add(f"offline {number}")
            one.finish(number + 1)  # and it is not tried again by itself
    finally:
        server.start()
    assert caplog.text.count("The sync after a write failed, ") == 1
    assert len(caplog.records) == 1
    one.add("online")
    one.finish(4)
    assert one.is_synced()


def test_it_is_never_a_full_sync(machine, caplog):
    one = machine()
    one.add("first")
    one.finish(1)
    assert "The sync after a write failed, " in caplog.text
    assert "full sync" in caplog.text
    assert one.rpc("syncStatus") == {"required": "full", "local": True, "checkedAt": None}
    one.syncs.clear()
    one.upload()
    one.rpc("modelFieldAdd", modelName="Basic", fieldName="More")
    one.finish(1)
    assert one.rpc("syncStatus")["required"] == "full"


def test_a_sync_by_a_call_settles_what_was_owed(machine):
    one = machine(seconds=1)
    one.upload()
    one.add("synced by a call")
    one.rpc("sync")
    one.finish(1)


def test_a_write_during_a_sync_is_synced_by_another(machine, server):
    one = machine()
    one.upload()
    server.pause()
    try:
        one.add("before")
        until(lambda: one.syncs)
        thread = threading.Thread(target=one.add, args=["during"], daemon=True)
        thread.start()
        until(lambda: one.gateway.lane._line)
    finally:
        server.go_on()
    thread.join(WAIT)
    one.finish(2)
    assert one.is_synced()


def test_an_operation_is_waited_for(machine):
    """Also one that writes nothing, and one that begins in the time before the sync."""
    one = machine()
    one.upload()
    one.rpc("createDeck", deck="Written")
    over = threading.Event()

    def work(operation):
        operation.begin(None, lambda: None)
        over.wait(WAIT)
        return {"result": None}

    operation = BackgroundOperation("findNotes", None, is_cancellable=False, is_sync=False)
    one.gateway.gateway.operations.start(operation, work)
    one.settle()
    assert one.syncs == []
    ended = time.monotonic()
    over.set()
    until(lambda: one.syncs)
    assert one.syncs[0][1] - ended > SHORT_S * 0.9


def test_what_is_owed_to_a_profile_is_not_done_for_another(serve, server, tmp_path, example_collection):
    folder = base_folders.make(tmp_path / "Anki2", {"one": {}, "two": {}}, last="one")
    base_folders.put(folder, "one", example_collection)
    options = ("--base", folder, "--sync-endpoint", server.url, "--sync-after-writes", 1)
    process = serve(*options, environment=ACCOUNT).ready()
    connection, stream = process.connect(), Stream(process.port)
    connection.rpc("addNote", {"note": note("of one")})
    connection.rpc("loadProfile", {"name": "two"})
    time.sleep(1.3)
    connection.rpc("createDeck", {"deck": "the last event"})
    stream.until("decksChanged")
    assert "syncStarted" not in [event["method"] for event in stream.told]


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
