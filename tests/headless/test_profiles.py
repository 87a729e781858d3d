"""A base folder of Anki's without its window: which profile is served, and how another is opened in its place."""

import base64
import contextlib
import hashlib
import http.client
import mmap
import os
import pickle
import socket
import sqlite3
import sys
import threading
import time
from pathlib import Path

import base_folders
import pytest
from anki.errors import DBError
from events import Stream
from gateway_process import holding, opens_cleanly, refusal_of_anki
from limits import no_more_threads
from sync_server import PASSWORD, USER, SyncServer

from addon.config import Config
from addon.headless import sync as headless_sync
from addon.headless.base_folder import BaseFolder
from addon.headless.host import HeadlessHost
from addon.headless.opening import CannotOpen
from addon.rpc.caller import Caller
from addon.rpc.errors import Busy, CollectionUnavailable

pytestmark = pytest.mark.process

WAIT = 20.0


@pytest.fixture
def base(tmp_path, example_collection):
    """Three profiles; `Work` was open last. `new` was never opened, so it has no folder."""
    folder = base_folders.make(tmp_path / "Anki2", {"home": {}, "Work": {}, "new": {}}, last="Work")
    for name in ("home", "Work"):
        base_folders.put(folder, name, example_collection)
    return folder


def digest(folder):
    """What nobody but Anki may change."""
    path = folder / "prefs21.db"
    assert [entry.name for entry in folder.iterdir() if entry.name.startswith("prefs")] == [path.name]
    return path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def served_base(serve, base):
    """A gateway that serves the base folder, and a connection to it."""
    before = digest(base)
    process = serve("--base", base).ready()
    yield process, process.connect()
    assert process.process.poll() is not None or process.stop() == 0
    assert process.err == ""
    assert digest(base) == before


def error(connection, method, params=None, **headers):
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
    failure = connection.post(message, **headers)["error"]
    return failure["data"]["kind"], failure["message"]


def note(front):
    return {"deckName": "Default", "modelName": "Basic", "fields": {"Front": front, "Back": "b"}}


def load(connection, name):
    assert connection.rpc("loadProfile", {"name": name}) is True


# --- which profile ---


def test_the_last_profile_is_opened_and_the_greeting_names_all(served_base, base):
    process, connection = served_base
    assert process.out.startswith(f"AnkiRPC serves {base / 'Work' / 'collection.anki2'}\n")
    assert "The profiles of the base folder, which loadProfile opens: home, new, Work\n" in process.out
    assert connection.rpc("getActiveProfile") == "Work"
    assert connection.rpc("getProfiles") == ["home", "new", "Work"]
    assert connection.legacy("getProfiles") == ["home", "new", "Work"]


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_profile_can_be_named(serve, base, by):
    if by == "option":
        process = serve("--base", base, "--profile", "home").ready()
    else:
        process = serve(environment={"ANKI_RPC_BASE": str(base), "ANKI_RPC_PROFILE": "home"}).ready()
    assert process.connect().rpc("getActiveProfile") == "home"


def test_the_only_profile_is_opened_without_having_been_open(serve, tmp_path):
    folder = base_folders.make(tmp_path / "Anki2", {"Ärzte": {}})
    process = serve("--base", folder).ready()
    assert process.connect().rpc("getActiveProfile") == "Ärzte"
    assert "this is a new, empty collection" in process.out
    assert (folder / "Ärzte" / "collection.anki2").exists()


