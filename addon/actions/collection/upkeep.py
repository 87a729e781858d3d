"""Upkeep of a collection: backups, checks and empty cards, each with a result."""

from __future__ import annotations

from typing import Any

from anki.cards import CardId
from anki.collection import OpChanges
from anki.errors import BackendError, DBError

from ...collection.backups import back_up, backup_folder, backups_in
from ...collection.change_log import everything
from ...collection.damage import damage_behind
from ...collection.errors import without_folders
from ...collection.rows import READABLE_PLACE, refuse_unreadable, refuse_unreadable_of
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.collection import upkeep as s
from ...text.plain import plain
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..media.files import refuse_databases
from ..model.template_limits import require_readable_of


@action(
    "createBackup",
    NoParams,
    s.BACKUP_MADE,
    scope=Scope.ADMIN,
    errors=[Refused],
    examples=[Example("the first", {}, {"created": True, "name": "backup-2026-11-24-12.00.00.colpkg"})],
)
def create_backup(ctx: Context) -> dict[str, Any]:
    """Back up the collection, without its media, into the profile's backup folder; return once it is stored.

    If nothing has changed since the last backup, Anki makes none. Anki's preferences limit how many it keeps.
    """
    return back_up(ctx.col)._asdict()


@action("listBackups", NoParams, s.BACKUPS, examples=[Example("there is none", {}, [])])
def list_backups(ctx: Context) -> list[dict[str, Any]]:
    """List the backups of the profile, newest first; without those that are not complete."""
    return [backup._asdict() for backup in backups_in(backup_folder(ctx.col))]


@action(
    "checkDatabase",
    NoParams,
    s.DATABASE_REPORT,
    writes=True,
    undoable=False,
    touches_notes=lambda params: None,
    scope=Scope.ADMIN,
    cancellable=True,
    errors=[Refused],
    examples=[Example("a sound collection", {}, {"ok": True, "problems": []})],
)
def check_database(ctx: Context) -> dict[str, Any]:
    """Back up, check and repair the database, and return the problems that were found.

    No window opens. Meanwhile the collection is busy: for a few seconds if it is large. Anki's undo history is cleared.
    """
    require_readable_of(ctx.col)
    back_up(ctx.col)
    try:
        problems = [*map(plain, ctx.col._backend.check_database())]
    except BackendError as error:
        damage = damage_behind(ctx.col, error)
        if damage is None and not isinstance(error, DBError):
            raise
        problems = [damage.message if damage else plain(without_folders(str(error), ctx.col))]
    ctx.col.models._clear_cache()
    ctx.host.changed(everything())
    return {"ok": not problems, "problems": problems}


@action(
    "checkMedia",
    NoParams,
    s.MEDIA_REPORT,
    writes=True,
    undoable=False,
    touches_notes=lambda params: None,
    scope=Scope.MEDIA,
    extra_scopes=(Scope.WRITE,),
    cancellable=True,
    errors=[Refused],
    examples=[
        Example("nothing amiss", {}, {"unused": [], "missing": [], "notesWithMissing": [], "hasTrash": False}),
    ],
)
def check_media(ctx: Context) -> dict[str, Any]:
    """Find unused media files, and files that notes name but that are missing. Nothing is deleted.

    As in Anki's window, files whose names are not valid on every system are renamed, in the notes too. Files whose
    names begin with an underscore count as used.
    """
    refuse_databases(ctx.col)
    refuse_unreadable(ctx.col, "note", "true")
    ctx.col.models.all()  # a damaged note type would make it fail half-way
    found = ctx.col.media.check()
    ctx.host.changed(OpChanges(note=True, note_text=True))
    return {
        "unused": list(found.unused),
        "missing": list(found.missing),
        "notesWithMissing": list(found.missing_media_notes),
        "hasTrash": found.have_trash,
    }


# --- empty cards ---


@action("findEmptyCards", NoParams, s.EMPTY_CARDS, errors=[Refused], examples=[Example("there is none", {}, [])])
def find_empty_cards(ctx: Context) -> list[dict[str, Any]]:
    """Find cards whose front has become empty, grouped by note."""
    require_readable_of(ctx.col)
    try:
        found = ctx.col.get_empty_cards()
    except DBError:
        refuse_unreadable(ctx.col, "note", "true")
        refuse_unreadable(ctx.col, "card", f"not {READABLE_PLACE}")
        raise
    return [
        {"noteId": note.note_id, "cards": list(note.card_ids), "allCards": note.will_delete_note}
        for note in found.notes
    ]


def _dry_run_remove_empty_cards(ctx: Context, keep_notes: bool) -> DryRunReport:
    return dry_run_report(**_empty_cards(ctx, keep_notes))


@destructive(
    "removeEmptyCards",
    s.RemoveEmptyCards,
    s.EMPTY_CARDS_REMOVED,
    dry_run=_dry_run_remove_empty_cards,
    errors=[Refused],
    touches_notes=lambda params: None,
    scope=Scope.DELETE,
    examples=[
        Example("there is none", {"keepNotes": True}, {"cards": [], "notes": []}),
        Example("what would go", {"keepNotes": True, "dryRun": True}, {"dryRun": True}),
    ],
)
def remove_empty_cards(ctx: Context, keep_notes: bool) -> dict[str, list[int]]:
    """Remove cards whose front has become empty and return what was removed."""
    found = _empty_cards(ctx, keep_notes)
    if found["cards"]:
        cards = [CardId(card_id) for card_id in found["cards"]]
        refuse_unreadable_of(ctx.col, "card", "id", cards)
        ctx.write_as("Empty Cards", ctx.col.remove_cards_and_orphaned_notes, cards)
    return found


def _empty_cards(ctx: Context, keep_notes: bool) -> dict[str, list[int]]:
    """The cards to remove, and the notes that go with their last card."""
    cards: list[int] = []
    notes: list[int] = []
    for note in find_empty_cards(ctx):
        spared = note["allCards"] and keep_notes
        cards += note["cards"][1:] if spared else note["cards"]
        if note["allCards"] and not spared:
            notes.append(note["noteId"])
    return {"cards": cards, "notes": notes}
