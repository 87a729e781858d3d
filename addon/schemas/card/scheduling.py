"""What the actions that change the scheduling of cards take and give."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Flaw, Object, Params
from ..fields.basic import (
    Anything,
    Boolean,
    Field,
    Id,
    Ids,
    Integer,
    List,
    Nested,
    Number,
    String,
    cannot_be_integer,
    empty_list_for_null,
)
from ..fields.cards import Cards, NumberedCards, ProperIds, ProperList
from ..fields.numbers import Between

DID_SUSPEND = Boolean("At least one card was not yet as wanted.", title="DidSuspend")
SCHEDULED = Boolean("Always true.", title="Scheduled")


class Suspend(Cards):
    suspend = Boolean("False unsuspends instead.", load_default=True)


class ForgetCards(Params):
    cards = Ids("Card ids.", required=True, tolerate=empty_list_for_null)


class RelearnCards(NumberedCards):
    pass


# --- due dates ---

_MOST_DAYS = 6
"""Digits: Anki takes more, and beyond its range days come out in the past."""


class DueDays(String):
    """Anki's text for a due date."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if not re.fullmatch("[0-9]+(-[0-9]+)?!?", text):
            raise self.flaw("Not a number of days as in `3`, `3-7` or `3-7!`.", text, text)
        if any(len(days.lstrip("0")) > _MOST_DAYS for days in re.findall("[0-9]+", text)):
            raise self.flaw("More than 999999 days.", text, "A number was invalid or out of range.")
        return text


class SetDueDate(Params):
    cards = Ids("Card ids.", required=True, tolerate=empty_list_for_null)
    days = DueDays(
        "Days from today: `0` is today, `3-7` a random day of that range for each card; `!` at the end makes them the "
        "interval too. At most 999999.",
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
    ease_factors = EaseFactors("Ease per card, in tenths of a percent: 2500 is 250 %.", required=True)

    @classmethod
    def load_for(cls, params: Mapping[str, Any] | Sequence[Any], *, tolerant: bool) -> dict[str, Any]:
        loaded = super().load_for(params, tolerant=tolerant)
        missing = len(loaded["cards"]) - len(loaded["ease_factors"])
        if missing > 0 or (missing < 0 and not tolerant):
            flaw = Flaw("There must be as many as there are cards.", "list index out of range")
            raise ma.ValidationError({"easeFactors": [flaw]})
        return loaded


DID_SET = List(
    Boolean(title="WasSet"),
    "Per card whether it exists, and so has the ease that was asked for.",
    title="DidSetEaseFactors",
)


# --- single values ---

_INT32 = (-(2**31), 2**31 - 1)
_UINT32 = (0, 2**32 - 1)
_UINT16 = (0, 2**16 - 1)


def _fraction() -> Number:
    return Number(legacy=lambda value: f"must be real number, not {type(value).__name__}")


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
    "desired_retention": _fraction(),
    "decay": _fraction(),
    "custom_data": String(),
}
"""Values of a card that can be set."""

CLEARABLE = ("original_position", "last_review_time", "desired_retention", "decay")
"""Values that a card can be without. AnkiConnect takes null for the others too, as 0 or an empty text."""

GUARDED = frozenset(
    ("did", "id", "ivl", "lapses", "left", "mod", "nid", "odid", "odue", "ord", "queue", "reps", "type", "usn")
)
"""Values that AnkiConnect sets on a second word only."""


def _no_words(_: Any) -> Any:
    """AnkiConnect answers `false`, without a text."""
    return None


def _not_one_card(value: Any) -> Any:
    return None if isinstance(value, list) else cannot_be_integer(value)


