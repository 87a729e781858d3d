"""Searches whose result is sorted by a column of Anki's browser, on a real collection."""

import itertools
from types import SimpleNamespace

import pytest
import seed
from sizes import for_rows

from addon.actions import searching

COUNT = 60


@pytest.fixture(scope="module")
def many(example_collection, tmp_path_factory):
    """A gateway with notes and cards that are equal in many columns."""
    from local_gateway import LocalGateway

    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("sorting")))
    words = ["<b>zebra</b>", "Apple", "\u00c9t\u00e9", "pear", "apple pie"]
    notes = [
        {
            "modelName": ("Basic", "Basic (and reversed card)", "Italian vocab")[number % 3],
            "deckName": ("Default", "Italian")[number % 2],
            "fields": {
                ("Front", "Front", "Word")[number % 3]: f"{words[number % 5]}{number % 4}",
                ("Back", "Back", "Meaning")[number % 3]: "x",
            },
            "tags": ["a", "b"][: number % 3],
            "options": {"allowDuplicate": True},
        }
        for number in range(COUNT)
    ]
    added = gateway.rpc("addNotes", {"notes": notes})["result"]
    assert all(entry["id"] for entry in added)
    cards = sorted(gateway.col.find_cards("deck:Default"))
    gateway.rpc("setDueDate", {"cards": cards[::2], "days": "3"})
    gateway.rpc("setSpecificValueOfCard", {"card": cards[0], "keys": ["ivl"], "newValues": [7], "warning_check": True})
    gateway.col.db.execute("update cards set ivl = id % 3, reps = id % 4, lapses = id % 2, mod = 1700000000 + id % 5")
    gateway.col.db.execute("update notes set mod = 1700000000 + id % 5")
    yield gateway
    gateway.close()


def columns(gateway, of):
    return [column["key"] for column in gateway.rpc("browserColumns")["result"] if column[f"sorts{of}"]]


def test_the_columns_are_those_of_anki(many):
    found = {column["key"]: column for column in many.rpc("browserColumns")["result"]}
    assert found.keys() == {column.key for column in many.col.all_browser_columns()}
    assert found["noteFld"] == {
        "key": "noteFld",
        "cardsLabel": "Sort Field",
        "notesLabel": "Sort Field",
        "sortsCards": True,
        "sortsNotes": True,
        "descendingFirst": False,
        "tooltip": "",
    }
    assert (found["cardEase"]["cardsLabel"], found["cardEase"]["notesLabel"]) == ("Ease", "Avg. Ease")
    assert (found["cardEase"]["descendingFirst"], found["question"]["sortsCards"]) == (True, False)
    for key in ("difficulty", "stability", "retrievability"):
        assert (found[key]["sortsCards"], found[key]["sortsNotes"]) == (True, False)
    assert many.legacy("browserColumns")["result"] == [*found.values()]


KEYS = {
    "findNotes": {
        "noteCrt": "id",
        "noteMod": "mod",
        "note": "(select lower(name) from notetypes where id = mid)",
        "noteTags": "tags",
        "noteFld": "lower(sfld)",
        "template": "(select count() from cards where nid = notes.id)",
        "cardReps": "(select sum(reps) from cards where nid = notes.id)",
    },
    "findCards": {
        "cardMod": "mod",
        "cardReps": "reps",
        "cardLapses": "lapses",
        "noteFld": "(select lower(sfld) from notes where id = nid), ord",
        "deck": "(select lower(name) from decks where id = did)",
    },
}
"""SQL for the values of columns."""


@for_rows(("method", "key"), [(method, key) for method in KEYS for key in KEYS[method]])
@for_rows("descending", [False, True])
@for_rows("call", ["rpc", "legacy"])
def test_ids_are_sorted_by_the_column_and_equal_ones_by_id(many, method, key, descending, call):
    parts = [f"{part}{' desc' * descending}" for part in (*KEYS[method][key].split(", "), "id")]
    table = method.removeprefix("find").lower()
    expected = many.col.db.list(f"select id from {table} order by {', '.join(parts)}")
    params = {"query": "", "orderBy": key, "descending": descending}
    reply = many.rpc(method, params) if call == "rpc" else many.legacy(method, **params)
    assert reply["result"] == expected


