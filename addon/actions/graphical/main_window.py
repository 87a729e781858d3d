"""The main window: its screens, undo, the database check, importing, quitting."""

from __future__ import annotations

import html
import os
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from anki.errors import UndoEmpty

from ...collection.errors import DeckNotFound
from ...collection.package_sizes import measure
from ...files.consent import await_consent, explained
from ...files.file_policy import FilePolicy
from ...gui.dialogs import waiting_dialog
from ...rpc.caller import Caller
from ...rpc.context import Context
from ...rpc.errors import Busy, FileProblem
from ...rpc.executor import RunsOn
from ...rpc.host import Host
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.windows import DONE
from ...schemas.graphical import main_window as s
from ...text.folders import replace_path
from ..deck.current import existing_deck

if TYPE_CHECKING:
    from anki.collection import Collection, OpChangesAfterUndo
    from aqt.main import AnkiQt

EXIT_DELAY_MS = 1000
"""Time until Anki begins to close, so that the response is sent first."""
EXIT_LOOK_MS = 100
"""Time between two looks whether a profile that is being closed is closed."""


# --- screens ---


@action(
    "guiDeckBrowser",
    NoParams,
    NOTHING,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    examples=[Example("show the decks", {}, None)],
)
def gui_deck_browser(ctx: Context) -> None:
    """Show the list of decks."""
    ctx.col  # noqa: B018  (without one, Anki's screens raise)
    ctx.mw.moveToState("deckBrowser")


@action(
    "guiDeckOverview",
    s.GuiDeck,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[DeckNotFound],
    examples=[Example("one deck", {"name": "Italian::A1"}, True)],
)
def gui_deck_overview(ctx: Context, name: str) -> bool:
    """Select a deck and show its overview."""
    return _show_deck(ctx, name, "overview")


@action(
    "guiDeckReview",
    s.GuiDeck,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[DeckNotFound],
    examples=[Example("one deck", {"name": "Italian::A1"}, True)],
)
def gui_deck_review(ctx: Context, name: str) -> bool:
    """Start to review a deck. If nothing is due, Anki shows the deck's overview."""
    return _show_deck(ctx, name, "review")


def _show_deck(ctx: Context, name: str, state: Any) -> bool:
    ctx.col.decks.set_current(existing_deck(ctx, name))
    ctx.mw.update_undo_actions()
    ctx.mw.moveToState(state)
    return True


# --- the collection ---


@action(
    "guiUndo",
    NoParams,
    s.UNDONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    writes=True,
    undoable=False,
    examples=[Example("after a change", {}, True)],
)
def gui_undo(ctx: Context) -> Future[bool]:
    """Undo the newest step, as Anki's menu does; false if there is nothing to undo.

    Callers without the scope `delete` may undo only their own steps, as with `undo`.
    """
    from aqt import gui_hooks
    from aqt.operations import CollectionOp
    from aqt.utils import tooltip, tr

    ctx.col  # noqa: B018  (raises without a collection)
    mw = ctx.mw
    undone: Future[bool] = Future()
    undone.set_running_or_notify_cancel()

    def succeed(out: OpChangesAfterUndo) -> None:
        try:
            gui_hooks.state_did_undo(out)  # another add-on may raise
            tooltip(html.escape(tr.undo_action_undone(action=out.operation)), parent=mw)
        finally:
            mw.taskman.run_on_main(lambda: undone.set_result(True))  # after the windows are updated

    def fail(error: Exception) -> None:
        if isinstance(error, UndoEmpty):
            undone.set_result(False)
        else:
            undone.set_exception(error.with_traceback(None))

    history, caller = ctx.undo, ctx.caller
    CollectionOp(mw, lambda col: history.turn(col, "undo", caller)).success(succeed).failure(fail).run_in_background()
    return undone


@action(
    "guiCheckDatabase",
    s.GuiCheckDatabase,
    s.DATABASE_CHECK,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    extra_scopes=(Scope.ADMIN,),
    writes=True,
    undoable=False,
    examples=[
        Example("a sound collection", {}, {"ok": True, "report": "Database rebuilt and optimized."}),
    ],
)
def gui_check_database(ctx: Context, wait: bool, activate: bool) -> Future[dict[str, Any]] | None:
    """Back up, check and repair the database, and return what was found.

    Anki shows its progress, and then the findings in a window that blocks nothing. Meanwhile the collection is busy:
    for a few seconds if it is large. If `wait` is false, the result is `null`, at once.
    """
    ctx.col  # noqa: B018  (raises without a collection)
    checked = _check_database(ctx.mw, activate=activate)
    return checked if wait else None


