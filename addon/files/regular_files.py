"""Opening files of other programs: a pipe or a device could keep a thread for ever, and Anki's own lose their lock."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

NOT_REGULAR = "Not a regular file"
IN_USE = "In use by Anki"

Identity = tuple[int, int]


def databases_of(media_folder: str | os.PathLike[str] | None) -> set[Identity]:
    """Anki's own databases, while the collection with this media folder is open.

    None of them may be opened once more, by whatever name: when a process closes a file, the system drops all locks
    that the process has on it (POSIX, `fcntl`), and another program could open the collection beside Anki.
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
    """What tells the files at these paths from all others: a link is the file that it leads to, a hard link too."""
    found = set()
    for path in paths:
        with suppress(OSError):  # there is none
            status = Path(path).stat()
            found.add((status.st_dev, status.st_ino))
    return found


def is_one_of(path: str | os.PathLike[str], files: set[Identity]) -> bool:
    """Whether a file is one of others, by whatever name; False if there is none."""
    return not files.isdisjoint(identities_of([path]))


def open_regular(path: str, databases: set[Identity], *, follow_links: bool = True) -> BufferedReader:
    """Open a regular file for reading that is none of Anki's `databases` (`databases_of`).

    Raises OSError for anything else, and ValueError for a NUL in the name.
    """

    def open_at_once(path: str, flags: int) -> int:
        _check(path, Path(path).stat(follow_symlinks=follow_links))  # a device may act when it is opened
        if is_one_of(path, databases):
            raise OSError(errno.EBUSY, IN_USE, path)
        flags |= getattr(os, "O_NONBLOCK", 0) | (0 if follow_links else getattr(os, "O_NOFOLLOW", 0))
        return os.open(path, flags)

    file = open(path, "rb", opener=open_at_once)  # noqa: SIM115  (it is handed on)
    try:
        _check(path, os.fstat(file.fileno()))
    except BaseException:
        file.close()
        raise
    return file


def _check(path: str, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, NOT_REGULAR, path)
