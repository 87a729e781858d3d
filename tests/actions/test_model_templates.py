"""The templates of note types, on a real collection."""

import pytest
import seed
from sizes import for_rows

NOT_TEXT = "bad argument type for built-in operation"
VOCAB = "Italian vocab"
BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Meaning}}"
RECALL = {"Name": "Recall", "Front": "{{Meaning}}", "Back": "{{FrontSide}}<hr>{{Word}}"}
PROBLEM = "Card template \u2068{}\u2069 in note type '\u2068{}\u2069' has a problem.<br>{}"
NO_FIELD = "Expected to find a field replacement on the front of the card template."
UNKNOWN = "Field '\u2068Z\u2069' not found."


def change(gateway, action, model=VOCAB, **params):
    return gateway.legacy(action, modelName=model, **params)


def templates(gateway, model=VOCAB):
    return gateway.legacy("modelTemplates", modelName=model)["result"]


def cards(gateway, note_id=seed.MELA):
    """Card id by the name of its template."""
    return {card.template()["name"]: card.id for card in gateway.col.get_note(note_id).cards()}


def add_second_template(gateway):
    """Give the vocabulary note type a second template, and have its collection count as synced."""
    assert change(gateway, "modelTemplateAdd", template=RECALL) == {"result": None, "error": None}
    gateway.col.db.execute("update col set ls = ?, scm = ?", seed.FIXED * 1000 + 1, seed.FIXED * 1000)


@pytest.fixture
def two(gateway):
    add_second_template(gateway)
    return gateway


@pytest.fixture(scope="module")
def kept_two(keep):
    return keep(add_second_template)


# --- describing ---


def test_templates_come_in_their_order_with_both_sides(two):
    assert list(templates(two).items()) == [
        ("Card 1", {"Front": "{{Word}}", "Back": BACK}),
        ("Recall", {"Front": RECALL["Front"], "Back": RECALL["Back"]}),
    ]
    assert list(templates(two, "ITALIAN VOCAB")["Card 1"]) == ["Front", "Back"]


@for_rows(
    ("front", "back", "found"),
    [
        ("{{Word}}", "{{FrontSide}}{{Word}}{{Meaning}}", [["Word"], ["Meaning"]]),
        ("{{#Word}}{{text:Word}}{{/Word}}", "x", [["Word"], []]),
        (
            "{{^Word}}{{Meaning}}{{/Word}}{{Word}}",
            "{{^Meaning}}x{{/Meaning}}",
            [["^Word", "Meaning", "Word"], ["^Meaning"]],
        ),
        ("{{Word}}{{Word}}", "{{Meaning}}{{Meaning}}", [["Word", "Word"], ["Meaning", "Meaning"]]),
        ("{{a:b:Word}}{{Tags}}", "{{ Meaning }}{{Deck}}", [["Word", "Tags"], [" Meaning ", "Deck"]]),
    ],
)
def test_fields_on_templates_are_read_from_the_text(kept, front, back, found):
    gateway = kept.unchanged()
    side = {"Card 1": {"Front": front, "Back": back}}
    reply = gateway.legacy("updateModelTemplates", model={"name": VOCAB, "templates": side})
    assert reply == {"result": None, "error": None}
    assert change(gateway, "modelFieldsOnTemplates") == {"result": {"Card 1": found}, "error": None}


def test_a_field_name_may_hold_a_slash(gateway):
    gateway.legacy("modelFieldRename", modelName=VOCAB, oldFieldName="Word", newFieldName="a/b#c")
    assert change(gateway, "modelFieldsOnTemplates")["result"] == {"Card 1": [["a/b#c"], ["Meaning"]]}


ALL = [
    ("modelTemplates", {}),
    ("modelFieldsOnTemplates", {}),
    ("modelTemplateAdd", {"template": RECALL}),
    ("modelTemplateRemove", {"templateName": "Card 1"}),
    ("modelTemplateRename", {"oldTemplateName": "Card 1", "newTemplateName": "x"}),
    ("modelTemplateReposition", {"templateName": "Card 1", "index": 1}),
    ("findAndReplaceInModels", {"findText": "x", "replaceText": "y"}),
]


