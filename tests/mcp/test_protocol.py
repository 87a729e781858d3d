"""The Model Context Protocol, message by message, on a real collection: both eras, what is refused and why."""

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import seed
from examples import DOCUMENT
from json_schemas import check_schema
from mcp_client import JSON, META, Client
from sizes import for_each, for_rows

from addon.mcp import headers as mcp_headers
from addon.mcp import tool_schemas
from addon.mcp import tools as mcp_tools
from addon.mcp.catalogue import LEFT_OUT, TOOLS
from addon.mcp.messages import CURRENT, SUPPORTED, WITH_HANDSHAKE
from addon.mcp.prompts import PROMPTS
from addon.mcp.truncation import RESULT_LIMIT_BYTES, truncate
from addon.rpc import codec

NOTES = [seed.MELA, seed.UVA]


@pytest.fixture(params=SUPPORTED)
def client(request, reading):
    """A client of each revision that is served, which changes nothing."""
    return Client(reading, request.param)


@pytest.fixture
def writer(gateway):
    return Client(gateway)


# --- the beginning ---


def test_a_write_of_an_ended_session_is_refused(client):
    client.headers["AnkiRPC-Session"] = "gone"
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "a", "Back": "b"}}
    error = client.error("addNotes", notes=[note])
    assert (error["kind"], error["session"]) == ("stale_session", "gone")
    assert client.result("findNotes", query="")


