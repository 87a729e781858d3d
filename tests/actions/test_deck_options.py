"""Groups of deck options, on a real collection."""

import json

import pytest
import seed
from sizes import for_rows

CHANGES = {
    "name": "Größe 😀",
    "maxTaken": 61,
    "autoplay": False,
    "timer": 1,
    "replayq": False,
    "new": {
        "bury": True,
        "delays": [1.5, 0.3],
        "initialFactor": 2100,
        "ints": [2, 5, 0],
        "order": 0,
        "perDay": 7,
        "x": 1,
    },
    "rev": {"bury": True, "ease4": 1.4, "ivlFct": 0.9, "maxIvl": 300, "perDay": 99, "hardFactor": 1.1},
    "lapse": {"delays": [], "leechAction": 0, "leechFails": 9, "minInt": 2, "mult": 0.25},
    "newMix": 1,
    "newPerDayMinimum": 2,
    "interdayLearningMix": 2,
    "reviewOrder": 3,
    "newSortOrder": 4,
    "newGatherPriority": 2,
    "buryInterdayLearning": True,
    "fsrsWeights": [0.25] * 17,
    "fsrsParams5": [0.5] * 19,
    "fsrsParams6": [0.75] * 21,
    "desiredRetention": 0.87,
    "ignoreRevlogsBeforeDate": "2020-01-02",
    "easyDaysPercentages": [0.0, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0],
    "stopTimerOnAnswer": True,
    "secondsToShowQuestion": 2.5,
    "secondsToShowAnswer": 3.5,
    "questionAction": 1,
    "answerAction": 2,
    "waitForAudio": False,
    "sm2Retention": 0.8,
    "weightSearch": "deck:x",
    "ofAnotherAddon": {"a": [1, None, 2.5, "ü"]},
}


def options(gateway, deck="Italian::A1"):
    return gateway.legacy("getDeckConfig", deck=deck)["result"]


def without_marks(group):
    return {key: value for key, value in group.items() if key not in ("mod", "usn")}


def everything(gateway):
    """All groups, and the settings of the whole collection that the same call of Anki's writes."""
    settings = ("cardStateCustomizer", "newCardsIgnoreReviewLimit", "applyAllParentLimits", "fsrs", "fsrsHealthCheck")
    col = gateway.col
    return [without_marks(group) for group in col.decks.all_config()], [col.get_config(key) for key in settings]


# --- reading ---


def test_a_deck_has_the_options_of_its_group(reading):
    group = options(reading)
    assert group == reading.col.decks.get_config(1)
    first = ["id", "mod", "name", "usn", "maxTaken", "autoplay", "timer", "replayq", "new", "rev", "lapse"]
    assert list(group)[:11] == first
    assert group["dyn"] is False


def test_a_deck_whose_group_is_gone_has_group_1(gateway):
    deck = gateway.col.decks.get(seed.ITALIAN_A1)
    deck["conf"] = 999
    gateway.col.decks.update_dict(deck)
    assert options(gateway)["id"] == 1


def test_a_filtered_deck_is_its_own_options(gateway):
    deck_id = gateway.col.decks.new_filtered("Cram")
    deck = options(gateway, "Cram")
    assert (deck["id"], deck["dyn"], "terms" in deck) == (deck_id, 1, True)


@for_rows("deck", ["nope", "italian", "", " Italian", None, 5, []])
def test_there_are_no_options_without_an_exact_name(reading, deck):
    assert reading.legacy("getDeckConfig", deck=deck) == {"result": False, "error": None}


def test_a_name_is_text_over_json_rpc(reading):
    assert reading.rpc("getDeckConfig", {"deck": 5})["error"]["code"] == -32602


# --- saving ---


