"""Options of presets by Anki's own names, on a real collection."""

import itertools
import re

import ankis
import pytest
import seed
from anki.deck_config_pb2 import DeckConfig
from sizes import for_rows, turns
from study import studied

from addon.schemas.deck import preset_options as s

OTHERS = {
    "learnSteps": [0.5, 15, 1440],
    "relearnSteps": [],
    "newPerDay": 9_999,
    "reviewsPerDay": 0,
    "initialEase": 1.31,
    "easyMultiplier": 1,
    "hardMultiplier": 1.3,
    "lapseMultiplier": 0.25,
    "intervalMultiplier": 2,
    "maximumReviewInterval": 1,
    "minimumLapseInterval": 36_500,
    "graduatingIntervalGood": 36_500,
    "graduatingIntervalEasy": 1,
    "newCardInsertOrder": "random",
    "newCardGatherPriority": "deckThenRandomNotes",
    "newCardSortOrder": "randomCard",
    "newMix": "afterReviews",
    "reviewOrder": "retrievabilityDescending",
    "interdayLearningMix": "beforeReviews",
    "leechAction": "suspend",
    "leechThreshold": 1,
    "disableAutoplay": True,
    "capAnswerTimeToSecs": 9_999,
    "showTimer": True,
    "stopTimerOnAnswer": True,
    "secondsToShowQuestion": 2.5,
    "secondsToShowAnswer": 9_999,
    "questionAction": "showReminder",
    "answerAction": "answerGood",
    "waitForAudio": False,
    "skipQuestionWhenReplayingAnswer": True,
    "buryNew": True,
    "buryReviews": True,
    "buryInterdayLearning": True,
    "desiredRetention": 0.7,
    "historicalRetention": 0.97,
    "ignoreRevlogsBeforeDate": "2026-11-24",
    "easyDaysPercentages": [1, 1, 0.5, 1, 1, 0, 0],
    "paramSearch": "deck:current",
}
GLOBALS = {
    "cardStateCustomizer": "x",
    "newCardsIgnoreReviewLimit": True,
    "applyAllParentLimits": True,
    "fsrsHealthCheck": False,
    "fsrs": True,
}
MEMBERS = {name: re.sub("[A-Z]", lambda big: f"_{big[0].lower()}", name) for name in GLOBALS}
LIMITS = {"newLimit": 4, "reviewLimit": 33, "newLimitToday": {"limit": 5, "today": 0}, "desiredRetention": 85}
DEFAULT = {"preset": "Default"}


@pytest.fixture
def change(call):
    return lambda **changes: call("updateDeckPreset", **DEFAULT, changes=changes)["changed"]


@pytest.fixture
def options(call):
    """The options of a preset."""

    def of(name="Default"):
        (found,) = (preset for preset in call("getDeckPresets", options=True) if preset["name"] == name)
        return found["options"]

    return of


def everything(col):
    """What the call must not change beside the preset: settings of the whole collection, and all decks."""
    overview = col.decks.get_deck_configs_for_update(1)
    return {name: getattr(overview, member) for name, member in MEMBERS.items()}, {
        deck["id"]: deck for deck in col.decks.all()
    }


def test_all_options_are_changed_read_and_taken_back_as_one_step(gateway, call, change, options):
    before = options()
    assert before.keys() == OTHERS.keys()
    assert all(value != before[name] for name, value in OTHERS.items())
    call("addTags", notes=[seed.MELA], tags="before")
    assert change(**OTHERS) == OTHERS
    assert options() == OTHERS
    status = gateway.col.undo_status()
    assert change(**OTHERS) == {}
    assert gateway.col.undo_status() == status
    assert call("undo")["redo"] == "Update Preset"
    assert options() == before
    assert gateway.col.undo_status().undo == "Update Tag"  # the legacy call would have wiped it


