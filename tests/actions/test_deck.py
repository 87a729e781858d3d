"""Decks, on a real collection."""

import time

import pytest
import seed
from sizes import for_rows

NOT_TEXT = "bad argument type for built-in operation"


def names(gateway):
    return gateway.legacy("deckNames")["result"]


def test_decks_come_in_alphabetical_order_without_regard_to_case_and_filtered_ones_too(gateway):
    for name in ("b", "A::x", "C"):
        gateway.legacy("createDeck", deck=name)
    filtered = gateway.col.decks.new_filtered("aa")
    assert names(gateway) == ["A", "A::x", "aa", "b", "C", "Default", "Italian", "Italian::A1"]
    ids = gateway.legacy("deckNamesAndIds")["result"]
    assert list(ids) == names(gateway)
    assert (ids["Default"], ids["aa"], ids["Italian"]) == (1, filtered, seed.ITALIAN)


@for_rows(
    ("deck", "made"),
    [
        ("New", ["New"]),
        ("A::B::C", ["A", "A::B", "A::B::C"]),
        (" A :: B ", ["A", "A::B"]),
        ("", ["blank"]),
        (None, ["blank"]),
        ("A::", ["A", "A::blank"]),
        ("e\u0301", ["\u00e9"]),
        ("😀", ["😀"]),
        ('say "x"', ['say "x"']),
        ("Italian::A2", ["Italian::A2"]),
    ],
)
def test_a_deck_is_made_with_its_parents_and_a_tidied_name(kept, deck, made):
    gateway = kept.unchanged()
    reply = gateway.legacy("createDeck", deck=deck)
    assert reply["error"] is None
    assert set(names(gateway)) - {"Default", "Italian", "Italian::A1"} == set(made)
    assert gateway.legacy("deckNamesAndIds")["result"][made[-1]] == reply["result"]
    assert gateway.legacy("createDeck", deck=deck)["result"] == reply["result"]


@for_rows(
    ("deck", "id"),
    [("Italian", seed.ITALIAN), ("iTALIAN::a1", seed.ITALIAN_A1), ("default", 1), (" Italian ", seed.ITALIAN)],
)
def test_a_deck_that_exists_is_left_as_it_is(reading, deck, id):
    assert reading.legacy("createDeck", deck=deck) == {"result": id, "error": None}
    assert names(reading) == ["Default", "Italian", "Italian::A1"]


def test_a_filtered_deck_exists_too_but_can_have_no_child(gateway):
    filtered = gateway.col.decks.new_filtered("Cram")
    assert gateway.legacy("createDeck", deck="cram")["result"] == filtered
    text = "Filtered decks can not have child decks."
    assert gateway.legacy("createDeck", deck="Cram::x") == {"result": None, "error": text}
    assert gateway.rpc("createDeck", {"deck": "Cram::x"})["error"]["data"]["kind"] == "refused"


@for_rows(
    ("deck", "name"),
    [
        ("new::  child ", "new::child"),
        ("italian::a1", "Italian::A1"),
        ("ITALIAN::new", "Italian::new"),
        ("a::::b", "a::blank::b"),
    ],
)
def test_json_rpc_names_the_deck_as_anki_has_it(kept, deck, name):
    gateway = kept.unchanged()
    made = gateway.rpc("createDeck", {"deck": deck})["result"]
    assert made == {"deckId": gateway.col.decks.id_for_name(name), "name": name}
    assert made["name"] in names(gateway)
    assert gateway.rpc("createDeck", {"deck": deck})["result"] == made


def test_a_name_of_very_many_levels_is_refused_at_once(reading):
    began = time.process_time()
    error = reading.rpc("createDeck", {"deck": "::".join(["a"] * 100_000)})["error"]
    assert error["message"] == "deck nesting level too deep"
    assert time.process_time() - began < 5


@for_rows("deck", [5, True, [], {}])
def test_a_deck_name_must_be_text(reading, deck):
    assert reading.legacy("createDeck", deck=deck) == {"result": None, "error": NOT_TEXT}


def test_null_is_no_name_over_json_rpc(reading):
    assert reading.rpc("createDeck", {"deck": None})["error"]["code"] == -32602


# --- deleting ---

TOO = "Since Anki 2.1.28 it's not possible to delete decks without deleting cards as well"


