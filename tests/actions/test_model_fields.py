"""The fields of note types, on a real collection."""

import copy
import time

import pytest
import seed
from sizes import for_rows, turns

NOT_TEXT = "bad argument type for built-in operation"
VOCAB = "Italian vocab"


def change(gateway, action, model=VOCAB, **params):
    return gateway.legacy(action, modelName=model, **params)


def names(gateway, model=VOCAB):
    return gateway.legacy("modelFieldNames", modelName=model)["result"]


def mela(gateway):
    return gateway.col.get_note(seed.MELA).fields


def sides(gateway):
    return list(gateway.legacy("modelTemplates", modelName=VOCAB)["result"]["Card 1"].values())


def needs_full_sync(gateway):
    return gateway.col.schema_changed()


@pytest.fixture
def synced(gateway):
    """A gateway whose collection counts as synced, so that a change of its schema is seen."""
    gateway.col.db.execute("update col set ls = ?, scm = ?", seed.FIXED * 1000 + 1, seed.FIXED * 1000)
    return gateway


# --- describing ---


def test_descriptions_and_fonts_come_in_field_order(gateway):
    assert change(gateway, "modelFieldSetDescription", fieldName="Meaning", description="in English")["result"] is True
    assert change(gateway, "modelFieldSetFont", fieldName="Word", font="Noto Serif")["error"] is None
    assert change(gateway, "modelFieldSetFontSize", fieldName="Word", fontSize=24)["error"] is None
    assert change(gateway, "modelFieldDescriptions")["result"] == ["", "in English"]
    fonts = change(gateway, "modelFieldFonts", model="ITALIAN vocab")["result"]
    assert list(fonts.items()) == [
        ("Word", {"font": "Noto Serif", "size": 24}),
        ("Meaning", {"font": "Arial", "size": 20}),
    ]


ALL = [
    ("modelFieldDescriptions", {}),
    ("modelFieldFonts", {}),
    ("modelFieldAdd", {"fieldName": "x"}),
    ("modelFieldRemove", {"fieldName": "Word"}),
    ("modelFieldRename", {"oldFieldName": "Word", "newFieldName": "x"}),
    ("modelFieldReposition", {"fieldName": "Word", "index": 1}),
    ("modelFieldSetDescription", {"fieldName": "Word", "description": "x"}),
    ("modelFieldSetFont", {"fieldName": "Word", "font": "x"}),
    ("modelFieldSetFontSize", {"fieldName": "Word", "fontSize": 12}),
]
ON_A_FIELD = [(action, params) for action, params in ALL if params and action != "modelFieldAdd"]


@for_rows(("action", "params"), ALL)
@for_rows(("model", "shown"), [("Nope", "Nope"), ("", ""), (None, "None"), (5, "5")])
def test_a_model_that_does_not_exist_is_not_found(reading, action, params, model, shown):
    reply = change(reading, action, model=model, **params)
    assert reply == {"result": None, "error": f"model was not found: {shown}"}


@for_rows(("action", "params"), ON_A_FIELD)
@for_rows("name", ["Nope", "word", "", " Word"])
def test_a_field_is_found_by_its_exact_name_and_the_stored_name_of_the_model_is_shown(reading, action, params, name):
    params = {key: name if value == "Word" else value for key, value in params.items()}
    reply = change(reading, action, model="ITALIAN VOCAB", **params)
    assert reply == {"result": None, "error": f"field was not found in Italian vocab: {name}"}
    answer = reading.rpc(action, {"modelName": VOCAB, **params})
    if action == "modelFieldRemove":
        assert answer["result"] is None
    else:
        suggested = {"suggestions": ["Word"]} if name.strip().lower() == "word" else {}
        assert answer["error"]["data"] == {"kind": "not_found", "model": VOCAB, "field": name, **suggested}
        assert answer["error"]["message"].endswith("The fields of Italian vocab are Word, Meaning.")
    assert names(reading) == ["Word", "Meaning"]