@pytest.mark.parametrize("of", ["Notes", "Cards"])
def test_pages_in_the_order_of_any_column_are_the_whole_in_pieces(many, of):
    for key, descending in itertools.product(columns(many, of), (False, True)):
        params = {"query": "-tag:nosuch", "orderBy": key, "descending": descending}
        whole = many.rpc(f"find{of}", params)["result"]
        pages = [many.rpc(f"find{of}", {**params, "limit": 25, "offset": n})["result"] for n in range(0, 125, 25)]
        assert [id for page in pages for id in page] == whole, key
        assert sorted(whole) == sorted(many.rpc(f"find{of}", {"query": ""})["result"])


def test_letters_beyond_ascii_come_after_z_and_markup_does_not_count(many):
    notes = many.rpc("findNotes", {"query": "", "orderBy": "noteFld"})["result"]
    texts = [many.col.get_note(id).fields[0] for id in notes]
    assert texts[0] == "apple pie0"
    assert texts[-1] == "\u00c9t\u00e93"
    assert texts.index("<b>zebra</b>0") > texts.index("uva")


@pytest.mark.parametrize(
    ("method", "key"),
    [
        *(
            ("findNotes", key)
            for key in ("nosuch", "", "question", "answer", "difficulty", "stability", "retrievability")
        ),
        *(("findCards", key) for key in ("nosuch", "answer", "n.id; drop table notes", "(select 1)", "NOTEFLD")),
    ],
)
def test_a_column_that_does_not_sort_is_refused_and_nothing_is_printed(many, capfd, method, key):
    error = many.rpc(method, {"query": "", "orderBy": key})["error"]
    assert (error["data"]["kind"], error["data"]["field"]) == ("refused", "orderBy")
    assert "noteFld" in error["message"]
    assert many.legacy(method, query="", orderBy=key)["result"] is None
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("method", ["findNotes", "findCards"])
def test_an_order_is_not_reversed_without_a_column(many, method):
    error = many.rpc(method, {"query": "", "descending": True})["error"]
    assert [*error["data"]["fields"]] == ["descending"]
    assert "orderBy" in error["message"]


def test_what_only_one_of_the_two_directions_finds_is_left_out():
    """Retrievability falls each second, so `prop:r<0.9` can find one card more a moment later."""
    found = {False: [3, 1, 2], True: [4, 2, 1, 3, 5]}
    ctx = SimpleNamespace(tolerant=False, give_way=lambda: None)
    assert searching._sorted(ctx, "prop:r<0.9", False, lambda reverse: found[reverse]) == [3, 1, 2]
    assert searching._sorted(ctx, "prop:r<0.9", True, lambda reverse: found[reverse]) == [2, 1, 3]
    as_many = {False: [3, 1, 2, 6], True: [4, 2, 1, 3]}
    assert searching._sorted(ctx, "prop:r<0.9", False, lambda reverse: as_many[reverse]) == [3, 1, 2]


def test_a_broken_search_is_an_invalid_search_in_any_order(many):
    for query in ("deck:(", "re:(", "is:x"):
        error = many.rpc("findNotes", {"query": query, "orderBy": "noteFld"})["error"]
        assert error["data"]["kind"] == "invalid_search"
    assert many.rpc("findNotes", {"query": "tag:nosuch", "orderBy": "noteFld"})["result"] == []


def test_without_a_column_everything_is_as_before(many):
    whole = many.rpc("findNotes", {"query": ""})["result"]
    assert whole == [*many.col.find_notes("")]
    assert many.rpc("findNotes", {"query": "", "limit": 3, "orderBy": None})["result"] == sorted(whole)[:3]
