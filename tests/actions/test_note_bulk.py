"""Writing into many notes, on a real collection."""

import seed
from examples import kind_as_shown


def info(gateway, *ids):
    return gateway.rpc("notesInfo", {"notes": list(ids)})["result"]


def test_notes_are_written_one_by_one_or_all_or_none_and_are_one_step(gateway):
    notes = [
        {"id": seed.MELA, "fields": {"meaning": "Apfel"}, "addTags": ["neu", "FRUIT"], "removeTags": ["a1"]},
        {"id": seed.UVA, "fields": {"Meaning": "x", "Nonsense": "y"}},
        {"id": seed.UVA, "ifMod": 5, "tags": ["never"]},
    ]
    reply = gateway.rpc("updateNotes", {"notes": notes, "onError": "abort"})
    assert reply["error"]["data"]["kind"] == "some_failed"
    assert gateway.col.undo_status().undo == ""
    results = gateway.rpc("updateNotes", {"notes": notes})["result"]
    assert [result["changed"] for result in results] == [True, False, False]
    assert [result["error"] and result["error"]["data"]["kind"] for result in results] == [
        None,
        "not_found",
        "conflict",
    ]
    assert kind_as_shown({**results[2]["error"], "data": {**_without_index(results[2])}}) == "conflict"
    mela, uva = info(gateway, seed.MELA, seed.UVA)
    assert (mela["fields"]["Meaning"]["value"], mela["tags"]) == ("Apfel", ["fruit", "neu"])
    assert (uva["fields"]["Meaning"]["value"], uva["tags"]) == ("grapes", [])
    assert results[0]["mod"] == mela["mod"] > seed.FIXED
    assert gateway.rpc("undo")["result"]["step"] == "Update Note"
    assert info(gateway, seed.MELA)[0]["fields"]["Meaning"]["value"] == "apple"
    assert gateway.rpc("redo")["result"]["step"] == "Update Note"
    assert info(gateway, seed.MELA)[0]["fields"]["Meaning"]["value"] == "Apfel"


def _without_index(result):
    return {key: value for key, value in result["error"]["data"].items() if key != "index"}


def test_notes_are_added_or_updated_by_their_key(gateway):
    def word(word, meaning, **more):
        return {
            "modelName": "Italian vocab",
            "deckName": "Italian",
            "fields": {"Word": word, "Meaning": meaning},
            **more,
        }

    notes = [
        word("<b>mela</b>", "Apfel", tags=["neu"]),
        word("uva", "grapes"),
        word("pera", "pear"),
        word("pera", "Birne"),
        word("", "nothing"),
        word("kiwi", "kiwi") | {"deckName": "Klingon"},
    ]
    results = gateway.rpc("upsertNotes", {"notes": notes})["result"]
    assert [result["outcome"] for result in results] == ["updated", "unchanged", "added", "updated", "failed", "failed"]
    assert results[0]["id"] == seed.MELA
    assert results[2]["id"] == results[3]["id"]
    assert info(gateway, results[2]["id"])[0]["fields"]["Meaning"]["value"] == "Birne"
    assert info(gateway, seed.MELA)[0]["tags"] == ["A1", "fruit", "neu"]
    again = gateway.rpc("upsertNotes", {"notes": notes[:4]})["result"]
    assert [result["outcome"] for result in again][:2] == ["unchanged", "unchanged"]
    assert gateway.col.note_count() == 3
    by_meaning = gateway.rpc("upsertNotes", {"notes": [word("vite", "grapes")], "key": "Meaning"})["result"]
    assert by_meaning == [{"id": seed.UVA, "outcome": "updated", "error": None}]


def test_duplicates_are_found_by_first_field_by_chosen_fields_and_in_a_scope(gateway):
    note = {"deckName": "Italian", "modelName": "Italian vocab", "options": {"allowDuplicate": True}}
    ids = [
        gateway.rpc("addNote", {"note": {**note, "fields": {"Word": word, "Meaning": meaning}}})["result"]
        for word, meaning in (("<i>mela</i>", "x"), ("Mela", "apple"), ("uva", "grapes"))
    ]
    find = lambda **params: [group["notes"] for group in gateway.rpc("findDuplicates", params)["result"]]  # noqa: E731
    assert find() == [[seed.MELA, ids[0]], [seed.UVA, ids[2]]]
    assert find(fields=["meaning"]) == [[seed.MELA, ids[1]], [seed.UVA, ids[2]]]
    assert find(fields=["Word", "Meaning"]) == [[seed.UVA, ids[2]]]
    assert find(query=f"-nid:{seed.UVA}") == [[seed.MELA, ids[0]]]
    assert find(limit=1) == [[seed.MELA, ids[0]]]
    assert find(limit=0) == []
    assert gateway.rpc("findDuplicates", {"query": '"'})["error"]["data"]["kind"] == "invalid_search"
    assert gateway.rpc("findDuplicates", {"fields": ["word", "Wrod"]})["error"]["data"] == {
        "kind": "not_found",
        "field": "Wrod",
        "suggestions": ["Word"],
    }
    for wrong in ({"limit": -1}, {"fields": []}):
        assert [*gateway.rpc("findDuplicates", wrong)["error"]["data"]["fields"]] == [*wrong]


def test_a_note_type_is_changed_by_a_map(gateway):
    params = {"notes": [seed.MELA, seed.UVA], "modelName": "Basic", "fields": {"Front": "Meaning", "Back": "Word"}}
    reply = gateway.rpc("changeNoteType", params)["result"]
    assert reply == {"notes": 2, "lostFields": [], "lostTemplates": [], "lostCards": 0}
    (mela,) = info(gateway, seed.MELA)
    assert {name: field["value"] for name, field in mela["fields"].items()} == {"Front": "apple", "Back": "mela"}
    assert mela["cards"] == [seed.MELA_CARD]
    wrong = gateway.rpc("changeNoteType", {**params, "fields": {"Frnt": "Front"}})["error"]
    assert wrong["data"] == {"kind": "not_found", "model": "Basic", "field": "Frnt", "suggestions": ["Front"]}
    gateway.rpc("undo")
    assert info(gateway, seed.MELA)[0]["modelName"] == "Italian vocab"


def test_without_a_map_fields_and_templates_go_by_name_and_the_others_in_their_order(gateway):
    for model, fields, templates in (("One", ["X", "Y", "Z"], "AB"), ("Other", ["Y", "Q", "X"], "BA")):
        sides = [{"Name": name, "Front": f"{name} {{{{{fields[0]}}}}}", "Back": ""} for name in templates]
        gateway.rpc("createModel", {"modelName": model, "inOrderFields": fields, "cardTemplates": sides})
    note = {"deckName": "Italian", "modelName": "One", "fields": {"X": "x", "Y": "y", "Z": "z"}}
    note_id = gateway.rpc("addNote", {"note": note})["result"]
    cards = info(gateway, note_id)[0]["cards"]
    gateway.rpc("changeNoteType", {"notes": [note_id], "modelName": "Other"})
    assert gateway.col.get_note(note_id).fields == ["y", "z", "x"]
    assert info(gateway, note_id)[0]["cards"] == cards[::-1]