@for_rows(("action", "params"), ALL[2:])
def test_each_change_is_one_step_that_undo_takes_back(kept, action, params):
    gateway = kept.unchanged()
    before, note = dict(gateway.col.models.by_name(VOCAB)), mela(gateway)
    gateway.legacy("createDeck", deck="x")
    assert change(gateway, action, **params)["error"] is None
    assert gateway.col.models.by_name(VOCAB) != before
    assert gateway.col.undo_status().undo == "Update Note Type"
    gateway.col.undo()
    after = gateway.col.models.by_name(VOCAB)
    assert {**after, "mod": 0, "usn": 0} == {**before, "mod": 0, "usn": 0}
    assert mela(gateway) == note
    assert gateway.col.undo_status().undo == "Add Deck"


@for_rows(
    ("action", "params"),
    [
        ("modelFieldAdd", {"fieldName": "Word"}),
        ("modelFieldAdd", {"fieldName": "Word", "index": 0}),
        ("modelFieldRename", {"oldFieldName": "Word", "newFieldName": "Word"}),
        ("modelFieldReposition", {"fieldName": "Word", "index": 0}),
        ("modelFieldReposition", {"fieldName": "Meaning", "index": 9}),
        ("modelFieldSetDescription", {"fieldName": "Word", "description": ""}),
        ("modelFieldSetFont", {"fieldName": "Word", "font": "Arial"}),
        ("modelFieldSetFontSize", {"fieldName": "Word", "fontSize": 20}),
    ],
)
def test_what_changes_nothing_writes_nothing(reading, action, params):
    before = reading.col.mod
    assert change(reading, action, **params)["error"] is None
    assert (reading.col.mod, reading.col.undo_status().undo) == (before, "")


# --- adding ---


@pytest.mark.parametrize(
    ("params", "after", "note"),
    [
        ({}, ["Word", "Meaning", "x"], ["mela", "apple", ""]),
        ({"index": None}, ["Word", "Meaning", "x"], ["mela", "apple", ""]),
        ({"index": 0}, ["x", "Word", "Meaning"], ["", "mela", "apple"]),
        ({"index": 1}, ["Word", "x", "Meaning"], ["mela", "", "apple"]),
        ({"index": 2}, ["Word", "Meaning", "x"], ["mela", "apple", ""]),
        ({"index": 99}, ["Word", "Meaning", "x"], ["mela", "apple", ""]),
        ({"index": -1}, ["Word", "x", "Meaning"], ["mela", "", "apple"]),
    ],
)
def test_a_field_is_added_at_its_position_and_is_empty_in_notes(synced, params, after, note):
    assert change(synced, "modelFieldAdd", fieldName="x", **params) == {"result": None, "error": None}
    assert names(synced) == after
    assert mela(synced) == note
    assert needs_full_sync(synced)


def test_a_field_of_that_name_is_moved_if_a_position_is_given(gateway):
    change(gateway, "modelFieldAdd", fieldName="Meaning", index=0)
    assert names(gateway) == ["Meaning", "Word"]
    assert mela(gateway) == ["apple", "mela"]


@for_rows(
    ("name", "stored"),
    [("word", "word+"), (' #:x{}"y ', "xy"), ("e\u0301", "\u00e9"), ("😀", "😀"), ("שלום", "שלום")],
)
def test_anki_tidies_the_name_of_a_new_field(kept, name, stored):
    gateway = kept.unchanged()
    assert change(gateway, "modelFieldAdd", fieldName=name) == {"result": None, "error": None}
    assert names(gateway) == ["Word", "Meaning", stored]


