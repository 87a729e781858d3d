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

from ...collection.errors import CardNotFound, DeckNotFound, InvalidSearch, NoteNotFound, SchedulerOutdated
from ...collection.package_news import log_without_news
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
from ...schemas.package.texts import IMPORTED_NOTES, NUMBER_OF_NOTES
from ..deck.current import existing_deck
from ..media.files import refuse_databases
from .paths import is_package, is_there, resolved, use_first
from .selection import limit_of
from .templates import require_readable_templates
from .texts import outcome_of

if TYPE_CHECKING:
    from anki.collection import Collection, ExportLimit
    from anki.import_export_pb2 import ImportResponse

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
def export_package(
    ctx: Context,
    deck: str,
    path: str,
    include_sched: bool,
    with_media: bool,
    with_deck_options: bool | None,
    legacy: bool,
) -> bool:
    """Export a deck, with its sub-decks and their media, to a package file.

    An existing package is overwritten; any other existing file is refused. Without scheduling, the cards are exported
    as new, without the tags `marked` and `leech`.
    """
    deck_options = include_sched if with_deck_options is None else with_deck_options
    options = ExportAnkiPackageOptions(
        with_scheduling=include_sched, with_deck_configs=deck_options, with_media=with_media, legacy=legacy
    )
    _export(ctx, path, options, DeckIdLimit(existing_deck(ctx, deck)))
    return True


@action(
    "exportNotesPackage",
    s.ExportNotesPackage,
    NUMBER_OF_NOTES,
    prepare=use_first,
    scope=Scope.FILES,
    errors=[NoteNotFound, CardNotFound, DeckNotFound, InvalidSearch, FileProblem, Refused],
    cancellable=True,
    examples=[Example("the result of a search", {"path": "new.apkg", "notes": None, "cards": None, "query": ""}, 2)],
)
def export_notes_package(
    ctx: Context,
    path: str,
    *,
    with_scheduling: bool,
    with_deck_options: bool,
    with_media: bool,
    legacy: bool,
    **selection: Any,
) -> int:
    """Export notes, with their cards and media, to a package file, and return their number.

    Of notes that `cards` chooses only these cards are exported. See `exportPackage` for what is overwritten, and for
    what is left out without scheduling.
    """
    options = ExportAnkiPackageOptions(
        with_scheduling=with_scheduling, with_deck_configs=with_deck_options, with_media=with_media, legacy=legacy
    )
    return _export(ctx, path, options, limit_of(ctx, selection))


def _export(ctx: Context, path: str, options: ExportAnkiPackageOptions, limit: ExportLimit) -> int:
    with resolved(ctx, path, Access.WRITE) as real:
        refuse_databases(ctx.col)
        if is_there(real) and not is_package(real):
            raise FileProblem(f"Not overwritten, because it is no package: {path!r}")
        return ctx.col.export_anki_package(out_path=real, options=options, limit=limit)


def _try_first(params: dict[str, Any], caller: Caller, host: Host, is_wanted: Callable[[], bool]) -> dict[str, Any]:
    return {**params, "trial": try_first(params["path"], _OPTIONS, caller, host, is_wanted)}


def _try_merge_first(
    params: dict[str, Any], caller: Caller, host: Host, is_wanted: Callable[[], bool]
) -> dict[str, Any]:
    return {**params, "trial": try_first(params["path"], _options_of(params), caller, host, is_wanted, compares=True)}


def try_first(
    path: str,
    options: ImportAnkiPackageOptions,
    caller: Caller,
    host: Host,
    is_wanted: Callable[[], bool],
    *,
    compares: bool = False,
) -> Trial | None:
    """Import the package into a trial collection while the lane does other work.

    A missing file is no error yet: an earlier call of the same batch may write it.
    """
    try:
        col = host.collection()
        real = FilePolicy.for_caller(caller, host).resolve(path)
        await_consent(real)
        if col is not None and col.sched_ver() != _V1 and is_there(real):
            return _try(real, options, col, host, is_wanted, compares=compares)
    except FileProblem:  # the action reports it
        pass
    return None


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
    _import(ctx, path, _OPTIONS, trial)
    return True


@action(
    "mergePackage",
    s.MergePackage,
    IMPORTED_NOTES,
    validate_in_trial=_try_merge_first,
    writes=True,
    touches_notes=lambda params: None,
    scope=Scope.FILES,
    extra_scopes=(Scope.WRITE, Scope.MEDIA),
    errors=[FileProblem, Refused],
    cancellable=True,
    examples=[
        Example(
            "a package that was imported already",
            {"path": "italian.apkg"},
            {
                "found": 2,
                "new": [],
                "updated": [],
                "unchanged": [1700000000001, 1700000000002],
                "firstFieldMatch": [],
                "conflicting": [],
                "missingModel": [],
                "missingDeck": [],
                "emptyFirstField": [],
            },
        )
    ],
)
def merge_package(ctx: Context, path: str, trial: Trial | None, **choices: Any) -> dict[str, Any]:
    """Import a package, as you choose, and return what was done with each note.

    Like `importPackage`. A note is recognised by its globally unique id. If its note type has other fields or templates
    here, it is left out (`conflicting`), unless `mergeModels` unites both. A note type that is new here, but has the
    name of another one, gets a name such as `Basic+`. The package of a whole collection (.colpkg) is merged, too. If
    the collection has everything already, nothing is written.
    """
    return outcome_of(_import(ctx, path, _options_of(choices), trial, skips_known=True))


def _options_of(choices: dict[str, Any]) -> ImportAnkiPackageOptions:
    return ImportAnkiPackageOptions(
        merge_notetypes=choices["merge_models"],
        update_notes=s.UPDATES.index(choices["update_notes"]),
        update_notetypes=s.UPDATES.index(choices["update_models"]),
        with_scheduling=choices["with_scheduling"],
        with_deck_configs=choices["with_deck_options"],
    )


def _import(
    ctx: Context, path: str, options: ImportAnkiPackageOptions, trial: Trial | None, *, skips_known: bool = False
) -> ImportResponse.Log:
    """Import a package after its trial. `skips_known`: do not begin if the collection has everything already."""
    if ctx.col.sched_ver() == _V1:
        raise SchedulerOutdated
    with resolved(ctx, path) as real:
        refuse_databases(ctx.col)
        if is_there(real):
            if trial is None or not trial.is_of(real):
                trial = _try(real, options, ctx.col, ctx.host, lambda: _is_wanted(ctx), compares=skips_known)
            trial.check(ctx.col, merges_models=options.merge_notetypes)
            if trial.content and (log := log_without_news(ctx.col, trial.content, options)):
                return log
        request = ImportAnkiPackageRequest(package_path=real, options=options)
        return ctx.write(ctx.col.import_anki_package, request).log


def _try(
    path: str,
    options: ImportAnkiPackageOptions,
    col: Collection,
    host: Host,
    is_wanted: Callable[[], bool],
    *,
    compares: bool,
) -> Trial:
    media_folder = Path(col.media.dir())
    limit = host.package_limit()
    return try_import(
        path,
        options,
        media_folder,
        limit,
        check=require_readable_templates,
        is_wanted=is_wanted,
        compares=compares,
    )


def _is_wanted(ctx: Context) -> bool:
    return ctx.operation is None or not ctx.operation.waits_for_abort
