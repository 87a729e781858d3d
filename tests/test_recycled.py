"""Folders that tests use one after the other are as new."""

import os

import pytest
from recycled import Copies, EmptyFolders


@pytest.fixture
def copies(tmp_path):
    source, idle = tmp_path / "source", tmp_path / "idle"
    (source / "inner").mkdir(parents=True)
    (source / "a").write_text("first")
    (source / "inner" / "b").write_text("second")
    for path in (source / "a", source / "inner" / "b"):
        os.utime(path, (10**9, 10**9))
    idle.mkdir()
    return Copies(source, idle)


def content(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_text(), path.stat().st_mtime) for path in files}


def longer(copy):
    (copy / "a").write_text("first and more")


def shorter_of_the_same_time(copy):
    (copy / "a").write_text("f")
    os.utime(copy / "a", (10**9, 10**9))


def another(copy):
    (copy / "new").write_text("first")
    (copy / "new").replace(copy / "a")


def more(copy):
    (copy / "inner" / "c").mkdir()
    (copy / "inner" / "c" / "d").write_text("third")
    (copy / "link").symlink_to(copy.parent / "source", target_is_directory=True)


def linked(copy):
    (copy.parent / f"to {(copy / 'a').stat().st_ino}").hardlink_to(copy / "a")


def fewer(copy):
    (copy / "a").unlink()


def a_folder(copy):
    fewer(copy)
    (copy / "a").mkdir()


@pytest.mark.parametrize("change", [longer, shorter_of_the_same_time, another, more, linked, fewer, a_folder])
def test_a_copy_that_was_changed_is_again_as_the_first(copies, tmp_path, change):
    for turn in range(3):
        copies.take(tmp_path / "copy")
        assert content(tmp_path / "copy") == content(tmp_path / "source")
        assert sorted(os.listdir(tmp_path / "copy")) == ["a", "inner"]  # noqa: PTH208
        change(tmp_path / "copy")
        copies.give_back(tmp_path / "copy")
        if (tmp_path / "copy").exists():
            (tmp_path / "copy").rename(tmp_path / f"left {turn}")
    copies.take(tmp_path / "copy")
    assert (
        content(tmp_path / "copy")
        == content(tmp_path / "source")
        == {
            "a": ("first", 10**9),
            os.path.join("inner", "b"): ("second", 10**9),  # noqa: PTH118
        }
    )


def test_a_folder_that_is_used_again_is_empty(tmp_path):
    folders, path = EmptyFolders(), tmp_path / "folder"
    folders.take(path)
    inode = path.stat().st_ino
    (path / "inner").mkdir()
    (path / "inner" / "file").write_text("x")
    folders.give_back(path)
    folders.take(tmp_path / "next")
    assert not path.exists()
    assert (tmp_path / "next").stat().st_ino == inode
    assert [*(tmp_path / "next").iterdir()] == []
