"""The cards that come next, on a real collection."""

import pytest
import seed


@pytest.fixture
def queue(gateway):
    """What comes next in a deck of two new cards."""
    gateway.rpc("selectDeck", {"deck": "Italian"})
    return lambda **params: gateway.rpc("nextCards", params)["result"]


def test_the_next_cards_come_in_ankis_order_with_both_sides_and_what_each_answer_does(gateway, queue):
    found = queue(limit=5)
    first, second = found.pop("cards")
    assert found == {"deck": "Italian", "new": 2, "learning": 0, "review": 0}
    assert (first["cardId"], second["cardId"]) == (seed.MELA_CARD, seed.UVA_CARD)
    labels = first.pop("nextReviews")
    assert first == {
        "cardId": seed.MELA_CARD,
        "noteId": seed.MELA,
        "deckName": "Italian::A1",
        "modelName": "Italian vocab",
        "queue": "new",
        "question": "mela",
        "answer": "mela\n\n<hr id=answer>\n\napple",
    }
    assert len(labels) == 4
    assert all(labels)


def test_an_answered_card_goes_on_in_learning_and_is_next_when_nothing_else_is_left(gateway, queue):
    (first,) = queue()["cards"]
    gateway.rpc("answerCards", {"answers": [{"cardId": first["cardId"], "ease": 1}]})
    left = queue()
    assert (left["new"], left["learning"]) == (1, 1)
    (second,) = left["cards"]
    assert second["cardId"] == seed.UVA_CARD
    gateway.rpc("answerCards", {"answers": [{"cardId": second["cardId"], "ease": 4}]})
    (again,) = queue()["cards"]  # Anki shows it before its time where nothing else is left
    assert (again["cardId"], again["queue"]) == (seed.MELA_CARD, "learning")
    gateway.rpc("undo")
    assert queue()["cards"][0]["cardId"] == seed.UVA_CARD


def test_daily_limits_are_kept(gateway, queue):
    options = gateway.rpc("getDeckConfig", {"deck": "Italian"})["result"]
    options["new"]["perDay"] = 0
    assert gateway.rpc("saveDeckConfig", {"config": options})["result"] is True
    assert (queue()["new"], queue()["cards"]) == (0, [])


@pytest.mark.parametrize("limit", [0, 101, "1"])
def test_a_limit_out_of_bounds_is_refused(gateway, limit):
    assert "limit" in gateway.rpc("nextCards", {"limit": limit})["error"]["data"]["fields"]
