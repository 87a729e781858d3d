"""Changing the note type of many notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from anki.consts import MODEL_CLOZE
from anki.models import NotetypeId

from ...collection.damage import require_homes
from ...collection.errors import ModelNotFound, NoteNotFound
from ...collection.rows import note_types_of, nth_field, refuse_unreadable_of, rows_of
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.note import note_type_change as s
from ...text.anki_text import fold, index_by_name
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..model.models import require_model
from ..model.template_limits import require_readable

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from anki.collection import Collection
    from anki.models import ChangeNotetypeRequest, FieldDict, NotetypeDict

_MAP = {"Front": "Word", "Back": "Meaning"}


def _dry_run_change_note_type(ctx: Context, **params: Any) -> DryRunReport:
    change = _change(ctx, **params)
    if change is None:
        return dry_run_report()
    notes: dict[int, list[str]] = {}
    rows = rows_of(ctx.col, "select id, cast(flds as text) from notes where id in ids", change.request.note_ids)
    for note_id, fields in rows:
        lost = [entry["name"] for entry in change.lost_fields if nth_field(fields, entry["ord"])]
        if lost:
            notes[note_id] = lost
    names = dict.fromkeys(name for lost in notes.values() for name in lost)
    return dry_run_report(fields=names, templates=change.lost_templates, cards=change.lost_cards, changed_notes=notes)


@destructive(
    "changeNoteType",
    s.ChangeNoteType,
    s.NOTE_TYPE_CHANGE,
    dry_run=_dry_run_change_note_type,
    touches_notes=lambda params: params["notes"],
    scope=Scope.DELETE,
    extra_scopes=(Scope.WRITE,),
    errors=[NoteNotFound, ModelNotFound, NotFound, Refused],
    examples=[
        Example(
            "what would go",
            {
                "notes": [1700000000001],
                "modelName": "Basic",
                "fields": {**_MAP, "Back": None},
                "templates": None,
                "dryRun": True,
            },
            {
                "dryRun": True,
                "fields": {"count": 1, "names": ["Meaning"]},
                "changedNotes": {"count": 1, "ids": [1700000000001]},
            },
        ),
        Example(
            "field by field",
            {"notes": [1700000000001], "modelName": "Basic", "fields": _MAP},
            {"notes": 1, "lostFields": [], "lostTemplates": [], "lostCards": 0},
        ),
    ],
)
def change_note_type(ctx: Context, **params: Any) -> dict[str, Any]:
    """Change the note type of notes, with maps of fields and templates, and return what was lost.

    New fields that a map leaves out are empty, and new templates get new cards. The next sync must be a full one. If an
    id is unknown, or the notes are of different note types, the call fails and changes nothing.
    """
    change = _change(ctx, **params)
    if change is None:
        return {"notes": 0, "lostFields": [], "lostTemplates": [], "lostCards": 0}
    if not _is_same(ctx.col, change.request):
        require_homes(ctx.col, change.request.note_ids)
        ctx.write(ctx.col.models.change_notetype_of_notes, change.request)
    return {
        "notes": len(change.request.note_ids),
        "lostFields": [entry["name"] for entry in change.lost_fields],
        "lostTemplates": change.lost_templates,
        "lostCards": len(change.lost_cards),
    }


@action(
    "suggestNoteTypeMap",
    s.SuggestNoteTypeMap,
    s.NOTE_TYPE_MAP,
    errors=[ModelNotFound],
    examples=[
        Example(
            "a template more",
            {"oldModelName": "Basic", "newModelName": "Basic (and reversed card)"},
            {"fields": {"Front": "Front", "Back": "Back"}, "templates": {"Card 1": "Card 1", "Card 2": None}},
        ),
        Example(
            "to a note type for cloze deletions",
            {"oldModelName": "Italian vocab", "newModelName": "Cloze"},
            {"fields": {"Text": "Word", "Back Extra": "Meaning"}, "templates": None},
        ),
    ],
)
def suggest_note_type_map(ctx: Context, old_model_name: str, new_model_name: str) -> dict[str, Any]:
    """Return how Anki would map fields and templates if notes changed their note type, for `changeNoteType`.

    Anki maps them by name, then the remaining ones in their order.
    """
    old, new = (require_model(ctx.col, name) for name in (old_model_name, new_model_name))
    places = ctx.col.models.change_notetype_info(old_notetype_id=old["id"], new_notetype_id=new["id"]).input
    is_cloze = MODEL_CLOZE in (old["type"], new["type"])
    return {
        "fields": _origins(new["flds"], old["flds"], places.new_fields),
        "templates": None if is_cloze else _origins(new["tmpls"], old["tmpls"], places.new_templates),
    }


def _origins(
    new: Sequence[dict[str, Any]], old: Sequence[dict[str, Any]], places: Sequence[int]
) -> dict[str, str | None]:
    pairs = zip(new, places, strict=True)
    return {entry["name"]: old[place]["name"] if place >= 0 else None for entry, place in pairs}


def _is_same(col: Collection, request: ChangeNotetypeRequest) -> bool:
    """Whether the notes already have the note type, and each field and card keeps its place."""
    model = col.models.get(NotetypeId(request.new_notetype_id))
    assert model is not None
    return (
        request.old_notetype_id == request.new_notetype_id
        and [*request.new_fields] == [*range(len(model["flds"]))]
        and [*request.new_templates] in ([], [*range(len(model["tmpls"]))])
    )


class _Change(NamedTuple):
    """A change of note type, and what it removes."""

    request: ChangeNotetypeRequest
    lost_fields: list[FieldDict]
    lost_templates: list[str]
    lost_cards: list[int]


def _change(
    ctx: Context,
    notes: list[int],
    model_name: str,
    fields: dict[str, str | None] | None,
    templates: dict[str, str | None] | None,
) -> _Change | None:
    """The change that a call asks for; None if it names no notes. Raises the error of a call that is refused."""
    col = ctx.col
    target = require_model(col, model_name)
    models = _models_of(col, notes)
    if len(set(models.values())) > 1:
        raise Refused("The notes are of different note types.", field=s.ChangeNoteType.wire("notes"))
    if not models:
        return None
    source = col.models.get(NotetypeId(next(iter(models.values()))))
    if source is None:
        raise Refused("missing note type", field=s.ChangeNoteType.wire("notes"))
    require_readable(source, target)
    is_cloze = MODEL_CLOZE in (source["type"], target["type"])
    if is_cloze and templates is not None:
        raise Refused(
            "Templates of note types for cloze deletions cannot be mapped.", field=s.ChangeNoteType.wire("templates")
        )
    request = col.models.change_notetype_info(old_notetype_id=source["id"], new_notetype_id=target["id"]).input
    request.note_ids.extend(models)
    if fields is not None:
        request.new_fields[:] = _places(fields, target, source, "flds", "field")
    if templates is not None:
        request.new_templates[:] = _places(templates, target, source, "tmpls", "template")
        used = [place for place in request.new_templates if place >= 0]
        if len(set(used)) < len(used):
            raise Refused(
                "The cards of a template can go to one template only.", field=s.ChangeNoteType.wire("templates")
            )
    return _Change(
        request,
        _unused(source["flds"], request.new_fields),
        [] if is_cloze else [entry["name"] for entry in _unused(source["tmpls"], request.new_templates)],
        cards_lost_by(col, request),
    )


def _models_of(col: Collection, notes: list[int]) -> dict[int, int]:
    """The note type of each note.

    Raises NoteNotFound, and Refused if Anki cannot read one of the notes or their cards.
    """
    models = note_types_of(col, notes)
    for note_id in notes:
        if note_id not in models:
            raise NoteNotFound(f"Note was not found: {note_id}", note=note_id)
    refuse_unreadable_of(col, "card", "nid", models)
    return models


def _places(names: dict[str, str | None], new: NotetypeDict, old: NotetypeDict, member: str, part: str) -> list[int]:
    """For each new field or template the position of the old one, -1 for none. Raises NotFound.

    `member` is where a note type has its fields or templates, and `part` what one is called.
    """
    to, of = (index_by_name([entry["name"] for entry in model[member]]) for model in (new, old))
    places = [-1] * len(new[member])
    for name, origin in names.items():
        for model, known, wanted in ((new, to, name), (old, of, origin)):
            if wanted is not None and fold(wanted) not in known:
                text = f"{part} was not found in {model['name']}: {wanted}"
                raise NotFound(text, model=model["name"], **{part: wanted})
        if origin is not None:
            places[to[fold(name)]] = of[fold(origin)]
    return places


def _unused(entries: Sequence[dict[str, Any]], places: Sequence[int]) -> list[dict[str, Any]]:
    return [entry for place, entry in enumerate(entries) if place not in places]


def cards_lost_by(col: Collection, request: ChangeNotetypeRequest) -> list[int]:
    """The cards that a change of note type removes: those whose template is not mapped to a new one.

    Templates of cloze note types are not mapped, and their cards have any number. Of such notes, another note type
    keeps as many cards as it has templates (`notetypechange.rs` in rslib/src/notetype).
    """
    model = col.models.get(NotetypeId(request.new_notetype_id))
    assert model is not None
    if request.new_templates:
        kept: Container[int] = set(request.new_templates)
    else:
        kept = range(1 << 32 if model["type"] == MODEL_CLOZE else len(model["tmpls"]))
    rows = rows_of(col, "select id, ord from cards where nid in ids", request.note_ids)
    return [card_id for card_id, ordinal in rows if ordinal not in kept]
