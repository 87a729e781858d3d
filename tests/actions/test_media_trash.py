"""Anki's media trash: moving many files to it, listing it, restoring and emptying it, on a real folder."""

import hashlib
import os
import sys
from pathlib import Path

import pytest
import seed
from anki.collection import Collection


@pytest.fixture
def media(gateway):
    """A gateway with its media folder, its trash, and something to undo and to redo."""
    gateway.folder = Path(gateway.col.media.dir())
    gateway.trash = gateway.folder.with_name("media.trash")
    gateway.col.decks.rename(seed.ITALIAN, "Latin")
    gateway.col.set_config("undone", 1, undoable=True)
    gateway.col.undo()
    gateway.status = str(gateway.col.undo_status())
    yield gateway
    assert str(gateway.col.undo_status()) == gateway.status


def add(gateway, **files):
    for name, content in files.items():
        (gateway.folder / f"{name}.txt").write_text(content)
    return [f"{name}.txt" for name in files]


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def done(gateway, method, **params):
    return gateway.rpc(method, params)["result"]


@pytest.mark.parametrize("call", ["rpc", "legacy"])
def test_many_files_go_to_the_trash_and_come_back(media, call):
    files = add(media, a="1", b="2", c="3")
    params = {"filenames": ["b.txt", "nosuch.txt", "a.txt", "b.txt", "../collection.anki2", "", "."]}
    reply = media.rpc("deleteMediaFiles", params) if call == "rpc" else media.legacy("deleteMediaFiles", **params)
    assert reply["result"] == ["b.txt", "a.txt"]
    assert (names(media.folder), names(media.trash)) == (["_ciao.txt", "c.txt"], files[:2])
    assert Path(media.col.path).exists()
    listed = [{"filename": "a.txt", "size": 1}, {"filename": "b.txt", "size": 1}]
    assert media.legacy("listMediaTrash")["result"] == done(media, "listMediaTrash") == listed
    reply = media.rpc("restoreMediaTrash") if call == "rpc" else media.legacy("restoreMediaTrash")
    assert reply["result"] == ["a.txt", "b.txt"]
    assert (names(media.folder), names(media.trash)) == (["_ciao.txt", *files], [])


def test_unused_files_are_those_that_the_check_finds(gateway):
    gateway.folder = Path(gateway.col.media.dir())
    add(gateway, unused="x", used="y")
    note = {"id": seed.MELA, "fields": {"Meaning": '<img src="used.txt">'}}
    gateway.rpc("updateNote", {"note": note})
    unused = gateway.rpc("checkMedia")["result"]["unused"]
    assert done(gateway, "deleteMediaFiles", filenames=unused) == ["unused.txt"]
    assert gateway.rpc("checkMedia")["result"]["unused"] == []


def test_a_newer_file_replaces_the_one_of_its_name_in_the_trash(media):
    add(media, a="old", b="b")
    done(media, "deleteMediaFiles", filenames=["a.txt"])
    add(media, a="new")
    assert done(media, "deleteMediaFiles", filenames=["a.txt", "b.txt"]) == ["a.txt", "b.txt"]
    assert (media.trash / "a.txt").read_text() == "new"


def test_a_folder_in_the_trash_makes_room(media):
    add(media, a="x", b="y")
    (media.trash / "a.txt").mkdir(parents=True)
    assert done(media, "deleteMediaFiles", filenames=["a.txt", "b.txt"]) == ["a.txt", "b.txt"]
    assert names(media.trash) == ["a.txt", "a.txt (1)", "b.txt"]


def test_no_files_are_no_files(media):
    for filenames in ([], ["nosuch.txt"]):
        assert done(media, "deleteMediaFiles", filenames=filenames) == []
        assert done(media, "deleteMediaFiles", filenames=filenames, dryRun=True) == {"dryRun": True}
    assert done(media, "listMediaTrash") == done(media, "restoreMediaTrash") == done(media, "emptyMediaTrash") == []
    assert done(media, "emptyMediaTrash", dryRun=True) == {"dryRun": True}


def test_a_file_in_the_place_of_the_trash_is_a_problem(media):
    files = add(media, a="x")
    media.trash.write_bytes(b"kept")
    error = media.rpc("deleteMediaFiles", {"filenames": files})["error"]
    assert (error["data"]["kind"], error["data"]["field"]) == ("file_problem", "filenames")
    assert "media.trash" in error["message"]
    assert names(media.folder) == ["_ciao.txt", "a.txt"]
    assert done(media, "listMediaTrash") == []