@for_rows(("action", "params"), ALL)
@for_rows("model", ["Nope", 5])
def test_a_model_that_does_not_exist_is_not_found(reading, action, params, model):
    reply = change(reading, action, model=model, **params)
    assert reply == {"result": None, "error": f"model was not found: {model}"}


@for_rows(("action", "params"), ALL[3:6])
@for_rows("name", ["Nope", "card 1", ""])
def test_a_template_is_found_by_its_exact_name(reading, action, params, name):
    params = {key: name if value == "Card 1" else value for key, value in params.items()}
    reply = change(reading, action, model="ITALIAN VOCAB", **params)
    assert reply == {"result": None, "error": f"template was not found in Italian vocab: {name}"}
    answer = reading.rpc(action, {"modelName": VOCAB, **params})
    if action == "modelTemplateRemove":
        assert answer["result"] is None
    else:
        suggested = {"suggestions": ["Card 1"]} if name == "card 1" else {}
        assert answer["error"]["data"] == {"kind": "not_found", "model": VOCAB, "template": name, **suggested}


@for_rows(
    ("action", "params"),
    [
        ("modelTemplateAdd", {"template": {**RECALL, "Name": "x", "Front": "{{Word}}{{Meaning}}"}}),
        ("modelTemplateAdd", {"template": {**RECALL, "Front": "{{Word}}{{Meaning}}"}}),
        ("modelTemplateRemove", {"templateName": "Recall"}),
        ("modelTemplateRename", {"oldTemplateName": "Card 1", "newTemplateName": "x"}),
        ("modelTemplateReposition", {"templateName": "Card 1", "index": 1}),
        ("findAndReplaceInModels", {"findText": "hr", "replaceText": "br"}),
    ],
)
def test_each_change_is_one_step_that_undo_takes_back(kept_two, action, params):
    two = kept_two.unchanged()
    before, had = templates(two), cards(two)
    two.legacy("createDeck", deck="x")
    assert change(two, action, **params)["error"] is None
    assert list(templates(two).items()) != list(before.items())
    two.col.undo()
    assert list(templates(two).items()) == list(before.items())
    assert cards(two) == had
    assert two.col.undo_status().undo == "Add Deck"


@for_rows(
    ("action", "params"),
    [
        ("modelTemplateAdd", {"template": {"Name": "Card 1", "Front": "{{Word}}", "Back": BACK}}),
        ("modelTemplateRename", {"oldTemplateName": "Card 1", "newTemplateName": "Card 1"}),
        ("modelTemplateReposition", {"templateName": "Card 1", "index": 0}),
        ("modelTemplateReposition", {"templateName": "Card 1", "index": 5}),
        ("findAndReplaceInModels", {"findText": "Word", "replaceText": "Word"}),
        ("findAndReplaceInModels", {"findText": "nowhere", "replaceText": "x"}),
    ],
)
def test_what_changes_nothing_writes_nothing(reading, action, params):
    before = reading.col.mod
    assert change(reading, action, **params)["error"] is None
    assert (reading.col.mod, reading.col.undo_status().undo) == (before, "")


# --- adding ---


def test_a_template_is_added_at_the_end_and_makes_cards(gateway):
    gateway.col.db.execute("update col set ls = ?, scm = ?", seed.FIXED * 1000 + 1, seed.FIXED * 1000)
    assert change(gateway, "modelTemplateAdd", template={**RECALL, "More": 1})["error"] is None
    assert list(templates(gateway)) == ["Card 1", "Recall"]
    assert list(cards(gateway)) == list(cards(gateway, seed.UVA)) == ["Card 1", "Recall"]
    assert gateway.col.schema_changed()
    reply = gateway.rpc("modelTemplateAdd", {"modelName": VOCAB, "template": {**RECALL, "More": 1}})
    assert reply["error"]["code"] == -32602


