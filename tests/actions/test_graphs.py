"""The numbers of Anki's graphs, on a collection with a history."""

import pytest
import seed
from sizes import for_rows
from study import studied


@pytest.fixture
def call(gateway):
    def call(method, **params):
        response = gateway.rpc(method, params)
        assert "error" not in response, response
        return response["result"]

    return call


@pytest.fixture
def cards(call):
    """Cards with a history over a year, of which some were answered today, suspended or buried."""
    cards = studied(lambda method, params: call(method, **params), count=60)
    for ease in (1, 2, 3, 4):
        call("answerCards", answers=[{"cardId": card, "ease": ease, "time": 2000} for card in cards[ease:20:4]])
    call("suspend", cards=cards[30:33])
    call("buryCards", cards=cards[40:42])
    return cards


def spent(reviews, name):
    return sum(sum(day[name].values()) for day in reviews)


def test_each_number_is_the_one_that_anki_draws(gateway, call, cards):
    found, anki = call("graphs"), gateway.col._backend.graphs(search="", days=0)
    for ours, theirs in (("month", "one_month"), ("threeMonths", "three_months"), ("allTime", "all_time")):
        for name in ("learning", "young", "mature"):
            assert found["buttons"][ours][name] == list(getattr(getattr(anki.buttons, theirs), name))
        assert [(hour["answers"], hour["correct"]) for hour in found["hours"][ours]] == [
            (hour.total, hour.correct) for hour in getattr(anki.hours, theirs)
        ]
    assert {row["days"]: row["cards"] for row in found["intervals"]} == dict(anki.intervals.intervals)
    assert {row["percent"]: row["cards"] for row in found["eases"]["counts"]} == dict(anki.eases.eases)
    assert found["eases"]["median"] == pytest.approx(anki.eases.average)
    assert {row["day"]: row["cards"] for row in found["added"]} == dict(anki.added.added)
    assert {row["day"]: row["cards"] for row in found["futureDue"]["counts"]} == dict(anki.future_due.future_due)
    assert found["futureDue"]["dailyLoad"] == anki.future_due.daily_load
    assert {row["day"]: row["counts"]["young"] for row in found["reviews"]} == {
        day: count.young for day, count in anki.reviews.count.items()
    }
    assert {row["day"]: row["milliseconds"]["mature"] for row in found["reviews"]} == {
        day: time.mature for day, time in anki.reviews.time.items()
    }
    assert found["trueRetention"]["year"]["youngPassed"] == anki.true_retention.year.young_passed
    assert found["trueRetention"]["allTime"]["matureFailed"] == anki.true_retention.all_time.mature_failed


def test_the_parts_fit_together(call, cards):
    found = call("graphs", query="deck:Default")
    assert (
        spent(found["reviews"], "counts") == len(call("reviewLog", query="deck:Default", limit=100_000)["reviews"]) - 60
    )
    assert sum(row["cards"] for row in found["added"]) == 60
    separate, together = (found["cardCounts"][name] for name in ("separate", "together"))
    assert (separate["suspended"], separate["buried"]) == (3, 2)
    assert (together["suspended"], together["buried"]) == (0, 0)
    assert sum(separate.values()) == sum(together.values()) == 60
    assert found["today"] == call("collectionStatistics", query="deck:Default")["today"]
    assert found["today"]["milliseconds"] >= 2000 * 19
    retention = call("collectionStatistics", query="deck:Default")["retention"]["year"]
    year = found["trueRetention"]["year"]
    assert retention["passed"] == year["youngPassed"] + year["maturePassed"] > 0


def test_lists_are_sorted_and_hold_only_what_occurs(call, cards):
    found = call("graphs")
    for rows, key in (
        (found["intervals"], "days"),
        (found["added"], "day"),
        (found["reviews"], "day"),
        (found["futureDue"]["counts"], "day"),
        (found["eases"]["counts"], "percent"),
    ):
        keys = [row[key] for row in rows]
        assert keys == sorted(set(keys))
        assert keys
    assert found["reviews"][-1]["day"] == 0
    assert found["added"][-1]["day"] == 0


def test_zeros_are_filled_in_where_nothing_was_answered(reading):
    found = reading.rpc("graphs", {"query": "deck:Default"})["result"]
    for name in ("learning", "young", "mature"):
        assert found["buttons"]["month"][name] == [0, 0, 0, 0]
    assert found["hours"]["year"] == [{"answers": 0, "correct": 0}] * 24
    assert found["eases"]["median"] is None


def test_memory_states_are_difficulties_and_other_cards_have_eases(call, cards):
    before = call("graphs")
    assert (before["difficulty"]["median"], before["retrievability"]["average"], before["stability"]) == (
        None,
        None,
        [],
    )
    call("setFsrsActive", active=True)
    found = call("graphs")
    with_state = sum(row["cards"] for row in found["stability"])
    assert with_state > 0
    assert sum(row["cards"] for row in found["difficulty"]["counts"]) == with_state
    assert sum(row["cards"] for row in found["retrievability"]["counts"]) == with_state
    assert sum(row["cards"] for row in found["eases"]["counts"]) < sum(
        row["cards"] for row in before["eases"]["counts"]
    )
    assert 0 < found["difficulty"]["median"] <= 100
    assert 0 < found["retrievability"]["average"] <= 100
    assert 0 < found["retrievability"]["sumByCard"] <= with_state
    assert found["fsrs"] is True


def test_days_cut_only_what_comes_from_the_log(call, cards):
    whole, cut = call("graphs"), call("graphs", days=30)
    assert min(row["day"] for row in cut["reviews"]) >= -30
    assert min(row["day"] for row in whole["reviews"]) < -100
    assert sum(cut["buttons"]["allTime"]["young"]) < sum(whole["buttons"]["allTime"]["young"])
    assert cut["buttons"]["month"] == whole["buttons"]["month"]
    for name in ("intervals", "eases", "added", "futureDue", "cardCounts", "today"):
        assert cut[name] == whole[name]


def test_a_search_selects_cards_and_a_wrong_one_costs_nothing(gateway, call):
    call("setFlags", cards=[seed.MELA_CARD], flag=1)
    before = gateway.col.undo_status(), gateway.col.mod
    assert call("graphs", query="mela")["cardCounts"]["separate"]["new"] == 1
    assert gateway.rpc("graphs", {"query": "("})["error"]["data"]["kind"] == "invalid_search"
    assert (gateway.col.undo_status(), gateway.col.mod) == before


@for_rows("days", [-1, 10_001, "x"])
def test_other_numbers_of_days_are_refused(reading, days):
    assert reading.rpc("graphs", {"days": days})["error"]["code"] == -32602


@pytest.mark.parametrize("days", [0, 10_000])
def test_reviews_with_an_impossible_time_do_not_crash_anki(gateway, call, days):
    gateway.col.db.execute("insert into revlog values (-5000000, ?, -1, 3, 1, 0, 2500, 9, 1)", seed.MELA_CARD)
    for query in ("", "deck:Italian"):
        assert call("graphs", query=query, days=days)["hours"]["year"]


def test_old_envelopes_get_the_same(gateway, call):
    assert gateway.legacy("graphs", query="deck:Italian") == {
        "result": call("graphs", query="deck:Italian"),
        "error": None,
    }
