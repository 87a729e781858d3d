"""Anki's base folder (`anki -b`): its profiles, as `prefs21.db` lists them. Only `ProfileStore` writes that file.

A profile's settings are a pickle. Reading it must run no code, so every class in it is replaced by one that does
nothing: an add-on may have stored objects of its own, and older versions of Anki stored Qt's.
"""

from __future__ import annotations

import io
import pickle
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from ..collection.profile_names import is_own_folder
from ..collection.profile_store import COLLECTION, GLOBAL, LOCK_TIMEOUT_S, PREFERENCES
from ..text.folders import replace_path
from ..text.sqlite_uri import sqlite_uri
from .opening import CannotOpen


class BaseFolder:
    """The profiles of a base folder. Each call reads the file anew, as Anki may be running. Any thread."""

    def __init__(self, folder: Path) -> None:
        """Raises CannotOpen if it is no base folder."""
        self.folder = folder
        if not (folder / PREFERENCES).is_file():
            raise CannotOpen(f"{folder} is not a base folder of Anki: it has no file {PREFERENCES}. {_advice(folder)}")

    def names(self) -> list[str]:
        """Return the names of the profiles, as Anki lists them. Raises CannotOpen."""
        return [name for (name,) in self._rows("select name from profiles where name != ?", GLOBAL)]

    def first(self, wanted: str | None = None) -> str:
        """Return the wanted profile, or else the one that Anki would open: the only one, or the last one that was open.

        Raises CannotOpen if there is no such profile; the message lists the names.
        """
        names = self.names()
        if not names:
            raise CannotOpen(f"{self.folder} has no profile. Start Anki with this folder once: it makes one.")
        listed = ", ".join(map(repr, names))
        if wanted is not None:
            if wanted not in names:
                raise CannotOpen(f"{self.folder} has no profile {wanted!r}. Name one of its profiles: {listed}.")
            return wanted
        last = names[0] if len(names) == 1 else self.settings(GLOBAL).get("last_loaded_profile_name")
        if last not in names:
            raise CannotOpen(
                f"{self.folder} has several profiles, and none was opened last. Name one by --profile: {listed}."
            )
        return str(last)

    def collection(self, name: str) -> Path:
        """Return the path of a profile's collection file. Raises CannotOpen if the name leads out of the folder."""
        if not is_own_folder(name):
            raise CannotOpen(f"The profile {name!r} has a name that no folder can have. Rename it in Anki.")
        return self.folder / name / COLLECTION

    def settings(self, name: str) -> Mapping[str, Any]:
        """Return the settings of a profile. What is not plain data in them has lost its meaning. Raises CannotOpen."""
        rows = self._rows("select cast(data as blob) from profiles where name = ?", name)
        try:
            ((data,),) = rows
            settings = _Unpickler(io.BytesIO(data), errors="ignore").load()
        except Exception:  # a pickle can be wrong in many ways
            settings = None
        if not isinstance(settings, dict):
            what = "settings that all profiles share" if name == GLOBAL else f"settings of the profile {name!r}"
            raise CannotOpen(
                f"The {what} cannot be read from {self.folder / PREFERENCES}. Start Anki with this folder: it repairs "
                "them. Or name another profile by --profile."
            )
        return settings

    def without_folder(self, text: str) -> str:
        """Return a text without the path of the folder, which callers are not to read."""
        text = replace_path(text, str(self.folder), "\0")
        return re.sub(r"\0[\\/]+", "", text).replace("\0", "the base folder")

    def _rows(self, statement: str, *values: str) -> list[Any]:
        path = self.folder / PREFERENCES
        try:
            with closing(sqlite3.connect(f"{sqlite_uri(path)}?mode=ro", uri=True, timeout=LOCK_TIMEOUT_S)) as db:
                return db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise CannotOpen(f"{path} cannot be read: {error}. Start Anki with this folder: it repairs it.") from None


def _advice(folder: Path) -> str:
    """Return what to do about a folder that is no base folder."""
    if folder.is_file():
        return "It is a file. For a collection file, use --collection."
    if (folder / COLLECTION).exists() and (folder.parent / PREFERENCES).exists():
        return f"It is the folder of a profile: use --base {folder.parent} --profile {folder.name}."
    if (folder / COLLECTION).exists():
        return f"For a single collection, use --collection {folder / COLLECTION}."
    return "Name the folder that Anki uses, or start Anki with this one once (anki -b)."


class _Nothing:
    """Stands for an object of any class, or for what a function returns. It accepts whatever a pickle does to it."""

    def __new__(cls, *_: Any, **__: Any) -> Self:
        return super().__new__(cls)

    def __call__(self, *_: Any, **__: Any) -> _Nothing:
        return self

    def __setstate__(self, _: Any) -> None:
        """Keep nothing. The same for the other methods."""

    def __setitem__(self, _: Any, __: Any) -> None: ...

    append = extend = add = __setstate__


class _Unpickler(pickle.Unpickler):
    """Imports nothing and calls nothing."""

    def find_class(self, module: str, name: str) -> Any:
        return _Nothing
