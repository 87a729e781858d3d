"""Names of nothing but white space and quotes, which Anki removes, on a real collection."""

import pytest

CALLS = {
    "renameModel": ("newName", {"modelName": "Basic"}, "A note type needs a name."),
    "copyModel": ("newName", {"modelName": "Basic"}, "A note type needs a name."),
    "modelTemplateRename": (
        "newTemplateName",
        {"modelName": "Basic", "oldTemplateName": "Card 1"},
        "A template needs a name.",
    ),
}


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize("name", ["", " ", "\u3000\t", '"', ' " '])
def test_a_name_of_blanks_is_refused_by_its_param_and_nothing_is_written(gateway, method, name):
    param, params, message = CALLS[method]
    before = gateway.rpc("modelNamesAndIds")["result"], gateway.rpc("undoStatus")["result"]
    error = gateway.rpc(method, {**params, param: name})["error"]
    assert (error["data"], error["message"]) == ({"kind": "refused", "field": param}, message)
    assert (gateway.rpc("modelNamesAndIds")["result"], gateway.rpc("undoStatus")["result"]) == before


def test_old_envelopes_may_give_a_template_such_a_name(gateway):
    old = {"modelName": "Basic", "oldTemplateName": "Card 1", "newTemplateName": " "}
    assert gateway.legacy("modelTemplateRename", **old)["error"] is None
    assert [*gateway.rpc("modelTemplates", {"modelName": "Basic"})["result"]] == [" "]