def test_what_cannot_be_served_is_said_with_what_to_do(fails, base, tmp_path, collection):
    listed = "'home', 'new', 'Work'"
    assert f"has no profile 'WORK'. Name one of its profiles: {listed}." in fails("--base", base, "--profile", "WORK")
    assert "has no profile '_global'." in fails("--base", base, "--profile", "_global")
    for last in (None, "gone"):
        folder = base_folders.make(tmp_path / f"last {last}", {"home": {}, "Work": {}}, last=last)
        assert "none was opened last. Name one by --profile: 'home', 'Work'." in fails("--base", folder)
    empty = base_folders.make(tmp_path / "empty", {})
    assert f"{empty} has no profile. Start Anki with this folder once" in fails("--base", empty)
    none = "is not a base folder of Anki: it has no file prefs21.db."
    assert f"{tmp_path} {none} Name the folder that Anki uses" in fails("--base", tmp_path)
    assert f"{tmp_path / 'x'} {none}" in fails("--base", tmp_path / "x")
    assert f"{base / 'home'} {none} It is the folder of a profile: use --base {base} --profile home." in fails(
        "--base", base / "home"
    )
    assert f"{none} For a single collection, use --collection {collection}." in fails("--base", collection.parent)
    assert f"{none} It is a file. For a collection file, use --collection." in fails("--base", collection)
    assert "not both" in fails("--base", base, "--collection", collection)
    assert "Name the folder by --base." in fails("--profile", "home")
    with holding(base / "Work" / "collection.anki2"):
        assert "is open in another program (Anki, most likely). Close it there." in fails("--base", base)
    odd = base_folders.make(tmp_path / "odd", {"../home": {}})
    assert "has a name that no folder can have" in fails("--base", odd)


def test_settings_that_cannot_be_read_are_said(fails, tmp_path):
    for number, data in enumerate((b"no pickle", b"", pickle.dumps([1]), pickle.dumps({"a": 1})[:-4])):
        folder = base_folders.make(tmp_path / str(number), {"one": data})
        assert "The settings of the profile 'one' cannot be read from" in fails("--base", folder)
        assert not (folder / "one").exists()
    folder = base_folders.make(tmp_path / "shared", {"one": {}, "two": {}, "_glob": {}})
    with contextlib.closing(sqlite3.connect(folder / "prefs21.db")) as db, db:
        db.execute("update profiles set data = 'x' where name = '_global'")
    assert "settings that all profiles share cannot be read" in fails("--base", folder)
    (folder / "prefs21.db").write_bytes(b"no database " * 100)
    assert "prefs21.db cannot be read: file is not a database. Start Anki" in fails("--base", folder)


# --- settings: no code of a pickle runs ---


class Evil:
    """Makes a file when it is unpickled by Python itself."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


class Odd(dict):
    """A class of an add-on's, with a state and members."""

    def __init__(self, *values):
        super().__init__(*values)
        self.more = {"of": self}


def test_a_pickle_runs_no_code_and_its_plain_data_is_read(tmp_path):
    made = tmp_path / "made"
    content = {
        "syncKey": "key",
        "geometry": b"\x01",
        "evil": Evil(str(made)),
        "odd": Odd({"a": 1}),
        "list": [Evil(str(made)), {1, 2}, frozenset([3]), 1.5],
        "set": {Odd},
        "path": tmp_path,
        "code": print,
    }
    for protocol in range(2, 6):
        folder = base_folders.make(tmp_path / str(protocol), {"one": pickle.dumps(content, protocol=protocol)})
        read = BaseFolder(folder).settings("one")
        assert read["syncKey"] == "key"
        assert read["list"][3] == 1.5
        assert "Odd" not in str(read)
        assert not made.exists()
    pickle.loads(pickle.dumps(content["evil"]))
    assert made.exists(), "Python itself runs it"


def test_old_settings_of_python_2_and_qt_are_read(tmp_path):
    data = (
        b"(dS'syncKey'\nS'key'\nsS'geometry'\ncsip\n_unpickle_type\n(S'PyQt4.QtCore'\nS'QByteArray'\n(S'\\xff'\nttR"
        b"sS'size'\ncPyQt5.sip\n_unpickle_enum\n(S'PyQt5.QtCore'\nS'Qt'\nI1\ntRs."
    )
    folder = base_folders.make(tmp_path / "old", {"one": data})
    assert BaseFolder(folder).settings("one")["syncKey"] == "key"


def test_the_settings_that_anki_itself_writes_are_read(tmp_path):
    folder = base_folders.make(tmp_path / "plain", {"one": {"syncKey": None, "searchHistory": ["a"], "size": 2**63}})
    assert BaseFolder(folder).settings("one") == {"syncKey": None, "searchHistory": ["a"], "size": 2**63}
    with pytest.raises(CannotOpen):
        BaseFolder(folder).settings("two")


