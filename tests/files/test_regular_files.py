"""Opening files on Windows, by stand-ins for the system's calls."""

import os
import sys
from types import SimpleNamespace

import pytest

from addon.files.regular_files import open_regular


@pytest.fixture
def path(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"content")
    return str(tmp_path / "a.txt")


@pytest.fixture
def windows(monkeypatch):
    """Has Python find Windows' calls, and returns them; they open files as Linux does."""
    calls = SimpleNamespace(opened=[], fails=None)

    def create_file(path, *arguments):
        if calls.fails is not None:
            raise calls.fails
        calls.opened.append(arguments)
        return os.open(path, os.O_RDONLY)

    api = SimpleNamespace(CreateFile=create_file, CloseHandle=os.close)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "_winapi", api)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(open_osfhandle=lambda handle, flags: handle))
    return calls


def test_a_file_is_opened_so_that_others_may_rename_and_delete_it(windows, path):
    with open_regular(path, set()) as file:
        assert file.read() == b"content"
    ((access, share, _, disposition, _, _),) = windows.opened
    assert (access, share, disposition) == (0x80000000, 1 | 2 | 4, 3)


@pytest.mark.parametrize("error", [OSError(22, "Invalid argument"), TypeError("seven arguments"), AttributeError("x")])
def test_where_that_call_fails_pythons_own_open_does(windows, path, error):
    error.winerror = 87
    windows.fails = error
    with open_regular(path, set()) as file:
        assert file.read() == b"content"


def test_without_that_call_pythons_own_open_does(windows, path, monkeypatch):
    monkeypatch.setitem(sys.modules, "_winapi", None)
    with open_regular(path, set()) as file:
        assert file.read() == b"content"


def test_a_file_that_another_program_has_open_for_itself_is_reported(windows, path):
    windows.fails = PermissionError(13, "The process cannot access the file")
    windows.fails.winerror = 32
    with pytest.raises(PermissionError) as caught:
        open_regular(path, set())
    assert (caught.value.winerror, caught.value.filename) == (32, path)
