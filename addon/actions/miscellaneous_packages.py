"""Packages (.apkg): writing a deck to one, and reading one in."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anki.collection import (
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.decks import DeckId
from anki.errors import BackendError, DBError, Interrupted
from anki.media import media_paths_from_col_path

from ..rpc.context import Context
from ..rpc.errors import FileProblem
from ..rpc.registry import Example, Scope, action
from ..schemas import miscellaneous_packages as s
from .package_templates import require_readable_templates

if TYPE_CHECKING:
    from anki.collection import Collection

_COLLECTIONS = {"collection.anki2", "collection.anki21", "collection.anki21b"}
"""What a package holds one of, by its age."""


@action(
    "exportPackage",
    s.ExportPackage,
    s.EXPORTED,
    scope=Scope.FILES,
    errors=[FileProblem],
    cancellable=True,
    examples=[Example("with scheduling", {"deck": "Italian", "path": "new.apkg", "includeSched": True}, True)],
)
def export_package(ctx: Context, deck: str, path: str, include_sched: bool) -> bool:
    """Write a deck with its sub-decks and their media to a package.

    An existing package is overwritten, any other file is not. Without scheduling the cards come out new, and the
    tags `marked` and `leech` are left out.
    """
    deck_id = ctx.col.decks.id_for_name(deck)
    if deck_id is None:
        return False
    options = ExportAnkiPackageOptions(
        with_scheduling=include_sched, with_deck_configs=include_sched, with_media=True, legacy=True
    )
    with _resolved(ctx, path) as real:
        if _is_there(ctx.col, real) and not _is_package(real):
            raise FileProblem(f"Not overwritten, because it is no package: {real!r}", field="path")
        ctx.col.export_anki_package(out_path=real, options=options, limit=DeckIdLimit(DeckId(deck_id)))
    return True


@action(
    "importPackage",
    s.ImportPackage,
    s.IMPORTED,
    writes=True,
    edits=lambda params: None,
    scope=Scope.FILES,
    errors=[FileProblem],
    cancellable=True,
    examples=[Example("a package", {"path": "italian.apkg"}, True)],
)
def import_package(ctx: Context, path: str) -> bool:
    """Read a package in: notes with their cards, scheduling, media and deck options.

    Notes that are there already are recognised, and changed where the package has a newer version. Files stay in the
    media folder when the import is undone.
    """
    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
    with _resolved(ctx, path) as real:
        if _is_there(ctx.col, real):
            _check(real)
        ctx.write(ctx.col.import_anki_package, ImportAnkiPackageRequest(package_path=real, options=options))
    return True


@contextmanager
def _resolved(ctx: Context, path: str) -> Iterator[str]:
    """The real path of one that a program names; in the texts of errors it stands as it was given."""
    real = ctx.host.file_policy().resolve(path)
    try:
        yield real
    except (DBError, Interrupted):
        raise
    except (BackendError, FileProblem) as error:
        text = str(error).replace(real, path).replace(os.path.dirname(real), os.path.dirname(path))  # noqa: PTH120
        raise FileProblem(text, field="path") from None


def _is_there(col: Collection, path: str) -> bool:
    """Whether there is a file. Raises FileProblem for what is no regular file, and for one of the collection's own.

    Opening and closing the collection's file once more would take away Anki's lock on it.
    """
    found = _stat(path)
    if found is None:
        return False
    if not stat.S_ISREG(found.st_mode):
        raise FileProblem(f"Not a regular file: {path!r}", field="path")
    for own in (col.path, f"{col.path}-wal", media_paths_from_col_path(col.path)[1]):
        if (other := _stat(own)) and os.path.samestat(found, other):
            raise FileProblem(f"In use by Anki: {path!r}", field="path")
    return True


def _stat(path: str) -> os.stat_result | None:
    try:
        return Path(path).stat()
    except (OSError, ValueError):  # Anki says so itself, in its own words
        return None


def _is_package(path: str) -> bool:
    """Whether it is one by what is in it: documents and books are ZIP archives too."""
    try:
        with zipfile.ZipFile(path) as package:
            return _holds_collection(package)
    except (OSError, zipfile.BadZipFile):
        return False


def _holds_collection(package: zipfile.ZipFile) -> bool:
    return not _COLLECTIONS.isdisjoint(package.namelist())


def _check(path: str) -> None:
    """Look for damage before Anki does: an import that fails half-way takes the undo history with it."""
    try:
        package = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile):
        return  # Anki says so itself, and without harm
    with package:
        if not _holds_collection(package):
            raise FileProblem(f"No package, because there is no collection in it: {path!r}", field="path")
        try:
            damaged = package.testzip()
        except (OSError, EOFError, RuntimeError, zlib.error) as error:
            damaged = str(error)
        if damaged is not None:
            raise FileProblem(f"The package is damaged: {damaged}", field="path")
        require_readable_templates(package)
