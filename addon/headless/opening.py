"""Opens a collection without Anki's window. If that fails, the error says why and what to do."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import anki.lang
from anki.buildinfo import version
from anki.collection import Collection

from ..collection.backups import back_up
from ..collection.profile_store import COLLECTION
from ..text.sqlite_uri import sqlite_uri
from .memory import trim_heap

OPTIMIZE_EVERY_S = 24 * 60 * 60
"""Seconds between two runs of `Collection.optimize`, as in Anki: without it SQLite chooses slow query plans."""

OUTDATED = (
    "some calls, such as suspend, fail with `scheduler_outdated`. Start again with --upgrade-scheduler, which makes "
    "a backup first; the next sync will then be a full one."
)
"""What follows for a collection with a scheduler that Anki no longer supports, and what to do."""

_TABLES = {"col", "notes", "cards", "revlog", "graves"}
"""The tables that every collection has."""

_UNFIT = ("unable to open database", "readonly database", "disk is full", "disk I/O error")
"""Parts of SQLite's errors that are caused by the disk or the file's permissions."""


class CannotOpen(OSError):
    """The collection cannot be opened. The message says why, and what to do."""


def open_collection(path: Path, *, is_new: bool) -> Collection:
    """Open the collection, or create it if `is_new`. Checks and optimizes it if that is due. Raises CannotOpen."""
    if anki.lang.current_i18n is None:
        anki.lang.set_lang("en")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not is_new:
            _check(path)
        col = Collection(str(path))
    except CannotOpen:
        raise
    except OSError as error:
        raise CannotOpen(f"{path} cannot be opened: {error.strerror or error}") from None
    except Exception as error:
        raise CannotOpen(_reason(path, error)) from None
    if not is_new:  # an empty collection has nothing to count yet
        try:
            _optimize_when_due(col, path)
        except CannotOpen:
            col.close()
            raise
        except Exception as error:
            col.close()
            raise CannotOpen(f"{path} cannot be optimized: {error}") from None
    return col


def _reason(path: Path, error: Exception) -> str:
    """Return why Anki cannot open a file, and what to do."""
    text = str(error)
    if isinstance(error, UnicodeEncodeError):
        return f"{path} cannot be opened: its name is not UTF-8, and Anki opens no other. Rename the file or folder."
    if "already open" in text:
        return f"{path} is open in another program (Anki, most likely). Close it there."
    if "FileTooNew" in text or "Unsupported scheduler" in text:
        return f"{path} was last used by a newer version of Anki than this one ({version}). Update Anki here."
    if "FileTooOld" in text:
        return f"{path} was last used by a version of Anki that is too old. Open it in Anki 2.1 first."
    if any(words in text for words in _UNFIT):
        return f"{path} cannot be opened: {error}"
    return _damaged(path, text)


def _damaged(path: Path, detail: str) -> str:
    return (
        f"{path} is damaged: {detail}. Replace it by a backup: Anki keeps backups in the folder `backups` beside the "
        "collection."
    )


def _check(path: Path) -> None:
    """Raise CannotOpen for a file that is no collection. Anki would turn any SQLite database or empty file into one.

    A database with a write-ahead log is not checked: its tables may be only in the log.
    """
    if path.is_dir():
        raise CannotOpen(f"{path} is a folder. Name a file in it, such as {path / COLLECTION}.")
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        return
    found: set[str] = set()
    if path.is_file():
        try:
            with closing(sqlite3.connect(f"{sqlite_uri(path)}?mode=ro&immutable=1", uri=True)) as db:
                found = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
        except sqlite3.OperationalError as error:  # the file cannot be read: nothing is known about it
            raise CannotOpen(f"{path} cannot be opened: {error}") from None
        except sqlite3.DatabaseError as error:
            if "malformed" in str(error):
                raise CannotOpen(_damaged(path, str(error))) from None
    if not found & {"notes", "cards"}:
        raise CannotOpen(f"{path} is not a collection of Anki. The file was not changed.")
    if missing := sorted(_TABLES - found):
        raise CannotOpen(_damaged(path, f"it has no table {missing[0]}"))


def _optimize_when_due(col: Collection, path: Path) -> None:
    """Check for damage, and optimize, once a day. A marker file beside the collection records the last time.

    Both read the whole collection, which fills SQLite's cache, so it is emptied afterwards.
    """
    marker = path.with_name(path.name + ".optimized")
    if marker.exists() and time.time() - marker.stat().st_mtime <= OPTIMIZE_EVERY_S:
        return
    if (found := str(col.db and col.db.scalar("pragma quick_check(1)"))) != "ok":
        raise CannotOpen(_damaged(path, found))
    col.optimize()
    assert col.db is not None
    col.db.execute("pragma shrink_memory")  # it also clears Anki's undo history, which is still empty
    trim_heap()
    marker.touch()


def upgrade_scheduler(col: Collection, path: Path) -> None:
    """Upgrade to the scheduler that Anki supports, after a backup. Raises CannotOpen."""
    try:
        back_up(col)
        if col.sched_ver() == 1:
            col.upgrade_to_v2_scheduler()
        col.set_v3_scheduler(enabled=True)
    except Exception as error:
        raise CannotOpen(f"The scheduler of {path} cannot be upgraded: {error}") from None