def test_saving_loses_nothing_and_is_one_step_to_undo(gateway):
    gateway.col.set_config("fsrs", True)
    gateway.col.set_config("newCardsIgnoreReviewLimit", True)
    gateway.legacy("cloneDeckConfigId", name="other")
    groups, settings = everything(gateway)
    changed = {**options(gateway), **CHANGES}
    assert changed.keys() - CHANGES.keys() == {"id", "mod", "usn", "dyn"}
    assert gateway.legacy("saveDeckConfig", config=changed) == {"result": True, "error": None}
    saved = options(gateway)
    assert without_marks(saved) == without_marks(changed)
    assert (saved["mod"] > 0, saved["usn"]) == (True, -1)
    assert everything(gateway)[0][1:] == groups[1:]
    assert [bool(value) for value in everything(gateway)[1]] == [False, True, False, True, True]
    assert gateway.col.undo_status().undo == "Save Options"
    gateway.col.undo()
    assert everything(gateway) == (groups, settings)


def test_the_rpc_saves_the_same(gateway):
    changed = {**options(gateway), **CHANGES}
    assert gateway.rpc("saveDeckConfig", {"config": changed})["result"] is True
    assert without_marks(options(gateway)) == without_marks(changed)


@pytest.mark.parametrize(("old", "new"), [({"fsrsParams5": [0.5] * 19}, 19), ({"fsrsWeights": [0.25] * 17}, 17)])
def test_older_fsrs_parameters_stay_and_go_on_counting(gateway, old, new):
    changed = {**options(gateway), **old, "maxTaken": 5}
    assert gateway.legacy("saveDeckConfig", config=changed)["result"] is True
    saved = options(gateway)
    assert {name: saved[name] for name in old} == old
    assert len(saved["fsrsParams6"]) == new
    again = gateway.legacy("cloneDeckConfigId", name="copy")["result"]
    assert {name: gateway.col.decks.get_config(again)[name] for name in old} == old


def test_saving_without_a_change_writes_nothing(gateway):
    before = options(gateway)
    assert gateway.legacy("saveDeckConfig", config={**before, "mod": 5, "usn": 9})["result"] is True
    assert options(gateway) == before
    assert gateway.col.undo_status().undo == ""


def test_decks_keep_their_group_and_their_own_limits(gateway):
    deck = gateway.col.decks.get(seed.ITALIAN_A1)
    gateway.col.decks.update_dict({**deck, "conf": 999, "reviewLimit": 33, "newLimit": 4})
    before = gateway.col.decks.get(seed.ITALIAN)
    gateway.legacy("saveDeckConfig", config={**options(gateway, "Italian"), "maxTaken": 5})
    deck = gateway.col.decks.get(seed.ITALIAN_A1)
    assert (deck["conf"], deck["reviewLimit"], deck["newLimit"]) == (1, 33, 4)
    assert gateway.col.decks.get(seed.ITALIAN) == before
    gateway.col.undo()
    assert gateway.col.decks.get(seed.ITALIAN_A1)["conf"] == 999


@for_rows(
    "changes",
    [
        {"id": 5},
        {"id": "5"},
        {"id": 0},
        {"name": 5},
        {"name": None},
        {"new": 5},
        {"rev": "x"},
        {"lapse": None},
        {"fsrsParams6": [1.0] * 5},
        {"maxTaken": "x"},
    ],
)
def test_what_anki_refuses_answers_false_and_leaves_the_undo_history(kept, changes):
    gateway = kept.unchanged()
    gateway.legacy("createDeck", deck="x")
    before = options(gateway)
    assert gateway.legacy("saveDeckConfig", config={**before, **changes}) == {"result": False, "error": None}
    assert options(gateway) == before
    assert gateway.col.undo_status().undo == "Add Deck"


def test_an_incomplete_group_is_refused(reading):
    before = options(reading)
    assert reading.legacy("saveDeckConfig", config={"id": 1})["result"] is False
    error = reading.rpc("saveDeckConfig", {"config": {"id": 1}})["error"]
    assert error["data"] == {"kind": "refused", "field": "config"}
    assert error["message"] == "new must be an object."
    assert options(reading) == before


