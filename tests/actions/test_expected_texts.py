"""Updates that name the texts they expect, and edits of a text that must occur once, on a real collection."""

import pytest
import seed
from sizes import for_rows

from addon.rpc.scopes import Scope

CHANGE = {"id": seed.MELA, "fields": {"Meaning": "new"}}
ONE = ("updateNote", "updateNoteFields")


def meaning(gateway, note=seed.MELA):
    return gateway.rpc("notesInfo", {"notes": [note]})["result"][0]["fields"]["Meaning"]["value"]


def set_meaning(gateway, text):
    assert gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "fields": {"Meaning": text}}]})["result"]


def update(gateway, method, protocol="rpc", **more):
    note = {**CHANGE, **more}
    params = {"note": note} if method in ONE else {"notes": [note]}
    return gateway.rpc(method, params) if protocol == "rpc" else gateway.legacy(method, **params)


def error_of(reply):
    return reply.get("error") or (reply["result"] and reply["result"][0]["error"])


@for_rows("protocol", ["rpc", "legacy"])
@for_rows("method", [*ONE, "updateNotes"])
def test_a_note_with_another_text_is_not_written(kept, method, protocol):
    gateway = kept.unchanged()
    error = error_of(update(gateway, method, protocol, expected={"Word": "mela", "Meaning": "pear"}))
    assert f"The field Meaning of the note has another text than expected: {seed.MELA}" in str(error)
    assert meaning(gateway) == "apple"
    if protocol == "rpc":
        data = {key: value for key, value in error["data"].items() if key not in ("mod", "index")}
        assert data == {"kind": "conflict", "note": seed.MELA, "fieldName": "Meaning"}
        assert error["data"]["mod"] == gateway.col.get_note(seed.MELA).mod
    assert not error_of(update(gateway, method, protocol, expected={"Word": "mela", "Meaning": "apple"}))
    assert meaning(gateway) == "new"


def test_a_change_within_the_same_second_is_noticed(gateway):
    (note,) = gateway.rpc("notesInfo", {"notes": [seed.MELA]})["result"]
    set_meaning(gateway, "changed by the user")
    gateway.col.db.execute("update notes set mod = ? where id = ?", note["mod"], seed.MELA)
    read = {"ifMod": note["mod"], "expected": {"Meaning": note["fields"]["Meaning"]["value"]}}
    assert error_of(update(gateway, "updateNotes", **read))["data"]["kind"] == "conflict"
    assert meaning(gateway) == "changed by the user"


@for_rows("method", [*ONE, "updateNotes"])
def test_an_unknown_field_is_named_and_nothing_is_written(reading, method):
    error = error_of(update(reading, method, expected={"Wrod": "mela"}))
    assert error["data"]["kind"] == ("invalid_params" if method in ONE else "not_found")
    assert "Wrod" in str(error)
    assert meaning(reading) == "apple"


def test_a_text_is_expected_as_it_was_sent_or_as_it_is_stored(gateway):
    set_meaning(gateway, "cafe\u0301")
    assert meaning(gateway) == "caf\u00e9"
    for text in ("cafe\u0301", "caf\u00e9"):
        assert not error_of(update(gateway, "updateNotes", expected={"meaning": text}, fields={"Meaning": "caf\u00e9"}))
    assert error_of(update(gateway, "updateNotes", expected={"Meaning": "CAF\u00c9"}))


def test_the_second_of_two_changes_sees_the_first(gateway):
    first = {**CHANGE, "expected": {"Meaning": "apple"}}
    second = {"id": seed.MELA, "fields": {"Meaning": "newer"}, "expected": {"Meaning": "new"}}
    result = gateway.rpc("updateNotes", {"notes": [first, second, first]})["result"]
    assert [entry["error"] and entry["error"]["data"]["kind"] for entry in result] == [None, None, "conflict"]
    assert meaning(gateway) == "newer"


def test_tags_are_not_written_either_and_abort_writes_none(gateway):
    notes = [{"id": seed.UVA, "addTags": ["x"]}, {"id": seed.MELA, "addTags": ["x"], "expected": {"Word": "pera"}}]
    error = gateway.rpc("updateNotes", {"notes": notes, "onError": "abort"})["error"]
    assert (error["data"]["kind"], error["data"]["errors"][0]["data"]["index"]) == ("some_failed", 1)
    assert gateway.rpc("findNotes", {"query": "tag:x"})["result"] == []
    result = gateway.rpc("updateNotes", {"notes": notes})["result"]
    assert [entry["changed"] for entry in result] == [True, False]


def test_occlusion_notes_are_guarded_by_the_names_of_their_fields(gateway):
    image = {"filename": "_map.png", "data": "iVBORw0KGgo="}
    shape = {"type": "rect", "left": 0.1, "top": 0.2, "width": 0.3, "height": 0.25}
    note = {"image": image, "shapes": [shape], "deckName": "Default", "header": "Italy"}
    (added,) = gateway.rpc("addImageOcclusionNotes", {"notes": [note]})["result"]
    change = {"id": added["id"], "header": "Rome", "expected": {"Header": "France"}}
    (entry,) = gateway.rpc("updateImageOcclusionNotes", {"notes": [change]})["result"]
    assert (entry["error"]["data"]["kind"], entry["error"]["data"]["fieldName"]) == ("conflict", "Header")
    change["expected"] = {"Header": "Italy"}
    (entry,) = gateway.rpc("updateImageOcclusionNotes", {"notes": [change]})["result"]
    assert entry["changed"]


