"""Calls with an idempotency key: sent again, they add nothing twice."""

import threading
from base64 import b64decode
from pathlib import Path

import pytest
import seed
from sizes import for_rows

KEY = "9f1c6b1e-2d1a-4c3a-8f0e-0c8d6a4f7b11"
SOUND = {"filename": "pera.mp3", "data": "Y2lhbw==", "fields": ["Word"]}


def word(word, **more):
    fields = {"Word": word, "Meaning": f"what {word} means"}
    return {"modelName": "Italian vocab", "deckName": "Italian", "fields": fields, **more}


def count(gateway):
    return gateway.col.note_count()


@pytest.fixture(params=["rpc", "legacy"])
def call(request, gateway):
    """Calls by one of the protocols; gives the result, or the message of the error."""

    def by_rpc(method, **params):
        answer = gateway.rpc(method, params)
        return answer["result"] if "result" in answer else answer["error"]["message"]

    def by_legacy(method, **params):
        reply = gateway.legacy(method, **params)
        return reply["result"] if reply["error"] is None else reply["error"]

    return by_rpc if request.param == "rpc" else by_legacy


def test_a_note_is_added_once_and_its_files_are_stored_once(gateway, call):
    note = word("pera", audio=[SOUND], tags=["x"])
    first = call("addNote", note=note, idempotencyKey=KEY)
    assert isinstance(first, int)
    undo = gateway.col.undo_status().undo
    sound = Path(gateway.col.media.dir()) / "pera.mp3"
    sound.write_bytes(b"edited meanwhile")
    assert call("addNote", note=note, idempotencyKey=KEY) == first
    assert count(gateway) == 3
    assert [path.name for path in sound.parent.iterdir() if "pera" in path.name] == ["pera.mp3"]
    assert gateway.col.undo_status().undo == undo
    sound.write_bytes(b64decode(SOUND["data"]))  # else it gets another name, and the note another first field
    assert call("addNote", note=note) == "cannot create note because it is a duplicate"
    assert call("addNote", note=note, idempotencyKey="another") == "cannot create note because it is a duplicate"


def test_a_note_is_recognised_whatever_has_become_of_it(gateway):
    first = gateway.rpc("addNote", {"note": word("pera"), "idempotencyKey": KEY})["result"]
    gateway.rpc("updateNote", {"note": {"id": first, "fields": {"Word": "pesca", "Meaning": ""}, "tags": ["new"]}})
    gateway.rpc("changeNoteType", {"notes": [first], "modelName": "Basic"})
    gateway.rpc("changeDeck", {"cards": gateway.col.get_note(first).card_ids(), "deck": "Elsewhere"})
    gateway.rpc("deleteDecks", {"decks": ["Italian"], "cardsToo": True})
    assert gateway.rpc("addNote", {"note": word("pera"), "idempotencyKey": KEY})["result"] == first
    assert count(gateway) == 1


def test_a_note_that_was_deleted_or_undone_is_added_again(gateway):
    first = gateway.rpc("addNote", {"note": word("pera"), "idempotencyKey": KEY})["result"]
    gateway.rpc("deleteNotes", {"notes": [first]})
    second = gateway.rpc("addNote", {"note": word("pera"), "idempotencyKey": KEY})["result"]
    gateway.rpc("undo")
    third = gateway.rpc("addNote", {"note": word("pera"), "idempotencyKey": KEY})["result"]
    assert count(gateway) == 3
    assert len({first, second, third}) == 3


def test_a_key_is_refused_for_another_note(gateway, call):
    first = call("addNote", note=word("pera"), idempotencyKey=KEY)
    assert (
        call("addNote", note=word("uva nera"), idempotencyKey=KEY) == "The idempotency key was used for another note."
    )
    error = gateway.rpc("addNote", {"note": word("uva nera"), "idempotencyKey": KEY})["error"]
    assert error["data"] == {"kind": "already_exists", "note": first}
    assert count(gateway) == 3


def test_of_many_notes_each_is_added_once_and_those_that_failed_are_tried_again(gateway):
    notes = [word("pera"), word("mela"), word("pesca"), {**word("fico"), "deckName": "Nowhere"}]
    twin = {"options": {"allowDuplicate": True}}
    notes += [word("noce", **twin), word("noce", **twin)]
    params = {"notes": notes, "idempotencyKey": KEY}
    first = gateway.rpc("addNotes", params)["result"]
    kinds = [entry["error"] and entry["error"]["data"]["kind"] for entry in first]
    assert kinds == [None, "duplicate", None, "deck_not_found", None, None]
    gateway.rpc("createDeck", {"deck": "Nowhere"})
    gateway.rpc("deleteNotes", {"notes": [seed.MELA]})
    second = gateway.rpc("addNotes", params)["result"]
    assert [entry["error"] for entry in second] == [None] * 6
    assert [b["id"] for a, b in zip(first, second, strict=True) if a["id"]] == [a["id"] for a in first if a["id"]]
    assert len({entry["id"] for entry in second}) == 6
    assert count(gateway) == 7
    assert gateway.rpc("addNotes", params)["result"] == second