def test_a_numeric_text_is_an_id(gateway):
    assert gateway.legacy("saveDeckConfig", config={**options(gateway), "id": "1", "maxTaken": 5})["result"] is True
    assert options(gateway)["maxTaken"] == 5


@for_rows(
    ("config", "text"),
    [
        ({}, "'id'"),
        ({"id": "x"}, "invalid literal for int() with base 10: 'x'"),
        ({"id": None}, "invalid literal for int() with base 10: 'None'"),
        ({"id": [1]}, "invalid literal for int() with base 10: '[1]'"),
        (None, "'NoneType' object is not subscriptable"),
    ],
)
def test_a_group_needs_an_id(reading, config, text):
    assert reading.legacy("saveDeckConfig", config=config) == {"result": None, "error": text}
    assert reading.rpc("saveDeckConfig", {"config": config})["error"]["code"] == -32602


def test_another_order_of_new_cards_sorts_them_in_the_same_step(gateway):
    group = options(gateway)
    gateway.legacy("saveDeckConfig", config={**group, "new": {**group["new"], "order": 0}})
    gateway.legacy("saveDeckConfig", config=group)
    assert options(gateway)["new"] == group["new"]
    dues = gateway.col.db.list("select due from cards order by id")
    assert dues == sorted(dues)


# --- choosing, copying, removing ---


def test_a_copy_differs_in_name_and_id_only(gateway):
    gateway.legacy("saveDeckConfig", config={**options(gateway), **CHANGES})
    for name in ("copy", "copy", "", "e\u0301 שלום"):
        new = gateway.legacy("cloneDeckConfigId", name=name, cloneFrom="1")["result"]
        group = gateway.col.decks.get_config(new)
        assert without_marks(group) == {**without_marks(options(gateway)), "id": new, "name": name}
        assert gateway.col.undo_status().undo == "Add Options"
    gateway.col.undo()
    assert new not in [group["id"] for group in gateway.col.decks.all_config()]


def test_only_what_exists_can_be_copied(reading):
    assert reading.legacy("cloneDeckConfigId", name="x", cloneFrom=5) == {"result": False, "error": None}
    text = "invalid literal for int() with base 10: 'x'"
    assert reading.legacy("cloneDeckConfigId", name="x", cloneFrom="x")["error"] == text
    assert reading.rpc("cloneDeckConfigId", {"name": "x", "cloneFrom": "1"})["error"]["code"] == -32602


def test_several_decks_get_a_group_in_one_step(gateway):
    new = gateway.legacy("cloneDeckConfigId", name="x")["result"]
    filtered = gateway.col.decks.new_filtered("Cram")
    before = gateway.col.decks.get(filtered)
    decks = ["Italian", "Italian::A1", "Italian", "Cram"]
    assert gateway.legacy("setDeckConfigId", decks=decks, configId=str(new)) == {"result": True, "error": None}
    assert [options(gateway, deck)["id"] for deck in ("Italian", "Italian::A1", "Default")] == [new, new, 1]
    assert gateway.col.decks.get(filtered) == before
    gateway.col.undo()
    assert [options(gateway, deck)["id"] for deck in ("Italian", "Italian::A1")] == [1, 1]


def test_choosing_what_is_chosen_writes_nothing(gateway):
    assert gateway.legacy("setDeckConfigId", decks=["Italian"], configId=1)["result"] is True
    assert gateway.legacy("setDeckConfigId", decks=[], configId=1)["result"] is True
    assert gateway.col.undo_status().undo == ""


@for_rows(("decks", "config_id"), [(["Italian", "nope"], 1), (["italian"], 1), ([5], 1), ("ab", 1), (["Italian"], 5)])
def test_an_unknown_deck_or_group_changes_nothing(kept, decks, config_id):
    gateway = kept.unchanged()
    assert gateway.legacy("setDeckConfigId", decks=decks, configId=config_id) == {"result": False, "error": None}
    assert gateway.col.undo_status().undo == ""