class SetSpecificValueOfCard(Params):
    card = Id("Card id.", required=True, legacy=_not_one_card)
    keys = ProperList(
        String(),
        "Names of the values: " + ", ".join(f"`{name}`" for name in VALUES) + ".",
        required=True,
        legacy=_no_words,
    )
    new_values = ProperList(
        Anything(title="ValueOfCard"),
        "The value for each name: a whole number, but for `desired_retention`, `decay` and `custom_data`. null clears "
        + ", ".join(f"`{name}`" for name in CLEARABLE)
        + ".",
        required=True,
        legacy=_no_words,
    )
    warning_check = Boolean(
        "Must be true to set " + ", ".join(f"`{name}`" for name in VALUES if name in GUARDED) + ".",
        data_key="warning_check",
        load_default=False,
        tolerate=lambda value: value is not False,
    )

    @classmethod
    def load_for(cls, params: Mapping[str, Any] | Sequence[Any], *, tolerant: bool) -> dict[str, Any]:
        loaded = super().load_for(params, tolerant=tolerant)
        keys, values = loaded["keys"], loaded["new_values"]
        if len(keys) != len(values):
            raise ma.ValidationError({"newValues": [Flaw("There must be as many as there are keys.")]})
        for index, key in enumerate(keys):
            if key in GUARDED and not loaded["warning_check"]:
                raise ma.ValidationError({"keys": {index: [Flaw(f"`{key}` needs `warning_check`.")]}})
        pairs = []
        for index, (key, value) in enumerate(zip(keys, values, strict=True)):
            if key in VALUES:
                is_cleared = value is None and (tolerant or key in CLEARABLE)
                pairs.append((key, None if is_cleared else _checked(key, value, index)))
            elif not tolerant or key == "id":
                text = "A card's id cannot be changed." if key == "id" else "Not a value of a card."
                raise ma.ValidationError({"keys": {index: [Flaw(text, text)]}})
        return {**loaded, "keys": [key for key, _ in pairs], "new_values": [value for _, value in pairs]}


def _checked(key: str, value: Any, index: int) -> Any:
    try:
        return VALUES[key].deserialize(value)
    except ma.ValidationError as error:
        raise ma.ValidationError({"newValues": {index: error.messages}}) from None


VALUE_SET = List(Boolean(title="ValueWasSet"), "Always one `true`.", title="ValueOfCardSet")


# --- answers ---


class Ease(Between):
    """An answer button."""

    def __init__(self, legacy: str) -> None:
        super().__init__(1, 4, "1 Again, 2 Hard, 3 Good, 4 Easy.", required=True, legacy=legacy)


def _milliseconds(value: Any) -> int:
    """AnkiConnect ignores members that it does not know."""
    return int(value) if isinstance(value, int | float) and 0 <= value <= _UINT32[-1] else 0


class Answer(Object):
    card_id = Id("Card id.", required=True, tolerate=lambda value: 0 if value is None else value)
    ease = Ease("invalid ease")
    time = Between(
        *_UINT32,
        "How long the answer took, in milliseconds. Anki cuts it to the longest time of the deck's preset.",
        load_default=0,
        tolerate=_milliseconds,
    )


class AnswerCards(Params):
    answers = List(Nested(Answer), "The answers, in order.", required=True)


DID_ANSWER = List(
    Boolean(title="WasAnswered"),
    "Per answer whether it was given; false for a card that is unknown or damaged.",
    title="DidAnswer",
)


class GradeNow(Cards):
    ease = Ease("ease must be between 1 and 4")


# --- positions ---

LAST_POSITION = 2**31 - 1


class OrderedIds(ProperIds):
    """At least one id."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if value == []:
            raise self.flaw("Shorter than minimum length 1.", value)
        if isinstance(value, list) and (flawed := [index for index, id in enumerate(value) if type(id) is not int]):
            text = f"orderedCardIds should contain only integers: {value}"
            raise ma.ValidationError({index: [Flaw("Not a valid integer.", text)] for index in flawed})
        ids: list[Any] = super()._deserialize(value, attr, data, **more)
        return ids


class RepositionNewCards(Params):
    ordered_card_ids = OrderedIds(
        "Card ids, in the order that the cards shall have.",
        required=True,
        metadata={"minItems": 1},
        legacy=lambda value: f"orderedCardIds should be a non-empty list: {value}",
    )
    start_position = Between(
        1,
        LAST_POSITION,
        "Position of the first card.",
        required=True,
        legacy=lambda value: f"startPosition should be an integer >= 1: {value}",
    )
    step = Between(
        1,
        LAST_POSITION,
        "From one position to the next.",
        required=True,
        legacy=lambda value: f"step should be an integer >= 1: {value}",
    )
    shift = Boolean(
        "Push away the new cards that stand at these positions or behind.",
        required=True,
        legacy=lambda value: f"shift should be a boolean: {value}",
    )


class Repositioned(Object):
    requested = Integer("Number of ids that were given.", required=True)
    deduped = Integer("Number of different ids.", required=True)
    eligible_new = Integer("Number of new cards among them.", required=True)
    repositioned = Integer("Number of cards that were given a position.", required=True)
    skipped_not_found = Ids("Unknown ids.", required=True)
    skipped_not_new = Ids("Ids of cards that are not new.", required=True)
    applied_start_position = Integer("As it was given.", required=True)
    applied_step = Integer("As it was given.", required=True)
    applied_shift = Boolean("As it was given.", required=True)


REPOSITIONED = Nested(Repositioned, "What was done.")