@for_rows(
    ("wanted", "given"),
    [*((version, version) for version in WITH_HANDSHAKE), (CURRENT, WITH_HANDSHAKE[0]), ("1999-01-01", "2025-11-25")],
)
def test_a_handshake_gives_the_revision_that_was_asked_for_or_the_newest_that_has_one(reading, wanted, given):
    hello = {"protocolVersion": wanted, "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    body = {"jsonrpc": "2.0", "id": "a", "method": "initialize", "params": hello}
    response = reading.send(json.dumps(body).encode(), path="/mcp", content_type=JSON)
    result = response.json["result"]
    assert (response.json["id"], result["protocolVersion"]) == ("a", given)
    assert result["capabilities"] == {
        "tools": {},
        "resources": {"subscribe": True},
        "prompts": {},
        "completions": {},
    }
    assert result["serverInfo"]["name"] == "anki-rpc"
    assert "listModels" in result["instructions"]
    assert response.headers[mcp_headers.SESSION]
    assert response.headers["Access-Control-Expose-Headers"] == "*"


def test_the_current_revision_begins_without_one(reading):
    client = Client(reading)
    found = client.ask("server/discover")
    assert found["supportedVersions"] == list(SUPPORTED)
    assert found["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == "anki-rpc"
    assert (found["resultType"], found["cacheScope"]) == ("complete", "private")
    assert found["ttlMs"] > 0
    assert mcp_headers.SESSION not in client.post(client.message("tools/list")).headers


def test_what_belongs_to_one_era_is_unknown_in_the_other(reading):
    now, before = Client(reading), Client(reading, WITH_HANDSHAKE[0])
    assert before.ask("ping") == {}
    for method in ("initialize", "ping", "logging/setLevel"):
        error, status = now.refused(method)
        assert (error["code"], status) == (-32601, 404), method
    error, status = now.refused("ping")
    assert error["message"].startswith("Method not found: ping. There are tools/list, tools/call, ")
    error, status = before.refused("server/discover")
    assert (error["code"], status) == (-32601, 200)


@pytest.mark.parametrize("method", ["tools/list", "resources/list", "resources/templates/list", "prompts/list"])
def test_a_list_has_one_page_and_no_cursor_leads_to_another(client, method):
    assert "nextCursor" not in client.ask(method)
    error, _ = client.refused(method, {"cursor": "another"})
    assert (error["code"], "cursor" in error["message"]) == (-32602, True)


def test_without_a_header_a_message_is_of_the_time_before_it(reading):
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert reading.send(json.dumps(body).encode(), path="/mcp", content_type=JSON).json["result"] == {}


# --- messages that are refused ---

ASK = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
REFUSED = [
    # body, headers, code
    (b"", {}, -32700),
    (b"{", {}, -32700),
    (b"\xff", {}, -32700),
    (b"NaN", {}, -32700),
    (b"[" * 100_000, {}, -32700),
    (b"null", {}, -32600),
    (b"1", {}, -32600),
    (b"[]", {}, -32600),
    ([ASK], {}, -32600),
    ({}, {}, -32600),
    ({**ASK, "jsonrpc": "1.0"}, {}, -32600),
    ({**ASK, "id": None}, {}, -32600),
    ({**ASK, "id": 1.5}, {}, -32600),
    ({**ASK, "id": True}, {}, -32600),
    ({**ASK, "id": []}, {}, -32600),
    ({**ASK, "method": 5}, {}, -32600),
    ({"jsonrpc": "2.0", "id": 1}, {}, -32600),
    ({**ASK, "params": []}, {}, -32602),
    (ASK, {"MCP_Protocol_Version": "2024-11-05"}, -32022),
    (ASK, {"MCP_Protocol_Version": "nonsense"}, -32022),
    (ASK, {"MCP_Protocol_Version": CURRENT}, -32602),
    ({**ASK, "params": {"_meta": 5}}, {"MCP_Protocol_Version": CURRENT}, -32602),
    ({**ASK, "params": {"_meta": {**META, mcp_headers.VERSION_IN_BODY: 5}}}, {"MCP_Protocol_Version": "5"}, -32602),
    ({**ASK, "params": {"_meta": META}}, {}, -32020),
    ({**ASK, "params": {"_meta": META}}, {"MCP_Protocol_Version": "2025-11-25"}, -32020),
    ({**ASK, "params": {"_meta": META}}, {"MCP_Protocol_Version": CURRENT}, -32020),
    ({**ASK, "params": {"_meta": META}}, {"MCP_Protocol_Version": CURRENT, "Mcp_Method": "tools/call"}, -32020),
    (
        {**ASK, "params": {"_meta": {**META, mcp_headers.VERSION_IN_BODY: "2031-01-01"}}},
        {"MCP_Protocol_Version": "2031-01-01"},
        -32022,
    ),
]


@for_rows(("body", "headers", "code"), REFUSED)
def test_a_malformed_message_gets_an_error_of_the_protocol(reading, body, headers, code):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = reading.send(body, path="/mcp", content_type=JSON, **headers)
    assert (response.status_code, response.json["error"]["code"]) == (400, code)
    assert response.json["jsonrpc"] == "2.0"
    assert response.json["error"]["message"]
    is_read = re.search(rb'"id": 1[,}]', body) and not body.startswith(b"[")
    assert response.json["id"] == (1 if is_read else None)
    if code == -32022:
        assert response.json["error"]["data"]["supported"] == list(SUPPORTED)
        assert response.json["error"]["data"]["requested"] == headers["MCP_Protocol_Version"]


@for_rows("method", ["tools/list", "resources/list", "prompts/list", "ping"])
def test_params_of_null_count_as_left_out(reading, method):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": None}).encode()
    response = reading.send(body, path="/mcp", content_type=JSON)
    assert (response.status_code, "result" in response.json) == (200, True)


@for_rows(
    ("given", "status"),
    [
        ("findNotes", 200),
        ("=?base64?ZmluZE5vdGVz?=", 200),
        ("findCards", 400),
        ("=?base64?ZmluZE5vdGV?=", 400),
        ("", 400),
        ("findNotes, findNotes", 400),
    ],
)
def test_the_name_in_the_headers_is_the_one_in_the_body(reading, given, status):
    client = Client(reading)
    call = client.message("tools/call", {"name": "findNotes", "arguments": {"query": ""}})
    assert client.post(call, Mcp_Name=given).status_code == status


@for_rows("name", ["plain", "with space", " padded ", "Grüße", "=?base64?x?=", "line\nbreak", "", "\ud800"])
def test_what_stands_in_a_header_is_read_back(name):
    encoded = mcp_headers.encode(name)
    assert encoded.isascii()
    assert "\n" not in encoded
    assert mcp_headers.decode(encoded) == name


@for_rows(
    "body",
    [
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 99, "reason": "x"}},
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": {}}},
        {"jsonrpc": "2.0", "method": "notifications/cancelled"},
        {"jsonrpc": "2.0", "method": "nonsense"},
        {"jsonrpc": "2.0", "id": 1, "result": {}},
        {"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "x"}},
    ],
)
@for_rows("revision", [None, *SUPPORTED])
def test_a_notification_or_a_response_is_taken_without_a_word(reading, body, revision):
    headers = {"MCP_Protocol_Version": revision} if revision else {}
    response = reading.send(json.dumps(body).encode(), path="/mcp", content_type=JSON, **headers)
    assert (response.status_code, response.data) == (202, b"")
    assert "Content-Type" not in response.headers


# --- HTTP ---


@for_rows("method", ["GET", "DELETE", "PUT", "HEAD"])
def test_only_post_is_served_and_get_for_a_session(reading, method):
    response = reading.send(method=method, path="/mcp", Accept="text/event-stream")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST" if method == "GET" else "POST, GET")


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_what_a_page_can_send_without_asking_first_is_refused(reading, content_type):
    response = reading.send(json.dumps(ASK).encode(), path="/mcp", content_type=content_type)
    assert response.status_code == 415


def test_a_refused_origin_gets_nothing_and_an_allowed_one_may_ask_first(reading):
    for origin in ("https://evil.example", "null"):
        assert Client(reading, Origin=origin).post(ASK).status_code == 403
        for method in ("GET", "DELETE", "PUT"):
            assert reading.send(method=method, path="/mcp", Origin=origin).status_code == 403, method
    assert Client(reading, Host="evil.example").post(ASK).status_code == 403
    assert Client(reading, Origin="http://localhost").names()
    preflight = reading.send(method="OPTIONS", path="/mcp", Origin="http://localhost")
    assert preflight.headers["Access-Control-Allow-Methods"] == "POST, GET"


def test_a_key_is_needed_where_there_is_one(open_gateway):
    gateway = open_gateway(apiKey="secret")
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        response = Client(gateway, **headers).post(ASK)
        assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert "key" in response.json["error"]["message"]
    assert Client(gateway, Authorization="Bearer secret").result("findNotes", query="") == NOTES
    assert Client(gateway, X_API_Key="secret").names()


def test_a_named_key_is_offered_what_it_opens(open_gateway):
    gateway = open_gateway(keys={"agent": {"key": "a", "scopes": ["read"]}})
    names = Client(gateway, X_API_Key="a").names()
    assert "findNotes" in names
    assert "addNotes" not in names


# --- who is offered what ---


def test_the_tools_are_those_of_the_catalogue_in_its_order(client):
    destructive = {"deleteNotes", "deleteDecks", "changeNoteType", "findAndReplaceInNotes", "renameTag"}
    names = [*client.names()[:-2], *(tool["name"] for tool in client.result("searchTools"))]
    assert client.names()[-2:] == ["searchTools", "callTool"]
    assert sorted(names) == sorted(name for name in TOOLS if name in names)
    assert client.names()[:-2] == [name for name in TOOLS if name in client.names()]
    assert {*TOOLS} - {*names} <= {*destructive, "removeTags", "guiBrowse"}
    assert not destructive & {*names}


def test_everything_is_offered_by_a_setting_but_what_runs_others_and_what_needs_a_window(reading_with):
    names = Client(reading_with(mcpAllTools=True, mcpAllowDestructive=True)).names()
    assert sorted(names) == sorted(
        method["name"]
        for method in DOCUMENT["methods"]
        if method["name"] not in LEFT_OUT and not method["x-needs-window"]
    )


def test_what_can_destroy_is_offered_by_a_setting_only(reading_with, open_gateway):
    closed, opened = Client(reading_with()), Client(open_gateway(mcpAllowDestructive=True))
    error, status = closed.refused("tools/call", {"name": "deleteNotes", "arguments": {"notes": NOTES}})
    assert (error["code"], status) == (-32602, 400)
    assert "mcpAllowDestructive" in error["message"]
    assert closed.result("findNotes", query="") == NOTES
    assert "deleteNotes" in opened.names()
    opened.call("deleteNotes", notes=NOTES)
    assert opened.result("findNotes", query="") == []
    everything = Client(reading_with(mcpAllTools=True))
    offered = {*everything.names()}
    destructive = {method["name"] for method in DOCUMENT["methods"] if method["x-destructive"]}
    assert not offered & destructive
    assert "removeEmptyNotes" in destructive


def names_in(schema):
    """The names of all members of an input schema, however deep, but for those that a caller chooses itself."""
    if isinstance(schema, list):
        return {name for inner in schema for name in names_in(inner)}
    if not isinstance(schema, dict):
        return set()
    return {*schema.get("properties", ()), *names_in([inner for key, inner in schema.items() if key != "default"])}


def picture(**more):
    return {"filename": "_ciao.txt", "data": "bmV3", "fields": ["Word"], **more}


def note(**more):
    return {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera"}, **more}


def occlusion(**more):
    shapes = [{"type": "rect", "left": 0.1, "top": 0.1, "width": 0.2, "height": 0.2}]
    return {
        "notes": [{"image": {"filename": "_ciao.txt", "data": "bmV3", **more}, "shapes": shapes, "deckName": "Italian"}]
    }


REPLACING = {"deleteExisting": True}
UPDATE = {"id": seed.MELA, "fields": {"Meaning": "x"}}
DESTROYING = [
    ("addNote", {"note": note(picture=[picture(**REPLACING)])}),
    ("addNote", {"note": note(audio=[picture(), picture(**REPLACING)])}),
    ("addNote", {"note": note(video=[picture(deleteExisting=False)])}),
    ("addNotes", {"notes": [note(), note(picture=[picture(**REPLACING)])]}),
    ("updateNote", {"note": {**UPDATE, "picture": [picture(**REPLACING)]}}),
    ("updateNoteFields", {"note": {**UPDATE, "audio": [picture(**REPLACING)]}}),
    ("addImageOcclusionNotes", occlusion(**REPLACING)),
    ("canAddNote", {"note": note(picture=[picture(**REPLACING)])}),
    ("storeMediaFile", {"filename": "_ciao.txt", "data": "bmV3", **REPLACING}),
]


def ciao(gateway):
    return Path(gateway.col.media.dir(), "_ciao.txt").read_bytes()


@pytest.mark.parametrize(("name", "arguments"), DESTROYING)
def test_a_param_that_destroys_is_refused_wherever_it_is(reading_with, name, arguments):
    gateway = reading_with(mcpAllTools=True)
    error = Client(gateway).error(name, **arguments)
    assert error["kind"] == "invalid_params"
    assert any(path.endswith(("deleteExisting", "picture")) for path in error["fields"])
    assert (ciao(gateway), gateway.col.note_count()) == (b"ciao", 2)


@pytest.mark.parametrize("is_allowed", [False, True])
def test_a_param_that_destroys_is_offered_if_that_is_allowed(open_gateway, is_allowed):
    gateway = open_gateway(mcpAllTools=True, mcpAllowDestructive=is_allowed)
    tools = {tool["name"]: tool for tool in Client(gateway).ask("tools/list")["tools"]}
    having = {name for name, tool in tools.items() if "deleteExisting" in names_in(tool["inputSchema"])}
    assert ("addNote" in having, "redo" in tools) == (is_allowed, is_allowed)
    assert bool(having) is is_allowed
    for name in having:
        if not tools[name]["annotations"].get("readOnlyHint"):
            assert tools[name]["annotations"].get("destructiveHint", True) is True, name
    assert tools["addNote"]["annotations"].get("destructiveHint", True) is is_allowed
    if is_allowed:
        Client(gateway).result("addNote", note=note(picture=[picture(**REPLACING)]))
        assert ciao(gateway) == b"new"


def test_what_destroys_by_a_param_does_not_without_it():
    """Or else the catalogue gives it a value."""
    for method in DOCUMENT["methods"]:
        tool = mcp_tools.Tool(method, DOCUMENT["components"]["schemas"], TOOLS.get(method["name"]))
        for path in tool.destroying:
            schema = tool.definition["inputSchema"]
            for member in path:
                schema = next(tool_schemas.objects(schema))["properties"][member]
            assert schema.get("default", False) is False, (tool.name, path)


def test_a_file_is_not_replaced_where_destroying_is_off(open_gateway):
    gateway = open_gateway(mcpAllTools=True)
    client = Client(gateway)
    client.result("addNote", note=note(picture=[picture()]))
    client.result("addImageOcclusionNotes", **occlusion())
    client.result("storeMediaFile", filename="_ciao.txt", data="bmV3")
    assert ciao(gateway) == b"ciao"


def test_a_field_may_have_the_name_of_a_param(open_gateway):
    gateway = open_gateway(mcpAllTools=True)
    client = Client(gateway)
    sides = [{"Name": "1", "Front": "{{deleteExisting}}", "Back": "x"}]
    client.result("createModel", modelName="Odd", inOrderFields=["deleteExisting"], cardTemplates=sides)
    added = {**note(), "modelName": "Odd", "fields": {"deleteExisting": "True"}}
    assert client.result("addNotes", notes=[added])[0].keys() == {"id"}
    assert client.result("addNote", note={**added, "fields": {"deleteExisting": "False"}})


@pytest.mark.parametrize("headers", [{}, {"X_API_Key": "all"}], ids=str)
def test_an_agent_takes_back_what_it_has_done_and_nothing_else(open_gateway, headers):
    keys = {"agent": {"key": "all", "scopes": ["change", "control"]}}
    gateway = open_gateway(mcpAllTools=True, **({"keys": keys} if headers else {}))
    client = Client(gateway, **headers)
    client.result("createDeck", deck="own")
    assert client.result("undo")["step"] == "Add Deck"
    gateway.col.tags.bulk_add([seed.MELA], "mine")
    error = client.error("undo")
    assert (error["kind"], error["scope"]) == ("permission_denied", "delete")
    assert client.refused("tools/call", {"name": "redo", "arguments": {}})[0]["message"].endswith(
        "Unknown tool: redo. The user can allow it with the setting mcpAllowDestructive of AnkiRPC"
    )
    assert gateway.col.find_notes("tag:mine")
    gateway.host.config = replace(gateway.host.config, mcp_allow_destructive=True)
    assert client.result("undo")["step"] == "Update Tag"
    assert client.result("redo")["step"] == "Update Tag"


@pytest.mark.parametrize(
    "name", ["multi", "requestPermission", "apiReflect", "nosuch", "rpc.discover", "", "modelNames"]
)
def test_a_tool_that_is_not_offered_is_unknown(client, name):
    error, status = client.refused("tools/call", {"name": name, "arguments": {}})
    assert (error["code"], status) == (-32602, 400 if client.is_current else 200)
    assert error["message"].startswith(f"Unknown tool: {name}")


@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("changeDeck", {"cards": [1], "deck": "Italian"}, "card_not_found"),
        ("addTags", {"notes": [1], "tags": "x"}, "note_not_found"),
        ("retrieveMediaFile", {"filename": "nosuch"}, "not_found"),
        ("getDeckConfig", {"deck": "nosuch"}, "deck_not_found"),
        (
            "modelFieldRename",
            {"modelName": "Basic", "oldFieldName": "Back", "newFieldName": "front"},
            "already_exists",
        ),
    ],
)
def test_an_agent_sees_that_a_call_has_failed(reading_with, name, arguments, kind):
    assert Client(reading_with(mcpAllTools=True)).error(name, **arguments)["kind"] == kind


