"""Unburying a deck, and the order of its new cards, on a real collection."""

import pytest
import seed

BOTH = [seed.MELA_CARD, seed.UVA_CARD]
A1 = "Italian::A1"
UNKNOWN = 1234567890123


@pytest.fixture
def call(gateway):
    """Calls; returns the result, or the error."""

    def call(method, **params):
        response = gateway.rpc(method, params)
        return response["result"] if "result" in response else response["error"]

    return call


@pytest.fixture
def unchanged(gateway, call):
    """Asserts that calls leave undo and redo as they are."""
    call("setFlags", cards=[seed.MELA_CARD], flag=1)
    call("setFlags", cards=[seed.MELA_CARD], flag=2)
    gateway.col.undo()
    before = gateway.col.undo_status()
    yield
    assert gateway.col.undo_status() == before
    assert before.undo
    assert before.redo


def queues(gateway):
    return [gateway.col.get_card(card).queue for card in BOTH]


def due(gateway, cards=BOTH):
    return [gateway.col.db.scalar("select iif(odid, odue, due) from cards where id = ?", card) for card in cards]


# --- unburying ---


@pytest.fixture
def buried(gateway, call):
    """One card is buried by hand, the other as a sibling."""
    call("buryCards", cards=[seed.MELA_CARD])
    gateway.col.db.execute("update cards set queue = -2 where id = ?", seed.UVA_CARD)


@pytest.mark.usefixtures("buried")
@pytest.mark.parametrize(
    ("which", "count", "after"), [("all", 2, [0, 0]), ("byHand", 1, [0, -2]), ("siblings", 1, [-3, 0])]
)
def test_a_deck_is_unburied_with_its_sub_decks_as_one_step(gateway, call, which, count, after):
    assert call("unburyDeck", deck="italian", which=which) == count
    assert queues(gateway) == after
    assert gateway.col.undo_status().undo == "Unbury/Unsuspend"
    gateway.col.undo()
    assert queues(gateway) == [-3, -2]


def test_all_are_unburied_by_default_and_suspended_cards_stay(gateway, call, buried):
    gateway.col.db.execute("update cards set queue = -1 where id = ?", seed.UVA_CARD)
    assert call("unburyDeck", deck="Italian") == 1
    assert queues(gateway) == [0, -1]


def test_cards_of_other_decks_stay_buried(gateway, call, buried):
    call("createDeck", deck="Italian::A1x")
    call("createDeck", deck="Italian::B")
    call("changeDeck", cards=[seed.UVA_CARD], deck="Italian::A1x")
    for deck, count in (("Italian::B", 0), (A1, 1), ("Default", 0), ("Italian::A1x", 1)):
        assert call("unburyDeck", deck=deck) == count


def test_where_nothing_is_buried_undo_and_redo_stay(unchanged, call):
    for which in ("all", "byHand", "siblings"):
        assert call("unburyDeck", deck="Italian", which=which) == 0


def test_unknown_decks_are_errors(unchanged, call):
    assert call("unburyDeck", deck="nosuch")["data"]["kind"] == "deck_not_found"
    assert call("sortNewCards", deck="nosuch", order="added")["data"]["kind"] == "deck_not_found"
    assert call("unburyDeck", deck="Italian", which="x")["code"] == -32602
    assert call("sortNewCards", deck="Italian", order="x")["code"] == -32602


def test_a_damaged_card_is_refused_before_anything_is_written(gateway, call, buried):
    call("setFlags", cards=[seed.UVA_CARD], flag=1)
    gateway.col.db.execute("update cards set ord = 'x' where id = ?", seed.MELA_CARD)
    before = gateway.col.undo_status()
    assert call("unburyDeck", deck="Italian")["data"] == {"kind": "refused", "card": seed.MELA_CARD}
    assert call("sortNewCards", deck=A1, order="random")["data"] == {"kind": "refused", "card": seed.MELA_CARD}
    assert gateway.col.undo_status() == before
    assert gateway.col.db.scalar("select queue from cards where id = ?", seed.UVA_CARD) == -2


# --- the order of new cards ---