@pytest.mark.parametrize("name", OTHERS)
def test_one_option_is_changed_and_the_others_stay(change, options, name):
    before = options()
    assert change(**{name: OTHERS[name]}) == {name: OTHERS[name]}
    assert options() == {**before, name: OTHERS[name]}
    assert options("Italian options") == before


@pytest.mark.parametrize("name", GLOBALS)
def test_each_setting_of_the_whole_collection_stays(gateway, change, name):
    gateway.col.set_config(name, GLOBALS[name])
    before = everything(gateway.col)
    change(newPerDay=5)
    assert everything(gateway.col) == before
    assert gateway.col.get_config(name) == GLOBALS[name]


def test_the_limits_and_the_presets_of_decks_stay(gateway, call, change):
    decks = gateway.col.decks
    decks.update_dict({**decks.get(seed.ITALIAN_A1), **LIMITS})
    before = everything(gateway.col)
    deck = before[1][seed.ITALIAN_A1]
    assert deck.items() >= {key: value for key, value in LIMITS.items() if key in deck}.items()
    change(newPerDay=5, desiredRetention=0.8)
    call("updateDeckPreset", preset="Italian options", changes={"newPerDay": 7})
    assert everything(gateway.col) == before


def test_what_has_no_name_here_stays(gateway, change):
    group = gateway.col.decks.get_config(1)
    more = {"ofAnotherAddon": {"a": [1, None]}, "fsrsParams5": [0.5] * 19, "fsrsWeights": [0.25] * 17}
    gateway.col.decks.update_config({**group, **more})
    change(newPerDay=5)
    assert gateway.col.decks.get_config(1).items() >= more.items()
    assert gateway.rpc("getFsrsParams", {"presets": ["Default"]})["result"]["presets"][0]["params"] == [0.5] * 19


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("newPerDay", 10_000, "Must be from 0 to 9999, not 10000."),
        ("newPerDay", -1, "Must be from 0 to 9999"),
        ("newPerDay", "5", "Must be an integer, not the string"),
        ("initialEase", 1.3, "Must be from 1.31 to 5, not 1.3."),
        ("initialEase", 5.01, "Must be from 1.31 to 5"),
        ("hardMultiplier", 1.31, "Must be from 0.5 to 1.3"),
        ("maximumReviewInterval", 0, "Must be from 1 to 36500"),
        ("maximumReviewInterval", 36_501, "Must be from 1 to 36500"),
        ("leechThreshold", 0, "Must be from 1 to 9999"),
        ("historicalRetention", 0.98, "Must be from 0.7 to 0.97"),
        ("desiredRetention", 1, "Must be from 0.7 to 0.99"),
        ("learnSteps", [1, 0], "Must be from 1 second"),
        ("learnSteps", [36_000_000], "Must be from 1 second"),
        ("learnSteps", [1] * 1000, "At most 999 steps."),
        ("learnSteps", "1m 10m", "Must be a list"),
        ("leechAction", "delete", "Must be one of: suspend, tagOnly."),
        ("ignoreRevlogsBeforeDate", "24.11.2026", "Not a date"),
        ("easyDaysPercentages", [1] * 6, "Must be 7 numbers"),
        ("easyDaysPercentages", [2] * 7, "Must be from 0 to 1"),
        ("paramSearch", "(" * 500, "More than"),
        ("newPerDays", 5, "Unknown member. Did you mean newPerDay?"),
        ("new_per_day", 5, "Unknown member. Did you mean newPerDay?"),
        ("fsrsParams6", [], "Unknown member."),
    ],
)
def test_wrong_names_and_values_are_precise_errors(gateway, options, name, value, part):
    before, status = options(), gateway.col.undo_status()
    error = gateway.rpc("updateDeckPreset", {**DEFAULT, "changes": {name: value, "buryNew": True}})["error"]
    assert error["data"]["kind"] == "invalid_params"
    assert error["message"].startswith(f"Invalid params: changes.{name}")
    assert part in error["message"]
    assert options() == before
    assert gateway.col.undo_status() == status