@for_rows("cards_too", [{}, {"cardsToo": False}, {"cardsToo": None}, {"cardsToo": 0}])
@for_rows("decks", [["Italian"], [], None, 5])
def test_decks_go_only_with_their_cards_which_is_looked_at_first(reading, decks, cards_too):
    assert reading.legacy("deleteDecks", decks=decks, **cards_too) == {"result": None, "error": TOO}
    assert names(reading) == ["Default", "Italian", "Italian::A1"]


@for_rows(
    ("decks", "left"),
    [
        (["Italian"], ["Default"]),
        (["Italian::A1"], ["Default", "Italian"]),
        (["Italian", "Italian::A1", "Italian"], ["Default"]),
        (["italian", "ITALIAN::A1", " Italian", "nope", ""], ["Default", "Italian", "Italian::A1"]),
        ([5, None, "Italian::A1"], ["Default", "Italian"]),
        ([], ["Default", "Italian", "Italian::A1"]),
    ],
)
def test_deleting_takes_exact_names_and_skips_others(kept, decks, left):
    gateway = kept.unchanged()
    assert gateway.legacy("deleteDecks", decks=decks, cardsToo=True) == {"result": None, "error": None}
    assert names(gateway) == left
    notes = gateway.legacy("findNotes", query="")["result"]
    assert notes == ([seed.MELA, seed.UVA] if "Italian::A1" in left else [])


def test_default_is_emptied_but_stays(gateway):
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "x"}}
    gateway.legacy("addNote", note=note)
    assert gateway.legacy("deleteDecks", decks=["Default"], cardsToo=1)["error"] is None
    assert "Default" in names(gateway)
    assert gateway.legacy("findCards", query="deck:Default")["result"] == []


def test_a_filtered_deck_is_dissolved_and_its_cards_go_home(gateway):
    deck_id = gateway.col.decks.new_filtered("Cram")
    gateway.col.sched.rebuild_filtered_deck(deck_id)
    gateway.legacy("deleteDecks", decks=["Cram"], cardsToo=True)
    assert gateway.col.get_card(seed.MELA_CARD).did == seed.ITALIAN_A1


def test_deleting_several_decks_is_one_step_to_undo(gateway):
    gateway.legacy("createDeck", deck="x")
    gateway.legacy("deleteDecks", decks=["Italian", "x"], cardsToo=True)
    gateway.col.undo()
    assert {"Italian", "x"} <= set(names(gateway))


@for_rows(
    ("decks", "text"),
    [
        (None, "'NoneType' object is not iterable"),
        (5, "'int' object is not iterable"),
        ("AB", "'str' object is not iterable"),
        ({"Italian": 1}, "'dict' object is not iterable"),
    ],
)
def test_decks_to_delete_must_be_a_list(reading, decks, text):
    assert reading.legacy("deleteDecks", decks=decks, cardsToo=True) == {"result": None, "error": text}


@for_rows("decks", [[], {}, ""])
def test_no_decks_are_a_list_however_they_are_written(reading, decks):
    before = reading.legacy("deckNames")
    assert reading.legacy("deleteDecks", decks=decks, cardsToo=True) == {"result": None, "error": None}
    assert reading.legacy("deckNames") == before


# --- cards in decks ---

CARDS = [seed.MELA_CARD, seed.UVA_CARD]


def test_cards_are_grouped_by_deck_in_their_order_and_as_they_were_sent(reading):
    first, second = CARDS
    assert reading.legacy("getDecks", cards=[])["result"] == {}
    assert reading.legacy("getDecks", cards=[second, first, second])["result"] == {
        "Italian::A1": [second, first, second]
    }
    mixed = reading.legacy("getDecks", cards=[5, str(first), first, "x", None])["result"]
    assert mixed == {"Default": [5, "x", None], "Italian::A1": [str(first), first]}
    assert list(mixed) == ["Default", "Italian::A1"]
    numbers = reading.legacy("getDecks", cards=[float(first), first + 0.5, 1e300])["result"]
    assert numbers == {"Italian::A1": [first], "Default": [first + 0.5, 1e300]}
    assert reading.legacy("getDecks", cards="ab")["result"] == {"Default": ["a", "b"]}


def test_unknown_cards_are_an_error_over_json_rpc(reading):
    error = reading.rpc("getDecks", {"cards": [seed.UVA_CARD, 5]})["error"]
    assert error["data"] == {"kind": "card_not_found", "card": 5, "index": 1}
    assert reading.rpc("getDecks", {"cards": ["5"]})["error"]["code"] == -32602


def test_a_card_in_a_filtered_deck_counts_for_that_one(gateway):
    gateway.col.sched.rebuild_filtered_deck(gateway.col.decks.new_filtered("Cram"))
    assert gateway.legacy("getDecks", cards=CARDS)["result"] == {"Cram": CARDS}


