"""Note types, on a real collection."""

from pathlib import Path

import pytest
import seed
from sizes import for_rows

NOT_TEXT = "bad argument type for built-in operation"
SIDES = {"Front": "{{A}}", "Back": "{{B}}"}


def create(gateway, name="New", fields=("A", "B"), templates=(SIDES,), **more):
    fields = list(fields) if isinstance(fields, tuple) else fields
    templates = list(templates) if isinstance(templates, tuple) else templates
    return gateway.legacy("createModel", modelName=name, inOrderFields=fields, cardTemplates=templates, **more)


def test_names_come_in_alphabetical_order_without_regard_to_case(gateway):
    for name in ("zz", "basic2", "Aa"):
        assert create(gateway, name)["error"] is None
    names = gateway.legacy("modelNames")["result"]
    assert names == sorted(names, key=str.lower)
    ids = gateway.legacy("modelNamesAndIds")["result"]
    assert list(ids) == names
    assert ids["Italian vocab"] == seed.FIRST_MODEL + 6
    listed = gateway.rpc("listModels")["result"]
    assert {model["name"]: model["id"] for model in listed} == ids
    assert [model["name"] for model in listed] == names


@pytest.mark.parametrize("name", ["Italian vocab", "ITALIAN VOCAB"])
def test_fields_are_listed_in_their_order_for_a_name_in_any_case(reading, name):
    assert reading.legacy("modelFieldNames", modelName=name) == {"result": ["Word", "Meaning"], "error": None}


@for_rows(("name", "shown"), [("Nope", "Nope"), ("", ""), (None, "None"), (5, "5"), ([], "[]")])
def test_a_model_that_does_not_exist_is_not_found(reading, name, shown):
    assert reading.legacy("modelFieldNames", modelName=name)["error"] == f"model was not found: {shown}"


PROBLEM = "Card template \u2068{}\u2069 in note type '\u2068New\u2069' has a problem.<br>{}"
WRONG = [
    ({"fields": ()}, "Must provide at least one field for inOrderFields"),
    ({"templates": ()}, "Must provide at least one card for cardTemplates"),
    ({"fields": (), "templates": ()}, "Must provide at least one field for inOrderFields"),
    ({"name": "Basic"}, "Model name already exists"),
    ({"name": "Basic", "templates": ()}, "Must provide at least one card for cardTemplates"),
    ({"name": ""}, "Empty notetype name"),
    ({"fields": ("",)}, "Empty field name"),
    ({"templates": ({"Back": "x"},)}, "'Front'"),
    ({"templates": ({"Front": "{{A}}"},)}, "'Back'"),
    ({"templates": ({},)}, "'Front'"),
    (
        {"templates": ({"Front": "x", "Back": "y"},)},
        PROBLEM.format(1, "Expected to find a field replacement on the front of the card template."),
    ),
    ({"templates": ({"Front": "{{Z}}", "Back": "y"},)}, PROBLEM.format(1, "Field '\u2068Z\u2069' not found.")),
    ({"templates": (SIDES, SIDES)}, PROBLEM.format(2, "The front side is identical to card template \u20681\u2069.")),
    (
        {"isCloze": True},
        PROBLEM.format(1, "Expected to find '{{cloze:Text}}' or similar on the front and back of the card template."),
    ),
    ({"name": 5}, NOT_TEXT),
    ({"name": None}, NOT_TEXT),
    ({"css": 5}, NOT_TEXT),
    ({"css": ["x"]}, NOT_TEXT),
    ({"templates": ({**SIDES, "Name": 5},)}, NOT_TEXT),
    ({"templates": ({"Front": 5, "Back": "x"},)}, NOT_TEXT),
    ({"templates": ({"Front": "{{A}}", "Back": None},)}, NOT_TEXT),
    ({"fields": (5, "B")}, NOT_TEXT),
    ({"fields": (None,)}, NOT_TEXT),
    ({"fields": ({},)}, "'name'"),
    ({"fields": ({"name": None},)}, NOT_TEXT),
    ({"fields": ({"name": "A", "description": 5},)}, NOT_TEXT),
    ({"fields": None}, "object of type 'NoneType' has no len()"),
    ({"templates": None}, "object of type 'NoneType' has no len()"),
    ({"templates": (5,)}, "argument of type 'int' is not iterable"),
    ({"templates": (None,)}, "argument of type 'NoneType' is not iterable"),
    ({"templates": ([],)}, "list indices must be integers or slices, not str"),
    ({"templates": ("x",)}, "string indices must be integers, not 'str'"),
]


