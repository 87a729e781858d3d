"""Showing the cards of a note, and templates, before they are stored."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from anki.consts import MODEL_CLOZE
from anki.errors import TemplateError

from ...collection.errors import ModelNotFound, NoteNotFound
from ...rpc.context import Context
from ...rpc.errors import InvalidParams, NotFound, Refused
from ...rpc.registry import Example, action
from ...schemas.card import previews as s
from ...text.anki_text import fold, index_by_name, tag_names
from ...text.plain import plain_html
from ..model.models import STOCK_CSS, require_model
from ..model.template_limits import require_readable, require_small
from ..model.templates import require_template
from ..note.drafts import model_wanted, unknown_fields
from ..note.updates import check_field_count, require_note
from .rendering import HookError, render_unsaved

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict, TemplateDict
    from anki.notes import Note

_CSS = ".card { font-size: 24px; }"
_BROKEN = "Front template has a problem: Found '{{Wrod}}', but there is no field called 'Wrod'"


def _shown(question: str | None, answer: str | None, **more: Any) -> dict[str, Any]:
    card = {"ord": 0, "name": "Card 1", "question": question, "answer": answer, "css": _CSS}
    return {**card, "isEmpty": False, "error": None, **more}


@action(
    "previewCards",
    s.PreviewCards,
    s.CARD_PREVIEWS,
    errors=[ModelNotFound, NoteNotFound, NotFound, Refused, InvalidParams],
    examples=[
        Example(
            "a note that is not stored",
            {"note": {"modelName": "Basic", "fields": {"Front": "pera", "Back": "pear"}}},
            [_shown("pera", "pera\n\n<hr id=answer>\n\npear", css=STOCK_CSS)],
        ),
        Example(
            "a stored note with another text, by a template that is wrong",
            {
                "note": None,
                "noteId": 1700000000001,
                "fields": {"Word": "pera"},
                "templates": {"Card 1": {"Front": "{{Wrod}}"}},
            },
            [_shown(None, None, error=_BROKEN)],
        ),
    ],
)
def preview_cards(
    ctx: Context,
    note: dict[str, Any] | None,
    note_id: int | None,
    fields: dict[str, str],
    templates: dict[str, dict[str, str | None]],
    css: str | None,
    cards: list[int] | None,
    fill_empty: bool,
) -> list[dict[str, Any]]:
    """Render the cards of a note, and store nothing: neither the note nor the templates need exist yet.

    So it also checks templates before they are saved. An unknown field, or a condition that is not closed, is reported
    in `error`. Braces that are not closed are no error: Anki shows them as they are.

    Refused are cards that may become larger than 64 MiB, because a side refers to large fields many times.

    Sounds stay as they are written, as in `[sound:mela.mp3]`, and so does LaTeX. `{{Deck}}` shows `(Deck)`.
    """
    model, previewed = _new_note(ctx, note) if note else _stored_note(ctx.col, note_id or 0, fields)
    model = _with_templates(model, templates, css)
    places = _places(ctx.col, model, previewed, cards)
    _require_small(model, previewed, places)
    shown = []
    for place in ctx.paced(places):
        card = _preview(ctx.col, model, previewed, place, fill_empty=fill_empty)
        ctx.count_result(len(card["question"] or "") + len(card["answer"] or "") + len(card["css"]))
        shown.append(card)
    return shown


def _new_note(ctx: Context, note: dict[str, Any]) -> tuple[NotetypeDict, Note]:
    model = require_model(ctx.col, model_wanted(note))
    previewed = ctx.col.new_note(model)
    if unknown := _set_fields(previewed, model, note["fields"]):
        raise unknown_fields([(f"fields.{name}", name) for name in unknown], model["name"])
    previewed.tags = tag_names(note["tags"])
    return model, previewed


def _stored_note(col: Collection, note_id: int, fields: dict[str, str]) -> tuple[NotetypeDict, Note]:
    note = require_note(col, note_id)
    model = check_field_count(col, note.mid, note.fields)
    for name in _set_fields(note, model, fields):
        raise NotFound(f"field was not found in {model['name']}: {name}", model=model["name"], field=name)
    return model, note


def _set_fields(note: Note, model: NotetypeDict, texts: dict[str, str]) -> list[str]:
    """Set fields by name, and return the names that the note type does not have."""
    places = index_by_name([field["name"] for field in model["flds"]])
    unknown = []
    for name, text in texts.items():
        if fold(name) in places:
            note.fields[places[fold(name)]] = text
        else:
            unknown.append(name)
    return unknown


def _with_templates(model: NotetypeDict, templates: dict[str, dict[str, str | None]], css: str | None) -> NotetypeDict:
    """A copy of a note type with other sides and styling. Raises NotFound, and Refused for what would crash Anki."""
    model = copy.deepcopy(model)
    for name, sides in templates.items():
        template = require_template(model, name)
        for member, side in (("qfmt", "front"), ("afmt", "back")):
            if (text := sides[side]) is not None:
                template[member] = text
    if css is not None:
        model["css"] = css
    require_readable(model)
    return model


def _places(col: Collection, model: NotetypeDict, note: Note, wanted: list[int] | None) -> list[int]:
    """The positions of the cards to show. Raises NotFound for one without a template."""
    if model["type"] == MODEL_CLOZE:
        numbers = col._backend.cloze_numbers_in_note(note._to_backend_note())
        own = sorted({number - 1 for number in numbers if number > 0}) or [0]
        return own if wanted is None else sorted({*wanted})
    count = len(model["tmpls"])
    for place in wanted or ():
        if place >= count:
            raise NotFound(
                f"There is no card {place} by {model['name']}, only 0 to {count - 1}.", model=model["name"], ord=place
            )
    return [*range(count)] if wanted is None else sorted({*wanted})


def _require_small(model: NotetypeDict, note: Note, places: list[int]) -> None:
    """Raise Refused if a card may become too large."""
    names = [model["name"], *(field["name"] for field in model["flds"])]
    longest = max(map(len, map(str.encode, [*note.fields, note.string_tags(), *names])))
    for place in {0 if model["type"] == MODEL_CLOZE else place for place in places}:
        require_small(model, place, longest)


def _preview(col: Collection, model: NotetypeDict, note: Note, place: int, *, fill_empty: bool) -> dict[str, Any]:
    is_cloze = model["type"] == MODEL_CLOZE
    template: TemplateDict = model["tmpls"][0 if is_cloze else place]
    card = {"ord": place, "name": template["name"], "css": model["css"]}
    try:
        question, answer, is_empty = render_unsaved(col, model, note, template, place, fill_empty=fill_empty)
    except (TemplateError, HookError) as error:
        problem = plain_html(str(error)) if isinstance(error, TemplateError) else str(error)
        return {**card, "question": None, "answer": None, "isEmpty": False, "error": problem}
    return {**card, "question": question, "answer": answer, "isEmpty": is_empty, "error": None}
