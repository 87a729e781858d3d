"""Result of getStudyStatus."""

from ..base import Object
from ..fields.basic import Boolean, Integer, Nested, String


class StudyStatus(Object):
    """What is left in the current deck and its sub-decks."""

    deck = String("The current deck.", required=True)
    finished = Boolean("Anki would show no card now: it congratulates.", required=True)
    learning_left = Integer("Cards in learning steps of today, also those that are not due yet.", required=True)
    next_learning_in = Integer(
        "Seconds, at least 60, until a card in learning is shown; null if there is none.",
        required=True,
        allow_none=True,
    )
    new_left = Boolean("There are new cards. If `finished`, more than today's limit allows.", required=True)
    reviews_left = Boolean("There are due reviews. If `finished`, more than today's limit allows.", required=True)
    buried_by_hand = Boolean("Cards are buried by hand until tomorrow: `unburyDeck` shows them again.", required=True)
    buried_siblings = Boolean("Cards are buried until tomorrow because of another card of their note.", required=True)
    is_filtered = Boolean("The deck is a filtered deck.", required=True)
    description = String(
        "HTML that Anki shows with its congratulations: the description of the deck, if that is in Markdown; empty for "
        "none.",
        required=True,
    )


STUDY_STATUS = Nested(StudyStatus, "The status.")
