"""No message or result of JSON-RPC has a library's raw text; the old protocol keeps AnkiConnect's."""

import json
import re

import pytest
import seed
from sizes import for_each, for_rows

from addon.actions import REGISTRY

VOCAB = "Italian vocab"
RAW = re.compile("[\u2066-\u2069]|Errno|WinError|os error|ConnectionPool|object at 0x|<pre>|<br")
TEMPLATE = {"Name": "New", "Front": "{{Z}}", "Back": "x"}
WRONG = [
    ("modelTemplateAdd", {"modelName": VOCAB, "template": TEMPLATE}),
    ("modelTemplateAdd", {"modelName": VOCAB, "template": {**TEMPLATE, "Front": "{{Word}}"}}),
    ("createModel", {"modelName": "N", "inOrderFields": ["a"], "cardTemplates": [{"Front": "{{Z}}", "Back": ""}]}),
    ("findNotes", {"query": "cid:x"}),
    ("findNotes", {"query": "flag:9"}),
    ("findNotes", {"query": 're:"("'}),
    ("findNotes", {"query": "is:nothing"}),
    ("findCards", {"query": "prop:ivl"}),
    ("storeMediaFile", {"filename": "a", "path": "/no/such/file"}),
    ("storeMediaFile", {"filename": "a", "url": "http://127.0.0.1:1/"}),
    ("importPackage", {"path": "/no/such/file.apkg"}),
    ("exportPackage", {"deck": "Italian", "path": "/no/such/folder/a.apkg"}),
    ("createFilteredDeck", {"deck": "x", "terms": [{"search": "mela"}, {"search": "("}]}),
    ("createFilteredDeck", {"deck": "x", "terms": [{"search": "mela"}, {"search": "re:["}]}),
    ("guiBrowse", {}),
    ("sync", {}),
]


@for_rows(("method", "params"), WRONG)
def test_a_message_is_plain(reading, method, params):
    error = reading.rpc(method, params)["error"]
    assert error["message"]
    assert not RAW.search(json.dumps(error, ensure_ascii=False))


def test_the_messages_of_agents_are_plain(gateway):
    arguments = {"name": "findNotes", "arguments": {"query": "cid:x"}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": arguments}
    answer = gateway.send(json.dumps(body).encode(), path="/mcp", content_type="application/json").json
    assert answer["result"]["isError"]
    assert not RAW.search(json.dumps(answer, ensure_ascii=False))


READERS = [
    ("cardsInfo", {"cards": [seed.MELA_CARD]}),
    ("nextCards", {"limit": 9}),
    ("getCollectionStatsHTML", {"wholeCollection": True}),
    ("undoStatus", {}),
    ("checkDatabase", {}),
]


@pytest.mark.parametrize(("method", "params"), READERS)
def test_a_result_has_no_invisible_marks(gateway, method, params):
    gateway.rpc("addTags", {"notes": [seed.MELA], "tags": "x"})
    result = gateway.rpc(method, params)["result"]
    assert not re.search("[\u2066-\u2069]", json.dumps(result, ensure_ascii=False))


@for_each(action=REGISTRY.listed())
def test_no_example_shows_any(action):
    shown = [example.result for example in action.examples]
    assert not re.search("[\u2066-\u2069]", json.dumps(shown, ensure_ascii=False))


def test_the_old_protocol_keeps_ankis_texts(gateway):
    assert "\u2068" in gateway.legacy("findNotes", query="cid:x")["error"]
    (card,) = gateway.legacy("cardsInfo", cards=[seed.MELA_CARD])["result"]
    assert "\u2068" in card["nextReviews"][0]
    assert gateway.legacy("storeMediaFile", filename="a", path="/no/such/file")["error"].startswith("[Errno 2]")


READING = [
    ("storeMediaFile", {"filename": "a.txt"}),
    ("importPackage", {}),
    ("mergePackage", {}),
    ("importCollection", {}),
    ("importTextFile", {}),
    ("previewTextFile", {}),
]
WRITING = [
    ("exportPackage", {"deck": "Italian"}),
    ("exportNotesPackage", {"all": True}),
    ("exportNotesText", {"query": ""}),
    ("exportCollection", {}),
]


@pytest.mark.parametrize(("method", "params"), [*READING, *WRITING])
def test_each_method_has_the_same_words_for_a_file_or_folder_that_does_not_exist(gateway, tmp_path, method, params):
    what = "No such file or directory" if (method, params) in READING else "The folder of this file does not exist"
    for path, hint in ((str(tmp_path / "no" / "a.colpkg"), ""), ("no/a.colpkg", HINT)):
        error = gateway.rpc(method, {**params, "path": path})["error"]
        assert error == {
            "code": 302,
            "message": f"{what}: {path!r}{hint}",
            "data": {"kind": "file_problem", "field": "path"},
        }


HINT = ". A relative path begins at the media folder."


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("setDeckConfigId", {"configId": 1}),
        ("setDeckPreset", {"preset": "Default"}),
        ("setDeckLimits", {"newCards": 5}),
        ("raiseTodaysLimits", {"newCards": 5}),
    ],
)
def test_of_several_decks_the_filtered_one_is_named(gateway, method, params):
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": ""}]})
    error = gateway.rpc(method, {"decks": ["Italian", "Cram"], **params})["error"]
    assert error["data"]["kind"] == "refused"
    assert error["message"].endswith(": Cram")


CARD = {"Front": "{{a}}", "Back": ""}


@for_rows(
    ("method", "params", "message"),
    [
        (
            "createModel",
            {"modelName": "", "inOrderFields": ["a"], "cardTemplates": [CARD]},
            "A note type needs a name.",
        ),
        ("createModel", {"modelName": "N", "inOrderFields": [""], "cardTemplates": [CARD]}, "A field needs a name."),
        ("renameModel", {"modelName": "Basic", "newName": ""}, "A note type needs a name."),
        ("modelFieldAdd", {"modelName": "Basic", "fieldName": ""}, "A field needs a name."),
        (
            "modelFieldRename",
            {"modelName": "Basic", "oldFieldName": "Front", "newFieldName": " "},
            "A field needs a name, and Anki removes all of this one: ' '",
        ),
        (
            "modelTemplateRename",
            {"modelName": "Basic", "oldTemplateName": "Card 1", "newTemplateName": ""},
            "A template needs a name.",
        ),
    ],
)
def test_what_has_no_name_is_refused(reading, method, params, message):
    error = reading.rpc(method, params)["error"]
    assert (error["data"]["kind"], error["message"]) == ("refused", message)
