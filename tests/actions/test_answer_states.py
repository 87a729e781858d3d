"""What each answer would do, and answers that are tied to what was shown, on a real collection."""

import time

import pytest
import seed
from anki.scheduler_pb2 import CardAnswer

BOTH = [seed.MELA_CARD, seed.UVA_CARD]
UNKNOWN = 1234567890123
DAY = 86_400


@pytest.fixture
def states(gateway):
    return lambda *cards: gateway.rpc("getAnswerStates", {"cards": list(cards)})["result"]


@pytest.fixture
def answer(gateway):
    """Answers a card; returns the result, or the data of the error."""

    def one(card, token=None, ease=3, **more):
        answers = [{"cardId": card, "ease": ease, "token": token, **more}]
        answer = gateway.rpc("answerCards", {"answers": answers})
        return answer["result"] if "result" in answer else answer["error"]["data"]

    return one


def filter_deck(gateway, card, reschedule):
    term = {"search": f"cid:{card}"}
    params = {"deck": "Cram", "terms": [term], "reschedule": reschedule}
    return gateway.rpc("createFilteredDeck", params)["result"]


def test_states_tell_what_each_answer_does(gateway, states):
    first, unknown, again = states(seed.MELA_CARD, UNKNOWN, seed.MELA_CARD)
    assert unknown is None
    assert first == again
    assert (first["cardId"], first["state"]) == (seed.MELA_CARD, "new")
    assert [state["ease"] for state in first["answers"]] == [1, 2, 3, 4]
    assert [state["state"] for state in first["answers"]] == ["learning"] * 3 + ["review"]
    assert [state["interval"] for state in first["answers"][:3]] == [60, 330, 600]
    assert first["answers"][3]["interval"] in {days * DAY for days in (3, 4, 5)}
    assert first["answers"][0]["label"] == "<1m"  # without Anki's invisible marks
    for ease in (4, 1):
        interval = states(seed.MELA_CARD)[0]["answers"][ease - 1]["interval"]
        gateway.rpc("answerCards", {"answers": [{"cardId": seed.MELA_CARD, "ease": ease}]})
        if ease == 4:
            assert gateway.col.get_card(seed.MELA_CARD).ivl * DAY == interval
    (forgotten,) = states(seed.MELA_CARD)
    assert forgotten["state"] == "relearning"
    assert [state["state"] for state in forgotten["answers"]] == ["relearning"] * 2 + ["review"] * 2


@pytest.mark.parametrize("reschedule", [True, False])
def test_cards_of_a_filtered_deck_have_states_of_their_own(gateway, states, reschedule):
    gateway.rpc("setDueDate", {"cards": [seed.MELA_CARD], "days": "5"})
    filter_deck(gateway, seed.MELA_CARD, reschedule)
    (found,) = states(seed.MELA_CARD)
    kinds = [state["state"] for state in found["answers"]]
    if reschedule:
        assert (found["state"], kinds) == ("rescheduling", ["rescheduling"] + ["review"] * 3)  # these leave the deck
        assert found["answers"][0]["interval"] == 600
        assert found["answers"][3]["interval"] >= 5 * DAY
    else:
        assert (found["state"], kinds) == ("preview", ["preview"] * 4)
        assert [state["interval"] for state in found["answers"]] == [60, 600, 0, 0]


def test_damaged_cards_have_no_states(gateway, states):
    gateway.col.db.execute("update cards set did = 5 where id = ?", seed.MELA_CARD)
    assert [entry and entry["cardId"] for entry in states(*BOTH)] == [None, seed.UVA_CARD]


def test_many_cards_are_asked_for_at_once(gateway, states):
    assert states() == []
    assert [entry["cardId"] for entry in states(*BOTH * 500)] == BOTH * 500


def test_an_answer_with_its_token_is_recorded_once(gateway, states, answer):
    (shown,) = states(seed.MELA_CARD)
    assert answer(seed.MELA_CARD, shown["token"], time=4000) == [True]
    gateway.rpc("setFlags", {"cards": [seed.UVA_CARD], "flag": 1})
    before = gateway.col.undo_status()
    stale = answer(seed.MELA_CARD, shown["token"], time=4000)
    mod = gateway.col.get_card(seed.MELA_CARD).mod
    assert stale == {"kind": "conflict", "card": seed.MELA_CARD, "mod": mod}
    assert gateway.col.undo_status() == before
    assert gateway.col.db.scalar("select count() from revlog where cid = ?", seed.MELA_CARD) == 1


def test_nothing_is_answered_if_one_token_is_stale(gateway, states):
    first, second = states(*BOTH)
    gateway.rpc("setDueDate", {"cards": [seed.UVA_CARD], "days": "3"})
    answers = [{"cardId": entry["cardId"], "ease": 3, "token": entry["token"]} for entry in (first, second)]
    error = gateway.rpc("answerCards", {"answers": answers})["error"]
    assert (error["code"], error["data"]["card"]) == (205, seed.UVA_CARD)
    assert states(seed.MELA_CARD) == [first]
    assert gateway.col.undo_status().undo == "Set Due Date"