def test_a_template_of_that_name_is_rewritten_and_stays_so(two):
    assert change(two, "modelTemplateAdd", template={**RECALL, "Front": "{{Meaning}}!"})["error"] is None
    two.col.models._clear_cache()
    assert templates(two)["Recall"]["Front"] == "{{Meaning}}!"
    assert list(templates(two)) == ["Card 1", "Recall"]
    assert not two.col.schema_changed()


@for_rows(
    ("template", "text"),
    [
        ({"Front": "x", "Back": "y"}, "'Name'"),
        ({"Name": "x", "Back": "y"}, "'Front'"),
        ({"Name": "x", "Front": "{{Word}}"}, "'Back'"),
        ({**RECALL, "Front": "x"}, PROBLEM.format(2, VOCAB, NO_FIELD)),
        ({**RECALL, "Front": "{{Z}}"}, PROBLEM.format(2, VOCAB, UNKNOWN)),
        (
            {**RECALL, "Front": "{{Word}}"},
            PROBLEM.format(2, VOCAB, "The front side is identical to card template \u20681\u2069."),
        ),
        ({**RECALL, "Name": "Card 1", "Front": ""}, PROBLEM.format(1, VOCAB, NO_FIELD)),
        ({**RECALL, "Name": ""}, "Empty template name"),
        ({**RECALL, "Name": 5}, NOT_TEXT),
        ({**RECALL, "Front": 5}, NOT_TEXT),
        ({**RECALL, "Back": None}, NOT_TEXT),
        (5, "'int' object is not subscriptable"),
        (None, "'NoneType' object is not subscriptable"),
    ],
)
def test_a_template_that_cannot_be_added_says_why_and_leaves_the_undo_history_alone(kept, template, text):
    gateway = kept.unchanged()
    gateway.legacy("createDeck", deck="x")
    assert change(gateway, "modelTemplateAdd", template=template) == {"result": None, "error": text}
    assert "error" in gateway.rpc("modelTemplateAdd", {"modelName": VOCAB, "template": template})
    assert list(templates(gateway)) == ["Card 1"]
    assert gateway.col.undo_status().undo == "Add Deck"


# --- cloze ---

FIXED = "templates of a cloze note type cannot be added, removed or moved"


def test_the_only_template_of_a_cloze_note_type_stays(reading):
    removed = change(reading, "modelTemplateRemove", model="Cloze", templateName="Cloze")
    assert removed["error"] == "must have 1 template"
    moved = change(reading, "modelTemplateReposition", model="Cloze", templateName="Cloze", index=3)
    assert moved["error"] is None


def test_a_cloze_note_type_takes_no_second_template(reading):
    template = {"Name": "x", "Front": "{{cloze:Text}}!", "Back": "{{cloze:Text}}"}
    assert change(reading, "modelTemplateAdd", model="Cloze", template=template) == {"result": None, "error": FIXED}
    assert list(templates(reading, "Cloze")) == ["Cloze"]


def test_where_a_cloze_note_type_has_two_templates_they_stay_and_so_do_its_cards(gateway):
    side = {"Front": "{{cloze:A}}", "Back": "{{cloze:A}}"}
    both = [side, {**side, "Front": "{{cloze:A}}!"}]
    gateway.legacy("createModel", modelName="New", inOrderFields=["A"], cardTemplates=both, isCloze=True)
    note = {"deckName": "Default", "modelName": "New", "fields": {"A": "{{c1::x}}{{c2::y}}{{c3::z}}"}}
    note_id = gateway.legacy("addNote", note=note)["result"]
    had = [(card.id, card.ord) for card in gateway.col.get_note(note_id).cards()]
    for action, params in (
        ("modelTemplateRemove", {"templateName": "Card 1"}),
        ("modelTemplateRemove", {"templateName": "Card 2"}),
        ("modelTemplateReposition", {"templateName": "Card 2", "index": 0}),
    ):
        assert change(gateway, action, model="New", **params)["error"] == FIXED
    assert change(gateway, "modelTemplateReposition", model="New", templateName="Card 2", index=1)["error"] is None
    assert [(card.id, card.ord) for card in gateway.col.get_note(note_id).cards()] == had


