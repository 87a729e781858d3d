"""Profiles of a base folder are added, renamed and deleted without Anki's window; nothing is lost or half done."""

import contextlib
import os
import pickle
import shutil
import sqlite3
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import base_folders
import pytest
from events import Stream
from examples import is_right
from gateway_process import holding, opens_cleanly
from limits import no_more_threads

from addon.actions import REGISTRY
from addon.actions.profile.profiles import delete_profile
from addon.collection import profile_store
from addon.collection.file_lock import closed_everywhere
from addon.collection.profile_names import fault_of
from addon.collection.profile_store import ProfileStore
from addon.config import Config
from addon.headless.base_folder import BaseFolder
from addon.headless.host import HeadlessHost
from addon.headless.opening import CannotOpen
from addon.rpc.errors import AlreadyExists, NotFound, Refused, StillRunning
from addon.rpc.executor import wait

WAIT = 20.0
ITALIAN = "Italiano \U0001f1ee\U0001f1f9 \u2764\ufe0f"
FULL = {"home": {"a": 1}, "Work": {"b": 2}, "new": {}}


@pytest.fixture
def base(tmp_path, example_collection):
    """Three profiles; `Work` was open last. `new` was never opened, so it has no folder."""
    folder = base_folders.make(tmp_path / "Anki2", FULL, last="Work")
    for name in ("home", "Work"):
        base_folders.put(folder, name, example_collection)
    return folder


@pytest.fixture
def store(base):
    """The store of a process that has no profile open."""
    return ProfileStore(base, lambda path: False)


@pytest.fixture(autouse=True)
def without_trash(monkeypatch):
    """Keeps the folders that tests delete out of the trash of the person who runs them."""
    monkeypatch.setitem(sys.modules, "send2trash", None)


def rows(base):
    """Names and settings of all profiles."""
    with contextlib.closing(sqlite3.connect(base / "prefs21.db")) as db:
        return {name: pickle.loads(data) for name, data in db.execute("select * from profiles")}


def names(base):
    return sorted(rows(base).keys() - {"_global"})


def folders(base):
    return sorted(path.name for path in base.iterdir() if path.is_dir())


def state(base):
    files = {str(path.relative_to(base)) for path in base.rglob("*")}
    return rows(base), {name for name in files if not name.endswith((".db", "-journal"))}


# --- names ---


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "empty"),
        ("  ", "empty"),
        (" a", "blank"),
        ("a\n", "blank"),
        *((f"a{letter}b", f"not contain {letter}") for letter in '/\\:*?"<>|'),
        ("a\0b", "control"),
        ("a\nb", "control"),
        ("..", "begin with a dot"),
        (".a", "begin with a dot"),
        ("a.", "end with a dot"),
        ("CON", "device"),
        ("com1.x", "device"),
        ("_GLOBAL", "itself"),
        ("Addons21", "itself"),
        ("logs", "itself"),
        ("Prefs21.db-journal", "itself"),
        ("prefs21.db-wal", "itself"),
        ("prefs.db", "itself"),
        ("Dictionaries", "itself"),
        ("x" * 256, "at most 255 bytes in UTF-8, not 256"),
        ("\u00e4" * 128, "256"),
    ],
)
def test_a_name_that_no_profile_can_have_is_explained(name, fault):
    assert fault in fault_of(name)


@pytest.mark.parametrize(
    "name",
    ["a", "User 1", "\u00c4rzte", "\U0001f1ee\U0001f1f9 Italiano \u2764\ufe0f", "x" * 255, "it's 5 % & co", "_a"],
)
def test_other_names_are_allowed(name, store, base):
    assert fault_of(name) is None
    store.add(name)
    assert name in names(base)


@pytest.mark.parametrize("name", ["home", "HOME", "work", "New"])
def test_a_name_of_another_profile_is_refused_in_any_case(store, base, name):
    before = state(base)
    with pytest.raises(AlreadyExists) as found:
        store.add(name)
    assert found.value.data["profile"].lower() == name.lower()
    if name != "home":
        with pytest.raises(AlreadyExists):
            store.rename("Work" if name == "HOME" else "home", "HOME" if name == "HOME" else name)
    assert state(base) == before


