"""The lock that keeps other processes from opening the collection's file."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..rpc.errors import Refused

logger = logging.getLogger("anki_rpc")

_FIRST_BYTE = 2**30
_BYTES = 512
"""The bytes that SQLite locks: https://www.sqlite.org/src/file/src/os.h, PENDING_BYTE to SHARED_FIRST + SHARED_SIZE."""

_open: dict[str, int] = {}
"""A descriptor of each collection file that was locked anew. Closing it would drop the lock again."""


@contextmanager
def locked_again(path: str) -> Iterator[None]:
    """Take SQLite's lock on an open collection again after a block in which this process opens and closes its file.

    On POSIX systems that drops all locks of the process on the file (fcntl(2)), and another program could open the
    collection. SQLite does not notice. Its lock ends with the collection, as before.

    Raises Refused, before the block, if the system has no descriptor for it; afterwards it raises nothing of its own.
    """
    if sys.platform == "win32":  # a process loses no lock there
        yield
        return
    try:
        descriptor = _descriptor(path)
    except OSError as error:
        raise Refused(f"The file of the collection cannot be opened again: {error.strerror}") from error
    try:
        yield
    finally:
        _lock(descriptor, path)


@contextmanager
def closed_everywhere(path: Path) -> Iterator[None]:
    """Keep all other programs from opening a collection's file in a block. Raises Refused if one has it open.

    This process must neither have the file open nor open it meanwhile: see `locked_again`. On Windows the file is only
    checked, as no folder with an open file can be renamed there.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield
        return
    except OSError as error:
        raise Refused(f"The collection of the profile cannot be read: {error.strerror}") from None
    with file:
        if not _lock_shared(file.fileno()):
            raise Refused("The profile is open in another program (Anki, most likely). Close it there.")
        if sys.platform != "win32":
            yield
            return
    yield


def _lock_shared(descriptor: int) -> bool:
    """Lock the bytes that SQLite locks, as a reader does. Returns whether no other program has them locked."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        os.lseek(descriptor, _FIRST_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, _BYTES)
        except OSError:
            return False
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, _BYTES)
        return True
    import fcntl  # noqa: PLC0415 - POSIX only

    try:
        fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB, _BYTES, _FIRST_BYTE)
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EAGAIN}  # others: this file system has no locks
    return True


def _descriptor(path: str) -> int:
    descriptor = _open.get(path)
    if descriptor is not None and not os.path.samestat(os.fstat(descriptor), Path(path).stat()):
        os.close(_open.pop(path))  # another file is in its place
        descriptor = None
    if descriptor is None:
        descriptor = _open[path] = os.open(path, os.O_RDWR)
    return descriptor


def _lock(descriptor: int, path: str) -> None:
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - POSIX only

    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _BYTES, _FIRST_BYTE)
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EAGAIN}:
            logger.critical("Another program has opened the collection %s at the same time. Close it there.", path)
        else:
            text = "The collection %s could not be locked again, so other programs can open it. Do not do that: %s"
            logger.critical(text, path, error)
