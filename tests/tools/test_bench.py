"""The calls that `make bench` measures name actions and params that exist."""

import sys
from pathlib import Path
from types import SimpleNamespace

from sizes import for_rows

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.calls import AFTER, CALLS, LEFT_OUT

FACTS = SimpleNamespace(
    notes=[1, 2],
    cards=[3, 4],
    basic=[1],
    fresh=[3],
    shown=[3],
    models={"Basic": 5, "Mined": 6},
    decks={"Italian::Core": 7},
    config={"id": 8, "name": "Default"},
    note=1,
    card=3,
)


@for_rows("name", [*CALLS, *AFTER])
def test_a_measured_call_names_the_params_of_its_action(name):
    params = {**CALLS, **AFTER}[name](FACTS)
    assert params.keys() <= REGISTRY[name].params.names()


def test_each_action_that_needs_params_and_no_window_is_measured_or_left_out():
    needy = {
        action.name
        for action in REGISTRY.listed()
        if action.runs_on is not RunsOn.GUI
        and any(field.required for field in action.params.instance().load_fields.values())
    }
    assert needy <= {*CALLS, *AFTER, *LEFT_OUT}


def test_no_action_is_left_out_that_does_not_exist():
    assert {*LEFT_OUT} <= {action.name for action in REGISTRY.listed()}
