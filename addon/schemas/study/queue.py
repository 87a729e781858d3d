"""Params and result of nextCards."""

from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Integer, List, Nested, String, Strings
from ..fields.numbers import Between
from .states import STATE_MARK, AnswerState

QUEUES = ("new", "learning", "review")
SIDES = ("both", "question", "none")


class NextCards(Params):
    limit = Between(1, 100, "Maximum number of cards.", load_default=1)
    sides = Enum(
        SIDES,
        "Sides to return; `question` without the hidden texts that Anki writes into the HTML of a cloze.",
        load_default="both",
    )
    states = Boolean("Also return `token` and `states` of each card.", load_default=False)


class QueuedCard(Object):
    """A card that is left for today."""

    card_id = Integer("Card id.", required=True)
    note_id = Integer("Id of its note.", required=True)
    deck_name = String("Deck that the card is in.", required=True)
    model_name = String("Note type.", required=True)
    queue = Enum(QUEUES, "Queue that the card is in.", required=True)
    question = String("Rendered question as HTML, without the style.")
    answer = String("Rendered answer as HTML, without the style; it usually repeats the question.")
    next_reviews = Strings("When the card would come again after each answer, from ease 1 to 4.", required=True)
    token = String(STATE_MARK)
    states = List(Nested(AnswerState), "The effect of each answer, from ease 1 to 4.")


class Queue(Object):
    """The cards that are left for today."""

    deck = String("The current deck, which is studied with its sub-decks.", required=True)
    new = Integer("New cards left for today.", required=True)
    learning = Integer("Cards in learning left for today.", required=True)
    review = Integer("Reviews left for today.", required=True)
    cards = List(Nested(QueuedCard), "The next cards, in Anki's order.", required=True)


QUEUE = Nested(Queue, "Today's remaining counts, and the next cards.")
