"""The files that packages and texts are read from and written to, as programs name them."""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from anki.errors import BackendError, DBError, Interrupted

from ...collection.damage import damage_behind
from ...collection.errors import raise_if_full, without_folders
from ...collection.package_sizes import COLLECTIONS
from ...files.consent import await_consent, explained
from ...files.file_policy import FilePolicy
from ...files.missing import problem_with
from ...files.path_policy import Access
from ...rpc.caller import Caller
from ...rpc.context import Context
from ...rpc.errors import FileProblem
from ...rpc.host import Host
from ...text.folders import replace_path


def use_first(params: dict[str, Any], caller: Caller, host: Host) -> dict[str, Any]:
    """Use the folder of the package, and an older one there, while the lane does other work.

    The system may ask the person about the folder, or fetch the older package from a server first.
    """
    with suppress(FileProblem):  # the action reports it
        path = FilePolicy.for_caller(caller, host).resolve(params["path"], Access.WRITE)
        await_consent(path)
        if is_there(path):
            is_package(path)
    return params


@contextmanager
def resolved(ctx: Context, path: str, access: Access = Access.READ) -> Iterator[str]:
    """The real path of a path that a program names; error messages quote the path as it was given."""
    real = FilePolicy.for_caller(ctx.caller, ctx.host).resolve(path, access)
    try:
        yield real
    except (DBError, Interrupted):
        raise
    except (BackendError, FileProblem) as error:
        if isinstance(error, BackendError):
            raise_if_full(error)
            if access is Access.WRITE:
                raise_if_no_room(real)
            if damage := damage_behind(ctx.col, error):
                raise damage from None
        text = replace_path(str(error), real, path)
        text = replace_path(text, os.path.dirname(real), os.path.dirname(path.rstrip("/")))  # noqa: PTH120
        words = f"This is no package of Anki, or it is damaged: {path!r}" if _NO_ARCHIVE in text else None
        words = words or problem_with(path, real, is_read=access is Access.READ)
        raise FileProblem(explained(without_folders(text, ctx.col, path)), in_plain_words=words) from None


def raise_if_no_room(path: str) -> None:
    """Raise StorageFailed if the disk of a new file is full: Anki may only say "invalid csv" or "i/o error"."""
    try:
        with tempfile.TemporaryFile(dir=Path(path).parent) as file:
            file.write(bytes(_ROOM_BYTES))
            file.flush()
    except OSError as error:
        raise_if_full(error)


_ROOM_BYTES = 2**18
_NO_ARCHIVE = "invalid Zip archive"


def is_there(path: str) -> bool:
    """Whether a file exists. Raises FileProblem if it is not a regular file."""
    try:
        found = Path(path).stat()
    except OSError:  # Anki reports it itself
        return False
    if not stat.S_ISREG(found.st_mode):
        raise FileProblem(f"Not a regular file: {path!r}")
    return True


def is_package(path: str) -> bool:
    """Whether a file is a package, judged by its content: documents and books are ZIP archives, too.

    Raises FileProblem if it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return not COLLECTIONS.isdisjoint(package.namelist())
    except zipfile.BadZipFile:
        return False
    except OSError as error:
        raise FileProblem(f"Not overwritten, because it may be no package: {error}") from None
