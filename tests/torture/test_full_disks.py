"""A disk that fills up in the middle of an export, an import or a replacement: nothing is lost, and nothing half done.

Each round leaves a little more room on the disk, until the call succeeds.
"""

import itertools
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest
import seed
from local_gateway import LocalGateway
from sizes import size

from addon.collection.quiet_statements import quiet_statements

from .checks import problems_of
from .digest import digest, media
from .test_storage import mount

NOTES, FILES = 600, 20
STEP = size("FULL_DISK_STEP", 640, 24) * 1024
"""Bytes by which the room grows from round to round."""
ROOM = 2**24
"""Bytes of the disk."""


@pytest.fixture(scope="module")
def made(example_collection, tmp_path_factory):
    """The path of a collection with a backup, and with files to import beside it."""
    path = seed.copy(example_collection, tmp_path_factory.mktemp("made"))
    gateway = LocalGateway(path)
    folder = Path(gateway.col.media.dir())
    for number in range(FILES):
        (folder / f"file{number}.bin").write_bytes(os.urandom(20_000))

    def call(method, **params):
        answer = gateway.rpc(method, params)
        assert "error" not in answer, answer

    def add(begin):
        fields = [{"Front": f"{begin} {number}", "Back": os.urandom(300).hex()} for number in range(NOTES)]
        call("addNotes", notes=[{"deckName": "Default", "modelName": "Basic", "fields": each} for each in fields])

    add("first")
    call("createBackup")
    call("exportCollection", path=str(path.with_name("in.colpkg")))
    call("exportNotesPackage", path=str(path.with_name("in.apkg")), all=True)
    call("exportNotesText", path=str(path.with_name("in.txt")), query="")
    call("deleteNotes", notes=gateway.rpc("findNotes", {"query": "deck:Default"})["result"])
    for number in range(FILES):
        (folder / f"file{number}.bin").unlink()
    add("second")
    for name in ("out.colpkg", "out.apkg"):
        shutil.copy(path.with_name("in.apkg"), path.with_name(name))
    path.with_name("out.txt").write_text("#separator:tab\n#html:true\nold\n")
    gateway.close()
    path.with_name(path.name + ".optimized").touch()
    return path


CALLS = {
    "exportNotesText": lambda folder: {"path": str(folder / "out.txt"), "query": ""},
    "exportNotesPackage": lambda folder: {"path": str(folder / "out.apkg"), "all": True},
    "exportPackage": lambda folder: {"path": str(folder / "out.apkg"), "deck": "Default"},
    "exportCollection": lambda folder: {"path": str(folder / "out.colpkg")},
    "createBackup": lambda folder: {},
    "importTextFile": lambda folder: {"path": str(folder / "in.txt")},
    "importPackage": lambda folder: {"path": str(folder / "in.apkg")},
    "mergePackage": lambda folder: {"path": str(folder / "in.apkg")},
    "importCollection": lambda folder: {"path": str(folder / "in.colpkg")},
    "restoreBackup": lambda folder: {"name": next((folder / "backups").glob("*.colpkg")).name},
}

IN_PLACE = {"importTextFile", "importPackage", "mergePackage"}
"""They write into the open collection. A client follows its changes, and the log of changes is full already."""
FILL_LOG = """
insert into anki_rpc_log (what, id)
with recursive number(id) as (select 1 union all select id + 1 from number where id < 100000)
select 'update', id from number
"""
REPLACE = {"importCollection", "restoreBackup"}
"""They leave a backup behind."""
BEGIN = {*REPLACE, "exportCollection", "importTextFile", "importPackage", "mergePackage"}
"""They clear the undo history, as Anki does if it closes the collection or if the disk fills up while it writes."""


@pytest.fixture
def disk(tmp_path):
    path = tmp_path / "disk"
    path.mkdir()
    mount("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", path)
    yield path
    subprocess.run(["umount", "--lazy", path], check=True)


def leave(disk, room):
    """Leave only so many bytes on the disk."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filling").write_bytes(bytes(max(0, free - room)))


def files_in(folder):
    """The files, without media and without what Anki leaves in the temporary folder if the disk is full."""
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    return {name for name in files if ".media" not in name and not name.startswith(".tmp") and name != "filling"}


def backups(folder):
    return [*(folder / "User 1" / "backups").glob("*.colpkg")]


@pytest.fixture(params=["another disk", "the same disk"])
def temporary(disk, monkeypatch, request):
    """Where the temporary folder is. The disk may fill up at any moment, not only before a trial."""
    for module in ("package_trial", "collection_trial"):
        monkeypatch.setattr(f"addon.collection.{module}._RESERVE_BYTES", 0)
    if request.param == "the same disk":
        monkeypatch.setenv("TMPDIR", str(disk))
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
    return request.param


@pytest.mark.parametrize("method", CALLS)
def test_a_call_for_which_the_disk_is_too_full_changes_nothing(made, disk, temporary, method, figure):
    refused = 0
    for room in itertools.count(0, STEP):
        path = seed.copy(made, disk)
        params = CALLS[method](path.parent)
        target = Path(params["path"]) if "out" in params.get("path", "") else None
        content = target and target.read_bytes()
        gateway = LocalGateway(path)
        assert "error" not in gateway.rpc("setDueDate", {"cards": [seed.MELA_CARD], "days": "0"})
        if method in IN_PLACE:
            gateway.host.events.follow().ready()
            quiet_statements(gateway.col)(FILL_LOG)
        state, files, undo = digest(gateway.col), media(gateway.col), gateway.rpc("undoStatus")
        names = files_in(disk)
        leave(disk, room)
        answer = gateway.rpc(method, params)
        (disk / "filling").unlink()
        if is_done := "error" not in answer:
            assert refused
        else:
            refused += 1
            error = answer["error"]
            assert error["data"]["kind"] == "storage_failed", (room, error)
            assert error["data"]["reason"] in {"full", "failing"}, (room, error)
            assert digest(gateway.col) == state
            assert {*files} <= {*media(gateway.col)}
            assert gateway.rpc("undoStatus") == undo or method in BEGIN
            assert not files_in(disk) - names or method in REPLACE
            if target is not None:
                assert target.read_bytes() == content
            again = gateway.rpc(method, params)
            assert "error" not in again
        gateway.close()
        assert problems_of(path) == []
        for each in backups(disk):
            with zipfile.ZipFile(each) as backup:
                assert (backup.testzip(), backup.namelist()[-1]) == (None, "media")
        for each in disk.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        if is_done:
            break
    figure(f"{method}, the temporary folder on {temporary}: refused for want of room, half done", f"{refused}, 0")
