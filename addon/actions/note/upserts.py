"""Adding notes, or updating those that exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ...collection.damage import naming_damage
from ...collection.rows import nth_field, rows_in_parts, rows_of
from ...rpc.context import Context
from ...rpc.errors import ActionError, NotFound, Refused, SomeFailed
from ...rpc.registry import Example, action
from ...schemas.note import upserts as s
from ...text.anki_text import fold, is_blank
from ..model.models import require_model
from .bulk import NoteBatch
from .drafts import Draft, Drafts, duplicate_key, field_checksum, model_wanted
from .idempotency import Keyed, match_idempotency_key
from .writing import add_in_chunks, bulk_label, cut_short, number_errors

if TYPE_CHECKING:
    from anki.models import NotetypeDict

_Place = tuple[int, str]
"""Note type and text by which a note is found."""


@dataclass(slots=True)
class _Upsert(Keyed):
    """One note of a call, and what is known about it."""

    place: _Place | None = None
    note_id: int | None = None
    """The existing note."""
    is_repeat: bool = False
    """Whether an earlier note of the call is added in its place."""


@action(
    "upsertNotes",
    s.UpsertNotes,
    s.UPSERTS,
    writes=True,
    touches_notes=lambda params: None,
    errors=[SomeFailed],
    cancellable=True,
    examples=[
        Example(
            "a new word",
            {"notes": [{"modelName": "Basic", "deckName": "Default", "fields": {"Front": "pera", "Back": "pear"}}]},
            [{"id": 1700000000003, "outcome": "added", "error": None}],
        ),
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
        ),
    ],
)
def upsert_notes(
    ctx: Context, notes: list[dict[str, Any]], key: str | None, on_error: str, idempotency_key: str | None
) -> list[dict[str, Any]]:
    """Add notes, or update those that exist, and return the outcome for each.

    A note exists if a note of its note type has the same text, HTML aside, in the key field; if several have it, the
    oldest is updated. It stays in its deck. A note can update an earlier note of the call. Each 1,000 notes are written
    atomically; the call is one step in Anki's undo menu.

    A note that an earlier call with the same `idempotencyKey` has added is `unchanged`, even if it has changed since.
    """
    batch = NoteBatch(ctx.col)
    places = _Places(batch, key, cache(partial(require_model, ctx.col)), duplicate_key(ctx.col))
    items = [_item(places, note) for note in ctx.paced(notes)]
    _find(ctx, places, items)
    if idempotency_key is not None:
        match_idempotency_key(ctx, idempotency_key, items, [[model_wanted(note), note["fields"]] for note in notes])
        _settle(items)
    batch.load(ctx, [item.note_id for item in items if item.note_id is not None])
    ctx.free_later(items)
    ctx.free_later(batch.notes.values())
    fresh: dict[_Place, Draft] = {}
    drafts = Drafts(ctx.col)
    for item in ctx.paced(items):
        if item.is_new:
            try:
                with naming_damage(ctx.col):
                    _put(ctx, batch, drafts, fresh, item)
            except ActionError as error:
                item.error = error
    ctx.free_later(fresh.values())
    number_errors(ctx, [item.error for item in items], abort=on_error == "abort")
    changed, left = batch.write(ctx, extra=len(fresh))
    label = bulk_label(ctx, "Write" if len(changed) + len(fresh) > 1 else "Add", len(changed), len(fresh))
    add_in_chunks(ctx, [*fresh.values()], label, before=len(changed))
    left_places = {place for place, draft in ctx.paced(fresh.items()) if not draft.id}
    for index, item in enumerate(ctx.paced(items)):
        if item.is_new and item.note_id is not None and item.note_id in left:
            item.error = batch.why_not_written(item.note_id, index)
        elif item.is_new and item.note_id is None and item.place in left_places:
            item.error = cut_short(index)
    return [_outcome(item, changed, fresh) for item in ctx.paced(items)]


def _item(places: _Places, note: dict[str, Any]) -> _Upsert:
    item = _Upsert(note)
    try:
        with naming_damage(places.batch.col):
            item.place = places.of(note)
    except ActionError as error:
        item.error = error
    return item


class _Places(NamedTuple):
    """Finds the places of the notes of a call."""

    batch: NoteBatch
    key: str | None
    """The field by which notes are found; None for the first one."""
    model: Callable[[str | int], NotetypeDict]
    """Returns the note type with a name or an id. Raises ModelNotFound."""
    normalised: Callable[[str], str]
    """Returns the text by which a note is found."""

    def of(self, note: dict[str, Any]) -> _Place:
        """The place of a note. Raises ModelNotFound, NotFound and Refused."""
        model = self.model(model_wanted(note))
        if not model["flds"]:
            raise Refused(f"The note type has no fields: {model['name']}", model=model["name"])
        name = model["flds"][0]["name"] if self.key is None else self.key
        self.batch.place(model["id"], name)
        folded = fold(name)
        text = next((text for field, text in note["fields"].items() if fold(field) == folded), "")
        found = self.normalised(text)
        if is_blank(found):
            raise NotFound(f"The note says nothing in the field by which it is found: {name}", field=name)
        return model["id"], found

    def position(self, model_id: int) -> int:
        """The position of the field in a note type."""
        return 0 if self.key is None else self.batch.place(model_id, self.key)


def _find(ctx: Context, finder: _Places, items: Sequence[_Upsert]) -> None:
    """Set for each item the oldest note with its note type and text."""
    col = ctx.col
    places = {item.place for item in ctx.paced(items) if item.place}
    position = {model_id: finder.position(model_id) for model_id, _ in places}
    if any(position.values()):
        of_models = [note_id for (note_id,) in rows_of(col, "select id from notes where mid in ids", position)]
        select, wanted = "select mid, id, cast(flds as text) from notes where id in ids", of_models
    else:  # Anki has an index of the checksums of first fields
        select = "select mid, id, cast(flds as text) from notes where csum in ids"
        wanted = [field_checksum(text) for _, text in ctx.paced(places)]
    known: dict[_Place, int] = {}
    for model_id, note_id, fields in ctx.paced(rows_in_parts(ctx, select, wanted)):
        if model_id in position:
            place = model_id, finder.normalised(nth_field(fields, position[model_id]))
            known[place] = min(note_id, known.get(place, note_id))
    for item in items:
        if item.place:
            item.note_id = known.get(item.place)


def _settle(items: Sequence[_Upsert]) -> None:
    """Set the ids of notes that an earlier call has added, also for their repeats in this call."""
    done: dict[_Place | None, int] = {}
    for item in items:
        if item.added_before is None:
            item.added_before = done.get(item.place)
        if item.added_before is not None:
            item.note_id, item.error = item.added_before, None
            if item.place:
                done[item.place] = item.added_before


def _put(ctx: Context, batch: NoteBatch, drafts: Drafts, fresh: dict[_Place, Draft], item: _Upsert) -> None:
    """Update the existing note, or build a new one; a repeat in the call overwrites the earlier one."""
    note, place = item.source, item.place
    if item.note_id is not None:
        drafts.require_deck(note)
        stored = batch.find(item.note_id)
        batch.set_fields(stored, note["fields"])
        batch.set_tags(stored, None, note["tags"], [])
        batch.check_cards(stored)
        return
    options = {"allow_duplicate": True, **(note["options"] or {})}
    draft = drafts.build({"audio": [], "video": [], "picture": [], **note, "options": options})
    drafts.check(ctx, [draft], together=False)
    if draft.error is not None:
        raise draft.error
    assert place is not None
    assert draft.note is not None
    if place in fresh:
        item.is_repeat = True
        _merge(fresh[place].note, draft.note, note, batch)
        if note["options"] is not None:
            fresh[place].suspended, fresh[place].flag = draft.suspended, draft.flag
    else:
        draft.guid = item.guid
        fresh[place] = draft


def _outcome(item: _Upsert, changed: set[int], fresh: dict[_Place, Draft]) -> dict[str, Any]:
    if item.error is not None:
        return {"id": None, "outcome": "failed", "error": item.error.to_object()}
    if item.note_id is None:
        assert item.place is not None
        return {"id": fresh[item.place].id, "outcome": "updated" if item.is_repeat else "added", "error": None}
    outcome = "updated" if item.note_id in changed and item.is_new else "unchanged"
    return {"id": item.note_id, "outcome": outcome, "error": None}


def _merge(note: Any, other: Any, source: dict[str, Any], batch: NoteBatch) -> None:
    for place in (batch.place(note.mid, name) for name in source["fields"]):
        note.fields[place] = other.fields[place]
    note.tags = [*note.tags, *(tag for tag in other.tags if tag not in note.tags)]
