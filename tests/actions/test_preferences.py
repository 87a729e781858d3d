"""Preferences, on a real collection."""

import pytest
from examples import is_right

from addon.actions import REGISTRY

KEYS = {scope: {"key": scope, "scopes": scope.split()} for scope in ("read write", "read write admin")}
OTHERS = {
    "scheduling": {
        "rollover": 23,
        "learnAheadSecs": 59_940,
        "newReviewMix": "newFirst",
        "newTimezone": False,
        "dayLearnFirst": True,
    },
    "reviewing": {
        "hideAudioPlayButtons": True,
        "interruptAudioWhenAnswering": False,
        "showRemainingDueCounts": False,
        "showIntervalsOnButtons": False,
        "timeLimitSecs": 599_940,
        "loadBalancerEnabled": False,
        "fsrsShortTermWithStepsEnabled": True,
    },
    "editing": {
        "addingDefaultsToCurrentDeck": False,
        "pasteImagesAsPng": True,
        "pasteStripsFormatting": True,
        "defaultSearchText": "deck:current",
        "ignoreAccentsInSearch": True,
        "renderLatex": True,
    },
    "backups": {"daily": 0, "weekly": 9_999, "monthly": 1, "minimumIntervalMins": 5},
}
(DEFAULTS,) = (example.result for example in REGISTRY["getPreferences"].examples)


@pytest.fixture
def change(call):
    return lambda **changes: call("setPreferences", changes=changes)


def test_all_preferences_are_changed_read_and_taken_back_as_one_step(gateway, call, change):
    assert change(**OTHERS) == OTHERS
    assert call("getPreferences") == OTHERS
    assert change(**OTHERS) == {}
    assert call("undo")["redo"] == "Preferences"
    assert call("getPreferences") == DEFAULTS
    assert gateway.col.undo_status().undo == ""


@pytest.mark.parametrize(
    ("group", "name", "value"), [(group, *item) for group, values in OTHERS.items() for item in values.items()]
)
def test_one_preference_is_changed_and_the_others_stay(call, change, group, name, value):
    assert change(**{group: {name: value}}) == {group: {name: value}}
    assert call("getPreferences") == {**DEFAULTS, group: {**DEFAULTS[group], name: value}}


def test_only_what_differs_is_reported_and_written(gateway, call, change):
    found = change(scheduling={"rollover": 4, "dayLearnFirst": True}, reviewing={"timeLimitSecs": 0}, editing={})
    assert found == {"scheduling": {"dayLearnFirst": True}}
    before = gateway.col.undo_status()
    assert change() == change(scheduling={}) == change(scheduling={"dayLearnFirst": True}, backups=None) == {}
    assert gateway.col.undo_status() == before  # Anki would make a step of it


def test_the_end_of_the_day_moves_at_once(gateway, change):
    sched = gateway.col.sched
    before, hours = sched.day_cutoff, gateway.col.get_preferences().scheduling.rollover
    for rollover in (hours + 1, hours - 1):
        change(scheduling={"rollover": rollover})
        assert (sched.day_cutoff - before) % 86_400 == (rollover - hours) * 3600 % 86_400


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        ("scheduling", "rollover", 24),  # Anki would make it 23
        ("scheduling", "rollover", -1),
        ("scheduling", "learnAheadSecs", 4_000_000_000),
        ("scheduling", "newReviewMix", "random"),
        ("scheduling", "nosuch", 1),
        ("reviewing", "timeLimitSecs", 600_000),
        ("backups", "daily", 10_000),
        ("backups", "minimumIntervalMins", 4),
        ("editing", "renderLatex", 1),
        ("editing", "defaultSearchText", "(" * 500),
        ("nosuch", "x", 1),
    ],
)
def test_values_that_ankis_window_does_not_offer_are_invalid(call, change, group, name, value):
    (path,) = change(**{group: {name: value}})["fields"]
    assert path in (f"changes.{group}.{name}", f"changes.{group}")
    assert call("getPreferences") == DEFAULTS


@pytest.mark.parametrize("text", [")(", "prop:x", "re:("])
def test_the_browser_is_not_opened_with_a_broken_search(gateway, change, text):
    before = gateway.col.undo_status()
    refused = change(scheduling={"rollover": 5}, editing={"defaultSearchText": text})
    assert refused == {"kind": "invalid_search", "field": "changes.editing.defaultSearchText"}
    assert gateway.col.undo_status() == before
    assert gateway.col.get_preferences().scheduling.rollover == 4


def test_a_broken_search_that_is_stored_already_stops_no_other_change(gateway, change):
    stored = gateway.col.get_preferences()
    stored.editing.default_search_text = "(deck:"
    gateway.col.set_preferences(stored)
    assert change(editing={"renderLatex": True}) == {"editing": {"renderLatex": True}}
    assert gateway.col.get_preferences().editing.default_search_text == "(deck:"


def test_stored_values_beyond_ankis_window_are_returned_as_declared(gateway, call):
    stored = gateway.col.get_preferences()
    stored.scheduling.learn_ahead_secs = stored.reviewing.time_limit_secs = 4_000_000_000
    stored.backups.daily, stored.backups.minimum_interval_mins = 100_000, 1
    gateway.col.set_preferences(stored)
    result = call("getPreferences")
    assert result["scheduling"]["learnAheadSecs"] == result["reviewing"]["timeLimitSecs"] == 4_000_000_000
    assert (result["backups"]["daily"], result["backups"]["minimumIntervalMins"]) == (100_000, 1)
    assert is_right("getPreferences", result, result)


def test_backups_need_more_than_to_write(open_gateway):
    gateway = open_gateway(keys=KEYS)
    writer, admin = ({"Authorization": f"Bearer {key}"} for key in KEYS)
    backups = {"changes": {"backups": {"daily": 1}}}
    error = gateway.rpc("setPreferences", backups, **writer)["error"]["data"]
    assert (error["kind"], error["scope"]) == ("permission_denied", "admin")
    assert gateway.rpc("setPreferences", {"changes": {"scheduling": {"rollover": 5}}}, **writer)["result"]
    assert gateway.rpc("setPreferences", backups, **admin)["result"] == backups["changes"]


def test_old_envelopes_change_preferences_too(gateway):
    changes = {"scheduling": {"rollover": 5}}
    assert gateway.legacy("setPreferences", changes=changes) == {"result": changes, "error": None}
    assert gateway.legacy("getPreferences")["result"]["scheduling"]["rollover"] == 5
