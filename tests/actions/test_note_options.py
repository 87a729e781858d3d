"""New notes whose cards begin suspended or flagged, on a real collection."""

import pytest
import seed
from sizes import for_rows

BOTH = "Basic (and reversed card)"


def note(front, model=BOTH, **options):
    return {"modelName": model, "deckName": "Italian", "fields": {"Front": front, "Back": "b"}, "options": options}


def cards(gateway, note_id):
    return gateway.col.db.all("select queue, flags from cards where nid = ?", note_id)


@pytest.fixture(params=["rpc", "legacy"])
def call(request, gateway):
    def call(method, **params):
        reply = gateway.rpc(method, params) if request.param == "rpc" else gateway.legacy(method, **params)
        return reply["result"]

    return call


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [0, 0]),
        ({"suspended": True}, [-1, 0]),
        ({"flag": 7}, [0, 7]),
        ({"suspended": True, "flag": 1}, [-1, 1]),
        ({"suspended": False, "flag": 0}, [0, 0]),
    ],
)
def test_all_cards_of_a_note_are_marked_in_the_step_that_adds_it(gateway, call, options, expected):
    gateway.rpc("addTags", {"notes": [seed.MELA], "tags": "before"})
    before = gateway.col.undo_status().undo
    added = call("addNote", note=note("f", **options))
    assert cards(gateway, added) == [expected] * 2
    assert gateway.col.undo_status().undo == "Add Note"
    gateway.col.undo()
    assert cards(gateway, added) == []
    assert gateway.col.undo_status().undo == before
    gateway.col.redo()
    assert cards(gateway, added) == [expected] * 2


def test_each_note_of_a_call_has_its_own_options_and_all_are_one_step(gateway, call):
    notes = [
        note("a", suspended=True),
        note("b", flag=2),
        note("c"),
        note("c", flag=5),
        note("d", flag=3, suspended=True),
        note("e", flag=2),
    ]
    ids = [entry["id"] for entry in gateway.rpc("addNotes", {"notes": notes})["result"]]
    assert ids[3] is None
    assert [cards(gateway, added)[-1] for added in ids if added] == [[-1, 0], [0, 2], [0, 0], [-1, 3], [0, 2]]
    assert gateway.col.undo_status().undo == "Add 5 notes"
    gateway.col.undo()
    assert gateway.col.note_count() == 2


def test_a_new_deck_is_made_in_the_same_step(gateway):
    new = {**note("f", suspended=True, flag=4, createDeck=True), "deckName": "New::Deck"}
    added = gateway.rpc("addNote", {"note": new})["result"]
    assert cards(gateway, added) == [[-1, 4]] * 2
    gateway.col.undo()
    assert not gateway.col.decks.id_for_name("New")
    assert gateway.col.note_count() == 2


def test_cards_of_deletions_are_marked_too(gateway):
    cloze = {"modelName": "Cloze", "deckName": "Default", "fields": {"Text": "{{c1::a}} {{c3::b}}"}}
    added = gateway.rpc("addNote", {"note": {**cloze, "options": {"flag": 6}}})["result"]
    assert cards(gateway, added) == [[0, 6]] * 2


def test_many_notes_are_marked_chunk_by_chunk(gateway, monkeypatch):
    monkeypatch.setattr("addon.actions.note.writing.NOTES_PER_CHUNK", 3)
    notes = [note(str(number), suspended=number % 2 == 0, flag=number % 4) for number in range(10)]
    ids = [entry["id"] for entry in gateway.rpc("addNotes", {"notes": notes})["result"]]
    assert [cards(gateway, added)[0] for added in ids] == [[-(number % 2 == 0), number % 4] for number in range(10)]
    gateway.col.undo()
    assert gateway.col.note_count() == 2


def test_a_note_that_a_call_with_the_same_key_has_added_keeps_what_the_user_did(gateway):
    params = {"note": note("f", suspended=True, flag=1), "idempotencyKey": "key"}
    added = gateway.rpc("addNote", params)["result"]
    ids = gateway.col.get_note(added).card_ids()
    gateway.col.sched.unsuspend_cards(ids)
    gateway.col.set_user_flag_for_cards(0, ids)
    assert gateway.rpc("addNote", params)["result"] == added
    assert cards(gateway, added) == [[0, 0]] * 2


@for_rows("options", [{"flag": 8}, {"flag": -1}, {"flag": "1"}, {"suspended": 1}])
def test_wrong_options_are_named(reading, options):
    error = reading.rpc("addNote", {"note": note("f", **options)})["error"]
    assert [*error["data"]["fields"]] == [f"note.options.{name}" for name in options]
    error = reading.rpc("upsertNotes", {"notes": [{**note("f"), "options": options}]})["error"]
    assert [*error["data"]["fields"]] == [f"notes.0.options.{name}" for name in options]


def test_a_check_of_a_note_accepts_them(reading):
    assert reading.rpc("canAddNote", {"note": note("f", suspended=True, flag=1)})["result"] is True
    assert reading.col.note_count() == 2


def test_upserted_notes_are_marked_only_if_they_are_new(gateway):
    old = gateway.rpc("addNote", {"note": note("old")})["result"]
    notes = [
        note("old", suspended=True, flag=3),
        note("new", suspended=True, flag=3),
        {**note("plain"), "options": None},
        note("again", flag=1),
        note("again", flag=2),
        {key: value for key, value in note("again").items() if key != "options"},
    ]
    result = gateway.rpc("upsertNotes", {"notes": notes})["result"]
    assert [entry["outcome"] for entry in result] == ["unchanged", "added", "added", "added", "updated", "updated"]
    assert result[0]["id"] == old
    assert [cards(gateway, entry["id"])[0] for entry in result[:4]] == [[0, 0], [-1, 3], [0, 0], [0, 2]]
    assert gateway.col.undo_status().undo == "Write 3 notes"
    gateway.col.undo()
    assert gateway.col.note_count() == 3


def test_one_upserted_note_is_one_step(gateway):
    added = gateway.rpc("upsertNotes", {"notes": [note("new", suspended=True)]})["result"][0]["id"]
    assert cards(gateway, added) == [[-1, 0]] * 2
    assert gateway.col.undo_status().undo == "Add Note"
    gateway.col.undo()
    assert gateway.col.note_count() == 2


@for_rows("value", ["x", True, [1], 8, 1.5])
def test_old_envelopes_name_a_wrong_flag_plainly(reading, value):
    wrong = note("wrong", flag=value)
    plain = reading.rpc("addNote", {"note": wrong})["error"]["data"]["fields"]["note.options.flag"][0]
    assert reading.legacy("addNote", note=wrong)["error"] == f"flag: {plain}"
    reply = reading.legacy("addNotes", notes=[wrong, note("right")])
    assert reply["error"] == str([f"flag: {plain}"])
    assert reading.col.note_count() == 2
    assert reading.legacy("canAddNotesWithErrorDetail", notes=[wrong])["result"][0]["error"] == f"flag: {plain}"


@for_rows("name", ["suspended", "createDeck", "allowMissingCloze"])
def test_old_envelopes_name_an_option_that_is_no_boolean(reading, name):
    error = reading.legacy("addNote", note=note("wrong", **{name: "false"}))["error"]
    assert error.startswith(f"{name}: Must be")
    assert reading.col.note_count() == 2


def test_null_leaves_an_option_out(gateway, call):
    added = call("addNote", note=note("f", flag=None, suspended=None, createDeck=None, allowMissingCloze=None))
    assert cards(gateway, added) == [[0, 0]] * 2