@for_rows("action", ["getDecks", "changeDeck"])
@for_rows(("cards", "kind"), [(None, "NoneType"), (5, "int")])
def test_cards_must_be_a_list(reading, action, cards, kind):
    deck = {"deck": "Italian"} if action == "changeDeck" else {}
    assert reading.legacy(action, cards=cards, **deck)["error"] == f"'{kind}' object is not iterable"


def test_changing_the_deck_makes_it_and_is_one_step_to_undo(gateway):
    first, second = CARDS
    assert gateway.legacy("changeDeck", cards=[first, str(second), first, 5], deck="Neu::é😀") == {
        "result": None,
        "error": None,
    }
    assert gateway.legacy("getDecks", cards=CARDS)["result"] == {"Neu::é😀": CARDS}
    assert gateway.col.undo_status().undo == "Change Deck"
    gateway.col.undo()
    assert names(gateway) == ["Default", "Italian", "Italian::A1"]
    assert gateway.legacy("getDecks", cards=CARDS)["result"] == {"Italian::A1": CARDS}
    assert gateway.col.undo_status().undo == ""


def test_moving_to_a_deck_that_exists_is_one_step_too(gateway):
    gateway.legacy("changeDeck", cards=CARDS, deck="iTALIAN")
    gateway.col.undo()
    assert gateway.legacy("getDecks", cards=CARDS)["result"] == {"Italian::A1": CARDS}
    assert gateway.col.undo_status().undo == ""


@pytest.mark.parametrize("cards", [[], [5]])
def test_the_deck_is_made_even_for_no_card(gateway, cards):
    assert gateway.legacy("changeDeck", cards=cards, deck="New")["error"] is None
    assert "New" in names(gateway)
    gateway.col.undo()
    assert gateway.col.undo_status().undo == ""


def test_no_card_goes_to_a_filtered_deck_by_hand(gateway):
    gateway.col.decks.new_filtered("Cram")
    gateway.legacy("createDeck", deck="before")
    text = "Cards can't be manually moved into a filtered deck."
    assert gateway.legacy("changeDeck", cards=CARDS, deck="Cram")["error"] == text
    text = "Filtered decks can not have child decks."
    assert gateway.legacy("changeDeck", cards=CARDS, deck="cram::x")["error"] == text
    assert gateway.legacy("createDeck", deck="cram::x::y")["error"] == text
    error = gateway.rpc("changeDeck", {"cards": CARDS, "deck": "Cram"})["error"]
    assert error["data"] == {"kind": "refused", "deck": "Cram"}
    error = gateway.rpc("changeDeck", {"cards": [*CARDS, 5], "deck": "Cram"})["error"]
    assert error["data"] == {"kind": "card_not_found", "card": 5, "index": 2}
    assert gateway.col.undo_status().undo == "Add Deck"  # a write that failed would have wiped it


def test_a_card_leaves_its_filtered_deck(gateway):
    gateway.col.sched.rebuild_filtered_deck(gateway.col.decks.new_filtered("Cram"))
    gateway.legacy("changeDeck", cards=[seed.MELA_CARD], deck="Italian")
    card = gateway.col.get_card(seed.MELA_CARD)
    assert (card.did, card.odid) == (seed.ITALIAN, 0)


@pytest.mark.parametrize("card", ["abc", None])
def test_no_text_gets_into_sql(reading, card):
    error = reading.legacy("changeDeck", cards=[card], deck="x")["error"]
    assert error.startswith('DbError { info: "SqlInputError')
    assert reading.rpc("changeDeck", {"cards": [card], "deck": "x"})["error"]["code"] == -32602
    assert "x" not in names(reading)


# --- describing ---


@for_rows("deck_id", [seed.ITALIAN_A1, str(seed.ITALIAN_A1), seed.ITALIAN_A1 + 0.0])
def test_a_deck_is_found_by_its_id(reading, deck_id):
    assert reading.legacy("deckNameFromId", deckId=deck_id) == {"result": "Italian::A1", "error": None}


@for_rows("deck_id", [5, None, 0, "5", True])
def test_an_unknown_id_is_default_for_old_clients_only(reading, deck_id):
    assert reading.legacy("deckNameFromId", deckId=deck_id) == {"result": "Default", "error": None}
    error = reading.rpc("deckNameFromId", {"deckId": 5})["error"]
    assert error["message"] == "deck was not found: 5. deckNamesAndIds lists all decks."
    assert error["data"] == {"kind": "deck_not_found", "deck": 5}
    unknown = "AnkiConnect.deckNameFromId() got an unexpected keyword argument 'lenient'"
    assert reading.legacy("deckNameFromId", deckId=5, lenient=True)["error"] == unknown


