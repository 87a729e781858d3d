"""Collections that are old, new, damaged or none: each is named at the start, in plain words."""

import contextlib
import os
import shutil
import sqlite3
import sys
from pathlib import PurePosixPath, PureWindowsPath

import packages
import pytest
import seed
from packages import LATEST, LEGACY_2

from addon.config import Config
from addon.headless.host import HeadlessHost
from addon.headless.opening import CannotOpen, open_collection
from addon.text.sqlite_uri import sqlite_uri


def note(col):
    new = col.new_note(col.models.by_name("Basic"))
    new.fields = ["a", "b"]
    col.add_note(new, 1)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """A collection of the old schema, and one of today's."""
    folder = tmp_path_factory.mktemp("sources")
    return {v: packages.collection(folder / str(v) / "collection.anki2", note, version=v) for v in (LEGACY_2, LATEST)}


@pytest.fixture
def copy(sources, tmp_path):
    def make(version=LATEST):
        (tmp_path / "User 1").mkdir(exist_ok=True)
        return shutil.copy(sources[version], tmp_path / "User 1" / "collection.anki2")

    return make


def old(path):
    """Put a collection back to the first scheduler, as Anki 2.0 left it."""
    packages.change_json(path, "conf", lambda conf: conf.update(schedVer=1, sched2021=False))
    packages.change(path, "update cards set type = 1, queue = 1, left = 1001, due = 1600000000")
    return path


def spoil(path, start, end, content=b"\xff"):
    data = bytearray(path.read_bytes())
    data[start:end] = content * (min(end, len(data)) - start)
    path.write_bytes(data)


SPOILT = {
    "too new": (lambda path: packages.change(path, "update col set ver = 99"), "newer version of Anki"),
    "too old": (lambda path: packages.change(path, "update col set ver = 3"), "that is too old"),
    "without a version": (lambda path: packages.change(path, "delete from col"), "is damaged"),
    "without cards": (lambda path: packages.change(path, "drop table cards"), "is damaged: it has no table cards"),
    "without notes": (lambda path: packages.change(path, "drop table notes"), "is damaged: it has no table notes"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "is damaged"),
    "of zeros": (lambda path: spoil(path, 4096, 4096 * 6, b"\0"), "is damaged"),
    "overwritten in its middle": (lambda path: spoil(path, 4096 * 3, 4096 * 9), "is damaged"),
    "no collection": (
        lambda path: packages.change(path, "drop table notes", "drop table cards"),
        "not a collection of Anki",
    ),
    "no database": (lambda path: path.write_bytes(b"a text"), "not a collection of Anki"),
    "empty": (lambda path: path.write_bytes(b""), "not a collection of Anki"),
}


def problem_of(path):
    """The reason for which a collection is not opened."""
    host = HeadlessHost(path, Config.load({}, {}))
    try:
        with pytest.raises(CannotOpen) as caught:
            host.open()
    finally:
        host.lane.stop()
    return str(caught.value)


@pytest.mark.parametrize("version", [LEGACY_2, LATEST])
@pytest.mark.parametrize("kind", SPOILT)
def test_a_collection_that_cannot_be_opened_is_named_in_plain_words(copy, version, kind):
    path = copy(version)
    change, words = SPOILT[kind]
    change(path)
    problem = problem_of(path)
    assert words in problem
    assert problem.startswith(f"{path} ")


def test_the_words_are_all_that_is_printed(copy, serve):
    path = copy()
    change, words = SPOILT["without cards"]
    change(path)
    process = serve("--collection", path)
    assert process.end() == 1
    assert process.err.startswith(f"anki-rpc: {path} {words}")
    assert process.err.count("\n") == 1


def test_a_json_of_an_unknown_scheduler_is_too_new(copy):
    path = packages.change_json(copy(LEGACY_2), "conf", lambda conf: conf.update(schedVer=9))
    assert "newer version of Anki" in problem_of(path)


