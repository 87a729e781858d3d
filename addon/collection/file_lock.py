"""The lock that keeps other processes from opening the collection's file."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

logger = logging.getLogger("anki_rpc")

_FIRST_BYTE = 2**30
_BYTES = 512
"""The bytes that SQLite locks: https://www.sqlite.org/src/file/src/os.h, PENDING_BYTE to SHARED_FIRST + SHARED_SIZE."""

_open: dict[str, int] = {}
"""A descriptor of each collection file that was locked anew. Closing it would drop the lock again."""


def lock_again(path: str) -> None:
    """Take SQLite's lock on an open collection again, after something in this process has opened and closed its file.

    On POSIX systems that drops all locks of the process on the file (fcntl(2)), and another program could open the
    collection. SQLite does not notice. Its lock ends with the collection, as before.
    """
    if sys.platform == "win32":  # a process loses no lock there
        return
    import fcntl  # noqa: PLC0415 - POSIX only

    descriptor = _open.get(path)
    if descriptor is not None and not os.path.samestat(os.fstat(descriptor), Path(path).stat()):
        os.close(_open.pop(path))  # another file is in its place
        descriptor = None
    if descriptor is None:
        descriptor = _open[path] = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _BYTES, _FIRST_BYTE)
    except OSError:
        logger.critical("Another program has opened the collection %s at the same time. Close it there.", path)
