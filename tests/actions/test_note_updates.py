"""Changing a note's fields, tags and note type, on a real collection. updateNoteFields is in test_note.py."""

import base64

import pytest
import seed
from sizes import for_rows

NOT_TEXT = "bad argument type for built-in operation"
NOT_TAGS = "Must provide tags as a list of strings"
NOTHING = 'Must provide a "fields" or "tags" property.'
SOUND = {"filename": "a.mp3", "data": base64.b64encode(b"sound").decode(), "fields": ["Meaning"]}


def note_of(gateway, note=seed.MELA):
    stored = gateway.col.get_note(note)
    return stored.note_type()["name"], stored.fields, stored.tags


BEFORE = ("Italian vocab", ["mela", "apple"], ["A1", "fruit"])


# --- updateNote ---


def update(gateway, **note):
    return gateway.legacy("updateNote", note={"id": seed.MELA, **note})


@for_rows(
    ("changes", "fields", "tags"),
    [
        ({"fields": {"Meaning": "x"}}, ["mela", "x"], ["A1", "fruit"]),
        ({"fields": {"Meaning": "x", "meaning": "y", "Nope": "z"}}, ["mela", "x"], ["A1", "fruit"]),
        ({"fields": {"Word": ""}, "tags": []}, ["", "apple"], []),
        ({"tags": ["b a"]}, ["mela", "apple"], ["a", "b"]),
        ({"tags": "b a"}, ["mela", "apple"], ["a", "b"]),
        ({"fields": {}, "audio": SOUND}, ["mela", "apple[sound:a.mp3]"], ["A1", "fruit"]),
        ({"tags": ["x"], "audio": SOUND}, ["mela", "apple"], ["x"]),
        ({"fields": {"Word": "e\u0301 \U0001f600 \u05d0"}}, ["\u00e9 \U0001f600 \u05d0", "apple"], ["A1", "fruit"]),
    ],
)
def test_fields_and_tags_change_in_one_step(kept, changes, fields, tags):
    gateway = kept.unchanged()
    assert update(gateway, **changes) == {"result": None, "error": None}
    assert note_of(gateway) == ("Italian vocab", fields, tags)
    assert gateway.col.undo_status().undo == "Update Note"
    gateway.col.undo()
    assert note_of(gateway) == BEFORE
    assert gateway.col.undo_status().undo == ""


@pytest.mark.parametrize("changes", [{"fields": {}}, {"fields": {"Word": "mela"}, "tags": ["fruit", "A1"]}])
def test_what_is_there_already_is_not_written(gateway, changes):
    update(gateway, **changes)
    assert gateway.col.undo_status().undo == ""
    assert gateway.col.get_note(seed.MELA).mod == seed.FIXED


@for_rows(
    ("note", "text"),
    [
        (None, "'NoneType' object has no attribute 'keys'"),
        ("x", "'str' object has no attribute 'keys'"),
        ({}, NOTHING),
        ({"id": seed.MELA}, NOTHING),
        ({"audio": SOUND}, NOTHING),
        ({"fields": {}}, "'id'"),
        ({"id": 5, "fields": {}}, "Note was not found: 5"),
        ({"id": None, "fields": {}}, "Note was not found: None"),
        ({"id": str(seed.MELA), "fields": {}}, "'str' object cannot be interpreted as an integer"),
        ({"id": seed.MELA, "fields": {"Word": 5}}, NOT_TEXT),
        ({"id": seed.MELA, "fields": None}, "'NoneType' object has no attribute 'items'"),
        *(({"id": seed.MELA, "fields": {"Word": "new"}, "tags": tags}, NOT_TAGS) for tags in (None, 5, [5], {})),
    ],
)
def test_a_note_that_cannot_be_updated_says_why_and_stays(reading, note, text):
    assert reading.legacy("updateNote", note=note) == {"result": None, "error": text}
    assert note_of(reading) == BEFORE
    if isinstance(note, dict) and note.get("fields") and note.get("tags", ()) is None:
        return  # null is no fault in JSON-RPC
    kind = "note_not_found" if "5" in text else "invalid_params"
    assert reading.rpc("updateNote", {"note": note})["error"]["data"]["kind"] == kind


def test_by_json_rpc_null_leaves_the_tags_as_they_are(reading):
    assert "error" not in reading.rpc("updateNote", {"note": {"id": seed.MELA, "fields": {}, "tags": None}})
    assert note_of(reading) == BEFORE


@for_rows(
    "changes",
    [
        {"fields": {"Nope": "x"}, "tags": []},
        {"tags": [], "audio": [SOUND]},
        {"tags": "x"},
        {"tags": [], "deckName": "x"},
    ],
)
def test_over_json_rpc_nothing_is_ignored(reading, changes):
    response = reading.rpc("updateNote", {"note": {"id": seed.MELA, **changes}})
    assert response["error"]["data"]["kind"] == "invalid_params"
    assert note_of(reading) == BEFORE
    assert not reading.col.media.have("a.mp3")


def test_the_note_is_required(reading):
    text = "AnkiConnect.updateNote() missing 1 required positional argument: 'note'"
    assert reading.legacy("updateNote")["error"] == text
    assert "unexpected keyword argument 'lenient'" in reading.legacy("updateNote", note={}, lenient=True)["error"]


# --- updateNoteModel ---


def retype(gateway, model="Basic", fields=None, **more):
    note = {"id": seed.MELA, "modelName": model, "fields": {"Front": "x"} if fields is None else fields, **more}
    return gateway.legacy("updateNoteModel", note=note)


def cards_of(gateway, note=seed.MELA):
    return {card.ord: card.id for card in gateway.col.get_note(note).cards()}


