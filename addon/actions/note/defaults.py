"""The deck and note type that Anki proposes for a new note."""

from __future__ import annotations

from anki.decks import DeckId
from anki.models import NotetypeId

from ...collection.errors import ModelNotFound
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.note import defaults as s
from ..model.models import require_model


@action(
    "getAddDefaults",
    s.GetAddDefaults,
    s.ADD_DEFAULTS,
    errors=[ModelNotFound],
    examples=[
        Example("of a new collection", {}, {"deckName": "Default", "modelName": "Basic"}),
        Example("for a note type", {"modelName": "cloze"}, {"deckName": "Default", "modelName": "Cloze"}),
    ],
)
def get_add_defaults(ctx: Context, model_name: str | None) -> dict[str, str]:
    """Return the deck and the note type with which Anki's window for adding notes would begin.

    The preference `addingDefaultsToCurrentDeck` (see `getPreferences`) decides: the deck is the current one, or the one
    that last got a note of this note type. A filtered deck gets no notes, so it is never returned.
    """
    col = ctx.col
    defaults = col.defaults_for_adding(current_review_card=None)
    deck_id, model_id = DeckId(defaults.deck_id), NotetypeId(defaults.notetype_id)
    if model_name is not None:
        model_id = require_model(col, model_name)["id"]
        deck_id = col.default_deck_for_notetype(model_id) or deck_id
    model = col.models.get(model_id)
    assert model is not None
    return {"deckName": col.decks.name(deck_id), "modelName": model["name"]}
