"""Params and results of the actions that change the scheduling of cards."""

import re
from collections.abc import Mapping
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Anything, Boolean, Field, Id, Ids, Integer, List, Nested, Number, String
from ..fields.cards import Cards
from ..fields.numbers import Between

DID_SUSPEND = Boolean("At least one card was changed.", title="DidSuspend")
SCHEDULED = Boolean("Always true.", title="Scheduled")


class Suspend(Cards):
    suspend = Boolean("If false, unsuspend the cards instead.", load_default=True)


class ForgetCards(Params):
    cards = Ids("Card ids.", required=True)
    restore_position = Boolean(
        "Return to the old position among the new cards if Anki has stored it. If false, all of them go to the end of "
        "the new cards, also those that are new already.",
        load_default=True,
    )
    reset_counts = Boolean("Set the counts of reviews and lapses to 0.", load_default=False)


class RelearnCards(Cards):
    pass


# --- due dates ---

_MAX_DAYS_DIGITS = 6
"""Digits. Anki accepts more, but if its range overflows, cards are due in the past."""


class DueDays(String):
    """Anki's text for a due date."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if not re.fullmatch("[0-9]+(-[0-9]+)?!?", text):
            raise ma.ValidationError("Not a number of days as in `3`, `3-7` or `3-7!`.")
        if any(len(days.lstrip("0")) > _MAX_DAYS_DIGITS for days in re.findall("[0-9]+", text)):
            raise ma.ValidationError("More than 999999 days.")
        return text


class SetDueDate(Params):
    cards = Ids("Card ids.", required=True)
    days = DueDays(
        "Days from today: `0` is today, `3-7` a random day of that range for each card. With `!` at the end they "
        "become the interval, too. At most 999999.",
        required=True,
        metadata={"pattern": "^0*[0-9]{1,6}(-0*[0-9]{1,6})?!?$"},
    )


# --- ease ---


class EaseFactors(List):
    """Ease factors, checked in one pass."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(Between(0, 65535), description, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if isinstance(value, list) and set(map(type, value)) == {int} and min(value) >= 0 and max(value) <= 65535:
            return value
        return super()._deserialize(value, attr, data, **more)


class SetEaseFactors(Cards):
    ease_factors = EaseFactors("Ease factor of each card, in tenths of a percent: 2500 is 250 %.", required=True)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        if len(loaded["cards"]) != len(loaded["ease_factors"]):
            raise ma.ValidationError({"easeFactors": ["There must be as many as there are cards."]})
        return loaded


DID_SET = List(
    Boolean("Whether the card exists; its ease is then set.", title="EaseWasSet"),
    "For each card whether it exists, and so now has that ease factor.",
    title="DidSetEaseFactors",
)


# --- single values ---

_INT32 = (-(2**31), 2**31 - 1)
_UINT32 = (0, 2**32 - 1)
_UINT16 = (0, 2**16 - 1)


VALUES: dict[str, Field] = {
    "nid": Integer(),
    "did": Integer(),
    "ord": Between(*_UINT16),
    "type": Between(0, 3),
    "queue": Between(-3, 4),
    "due": Between(*_INT32),
    "ivl": Between(*_UINT32),
    "factor": Between(*_UINT16),
    "reps": Between(*_UINT32),
    "lapses": Between(*_UINT32),
    "left": Between(*_UINT32),
    "odue": Between(*_INT32),
    "odid": Integer(),
    "flags": Between(0, 255),
    "original_position": Between(*_UINT32),
    "last_review_time": Integer(),
    "desired_retention": Number(),
    "decay": Number(),
    "custom_data": String(),
}
"""Values of a card that can be set."""

CLEARABLE = ("original_position", "last_review_time", "desired_retention", "decay")
"""Values that a card need not have."""

GUARDED = frozenset(
    ("did", "id", "ivl", "lapses", "left", "mod", "nid", "odid", "odue", "ord", "queue", "reps", "type", "usn")
)
"""Values that are set only with `warning_check`."""