def failing(gateway):
    """The kind of error of each call that needs the scheduler; None if it succeeds."""
    kinds = {}
    (card,) = gateway.rpc("findCards", {"query": ""})
    for method, params in (
        ("suspend", {"cards": [card]}),
        ("changeDeck", {"cards": [card], "deck": "Other"}),
        ("collectionStatistics", {}),
        ("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "", "limit": 5}], "allowEmpty": True}),
        ("importPackage", {"path": "none.apkg"}),
    ):
        answer = gateway.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        kinds[method] = answer["error"]["data"]["kind"] if "error" in answer else None
    return kinds


def test_a_collection_of_the_first_scheduler_is_announced_and_its_calls_say_why(copy, serve):
    process = serve("--collection", old(copy(LEGACY_2))).ready()
    assert "--upgrade-scheduler" in process.out
    assert "uses a scheduler that Anki no longer supports" in process.err
    assert set(failing(process.connect()).values()) == {"scheduler_outdated"}
    process.stop()


@pytest.mark.parametrize("by", ["option", "environment"])
def test_it_is_upgraded_after_a_backup_where_that_is_asked_for(copy, serve, by):
    path = old(copy(LEGACY_2))
    options = ["--upgrade-scheduler"] if by == "option" else []
    environment = {} if by == "option" else {"ANKI_RPC_UPGRADE_SCHEDULER": "1"}
    process = serve("--collection", path, *options, environment=environment).ready()
    assert "scheduler" not in process.out + process.err
    kinds = failing(process.connect())
    assert kinds.pop("importPackage") == "file_problem"
    assert kinds == dict.fromkeys(kinds)
    process.stop()
    (backup,) = (path.parent / "backups").iterdir()
    assert backup.suffix == ".colpkg"
    again = HeadlessHost(path, Config.load({}, {}))
    again.open(upgrade_scheduler=True)
    again.close()
    again.lane.stop()
    assert [backup] == list((path.parent / "backups").iterdir()), "there was nothing to upgrade any more"


def test_a_collection_of_today_is_not_touched_by_the_option(collection, serve):
    process = serve("--collection", collection, "--upgrade-scheduler").ready()
    assert "scheduler" not in process.out + process.err
    assert len(process.connect().rpc("findNotes", {"query": ""})) == len([seed.MELA, seed.UVA])
    process.stop()
    assert not (collection.parent / "backups").exists()


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/ada/50% of?#1/ü.anki2"), "file:///home/ada/50%25%20of%3F%231/%C3%BC.anki2"),
        (PureWindowsPath(r"C:\Users\Ada\a b.anki2"), "file:///C:/Users/Ada/a%20b.anki2"),
        (PureWindowsPath(r"\\server\share\User 1\collection.anki2"), "file:////server/share/User%201/collection.anki2"),
        (PureWindowsPath(r"\\?\C:\Ada\a.anki2"), "file:////%3F/C:/Ada/a.anki2"),
    ],
    ids=["posix", "drive", "network drive", "long path"],
)
def test_sqlite_is_given_a_uri_without_a_host(path, uri):
    assert sqlite_uri(path) == uri


@pytest.mark.skipif(sys.platform == "win32", reason="two slashes are one elsewhere only")
def test_sqlite_accepts_the_uri_of_a_network_drive(tmp_path):
    r"""A path of the form `\\server\share`, whose two slashes are one on this system."""
    file = tmp_path / "50% of?#1" / "ü.db"
    file.parent.mkdir()
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("create table there (a)")
    uri = sqlite_uri(PurePosixPath(f"/{file}"))
    assert uri.startswith("file:////")
    with contextlib.closing(sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True)) as db:
        assert db.execute("select name from sqlite_master").fetchall() == [("there",)]


@pytest.mark.skipif(sys.platform == "win32", reason="such a path is too long for the system, too")
def test_a_file_that_sqlite_cannot_read_is_not_called_something_else(tmp_path):
    """SQLite opens no path of more than 512 bytes."""
    path = tmp_path.joinpath(*["x" * 200] * 3, "collection.anki2")
    path.parent.mkdir(parents=True)
    path.touch()
    with pytest.raises(CannotOpen, match=r"collection\.anki2 cannot be opened: unable to open database file"):
        open_collection(path, is_new=False)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names there are Unicode")
@pytest.mark.parametrize("is_new", [False, True])
def test_a_path_that_is_not_utf8_is_not_called_damaged(copy, tmp_path, is_new):
    folder = tmp_path / os.fsdecode(b"f\xff")
    folder.mkdir()
    path = folder / "collection.anki2"
    if not is_new:
        copy().rename(path)
    words = " cannot be opened: its name is not UTF-8, and Anki opens no other. Rename the file or folder."
    assert problem_of(path) == f"{path}{words}"
