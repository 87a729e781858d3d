"""Files of the media folder by their names, held against Anki's own `writeData`, which AnkiConnect uses."""

import json
import os
import shutil
import subprocess
import sys
import threading
from itertools import product
from pathlib import Path

import ankis
import pytest
import seed
from anki.collection import Collection
from sizes import some, turns

from addon.collection import media_moves, media_store

NAMES = [
    *("a.txt", "Upd_X.txt", "noext", "NoExt", "dot.", "Dot.", "space ", "CON", "con.txt", ".hidden", ".Hidden"),
    *("a:b.txt", "A:B.txt", "A?b", "a/b.txt", "../A.txt", "a\x00b.txt", "\u00a0x.txt", "a\u00a0B.txt", "Thumbs.db"),
    *("e\u0301.txt", "E\u0301.txt", "\u00c9.txt", "\u0130.txt", "A\u03a3.txt", "\U0001f600.png", "x" * 200 + ".txt"),
    *("X" * 200 + ".TXT", "\u65e5" * 100 + ".Mp3", "X" * 119 + ".", ".", "..", "a.JPEG", "a.verylongextension"),
]
CONTENTS = [b"one", b"two", b"", b"one", b"two", b"three"]


@pytest.fixture(scope="module")
def opened(example_collection, tmp_path_factory):
    """Two collections for all tests of the module."""
    folder = tmp_path_factory.mktemp("media")
    collections = [Collection(str(seed.copy(example_collection, folder / name))) for name in ("one", "other")]
    yield collections
    for col in collections:
        col.close()


def emptied(col):
    folder = Path(col.media.dir())
    for place in (folder, folder.with_name("media.trash")):
        shutil.rmtree(place, ignore_errors=True)
    folder.mkdir()
    return col


@pytest.fixture
def col(opened):
    return emptied(opened[0])


@pytest.fixture
def other(opened):
    return emptied(opened[1])


def files(col):
    return {path.name: path.read_bytes() for path in Path(col.media.dir()).iterdir()}


def ways_of_writing(name):
    """Names that may be there already when a file of that name is stored."""
    plain = name.rpartition("/")[2].replace("\x00", "").replace(":", "").replace("?", "").replace("\u00a0", " ")
    return {spelt for spelt in (plain, plain.lower(), plain.upper(), f"{plain}_") if spelt not in (".", "..")}


@pytest.mark.parametrize(("name", "is_there"), turns(NAMES, lambda name: [True, False]))
def test_a_file_gets_the_name_that_anki_gives(col, other, name, is_there):
    for spelt in ways_of_writing(name) if is_there else ():
        for folder in (col.media.dir(), other.media.dir()):
            if len(os.fsencode(spelt)) < 256:
                Path(folder, spelt).write_bytes(b"two" if spelt == spelt.lower() else b"one")
    for content in CONTENTS:
        assert media_store.store(col, name, content, replace=False) == other.media.writeData(name, content)
        assert files(col) == files(other)


@pytest.mark.parametrize("name", some([name for name in NAMES if "/" not in name], 2))
def test_replacing_leaves_one_file(col, name):
    before = files(col)
    (stored,) = {media_store.store(col, name, content, replace=True) for content in CONTENTS}
    assert files(col) == {**before, stored: CONTENTS[-1]}
    assert media_store.find(col.media.dir(), name) == stored


def test_of_two_spellings_the_exact_one_is_replaced(col):
    folder = Path(col.media.dir())
    (folder / "Upd_X.txt").write_bytes(b"exact")
    (folder / "upd_x.txt").write_bytes(b"lower")
    stored = media_store.store(col, "Upd_X.txt", b"new", replace=True)
    assert files(col)["upd_x.txt"] == b"lower"
    assert files(col)[stored] == b"new"
    assert ("Upd_X.txt" in files(col)) is not ankis.LOWERS_MEDIA
    assert (folder.with_name("media.trash") / "Upd_X.txt").read_bytes() == b"exact"


def test_what_is_there_already_is_left_as_it_is(col):
    path = Path(col.media.dir(), media_store.store(col, "A.txt", b"x", replace=True))
    os.utime(path, (1e9, 1e9))
    assert media_store.store(col, "A.txt", b"x", replace=True) == path.name
    assert path.stat().st_mtime == 1e9


# --- what is no regular file ---

IS_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes of that kind")


def odd_files(folder):
    """Makes what is no regular file, by every kind there is."""
    os.mkfifo(folder / "pipe")
    (folder / "to_pipe").symlink_to(folder / "pipe")
    (folder / "to_device").symlink_to("/dev/zero")
    (folder / "to_terminal").symlink_to("/dev/tty")
    (folder / "folder").mkdir()
    (folder / "to_folder").symlink_to(folder / "folder")
    (folder / "to_nothing").symlink_to(folder / "nothing")


ODD = ["pipe", "to_pipe", "to_device", "to_terminal", "folder", "to_folder", "to_nothing"]


def within(seconds, work):
    """What work returns or raises, which must not take longer."""
    outcome = []

    def run():
        try:
            outcome.append(work())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert outcome, "it waits for ever"
    return outcome[0]


@IS_POSIX
@pytest.mark.parametrize(("name", "replace"), turns(ODD, lambda name: [True, False]))
def test_storing_waits_for_nothing_that_is_no_regular_file(col, name, replace):
    folder = Path(col.media.dir())
    odd_files(folder)
    stored = within(20, lambda: media_store.store(col, name, b"x", replace=replace))
    if isinstance(stored, Exception):
        assert "Is a directory" in str(stored)
    else:
        assert (folder / stored).read_bytes() == b"x"
        assert not (folder / stored).is_symlink()
    assert not (folder / "nothing").exists()


@IS_POSIX
@pytest.mark.parametrize("name", ODD)
def test_what_is_no_regular_file_is_not_found(col, name):
    odd_files(Path(col.media.dir()))
    assert media_store.find(col.media.dir(), name) is None


# --- disks that are full ---

STORE = """
import json, os, resource, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from anki.collection import Collection
from addon.collection import media_store
col = Collection({path!r})
folder = Path(col.media.dir())
media_store.store(col, "B.txt", b"warm", replace=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
outcomes = []
for limit, name, replace in {cases!r}:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        outcome = media_store.store(col, name, b"x" * 3_000_000, replace=replace)
    except Exception as error:
        outcome = f"{{type(error).__name__}} {{error}}"
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    files = {{path.name: path.read_bytes().decode() for path in folder.iterdir()}}
    outcomes.append([outcome, files, os.listdir(folder.parent)])
print(json.dumps(outcomes))
"""


@IS_POSIX
@pytest.mark.process
def test_where_there_is_no_room_nothing_is_left(collection):
    col = Collection(str(collection))
    (Path(col.media.dir()) / "a.txt").write_bytes(b"precious")
    before = {**{name: content.decode() for name, content in files(col).items()}, "b.txt": "warm"}
    col.close()
    cases = [*product([0, 1_000_000], ["a.txt", "A.txt", "New.txt"], [True, False])]
    script = STORE.format(root=str(Path(media_store.__file__).parents[2]), path=str(collection), cases=cases)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for case, (outcome, left, beside) in zip(cases, json.loads(done.stdout), strict=True):
        assert "rror" in outcome, case
        assert left == before, case
        assert not any(name.startswith(media_moves.PREFIX) for name in beside), case
