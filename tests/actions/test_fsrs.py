"""FSRS, on a real collection with a history of study, beside what Anki's own calls say."""

import ankis
import pytest
import seed
from anki.collection import AddNoteRequest
from anki.scheduler_pb2 import SimulateFsrsReviewRequest
from study import studied

BASIC = {"preset": "Default"}
FSRS_4, FSRS_5 = [0.4] * 17, [0.4] * 19


@pytest.fixture
def call(gateway):
    """Calls an action and gives its result."""

    def one(method, params=None):
        response = gateway.rpc(method, params)
        assert "error" not in response, response
        return response["result"]

    return one


@pytest.fixture
def cards(call):
    """The cards of the deck Default, which have been studied."""
    return studied(call)


def refusal(gateway, method, **params):
    return gateway.rpc(method, params)["error"]


def preset_of(call, name="Default"):
    return call("getFsrsParams", {"presets": [name]})["presets"][0]


def stored_states(gateway):
    """The stabilities; single precision makes the last digit differ from run to run."""
    return gateway.col.db.list("select round(data ->> 's', 1) from cards where data ->> 's' is not null")


# --- switching ---


def test_switching_on_computes_memory_states_and_off_removes_them(gateway, call, cards):
    assert gateway.legacy("setFsrsActive", active=True) == {"result": True, "error": None}
    assert call("setFsrsActive", {"active": True}) is False
    assert call("isFsrsActive") is True
    assert call("getFsrsParams")["active"] is True
    assert all(state["stability"] for state in call("getMemoryStates", {"cards": cards}))
    assert call("undo")["redo"] == "Switch FSRS"
    assert not call("isFsrsActive")
    assert stored_states(gateway) == []
    call("setFsrsActive", {"active": True})
    assert call("setFsrsActive", {"active": False}) is True
    assert stored_states(gateway) == []


def test_rescheduling_moves_due_dates_only_where_it_is_asked_for(gateway, call, cards):
    due = "select due from cards order by id"
    before = gateway.col.db.list(due)
    call("setFsrsActive", {"active": True})
    assert gateway.col.db.list(due) == before
    call("setDesiredRetention", {**BASIC, "desiredRetention": 0.95, "reschedule": True})
    assert gateway.col.db.list(due) != before
    call("undo")
    assert gateway.col.db.list(due) == before


# --- parameters ---


def test_parameters_are_set_read_and_undone(gateway, call, cards):
    call("setFsrsActive", {"active": True})
    own = stored_states(gateway)
    assert preset_of(call)["params"] == []
    assert call("setFsrsParams", {**BASIC, "params": FSRS_4}) is True
    assert call("setFsrsParams", {**BASIC, "params": FSRS_4}) is False
    preset = preset_of(call)
    assert (preset["params"], preset["version"]) == (FSRS_4, "FSRS-4.5")
    assert stored_states(gateway) != own
    assert call("undo")["redo"] == "Set FSRS Parameters"
    assert stored_states(gateway) == own
    call("setFsrsParams", {**BASIC, "params": FSRS_5})
    assert preset_of(call)["version"] == "FSRS-5"
    everything = call("getFsrsParams")
    assert call("setFsrsParams", {**BASIC, "params": everything["defaultParams"]})
    assert preset_of(call)["params"] == everything["defaultParams"]
    assert preset_of(call)["version"] == "FSRS-6"
    assert call("setFsrsParams", {**BASIC, "params": []})
    assert stored_states(gateway) == own


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ([0.4] * 18, "refused"),
        ([0.4] * 1000, "refused"),
        ([-1.0] * 21, "invalid_params"),
        ([1e300] * 21, "invalid_params"),
        (["0.4"] * 21, "invalid_params"),
    ],
)
def test_bad_parameters_are_refused_and_leave_no_trace(gateway, call, params, kind):
    call("addTags", {"notes": [seed.MELA], "tags": "before"})
    before = call("undoStatus")
    error = refusal(gateway, "setFsrsParams", **BASIC, params=params)
    assert error["data"]["kind"] == kind
    assert "params" in (error["data"].get("field") or next(iter(error["data"]["fields"])))
    assert call("undoStatus") == before
    assert preset_of(call)["params"] == []


