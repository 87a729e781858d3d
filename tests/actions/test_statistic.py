"""The review log, on a real collection."""

import pytest
import seed
from sizes import for_rows

UVA_ROW = [seed.REVIEW, seed.UVA_CARD, -1, 3, -600, -60, 2500, 5210, 0]
ROW = [1_600_000_000_000, seed.MELA_CARD, -1, 2, 5, -60, 2500, 6157, 1]
USED = (
    'DbError { info: "SqliteFailure(Error { code: ConstraintViolation, extended_code: 1555 }, '
    'Some(\\"UNIQUE constraint failed: revlog.id\\"))", kind: Other }'
)


def insert(gateway, *rows):
    return gateway.legacy("insertReviews", reviews=list(rows))


def log(gateway, deck="Italian::A1", start=0):
    return gateway.legacy("cardReviews", deck=deck, startID=start)["result"]


# --- counting ---


def test_today_begins_at_the_hour_of_ankis_preferences(gateway):
    start = (gateway.col.sched.day_cutoff - 86_400) * 1000
    insert(gateway, [start - 1, *ROW[1:]], [start, *ROW[1:]], [start + 1, *ROW[1:]], [start + 2, *ROW[1:]])
    assert gateway.legacy("getNumCardsReviewedToday") == {"result": 2, "error": None}


@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "Europe/Berlin"])
def test_days_are_those_of_the_entries_one_by_one(gateway, time_zone, zone):
    time_zone(zone)
    insert(gateway, *([id, *ROW[1:]] for id in range(1_603_600_000_123, 1_603_800_000_000, 977_777)))
    one_by_one = """select date(id / 1000 - 14400, 'unixepoch', 'localtime') as day, count() from revlog
        group by day order by day desc"""
    result = gateway.legacy("getNumCardsReviewedByDay")["result"]
    assert len(result) > 3
    assert result == gateway.col.db.all(one_by_one)
    assert result == sorted(result, reverse=True)


def test_a_day_begins_at_the_rollover_hour(gateway, time_zone):
    time_zone("UTC")
    noon = 1_599_998_400_000
    insert(gateway, [noon, *ROW[1:]], [noon + 1, *ROW[1:]])
    day = {"4": "2020-09-13", "13": "2020-09-12"}
    for hour, date in day.items():
        gateway.col.set_config("rollover", int(hour))
        assert [date, 2] in gateway.legacy("getNumCardsReviewedByDay")["result"]


@for_rows("whole", [{}, {"wholeCollection": True}, {"wholeCollection": False}, {"wholeCollection": None}])
def test_the_report_is_html(reading, whole):
    assert reading.legacy("getCollectionStatsHTML", **whole)["result"].startswith("<center>")


# --- reading ---


def test_rows_of_a_deck_are_later_than_a_time(gateway):
    insert(gateway, ROW)
    assert sorted(log(gateway)) == [ROW, UVA_ROW]
    assert log(gateway, "iTALIAN::a1", ROW[0]) == [UVA_ROW]
    assert log(gateway, start=seed.REVIEW) == []
    assert gateway.legacy("getLatestReviewID", deck="italian::A1")["result"] == seed.REVIEW


@for_rows("deck", ["Italian", "Default", "nope", "", None])
def test_a_deck_has_only_its_own_cards_and_is_not_made(reading, deck):
    assert log(reading, deck) == []
    assert reading.legacy("getLatestReviewID", deck=deck) == {"result": 0, "error": None}
    assert reading.legacy("deckNames")["result"] == ["Default", "Italian", "Italian::A1"]


def test_cards_in_a_filtered_deck_count_for_that_one(gateway):
    gateway.col.sched.rebuild_filtered_deck(gateway.col.decks.new_filtered("Cram"))
    assert log(gateway) == []
    assert log(gateway, "Cram") == [UVA_ROW]


@for_rows("start", ["0", "x", None])
def test_nothing_is_later_than_text(reading, start):
    assert log(reading, start=start) == []
    assert reading.rpc("cardReviews", ["Italian::A1", start])["error"]["code"] == -32602