def test_values_out_of_these_bounds_are_replaced_when_anki_reads_them(gateway, options):
    """So the bounds are those of Anki: it stores 10,000 new cards a day, and then shows 20."""
    group = gateway.col.decks.get_config(1)
    group["new"]["perDay"], group["lapse"]["leechFails"] = 10_000, 0
    gateway.col.decks.update_config(group)
    assert (options()["newPerDay"], options()["leechThreshold"]) == (20, 8)


def test_the_words_are_ankis():
    config = DeckConfig.Config.DESCRIPTOR
    for name, words in s.WORDS.items():
        values = config.fields_by_name[name].enum_type.values
        begin = re.sub(r"(?<!^)(?=[A-Z])", "_", config.fields_by_name[name].enum_type.name).upper()
        found = {value.number: value.name.removeprefix(f"{begin}_").lower() for value in values}
        ours = {number: re.sub(r"(?=[A-Z])", "_", word).lower() for number, word in enumerate(words)}
        assert ours.items() >= found.items()
        assert len(ours) - len(found) in (0, name == "review_order")  # the last order is new in Anki 26.05


def test_a_choice_that_this_anki_does_not_have_is_refused(gateway, call, change, options):
    known = "REVIEW_CARD_ORDER_RELATIVE_OVERDUENESS" in DeckConfig.Config.ReviewCardOrder.DESCRIPTOR.values_by_name
    status = gateway.col.undo_status()
    answer = call("updateDeckPreset", **DEFAULT, changes={"reviewOrder": "relativeOverdueness"})
    if known:
        assert options()["reviewOrder"] == "relativeOverdueness"
    else:
        assert answer["kind"] == "anki_too_old"
        assert gateway.col.undo_status() == status


def test_a_choice_of_a_newer_anki_is_null_and_stays(gateway, change, options):
    form = gateway.col._backend.get_deck_config(1)
    form.config.review_order = 99
    stored = form.config.SerializeToString().hex()
    gateway.col.db.execute(f"update deck_config set config = x'{stored}' where id = 1")
    assert options()["reviewOrder"] is None
    change(newPerDay=5)
    assert gateway.col._backend.get_deck_config(1).config.review_order == 99


# --- names ---


def test_a_preset_is_renamed_with_or_without_changes(gateway, call, options):
    assert call("updateDeckPreset", **DEFAULT, newName="Words") == {"presetId": 1, "name": "Words", "changed": {}}
    assert [preset["name"] for preset in call("getDeckPresets")] == ["Italian options", "Words"]
    found = call("updateDeckPreset", preset="Words", newName=" É ", changes={"newPerDay": 3})
    assert found == {"presetId": 1, "name": " É ", "changed": {"newPerDay": 3}}
    assert options(" É ")["newPerDay"] == 3
    status = gateway.col.undo_status()
    assert call("updateDeckPreset", preset=" É ", newName=" É ", changes=None)["changed"] == {}
    assert gateway.col.undo_status() == status


def test_a_name_that_is_taken_or_blank_is_refused(gateway, call):
    status = gateway.col.undo_status()
    taken = call("updateDeckPreset", **DEFAULT, newName="Italian options", changes={"newPerDay": 3})
    assert taken == {"kind": "already_exists", "preset": "Italian options"}
    for blank in ("", "  "):
        refused = call("updateDeckPreset", **DEFAULT, newName=blank)
        assert refused == {"kind": "refused", "field": "newName"}
    assert gateway.col.undo_status() == status


# --- what else Anki does while it saves ---