def test_parameters_of_an_older_anki_count_and_are_kept(gateway, call):
    group = call("getDeckConfig", {"deck": "Default"})
    gateway.col.decks.update_config({**group, "fsrsParams5": FSRS_5})
    assert (preset_of(call)["params"], preset_of(call)["version"]) == (FSRS_5, "FSRS-5")
    call("setDesiredRetention", {**BASIC, "desiredRetention": 0.8})
    assert preset_of(call)["params"] == FSRS_5


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("getFsrsParams", {"presets": ["Default", "Hard"]}),
        ("setFsrsParams", {"preset": "Hard", "params": []}),
        ("setDesiredRetention", {"preset": "Hard", "desiredRetention": 0.9}),
        ("optimizeFsrsParams", {"preset": "Hard"}),
        ("evaluateFsrsParams", {"preset": "Hard"}),
    ],
)
def test_an_unknown_preset_is_named(gateway, method, params):
    error = refusal(gateway, method, **params)
    assert (error["data"], error["message"]) == (
        {"kind": "not_found", "preset": "Hard"},
        "preset was not found: Hard. getDeckPresets lists all presets.",
    )


# --- desired retention ---


def test_a_preset_has_a_desired_retention(gateway, call, cards):
    call("setFsrsActive", {"active": True})
    assert call("setDesiredRetention", {**BASIC, "desiredRetention": 0.9}) is False
    assert call("setDesiredRetention", {**BASIC, "desiredRetention": 0.85}) is True
    assert preset_of(call)["desiredRetention"] == 0.85
    assert {state["desiredRetention"] for state in call("getMemoryStates", {"cards": cards})} == {0.85}
    assert call("undo")["redo"] == "Set Desired Retention"
    assert preset_of(call)["desiredRetention"] == 0.9
    for outside in (0.69, 1, "0.9"):
        error = refusal(gateway, "setDesiredRetention", **BASIC, desiredRetention=outside)
        assert error["data"]["kind"] == "invalid_params"


def test_a_deck_has_one_of_its_own(gateway, call, cards):
    gateway.col.decks.set_config_id_for_deck_dict(gateway.col.decks.by_name("Italian"), 1)
    gateway.col.db.execute("update col set crt = crt - 20 * 86400")
    deck = gateway.col.decks.get(1)
    gateway.col.decks.update({**deck, "newLimitToday": {"limit": 7, "today": 3}, "reviewLimit": 30})
    call("setFsrsActive", {"active": True})
    answer = gateway.rpc("setDeckDesiredRetention", {"deck": "default", "desiredRetention": 0.95})
    if ankis.is_lacking(answer, "setDeckDesiredRetention"):
        return
    assert answer["result"] is True
    assert call("setDeckDesiredRetention", {"deck": "default", "desiredRetention": 0.95}) is False
    assert preset_of(call)["decks"] == [{"deck": "Default", "desiredRetention": 0.95}]
    assert {state["desiredRetention"] for state in call("getMemoryStates", {"cards": cards})} == {0.95}
    limits = gateway.col.decks.get_deck_configs_for_update(1).current_deck.limits
    assert (limits.review, limits.new_today_active) == (30, False)
    assert call("undo")["redo"] == "Set Desired Retention"
    assert preset_of(call)["decks"] == []
    call("redo")
    assert call("setDeckDesiredRetention", {"deck": "Default", "desiredRetention": None}) is True
    assert {state["desiredRetention"] for state in call("getMemoryStates", {"cards": cards})} == {0.9}
    assert refusal(gateway, "setDeckDesiredRetention", deck="x", desiredRetention=0.9)["data"]["kind"] == (
        "deck_not_found"
    )
    call("createFilteredDeck", {"deck": "Cram", "terms": [{"search": ""}]})
    assert refusal(gateway, "setDeckDesiredRetention", deck="Cram", desiredRetention=0.9)["data"]["kind"] == "refused"


