"""Params and result of getAnswerStates, and the parts that nextCards and answerCards share with it."""

from ..base import Object
from ..fields.basic import Enum, Integer, List, Nested, String

STATES = ("new", "learning", "review", "relearning", "preview", "rescheduling")


class AnswerState(Object):
    """What one answer would do to a card."""

    ease = Integer("1 Again, 2 Hard, 3 Good, 4 Easy.", required=True)
    interval = Integer("Seconds until the card would come again; 0 if a filtered deck would return it.", required=True)
    label = String("The same as on the button in Anki, in the user's language.", required=True)
    state = Enum(
        STATES, "State that the card would be in; `review` also if it would leave a filtered deck.", required=True
    )


STATE_MARK = "Stands for the card's present state: `answerCards` with it fails if the card has changed since."


class AnswerStates(Object):
    """What each answer would do to a card."""

    card_id = Integer("Card id.", required=True)
    token = String(STATE_MARK, required=True)
    state = Enum(
        STATES,
        "Present state. In a filtered deck `preview` if answers do not reschedule its cards, else `rescheduling`.",
        required=True,
    )
    answers = List(Nested(AnswerState), "The effect of each answer, from ease 1 to 4.", required=True)


ANSWER_STATES = List(
    Nested(AnswerStates, title="AnswerStatesOrUnknown", allow_none=True),
    "One entry per card, in order; null for an unknown id, and for a card that cannot be answered because it, its deck "
    "or its preset is damaged.",
    title="AnswerStatesOfCards",
)