def test_the_template_of_a_cloze_note_type_is_rewritten(gateway):
    template = {"Name": "Cloze", "Front": "{{cloze:Text}}!", "Back": "{{cloze:Text}}"}
    assert change(gateway, "modelTemplateAdd", model="Cloze", template=template)["error"] is None
    assert templates(gateway, "Cloze")["Cloze"]["Front"] == "{{cloze:Text}}!"
    template["Front"] = "{{Text}}"
    error = change(gateway, "modelTemplateAdd", model="Cloze", template=template)["error"]
    assert error.startswith(PROBLEM.format(1, "Cloze", "Expected to find '{{cloze:Text}}'"))


# --- removing, renaming, moving ---


def test_a_template_goes_with_its_cards(two):
    had = cards(two)
    assert change(two, "modelTemplateRemove", templateName="Card 1") == {"result": None, "error": None}
    assert cards(two) == {"Recall": had["Recall"]}
    assert two.col.schema_changed()
    assert change(two, "modelTemplateRemove", templateName="Recall")["error"] == "must have 1 template"
    assert two.rpc("modelTemplateRemove", [VOCAB, "Recall"])["error"]["data"]["kind"] == "refused"


@for_rows(
    ("name", "after"),
    [
        ("😀", ["😀", "Recall"]),
        ("שלום", ["שלום", "Recall"]),
        ("Recall", ["Recall", "Recall+"]),
        ("recall", ["recall", "Recall+"]),
    ],
)
def test_a_template_is_renamed_and_keeps_its_cards(kept_two, name, after):
    two = kept_two.unchanged()
    had = cards(two)
    change(two, "modelTemplateRename", oldTemplateName="Card 1", newTemplateName=name)
    assert list(templates(two)) == after
    assert list(cards(two).values()) == list(had.values())
    assert not two.col.schema_changed()


@for_rows(("name", "text"), [("", "Empty template name"), (5, NOT_TEXT), (None, NOT_TEXT)])
def test_a_template_without_a_name_is_refused_and_leaves_the_undo_history_alone(kept, name, text):
    gateway = kept.unchanged()
    gateway.legacy("createDeck", deck="x")
    assert change(gateway, "modelTemplateRename", oldTemplateName="Card 1", newTemplateName=name)["error"] == text
    assert gateway.col.undo_status().undo == "Add Deck"


@for_rows(
    ("name", "index", "after"),
    [
        ("Card 1", 1, ["Recall", "Card 1"]),
        ("Card 1", 99, ["Recall", "Card 1"]),
        ("Recall", 0, ["Recall", "Card 1"]),
        ("Recall", -1, ["Recall", "Card 1"]),
        ("Card 1", -1, ["Card 1", "Recall"]),
    ],
)
def test_a_template_is_moved_and_its_cards_go_along(kept_two, name, index, after):
    two = kept_two.unchanged()
    had = cards(two)
    reply = change(two, "modelTemplateReposition", templateName=name, index=index)
    assert reply == {"result": None, "error": None}
    assert list(templates(two)) == after
    assert cards(two) == had
    assert two.col.schema_changed() == (after[0] == "Recall")


@pytest.mark.parametrize("index", ["1", None])
def test_a_position_is_a_whole_number(reading, index):
    text = f"'{type(index).__name__}' object cannot be interpreted as an integer"
    assert change(reading, "modelTemplateReposition", templateName="Card 1", index=index)["error"] == text
    for wrong in (index, -1, True):
        assert reading.rpc("modelTemplateReposition", [VOCAB, "Card 1", wrong])["error"]["code"] == -32602


# --- rewriting ---


def rewrite(gateway, **model):
    return gateway.legacy("updateModelTemplates", model=model)