def test_letters_of_other_alphabets_and_forms_are_compared_as_disks_do(store):
    store.add("\u00c4rzte")
    for other in ("\u00e4rzte", "A\u0308rzte"):
        with pytest.raises(AlreadyExists):
            store.add(other)


# --- adding ---


def test_a_new_profile_has_the_settings_that_anki_gives_it(store, base):
    store.add("later")
    assert rows(base)["later"]["numBackups"] == 50
    assert folders(base) == ["Work", "home"], "Anki makes the folder when it opens the profile."
    assert {name: rows(base)[name] for name in FULL} == FULL


def test_a_folder_without_a_row_becomes_a_profile_again_and_a_file_does_not(store, base):
    shutil.copytree(base / "home", base / "lost")
    store.add("lost")
    opens_cleanly(base / "lost" / "collection.anki2")
    (base / "file").touch()
    with pytest.raises(Refused, match="has a file of this name"):
        store.add("file")


# --- renaming ---


def test_a_folder_is_renamed_with_its_profile(store, base):
    store.rename("home", "casa")
    assert names(base) == ["Work", "casa", "new"]
    assert folders(base) == ["Work", "casa"]
    assert rows(base)["casa"] == {"a": 1}
    assert rows(base)["_global"]["last_loaded_profile_name"] == "Work"
    store.rename("new", "never open")
    assert names(base) == ["Work", "casa", "never open"]
    assert folders(base) == ["Work", "casa"]
    store.rename("casa", "CASA")
    assert names(base) == ["CASA", "Work", "never open"]
    assert folders(base) == ["CASA", "Work"]


def test_the_profile_that_was_open_last_still_is(store, base):
    store.rename("Work", "Job")
    assert rows(base)["_global"] == {"ver": 0, "firstRun": False, "last_loaded_profile_name": "Job"}


def test_shared_settings_with_objects_in_them_stay_as_they_are(tmp_path):
    base = base_folders.make(tmp_path / "odd", {"one": {}, "two": {}}, last="one", odd=Path("x"))
    before = rows(base)["_global"]
    ProfileStore(base, lambda path: False).rename("one", "three")
    assert rows(base)["_global"] == before


def test_a_folder_in_the_way_stops_a_renaming(store, base):
    (base / "casa").mkdir()
    before = state(base)
    with pytest.raises(Refused, match="has a file or folder of the new name"):
        store.rename("home", "casa")
    with pytest.raises(NotFound):
        store.rename("HOME", "x")
    assert state(base) == before


@pytest.mark.parametrize("name", ["../out", "..", ".", "", "addons21"])
def test_a_row_whose_name_leads_elsewhere_reaches_nothing(tmp_path, name):
    base = base_folders.make(tmp_path / "Anki2", {name: {}, "one": {}})
    (base / "addons21").mkdir()
    (tmp_path / "out").mkdir()
    store, before = ProfileStore(base, lambda path: False), state(base)
    for change in (lambda: store.rename(name, "x"), lambda: store.delete(name), lambda: store.find_deletable(name)):
        with pytest.raises(Refused, match="no folder of its own"):
            change()
    assert state(base) == before
    assert (tmp_path / "out").exists()


# --- deleting ---


def test_a_profile_is_deleted_with_its_folder(store, base):
    deleted = store.delete("home")
    assert not deleted.in_trash
    assert deleted.left.parent == base
    profile_store.remove_for_good(deleted.left)
    assert folders(base) == ["Work"]
    assert names(base) == ["Work", "new"]
    assert store.delete("new") == (False, None)
    with pytest.raises(Refused, match="the only profile"):
        store.delete("Work")
    assert (names(base), folders(base)) == (["Work"], ["Work"])


def test_the_trash_is_used_if_there_is_one(store, base, monkeypatch):
    trash = base.parent / "trash"
    trash.mkdir()

    class Trash:
        send2trash = staticmethod(lambda path: shutil.move(path, trash))

    monkeypatch.setitem(sys.modules, "send2trash", Trash)
    assert store.delete("home") == (True, None)
    opens_cleanly(trash / "home" / "collection.anki2")
    shutil.move(trash / "home", base)
    store.add("home")
    opens_cleanly(base / "home" / "collection.anki2")
    Trash.send2trash = staticmethod(lambda path: 1 / 0)
    assert store.delete("home").left.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a permission there")
