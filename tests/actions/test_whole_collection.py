"""The whole collection as a file: exported, put in the place of another one, and restored from a backup."""

import hashlib
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import seed
from anki.collection import Collection, ExportAnkiPackageOptions
from sizes import for_rows

from addon.rpc.caller import Caller

TABLES = ("notes", "cards", "revlog", "decks", "deck_config", "notetypes", "fields", "templates", "tags", "graves")


def result(gateway, method, /, **params):
    answer = gateway.rpc(method, params)
    assert "error" not in answer, answer
    return answer["result"]


def error(gateway, method, /, **params):
    said = gateway.rpc(method, params)["error"]
    return said["data"]["kind"], said["message"]


def content(gateway):
    """Everything in a collection, and its media."""
    media = Path(gateway.col.media.dir())
    return {
        **{table: gateway.col.db.all(f"select * from {table} order by 1, 2") for table in TABLES},
        "config": gateway.col.all_config(),
        "media": {file.name: file.read_bytes() for file in media.iterdir()},
    }


def history(gateway):
    status = gateway.col.undo_status()
    return status.undo, status.redo, status.last_step, gateway.col.mod


def add(gateway, word):
    note = {"deckName": "Default", "modelName": "Italian vocab", "fields": {"Word": word}}
    return result(gateway, "addNote", note=note)


def ended(gateway, id):
    assert gateway.gateway.operations.find(id).wait(20)
    return result(gateway, "getOperation", id=id)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "all \u00e9.colpkg")


@pytest.fixture
def other(open_gateway):
    """A collection with something of its own."""
    gateway = open_gateway()
    add(gateway, "own")
    gateway.rpc("createDeck", {"deck": "Own::Deck"})
    gateway.rpc("cloneDeckConfigId", {"name": "Own preset"})
    gateway.rpc("addTags", {"notes": [seed.UVA], "tags": "own"})
    gateway.rpc("updateNoteFields", {"note": {"id": seed.MELA, "fields": {"Meaning": "changed"}}})
    gateway.col.sched.set_due_date([seed.UVA_CARD], "9!")
    media = Path(gateway.col.media.dir())
    (media / "_ciao.txt").write_bytes(b"changed")
    (media / "own.txt").write_bytes(b"own")
    return gateway


# --- there and back ---


@pytest.mark.parametrize("legacy", [True, False])
def test_nothing_is_lost_on_the_way_out_and_in(gateway, other, path, legacy):
    gateway.col.sched.set_due_date([seed.MELA_CARD], "7!")
    Path(gateway.col.media.dir(), "\u00e9\U0001f600.mp3").write_bytes(b"sound")
    before = content(gateway)
    assert result(gateway, "exportCollection", path=path, legacy=legacy) == {"size": Path(path).stat().st_size}
    assert content(gateway) == before
    done = result(other, "importCollection", path=path)
    (backup,) = result(other, "listBackups")
    assert done == {"notes": 2, "cards": 2, "backup": backup["name"]}
    after = content(other)
    assert after["media"].pop("own.txt") == b"own"
    if legacy:  # the older form has no place for some times and names
        for table in ("decks", "deck_config", "notetypes", "fields", "templates", "config", "tags"):
            assert len(after.pop(table)) == len(before.pop(table)), table
    assert after == before


def test_a_backup_brings_back_what_was_and_the_next_one_what_came_after(gateway):
    before = content(gateway)
    old = result(gateway, "createBackup")["name"]
    add(gateway, "later")
    Path(gateway.col.media.dir(), "later.txt").write_bytes(b"later")
    after = content(gateway)
    time.sleep(1.1)  # the names of backups have seconds
    done = result(gateway, "restoreBackup", name=old)
    assert (done["notes"], done["cards"]) == (2, 2)
    assert done["backup"] != old
    media = after["media"]
    assert content(gateway) == {**before, "media": media}
    time.sleep(1.1)
    assert result(gateway, "restoreBackup", name=done["backup"])["notes"] == 3
    assert content(gateway) == after


def test_the_gateway_works_on_as_before(gateway, path):
    for method in ("exportCollection", "importCollection"):
        result(gateway, method, path=path)
        assert result(gateway, "undoStatus") == {"undo": None, "redo": None}
        add(gateway, method)
        assert result(gateway, "undo")["step"] == "Add Note"
    assert result(gateway, "checkDatabase") == {"ok": True, "problems": []}


def test_followers_hear_that_the_collection_was_replaced(gateway, path):
    heard = []
    gateway.host.events.follow().ready()
    gateway.host.events.publish = lambda name, params, *more: heard.append(name)
    result(gateway, "exportCollection", path=path)
    result(gateway, "importCollection", path=path)
    assert heard.count("collectionReplaced") == 2


