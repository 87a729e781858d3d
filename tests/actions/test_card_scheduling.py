"""Changing the scheduling of cards, on a real collection."""

import time

import pytest
import seed
from anki.cards_pb2 import FsrsMemoryState
from anki.collection import AddNoteRequest, Collection
from sizes import for_rows

BOTH = [seed.MELA_CARD, seed.UVA_CARD]
NO_INTEGER = "'{}' object cannot be interpreted as an integer"


def row(col: Collection, card_id: int = seed.MELA_CARD) -> dict:
    """What is stored of a card."""
    names = col.db.list("select name from pragma_table_info('cards')")
    return dict(zip(names, col.db.first(f"select {', '.join(names)} from cards where id = ?", card_id), strict=True))


def rows(col: Collection) -> list:
    return col.db.all("select * from cards order by id")


def add_cards(col: Collection, count: int) -> list[int]:
    requests = []
    for number in range(count):
        note = col.new_note(col.models.by_name("Basic"))
        note.fields = [f"word {number}", "meaning"]
        requests.append(AddNoteRequest(note, 1))
    col.add_notes(requests)
    return col.db.list("select id from cards where did = 1 order by id")


def fill(col: Collection) -> int:
    """Put the cards into a filtered deck, and tell its id."""
    deck_id = col.decks.new_filtered("Cram")
    col.sched.rebuild_filtered_deck(deck_id)
    return deck_id


# --- suspending ---


def queues(gateway):
    return gateway.legacy("areSuspended", cards=[seed.MELA_CARD, seed.UVA_CARD])["result"]


def test_suspending_answers_whether_any_card_was_not_suspended_yet(gateway):
    assert gateway.legacy("suspend", cards=[seed.MELA_CARD])["result"] is True
    assert gateway.legacy("suspend", cards=[seed.MELA_CARD])["result"] is False
    assert gateway.legacy("suspend", cards=[seed.MELA_CARD, seed.UVA_CARD])["result"] is True
    assert queues(gateway) == [True, True]
    assert gateway.legacy("suspend", cards=[seed.MELA_CARD, seed.UVA_CARD])["result"] is False
    assert gateway.legacy("suspend", cards=[])["result"] is False


@for_rows("suspend", [False, 0, "", None])
def test_suspend_can_unsuspend_and_takes_repeated_ids(kept, suspend):
    gateway = kept.unchanged()
    twice = [seed.MELA_CARD, seed.UVA_CARD, seed.MELA_CARD]
    assert gateway.legacy("suspend", cards=twice)["result"] is True
    assert gateway.legacy("suspend", cards=twice, suspend=suspend) == {"result": True, "error": None}
    assert queues(gateway) == [False, False]
    assert gateway.legacy("suspend", cards=twice, suspend=suspend)["result"] is False


def test_unsuspending_tells_whether_a_card_was_suspended(gateway):
    gateway.legacy("suspend", cards=[seed.MELA_CARD])
    assert gateway.legacy("unsuspend", cards=[*BOTH, *BOTH]) == {"result": True, "error": None}
    assert queues(gateway) == [False, False]
    assert gateway.col.undo_status().undo == "Unbury/Unsuspend"
    gateway.col.undo()
    assert queues(gateway) == [True, False]
    assert gateway.rpc("unsuspend", {"cards": BOTH})["result"] is True
    for cards in ([], BOTH, [seed.UVA_CARD]):
        assert gateway.legacy("unsuspend", cards=cards) == {"result": False, "error": None}
        assert gateway.rpc("unsuspend", {"cards": cards})["result"] is False


def test_nothing_is_unsuspended_when_one_card_is_unknown(gateway):
    gateway.legacy("suspend", cards=BOTH)
    assert gateway.legacy("unsuspend", cards=[*BOTH, 5]) == {"result": None, "error": "Card was not found: 5"}
    error = gateway.rpc("unsuspend", {"cards": [*BOTH, 5]})["error"]
    assert error["data"] == {"kind": "card_not_found", "card": 5, "index": 2}
    assert queues(gateway) == [True, True]


def test_nothing_is_suspended_when_one_card_is_unknown(gateway):
    gateway.legacy("suspend", cards=[seed.UVA_CARD])
    for cards in ([seed.MELA_CARD, 5], [5, seed.MELA_CARD], [seed.UVA_CARD, 5]):
        assert gateway.legacy("suspend", cards=cards) == {"result": None, "error": "Card was not found: 5"}
    assert queues(gateway) == [False, True]


def test_suspending_a_card_in_a_filtered_deck_leaves_it_there(gateway):
    deck_id = gateway.col.decks.new_filtered("Cram")
    gateway.col.sched.rebuild_filtered_deck(deck_id)
    gateway.legacy("suspend", cards=[seed.MELA_CARD])
    card = gateway.col.get_card(seed.MELA_CARD)
    assert (card.did, card.queue) == (deck_id, -1)


def test_suspending_is_one_step_to_undo(gateway):
    gateway.legacy("suspend", cards=[seed.MELA_CARD, seed.UVA_CARD])
    assert gateway.col.undo_status().undo == "Suspend"
    gateway.col.undo()
    assert queues(gateway) == [False, False]


# --- forgetting, relearning, due dates ---


def test_a_forgotten_card_is_new_again_where_it_was(gateway):
    col = gateway.col
    col.sched.set_due_date(BOTH, "9!")
    gateway.rpc("gradeNow", {"cards": BOTH, "ease": 1})
    assert gateway.legacy("forgetCards", cards=[*BOTH, 5, *BOTH]) == {"result": None, "error": None}
    stored = row(col)
    assert [stored[name] for name in ("type", "queue", "due", "ivl", "factor", "reps")] == [0, 0, 1, 0, 0, 1]
    assert col.db.list("select ease from revlog where type = 4 and cid = ?", seed.MELA_CARD)[-1] == 0
    assert col.undo_status().undo == "Reset Card"
    col.undo()
    assert row(col)["type"] != 0


def positions(gateway, cards=BOTH):
    return [gateway.col.db.scalar("select due from cards where id = ?", card) for card in cards]


