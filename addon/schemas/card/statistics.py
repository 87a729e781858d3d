"""Params and result of cardStats."""

from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Ids, Integer, List, Nested, Number, String

KINDS = ("learning", "review", "relearning", "filtered", "manual", "rescheduled")


class CardStats(Params):
    cards = Ids("Card ids.", required=True)
    reviews = Boolean("Also return `log`: all entries of the review log of each card.", load_default=False)


class StateAfterAnswer(Object):
    """What FSRS knew after an answer."""

    stability = Number("Days until the probability of recall falls to 90 %.", required=True)
    difficulty = Number("From 1 to 10.", required=True)


class PresentState(StateAfterAnswer):
    """What FSRS knows about a card now."""

    retrievability = Number("Probability of recall now, from 0 to 1.", required=True, allow_none=True)


class CardLogEntry(Object):
    """An entry of the review log of a card."""

    id = Integer("Time of the answer in milliseconds since 1970.", required=True)
    kind = Enum(KINDS, "`manual` and `rescheduled` are no answers.", required=True)
    ease = Integer("Button: 1-4; 0 if it is no answer.", required=True)
    interval = Integer("New interval in seconds.", required=True)
    last_interval = Integer("Interval before, in seconds.", required=True)
    factor = Integer(
        "Ease in tenths of a percent; the difficulty in tenths, plus 100, if FSRS wrote it.", required=True
    )
    time = Integer("Time taken in milliseconds.", required=True)
    memory = Nested(
        StateAfterAnswer,
        "State after it, computed from the log by the present parameters of the preset, also while FSRS is not active; "
        "null if there was none.",
        required=True,
        allow_none=True,
    )


class CardStatistics(Object):
    """What Anki's *Card Info* shows."""

    card_id = Integer("Card id.", required=True)
    note_id = Integer("Id of its note.", required=True)
    deck_name = String("Deck that the card is in now, which may be a filtered deck.", required=True)
    original_deck = String("Home deck of a card in a filtered deck; null for others.", required=True, allow_none=True)
    model_name = String("Note type.", required=True)
    template = String("Name of its template; null if that is gone.", required=True, allow_none=True)
    preset = String(
        "Preset of options of its home deck; null if deck or preset is damaged.", required=True, allow_none=True
    )
    added = Integer("When it was added, in seconds since 1970.", required=True)
    first_review = Integer("First answer, in seconds since 1970; null for none.", required=True, allow_none=True)
    latest_review = Integer("Latest answer, in seconds since 1970; null for none.", required=True, allow_none=True)
    due_date = String(
        "Day on which it is due, as `2026-11-24`, also while it is suspended; null for a new card.",
        required=True,
        allow_none=True,
    )
    due_position = Integer(
        "Position among the new cards; the stored one of a card that is no longer new, or null.",
        required=True,
        allow_none=True,
    )
    interval = Integer("Interval in days.", required=True)
    ease = Integer("Ease in tenths of a percent; 0 for none yet.", required=True)
    reviews = Integer("Number of reviews that the card counts; the log can have more or fewer.", required=True)
    lapses = Integer("How often it was forgotten.", required=True)
    average_seconds = Number("Average time of an answer; null without answers.", required=True, allow_none=True)
    total_seconds = Number("Time of all answers.", required=True)
    memory = Nested(PresentState, "FSRS memory state; null for none.", required=True, allow_none=True)
    desired_retention = Number(
        "Probability of recall that was wanted when it was last scheduled, from 0 to 1; null without FSRS.",
        required=True,
        allow_none=True,
    )
    fsrs_params = List(
        Number(title="FsrsParam"), "FSRS parameters of the preset; none if Anki's defaults are used.", required=True
    )
    custom_data = String("JSON that custom scheduling code stores with the card; empty for none.", required=True)
    log = List(Nested(CardLogEntry), "Entries of the review log, newest first; only with `reviews`.")


CARD_STATISTICS = List(
    Nested(CardStatistics, title="CardStatisticsOrUnknown", allow_none=True),
    "One entry per card, in order; null for an unknown id.",
    title="CardStatisticsList",
)
