"""Names of nothing but white space and quotes, which Anki removes, on a real collection."""

from sizes import for_rows

SIDES = {"Front": "{{Back}}", "Back": "{{Front}}"}
TEMPLATE = {"Name": "Card 1", **SIDES}
NEW = {"inOrderFields": ["Front", "Back"], "cardTemplates": [TEMPLATE]}
CALLS = {
    "createModel": ("modelName", NEW, "A note type needs a name."),
    "createStockModel": ("name", {"kind": "basic"}, "A note type needs a name."),
    "renameModel": ("newName", {"modelName": "Basic"}, "A note type needs a name."),
    "copyModel": ("newName", {"modelName": "Basic"}, "A note type needs a name."),
    "modelTemplateRename": (
        "newTemplateName",
        {"modelName": "Basic", "oldTemplateName": "Card 1"},
        "A template needs a name.",
    ),
}


@for_rows("method", CALLS)
@for_rows("name", ["", " ", "\u3000\t", '"', ' " '])
def test_a_name_of_blanks_is_refused_by_its_param_and_nothing_is_written(kept, method, name):
    gateway = kept.unchanged()
    param, params, message = CALLS[method]
    before = gateway.rpc("modelNamesAndIds")["result"], gateway.rpc("undoStatus")["result"]
    error = gateway.rpc(method, {**params, param: name})["error"]
    assert (error["data"], error["message"]) == ({"kind": "refused", "field": param}, message)
    assert (gateway.rpc("modelNamesAndIds")["result"], gateway.rpc("undoStatus")["result"]) == before


NAMED_IN = {
    "createModel": ("cardTemplates.1.Name", lambda new: {**NEW, "modelName": "New", "cardTemplates": [TEMPLATE, new]}),
    "modelTemplateAdd": ("template.Name", lambda new: {"modelName": "Basic", "template": new}),
}


@for_rows("method", NAMED_IN)
@for_rows("name", ["", " ", '"'])
def test_a_template_needs_a_name_of_more_than_blanks(kept, method, name):
    gateway = kept.unchanged()
    path, params = NAMED_IN[method]
    before = gateway.rpc("modelNamesAndIds")["result"], gateway.rpc("undoStatus")["result"]
    error = gateway.rpc(method, params({"Name": name, **SIDES}))["error"]
    assert (error["data"], error["message"]) == ({"kind": "refused", "field": path}, "A template needs a name.")
    assert (gateway.rpc("modelNamesAndIds")["result"], gateway.rpc("undoStatus")["result"]) == before


OF_TEMPLATES = {"": "Empty template name", '"': "Template name contains only quotes"}
OF_NOTE_TYPES = {"": "Empty notetype name", '"': "Empty notetype name"}


@for_rows("name", ["", " ", '"'])
def test_old_envelopes_get_what_anki_says_of_such_names(kept, name):
    """AnkiConnect asks Anki, which accepts white space."""
    gateway = kept.unchanged()
    template = {"Name": name, **SIDES}
    made = gateway.legacy("createModel", modelName="New", **{**NEW, "cardTemplates": [template]})
    added = gateway.legacy("modelTemplateAdd", modelName="Basic", template=template)
    assert [reply["error"] for reply in (made, added)] == [OF_TEMPLATES.get(name)] * 2
    assert gateway.legacy("createModel", modelName=name, **NEW)["error"] == OF_NOTE_TYPES.get(name)


def test_old_envelopes_may_give_a_template_such_a_name(gateway):
    old = {"modelName": "Basic", "oldTemplateName": "Card 1", "newTemplateName": " "}
    assert gateway.legacy("modelTemplateRename", **old)["error"] is None
    assert [*gateway.rpc("modelTemplates", {"modelName": "Basic"})["result"]] == [" "]
