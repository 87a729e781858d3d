"""Custom Study: sessions of cards beside the daily schedule, on a real collection."""

import pytest
import seed

BOTH = [seed.MELA_CARD, seed.UVA_CARD]
SESSION = "Custom Study Session"
ALL = {"kind": "all"}


@pytest.fixture
def call(gateway):
    """Calls; returns the result, or the error."""

    def call(method, **params):
        response = gateway.rpc(method, params)
        return response["result"] if "result" in response else response["error"]

    return call


def cards_in(gateway, deck=SESSION):
    return gateway.col.db.list("select id from cards where did = ? order by id", gateway.col.decks.id_for_name(deck))


def search_of(gateway):
    """The search that Anki has stored, and whether answers reschedule."""
    deck_id = gateway.col.decks.id_for_name(SESSION)
    config = gateway.col.sched.get_or_create_filtered_deck(deck_id).config
    (term,) = config.search_terms
    return term.search, config.reschedule


def refused_without_a_trace(gateway, call, kind, **params):
    """A call is refused; undo and redo stay."""
    call("setFlags", cards=[seed.MELA_CARD], flag=1)
    call("setFlags", cards=[seed.MELA_CARD], flag=2)
    gateway.col.undo()
    before = gateway.col.undo_status()
    errors = [call("customStudy", **params, dryRun=dry_run) for dry_run in (True, False)]
    assert errors[0] == errors[1]
    assert errors[0]["data"]["kind"] == kind, errors
    assert gateway.col.undo_status() == before
    assert before.redo
    return errors[0]


def test_a_session_is_a_filtered_deck_one_undo_step_and_the_current_deck(gateway, call):
    made = call("customStudy", deck="italian", cram=ALL)
    assert made == {"deckId": gateway.col.decks.id_for_name(SESSION), "name": SESSION, "cards": 2}
    assert cards_in(gateway) == BOTH
    assert call("getCurrentDeck")["name"] == SESSION
    assert gateway.col.undo_status().undo == "Custom Study"
    gateway.col.undo()
    assert gateway.col.decks.id_for_name(SESSION) is None
    assert call("getCurrentDeck")["name"] == "Default"


@pytest.mark.parametrize(
    ("choice", "search", "reschedules"),
    [
        ({"forgottenDays": 3}, "rated:3:1 deck:Italian", False),
        ({"aheadDays": 7}, "prop:due<=7 deck:Italian", True),
        ({"previewDays": 99_999}, "is:new added:99999 deck:Italian", False),
        ({"cram": {"kind": "new"}}, "is:new deck:Italian", True),
        ({"cram": {"kind": "due"}}, "is:due deck:Italian", True),
        ({"cram": {"kind": "review"}}, "-is:new deck:Italian", True),
        ({"cram": ALL}, "deck:Italian", False),
        (
            {"cram": {**ALL, "includeTags": ["FRUIT", "a_b"], "excludeTags": ["nothing", "level"]}},
            "deck:Italian (tag:fruit OR tag:a\\_b) (-tag:nothing -tag:level)",
            False,
        ),
    ],
)
def test_cards_are_chosen_as_in_ankis_window(gateway, call, choice, search, reschedules):
    call("answerCards", answers=[{"cardId": seed.UVA_CARD, "ease": 1}])
    if "previewDays" not in choice and choice.get("cram", {}).get("kind") != "new":
        call("setDueDate", cards=[seed.MELA_CARD], days="0")
    if "forgottenDays" in choice:
        call("answerCards", answers=[{"cardId": seed.MELA_CARD, "ease": 1}])
    gateway.col.tags.bulk_add([seed.UVA], "nothing level::1")
    gateway.col.tags.bulk_add([seed.MELA], "a_b")
    found = call("customStudy", deck="Italian", **choice)
    assert found["cards"] == len(cards_in(gateway)) >= 1
    stored, reschedule = search_of(gateway)
    assert (stored.replace("(-tag:nothing -tag:level)", "").split(), reschedule) == (
        search.replace("(-tag:nothing -tag:level)", "").split(),
        reschedules,
    )


