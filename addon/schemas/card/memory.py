"""What the actions on the memory states of cards take and give."""

from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, List, Nested, Number


class GetMemoryStates(Params):
    cards = Ids("Card ids.", required=True)
    computed = Boolean(
        "Compute them from the review log by what the deck's preset says now, instead of telling what is stored: also "
        "while FSRS is not active. It takes seconds for 10,000 cards.",
        load_default=False,
    )


class MemoryState(Object):
    card_id = Integer("Card id.", required=True)
    stability = Number("Days after which it is remembered with 90 %.", required=True, allow_none=True)
    difficulty = Number("From 1 to 10.", required=True, allow_none=True)
    retrievability = Number("How likely it is remembered now, from 0 to 1.", required=True, allow_none=True)
    desired_retention = Number(
        "How likely it shall be remembered when it gets due, from 0 to 1.", required=True, allow_none=True
    )
    decay = Number("How fast it is forgotten: the exponent of the forgetting curve.", required=True, allow_none=True)


MEMORY_STATES = List(
    Nested(MemoryState, title="MemoryStateOrUnknown", allow_none=True),
    "One entry per card, in order; nulls for a card without memory state, null for an unknown id.",
    title="MemoryStates",
)