@for_rows(
    ("name", "text"),
    [("", "Empty field name"), ("#", "Field name: #"), (":{}", "Field name: ")],
)
def test_a_name_of_which_anki_leaves_nothing_is_refused_and_leaves_the_undo_history_alone(kept, name, text):
    gateway = kept.unchanged()
    gateway.legacy("createDeck", deck="x")
    assert change(gateway, "modelFieldAdd", fieldName=name)["error"] == text
    assert change(gateway, "modelFieldRename", oldFieldName="Word", newFieldName=name)["error"] == text
    assert names(gateway) == ["Word", "Meaning"]
    assert gateway.col.undo_status().undo == "Add Deck"


def test_a_field_name_must_be_text(reading):
    text = "bad argument type for built-in operation"
    assert change(reading, "modelFieldAdd", fieldName=5) == {"result": None, "error": text}
    assert reading.rpc("modelFieldAdd", [VOCAB, 5])["error"]["code"] == -32602


@pytest.mark.parametrize(
    ("call", "returned"),
    [
        (("modelFieldAdd", [VOCAB, ' #:x{}"y ']), "xy"),
        (("modelFieldAdd", [VOCAB, "e\u0301+"]), "\u00e9+"),
        (("modelFieldRename", [VOCAB, "Word", " a:b "]), "ab"),
        (("modelFieldRename", [VOCAB, "Word", "word"]), "word"),
        (("modelFieldRename", [VOCAB, "Word", "W:or{d}"]), "Word"),
    ],
)
def test_json_rpc_returns_the_name_that_a_field_got_and_the_old_protocol_nothing(gateway, open_gateway, call, returned):
    assert gateway.rpc(*call)["result"] == returned
    assert returned in names(gateway)
    params = (
        ("modelName", "fieldName", "index")
        if call[0] == "modelFieldAdd"
        else ("modelName", "oldFieldName", "newFieldName")
    )
    old = open_gateway().legacy(call[0], **dict(zip(params, call[1], strict=False)))
    assert old == {"result": None, "error": None}


@for_rows(
    ("call", "taken", "after"),
    [
        (("modelFieldAdd", {"fieldName": "word"}), "word", ["Word", "Meaning", "word+"]),
        (("modelFieldAdd", {"fieldName": " W:ord ", "index": 0}), "Word", ["Word", "Word+", "Meaning"]),
        (("modelFieldAdd", {"fieldName": "Word"}), "Word", ["Word", "Meaning"]),
        (("modelFieldAdd", {"fieldName": "Word", "index": 1}), "Word", ["Meaning", "Word"]),
        (("modelFieldRename", {"oldFieldName": "Meaning", "newFieldName": "Word"}), "Word", ["Word", "Word+"]),
        (("modelFieldRename", {"oldFieldName": "Word", "newFieldName": "Meaning"}), "Meaning", ["Meaning", "Meaning+"]),
        (("modelFieldRename", {"oldFieldName": "Word", "newFieldName": "{mean:ing}"}), "meaning", None),
    ],
)
def test_a_taken_field_name_is_refused_by_json_rpc_only(kept, call, taken, after):
    gateway = kept.unchanged()
    method, params = call
    error = gateway.rpc(method, {"modelName": VOCAB, **params})["error"]
    assert error["data"]["kind"] == "already_exists"
    assert error["data"]["model"] == VOCAB
    assert error["data"]["field"].lower() == taken.lower()
    assert names(gateway) == ["Word", "Meaning"]
    assert change(gateway, method, **params) == {"result": None, "error": None}
    assert names(gateway) == (after or ["meaning", "Meaning+"])


def test_composed_letters_are_the_same_name(gateway):
    assert gateway.rpc("modelFieldAdd", {"modelName": VOCAB, "fieldName": "caf\u00e9"})["result"] == "caf\u00e9"
    error = gateway.rpc("modelFieldAdd", {"modelName": VOCAB, "fieldName": "CAFE\u0301"})["error"]
    assert error["data"]["kind"] == "already_exists"


# --- moving ---


