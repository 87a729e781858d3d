"""Daily limits of decks, on a real collection."""

import pytest
from anki.scheduler_pb2 import CustomStudyRequest
from sizes import for_rows

A1 = "Italian::A1"
NONE = {"new": None, "reviews": None}
PRESET = {"new": 20, "reviews": 200}


@pytest.fixture
def limits(call):
    """The limits of a deck."""
    return lambda deck: call("getDeckLimits", decks=[deck])[0]


@pytest.fixture
def many(gateway, call):
    """Thirty new cards, and thirty that are due."""
    note = {"deckName": A1, "modelName": "Basic"}
    call("addNotes", notes=[{**note, "fields": {"Front": str(n), "Back": "b"}} for n in range(60)])
    cards = call("findCards", query="note:Basic")
    call("setDueDate", cards=cards[30:], days="0")
    return cards


def left(deck, new, reviews):
    return {"deck": deck, "newToday": new, "reviewToday": reviews}


def test_limits_are_set_read_and_taken_away(call, limits):
    assert limits(A1)["preset"] == PRESET
    wanted = {"newCards": 5, "reviews": 0, "newCardsToday": 7, "reviewsToday": 9_999}
    assert call("setDeckLimits", decks=["italian::a1", "Italian", A1], **wanted) == 2
    for deck in (A1, "Italian"):
        assert limits(deck) == {
            "deck": deck,
            "preset": PRESET,
            "deckLimit": {"new": 5, "reviews": 0},
            "today": {"new": 7, "reviews": 9_999},
            "answeredToday": {"new": 0, "reviews": 0},
        }
    assert call("setDeckLimits", decks=[A1, "Italian"], **wanted) == 0
    assert call("setDeckLimits", decks=[A1], remove=None) == 0  # as many serialisers write what is not set
    assert call("setDeckLimits", decks=["Italian"], reviews=None, newCardsToday=None) == 1
    found = limits("Italian")
    assert (found["deckLimit"], found["today"]) == ({"new": 5, "reviews": None}, {"new": None, "reviews": 9_999})
    assert call("undo")["redo"] == "Set Daily Limits"
    assert call("setDeckLimits", decks=["Italian"], remove=["reviews", "newCardsToday"]) == 1
    assert limits("Italian") == found
    assert call("undo")["redo"] == "Set Daily Limits"
    assert call("undo")["redo"] == "Set Daily Limits"
    assert [entry["deckLimit"] for entry in call("getDeckLimits")] == [NONE] * 3  # one step for two decks


def test_limits_count_for_the_cards_of_today(call, many):
    assert call("deckStatistics", decks=[A1])[0]["newToday"] == 20
    call("setDeckLimits", decks=[A1], newCards=5)
    assert call("deckStatistics", decks=[A1])[0]["newToday"] == 5
    call("setDeckLimits", decks=[A1], newCardsToday=3)
    assert call("deckStatistics", decks=[A1])[0]["newToday"] == 3


def test_a_limit_of_another_day_is_not_in_force(gateway, call, limits):
    gateway.col.db.execute("update col set crt = crt - 5 * 86400")  # today is the fifth day
    today = gateway.col.sched.today
    deck = gateway.col.decks.by_name(A1)
    deck["newLimitToday"] = {"limit": 3, "today": today - 1}
    gateway.col.decks.update_dict(deck)
    assert today > 0
    assert limits(A1)["today"] == NONE
    assert call("setDeckLimits", decks=[A1], remove=["newCardsToday"]) == 0
    assert call("setDeckLimits", decks=[A1], newCardsToday=3) == 1
    assert limits(A1)["today"]["new"] == 3


def test_unnamed_decks_come_by_name_without_filtered_ones(call):
    call("createFilteredDeck", deck="Cram", terms=[{"search": ""}])
    assert [entry["deck"] for entry in call("getDeckLimits")] == ["Default", "Italian", A1]
    assert [entry["deck"] for entry in call("getDeckLimits", decks=["italian::A1", "default"])] == [A1, "Default"]
    assert [entry["deck"] for entry in call("raiseTodaysLimits", decks=[A1, A1], newCards=1)] == [A1, A1]
    assert call("getDeckLimits", decks=[A1])[0]["answeredToday"]["new"] == -1
    assert call("getDeckLimits", decks=[]) == []