@pytest.mark.parametrize("token", ["", "0" * 24])
def test_a_wrong_token_is_a_conflict_at_any_place_of_a_call(gateway, states, token):
    (shown,) = states(seed.MELA_CARD)
    wrong = {"cardId": seed.MELA_CARD, "ease": 3, "token": token}
    for earlier in ({}, {"token": shown["token"]}):
        answers = [{"cardId": seed.MELA_CARD, "ease": 3, **earlier}, wrong]
        error = gateway.rpc("answerCards", {"answers": answers})["error"]
        assert error["data"]["kind"] == "conflict"
        assert "getAnswerStates" in error["message"]
    assert states(seed.MELA_CARD) == [shown]


def test_a_repeated_again_in_learning_is_noticed(gateway, states, answer):
    """Anki itself compares only the state, which is the same before and after."""
    answer(seed.MELA_CARD, ease=1)
    (shown,) = states(seed.MELA_CARD)
    assert answer(seed.MELA_CARD, shown["token"], ease=1) == [True]
    assert answer(seed.MELA_CARD, shown["token"], ease=1)["kind"] == "conflict"


def test_a_repeated_again_in_a_preview_is_noticed(gateway, states, answer):
    filter_deck(gateway, seed.MELA_CARD, reschedule=False)
    (shown,) = states(seed.MELA_CARD)
    assert answer(seed.MELA_CARD, shown["token"], ease=1) == [True]
    assert answer(seed.MELA_CARD, shown["token"], ease=1)["kind"] == "conflict"


@pytest.mark.parametrize("ease", [1, 4])
def test_a_token_stays_valid_while_time_passes_and_the_card_is_only_flagged_or_suspended(gateway, states, answer, ease):
    """Anki counts the seconds since the last answer into the state of a card in learning."""
    answer(seed.MELA_CARD, ease=4)
    answer(seed.MELA_CARD, ease=1)
    answer(seed.UVA_CARD, ease=ease)
    shown = states(*BOTH)
    time.sleep(1.1)
    gateway.rpc("setFlags", {"cards": BOTH, "flag": 1})
    gateway.rpc("suspend", {"cards": BOTH})
    assert [entry["token"] for entry in states(*BOTH)] == [entry["token"] for entry in shown]
    for entry in shown:
        assert answer(entry["cardId"], entry["token"]) == [True]
    assert gateway.rpc("areSuspended", {"cards": BOTH})["result"] == [False, False]


def test_a_token_is_of_one_card_and_one_answer(gateway, states, answer):
    mela, uva = states(*BOTH)
    assert mela["token"] != uva["token"]
    assert answer(seed.UVA_CARD, mela["token"])["card"] == seed.UVA_CARD
    assert answer(seed.MELA_CARD, "")["card"] == seed.MELA_CARD
    twice = [{"cardId": seed.MELA_CARD, "ease": 3, "token": token} for token in (None, mela["token"])]
    assert gateway.rpc("answerCards", {"answers": twice})["error"]["data"]["card"] == seed.MELA_CARD
    again = [{"cardId": seed.MELA_CARD, "ease": 3, "token": token} for token in (mela["token"], None)]
    assert gateway.rpc("answerCards", {"answers": again})["result"] == [True, True]
    assert answer(UNKNOWN, "x") == [False]
    assert gateway.rpc("undo")["result"]["redo"] == "Answer Cards"
    assert states(seed.MELA_CARD) == [mela]


def test_old_envelopes_get_the_same_conflict(gateway, states):
    (shown,) = states(seed.MELA_CARD)
    answers = [{"cardId": seed.MELA_CARD, "ease": 3, "token": shown["token"]}]
    assert gateway.legacy("answerCards", answers=answers) == {"result": [True], "error": None}
    assert gateway.legacy("answerCards", answers=answers) == {
        "result": None,
        "error": f"The card was answered or changed meanwhile: {seed.MELA_CARD}",
    }


def test_anki_itself_would_lose_the_undo_history_by_a_stale_answer(gateway):
    col = gateway.col
    states = col._backend.get_scheduling_states(seed.MELA_CARD)
    stale = CardAnswer(
        card_id=seed.MELA_CARD,
        current_state=states.current,
        new_state=states.good,
        rating=CardAnswer.GOOD,
        answered_at_millis=int(time.time() * 1000),
        milliseconds_taken=1,
    )
    col._backend.answer_card(stale)
    assert col.undo_status().undo
    with pytest.raises(Exception, match="card was modified"):
        col._backend.answer_card(stale)
    assert not col.undo_status().undo
