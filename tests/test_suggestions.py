"""Errors about a name that does not exist suggest one that does: to callers that may read, and by JSON-RPC and MCP."""

import json

import seed
from sizes import for_rows

from addon.collection import known_names
from addon.rpc.caller import Caller
from addon.rpc.calls import Request
from addon.rpc.scopes import EVERYTHING, Scope
from addon.rpc.suggestions import MOST_SEARCHES

VOCAB = "Italian vocab"
NOTE = {"deckName": "Italian", "modelName": VOCAB, "fields": {"Word": "pera"}}

SUGGESTED = [
    # method, params, end of the message, suggestions
    ("addNoet", {}, "Method not found: addNoet. Did you mean addNote?", ["addNote", "addNotes", "canAddNote"]),
    ("noSuchThing", {}, "Method not found: noSuchThing. rpc.discover describes all methods.", None),
    ("findNotes", {"qeury": ""}, "Invalid params: qeury: Unknown param. Did you mean query?", None),
    ("addNote", {"note": {**NOTE, "tag": []}}, "Invalid params: note.tag: Unknown member. Did you mean tags?", None),
    ("addNote", {"note": {**NOTE, "deckName": "Italien"}}, "not found: Italien. Did you mean Italian?", ["Italian"]),
    ("addNote", {"note": {**NOTE, "deckName": "a1"}}, "not found: a1. Did you mean Italian::A1?", ["Italian::A1"]),
    ("addNote", {"note": {**NOTE, "deckName": "Klingon"}}, "not found: Klingon. deckNames lists all decks.", None),
    ("modelFieldNames", {"modelName": "Basik"}, "model was not found: Basik. Did you mean Basic?", ["Basic"]),
    ("modelFieldNames", {"modelName": "?"}, "model was not found: ?. modelNames lists all note types.", None),
    (
        "modelFieldReposition",
        {"modelName": "Basic", "fieldName": "Fornt", "index": 0},
        "field was not found in Basic: Fornt. Did you mean Front? The fields of Basic are Front, Back.",
        ["Front"],
    ),
    (
        "modelTemplateReposition",
        {"modelName": "Basic", "templateName": "Crad 1", "index": 0},
        "template was not found in Basic: Crad 1. Did you mean Card 1? The templates of Basic are Card 1.",
        ["Card 1"],
    ),
    (
        "setDeckPreset",
        {"decks": ["Italian"], "preset": "Defalt"},
        "not found: Defalt. Did you mean Default?",
        ["Default"],
    ),
    (
        "customStudy",
        {"deck": "Italian", "cram": {"kind": "new", "includeTags": ["friut"]}},
        "tag was not found: friut. Did you mean fruit?",
        ["fruit"],
    ),
    ("findDuplicates", {"fields": ["Wrod"]}, "not found in any note type: Wrod. Did you mean Word?", ["Word"]),
    (
        "changeNoteType",
        {"notes": [seed.MELA], "modelName": "Basic", "fields": {"Front": "Wrod"}},
        f"field was not found in {VOCAB}: Wrod. Did you mean Word? The fields of {VOCAB} are Word, Meaning.",
        ["Word"],
    ),
    (
        "addNote",
        {"note": {**NOTE, "fields": {"Wrod": "pera", "Meening": "pear"}}},
        (
            f"Invalid params: note.fields.Wrod: The note type '{VOCAB}' has no such field. Did you mean Word? "
            f"The fields of {VOCAB} are Word, Meaning; note.fields.Meening: The note type '{VOCAB}' has no such field. "
            f"Did you mean Meaning? The fields of {VOCAB} are Word, Meaning."
        ),
        None,
    ),
]


@for_rows(("method", "params", "end", "suggestions"), SUGGESTED)
def test_an_error_suggests_the_name_that_was_meant(reading, method, params, end, suggestions):
    error = reading.rpc(method, params)["error"]
    assert error["message"].endswith(end), error["message"]
    assert error["data"].get("suggestions") == suggestions


@for_rows(("method", "params", "end", "suggestions"), SUGGESTED)
def test_the_old_protocol_keeps_ankiconnects_texts(reading, method, params, end, suggestions):
    reply = reading.legacy(method, **params)
    assert "Did you mean" not in str(reply)
    assert "lists all" not in str(reply)


def test_the_errors_of_items_suggest_as_well(gateway):
    wrong = [{**NOTE, "deckName": "Italien"}, {**NOTE, "fields": {"Wrod": "x"}}]
    for params in {"notes": [NOTE, *wrong]}, {"notes": [NOTE, *wrong], "onError": "abort"}:
        answer = gateway.rpc("addNotes", params)
        found = (
            [entry["error"] for entry in answer["result"]] if "result" in answer else answer["error"]["data"]["errors"]
        )
        deck, field = found[-2:]
        assert deck["message"] == "deck was not found: Italien. Did you mean Italian?"
        assert deck["data"]["suggestions"] == ["Italian"]
        assert list(field["data"]["fields"]) == ["notes.2.fields.Wrod"]
        assert "notes.2.fields.Wrod" in field["message"]
        assert "Did you mean Word?" in field["message"]
    (failed,) = gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "fields": {"Wrod": "x"}}]})["result"]
    assert failed["error"]["data"]["suggestions"] == ["Word"]