def test_a_grant_to_read_shows_what_reads_and_refuses_the_rest_in_words(open_gateway):
    gateway = open_gateway(grants={"https://a.example": ["read"]})
    client = Client(gateway, Origin="https://a.example")
    tools = client.ask("tools/list")["tools"]
    assert "findNotes" in {tool["name"] for tool in tools}
    assert all(tool["annotations"]["readOnlyHint"] for tool in tools)
    assert client.result("findNotes", query="") == NOTES
    assert client.error("createDeck", deck="x")["kind"] == "permission_denied"
    assert "x" not in gateway.rpc("deckNames")["result"]
    (refused,) = [row for row in gateway.gateway.recent.rows() if row.reason]
    assert (refused.who, refused.action) == ("https://a.example", "createDeck")


# --- tools ---


@cache
def all_tools():
    return mcp_tools.tools(DOCUMENT).values()


@for_each(tool=all_tools)
def test_a_tool_describes_itself_in_full_and_without_references(tool):
    told = tool.definition
    assert told["description"]
    assert told.get("title", "Title")[0].isupper()
    for schema in (told["inputSchema"], told["outputSchema"]):
        check_schema(schema)
        assert schema["type"] == "object"
        assert '"$ref"' not in json.dumps(schema)
    assert {*told["inputSchema"].get("required", ())} <= told["inputSchema"]["properties"].keys()