def test_a_profile_in_a_linked_folder_loses_the_link_alone(store, base, tmp_path):
    (base / "home").rename(tmp_path / "elsewhere")
    (base / "home").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    profile_store.remove_for_good(store.delete("home").left)
    assert folders(base) == ["Work"]
    opens_cleanly(tmp_path / "elsewhere" / "collection.anki2")


def test_a_damaged_collection_can_be_deleted(store, base):
    (base / "home" / "collection.anki2").write_bytes(b"no database")
    assert store.find_deletable("home") == (base / "home", [], [])
    assert store.delete("home").left


def test_settings_that_an_old_anki_stored_as_text_hinder_nothing(store, base):
    with contextlib.closing(sqlite3.connect(base / "prefs21.db")) as db, db:
        db.execute("update profiles set data = cast(? as text) where name = 'home'", (b"\x80\x04\xe4.",))
    store.rename("home", "casa")
    assert store.delete("casa").left


# --- what fails changes nothing ---


def changes(store):
    return lambda: store.rename("home", "casa"), lambda: store.delete("home")


@pytest.mark.process
def test_a_profile_that_is_open_in_another_program_is_refused(store, base):
    with holding(base / "home" / "collection.anki2"):
        before = state(base)
        for change in (*changes(store), lambda: store.find_deletable("home")):
            with pytest.raises(Refused, match="open in another program"):
                change()
        assert state(base) == before
    store.rename("home", "casa")


def test_a_profile_that_is_open_here_is_refused_by_whatever_name(base):
    before = state(base)
    for change in changes(ProfileStore(base, lambda path: path.parent.name == "home")):
        with pytest.raises(Refused, match="open here"):
            change()
    assert state(base) == before


def test_a_disk_that_refuses_leaves_all_as_it_was(store, base, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    before = state(base)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        for change in (*changes(store), lambda: store.rename("home", "HOME")):
            with pytest.raises(Refused, match=r"cannot be (renamed|moved): Permission denied"):
                change()
    assert state(base) == before
    with contextlib.closing(sqlite3.connect(base / "prefs21.db")) as db:
        monkeypatch.setattr(profile_store, "LOCK_TIMEOUT_S", 0.05)
        db.execute("begin exclusive")
        for change in (*changes(store), lambda: store.add("x")):
            with pytest.raises(Refused, match=r"prefs21.db cannot be written: database is locked"):
                change()
        db.rollback()
    (base / "prefs21.db").rename(base / "away")
    with pytest.raises(Refused, match="unable to open"):
        store.add("x")
    assert not (base / "prefs21.db").exists()
    (base / "away").rename(base / "prefs21.db")
    assert state(base) == before


@pytest.mark.parametrize("new_name", ["casa", "HOME"])
def test_a_disk_that_is_full_halfway_leaves_all_as_it_was(store, base, monkeypatch, new_name):
    def refuse(*_):
        raise sqlite3.OperationalError("database or disk is full")

    before = state(base)
    monkeypatch.setattr(profile_store, "_rename_last", refuse)
    with pytest.raises(Refused, match="disk is full"):
        store.rename("home", new_name)
    assert state(base) == before


def run_and_die(folder, moment, call):
    """Make a call in a process that is killed at a moment, of those before and after each transaction and renaming."""
    process = os.fork()
    if process == 0:
        left = moment

        def pass_or_die():
            nonlocal left
            left -= 1
            if left == 0:
                os._exit(9)

        @contextlib.contextmanager
        def change(store, changing=ProfileStore._changing):
            pass_or_die()
            with changing(store) as db:
                yield db
                pass_or_die()
            pass_or_die()

        def rename(path, target, real=Path.rename):
            real(path, target)
            pass_or_die()

        ProfileStore._changing, Path.rename = change, rename
        with contextlib.suppress(BaseException):
            call(ProfileStore(folder, lambda path: False))
            os._exit(0)
        os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("number", [0, 1], ids=["rename", "delete"])
def test_a_kill_at_any_moment_loses_nothing(base, tmp_path, number):
    done, moments = 9, 0
    while done == 9:
        moments += 1
        folder = tmp_path / str(moments)
        shutil.copytree(base, folder)
        done = run_and_die(folder, moments, lambda store: changes(store)[number]())
        (other,) = {name for name in folders(folder) if (folder / name / "collection.anki2").exists()} - {"Work"}
        listed = names(folder)
        assert {*listed} >= {"Work", "new"}
        assert number == 1 or other in listed, "The name of the profile that has the folder is lost."
        if number == 1 and "home" not in listed and other == "home":
            store = ProfileStore(folder, lambda path: False)
            store.add("home")
        opens_cleanly(folder / other / "collection.anki2")
    assert done == 0
    assert moments > 5


# --- served ---


@pytest.fixture
def served_base(serve, base):
    process = serve("--base", base).ready()
    yield process, process.connect()
    assert process.process.poll() is not None or process.stop() == 0
    assert process.err == ""


def load(connection, name):
    assert connection.rpc("loadProfile", {"name": name}) is True


def error(connection, method, **params):
    failure = connection.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})["error"]
    return failure["data"]["kind"], failure["message"]


