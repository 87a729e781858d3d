"""Moves files into the media folder, and from there to Anki's media trash, past other programs that have them open.

On Windows an open file can be replaced by nobody; it can be renamed or deleted if all who have it open allow it, as we
do. So a file that is replaced is on its way to the trash in a folder of its own beside the media folder. What a killed
process has left there is settled later: the file goes back if its name is free, and else to the trash.
"""

from __future__ import annotations

import errno
import math
import os
import secrets
import shutil
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from anki.errors import AnkiException, BackendIOError

from ..files.regular_files import Identity, databases_of, identity_of
from .system_errors import is_held

if TYPE_CHECKING:
    from anki.collection import Collection

T = TypeVar("T")

PREFIX = "anki-rpc-upload-"
"""Prefix of temporary files, before they are moved into the folder, or deleted."""
REPLACED = "anki-rpc-replaced-"
"""Prefix of folders that contain one file each, which is on its way from the media folder to the trash."""
LEFT_BEHIND_S = 24 * 60 * 60
"""Seconds after which a temporary file counts as left behind by a process that was killed, and is deleted."""
PATIENCE_S = 2.0
"""Seconds to wait for other programs, such as virus scanners, to close a file."""
_PAUSE_S = 0.02
_SETTLED_FOR_S = 60.0
"""Seconds between two searches for files that were left behind."""
_settled: dict[Path, float] = {}
_moving = threading.Lock()
"""Held while a file is moved, so that only those of other processes count as left behind."""
_exchanging = threading.Lock()
"""Held while the name of a file that is replaced is free for a moment."""


def is_file(folder: str, name: str, databases: set[Identity] | None = None) -> bool:
    """Whether it is a regular file, and no link to a database of Anki: Anki opens files that it moves to the trash.

    `databases`: those of the folder, if they are known already.
    """
    try:
        status = os.stat(f"{folder}/{name}")  # noqa: PTH116  (Path is slower)
    except (OSError, ValueError):  # there is none, or the name is too long
        return False
    if not stat.S_ISREG(status.st_mode):
        return False
    return identity_of(status) not in (databases_of(folder) if databases is None else databases)


def patiently(work: Callable[[], T]) -> T:
    """Return what `work` returns. It is repeated for a while if another program has its file open."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return work()
        except (OSError, AnkiException) as error:
            if not is_held(error) or time.monotonic() >= deadline:
                raise
        time.sleep(_PAUSE_S)


def move(file: Path, target: Path, current: Path | None) -> None:
    """Move a file into the media folder. The file `current` that it replaces goes to Anki's media trash.

    That is one step, unless `current` is open, is read-only or has another name, or the disk has no hard links: then
    its name is free for a moment. Raises OSError, and leaves everything as it was.
    """
    if current is None:
        patiently(lambda: file.replace(target))
        return
    status = current.stat()
    if int(file.stat().st_mtime) <= int(status.st_mtime):  # Anki notices a change only if the time differs by a second
        os.utime(file, (status.st_mtime + 1, status.st_mtime + 1))
    place = _place_in_trash(current)
    with _moving:
        folder = staging_folder(current.parent) / f"{REPLACED}{secrets.token_hex(8)}"
        folder.mkdir()
        aside = folder / current.name
        try:
            is_plain = current.name == target.name and status.st_mode & stat.S_IWRITE
            if not (is_plain and _replace(file, target, aside)):
                patiently(lambda: _exchange(file, target, current, aside))
        except BaseException:
            _settle(folder, current.parent)
            _settled.pop(current.parent, None)  # if the file is still open, the next call settles it
            raise
        with suppress(OSError):  # if another program keeps the one in the trash open, this is settled later
            _to_trash(aside, place)
            folder.rmdir()


def _replace(file: Path, target: Path, second: Path) -> bool:
    """Replace a file, and keep it under a second name. False if it is open or read-only, or there are no hard links."""
    try:
        second.hardlink_to(target)
    except OSError:
        return False
    try:
        file.replace(target)
    except OSError as error:
        if not is_held(error):
            raise
        return False
    return True


def _exchange(file: Path, target: Path, current: Path, aside: Path) -> None:
    """Rename a file, and give its name, or that of the target, to another."""
    aside.unlink(missing_ok=True)
    _check_free(file)  # else the name would be free for as long as another program has the new file open
    with _exchanging:
        current.rename(aside)
        try:
            file.replace(target)
        except BaseException:
            patiently(lambda: aside.rename(current))
            raise


def await_free(file: Path) -> None:
    """Wait until no other program has a new file open, as a virus scanner does, so that no wait is left to `move`.

    Raises OSError if it takes too long.
    """
    patiently(lambda: _check_free(file))


def _check_free(file: Path) -> None:
    """Raise OSError if the file cannot be renamed."""
    other = file.with_name(f"{file.name}-")
    file.rename(other)
    patiently(lambda: other.rename(file))


def trash(col: Collection, name: str) -> None:
    """Move a file, or anything else of this name in the media folder, to Anki's media trash.

    Raises OSError and AnkiException.
    """
    path = Path(col.media.dir(), name)
    place = _place_in_trash(path)
    with _moving, _room(place):
        if not is_file(col.media.dir(), name):
            patiently(lambda: path.rename(place))  # Anki must not open it: a pipe would block it
            return
        try:
            patiently(lambda: col.media.trash_files([name]))
        except BackendIOError as error:
            if not os.path.lexists(path):
                return  # only the time at which it was deleted could not be written
            if is_held(error):
                raise
            _carry(path, place)


def trash_all(col: Collection, names: Sequence[str]) -> None:
    """Like `trash`, for many files that `is_file` has just found: by one call into Anki, except for those that meet an
    obstacle.
    """
    folder = Path(col.media.dir())
    trashed = str(folder.with_name("media.trash"))
    left: Iterable[str] = dict.fromkeys(name for name in names if os.path.lexists(f"{trashed}/{name}"))
    if plain := [name for name in names if name not in left]:
        _place_in_trash(folder / plain[0])
        try:
            with _moving:
                col.media.trash_files(plain)
        except AnkiException:  # what it has not moved is moved one by one
            left = names
    for name in left:
        if os.path.lexists(folder / name):
            trash(col, name)


def _to_trash(file: Path, place: Path) -> None:
    with _room(place):
        _carry(file, place)
    with suppress(OSError):
        os.utime(place)  # as Anki does: the time in the trash is when the file was deleted


def _carry(file: Path, place: Path) -> None:
    """Rename a file; if the media folder is a link to another disk, copy it, which Anki does not."""
    try:
        patiently(lambda: file.rename(place))
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(file, place)
        file.unlink()


def _place_in_trash(path: Path) -> Path:
    """Return the path of a file in Anki's media trash. A folder that is in the way there is renamed."""
    trash = path.parent.with_name("media.trash")
    trash.mkdir(exist_ok=True)
    if not os.access(trash, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(trash))
    place = trash / path.name
    if _is_folder(place) or (_is_folder(path) and place.exists()):
        names = (trash / f"{path.name} ({number})" for number in count(1))
        place.rename(next(name for name in names if not os.path.lexists(name)))
    return place


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