def test_no_tool_runs_another_action_by_its_name():
    for tool in all_tools():
        assert not {"method", "actions", "calls"} & tool.definition["inputSchema"]["properties"].keys(), tool.name


def test_annotations_say_what_a_tool_does():
    hints = {tool.name: tool.definition["annotations"] for tool in all_tools()}
    closed = {"openWorldHint": False}  # what differs from the defaults of the protocol
    assert hints["findNotes"] == {"readOnlyHint": True, **closed}
    assert hints["addNotes"] == {"destructiveHint": False, **closed}
    assert hints["updateNotes"] == {"idempotentHint": True, **closed}
    assert (hints["storeMediaFile"], hints["sync"]) == ({"destructiveHint": False}, {})
    assert "readOnlyHint" not in hints["createBackup"]


def test_every_name_of_the_catalogue_is_one_of_the_document():
    methods = {method["name"]: method for method in DOCUMENT["methods"]}
    assert {*TOOLS} <= methods.keys()
    for name, curated in TOOLS.items():
        params = {param["name"] for param in methods[name]["params"]}
        paths = {*curated.without, *curated.texts, *curated.fixed}
        assert {path.split(".")[0] for path in paths} <= params, name
        tool = mcp_tools.Tool(methods[name], DOCUMENT["components"]["schemas"], curated)
        offered = {".".join(path) for path in tool_schemas.paths(tool.definition["inputSchema"])}
        assert curated.texts.keys() <= offered, name


