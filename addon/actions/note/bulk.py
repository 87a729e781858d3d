"""Changing many notes at once, with an outcome for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from ctypes import c_int32
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anki.notes_pb2 import Note as BackendNote
from anki.utils import split_fields

from ...collection.damage import homes_of, naming_damage, refuse_new_cards, require_home, target_decks
from ...collection.errors import AnkiError, NoteNotFound
from ...collection.rows import READABLE_NOTE, READABLE_PLACE, rows_in_parts, rows_of, unreadable
from ...rpc.context import Context
from ...rpc.errors import ActionError, Conflict, NotFound, SomeFailed
from ...rpc.registry import Example, action
from ...schemas.fields.notes import NOTE_UPDATES
from ...schemas.note import bulk as s
from ...text.anki_text import fold, index_by_name, split_tags, tag_key, tag_names
from ..model.template_limits import require_readable
from . import writing
from .updates import check_field_count, is_stored_as, unexpected
from .writing import bulk_label, cut_short, number_errors

if TYPE_CHECKING:
    from anki.collection import Collection


@dataclass(slots=True)
class LoadedNote:
    """A note as it is stored, and as it will be stored."""

    note: BackendNote
    mod: int
    """The time in the collection; Anki's message holds only its lower 32 bits."""
    was: tuple[list[str], list[str]]

    @property
    def is_changed(self) -> bool:
        return (list(self.note.fields), list(self.note.tags)) != self.was


