"""Changing a note's fields, tags and note type."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from anki.collection import Config
from anki.models import NotetypeId
from anki.notes import Note
from anki.notes import NoteId as AnkiNoteId

from ...collection.damage import refuse_new_cards, require_homes
from ...collection.errors import ModelNotFound, NoteNotFound
from ...collection.rows import READABLE_NOTE, refuse_unreadable, unreadable
from ...rpc.context import Context
from ...rpc.errors import Conflict, DownloadFailed, FileProblem, Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.fields.basic import NOTHING
from ...schemas.note import updates as s
from ...text.anki_text import field_text, index_by_name, tag_key, tag_names
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..media.files import fetch_for_note, needs_of_note
from ..model.models import require_model
from ..model.template_limits import require_readable_of
from .drafts import attach_files, case_folder, fill, model_wanted, unknown_fields, write_fields
from .note_type_change import cards_lost_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anki.collection import Collection
    from anki.models import ChangeNotetypeRequest, NotetypeDict

_UPDATE_ERRORS = [NoteNotFound, Conflict, Refused, FileProblem, DownloadFailed]


def require_note(col: Collection, note_id: int) -> Note:
    """The note with an id. Raises NoteNotFound, and Refused if its note type is missing or the note is damaged."""
    assert col.db is not None
    row = col.db.first(f"select mid, {READABLE_NOTE} from notes where id = ?", note_id)  # noqa: S608  (a constant)
    if row is None:
        raise NoteNotFound(f"Note was not found: {note_id}", note=note_id)
    model_id, is_readable = row
    if not isinstance(model_id, int) or col.models.get(NotetypeId(model_id)) is None:
        raise Refused("missing note type", model=model_id)
    if not is_readable:
        raise unreadable("note", note_id)
    return col.get_note(AnkiNoteId(note_id))


def set_tags(note: Note, tags: list[str]) -> None:
    """Replace a note's tags, unless Anki considers them the same."""
    wanted = tag_names(tags)
    if {*map(tag_key, wanted)} != {*map(tag_key, note.tags)}:
        note.tags = wanted


def write_if_changed(ctx: Context, label: str, note: Note, fields: list[str], tags: list[str]) -> None:
    """Write a note that had these fields and tags, unless Anki would store the same ones. Raises Refused."""
    if note.tags != tags or not is_stored_as(ctx.col, note.fields, fields):
        model = check_field_count(ctx.col, note.mid, note.fields)
        require_readable_of(ctx.col, [note.mid])
        refuse_unreadable(ctx.col, "card", "nid = ?", note.id)
        refuse_new_cards(ctx.col, note.id, model, note.fields)
        ctx.write_as(label, ctx.col.update_note, note)


def is_stored_as(col: Collection, texts: Sequence[str], stored: Sequence[str]) -> bool:
    """Whether Anki would store these texts in the same form as those in a note's fields."""
    if list(texts) == list(stored):
        return True
    nfc = not "".join(texts).isascii() and col.get_config_bool(Config.Bool.NORMALIZE_NOTE_TEXT)
    pairs = zip_longest(texts, stored)
    return all(new == old or (new and field_text(new, is_normalised=nfc) == old) for new, old in pairs)


def check_field_count(col: Collection, model_id: int, fields: Sequence[str]) -> NotetypeDict:
    """Return a note's type. Raises Refused if the note does not fit it, which Anki checks only while it writes."""
    model = col.models.get(NotetypeId(model_id))
    if model is None:
        raise Refused("missing note type", model=model_id)
    if len(fields) != len(model["flds"]):
        raise Refused(f"note has {len(fields)} fields, expected {len(model['flds'])}", model=model["name"])
    return model


def unexpected(note_id: int, mod: int, field: str) -> Conflict:
    """The error for a note whose field has another text than expected."""
    text = f"The field {field} of the note has another text than expected: {note_id}"
    return Conflict(text, note=note_id, mod=mod, fieldName=field)


def _require_expected(note: Note, expected: dict[str, str], model_name: str) -> None:
    """Raise Conflict if a field has another text than expected, and InvalidParams for an unknown field."""
    if unknown := [(f"expected.{name}", name) for name in expected if name not in note]:
        raise unknown_fields(unknown, model_name)
    for name, text in expected.items():
        if not is_stored_as(note.col, [text], [note[name]]):
            raise unexpected(note.id, note.mod, name)


@action(
    "updateNoteFields",
    s.UpdateNoteFields,
    NOTHING,
    prepare=fetch_for_note,
    needs=needs_of_note,
    writes=True,
    idempotent=True,
    touches_notes=lambda params: [params["note"]["id"]],
    errors=_UPDATE_ERRORS,
    examples=[Example("a field", {"note": {"id": 1700000000001, "fields": {"Meaning": "apple (fruit)"}}}, None)],
)
def update_note_fields(ctx: Context, note: dict[str, Any]) -> None:
    """Change fields of a note; the other fields stay as they are.

    Duplicates are not checked, and the first field can be emptied. With `expected`, a note that was changed meanwhile
    fails with `conflict`.
    """
    update_note(ctx, note)