@for_rows(
    ("name", "index", "after"),
    [
        ("A", 1, ["B", "A", "C"]),
        ("A", 2, ["B", "C", "A"]),
        ("A", 99, ["B", "C", "A"]),
        ("A", -1, ["B", "A", "C"]),
        ("C", 0, ["C", "A", "B"]),
        ("C", -1, ["A", "C", "B"]),
        ("C", -99, ["C", "A", "B"]),
        ("B", True, ["A", "B", "C"]),
    ],
)
def test_a_field_is_moved_with_its_content(kept, name, index, after):
    gateway = kept.unchanged()
    templates = [{"Front": "{{A}}", "Back": "x"}]
    gateway.legacy("createModel", modelName="New", inOrderFields=["A", "B", "C"], cardTemplates=templates)
    note = {"deckName": "Default", "modelName": "New", "fields": {"A": "a", "B": "b", "C": "c"}}
    note_id = gateway.legacy("addNote", note=note)["result"]
    reply = change(gateway, "modelFieldReposition", model="New", fieldName=name, index=index)
    assert reply == {"result": None, "error": None}
    assert names(gateway, "New") == after
    assert gateway.col.get_note(note_id).fields == [name.lower() for name in after]


@for_rows("index", [None, "1", [], {}, 1.5])
def test_a_position_is_a_whole_number(reading, index):
    text = f"'{type(index).__name__}' object cannot be interpreted as an integer"
    assert change(reading, "modelFieldReposition", fieldName="Word", index=index)["error"] == text
    assert reading.rpc("modelFieldReposition", [VOCAB, "Word", index])["error"]["code"] == -32602


@pytest.mark.parametrize("index", [-1, True])
def test_json_rpc_takes_no_negative_position(reading, index):
    for action in ("modelFieldReposition", "modelFieldAdd"):
        params = {"modelName": VOCAB, "fieldName": "Word", "index": index}
        assert reading.rpc(action, params)["error"]["code"] == -32602


def test_moving_makes_the_next_sync_a_full_one(synced):
    assert change(synced, "modelFieldReposition", fieldName="Word", index=1)["error"] is None
    assert needs_full_sync(synced)


# --- renaming ---


def test_renaming_follows_in_the_templates_and_leaves_notes_alone(synced):
    change(synced, "modelFieldRename", oldFieldName="Meaning", newFieldName="שלום 😀")
    assert names(synced) == ["Word", "שלום 😀"]
    assert sides(synced) == ["{{Word}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{שלום 😀}}"]
    assert mela(synced) == ["mela", "apple"]
    assert not needs_full_sync(synced)


def test_renaming_to_a_name_that_is_taken_gives_the_later_field_a_plus_sign(gateway):
    change(gateway, "modelFieldRename", oldFieldName="Word", newFieldName="Meaning")
    assert names(gateway) == ["Meaning", "Meaning+"]
    assert sides(gateway) == ["{{Meaning}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Meaning+}}"]


@for_rows(("name", "text"), [("", "Empty field name"), (None, NOT_TEXT), (5, NOT_TEXT)])
def test_a_new_name_that_is_none_is_refused_and_leaves_the_undo_history_alone(kept, name, text):
    gateway = kept.unchanged()
    gateway.legacy("createDeck", deck="x")
    assert change(gateway, "modelFieldRename", oldFieldName="Word", newFieldName=name)["error"] == text
    assert gateway.col.undo_status().undo == "Add Deck"
    assert "error" in gateway.rpc("modelFieldRename", [VOCAB, "Word", name])


# --- removing ---


def test_a_field_goes_with_its_content_and_its_references(synced):
    assert change(synced, "modelFieldRemove", fieldName="Word") == {"result": None, "error": None}
    assert names(synced) == ["Meaning"]
    assert mela(synced) == ["apple"]
    assert sides(synced)[0] == "{{Meaning}}"
    assert needs_full_sync(synced)