def test_all_or_none_counts_those_of_the_first_time_as_added(gateway):
    notes = [word("pera"), word("pesca")]
    ids = gateway.legacy("addNotes", notes=notes, idempotencyKey=KEY)["result"]
    assert gateway.legacy("addNotes", notes=notes, idempotencyKey=KEY) == {"result": ids, "error": None}
    assert gateway.rpc("addNotes", {"notes": notes, "onError": "abort", "idempotencyKey": KEY})["result"] == [
        {"id": id, "error": None} for id in ids
    ]
    assert count(gateway) == 4


def test_an_upsert_adds_once_even_where_the_key_field_was_changed_since(gateway, call):
    notes = [word("pera"), word("mela"), word("pera", tags=["again"])]
    first = call("upsertNotes", notes=notes, idempotencyKey=KEY)
    assert [entry["outcome"] for entry in first] == ["added", "updated", "updated"]
    added = first[0]["id"]
    assert gateway.col.get_note(added).tags == ["again"]
    gateway.rpc("updateNotes", {"notes": [{"id": added, "fields": {"Word": "Birne", "Meaning": "mine"}}]})
    second = call("upsertNotes", notes=notes, idempotencyKey=KEY)
    assert [entry["outcome"] for entry in second] == ["unchanged"] * 3
    assert [entry["id"] for entry in second] == [entry["id"] for entry in first]
    assert gateway.col.get_note(added).fields == ["Birne", "mine"]
    assert count(gateway) == 3
    assert gateway.col.undo_status().undo == "Update Note"
    other = call("upsertNotes", notes=[word("fico")], idempotencyKey=KEY)
    assert other[0]["error"]["data"] == {"kind": "already_exists", "note": added, "index": 0}


def test_two_calls_at_once_with_the_same_key_add_once(gateway):
    ids = []

    def add():
        ids.append(gateway.rpc("addNote", {"note": word("pera"), "idempotencyKey": KEY})["result"])

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(ids) == 8
    assert len(set(ids)) == 1
    assert count(gateway) == 3


PAGE = {"Origin": "http://localhost"}
CALLERS = {
    "a program": {"X_API_Key": "main"},
    "another program": {"X_API_Key": "main", "User_Agent": "another/1"},
    "phone": {"X_API_Key": "p"},
    "laptop": {"X_API_Key": "l"},
    "a page": {"X_API_Key": "main", **PAGE},
    "the phone's page": {"X_API_Key": "p", **PAGE},
    "an extension": {"X_API_Key": "main", "Origin": "chrome-extension://abc"},
}
ONE = {"a program", "another program"}
SHAPES = [{"type": "rect", "left": 0.1, "top": 0.1, "width": 0.2, "height": 0.2}]
TWIN = {"options": {"allowDuplicate": True}}
ADDING = {
    "addNote": lambda text: {"note": word(text, **TWIN)},
    "addNotes": lambda text: {"notes": [word(text, **TWIN)]},
    "upsertNotes": lambda text: {"notes": [word(text)]},
    "addImageOcclusionNotes": lambda text: {
        "notes": [{"image": {"filename": "_ciao.txt"}, "shapes": SHAPES, "deckName": "Italian", "header": text}]
    },
}


@pytest.mark.parametrize("method", ADDING)
def test_a_key_belongs_to_its_caller(open_gateway, method):
    keys = {"phone": {"key": "p", "scopes": ["change"]}, "laptop": {"key": "l", "scopes": ["change"]}}
    gateway = open_gateway(apiKey="main", keys=keys)

    def add(text, headers):
        answer = gateway.rpc(method, {**ADDING[method](text), "idempotencyKey": KEY}, **headers)
        entry = answer.get("result") or {"error": answer["error"]}
        entry = entry[0] if isinstance(entry, list) else entry
        return entry if isinstance(entry, int) else entry.get("id") or entry["error"]

    texts = {name: "noce" if name in ONE else f"noce of {name}" for name in CALLERS}  # an upsert finds what is the same
    added = {name: add(texts[name], headers) for name, headers in CALLERS.items()}
    assert added["another program"] == added["a program"]
    assert len({*added.values()}) == count(gateway) - 2 == len(CALLERS) - 1
    for name, headers in CALLERS.items():
        error = add("another text", headers)
        assert (error["data"]["kind"], error["data"]["note"]) == ("already_exists", added[name])


def test_inside_multi_the_key_of_each_call_says_whose_it_is(open_gateway):
    keys = {name: {"key": name, "scopes": ["change"]} for name in ("one", "other")}
    gateway = open_gateway(keys=keys)
    call = {"action": "addNote", "params": {"note": word("noce", **TWIN), "idempotencyKey": KEY}}
    calls = [{**call, "key": key} for key in ("one", "other", "one", "other")]
    first, second, *again = (entry["result"] for entry in gateway.rpc("multi", [calls], X_API_Key="one")["result"])
    assert first != second
    assert again == [first, second]


@for_rows("key", ["", "x" * 256, 5])
def test_what_is_no_key_is_refused(reading, key):
    error = reading.rpc("addNote", {"note": word("pera"), "idempotencyKey": key})["error"]
    assert [*error["data"]["fields"]] == ["idempotencyKey"]
    assert count(reading) == 2


def test_the_longest_key_is_taken(gateway):
    params = {"note": word("pera"), "idempotencyKey": "\U0001f350" * 255}
    assert gateway.rpc("addNote", params)["result"] == gateway.rpc("addNote", params)["result"]