# --- editNoteText ---


def edit(find, replace="x", **more):
    return {"id": seed.MELA, "field": "Meaning", "findText": find, "replaceText": replace, **more}


def edited(gateway, *edits, call="rpc", **more):
    params = {"edits": [*edits], **more}
    return (gateway.rpc("editNoteText", params) if call == "rpc" else gateway.legacy("editNoteText", **params))[
        "result"
    ]


@pytest.mark.parametrize("call", ["rpc", "legacy"])
def test_a_text_that_occurs_once_is_replaced_in_one_step(gateway, call):
    edits = [edit("pp", "PP"), edit("aPP", "$1\\1"), edit("grapes", "g", id=seed.UVA, field="meaning")]
    result = edited(gateway, *edits, call=call)
    assert [entry["changed"] for entry in result] == [True] * 3
    assert (meaning(gateway), meaning(gateway, seed.UVA)) == ("$1\\1le", "g")
    assert gateway.rpc("undoStatus")["result"]["undo"] == "Update 2 notes"
    gateway.rpc("undo")
    assert (meaning(gateway), meaning(gateway, seed.UVA)) == ("apple", "grapes")


@for_rows(
    ("text", "find", "count", "excerpts"),
    [
        ("one two one", "one", 2, ["one two one", "one two one"]),
        ("aaa", "aa", 2, ["aaa", "aaa"]),
        ("a" * 200, "a", 100, ["a" * 31 + "...", "a" * 32 + "...", "a" * 33 + "..."]),
        ("An Apple", "apple", 0, ["An Apple"]),
        ("salt &amp; pepper", "salt & pepper", 0, ["salt &amp; pepper"]),
        ("1 &lt; 2", "1 < 2", 0, ["1 &lt; 2"]),
        ("a<br>b", "a b", 0, ["a<br>b"]),
        ("a&nbsp;b", "a  b", 0, ["a&nbsp;b"]),
        ("something else", "apple", 0, []),
        ("", "apple", 0, []),
    ],
)
def test_another_number_of_occurrences_is_refused_with_excerpts(kept, text, find, count, excerpts):
    gateway = kept.unchanged()
    set_meaning(gateway, text)
    before = gateway.rpc("undoStatus")["result"]
    (entry,) = edited(gateway, edit(find))
    data = entry["error"]["data"]
    assert (data["kind"], data["field"], data["note"]) == ("refused", "findText", seed.MELA)
    assert (data["count"], data["excerpts"]) == (count, excerpts)
    assert "field Meaning" in entry["error"]["message"]
    assert (meaning(gateway), gateway.rpc("undoStatus")["result"]) == (text, before)


def test_an_excerpt_shows_what_is_around_and_stays_short(gateway):
    set_meaning(gateway, f"{'b' * 50}{'long' * 100}{'c' * 50} {'long' * 100}")
    (entry,) = edited(gateway, edit("long" * 100))
    first, second = entry["error"]["data"]["excerpts"]
    assert first == f"...{'b' * 30}{'long' * 8}"[:63] + f"...{('long' * 100)[-30:]}{'c' * 30}..."
    assert len(second) < 140


def test_a_caller_without_read_gets_no_excerpts(gateway, monkeypatch):
    from addon.rpc.caller import Caller

    may = Caller.may
    monkeypatch.setattr(Caller, "may", lambda self, scope: scope is not Scope.READ and may(self, scope))
    (entry,) = edited(gateway, edit("p"), call="legacy")
    assert (entry["error"]["data"]["count"], entry["error"]["data"]["excerpts"]) == (2, [])
    assert "apple" not in str(entry)


def test_similar_texts_are_searched_for_a_few_edits_only(reading):
    entries = edited(reading, *[edit("APPLE")] * 12, edit("A" * 101))
    assert [len(entry["error"]["data"]["excerpts"]) for entry in entries] == [1] * 10 + [0, 0, 0]


def test_the_first_field_does_not_become_empty_and_skip_and_abort_differ(gateway):
    edits = [edit("mela", "", field="Word"), edit("apple", "new")]
    first, second = edited(gateway, *edits)
    assert (first["error"]["data"]["kind"], second["changed"]) == ("refused", True)
    gateway.rpc("undo")
    error = gateway.rpc("editNoteText", {"edits": edits, "onError": "abort"})["error"]
    assert error["data"]["kind"] == "some_failed"
    assert meaning(gateway) == "apple"


def test_a_text_is_found_in_the_form_in_which_it_is_stored(gateway):
    set_meaning(gateway, "caf\u00e9")
    assert edited(gateway, edit("cafe\u0301", "tea"))[0]["changed"]
    assert meaning(gateway) == "tea"


def test_what_it_cannot_find_is_named(reading):
    entries = edited(reading, edit("a", id=5), edit("a", field="Wrod"))
    assert [entry["error"]["data"]["kind"] for entry in entries] == ["note_not_found", "not_found"]
    assert entries[1]["error"]["data"]["suggestions"] == ["Word"]
    fields = reading.rpc("editNoteText", {"edits": [edit("")]})["error"]["data"]["fields"]
    assert fields == {"edits.0.findText": ["Must not be empty."]}
