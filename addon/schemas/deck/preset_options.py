"""The options of a preset by Anki's own names, with the bounds within which Anki keeps a value.

Anki stores any value, but replaces one out of bounds by its default when it reads the preset
(`ensure_deck_config_values_valid` in rslib/src/deckconfig/mod.rs).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Integer, List, Nested, Number, String
from ..fields.dates import is_date
from ..fields.numbers import Between
from ..fields.paging import part_of
from ..fields.search import Search

INSERT_ORDERS = ("due", "random")
GATHER_PRIORITIES = (
    *("deck", "lowestPosition", "highestPosition", "randomNotes", "randomCards", "deckThenRandomNotes"),
)
SORT_ORDERS = ("template", "noSort", "templateThenRandom", "randomNoteThenTemplate", "randomCard")
REVIEW_ORDERS = (
    *("day", "dayThenDeck", "deckThenDay", "intervalsAscending", "intervalsDescending", "easeAscending"),
    *("easeDescending", "retrievabilityAscending", "random", "added", "reverseAdded", "retrievabilityDescending"),
    "relativeOverdueness",
)
MIXES = ("mixWithReviews", "afterReviews", "beforeReviews")
LEECH_ACTIONS = ("suspend", "tagOnly")
QUESTION_ACTIONS = ("showAnswer", "showReminder")
ANSWER_ACTIONS = ("buryCard", "answerAgain", "answerGood", "answerHard", "showReminder")
WORDS = {
    "new_card_insert_order": INSERT_ORDERS,
    "new_card_gather_priority": GATHER_PRIORITIES,
    "new_card_sort_order": SORT_ORDERS,
    "review_order": REVIEW_ORDERS,
    "new_mix": MIXES,
    "interday_learning_mix": MIXES,
    "leech_action": LEECH_ACTIONS,
    "question_action": QUESTION_ACTIONS,
    "answer_action": ANSWER_ACTIONS,
}
"""The words for each option that is a choice, in the order of Anki's numbers."""

_MOST = 9_999
_LONGEST_INTERVAL = 36_500
"""Days."""
_SHORTEST_STEP, _LONGEST_STEP = 1 / 60, 24_855 * 1440.0
"""Minutes. Anki counts seconds, and logs them in 32 bits."""
_MOST_STEPS = 999
"""Anki counts the steps that are left of a card up to here."""
_WEEKDAYS = 7


