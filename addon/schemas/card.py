"""What the actions on cards take and give."""

from .base import Object, Params
from .fields import AnyOf, Boolean, Ids, Integer, List, Nested, String, Texts
from .note import FIELD_VALUES, Missing

CARD_IDS = Ids("Card ids, in no particular order.", title="CardIds")
IS_SUSPENDED = Boolean("The card is suspended; a buried one is not.", title="IsSuspended")
ARE_SUSPENDED = List(
    Boolean(title="SuspendedOrUnknown", allow_none=True),
    "Per card whether it is suspended; null for an unknown id.",
    title="AreSuspendedList",
)
DID_SUSPEND = Boolean("At least one card was not yet as wanted.", title="DidSuspend")


class Card(Params):
    card = Integer("Card id.", required=True)


class Cards(Params):
    cards = Ids("Card ids.", required=True)


class Suspend(Cards):
    suspend = Boolean("False unsuspends instead.", load_default=True)


class CardInfo(Object):
    card_id = Integer("Card id.", required=True)
    fields = FIELD_VALUES
    field_order = Integer("Index of the card's template, or of its cloze deletion.", required=True)
    question = String("Rendered question with its style.", required=True)
    answer = String("Rendered answer with its style.", required=True)
    model_name = String("Note type.", required=True)
    ord = Integer("The same as `fieldOrder`.", required=True)
    deck_name = String("Deck that the card is in now; a filtered deck where that holds it.", required=True)
    css = String("Styling of the note type.", required=True)
    factor = Integer("Ease in tenths of a percent.", required=True)
    interval = Integer("Interval in days; negative for seconds.", required=True)
    note = Integer("Id of its note.", required=True)
    type = Integer("0 new, 1 learning, 2 review, 3 relearning.", required=True)
    queue = Integer("-3 and -2 buried, -1 suspended, else like `type`; 4 preview.", required=True)
    due = Integer("Position, day number or time in seconds since 1970, by queue.", required=True)
    reps = Integer("Number of reviews.", required=True)
    lapses = Integer("How often it was forgotten.", required=True)
    left = Integer("Learning steps left.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)
    next_reviews = Texts("Label of each answer button.", required=True)
    flags = Integer("Flag, 0 for none.", required=True)


CARD_INFOS = List(
    AnyOf(Nested(CardInfo), Nested(Missing), title="CardInfoOrMissing"),
    "One entry per card, in order; an empty object for an unknown id.",
    title="CardInfos",
)
