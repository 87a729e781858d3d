"""Params and results of the actions on memory states of cards."""

from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, List, Nested, Number


class GetMemoryStates(Params):
    cards = Ids("Card ids.", required=True)
    computed = Boolean(
        "Compute the states from the review log and the deck's present preset, instead of returning the stored ones. "
        "This also works while FSRS is not active. It takes seconds for 10,000 cards.",
        load_default=False,
    )


class MemoryState(Object):
    """What FSRS knows about a card."""

    card_id = Integer("Card id.", required=True)
    stability = Number("Days until the probability of recall falls to 90 %.", required=True, allow_none=True)
    difficulty = Number("From 1 to 10.", required=True, allow_none=True)
    retrievability = Number("Probability of recall now, from 0 to 1.", required=True, allow_none=True)
    desired_retention = Number(
        "Wanted probability of recall when the card becomes due, from 0 to 1.", required=True, allow_none=True
    )
    decay = Number("Exponent of the forgetting curve: how fast the card is forgotten.", required=True, allow_none=True)


MEMORY_STATES = List(
    Nested(MemoryState, title="MemoryStateOrUnknown", allow_none=True),
    "One entry per card, in order; null for an unknown id. If a card has no memory state, its members are null.",
    title="MemoryStates",
)
