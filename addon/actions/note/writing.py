"""Writing many notes: in chunks, under one name in Anki's undo menu, and with an outcome for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anki.collection import AddNoteRequest
from anki.decks import DeckId
from anki.utils import guid64

from ...collection.rows import rows_of
from ...rpc.errors import ActionError, Cancelled, InvalidParams, SomeFailed
from .idempotency import Keyed

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.notes import Note

    from ...rpc.context import Context

NOTES_PER_CHUNK = 1_000
"""Notes per backend call: other callers and Anki's window wait for at most one such call."""


@dataclass(slots=True)
class NoteToAdd(Keyed):
    """One note that a call is to add. If it cannot be built, `error` says why."""

    note: Note | None = None
    deck_id: int = 0
    suspended: bool = False
    flag: int = 0
    """The state and the flag of its cards."""

    @property
    def id(self) -> int | None:
        """0 if the call was cancelled before the note was written; None if the note cannot be added."""
        return self.added_before or (self.note.id if self.note and self.error is None else None)

    def request(self) -> AddNoteRequest:
        """The request to Anki to add the note, with the guid of the call's key, or a new one."""
        assert self.note is not None
        self.note.guid = self.guid or self.note.guid or guid64()
        return AddNoteRequest(self.note, DeckId(self.deck_id))


def bulk_label(ctx: Context, verb: str, *counts: int) -> str:
    """The name in Anki's undo menu for writing notes; `counts` are the lengths of lists, each written in chunks.

    An operation can be cancelled between chunks, and Anki cannot rename a step, so the name must be true for any part.
    """
    total = sum(counts)
    if total == 1:
        return f"{verb} Note"
    is_one_chunk = sum(-(-count // NOTES_PER_CHUNK) for count in counts) <= 1
    return f"{verb} {total} notes" if ctx.operation is None or is_one_chunk else f"{verb} notes"


def add_in_chunks(ctx: Context, notes: Sequence[NoteToAdd], label: str, before: int = 0) -> None:
    """Add notes, each chunk by one atomic call, and all under one name in Anki's undo menu.

    If the call is cancelled, the remaining notes keep the id 0. `before`: the number of notes written before.
    """
    for chunk in ctx.chunks(notes, NOTES_PER_CHUNK, before=before):
        marked = [note for note in chunk if note.suspended or note.flag]
        with ctx.single_commit() if marked else nullcontext():
            ctx.write_as(label, ctx.col.add_notes, [note.request() for note in chunk])
            if marked:
                _mark_cards(ctx, marked, label)


def _mark_cards(ctx: Context, notes: Sequence[NoteToAdd], label: str) -> None:
    """Suspend and flag the cards of new notes."""
    col = ctx.col
    marked = {note.id: note for note in notes if note.id}
    cards: list[tuple[int, CardId]] = [*map(tuple, rows_of(col, "select nid, id from cards where nid in ids", marked))]
    if suspended := [card_id for note_id, card_id in cards if marked[note_id].suspended]:
        ctx.write_as(label, col.sched.suspend_cards, suspended)
    flagged = defaultdict(list)
    for note_id, card_id in cards:
        flagged[marked[note_id].flag].append(card_id)
    for flag, card_ids in flagged.items():
        if flag:
            ctx.write_as(label, col.set_user_flag_for_cards, flag, card_ids)


def number_errors(ctx: Context, errors: Sequence[ActionError | None], *, abort: bool, verb: str = "written") -> None:
    """Number the errors, and add their hints; if `abort`, raise SomeFailed with all of them."""
    failed = []
    for index, error in enumerate(ctx.paced(errors)):
        if error is not None:
            error.data["index"] = index
            if isinstance(error, InvalidParams):
                error.move("note", f"notes.{index}")
            failed.append(ctx.error_object(error))
    if failed and abort:
        raise SomeFailed(f"{len(failed)} of {len(errors)} notes cannot be {verb}", errors=failed)


def cut_short(index: int) -> Cancelled:
    """The error for a note that was not written because the call was cancelled."""
    return Cancelled("it was cancelled before this note was written", index=index)


def outcomes(ctx: Context, notes: Sequence[NoteToAdd]) -> list[dict[str, Any]]:
    """For each note its id, or why it was not added."""
    for index, note in enumerate(ctx.paced(notes)):
        if note.id == 0:
            note.error = cut_short(index)
    return [{"id": note.id, "error": note.error and note.error.to_object()} for note in ctx.paced(notes)]