def test_the_next_sync_is_a_full_one(gateway, path):
    gateway.col.db.execute("update col set ls = mod, scm = 1")
    result(gateway, "exportCollection", path=path)
    assert gateway.col.db.scalar("select scm > ls from col") == 0
    result(gateway, "importCollection", path=path)
    assert gateway.col.db.scalar("select scm > ls from col") == 1


# --- exporting ---


def test_media_are_left_out_if_wanted(gateway, path):
    for with_media in (True, False):
        result(gateway, "exportCollection", path=path, withMedia=with_media)
        with zipfile.ZipFile(path) as file:
            assert ("0" in file.namelist()) is with_media


def test_what_cannot_be_written_is_refused_before_the_collection_is_closed(gateway, tmp_path):
    add(gateway, "x")
    before = history(gateway)
    (tmp_path / "a.colpkg").write_text("precious")
    (tmp_path / "b.colpkg").mkdir()
    names = ["a.colpkg", "b.colpkg", "none/a.colpkg", "a.apkg", "a", "a\0.colpkg"]
    for path in (*(f"{tmp_path}/{name}" for name in names), "/etc/a.colpkg"):
        assert error(gateway, "exportCollection", path=path)[0] == "file_problem", path
    assert (tmp_path / "a.colpkg").read_text() == "precious"
    assert history(gateway) == before
    assert sorted(file.name for file in tmp_path.iterdir() if file.name.startswith("a")) == ["a.colpkg"]


def test_an_export_that_fails_leaves_the_old_file_and_an_open_collection(gateway, path, monkeypatch):
    result(gateway, "exportCollection", path=path)
    before = Path(path).read_bytes()
    media = Path(gateway.col.media.dir(), "unreadable.txt")
    media.symlink_to(path)  # Anki refuses links in the media folder
    said = gateway.rpc("exportCollection", {"path": path})
    if "error" in said:
        assert Path(path).read_bytes() == before
    assert result(gateway, "findNotes", query="") == [seed.MELA, seed.UVA]
    assert [file.name for file in Path(path).parent.glob(".tmp*")] == []


HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("pragma locking_mode = exclusive")
database.execute("begin exclusive")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.process
def test_a_collection_that_another_program_holds_is_opened_again_later(gateway):
    def hold(col):
        path = col.path
        col.close()
        other = subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        others.append(other)
        other.stdout.readline()

    others = []
    said = gateway.host.export_collection(hold, Caller()).exception(20)
    assert "Anki already open" in str(said)
    assert error(gateway, "findNotes", query="")[0] == "collection_unavailable"
    others[0].communicate(timeout=20)
    deadline = time.monotonic() + 20
    while "error" in (answer := gateway.rpc("findNotes", {"query": ""})):
        assert time.monotonic() < deadline, answer
        time.sleep(0.05)
    assert answer["result"] == [seed.MELA, seed.UVA]


def test_it_is_exported_and_imported_as_operations(gateway, path):
    for method in ("exportCollection", "importCollection"):
        id = result(gateway, "startOperation", method=method, params={"path": path})["id"]
        assert ended(gateway, id)["state"] == "done"
    backup = result(gateway, "listBackups")[0]["name"]
    id = result(gateway, "startOperation", method="restoreBackup", params={"name": backup})["id"]
    assert ended(gateway, id)["result"]["notes"] == 2


def test_an_export_can_be_cancelled(gateway, path, monkeypatch):
    media = Path(gateway.col.media.dir())
    (media / "0.bin").write_bytes(b"x" * 2000)
    for number in range(1, 3000):
        (media / f"{number}.bin").hardlink_to(media / "0.bin")
    begun, export = threading.Event(), Collection.export_collection_package
    monkeypatch.setattr(
        Collection, "export_collection_package", lambda *args, **more: (begun.set(), export(*args, **more))
    )
    id = result(gateway, "startOperation", method="exportCollection", params={"path": path})["id"]
    assert begun.wait(20)
    gateway.rpc("cancelOperation", {"id": id})
    operation = ended(gateway, id)
    assert operation["state"] in {"cancelled", "done"}
    assert Path(path).exists() is (operation["state"] == "done")
    assert result(gateway, "findNotes", query="") == [seed.MELA, seed.UVA]


def test_an_export_that_is_cancelled_before_its_turn_never_runs(gateway, path):
    is_free = threading.Event()
    other = gateway.lane.submit(lambda: is_free.wait(20))
    id = result(gateway, "startOperation", method="exportCollection", params={"path": path})["id"]
    while (operation := result(gateway, "getOperation", id=id))["state"] == "queued":
        time.sleep(0.001)
    assert operation["state"] == "running"
    result(gateway, "cancelOperation", id=id)
    assert ended(gateway, id)["state"] == "cancelled"  # so Anki is not asked to abort what it does for others
    assert not other.done()
    is_free.set()
    assert result(gateway, "findNotes", query="") == [seed.MELA, seed.UVA]
    assert not Path(path).exists()


