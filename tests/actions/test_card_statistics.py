"""Statistics of single cards, compared with what Anki shows, on a real collection."""

from datetime import date

import pytest
import seed
from anki.collection import Collection
from study import studied

DAY = 86_400
UNKNOWN = 1234567890123


@pytest.fixture
def call(gateway):
    def call(method, params=None):
        response = gateway.rpc(method, params)
        assert "error" not in response, response
        return response["result"]

    return call


@pytest.fixture
def stats(call):
    return lambda *cards, **more: call("cardStats", {"cards": list(cards), **more})


def content(col):
    """Everything that the collection stores of cards and reviews, and its undo history."""
    cards = col.db.all("select * from cards order by id")
    return cards, col.db.all("select * from revlog order by id"), col.mod, col.undo_status()


def shown(gateway, tmp_path, cards):
    """What Anki's Card Info shows of cards, on a copy, because Anki may write to a card that is shown."""
    path = tmp_path / "shown.anki2"
    gateway.col.db.execute("vacuum into ?", str(path))
    col = Collection(str(path))
    try:
        return [col.card_stats_data(card) for card in cards]
    finally:
        col.close()


def due_day(col, stats):
    """The day of Anki's due date. Anki counts from now, which before four o'clock is on the day after its own."""
    today = date.fromtimestamp(col.sched.day_cutoff - 86_400)  # noqa: DTZ012
    return str(today + (date.fromtimestamp(stats.due_date) - date.today()))  # noqa: DTZ011, DTZ012


@pytest.fixture
def answered(call):
    """Cards with a history, scheduled by FSRS, the last of them in a filtered deck; and two new ones."""
    cards = studied(call, count=12)
    call("setFsrsActive", {"active": True})
    for ease in (1, 2, 3, 4):
        call("answerCards", {"answers": [{"cardId": card, "ease": ease, "time": 3000} for card in cards[ease::4]]})
    call("createFilteredDeck", {"deck": "Cram", "terms": [{"search": f"cid:{cards[-1]}"}]})
    call("suspend", {"cards": cards[:1]})
    return [*cards, seed.MELA_CARD, seed.UVA_CARD]


def test_statistics_are_those_that_anki_shows(gateway, tmp_path, answered, stats):
    for ours, theirs in zip(stats(*answered), shown(gateway, tmp_path, answered), strict=True):
        optional = {
            name: getattr(theirs, name) if theirs.HasField(name) else None for name in ("due_position", "original_deck")
        }
        rated = [entry.time for entry in theirs.revlog if entry.button_chosen]  # older Ankis count all entries
        assert ours == {
            "cardId": theirs.card_id,
            "noteId": theirs.note_id,
            "deckName": theirs.deck,
            "originalDeck": optional["original_deck"],
            "modelName": theirs.notetype,
            "template": theirs.card_type,
            "preset": theirs.preset,
            "added": theirs.added,
            "firstReview": min(rated, default=None),
            "latestReview": max(rated, default=None),
            "dueDate": due_day(gateway.col, theirs) if theirs.HasField("due_date") else None,
            "duePosition": optional["due_position"],
            "interval": theirs.interval,
            "ease": theirs.ease,
            "reviews": theirs.reviews,
            "lapses": theirs.lapses,
            "averageSeconds": pytest.approx(theirs.average_secs) if theirs.average_secs else None,
            "totalSeconds": pytest.approx(theirs.total_secs),
            "memory": {
                "stability": pytest.approx(theirs.memory_state.stability),
                "difficulty": pytest.approx(theirs.memory_state.difficulty),
                "retrievability": pytest.approx(theirs.fsrs_retrievability, abs=1e-4),
            }
            if theirs.HasField("memory_state")
            else None,
            "desiredRetention": pytest.approx(theirs.desired_retention)
            if theirs.HasField("desired_retention")
            else None,
            "fsrsParams": pytest.approx(list(theirs.fsrs_params)),
            "customData": theirs.custom_data,
        }


def test_the_log_is_that_of_anki_with_what_fsrs_knew_after_each_answer(gateway, tmp_path, answered, stats):
    for ours, theirs in zip(stats(*answered, reviews=True), shown(gateway, tmp_path, answered), strict=True):
        assert [entry["id"] for entry in ours["log"]] == sorted((entry["id"] for entry in ours["log"]), reverse=True)
        for entry, expected in zip(ours["log"], theirs.revlog, strict=True):
            assert entry["id"] // 1000 == expected.time
            assert entry["kind"] == ("learning", "review", "relearning", "filtered", "manual")[expected.review_kind]
            assert (entry["ease"], entry["interval"]) == (expected.button_chosen, expected.interval)
            assert (entry["factor"], entry["time"]) == (expected.ease, pytest.approx(expected.taken_secs * 1000))
            if entry["memory"]:
                assert entry["memory"]["stability"] == pytest.approx(expected.memory_state.stability)
                assert entry["memory"]["difficulty"] == pytest.approx(expected.memory_state.difficulty)
            else:
                assert not expected.HasField("memory_state")
    last = stats(answered[2], reviews=True)[0]
    assert last["log"][0]["memory"]["stability"] == pytest.approx(last["memory"]["stability"], rel=1e-3)