@for_rows(
    ("sides", "after"),
    [
        ({"Front": "{{Word}}!"}, {"Front": "{{Word}}!", "Back": BACK}),
        ({"Back": "😀 שלום"}, {"Front": "{{Word}}", "Back": "😀 שלום"}),
        ({"Front": "{{Word}}!", "Back": "x"}, {"Front": "{{Word}}!", "Back": "x"}),
        ({"Front": "", "Back": ""}, {"Front": "{{Word}}", "Back": BACK}),
        ({"Front": None, "Back": "x"}, {"Front": "{{Word}}", "Back": "x"}),
        (None, {"Front": "{{Word}}", "Back": BACK}),
        ({"More": 1, "BrowserFront": 5, "BrowserBack": None}, {"Front": "{{Word}}", "Back": BACK}),
        ({}, {"Front": "{{Word}}", "Back": BACK}),
    ],
)
def test_sides_are_rewritten_and_empty_ones_left_alone(kept_two, sides, after):
    two = kept_two.unchanged()
    reply = rewrite(two, name="ITALIAN vocab", templates={"Card 1": sides, "Nope": {"Front": "x"}})
    assert reply == {"result": None, "error": None}
    assert templates(two)["Card 1"] == after
    assert templates(two)["Recall"] == {"Front": RECALL["Front"], "Back": RECALL["Back"]}


def test_all_sides_are_rewritten_in_one_step_and_may_change_places(two):
    swapped = {"Card 1": {"Front": "{{Meaning}}"}, "Recall": {"Front": "{{Word}}"}}
    assert rewrite(two, name=VOCAB, templates=swapped)["error"] is None
    assert [side["Front"] for side in templates(two).values()] == ["{{Meaning}}", "{{Word}}"]
    two.col.undo()
    assert [side["Front"] for side in templates(two).values()] == ["{{Word}}", "{{Meaning}}"]


@for_rows(
    ("model", "text"),
    [
        ({"name": "Nope", "templates": {}}, "model was not found: Nope"),
        ({"templates": {}}, "'name'"),
        ({"name": VOCAB}, "'templates'"),
        ({"name": VOCAB, "templates": {"Card 1": {"Front": "x"}}}, PROBLEM.format(1, VOCAB, NO_FIELD)),
        ({"name": VOCAB, "templates": {"Card 1": {"Back": "{{Z}}"}}}, PROBLEM.format(1, VOCAB, UNKNOWN)),
    ],
)
def test_templates_that_cannot_be_rewritten_say_why_and_leave_the_undo_history_alone(kept, model, text):
    gateway = kept.unchanged()
    gateway.legacy("createDeck", deck="x")
    assert rewrite(gateway, **model) == {"result": None, "error": text}
    assert "error" in gateway.rpc("updateModelTemplates", {"model": model})
    assert templates(gateway) == {"Card 1": {"Front": "{{Word}}", "Back": BACK}}
    assert gateway.col.undo_status().undo == "Add Deck"


def test_a_wrong_side_is_named_by_its_template(reading):
    error = reading.rpc("updateModelTemplates", {"model": {"name": VOCAB, "templates": {"Card 1": {"Frnt": "x"}}}})[
        "error"
    ]
    assert error["data"]["fields"] == {"model.templates.Card 1.Frnt": ["Unknown member. Did you mean Front?"]}


# --- finding and replacing ---


def replace(gateway, find, by, model=VOCAB, **where):
    params = {"modelName": model, "findText": find, "replaceText": by, **where}
    return gateway.legacy("findAndReplaceInModels", **params)