@for_rows(("call", "text"), WRONG)
def test_a_model_that_cannot_be_made_says_why(reading, call, text):
    assert create(reading, **call) == {"result": None, "error": text}
    assert len(reading.legacy("modelNames")["result"]) == 7


def test_the_result_is_the_stored_note_type_in_ankis_order(gateway):
    model = create(gateway, css=".card {}")["result"]
    assert model == dict(gateway.col.models.by_name("New"))
    assert list(model)[:9] == ["id", "name", "type", "mod", "usn", "sortf", "did", "tmpls", "flds"]
    assert (model["css"], model["type"], model["did"]) == (".card {}", 0, None)
    assert type(model["id"]) is int


def test_templates_are_numbered_by_position_and_other_members_ignored(gateway):
    templates = (SIDES, {"Front": "{{B}}", "Back": "x", "Name": "Own", "More": 1}, {"Front": "{{A}}{{B}}", "Back": "x"})
    model = create(gateway, templates=templates)["result"]
    assert [template["name"] for template in model["tmpls"]] == ["Card 1", "Own", "Card 3"]
    over = {"modelName": "x", "inOrderFields": ["A", "B"], "cardTemplates": [{**SIDES, "More": 1}]}
    assert gateway.rpc("createModel", over)["error"]["code"] == -32602


@pytest.mark.parametrize("protocol", ["legacy", "rpc"])
def test_fields_can_come_with_a_description_and_collapsed(gateway, protocol):
    fields = ["A", {"name": "B", "description": "hint", "collapsed": True}, {"name": "C", "collapsed": False}]
    params = {"modelName": "New", "inOrderFields": fields, "cardTemplates": [SIDES]}
    call = gateway.legacy if protocol == "legacy" else lambda action, **params: gateway.rpc(action, params)
    made = call("createModel", **params)["result"]
    told = [(field["name"], field["description"], field["collapsed"]) for field in made["flds"]]
    assert told == [("A", "", False), ("B", "hint", True), ("C", "", False)]
    assert made == dict(gateway.col.models.by_name("New"))


def test_the_description_of_a_field_may_be_null_for_old_clients(gateway):
    fields = [{"name": "A", "description": None, "collapsed": None}]
    sides = [{"Front": "{{A}}", "Back": ""}]
    made = gateway.legacy("createModel", modelName="M", inOrderFields=fields, cardTemplates=sides)["result"]
    assert [(field["description"], field["collapsed"]) for field in made["flds"]] == [("", False)]


@for_rows("field", [{"name": "A", "more": 1}, {"description": "x"}, {"name": "A", "collapsed": 1}, None, 5])
def test_json_rpc_names_the_field_that_is_not_valid(reading, field):
    params = {"modelName": "New", "inOrderFields": ["B", field], "cardTemplates": [SIDES]}
    fields = reading.rpc("createModel", params)["error"]["data"]["fields"]
    assert [path.startswith("inOrderFields.1") for path in fields] == [True]


@for_rows("css", [0, False, [], {}, ""])
def test_a_styling_that_is_empty_is_none(kept, css):
    gateway = kept.unchanged()
    assert create(gateway, css=css)["result"]["css"] == ""


def test_anki_tidies_names(gateway):
    fields = ("A", "B", "A", ':x{}"y', " #z ")
    templates = ({**SIDES, "Name": "t"}, {"Name": "t", "Front": "{{B}}", "Back": "x"})
    model = create(gateway, fields=fields, templates=templates)["result"]
    assert [field["name"] for field in model["flds"]] == ["A", "B", "A+", "xy", "z"]
    assert [template["name"] for template in model["tmpls"]] == ["t", "t+"]
    other = create(gateway, name="BASIC")["result"]["name"]
    assert other.startswith("BASIC-")


@pytest.mark.parametrize(("css", "stored"), [("", ""), (".x {}", ".x {}")])
def test_css_is_stored_as_given(gateway, css, stored):
    assert create(gateway, css=css)["result"]["css"] == stored


def test_without_css_the_note_type_has_ankis(gateway):
    default = gateway.col.models.new("x")["css"]
    assert create(gateway)["result"]["css"] == create(gateway, name="Null", css=None)["result"]["css"] == default


