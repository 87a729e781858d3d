"""Notes: finding, describing, adding and deleting them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from anki.notes import NoteId
from anki.utils import split_fields, strip_html_media

from ...collection.errors import ClozeProblem, DeckNotFound, Duplicate, EmptyNote, ModelNotFound
from ...collection.rows import ROWS_PER_PART, note_types_of, refuse_unreadable_of
from ...rpc.context import Context
from ...rpc.errors import ActionError, AlreadyExists, DownloadFailed, FileProblem, Refused, SomeFailed
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.notes import ADDED_NOTES, Malformed
from ...schemas.note import notes as s
from ...text.anki_text import WHITE_SPACE, is_blank
from ..dry_run import DryRunReport, destructive, report_of_notes
from ..media.files import fetch_for_note, fetch_for_notes, has_files, needs_of_note, needs_of_notes, store_references
from . import writing
from .drafts import Draft, Drafts, append, model_wanted
from .idempotency import match_idempotency_key
from .writing import add_in_chunks, bulk_label, number_errors, outcomes

if TYPE_CHECKING:
    from anki.collection import Collection

_ADD_ERRORS = [
    ModelNotFound,
    DeckNotFound,
    Duplicate,
    EmptyNote,
    ClozeProblem,
    Refused,
    FileProblem,
    DownloadFailed,
    AlreadyExists,
]

_PERA = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "pera", "Back": "pear"}}
_PESCA = {**_PERA, "fields": {"Front": "pesca", "Back": "peach"}}
_MELA = {
    "deckName": "Italian::A1",
    "modelName": "Italian vocab",
    "fields": {"Word": "mela", "Meaning": "apple"},
}
_IS_DUPLICATE = "cannot create note because it is a duplicate"


# --- adding ---


@action(
    "addNote",
    s.AddNote,
    s.NOTE_ID,
    prepare=fetch_for_note,
    needs=needs_of_note,
    writes=True,
    errors=_ADD_ERRORS,
    examples=[
        Example("a word", {"note": {**_PERA, "tags": ["fruit"]}}, 1700000000003),
        Example(
            "a duplicate, with a sound",
            {
                "note": {
                    **_MELA,
                    "options": {"allowDuplicate": True},
                    "audio": [{"filename": "mela.mp3", "data": "Y2lhbw==", "fields": ["Word"]}],
                }
            },
            1700000000003,
        ),
    ],
)
def add_note(ctx: Context, note: dict[str, Any], idempotency_key: str | None) -> int:
    """Add a note and return its id.

    A note is refused if its first field is empty, if another note in the scope has the same first field, or if its
    cloze deletions do not fit the note type.
    """
    (draft,) = _checked(ctx, [note], together=True, key=idempotency_key)
    _store_files(ctx, [draft])
    if draft.error is not None:
        raise draft.error
    _add(ctx, [draft])
    assert draft.id is not None
    return draft.id


@action(
    "addNotes",
    s.AddNotes,
    ADDED_NOTES,
    prepare=fetch_for_notes,
    needs=needs_of_notes,
    writes=True,
    errors=[SomeFailed],
    cancellable=True,
    examples=[
        Example(
            "two words",
            {"notes": [_PERA, _PESCA]},
            [{"id": 1700000000003, "error": None}, {"id": 1700000000004, "error": None}],
        ),
        Example(
            "one is there already",
            {"notes": [_PERA, _MELA]},
            [
                {"id": 1700000000003, "error": None},
                {
                    "id": None,
                    "error": {
                        "code": 201,
                        "message": _IS_DUPLICATE,
                        "data": {"kind": "duplicate", "notes": [1700000000001], "index": 1},
                    },
                },
            ],
        ),
    ],
)
def add_notes(
    ctx: Context,
    notes: list[dict[str, Any] | Malformed],
    on_error: str,
    idempotency_key: str | None,
) -> list[dict[str, Any]]:
    """Add notes and return for each its id, or why it was not added.

    A note that repeats an earlier note of the call is a duplicate. Each 1,000 notes are written atomically; the call is
    one step in Anki's undo menu.
    """
    drafts = _checked(ctx, notes, together=True, key=idempotency_key)
    ctx.free_later(drafts)
    number_errors(ctx, [draft.error for draft in drafts], abort=on_error == "abort", verb="added")
    _store_files(ctx, drafts)
    number_errors(ctx, [draft.error for draft in drafts], abort=on_error == "abort", verb="added")
    _add(ctx, drafts)
    return outcomes(ctx, drafts)


def _checked(
    ctx: Context,
    notes: Sequence[dict[str, Any] | Malformed],
    *,
    together: bool,
    key: str | None = None,
) -> list[Draft]:
    drafts = Drafts(ctx.col, ctx.tolerant)
    built = [drafts.build(note) for note in ctx.paced(notes)]
    if key is not None:
        contents = [[_model_given(draft.source), draft.source.get("fields")] for draft in built]
        match_idempotency_key(ctx, key, built, contents)
    drafts.check(ctx, built, together=together)
    return built


def _model_given(note: dict[str, Any]) -> Any:
    """How a note gives its note type, for its idempotency key; None for a malformed note."""
    return model_wanted(note) if note else None


def _store_files(ctx: Context, drafts: Sequence[Draft]) -> None:
    """Store the files of accepted drafts and add the references; if a file fails, its draft fails."""
    for draft in ctx.paced(drafts):
        if draft.is_new and draft.note is not None and has_files(draft.source):
            try:
                append(draft.note, store_references(ctx.col, draft.source, ctx.tolerant))
            except ActionError as error:
                draft.error = error


def _add(ctx: Context, drafts: Sequence[Draft]) -> None:
    added = [draft for draft in ctx.paced(drafts) if draft.is_new and draft.note]
    label = bulk_label(ctx, "Add", len(added))
    makes_decks = any(draft.deck_id < 0 for draft in added)
    is_short = len(added) <= writing.NOTES_PER_CHUNK and ctx.operation is None
    with ctx.single_commit() if makes_decks and is_short else nullcontext():
        _make_decks(ctx, added, label)
        if len(added) == 1 and not (added[0].suspended or added[0].flag):
            ctx.write(ctx.col.add_notes, [added[0].request()])
        else:
            add_in_chunks(ctx, added, label)


def _make_decks(ctx: Context, drafts: Sequence[Draft], label: str) -> None:
    decks = ctx.col.decks
    for draft in drafts:
        if draft.deck_id < 0:
            name = draft.source["deck_name"]
            known = decks.id_for_name(name)
            draft.deck_id = known or ctx.write_as(label, decks.add_normal_deck_with_name, name).id


# --- checking first ---


@action(
    "canAddNote",
    s.CanAddNote,
    s.CAN_ADD,
    examples=[Example("a new word", {"note": _PERA}, True)],
)
def can_add_note(ctx: Context, note: dict[str, Any] | Malformed) -> bool:
    """Check whether addNote would accept a note. Nothing is fetched or stored."""
    return _refusals(ctx, [note])[0] is None


@action(
    "canAddNotes",
    s.CanAddNotes,
    s.CAN_ADD_EACH,
    examples=[
        Example("new words", {"notes": [_PERA, _PESCA]}, [True, True]),
        Example("a new word and an old one", {"notes": [_PERA, _MELA]}, [True, False]),
    ],
)
def can_add_notes(ctx: Context, notes: list[dict[str, Any] | Malformed]) -> list[bool]:
    """Check for each note whether addNote would accept it. The notes are not compared with each other."""
    return [refusal is None for refusal in _refusals(ctx, notes)]


@action(
    "canAddNoteWithErrorDetail",
    s.CanAddNote,
    s.CAN_ADD_DETAIL,
    examples=[
        Example("a new word", {"note": _PERA}, {"canAdd": True}),
        Example("there already", {"note": _MELA}, {"canAdd": False, "error": _IS_DUPLICATE}),
    ],
)
def can_add_note_with_error_detail(ctx: Context, note: dict[str, Any] | Malformed) -> dict[str, Any]:
    """Check whether addNote would accept a note, and if not, why."""
    return can_add_notes_with_error_detail(ctx, [note])[0]


@action(
    "canAddNotesWithErrorDetail",
    s.CanAddNotes,
    s.CAN_ADD_DETAILS,
    examples=[
        Example("new words", {"notes": [_PERA, _PESCA]}, [{"canAdd": True}, {"canAdd": True}]),
        Example(
            "a new word and an old one",
            {"notes": [_PERA, _MELA]},
            [{"canAdd": True}, {"canAdd": False, "error": _IS_DUPLICATE}],
        ),
    ],
)
def can_add_notes_with_error_detail(ctx: Context, notes: list[dict[str, Any] | Malformed]) -> list[dict[str, Any]]:
    """Check for each note whether addNote would accept it, and if not, why."""
    return [
        {"canAdd": True} if refusal is None else {"canAdd": False, "error": refusal}
        for refusal in _refusals(ctx, notes)
    ]


def _refusals(ctx: Context, notes: Sequence[dict[str, Any] | Malformed]) -> list[str | None]:
    """For each note the message with which addNote would refuse it, or None."""
    try:
        drafts = _checked(ctx, notes, together=False)
    except ActionError as error:  # no collection
        return [str(error)] * len(notes)
    return [None if draft.error is None else ctx.error_object(draft.error)["message"] for draft in drafts]


# --- deleting ---


def _dry_run_delete(ctx: Context, notes: list[int]) -> DryRunReport:
    return report_of_notes(ctx.col, notes)


@destructive(
    "deleteNotes",
    s.DeleteNotes,
    s.DELETED_NOTES,
    dry_run=_dry_run_delete,
    idempotent=True,
    touches_notes=lambda params: params["notes"],
    scope=Scope.DELETE,
    cancellable=True,
    errors=[Refused],
    examples=[
        Example("one, and an id that does not exist", {"notes": [1700000000001, 1234567890123]}, [1700000000001]),
        Example(
            "what would go",
            {"notes": [1700000000001], "dryRun": True},
            {
                "dryRun": True,
                "notes": {"count": 1, "ids": [1700000000001]},
                "cards": {"count": 1, "ids": [1700000001001]},
            },
        ),
    ],
)
def delete_notes(ctx: Context, notes: list[int]) -> list[int]:
    """Delete notes with all their cards, and return the ids of the deleted notes. Unknown ids are skipped.

    Each 1,000 notes are deleted atomically; the call is one step in Anki's undo menu.
    """
    parts = ctx.parts([*dict.fromkeys(notes)], ROWS_PER_PART)
    known = [note_id for part in parts for note_id in known_notes(ctx.col, part)]
    deleted: list[int] = []
    for chunk in ctx.chunks(known, writing.NOTES_PER_CHUNK):
        ctx.write(ctx.col.remove_notes, chunk)
        deleted += chunk
    return deleted


def known_notes(col: Collection, notes: Sequence[int]) -> list[NoteId]:
    """Those of the notes that exist. Raises Refused if Anki cannot read one of these notes or their cards."""
    known = note_types_of(col, notes)
    refuse_unreadable_of(col, "card", "nid", known)
    return [*map(NoteId, known)]


def _dry_run_remove_empty(ctx: Context) -> DryRunReport:
    return report_of_notes(ctx.col, _empty_notes(ctx))


@destructive(
    "removeEmptyNotes",
    NoParams,
    NOTHING,
    dry_run=_dry_run_remove_empty,
    touches_notes=lambda params: None,
    scope=Scope.DELETE,
    errors=[Refused],
    examples=[Example("there is none", {}, None), Example("what would go", {"dryRun": True}, {"dryRun": True})],
)
def remove_empty_notes(ctx: Context) -> None:
    """Delete notes whose fields are all empty, with their cards.

    A field with only white space or empty HTML is empty; one with a picture or a sound is not. Tags do not count. Other
    notes keep their empty cards, which `findEmptyCards` lists.
    """
    if empty := _empty_notes(ctx):
        ctx.write(ctx.col.remove_notes, known_notes(ctx.col, empty))


def _empty_notes(ctx: Context) -> list[NoteId]:
    assert ctx.col.db is not None
    rows = ctx.col.db.all("select id, cast(flds as text) from notes where trim(sfld, ?) = ''", WHITE_SPACE)
    return [NoteId(note_id) for note_id, fields in rows if is_blank(strip_html_media(" ".join(split_fields(fields))))]