# --- switching ---


def test_a_switch_changes_what_is_served(served_base, base):
    process, connection = served_base
    session = connection.rpc("getCollection")["session"]
    connection.rpc("addNote", {"note": note("of Work")})
    connection.rpc("storeMediaFile", {"filename": "work.txt", "data": base64.b64encode(b"w").decode()})
    assert connection.rpc("undoStatus")["undo"] == "Add Note"
    stream = Stream(process.port)
    load(connection, "home")
    assert stream.until("profileClosed") == {"profile": "Work"}
    assert stream.until("collectionReplaced") == {}
    assert stream.until("profileOpened") == {"profile": "home"}
    stream.close()
    assert connection.rpc("getActiveProfile") == "home"
    assert connection.rpc("getCollection")["session"] != session
    assert connection.rpc("findNotes", {"query": '"of Work"'}) == []
    assert connection.rpc("undoStatus")["undo"] is None
    assert error(connection, "retrieveMediaFile", {"filename": "work.txt"})[0] == "not_found"
    assert error(connection, "addNote", {"note": note("late")}, AnkiRPC_Session=session)[0] == "stale_session"
    assert connection.rpc("getMediaDirPath") == str(base / "home" / "collection.media")
    connection.rpc("storeMediaFile", {"filename": "home.txt", "data": base64.b64encode(b"h").decode()})
    connection.rpc("deleteMediaFile", {"filename": "home.txt"})
    assert [entry["filename"] for entry in connection.rpc("listMediaTrash")] == ["home.txt"]
    connection.rpc("addNote", {"note": note("of home")})
    connection.rpc("createBackup")
    assert len(list((base / "home" / "backups").iterdir())) == 1
    assert not (base / "Work" / "backups").exists()
    load(connection, "Work")
    assert len(connection.rpc("findNotes", {"query": '"of Work"'})) == 1
    assert connection.rpc("findNotes", {"query": '"of home"'}) == []
    assert connection.rpc("listMediaTrash") == []
    assert connection.rpc("retrieveMediaFile", {"filename": "work.txt"}) == base64.b64encode(b"w").decode()
    assert process.stop() == 0
    for name in ("home", "Work"):
        opens_cleanly(base / name / "collection.anki2")


def test_only_the_open_profile_is_locked(served_base, base):
    _, connection = served_base

    def is_free(name):
        return not refusal_of_anki(base / name / "collection.anki2")

    assert [is_free("home"), is_free("Work")] == [True, False]
    load(connection, "Work")  # the open one: nothing may be read
    assert is_free("Work") is False
    for _ in range(2):
        connection.rpc("createBackup")
        load(connection, "home")
        assert [is_free("home"), is_free("Work")] == [False, True]
        load(connection, "Work")
        assert [is_free("home"), is_free("Work")] == [True, False]


def test_a_profile_that_was_never_open_gets_a_collection(served_base, base):
    _, connection = served_base
    load(connection, "new")
    assert connection.rpc("deckNames") == ["Default"]
    assert (base / "new" / "collection.anki2").exists()


def test_a_batch_goes_from_profile_to_profile(served_base):
    _, connection = served_base
    calls = [("addNote", {"note": note("batch")}), ("loadProfile", {"name": "home"})]
    calls += [("addNote", {"note": note("batch")}), ("addNote", {"note": note("batch 2")})]
    batch = [{"jsonrpc": "2.0", "id": id, "method": m, "params": p} for id, (m, p) in enumerate(calls)]
    assert all("result" in answer for answer in connection.post(batch))
    assert len(connection.rpc("findNotes", {"query": "batch*"})) == 2
    assert connection.rpc("undo")  # one step
    assert connection.rpc("findNotes", {"query": "batch*"}) == []
    load(connection, "Work")
    assert len(connection.rpc("findNotes", {"query": "batch*"})) == 1