@for_rows(("start", "count"), [(-0.5, 1), (seed.REVIEW - 0.5, 1), (seed.REVIEW + 0.0, 0), (1e18, 0)])
def test_a_time_may_be_a_fraction_for_old_clients(reading, start, count):
    assert len(log(reading, start=start)) == count
    assert ("error" in reading.rpc("cardReviews", ["Italian::A1", start])) == (not float(start).is_integer())


def test_a_whole_number_with_a_point_is_an_id_for_old_clients(reading):
    result = reading.legacy("getReviewsOfCards", cards=[float(seed.UVA_CARD), 5.5])["result"]
    assert {card: len(reviews) for card, reviews in result.items()} == {f"{seed.UVA_CARD}.0": 1, "5.5": 0}


def test_reviews_of_cards_come_oldest_first_under_the_ids_of_the_call(gateway):
    insert(gateway, [seed.REVIEW + 1, seed.UVA_CARD, *ROW[2:]], [5, seed.UVA_CARD, *ROW[2:]])
    cards = [seed.UVA_CARD, 5, seed.MELA_CARD, seed.UVA_CARD]
    result = gateway.legacy("getReviewsOfCards", cards=cards)["result"]
    assert list(result) == [str(seed.UVA_CARD), "5", str(seed.MELA_CARD)]
    assert list(map(len, result.values())) == [3, 0, 0]
    reviews = result[str(seed.UVA_CARD)]
    assert [review["id"] for review in reviews] == [5, seed.REVIEW, seed.REVIEW + 1]
    assert list(reviews[1]) == ["id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type"]
    assert list(reviews[1].values()) == [UVA_ROW[0], *UVA_ROW[2:]]


def test_an_id_may_be_text_as_in_the_documentation(reading):
    result = reading.legacy("getReviewsOfCards", cards=[str(seed.UVA_CARD), "x"])["result"]
    assert (len(result[str(seed.UVA_CARD)]), result["x"]) == (1, [])
    assert reading.legacy("getReviewsOfCards", cards=[])["result"] == {}
    assert reading.legacy("getReviewsOfCards", cards=None)["error"] == "'NoneType' object is not iterable"
    assert reading.rpc("getReviewsOfCards", {"cards": ["5"]})["error"]["code"] == -32602


# --- adding ---


def test_entries_are_added_to_sync_and_mark_the_collection_as_changed(gateway):
    before = gateway.col.mod
    cards = gateway.col.db.all("select * from cards")
    assert insert(gateway, [*ROW[:2], 7, *ROW[3:]], [9, 12345, *ROW[2:]]) == {"result": None, "error": None}
    assert sorted(log(gateway)) == [ROW, UVA_ROW]
    assert gateway.col.db.scalar("select usn from revlog where id = 9") == -1
    assert gateway.col.mod > before
    assert gateway.col.db.all("select * from cards") == cards


def test_numbers_are_stored_to_the_last_bit(gateway):
    id, cid = 2**63 - 1, 2**62 + 1
    insert(gateway, [id, cid, -1, 4, -(2**31), 2**31 - 1, 2**32 - 1, 0, 5])
    row = gateway.col.db.first("select * from revlog where id = ?", id)
    assert row == [id, cid, -1, 4, -(2**31), 2**31 - 1, 2**32 - 1, 0, 5]


def test_nothing_to_add_leaves_the_undo_history(gateway):
    gateway.legacy("createDeck", deck="x")
    assert insert(gateway) == {"result": None, "error": None}
    assert gateway.col.undo_status().undo == "Add Deck"


def test_a_write_after_it_in_a_batch_is_undone_on_its_own(gateway):
    actions = [
        {"action": "createDeck", "params": {"deck": "x"}},
        {"action": "insertReviews", "params": {"reviews": [ROW]}},
        {"action": "createDeck", "params": {"deck": "y"}},
    ]
    replies = gateway.legacy("multi", actions=actions)["result"]
    assert replies[1] is None
    gateway.col.undo()
    assert {"x", "y"} & set(gateway.legacy("deckNames")["result"]) == {"x"}


