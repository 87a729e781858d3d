"""Params are validated by JSON Schema, in the words of our own schemas."""

import time

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import for_rows

from addon.extension.json_schema import accepted
from addon.extension.validation import Check, JsonParams
from addon.rpc.errors import InvalidParams

ITEM = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "kind": {"enum": ["word", "sentence"]}},
    "required": ["id"],
    "additionalProperties": False,
}
SCHEMA = accepted(
    {
        "type": "object",
        "properties": {
            "text": {"type": "string", "minLength": 1, "maxLength": 5},
            "count": {"type": "integer", "minimum": 1, "maximum": 9},
            "ratio": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            "on": {"type": "boolean"},
            "items": {"type": "array", "items": {"$ref": "#/definitions/item"}, "maxItems": 2},
            "ids": {"type": ["array", "null"], "items": {"type": "integer"}, "uniqueItems": True, "minItems": 1},
            "map": {"type": "object", "additionalProperties": {"type": "string"}, "maxProperties": 2},
            "either": {"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]},
            "any": {},
        },
        "required": ["text"],
        "additionalProperties": False,
        "definitions": {"item": ITEM},
    },
    "params",
)
PARAMS = JsonParams(SCHEMA)

WRONG = [
    ({}, "text", "Required, but missing."),
    ({"text": 1}, "text", "Must be a string, not 1: write it in quotes."),
    ({"text": None}, "text", "Must be a string, not null."),
    ({"text": ""}, "text", "Must not be empty."),
    ({"text": "abcdef"}, "text", "Must have at most 5 characters, not 6."),
    ({"text": "\ud800"}, "text", "Not valid Unicode: a lone surrogate."),
    ({"text": "a", "count": "3"}, "count", 'Must be an integer, not the string "3": write it without quotes.'),
    ({"text": "a", "count": 1.5}, "count", "Must be an integer, not 1.5."),
    ({"text": "a", "count": True}, "count", "Must be an integer, not true."),
    ({"text": "a", "count": 0}, "count", "Must be at least 1, not 0."),
    ({"text": "a", "count": 10}, "count", "Must be at most 9, not 10."),
    ({"text": "a", "count": 2**70}, "count", "Must be an integer of 64 bits; this one is too large."),
    ({"text": "a", "ratio": 0}, "ratio", "Must be more than 0, not 0."),
    ({"text": "a", "ratio": 1.0}, "ratio", "Must be less than 1, not 1.0."),
    ({"text": "a", "ratio": float("nan")}, "ratio", "Must be a finite number."),
    ({"text": "a", "on": "true"}, "on", 'Must be true or false, not the string "true": write it without quotes.'),
    ({"text": "a", "on": 1}, "on", "Must be true or false, not 1."),
    ({"text": "a", "items": {"id": 1}}, "items", "Must be a list, not an object: put it in brackets."),
    ({"text": "a", "items": [{"id": 1}] * 3}, "items", "Must have at most 2 items, not 3."),
    ({"text": "a", "items": [{"kind": "word"}]}, "items.0.id", "Required, but missing."),
    (
        {"text": "a", "items": [{"id": 1, "kind": "wrd"}]},
        "items.0.kind",
        "Must be one of: word, sentence. Did you mean word?",
    ),
    ({"text": "a", "items": [{"id": 1, "kid": 1}]}, "items.0.kid", "Unknown member. Did you mean kind?"),
    ({"text": "a", "ids": []}, "ids", "Must not be empty."),
    ({"text": "a", "ids": [1, 1]}, "ids", "Must not contain a value twice."),
    ({"text": "a", "ids": 3}, "ids", "Must be a list or null, not 3."),
    ({"text": "a", "map": {"a": 1}}, "map.a", "Must be a string, not 1: write it in quotes."),
    ({"text": "a", "map": {"a": "", "b": "", "c": ""}}, "map", "Must have at most 2 members, not 3."),
    ({"text": "a", "either": "x"}, "either", 'Must be an integer or a list, not the string "x".'),
    ({"text": "a", "either": ["x"]}, "either.0", 'Must be an integer, not the string "x".'),
    ({"text": "a", "txt": 1}, "txt", "Unknown param. Did you mean text?"),
]


@for_rows(("params", "path", "message"), WRONG)
def test_an_error_names_the_param_the_fault_and_the_remedy(params, path, message):
    with pytest.raises(InvalidParams) as caught:
        PARAMS.load_for(params)
    assert caught.value.data["fields"] == {path: [message]}


@pytest.mark.parametrize("values", [["a", 1, 0.5, True, [], None, {}, 1, 1, 2], list(range(30))])
def test_too_many_values_by_position_are_refused(values):
    with pytest.raises(InvalidParams, match="values were given by position, but the method has only 9: text, count"):
        PARAMS.load_for(values)


def test_a_params_error_shows_three_problems_and_has_twenty_at_most():
    with pytest.raises(InvalidParams) as caught:
        PARAMS.load_for({str(number): 1 for number in range(5000)})
    assert "... and 17 more" in caught.value.message
    assert len(caught.value.data["fields"]) == 20


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | st.sampled_from([0.5, 1.0, "", "a", "word", "abcdef"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "kind", "text", "count", "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)
SCHEMAS = [
    accepted(schema, "x")
    for schema in [*SCHEMA["properties"].values(), SCHEMA, {**ITEM, "additionalProperties": {"type": "string"}}]
]
CHECKS = st.sampled_from([(Check(schema), jsonschema.Draft7Validator(schema)) for schema in SCHEMAS])


@settings(max_examples=150, deadline=None)
@given(CHECKS, JSON)
def test_it_agrees_with_jsonschema(checks, value):
    """1.0 is an integer in draft 7; here it is turned into one before."""
    check, by_jsonschema = checks
    if "1.0" not in repr(value):
        assert (not check.problems(value)) == by_jsonschema.is_valid(value)


def test_large_values_take_a_moment():
    rows = [{"id": number, "kind": "word"} for number in range(50_000)]
    schema = accepted({"type": "object", "properties": {"rows": {"type": "array", "items": ITEM}}}, "x")
    params = JsonParams({**schema, "additionalProperties": False})
    started = time.monotonic()
    assert len(params.load_for({"rows": rows})["rows"]) == 50_000
    assert time.monotonic() - started < 10
    started = time.monotonic()
    unique = accepted({"type": "array", "items": {"type": "object"}, "uniqueItems": True}, "x")
    assert Check(unique).problems(rows[:20_000]) == []
    assert time.monotonic() - started < 10
