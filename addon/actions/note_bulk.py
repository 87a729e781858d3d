"""Writing into many notes at once, with an outcome for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anki.collection import AddNoteRequest
from anki.notes_pb2 import Note as BackendNote

from ..rpc.context import Context
from ..rpc.errors import ActionError, Conflict, NoteNotFound, NotFound, SomeFailed
from ..rpc.registry import Example, action
from ..schemas import note_bulk as s
from .model import require_model
from .note import CHUNK
from .note_drafts import Draft, Drafts, normalised_key
from .sql import rows_of

if TYPE_CHECKING:
    from anki.collection import Collection


@dataclass(slots=True)
class _Stored:
    """A note as it is stored, and as it will be."""

    note: BackendNote
    was: tuple[list[str], list[str]]

    @property
    def is_changed(self) -> bool:
        return (list(self.note.fields), list(self.note.tags)) != self.was


@dataclass(slots=True)
class _Bench:
    """Notes that are worked on, read by one statement and written by few."""

    col: Collection
    notes: dict[int, _Stored] = field(default_factory=dict)
    _names: dict[int, tuple[str, dict[str, int]]] = field(default_factory=dict)

    def load(self, ids: Iterable[int]) -> None:
        for id, guid, model_id, mod, usn, tags, fields in rows_of(self.col, _NOTES, dict.fromkeys(ids)):
            note = BackendNote(id=id, guid=guid, notetype_id=model_id, mtime_secs=mod, usn=usn)
            note.tags.extend(tags.split())
            note.fields.extend(fields.split("\x1f"))
            self.notes[id] = _Stored(note, (list(note.fields), list(note.tags)))

    def positions(self, model_id: int) -> tuple[str, dict[str, int]]:
        """A note type's name, and its fields' positions by their names in lower case."""
        if model_id not in self._names:
            model = self.col.models.get(model_id)
            fields = model["flds"] if model else []
            positions = {entry["name"].lower(): place for place, entry in reversed([*enumerate(fields)])}
            self._names[model_id] = (model["name"] if model else "?", positions)
        return self._names[model_id]

    def put(self, stored: _Stored, fields: dict[str, str]) -> None:
        """Write into fields by name, into all or none. Raises NotFound."""
        name, positions = self.positions(stored.note.notetype_id)
        for key in fields:
            if positions.get(key.lower(), len(stored.note.fields)) >= len(stored.note.fields):
                raise NotFound(f"The note type {name!r} has no such field: {key}", model=name, field=key)
        for key, text in fields.items():
            stored.note.fields[positions[key.lower()]] = text

    def retag(self, stored: _Stored, tags: list[str] | None, add: list[str], remove: list[str]) -> None:
        split = self.col.tags.split
        wanted = list(stored.note.tags) if tags is None else split(" ".join(tags))
        lost = {tag.lower() for tag in split(" ".join(remove))}
        wanted = [tag for tag in wanted if tag.lower() not in lost] + split(" ".join(add))
        distinct = {tag.lower(): tag for tag in reversed(wanted)}
        if distinct.keys() != {tag.lower() for tag in stored.note.tags}:
            stored.note.tags[:] = distinct.values()

    def write(self, ctx: Context, extra: int = 0) -> None:
        changed = [stored.note for stored in self.notes.values() if stored.is_changed]
        label = f"Update {len(changed)} notes" if len(changed) != 1 else "Update Note"
        label = f"Write {len(changed) + extra} notes" if extra else label
        for start in range(0, len(changed), CHUNK):
            chunk = changed[start : start + CHUNK]
            ctx.write_as(label, self.col._backend.update_notes, notes=chunk, skip_undo_entry=False)


_Place = tuple[int, str]
"""Note type and text by which a note is found."""

_NOTES = "select id, guid, mid, mod, usn, tags, flds from notes where id in ids"


@action(
    "updateNotes",
    s.UpdateNotes,
    s.NOTE_UPDATES,
    writes=True,
    idempotent=True,
    edits=lambda params: [note["id"] for note in params["notes"]],
    errors=[SomeFailed],
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
                        "message": "Note was not found: 1234567890123",
                        "data": {"kind": "note_not_found", "note": 1234567890123, "index": 1},
                    },
                },
            ],
        )
    ],
)
def update_notes(ctx: Context, notes: list[dict[str, Any]], on_error: str) -> list[dict[str, Any]]:
    """Write into fields and tags of many notes, and tell of each what became of it.

    A note is written wholly or not at all. With `ifMod`, one that was changed meanwhile fails by `conflict`. There is
    no check for duplicates. Each 5,000 notes are one atomic step; the call is one step in Anki's undo menu.
    """
    bench = _Bench(ctx.col)
    bench.load(note["id"] for note in notes)
    errors: list[ActionError | None] = []
    for note in notes:
        try:
            _change(bench, note)
            errors.append(None)
        except ActionError as error:
            errors.append(error)
    _number(errors, abort=on_error == "abort")
    changed = {id for id, stored in bench.notes.items() if stored.is_changed}
    bench.write(ctx)
    times: dict[int, int] = dict(rows_of(ctx.col, "select id, mod from notes where id in ids", bench.notes))
    return [
        {
            "id": note["id"],
            "changed": error is None and note["id"] in changed,
            "mod": times.get(note["id"]),
            "error": error and error.to_object(),
        }
        for note, error in zip(notes, errors, strict=True)
    ]


def _change(bench: _Bench, wanted: dict[str, Any]) -> None:
    stored = bench.notes.get(wanted["id"])
    if stored is None:
        raise NoteNotFound(f"Note was not found: {wanted['id']}", note=wanted["id"])
    mod = stored.note.mtime_secs
    if wanted["if_mod"] not in (None, mod):
        raise Conflict(f"The note was changed meanwhile: {wanted['id']}", note=wanted["id"], mod=mod)
    bench.put(stored, wanted["fields"])
    bench.retag(stored, wanted["tags"], wanted["add_tags"], wanted["remove_tags"])


def _number(errors: Sequence[ActionError | None], *, abort: bool) -> None:
    """Number the errors, and raise SomeFailed with all of them if the call wants all or nothing."""
    failed = []
    for index, error in enumerate(errors):
        if error is not None:
            error.data["index"] = index
            failed.append(error.to_object())
    if failed and abort:
        raise SomeFailed(f"{len(failed)} of {len(errors)} notes cannot be written", errors=failed)


@action(
    "upsertNotes",
    s.UpsertNotes,
    s.UPSERTS,
    writes=True,
    edits=lambda params: None,
    errors=[SomeFailed],
    examples=[
        Example(
            "one is there already",
            {
                "notes": [
                    {
                        "modelName": "Italian vocab",
                        "deckName": "Italian::A1",
                        "fields": {"Word": "mela", "Meaning": "apple"},
                    }
                ]
            },
            [{"id": 1700000000001, "outcome": "unchanged", "error": None}],
        )
    ],
)
def upsert_notes(ctx: Context, notes: list[dict[str, Any]], key: str | None, on_error: str) -> list[dict[str, Any]]:
    """Add notes, or write into those that are there already, and tell of each what became of it.

    A note is there already where one of its note type has the same text, but for HTML, in the key field; of several,
    the oldest counts. It stays in its deck. Later notes of the call see earlier ones. Each 5,000 notes are one atomic
    step; the call is one step in Anki's undo menu.
    """
    bench = _Bench(ctx.col)
    errors: list[ActionError | None] = [None] * len(notes)
    places: list[_Place | None] = [None] * len(notes)
    for index, note in enumerate(notes):
        try:
            places[index] = _key_of(ctx.col, bench, note, key)
        except ActionError as error:
            errors[index] = error
    known = _known(ctx.col, bench, {place[0] for place in places if place}, key)
    bench.load(known[place] for place in places if place in known)
    fresh: dict[_Place, Draft] = {}
    drafts = Drafts(ctx.col, lenient=False)
    for index, (note, place) in enumerate(zip(notes, places, strict=True)):
        try:
            if place in known:
                stored = bench.notes[known[place]]
                bench.put(stored, note["fields"])
                bench.retag(stored, None, note["tags"], [])
            elif place is not None:
                _draft(drafts, bench, note, fresh, place)
        except ActionError as error:
            errors[index] = error
    _number(errors, abort=on_error == "abort")
    changed = {id for id, stored in bench.notes.items() if stored.is_changed}
    bench.write(ctx, extra=len(fresh))
    _add(ctx, [*fresh.values()], f"Write {len(changed) + len(fresh)} notes")
    added = {place: draft.note.id for place, draft in fresh.items() if draft.note is not None}
    outcomes: list[dict[str, Any]] = []
    for place, failure in zip(places, errors, strict=True):
        if failure is not None or place is None:
            outcomes.append({"id": None, "outcome": "failed", "error": failure and failure.to_object()})
        elif place in known:
            outcome = "updated" if known[place] in changed else "unchanged"
            outcomes.append({"id": known[place], "outcome": outcome, "error": None})
        else:
            outcomes.append({"id": added[place], "outcome": "added", "error": None})
    return outcomes


def _draft(drafts: Drafts, bench: _Bench, note: dict[str, Any], fresh: dict[_Place, Draft], place: _Place) -> None:
    """Build a note that is to be added; a repeat inside the call writes over the earlier one."""
    draft = drafts.build({"options": {"allow_duplicate": True}, "audio": [], "video": [], "picture": [], **note})
    if draft.error is None:
        drafts.judge([draft], together=False)
    if draft.error is not None:
        raise draft.error
    if place in fresh:
        _merge(fresh[place].note, draft.note, note, bench)
    else:
        fresh[place] = draft


def _add(ctx: Context, drafts: list[Draft], label: str) -> None:
    requests = [AddNoteRequest(draft.note, draft.deck_id) for draft in drafts if draft.note is not None]
    for start in range(0, len(requests), CHUNK):
        ctx.write_as(label, ctx.col.add_notes, requests[start : start + CHUNK])


def _merge(note: Any, other: Any, source: dict[str, Any], bench: _Bench) -> None:
    positions = bench.positions(note.mid)[1]
    for name in source["fields"]:
        note.fields[positions[name.lower()]] = other.fields[positions[name.lower()]]
    note.tags = [*note.tags, *(tag for tag in other.tags if tag not in note.tags)]


def _key_of(col: Collection, bench: _Bench, note: dict[str, Any], key: str | None) -> _Place:
    """Note type and text by which a note is found. Raises ModelNotFound and NotFound."""
    model = require_model(col, note["model_name"])
    positions = bench.positions(model["id"])[1]
    name = model["flds"][0]["name"] if key is None else key
    if name.lower() not in positions:
        raise NotFound(f"The note type {model['name']!r} has no such field: {name}", model=model["name"], field=name)
    text = next((text for field, text in note["fields"].items() if field.lower() == name.lower()), "")
    if not (found := normalised_key(col, text)):
        raise NotFound(f"The note says nothing in the field by which it is found: {name}", field=name)
    return model["id"], found


def _known(col: Collection, bench: _Bench, models: set[int], key: str | None) -> dict[_Place, int]:
    """Note type and text to the oldest note that has it."""
    known: dict[_Place, int] = {}
    for model_id, note_id, fields in rows_of(col, "select mid, id, flds from notes where mid in ids", models):
        position = 0 if key is None else bench.positions(model_id)[1].get(key.lower(), 0)
        text = fields.split("\x1f", position + 1)[position]
        place = model_id, normalised_key(col, text)
        known[place] = min(note_id, known.get(place, note_id))
    return known
