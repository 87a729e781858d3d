"""What the strict schemas accept beyond their letter, for all methods: null for what is optional, and 2.0 for 2."""

import math
import re

import marshmallow
import pytest
from schemas import fields_in
from sizes import for_each, for_rows

from addon.actions import REGISTRY
from addon.schemas import tolerance
from addon.schemas.fields.basic import Integer

ACTIONS = for_each(action=REGISTRY.values())

NULL_HAS_A_MEANING = {
    # Required, so that nobody gives them by accident.
    ("moveTags", "parent"),
    ("setDeckDesiredRetention", "desired_retention"),
    ("findAndReplaceInModels", "model_name"),
    ("moveDecks", "parent"),
    # It removes a deck.
    ("modelTemplateSetOptions", "templates.deck"),
    # It removes a limit.
    *(("setDeckLimits", name) for name in ("new_cards", "reviews", "new_cards_today", "reviews_today")),
    # Items and values, which are never left out.
    ("setSpecificValueOfCard", "new_values"),
    ("changeNoteType", "fields"),
    ("changeNoteType", "templates"),
    ("multi", "actions.params"),
    ("setConfigValues", "values"),
    ("startOperation", "params"),
}
"""The params that may be null, because null is a value there."""


def schemas_in(action):
    """The schema of an action's params, and those of all objects in them."""
    yield action.params.instance()
    for _, field in fields_in(action.params.instance()):
        if isinstance(field, marshmallow.fields.Nested):
            yield field.schema


def outcome(load, value):
    try:
        return load(value)
    except marshmallow.ValidationError as error:
        return error.messages


def test_the_params_for_which_null_is_a_value_are_these():
    """Everything else that may be null is so because it is null by default."""
    found = {
        (action.name, ".".join(path))
        for action in REGISTRY.values()
        for path, field in fields_in(action.params.instance())
        if field.allow_none and field.load_default is not None
    }
    assert found == NULL_HAS_A_MEANING


@ACTIONS
def test_null_for_an_optional_member_counts_as_left_out(action):
    for schema in schemas_in(action):
        for field in schema.load_fields.values():
            if not field.required and (action.name, field.name) not in NULL_HAS_A_MEANING:
                assert outcome(schema.load, {field.data_key: None}) == outcome(schema.load, {}), field.data_key


@ACTIONS
def test_null_for_every_optional_param_changes_no_call(action):
    for example in action.examples:
        unset = {
            field.data_key: None
            for field in action.params.instance().load_fields.values()
            if field.data_key not in example.params and (action.name, field.name) not in NULL_HAS_A_MEANING
        }
        assert action.params.load_for({**example.params, **unset}) == action.params.load_for(example.params)


@ACTIONS
def test_null_for_a_required_member_is_refused(action):
    for schema in schemas_in(action):
        for field in schema.load_fields.values():
            if field.required and not field.allow_none:
                refused = outcome(schema.load, {field.data_key: None})
                (message,) = refused[field.data_key]
                assert re.fullmatch("Must be .*, not null.", message)


def test_null_is_no_item():
    for params in {"cards": [1, None]}, {"cards": [None]}:
        assert list(outcome(REGISTRY["cardsInfo"].params.load_for, params)["cards"].values()) == [
            ["Must be an integer, not null."]
        ]


def test_null_is_nowhere_in_the_schemas_of_optional_params():
    from addon.gateway import contract

    limit = next(
        param
        for method in contract()["methods"]
        if method["name"] == "deleteNotes"
        for param in method["params"]
        if param["name"] == "dryRun"
    )
    assert limit["schema"]["type"] == "boolean"


def test_the_members_of_a_stored_object_keep_their_null():
    """A group of options is stored whole, so null in it is no param."""
    loaded = REGISTRY["saveDeckConfig"].params.load_for({"config": {"id": 1, "name": None}})
    assert loaded["config"] == {"id": 1, "name": None}


def test_an_update_of_nothing_is_refused_also_if_nothing_is_null():
    refused = outcome(REGISTRY["updateNote"].params.load_for, {"note": {"id": 1, "fields": None, "tags": None}})
    assert refused == {"note": ['Must provide a "fields" or "tags" property.']}


# --- whole numbers ---


INTEGERS = [
    field
    for action in REGISTRY.values()
    for path, field in fields_in(action.params.instance())
    if isinstance(field, Integer)
]


@for_each(field=INTEGERS)
def test_a_float_without_a_fraction_is_an_integer(field):
    for number in (0, 1, 2, -3, 10**12, 10**19, 2**63):
        assert outcome(field.deserialize, float(number)) == outcome(field.deserialize, number)
    assert type(field.deserialize(float(getattr(field, "bounds", range(2, 3))[-1]))) is int


@for_each(field=INTEGERS, value=[2.5, 1e-9, math.inf, -math.inf, math.nan, 1e300, True, False, "2", "2.0"])
def test_nothing_else_is_one(field, value):
    with pytest.raises(marshmallow.ValidationError):
        field.deserialize(value)


def test_a_list_of_ids_may_contain_floats(reading):
    assert reading.rpc("cardsModTime", {"cards": [1700000001001.0]}) == reading.rpc(
        "cardsModTime", {"cards": [1700000001001]}
    )


@for_rows("number", ["1e400", "-1e400", "NaN", "Infinity"])
@for_rows("path", ["/", "/mcp"])
def test_a_number_that_json_cannot_hold_is_refused_with_the_reason(reading, number, path):
    body = f'{{"jsonrpc":"2.0","id":1,"method":"cardsInfo","params":{{"cards":[{number}]}}}}'
    error = reading.send(body.encode(), path=path, content_type="application/json").json["error"]
    assert (error["code"], error["message"].startswith("Parse error: a number is NaN, infinite")) == (-32700, True)


# --- the old protocol keeps its own answers ---


def test_the_old_protocol_still_distinguishes_both(reading):
    text = "'float' object cannot be interpreted as an integer"
    for method, params in (
        ("cardsInfo", {}),
        ("suspend", {}),
        ("setDueDate", {"days": "1"}),
        ("gradeNow", {"ease": 3}),
    ):
        assert reading.legacy(method, cards=[1.0], **params)["error"] == text
    assert reading.legacy("getNoteTags", note=2.0)["error"] == "'float' object cannot be interpreted as an integer"
    assert reading.legacy("getNoteTags", note=None)["error"] == "Note was not found: None"


@ACTIONS
def test_no_twin_reads_a_float_where_ankiconnect_does_not(action):
    twin = tolerance.twin(action.params, action.name)
    for field in twin.fields.values():
        if isinstance(field, Integer) and field.takes is None:
            assert outcome(field.deserialize, 2.0) != 2


@ACTIONS
def test_no_twin_drops_null(action):
    assert tolerance.twin(action.params, action.name).unset_by_null == frozenset()
