"""Giving many notes another note type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.consts import MODEL_CLOZE
from anki.models import NotetypeId

from ..rpc.context import Context
from ..rpc.errors import ModelNotFound, NoteNotFound, NotFound, Refused
from ..rpc.registry import Example, Scope, action
from ..schemas import note_bulk as s
from .model import require_model
from .sql import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAP = {"Front": "Word", "Back": "Meaning"}


@action(
    "changeNoteType",
    s.ChangeNoteType,
    s.NOTE_TYPE_CHANGE,
    writes=True,
    destructive=True,
    edits=lambda params: params["notes"],
    scope=Scope.DELETE,
    errors=[NoteNotFound, ModelNotFound, NotFound, Refused],
    examples=[
        Example(
            "what would be lost",
            {
                "notes": [1700000000001],
                "modelName": "Basic",
                "fields": {**_MAP, "Back": None},
                "templates": None,
                "dryRun": True,
            },
            {"notes": 1, "lostFields": ["Meaning"], "lostTemplates": [], "lostCards": 0, "dryRun": True},
        ),
        Example(
            "field by field",
            {"notes": [1700000000001], "modelName": "Basic", "fields": _MAP},
            {"notes": 1, "lostFields": [], "lostTemplates": [], "lostCards": 0, "dryRun": False},
        ),
    ],
)
def change_note_type(
    ctx: Context,
    notes: list[int],
    model_name: str,
    fields: dict[str, str | None] | None,
    templates: dict[str, str | None] | None,
    dry_run: bool,
) -> dict[str, Any]:
    """Give notes of one note type another one, with a map of their fields and templates, and tell what was lost.

    Fields and templates of the new note type that a map leaves out are empty. The next sync has to be a full one. An
    unknown id fails the call, and so do notes of different note types; then nothing is changed.
    """
    col = ctx.col
    target = require_model(col, model_name)
    models: dict[int, int] = dict(rows_of(col, "select id, mid from notes where id in ids", dict.fromkeys(notes)))
    for note_id in notes:
        if note_id not in models:
            raise NoteNotFound(f"Note was not found: {note_id}", note=note_id)
    if len(set(models.values())) > 1:
        raise Refused("The notes are of different note types.", field="notes")
    lost: dict[str, Any] = {"lostFields": [], "lostTemplates": [], "lostCards": 0}
    if not models:
        return {"notes": 0, **lost, "dryRun": dry_run}
    source = col.models.get(NotetypeId(next(iter(models.values()))))
    assert source is not None
    is_cloze = MODEL_CLOZE in (source["type"], target["type"])
    if is_cloze and templates is not None:
        raise Refused("Templates of note types for cloze deletions cannot be mapped.", field="templates")
    request = col.models.change_notetype_info(old_notetype_id=source["id"], new_notetype_id=target["id"]).input
    request.note_ids.extend(models)
    if fields is not None:
        request.new_fields[:] = _places(fields, target["flds"], source["flds"], "fields")
    if templates is not None:
        request.new_templates[:] = _places(templates, target["tmpls"], source["tmpls"], "templates")
    lost["lostFields"] = _unused(source["flds"], request.new_fields)
    if not is_cloze:
        lost["lostTemplates"] = _unused(source["tmpls"], request.new_templates)
        gone = {entry["ord"] for entry in source["tmpls"]} - set(request.new_templates)
        rows = rows_of(col, "select ord from cards where nid in ids", models)
        lost["lostCards"] = sum(ordinal in gone for (ordinal,) in rows)
    if not dry_run:
        ctx.write(col.models.change_notetype_of_notes, request)
    return {"notes": len(models), **lost, "dryRun": dry_run}


def _places(
    names: dict[str, str | None], new: Sequence[dict[str, Any]], old: Sequence[dict[str, Any]], param: str
) -> list[int]:
    """Per new field or template the position of the old one, -1 for none. Raises NotFound, and Refused."""
    to = {entry["name"].lower(): place for place, entry in enumerate(new)}
    of = {entry["name"].lower(): place for place, entry in enumerate(old)}
    places = [-1] * len(new)
    for name, origin in names.items():
        for known, wanted in ((to, name), (of, origin)):
            if wanted is not None and wanted.lower() not in known:
                raise NotFound(f"{param}: there is none of this name: {wanted}", field=param, name=wanted)
        if origin is not None:
            places[to[name.lower()]] = of[origin.lower()]
    used = [place for place in places if place >= 0]
    if param == "templates" and len(set(used)) < len(used):
        raise Refused("The cards of a template can go to one template only.", field=param)
    return places


def _unused(entries: Sequence[dict[str, Any]], places: Sequence[int]) -> list[str]:
    return [entry["name"] for place, entry in enumerate(entries) if place not in places]