@action(
    "updateNote",
    s.UpdateNote,
    NOTHING,
    prepare=fetch_for_note,
    needs=needs_of_note,
    writes=True,
    touches_notes=lambda params: [params["note"]["id"]],
    errors=_UPDATE_ERRORS,
    examples=[
        Example(
            "a field and the tags",
            {"note": {"id": 1700000000001, "fields": {"Meaning": "apple (fruit)"}, "tags": ["fruit", "food"]}},
            None,
        )
    ],
)
def update_note(ctx: Context, note: dict[str, Any]) -> None:
    """Change fields of a note, replace its tags, or both.

    Fields that are not named stay as they are, and so do the tags if `tags` is left out. Duplicates are not checked,
    and the first field can be emptied. Files are only stored together with `fields`. With `expected`, a note that was
    changed meanwhile fails with `conflict`.
    """
    stored = require_note(ctx.col, note["id"])
    if note["expected"]:
        _require_expected(stored, note["expected"], check_field_count(ctx.col, stored.mid, stored.fields)["name"])
    before = [*stored.fields], stored.tags
    if "fields" in note:
        model = stored.note_type()
        check_field_count(ctx.col, stored.mid, stored.fields)
        write_fields(stored, note["fields"], model["name"] if model else "?", ctx.tolerant)
        attach_files(ctx.col, stored, note, ctx.tolerant)
    if "tags" in note:
        set_tags(stored, note["tags"])
    write_if_changed(ctx, "Update Note", stored, *before)


def _dry_run_change_model(ctx: Context, note: dict[str, Any]) -> DryRunReport:
    col = ctx.col
    stored, model, fields = _retyped(ctx, note)
    cards = cards_lost_by(col, _change_of_model(col, stored, model)) if stored.mid != model["id"] else []
    tags = stored.tags if note["tags"] is None else tag_names(note["tags"])
    kept = {*map(tag_key, tags)}
    is_changed = not {*stored.fields} <= {*fields, ""} or any(tag_key(tag) not in kept for tag in stored.tags)
    return dry_run_report(cards=cards, changed_notes=[stored.id] if is_changed else [])


@destructive(
    "updateNoteModel",
    s.UpdateNoteModel,
    NOTHING,
    dry_run=_dry_run_change_model,
    touches_notes=lambda params: [params["note"]["id"]],
    errors=[NoteNotFound, ModelNotFound, Refused],
    examples=[
        Example(
            "to Basic",
            {
                "note": {
                    "id": 1700000000001,
                    "modelName": "Basic",
                    "fields": {"Front": "mela", "Back": "apple"},
                    "tags": ["fruit"],
                }
            },
            None,
        ),
        Example(
            "what would change",
            {
                "note": {"id": 1700000000001, "modelName": "Basic", "fields": {"Front": "mela"}, "tags": ["fruit"]},
                "dryRun": True,
            },
            {"dryRun": True, "changedNotes": {"count": 1, "ids": [1700000000001]}},
        ),
    ],
)
def update_note_model(ctx: Context, note: dict[str, Any]) -> None:
    """Change the note type of a note and replace its content.

    Fields that are not named are emptied; without `tags`, the note keeps its tags. Cards continue with the template
    that Anki finds for them, and missing cards are created. Cards without a template are deleted, which needs the scope
    `delete`. Unless the note already has the note type, the next sync must be a full one.
    """
    col = ctx.col
    stored, model, fields = _retyped(ctx, note)
    refuse_unreadable(col, "card", "nid = ?", stored.id)
    with ctx.single_commit():  # between the two writes the note is empty
        if stored.mid != model["id"]:
            change = _change_of_model(col, stored, model)
            require_homes(col, [stored.id])
            if cards_lost_by(col, change):
                ctx.caller.require(Scope.DELETE, "delete cards")
            ctx.write_as("Change Note Type", col.models.change_notetype_of_notes, change)
            stored = col.get_note(stored.id)
        before = [*stored.fields], stored.tags
        stored.fields = fields
        if note["tags"] is not None:
            set_tags(stored, note["tags"])
        write_if_changed(ctx, "Update Note", stored, *before)


def _retyped(ctx: Context, note: dict[str, Any]) -> tuple[Note, NotetypeDict, list[str]]:
    """The note as it is stored, its new note type, and its new fields."""
    stored = require_note(ctx.col, note["id"])
    model = require_model(ctx.col, model_wanted(note))
    require_readable_of(ctx.col, [stored.mid, model["id"]])
    names = ctx.col.models.field_names(model)
    fields = [""] * len(names)
    fill(fields, note["fields"], index_by_name(names, case_folder(ctx.tolerant)), model["name"], ctx.tolerant)
    return stored, model, fields


def _change_of_model(col: Collection, note: Note, model: NotetypeDict) -> ChangeNotetypeRequest:
    """The request to change a note's type and empty its fields, so that Anki makes no cards from the old content."""
    request = col.models.change_notetype_info(old_notetype_id=note.mid, new_notetype_id=model["id"]).input
    request.note_ids.append(note.id)
    request.new_fields[:] = [-1] * len(request.new_fields)
    return request
