"""Changes of filtered decks, on a real collection."""

import ankis
import pytest
import seed
from sizes import for_rows, turns

BOTH = [seed.MELA_CARD, seed.UVA_CARD]
DELAYS = {"again": 60, "hard": 600, "good": 0}
FRUIT, ALL = ({"search": search, "limit": 20, "order": "added"} for search in ("tag:fruit", "deck:Italian"))


@pytest.fixture
def cram(call):
    """A filtered deck of one card; returns its id."""
    made = call("createFilteredDeck", deck="Cram", terms=[FRUIT])
    assert made["cards"] == 1
    return made["deckId"]


@pytest.fixture
def update(call):
    return lambda **params: call("updateFilteredDeck", deck="cram", **params)


def cards_in(gateway, deck_id):
    return gateway.col.db.list("select id from cards where did = ? order by id", deck_id)


def test_everything_is_changed_at_once_as_one_step(gateway, call, cram, update):
    settings = {"terms": [ALL, FRUIT], "reschedule": False, "previewDelays": {"again": 5, "hard": 0, "good": 99_999}}
    found = update(newName="Lingue::Cram", **settings)
    assert found == {"deckId": cram, "name": "Lingue::Cram", "cards": 2, **settings}
    assert cards_in(gateway, cram) == BOTH
    assert call("getFilteredDeck", deck="Lingue::Cram") == found
    assert "Lingue" in call("deckNames")
    assert call("undo")["redo"] == "Build Deck"
    assert update() == {
        "deckId": cram,
        "name": "Cram",
        "cards": 1,
        "terms": [FRUIT],
        "reschedule": True,
        "previewDelays": DELAYS,
    }
    assert cards_in(gateway, cram) == [seed.MELA_CARD]
    assert "Lingue" not in call("deckNames")


def test_what_is_left_out_stays(call, cram, update):
    assert update(previewDelays={"hard": 30})["previewDelays"] == {**DELAYS, "hard": 30}
    found = update(reschedule=False)
    assert (found["terms"], found["reschedule"], found["previewDelays"]["hard"]) == ([FRUIT], False, 30)
    assert update(newName="cram")["name"] == "cram"  # only the case


def test_the_cards_of_the_deck_itself_are_found_again_and_those_of_others_are_not(gateway, call, cram, update):
    assert update(terms=[{**FRUIT, "search": "Word:mela"}])["cards"] == 1
    call("createFilteredDeck", deck="Other", terms=[{"search": "Word:uva"}])
    before = gateway.col.undo_status()
    assert update(terms=[{**FRUIT, "search": "Word:uva"}]) == {"kind": "refused", "field": "terms"}
    assert gateway.col.undo_status() == before
    assert cards_in(gateway, cram) == [seed.MELA_CARD]
    assert update(terms=[{**FRUIT, "search": "Word:uva"}], allowEmpty=True)["cards"] == 0
    assert gateway.col.get_card(seed.MELA_CARD).did == seed.ITALIAN_A1


def test_a_search_that_finds_a_card_only_while_it_is_in_the_deck_finds_none(gateway, call, update):
    """Which Anki notices only after it has emptied the deck."""
    call("setDueDate", cards=[seed.MELA_CARD], days="5")
    call("createFilteredDeck", deck="Cram", terms=[{"search": "Word:mela"}])
    before = gateway.col.undo_status()
    due = [{"search": "Word:mela is:due"}]
    assert update(terms=due) == {"kind": "refused", "field": "terms"}
    assert gateway.col.undo_status() == before
    assert update(terms=due, allowEmpty=True)["cards"] == 0
    assert gateway.col.undo_status().undo == "Build Deck"


def test_suspended_and_buried_cards_are_no_find(gateway, call, cram, update):
    call("suspend", cards=[seed.MELA_CARD])
    call("buryCards", cards=[seed.UVA_CARD])
    before = gateway.col.undo_status()
    assert update(terms=[ALL]) == {"kind": "refused", "field": "terms"}
    assert update(reschedule=False) == {"kind": "refused", "deck": "cram"}
    assert gateway.col.undo_status() == before
    assert update(reschedule=False, allowEmpty=True)["cards"] == 0


def test_a_refusal_without_cards_says_what_to_do(gateway, cram):
    nothing = [{"search": "tag:nosuch"}]
    for method, deck in (("createFilteredDeck", "New"), ("updateFilteredDeck", "Cram")):
        message = gateway.rpc(method, {"deck": deck, "terms": nothing})["error"]["message"]
        assert "set allowEmpty to true" in message


def test_the_deck_becomes_the_current_one(call, cram, update):
    call("selectDeck", deck="Italian")
    update()
    assert call("getCurrentDeck")["name"] == "Italian"  # nothing was to do
    update(reschedule=False)
    assert call("getCurrentDeck")["name"] == "Cram"


