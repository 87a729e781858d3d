"""Packages (.apkg): exporting a deck to one, and importing one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki.collection import (
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

from ...collection.errors import DeckNotFound, SchedulerOutdated
from ...collection.package_trial import Trial, try_import
from ...files.consent import await_consent
from ...files.file_policy import FilePolicy
from ...files.path_policy import Access
from ...rpc.caller import Caller
from ...rpc.context import Context
from ...rpc.errors import FileProblem, Refused
from ...rpc.host import Host
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.package import packages as s
from ..deck.current import existing_deck
from ..media.files import refuse_databases
from .paths import is_package, is_there, resolved, use_first
from .templates import require_readable_templates

if TYPE_CHECKING:
    from anki.collection import Collection

_V1 = 1
_OPTIONS = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)


@action(
    "exportPackage",
    s.ExportPackage,
    s.EXPORTED,
    prepare=use_first,
    scope=Scope.FILES,
    errors=[DeckNotFound, FileProblem, Refused],
    cancellable=True,
    examples=[Example("with scheduling", {"deck": "Default", "path": "new.apkg", "includeSched": True}, True)],
)
def export_package(ctx: Context, deck: str, path: str, include_sched: bool) -> bool:
    """Export a deck, with its sub-decks and their media, to a package file.

    An existing package is overwritten; any other existing file is refused. Without scheduling, the cards are exported
    as new, without the tags `marked` and `leech`.
    """
    deck_id = existing_deck(ctx, deck)
    options = ExportAnkiPackageOptions(
        with_scheduling=include_sched, with_deck_configs=include_sched, with_media=True, legacy=True
    )
    with resolved(ctx, path, Access.WRITE) as real:
        refuse_databases(ctx.col)
        if is_there(real) and not is_package(real):
            raise FileProblem(f"Not overwritten, because it is no package: {path!r}")
        ctx.col.export_anki_package(out_path=real, options=options, limit=DeckIdLimit(deck_id))
    return True


def _try_first(params: dict[str, Any], caller: Caller, host: Host, is_wanted: Callable[[], bool]) -> dict[str, Any]:
    """Import the package into a trial collection while the lane does other work.

    A missing file is no error yet: an earlier call of the same batch may write it.
    """
    try:
        col = host.collection()
        path = FilePolicy.for_caller(caller, host).resolve(params["path"])
        await_consent(path)
        trial = (
            _try(path, col, host, is_wanted)
            if (col is not None and col.sched_ver() != _V1 and is_there(path))
            else None
        )
    except FileProblem:  # the action reports it
        trial = None
    return {**params, "trial": trial}


@action(
    "importPackage",
    s.ImportPackage,
    s.IMPORTED,
    validate_in_trial=_try_first,
    writes=True,
    touches_notes=lambda params: None,
    scope=Scope.FILES,
    extra_scopes=(Scope.WRITE, Scope.MEDIA),
    errors=[FileProblem, Refused],
    cancellable=True,
    examples=[Example("a package", {"path": "italian.apkg"}, True)],
)
def import_package(ctx: Context, path: str, trial: Trial | None) -> bool:
    """Import a package: notes with their cards, scheduling, media and deck options.

    Existing notes are recognised, and updated if the package has a newer version. If the import is undone, its files
    stay in the media folder.

    The package is first imported into a temporary collection. If Anki refuses it there, or if it is larger than
    `limits.packageMegabytes`, nothing is changed, and the undo history is kept.
    """
    if ctx.col.sched_ver() == _V1:
        raise SchedulerOutdated
    with resolved(ctx, path) as real:
        refuse_databases(ctx.col)
        if is_there(real):
            if trial is None or not trial.is_of(real):
                trial = _try(real, ctx.col, ctx.host, lambda: _is_wanted(ctx))
            trial.check(ctx.col)
        ctx.write(ctx.col.import_anki_package, ImportAnkiPackageRequest(package_path=real, options=_OPTIONS))
    return True


def _try(path: str, col: Collection, host: Host, is_wanted: Callable[[], bool]) -> Trial:
    media_folder = Path(col.media.dir())
    limit = host.package_limit()
    return try_import(path, _OPTIONS, media_folder, limit, check=require_readable_templates, is_wanted=is_wanted)


def _is_wanted(ctx: Context) -> bool:
    return ctx.operation is None or not ctx.operation.waits_for_abort
