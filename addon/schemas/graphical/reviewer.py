"""Params and results of the actions on the reviewer."""

from ..base import Object, Params
from ..fields.basic import Boolean, Integer, List, Nested, String, Strings
from ..fields.notes import FIELD_VALUES


class CurrentCard(Object):
    """The card that is under review."""

    card_id = Integer("Card id.", required=True)
    fields = FIELD_VALUES
    field_order = Integer("Index of the card's template or cloze deletion.", required=True)
    question = String("Rendered question with its style.", required=True)
    answer = String("Rendered answer with its style.", required=True)
    buttons = List(Integer(), "Numbers of the answer buttons.", required=True)
    next_reviews = Strings("Label of each answer button.", required=True)
    model_name = String("Note type.", required=True)
    deck_name = String("Deck that the card is in.", required=True)
    css = String("Styling of the note type.", required=True)
    template = String("Name of the card's template.", required=True)


REVIEW_ACTIVE = Boolean("A review is running and shows a card.", title="ReviewActive")
CURRENT_CARD = Nested(CurrentCard, "The card that is being reviewed.")


class GuiAnswerCard(Params):
    ease = Integer("Answer button, from 1.", required=True)
