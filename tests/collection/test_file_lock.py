"""No other process can open a collection that is open, whatever was done with it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from addon.collection import file_lock
from addon.collection.file_lock import locked_again

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="a process loses no lock there"),
]

OPEN = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("select count() from notes").fetchone()
except sqlite3.OperationalError as error:
    print(error)
"""


def opened_elsewhere(path):
    """What another process gets that reads the collection."""
    run = subprocess.run([sys.executable, "-c", OPEN, path], capture_output=True, text=True, timeout=30, check=True)
    return run.stdout.strip()


def test_a_file_that_was_closed_is_locked_again(gateway):
    assert opened_elsewhere(gateway.col.path) == "database is locked"
    with locked_again(gateway.col.path):
        Path(gateway.col.path).open("rb").close()
        assert opened_elsewhere(gateway.col.path) == ""
    assert opened_elsewhere(gateway.col.path) == "database is locked"


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("createBackup", {}),
        ("checkDatabase", {}),
        ("exportCollection", {"path": "{folder}/a.colpkg"}),
        ("exportPackage", {"deck": "Italian", "path": "{folder}/a.apkg"}),
        ("restoreBackup", {"name": None}),
        ("checkMedia", {}),
    ],
)
def test_nothing_drops_the_lock(gateway, tmp_path, method, params):
    if method == "restoreBackup":
        gateway.rpc("createBackup")
        params = {"name": gateway.rpc("listBackups")["result"][0]["name"]}
    params = {name: text.format(folder=tmp_path) for name, text in params.items()}
    for _ in range(2):
        assert "result" in gateway.rpc(method, params)
        assert opened_elsewhere(gateway.col.path) == "database is locked"


def test_without_a_descriptor_no_backup_is_begun(gateway, monkeypatch):
    def no_more(*_):
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(file_lock, "_open", {})
    with monkeypatch.context() as patch:
        patch.setattr(file_lock.os, "open", no_more)
        assert gateway.rpc("createBackup")["error"]["data"]["kind"] == "refused"
    assert gateway.rpc("listBackups")["result"] == []
    assert opened_elsewhere(gateway.col.path) == "database is locked"
    assert gateway.rpc("createBackup")["result"]["created"]
    assert opened_elsewhere(gateway.col.path) == "database is locked"


@pytest.mark.parametrize(
    ("number", "text"), [(errno.EAGAIN, "Another program has opened"), (errno.ENOLCK, "could not be locked again")]
)
def test_a_lock_that_fails_spoils_no_backup_and_its_cause_is_named(gateway, monkeypatch, caplog, number, text):
    import fcntl

    def fail(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "lockf", fail)
        assert gateway.rpc("createBackup")["result"]["created"]
    assert [text in record.message for record in caplog.records if record.levelname == "CRITICAL"] == [True]


def test_a_closed_collection_is_free(gateway):
    gateway.rpc("createBackup")
    path = gateway.col.path
    gateway.host.close()
    assert opened_elsewhere(path) == ""