@for_rows(
    ("where", "after"),
    [
        ({}, ["{{Word}} 😀", "{{Meaning}} 😀", ".card 😀 {}"]),
        ({"front": False}, ["{{Word}} a", "{{Meaning}} 😀", ".card 😀 {}"]),
        ({"back": False}, ["{{Word}} 😀", "{{Meaning}} a", ".card 😀 {}"]),
        ({"css": False}, ["{{Word}} 😀", "{{Meaning}} 😀", ".card a {}"]),
        ({"front": 0, "back": None, "css": False}, ["{{Word}} a", "{{Meaning}} a", ".card a {}"]),
    ],
)
def test_text_is_replaced_where_the_call_says(kept, where, after):
    gateway = kept.unchanged()
    rewrite(gateway, name=VOCAB, templates={"Card 1": {"Front": "{{Word}} a", "Back": "{{Meaning}} a"}})
    gateway.legacy("updateModelStyling", model={"name": VOCAB, "css": ".card a {}"})
    assert replace(gateway, " a", " 😀", **where) == {"result": int("😀" in str(after)), "error": None}
    css = gateway.legacy("modelStyling", modelName=VOCAB)["result"]["css"]
    assert [*templates(gateway)["Card 1"].values(), css] == after


def test_case_counts_and_nothing_is_a_wildcard(reading):
    assert replace(reading, "word", "x")["result"] == 0
    assert replace(reading, "W.*d", "x")["result"] == 0


@pytest.mark.parametrize("model", ["", None])
def test_all_note_types_are_searched_without_a_name_in_one_step(gateway, model):
    gateway.legacy("createDeck", deck="x")
    before = {name: templates(gateway, name) for name in gateway.legacy("modelNames")["result"]}
    count = sum("<hr id=answer>" in str(sides) for sides in before.values())
    assert replace(gateway, "<hr id=answer>", "<hr>", model=model) == {"result": count, "error": None}
    assert count > 2
    assert all("<hr id=answer>" not in str(templates(gateway, name)) for name in before)
    assert gateway.col.undo_status().undo == "Find and Replace"
    gateway.col.undo()
    assert {name: templates(gateway, name) for name in before} == before
    assert gateway.col.undo_status().undo == "Add Deck"


def test_a_note_type_that_would_become_invalid_leaves_all_as_they_are(gateway):
    gateway.legacy("createDeck", deck="x")
    before = {name: templates(gateway, name) for name in gateway.legacy("modelNames")["result"]}
    reply = replace(gateway, "{{Word}}", "Word")
    assert reply == {"result": None, "error": PROBLEM.format(1, VOCAB, NO_FIELD)}
    error = replace(gateway, "{{", "{{text:X", model=None)["error"]
    assert error.startswith("Card template \u20681\u2069 in note type")
    assert {name: templates(gateway, name) for name in before} == before
    assert gateway.col.undo_status().undo == "Add Deck"


@for_rows(
    ("find", "by", "text"),
    [
        (None, "x", "'in <string>' requires string as left operand, not NoneType"),
        (5, "x", "'in <string>' requires string as left operand, not int"),
        ("Word", None, NOT_TEXT),
        ("", "x", "Invalid params: findText: Must not be empty."),
    ],
)
def test_what_is_found_and_replaced_is_text_and_not_empty(reading, find, by, text):
    assert replace(reading, find, by) == {"result": None, "error": text}
    assert reading.rpc("findAndReplaceInModels", [VOCAB, find, by])["error"]["code"] == -32602


def test_the_form_of_the_readme_is_not_taken(reading):
    reply = reading.legacy("findAndReplaceInModels", model={"modelName": VOCAB, "findText": "x", "replaceText": "y"})
    assert reply["error"] == "AnkiConnect.findAndReplaceInModels() got an unexpected keyword argument 'model'"


