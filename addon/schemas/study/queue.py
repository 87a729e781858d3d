"""What the action on the cards that are next takes and gives."""

from ..base import Object, Params
from ..fields.basic import Enum, Integer, List, Nested, String, Strings
from ..fields.numbers import Between

QUEUES = ("new", "learning", "review")


class NextCards(Params):
    limit = Between(1, 100, "The most cards.", load_default=1)


class QueuedCard(Object):
    card_id = Integer("Card id.", required=True)
    note_id = Integer("Id of its note.", required=True)
    deck_name = String("Deck that the card is in.", required=True)
    model_name = String("Note type.", required=True)
    queue = Enum(QUEUES, "What sort of card it is now.", required=True)
    question = String("Rendered question as HTML, without the style.", required=True)
    answer = String("Rendered answer as HTML, without the style; mostly it repeats the question.", required=True)
    next_reviews = Strings("What each answer does, from ease 1 to 4: when the card would come again.", required=True)


class Queue(Object):
    deck = String("The current deck, whose cards and sub-decks are studied.", required=True)
    new = Integer("New cards left for today.", required=True)
    learning = Integer("Cards in learning left for today.", required=True)
    review = Integer("Reviews left for today.", required=True)
    cards = List(Nested(QueuedCard), "The next cards, in Anki's order.", required=True)


QUEUE = Nested(Queue, "What is left for today, and the cards that come next.")
