"""New notes that give their note type and their deck by id, on a real collection."""

import seed
from sizes import for_rows

DEFAULT = 1
FIELDS = {"Word": "pera"}
IMAGE = {"filename": "_map.png", "data": "iVBORw0KGgo="}
RECT = {"type": "rect", "left": 0.1, "top": 0.2, "width": 0.3, "height": 0.25}
NOSUCH = 1234567890123
ONE = ("addNote", "canAddNote", "canAddNoteWithErrorDetail")
MANY = ("addNotes", "canAddNotes", "canAddNotesWithErrorDetail", "upsertNotes")


def vocab(gateway):
    return gateway.rpc("modelNamesAndIds")["result"]["Italian vocab"]


def deck(gateway, name="Italian::A1"):
    return gateway.rpc("deckNamesAndIds")["result"][name]


def by_id(gateway, **more):
    return {"modelId": vocab(gateway), "deckId": deck(gateway), "fields": FIELDS, **more}


def params(method, note):
    return {"note": note} if method in ONE else {"notes": [note]}


def call_of(gateway, protocol):
    return gateway.rpc if protocol == "rpc" else lambda method, given: gateway.legacy(method, **given)


@for_rows("protocol", ["rpc", "legacy"])
@for_rows("method", ["addNote", "addNotes", "upsertNotes"])
def test_a_note_is_added_by_ids_as_by_names(kept, method, protocol):
    gateway = kept.unchanged()
    reply = call_of(gateway, protocol)(method, params(method, by_id(gateway)))
    assert reply.get("error") is None
    (note,) = gateway.rpc("notesInfo", {"notes": None, "query": "Word:pera"})["result"]
    assert note["modelName"] == "Italian vocab"
    assert gateway.col.get_card(note["cards"][0]).did == deck(gateway)


@for_rows("method", [*ONE, *MANY])
def test_a_check_and_a_write_name_an_unknown_id(kept, method):
    gateway = kept.unchanged()
    for member, kind in (("modelId", "model_not_found"), ("deckId", "deck_not_found")):
        reply = gateway.rpc(method, params(method, by_id(gateway, **{member: NOSUCH})))
        found = reply.get("error") or reply["result"]
        if method.startswith("can"):
            assert str(NOSUCH) in str(found) or found in (False, [False])
        else:
            (error,) = found if isinstance(found, list) else [{"error": found}]
            assert error["error"]["data"]["kind"] == kind
            assert "NamesAndIds lists all" in error["error"]["message"]
            assert error["error"]["data"][kind.partition("_")[0]] == NOSUCH


@for_rows("method", [*ONE, *MANY])
def test_a_name_and_an_id_exclude_each_other_and_one_is_needed(reading, method):
    place = "note" if method in ONE else "notes.0"
    both = {"modelName": "Italian vocab", "deckName": "Default", **by_id(reading)}
    fields = reading.rpc(method, params(method, both))["error"]["data"]["fields"]
    assert fields == {
        f"{place}.modelId": ["Give either `modelName` or `modelId`, not both."],
        f"{place}.deckId": ["Give either `deckName` or `deckId`, not both."],
    }
    neither = {"modelName": None, "deckId": None}
    fields = reading.rpc(method, params(method, neither))["error"]["data"]["fields"]
    assert [*fields] == [f"{place}.{name}" for name in ("modelName", "deckName", "fields")]
    assert "Give either `deckName` or `deckId`." in fields[f"{place}.deckName"][0]


@for_rows("wrong", ["1", 1.5, True, 2**70])
def test_an_id_is_a_number(reading, wrong):
    error = reading.rpc("addNote", {"note": by_id(reading, deckId=wrong)})["error"]
    assert [*error["data"]["fields"]] == ["note.deckId"]
    assert reading.legacy("addNote", note=by_id(reading, deckId=wrong))["error"].startswith("deckId: ")


@for_rows("extra", [NOSUCH, "x", None, [1]])
def test_old_envelopes_with_a_name_may_have_any_id_beside_it(kept, extra):
    gateway = kept.unchanged()
    note = {"modelName": "Basic", "deckName": "Default", "modelId": extra, "deckId": extra, "fields": {"Front": "a"}}
    assert gateway.legacy("addNote", note=note)["error"] is None


def test_old_envelopes_without_any_get_the_words_of_ankiconnect(reading):
    assert reading.legacy("addNote", note={"fields": {}})["error"] == "'modelName'"
    assert reading.legacy("addNote", note={"modelName": "Basic", "fields": {}})["error"] == "'deckName'"
    assert reading.legacy("addNote", note={"modelName": "Basic"})["error"] == "'deckName'"
    null = {"modelName": None, "deckName": "Default", "fields": {}, "modelId": vocab(reading)}
    assert reading.legacy("addNote", note=null)["error"] == "model was not found: None"


def test_a_deck_is_made_only_by_its_name(reading):
    note = by_id(reading, deckId=NOSUCH, options={"createDeck": True})
    assert reading.rpc("addNote", {"note": note})["error"]["data"]["kind"] == "deck_not_found"


def test_a_filtered_deck_and_an_unknown_field_are_refused_by_name(gateway):
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": ""}]})
    error = gateway.rpc("addNote", {"note": by_id(gateway, deckId=deck(gateway, "Cram"))})["error"]
    assert (error["data"]["kind"], error["data"]["deck"]) == ("refused", "Cram")
    error = gateway.rpc("addNote", {"note": by_id(gateway, fields={"Wrod": "x"})})["error"]
    assert "'Italian vocab' has no such field" in str(error)


