"""Backups: none overwrites another, and one that Anki could not complete is no backup."""

import os
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from anki.collection import Collection
from anki.errors import BackendIOError

from addon.collection import backups

FULL = BackendIOError("No space left on device (os error 28)", None, None, None)


@pytest.fixture
def folder(gateway):
    return Path(gateway.col.path).with_name("backups")


def made(gateway):
    answer = gateway.rpc("createBackup")
    assert "error" not in answer, answer
    assert answer["result"]["created"]
    return answer["result"]["name"]


def aged(folder, name):
    """Give a backup an older name, and return it: the next backup need not wait for the next second."""
    older = time.strftime(backups._NAME, time.localtime(time.time() - 3600))
    return (folder / name).rename(folder / older).name


def listed(gateway):
    return [backup["name"] for backup in gateway.rpc("listBackups")["result"]]


def history(gateway):
    return gateway.rpc("undoStatus")["result"]


def test_backups_of_one_second_do_not_overwrite_each_other(gateway, folder):
    """Anki names them by the second, and would."""
    names = []
    for deck in ("one", "two", "three"):
        gateway.rpc("createDeck", {"deck": deck})
        names.append(made(gateway))
    assert listed(gateway) == names[::-1]
    assert gateway.rpc("restoreBackup", {"name": names[0]})["result"]["backup"] == names[-1]
    assert {"one", "two", "three"} & {*gateway.rpc("deckNames")["result"]} == {"one"}


def test_a_backup_waits_for_one_second_at_most(gateway, folder, monkeypatch):
    slept = []
    clock = {**vars(time), "sleep": lambda seconds: (slept.append(seconds), time.sleep(seconds))}
    monkeypatch.setattr(backups, "time", SimpleNamespace(**clock))
    for deck in ("one", "two"):
        gateway.rpc("createDeck", {"deck": deck})
        made(gateway)
    assert len(slept) <= 1


def test_a_backup_that_was_deleted_is_made_again(gateway, folder):
    """Anki remembers it, and would make none until something changes."""
    gateway.rpc("createDeck", {"deck": "one"})
    (folder / made(gateway)).unlink()
    before = history(gateway), gateway.col.all_config(), gateway.col.db.all("select * from col")
    name = made(gateway)
    assert zipfile.is_zipfile(folder / name)
    assert gateway.rpc("createBackup")["result"] == {"created": False, "name": name}
    assert (history(gateway), gateway.col.all_config(), gateway.col.db.all("select * from col")) == before
    assert [file.name for file in folder.iterdir()] == [name]


def test_without_quiet_statements_a_deleted_backup_is_made_again_too(gateway, folder, monkeypatch):
    monkeypatch.setattr(backups, "quiet_statements", lambda col: None)
    (folder / made(gateway)).unlink()
    config = gateway.col.all_config()
    assert zipfile.is_zipfile(folder / made(gateway))
    assert gateway.col.all_config() == config


def test_what_the_user_writes_while_anki_forgets_a_backup_is_in_the_next_one(gateway, folder, monkeypatch):
    (folder / made(gateway)).unlink()
    create = Collection.create_backup

    def creating(col, *, backup_folder, **more):
        if backup_folder != str(folder):
            monkeypatch.setattr(Collection, "create_backup", create)
            col.decks.add_normal_deck_with_name("meanwhile")
        return create(col, backup_folder=backup_folder, **more)

    monkeypatch.setattr(Collection, "create_backup", creating)
    name = made(gateway)
    gateway.rpc("createDeck", {"deck": "later"})
    gateway.rpc("restoreBackup", {"name": name})
    assert {"meanwhile", "later"} & {*gateway.rpc("deckNames")["result"]} == {"meanwhile"}


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def ended(path):
    """As Anki ends an archive after a failure."""
    with zipfile.ZipFile(path, "w") as backup:
        backup.writestr("meta", b"\x08\x03")


def half_made(monkeypatch, spoil=cut):
    """The next backup is left half written, as by Anki if the disk is full."""
    create = Collection.create_backup

    def failing(col, *, backup_folder, **more):
        monkeypatch.setattr(Collection, "create_backup", create)
        create(col, backup_folder=backup_folder, **more)
        newest = max(Path(backup_folder).iterdir(), key=lambda path: path.stat().st_mtime)
        spoil(newest)
        raise FULL

    monkeypatch.setattr(Collection, "create_backup", failing)


@pytest.mark.parametrize("spoil", [cut, ended])
def test_a_backup_that_fails_leaves_no_file_and_is_made_the_next_time(gateway, folder, monkeypatch, spoil):
    old = aged(folder, made(gateway))
    gateway.rpc("createDeck", {"deck": "one"})
    half_made(monkeypatch, spoil)
    assert gateway.rpc("createBackup")["error"]["data"]["kind"] == "storage_failed"
    assert [file.name for file in folder.iterdir()] == [old]
    assert made(gateway) != old


def test_no_collection_is_replaced_on_the_strength_of_a_backup_that_failed(gateway, folder, tmp_path, monkeypatch):
    path = str(tmp_path / "all.colpkg")
    gateway.rpc("exportCollection", {"path": path})
    gateway.rpc("createDeck", {"deck": "one"})
    half_made(monkeypatch)
    assert "error" in gateway.rpc("createBackup")
    done = gateway.rpc("importCollection", {"path": path})["result"]
    assert "one" not in gateway.rpc("deckNames")["result"]
    backup = aged(folder, done["backup"])
    assert gateway.rpc("restoreBackup", {"name": backup})["result"]["notes"] == 2
    assert "one" in gateway.rpc("deckNames")["result"]


def test_a_half_written_file_is_not_listed(gateway, folder):
    """As a process leaves it that is killed meanwhile."""
    name = aged(folder, made(gateway))
    half = folder / "backup-2099-01-01-00.00.00.colpkg"
    half.write_bytes((folder / name).read_bytes())
    cut(half)
    assert listed(gateway) == [name]
    gateway.rpc("createDeck", {"deck": "one"})
    assert made(gateway) not in {name, half.name}
    assert gateway.rpc("restoreBackup", {"name": half.name})["error"]["data"]["kind"] == "refused"


def test_a_copied_backup_does_not_pass_for_the_present_state(gateway, folder):
    """As a restored or synced folder has it: the older backup has the newer time."""
    gateway.rpc("createDeck", {"deck": "one"})
    old = aged(folder, made(gateway))
    gateway.rpc("createDeck", {"deck": "two"})
    (folder / made(gateway)).unlink()
    os.utime(folder / old, (time.time() + 3600,) * 2)
    new = made(gateway)
    assert new != old
    gateway.rpc("createDeck", {"deck": "three"})
    assert made(gateway) not in (old, new)
    gateway.rpc("restoreBackup", {"name": new})
    assert {"one", "two", "three"} & {*gateway.rpc("deckNames")["result"]} == {"one", "two"}
