"""Backups of a collection, in the folder that Anki's window uses."""

from __future__ import annotations

import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anki.errors import BackendIOError

from ..rpc.errors import Refused
from .file_lock import locked_again
from .quiet_statements import quiet_statements

if TYPE_CHECKING:
    from anki.collection import Collection

_PATTERN = "backup-*.colpkg"
_NAME = "backup-%Y-%m-%d-%H.%M.%S.colpkg"
"""How Anki names a backup, by the local time."""
_LAST = "media"
"""The member that Anki writes last."""
_latest: dict[str, tuple[str, int]] = {}
"""The latest backup of each collection that was made here, and the collection's `mod` in it."""
_KEY = "nextPos"
"""A setting of every collection: the position of the next new card."""
_NOWHERE = "no-such-folder"
_TRIES = 3
"""If the user changes something while Anki is to forget a backup, Anki takes the change for backed up."""


class BackupFile(NamedTuple):
    """A backup. Its members are those of an entry of `listBackups`."""

    name: str
    size: int
    created: int


def backup_folder(col: Collection) -> Path:
    """The folder of the backups, which may not exist yet."""
    return Path(col.path).parent / "backups"


def backup_names(folder: Path) -> set[str]:
    """The names of all backups in a folder, also of those that are damaged."""
    return {path.name for path in folder.glob(_PATTERN)}


def backups_in(folder: Path) -> list[BackupFile]:
    """The backups in a folder, newest first; without those that Anki could not complete, or has not completed yet."""
    files = [(path.stat(), path.name) for path in folder.glob(_PATTERN) if _is_complete(path)]
    newest_first = sorted(files, key=lambda file: (file[0].st_mtime, file[1]), reverse=True)
    return [BackupFile(name, status.st_size, int(status.st_mtime)) for status, name in newest_first]


class BackUp(NamedTuple):
    """The backup that holds the present state of a collection."""

    created: bool
    """It was made now; if not, nothing has changed since it was made."""
    name: str


def back_up(col: Collection) -> BackUp:
    """Back the collection up, without its media, unless the latest backup holds its present state.

    Waits up to a second if there is a backup of this second. Raises Refused if Anki makes none although one is needed.
    """
    folder = backup_folder(col)
    folder.mkdir(exist_ok=True)
    if made := _create(col, folder):
        return BackUp(created=True, name=made)
    # By its name, as a copy of an older one can have a newer time. A name has only seconds.
    latest = max((backup.name for backup in backups_in(folder)), default="")
    is_known = _latest.get(col.path) == (latest, col.mod)
    if is_known or latest > time.strftime(_NAME, time.localtime(col.mod / 1000)):
        return BackUp(created=False, name=latest)
    for _ in range(_TRIES):
        _forget_latest(col, folder)
        if made := _create(col, folder):
            return BackUp(created=True, name=made)
    raise Refused("The collection could not be backed up.")


def _forget_latest(col: Collection, folder: Path) -> None:
    """Have Anki forget its latest backup, which was deleted, or for which the disk was too full.

    Until the collection is closed, Anki makes no backup while the collection's time of change is that of its latest one
    (`maybe_backup` in rslib/src/collection/backup.rs); `force` skips only the interval between two. So a backup to
    nowhere is begun with another time, which is put back. Without quiet statements a change is needed, which stays.
    """
    run, time_of_change = quiet_statements(col), col.mod
    if run is None:
        position = col.get_config(_KEY, 1)
        col.set_config(_KEY, position + 1)
        col.set_config(_KEY, position)
        return
    change = "update col set mod = {} where mod = {}"  # what Anki's window writes meanwhile stays
    run(change.format(time_of_change + 1, time_of_change))
    try:
        with suppress(BackendIOError), locked_again(col.path):
            col.create_backup(backup_folder=str(folder / _NOWHERE), force=True, wait_for_completion=True)
    finally:
        run(change.format(time_of_change, time_of_change + 1))


def _create(col: Collection, folder: Path) -> str | None:
    """Have Anki make a backup, and return its name; None if Anki makes none."""
    before = backup_names(folder)
    while time.strftime(_NAME, time.localtime(time.time())) in before:  # Anki would overwrite it
        time.sleep(1 - time.time() % 1)  # `strftime` alone has a clock that lags, so it would wait another second
    try:
        with locked_again(col.path):  # Anki reads the file beside SQLite
            if not col.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True):
                return None
        name = max(backup_names(folder) - before)
        _latest[col.path] = name, col.mod
        return name
    except BaseException:
        for name in backup_names(folder) - before:
            if not _is_complete(folder / name):
                (folder / name).unlink(missing_ok=True)
        raise


def _is_complete(path: Path) -> bool:
    """Whether a backup has all its members: if Anki fails, it completes the archive, but not its content."""
    try:
        with zipfile.ZipFile(path) as backup:
            return _LAST in backup.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError):
        return False