# --- what would be lost ---


LOSSES = {
    "dryRun": True,
    "decks": {"count": 2, "names": ["Own", "Own::Deck"]},
    "presets": {"count": 1, "names": ["Own preset"]},
    "tags": {"count": 1, "names": ["own"]},
    "changedNotes": {"count": 2, "ids": [seed.MELA, seed.UVA]},
    "changedCards": {"count": 1, "ids": [seed.UVA_CARD]},
}


def test_a_dry_run_says_what_would_go(gateway, other, path):
    result(gateway, "exportCollection", path=path)
    before = history(other), content(other)
    own = other.col.find_notes("own")
    losses = result(other, "importCollection", path=path, dryRun=True)
    assert losses == {
        **LOSSES,
        "notes": {"count": 1, "ids": own},
        "cards": {"count": 1, "ids": [other.col.get_note(own[0]).card_ids()[0]]},
        "changedFiles": {"count": 1, "names": ["_ciao.txt"]},
    }
    assert (history(other), content(other)) == before
    assert result(other, "listBackups") == []
    backups = Path(other.col.path).with_name("backups")
    backups.mkdir()
    shutil.copy(path, backups / "backup-2026-01-01-00.00.00.colpkg")
    name = result(other, "listBackups")[0]["name"]
    assert result(other, "restoreBackup", name=name, dryRun=True)["notes"]["ids"] == own


def test_nothing_would_go_if_it_is_the_same(gateway, path):
    result(gateway, "exportCollection", path=path)
    assert result(gateway, "importCollection", path=path, dryRun=True) == {"dryRun": True}


def test_others_do_not_wait_while_a_dry_run_reads_the_media(gateway, path, monkeypatch):
    result(gateway, "exportCollection", path=path)
    file = next(Path(gateway.col.media.dir()).iterdir())
    file.write_bytes(b"changed")
    begun, served, served_in_time = threading.Semaphore(0), threading.Semaphore(0), []
    digest = hashlib.file_digest

    def slow(file, algorithm):
        begun.release()
        served_in_time.append(served.acquire(timeout=5))
        return digest(file, algorithm)

    monkeypatch.setattr(hashlib, "file_digest", slow)
    with ThreadPoolExecutor(1) as pool:
        trying = pool.submit(result, gateway, "importCollection", path=path, dryRun=True)
        for _ in ("in the package", "in the media folder"):
            assert begun.acquire(timeout=20)
            result(gateway, "deckNames")
            served.release()
        assert trying.result()["changedFiles"]["names"] == [file.name]
    assert served_in_time == [True, True]


# --- what is refused ---


def spoilt(path, how, col):
    """Spoil an exported collection."""
    whole = path.read_bytes()
    if how == "garbage":
        path.write_bytes(b"garbage")
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "half":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "flipped bits":
        path.write_bytes(whole[:5000] + bytes(byte ^ 255 for byte in whole[5000:5100]) + whole[5100:])
    elif how == "half a collection":
        with zipfile.ZipFile(path) as file:
            members = {name: file.read(name) for name in file.namelist()}
        members["collection.anki21b"] = members["collection.anki21b"][:4000]
        with zipfile.ZipFile(path, "w") as file:
            for name, part in members.items():
                file.writestr(name, part)
    elif how.startswith("decks"):
        options = ExportAnkiPackageOptions(with_media=True, with_scheduling=True, legacy=how.endswith("old"))
        col.export_anki_package(out_path=str(path), options=options, limit=None)


SPOILT = ["garbage", "empty", "half", "flipped bits", "half a collection", "decks", "decks, old"]


@pytest.mark.parametrize("how", SPOILT)
def test_a_file_that_is_no_whole_collection_changes_nothing(gateway, path, how):
    result(gateway, "exportCollection", path=path)
    spoilt(Path(path), how, gateway.col)
    add(gateway, "x")
    before = history(gateway), content(gateway)
    for more in ({}, {"dryRun": True}):
        kind, message = error(gateway, "importCollection", path=path, **more)
        assert kind == "file_problem"
        assert "anki-rpc-" not in message
        assert how[:5] != "decks" or "mergePackage" in message
    assert (history(gateway), content(gateway)) == before
    assert result(gateway, "listBackups") == []


def test_a_name_that_is_no_collections_is_refused(gateway, path, tmp_path):
    result(gateway, "exportCollection", path=path)
    for name in ("a.apkg", "a.zip", "a", "none.colpkg"):
        if name != "none.colpkg":
            shutil.copy(path, tmp_path / name)
        assert error(gateway, "importCollection", path=str(tmp_path / name))[0] == "file_problem"