def test_the_last_field_stays(gateway):
    change(gateway, "modelFieldRemove", fieldName="Word")
    assert change(gateway, "modelFieldRemove", fieldName="Meaning")["error"] == "1 field required"
    assert gateway.rpc("modelFieldRemove", [VOCAB, "Meaning"])["error"]["data"]["kind"] == "refused"
    assert gateway.col.undo_status().undo == "Update Note Type"


def test_a_field_stays_if_two_templates_would_become_the_same_and_the_undo_history_is_left_alone(gateway):
    model = "Basic (and reversed card)"
    gateway.legacy("createDeck", deck="x")
    error = change(gateway, "modelFieldRemove", model, fieldName="Back")["error"]
    assert error.endswith("The front side is identical to card template \u20681\u2069.")
    assert names(gateway, model) == ["Front", "Back"]
    assert gateway.col.undo_status().undo == "Add Deck"


def test_a_field_that_anki_needs_stays(reading):
    reply = change(reading, "modelFieldRemove", model="Image Occlusion", fieldName="Image")
    assert reply["error"] == "This is a required field, and can not be deleted."
    assert "Image" in names(reading, "Image Occlusion")


def test_a_cloze_note_type_loses_and_gets_fields_too(gateway):
    note = {"deckName": "Default", "modelName": "Cloze", "fields": {"Text": "{{c1::x}}{{c2::y}}"}}
    note_id = gateway.legacy("addNote", note=note)["result"]
    change(gateway, "modelFieldAdd", model="Cloze", fieldName="x", index=0)
    change(gateway, "modelFieldRemove", model="Cloze", fieldName="Back Extra")
    assert names(gateway, "Cloze") == ["x", "Text"]
    assert [card.ord for card in gateway.col.get_note(note_id).cards()] == [0, 1]


# --- the look in the editor ---


@for_rows(
    ("action", "param", "value", "text"),
    [
        ("modelFieldSetDescription", "description", 5, "description should be a string: 5"),
        ("modelFieldSetDescription", "description", None, "description should be a string: None"),
        ("modelFieldSetFont", "font", 5, "font should be a string: 5"),
        ("modelFieldSetFont", "font", ["x"], "font should be a string: ['x']"),
        ("modelFieldSetFontSize", "fontSize", "12", "fontSize should be an integer: 12"),
        ("modelFieldSetFontSize", "fontSize", 1.5, "fontSize should be an integer: 1.5"),
        ("modelFieldSetFontSize", "fontSize", None, "fontSize should be an integer: None"),
    ],
)
def test_the_look_of_a_field_has_a_type(reading, action, param, value, text):
    assert change(reading, action, fieldName="Word", **{param: value}) == {"result": None, "error": text}
    assert reading.rpc(action, [VOCAB, "Word", value])["error"]["code"] == -32602


@for_rows(
    ("size", "text"),
    [
        (-1, "value: integer `-1`"),
        (65_536, "value: integer `65536`"),
        (True, "type: boolean `true`"),
        (False, "type: boolean `false`"),
    ],
)
def test_a_font_size_has_16_bits(kept, size, text):
    gateway = kept.unchanged()
    gateway.legacy("createDeck", deck="x")
    error = change(gateway, "modelFieldSetFontSize", fieldName="Word", fontSize=size)["error"]
    assert error.startswith(f'JsonError {{ info: "invalid {text}, expected u16 at line 1 column ')
    assert gateway.rpc("modelFieldSetFontSize", [VOCAB, "Word", size])["error"]["code"] == -32602
    assert gateway.col.undo_status().undo == "Add Deck"


@pytest.mark.parametrize("size", [0, 65_535])
def test_a_font_size_may_be_as_small_or_large_as_anki_takes(gateway, size):
    assert gateway.rpc("modelFieldSetFontSize", [VOCAB, "Word", size])["result"] is None
    assert change(gateway, "modelFieldFonts")["result"]["Word"]["size"] == size