def test_more_cards_are_shown_today_as_one_step(gateway, call, limits, many):
    assert call("raiseTodaysLimits", decks=[A1], newCards=5) == [left(A1, 25, 30)]
    assert limits(A1)["answeredToday"] == {"new": -5, "reviews": 0}  # cards that are taken back
    call("undo")
    assert limits(A1)["answeredToday"] == {"new": 0, "reviews": 0}
    call("setFlags", cards=many[:1], flag=1)
    assert call("raiseTodaysLimits", decks=[A1, "Default", "Italian"], newCards=-15, reviews=-100) == [
        left(A1, 5, 30),
        left("Default", 0, 0),
        left("Italian", 5, 30),
    ]
    deck = gateway.col.decks.by_name(A1)
    assert (deck["extendNew"], deck["extendRev"]) == (0, 0)  # Anki remembers only raised limits
    call("undo")
    assert gateway.col.undo_status().undo == "Set Flag"
    assert limits(A1)["answeredToday"] == {"new": 0, "reviews": 0}
    call("raiseTodaysLimits", decks=[A1], newCards=4, reviews=6)
    deck = gateway.col.decks.by_name(A1)
    assert (deck["extendNew"], deck["extendRev"]) == (4, 6)


def test_a_limited_parent_still_cuts(call, many):
    call("setDeckLimits", decks=["Italian"], newCards=3)
    assert call("raiseTodaysLimits", decks=[A1], newCards=5) == [left(A1, 25, 30)]
    assert call("deckStatistics", decks=["Italian"])[0]["newToday"] == 3


def test_nothing_is_raised_without_end(gateway, call):
    deck_id = gateway.col.decks.id_for_name(A1)
    gateway.col.sched.custom_study(CustomStudyRequest(deck_id=deck_id, new_limit_delta=2**31 - 1))
    before = gateway.col.undo_status()
    refused = {"kind": "refused", "deck": A1, "field": "newCards"}
    assert call("raiseTodaysLimits", decks=["Default", A1], newCards=9_999) == refused
    assert gateway.col.undo_status() == before  # Anki would count on from the other end


@for_rows(
    ("method", "params"),
    [("raiseTodaysLimits", {"newCards": 1}), ("setDeckLimits", {"newCards": 1}), ("getDeckLimits", {})],
)
def test_filtered_and_unknown_decks_are_refused_before_anything_is_written(kept, method, params):
    gateway = kept.unchanged()
    call = gateway.call
    call("createFilteredDeck", deck="Cram", terms=[{"search": ""}])
    before = gateway.col.undo_status()
    assert call(method, decks=[A1, "cram"], **params) == {"kind": "refused", "deck": "Cram"}
    assert call(method, decks=[A1, "Klingon"], **params)["kind"] == "deck_not_found"
    assert gateway.col.undo_status() == before


@for_rows(
    ("method", "params", "path"),
    [
        ("raiseTodaysLimits", {"newCards": 10_000}, "newCards"),
        ("raiseTodaysLimits", {"reviews": -10_000}, "reviews"),
        ("setDeckLimits", {"newCards": 10_000}, "newCards"),
        ("setDeckLimits", {"reviewsToday": -1}, "reviewsToday"),
        ("setDeckLimits", {"remove": ["other"]}, "remove.0"),
        ("setDeckLimits", {"reviews": 1, "remove": ["newCards", "reviews"]}, "remove"),
    ],
)
def test_limits_out_of_range_are_invalid(kept, method, params, path):
    call = kept.unchanged().call
    assert path in call(method, decks=[A1], **params)["fields"]


def test_old_envelopes_set_limits_too(gateway):
    assert gateway.legacy("setDeckLimits", decks=[A1], newCards=4, reviews=None)["result"] == 1
    (found,) = gateway.legacy("getDeckLimits", decks=[A1])["result"]
    assert found["deckLimit"] == {"new": 4, "reviews": None}
    (left,) = gateway.legacy("raiseTodaysLimits", decks=[A1], newCards=1)["result"]
    assert left["newToday"] == 2