def test_another_order_sorts_new_cards_and_a_dry_run_says_which(gateway, call, change):
    cards = [seed.MELA_CARD, seed.UVA_CARD]
    call("repositionNewCards", orderedCardIds=cards[::-1], startPosition=5, step=1, shift=False)
    change(newCardInsertOrder="random")
    gateway.col.db.execute("update cards set due = 9 where id = ?", seed.MELA_CARD)
    status = gateway.col.undo_status()
    lost = call("updateDeckPreset", **DEFAULT, changes={"newCardInsertOrder": "due"}, dryRun=True)
    assert lost == {"dryRun": True, "changedCards": {"count": 2, "ids": cards}}
    same = call("updateDeckPreset", **DEFAULT, changes={"newCardInsertOrder": "random", "newPerDay": 1}, dryRun=True)
    assert same == {"dryRun": True}
    assert gateway.col.undo_status() == status
    change(newCardInsertOrder="due")
    assert gateway.col.db.list("select due from cards order by id") == [1, 2]


def test_a_dry_run_raises_what_the_call_would(call):
    assert call("updateDeckPreset", preset="nosuch", dryRun=True)["kind"] == "not_found"
    assert call("updateDeckPreset", **DEFAULT, newName="Italian options", dryRun=True)["kind"] == "already_exists"


def test_cards_in_learning_get_the_nearest_step(gateway, call, change):
    call("answerCards", answers=[{"cardId": seed.MELA_CARD, "ease": 3}])
    assert gateway.col.get_card(seed.MELA_CARD).left % 1000 == 1
    change(learnSteps=[1, 5, 10, 20])
    assert gateway.col.get_card(seed.MELA_CARD).left % 1000 != 1


