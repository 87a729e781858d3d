"""Media files by name: which name Anki gives a file, how to find one, and how to store one as a whole.

Newer versions of Anki rename files: `Upd_X.txt` becomes `upd_x.txt`. So a name means the file of exactly this name, if
it exists; else the file with the name that this version of Anki would give.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from anki.errors import AnkiException, BackendIOError

from ..files.regular_files import databases_of, open_regular
from ..text.normal_forms import nfc, nfd
from .media_moves import is_file, move, staging_file, trash
from .media_names import is_plain
from .trial import trial_collection

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection

_BLOCK_BYTES = 2**20


class _Namer:
    """Asks Anki which name it gives a file, in a temporary folder; used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._folder = ""
        self._backend: RustBackend | None = None

    def name(self, wanted: str, taken: str | None = None, content: bytes = b"") -> str:
        """Return the name that Anki gives a new file if a file `taken` exists. Raises AnkiException and ValueError."""
        with self._lock:
            if self._backend is None:
                self._folder = self._stack.enter_context(tempfile.TemporaryDirectory())
                self._backend = self._stack.enter_context(trial_collection(self._folder))
            if taken is not None:
                Path(self._folder, taken).touch()
            try:
                return self._backend.add_media_file(desired_name=wanted, data=content)
            finally:
                for path in Path(self._folder).iterdir():
                    path.unlink()


_namer = _Namer()
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""Error numbers of the system if the disk or a quota is full."""
_PROBE = b"probe"


_given_name = lru_cache(maxsize=4096)(_namer.name)


def given_name(name: str) -> str | None:
    """Return the name that Anki gives a file of this name; None if it accepts no such file.

    Anki removes characters that some systems forbid or that it does not know, cuts long names, and uses lower case.
    Raises AnkiException if Anki fails for another reason, such as a full disk.
    """
    try:
        return _given_name(name)
    except BackendIOError as error:
        if any(f"(os error {number})" in str(error) for number in FULL):
            raise
        return None
    except ValueError:
        return None


def _free_name(name: str, taken: str, content: bytes) -> str:
    """Return the name that Anki gives a file whose name is taken: it contains the SHA-1 of the content."""
    found = _namer.name(name, taken, _PROBE)
    return found.replace(_sha1(_PROBE), _sha1(content))


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _last_part(name: str) -> tuple[str, bool]:
    """Return the last part of a name, under which the file is stored, and whether the name has no folders."""
    folder, last = os.path.split(name)
    return last, folder in ("", ".")


def spellings(name: str) -> Iterator[str]:
    """Yield the names under which a file may be stored, the likeliest first; nothing for a name with folders."""
    name, is_here = _last_part(name)
    if not is_here or not name:
        return
    if is_plain(name):
        yield from dict.fromkeys((name, nfc(name), nfd(name)))
    given = None
    with suppress(AnkiException):
        given = given_name(name)
    if given is not None and is_plain(given):
        yield given


def find(folder: str, name: str) -> str | None:
    """Return the name under which a file is stored in the folder; None if there is no such file."""
    return next((spelt for spelt in spellings(name) if is_file(folder, spelt)), None)


def store(col: Collection, name: str, content: bytes, *, replace: bool) -> str:
    """Store a file completely or not at all, and return its name: the one that Anki's `write_data` would give it.

    With `replace`, the file of this name is moved to Anki's media trash. Of a name with folders only the last part is
    used, and nothing is replaced, so that equal names from two folders stay two files. Raises OSError and
    AnkiException.
    """
    folder = col.media.dir()
    name, is_here = _last_part(name)
    replace = replace and is_here
    plan = _planned(folder, name, content, replace=replace)
    if plan is None:
        return col.media.write_data(name, content)  # raises Anki's own error
    stored, replaced, is_there = plan
    if is_there:
        if replaced is not None and replaced != stored:
            trash(col, replaced)
        return _register_existing(col, stored, content)
    with staging_file(Path(folder)) as path:
        with path.open("xb") as file:
            file.write(content)
        if replaced is not None and not is_file(folder, replaced):
            trash(col, replaced)
            replaced = None
        move(path, Path(folder, stored), None if replaced is None else Path(folder, replaced))
    return _register_existing(col, stored, content)


def name_to_be(col: Collection, name: str, content: bytes | None, *, replace: bool) -> str:
    """Return the name that `store` will give a file; if the content is unknown, the likeliest name."""
    name, is_here = _last_part(name)
    replace = replace and is_here
    with suppress(AnkiException):
        if content is None:
            return given_name(name) or name
        if plan := _planned(col.media.dir(), name, content, replace=replace):
            return plan.name
    return name


class _Plan(NamedTuple):
    """How a file will be stored."""

    name: str
    replaced: str | None
    """The name of the file that it replaces."""
    is_there: bool
    """A file of this name and content exists already."""


def _planned(folder: str, name: str, content: bytes, *, replace: bool) -> _Plan | None:
    """Return how a file will be stored; None if Anki accepts no file of this name."""
    given = given_name(name)
    if given is None or (not replace and Path(folder, given).is_dir()):
        return None
    replaced = _to_replace(folder, name, given) if replace else None
    for other in (_with_capitals(folder, name, given), given):
        if other is not None and (other != replaced or other == given) and _has_content(folder, other, content):
            return _Plan(other, replaced, is_there=True)
    is_free = given == replaced or not Path(folder, given).exists()
    return _Plan(given if is_free else _free_name(name, given, content), replaced, is_there=False)


def _to_replace(folder: str, name: str, given: str) -> str | None:
    """Return the name of the file that a new file replaces; None if there is none."""
    for spelt in spellings(name):
        path = Path(folder, given)
        if os.path.exists(f"{folder}/{spelt}"):  # noqa: PTH110  (Path raises for a name that is too long)
            is_given = path.exists() and path.samefile(f"{folder}/{spelt}")  # the disk may ignore case
            return given if is_given else spelt
    return None


def _with_capitals(folder: str, name: str, given: str) -> str | None:
    """Return the existing file that Anki checks before the given name: the cleaned name before it is in lower case."""
    composed = nfc(name)
    if composed == given:
        return None
    # if Anki changes more than the case, only Anki knows the name
    known = [composed] if composed.lower() == given else os.listdir(folder)  # noqa: PTH208
    alike = [other for other in known if other != given and other.lower() == given and is_file(folder, other)]
    return next((other for other in alike if _namer.name(name, other) == other), None)


def _has_content(folder: str, name: str, content: bytes) -> bool:
    try:
        with open_regular(f"{folder}/{name}", databases_of(folder)) as file:
            return os.fstat(file.fileno()).st_size == len(content) and _is_same(file, content)
    except (OSError, ValueError):
        return False


def _is_same(file: IO[bytes], content: bytes) -> bool:
    view = memoryview(content)
    return all(
        file.read(_BLOCK_BYTES) == view[start : start + _BLOCK_BYTES] for start in range(0, len(content), _BLOCK_BYTES)
    )


def _register_existing(col: Collection, name: str, content: bytes) -> str:
    """Register an existing file with Anki for its next sync. Anki reads the file and writes nothing."""
    if given_name(name) == name:  # else Anki would store a second one
        from_path = getattr(col._backend, "add_media_from_path", None)
        if from_path is None:
            col.media.write_data(name, content)
        else:
            from_path(str(Path(col.media.dir(), name)))
    return name
