"""Searches that are read page by page while others write, on a real collection."""

import time

import pytest
import seed
from sizes import for_rows

METHODS = {"notes": "findNotesPage", "cards": "findCardsPage"}


@pytest.fixture
def words(gateway):
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{n:02}"}, "tags": ["page"]}
        for n in range(20)
    ]
    return [entry["id"] for entry in gateway.rpc("addNotes", {"notes": notes})["result"]]


def read(gateway, noun="notes", call="rpc", **params):
    reply = gateway.rpc(METHODS[noun], params) if call == "rpc" else gateway.legacy(METHODS[noun], **params)
    return reply["result"]


def rest(gateway, page, limit, noun="notes"):
    """The ids of all pages after a page."""
    found = []
    while page["nextCursor"]:
        page = read(gateway, noun, cursor=page["nextCursor"], limit=limit)
        assert len(page[noun]) <= limit
        found += page[noun]
    return found


def delete(gateway, *notes):
    gateway.rpc("deleteNotes", {"notes": [*notes]})


@pytest.mark.parametrize("call", ["rpc", "legacy"])
@pytest.mark.parametrize("noun", ["notes", "cards"])
@pytest.mark.parametrize("order", [{}, {"orderBy": "noteFld", "descending": True}, {"orderBy": "noteCrt"}])
def test_all_pages_are_the_whole_search(gateway, words, noun, call, order):
    find = {"notes": "findNotes", "cards": "findCards"}[noun]
    whole = gateway.rpc(find, {"query": "tag:page", **({"limit": 99} if not order else {}), **order})["result"]
    page = read(gateway, noun, call, query="tag:page", limit=7, **order)
    assert (len(page[noun]), page["total"]) == (7, 20)
    assert page[noun] + rest(gateway, page, 6, noun) == whole


def test_nothing_is_skipped_or_repeated_while_others_write(gateway, words):
    page = read(gateway, query="tag:page", limit=5, orderBy="noteFld")
    delete(gateway, words[0], words[4], words[5], words[12])  # before the place, at it, after it, and later
    while time.time() * 1000 <= words[-1]:  # the ids of new notes are times, too: none is to be that of a deleted one
        time.sleep(0.001)
    note = {"deckName": "Default", "modelName": "Basic", "tags": ["page"]}
    gateway.rpc("addNotes", {"notes": [{**note, "fields": {"Front": front}} for front in ("!", "07x", "zz")]})
    gateway.rpc("updateNotes", {"notes": [{"id": words[1], "fields": {"Front": "90"}}]})  # read already, now behind
    gateway.rpc("updateNotes", {"notes": [{"id": words[19], "fields": {"Front": "!!"}, "removeTags": ["page"]}]})
    expected = [note for note in words if note not in (words[5], words[12])]
    assert page["notes"] + rest(gateway, page, 5) == expected


def test_a_repeated_call_returns_the_same_page(gateway, words):
    cursor = read(gateway, query="tag:page", limit=5)["nextCursor"]
    second = read(gateway, cursor=cursor, limit=5)
    rest(gateway, second, 5)
    assert read(gateway, cursor=cursor, limit=5) == second
    delete(gateway, words[6])
    assert read(gateway, cursor=cursor, limit=5)["notes"] == [words[5], *words[7:11]]
    gateway.rpc("undo")
    assert read(gateway, cursor=cursor, limit=5) == second


def test_deleted_entries_do_not_shorten_a_page_and_the_last_may_be_empty(gateway, words):
    page = read(gateway, query="tag:page", limit=2)
    delete(gateway, *words[2:15])
    second = read(gateway, cursor=page["nextCursor"], limit=2)
    assert second["notes"] == words[15:17]
    delete(gateway, *words)
    assert read(gateway, cursor=second["nextCursor"]) == {"notes": [], "total": 20, "nextCursor": None}


def test_a_search_on_one_page_keeps_nothing(gateway, words):
    snapshots = gateway.gateway.dispatcher.snapshots
    assert read(gateway, query="tag:page")["nextCursor"] is None
    assert read(gateway, query="tag:page", limit=20)["nextCursor"] is None
    assert read(gateway, query="tag:nosuch", limit=1) == {"notes": [], "total": 0, "nextCursor": None}
    assert not snapshots._kept


@pytest.mark.parametrize("cursor", ["", "nosuch", "a" * 16, "a" * 16 + ".x", "a" * 16 + ".-1", "a" * 16 + ".1 "])
def test_an_unreadable_cursor_is_refused(gateway, words, cursor):
    error = gateway.rpc("findNotesPage", {"cursor": cursor})["error"]
    assert (error["data"]["kind"], error["data"]["field"]) == ("refused", "cursor")
    assert "findNotesPage" in error["message"]


def test_a_cursor_of_something_else_is_an_error_that_says_so(gateway, words, monkeypatch):
    cursor = read(gateway, query="tag:page", limit=5)["nextCursor"]
    error = gateway.rpc("findCardsPage", {"cursor": cursor})["error"]
    assert (error["data"]["kind"], "a cursor of findNotesPage" in error["message"]) == ("refused", True)
    far = f"{cursor.partition('.')[0]}.999"
    assert gateway.rpc("findNotesPage", {"cursor": far})["error"]["data"]["kind"] == "refused"
    unknown = gateway.rpc("findNotesPage", {"cursor": f"{'a' * 16}.5"})["error"]
    assert (unknown["data"]["kind"], "expired" in unknown["message"]) == ("not_found", True)
    assert gateway.legacy("findNotesPage", cursor=cursor)["error"] is None
    with monkeypatch.context() as patched:
        patched.setattr(gateway.host, "session", lambda: "another")
        error = gateway.rpc("findNotesPage", {"cursor": cursor})["error"]
        assert (error["data"]["kind"], "another collection" in error["message"]) == ("not_found", True)


def test_another_caller_cannot_continue(gateway, words, monkeypatch):
    from addon.rpc.caller import Caller

    cursor = read(gateway, query="tag:page", limit=5)["nextCursor"]
    monkeypatch.setattr(Caller, "identity", property(lambda self: ("other", None)))
    error = gateway.rpc("findNotesPage", {"cursor": cursor})["error"]
    assert (error["data"]["kind"], "another caller" in error["message"]) == ("not_found", True)


@for_rows(
    ("params", "field"),
    [
        ({}, "query"),
        ({"query": "", "cursor": "x"}, "query"),
        ({"cursor": "x", "orderBy": "noteFld"}, "orderBy"),
        ({"query": "", "descending": True}, "descending"),
        ({"query": "", "limit": 0}, "limit"),
        ({"query": "", "limit": 100_001}, "limit"),
    ],
)
def test_params_that_make_no_page_are_named(reading, params, field):
    assert [*reading.rpc("findNotesPage", params)["error"]["data"]["fields"]] == [field]


def test_a_wrong_search_and_a_wrong_column_are_errors_as_elsewhere(reading):
    assert reading.rpc("findNotesPage", {"query": "deck:("})["error"]["data"]["kind"] == "invalid_search"
    assert reading.rpc("findCardsPage", {"query": "", "orderBy": "nosuch"})["error"]["data"]["field"] == "orderBy"
    assert read(reading, "cards", query="", limit=5)["cards"] == [seed.MELA_CARD, seed.UVA_CARD]