@for_rows(
    ("name", "after", "before"),
    [
        (name, after, before)
        for (name, after), before in turns(
            itertools.product(["learnSteps", "relearnSteps"], [[1, 5, 10, 20], [10], [30, 60], [0.1, 0.2, 0.3], []]),
            lambda row: [[1, 10], [0.5, 5, 20, 60], []],
        )
    ],
)
def test_a_dry_run_tells_which_cards_in_learning_get_another_step(kept, before, after, name):
    gateway = kept.unchanged()
    call = gateway.call
    kind = {"learnSteps": 1, "relearnSteps": 3}[name]
    notes = [{"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"n {n}"}} for n in range(6)]
    call("addNotes", notes=notes)
    call("updateDeckPreset", **DEFAULT, changes={name: before})
    db = gateway.col.db
    db.execute(f"update cards set type = {kind}, queue = 1, due = 2000000000, left = id % 6 + 1000")
    gateway.col.reset()
    steps = dict(db.all("select id, left % 1000 from cards"))
    lost = call("updateDeckPreset", **DEFAULT, changes={name: after}, dryRun=True)
    call("updateDeckPreset", **DEFAULT, changes={name: after})
    changed = [id for id, left in db.all("select id, left % 1000 from cards order by id") if steps[id] != left]
    assert lost.get("changedCards", {"ids": []})["ids"] == changed


def test_a_broken_search_is_refused(gateway, call):
    status = gateway.col.undo_status()
    assert call("updateDeckPreset", **DEFAULT, changes={"paramSearch": ")("}) == {
        "kind": "invalid_search",
        "field": "changes.paramSearch",
    }
    assert gateway.col.undo_status() == status


def stabilities(gateway):
    return gateway.col.db.list("select data ->> 'dr' from cards where data ->> 's' is not null")


def test_desired_retention_counts_for_cards_at_once(gateway, call, change):
    studied(lambda method, params=None: call(method, **(params or {})))
    call("setFsrsActive", active=True)
    assert set(stabilities(gateway)) == {0.9}
    change(desiredRetention=0.8)
    assert set(stabilities(gateway)) == {0.8}
    assert call("isFsrsActive") is True


@pytest.mark.parametrize("own", [None, 85])
def test_a_dry_run_tells_whose_memory_states_are_computed_again(gateway, call, change, own):
    cards = studied(lambda method, params=None: call(method, **(params or {})))
    decks = gateway.col.decks
    decks.update_dict({**decks.get(1), "desiredRetention": own})
    dry = {**DEFAULT, "changes": {"desiredRetention": 0.8}, "dryRun": True}
    assert call("updateDeckPreset", **dry) == {"dryRun": True}
    call("setFsrsActive", active=True)
    before = dict(gateway.col.db.all("select id, data from cards"))
    lost = call("updateDeckPreset", **dry)
    change(desiredRetention=0.8)
    changed = [id for id, data in gateway.col.db.all("select id, data from cards order by id") if data != before[id]]
    assert lost.get("changedCards", {"ids": []})["ids"] == changed
    of_new_card = [] if ankis.SKIPS_NEW_CARDS else [seed.UVA_CARD]
    assert changed == of_new_card + ([] if own and ankis.DECKS_HAVE_RETENTION else sorted(cards))


@for_rows(
    ("sql", "changes", "data"),
    [
        ("update cards set did = 'x', odid = {deck}", {"learnSteps": [3]}, {"card": seed.MELA_CARD}),
        ("update cards set ivl = -1", {"newCardInsertOrder": "random"}, {"card": seed.MELA_CARD}),
        ("update cards set ivl = -1", {"relearnSteps": [3]}, {"card": seed.MELA_CARD}),
        ("update cards set ivl = -1", {"desiredRetention": 0.8}, {"card": seed.MELA_CARD}),
        ("update revlog set ease = 'x', cid = {card}", {"desiredRetention": 0.8}, {"review": seed.REVIEW}),
    ],
)
def test_rows_that_anki_cannot_read_are_named_before_anything_is_written(kept, sql, changes, data):
    gateway = kept.unchanged()
    call = gateway.call
    call("setFsrsActive", active=True)
    call("addTags", notes=[seed.MELA], tags="before")
    call("setDueDate", cards=[seed.UVA_CARD], days="3")
    gateway.col.db.execute(sql.format(deck=seed.ITALIAN_A1, card=seed.UVA_CARD))
    status = gateway.col.undo_status()
    assert call("updateDeckPreset", **DEFAULT, changes=changes) == {"kind": "refused", **data}
    assert gateway.col.undo_status() == status
    assert call("updateDeckPreset", **DEFAULT, changes={"newPerDay": 5})["changed"] == {"newPerDay": 5}  # reads no card


def store(gateway, **options):
    """Store options that Anki itself would not accept, or would not notice."""
    form = gateway.col._backend.get_deck_config(1)
    for name, value in options.items():
        if isinstance(value, list):
            getattr(form.config, name)[:] = value
        else:
            setattr(form.config, name, value)
    stored = form.config.SerializeToString().hex()
    gateway.col.db.execute(f"update deck_config set config = x'{stored}' where id = 1")


def test_a_stored_date_that_is_none_is_named_before_memory_states_are_computed(gateway, call, change):
    call("setFsrsActive", active=True)
    store(gateway, ignore_revlogs_before_date="yesterday")
    status = gateway.col.undo_status()
    refused = call("updateDeckPreset", **DEFAULT, changes={"desiredRetention": 0.8})
    assert refused == {"kind": "refused", "preset": "Default", "field": "ignoreRevlogsBeforeDate"}
    assert gateway.col.undo_status() == status
    assert change(desiredRetention=0.8, ignoreRevlogsBeforeDate="")


def test_stored_parameters_that_anki_refuses_are_named(gateway, call):
    store(gateway, fsrs_params_6=[1.0] * 5)
    status = gateway.col.undo_status()
    assert call("updateDeckPreset", **DEFAULT, changes={"newPerDay": 5}) == {"kind": "refused", "preset": "Default"}
    assert gateway.col.undo_status() == status


def test_old_envelopes_change_options_too(gateway):
    changed = gateway.legacy("updateDeckPreset", **DEFAULT, changes={"newPerDay": 7})
    assert changed == {"result": {"presetId": 1, "name": "Default", "changed": {"newPerDay": 7}}, "error": None}
    presets = gateway.legacy("getDeckPresets", options=True)["result"]
    assert presets[0]["options"]["newPerDay"] == 7
    assert "options" not in gateway.legacy("getDeckPresets")["result"][0]