class _Range(ma.validate.Range):
    """Bounds of a number, which are a part of the message."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__(low, high, error=f"Must be from {low:g} to {high:g}, not {{input}}.")


def _number(low: float, high: float, description: str) -> Number:
    return Number(description, validate=_Range(low, high))


def _steps(description: str) -> List:
    step = Number(
        title="StepMinutes",
        validate=ma.validate.Range(
            _SHORTEST_STEP,
            _LONGEST_STEP,
            error=f"Must be from 1 second (1/60 minute) to {_LONGEST_STEP:.0f} minutes, not {{input}}.",
        ),
    )
    length = ma.validate.Length(max=_MOST_STEPS, error=f"At most {_MOST_STEPS} steps.")
    return List(step, f"{description}, in minutes; may be empty.", validate=length)


def _date(text: str) -> None:
    if not is_date(text):
        raise ma.ValidationError("Not a date as in `2026-11-24`.")


class PresetOptions(Object):
    """The options of a preset, named as in Anki's `DeckConfig.Config`."""

    learn_steps = _steps("Learning steps of new cards")
    relearn_steps = _steps("Steps of forgotten cards")
    new_per_day = Between(0, _MOST, "New cards a day.")
    reviews_per_day = Between(0, _MOST, "Reviews a day.")
    initial_ease = _number(1.31, 5, "Ease of a card after its learning steps; 2.5 is 250 %. Not used by FSRS.")
    easy_multiplier = _number(1, 5, "What *Easy* multiplies an interval by, beyond the ease. Not used by FSRS.")
    hard_multiplier = _number(0.5, 1.3, "What *Hard* multiplies an interval by. Not used by FSRS.")
    lapse_multiplier = _number(0, 1, "What *Again* multiplies an interval by. Not used by FSRS.")
    interval_multiplier = _number(0.5, 2, "What every interval is multiplied by. Not used by FSRS.")
    maximum_review_interval = Between(1, _LONGEST_INTERVAL, "Longest interval, in days.")
    minimum_lapse_interval = Between(1, _LONGEST_INTERVAL, "Shortest interval after *Again*, in days.")
    graduating_interval_good = Between(
        1, _LONGEST_INTERVAL, "Interval after the last learning step, in days. Not used by FSRS."
    )
    graduating_interval_easy = Between(
        1, _LONGEST_INTERVAL, "Interval after *Easy* in a learning step, in days. Not used by FSRS."
    )
    new_card_insert_order = Enum(
        INSERT_ORDERS, "Positions of new cards: in the order of adding, or random. A change sorts all new cards again."
    )
    new_card_gather_priority = Enum(GATHER_PRIORITIES, "Which new cards are taken for the day.")
    new_card_sort_order = Enum(SORT_ORDERS, "In which order the new cards of the day are shown.")
    new_mix = Enum(MIXES, "When new cards are shown.")
    review_order = Enum(
        REVIEW_ORDERS, "In which order reviews are shown. `relativeOverdueness` needs Anki 26.05 or newer."
    )
    interday_learning_mix = Enum(MIXES, "When cards are shown whose learning step is a day or longer.")
    leech_action = Enum(LEECH_ACTIONS, "What happens to a leech: a card that was forgotten too often.")
    leech_threshold = Between(1, _MOST, "After how many lapses a card is a leech.")
    disable_autoplay = Boolean("Sounds are not played automatically.")
    cap_answer_time_to_secs = Between(1, _MOST, "Most seconds that are recorded for an answer.")
    show_timer = Boolean("The reviewer shows a timer.")
    stop_timer_on_answer = Boolean("That timer stops at the answer side.")
    seconds_to_show_question = _number(0, _MOST, "Auto advance: seconds for the question side; 0 for no end.")
    seconds_to_show_answer = _number(0, _MOST, "Auto advance: seconds for the answer side; 0 for no end.")
    question_action = Enum(QUESTION_ACTIONS, "Auto advance: what follows the question side.")
    answer_action = Enum(ANSWER_ACTIONS, "Auto advance: what follows the answer side.")
    wait_for_audio = Boolean("Auto advance: wait for the end of sounds.")
    skip_question_when_replaying_answer = Boolean("A replay on the answer side omits the sounds of the question side.")
    bury_new = Boolean("New siblings of an answered card are hidden until tomorrow.")
    bury_reviews = Boolean("Its siblings to be reviewed are hidden until tomorrow.")
    bury_interday_learning = Boolean("Its siblings with a learning step of a day or longer are hidden until tomorrow.")
    desired_retention = _number(
        0.7, 0.99, "FSRS: share of reviews to be passed. `setDesiredRetention` can also reschedule cards."
    )
    historical_retention = _number(0.7, 0.97, "FSRS: share of reviews that were passed before the recorded ones.")
    ignore_revlogs_before_date = String(
        "FSRS: reviews before this day do not count, as in `2026-11-24`; empty for none.", validate=_date
    )
    easy_days_percentages = List(
        Number(title="EasyDay", validate=_Range(0, 1)),
        "FSRS, and load balancing: for each weekday from Monday on the share of normal work, from 0 to 1.",
        validate=ma.validate.Length(equal=_WEEKDAYS, error="Must be 7 numbers, for Monday to Sunday."),
    )
    param_search = Search("FSRS: search text for the cards to optimize with; empty for those of the preset.")


def _as_stored(field: ma.fields.Field[Any]) -> ma.fields.Field[Any]:
    """The field of a result: without limits, because other programs need not keep them."""
    description = field.metadata["description"]
    match field:
        case Between():
            return Integer(description)
        case Enum():
            return Enum(_words_of(field), f"{description} Null for a choice of a newer Anki.", allow_none=True)
        case String():
            return String(description)
        case List():
            return List(Number(title=f"Stored{field.inner.metadata['title']}"), description)
        case Number():
            return Number(description)
    return copy.deepcopy(field)


def _words_of(field: Enum) -> Sequence[str]:
    (choice,) = field.validators
    assert isinstance(choice, ma.validate.OneOf)
    return list(choice.choices)


StoredPresetOptions: Any = Object.from_dict(
    {name: _as_stored(field) for name, field in PresetOptions._declared_fields.items()}, name="StoredPresetOptions"
)
StoredPresetOptions.__doc__ = PresetOptions.__doc__


class UpdateDeckPreset(Params):
    preset = String("Name of the preset in its exact spelling; if several have it, the oldest is used.", required=True)
    changes = Nested(PresetOptions, "The options to change; others stay.", load_default=dict)
    new_name = String("New name.", load_default=None)


class UpdatedPreset(Object):
    """A preset after an update."""

    preset_id = Integer("Id of the preset; other actions call it `configId`.", required=True)
    name = String("Its name now.", required=True)
    changed = Nested(
        part_of(StoredPresetOptions, "ChangedPresetOptions"),
        "The options that had other values, with the new ones.",
        required=True,
    )


UPDATED = Nested(UpdatedPreset, "The preset, and what was changed.")