def data_of_error(connection, method, **params):
    return connection.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})["error"]["data"]


@pytest.mark.process
def test_profiles_are_changed_by_both_protocols(served_base, base):
    _, connection = served_base
    assert connection.rpc("addProfile", {"name": f" {ITALIAN}\n"}) == ITALIAN
    assert connection.legacy("addProfile", name="more") == "more"
    assert error(connection, "addProfile", name="MORE") == (
        "already_exists",
        "There is a profile of this name already: more",
    )
    for name in ("a/b", "..", "a\\b", "a\0b", "x" * 300):
        assert data_of_error(connection, "addProfile", name=name) == {"kind": "refused", "field": "name"}
    assert connection.legacy("renameProfile", name="more", newName="other") == "other"
    assert error(connection, "renameProfile", name="more", newName="x")[0] == "not_found"
    assert connection.rpc("getProfiles") == ["home", ITALIAN, "new", "other", "Work"]
    would = connection.rpc("deleteProfile", {"name": "home", "dryRun": True})
    assert would["profiles"]["names"] == ["home"]
    assert would["profiles"]["bytes"] > 10_000
    assert would["notes"]["count"] >= 2
    assert "files" not in would
    assert (base / "home").exists()
    assert connection.legacy("deleteProfile", name="home") == {"inTrash": False}
    assert folders(base) == ["Work"]
    assert connection.rpc("loadProfile", {"name": "other"})
    assert error(connection, "deleteProfile", name="other")[1].startswith("The profile is open here.")
    assert connection.rpc("deleteProfile", {"name": "Work"}) == {"inTrash": False}


@pytest.mark.process
def test_the_examples_give_their_results(served_base):
    _, connection = served_base
    load(connection, "home")
    connection.rpc("renameProfile", {"name": "Work", "newName": "else"})
    calls = [("addProfile", 0), ("renameProfile", 0), ("addProfile", 0), ("deleteProfile", 0), ("deleteProfile", 1)]
    for name, place in calls:
        example = REGISTRY[name].examples[place]
        assert is_right(name, connection.rpc(name, example.params), example.result)


@pytest.mark.process
def test_the_open_profile_is_renamed(served_base, base):
    process, connection = served_base
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "kept", "Back": "b"}}
    connection.rpc("addNote", {"note": note})
    stream = Stream(process.port)
    assert connection.rpc("renameProfile", {"name": "Work", "newName": "Job"}) == "Job"
    assert stream.until("profileClosed") == {"profile": "Work"}
    assert stream.until("collectionReplaced") == {}
    assert stream.until("profileOpened") == {"profile": "Job"}
    stream.close()
    assert connection.rpc("getActiveProfile") == "Job"
    assert connection.rpc("getMediaDirPath") == str(base / "Job" / "collection.media")
    assert len(connection.rpc("findNotes", {"query": "kept"})) == 1
    (base / "casa").mkdir()
    refusal = data_of_error(connection, "renameProfile", name="Job", newName="casa")
    assert refusal == {"kind": "refused", "field": "newName"}
    assert connection.rpc("renameProfile", {"name": "Job", "newName": "Job"}) == "Job"
    assert connection.rpc("renameProfile", {"name": "Job", "newName": "JOB"}) == "JOB"
    file = base / "JOB" / "collection.anki2"
    with pytest.raises(Refused, match="open in another program"), closed_everywhere(file):
        pass
    assert process.stop() == 0
    assert (names(base), folders(base)) == (["JOB", "home", "new"], ["JOB", "casa", "home"])
    opens_cleanly(base / "JOB" / "collection.anki2")
    assert rows(base)["_global"]["last_loaded_profile_name"] == "JOB"