def test_a_deck_id_must_be_a_number(reading):
    text = "invalid literal for int() with base 10: 'x'"
    assert reading.legacy("deckNameFromId", deckId="x")["error"] == text
    text = "int() argument must be a string, a bytes-like object or a real number, not 'list'"
    assert reading.legacy("deckNameFromId", deckId=[])["error"] == text


def test_counts_come_in_the_order_of_the_deck_list_and_make_no_deck(gateway):
    gateway.legacy("createDeck", deck="A")
    result = gateway.legacy("getDeckStats", decks=["ITALIAN", "nope", "Italian::A1", "A", "A", "Default"])["result"]
    assert [stats["name"] for stats in result.values()] == ["A", "Italian", "A1"]
    assert list(result) == [str(stats["deck_id"]) for stats in result.values()]
    keys = ["deck_id", "name", "new_count", "learn_count", "review_count", "total_in_deck"]
    assert [list(stats) for stats in result.values()] == [keys] * 3
    assert list(result[str(seed.ITALIAN)].values()) == [seed.ITALIAN, "Italian", 2, 0, 0, 0]
    assert "nope" not in names(gateway)
    assert gateway.legacy("getDeckStats", decks=[]) == {"result": {}, "error": None}
    assert gateway.legacy("getDeckStats", decks="xyz") == {"result": {}, "error": None}


@pytest.mark.parametrize(("decks", "text"), [(None, "'NoneType' object is not iterable"), ([5], NOT_TEXT)])
def test_decks_to_count_are_a_list_of_names(reading, decks, text):
    assert reading.legacy("getDeckStats", decks=decks)["error"] == text


def test_a_description_is_one_step_to_undo_and_the_same_text_none(gateway):
    text = "Weekly <b>list</b> שלום"
    assert gateway.legacy("setDeckDescription", deck="Italian", description=text) == {"result": True, "error": None}
    assert gateway.legacy("getDeckDescription", deck="Italian") == {"result": text, "error": None}
    gateway.col.undo()
    assert gateway.legacy("getDeckDescription", deck="Italian")["result"] == ""
    gateway.legacy("setDeckDescription", deck="Italian", description="")
    assert gateway.col.undo_status().undo == ""


def test_a_filtered_deck_has_no_description(gateway):
    gateway.col.decks.new_filtered("Cram")
    error = gateway.rpc("setDeckDescription", {"deck": "Cram", "description": "x"})["error"]
    assert error["data"] == {"kind": "refused", "deck": "Cram"}
    assert gateway.legacy("getDeckDescription", deck="Cram") == {"result": "", "error": None}


@for_rows("deck", ["nope", "italian", "", 5])
def test_a_description_belongs_to_an_exact_name(reading, deck):
    text = f"Deck not found: {deck}"
    assert reading.legacy("getDeckDescription", deck=deck) == {"result": None, "error": text}
    assert reading.legacy("setDeckDescription", deck=deck, description="") == {"result": None, "error": text}


def test_a_description_is_text(reading):
    text = "description must be a string"
    for description in (5, None, []):
        assert reading.legacy("setDeckDescription", deck="Italian", description=description)["error"] == text


@for_rows(
    ("deck", "returned"),
    [("italian", "Italian"), (" A :: b ", "A::b"), ("italian::new", "Italian::new"), ("x::::y", "x::blank::y")],
)
def test_json_rpc_returns_the_name_of_the_deck_that_cards_are_in_now(kept, deck, returned):
    gateway = kept.unchanged()
    assert gateway.rpc("changeDeck", {"cards": [seed.MELA_CARD], "deck": deck})["result"] == returned
    assert gateway.legacy("cardsInfo", cards=[seed.MELA_CARD])["result"][0]["deckName"] == returned
    assert gateway.legacy("changeDeck", cards=[seed.MELA_CARD], deck=deck) == {"result": None, "error": None}


def test_the_name_of_a_new_filtered_deck_is_told(gateway):
    made = gateway.rpc("createFilteredDeck", {"deck": " italian :: x ", "terms": [{"search": "mela", "limit": 9}]})
    assert made["result"]["name"] in gateway.legacy("deckNames")["result"]