def test_delays_count_for_the_answers(gateway, call, cram, update):
    update(reschedule=False, previewDelays={"again": 100, "hard": 200, "good": 300})
    (states,) = call("getAnswerStates", cards=[seed.MELA_CARD])
    assert [state["interval"] for state in states["answers"]] == [100, 200, 300, 0]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"newName": "default"}, {"kind": "already_exists", "deck": "default"}),
        ({"newName": " "}, {"kind": "refused", "field": "newName"}),
        ({"newName": "Cram::x"}, {"kind": "refused", "field": "newName"}),
        ({"newName": "Other::x"}, {"kind": "refused", "deck": "Other::x"}),
        ({"newName": "::".join("x" * 101)}, {"kind": "refused"}),
        ({"terms": []}, {"kind": "refused", "field": "terms"}),
        ({"terms": [ALL] * 3}, {"kind": "refused", "field": "terms"}),
        ({"terms": [{"search": "tag:nosuch"}]}, {"kind": "refused", "field": "terms"}),
        ({"terms": [ALL, {"search": "prop:x"}]}, {"kind": "invalid_search", "field": "terms.1.search"}),
        ({"terms": [ALL, {"search": "a) or (b"}]}, {"kind": "invalid_search", "field": "terms.1.search"}),
        ({"previewDelays": {"again": 100_000}}, {"kind": "invalid_params"}),
        ({"previewDelays": {"easy": 1}}, {"kind": "invalid_params"}),
        ({"terms": [{**ALL, "limit": 0}]}, {"kind": "invalid_params"}),
    ],
    ids=str,
)
@pytest.mark.usefixtures("cram")
def test_what_anki_would_refuse_changes_nothing(gateway, call, update, params, expected):
    call("createFilteredDeck", deck="Other", terms=[ALL])
    before = gateway.col.undo_status(), gateway.col.db.all("select * from decks order by id")
    assert update(**{"reschedule": False, **params}).items() >= expected.items()
    assert (gateway.col.undo_status(), gateway.col.db.all("select * from decks order by id")) == before


@pytest.mark.usefixtures("cram")
def test_other_decks_are_refused(call):
    assert call("updateFilteredDeck", deck="Italian", reschedule=False) == {"kind": "refused", "deck": "Italian"}
    assert call("updateFilteredDeck", deck="Klingon")["kind"] == "deck_not_found"


def test_old_envelopes_update_too(gateway, cram):
    reply = gateway.legacy("updateFilteredDeck", deck="Cram", terms=[ALL], previewDelays={"good": 5})
    assert reply["error"] is None
    assert (reply["result"]["cards"], reply["result"]["previewDelays"]) == (2, {**DELAYS, "good": 5})


# --- Anki empties the deck before it searches ---

SEARCHES = [
    "is:due",
    "is:new is:due",
    "-is:due",
    "prop:due<=0",
    "prop:due<=1",
    "prop:due>1",
    "-prop:due<5",
    "prop:due=10 OR prop:due!=10",
    "is:learn is:due",
    "is:learn",
    "is:new (is:due or tag:none -is:due)",
    "deck:cram",
    "-deck:cram",
    "deck:C*",
    "deck:_ram",
    "deck:\\_ram",
    "deck:filtered",
    "-deck:filtered",
    "deck:current",
    "deck:*",
    '"deck:Home::a b"',
    "deck:Home is:due",
    "did:{cram}",
    "did:{cram},{home} is:due",
    "-did:{cram}",
    "did:{home} is:suspended",
    "prop:pos<3",
    "is:due tag:nope",
    "is\\:due",
    '"is:due"',
]


@for_rows(("kind", "reschedule"), turns(["new", "due", "later", "learning", "all"], lambda kind: [False, True]))
def test_an_update_is_refused_exactly_if_it_would_leave_the_deck_empty(kept, kind, reschedule):
    gateway = kept.unchanged()
    call = gateway.call
    names = {"home": "Home", "below": "Home::a b"}
    decks = {key: call("createDeck", deck=name)["deckId"] for key, name in names.items()}
    added = [
        call("addNotes", notes=[{"deckName": deck, "modelName": "Basic", "fields": {"Front": f"{deck} {n}"}}])
        for n in range(4)
        for deck in ("Home", "Home::a b")
    ]
    assert all(added)
    cards = sorted(gateway.col.find_cards("deck:Home"))
    call("setDueDate", cards=cards[2:4], days="0")
    call("setDueDate", cards=cards[4:6], days="10")
    call("answerCards", answers=[{"cardId": card_id, "ease": 1} for card_id in cards[6:]])
    of_kind = {"new": cards[:2], "due": cards[2:4], "later": cards[4:6], "learning": cards[6:], "all": cards}[kind]
    search = "cid:" + ",".join(map(str, of_kind))
    term = {"search": search, "limit": 9, "order": "added"}
    made = call("createFilteredDeck", deck="Cram", terms=[term], reschedule=reschedule)
    assert made["cards"] == len(of_kind)
    decks["cram"] = made["deckId"]
    before = cards_in(gateway, made["deckId"])
    found = {}
    for search in SEARCHES:
        if "did:" in search and " " in search and not ankis.DID_STANDS_ALONE:
            continue
        # nothing but the cards of the deck may match
        terms = [{**term, "search": f"cid:{','.join(map(str, of_kind))} ({search.format(**decks)})"}]
        left = call("updateFilteredDeck", deck="Cram", terms=terms, allowEmpty=True)["cards"]
        gateway.col.undo()
        status = gateway.col.undo_status()
        answer = call("updateFilteredDeck", deck="Cram", terms=terms, allowEmpty=False)
        if "cards" in answer:
            assert answer["cards"] == left
            gateway.col.undo()
        else:
            assert answer["kind"] == "refused"
            assert gateway.col.undo_status() == status
        assert cards_in(gateway, made["deckId"]) == before
        found[search] = left, "cards" in answer
    assert [search for search, (left, updated) in found.items() if bool(left) != updated] == []


def test_new_cards_of_a_preview_are_not_due(gateway, call):
    call("createFilteredDeck", deck="Cram", terms=[ALL], reschedule=False)
    before = gateway.col.undo_status()
    due = {**ALL, "search": "is:due"}
    refusal = call("updateFilteredDeck", deck="Cram", terms=[due], allowEmpty=False)
    assert refusal["kind"] == "refused"
    assert gateway.col.undo_status() == before
    assert cards_in(gateway, gateway.col.decks.id_for_name("Cram")) == BOTH
