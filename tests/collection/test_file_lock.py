"""No other process can open a collection that is open, whatever was done with it."""

import subprocess
import sys
from pathlib import Path

import pytest

from addon.collection.file_lock import lock_again

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
    Path(gateway.col.path).open("rb").close()
    assert opened_elsewhere(gateway.col.path) == ""
    lock_again(gateway.col.path)
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


def test_a_closed_collection_is_free(gateway):
    gateway.rpc("createBackup")
    path = gateway.col.path
    gateway.host.close()
    assert opened_elsewhere(path) == ""