@pytest.mark.parametrize("restores", [True, False])
def test_a_forgotten_card_goes_to_its_old_position_or_to_the_end(gateway, restores):
    others = add_cards(gateway.col, 2)
    gateway.rpc("gradeNow", {"cards": [seed.MELA_CARD], "ease": 4})
    gateway.rpc("forgetCards", {"cards": [seed.MELA_CARD], "restorePosition": restores})
    (position,) = positions(gateway, [seed.MELA_CARD])
    assert (position == 1) is restores
    assert (position > max(positions(gateway, others))) is not restores
    assert gateway.col.undo_status().undo == "Reset Card"


def test_new_cards_are_moved_to_the_end_only_on_demand(gateway):
    before = gateway.col.undo_status()
    assert gateway.rpc("forgetCards", {"cards": BOTH, "resetCounts": True})["result"] is None
    assert gateway.col.undo_status() == before
    gateway.rpc("forgetCards", {"cards": [seed.MELA_CARD], "restorePosition": False})
    assert positions(gateway)[0] > positions(gateway)[1]
    gateway.col.undo()
    assert positions(gateway) == [1, 2]


def test_counts_are_kept_unless_they_are_reset(gateway):
    gateway.rpc("gradeNow", {"cards": BOTH, "ease": 4})
    gateway.rpc("gradeNow", {"cards": BOTH, "ease": 1})
    counts = "select sum(reps), sum(lapses) from cards"
    gateway.rpc("forgetCards", {"cards": BOTH})
    assert gateway.col.db.first(counts) == [4, 2]
    lost = gateway.rpc("forgetCards", {"cards": BOTH, "resetCounts": True, "dryRun": True})["result"]
    assert lost["changedCards"]["ids"] == BOTH
    assert gateway.rpc("forgetCards", {"cards": BOTH, "dryRun": True})["result"] == {"dryRun": True}
    gateway.rpc("forgetCards", {"cards": BOTH, "resetCounts": True})  # they are new, but their counts are not
    assert gateway.col.db.first(counts) == [0, 0]
    gateway.col.undo()
    assert gateway.col.db.first(counts) == [4, 2]


def test_forgetting_is_logged_for_cards_that_were_not_new_and_leaves_ankis_window_as_it_is(gateway):
    col = gateway.col
    col.sched.set_due_date([seed.MELA_CARD], "3")
    logged = "select cid from revlog where type = 4 and ease = 0 and factor = 0"
    settings = "select key, val from config where key like 'restorePosition%' or key like 'resetCounts%'"
    before = col.db.all(settings)
    gateway.rpc("forgetCards", {"cards": BOTH, "resetCounts": True})
    assert col.db.list(logged) == [seed.MELA_CARD]
    gateway.rpc("setDueDate", {"cards": BOTH, "days": "3"})
    gateway.rpc("forgetCards", {"cards": BOTH, "restorePosition": False})
    assert col.db.all(settings) == before


@pytest.mark.parametrize("fsrs", [False, True])
def test_forgotten_cards_are_not_forgotten_again(gateway, fsrs):
    gateway.rpc("setFsrsActive", {"active": fsrs})
    gateway.rpc("answerCards", {"answers": [{"cardId": card, "ease": 4} for card in BOTH]})
    gateway.rpc("forgetCards", {"cards": BOTH})
    gateway.rpc("setFlags", {"cards": BOTH, "flag": 1})
    gateway.col.undo()
    rows, before = gateway.col.db.all("select * from cards"), gateway.col.undo_status()
    assert before.redo
    assert gateway.rpc("forgetCards", {"cards": BOTH, "dryRun": True})["result"] == {"dryRun": True}
    gateway.rpc("forgetCards", {"cards": BOTH})
    assert (gateway.col.db.all("select * from cards"), gateway.col.undo_status()) == (rows, before)