def test_the_chosen_tools_leave_a_model_room(reading):
    assert len(codec.dumps(Client(reading).ask("tools/list"))) < 10_000


def test_results_have_the_shape_that_the_tool_declares(reading_with):
    client = Client(reading_with(mcpStructuredResults=True))
    tools = {tool.name: tool.definition for tool in all_tools()}
    calls = {
        "findNotes": {"query": "tag:fruit"},
        "notesInfo": {"notes": [seed.MELA, 5]},
        "cardsInfo": {"cards": [seed.MELA_CARD]},
        "deckStatistics": {},
        "listModels": {},
        "collectionStatistics": {},
        "nextCards": {},
        "getTags": {},
        "modelTemplates": {"modelName": "Basic"},
        "dueForecast": {},
    }
    for name, arguments in calls.items():
        jsonschema.validate(arguments, tools[name]["inputSchema"])
        jsonschema.validate(client.call(name, **arguments)["structuredContent"], tools[name]["outputSchema"])


def test_an_action_that_fails_tells_the_model_what_to_mend(client):
    assert client.error("notesInfo", notes="x") == {
        "message": "Invalid params: notes: Must be a list, not a string.",
        "kind": "invalid_params",
        "fields": {"notes": ["Must be a list, not a string."]},
    }
    assert client.error("findNotes", query='"')["kind"] == "invalid_search"
    assert client.error("modelTemplates", modelName="Basik") == {
        "message": "model was not found: Basik. Did you mean Basic?",
        "kind": "model_not_found",
        "model": "Basik",
        "suggestions": ["Basic"],
    }
    assert client.error("findNotes", qeury="")["fields"] == {"qeury": ["Unknown param. Did you mean query?"]}