def add(gateway, call, count, deck=A1):
    """Add notes with two cards each; return the ids of the cards, by note."""
    fields = [{"Front": f"{deck} {n}", "Back": "b"} for n in range(count)]
    model = "Basic (and reversed card)"
    notes = call("addNotes", notes=[{"deckName": deck, "modelName": model, "fields": each} for each in fields])
    return [gateway.col.get_note(note["id"]).card_ids() for note in notes]


def test_new_cards_are_sorted_by_the_age_of_their_notes(gateway, call):
    added = add(gateway, call, 3)
    call("repositionNewCards", orderedCardIds=[added[2][0], seed.UVA_CARD], startPosition=1, step=1, shift=True)
    assert call("sortNewCards", deck="italian::a1", order="added") == 8
    assert due(gateway) == [1, 2]
    assert [due(gateway, cards) for cards in added] == [[3, 3], [4, 4], [5, 5]]
    assert gateway.col.undo_status().undo == "Reposition"
    gateway.col.undo()
    assert due(gateway) != [1, 2]


def test_new_cards_are_mixed_and_those_of_a_note_stay_together(gateway, call):
    added = add(gateway, call, 30)
    assert call("sortNewCards", deck=A1, order="random") == 62
    positions = [due(gateway, cards) for cards in added]
    assert all(first == second for first, second in positions)
    assert sorted([first for first, _ in positions] + due(gateway)) == list(range(1, 33))
    assert [first for first, _ in positions] != sorted(first for first, _ in positions)
    gateway.col.undo()
    assert due(gateway) == [1, 2]


def test_cards_of_sub_decks_keep_their_positions(gateway, call):
    gateway.col.db.execute("update cards set due = 70 - due")
    before = due(gateway)
    assert call("sortNewCards", deck="Italian", order="added") == 0
    assert call("sortNewCards", deck="Italian", order="random") == 0
    assert due(gateway) == before
    assert call("sortNewCards", deck=A1, order="added") == 2
    assert due(gateway) == [1, 2]


def test_cards_that_are_in_a_filtered_deck_are_sorted_at_home(gateway, call):
    gateway.col.db.execute("update cards set due = 70 - due")
    call("createFilteredDeck", deck="Cram", terms=[{"search": f"cid:{seed.MELA_CARD}"}])
    assert call("sortNewCards", deck=A1, order="added") == 2
    assert due(gateway) == [1, 2]
    before = gateway.col.undo_status()
    assert call("sortNewCards", deck="Cram", order="added")["data"] == {"kind": "refused", "deck": "Cram"}
    assert gateway.col.undo_status() == before


def test_cards_in_order_are_not_written_again(unchanged, call):
    assert call("sortNewCards", deck=A1, order="added") == 2
    assert call("sortNewCards", deck="Default", order="random") == 0


def test_a_single_note_cannot_be_mixed(gateway, call):
    call("changeDeck", cards=[seed.UVA_CARD], deck="Italian")
    call("repositionNewCards", orderedCardIds=[seed.UVA_CARD], startPosition=9, step=1, shift=False)
    before = gateway.col.undo_status()
    assert call("sortNewCards", deck="Italian", order="random") == 1
    assert gateway.col.undo_status() == before


def test_reviewed_cards_keep_their_day(gateway, call):
    call("setDueDate", cards=[seed.MELA_CARD], days="4")
    before = due(gateway, [seed.MELA_CARD])
    (note_cards,) = add(gateway, call, 1)
    call("repositionNewCards", orderedCardIds=note_cards, startPosition=1, step=1, shift=False)
    assert call("sortNewCards", deck=A1, order="added") == 3
    assert due(gateway, [seed.MELA_CARD]) == before
    assert due(gateway, [seed.UVA_CARD]) < due(gateway, note_cards[:1])
    again = gateway.col.undo_status()
    assert call("sortNewCards", deck=A1, order="added") == 3
    assert gateway.col.undo_status() == again


def test_old_envelopes_get_the_same(gateway, buried):
    assert gateway.legacy("unburyDeck", deck="Italian") == {"result": 2, "error": None}
    assert gateway.legacy("sortNewCards", deck=A1, order="random") == {"result": 2, "error": None}