@for_rows("text", ["😀", "שלום", "e\u0301", "<b>&amp;"])
def test_a_description_is_stored_as_given(kept, text):
    gateway = kept.unchanged()
    assert gateway.rpc("modelFieldSetDescription", [VOCAB, "Word", text])["result"] is True
    assert change(gateway, "modelFieldDescriptions")["result"] == [text, ""]


@for_rows(
    ("method", "params"),
    [
        ("modelFieldRename", {"oldFieldName": "Meaning", "newFieldName": "English"}),
        ("modelFieldRemove", {"fieldName": "Meaning"}),
    ],
)
@for_rows("stored", ["", "only text"])
def test_a_format_for_the_browser_gets_no_field_that_nobody_wanted(kept, method, params, stored):
    gateway = kept.unchanged()
    sides = {"Card 1": {"BrowserFront": stored, "BrowserBack": "{{Word}}"}}
    gateway.rpc("updateModelTemplates", {"model": {"name": "Italian vocab", "templates": sides}})
    before = gateway.col.models.by_name("Italian vocab")
    gateway.col.decks.rename(seed.ITALIAN, "Latin")
    gateway.rpc(method, {"modelName": "Italian vocab", **params})
    (template,) = gateway.col.models.by_name("Italian vocab")["tmpls"]
    assert (template["bqfmt"], template["bafmt"]) == (stored, "{{Word}}")
    gateway.col.undo()
    assert gateway.col.undo_status().undo == "Rename Deck"
    assert gateway.col.models.get(before["id"])["tmpls"] == before["tmpls"]


@for_rows(
    ("method", "params"),
    [
        ("modelFieldRename", {"oldFieldName": "Back Extra", "newFieldName": "Extra"}),
        ("modelFieldRemove", {"fieldName": "Back Extra"}),
        ("modelFieldRename", {"oldFieldName": "Text", "newFieldName": "Gaps"}),
    ],
)
@for_rows(
    ("front", "back"),
    turns(
        ["", "only text", "{{Added}}", "{{cloze:Text}}"], lambda front: ["", "{{Added}}!", "{{cloze:Text}}{{Added}}"]
    ),
)
def test_a_format_of_a_cloze_note_type_gets_no_deletion_that_nobody_wanted(kept, method, params, front, back):
    gateway = kept.unchanged()
    gateway.rpc("modelFieldAdd", {"modelName": "Cloze", "fieldName": "Added"})
    sides = {"Cloze": {"BrowserFront": front, "BrowserBack": back}}
    gateway.rpc("updateModelTemplates", {"model": {"name": "Cloze", "templates": sides}})
    gateway.rpc(method, {"modelName": "Cloze", **params})
    (template,) = gateway.col.models.by_name("Cloze")["tmpls"]
    name = params.get("newFieldName") if params.get("oldFieldName") == "Text" else "Text"
    wanted = [side.replace("cloze:Text", f"cloze:{name}") for side in (front, back)]
    assert [template["bqfmt"], template["bafmt"]] == wanted


def test_a_field_of_many_notes_is_added_about_as_fast_as_by_anki(gateway):
    """In one commit with another write SQLite would need a time that grows with the square of the notes."""
    fields = {"Word": "x", "Meaning": "m" * 1500}
    many = [
        {"modelName": "Italian vocab", "deckName": "Italian", "fields": {**fields, "Word": f"{n}"}} for n in range(6000)
    ]
    assert "error" not in gateway.rpc("addNotes", {"notes": many})
    model = copy.deepcopy(gateway.col.models.by_name("Italian vocab"))
    gateway.col.models.add_field(model, gateway.col.models.new_field("First"))
    begin = time.process_time()
    gateway.col.models.update_dict(model)
    own = time.process_time() - begin
    begin = time.process_time()
    params = {"modelName": "Italian vocab", "edits": [{"op": "addField", "name": "Second"}]}
    assert "error" not in gateway.rpc("editModel", params)
    taken = time.process_time() - begin
    assert taken < 8 * own + 0.5, (taken, own)