@for_rows("param", ["method", "self", "params"])
@for_rows("tool", ["findNotes", "nextCards", "retrieveMediaFile", "studyStreak", "createDeck"])
def test_no_name_of_a_param_breaks_a_call(reading, tool, param):
    assert param in Client(reading).error(tool, **{param: "x"})["fields"]


@for_rows("params", [{}, {"name": 5}, {"name": "findNotes", "arguments": []}, {"name": ["findNotes"]}])
def test_a_call_that_is_none_gets_an_error_of_the_protocol(reading, params):
    error, _ = Client(reading, WITH_HANDSHAKE[0]).refused("tools/call", params)
    assert error["code"] == -32602


@pytest.mark.parametrize(
    ("name", "arguments", "unknown"),
    [
        ("storeMediaFile", {"filename": "_ciao.txt", "data": "eA==", "deleteExisting": True}, "deleteExisting"),
        ("sync", {"full": "download"}, "full"),
        ("addTags", {"notes": NOTES, "tags": "x", "add": False}, "add"),
        ("addNotes", {"notes": [], "lenient": True}, "lenient"),
        ("addNotes", {"notes": [{"audio": []}]}, "notes.audio"),
        ("addNotes", {"notes": [{"fields": {}}, {"options": {"duplicateScopeOptions": {}}}]}, None),
    ],
)
def test_what_a_tool_does_not_offer_cannot_be_given_to_it(writer, name, arguments, unknown):
    error = writer.error(name, **arguments)
    assert error["kind"] == "invalid_params"
    (messages,) = error["fields"].items()
    unset = {name: None if name == unknown else value for name, value in arguments.items()}
    if unknown in arguments and unknown != "lenient":
        assert not writer.call(name, **unset)["isError"] or name == "sync"
    assert messages[0] == (unknown or "notes.options.duplicateScopeOptions")
    assert messages[1][0].startswith("Unknown param.")