@dataclass(slots=True)
class NoteBatch:
    """The notes of a call, read by one statement and written by few."""

    col: Collection
    notes: dict[int, LoadedNote] = field(default_factory=dict)
    unreadable: set[int] = field(default_factory=set)
    """Notes in the collection that Anki cannot read."""
    overtaken: dict[int, int | None] = field(default_factory=dict)
    """Notes that the user has changed in Anki's window meanwhile: the time of that; None for a deleted one."""
    _has_damaged_homes: bool = False
    """Whether Anki cannot read one of the decks that may get cards of these notes."""
    _names: dict[int, tuple[str, dict[str, int]]] = field(default_factory=dict)

    def load(self, ctx: Context, ids: Iterable[int]) -> None:
        for id, is_readable, guid, model_id, mod, usn, tags, fields in rows_in_parts(ctx, _NOTES, ids):
            if not is_readable:
                self.unreadable.add(id)
                continue
            was = split_fields(fields), split_tags(tags)
            note = BackendNote(
                id=id,
                guid=guid,
                notetype_id=model_id,
                mtime_secs=mod & _UINT32,
                usn=c_int32(usn).value,
                fields=was[0],
                tags=was[1],
            )
            self.notes[id] = LoadedNote(note, mod, was)
        self._look_at_homes(homes_of(self.col, self.notes))

    def _look_at_homes(self, decks: Iterable[int]) -> None:
        try:
            for deck_id in decks:
                require_home(self.col, deck_id)
        except AnkiError:
            self._has_damaged_homes = True

    def check_cards(self, stored: LoadedNote) -> None:
        """Restore a note and raise AnkiError if it may get a new card in a deck that Anki cannot read."""
        if self._has_damaged_homes and stored.is_changed:
            model = check_field_count(self.col, stored.note.notetype_id, stored.note.fields)
            try:
                refuse_new_cards(self.col, stored.note.id, model, stored.note.fields)
            except AnkiError:
                stored.note.fields[:], stored.note.tags[:] = stored.was
                raise

    def find(self, note_id: int) -> LoadedNote:
        """A note that was loaded. Raises NoteNotFound, and Refused if Anki cannot read it."""
        if note_id in self.unreadable:
            raise unreadable("note", note_id)
        if note_id not in self.notes:
            raise _not_found(note_id)
        return self.notes[note_id]

    def positions(self, model_id: int) -> tuple[str, dict[str, int]]:
        """The name of a note type, and the position of each field by its folded name. Raises Refused."""
        if model_id not in self._names:
            model = self.col.models.get(model_id)
            if model:
                require_readable(model)
                self._look_at_homes(target_decks(model))
            names = self.col.models.field_names(model) if model else []
            self._names[model_id] = (model["name"] if model else "?", index_by_name(names))
        return self._names[model_id]

    def place(self, model_id: int, field: str) -> int:
        """The position of a field in a note type. Raises NotFound, and Refused."""
        name, positions = self.positions(model_id)
        place = positions.get(fold(field))
        if place is None:
            raise NotFound(f"field was not found in {name}: {field}", model=name, field=field)
        return place

    def require_expected(self, stored: LoadedNote, expected: dict[str, str]) -> None:
        """Raise Conflict if a field has another text than expected, NotFound for an unknown field, and Refused."""
        note = stored.note
        places = {name: self.place(note.notetype_id, name) for name in expected}
        check_field_count(self.col, note.notetype_id, note.fields)
        for name, place in places.items():
            if not is_stored_as(self.col, [expected[name]], [note.fields[place]]):
                raise unexpected(note.id, stored.mod, name)

    def set_fields(self, stored: LoadedNote, fields: dict[str, str]) -> None:
        """Set fields by name, all or none. Raises NotFound, and Refused for a damaged note or note type."""
        self.positions(stored.note.notetype_id)
        texts = [(self.place(stored.note.notetype_id, name), text) for name, text in fields.items()]
        check_field_count(self.col, stored.note.notetype_id, stored.note.fields)
        for place, text in texts:
            self.set_field_at(stored, place, text)

    def set_field_at(self, stored: LoadedNote, place: int, text: str) -> None:
        """Set a field, unless Anki would store the same text."""
        if not is_stored_as(self.col, [text], [stored.note.fields[place]]):
            stored.note.fields[place] = text

    def set_tags(self, stored: LoadedNote, tags: list[str] | None, add: list[str], remove: list[str]) -> None:
        """Change the tags. Raises Refused."""
        self.positions(stored.note.notetype_id)
        if tags is None and not remove and {*tag_names(add)} <= {*stored.note.tags}:
            return
        wanted = list(stored.note.tags) if tags is None else tag_names(tags)
        lost = {*map(tag_key, tag_names(remove))}
        wanted = [tag for tag in wanted if tag_key(tag) not in lost] + tag_names(add)
        distinct = {tag_key(tag): tag for tag in reversed(wanted)}
        if distinct.keys() != {*map(tag_key, stored.note.tags)}:
            check_field_count(self.col, stored.note.notetype_id, stored.note.fields)
            stored.note.tags[:] = distinct.values()

    def write(self, ctx: Context, extra: int = 0) -> tuple[set[int], set[int]]:
        """Write the changed notes. Return their ids, and the ids of those not written; see `why_not_written`.

        `extra`: notes that are added afterwards.
        """
        changed = [stored.note for stored in ctx.paced(self.notes.values()) if stored.is_changed]
        ids = {note.id for note in changed}
        left = {*ids}
        label = bulk_label(ctx, "Write" if extra else "Update", len(changed), extra)
        for chunk in ctx.chunks(changed, writing.NOTES_PER_CHUNK, after=extra):
            if fresh := self._not_overtaken(chunk):
                ctx.write_as(label, self.col._backend.update_notes, notes=fresh, skip_undo_entry=False)
                left.difference_update(note.id for note in fresh)
        return ids, left

    def _not_overtaken(self, notes: Sequence[BackendNote]) -> list[BackendNote]:
        """Those of the notes that are still as they were loaded: else the user's texts would be overwritten."""
        ids = [note.id for note in notes]
        times: dict[int, int] = dict(rows_of(self.col, "select id, mod from notes where id in ids", ids))
        meanwhile = {note.id: times.get(note.id) for note in notes if times.get(note.id) != self.notes[note.id].mod}
        self.overtaken.update(meanwhile)
        return [note for note in notes if note.id not in meanwhile]

    def why_not_written(self, note_id: int, index: int) -> ActionError:
        """The error of the item with this index, whose note was to be changed and was not written."""
        if note_id not in self.overtaken:
            return cut_short(index)
        mod = self.overtaken[note_id]
        return _not_found(note_id, index=index) if mod is None else _conflict(note_id, mod, index=index)


