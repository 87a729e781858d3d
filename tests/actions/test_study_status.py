"""What is left in the current deck, on a real collection."""

import pytest
import seed

A1 = "Italian::A1"


@pytest.fixture
def call(gateway):
    def call(method, params=None):
        response = gateway.rpc(method, params)
        assert "error" not in response, response
        return response["result"]

    return call


@pytest.fixture
def status(call):
    return lambda: call("getStudyStatus")


def limit(call, **limits):
    call("setDeckLimits", {"decks": ["Italian", A1], **limits})


def test_a_deck_with_cards_is_not_finished(call, status):
    call("selectDeck", {"deck": "Italian"})  # its cards are in a sub-deck
    found = status()
    assert (found["deck"], found["finished"], found["newLeft"], found["reviewsLeft"]) == ("Italian", False, True, False)
    assert (found["isFiltered"], found["description"]) == (False, "")


def test_a_finished_deck_says_what_todays_limits_hold_back(call, status):
    call("selectDeck", {"deck": A1})
    limit(call, newCards=0)
    assert (status()["finished"], status()["newLeft"], status()["reviewsLeft"]) == (True, True, False)
    call("setDueDate", {"cards": [seed.MELA_CARD], "days": "0"})
    limit(call, reviews=0)
    assert (status()["finished"], status()["newLeft"], status()["reviewsLeft"]) == (True, True, True)
    call("suspend", {"cards": [seed.MELA_CARD, seed.UVA_CARD]})
    assert (status()["finished"], status()["newLeft"], status()["reviewsLeft"]) == (True, False, False)


def test_a_card_in_learning_says_when_it_comes_and_no_card_is_null_instead_of_a_day(gateway, call, status):
    call("selectDeck", {"deck": A1})
    limit(call, newCards=0)
    assert (status()["learningLeft"], status()["nextLearningIn"]) == (0, None)
    call("answerCards", {"answers": [{"cardId": seed.MELA_CARD, "ease": 3}]})
    ahead = status()
    assert (ahead["learningLeft"], ahead["finished"], ahead["nextLearningIn"]) == (
        1,
        False,
        60,
    )  # it can be learned ahead
    gateway.col.db.execute("update cards set due = due + 3000 where id = ?", seed.MELA_CARD)
    later = status()
    assert (later["learningLeft"], later["finished"]) == (1, True)
    assert 60 < later["nextLearningIn"] <= 3000


def test_buried_cards_are_told_apart(gateway, call, status):
    call("selectDeck", {"deck": A1})
    assert (status()["buriedByHand"], status()["buriedSiblings"]) == (False, False)
    call("buryCards", {"cards": [seed.MELA_CARD]})
    assert (status()["buriedByHand"], status()["buriedSiblings"]) == (True, False)
    gateway.col.db.execute("update cards set queue = -2 where id = ?", seed.UVA_CARD)
    assert (status()["finished"], status()["buriedSiblings"]) == (True, True)


def test_a_filtered_deck_and_a_description_are_told(gateway, call, status):
    call("createFilteredDeck", {"deck": "Cram", "terms": [{"search": f"cid:{seed.MELA_CARD}"}]})
    assert (status()["deck"], status()["isFiltered"]) == ("Cram", True)
    call("selectDeck", {"deck": "Italian"})
    call("setDeckDescription", {"deck": "Italian", "description": "*weekly*<script>x</script>"})
    assert status()["description"] == ""  # which Anki shows only on the deck's overview
    deck = gateway.col.decks.get(seed.ITALIAN)
    deck["md"] = True
    gateway.col.decks.update_dict(deck)
    assert status()["description"] == "<p><em>weekly</em></p>\n"


def test_nothing_is_written_and_old_envelopes_get_the_same(gateway, call, status):
    call("suspend", {"cards": [seed.MELA_CARD]})
    before = gateway.col.mod, gateway.col.undo_status()
    assert gateway.legacy("getStudyStatus") == {"result": status(), "error": None}
    assert (gateway.col.mod, gateway.col.undo_status()) == before