def _check_database(mw: AnkiQt, *, activate: bool) -> Future[dict[str, Any]]:
    """Like `aqt.dbcheck.check_db`, which only shows the findings, in a modal window, and does not return them."""
    from aqt.operations import QueryOp
    from aqt.utils import showText, tooltip

    from ...gui.windows import unfocused

    checked: Future[dict[str, Any]] = Future()
    checked.set_running_or_notify_cancel()

    def check(col: Collection) -> tuple[str, bool]:
        mw.create_backup_now()
        return col.fix_integrity()

    def succeed(outcome: tuple[str, bool]) -> None:
        report, ok = outcome
        tell(report, is_fine=ok)
        checked.set_result({"ok": ok, "report": report})
        mw.reset()

    def fail(error: Exception) -> None:
        tell(str(error), is_fine=False)
        checked.set_exception(error.with_traceback(None))

    def tell(report: str, *, is_fine: bool) -> None:
        if is_fine:
            tooltip(html.escape(report), parent=mw)
        elif shown := showText(report, parent=mw, run=False):
            with unfocused(not activate):
                shown[0].show()

    def progress(state: Any, update: Any) -> None:
        if state.HasField("database_check"):
            stage = state.database_check
            update.label, update.value, update.max = stage.stage, stage.stage_current, stage.stage_total

    QueryOp(parent=mw, op=check, success=succeed).failure(fail).with_backend_progress(progress).run_in_background()
    return checked


# --- importing, quitting ---


def _measure_package(
    params: dict[str, Any], caller: Caller, host: Host, is_wanted: Callable[[], bool]
) -> dict[str, Any]:
    """Find out on the server thread why a package must not be opened: Anki unpacks all of it before any check.

    Also use the folder of any file, so that Anki's main thread does not wait if the system asks the user about it.
    """
    path, problem = params["path"], None
    if path is not None:
        real = FilePolicy.for_caller(caller, host).resolve(path)
        await_consent(real)
        is_package = path.lower().endswith((".apkg", ".colpkg", ".zip"))
        if is_package and os.path.isfile(real):  # noqa: PTH113  (Path raises for a name that is too long)
            try:
                measure(real, host.package_limit())
            except FileProblem as error:
                problem = explained(replace_path(str(error), real, path))
    return {**params, "package_problem": problem}


@action(
    "guiImportFile",
    s.GuiImportFile,
    NOTHING,
    runs_on=RunsOn.GUI,
    validate_in_trial=_measure_package,
    scope=Scope.FILES,
    extra_scopes=(Scope.GUI,),
    errors=[FileProblem],
    examples=[Example("a text file", {"path": "words.csv"}, None)],
)
def gui_import_file(ctx: Context, path: str | None, activate: bool, package_problem: str | None) -> None:
    """Open Anki's import window for a file, or let the user pick a file. The user starts the import.

    The response does not wait for the user. A file is refused if its name is that of a package but its content is not,
    or if it is larger than `limits.packageMegabytes`.
    """
    from aqt.import_export.importing import IMPORTERS, import_file, prompt_for_file_then_import
    from aqt.qt import QTimer
    from aqt.utils import tooltip

    from ...gui.windows import unfocused

    ctx.col  # noqa: B018  (raises without a collection)
    mw = ctx.mw
    real = None if path is None else FilePolicy.for_caller(ctx.caller, ctx.host).resolve(path)
    if real is not None:
        problem = None
        if not os.path.isfile(real):  # noqa: PTH113  (Path raises for a name that is too long)
            problem = f"There is no such file: {path}"
        elif not any(importer.can_import(os.path.basename(real).lower()) for importer in IMPORTERS):  # noqa: PTH119
            problem = f"Anki imports no files of this type: {path}"
        else:
            problem = package_problem
        if problem is not None:
            tooltip(html.escape(problem), parent=mw)
            raise FileProblem(problem)
    if waiting_dialog() is not None:
        raise Busy("Anki has a dialog open")
    if activate:
        mw.activateWindow()

    def show() -> None:
        with unfocused(not activate):
            if real is None:
                prompt_for_file_then_import(mw)
            else:
                import_file(mw, real)

    QTimer.singleShot(0, show)  # some of Anki's dialogs here wait in an event loop of their own


@action(
    "guiExitAnki", NoParams, NOTHING, runs_on=RunsOn.GUI, scope=Scope.GUI, examples=[Example("close Anki", {}, None)]
)
def gui_exit_anki(ctx: Context) -> None:
    """Close Anki one second after the response. If a window has unsaved input, Anki asks the user first.

    If Anki is at work then, such as on an import or a sync, it closes after that.
    """
    from aqt.qt import sip

    mw = ctx.mw

    def close() -> None:
        if sip.isdeleted(mw):
            return
        if mw.isEnabled() or mw.state == "profileManager":
            mw.close()
        else:  # it would close the profile twice at once
            when_idle(EXIT_LOOK_MS)

    def when_idle(delay_ms: int) -> None:
        mw.progress.single_shot(delay_ms, close, requires_collection=False)

    when_idle(EXIT_DELAY_MS)
