"""The cards that come next, on a real collection."""

import pytest
import seed
from sizes import for_rows


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


@for_rows("limit", [0, 101, "1"])
def test_a_limit_out_of_bounds_is_refused(reading, limit):
    assert "limit" in reading.rpc("nextCards", {"limit": limit})["error"]["data"]["fields"]


@pytest.fixture
def shown(gateway, queue):
    """The next card, with chosen params."""
    return lambda **params: queue(**params)["cards"][0]


def test_an_examiner_does_not_see_the_answer(gateway, shown):
    assert shown(sides="both") == shown()
    question, none = shown(sides="question"), shown(sides="none")
    assert question.pop("question") == "mela"
    assert question == none
    assert not {"question", "answer", "token", "states"} & none.keys()


def test_the_question_of_a_cloze_does_not_hold_the_hidden_text(gateway):
    fields = {"Text": 'the {{c1::green "secret::here"<b>x</b>}} of {{c1::a {{c2::nested}} one}} {{c2::shown}}'}
    gateway.rpc("addNote", {"note": {"deckName": "Default", "modelName": "Cloze", "fields": fields}})
    both = gateway.rpc("nextCards", {"limit": 2})["result"]["cards"]
    for card in gateway.rpc("nextCards", {"limit": 2, "sides": "question"})["result"]["cards"]:
        assert "[...]" in card["question"] or "[here" in card["question"]
        assert "data-cloze" not in card["question"]
        assert '<span class="cloze" data-ordinal' in card["question"]
    assert all("data-cloze" in card["question"] for card in both)  # as Anki renders it


def test_tokens_and_states_of_the_queue_are_those_of_the_cards(gateway, queue):
    for _ in range(3):
        cards = queue(limit=5, states=True)["cards"]
        found = gateway.rpc("getAnswerStates", {"cards": [card["cardId"] for card in cards]})["result"]
        assert [(card["token"], card["states"]) for card in cards] == [
            (entry["token"], entry["answers"]) for entry in found
        ]
        assert [state["label"] for state in cards[0]["states"]] == cards[0]["nextReviews"]
        answers = [{"cardId": card["cardId"], "ease": 1, "token": card["token"]} for card in cards]
        assert gateway.rpc("answerCards", {"answers": answers})["result"] == [True, True]


def test_old_envelopes_get_the_reply_that_they_always_got(gateway, shown):
    reply = gateway.legacy("nextCards")["result"]["cards"][0]
    assert reply == shown()
    assert [*reply] == [*("cardId", "noteId", "deckName", "modelName", "queue", "question", "answer", "nextReviews")]


def test_other_sides_are_refused(reading):
    assert "sides" in reading.rpc("nextCards", {"sides": "answer"})["error"]["data"]["fields"]
