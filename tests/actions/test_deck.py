"""Decks, on a real collection."""

import pytest
import seed

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


@pytest.mark.parametrize(
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
def test_a_deck_is_made_with_its_parents_and_a_tidied_name(gateway, deck, made):
    reply = gateway.legacy("createDeck", deck=deck)
    assert reply["error"] is None
    assert set(names(gateway)) - {"Default", "Italian", "Italian::A1"} == set(made)
    assert gateway.legacy("deckNamesAndIds")["result"][made[-1]] == reply["result"]
    assert gateway.legacy("createDeck", deck=deck)["result"] == reply["result"]


@pytest.mark.parametrize(
    ("deck", "id"),
    [("Italian", seed.ITALIAN), ("iTALIAN::a1", seed.ITALIAN_A1), ("default", 1), (" Italian ", seed.ITALIAN)],
)
def test_a_deck_that_exists_is_left_as_it_is(gateway, deck, id):
    assert gateway.legacy("createDeck", deck=deck) == {"result": id, "error": None}
    assert names(gateway) == ["Default", "Italian", "Italian::A1"]


def test_a_filtered_deck_exists_too_but_can_have_no_child(gateway):
    filtered = gateway.col.decks.new_filtered("Cram")
    assert gateway.legacy("createDeck", deck="cram")["result"] == filtered
    text = "Filtered decks can not have child decks."
    assert gateway.legacy("createDeck", deck="Cram::x") == {"result": None, "error": text}
    assert gateway.rpc("createDeck", {"deck": "Cram::x"})["error"]["data"]["kind"] == "refused"


@pytest.mark.parametrize("deck", [5, True, [], {}])
def test_a_deck_name_must_be_text(gateway, deck):
    assert gateway.legacy("createDeck", deck=deck) == {"result": None, "error": NOT_TEXT}


def test_null_is_no_name_over_json_rpc(gateway):
    assert gateway.rpc("createDeck", {"deck": None})["error"]["code"] == -32602


# --- deleting ---

TOO = "Since Anki 2.1.28 it's not possible to delete decks without deleting cards as well"


@pytest.mark.parametrize("cards_too", [{}, {"cardsToo": False}, {"cardsToo": None}, {"cardsToo": 0}])
@pytest.mark.parametrize("decks", [["Italian"], [], None, 5])
def test_decks_go_only_with_their_cards_which_is_looked_at_first(gateway, decks, cards_too):
    assert gateway.legacy("deleteDecks", decks=decks, **cards_too) == {"result": None, "error": TOO}
    assert names(gateway) == ["Default", "Italian", "Italian::A1"]


@pytest.mark.parametrize(
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
def test_deleting_takes_exact_names_and_skips_others(gateway, decks, left):
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


@pytest.mark.parametrize(
    ("decks", "text"),
    [
        (None, "'NoneType' object is not iterable"),
        (5, "'int' object is not iterable"),
        ("AB", "'str' object is not iterable"),
    ],
)
def test_decks_to_delete_must_be_a_list(gateway, decks, text):
    assert gateway.legacy("deleteDecks", decks=decks, cardsToo=True) == {"result": None, "error": text}