def test_a_deck_that_gets_another_preset_is_scheduled_by_it_and_keeps_its_limits(gateway, call, cards):
    call("cloneDeckConfigId", {"name": "Hard"})
    call("setFsrsParams", {"preset": "Hard", "params": FSRS_5})
    call("setFsrsActive", {"active": True})
    gateway.col.db.execute("update col set crt = crt - 20 * 86400")
    limits = {"newLimitToday": {"limit": 7, "today": 3}, "reviewLimit": 30}
    gateway.col.decks.update({**gateway.col.decks.get(1), **limits})
    before = stored_states(gateway)
    assert call("setDeckPreset", {"decks": ["Default"], "preset": "Hard"}) == 1
    stored, computed = (
        [state["stability"] for state in call("getMemoryStates", {"cards": cards, "computed": each})]
        for each in (False, True)
    )
    assert stored == pytest.approx(computed, rel=2e-3)
    assert stored_states(gateway) != before
    kept = gateway.col.decks.get_deck_configs_for_update(1).current_deck.limits
    assert (kept.review, kept.new_today_active) == (30, False)
    assert call("undo")["redo"] == "Choose Options"
    assert stored_states(gateway) == before
    assert gateway.col.decks.get(1)["conf"] == 1


# --- memory states ---


def test_memory_states_are_those_that_anki_shows(gateway, call, cards):
    if ankis.COUNTS_DAYS_BEFORE_THE_FIRST:
        gateway.col.db.execute("update cards set due = max(due, ivl) where type = 2")
    call("setFsrsActive", {"active": True})
    call("answerCards", {"answers": [{"cardId": card, "ease": 3} for card in cards[:5]]})
    call("createFilteredDeck", {"deck": "Cram", "terms": [{"search": f"cid:{cards[0]},{cards[7]}"}]})
    asked = [*cards, seed.MELA_CARD, 5]
    *states, new, unknown = call("getMemoryStates", {"cards": asked})
    assert unknown is None
    assert {**new, "cardId": None} == dict.fromkeys(new)
    for state in states:
        low, high = state["retrievability"] - 0.01, state["retrievability"] + 0.01
        near = f"cid:{state['cardId']} prop:r>{low:.5f} prop:r<{high:.5f}"
        assert call("findCards", {"query": near}) == [state["cardId"]]
    for state in call("getMemoryStates", {"cards": cards}):
        shown = gateway.col._backend.card_stats(state["cardId"])
        assert state["stability"] == pytest.approx(shown.memory_state.stability)
        assert state["difficulty"] == pytest.approx(shown.memory_state.difficulty)
        if state["cardId"] in cards[:5]:  # else Anki looks its last review up in the log, but not in its browser
            assert state["retrievability"] == pytest.approx(shown.fsrs_retrievability, abs=1e-4)


def test_computed_states_are_those_that_would_be_stored(gateway, call, cards):
    before = call("getMemoryStates", {"cards": cards, "computed": True})
    assert stored_states(gateway) == []
    call("setFsrsActive", {"active": True})
    for one, other in zip(before, call("getMemoryStates", {"cards": cards}), strict=True):
        assert one == {key: pytest.approx(value, rel=2e-3) for key, value in other.items()}


# --- optimizing and judging ---