@pytest.mark.parametrize("kind", ["new", "all"])
def test_the_number_of_cards_is_limited(gateway, call, kind):
    assert call("customStudy", deck="Italian", cram={"kind": kind, "limit": 1})["cards"] == 1


def test_a_session_replaces_the_last_one(gateway, call):
    first = call("customStudy", deck="Italian", cram=ALL)
    second = call("customStudy", deck="Italian", cram={**ALL, "includeTags": ["fruit"]})
    assert second == {**first, "cards": 1}
    assert cards_in(gateway) == [seed.MELA_CARD]
    assert cards_in(gateway, "Italian::A1") == [seed.UVA_CARD]
    gateway.col.undo()
    assert cards_in(gateway) == BOTH


def test_a_dry_run_tells_which_cards_would_leave_the_last_session(gateway, call):
    call("customStudy", deck="Italian", cram=ALL)
    before = gateway.col.undo_status()
    cram = {**ALL, "includeTags": ["fruit"]}
    left = {"dryRun": True, "changedCards": {"count": 1, "ids": [seed.UVA_CARD]}}
    assert call("customStudy", deck="Italian", cram=cram, dryRun=True) == left
    by_chance = call("customStudy", deck="Italian", cram={**ALL, "limit": 1}, dryRun=True)
    assert by_chance["changedCards"]["ids"] == BOTH
    assert call("customStudy", deck="Italian", cram=ALL, dryRun=True) == {"dryRun": True}
    assert gateway.col.undo_status() == before


@pytest.mark.parametrize(
    "choice", [{"forgottenDays": 1}, {"aheadDays": 99_999}, {"previewDays": 1}, {"cram": {"kind": "due"}}]
)
def test_no_such_card_is_refused_before_anything_is_written(gateway, call, choice):
    error = refused_without_a_trace(gateway, call, "refused", deck="Italian", **choice)
    assert "no such card" in error["message"]


def test_suspended_and_buried_cards_and_those_of_other_filtered_decks_do_not_count(gateway, call):
    call("createFilteredDeck", deck="Cram", terms=[{"search": f"cid:{seed.MELA_CARD}"}])
    assert call("customStudy", deck="Italian", cram=ALL)["cards"] == 1
    for method in ("suspend", "buryCards"):
        call(method, cards=[seed.UVA_CARD])
        refused_without_a_trace(gateway, call, "refused", deck="Italian", cram=ALL)
        call("unsuspend", cards=[seed.UVA_CARD])


def test_a_filtered_deck_is_no_source(gateway, call):
    call("createFilteredDeck", deck="Cram", terms=[{"search": "deck:Italian"}])
    error = refused_without_a_trace(gateway, call, "refused", deck="Cram", cram=ALL)
    assert error["data"]["deck"] == "Cram"


def test_an_ordinary_deck_with_the_name_is_in_the_way(gateway, call):
    call("createDeck", deck=SESSION)
    error = refused_without_a_trace(gateway, call, "already_exists", deck="Italian", cram=ALL)
    assert (error["data"]["deck"], "Rename that deck" in error["message"]) == (SESSION, True)


def test_unknown_decks_and_tags_are_errors(gateway, call):
    refused_without_a_trace(gateway, call, "deck_not_found", deck="nosuch", cram=ALL)
    for name in ("includeTags", "excludeTags"):
        error = refused_without_a_trace(gateway, call, "not_found", deck="Italian", cram={**ALL, name: ["A1", "fru"]})
        assert (error["data"]["tag"], error["data"]["field"]) == ("fru", f"cram.{name}.1")


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"aheadDays": 1, "cram": ALL},
        {"previewDays": 0},
        {"forgottenDays": 100_000},
        {"cram": {"kind": "x"}},
        {"cram": {**ALL, "limit": 0}},
    ],
)
def test_a_call_chooses_exactly_one_way(gateway, call, choice):
    assert call("customStudy", deck="Italian", **choice)["code"] == -32602


