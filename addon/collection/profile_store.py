"""Adds, renames and deletes profiles in Anki's base folder (`anki -b`), as `ProfileManager` in aqt/profiles.py does.

A profile is a row of `prefs21.db` and a folder. Anki makes the folder when it first opens the profile.
"""

from __future__ import annotations

import io
import logging
import os
import pickle
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from ..rpc.errors import AlreadyExists, NotFound, Refused
from ..rpc.host import DeletableProfile, DeletedProfile
from ..text.sqlite_uri import sqlite_uri
from .file_lock import closed_everywhere
from .profile_names import UnfitName, is_own_folder, same_on_disk

logger = logging.getLogger("anki_rpc")

PREFERENCES = "prefs21.db"
GLOBAL = "_global"
"""The row with what all profiles share."""
LOCK_TIMEOUT_S = 5.0
"""Seconds that the file may be locked: Anki writes it in a moment."""
COLLECTION = "collection.anki2"
"""The name that Anki gives a collection file."""
MEDIA = "collection.media"
_LAST = "last_loaded_profile_name"
OPEN = "The profile is open here. Open another one first, by loadProfile."
_NO_FOLDER = "The profile has a name that no folder of its own can have."
_PICKLE_PROTOCOL = 4
"""As Anki writes it: it stores plain data without naming any class."""


def _new_settings() -> dict[str, Any]:
    """Return the settings that Anki gives a new profile (`profileConf`)."""
    return {
        "mainWindowGeom": None,
        "mainWindowState": None,
        "numBackups": 50,
        "lastOptimize": int(time.time()),
        "searchHistory": [],
        "syncKey": None,
        "syncMedia": True,
        "autoSync": True,
        "allowHTML": False,
        "importMode": 1,
        "lastColour": "#00f",
        "stripHTML": True,
        "deleteMedia": False,
    }


