"""Anki's media trash: moving many files to it, listing it, and restoring and deleting its files.

The trash is beside the media folder, so all collections in one folder share it. In Anki each profile has its own.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...collection import media_moves, media_store
from ...files.regular_files import databases_of, is_one_of
from ...rpc.context import Context
from ...rpc.errors import CollectionUnavailable, FileProblem, Refused
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.media import trash as s
from ..dry_run import DryRunReport, destructive, dry_run_report
from .files import as_file_problem

if TYPE_CHECKING:
    from anki.collection import Collection

_FILES_PER_CHUNK = 1_000


def _dry_run_delete(ctx: Context, filenames: list[str]) -> DryRunReport:
    return dry_run_report(files=_stored(ctx.col, filenames))


@destructive(
    "deleteMediaFiles",
    s.DeleteMediaFiles,
    s.TRASHED_NAMES,
    dry_run=_dry_run_delete,
    undoable=False,
    idempotent=True,
    scope=Scope.DELETE,
    cancellable=True,
    errors=[FileProblem],
    examples=[
        Example("one, and one that does not exist", {"filenames": ["_ciao.txt", "nosuch.txt"]}, ["_ciao.txt"]),
        Example(
            "what would go",
            {"filenames": ["_ciao.txt"], "dryRun": True},
            {"dryRun": True, "files": {"count": 1, "names": ["_ciao.txt"]}},
        ),
    ],
)
def delete_media_files(ctx: Context, filenames: list[str]) -> list[str]:
    """Move files from the media folder to Anki's media trash, and return their names. Unknown names are skipped.

    With `unused` of `checkMedia`, this is the same as deleting unused files in Anki's window. `restoreMediaTrash`
    brings the files back, but a file of the same name that was in the trash before is replaced, as in Anki.
    """
    trashed: list[str] = []
    with as_file_problem(ctx.col, s.DeleteMediaFiles.wire("filenames")):
        for chunk in ctx.chunks(filenames, _FILES_PER_CHUNK):
            stored = _stored(ctx.col, chunk)
            media_moves.trash_all(ctx.col, stored)
            trashed += stored
    return trashed


def _stored(col: Collection, names: list[str]) -> list[str]:
    """The names under which these files are stored, each once."""
    folder = col.media.dir()
    databases = databases_of(folder)
    found = (media_store.find(folder, name, databases) for name in names)
    return [*dict.fromkeys(name for name in found if name is not None)]


@action(
    "listMediaTrash",
    NoParams,
    s.MEDIA_TRASH,
    runs_on=RunsOn.ANY,
    errors=[CollectionUnavailable],
    examples=[Example("there is none", {}, [])],
)
def list_media_trash(ctx: Context) -> list[dict[str, Any]]:
    """List the files in Anki's media trash.

    All collections in one folder share the trash, which matters without Anki's window.
    """
    found = [(entry.name, status.st_size) for entry, status in _entries(ctx.col) if stat.S_ISREG(status.st_mode)]
    return [{"filename": name, "size": size} for name, size in sorted(found)]


def _entries(col: Collection) -> list[tuple[os.DirEntry[str], os.stat_result]]:
    """All that is in the trash. Links are not followed."""
    folder, found = Path(col.media.dir()).with_name("media.trash"), []
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):  # it is being restored or deleted
                found.append((entry, entry.stat(follow_symlinks=False)))
    return found


@action(
    "restoreMediaTrash",
    NoParams,
    s.RESTORED_NAMES,
    writes=True,
    undoable=False,
    idempotent=True,
    scope=Scope.MEDIA,
    errors=[Refused],
    examples=[Example("there is none", {}, [])],
)
def restore_media_trash(ctx: Context) -> list[str]:
    """Move all files of Anki's media trash back to the media folder, and return their names there.

    If a name is taken by another content, the file gets a name with the SHA-1 of its content; if a file of this content
    is there already, the one in the trash is deleted. If the trash has anything but files, such as a folder, nothing
    is moved. All collections in one folder share the trash, which matters without Anki's window.
    """
    col = ctx.col
    folder = Path(col.media.dir())
    found = _entries(col)
    databases = databases_of(folder)
    for entry, status in found:
        is_taken = os.path.lexists(folder / entry.name)
        if not stat.S_ISREG(status.st_mode) and (is_taken or not stat.S_ISLNK(status.st_mode)):
            raise Refused(f"This is no regular file. Remove it from the media trash: {entry.name}")
        if is_taken and is_one_of(entry.path, databases):  # Anki would open it
            raise Refused(f"This is a database. Remove it from the media trash: {entry.name}")
    if not found:
        return []
    before = {*os.listdir(folder)}  # noqa: PTH208  (Path is slower)
    col.media.restore_trash()
    return sorted({*os.listdir(folder)} - before)  # noqa: PTH208


def _dry_run_empty(ctx: Context) -> DryRunReport:
    return dry_run_report(files=_deletable(ctx.col))


@destructive(
    "emptyMediaTrash",
    NoParams,
    s.DELETED_NAMES,
    dry_run=_dry_run_empty,
    undoable=False,
    idempotent=True,
    scope=Scope.DELETE,
    errors=[Refused],
    examples=[
        Example("there is none", {}, []),
        Example("what would go", {"dryRun": True}, {"dryRun": True}),
    ],
)
def empty_media_trash(ctx: Context) -> list[str]:
    """Delete all files in Anki's media trash for good, and return their names.

    All collections in one folder share the trash, which matters without Anki's window.
    """
    if names := _deletable(ctx.col):
        ctx.col.media.empty_trash()
    return names


def _deletable(col: Collection) -> list[str]:
    """The names of what is in the trash. Raises Refused if Anki would stop at a folder."""
    found = _entries(col)
    for entry, status in found:
        if stat.S_ISDIR(status.st_mode):
            raise Refused(f"This is a folder in the media trash. Remove it: {entry.name}")
    return sorted(entry.name for entry, _ in found)
