"""Params and result of previewCards."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Dict, Id, Integer, List, Nested, String, StringDict
from ..fields.notes import MODEL_ID, NAMES_AND_IDS, Placed
from ..fields.numbers import Between
from ..fields.tags import Tags


class PreviewedNote(Placed):
    """A note that need not be stored."""

    model_name = String("Note type, compared without case.")
    fields = StringDict("HTML by field name, compared without case; other fields are empty.", required=True)
    tags = Tags("Its tags, for templates that show them.", load_default=list)
    model_id = MODEL_ID

    one_of = NAMES_AND_IDS[:1]


class PreviewedSides(Object):
    """Sides of a template that need not be stored."""

    front = String("Question side; the stored one if left out.", load_default=None, data_key="Front")
    back = String("Answer side; the stored one if left out.", load_default=None, data_key="Back")


class PreviewCards(Params):
    note = Nested(PreviewedNote, "A note that need not be stored. Give either this or `noteId`.", load_default=None)
    note_id = Id("Id of a stored note.", load_default=None)
    fields = StringDict(
        "Other HTML for fields of the stored note, by field name, compared without case.", load_default=dict
    )
    templates = Dict(
        Nested(PreviewedSides),
        "Other sides of templates, by the name of the template in its exact spelling.",
        load_default=dict,
    )
    css = String("Other styling; default that of the note type.", load_default=None)
    cards = List(
        Between(0, 2**16 - 1, title="CardPosition"),
        "Positions of the cards to return: of its template, or the number of its cloze deletion less 1. Default all.",
        load_default=None,
    )
    fill_empty = Boolean("Show the name of a field, as in `(Front)`, if the field is empty.", load_default=False)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        if (loaded["note"] is None) == (loaded["note_id"] is None):
            raise ma.ValidationError({"note": ["Give exactly one of note, noteId."]})
        if loaded["note"] is not None and loaded["fields"]:
            raise ma.ValidationError({"fields": ["Only with noteId; the fields of a new note are in note.fields."]})
        return loaded


class CardPreview(Object):
    """A card as Anki would show it."""

    ord = Integer("Position of its template, or the number of its cloze deletion less 1.", required=True)
    name = String("Name of its template.", required=True)
    question = String("HTML of the question; null if there is an `error`.", required=True, allow_none=True)
    answer = String("HTML of the answer; null if there is an `error`.", required=True, allow_none=True)
    css = String("Its styling, as CSS.", required=True)
    is_empty = Boolean(
        "The question has no field with content, or no such cloze deletion: Anki makes no such card. The sides then "
        "hold Anki's message about it.",
        required=True,
    )
    error = String(
        "What is wrong with the template, and on which side, or how another add-on failed; null if nothing is.",
        required=True,
        allow_none=True,
    )


CARD_PREVIEWS = List(Nested(CardPreview), "The cards of the note, by position.", title="CardPreviews")
