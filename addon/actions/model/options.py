"""Options of note types, fields and templates: what is neither their text nor their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...collection.damage import require_home
from ...collection.errors import OF_MODEL_PARTS, DeckNotFound
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.model import options as s
from ..deck.current import existing_deck
from .edits import refuse_unknown_in_browser
from .fields import require_field
from .models import editable_model, require_model, save_model
from .templates import require_template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anki.models import NotetypeDict

_ITALIAN = {"modelName": "Italian vocab"}
_LATEX = {"latex_header": "latexPre", "latex_footer": "latexPost", "latex_svg": "latexsvg"}
_FIELD = {
    "rtl": "rtl",
    "sticky": "sticky",
    "collapsed": "collapsed",
    "plain_text": "plainText",
    "exclude_from_search": "excludeFromSearch",
}
_TEMPLATE = {
    "browser_front": "bqfmt",
    "browser_back": "bafmt",
    "browser_font": "bfont",
    "browser_size": "bsize",
}
"""The members in which Anki stores each option."""


def _sorted_notes(params: dict[str, Any]) -> Iterable[int] | None:
    return None if "sort_field" in params else ()


@action(
    "setModelOptions",
    s.SetModelOptions,
    s.CHANGED,
    writes=True,
    idempotent=True,
    touches_notes=_sorted_notes,
    errors=OF_MODEL_PARTS,
    examples=[
        Example("by the second field", {**_ITALIAN, "sortField": "Meaning"}, {"sortField": "Meaning"}),
    ],
)
def set_model_options(ctx: Context, model_name: str, **options: Any) -> dict[str, Any]:
    """Set the sort field and the LaTeX of a note type, and return which options had other values.

    If the sort field changes, the next sync must be a full one.
    """
    model = editable_model(ctx.col, model_name)
    present: dict[str, Any] = {name: model[member] for name, member in _LATEX.items()}
    present["sort_field"] = model["flds"][model["sortf"]]["name"]
    others = {name: value for name, value in options.items() if value != present[name]}
    for name, value in others.items():
        if name == "sort_field":
            model["sortf"] = model["flds"].index(require_field(model, value))
        else:
            model[_LATEX[name]] = value
    save_model(ctx, model)
    return {s.ModelOptions.wire(name): value for name, value in others.items()}


@action(
    "modelFieldSetOptions",
    s.SetFieldOptions,
    s.FIELDS_CHANGED,
    writes=True,
    idempotent=True,
    errors=OF_MODEL_PARTS,
    examples=[
        Example(
            "two fields",
            {**_ITALIAN, "fields": [{"fieldName": "Word", "sticky": True}, {"fieldName": "Meaning", "rtl": True}]},
            2,
        )
    ],
)
def model_field_set_options(ctx: Context, model_name: str, field_options: list[dict[str, Any]]) -> int:
    """Set options of fields of a note type, and return how many fields had other ones. No full sync is needed.

    If a field does not exist, the call fails and changes nothing. Other actions set the font, the font size and the
    hint: modelFieldSetFont, modelFieldSetFontSize and modelFieldSetDescription.
    """
    model = editable_model(ctx.col, model_name)
    for options in field_options:
        require_field(model, options["field_name"]).update(_members(options, _FIELD))
    return _save(ctx, model, "flds")


@action(
    "modelTemplateSetOptions",
    s.SetTemplateOptions,
    s.TEMPLATES_CHANGED,
    writes=True,
    idempotent=True,
    errors=[*OF_MODEL_PARTS, DeckNotFound],
    examples=[
        Example(
            "a deck for its cards",
            {**_ITALIAN, "templates": [{"templateName": "Card 1", "deck": "Italian", "browserFront": "{{Word}}"}]},
            1,
        )
    ],
)
def model_template_set_options(ctx: Context, model_name: str, templates: list[dict[str, Any]]) -> int:
    """Set options of templates of a note type, and return how many templates had other ones. No full sync is needed.

    New cards of a template with a `deck` are added to that deck, whatever deck the note is added to; present cards stay
    where they are. Refused are a filtered deck, and a format for Anki's browser with an unknown field. If a template or
    a deck does not exist, the call fails and changes nothing.
    """
    model = editable_model(ctx.col, model_name)
    for options in templates:
        template = require_template(model, options["template_name"])
        template.update(_members(options, _TEMPLATE))
        if "deck" in options:
            template["did"] = _home(ctx, options["deck"])
    refuse_unknown_in_browser(ctx.col, require_model(ctx.col, model_name), model)
    return _save(ctx, model, "tmpls")


def _home(ctx: Context, deck: str | None) -> int | None:
    """The id of a deck that can get cards; None for none. Raises DeckNotFound and Refused."""
    if not deck:
        return None
    deck_id = existing_deck(ctx, deck)
    if ctx.col.decks.is_filtered(deck_id):
        raise Refused("New cards cannot be added to a filtered deck.", deck=ctx.col.decks.name(deck_id))
    require_home(ctx.col, deck_id)
    return deck_id


def _members(options: dict[str, Any], members: dict[str, str]) -> dict[str, Any]:
    return {member: options[name] for name, member in members.items() if name in options}


def _save(ctx: Context, model: NotetypeDict, kind: str) -> int:
    """Save the note type, and return how many of its fields (`flds`) or templates (`tmpls`) differ from the stored."""
    stored = ctx.col.models.get(model["id"])
    assert stored is not None
    changed = sum(new != old for new, old in zip(model[kind], stored[kind], strict=True))
    save_model(ctx, model)
    return changed
