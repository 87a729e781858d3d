"""Statistics beside the numbers that Anki's own windows show, and days where the clock is changed."""

import time
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import seed
from study import studied

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def varied(gateway):
    """Cards of every kind, in several decks and a filtered one, answered today and before."""
    call = lambda method, params: gateway.rpc(method, params)["result"]  # noqa: E731
    cards = studied(call)
    call("changeDeck", {"cards": cards[:40], "deck": "Default::Sub"})
    call("setDueDate", {"cards": cards[40:60], "days": "60"})
    call("setDueDate", {"cards": cards[60:70], "days": "30!"})
    call("answerCards", {"answers": [{"cardId": card, "ease": 1 + card % 4} for card in [*cards[:20], seed.MELA_CARD]]})
    call("forgetCards", {"cards": cards[70:75]})
    call("suspend", {"cards": cards[20:30]})
    call("buryCards", {"cards": cards[30:38]})
    call("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "deck:Default", "limit": 15}]})
    call("createDeck", {"deck": "Empty"})
    return gateway


def test_decks_have_what_the_deck_list_shows(varied):
    shown, stack = {}, [(node, node.name) for node in varied.col.sched.deck_due_tree().children]
    while stack:
        node, name = stack.pop()
        shown[name] = (node.new_count, node.learn_count, node.review_count, node.filtered)
        stack += [(child, f"{name}::{child.name}") for child in node.children]
    decks = varied.rpc("deckStatistics")["result"]
    assert {
        deck["name"]: (deck["newToday"], deck["learningToday"], deck["reviewToday"], deck["isFiltered"])
        for deck in decks
    } == shown
    assert [deck["name"] for deck in decks] == ["Cram", "Default", "Default::Sub", "Empty", "Italian", "Italian::A1"]


def test_cards_are_counted_as_in_ankis_graph(varied):
    whole = varied.rpc("collectionStatistics")["result"]
    tops = [deck for deck in varied.rpc("deckStatistics")["result"] if "::" not in deck["name"]]
    total = sum((Counter(deck["counts"]) for deck in tops), Counter())
    assert {kind: total[kind] for kind in whole["counts"]} == whole["counts"]
    assert whole["cards"] == varied.col.card_count() == sum(deck["cards"] for deck in tops)
    assert whole["notes"] == varied.col.note_count()
    assert all(whole["counts"][kind] for kind in ("new", "learning", "relearning", "young", "mature", "suspended"))
    for deck in tops:
        others = "" if deck["isFiltered"] else "-deck:filtered"  # a card in one is found by its home deck too
        one = varied.rpc("collectionStatistics", {"query": f'deck:"{deck["name"]}" {others}'})["result"]
        assert (one["counts"], one["cards"]) == (deck["counts"], deck["cards"])


def test_today_and_what_was_remembered_are_the_numbers_of_ankis_window(varied):
    for query in ("", "deck:Default::Sub"):
        graphs = varied.col._backend.graphs(search=query, days=0)
        told = varied.rpc("collectionStatistics", {"query": query})["result"]
        assert (told["today"]["answers"], told["today"]["correct"]) == (
            graphs.today.answer_count,
            graphs.today.correct_count,
        )
        for name, stats in (("today", graphs.true_retention.today), ("allTime", graphs.true_retention.all_time)):
            assert told["retention"][name]["passed"] == stats.young_passed + stats.mature_passed
            assert told["retention"][name]["failed"] == stats.young_failed + stats.mature_failed
    assert told["today"]["answers"] == 20


def test_the_forecast_is_ankis_graph(varied):
    for query in ("", "deck:Default -deck:Default::Sub", "tag:nosuch"):
        due = varied.col._backend.graphs(search=query, days=0).future_due.future_due
        told = varied.rpc("dueForecast", {"query": query, "days": 400})["result"]
        assert {day["day"]: day["count"] for day in told["days"] if day["count"]} == {
            day: count for day, count in due.items() if day >= 0
        }
        assert told["overdue"] == sum(count for day, count in due.items() if day < 0)


def test_a_bad_search_is_told(reading):
    for method in ("collectionStatistics", "dueForecast", "reviewLog"):
        assert reading.rpc(method, {"query": '"'})["error"]["data"]["kind"] == "invalid_search"


# --- days ---


def test_days_studied_are_those_of_ankis_calendar(open_gateway, time_zone):
    time_zone("UTC")
    gateway = open_gateway()
    studied(lambda method, params: gateway.rpc(method, params)["result"])
    gateway.rpc("answerCards", {"answers": [{"cardId": seed.MELA_CARD, "ease": 3}]})
    days = sorted(gateway.col._backend.graphs(search="", days=0).reviews.count)
    run = longest = 0
    for before, day in zip([None, *days], days, strict=False):
        run = run + 1 if before == day - 1 else 1
        longest = max(longest, run)
    streak = gateway.rpc("studyStreak")["result"]
    assert (streak["daysStudied"], streak["longest"], streak["current"]) == (len(days), longest, run)
    assert streak["studiedToday"] is True


@pytest.mark.parametrize("changed", [date(2020, 10, 25), date(2021, 3, 28)])
def test_a_day_begins_by_the_clock_on_the_wall_where_it_is_changed(gateway, time_zone, changed):
    time_zone("Europe/Berlin")
    for day in (changed - timedelta(days=1), changed, changed + timedelta(days=1)):
        gateway.col.db.execute("delete from revlog")
        before = datetime(day.year, day.month, day.day, 3, 59, tzinfo=BERLIN).timestamp() * 1000
        after = datetime(day.year, day.month, day.day, 4, 1, tzinfo=BERLIN).timestamp() * 1000
        for moment, expected in ((before, day - timedelta(days=1)), (after, day)):
            gateway.rpc("insertReviews", {"reviews": [[int(moment), seed.MELA_CARD, -1, 3, 1, 1, 2500, 9, 1]]})
            assert gateway.rpc("studyStreak")["result"]["lastDay"] == str(expected)


@pytest.mark.parametrize("way", ["AAA-1BBB-2,{today}/2,{later}/3", "AAA-1BBB-2,{earlier}/2,{today}/3"])
def test_today_is_ankis_day_where_the_clock_is_changed_on_it(gateway, time_zone, way):
    number = time.localtime().tm_yday
    days = {"today": number, "later": number % 365 + 90, "earlier": number - 90}
    time_zone(way.format(**{name: f"{(day - 1) % 365}" for name, day in days.items()}))
    time.sleep(1.1)  # Anki looks for another time zone once a second
    for hour in (0, 4, 23):
        preferences = gateway.col.get_preferences()
        preferences.scheduling.rollover = hour
        gateway.col.set_preferences(preferences)
        day = date.fromisoformat(gateway.rpc("dueForecast", {"days": 1})["result"]["days"][0]["date"])
        begins_next = datetime.combine(day + timedelta(days=1), datetime.min.time()) + timedelta(hours=hour)
        cutoff = datetime.fromtimestamp(gateway.col.sched.day_cutoff)  # noqa: DTZ006  (the local one is meant)
        assert abs(cutoff - begins_next) <= timedelta(hours=1)
