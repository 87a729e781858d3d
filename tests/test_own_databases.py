"""Anki's databases under other names: no way of reading one takes away Anki's lock on it."""

import contextlib
import itertools
import os
from pathlib import Path

import pytest
import seed
from local_gateway import LocalGateway

from addon.files.regular_files import databases_of, is_one_of, open_regular

pytestmark = pytest.mark.skipif(not Path("/proc/self/fdinfo").exists(), reason="only Linux shows its locks")

DATABASES = ["collection.anki2", "collection.anki2-wal"]
_numbers = itertools.count()


@pytest.fixture(scope="module")
def gateway(example_collection, tmp_path_factory):
    opened = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("own")))
    yield opened
    opened.close()


def locks(gateway):
    """The locks that this process has on the collection.

    `/proc/locks` is read in several parts, and lacks a lock if others change meanwhile.
    """
    database = os.stat(gateway.col.path)  # noqa: PTH116
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            if os.path.samestat(descriptor.stat(), database):
                lines = Path("/proc/self/fdinfo", descriptor.name).read_text().splitlines()
                found += [line.split()[2:] for line in lines if line.startswith("lock:")]
    return sorted(found)


@pytest.fixture(params=DATABASES)
def linked(request, gateway):
    """Makes another name of a database in a folder."""
    made = []

    def link(folder, name, *, symbolic=False):
        path = Path(folder, f"{next(_numbers)}{name}")
        target = Path(gateway.col.path).with_name(request.param)
        path.symlink_to(target) if symbolic else path.hardlink_to(target)
        made.append(path)
        return path

    yield link
    for path in made:
        path.unlink(missing_ok=True)


def media(gateway):
    return gateway.col.media.dir()


def note(**item):
    item = {"filename": "own.png", "fields": ["Word"], **item}
    return {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera"}, "picture": [item]}


BY_PATH = {
    "storeMediaFile": ("x.bin", lambda path: {"filename": "own.bin", "path": path}),
    "addNote": ("x.png", lambda path: {"note": note(path=path)}),
    "updateNoteFields": (
        "x.png",
        lambda path: {"note": {"id": seed.MELA, "fields": {}, "audio": note(path=path)["picture"]}},
    ),
    "importPackage": ("x.apkg", lambda path: {"path": path}),
    "exportPackage": ("x.apkg", lambda path: {"deck": "Italian", "path": path}),
    "guiImportFile": ("x.apkg", lambda path: {"path": path}),
}


@pytest.mark.parametrize("symbolic", [False, True])
@pytest.mark.parametrize("method", BY_PATH)
def test_a_path_to_a_database_is_refused_before_it_is_opened(gateway, linked, tmp_path, method, symbolic):
    name, params = BY_PATH[method]
    outside, inside = (linked(folder, name, symbolic=symbolic) for folder in (tmp_path, media(gateway)))
    before = locks(gateway)
    assert before
    for given in (str(outside), str(inside), inside.name):
        error = gateway.rpc(method, params(given))["error"]
        assert (error["data"]["kind"], error["message"]) == ("file_problem", f"In use by Anki: {given!r}")
        assert locks(gateway) == before


def call(method, **params):
    return lambda gateway, name: gateway.rpc(
        method, {key: name if value == "NAME" else value for key, value in params.items()}
    )


def send(method, **headers):
    return lambda gateway, name: gateway.send(b"x", method=method, path=f"/media/{name}", **headers)


BY_NAME = {
    "GET": send("GET"),
    "HEAD": send("HEAD"),
    "part": send("GET", Range="bytes=0-3"),
    "PUT": send("PUT"),
    "PUT over it": send("PUT", If_Match='"x"'),
    "PUT beside it": send("PUT", If_None_Match="*"),
    "DELETE": send("DELETE"),
    "DELETE if": send("DELETE", If_Match='"x"'),
    "retrieveMediaFile": call("retrieveMediaFile", filename="NAME"),
    "retrieveMediaFile in a folder": lambda gateway, name: gateway.rpc("retrieveMediaFile", [f"folder/{name}"]),
    "storeMediaFile": call("storeMediaFile", filename="NAME", data="eA=="),
    "storeMediaFile beside it": call("storeMediaFile", filename="NAME", data="eA==", deleteExisting=False),
    "deleteMediaFile": call("deleteMediaFile", filename="NAME"),
    "deleteMediaFiles": call("deleteMediaFiles", filenames=["NAME"]),
    "deleteMediaFile, dry": call("deleteMediaFile", filename="NAME", dryRun=True),
    "getMediaFilesNames": call("getMediaFilesNames", pattern="NAME"),
    "addNote": lambda gateway, name: gateway.rpc("addNote", {"note": note(filename=name, data="eA==")}),
    "addNote over it": lambda gateway, name: gateway.rpc(
        "addNote", {"note": note(filename=name, data="eA==", deleteExisting=True)}
    ),
    "canAddNote": lambda gateway, name: gateway.rpc("canAddNote", {"note": note(filename=name, data="eA==")}),
    "checkMedia": call("checkMedia"),
    "sync": call("sync"),
    "importPackage": lambda gateway, name: gateway.rpc("importPackage", {"path": "none.apkg"}),
    "exportPackage": lambda gateway, name: gateway.rpc(
        "exportPackage", {"deck": "Default", "path": f"{gateway.col.path}.apkg"}
    ),
}


@pytest.mark.parametrize("symbolic", [False, True])
@pytest.mark.parametrize("way", BY_NAME)
def test_a_database_in_the_media_folder_is_no_file_of_it(gateway, linked, way, symbolic):
    name, before = linked(media(gateway), "x.png", symbolic=symbolic).name, locks(gateway)
    content = Path(gateway.col.path).stat().st_size
    assert before
    answer = BY_NAME[way](gateway, name)
    assert locks(gateway) == before
    assert Path(gateway.col.path).stat().st_size == content
    if way in ("GET", "HEAD", "part", "DELETE", "DELETE if"):
        assert answer.status_code == 404
    elif way.startswith("PUT"):
        assert answer.status_code == 409
    elif way.startswith("retrieve"):
        assert "In use by Anki" in answer["error"]["message"]
        assert media(gateway) not in answer["error"]["message"]
    elif way in ("checkMedia", "sync", "importPackage", "exportPackage"):
        text = f"A file in the media folder is a link to one of Anki's databases. Remove it: {name}"
        assert (answer["error"]["data"]["kind"], answer["error"]["message"]) == ("refused", text)


@pytest.mark.parametrize("collection", ["collection", "My Collection.2"])
def test_all_databases_are_known_and_nothing_else(tmp_path, collection):
    profile, link = tmp_path / "User 1", tmp_path / "link"
    profile.mkdir()
    endings = (".anki2", ".ANKI2", ".anki2-wal", ".anki2-shm", ".media.db2", ".media.db2-wal")
    others = ["other.anki2", f"{collection}2.anki2", f"{collection}.log", "prefs21.db", "../other.db"]
    for name in (*(f"{collection}{ending}" for ending in endings), "../prefs21.db", *others):
        (profile / name).write_bytes(b"x")
        link.hardlink_to(profile / name)
        databases = databases_of(profile / f"{collection}.media")
        assert is_one_of(link, databases) is (name not in others)
        if name not in others:
            with pytest.raises(OSError, match="In use by Anki"):
                open_regular(str(link), databases)
        link.unlink()
        assert not is_one_of(link, databases)
    assert databases_of(None) == set()