def test_a_collection_that_is_too_large_is_refused(open_gateway, path):
    gateway = open_gateway(limits={"packageMegabytes": 1})
    Path(gateway.col.media.dir(), "large.bin").write_bytes(b"x" * 2**21)
    result(gateway, "exportCollection", path=path)
    kind, message = error(gateway, "importCollection", path=path)
    assert (kind, "too large" in message) == ("file_problem", True)


@for_rows("name", ["none.colpkg", "../collection.anki2", "/etc/passwd", "", "backup-x.colpkg/../a"])
def test_only_a_backup_of_the_profile_is_restored(kept, name):
    gateway = kept.unchanged()
    result(gateway, "createBackup")
    add(gateway, "x")
    before = history(gateway)
    for more in ({}, {"dryRun": True}):
        assert error(gateway, "restoreBackup", name=name, **more)[0] == "not_found"
    assert history(gateway) == before


@for_rows("how", [how for how in SPOILT if how[:5] != "decks"])
def test_a_backup_that_is_damaged_changes_nothing(kept, how):
    gateway = kept.unchanged()
    name = result(gateway, "createBackup")["name"]
    spoilt(Path(gateway.col.path).with_name("backups") / name, how, gateway.col)
    add(gateway, "x")
    before = history(gateway), content(gateway)
    for more in ({}, {"dryRun": True}):
        kind, message = error(gateway, "restoreBackup", name=name, **more)
        assert (kind, "cannot be restored" in message) == ("refused", True)
    assert (history(gateway), content(gateway)) == before


def test_a_backup_that_the_next_one_displaces_is_restored_all_the_same(gateway):
    preferences = gateway.col.get_preferences()
    for limit in ("daily", "weekly", "monthly"):
        setattr(preferences.backups, limit, 0)
    gateway.col.set_preferences(preferences)
    old = result(gateway, "createBackup")["name"]
    backups = Path(gateway.col.path).with_name("backups")
    oldest = (backups / old).rename(backups / "backup-2020-01-01-00.00.00.colpkg")
    add(gateway, "later")
    assert result(gateway, "restoreBackup", name=oldest.name)["notes"] == 2


@pytest.mark.parametrize("change", ["written", "removed"])
@pytest.mark.parametrize("method", ["importCollection", "restoreBackup"])
def test_a_file_that_changes_after_its_trial_is_refused(gateway, path, method, change):
    result(gateway, "exportCollection", path=path)
    name = result(gateway, "createBackup")["name"]
    add(gateway, "x")
    before = history(gateway), content(gateway)
    is_free = threading.Event()
    gateway.lane.submit(lambda: is_free.wait(20))
    params = {"path": path} if method == "importCollection" else {"name": name}
    id = result(gateway, "startOperation", method=method, params=params)["id"]
    while result(gateway, "getOperation", id=id)["state"] == "queued":
        time.sleep(0.001)
    time.sleep(0.1)
    file = Path(path) if method == "importCollection" else Path(gateway.col.path).with_name("backups") / name
    if change == "written":
        spoilt(file, "half", gateway.col)
    else:
        file.unlink()
    is_free.set()
    operation = ended(gateway, id)
    kind = "file_problem" if method == "importCollection" else "refused"
    assert (operation["state"], operation["error"]["data"]["kind"]) == ("failed", kind), operation
    assert str(file.parent) not in operation["error"]["message"] or method == "importCollection"
    assert (history(gateway), content(gateway)) == before


def test_without_a_backup_nothing_is_replaced(gateway, path, monkeypatch):
    result(gateway, "exportCollection", path=path)
    add(gateway, "x")
    monkeypatch.setattr(Collection, "create_backup", lambda *args, **kwargs: False)
    assert error(gateway, "importCollection", path=path) == ("refused", "The collection could not be backed up.")
    assert gateway.col.note_count() == 3


def test_calls_of_a_batch_keep_their_order(gateway, path):
    calls = [
        ("exportCollection", {"path": path}),
        ("addNote", {"note": {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "x"}}}),
        ("importCollection", {"path": path}),
        ("findNotes", {"query": ""}),
    ]
    answers = gateway.post(
        [{"jsonrpc": "2.0", "id": id, "method": name, "params": params} for id, (name, params) in enumerate(calls)]
    )
    assert [answer.get("error") for answer in answers] == [None] * 4
    assert answers[3]["result"] == [seed.MELA, seed.UVA]


def test_the_old_protocol_has_the_same_methods(gateway, path):
    assert gateway.legacy("exportCollection", path=path)["result"]["size"] > 0
    done = gateway.legacy("importCollection", path=path)["result"]
    assert gateway.legacy("restoreBackup", name=done["backup"])["result"]["notes"] == 2