def test_an_error_of_an_item_is_sent_in_ankiconnects_words_by_the_old_protocol(reading):
    text = "deck was not found: Italien"
    reply = reading.legacy("addNotes", notes=[{**NOTE, "deckName": "Italien"}])
    assert reply == {"result": None, "error": str([text])}


def test_a_caller_that_may_not_read_learns_no_names(reading):
    dispatcher = reading.gateway.dispatcher
    for method, params in (("addNote", {"note": {**NOTE, "deckName": "Italien"}}), ("addNoet", {})):
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        for scopes, knows in ((EVERYTHING, True), (frozenset({Scope.WRITE}), False)):
            (answer,) = dispatcher.dispatch_batch([Request(message, Caller(scopes=scopes))])
            assert ("suggestions" in answer["error"]["data"]) == knows
            assert ("Did you mean" in answer["error"]["message"]) == knows


def test_a_caller_without_a_key_learns_no_names(open_gateway):
    locked = open_gateway(apiKey="secret")
    assert "Did you mean" not in str([locked.rpc("addNoet"), locked.rpc("modelFieldNames", {"modelName": "Basik"})])


def test_names_are_looked_up_only_if_a_call_has_failed_and_a_limited_number_of_times(gateway, monkeypatch):
    searched = []
    listed = known_names.names_by_id
    monkeypatch.setattr(known_names, "names_by_id", lambda *args: searched.append(args) or listed(*args))
    gateway.rpc("addNote", {"note": NOTE})
    gateway.rpc("modelFieldNames", {"modelName": "Basic"})
    gateway.legacy("modelFieldNames", modelName="Basik")
    assert searched == []
    gateway.rpc("addNotes", {"notes": [{**NOTE, "deckName": "Italien"}] * 500})
    assert len(searched) == 1
    gateway.rpc("addNotes", {"notes": [{**NOTE, "deckName": f"Italien{n}"} for n in range(500)]})
    assert len(searched) == 1 + MOST_SEARCHES
    calls = [{"jsonrpc": "2.0", "id": n, "method": "modelFieldNames", "params": [f"Basik{n}"]} for n in range(100)]
    answers = gateway.post(calls)
    assert len(searched) == 1 + 2 * MOST_SEARCHES
    assert sum("suggestions" in answer["error"]["data"] for answer in answers) == MOST_SEARCHES


def test_a_collection_whose_names_cannot_be_read_still_reports_the_error(gateway, monkeypatch):
    def fail(*args):
        raise ValueError

    monkeypatch.setattr(known_names, "names_by_id", fail)
    error = gateway.rpc("modelFieldNames", {"modelName": "Basik"})["error"]
    assert (error["message"], error["data"]["kind"]) == ("model was not found: Basik", "model_not_found")


def test_of_many_faults_three_are_shown_and_the_rest_is_counted(reading):
    notes = [
        {**NOTE, "deckName": 1},
        {**NOTE, "tags": 2},
        {"deckName": "x", "fields": {}},
        {**NOTE, "fields": {"Word": 5, "Meaning": None}},
    ]
    error = reading.rpc("addNotes", {"notes": notes, "onEror": "skip"})["error"]
    assert error["message"] == (
        "Invalid params: notes.0.deckName: Must be a string, not a number: write it in quotes; "
        "notes.1.tags: Must be a list, not a number; "
        "notes.2.modelName: Required, but missing. Give either `modelName` or `modelId`. ... and 3 more"
    )
    assert list(error["data"]["fields"]) == [
        *("notes.0.deckName", "notes.1.tags", "notes.2.modelName", "notes.3.fields.Word"),
        *("notes.3.fields.Meaning", "onEror"),
    ]


# --- agents ---


def tool(gateway, name, **arguments):
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    return gateway.send(json.dumps(body).encode(), path="/mcp", content_type="application/json").json


def test_an_agent_gets_suggestions_for_its_tools(reading):
    assert tool(reading, "findNoets")["error"]["message"] == "Unknown tool: findNoets. Did you mean findNotes?"
    unknown = "Unknown tool: deleteNoets. tools/list lists the tools, and searchTools those that it leaves out."
    assert tool(reading, "deleteNoets")["error"]["message"] == unknown
    failed = json.loads(tool(reading, "findNotes", qeury="")["result"]["content"][0]["text"])
    assert failed["error"]["message"] == "Invalid params: qeury: Unknown param. Did you mean query?"
    prompt = {"jsonrpc": "2.0", "id": 1, "method": "prompts/get", "params": {"name": "nothing like that"}}
    answer = reading.send(json.dumps(prompt).encode(), path="/mcp", content_type="application/json").json
    assert answer["error"]["message"].startswith("Unknown prompt: nothing like that")
