"""Pages and chosen members of what describes notes and cards, on a real collection."""

import pytest
import seed
from anki.collection import hooks
from sizes import for_rows

from addon.text.plain import without_isolates

BOTH = [seed.MELA, seed.UVA]
CARDS = [seed.MELA_CARD, seed.UVA_CARD]


def read(gateway, method, **params):
    """The result, which both protocols give alike.

    But the old one returns the home deck only on request, and keeps Anki's invisible marks.
    """
    result = gateway.rpc(method, params)["result"]
    old = gateway.legacy(method, **params)["result"]
    if method == "cardsInfo" and "fields" not in params:
        old = [
            entry and {**entry, "homeDeckName": card["homeDeckName"]} for entry, card in zip(old, result, strict=True)
        ]
    for entry in old if method == "cardsInfo" else ():
        if "nextReviews" in entry:
            entry["nextReviews"] = [*map(without_isolates, entry["nextReviews"])]
    assert old == result
    return result


def test_a_page_of_given_ids_is_in_their_order(reading):
    ids = [seed.UVA, 5, seed.MELA]
    whole = read(reading, "notesInfo", notes=ids)
    assert [note.get("noteId") for note in whole] == [seed.UVA, None, seed.MELA]
    assert read(reading, "notesInfo", notes=ids, limit=2) == whole[:2]
    assert read(reading, "notesInfo", notes=ids, offset=2) == whole[2:]
    assert read(reading, "notesInfo", notes=ids, offset=1, limit=1) == [{}]
    assert read(reading, "notesInfo", notes=ids, offset=3) == read(reading, "notesInfo", notes=ids, limit=0) == []
    sides = [(card["cardId"], card["question"]) for card in read(reading, "cardsInfo", cards=CARDS)]
    assert [(c["cardId"], c["question"]) for c in read(reading, "cardsInfo", cards=CARDS, offset=1)] == sides[1:]


def test_pages_of_a_search_are_in_the_order_of_the_ids_and_do_not_overlap(gateway):
    word = {"modelName": "Basic", "deckName": "Default"}
    gateway.rpc("addNotes", {"notes": [{**word, "fields": {"Front": str(n)}} for n in range(7)]})
    for find, describe, key in (("findNotes", "notesInfo", "noteId"), ("findCards", "cardsInfo", "cardId")):
        pages = [read(gateway, find, query="note:Basic", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
        assert [len(page) for page in pages] == [3, 3, 1, 0]
        found = [id for page in pages for id in page]
        assert found == sorted(read(gateway, find, query="note:Basic"))
        if find == "findNotes":
            page = read(gateway, describe, query="note:Basic", limit=3, offset=3, fields=[key])
            assert [note[key] for note in page] == pages[1]
    assert read(gateway, "findNotes", limit=1) == []


@pytest.mark.parametrize(("method", "ids"), [("notesInfo", {"notes": BOTH}), ("cardsInfo", {"cards": CARDS})])
def test_each_member_is_the_same_alone_as_among_the_others(reading, method, ids):
    whole = read(reading, method, **ids)
    for member in whole[0]:
        alone = read(reading, method, **ids, fields=[member])
        if member == "nextReviews":  # Anki varies them by chance
            assert [[*entry] for entry in alone] == [[member]] * 2
        else:
            assert alone == [{member: entry[member]} for entry in whole]
    some = read(reading, method, **ids, fields=["fields", "mod", "modelName"])
    assert some == [{key: entry[key] for key in ("fields", "modelName", "mod")} for entry in whole]
    assert read(reading, method, **ids, fields=[]) == [{}, {}]


@pytest.mark.parametrize(
    ("method", "ids"), [("notesInfo", {"notes": [*BOTH, 5]}), ("cardsInfo", {"cards": [*CARDS, 5]})]
)
def test_fields_of_the_note_are_chosen_by_name(reading, method, ids):
    values = [{"Meaning": {"value": value, "order": 1}} for value in ("apple", "grapes")]
    sparse = read(reading, method, **ids, fields=[], noteFields=["Meaning", "Front"])
    assert sparse == [{"fields": values[0]}, {"fields": values[1]}, {}]
    full = read(reading, method, **ids, noteFields=["Meaning"])
    assert [entry.get("fields") for entry in full] == [*values, None]
    assert full[0]["modelName"] == "Italian vocab"
    assert read(reading, method, **ids, fields=["fields"], noteFields=[])[0] == {"fields": {}}


def test_nothing_is_rendered_where_neither_side_is_asked_for(gateway):
    rendered = []

    def note_it(output, context):
        rendered.append(context.card().id)

    hooks.card_did_render.append(note_it)
    try:
        members = [*gateway.rpc("cardsInfo", {"cards": CARDS[:1]})["result"][0]]
        assert rendered == CARDS[:1]
        cheap = [name for name in members if name not in ("question", "answer")]
        assert [*gateway.rpc("cardsInfo", {"cards": CARDS, "fields": cheap})["result"][0]] == cheap
        assert rendered == CARDS[:1]
        gateway.rpc("cardsInfo", {"cards": CARDS, "fields": ["answer", "question"]})
        assert rendered == [*CARDS[:1], *CARDS]
    finally:
        hooks.card_did_render.remove(note_it)


@for_rows("wrong", [{"limit": -1}, {"offset": -1}, {"limit": "3"}, {"fields": ["nid"]}, {"fields": "mod"}])
def test_what_makes_no_page_is_refused_by_name(reading, wrong):
    error = reading.rpc("notesInfo", {"notes": BOTH, **wrong})["error"]
    assert error["data"]["kind"] == "invalid_params"
    assert [path.partition(".")[0] for path in error["data"]["fields"]] == [*wrong]
    assert reading.legacy("notesInfo", notes=BOTH, **wrong)["error"]