@contextmanager
def _room(place: Path) -> Iterator[None]:
    """Make room in the trash for a newer file. The one of this name is deleted at the end; put back after an error."""
    if not os.path.lexists(place):
        yield
        return
    old = place.parent.with_name(f"{PREFIX}{secrets.token_hex(8)}")
    patiently(lambda: place.rename(old))
    try:
        yield
    except BaseException:
        with suppress(OSError):
            patiently(lambda: old.rename(place))
        raise
    _delete(old)


# --- temporary files ---


def staging_folder(folder: Path) -> Path:
    """Return the folder for temporary files: on the disk of the media folder, and if possible outside that folder.

    A media folder that is missing is made, as Anki makes it when it opens a collection.
    """
    real = folder.resolve()
    if not real.exists():
        real.mkdir(exist_ok=True)
    return real.parent if real.parent.stat().st_dev == real.stat().st_dev else real


@contextmanager
def staging_file(folder: Path) -> Iterator[Path]:
    """Yield the path for a temporary file. Afterwards the file is deleted unless it was moved."""
    settle(folder)
    path = staging_folder(folder) / f"{PREFIX}{secrets.token_hex(8)}"
    try:
        yield path
    finally:
        _delete(path)


def _delete(path: Path) -> None:
    """Delete a temporary file. If another program keeps it open, it stays until it counts as left behind."""
    with suppress(OSError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and not status.st_mode & stat.S_IWRITE:
            path.chmod(stat.S_IREAD | stat.S_IWRITE)  # else Windows would not delete it
        patiently(path.unlink)


def settle(folder: Path) -> None:
    """Wait until no name in the media folder is free for a moment, and settle what killed processes have left."""
    with _exchanging:
        pass
    if time.monotonic() < _settled.get(folder, -math.inf) + _SETTLED_FOR_S or not _moving.acquire(blocking=False):
        return
    try:
        _settled[folder] = time.monotonic()
        place = staging_folder(folder)
        for left in place.glob(f"{REPLACED}*"):
            _settle(left, folder)
        for old in place.glob(f"{PREFIX}*"):
            with suppress(OSError):
                if time.time() - old.stat().st_mtime > LEFT_BEHIND_S:
                    _delete(old)
    finally:
        _moving.release()


def _settle(folder: Path, media_folder: Path) -> None:
    """Remove a folder of a file that was replaced. If the file is still there, it goes where it belongs."""
    with suppress(OSError):
        for file in folder.iterdir():
            current = media_folder / file.name
            if _is_same(file, current) or _is_same(file, media_folder.with_name("media.trash") / file.name):
                file.unlink()  # it is a second name, for a step that was not taken
            elif os.path.lexists(current):
                _to_trash(file, _place_in_trash(current))
            else:
                file.rename(current)
        folder.rmdir()


def _is_same(file: Path, other: Path) -> bool:
    return os.path.lexists(other) and file.samefile(other)
