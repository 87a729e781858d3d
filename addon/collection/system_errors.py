"""Errors of the system, raised by Python or reported by Anki: what they mean, by their numbers on each system."""

from __future__ import annotations

import errno
import os
import re
import sys

from anki.errors import BackendIOError

POSIX = {
    **dict.fromkeys((errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)), "full"),
    errno.EROFS: "read_only",
    **dict.fromkeys((errno.EACCES, errno.EPERM), "denied"),
    errno.EIO: "failing",
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), "busy"),  # of a file on a mounted disk of Windows
}
WINDOWS = {
    **dict.fromkeys((39, 112, 223, 1295), "full"),  # the disk twice, the largest file, the quota
    19: "read_only",
    5: "denied",
    **dict.fromkeys((21, 23, 29, 30, 31, 483, 1117, 1127, 1392, 1393), "failing"),
    **dict.fromkeys((32, 33), "busy"),
}
"""See https://learn.microsoft.com/windows/win32/debug/system-error-codes."""
ANKIS = WINDOWS if sys.platform == "win32" else POSIX
"""The numbers in Anki's errors are the system's own. In Python's, `errno` is a number of POSIX on every system."""
HELD = frozenset({"busy", "denied"} if sys.platform == "win32" else {"busy"})
"""What soon passes. Windows also denies access if an open file would be replaced, or is deleted already."""

_NUMBER = re.compile(r"\(os error (\d+)\)")
"""What Anki appends to the system's words."""


def reason_of(error: BaseException) -> str | None:
    """Return why the system failed: `full`, `read_only`, `denied`, `failing` or `busy`; None for other errors."""
    table, number, _ = _numbered(error)
    return table.get(number)


def words_of(error: BaseException) -> str:
    """Return the system's words for its error, without the path."""
    return _numbered(error)[2]


def is_held(error: BaseException) -> bool:
    """Whether another program may have the file open, so that the same call can succeed in a moment."""
    return reason_of(error) in HELD


def _numbered(error: BaseException) -> tuple[dict[int, str], int, str]:
    """Return the table for an error, its number there, and its words; 0 if it is no error of the system."""
    if isinstance(error, OSError):
        if (winerror := getattr(error, "winerror", None)) is not None:
            return WINDOWS, winerror, error.strerror or ""
        return POSIX, error.errno or 0, os.strerror(error.errno or 0)
    found = _NUMBER.search(str(error)) if isinstance(error, BackendIOError) else None
    if found is None:
        return POSIX, 0, ""
    number, words = int(found[1]), str(error)[: found.start()].rpartition(": ")[2].strip()
    return ANKIS, number, os.strerror(number) if ANKIS is POSIX else words