@pytest.mark.parametrize(
    ("decks", "config_id", "text"),
    [
        (None, 1, "'NoneType' object is not iterable"),
        (["Italian"], "x", "invalid literal for int() with base 10: 'x'"),
    ],
)
def test_a_choice_has_a_list_and_a_number(reading, decks, config_id, text):
    assert reading.legacy("setDeckConfigId", decks=decks, configId=config_id) == {"result": None, "error": text}


def test_decks_of_a_removed_group_get_the_first_one_and_keep_their_limits(gateway):
    new = gateway.legacy("cloneDeckConfigId", name="x")["result"]
    deck = gateway.col.decks.get(seed.ITALIAN_A1)
    gateway.col.decks.update_dict({**deck, "conf": new, "reviewLimit": 33})
    before = everything(gateway)
    assert gateway.legacy("removeDeckConfigId", configId=new) == {"result": True, "error": None}
    deck = gateway.col.decks.get(seed.ITALIAN_A1)
    assert (deck["conf"], deck["reviewLimit"]) == (1, 33)
    assert [group["id"] for group in gateway.col.decks.all_config()] == [1, seed.PRESET]
    assert gateway.col.undo_status().undo == "Remove Options"
    assert gateway.col.schema_changed()
    gateway.col.undo()
    assert everything(gateway) == before
    assert options(gateway)["id"] == new


def test_removing_what_is_not_there_answers_false(reading):
    assert reading.legacy("removeDeckConfigId", configId=5) == {"result": False, "error": None}


@for_rows(
    ("config_id", "text"),
    [
        (1, "can't delete default conf"),
        ("x", "invalid literal for int() with base 10: 'x'"),
        ("1", "'str' object cannot be interpreted as an integer"),
    ],
)
def test_some_ids_cannot_be_removed(reading, config_id, text):
    assert reading.legacy("removeDeckConfigId", configId=config_id) == {"result": None, "error": text}
    assert reading.rpc("removeDeckConfigId", {"configId": 1})["error"]["data"] == {"kind": "refused", "config": 1}


def test_groups_survive_a_batch_with_other_writes_as_one_step(gateway):
    before = json.dumps(gateway.col.decks.all_config())
    actions = [
        {"action": "createDeck", "params": {"deck": "x"}},
        {"action": "cloneDeckConfigId", "params": {"name": "x"}},
        {"action": "saveDeckConfig", "params": {"config": {**options(gateway), "maxTaken": 5}}},
    ]
    gateway.legacy("multi", actions=actions)
    gateway.col.undo()
    assert json.dumps(gateway.col.decks.all_config()) == before


@for_rows(("name", "kind"), [("Default", "already_exists"), ("", "refused"), (" ", "refused")])
def test_a_preset_gets_a_name_that_no_other_has(kept, name, kind):
    """As in Anki's window. Of two presets with one name, setDeckPreset could not choose."""
    gateway = kept.unchanged()
    undo = gateway.rpc("undoStatus")["result"]
    assert gateway.rpc("cloneDeckConfigId", {"name": name})["error"]["data"]["kind"] == kind
    config = gateway.rpc("getDeckConfig", {"deck": "Italian::A1"})["result"]
    other = gateway.rpc("cloneDeckConfigId", {"name": "other"})["result"]
    error = gateway.rpc("saveDeckConfig", {"config": {**config, "id": other, "name": name}})["error"]
    assert error["data"]["kind"] == kind
    assert gateway.rpc("undo")["result"]["undo"] == undo["undo"]


def test_a_preset_whose_name_is_there_twice_can_be_saved(gateway):
    twin = gateway.legacy("cloneDeckConfigId", name="Default")["result"]
    config = gateway.legacy("getDeckConfig", deck="Default")["result"]
    assert gateway.rpc("saveDeckConfig", {"config": {**config, "id": twin, "maxTaken": 90}})["result"] is True
    assert gateway.legacy("cloneDeckConfigId", name="")["result"]