@pytest.mark.parametrize("active", [False, True])
def test_nothing_is_written_to_cards_that_anki_would_complete(gateway, call, stats, active):
    """Anki's own call stores a time of the last review, which for a new card is 1970, and may store a memory state."""
    cards = [*studied(call, count=4), seed.MELA_CARD, seed.UVA_CARD]
    call("answerCards", {"answers": [{"cardId": cards[0], "ease": 3}]})
    call("setFsrsActive", {"active": active})
    gateway.col.db.execute("update cards set data = '{}' where id in (select id from cards limit 3 offset 2)")
    before = content(gateway.col)
    stats(*cards, reviews=True)
    assert content(gateway.col) == before
    call("forgetCards", {"cards": [seed.MELA_CARD]})  # it is still new and unchanged
    assert content(gateway.col) == before


def test_intervals_of_the_log_are_seconds_and_that_of_the_card_is_days(call, stats):
    call("setDueDate", {"cards": [seed.UVA_CARD], "days": "9!"})
    (found,) = stats(seed.UVA_CARD, reviews=True)
    manual, first = found["log"]
    assert found["interval"] == 9
    assert (manual["kind"], manual["interval"], manual["ease"]) == ("manual", 9 * DAY, 0)
    assert (first["kind"], first["interval"], first["lastInterval"]) == ("learning", 600, 60)
    assert found["firstReview"] == found["latestReview"] == seed.REVIEW // 1000  # a change by hand is no answer


def test_what_is_not_set_is_null(stats):
    new, unknown = stats(seed.MELA_CARD, UNKNOWN)
    assert unknown is None
    unset = {name for name, value in new.items() if value is None}
    assert unset == {
        *("originalDeck", "firstReview", "latestReview", "dueDate", "averageSeconds", "memory", "desiredRetention")
    }
    assert (new["duePosition"], new["totalSeconds"], new["customData"]) == (1, 0, "")


def test_a_position_of_zero_and_that_of_a_card_in_a_filtered_deck_are_no_missing_ones(gateway, call, stats):
    gateway.col.db.execute("update cards set due = 0 where id = ?", seed.MELA_CARD)
    assert stats(seed.MELA_CARD)[0]["duePosition"] == 0
    call("createFilteredDeck", {"deck": "Cram", "terms": [{"search": f"cid:{seed.UVA_CARD}"}]})
    (found,) = stats(seed.UVA_CARD)
    assert (found["deckName"], found["originalDeck"], found["duePosition"]) == ("Cram", "Italian::A1", 2)
    assert found["preset"] == "Default"


def test_a_card_in_learning_is_due_on_the_day_of_its_time(gateway, call, stats):
    call("answerCards", {"answers": [{"cardId": seed.MELA_CARD, "ease": 1}]})
    today = call("dueForecast", {"days": 1})["days"][0]["date"]
    cutoff = gateway.col.sched.day_cutoff
    for due, day in ((cutoff - 1, 0), (cutoff, 1), (cutoff - DAY, 0), (cutoff - DAY - 1, -1)):
        gateway.col.db.execute("update cards set due = ? where id = ?", due, seed.MELA_CARD)
        (found,) = stats(seed.MELA_CARD)
        assert (date.fromisoformat(found["dueDate"]) - date.fromisoformat(today)).days == day
    gateway.col.db.execute("update cards set type = 2, due = 400000000 where id = ?", seed.MELA_CARD)
    assert stats(seed.MELA_CARD)[0]["dueDate"] is None


def test_a_cloze_and_a_missing_template_have_the_right_name(gateway, call, stats):
    note = {"deckName": "Default", "modelName": "Cloze", "fields": {"Text": "{{c1::a}} {{c2::b}}"}}
    call("addNote", {"note": note})
    assert [found["template"] for found in stats(*call("findCards", {"query": "note:Cloze"}))] == ["Cloze"] * 2
    gateway.col.db.execute("update cards set ord = 9 where id = ?", seed.MELA_CARD)
    assert stats(seed.MELA_CARD)[0]["template"] is None


def test_damaged_rows_cost_only_what_they_hold(gateway, call, stats):
    call("setFsrsActive", {"active": True})
    call("answerCards", {"answers": [{"cardId": card, "ease": 3} for card in (seed.MELA_CARD, seed.UVA_CARD)]})
    gateway.col.db.execute("update cards set did = 5 where id = ?", seed.MELA_CARD)
    gateway.col.db.execute("update cards set data = ? where id = ?", '{"s":"x","d":5,"cd":{}}', seed.UVA_CARD)
    lost, odd = stats(seed.MELA_CARD, seed.UVA_CARD, reviews=True)
    assert (lost["deckName"], lost["preset"], lost["log"][0]["memory"]) == ("", None, None)
    assert lost["memory"]["stability"] > 0
    assert (odd["deckName"], odd["memory"], odd["customData"]) == ("Italian::A1", None, "{}")


def test_custom_data_and_older_parameters_are_returned(gateway, call, stats):
    card = gateway.col.get_card(seed.MELA_CARD)
    card.custom_data = '{"x":1}'
    gateway.col.update_card(card)
    config = gateway.col._backend.get_deck_config(1).config
    config.fsrs_params_4.extend([0.5] * 17)
    gateway.col.db.execute(f"update deck_config set config = x'{config.SerializeToString().hex()}' where id = 1")
    (found,) = stats(seed.MELA_CARD)
    assert (found["customData"], found["fsrsParams"]) == ('{"x":1}', [0.5] * 17)


def test_old_envelopes_get_the_same(gateway, stats):
    cards = [seed.MELA_CARD, UNKNOWN]
    expected = {"result": stats(*cards, reviews=True), "error": None}
    assert gateway.legacy("cardStats", cards=cards, reviews=True) == expected