@for_rows("is_cloze", [True, 1, "yes"])
def test_a_cloze_note_type_makes_cloze_cards(kept, is_cloze):
    gateway = kept.unchanged()
    sides = {"Front": "{{cloze:A}}", "Back": "{{cloze:A}}{{B}}"}
    assert create(gateway, templates=(sides,), isCloze=is_cloze)["result"]["type"] == 1
    note = {"deckName": "Default", "modelName": "New", "fields": {"A": "{{c1::x}}{{c2::y}}"}}
    assert len(gateway.col.get_note(gateway.legacy("addNote", note=note)["result"]).cards()) == 2


def test_a_model_that_is_refused_leaves_the_undo_history_alone(gateway):
    gateway.legacy("createDeck", deck="x")
    assert create(gateway, templates=({"Front": "x", "Back": "y"},))["error"]
    assert gateway.col.undo_status().undo == "Add Deck"
    assert create(gateway)["error"] is None
    gateway.col.undo()
    assert gateway.col.models.by_name("New") is None
    assert gateway.col.undo_status().undo == "Add Deck"


def test_what_anki_refuses_is_tried_without_a_trace_on_the_disk(gateway, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert create(gateway, templates=({"Front": "x", "Back": "y"},))["error"]
    assert list(Path().iterdir()) == []


# --- finding ---

VOCAB = seed.FIRST_MODEL + 6
BY_ID, BY_NAME = "findModelsById", "findModelsByName"


def test_models_are_found_by_id_and_by_name_as_anki_keeps_them_and_as_often_as_asked(reading):
    stored = dict(reading.col.models.get(VOCAB))
    basic = dict(reading.col.models.by_name("Basic"))
    by_id = reading.legacy(BY_ID, modelIds=[VOCAB, basic["id"], VOCAB])["result"]
    assert by_id == [stored, basic, stored]
    assert list(by_id[0]) == list(stored)
    assert reading.legacy(BY_NAME, modelNames=["ITALIAN VOCAB", "Basic", "Italian vocab"])["result"] == by_id
    assert reading.rpc(BY_ID, [[VOCAB]])["result"] == [stored]
    assert reading.rpc(BY_NAME, [["Italian vocab"]])["result"] == [stored]


def test_an_empty_list_finds_nothing(reading):
    assert reading.legacy(BY_ID, modelIds=[]) == {"result": [], "error": None}
    assert reading.legacy(BY_NAME, modelNames=[]) == {"result": [], "error": None}


def test_the_old_protocol_takes_ids_as_text(reading):
    assert reading.legacy(BY_ID, modelIds=[str(VOCAB)])["result"][0]["name"] == "Italian vocab"
    assert reading.legacy("modelNameFromId", modelId=str(VOCAB)) == {"result": "Italian vocab", "error": None}
    assert reading.rpc(BY_ID, {"modelIds": [str(VOCAB)]})["error"]["code"] == -32602
    assert reading.rpc("modelNameFromId", {"modelId": str(VOCAB)})["error"]["code"] == -32602


@for_rows(
    ("action", "params", "text"),
    [
        (BY_ID, {"modelIds": [VOCAB, 5]}, "model was not found: 5"),
        (BY_ID, {"modelIds": ["5"]}, "model was not found: 5"),
        (BY_ID, {"modelIds": ["x"]}, "invalid literal for int() with base 10: 'x'"),
        (BY_ID, {"modelIds": [""]}, "invalid literal for int() with base 10: ''"),
        (BY_ID, {"modelIds": [None]}, "model was not found: None"),
        (BY_ID, {"modelIds": 5}, "'int' object is not iterable"),
        (BY_ID, {"modelIds": None}, "'NoneType' object is not iterable"),
        (BY_NAME, {"modelNames": ["Basic", "Nope"]}, "model was not found: Nope"),
        (BY_NAME, {"modelNames": "Nope"}, "model was not found: N"),
        (BY_NAME, {"modelNames": [5]}, "model was not found: 5"),
        (BY_NAME, {"modelNames": 5}, "'int' object is not iterable"),
        ("modelNameFromId", {"modelId": 5}, "model was not found: 5"),
        ("modelNameFromId", {"modelId": None}, "model was not found: None"),
        ("modelNameFromId", {"modelId": "x"}, "invalid literal for int() with base 10: 'x'"),
        ("modelStyling", {"modelName": "Nope"}, "model was not found: Nope"),
        ("modelStyling", {"modelName": None}, "model was not found: None"),
    ],
)
def test_a_call_that_finds_no_model_says_which(reading, action, params, text):
    assert reading.legacy(action, **params) == {"result": None, "error": text}


def test_a_model_that_is_not_found_is_told_with_its_index(reading):
    error = reading.rpc(BY_ID, {"modelIds": [VOCAB, 5]})["error"]
    assert error["data"] == {"kind": "model_not_found", "model": 5, "index": 1}
    error = reading.rpc(BY_NAME, {"modelNames": ["Nope"]})["error"]
    assert error["data"] == {"kind": "model_not_found", "model": "Nope", "index": 0}
    error = reading.rpc("modelNameFromId", {"modelId": 5})["error"]
    assert error["data"] == {"kind": "model_not_found", "model": 5}


# --- styling ---


def restyle(gateway, **model):
    return gateway.legacy("updateModelStyling", model=model)


@for_rows("css", ["", ".card { color: red; }", ".x::before { content: '😀 שלום e\u0301'; }"])
def test_styling_is_replaced_as_a_whole_in_one_step(kept, css):
    gateway = kept.unchanged()
    assert restyle(gateway, name="ITALIAN vocab", css=css) == {"result": None, "error": None}
    assert gateway.legacy("modelStyling", modelName="Italian vocab")["result"] == {"css": css}
    assert gateway.col.undo_status().undo == "Update Note Type"
    gateway.col.undo()
    assert gateway.legacy("modelStyling", modelName="Italian vocab")["result"] == {"css": seed.CSS}
    assert gateway.col.undo_status().undo == ""


def test_a_note_type_that_is_invalid_already_is_refused_and_the_undo_history_left_alone(gateway):
    fronts = (
        "update templates set config = (select config from templates where ntid = :id and ord = 0) where ntid = :id"
    )
    gateway.col.db.execute(fronts, id=gateway.col.models.id_for_name("Basic (and reversed card)"))
    gateway.col.models._clear_cache()
    gateway.legacy("createDeck", deck="x")
    assert "is identical to" in restyle(gateway, name="Basic (and reversed card)", css="x")["error"]
    assert gateway.col.undo_status().undo == "Add Deck"


def test_the_same_styling_writes_nothing(gateway):
    before = gateway.col.mod
    assert restyle(gateway, name="Italian vocab", css=seed.CSS)["error"] is None
    assert (gateway.col.mod, gateway.col.undo_status().undo) == (before, "")


@for_rows(
    ("model", "text"),
    [
        ({"name": "Nope", "css": ""}, "model was not found: Nope"),
        ({"css": ""}, "'name'"),
        ({"name": "Italian vocab"}, "'css'"),
        ({"name": "Italian vocab", "css": 5}, NOT_TEXT),
        ({"name": "Italian vocab", "css": None}, NOT_TEXT),
    ],
)
def test_styling_that_cannot_be_replaced_says_why(reading, model, text):
    assert restyle(reading, **model) == {"result": None, "error": text}
    assert reading.legacy("modelStyling", modelName="Italian vocab")["result"] == {"css": seed.CSS}
    assert "error" in reading.rpc("updateModelStyling", {"model": model})


@for_rows(
    ("change", "data"),
    [
        ({"modelName": "basic"}, {"model": "basic"}),
        ({"modelName": 'Ba"sic'}, {"model": "Basic"}),
        ({"inOrderFields": ["A", "{a}"]}, {"model": "New", "field": "a"}),
        ({"inOrderFields": ["A", "B+", "b+"]}, {"model": "New", "field": "b+"}),
        (
            {"cardTemplates": [{"Name": "card 2", "Front": "{{A}}", "Back": ""}, {"Front": "{{A}}x", "Back": ""}]},
            {"model": "New", "template": "Card 2"},
        ),
    ],
)
def test_a_new_note_type_with_a_taken_name_is_refused_by_json_rpc_only(kept, change, data):
    gateway = kept.unchanged()
    template = {"Front": "{{A}}", "Back": ""}
    params = {"modelName": "New", "inOrderFields": ["A"], "cardTemplates": [template], **change}
    before = gateway.rpc("modelNames")["result"]
    error = gateway.rpc("createModel", params)["error"]
    assert error["data"] == {"kind": "already_exists", **data}
    assert gateway.rpc("modelNames")["result"] == before
    assert gateway.legacy("createModel", **params)["error"] is None
    assert len(gateway.rpc("modelNames")["result"]) == len(before) + 1