@pytest.mark.process
def test_a_failed_renaming_opens_the_profile_again(base, monkeypatch):
    found = BaseFolder(base)
    host = HeadlessHost(found.collection("Work"), Config(), base=found)
    host.open()
    try:
        with monkeypatch.context() as patched:
            patched.setattr(ProfileStore, "rename", lambda *_: (_ for _ in ()).throw(Refused("no")))
            with pytest.raises(Refused, match="no"):
                host.rename_profile("Work", "Job").result(WAIT)
        assert host.profile() == "Work"
        assert host.collection().note_count() > 0
        with monkeypatch.context() as patched:
            patched.setattr(host, "_open_file", lambda path: (_ for _ in ()).throw(CannotOpen("it is in use")))
            with pytest.raises(Refused, match="loadProfile opens it later"):
                host.rename_profile("Work", "Job").result(WAIT)
        assert host.collection() is None
        assert host.open_profile("Job").result(WAIT)
        assert host.collection().note_count() > 0
    finally:
        host.lane.stop()
        host.close()


@pytest.mark.process
@pytest.mark.parametrize("has_threads", [True, False])
def test_a_folder_is_deleted_although_its_caller_waits_no_longer(base, has_threads):
    found = BaseFolder(base)
    host = HeadlessHost(found.collection("Work"), Config(), base=found)
    host.open()
    try:
        ctx = SimpleNamespace(host=host, wait=lambda answer, limit: wait(answer, 0.05, 0.05))
        with contextlib.nullcontext() if has_threads else no_more_threads("anki-rpc removal"):
            with host._profiles.busy, pytest.raises(StillRunning):
                delete_profile(ctx, "home")
            deadline = time.monotonic() + WAIT
            while (len(names(base)) > 2 or len(folders(base)) > 1) and time.monotonic() < deadline:
                time.sleep(0.01)
        assert (names(base), folders(base)) == (["Work", "new"], ["Work"])
    finally:
        host.lane.stop()
        host.close()


@pytest.mark.process
def test_calls_at_the_same_time_are_done_one_after_the_other(served_base, base):
    process, _ = served_base
    calls = [("addProfile", {"name": "x"})] * 3 + [
        ("renameProfile", {"name": "home", "newName": f"h{n}"}) for n in range(3)
    ]
    calls += [("loadProfile", {"name": "home"}), ("deleteProfile", {"name": "home"})]
    answers = {}

    def call(number, method, params):
        connection = process.connect()
        answers[number] = connection.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})

    threads = [threading.Thread(target=call, args=(n, *each), daemon=True) for n, each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert len(answers) == len(calls)
    assert [("result" in answers[n]) for n in range(3)].count(True) == 1
    kinds = {answer["error"]["data"]["kind"] for answer in answers.values() if "error" in answer}
    assert kinds <= {"already_exists", "not_found", "busy", "refused"}
    assert "x" in names(base)
    assert {*folders(base)} <= {*names(base)}
    process.connect().rpc("getCollection")


@pytest.mark.process
def test_a_collection_alone_has_no_profiles_to_change(served):
    connection = served.connect()
    name = connection.rpc("getActiveProfile")
    for method, params in (
        ("addProfile", {"name": "x"}),
        ("renameProfile", {"name": name, "newName": "x"}),
        ("deleteProfile", {"name": name}),
    ):
        kind, message = error(connection, method, **params)
        assert kind == "refused"
        assert "--base" in message
    assert error(connection, "renameProfile", name="other", newName="x")[0] == "not_found"
    assert error(connection, "deleteProfile", name="other", dryRun=True)[0] == "not_found"