def test_a_file_whose_name_is_taken_by_another_content_comes_back_under_another(media):
    (media.folder / "u1.png").write_bytes(b"old")
    add(media, same="same")
    done(media, "deleteMediaFiles", filenames=["u1.png", "same.txt"])
    (media.folder / "u1.png").write_bytes(b"new")
    add(media, same="same")
    other = f"u1-{hashlib.sha1(b'old').hexdigest()}.png"
    assert done(media, "restoreMediaTrash") == [other]
    assert (media.folder / other).read_bytes() == b"old"
    assert (media.folder / "u1.png").read_bytes() == b"new"
    assert names(media.trash) == []


@pytest.mark.parametrize("kind", ["folder", "link", "hard link", "pipe"])
def test_what_anki_must_not_open_is_refused_before_anything_comes_back(media, kind):
    add(media, a="x", b="y")
    media.trash.mkdir()
    (media.trash / "b.txt").write_text("other")
    if kind == "folder":
        (media.trash / "a.txt").mkdir()
    elif kind == "link":
        (media.trash / "a.txt").symlink_to(media.col.path)
    elif kind == "hard link":
        (media.trash / "a.txt").hardlink_to(media.col.path)
    elif sys.platform == "win32":
        pytest.skip("there are no pipes in folders")
    else:
        os.mkfifo(media.trash / "a.txt")
    assert media.rpc("restoreMediaTrash")["error"]["data"]["kind"] == "refused"
    assert names(media.trash) == ["a.txt", "b.txt"]
    assert done(media, "listMediaTrash")[-1] == {"filename": "b.txt", "size": 5}


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_only_files_come_back(media, kind):
    """Anki would move a folder into the media folder, where nothing finds its files; at a pipe its next check waits."""
    files = add(media, a="x")
    done(media, "deleteMediaFiles", filenames=files)
    if kind == "folder":
        (media.trash / "b").mkdir()
        (media.trash / "b" / "c.txt").write_text("kept")
    elif sys.platform == "win32":
        pytest.skip("there are no pipes in folders")
    else:
        os.mkfifo(media.trash / "b")
    error = media.rpc("restoreMediaTrash")["error"]
    assert (error["data"]["kind"], error["message"].endswith(": b")) == ("refused", True)
    assert (names(media.trash), names(media.folder)) == (["a.txt", "b"], ["_ciao.txt"])


def test_a_link_that_went_comes_back(media):
    if sys.platform == "win32":
        pytest.skip("links need rights on Windows")
    (media.folder / "link.txt").symlink_to(media.folder / "_ciao.txt")
    media.col.media.trash_files(["link.txt"])
    assert done(media, "restoreMediaTrash") == ["link.txt"]
    assert (media.folder / "link.txt").is_symlink()


@pytest.mark.parametrize("call", ["rpc", "legacy"])
def test_the_trash_is_emptied_for_good(media, call):
    files = add(media, a="1", b="2")
    done(media, "deleteMediaFiles", filenames=files)
    would = {"dryRun": True, "files": {"count": 2, "names": files}}
    assert done(media, "emptyMediaTrash", dryRun=True) == would
    assert names(media.trash) == files
    reply = media.rpc("emptyMediaTrash") if call == "rpc" else media.legacy("emptyMediaTrash")
    assert reply["result"] == files
    assert (names(media.trash), names(media.folder)) == ([], ["_ciao.txt"])


def test_a_folder_in_the_trash_keeps_all_of_it(media):
    files = add(media, a="1")
    done(media, "deleteMediaFiles", filenames=files)
    (media.trash / "z").mkdir()
    for dry_run in (True, False):
        assert media.rpc("emptyMediaTrash", {"dryRun": dry_run})["error"]["data"]["kind"] == "refused"
    assert names(media.trash) == ["a.txt", "z"]


def test_thousands_of_files_go_in_one_call(media):
    (first,) = add(media, file="x")
    links = [f"file{number}.txt" for number in range(2_499)]
    for name in links:  # which are faster to make than files
        (media.folder / name).hardlink_to(media.folder / first)
    files = sorted([first, *links])
    assert done(media, "deleteMediaFiles", filenames=[*files, files[0]]) == files
    assert names(media.folder) == ["_ciao.txt"]
    assert done(media, "restoreMediaTrash") == files


def test_collections_in_one_folder_share_the_trash(media):
    other = Collection(str(Path(media.col.path).with_name("other.anki2")))
    other.media.write_data("theirs.txt", b"x")
    other.media.trash_files(["theirs.txt"])
    other.close()
    assert done(media, "listMediaTrash") == [{"filename": "theirs.txt", "size": 1}]
    assert done(media, "restoreMediaTrash") == ["theirs.txt"]
    assert "theirs.txt" in names(media.folder)