def test_optimizing_finds_what_anki_finds_and_applies_it_in_one_step(gateway, call, cards):
    backend = gateway.col._backend
    search = 'preset:"Default" -is:suspended'
    call("suspend", {"cards": cards[:10]})
    theirs = backend.compute_fsrs_params(
        search=search, current_params=[], ignore_revlogs_before_ms=0, num_of_relearning_steps=1, health_check=True
    )
    found = call("optimizeFsrsParams", BASIC)
    assert found["params"] == pytest.approx(list(theirs.params))
    assert (found["reviews"], found["changed"], found["applied"]) == (theirs.fsrs_items, True, False)
    assert found["healthy"] is None
    assert found["after"]["logLoss"] < found["before"]["logLoss"]
    assert call("evaluateFsrsParams", BASIC) == pytest.approx(found["before"])
    judged = backend.evaluate_params_legacy(params=theirs.params, search=search, ignore_revlogs_before_ms=0)
    assert found["after"] == pytest.approx({"logLoss": judged.log_loss, "rmseBins": judged.rmse_bins})
    assert preset_of(call)["params"] == []
    applied = call("optimizeFsrsParams", {**BASIC, "apply": True, "healthCheck": True})
    assert (applied["applied"], applied["healthy"]) == (True, theirs.health_check_passed)
    assert preset_of(call)["params"] == applied["params"] == pytest.approx(found["params"])
    again = call("optimizeFsrsParams", {**BASIC, "apply": True})
    assert (again["changed"], again["applied"], again["params"]) == (False, False, applied["params"])
    assert call("evaluateFsrsParams", BASIC) == pytest.approx(found["after"])
    assert gateway.legacy("evaluateFsrsParams", preset="Default", params=[])["result"] == pytest.approx(found["before"])
    assert call("undo")["redo"] == "Set FSRS Parameters"
    assert preset_of(call)["params"] == []


def test_reviews_before_a_day_and_those_of_other_cards_do_not_count(gateway, call, cards):
    everything = call("optimizeFsrsParams", BASIC)["reviews"]
    some = call("optimizeFsrsParams", {**BASIC, "search": f"cid:{','.join(map(str, cards[:60]))}"})["reviews"]
    assert 0 < some < everything
    day = gateway.col.db.scalar("select date('now', '-300 days')")
    group = call("getDeckConfig", {"deck": "Default"})
    call("saveDeckConfig", {"config": {**group, "ignoreRevlogsBeforeDate": day}})
    assert 0 < call("optimizeFsrsParams", BASIC)["reviews"] < everything
    call("saveDeckConfig", {"config": {**group, "weightSearch": f"cid:{','.join(map(str, cards[:60]))}"}})
    assert call("optimizeFsrsParams", BASIC)["reviews"] == some


def test_presets_of_any_name_are_found(gateway, call):
    for place, name in enumerate(("Hard", 'a"b', "back\\slash", "a*b")):
        preset = call("cloneDeckConfigId", {"name": name})
        call("createDeck", {"deck": f"of {preset}"})
        call("setDeckConfigId", {"decks": [f"of {preset}"], "configId": preset})
        studied(call, f"of {preset}", 20, place)
        assert call("optimizeFsrsParams", {"preset": name})["reviews"] > 20
        assert refusal(gateway, "evaluateFsrsParams", **BASIC)["data"]["kind"] == "refused"


def test_too_few_reviews_and_a_bad_search_are_told(gateway):
    assert refusal(gateway, "optimizeFsrsParams", **BASIC)["data"] == {"kind": "refused", "preset": "Default"}
    assert refusal(gateway, "evaluateFsrsParams", **BASIC)["data"]["kind"] == "refused"
    for method in ("optimizeFsrsParams", "evaluateFsrsParams"):
        assert refusal(gateway, method, **BASIC, search='"')["data"]["kind"] == "invalid_search"


def test_parameters_to_judge_must_be_some_of_fsrs(gateway, cards):
    assert refusal(gateway, "evaluateFsrsParams", **BASIC, params=[0.4] * 18)["data"]["kind"] == "refused"


# --- looking ahead ---