@for_rows("opening", ["{{#Word}}", "{{ ^Word}}", "<%#Word%>"])
def test_conditions_in_which_anki_would_find_no_end_of_its_stack_are_refused(kept, opening):
    gateway = kept.unchanged()
    deep = "{{Word}}" + opening * 20_000
    text = "More than 500 conditions on one side of the template {!r}"
    sides = {"name": VOCAB, "templates": {"Card 1": {"Back": deep}}}
    assert gateway.legacy("updateModelTemplates", model=sides)["error"] == text.format("Card 1")
    added = change(gateway, "modelTemplateAdd", template={**RECALL, "Front": deep})
    assert added["error"] == text.format("Recall")
    replaced = change(gateway, "findAndReplaceInModels", findText="{{Word}}", replaceText=deep)
    assert replaced["error"] == text.format("Card 1")
    new = {"inOrderFields": ["Word"], "cardTemplates": [{"Front": deep, "Back": "b"}]}
    assert gateway.legacy("createModel", modelName="Deep", **new)["error"] == text.format("Card 1")
    assert list(templates(gateway)) == ["Card 1"]
    wide = "{{Word}}" + "{{#Word}}x{{/Word}}" * 400
    assert change(gateway, "findAndReplaceInModels", findText="{{Word}}", replaceText=wide)["error"] is None


@for_rows(("name", "returned"), [("Card 1+", "Card 1+"), ('"New"', "New"), (" e\u0301 ", " \u00e9 "), ("New", "New")])
def test_json_rpc_returns_the_name_that_a_template_got_and_the_old_protocol_nothing(kept, name, returned):
    gateway = kept.unchanged()
    template = {"Name": name, "Front": "{{Meaning}}", "Back": "x"}
    assert gateway.rpc("modelTemplateAdd", {"modelName": VOCAB, "template": template})["result"] == returned
    assert returned in gateway.legacy("modelTemplates", modelName=VOCAB)["result"]
    new = {"oldTemplateName": returned, "newTemplateName": f"{name} 2"}
    renamed = gateway.rpc("modelTemplateRename", {"modelName": VOCAB, **new})["result"]
    assert renamed in gateway.legacy("modelTemplates", modelName=VOCAB)["result"]
    old = {"oldTemplateName": renamed, "newTemplateName": "Old"}
    assert change(gateway, "modelTemplateRename", **old) == {"result": None, "error": None}
    assert change(gateway, "modelTemplateAdd", template={**template, "Name": "Old"}) == {"result": None, "error": None}


BOTH = "Basic (and reversed card)"


@for_rows(
    ("call", "after"),
    [
        (("modelTemplateAdd", {"template": {"Name": "card 1", "Front": "{{Back}}x", "Back": "x"}}), "card 1+"),
        (("modelTemplateAdd", {"template": {"Name": "Card 1", "Front": "{{Back}}x", "Back": "x"}}), "Card 1"),
        (("modelTemplateAdd", {"template": {"Name": '"Card 1"', "Front": "{{Back}}x", "Back": "x"}}), "Card 1+"),
        (("modelTemplateRename", {"oldTemplateName": "Card 2", "newTemplateName": "card 1"}), "card 1+"),
        (("modelTemplateRename", {"oldTemplateName": "Card 1", "newTemplateName": "Card 2"}), "Card 2+"),
    ],
)
def test_a_taken_template_name_is_refused_by_json_rpc_only(kept, call, after):
    gateway = kept.unchanged()
    method, params = call
    before = gateway.legacy("modelTemplates", modelName=BOTH)
    error = gateway.rpc(method, {"modelName": BOTH, **params})["error"]
    assert error["data"]["kind"] == "already_exists"
    assert {*error["data"]} == {"kind", "model", "template"}
    assert gateway.legacy("modelTemplates", modelName=BOTH) == before
    assert gateway.legacy(method, modelName=BOTH, **params) == {"result": None, "error": None}
    assert after in gateway.legacy("modelTemplates", modelName=BOTH)["result"]


def test_an_unknown_template_fails_the_whole_update_by_json_rpc_only(gateway):
    model = {"name": VOCAB, "templates": {"Card 1": {"Back": "new"}, "nosuch": {"Back": "x"}}}
    before = templates(gateway)
    error = gateway.rpc("updateModelTemplates", {"model": model})["error"]
    assert error["data"] == {"kind": "not_found", "model": VOCAB, "template": "nosuch"}
    assert templates(gateway) == before
    assert gateway.legacy("updateModelTemplates", model=model) == {"result": None, "error": None}
    assert templates(gateway)["Card 1"]["Back"] == "new"
