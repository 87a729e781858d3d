"""Folders that are used again, and not removed and made anew for each test.

To make a file or a folder can take a millisecond of the processor where thousands are removed meanwhile: ext4 without a
journal passes by the place of each that was removed within the last half a minute.
"""

import os
import shutil
from contextlib import suppress
from typing import NamedTuple


class EmptyFolders:
    def __init__(self):
        self._idle = []

    def take(self, path):
        """Make an empty folder where nothing is."""
        if self._idle:
            self._idle.pop().rename(path)
        else:
            path.mkdir(mode=0o700)

    def give_back(self, path):
        """Keep the folder for the next one, unless something in it cannot be removed."""
        with suppress(OSError):
            remove_others(path, ())
            path.chmod(0o700)
            self._idle.append(path)


class _Entry(NamedTuple):
    name: str
    state: os.stat_result
    content: list | bytes
    """The entries of a folder, or the bytes of a file."""


class Copies:
    """Copies of a folder. One that is given back becomes as it was, and is the next one."""

    def __init__(self, source, idle):
        """`idle`: a folder on the same disk, for copies that nobody uses."""
        self._source, self._entries, self._idle_folder, self._idle = source, _entries(source), idle, []
        self._count = 0
        self._known = {}

    def take(self, target):
        """Make a copy where nothing is."""
        if self._idle:
            self._idle.pop().rename(target)
        else:
            shutil.copytree(self._source, target)

    def give_back(self, copy):
        """Keep the copy for the next one, unless it cannot become as it was."""
        with suppress(OSError):
            self._restore(copy, self._entries)
            self._count += 1
            self._idle.append(copy.rename(self._idle_folder / str(self._count)))

    def _restore(self, folder, entries):
        remove_others(folder, {entry.name for entry in entries})
        for entry in entries:
            path = os.path.join(folder, entry.name)  # noqa: PTH118  (a tenth of the time)
            found = os.lstat(path)
            is_folder = isinstance(entry.content, list)
            if found.st_mode != entry.state.st_mode or (found.st_nlink > 1 and not is_folder):
                raise OSError("it is another one")
            if is_folder:
                self._restore(path, entry.content)
            elif self._known.get(found.st_ino) != _version(found):
                with open(path, "r+b", buffering=0) as file:  # noqa: PTH123
                    file.write(entry.content)
                    file.truncate()
                os.utime(path, ns=(entry.state.st_atime_ns, entry.state.st_mtime_ns))
                self._known[found.st_ino] = _version(os.lstat(path))


def _entries(folder):
    return [
        _Entry(path.name, path.stat(), _entries(path) if path.is_dir() else path.read_bytes())
        for path in folder.iterdir()
    ]


def _version(state):
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns


def remove_others(folder, names):
    """Remove all other entries of the folder."""
    with os.scandir(folder) as found:
        others = [entry for entry in found if entry.name not in names]
    for entry in others:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)  # noqa: PTH108