class SetSpecificValueOfCard(Params):
    card = Id("Card id.", required=True)
    keys = List(String(), "Names of the values: " + ", ".join(f"`{name}`" for name in VALUES) + ".", required=True)
    new_values = List(
        Anything(title="ValueOfCard"),
        "Value for each name: a whole number, except for `desired_retention`, `decay` and `custom_data`. null clears "
        + ", ".join(f"`{name}`" for name in CLEARABLE)
        + ".",
        required=True,
    )
    warning_check = Boolean(
        "Must be true to set " + ", ".join(f"`{name}`" for name in VALUES if name in GUARDED) + ".",
        data_key="warning_check",
        load_default=False,
    )

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        self.check_keys(loaded)
        keys, values = loaded["keys"], loaded["new_values"]
        checked = [self.value(VALUES, *item) for item in zip(range(len(keys)), keys, values, strict=True)]
        return {**loaded, "new_values": checked}

    def check_keys(self, loaded: dict[str, Any]) -> None:
        """Raise ValidationError for a value without a key, and for a guarded value without `warning_check`."""
        if len(loaded["keys"]) != len(loaded["new_values"]):
            raise ma.ValidationError({"newValues": ["There must be as many as there are keys."]})
        for index, key in enumerate(loaded["keys"]):
            if key in GUARDED and not loaded["warning_check"]:
                raise ma.ValidationError({"keys": {index: [f"To set `{key}`, set `warning_check` to true."]}})

    def value(self, fields: Mapping[str, Field], index: int, key: str, value: Any) -> Any:
        """The checked value to set; None clears it. Raises ValidationError."""
        if key not in fields:
            text = (
                "A card's id cannot be changed."
                if key == "id"
                else f"Not a value of a card. There are {', '.join(VALUES)}."
            )
            raise ma.ValidationError({"keys": {index: [text]}})
        if value is None and key in CLEARABLE:
            return None
        try:
            return fields[key].deserialize(value)
        except ma.ValidationError as error:
            raise ma.ValidationError({"newValues": {index: error.messages}}) from None


VALUE_SET = List(Boolean(title="ValueWasSet"), "Always one `true`.", title="ValueOfCardSet")


# --- answers ---


class Ease(Between):
    """An answer button."""

    def __init__(self) -> None:
        super().__init__(1, 4, "1 Again, 2 Hard, 3 Good, 4 Easy.", required=True)


class Answer(Object):
    """An answer to one card."""

    card_id = Id("Card id.", required=True)
    ease = Ease()
    time = Between(
        *_UINT32,
        "How long the answer took, in milliseconds. Anki limits it to the maximum of the deck's preset.",
        load_default=0,
    )
    token = String(
        "From `getAnswerStates` or `nextCards`: if the card has changed since, the call fails with `conflict` and "
        "answers nothing. It fits only the first answer to the card.",
        load_default=None,
    )


class AnswerCards(Params):
    answers = List(Nested(Answer), "The answers, in order.", required=True)


DID_ANSWER = List(
    Boolean(title="WasAnswered"),
    "For each answer whether it was recorded; false if the card is unknown or damaged.",
    title="DidAnswer",
)


class GradeNow(Cards):
    ease = Ease()


# --- positions ---

LAST_POSITION = 2**31 - 1


class RepositionNewCards(Params):
    ordered_card_ids = Ids("Card ids, in their new order.", required=True, validate=ma.validate.Length(min=1))
    start_position = Between(1, LAST_POSITION, "Position of the first card.", required=True)
    step = Between(1, LAST_POSITION, "Difference between two positions.", required=True)
    shift = Boolean("Shift the new cards at or after these positions to make room.", required=True)
    random = Boolean("Mix the notes of the cards, instead of keeping the given order.", load_default=False)


class Repositioned(Object):
    """What became of the cards to be repositioned."""

    requested = Integer("Number of given ids.", required=True)
    deduped = Integer("Number of different ids.", required=True)
    eligible_new = Integer("Number of new cards among them.", required=True)
    repositioned = Integer("Number of cards that got a position.", required=True)
    skipped_not_found = Ids("Unknown ids.", required=True)
    skipped_not_new = Ids("Ids of cards that are not new.", required=True)
    applied_start_position = Integer("The given `startPosition`.", required=True)
    applied_step = Integer("The given `step`.", required=True)
    applied_shift = Boolean("The given `shift`.", required=True)


REPOSITIONED = Nested(Repositioned, "The outcome.")
