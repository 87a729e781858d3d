"""Opening regular files only. A pipe or a device could block a thread forever, and Anki's databases would lose their
locks.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

NOT_REGULAR = "Not a regular file"
IN_USE = "In use by Anki"

# Of the Windows API: https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-createfilew
GENERIC_READ, OPEN_EXISTING, NORMAL = 0x80000000, 3, 0x80
SHARE_ALL = 1 | 2 | 4
"""Others may read, write, and rename or delete the file while it is open."""
IN_USE_BY_ANOTHER = (32, 33)

Identity = tuple[int, int]


def databases_of(media_folder: str | os.PathLike[str] | None) -> set[Identity]:
    """Return Anki's own databases, given the media folder of the open collection; None if none is open.

    Do not open any of them again, under any name: when a process closes a file, the system drops all locks that the
    process has on it (POSIX, `fcntl`). Then another program could open the collection beside Anki.
    """
    if media_folder is None:
        return set()
    folder = Path(media_folder)
    name = folder.name.casefold().removesuffix(".media")
    beginnings = (f"{name}.anki2", f"{name}.media.db")
    names = os.listdir(folder.parent) if folder.parent.exists() else ()  # noqa: PTH208  (Path is slower)
    beside = [folder.with_name(found) for found in names if found.casefold().startswith(beginnings)]
    return identities_of([*beside, *folder.parent.parent.glob("prefs21.db*")])


def identities_of(paths: Iterable[str | os.PathLike[str]]) -> set[Identity]:
    """Return the identities (device and inode) of the files at these paths. A link has the identity of its target."""
    found = set()
    for path in paths:
        with suppress(OSError):  # no such file
            found.add(identity_of(os.stat(path)))  # noqa: PTH116  (Path is slower)
    return found


def identity_of(status: os.stat_result) -> Identity:
    """Return the identity of a file, given its status."""
    return status.st_dev, status.st_ino


def is_one_of(path: str | os.PathLike[str], files: set[Identity]) -> bool:
    """Whether a file is one of these files, under any name; False if it does not exist."""
    return not files.isdisjoint(identities_of([path]))


def open_regular(path: str, databases: set[Identity], *, follow_links: bool = True) -> BufferedReader:
    """Open a regular file for reading, unless it is one of Anki's `databases` (see `databases_of`).

    Raises OSError if it is no regular file, is a database, or cannot be opened; ValueError for a NUL in the name.
    """

    def open_at_once(path: str, flags: int) -> int:
        _check(path, Path(path).stat(follow_symlinks=follow_links))  # before opening: that alone can trigger a device
        if is_one_of(path, databases):
            raise OSError(errno.EBUSY, IN_USE, path)
        flags |= getattr(os, "O_NONBLOCK", 0) | (0 if follow_links else getattr(os, "O_NOFOLLOW", 0))
        return _open_sharing(path, flags)

    file = open(path, "rb", opener=open_at_once)  # noqa: SIM115  (the caller closes it)
    try:
        _check(path, os.fstat(file.fileno()))
    except BaseException:
        file.close()
        raise
    return file


def _open_sharing(path: str, flags: int) -> int:
    """Open a file so that it can be renamed and deleted meanwhile: on Windows Python's own `open` does not allow it.

    If that fails, Python's own `open` has to do, or reports why the file cannot be opened.
    """
    if sys.platform != "win32":
        return os.open(path, flags)
    try:
        import _winapi  # noqa: PLC0415
        import msvcrt  # noqa: PLC0415

        handle = _winapi.CreateFile(path, GENERIC_READ, SHARE_ALL, 0, OPEN_EXISTING, NORMAL, 0)
        try:
            return msvcrt.open_osfhandle(handle, flags)
        except BaseException:
            _winapi.CloseHandle(handle)
            raise
    except Exception as error:
        if isinstance(error, OSError) and error.winerror in IN_USE_BY_ANOTHER:  # a number that `open` would not report
            error.filename = path
            raise
        return os.open(path, flags)


def _check(path: str, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, NOT_REGULAR, path)