_NOTES = f"""select id, {READABLE_NOTE}
    and not exists (select 1 from cards where nid = notes.id and not {READABLE_PLACE}),
    guid, mid, mod, usn, tags, flds from notes where id in ids"""  # noqa: S608  (constants)
_UINT32 = 2**32 - 1
"""The bits of a time in seconds that Anki's messages hold (`mtime.0 as u32`)."""


@action(
    "updateNotes",
    s.UpdateNotes,
    NOTE_UPDATES,
    writes=True,
    idempotent=True,
    touches_notes=lambda params: [note["id"] for note in params["notes"]],
    errors=[SomeFailed],
    cancellable=True,
    examples=[
        Example(
            "a tag that is there, and an id that does not exist",
            {"notes": [{"id": 1700000000001, "addTags": ["fruit"]}, {"id": 1234567890123, "fields": {"Word": "pera"}}]},
            [
                {"id": 1700000000001, "changed": False, "mod": 1700000000, "error": None},
                {
                    "id": 1234567890123,
                    "changed": False,
                    "mod": None,
                    "error": {
                        "code": 101,
                        "message": "Note was not found: 1234567890123. findNotes finds notes.",
                        "data": {"kind": "note_not_found", "note": 1234567890123, "index": 1},
                    },
                },
            ],
        )
    ],
)
def update_notes(ctx: Context, notes: list[dict[str, Any]], on_error: str) -> list[dict[str, Any]]:
    """Change fields and tags of notes and return the outcome for each.

    A note is written completely or not at all. With `ifMod` or `expected`, a note that was changed meanwhile fails with
    `conflict`.
    Duplicates are not checked. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.
    """
    return change_each(ctx, notes, on_error, _change)


def _change(batch: NoteBatch, stored: LoadedNote, wanted: dict[str, Any]) -> None:
    batch.set_fields(stored, wanted["fields"])
    batch.set_tags(stored, wanted["tags"], wanted["add_tags"], wanted["remove_tags"])


def change_each(
    ctx: Context,
    notes: Sequence[dict[str, Any]],
    on_error: str,
    change: Callable[[NoteBatch, LoadedNote, dict[str, Any]], None],
) -> list[dict[str, Any]]:
    """Change notes, each named by `id` and perhaps `if_mod` and `expected`, and return the outcome for each.

    `change` changes one note of the batch, completely or not at all.
    """
    batch = NoteBatch(ctx.col)
    batch.load(ctx, [note["id"] for note in notes])
    ctx.free_later(batch.notes.values())
    errors: list[ActionError | None] = []
    for note in ctx.paced(notes):
        try:
            with naming_damage(ctx.col):
                stored = _unchanged_since(batch, note)
                change(batch, stored, note)
                batch.check_cards(stored)
            errors.append(None)
        except ActionError as error:
            errors.append(error)
    number_errors(ctx, errors, abort=on_error == "abort")
    changed, left = batch.write(ctx)
    for index, note in enumerate(ctx.paced(notes)):
        if errors[index] is None and note["id"] in left:
            errors[index] = batch.why_not_written(note["id"], index)
    loaded = [*batch.notes, *batch.unreadable]
    times: dict[int, int] = dict(
        rows_in_parts(ctx, "select id, cast(mod as integer) from notes where id in ids", loaded)
    )
    return [
        {
            "id": note["id"],
            "changed": error is None and note["id"] in changed,
            "mod": times.get(note["id"]),
            "error": error and error.to_object(),
        }
        for note, error in ctx.paced(zip(notes, errors, strict=True))
    ]


def _unchanged_since(batch: NoteBatch, wanted: dict[str, Any]) -> LoadedNote:
    stored = batch.find(wanted["id"])
    mod = stored.mod
    if wanted["if_mod"] not in (None, mod):
        raise _conflict(wanted["id"], mod)
    if wanted["expected"]:
        batch.require_expected(stored, wanted["expected"])
    return stored


def _not_found(note_id: int, **data: int) -> NoteNotFound:
    return NoteNotFound(f"Note was not found: {note_id}", note=note_id, **data)


def _conflict(note_id: int, mod: int, **data: int) -> Conflict:
    return Conflict(f"The note was changed meanwhile: {note_id}", note=note_id, mod=mod, **data)