@for_rows(
    ("prepare", "choice"),
    [
        (None, {}),
        (None, {"restorePosition": False}),
        (None, {"resetCounts": True}),
        (("suspend", {"cards": BOTH[:1]}), {}),
        (("buryCards", {"cards": BOTH[1:]}), {}),
        (("setDueDate", {"cards": BOTH[:1], "days": "3"}), {}),
        (("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "deck:Italian"}]}), {}),
        (("answerCards", {"answers": [{"cardId": BOTH[0], "ease": 3}]}), {}),
    ],
)
def test_a_dry_run_of_forgetting_tells_which_cards_change(kept, prepare, choice):
    gateway = kept.unchanged()
    if prepare:
        assert "result" in gateway.rpc(*prepare)
    select = "select id, did, odid, odue, type, queue, due, ivl, factor, reps, lapses, data from cards"
    before = gateway.col.db.all(select)
    report = gateway.rpc("forgetCards", {"cards": BOTH, **choice, "dryRun": True})["result"]
    assert gateway.col.db.all(select) == before
    gateway.rpc("forgetCards", {"cards": BOTH, **choice})
    changed = sorted({row[0] for row in {*map(tuple, gateway.col.db.all(select))} - {*map(tuple, before)}})
    assert report.get("changedCards", {"ids": []})["ids"] == changed


@for_rows("cards", [[], None, [5]])
def test_forgetting_nothing_leaves_no_undo_step(kept, cards):
    gateway = kept.unchanged()
    assert gateway.legacy("forgetCards", cards=cards) == {"result": None, "error": None}
    assert gateway.col.undo_status().undo == ""


@pytest.mark.parametrize("action", ["forgetCards", "setDueDate"])
def test_a_card_in_a_filtered_deck_goes_home(gateway, action):
    fill(gateway.col)
    params = {"days": "1"} if action == "setDueDate" else {}
    gateway.legacy(action, cards=BOTH, **params)
    assert (row(gateway.col)["did"], row(gateway.col)["odid"]) == (seed.ITALIAN_A1, 0)


def test_relearning_cards_are_due_at_once_and_will_be_synced(gateway):
    col = gateway.col
    col.sched.set_due_date(BOTH, "9!")
    col.db.execute("update cards set usn = 7, mod = 7")
    before = row(col)
    assert gateway.legacy("relearnCards", cards=[*BOTH, 5, str(seed.MELA_CARD)]) == {"result": None, "error": None}
    after = row(col)
    assert (after["type"], after["queue"], after["usn"]) == (3, 1, -1)
    assert abs(after["due"] - time.time()) < 60
    assert after["mod"] > 7
    changed = {"type", "queue", "usn", "due", "mod"}
    assert {name for name in before if before[name] != after[name]} == changed
    assert gateway.rpc("findCards", {"query": "is:due"})["result"] == BOTH
    again = rows(col)
    gateway.legacy("relearnCards", cards=BOTH)
    assert rows(col) == again
    assert col.undo_status().undo == "Relearn Cards"
    col.undo()
    assert {name: row(col)[name] for name in ("type", "queue", "due")} == {"type": 2, "queue": 2, "due": 9}
    assert gateway.legacy("relearnCards", cards=[]) == {"result": None, "error": None}


def test_a_relearning_card_stays_in_its_filtered_deck_and_is_due_when_it_leaves(gateway):
    col = gateway.col
    col.sched.set_due_date(BOTH, "9!")
    deck_id = fill(col)
    gateway.legacy("relearnCards", cards=BOTH)
    assert row(col)["did"] == deck_id
    col.sched.empty_filtered_deck(deck_id)
    stored = row(col)
    assert (stored["did"], stored["type"], stored["queue"]) == (seed.ITALIAN_A1, 3, 1)
    assert abs(stored["due"] - time.time()) < 60


def test_a_due_date_makes_a_new_card_a_review_card(gateway):
    col = gateway.col
    assert gateway.legacy("setDueDate", cards=[*BOTH, 5, *BOTH], days="3-7")["result"] is True
    stored = row(col)
    assert (stored["type"], stored["queue"], stored["factor"]) == (2, 2, 2500)
    assert 3 <= stored["due"] - col.sched.today <= 7
    assert col.db.scalar("select count() from revlog where type = 4") == 2
    assert col.undo_status().undo == "Set Due Date"
    col.undo()
    assert row(col)["type"] == 0


@pytest.mark.parametrize("cards", [[], [5]])
def test_a_due_date_for_nothing_leaves_no_undo_step(gateway, cards):
    assert gateway.legacy("setDueDate", cards=cards, days="0")["result"] is True
    assert gateway.col.undo_status().undo == ""


@for_rows("days", ["", "-1", "x", "1-", "1 ", "1\n", "3 - 7", "!"])
def test_days_that_anki_does_not_understand_are_the_old_error(kept, days):
    gateway = kept.unchanged()
    gateway.legacy("addTags", notes=[seed.MELA], tags="x")
    text = days or "Invalid params: days: Not a number of days as in `3`, `3-7` or `3-7!`."
    assert gateway.legacy("setDueDate", cards=BOTH, days=days) == {"result": None, "error": text}
    error = gateway.rpc("setDueDate", {"cards": BOTH, "days": days})["error"]
    assert (error["code"], list(error["data"]["fields"])) == (-32602, ["days"])
    assert gateway.col.undo_status().undo == "Update Tag"


@for_rows("days", ["4294967295", "1-9999999", "99999999999"])
def test_days_beyond_ankis_range_are_refused(reading, days):
    assert reading.legacy("setDueDate", cards=BOTH, days=days)["error"] == "A number was invalid or out of range."
    assert row(reading.col)["type"] == 0


def test_days_must_be_text(reading):
    text = "bad argument type for built-in operation"
    assert reading.legacy("setDueDate", cards=[seed.MELA_CARD], days=3) == {"result": None, "error": text}
    assert reading.rpc("setDueDate", {"cards": [], "days": 3})["error"]["code"] == -32602


@for_rows(
    "damage",
    [
        "update cards set did = 5 where id = ?",
        "update cards set did = 'x' where id = ?",
        "update decks set kind = x'ff' where id = (select did from cards where id = ?)",
        "update decks set common = x'ff' where id = (select did from cards where id = ?)",
        "update decks set name = cast(x'ff' as text) where id = (select did from cards where id = ?)",
        "update deck_config set config = x'ff' where id != 1 and ? > 0",
    ],
)
@for_rows("protocol", ["rpc", "legacy"])
def test_a_card_without_a_sound_home_deck_gets_no_due_date_and_the_others_do(kept, damage, protocol):
    gateway = kept.unchanged()
    col = gateway.col
    hard = gateway.rpc("cloneDeckConfigId", {"name": "Hard", "cloneFrom": 1})["result"]
    col.set_deck([seed.MELA_CARD], gateway.rpc("createDeck", {"deck": "Other"})["result"]["deckId"])
    gateway.rpc("setDeckConfigId", {"decks": ["Other"], "configId": hard})
    col.db.execute(damage, seed.MELA_CARD)
    gateway.rpc("addTags", {"notes": [seed.UVA], "tags": "before"})
    for cards, undo in (([seed.MELA_CARD], "Update Tag"), (BOTH, "Set Due Date")):
        params = {"cards": cards, "days": "3"}
        answer = gateway.rpc("setDueDate", params) if protocol == "rpc" else gateway.legacy("setDueDate", **params)
        assert answer["result"] is True
        assert col.undo_status().undo == undo
    assert [row(col, card_id)["type"] for card_id in BOTH] == [0, 2]


# --- values ---


def reviewed_cards(col: Collection) -> None:
    """Give the example cards all that a card can have, one of them in a filtered deck."""
    col.set_config("fsrs", True)
    col.sched.set_due_date(BOTH, "9!")
    card = col.get_card(seed.MELA_CARD)
    card.memory_state = FsrsMemoryState(stability=123.4567, difficulty=5.678)
    card.desired_retention, card.decay, card.last_review_time = 0.87, 0.1542, seed.FIXED
    card.custom_data, card.original_position, card.flags = '{"a":1}', 42, 3
    card.reps, card.lapses, card.left, card.ivl = 7, 2, 1001, 31
    col.update_card(card)
    deck_id = col.decks.new_filtered("Cram")
    deck = col.decks.get(deck_id)
    deck["terms"] = [["mela", 1, 0]]
    col.decks.save(deck)
    col.sched.rebuild_filtered_deck(deck_id)


def test_setting_ease_changes_nothing_but_the_ease(gateway):
    reviewed_cards(gateway.col)
    col = gateway.col
    before = [row(col, card_id) for card_id in BOTH]
    assert before[0]["odid"]
    assert before[0]["data"].count(":") == 8
    answer = gateway.legacy("setEaseFactors", cards=[seed.UVA_CARD, 5, seed.MELA_CARD], easeFactors=[2300, 1, 1300, 9])
    assert answer == {"result": [True, False, True], "error": None}
    after = [row(col, card_id) for card_id in BOTH]
    for old, new, ease in zip(before, after, (1300, 2300), strict=True):
        assert new == {**old, "factor": ease, "mod": new["mod"], "usn": -1}
    assert col.undo_status().undo == "Set Ease"
    col.undo()
    assert [row(col, card_id)["factor"] for card_id in BOTH] == [2500, 2500]


def test_the_last_ease_of_a_repeated_card_counts(gateway):
    params = {"cards": [seed.MELA_CARD, seed.MELA_CARD], "easeFactors": [2000, 2100]}
    assert gateway.rpc("setEaseFactors", params)["result"] == [True, True]
    assert row(gateway.col)["factor"] == 2100


@for_rows("params", [([], []), ([seed.MELA_CARD], [0]), ([5], [2500])])
def test_ease_that_changes_nothing_writes_nothing(kept, params):
    gateway = kept.unchanged()
    before = rows(gateway.col)
    assert "result" in gateway.rpc("setEaseFactors", params)
    assert rows(gateway.col) == before
    assert gateway.col.undo_status().undo == ""


@for_rows(
    ("eases", "text"),
    [
        ([2000], "list index out of range"),
        ([], "list index out of range"),
        ([2000, -1], "Value out of range: -1"),
        ([2000, 99999], "Value out of range: 99999"),
        ([2000, "x"], NO_INTEGER.format("str")),
        ([2000, 2.5], NO_INTEGER.format("float")),
        (None, "'NoneType' object is not iterable"),
    ],
)
def test_wrong_ease_changes_no_card(reading, eases, text):
    before = rows(reading.col)
    assert reading.legacy("setEaseFactors", cards=BOTH, easeFactors=eases) == {"result": None, "error": text}
    assert reading.rpc("setEaseFactors", {"cards": BOTH, "easeFactors": eases})["error"]["code"] == -32602
    assert rows(reading.col) == before


def test_json_rpc_wants_an_ease_for_each_card_and_none_more(reading):
    error = reading.rpc("setEaseFactors", {"cards": [5], "easeFactors": [1, 2]})["error"]
    assert list(error["data"]["fields"]) == ["easeFactors"]


def test_single_values_are_set_and_the_others_stay(gateway):
    reviewed_cards(gateway.col)
    col = gateway.col
    before = row(col)
    params = {"card": seed.MELA_CARD, "keys": ["flags", "due", "factor"], "newValues": [5, 12, 2222]}
    assert gateway.legacy("setSpecificValueOfCard", **params) == {"result": [True], "error": None}
    after = row(col)
    assert after == {**before, "flags": 5, "due": 12, "factor": 2222, "mod": after["mod"], "usn": -1}
    assert col.undo_status().undo == "Set Card Values"
    col.undo()
    assert {**row(col), "mod": 0, "usn": 0} == {**before, "mod": 0, "usn": 0}


@for_rows("permission", [True, "false", 0, None])
def test_guarded_values_need_a_second_word(kept, permission):
    gateway = kept.unchanged()
    keys = {"reps": 5, "lapses": 2, "left": 1001, "ivl": 9, "queue": -1, "type": 2, "odue": 0, "ord": 0}
    params = {"card": seed.MELA_CARD, "keys": [*keys], "newValues": [*keys.values()]}
    assert gateway.legacy("setSpecificValueOfCard", **params) == {"result": False, "error": None}
    assert gateway.rpc("setSpecificValueOfCard", params)["error"]["code"] == -32602
    assert gateway.legacy("setSpecificValueOfCard", **params, warning_check=permission)["result"] == [True]
    assert {name: row(gateway.col)[name] for name in keys} == keys


def test_values_of_fsrs_and_of_addons_can_be_set(gateway):
    keys = {"desired_retention": 0.85, "decay": 0.25, "last_review_time": seed.FIXED, "custom_data": '{"x":1}'}
    params = {"card": seed.MELA_CARD, "keys": [*keys], "newValues": [*keys.values()]}
    assert gateway.rpc("setSpecificValueOfCard", params)["result"] == [True]
    card = gateway.col.get_card(seed.MELA_CARD)
    assert card.desired_retention == pytest.approx(0.85)
    assert (card.last_review_time, card.custom_data) == (seed.FIXED, '{"x":1}')
    broken = {"card": seed.MELA_CARD, "keys": ["custom_data"], "newValues": ["no object"]}
    assert gateway.rpc("setSpecificValueOfCard", broken)["error"]["data"]["kind"] == "refused"


@for_rows(
    ("params", "result"),
    [
        ({"keys": [], "newValues": []}, [True]),
        ({"keys": ["nonsense", "data"], "newValues": [1, "x"]}, [True]),
        ({"keys": ["flags"], "newValues": [9]}, [True]),
        ({"card": [seed.MELA_CARD], "keys": ["flags"], "newValues": [1]}, False),
        ({"keys": "flags", "newValues": [1]}, False),
        ({"keys": ["flags"], "newValues": 1}, False),
        ({"keys": ["flags"], "newValues": [1, 2]}, False),
        ({"keys": ["flags", "odue"], "newValues": [1, 2]}, False),
        ({"keys": ["usn"], "newValues": [1], "warning_check": False}, False),
        ({"keys": ["usn"], "newValues": [1], "warning_check": True}, [True]),
        ({"card": 123, "keys": ["flags"], "newValues": [1]}, [[False, "Card was not found: 123"]]),
        ({"card": "x", "keys": ["flags"], "newValues": [1]}, [[False, NO_INTEGER.format("str")]]),
        ({"keys": ["flags", "due"], "newValues": ["1", 12]}, [[False, NO_INTEGER.format("str")]]),
        ({"keys": ["due"], "newValues": [1.5]}, [[False, NO_INTEGER.format("float")]]),
        ({"keys": ["factor"], "newValues": [99999]}, [[False, "Value out of range: 99999"]]),
        (
            {"keys": ["id"], "newValues": [seed.UVA_CARD], "warning_check": True},
            [[False, "A card's id cannot be changed."]],
        ),
        ({"keys": ["did"], "newValues": [5], "warning_check": True}, [[False, "deck was not found: 5"]]),
        ({"keys": ["did"], "newValues": [None], "warning_check": True}, [[False, "deck was not found: 0"]]),
        ({"keys": ["nid"], "newValues": [None], "warning_check": True}, [[False, "Note was not found: 0"]]),
        ({"keys": ["odid", "odue"], "newValues": [None, None], "warning_check": True}, [True]),
        ({"keys": ["odue"], "newValues": [None]}, False),
        ({"keys": ["flags"], "newValues": [True]}, [[False, NO_INTEGER.format("bool")]]),
        ({"keys": ["nid"], "newValues": [5], "warning_check": True}, [[False, "Note was not found: 5"]]),
        (
            {"keys": ["ord"], "newValues": [1], "warning_check": True},
            [[False, "The note type has no template at this position: 1"]],
        ),
    ],
)
def test_the_old_protocol_tells_of_failures_in_the_result(kept, params, result):
    gateway = kept.unchanged()
    uva = row(gateway.col, seed.UVA_CARD)
    answer = gateway.legacy("setSpecificValueOfCard", **{"card": seed.MELA_CARD, **params})
    assert answer == {"result": result, "error": None}
    assert row(gateway.col, seed.UVA_CARD) == uva
    assert row(gateway.col)["due"] == 1


CLEARED = {"original_position": 5, "desired_retention": 0.75, "decay": 0.5, "last_review_time": seed.FIXED}
ZEROED = {"flags": 3, "due": 8, "factor": 2500, "ivl": 2, "reps": 2, "lapses": 1, "left": 1, "custom_data": '{"a":1}'}


def of_backend(gateway):
    card = gateway.col._backend.get_card(seed.MELA_CARD)
    return {name: getattr(card, name) if card.HasField(name) else None for name in VALUES_OF_BACKEND} | {
        name: getattr(card, of_card) for name, of_card in NAMES_OF_BACKEND.items()
    }


VALUES_OF_BACKEND = ("original_position", "desired_retention", "decay", "last_review_time_secs")
NAMES_OF_BACKEND = {
    "flags": "flags",
    "due": "due",
    "factor": "ease_factor",
    "ivl": "interval",
    "reps": "reps",
    "lapses": "lapses",
    "left": "remaining_steps",
    "custom_data": "custom_data",
}


@pytest.mark.parametrize("protocol", ["legacy", "rpc"])
def test_null_clears_what_a_card_can_be_without(gateway, protocol):
    call = gateway.legacy if protocol == "legacy" else lambda action, **params: gateway.rpc(action, params)

    def set_values(values):
        keys, new_values = [*values], [*values.values()]
        params = {"card": seed.MELA_CARD, "keys": keys, "newValues": new_values}
        return call("setSpecificValueOfCard", **params)["result"]

    before = of_backend(gateway)
    assert set_values(CLEARED) == [True]
    assert None not in [of_backend(gateway)[name] for name in VALUES_OF_BACKEND]
    assert set_values(dict.fromkeys(CLEARED)) == [True]
    assert of_backend(gateway) == {**before, **dict.fromkeys(VALUES_OF_BACKEND)}


@for_rows("name", ZEROED)
def test_null_is_zero_or_an_empty_text_for_old_clients(kept, name):
    gateway = kept.unchanged()
    params = {"card": seed.MELA_CARD, "keys": [name], "warning_check": True}
    gateway.legacy("setSpecificValueOfCard", **params, newValues=[ZEROED[name]])
    assert of_backend(gateway)[name] == ZEROED[name]
    error = gateway.rpc("setSpecificValueOfCard", {**params, "newValues": [None]})["error"]
    assert list(error["data"]["fields"]) == ["newValues.0"]
    assert gateway.legacy("setSpecificValueOfCard", **params, newValues=[None]) == {"result": [True], "error": None}
    assert of_backend(gateway)[name] == type(ZEROED[name])()


@for_rows("keys", [["nonsense"], ["id"], ["usn"]])
def test_json_rpc_refuses_values_that_do_not_exist(reading, keys):
    params = {"card": seed.MELA_CARD, "keys": keys, "newValues": [1], "warning_check": True}
    error = reading.rpc("setSpecificValueOfCard", params)["error"]
    assert (error["code"], list(error["data"]["fields"])) == (-32602, ["keys.0"])


def test_errors_of_the_call_itself_stay_errors(open_gateway):
    gateway = open_gateway(apiKey="k")
    call = {"card": seed.MELA_CARD, "keys": [], "newValues": []}
    assert gateway.legacy("setSpecificValueOfCard", **call)["error"] == "valid api key must be provided"
    unknown = "AnkiConnect.setSpecificValueOfCard() got an unexpected keyword argument 'x'"
    assert gateway.legacy("setSpecificValueOfCard", key="k", x=1, **call)["error"] == unknown
    missing = "AnkiConnect.setSpecificValueOfCard() missing 2 required positional arguments: 'keys' and 'newValues'"
    assert gateway.legacy("setSpecificValueOfCard", key="k", card=1)["error"] == missing


def test_a_card_is_not_put_into_a_filtered_deck_without_a_home(gateway):
    deck_id = fill(gateway.col)
    gateway.col.sched.empty_filtered_deck(deck_id)
    for keys, values in ((["did"], [deck_id]), (["odid"], [1]), (["did", "odid"], [1, deck_id])):
        params = {"card": seed.MELA_CARD, "keys": keys, "newValues": values, "warning_check": True}
        assert gateway.rpc("setSpecificValueOfCard", params)["error"]["data"]["kind"] == "refused"
    params = {"card": seed.MELA_CARD, "keys": ["did"], "newValues": [1], "warning_check": True}
    assert gateway.rpc("setSpecificValueOfCard", params)["result"] == [True]
    assert row(gateway.col)["did"] == 1


# --- answering ---


def answers(*pairs):
    return [{"cardId": card_id, "ease": ease} for card_id, ease in pairs]


def test_answers_are_given_as_in_a_review_and_undone_in_one_step(gateway):
    col = gateway.col
    begin = int(time.time() * 1000)
    before = rows(col)
    answer = gateway.legacy("answerCards", answers=answers((seed.MELA_CARD, 4), (5, 1), (seed.UVA_CARD, 1)))
    assert answer == {"result": [True, False, True], "error": None}
    assert [row(col, card_id)["type"] for card_id in BOTH] == [2, 1]
    log = col.db.all("select cid, ease, time from revlog where id >= ? order by cid", begin)
    assert log == [[seed.MELA_CARD, 4, 0], [seed.UVA_CARD, 1, 0]]
    assert col.undo_status().undo == "Answer Cards"
    col.undo()
    assert [stored[5:] for stored in rows(col)] == [stored[5:] for stored in before]
    assert col.db.scalar("select count() from revlog where id >= ?", begin) == 0


def test_several_answers_to_one_card_are_given_in_order(gateway):
    order = [3, 1, 4]
    pairs = [(seed.MELA_CARD, ease) for ease in order]
    assert gateway.rpc("answerCards", {"answers": answers(*pairs)})["result"] == [True] * 3
    assert gateway.col.db.list("select ease from revlog where cid = ? order by id", seed.MELA_CARD) == order
    assert row(gateway.col)["reps"] == 3


def test_an_answer_unsuspends_and_may_send_a_card_home(gateway):
    col = gateway.col
    fill(col)
    col.sched.suspend_cards([seed.MELA_CARD])
    gateway.legacy("answerCards", answers=answers((seed.MELA_CARD, 4)))
    stored = row(col)
    assert (stored["queue"], stored["did"]) == (2, seed.ITALIAN_A1)
    assert col.undo_status().undo == "Answer Card"


@pytest.mark.parametrize("fsrs", [False, True])
def test_answers_have_the_effect_of_ankis_reviewer(open_gateway, fsrs):
    stored = []
    for ours in (True, False):
        gateway = open_gateway()
        col = gateway.col
        col.set_config("fsrs", fsrs)
        col.sched.set_due_date([seed.MELA_CARD], "0")
        pairs = [(seed.UVA_CARD, 3), (seed.MELA_CARD, 2), (seed.UVA_CARD, 1), (seed.MELA_CARD, 1)]
        if ours:
            gateway.rpc("answerCards", {"answers": answers(*pairs)})
        else:
            for card_id, ease in pairs:
                card = col.get_card(card_id)
                card.start_timer()
                col.sched.answer_card(
                    col.sched.build_answer(
                        card=card, states=col._backend.get_scheduling_states(card_id), rating=ease - 1
                    )
                )
        columns = "type, queue, due > 1000000000, ivl, factor, reps, lapses, left"
        log = col.db.all("select cid, ease, ivl, lastIvl, factor, type from revlog order by cid, id")
        stored.append((col.db.all(f"select {columns} from cards order by id"), log))
    assert stored[0] == stored[1]


@for_rows(
    ("given", "text"),
    [
        (answers((seed.MELA_CARD, 3), (seed.UVA_CARD, 5)), "invalid ease"),
        (answers((seed.MELA_CARD, 3), (seed.UVA_CARD, "3")), "invalid ease"),
        (answers((seed.MELA_CARD, 3), (seed.UVA_CARD, None)), "invalid ease"),
        ([*answers((seed.MELA_CARD, 3)), {"cardId": seed.UVA_CARD}], "'ease'"),
        ([*answers((seed.MELA_CARD, 3)), {"ease": 3}], "'cardId'"),
        (answers(("x", 3)), NO_INTEGER.format("str")),
        (["x"], "string indices must be integers, not 'str'"),
        (None, "'NoneType' object is not iterable"),
    ],
)
def test_one_wrong_answer_means_that_none_is_given(reading, given, text):
    assert reading.legacy("answerCards", answers=given) == {"result": None, "error": text}
    assert reading.rpc("answerCards", {"answers": given})["error"]["code"] == -32602
    assert row(reading.col)["reps"] == 0


def test_a_card_that_anki_cannot_schedule_fails_a_list_without_outcomes_and_is_skipped_in_one_with_them(gateway):
    col = gateway.col
    (broken,) = add_cards(col, 1)
    col.db.execute("update cards set did = 999 where id = ?", broken)
    graded = gateway.rpc("gradeNow", {"cards": [seed.MELA_CARD, broken], "ease": 3})
    assert graded["error"]["data"] == {"kind": "refused", "card": broken}
    assert row(col)["reps"] == 0
    given = answers((seed.MELA_CARD, 3), (broken, 1))
    assert gateway.rpc("answerCards", {"answers": given})["result"] == [True, False]
    assert row(col)["reps"] == 1


LEECH = f"update cards set type = 2, queue = 2, due = 0, ivl = 5, factor = 2500, lapses = 7 where id = {seed.MELA_CARD}"
DAMAGES = {
    "its deck": "update decks set kind = x'ff' where name = 'Other'",
    "a deck above": "update decks set common = x'ff' where name = 'Italian'",
    "the time of a deck above": "update decks set mtime_secs = 'x' where name = 'Italian'",
    "the tags of a leech": f"update notes set tags = cast(x'ff' as text) where id = {seed.MELA}",
    "another card of its note": f"update cards set nid = {seed.MELA}, ivl = -1 where id = ?",
}


@for_rows("damage", DAMAGES)
def test_a_card_that_anki_fails_to_answer_is_named_and_nothing_is_half_done(kept, damage):
    gateway = kept.unchanged()
    col = gateway.col
    (extra,) = add_cards(col, 1)
    preset = col.decks.get_config(1)
    preset["new"]["bury"] = preset["rev"]["bury"] = True
    col.decks.save(preset)
    for deck, card_id in (
        ("Safe", seed.UVA_CARD),
        ("Other" if damage == "its deck" else "Italian::A1", seed.MELA_CARD),
    ):
        col.set_deck([card_id], col.decks.id(deck))
    col.db.execute(LEECH)
    statement = DAMAGES[damage]
    col.db.execute(statement, *[extra] * statement.count("?"))
    for given in ([{}, {}], [{"time": 5}, {"time": 5}]):
        gateway.rpc("addTags", {"notes": [seed.UVA], "tags": f"before{given}"})
        undo, before = col.undo_status().undo, col.db.all("select * from cards")
        graded = gateway.rpc("gradeNow", {"cards": [seed.UVA_CARD, seed.MELA_CARD], "ease": 1})["error"]
        assert graded["data"] == {"kind": "refused", "card": seed.MELA_CARD}
        assert (col.undo_status().undo, col.db.all("select * from cards")) == (undo, before)
        pairs = zip((seed.UVA_CARD, seed.MELA_CARD), given, strict=True)
        answered = [{"cardId": card_id, "ease": 1, **more} for card_id, more in pairs]
        assert gateway.rpc("answerCards", {"answers": answered})["result"] == [True, False]
        assert col.undo_status().undo == "Answer Cards"
        col.undo()
        assert (col.undo_status().undo, col.db.all("select * from cards")) == (undo, before)
        assert gateway.legacy("answerCards", answers=answered) == {"result": [True, False], "error": None}


def test_the_time_of_an_answer_is_logged_and_cut_by_the_preset(gateway):
    given = [
        {"cardId": seed.MELA_CARD, "ease": 3, "time": 4321},
        {"cardId": 5, "ease": 3, "time": 1},
        {"cardId": seed.UVA_CARD, "ease": 1, "time": 2**32 - 1},
        {"cardId": seed.MELA_CARD, "ease": 2},
        {"cardId": seed.MELA_CARD, "ease": 4, "time": 7},
    ]
    begin = gateway.col.db.scalar("select max(id) from revlog")
    assert gateway.rpc("answerCards", {"answers": given})["result"] == [True, False, True, True, True]
    logged = gateway.col.db.all("select cid, ease, time from revlog where id > ? order by id", begin)
    assert [row[1:] for row in logged if row[0] == seed.MELA_CARD] == [[3, 4321], [2, 0], [4, 7]]
    assert [row[1:] for row in logged if row[0] == seed.UVA_CARD] == [[1, 60000]]
    gateway.col.undo()
    assert gateway.col.db.scalar("select max(id) from revlog") == begin


@pytest.mark.parametrize("ease", [1, 2, 3, 4])
def test_an_answer_with_a_time_does_what_one_without_does(gateway, open_gateway, ease):
    other = open_gateway()
    for timed, taken in ((gateway, {"time": 1500}), (other, {})):
        for _ in range(2):
            timed.rpc("answerCards", {"answers": [{"cardId": seed.MELA_CARD, "ease": ease, **taken}]})
    one, two = row(gateway.col), row(other.col)
    assert {name: one[name] for name in ("type", "queue", "ivl", "factor", "reps", "lapses", "left")} == {
        name: two[name] for name in ("type", "queue", "ivl", "factor", "reps", "lapses", "left")
    }


@for_rows("taken", [-1, 2**32, 1.5, "5", None, True])
def test_a_time_is_milliseconds_and_anything_else_is_ignored_for_old_clients(kept, taken):
    gateway = kept.unchanged()
    given = [{"cardId": seed.MELA_CARD, "ease": 3, "time": taken}]
    if taken is not None:  # null counts as left out there
        fields = gateway.rpc("answerCards", {"answers": given})["error"]["data"]["fields"]
        assert list(fields) == ["answers.0.time"]
    assert gateway.legacy("answerCards", answers=given) == {"result": [True], "error": None}


def test_unknown_members_of_an_answer_are_the_old_protocols_only(gateway):
    given = [{"cardId": seed.MELA_CARD, "ease": 3, "more": 5}]
    assert gateway.rpc("answerCards", {"answers": given})["error"]["code"] == -32602
    assert gateway.legacy("answerCards", answers=given)["result"] == [True]
    assert gateway.legacy("answerCards", answers=[])["result"] == []


def test_one_grade_for_several_cards(gateway):
    params = {"cards": [*BOTH, seed.MELA_CARD], "ease": 4}
    assert gateway.rpc("gradeNow", params)["result"] is True
    assert [row(gateway.col, card_id)["reps"] for card_id in BOTH] == [1, 1]
    assert gateway.col.undo_status().undo == "Grade Now"
    gateway.col.undo()
    assert [row(gateway.col, card_id)["reps"] for card_id in BOTH] == [0, 0]
    assert gateway.legacy("gradeNow", cards=[], ease=1) == {"result": True, "error": None}


@for_rows("ease", [0, 5, "3", None, 2.5])
def test_a_grade_is_from_one_to_four(reading, ease):
    error = "ease must be between 1 and 4"
    assert reading.legacy("gradeNow", cards=BOTH, ease=ease) == {"result": None, "error": error}
    assert reading.rpc("gradeNow", {"cards": BOTH, "ease": ease})["error"]["code"] == -32602


def test_nothing_is_graded_when_a_card_is_unknown(reading):
    error = reading.rpc("gradeNow", {"cards": [seed.MELA_CARD, 5], "ease": 3})["error"]
    assert error["data"] == {"kind": "card_not_found", "card": 5, "index": 1}
    assert row(reading.col)["reps"] == 0


# --- positions ---


def test_new_cards_get_positions_in_the_order_of_the_list(gateway):
    col = gateway.col
    first, second, third = add_cards(col, 3)
    col.sched.set_due_date([third], "0")
    params = {"orderedCardIds": [second, 5, first, third, second], "startPosition": 10, "step": 5, "shift": False}
    result = gateway.rpc("repositionNewCards", params)["result"]
    assert list(result.items()) == [
        ("requested", 5),
        ("deduped", 4),
        ("eligibleNew", 2),
        ("repositioned", 2),
        ("skippedNotFound", [5]),
        ("skippedNotNew", [third]),
        ("appliedStartPosition", 10),
        ("appliedStep", 5),
        ("appliedShift", False),
    ]
    assert [row(col, card_id)["due"] for card_id in (second, first)] == [10, 15]
    assert col.undo_status().undo == "Reposition"
    col.undo()
    assert row(col, second)["due"] == 4


def test_a_shift_pushes_the_other_new_cards_away(gateway):
    (card_id,) = add_cards(gateway.col, 1)
    params = {"orderedCardIds": [card_id], "startPosition": 1, "step": 1, "shift": True}
    gateway.legacy("repositionNewCards", **params)
    assert [row(gateway.col, id)["due"] for id in (card_id, *BOTH)] == [1, 2, 3]


def test_new_cards_can_be_mixed_in_one_step(gateway):
    col = gateway.col
    model = col.models.by_name("Basic (and reversed card)")
    notes = []
    for number in range(20):
        note = col.new_note(model)
        note.fields = [f"{number}", "back"]
        col.add_note(note, seed.ITALIAN)
        notes.append(note.card_ids())
    ids = [card for cards in notes for card in cards]
    before = positions(gateway, ids)
    params = {"orderedCardIds": ids, "startPosition": 100, "step": 3, "shift": False, "random": True}
    result = gateway.rpc("repositionNewCards", params)["result"]
    assert result["repositioned"] == 40
    found = [positions(gateway, cards) for cards in notes]
    assert all(first == second for first, second in found)
    assert sorted(first for first, _ in found) == [100 + 3 * place for place in range(20)]
    assert [first for first, _ in found] != sorted(first for first, _ in found)
    assert col.get_config("randomOrderReposition") in (None, False)
    gateway.col.undo()
    assert positions(gateway, ids) == before


@for_rows("params", [{"startPosition": 0}, {"step": 0}, {"random": 1}])
def test_a_position_of_zero_and_equal_positions_are_refused(reading, params):
    call = {"orderedCardIds": BOTH, "startPosition": 1, "step": 1, "shift": False, **params}
    assert reading.rpc("repositionNewCards", call)["error"]["code"] == -32602


def test_without_new_cards_no_position_is_written(gateway):
    params = {"orderedCardIds": [5], "startPosition": 1, "step": 1, "shift": True}
    assert gateway.legacy("repositionNewCards", **params)["result"]["skippedNotFound"] == [5]
    assert gateway.col.undo_status().undo == ""


@pytest.mark.parametrize("params", [{"startPosition": 2**31 - 1}, {"step": 2**31 - 1}])
def test_positions_beyond_ankis_range_are_refused(reading, params):
    call = {"orderedCardIds": BOTH, "startPosition": 1, "step": 1, "shift": True, **params}
    assert reading.rpc("repositionNewCards", call)["error"]["data"]["kind"] == "refused"


@for_rows(
    ("params", "text"),
    [
        ({"orderedCardIds": []}, "orderedCardIds should be a non-empty list: []"),
        ({"orderedCardIds": 5}, "orderedCardIds should be a non-empty list: 5"),
        ({"orderedCardIds": "x"}, "orderedCardIds should be a non-empty list: x"),
        ({"orderedCardIds": ["x"]}, "orderedCardIds should contain only integers: ['x']"),
        ({"startPosition": 0}, "startPosition should be an integer >= 1: 0"),
        ({"startPosition": "x"}, "startPosition should be an integer >= 1: x"),
        ({"step": 0}, "step should be an integer >= 1: 0"),
        ({"shift": 1}, "shift should be a boolean: 1"),
    ],
)
def test_wrong_params_for_positions(reading, params, text):
    call = {"orderedCardIds": BOTH, "startPosition": 1, "step": 1, "shift": True, **params}
    assert reading.legacy("repositionNewCards", **call) == {"result": None, "error": text}
    assert reading.rpc("repositionNewCards", call)["error"]["code"] == -32602


# --- wrong types ---

REST = {
    "suspend": {},
    "unsuspend": {},
    "forgetCards": {},
    "relearnCards": {},
    "setDueDate": {"days": "1"},
    "setEaseFactors": {"easeFactors": [1]},
    "gradeNow": {"ease": 3},
}


@for_rows("action", REST)
@for_rows(("cards", "kind"), [("x", "str"), (["x"], "str"), ([None], "NoneType"), ([1.5], "float")])
def test_wrong_card_ids_get_pythons_words(reading, action, cards, kind):
    answer = reading.legacy(action, cards=cards, **REST[action])
    assert answer == {"result": None, "error": NO_INTEGER.format(kind)}
    assert reading.rpc(action, {"cards": cards, **REST[action]})["error"]["code"] == -32602


@for_rows("action", REST)
@for_rows("cards", [None, 5])
def test_card_ids_must_be_a_list(reading, action, cards):
    assert reading.rpc(action, {"cards": cards, **REST[action]})["error"]["code"] == -32602
    if cards is None and action in ("forgetCards", "setDueDate"):
        assert reading.legacy(action, cards=cards, **REST[action])["error"] is None
    else:
        text = f"'{type(cards).__name__}' object is not iterable"
        assert reading.legacy(action, cards=cards, **REST[action])["error"] == text


# --- many ---


@for_rows("action", ["unsuspend", "forgetCards", "relearnCards", "setDueDate", "setEaseFactors"])
def test_many_cards_are_one_step_to_undo(kept, action):
    gateway = kept.unchanged()
    cards = add_cards(gateway.col, 500)
    gateway.col.sched.suspend_cards(cards)
    params = {"setDueDate": {"days": "1"}, "setEaseFactors": {"easeFactors": [2000] * 500}}.get(action, {})
    before = gateway.col.undo_status().last_step
    scheduling = "select id, type, queue, due, ivl, factor from cards order by id"
    stored = gateway.col.db.all(scheduling)
    gateway.legacy(action, cards=cards, **params)
    assert gateway.col.db.all(scheduling) != stored
    assert gateway.col.undo_status().last_step > before
    gateway.col.undo()
    assert gateway.col.db.all(scheduling) == stored
    assert gateway.col.undo_status().undo == "Suspend"