@pytest.mark.parametrize("name", ['My "x" *d_k::sub', "a:b (c) or -d", "re:x", "caf\u00e9 \\ y"])
def test_any_name_of_a_deck_is_found(gateway, call, name):
    call("changeDeck", cards=[seed.UVA_CARD], deck=name)
    assert call("customStudy", deck=name, cram=ALL)["cards"] == 1
    assert cards_in(gateway) == [seed.UVA_CARD]


def test_the_options_remember_tags_and_limits(gateway, call):
    call("raiseTodaysLimits", decks=["Italian"], newCards=3)
    call("customStudy", deck="Italian", cram={**ALL, "includeTags": ["Fruit"], "excludeTags": []})
    call("emptyFilteredDeck", deck=SESSION)
    found = call("getCustomStudyOptions", deck="italian")
    assert (found["lastNew"], found["lastReviews"]) == (3, 0)
    assert found["tags"] == [
        {"name": "A1", "include": False, "exclude": False},
        {"name": "fruit", "include": True, "exclude": False},
    ]


def test_the_options_count_cards_whatever_the_limits(gateway, call):
    call("changeDeck", cards=[seed.UVA_CARD], deck="Italian")
    call("setDueDate", cards=[seed.MELA_CARD], days="0")
    call("setDeckLimits", decks=["Italian", "Italian::A1"], newCards=0, reviews=0)
    found = call("getCustomStudyOptions", deck="Italian")
    assert (found["availableNew"], found["availableReviews"]) == (1, 0)
    assert found["inChildren"] == {"new": 0, "reviews": 1}


def test_the_options_are_those_of_ankis_window(gateway, call):
    call("changeDeck", cards=[seed.UVA_CARD], deck="Italian")
    call("setDueDate", cards=[seed.MELA_CARD], days="0")
    gateway.col.tags.bulk_add([seed.UVA], "b B2 \u00c9t\u00e9 a::b")
    call("raiseTodaysLimits", decks=["Italian"], reviews=2)
    for deck in ("Italian", "Italian::A1"):
        anki = gateway.col.sched.custom_study_defaults(gateway.col.decks.id_for_name(deck))
        assert call("getCustomStudyOptions", deck=deck) == {
            "availableNew": anki.available_new,
            "availableReviews": anki.available_review,
            "inChildren": {"new": anki.available_new_in_children, "reviews": anki.available_review_in_children},
            "tags": [{"name": tag.name, "include": tag.include, "exclude": tag.exclude} for tag in anki.tags],
            "lastNew": anki.extend_new,
            "lastReviews": anki.extend_review,
        }


def test_options_exist_for_every_deck_that_is_not_filtered(gateway, call):
    assert call("getCustomStudyOptions", deck="Default")["availableNew"] == 0  # which Anki's own call does not know
    call("createFilteredDeck", deck="Cram", terms=[{"search": "deck:Italian"}])
    before = gateway.col.undo_status()
    assert call("getCustomStudyOptions", deck="Cram")["data"] == {"kind": "refused", "deck": "Cram"}
    unknown = call("getCustomStudyOptions", deck="nosuch")
    assert (unknown["data"]["kind"], "inconsistent" in unknown["message"]) == ("deck_not_found", False)
    assert gateway.col.undo_status() == before


def test_old_envelopes_get_the_same(gateway, call):
    made = gateway.legacy("customStudy", deck="Italian", cram=ALL)
    assert (made["result"]["cards"], made["error"]) == (2, None)
    options = gateway.legacy("getCustomStudyOptions", deck="Italian")
    assert options == {"result": call("getCustomStudyOptions", deck="Italian"), "error": None}
    assert gateway.legacy("customStudy", deck=SESSION, cram=ALL)["result"] is None


# --- a session that is there already: Anki empties it before it searches ---


@pytest.fixture
def home(gateway, call):
    """A deck of four new cards; returns their ids."""
    call("createDeck", deck="Home")
    notes = [
        {"deckName": "Home", "modelName": "Basic", "fields": {"Front": f"word {number}", "Back": "b"}}
        for number in range(4)
    ]
    call("addNotes", notes=notes)
    return sorted(gateway.col.find_cards("deck:Home"))


