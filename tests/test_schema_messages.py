"""The messages of the schemas: in our words for every param of every method, and at a bounded cost."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sizes import for_each, for_rows
from unknown_names import leaves

from addon.actions import REGISTRY
from addon.schemas.base import MISSING, Object, Params
from addon.schemas.fields.basic import Integer, List, Nested
from addon.vendored import marshmallow as ma

PARAMS = [(action, field) for action in REGISTRY.listed() for field in action.params.instance().load_fields.values()]
NOTE = {"deckName": "Italian", "modelName": "Basic", "fields": {"Front": "x"}}


def fields(field: Any, path: str) -> Iterator[tuple[str, Any]]:
    """A param and all values in it, with their paths."""
    yield path, field
    yield from leaves(field, path)


def rejected(validator: Any) -> Any:
    """A value that a validator rejects; None if it has a message of its own."""
    match validator:
        case ma.validate.Range(error=None, min=low) if low is not None:
            return low - 1
        case ma.validate.Range(error=None, max=high):
            return high + 1
        case ma.validate.Length(error=None, min=low) if low:
            return []
        case ma.validate.Length(error=None, max=high):
            return "x" * (high + 1)
        case ma.validate.OneOf(error=ma.validate.OneOf.default_message):
            return "nosuch"
    return None


@for_rows(("action", "field"), PARAMS)
def test_no_message_is_marshmallows(action, field):
    for path, each in fields(field, field.data_key):
        for validator in getattr(each, "validators", ()):
            if (value := rejected(validator)) is not None:
                with pytest.raises(ma.ValidationError) as error:
                    each._validate(value)
                (message,) = error.value.messages
                assert message.startswith("Must "), f"{action.name}, {path}: {message}"
                own = ma.ValidationError("")
                try:
                    validator(value)
                except ma.ValidationError as raised:
                    own = raised
                assert message not in own.messages or message.startswith("Must be one of: "), f"{action.name}, {path}"


@for_each(action=REGISTRY.listed())
def test_each_missing_param_is_named(reading, action):
    required = [name for name, (_, field) in action.params.instance()._attributes.items() if field.required]
    error = reading.rpc(action.name, {"nosuch": 1})["error"]
    assert {name: [MISSING] for name in required}.items() <= error["data"]["fields"].items()


def fields_of(answer):
    return answer["error"]["data"]["fields"]


def test_a_word_that_is_no_choice_is_suggested(reading):
    wrong = fields_of(reading.rpc("setDeckLimits", {"decks": [], "remove": ["newCard"]}))
    assert wrong["remove.0"] == [
        "Must be one of: newCards, reviews, newCardsToday, reviewsToday. Did you mean newCards?"
    ]
    wrong = fields_of(reading.rpc("cardsDetails", {"cards": [], "fields": ["Due", 5]}))
    assert wrong["fields.0"][0].endswith(" Did you mean due?")
    assert wrong["fields.1"][0].endswith("reps.")


@for_rows(
    ("method", "params"),
    [
        ("addNote", {"note": {**NOTE, **{f"deckNam{n}": 1 for n in range(100)}}}),
        ("addNotes", {"notes": [{**NOTE, f"deckNam{n}": 1} for n in range(100)]}),
        ("findNotes", {f"quer{n}": "x" for n in range(100)}),
        ("notesInfo", {"notes": [], "fields": [f"tag{n}" for n in range(100)]}),
    ],
)
def test_similar_names_are_searched_for_ten_wrong_ones(reading, method, params):
    messages = json.dumps(fields_of(reading.rpc(method, params)))
    assert messages.count("Did you mean") == 10


def test_the_same_wrong_name_counts_once(reading):
    notes = [{**NOTE, "deckNam": 1}] * 100
    assert json.dumps(fields_of(reading.rpc("addNotes", {"notes": notes}))).count("Did you mean deckName?") == 100


def test_each_list_around_a_wrong_value_only_doubles_its_loads():
    loads = []

    class Counted(Integer):
        def _deserialize(self, value, *place, **more):
            loads.append(value)
            return super()._deserialize(value, *place, **more)

    class Inner(Object):
        number = Counted()

    class Middle(Object):
        inner = List(Nested(Inner))

    class Outer(Params):
        middle = List(Nested(Middle))

    with pytest.raises(ma.ValidationError) as error:
        Outer.load_for({"middle": [{"inner": [{"number": 1}, {"number": "x"}]}]})
    assert [*Outer.flaws(error.value)] == [("middle.0.inner.1.number", 'Must be an integer, not the string "x".')]
    assert loads.count(1) <= 2**2
