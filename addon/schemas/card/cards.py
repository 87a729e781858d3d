"""Params and results of the actions that read cards."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params, WrongName
from ..fields.basic import AnyOf, Anything, Boolean, Dict, Enum, Id, Ids, Integer, List, Nested, Null, String, Strings
from ..fields.cards import Cards
from ..fields.notes import FIELD_VALUES
from ..fields.outcomes import Missing
from ..fields.paging import LIMIT, NOTE_FIELDS, OFFSET, members, members_of, part_of
from ..fields.search import Search

CARD_IDS = Ids("Card ids, in no particular order.", title="CardIds")
IS_SUSPENDED = Boolean("The card is suspended; a buried one is not.", title="IsSuspended")
ARE_SUSPENDED = List(
    Boolean(title="SuspendedOrUnknown", allow_none=True),
    "For each card whether it is suspended; null for an unknown id.",
    title="AreSuspendedList",
)


class Card(Params):
    card = Id("Card id.", required=True)


class SearchedCards(Params):
    cards = Ids("Card ids.", required=True)


class CardInfo(Object):
    """A card with its text and its scheduling."""

    card_id = Integer("Card id.", required=True)
    fields = FIELD_VALUES
    field_order = Integer("Index of the card's template or cloze deletion.", required=True)
    question = String("Rendered question with its style.", required=True)
    answer = String("Rendered answer with its style.", required=True)
    model_name = String("Note type.", required=True)
    ord = Integer("The same as `fieldOrder`.", required=True)
    deck_name = String("Deck that the card is in now, which may be a filtered deck.", required=True)
    css = String("Styling of the note type.", required=True)
    factor = Integer("Ease in tenths of a percent.", required=True)
    interval = Integer("Interval in days; negative for seconds.", required=True)
    note = Integer("Id of its note.", required=True)
    type = Integer("0 new, 1 learning, 2 review, 3 relearning.", required=True)
    queue = Integer("-3 and -2 buried, -1 suspended, else like `type`; 4 preview.", required=True)
    due = Integer("Position, day number or time in seconds since 1970, by queue.", required=True)
    reps = Integer("Number of reviews.", required=True)
    lapses = Integer("How often the card was forgotten.", required=True)
    left = Integer("Learning steps left.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)
    next_reviews = Strings("Label of each answer button.", required=True)
    flags = Integer("Flag, 0 for none.", required=True)
    home_deck_name = String(
        "Home deck of the card; it differs from `deckName` if the card is in a filtered deck.", required=True
    )


CARD_INFOS = List(
    AnyOf(Nested(CardInfo), Nested(Missing), Nested(part_of(CardInfo, "CardPart")), title="CardInfoOrMissing"),
    "One entry per card, in order; an empty object for an unknown id. With `fields`, only those members.",
    title="CardInfos",
)
CARD_MEMBERS = members_of(CardInfo)


class CardsInfo(Cards):
    limit = LIMIT
    offset = OFFSET
    members = members(CardInfo, "CardMember")
    note_fields = NOTE_FIELDS


# --- due, ease and intervals ---

ARE_DUE = List(
    Boolean(title="DueOrUnknown", allow_none=True),
    "For each card whether it is due; null for an unknown id, and for a card that is not new but has no reviews.",
    title="AreDueList",
)
EASE_FACTORS = List(
    Integer(title="EaseFactorOrUnknown", allow_none=True),
    "Ease factor of each card in tenths of a percent, 0 for none yet; null for an unknown id.",
    title="EaseFactors",
)


class GetIntervals(SearchedCards):
    complete = Boolean("Return all intervals of each card instead of the latest one.", load_default=False)


INTERVALS = List(
    AnyOf(
        Integer("Days, or negative seconds; 0 for a new card.", title="LatestInterval"),
        List(Integer(title="LoggedInterval"), "All intervals, oldest first.", title="LoggedIntervals"),
        Null(title="NothingLogged"),
        title="IntervalOrHistory",
        allow_none=True,
    ),
    "Latest interval of each card, or all its intervals; null for an unknown id. For a card that is not new but has no "
    "reviews, null or an empty list.",
    title="Intervals",
)


# --- other views ---


class CardTime(Object):
    """The last change of a card."""

    card_id = Integer("Card id.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)


CARD_TIMES = List(
    AnyOf(Nested(CardTime), Nested(Missing), title="CardTimeOrMissing"),
    "One entry per card, in order; an empty object for an unknown id.",
    title="CardTimes",
)
NOTES_OF_CARDS = Ids("Ids of the notes, each once, in no particular order.", title="NotesOfCards")

CARD_VALUES = ("prop:r", "prop:s", "prop:d", "due", "queue", "type", "interval", "reps")


class CardValue(Enum):
    """The name of a card's value."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        if value not in CARD_VALUES:
            name = value if isinstance(value, str) else ""
            raise ma.ValidationError([WrongName(f"Must be one of: {', '.join(CARD_VALUES)}.", name, CARD_VALUES)])
        return str(value)


class CardsDetails(Params):
    cards = Ids("Card ids. Either these or a `query` must be given.", load_default=None)
    fields = List(
        CardValue(CARD_VALUES),
        "Values to return: `prop:r` retrievability from 0 to 1, `prop:s` stability in days, `prop:d` desired "
        "retention; the others as in `cardsInfo`.",
        data_key="fields",
        load_default=list,
    )
    note_fields = List(
        String(), "Names of the note's fields to return; fields that it lacks are left out.", load_default=list
    )
    query = Search("Search text; if given, `cards` is ignored.", load_default=None)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        if loaded["cards"] is None and loaded["query"] is None:
            raise ma.ValidationError({"cards": ["Either these or a query must be given."]})
        return loaded


CARD_DETAILS = List(
    AnyOf(
        Integer(title="BareCardId"),
        Dict(
            Anything("A value; null if the card does not have it.", title="CardDetail"),
            "`cardId`, the requested values by their names, and in `fields` those of the note.",
            title="CardDetails",
        ),
        title="CardIdOrDetails",
    ),
    "One entry per card, in order: the requested values, or only the id if none are requested.",
    title="CardDetailsList",
)