def test_a_failed_switch_leaves_the_old_profile_as_it_was(served_base, base, tmp_path):
    process, connection = served_base
    session = connection.rpc("getCollection")["session"]
    connection.rpc("addNote", {"note": note("kept")})
    stream = Stream(process.port)
    assert error(connection, "loadProfile", {"name": "nobody"}) == (
        "not_found",
        "profile was not found: nobody. getProfiles lists all profiles.",
    )
    for name in ("HOME", "", "_global", "../home"):
        assert error(connection, "loadProfile", {"name": name})[0] == "not_found"
    with holding(base / "home" / "collection.anki2"):
        kind, message = error(connection, "loadProfile", {"name": "home"})
    expected = f"{Path('home', 'collection.anki2')} is open in another program (Anki, most likely). Close it there."
    assert (kind, message) == ("refused", expected)
    path = base / "home" / "collection.anki2"
    good = path.read_bytes()
    path.write_bytes(good[: len(good) // 2])
    kind, message = error(connection, "loadProfile", {"name": "home"})
    assert kind == "refused"
    assert "is damaged" in message
    assert str(tmp_path) not in message
    assert connection.rpc("getActiveProfile") == "Work"
    assert connection.rpc("getCollection")["session"] == session
    assert connection.rpc("undoStatus")["undo"] == "Add Note"
    connection.rpc("createDeck", {"deck": "still here"})
    stream.until("decksChanged")
    assert not {"profileClosed", "profileOpened"} & {event["method"] for event in stream.told}
    stream.close()
    path.write_bytes(good)
    load(connection, "home")


def test_profiles_that_share_a_file_are_told_and_the_lock_stays(serve, base):
    (base / "new").symlink_to(base / "Work", target_is_directory=True)
    connection = serve("--base", base).ready().connect()
    kind, message = error(connection, "loadProfile", {"name": "new"})
    assert (kind, message) == ("refused", "the profiles 'Work' and 'new' have the same collection file")
    assert "already open" in refusal_of_anki(base / "Work" / "collection.anki2")


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of an open file cannot be renamed")
def test_the_lock_stays_if_anki_renames_the_served_profile(serve, base):
    connection = serve("--base", base).ready().connect()
    with contextlib.closing(sqlite3.connect(base / "prefs21.db")) as db, db:
        db.execute("update profiles set name = 'Job' where name = 'Work'")
    (base / "Work").rename(base / "Job")
    assert connection.rpc("getProfiles") == ["home", "Job", "new"]
    assert error(connection, "loadProfile", {"name": "Job"})[0] == "refused"
    assert "already open" in refusal_of_anki(base / "Job" / "collection.anki2")
    load(connection, "home")
    load(connection, "Job")


def test_profiles_that_anki_makes_or_removes_meanwhile_are_seen(serve, base):
    connection = serve("--base", base).ready().connect()
    with contextlib.closing(sqlite3.connect(base / "prefs21.db")) as db, db:
        db.execute("insert into profiles values ('later', ?)", (pickle.dumps({}, protocol=4),))
        db.execute("delete from profiles where name = 'new'")
    assert connection.rpc("getProfiles") == ["home", "later", "Work"]
    load(connection, "later")
    assert error(connection, "loadProfile", {"name": "new"})[0] == "not_found"
    (base / "prefs21.db").rename(base / "prefs21.away")
    kind, message = error(connection, "getProfiles")
    assert kind == "refused"
    assert message.startswith("prefs21.db cannot be read: ")
    assert error(connection, "loadProfile", {"name": "home"})[0] == "refused"
    assert connection.rpc("getActiveProfile") == "later"


def test_calls_during_switches_are_done_in_one_profile_or_not_at_all(served_base, base):
    """Three clients write without a pause while a fourth one switches: what was answered is stored, once."""
    process, connection = served_base
    added = [[] for _ in range(3)]
    kinds, over = set(), threading.Event()

    def write(number):
        mine = process.connect()
        for count in range(100_000):
            if over.is_set():
                return
            front = f"w{number}x{count}"
            message = {"jsonrpc": "2.0", "id": 1, "method": "addNote", "params": {"note": note(front)}}
            answer = mine.post(message)
            if "error" in answer:
                kinds.add(answer["error"]["data"]["kind"])
            else:
                added[number].append(front)

    threads = [threading.Thread(target=write, args=(number,), daemon=True) for number in range(3)]
    for thread in threads:
        thread.start()
    for name in ("home", "Work") * 5:
        time.sleep(0.05)
        load(connection, name)
    over.set()
    for thread in threads:
        thread.join(WAIT)
    assert kinds <= {"collection_unavailable"}
    stored = []
    for name in ("home", "Work"):
        load(connection, name)
        notes = connection.rpc("notesInfo", {"query": "w*x*"})
        stored += [entry["fields"]["Front"]["value"] for entry in notes]
    assert sorted(stored) == sorted(front for fronts in added for front in fronts)
    assert len(stored) > 10


def test_operations_end_and_the_next_profile_serves(served_base):
    _, connection = served_base
    notes = [note(f"many {number}") for number in range(20_000)]
    id = connection.rpc("startOperation", {"method": "addNotes", "params": {"notes": notes}})["id"]
    deadline = time.monotonic() + WAIT
    while connection.rpc("getOperation", {"id": id})["progress"] is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    load(connection, "home")
    while (operation := connection.rpc("getOperation", {"id": id}))["state"] == "running":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert operation["state"] == "cancelled"
    assert operation["error"]["message"] == "the collection is being closed"
    assert connection.rpc("findNotes", {"query": "many*"}) == []
    load(connection, "Work")
    found = connection.rpc("findNotes", {"query": "many*"})
    assert 0 < len(found) < 20_000
    assert len(found) % 1000 == 0


def test_two_switches_at_once_are_one(served_base):
    process, _ = served_base
    connections = [process.connect() for _ in range(4)]
    names = ["home", "new", "home", "new"]
    answers = []

    def switch(connection, name):
        message = {"jsonrpc": "2.0", "id": 1, "method": "loadProfile", "params": {"name": name}}
        answers.append(connection.post(message))

    threads = [threading.Thread(target=switch, args=pair, daemon=True) for pair in zip(connections, names, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    refused = [answer["error"] for answer in answers if "error" in answer]
    assert len(answers) == 4
    assert len(refused) < 4
    assert {(error["data"]["kind"], error["message"]) for error in refused} <= {
        ("busy", "another profile is being opened")
    }
    assert connections[0].rpc("getActiveProfile") in names


def test_a_stop_in_the_middle_of_switches_closes_all(serve, base):
    process = serve("--base", base).ready()
    connection = process.connect()

    def switch():
        with contextlib.suppress(Exception):
            for name in ("home", "Work") * 500:
                load(connection, name)

    thread = threading.Thread(target=switch, daemon=True)
    thread.start()
    time.sleep(0.5)
    assert process.stop() == 0
    thread.join(WAIT)
    assert process.err == ""
    for name in ("home", "Work"):
        opens_cleanly(base / name / "collection.anki2")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_many_switches_keep_nothing(served_base):
    process, connection = served_base

    def held():
        folder = Path(f"/proc/{process.process.pid}")
        mib = int((folder / "statm").read_text("ascii").split()[1]) * mmap.PAGESIZE / 2**20
        return mib, len(list((folder / "fd").iterdir())), len(list((folder / "task").iterdir()))

    for name in ("home", "Work") * 5:
        load(connection, name)
    before = held()
    for name in ("home", "Work") * 20:
        load(connection, name)
    after = held()
    assert after[0] - before[0] < 40
    assert after[1] <= before[1] + 3
    assert after[2] <= before[2] + 3


def test_a_file_that_arrives_during_a_switch_is_not_put_into_the_other_profile(served_base, base):
    process, connection = served_base
    upload = http.client.HTTPConnection("127.0.0.1", process.port, timeout=WAIT)
    upload.putrequest("PUT", "/media/late.txt")
    upload.putheader("Content-Length", "10")
    upload.endheaders()
    upload.send(b"12345")
    time.sleep(0.3)
    load(connection, "home")
    upload.send(b"67890")
    response = upload.getresponse()
    status, body = response.status, response.read()
    upload.close()
    there = [name for name in ("home", "Work") if (base / name / "collection.media" / "late.txt").exists()]
    assert (status, there) in [(503, []), (201, ["home"])], body


@pytest.fixture
def host(base):
    """A host in this process, with the profile `Work` open."""
    found = BaseFolder(base)
    host = HeadlessHost(found.collection("Work"), Config(), base=found)
    host.open()
    yield host
    host.lane.stop()
    host.close()


def test_a_sync_that_is_due_for_a_profile_is_not_made_for_the_next_one(host):
    host._own_account = host._account = headless_sync.Account("http://127.0.0.1:1/", USER, PASSWORD)

    def may_begin():
        return host.open_profile("home").result(WAIT)  # in the moment after the decision

    with pytest.raises(CollectionUnavailable):
        host.sync_unattended(may_begin).result(WAIT)
    assert host.profile() == "home"


def test_without_a_thread_the_open_profile_stays_open(host):
    with no_more_threads("anki-rpc profile"), pytest.raises(Busy, match="no more threads"):
        host.open_profile("home")
    assert host.profile() == "Work"
    assert host.open_profile("home").result(WAIT) is True


def test_without_a_thread_a_collection_that_is_in_use_elsewhere_is_opened_again(host, monkeypatch):
    monkeypatch.setattr("addon.headless.host.REOPEN_INTERVAL_S", 0.2)
    with contextlib.ExitStack() as elsewhere, no_more_threads("anki-rpc reopening"):

        def leave(col):
            col.close()
            elsewhere.enter_context(holding(host.path))

        with pytest.raises(DBError):
            host.export_collection(leave, Caller()).result(WAIT)
        assert host.collection().db is None
        elsewhere.close()
        assert host.read_collection(lambda col: col.note_count()).result(WAIT) > 0


def test_a_collection_that_is_replaced_at_the_moment_is_not_opened_again(host):
    host.collection().close()
    with pytest.raises(Busy):
        host.open_profile("Work").result(WAIT)
    assert host.collection().db is None
    host.collection().reopen()
    assert host.open_profile("Work").result(WAIT) is True


@pytest.mark.parametrize("call", ["sync", "status"])
def test_a_sync_never_uses_the_account_of_another_profile(host, monkeypatch, call):
    """Another profile is opened when the account is known already, and the lane does not know of the sync yet."""
    owner = headless_sync if call == "sync" else host._sync_check
    start = owner.start

    def start_after_switch(*args, **kwargs):
        assert host.open_profile("home").result(WAIT)
        return start(*args, **kwargs)

    monkeypatch.setattr(owner, "start", start_after_switch)
    answer = host.sync(None, None, wait_for_media=False) if call == "sync" else host.sync_status(fresh=True)
    with pytest.raises(CollectionUnavailable):
        answer.result(WAIT)


# --- without a base folder ---


def test_a_collection_alone_is_the_only_profile(served):
    connection = served.connect()
    name = connection.rpc("getActiveProfile")
    assert connection.rpc("getProfiles") == [name]
    assert connection.rpc("loadProfile", {"name": name}) is True
    assert error(connection, "loadProfile", {"name": "other"})[0] == "not_found"


# --- accounts ---


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with SyncServer(tmp_path_factory.mktemp("sync") / "server") as running:
        yield running


@pytest.fixture(scope="module")
def key(server, example_collection, tmp_path_factory):
    """The key of a session of the account, as Anki stores it."""
    from anki.collection import Collection

    col = Collection(str(tmp_path_factory.mktemp("login") / "collection.anki2"))
    found = col.sync_login(USER, PASSWORD, server.url).hkey
    col.close()
    return found


def test_each_profile_is_synced_with_its_own_account(serve, server, key, tmp_path, example_collection):
    profiles = {
        "own": {"syncKey": key, "syncUser": USER, "customSyncUrl": server.url, "syncMedia": False},
        "moved": {"syncKey": key, "currentSyncUrl": server.url, "customSyncUrl": "http://127.0.0.1:9/"},
        "stale": {"syncKey": "0" * 32, "syncUser": USER, "customSyncUrl": server.url},
        "odd": {"syncKey": key, "customSyncUrl": server.url, "currentSyncUrl": 5, "networkTimeout": "long"},
        "none": {"syncKey": None},
    }
    folder = base_folders.make(tmp_path / "Anki2", profiles, last="own")
    for name in profiles:
        base_folders.put(folder, name, example_collection)
    before = digest(folder)
    connection = serve("--base", folder).ready().connect()
    assert connection.rpc("sync", {"full": "upload", "waitForMedia": True}) == {
        "collection": "uploaded",
        "media": "off",
        "serverMessage": "",
    }
    load(connection, "moved")
    assert connection.rpc("sync", {"full": "download", "waitForMedia": True})["media"] == "synced"
    assert connection.rpc("syncStatus")["required"] in ("none", "normal")
    load(connection, "odd")
    assert connection.rpc("sync", {"full": "download"})["collection"] == "downloaded"
    load(connection, "stale")
    assert error(connection, "sync")[0] == "login_refused"
    kind, message = error(connection, "sync")
    assert kind == "not_logged_in"
    expected = "The server has refused the account of the profile 'stale'. Log in again in Anki, or call syncLogin."
    assert message == expected
    load(connection, "none")
    assert error(connection, "sync") == (
        "not_logged_in",
        "No account is set up: set ANKI_RPC_SYNC_USER in the gateway's environment, or call syncLogin.",
    )
    assert digest(folder) == before


def test_a_profile_without_an_account_is_synced_with_that_of_the_environment(
    serve, server, tmp_path, example_collection
):
    folder = base_folders.make(tmp_path / "Anki2", {"none": {}, "broken": {"syncKey": 5}}, last="none")
    for name in ("none", "broken"):
        base_folders.put(folder, name, example_collection)
    account = {"ANKI_RPC_SYNC_USER": USER, "ANKI_RPC_SYNC_PASSWORD": PASSWORD}
    process = serve("--base", folder, "--sync-endpoint", server.url, environment=account).ready()
    connection = process.connect()
    assert error(connection, "sync")[0] == "full_sync_required"
    load(connection, "broken")
    assert error(connection, "sync")[0] == "full_sync_required"


def test_a_login_is_that_of_the_open_profile_until_another_is_opened(serve, server, key, tmp_path, example_collection):
    profiles = {
        "own": {"syncKey": key, "customSyncUrl": server.url, "syncMedia": False},
        "none": {},
        "stale": {"syncKey": "0" * 32, "customSyncUrl": server.url},
    }
    folder = base_folders.make(tmp_path / "Anki2", profiles, last="none")
    for name in profiles:
        base_folders.put(folder, name, example_collection)
    before = digest(folder)
    connection = serve("--base", folder).ready().connect()
    login = {"user": USER, "password": PASSWORD}
    assert connection.rpc("syncLogout") is False
    assert connection.rpc("syncLogin", {**login, "server": server.url}) is None
    assert connection.rpc("sync", {"full": "upload", "waitForMedia": True})["media"] == "synced"
    load(connection, "own")
    assert connection.rpc("mediaSyncStatus")["progress"] is None  # that was the other profile
    assert connection.rpc("sync", {"full": "download", "waitForMedia": True})["media"] == "off"
    assert connection.rpc("syncLogout") is True
    assert error(connection, "sync")[0] == "not_logged_in"
    assert connection.rpc("syncLogin", login) is None  # the server stays, and so does what is synced
    assert connection.rpc("sync", {"waitForMedia": True})["media"] == "off"
    assert connection.rpc("syncLogout") is True
    load(connection, "stale")
    assert error(connection, "syncLogin", {**login, "password": "wrong"})[0] == "login_refused"
    assert connection.rpc("syncLogin", login) is None
    assert connection.rpc("sync", {"full": "download"})["collection"] == "downloaded"
    load(connection, "none")
    assert error(connection, "sync")[0] == "not_logged_in"
    load(connection, "stale")
    assert error(connection, "sync")[0] == "login_refused"
    load(connection, "own")
    assert connection.rpc("sync")["collection"] in ("merged", "unchanged")
    assert digest(folder) == before


def test_a_login_that_ends_in_another_profile_counts_in_none(serve, base):
    process = serve("--base", base).ready()
    connection = process.connect()
    answers = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        params = {"user": USER, "password": PASSWORD, "server": f"http://127.0.0.1:{silent.getsockname()[1]}/"}
        thread = threading.Thread(target=lambda: answers.append(error(process.connect(), "syncLogin", params)))
        thread.start()
        wire, _ = silent.accept()
        load(connection, "home")
        wire.recv(100_000)
        body = zstd(b'{"key": "a key"}')
        wire.sendall(b"HTTP/1.1 200 OK\r\nanki-original-size: 16\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        thread.join(WAIT)
        wire.close()
    assert answers[0][0] == "collection_unavailable"
    assert error(connection, "sync")[0] == "not_logged_in"
    load(connection, "Work")
    assert error(connection, "sync")[0] == "not_logged_in"


def zstd(data):
    """A frame of Zstandard with the data as they are, as Anki's server sends it."""
    return b"\x28\xb5\x2f\xfd\x20" + bytes([len(data)]) + (len(data) << 3 | 1).to_bytes(3, "little") + data


def test_an_account_of_the_environment_is_left_only_until_another_profile_is_opened(
    serve, server, tmp_path, example_collection
):
    folder = base_folders.make(tmp_path / "Anki2", {"one": {}, "two": {}}, last="one")
    for name in ("one", "two"):
        base_folders.put(folder, name, example_collection)
    account = {"ANKI_RPC_SYNC_USER": USER, "ANKI_RPC_SYNC_PASSWORD": PASSWORD}
    connection = serve("--base", folder, "--sync-endpoint", server.url, environment=account).ready().connect()
    assert connection.rpc("syncLogout") is True
    assert error(connection, "sync")[0] == "not_logged_in"
    load(connection, "two")
    assert connection.rpc("sync", {"full": "upload"})["collection"] == "uploaded"
    load(connection, "one")
    assert error(connection, "sync")[0] == "full_sync_required"


def test_media_that_are_being_synced_when_the_profile_closes_did_not_arrive(
    serve, server, key, tmp_path, example_collection
):
    """The switch ends the sync of the media, and its caller is not told that they are synced."""
    profiles = {"one": {"syncKey": key, "customSyncUrl": server.url}, "two": {}}
    folder = base_folders.make(tmp_path / "Anki2", profiles, last="one")
    base_folders.put(folder, "one", example_collection)
    process = serve("--base", folder).ready()
    connection = process.connect()
    connection.rpc("sync", {"waitForMedia": True, "full": "upload"})
    for number in range(500):
        (folder / "one" / "collection.media" / f"{number}.bin").write_bytes(os.urandom(40_000))

    def waiting():
        with contextlib.closing(sqlite3.connect(folder / "one" / "collection.media.db2")) as db:
            return db.execute("select count() from media where dirty").fetchone()[0]

    message = {"jsonrpc": "2.0", "id": 1, "method": "sync", "params": {"waitForMedia": True}}
    answers = []
    thread = threading.Thread(target=lambda: answers.append(process.connect().post(message)), daemon=True)
    thread.start()
    thread.join(0.5)  # some of the files have left
    load(connection, "two")
    thread.join(WAIT)
    assert (answers[0]["result"]["media"], waiting() > 0) in [("failed", True), ("synced", False)]
    load(connection, "one")
    assert connection.rpc("sync", {"waitForMedia": True})["media"] == "synced"
    assert waiting() == 0


def test_nothing_of_the_account_is_printed(serve, tmp_path):
    folder = base_folders.make(tmp_path / "Anki2", {"one": {"syncKey": "secret", "syncUser": "somebody"}})
    process = serve("--base", folder).ready()
    assert process.stop() == 0
    assert process.err == ""
    assert "secret" not in process.out
    assert "somebody" not in process.out