class ProfileStore:
    """The profiles of a base folder. While a method runs, this process must open no other profile.

    All methods raise Refused if the folder or the file cannot be read or written. If one fails, nothing has changed,
    except that a full disk can leave a new name in the list, without a folder.
    Names are those that `fault_of` has no fault with.
    """

    def __init__(self, folder: Path, is_open_file: Callable[[Path], bool]) -> None:
        """`is_open_file`: whether a file is that of the collection which this process has open, by whatever name. Such
        a file must not even be read: when it is closed again, the system drops the lock on it.
        """
        self._folder = folder
        self._is_open_file = is_open_file

    def add(self, name: str) -> None:
        """Add a profile. If the base folder has a folder of this name, the profile has its content, as in Anki.

        Raises AlreadyExists.
        """
        with self._changing() as db:
            self._require_free(name, _names(db))
            folder = self._folder / name
            if self._exists(folder) and not folder.is_dir():
                raise UnfitName("The base folder has a file of this name.")
            settings = pickle.dumps(_new_settings(), protocol=_PICKLE_PROTOCOL)
            db.execute("insert into profiles values (?, ?)", (name, settings))

    def check_renaming(self, name: str, new_name: str) -> None:
        """Raise what `rename` would raise, except if the profile is open."""
        with self._changing() as db:
            self._check_renaming(name, new_name, _names(db))

    def rename(self, name: str, new_name: str) -> None:
        """Rename a profile and its folder. Raises NotFound, AlreadyExists, and Refused if it is open.

        The row of the new name is added first, and that of the old one is deleted last. So whenever the process is
        killed, a profile that is listed has the folder. Only names that are equal in SQLite cannot be listed together.
        """
        old, new = self._folder / name, self._folder / new_name
        with self._changing() as db:
            self._check_renaming(name, new_name, _names(db))
        self._require_closed(old)
        is_equal = name.lower() == new_name.lower()
        with closed_everywhere(old / COLLECTION):
            with self._changing() as db:
                self._check_renaming(name, new_name, _names(db))
                if is_equal:
                    db.execute("update profiles set name = ? where name = ?", (new_name, name))
                else:
                    db.execute("insert into profiles select ?, data from profiles where name = ?", (new_name, name))
            is_moved = False
            try:
                with self._changing() as db:  # committed after the folder: a full disk shows before
                    if not is_equal:
                        db.execute("delete from profiles where name = ?", (name,))
                    _rename_last(db, name, new_name)
                    if os.path.lexists(old):
                        old.rename(new)
                    is_moved = True
            except (OSError, Refused) as error:
                if is_moved:  # the profile is renamed: a failure would say that it is not
                    text = "The profile %r, now %r, may still be in the list, but empty: %s"
                    logger.warning(text, name, new_name, error)
                    return
                with self._changing() as db:
                    if is_equal:
                        db.execute("update profiles set name = ? where name = ?", (name, new_name))
                    else:
                        db.execute("delete from profiles where name = ?", (new_name,))
                if isinstance(error, Refused):
                    raise
                raise Refused(f"The folder of the profile cannot be renamed: {_words(error)}") from None

    def find_deletable(self, name: str) -> DeletableProfile:
        """Return what `delete` would delete. Raises what it raises if the profile cannot be deleted."""
        with self._changing() as db:
            folder = self._deletable(name, _names(db))
        with closed_everywhere(folder / COLLECTION):
            pass
        return DeletableProfile(folder, *_contents_of(folder / COLLECTION))

    def delete(self, name: str) -> DeletedProfile:
        """Delete a profile, and move its folder to the system's trash, as Anki does. Raises NotFound and Refused.

        If that is impossible, the folder gets a name that no profile can have: `remove_for_good` deletes it. If the
        process is killed meanwhile, `add` with this name brings the content back.
        """
        with self._changing() as db:
            folder = self._deletable(name, _names(db))
        with closed_everywhere(folder / COLLECTION):
            with self._changing() as db:
                self._deletable(name, _names(db))
                as_stored = "select cast(data as blob) from profiles where name = ?"  # an old Anki stored a text
                ((data,),) = db.execute(as_stored, (name,)).fetchall()
                db.execute("delete from profiles where name = ?", (name,))
            try:
                return _discard(folder)
            except OSError as error:
                with self._changing() as db:
                    db.execute("insert into profiles values (?, ?)", (name, data))
                raise Refused(f"The folder of the profile cannot be moved: {_words(error)}") from None

    def _check_renaming(self, name: str, new_name: str, names: Sequence[str]) -> None:
        _require(name, names)
        if not is_own_folder(name):
            raise Refused(_NO_FOLDER)
        old, new = self._folder / name, self._folder / new_name
        self._require_free(new_name, [other for other in names if other != name])
        if self._exists(new) and not (old.exists() and old.samefile(new)):
            raise UnfitName("The base folder has a file or folder of the new name.")

    def _require_free(self, name: str, names: Sequence[str]) -> None:
        """Raise AlreadyExists if a profile has this name, or one that is the same name on some file systems."""
        if taken := next((other for other in names if same_on_disk(other) == same_on_disk(name)), None):
            raise AlreadyExists(f"There is a profile of this name already: {taken}", profile=taken)

    def _deletable(self, name: str, names: Sequence[str]) -> Path:
        _require(name, names)
        if not is_own_folder(name):
            raise Refused(_NO_FOLDER)
        folder = self._folder / name
        self._require_closed(folder)
        if len(names) == 1:
            raise Refused("This is the only profile, and Anki needs one. Add another one before.")
        return folder

    def _require_closed(self, folder: Path) -> None:
        if self._is_open_file(folder / COLLECTION):
            raise Refused(OPEN)

    def _exists(self, path: Path) -> bool:
        """Whether there is anything at a path. Raises Refused if the file system cannot have such a name."""
        try:
            path.lstat()
        except FileNotFoundError:
            return False
        except (OSError, ValueError) as error:
            raise UnfitName(f"The disk cannot have a folder of this name: {_words(error)}") from None
        return True

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection to the file, for one transaction."""
        path = self._folder / PREFERENCES
        try:
            with closing(_connect(path)) as db:
                db.execute("begin immediate")
                try:
                    yield db
                except BaseException:
                    db.rollback()
                    raise
                db.commit()
        except sqlite3.Error as error:
            raise Refused(f"{PREFERENCES} cannot be written: {error}") from None


def remove_for_good(folder: Path) -> None:
    """Delete the folder that `ProfileStore.delete` has returned. What cannot be deleted is logged."""
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        logger.warning("The folder of a deleted profile could not be deleted completely. Delete it: %s", folder)


def folder_contents(folder: Path) -> tuple[list[str], int]:
    """Return the names of the media files in the folder of a profile, and the size of all its files in bytes."""
    size, media = 0, list[str]()
    for path, _, names in os.walk(folder):
        if Path(path) == folder / MEDIA:
            media = sorted(names)
        for name in names:
            with suppress(OSError):
                size += os.lstat(os.path.join(path, name)).st_size  # noqa: PTH118  (Path is slower)
    return media, size


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{sqlite_uri(path)}?mode=rw", uri=True, timeout=LOCK_TIMEOUT_S, isolation_level=None)


def _names(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("select name from profiles where name != ?", (GLOBAL,))]


def _require(name: str, names: Sequence[str]) -> None:
    if name not in names:
        raise NotFound(f"profile was not found: {name}", profile=name)


def _discard(folder: Path) -> DeletedProfile:
    if not os.path.lexists(folder):
        return DeletedProfile(in_trash=False, left=None)
    try:
        from send2trash import send2trash  # noqa: PLC0415  (Anki brings it; it is not among our dependencies)

        send2trash(os.fspath(folder))
    except Exception as error:  # there are many, and Anki goes on after each
        if not isinstance(error, ImportError):
            logger.warning("The folder of a profile cannot be moved to the trash: %s", error)
        hidden = folder.with_name(f".deleted-{uuid.uuid4().hex}")
        folder.rename(hidden)
        return DeletedProfile(in_trash=False, left=hidden)
    return DeletedProfile(in_trash=True, left=None)


def _contents_of(path: Path) -> tuple[list[int], list[int]]:
    """Return the ids of all notes and cards in a collection's file that is not open. A damaged one has none."""
    wal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if wal.exists() and wal.stat().st_size else "mode=ro&immutable=1"
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{sqlite_uri(path)}?{mode}", uri=True)) as db:
        notes, cards = (db.execute(rows).fetchall() for rows in ("select id from notes", "select id from cards"))
        return [id for (id,) in notes], [id for (id,) in cards]
    return [], []


def _rename_last(db: sqlite3.Connection, name: str, new_name: str) -> None:
    """If this was the profile that was open last, note its new name, so that it is opened at the next start.

    Settings that are not plain data stay as they are: Anki then lets the user choose a profile.
    """
    for (data,) in db.execute("select cast(data as blob) from profiles where name = ?", (GLOBAL,)).fetchall():
        with suppress(Exception):  # a pickle can be wrong in many ways
            shared = _PlainUnpickler(io.BytesIO(data)).load()
            if shared.get(_LAST) == name:
                shared[_LAST] = new_name
                changed = pickle.dumps(shared, protocol=_PICKLE_PROTOCOL)
                db.execute("update profiles set data = ? where name = ?", (changed, GLOBAL))


def _words(error: OSError | ValueError) -> str:
    return str(getattr(error, "strerror", None) or error)


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain data, and raises if there is anything else: so it runs no code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name}")
