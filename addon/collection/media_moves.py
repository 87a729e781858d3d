"""Moves files into the media folder, and from there to Anki's media trash; temporary files on the way."""

from __future__ import annotations

import errno
import math
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from anki.errors import BackendIOError

from ..files.regular_files import databases_of, is_one_of

if TYPE_CHECKING:
    from anki.collection import Collection

PREFIX = "anki-rpc-upload-"
"""Prefix of temporary files, before they are moved into the folder."""
LEFT_BEHIND_S = 24 * 60 * 60
"""Seconds after which a temporary file counts as left behind by a process that was killed, and is deleted."""
_CLEARED_FOR_S = 60.0
"""Seconds between two searches for such files."""
_cleared: dict[Path, float] = {}


def is_file(folder: str, name: str) -> bool:
    """Whether it is a regular file, and no link to a database of Anki: Anki opens files that it moves to the trash."""
    path = f"{folder}/{name}"
    is_regular = os.path.isfile(path)  # noqa: PTH113  (Path raises for a name that is too long)
    return is_regular and not is_one_of(path, databases_of(folder))


def trash(col: Collection, name: str) -> None:
    """Move a file, or anything else of this name in the media folder, to Anki's media trash. Raises OSError."""
    path = Path(col.media.dir(), name)
    place = _place_in_trash(path)
    if not is_file(col.media.dir(), name):
        path.replace(place)  # Anki must not open it: a pipe would block it
        return
    try:
        col.media.trash_files([name])
    except BackendIOError as error:
        number = re.search(r"os error (\d+)", str(error))
        raise OSError(int(number[1]) if number else errno.EIO, str(error)) from None


def staging_folder(folder: Path) -> Path:
    """Return the folder for temporary files: on the disk of the media folder, and if possible outside that folder."""
    real = folder.resolve()
    return real.parent if real.parent.stat().st_dev == real.stat().st_dev else real


@contextmanager
def staging_file(folder: Path) -> Iterator[Path]:
    """Yield the path for a temporary file. Afterwards the file is deleted unless it was moved."""
    place = staging_folder(folder)
    _clear(place)
    path = place / f"{PREFIX}{secrets.token_hex(8)}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def move(file: Path, target: Path, current: Path | None) -> None:
    """Move a file into the media folder atomically. The file `current` that it replaces goes to Anki's media trash."""
    if current is None:
        file.replace(target)
        return
    modified = current.stat().st_mtime
    if int(file.stat().st_mtime) <= int(modified):  # Anki notices a change only if the time differs by a second
        os.utime(file, (modified + 1, modified + 1))
    kept = _place_in_trash(current)
    kept.unlink(missing_ok=True)
    try:
        kept.hardlink_to(current)
    except OSError:  # not every file system has hard links
        shutil.copyfile(current, kept)
    file.replace(target)
    if current.name != target.name:
        current.unlink()
    os.utime(kept)  # as Anki does: the time in the trash is when the file was deleted


def _place_in_trash(path: Path) -> Path:
    """Return the path of a file in Anki's media trash. A folder that is in the way there is renamed."""
    trash = path.parent.with_name("media.trash")
    trash.mkdir(exist_ok=True)
    place = trash / path.name
    if _is_folder(place) or (_is_folder(path) and place.exists()):
        names = (trash / f"{path.name} ({number})" for number in count(1))
        place.rename(next(name for name in names if not os.path.lexists(name)))
    return place


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _clear(folder: Path) -> None:
    if time.monotonic() < _cleared.get(folder, -math.inf) + _CLEARED_FOR_S:
        return
    _cleared[folder] = time.monotonic()
    for old in folder.glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError):
            if time.time() - old.stat().st_mtime > LEFT_BEHIND_S:
                old.unlink()