@pytest.mark.parametrize("choice", [{"cram": {"kind": "due"}}, {"aheadDays": 3}, {"cram": {"kind": "review"}}])
@pytest.mark.parametrize("session", [{"cram": ALL}, {"previewDays": 1}])
def test_new_cards_of_the_session_are_not_due(gateway, call, home, session, choice):
    assert call("customStudy", deck="Home", **session)["cards"] == 4
    refused_without_a_trace(gateway, call, "refused", deck="Home", **choice)
    assert cards_in(gateway) == home


@pytest.mark.parametrize("choice", [{"cram": {"kind": "due"}}, {"aheadDays": 3}])
@pytest.mark.parametrize("session", [{"cram": ALL}, {"aheadDays": 30}])
def test_cards_of_the_session_are_due_as_they_are_at_home(gateway, call, home, session, choice):
    call("setDueDate", cards=home[:1], days="0")
    call("setDueDate", cards=home[1:2], days="20")
    call("customStudy", deck="Home", **session)
    before = cards_in(gateway)
    lost = call("customStudy", deck="Home", **choice, dryRun=True)
    assert lost["changedCards"]["ids"] == before[1:]
    assert call("customStudy", deck="Home", **choice)["cards"] == 1
    assert cards_in(gateway) == home[:1]


def test_cards_in_learning_that_a_preview_holds_stay_if_they_are_due(gateway, call, home):
    call("answerCards", answers=[{"cardId": card_id, "ease": 1} for card_id in home[:2]])
    call("customStudy", deck="Home", cram=ALL)
    assert call("customStudy", deck="Home", cram={"kind": "due"}, dryRun=True)["changedCards"]["ids"] == home[2:]
    assert call("customStudy", deck="Home", cram={"kind": "due"})["cards"] == 2
    assert cards_in(gateway) == home[:2]


# --- names that Anki reads specially ---


@pytest.mark.parametrize("name", ["current", "filtered"])
def test_decks_that_anki_reads_specially_are_refused(gateway, call, name):
    call("createDeck", deck=name)
    call("createDeck", deck="Other")
    for deck in (name, "Other"):
        call("addNote", note={"deckName": deck, "modelName": "Basic", "fields": {"Front": deck, "Back": "b"}})
    call("selectDeck", deck="Other")
    error = refused_without_a_trace(gateway, call, "refused", deck=name.title(), cram=ALL)
    assert error["data"]["deck"] == name
    assert "Rename the deck" in error["message"]
    assert call("getCustomStudyOptions", deck=name)["data"] == error["data"]


@pytest.mark.parametrize("name", ["Current", "FILTERED", "current::a"])
def test_decks_with_a_similar_name_can_be_studied(gateway, call, name):
    call("createDeck", deck=name)
    call("addNote", note={"deckName": name, "modelName": "Basic", "fields": {"Front": "a", "Back": "b"}})
    assert call("customStudy", deck=name, cram=ALL)["cards"] == 1
    assert call("getCustomStudyOptions", deck=name)["tags"] == []


@pytest.mark.parametrize("place", ["includeTags", "excludeTags"])
def test_the_tag_that_anki_reads_as_no_tags_is_refused(gateway, call, place):
    gateway.col.tags.bulk_add([seed.UVA], "none")
    error = refused_without_a_trace(gateway, call, "refused", deck="Italian", cram={**ALL, place: ["A1", "None"]})
    assert (error["data"]["tag"], error["data"]["field"]) == ("None", f"cram.{place}.1")
    assert "none" not in [tag["name"] for tag in call("getCustomStudyOptions", deck="Italian")["tags"]]


def test_the_same_tag_in_another_spelling_is_an_ordinary_one(gateway, call):
    gateway.col.tags.bulk_add([seed.UVA], "None")
    assert call("customStudy", deck="Italian", cram={**ALL, "includeTags": ["none"]})["cards"] == 1
    assert cards_in(gateway) == [seed.UVA_CARD]
