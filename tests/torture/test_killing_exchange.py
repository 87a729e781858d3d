"""A gateway that is killed while it exports or replaces: no file is half written, and the collection is old or new.

Each round starts a gateway on a copy, kills it at a random moment of one call, and looks at what is there. Then the
same call is made again, and has to succeed.
"""

import contextlib
import random
import shutil
import threading
import time
from pathlib import Path

import pytest
import seed
from anki.collection import Collection
from local_gateway import LocalGateway
from sizes import size

from .checks import problems_of
from .digest import digest, media
from .forks import Forks
from .test_killing import GONE, WAIT

ROUNDS = size("KILLS_OF_EXCHANGES", 3, 60)
NOTES, FILES = 3000, 150
OLD, NEW = "old", "new"


@pytest.fixture(scope="module")
def forks():
    with Forks() as forks:
        yield forks


@pytest.fixture(scope="module")
def large_collection(example_collection, tmp_path_factory):
    """The path of a collection with many notes and files, a backup of fewer, and files to import beside it."""
    path = seed.copy(example_collection, tmp_path_factory.mktemp("large"))
    gateway = LocalGateway(path)
    folder = Path(gateway.col.media.dir())
    for number in range(FILES):
        (folder / f"old{number}.bin").write_bytes(bytes([number % 251]) * 20_000)
    assert "result" in gateway.rpc("createBackup")
    assert "result" in gateway.rpc("exportCollection", {"path": str(path.with_name("other.colpkg"))})
    for number in range(FILES):
        (folder / f"old{number}.bin").write_bytes(b"x" * 10_000)
    lines = "".join(f"word {number}\tmeaning {number}\n" for number in range(NOTES))
    header = "#separator:tab\n#notetype:Italian vocab\n#deck:Italian::A1\n"
    path.with_name("words.txt").write_text(f"{header}{lines}", "utf-8")
    assert "result" in gateway.rpc("importTextFile", {"path": str(path.with_name("words.txt"))})
    more = {"path": str(path.with_name("more.apkg")), "all": True}
    assert "result" in gateway.rpc("exportNotesPackage", more)
    assert "result" in gateway.rpc("undo")
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{number}", "Back": "b" * 200}}
        for number in range(NOTES)
    ]
    assert "result" in gateway.rpc("addNotes", {"notes": notes})
    gateway.close()
    path.with_name(path.name + ".optimized").touch()
    return path


CALLS = {
    "exportNotesText": lambda folder: {"path": str(folder / "out.txt"), "query": ""},
    "exportCardsText": lambda folder: {"path": str(folder / "out.txt"), "query": ""},
    "exportNotesPackage": lambda folder: {"path": str(folder / "out.apkg"), "all": True},
    "exportCollection": lambda folder: {"path": str(folder / "out.colpkg")},
    "importTextFile": lambda folder: {"path": str(folder / "words.txt")},
    "mergePackage": lambda folder: {"path": str(folder / "more.apkg")},
    "createBackup": lambda folder: {},
    "importCollection": lambda folder: {"path": str(folder / "other.colpkg")},
    "restoreBackup": lambda folder: {"name": next((folder / "backups").glob("*.colpkg")).name},
}


def state_of(path):
    col = Collection(str(path))
    try:
        assert problems_of(col) == []
        return digest(col), media(col)
    finally:
        col.close()


def kept_file(folder, params):
    """A file that is there before an export, which must stay until the new one is whole."""
    path = Path(params.get("path", ""))
    if path.parent == folder and path.name.startswith("out"):
        shutil.copy(folder / "other.colpkg", path)
        if path.suffix == ".txt":
            path.write_text("#separator:tab\n#html:true\n" + "old\n" * NOTES)
        return path
    return None


@pytest.mark.parametrize("method", CALLS)
def test_what_is_killed_is_done_or_not_begun(large_collection, tmp_path, forks, method, figure):
    chance = random.Random(27)
    whole = seed.copy(large_collection, tmp_path / "whole")
    states = {OLD: state_of(whole)}
    gateway = LocalGateway(whole)
    params = CALLS[method](whole.parent)
    target = kept_file(whole.parent, params)
    contents = {OLD: target and target.read_bytes()}
    begin = time.perf_counter()
    answer = gateway.rpc(method, params)
    taken = time.perf_counter() - begin
    assert "error" not in answer, answer
    gateway.close()
    states[NEW] = state_of(whole)
    found = []
    for number in range(ROUNDS):
        path = seed.copy(large_collection, tmp_path / str(number))
        params = CALLS[method](path.parent)
        target = kept_file(path.parent, params)
        fork = forks.serve(path)
        connection = fork.connect()
        connection.rpc("version")
        killer = threading.Timer(chance.uniform(0.02, 1.2) * taken, fork.kill)
        killer.start()
        is_answered = False
        with contextlib.suppress(*GONE):
            connection.rpc(method, params)
            is_answered = True
        killer.join(WAIT)
        connection.close()
        assert "Traceback" not in fork.said, fork.said
        after, files = state_of(path)
        which = NEW if after == states[NEW][0] != states[OLD][0] else OLD
        assert after == states[which][0]
        assert not is_answered or states[OLD][0] == states[NEW][0] or which == NEW
        known = dict(states[OLD][1]) | dict(states[NEW][1])
        names = {name for name, _ in files if not name.startswith(".tmp")}
        assert names <= known.keys()
        assert names >= dict(states[OLD][1]).keys() & dict(states[NEW][1]).keys()
        if target is not None:
            is_old = target.read_bytes() == contents[OLD]
            assert is_old or is_whole(target, whole.parent / target.name)
            which = OLD if is_old else NEW
        found.append(which)
        again = LocalGateway(path)
        answer = again.rpc(method, CALLS[method](path.parent) if method != "restoreBackup" else params)
        assert "error" not in answer, answer
        again.close()
        assert state_of(path)[0] == states[NEW][0]
        shutil.rmtree(path.parent)
    figure(
        f"{ROUNDS} times killed in the middle of {method}: old, new, half done",
        f"{found.count(OLD)}, {found.count(NEW)}, 0",
    )


def is_whole(path, expected):
    """Whether a file is as whole as the one of a gateway that was not killed."""
    if path.suffix == ".txt":
        return path.read_bytes() == expected.read_bytes()
    import zipfile

    with zipfile.ZipFile(path) as one, zipfile.ZipFile(expected) as other:
        return one.testzip() is None and len(one.namelist()) == len(other.namelist())
