"""The whole collection as a file: exporting it, and replacing it by such a file or by a backup."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki.errors import BackendError, DBError, Interrupted
from anki.media import media_paths_from_col_path

from ...collection.backups import back_up, backup_folder, backup_names
from ...collection.collection_trial import CollectionTrial, contents_of, digests_of, try_collection
from ...collection.errors import AnkiError, StorageFailed, raise_if_full, without_folders
from ...files.consent import explained
from ...files.file_policy import FilePolicy
from ...files.missing import missing_file, problem_with
from ...files.path_policy import Access
from ...rpc.caller import Caller
from ...rpc.context import Context
from ...rpc.errors import Busy, CollectionUnavailable, FileProblem, NotFound, Refused, StillRunning
from ...rpc.executor import RunsOn
from ...rpc.host import Host
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.collection import replacing as s
from ...text.folders import replace_path
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..media.files import refuse_databases
from ..package.paths import is_package, is_there, raise_if_no_room, use_first
from ..package.templates import require_readable_templates_in

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection

_ENDING = ".colpkg"
LIMIT_S = 3600.0
"""How long a caller waits, in seconds: a large media folder takes long on a slow disk."""
_NAME = "backup-2026-11-24-12.00.00.colpkg"
_CLOSING = (CollectionUnavailable, Busy, StillRunning, AnkiError, StorageFailed)
"""Errors of an action that closes the collection."""


@action(
    "exportCollection",
    s.ExportCollection,
    s.COLLECTION_EXPORTED,
    prepare=use_first,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    extra_scopes=(Scope.FILES,),
    writes=True,
    undoable=False,
    touches_notes=lambda params: None,
    limit=LIMIT_S,
    startable=True,
    cancellable=True,
    errors=[FileProblem, Refused, *_CLOSING],
    examples=[Example("with the media", {"path": "all.colpkg"}, {"size": 60_000})],
)
def export_collection(ctx: Context, path: str, *, with_media: bool, legacy: bool) -> Future[dict[str, int]]:
    """Export the whole collection, with all settings and the media, to a file that `importCollection` reads.

    An existing package is overwritten; any other existing file is refused. If the call fails, the old file stays. The
    collection is closed meanwhile, and Anki's undo history is empty afterwards.
    """
    real = _resolved(path, ctx.caller, ctx.host, Access.WRITE)
    refuse_databases(ctx.col)
    with _explaining(path, real):
        if is_there(real) and not is_package(real):
            raise FileProblem(f"Not overwritten, because it is no package: {path!r}")
    if problem := problem_with(path, real, is_read=False):
        raise FileProblem(problem)
    if not os.access(Path(real).parent, os.W_OK):
        raise FileProblem(f"The folder of this file cannot be written to: {path!r}")

    col_path = ctx.col.path

    def write(col: Collection) -> dict[str, int]:
        _require_same(col, col_path)
        with _explaining(path, real):
            try:
                col.export_collection_package(real, include_media=with_media, legacy=legacy)
            except BackendError:
                raise_if_no_room(real)
                raise
            return {"size": Path(real).stat().st_size}

    return ctx.host.export_collection(write, ctx.caller)


def _require_same(col: Collection, path: str) -> None:
    """Raise CollectionUnavailable if another collection is open by now than when the call began."""
    if col.path != path:
        raise CollectionUnavailable


def _resolved(path: str, caller: Caller, host: Host, access: Access = Access.READ) -> str:
    real = FilePolicy.for_caller(caller, host).resolve(path, access)
    if Path(real).suffix.lower() != _ENDING:
        raise FileProblem(f"The name of this file must end with {_ENDING}: {path!r}")
    return real


@contextmanager
def _explaining(path: str, real: str) -> Iterator[None]:
    """Turn an error about a file into one that quotes the path as it was given."""
    try:
        yield
    except (DBError, Interrupted):
        raise
    except (BackendError, FileProblem) as error:
        if isinstance(error, BackendError):
            raise_if_full(error)
        text = replace_path(str(error), real, path)
        text = replace_path(text, str(Path(real).parent), str(Path(path).parent))
        raise FileProblem(explained(without_folders(text, None, path))) from None


# --- replacing ---


def _try_first(params: dict[str, Any], caller: Caller, host: Host, is_wanted: Callable[[], bool]) -> dict[str, Any]:
    """Try the file while the collection is in use. An earlier call of a batch may still write a missing one."""
    trial = None
    with suppress(FileProblem):
        real = _resolved(params["path"], caller, host)
        if is_there(real):
            trial = _try(real, host, is_wanted, compares=params["dry_run"])
    return {**params, "trial": trial}


def _try(path: str, host: Host, is_wanted: Callable[[], bool] = lambda: True, *, compares: bool) -> CollectionTrial:
    limit = host.package_limit()
    return try_collection(path, limit, check=require_readable_templates_in, is_wanted=is_wanted, compares=compares)


def _tried(ctx: Context, real: str, trial: CollectionTrial | None, *, compares: bool = False) -> CollectionTrial:
    """The trial of a file, which is made now if the file was missing or has changed. Raises FileProblem."""
    if trial is None or not trial.is_of(real):
        trial = _try(real, ctx.host, compares=compares)
    trial.check()
    return trial


def _dry_run_import(ctx: Context, path: str, trial: CollectionTrial | None) -> Future[DryRunReport]:
    real = _existing(ctx, path)
    with _explaining(path, real):
        return _losses(ctx, _tried(ctx, real, trial, compares=True))


def _existing(ctx: Context, path: str) -> str:
    real = _resolved(path, ctx.caller, ctx.host)
    if not is_there(real):
        raise FileProblem(missing_file(path))
    return real


def _losses(ctx: Context, trial: CollectionTrial) -> Future[DryRunReport]:
    after = trial.contents
    assert after is not None
    refuse_databases(ctx.col)
    files = digests_of(Path(ctx.col.media.dir()), after.files)  # not on the lane, where all others would wait for it
    return ctx.host.read_collection(lambda col: dry_run_report(**contents_of(col, files).losses(after)))


@destructive(
    "importCollection",
    s.ImportCollection,
    s.COLLECTION_REPLACED,
    dry_run=_dry_run_import,
    validate_in_trial=_try_first,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    extra_scopes=(Scope.FILES,),
    undoable=False,
    touches_notes=lambda params: None,
    limit=LIMIT_S,
    startable=True,
    errors=[FileProblem, Refused, *_CLOSING],
    examples=[
        Example("what would go", {"path": "all.colpkg", "dryRun": True}, {"dryRun": True}),
        Example("a new collection", {"path": "all.colpkg"}, {"notes": 2, "cards": 2, "backup": _NAME}),
    ],
)
def import_collection(ctx: Context, path: str, trial: CollectionTrial | None) -> Future[dict[str, Any]]:
    """Replace the whole collection by one that was exported, and return what is in it.

    The present collection is backed up first, without its media; `restoreBackup` brings it back. Media files are added
    to the media folder: they replace files of the same name, all others stay. If Anki cannot use the file, nothing is
    changed. Anki's undo history is empty afterwards, and the next sync is a full one.
    """
    real, col_path = _existing(ctx, path), ctx.col.path
    with _explaining(path, real):
        trial = _tried(ctx, real, trial)
    return _replace(ctx, col_path, path, real, trial, lambda: nullcontext(real))


def _try_backup_first(
    params: dict[str, Any], caller: Caller, host: Host, is_wanted: Callable[[], bool]
) -> dict[str, Any]:
    trial, col = None, host.collection()
    with suppress(NotFound, FileProblem):
        if col is not None:
            trial = _try(_backup(col, params["name"]), host, is_wanted, compares=params["dry_run"])
    return {**params, "trial": trial}


def _backup(col: Collection, name: str) -> str:
    """The path of a backup. Raises NotFound."""
    if name not in backup_names(backup_folder(col)):
        raise NotFound(f"backup was not found: {name}", backup=name)
    return str(backup_folder(col) / name)


def _dry_run_restore(ctx: Context, name: str, trial: CollectionTrial | None) -> Future[DryRunReport]:
    with _of_backup():
        return _losses(ctx, _tried(ctx, _backup(ctx.col, name), trial, compares=True))


@contextmanager
def _of_backup() -> Iterator[None]:
    """Turn an error about a file into one about the param that names the backup."""
    try:
        yield
    except FileProblem as error:
        raise Refused(f"The backup cannot be restored: {error}", field=s.RestoreBackup.wire("name")) from None


@destructive(
    "restoreBackup",
    s.RestoreBackup,
    s.COLLECTION_REPLACED,
    dry_run=_dry_run_restore,
    validate_in_trial=_try_backup_first,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    undoable=False,
    touches_notes=lambda params: None,
    limit=LIMIT_S,
    startable=True,
    errors=[NotFound, Refused, *_CLOSING],
    examples=[
        Example("what would go", {"name": _NAME, "dryRun": True}, {"dryRun": True}),
        Example("an older one", {"name": _NAME}, {"notes": 2, "cards": 2, "backup": _NAME}),
    ],
)
def restore_backup(ctx: Context, name: str, trial: CollectionTrial | None) -> Future[dict[str, Any]]:
    """Replace the collection by a backup of this profile, and return what is in it.

    The present collection is backed up first, so `restoreBackup` can also bring that back. Backups have no media, so
    the media folder stays as it is. Anki's undo history is empty afterwards, and the next sync is a full one.
    """
    real, col_path = _backup(ctx.col, name), ctx.col.path
    with _of_backup():
        trial = _tried(ctx, real, trial)
    return _replace(ctx, col_path, name, real, trial, lambda: _copied(real), _of_backup)


@contextmanager
def _copied(path: str) -> Iterator[str]:
    """A copy of a backup: Anki deletes old backups when it makes a new one."""
    with tempfile.TemporaryDirectory(prefix="anki-rpc-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, f"collection{_ENDING}")
        shutil.copyfile(path, copy)
        yield str(copy)


def _replace(
    ctx: Context,
    col_path: str,
    named: str,
    real: str,
    trial: CollectionTrial,
    source: Callable[[], AbstractContextManager[str]],
    explaining: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Future[dict[str, Any]]:
    """Back the collection at `col_path` up, and replace it by the package that `source` yields. Raises
    CollectionUnavailable if another one is open.
    """
    _require_same(ctx.col, col_path)
    refuse_databases(ctx.col)
    held, path, host, caller = ExitStack(), list[str](), ctx.host, ctx.caller

    def prepare(col: Collection) -> dict[str, Any]:
        _require_same(col, col_path)
        caller.require_session(host.session())  # it may have ended while the call waited for the collection
        with explaining(), _explaining(named, real):
            if not trial.is_of(real):
                raise FileProblem(f"The file has changed meanwhile. Try again: {named!r}")
            path.append(held.enter_context(source()))
            return {"notes": trial.notes, "cards": trial.cards, "backup": back_up(col).name}

    def replace(backend: RustBackend) -> None:
        media_folder, media_db = media_paths_from_col_path(col_path)
        with explaining(), _explaining(named, path[0]):
            backend.import_collection_package(
                col_path=col_path, backup_path=path[0], media_folder=media_folder, media_db=media_db
            )

    done = host.replace_collection(prepare, replace, caller)
    done.add_done_callback(lambda _: held.close())
    return done