def test_a_duplicate_is_looked_for_below_the_deck(gateway):
    options = {"duplicateScope": "deck", "duplicateScopeOptions": {"checkChildren": True}}
    note = by_id(gateway, deckId=deck(gateway, "Italian"), fields={"Word": "mela"}, options=options)
    assert gateway.rpc("addNote", {"note": note})["error"]["data"]["notes"] == [seed.MELA]
    options["duplicateScopeOptions"] = {}
    assert gateway.rpc("addNote", {"note": note}).get("result")


def test_a_duplicate_is_looked_for_in_a_deck_by_its_id(gateway):
    scope = {"deckId": deck(gateway, "Italian"), "checkChildren": True}
    options = {"duplicateScope": "deck", "duplicateScopeOptions": scope}
    note = by_id(gateway, deckId=DEFAULT, fields={"Word": "mela"}, options=options)
    assert gateway.rpc("addNote", {"note": note})["error"]["data"]["notes"] == [seed.MELA]
    assert gateway.rpc("canAddNote", {"note": note})["result"] is False
    scope["deckName"] = "Italian"
    error = gateway.rpc("addNote", {"note": note})["error"]
    path = "note.options.duplicateScopeOptions.deckId"
    assert error["data"]["fields"] == {path: ["Give either `deckName` or `deckId`, not both."]}
    del scope["deckName"]
    scope["deckId"] = NOSUCH
    assert gateway.rpc("addNote", {"note": note})["error"]["data"] == {"kind": "deck_not_found", "deck": NOSUCH}
    assert gateway.legacy("addNote", note=note)["error"] is None  # as AnkiConnect, which knows no such id


def test_a_note_gets_another_note_type_by_its_id(gateway):
    basic = gateway.rpc("modelNamesAndIds")["result"]["Basic"]
    note = {"id": seed.MELA, "modelId": basic, "fields": {"Front": "x"}}
    assert gateway.legacy("updateNoteModel", note=note)["error"] == "Model name is required"
    both = gateway.rpc("updateNoteModel", {"note": {**note, "modelName": "Basic"}})["error"]
    assert both["data"]["fields"] == {"note.modelId": ["Give either `modelName` or `modelId`, not both."]}
    none = gateway.rpc("updateNoteModel", {"note": {"id": seed.MELA, "fields": {}}})["error"]["data"]["fields"]
    assert list(none) == ["note.modelName"]
    unknown = gateway.rpc("updateNoteModel", {"note": {**note, "modelId": NOSUCH}})["error"]["data"]
    assert unknown == {"kind": "model_not_found", "model": NOSUCH}
    assert gateway.rpc("updateNoteModel", {"note": note}) == {"jsonrpc": "2.0", "result": None, "id": 1}
    assert gateway.col.get_note(seed.MELA).mid == basic


def test_a_repeated_call_with_its_key_adds_nothing_twice(gateway):
    call = {"notes": [by_id(gateway)], "idempotencyKey": "k"}
    first, second = (gateway.rpc("addNotes", call)["result"] for _ in range(2))
    assert first == second
    basic = gateway.rpc("modelNamesAndIds")["result"]["Basic"]
    other = by_id(gateway, modelId=basic, fields={"Front": "pera"})
    (entry,) = gateway.rpc("addNotes", {**call, "notes": [other]})["result"]
    assert entry["error"]["data"]["kind"] == "already_exists"


def test_upserted_notes_are_found_by_the_id_of_their_note_type(gateway):
    note = by_id(gateway, fields={"Word": "mela", "Meaning": "an apple"})
    (entry,) = gateway.rpc("upsertNotes", {"notes": [note]})["result"]
    assert (entry["id"], entry["outcome"]) == (seed.MELA, "updated")


def test_an_occlusion_note_is_added_by_ids(gateway):
    first = {"image": IMAGE, "shapes": [RECT], "deckId": DEFAULT}
    assert gateway.rpc("addImageOcclusionNotes", {"notes": [first]})["result"][0]["error"] is None
    model_id = gateway.rpc("modelNamesAndIds")["result"]["Image Occlusion"]
    second = {**first, "modelId": model_id}
    assert gateway.rpc("addImageOcclusionNotes", {"notes": [second]})["result"][0]["error"] is None
    for member, wrong, kind in (
        ("modelId", NOSUCH, "model_not_found"),
        ("deckId", NOSUCH, "deck_not_found"),
        ("modelId", vocab(gateway), "refused"),
    ):
        (entry,) = gateway.rpc("addImageOcclusionNotes", {"notes": [{**second, member: wrong}]})["result"]
        assert entry["error"]["data"]["kind"] == kind
    neither = gateway.rpc("addImageOcclusionNotes", {"notes": [{**first, "deckId": None}]})["error"]
    assert [*neither["data"]["fields"]] == ["notes.0.deckName"]


def test_a_preview_takes_the_id_of_a_note_type(reading):
    def preview(**note):
        return reading.rpc("previewCards", {"note": {"fields": FIELDS, **note}})

    assert preview(modelId=vocab(reading)) == preview(modelName="Italian vocab")
    assert preview(modelId=NOSUCH)["error"]["data"]["kind"] == "model_not_found"
    assert [*preview()["error"]["data"]["fields"]] == ["note.modelName"]
    assert [*preview(modelId=1, modelName="x")["error"]["data"]["fields"]] == ["note.modelId"]
