"""Media files by name: which name Anki gives a file, how to find one, and how to store one as a whole.

Newer versions of Anki rename files: `Upd_X.txt` becomes `upd_x.txt`. So a name means the file of exactly this name, if
it exists; else the file with the name that this version of Anki would give.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import lru_cache
from pathlib import Path
from string import ascii_letters
from typing import IO, TYPE_CHECKING, NamedTuple

from anki.errors import AnkiException, BackendIOError

from ..files.regular_files import Identity, databases_of, open_regular
from ..text.normal_forms import nfc, nfd
from . import media_moves
from .media_moves import is_file, move, staging_file, trash
from .media_names import is_plain, without_device
from .system_errors import reason_of
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
                folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
                self._folder = self._stack.enter_context(folder)
                self._backend = self._stack.enter_context(trial_collection(self._folder))
            if taken is not None:
                Path(self._folder, taken).touch()
            try:
                return self._backend.add_media_file(desired_name=without_device(wanted), data=content)
            finally:
                self._empty()

    def _empty(self) -> None:
        try:
            for path in Path(self._folder).iterdir():
                media_moves.patiently(path.unlink)
        except OSError:  # another program has a file open: the next name is asked for in another folder
            self._stack.close()
            self._backend = None


_namer = _Namer()
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
        if reason_of(error) == "full":
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


def first_spelling(folder: str, name: str, is_there: Callable[[str], bool]) -> str | None:
    """Return the likeliest spelling of a name for which `is_there` is true; None if it is true for none."""
    found = next(filter(is_there, spellings(name)), None)
    if found is None:  # it may be on its way
        media_moves.settle(Path(folder))
        found = next(filter(is_there, spellings(name)), None)
    return found


def find(folder: str, name: str, databases: set[Identity] | None = None) -> str | None:
    """Return the name under which a file is stored in the folder; None if there is no such file.

    `databases`: as for `is_file`.
    """
    found = first_spelling(folder, name, lambda spelt: is_file(folder, spelt, databases))
    return None if found is None else stored_as(folder, found)


def stored_as(folder: str, name: str) -> str | None:
    """Return the name under which a file is stored, if the disk ignores case or Unicode forms; None if there is none.

    Of a disk that ignores Unicode forms it is the form that Anki syncs (NFC).
    """
    if not os.path.lexists(f"{folder}/{name}"):  # a path that is too long makes Path raise
        return None
    others = {name.translate(_OTHER_CASE), name.swapcase(), nfc(name), nfd(name)} - {name}
    if not any(_is_same(folder, other, name) for other in others):  # mostly the other is not there
        return name
    names = os.listdir(folder)  # noqa: PTH208  (Path is slower)
    if name in names:
        return name if name == nfc(name) or not _is_same(folder, name, nfc(name)) else nfc(name)
    alike = (entry for entry in names if _folded(entry) == _folded(name) and _is_same(folder, name, entry))
    found = next(alike, None)  # none: the name of a device, which every folder has on Windows
    return nfc(found) if found is not None and _is_same(folder, found, nfc(found)) else found


_OTHER_CASE = str.maketrans(ascii_letters, ascii_letters.swapcase())


def _folded(name: str) -> str:
    return nfc(name).casefold()


def _is_same(folder: str, name: str, other: str) -> bool:
    try:
        return os.path.samestat(*(os.lstat(f"{folder}/{spelt}") for spelt in (name, other)))
    except (OSError, ValueError):
        return False


def store(col: Collection, name: str, content: bytes, *, replace: bool, rename: bool = True) -> str:
    """Store a file completely or not at all, and return its name: the one that Anki's `write_data` would give it.

    With `replace`, the file of this name is moved to Anki's media trash. Otherwise, if another file has this name, the
    new one gets a free name; without `rename`, NameTaken is raised. Of a name with folders only the last part is
    used, and nothing is replaced, so that equal names from two folders stay two files. Raises OSError and
    AnkiException.
    """
    folder = col.media.dir()
    name, is_here = _last_part(name)
    replace = replace and is_here
    plan = _planned(folder, name, content, replace=replace)
    if plan is None:
        return col.media.write_data(name, content)  # raises Anki's own error
    stored, replaced, is_there = plan.name, plan.replaced, plan.is_there
    if is_there:
        if replaced is not None and replaced != stored:
            trash(col, replaced)
        return _register_existing(col, stored, content)
    if not rename and plan.taken is not None:
        raise NameTaken(plan.taken)
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
            given = given_name(name) or name
            return stored_as(col.media.dir(), given) or given
        if plan := _planned(col.media.dir(), name, content, replace=replace):
            return plan.name
    return name


class NameTaken(Exception):
    """Another file has the name. The argument is its name."""


class _Plan(NamedTuple):
    """How a file will be stored."""

    name: str
    replaced: str | None
    """The name of the file that it replaces."""
    is_there: bool
    """A file of this name and content exists already."""
    taken: str | None = None
    """The file that has the name already, if the file that will be stored gets another one."""


def _planned(folder: str, name: str, content: bytes, *, replace: bool) -> _Plan | None:
    """Return how a file will be stored; None if Anki accepts no file of this name."""
    given = given_name(name)
    if given is None or (not replace and Path(folder, given).is_dir()):
        return None
    replaced = next(filter(None, (_existing(folder, spelt) for spelt in spellings(name))), None) if replace else None
    there = _existing(folder, given)
    target = there or given
    for other in (_with_capitals(folder, name, given), target):
        if other is not None and (other != replaced or other == target) and _has_content(folder, other, content):
            return _Plan(other, replaced, is_there=True)
    if there in (None, replaced):
        return _Plan(target, replaced, is_there=False)
    return _Plan(_free_name(name, given, content), replaced, is_there=False, taken=there)


def _existing(folder: str, name: str) -> str | None:
    """Return the name under which anything is stored; None if there is nothing, or a link that leads nowhere."""
    is_there = os.path.exists(f"{folder}/{name}")  # noqa: PTH110  (Path raises for a name that is too long)
    return stored_as(folder, name) if is_there else None


def _with_capitals(folder: str, name: str, given: str) -> str | None:
    """Return the existing file that Anki checks before the given name: the cleaned name before it is in lower case."""
    composed = nfc(name)
    if composed == given:
        return None
    # if Anki changes more than the case, only Anki knows the name
    known = [composed] if composed.lower() == given else os.listdir(folder)  # noqa: PTH208
    alike = [other for other in known if other != given and other.lower() == given and is_file(folder, other)]
    found = next((other for other in alike if _namer.name(name, other) == other), None)
    return None if found is None else stored_as(folder, found)


def _has_content(folder: str, name: str, content: bytes) -> bool:
    try:
        with open_regular(f"{folder}/{name}", databases_of(folder)) as file:
            return os.fstat(file.fileno()).st_size == len(content) and _holds(file, content)
    except (OSError, ValueError):
        return False


def _holds(file: IO[bytes], content: bytes) -> bool:
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
            media_moves.patiently(lambda: from_path(str(Path(col.media.dir(), name))))
    return name