def simulation():
    steps = {"learning_step_count": 2, "relearning_step_count": 1}
    return SimulateFsrsReviewRequest(
        desired_retention=0.9,
        days_to_simulate=40,
        new_limit=20,
        review_limit=200,
        max_interval=36500,
        search='preset:"Default" -is:suspended',
        easy_days_percentages=[1] * 7,
        historical_retention=0.9,
        **(steps if ankis.SIMULATES_STEPS else {}),
    )


def test_a_simulation_says_what_ankis_own_says(gateway, call, cards):
    call("setFsrsActive", {"active": True})
    col = gateway.col
    notes = [col.new_note(col.models.by_name("Basic")) for _ in range(30)]
    col.add_notes([AddNoteRequest(note, 1) for note in notes])
    theirs = col._backend.simulate_fsrs_review(simulation())
    days = call("simulateReviews", {**BASIC, "days": 40})
    assert [day["reviews"] for day in days] == list(theirs.daily_review_count)
    assert [day["new"] for day in days] == list(theirs.daily_new_count)
    assert [day["seconds"] for day in days] == pytest.approx(list(theirs.daily_time_cost))
    assert [day["memorized"] for day in days] == pytest.approx(list(theirs.accumulated_knowledge_acquisition))
    assert [day["date"] for day in days] == [day["date"] for day in call("dueForecast", {"days": 40})["days"]]
    assert sum(day["new"] for day in days) == 32
    answer = gateway.rpc("simulateWorkload", {**BASIC, "days": 40})
    if ankis.is_lacking(answer, "simulateWorkload"):
        return
    workload = answer["result"]
    assert [entry["desiredRetention"] for entry in workload] == [percent / 100 for percent in range(70, 100)]
    (same,) = (entry for entry in workload if entry["desiredRetention"] == 0.9)
    assert same["seconds"] == pytest.approx(sum(day["seconds"] for day in days))
    assert same["answers"] == sum(day["new"] + day["reviews"] for day in days)
    assert same["memorized"] == pytest.approx(days[-1]["memorized"])


def test_limits_and_imagined_cards_are_the_callers(gateway, call, cards):
    call("setFsrsActive", {"active": True})
    limited = call("simulateReviews", {**BASIC, "days": 30, "newLimit": 5, "reviewLimit": 9, "moreNewCards": 500})
    assert {day["new"] + day["reviews"] for day in limited} <= set(range(10))
    none = call("simulateReviews", {**BASIC, "days": 30, "newLimit": 0, "search": f"cid:{cards[0]}"})
    assert sum(day["new"] for day in none) == 0
    easy, hard = (
        sum(day["reviews"] for day in call("simulateReviews", {**BASIC, "days": 200, "desiredRetention": share}))
        for share in (0.75, 0.97)
    )
    assert easy * 2 < hard


def test_a_simulation_needs_fsrs_and_cards(gateway, call):
    simulating = [method for method in ("simulateReviews", "simulateWorkload") if method not in ankis.LACKS]
    for method in simulating:
        assert refusal(gateway, method, **BASIC)["message"] == "FSRS is not active."
    call("setFsrsActive", {"active": True})
    for method in simulating:
        assert refusal(gateway, method, **BASIC, search="deck:nope")["data"]["kind"] == "refused"
        assert refusal(gateway, method, **BASIC, search='"')["data"]["kind"] == "invalid_search"
        assert refusal(gateway, method, preset="Hard")["data"]["kind"] == "not_found"
        assert refusal(gateway, method, **BASIC, days=0)["data"]["kind"] == "invalid_params"
    assert call("undoStatus")["undo"] == "Switch FSRS"


@pytest.mark.parametrize("params", [FSRS_4, FSRS_5])
def test_parameters_of_an_older_fsrs_foretell_reviews_but_no_workloads(gateway, call, cards, params):
    call("setFsrsActive", {"active": True})
    call("setFsrsParams", {**BASIC, "params": params})
    assert len(call("simulateReviews", {**BASIC, "days": 5})) == 5
    assert refusal(gateway, "simulateWorkload", **BASIC, days=5)["data"] == {"kind": "refused", "preset": "Default"}