@pytest.mark.parametrize("rows", [[ROW, ROW], [ROW, UVA_ROW]])
def test_an_id_that_is_used_stores_nothing(gateway, rows):
    gateway.legacy("createDeck", deck="x")
    assert insert(gateway, *rows) == {"result": None, "error": USED}
    error = gateway.rpc("insertReviews", {"reviews": rows})["error"]
    assert error["data"] == {"kind": "already_exists", "index": 1, "review": rows[1][0]}
    assert log(gateway) == [UVA_ROW]
    assert gateway.col.undo_status().undo == "Add Deck"


@for_rows(
    ("row", "text"),
    [
        (ROW[:8], 'Some(\\"8 values for 9 columns\\"))", kind: Other }'),
        ([*ROW, 1], 'DbError { info: "SqliteFailure(Error { code: Unknown, extended_code: 1 }, Some(\\"10 values for'),
        ([1.5, *ROW[1:]], 'code: TypeMismatch, extended_code: 20 }, Some(\\"datatype mismatch\\"))", kind: Other }'),
        ([None, *ROW[1:]], 'extended_code: 1 }, msg: \\"no such column: None\\"'),
        (["9" * 19, *ROW[1:]], "9999999999999999999"),
        (["1); drop table revlog; --", *ROW[1:]], 'DbError { info: "SqlInputError'),
        (5, "'int' object is not iterable"),
    ],
)
def test_a_row_is_nine_whole_numbers(reading, row, text):
    assert text in insert(reading, ROW, row)["error"]
    error = reading.rpc("insertReviews", {"reviews": [ROW, row]})["error"]
    assert error["code"] == -32602
    assert next(iter(error["data"]["fields"])).startswith("reviews.1")
    assert log(reading) == [UVA_ROW]


def test_whole_numbers_may_look_otherwise_for_old_clients(gateway):
    assert insert(gateway, [float(ROW[0]), *ROW[1:3], True, *ROW[4:]])["error"] is None
    assert [ROW[0], ROW[1], -1, 1, *ROW[4:]] in log(gateway)


@for_rows(("column", "text"), [(0, f" {ROW[0]} "), (3, "+3"), (5, "-600"), (7, "04000"), (3, "2.0")])
def test_digits_as_text_are_the_number_for_old_clients(kept, column, text):
    gateway = kept.unchanged()
    row = [*ROW[:column], text, *ROW[column + 1 :]]
    assert gateway.rpc("insertReviews", {"reviews": [row]})["error"]["code"] == -32602
    assert insert(gateway, row) == {"result": None, "error": None}
    assert [*ROW[:column], int(float(text)), *ROW[column + 1 :]] in log(gateway)


@for_rows("nothing", [{}, "", []])
def test_no_reviews_are_a_list_however_they_are_written(reading, nothing):
    assert reading.legacy("insertReviews", reviews=nothing) == {"result": None, "error": None}


def test_reviews_are_a_list(reading):
    assert reading.legacy("insertReviews", reviews={"a": ROW})["error"] == "object of type 'dict' has no len()"
    assert reading.legacy("insertReviews", reviews=None)["error"] == "object of type 'NoneType' has no len()"
    assert reading.legacy("insertReviews", reviews=5)["error"] == "object of type 'int' has no len()"


@for_rows(
    ("column", "value", "name"),
    [(3, -1, "ease"), (4, 2**31, "ivl"), (6, -1, "factor"), (7, 2**31, "time"), (8, 256, "type")],
)
def test_what_anki_could_not_read_back_is_refused(reading, column, value, name):
    row = [*ROW[:column], value, *ROW[column + 1 :]]
    error = reading.rpc("insertReviews", {"reviews": [ROW, row]})["error"]
    assert error["data"] == {"kind": "refused", "index": 1, "field": name}
    assert log(reading) == [UVA_ROW]
