"""Opening files of other programs: a pipe or a device could keep a thread for ever."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

NOT_REGULAR = "Not a regular file"


def open_regular(path: str, *, follow_links: bool = True) -> BufferedReader:
    """Open a regular file for reading. Raises OSError for anything else, and ValueError for a NUL in the name."""

    def open_at_once(path: str, flags: int) -> int:
        _check(path, Path(path).stat(follow_symlinks=follow_links))  # a device may act when it is opened
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