def test_a_stored_file_never_replaces_another(writer):
    assert writer.result("storeMediaFile", filename="_ciao.txt", data="eA==") != "_ciao.txt"
    assert writer.gateway.rpc("retrieveMediaFile", {"filename": "_ciao.txt"})["result"] == "Y2lhbw=="


def test_fields_may_have_the_names_of_params(writer):
    made = writer.call(
        "createModel",
        modelName="Sounds",
        inOrderFields=["lenient", "audio"],
        cardTemplates=[{"Front": "{{lenient}}", "Back": "{{audio}}"}],
    )
    assert not made["isError"]
    note = {"deckName": "Default", "modelName": "Sounds", "fields": {"lenient": "x", "audio": "y"}}
    (added,) = writer.result("addNotes", notes=[note])
    assert added.keys() == {"id"}


def test_each_call_is_one_step_of_undo(writer):
    writer.result("addTags", notes=NOTES, tags="one two")
    assert writer.gateway.rpc("undoStatus")["result"]["undo"]
    assert writer.result("undo")["undo"] is None
    assert "one" not in writer.gateway.col.get_note(seed.UVA).tags


# --- sizes ---


def size(value):
    return len(codec.dumps(value))


@for_rows(
    "value",
    [
        [*range(100_000)],
        [{"text": "x" * 300, "id": number} for number in range(1000)],
        {"notes": [{"text": "x" * 300}] * 1000, "count": 1000},
        {"a": ["x" * 99] * 1000, "b": ["y" * 99] * 1000, "c": "short"},
        {f"deck {number}": number for number in range(10_000)},
        {f"deck {number}": {"fields": ["x" * 99]} for number in range(10_000)},
        ["x" * 200_000, "y"],
        "x" * 200_000,
        '\u00e9"\n' * 50_000,
        [[["x" * 1000] * 100] * 3],
        {"deep": {"deeper": {"list": ["x" * 1000] * 100, "n": 1}}},
    ],
)
def test_a_long_result_is_cut_to_the_limit_and_says_so(value):
    cut = truncate(value, "Ask for less.")
    assert RESULT_LIMIT_BYTES * 0.5 < size(cut["result"]) <= RESULT_LIMIT_BYTES
    assert type(cut["result"]) is type(value)
    assert cut["truncated"].endswith("are shown. Ask for less.")
    assert " of " in cut["truncated"]


@for_rows("value", [None, 5, "x" * 1000, [], {}, [*range(1000)], {"a": [1], "b": None}])
def test_a_short_result_is_left_as_it_is(value):
    assert truncate(value, "") == {"result": value}


def test_cut_objects_keep_their_members():
    cut = truncate({"id": 1, "list": ["x" * 99] * 1000, "text": "y" * 99_999}, "")["result"]
    assert [*cut] == ["id", "list", "text"]
    assert cut["id"] == 1
    assert cut["list"]
    assert cut["text"]


def test_a_result_that_is_too_long_fits_its_schema_and_says_how_to_get_the_rest(writer):
    note = {"deckName": "Default", "modelName": "Basic"}
    notes = [{**note, "fields": {"Front": f"word {number}", "Back": "x" * 300}} for number in range(300)]
    added = writer.result("addNotes", notes=notes)
    assert all(entry["id"] for entry in added)
    called = writer.call("notesInfo", query="deck:Default", limit=300)
    content = json.loads(called["content"][0]["text"])
    tool = next(tool for tool in all_tools() if tool.name == "notesInfo")
    jsonschema.validate(content, tool.definition["outputSchema"])
    assert len(called["content"][0]["text"]) < RESULT_LIMIT_BYTES + 500
    shown = len(content["result"])
    assert content["truncated"].startswith(f"{shown} of 300 entries are shown")
    assert f"Ask again with offset {shown}" in content["truncated"]
    assert content["total"] == 300


def test_what_was_written_is_not_asked_for_again(writer):
    note = {"deckName": "Default", "modelName": "Basic"}
    notes = [{**note, "fields": {"Front": f"word {number}", "Back": "x"}} for number in range(150)]
    content = writer.told("addNotes", notes=notes * 4)  # entries of what is there already are long
    assert f"the first {len(content['result'])} of 600 in `result` are shown" in content["truncated"]
    assert "do not repeat it" in content["truncated"]
    assert writer.told("findNotes", query="deck:Default")["total"] == 150