@for_rows(
    ("more", "tags"),
    [({}, []), ({"tags": []}, []), ({"tags": ["x", "X", "b"]}, ["b", "x"]), ({"tags": "b x"}, ["b", "x"])],
)
def test_a_note_gets_type_fields_and_tags_in_one_step(kept, more, tags):
    gateway = kept.unchanged()
    assert retype(gateway, "bAsIc", {"fRONT": "pomo", "Nope": "x"}, **more) == {"result": None, "error": None}
    assert note_of(gateway) == ("Basic", ["pomo", ""], tags)
    assert cards_of(gateway) == {0: seed.MELA_CARD}
    assert gateway.col.undo_status().undo == "Change Note Type"
    gateway.col.undo()
    assert note_of(gateway) == BEFORE
    assert gateway.col.undo_status().undo == ""


def test_over_json_rpc_a_note_keeps_tags_that_are_not_named(gateway):
    note = {"id": seed.MELA, "modelName": "Basic", "fields": {"Front": "x"}}
    assert gateway.rpc("updateNoteModel", [note])["result"] is None
    assert note_of(gateway) == ("Basic", ["x", ""], ["A1", "fruit"])


def test_cards_are_made_and_deleted_but_never_left_over(gateway):
    gateway.legacy("suspend", cards=[seed.MELA_CARD])
    retype(gateway, "Basic (and reversed card)")
    assert cards_of(gateway) == {0: seed.MELA_CARD}, "the back is empty"
    retype(gateway, "Basic (and reversed card)", {"Front": "x", "Back": "y"})
    cards = cards_of(gateway)
    assert cards.keys() == {0, 1}
    retype(gateway, "Cloze", {"Text": "{{c1::a}} {{c2::b}} {{c3::c}}"})
    assert {ord: id for ord, id in cards_of(gateway).items() if ord < 2} == cards
    assert len(cards_of(gateway)) == 3
    retype(gateway, "Basic")
    assert cards_of(gateway) == {0: seed.MELA_CARD}
    assert gateway.col.get_card(seed.MELA_CARD).queue == -1
    assert gateway.col.fix_integrity()[1], "no problems"


def test_the_present_type_may_be_named_again_and_needs_no_full_sync(gateway):
    gateway.col.db.execute("update col set ls = scm + 1")
    assert retype(gateway, "Italian vocab", {"Word": "mela"}, tags=["A1"])["error"] is None
    assert note_of(gateway) == ("Italian vocab", ["mela", ""], ["A1"])
    assert not gateway.col.schema_changed()
    assert gateway.col.undo_status().undo == "Update Note"
    retype(gateway, "Basic")
    assert gateway.col.schema_changed()


def test_a_card_in_a_filtered_deck_stays_there(gateway):
    deck = gateway.col.decks.new_filtered("Filtered")
    gateway.col.sched.rebuild_filtered_deck(deck)
    home = gateway.col.get_card(seed.MELA_CARD)
    assert (home.did, home.odid) == (deck, seed.ITALIAN_A1)
    retype(gateway, "Basic (and reversed card)", {"Front": "x", "Back": "y"})
    cards = gateway.col.get_note(seed.MELA).cards()
    assert [(card.did, card.odid) for card in cards] == [(deck, seed.ITALIAN_A1), (seed.ITALIAN_A1, 0)]


@for_rows(
    ("note", "text"),
    [
        (None, "'NoneType' object has no attribute 'get'"),
        ("x", "'str' object has no attribute 'get'"),
        ({}, "Note ID is required"),
        ({"id": 0, "modelName": "Basic", "fields": {"Front": "x"}}, "Note ID is required"),
        ({"id": None}, "Note ID is required"),
        ({"id": 5}, "Model name is required"),
        ({"id": 5, "modelName": ""}, "Model name is required"),
        ({"id": 5, "modelName": "Nope"}, "Fields must be provided as a dictionary"),
        ({"id": 5, "modelName": "Nope", "fields": {}}, "Fields must be provided as a dictionary"),
        ({"id": 5, "modelName": "Nope", "fields": ["Front"]}, "Fields must be provided as a dictionary"),
        ({"id": 5, "modelName": "Nope", "fields": {"Front": "x"}}, "Note was not found: 5"),
        ({"id": seed.MELA, "modelName": "Nope", "fields": {"Front": "x"}}, "Model 'Nope' not found"),
        ({"id": seed.MELA, "modelName": "Basic", "fields": {"Front": 5}}, NOT_TEXT),
        (
            {"id": "x", "modelName": "Basic", "fields": {"Front": "x"}},
            "'str' object cannot be interpreted as an integer",
        ),
    ],
)
def test_a_note_that_cannot_get_a_type_says_why_and_stays(reading, note, text):
    assert reading.legacy("updateNoteModel", note=note) == {"result": None, "error": text}
    assert note_of(reading) == BEFORE


@for_rows(
    ("changes", "kind"),
    [
        ({"fields": {"Front": "x", "Nope": "y"}}, "invalid_params"),
        ({"modelName": "Nope"}, "model_not_found"),
        ({"id": 5}, "note_not_found"),
        ({"tags": "x"}, "invalid_params"),
        ({"id": 0}, "note_not_found"),
    ],
)
def test_over_json_rpc_a_wrong_change_of_type_changes_nothing(kept, changes, kind):
    gateway = kept.unchanged()
    note = {"id": seed.MELA, "modelName": "Basic", "fields": {"Front": "x"}, **changes}
    assert gateway.rpc("updateNoteModel", [note])["error"]["data"]["kind"] == kind
    assert note_of(gateway) == BEFORE
    assert gateway.col.undo_status().undo == ""