def test_many_problems_are_cut_as_well(writer):
    error = writer.error("addNotes", notes=[{}] * 400)
    assert error["kind"] == "invalid_params"
    assert size(error) <= RESULT_LIMIT_BYTES


# --- resources ---


def test_resources_are_the_search_syntax_the_decks_the_note_types_and_the_statistics(client):
    listed = client.ask("resources/list")["resources"]
    read = {}
    for resource in listed:
        (content,) = client.ask("resources/read", {"uri": resource["uri"]})["contents"]
        assert (content["uri"], content["mimeType"]) == (resource["uri"], resource["mimeType"])
        is_json = content["mimeType"] == JSON
        read[resource["name"]] = json.loads(content["text"])["result"] if is_json else content["text"]
    assert "`tag:none`" in read["search-syntax"]
    assert [deck["name"] for deck in read["decks"]] == ["Italian", "Italian::A1"]
    assert ["Word", "Meaning"] in [model["fields"] for model in read["note-types"]]
    (used,) = [model for model in read["note-types"] if "example" in model]
    assert used["example"] == {"fields": {"Word": "mela", "Meaning": "apple"}, "tags": ["A1", "fruit"]}
    assert read["statistics"]["notes"] == 2


def test_a_note_or_a_card_is_read_by_its_id(client):
    templates = client.ask("resources/templates/list")["resourceTemplates"]
    assert {template["uriTemplate"] for template in templates} >= {"anki://notes/{noteId}", "anki://cards/{cardId}"}
    (content,) = client.ask("resources/read", {"uri": f"anki://notes/{seed.MELA}"})["contents"]
    assert json.loads(content["text"])["result"][0]["fields"]["Word"]["value"] == "mela"
    (content,) = client.ask("resources/read", {"uri": f"anki://cards/{seed.MELA_CARD}"})["contents"]
    assert json.loads(content["text"])["result"][0]["cardId"] == seed.MELA_CARD


@pytest.mark.parametrize(
    "uri", ["anki://nosuch", "anki://notes/5", "anki://notes/x", "anki://notes/1/2", "", "file:///x"]
)
def test_an_unknown_resource_is_not_found_by_the_code_of_its_revision(client, uri):
    error, status = client.refused("resources/read", {"uri": uri})
    assert (error["code"], status) == ((-32602, 400) if client.is_current else (-32002, 200))
    assert error["data"] == {"uri": uri}


def test_a_resource_is_read_by_who_may_and_while_there_is_a_collection(gateway):
    client = Client(gateway)
    gateway.lane.close()
    error, _ = client.refused("resources/read", {"uri": "anki://decks"})
    assert (error["code"], error["data"]) == (-32603, {"kind": "collection_unavailable"})
    assert client.error("findNotes", query="")["kind"] == "collection_unavailable"
    gateway.lane.open()
    assert client.refused("resources/read", {"uri": 5})[0]["code"] == -32602


# --- prompts ---


def test_prompts_say_what_they_take_and_are_filled_in(client):
    listed = client.ask("prompts/list")["prompts"]
    assert [prompt["name"] for prompt in listed] == [prompt.name for prompt in PROMPTS]
    for prompt in listed:
        needed = {
            argument["name"]: "a {deck} of {{c1::mine}}" for argument in prompt["arguments"] if argument["required"]
        }
        (message,) = client.ask("prompts/get", {"name": prompt["name"], "arguments": needed})["messages"]
        assert message["role"] == "user"
        assert all(value in message["content"]["text"] for value in needed.values())
        assert "{note_type}" not in message["content"]["text"]
    given = client.ask("prompts/get", {"name": "review", "arguments": {"deck": "Italian"}})
    assert "in Italian with me" in given["messages"][0]["content"]["text"]


def test_prompts_name_tools_that_there_are():
    for prompt in PROMPTS:
        words = {word.strip(".,;:()`") for word in prompt.text.split()}
        named = {word for word in words if any(letter.isupper() for letter in word[1:]) and word.isalnum()}
        assert {name for name in named if name[0].islower()} - {"ifMod", "searchTools", "callTool"} <= TOOLS.keys()


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"name": "nosuch"},
        {"name": "make_cards"},
        {"name": "make_cards", "arguments": {"text": 5}},
        {"name": "make_cards", "arguments": []},
    ],
)
def test_a_prompt_that_lacks_something_is_refused(client, params):
    assert client.refused("prompts/get", params)[0]["code"] == -32602
