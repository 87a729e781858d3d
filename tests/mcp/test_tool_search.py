"""Tools that are offered but not listed: found by searchTools, and called by callTool as if called directly."""

import json

import jsonschema
import pytest
import seed
from examples import DOCUMENT
from json_schemas import check_schema
from kept_gateways import KeptGateway
from mcp_client import Client
from sizes import for_rows

from addon.mcp.catalogue import LEFT_OUT, TOOLS
from addon.mcp.prompts import PROMPTS
from addon.mcp.tool_search import ToolSearch
from addon.mcp.tools import ToolAccess, tools

PAIR = ["searchTools", "callTool"]
NOTES = [seed.MELA, seed.UVA]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
FURTHER = {name for name, curated in TOOLS.items() if not curated.is_common}
CONFIRM = {"mcpAllowDestructive": True, "mcpConfirmDestructive": True}


class Wrapping(Client):
    """A client whose calls are all made by callTool."""

    def call(self, name, /, **arguments):
        return super().call("callTool", name=name, arguments=arguments)


@pytest.fixture
def writer(gateway):
    return Wrapping(gateway)


def found(client, query=None):
    return [tool["name"] for tool in client.result("searchTools", **({"query": query} if query else {}))]


# --- finding ---


def test_a_list_has_the_common_tools_and_the_pair(reading):
    client = Client(reading)
    names = client.names()
    assert names[-2:] == PAIR
    assert not FURTHER & {*names}
    described = client.ask("tools/list")["tools"][-2]["description"]
    assert all(name in described for name in found(client))
    assert {*names[:-2], *found(client)} <= TOOLS.keys()


def test_all_that_is_not_listed_has_one_line_each(reading):
    tools = Client(reading).result("searchTools")
    assert [tool["name"] for tool in tools] == [
        name for name in TOOLS if name in FURTHER and name in {tool["name"] for tool in tools}
    ]
    assert {"createModel", "setDueDate", "retrieveMediaFile"} <= {tool["name"] for tool in tools}
    for tool in tools:
        assert tool.keys() == {"name", "description"}
        assert "\n" not in tool["description"]


@for_rows(
    ("query", "names"),
    [
        ("createModel", ["createModel"]),
        ("setDueDate, CREATEMODEL", ["setDueDate", "createModel"]),
        ("past reviews", ["getReviewsOfCards"]),
        ("duplicates", ["findDuplicates"]),
        ("css", ["createModel", "updateModelStyling"]),
        ("how many days in a row", ["studyStreak"]),
    ],
)
def test_names_and_words_find_definitions(reading, query, names):
    client = Client(reading)
    tools = client.result("searchTools", query=query)
    assert {*names} <= {tool["name"] for tool in tools}
    assert len(tools) <= 5
    for tool in tools:
        assert tool.keys() == {"name", "description", "inputSchema"}
    if query[0].islower() and query in names:
        assert [tool["name"] for tool in tools] == names


PHRASES = {
    "findDuplicates": ["duplicates", "find duplicate notes", "same card twice", "merge identical notes"],
    "suspend": ["suspend cards", "unsuspend", "pause a card", "bury cards", "hide leeches", "stop showing these cards"],
    "setDueDate": [
        *("reschedule cards", "postpone until tomorrow", "change due date", "make cards due today", "delay reviews"),
        *("move reviews to next week", "set the interval of a card", "review these cards now"),
    ],
    "setFlags": ["flag these cards red", "mark cards", "remove a flag", "set flag", "color cards orange"],
    "modelTemplates": ["show the card template", "read templates", "get the html of a card", "card layout"],
    "createModel": [
        "make a note type",
        "new note type",
        "create model",
        "add a card type with fields",
        "add note type",
    ],
    "updateModelTemplates": ["change the card layout", "edit template", "update front of the card", "change templates"],
    "updateModelStyling": [
        "change css",
        "font size",
        "dark background for cards",
        "styling",
        "make the text bigger font",
    ],
    "getMediaFilesNames": ["list audio files", "list media", "which pictures are there", "all images", "media files"],
    "retrieveMediaFile": ["download a picture", "play audio", "get media file", "read an image", "show the image"],
    "collectionStatistics": [
        *("statistics", "stats", "how many cards do I have", "retention rate", "how many reviews today"),
        *("total number of notes", "accuracy", "true retention"),
    ],
    "dueForecast": [
        *("when is my next review", "forecast", "upcoming reviews", "how many cards are due tomorrow", "workload"),
        *("cards due next week", "future due"),
    ],
    "studyStreak": ["streak", "how many days in a row did I study", "consecutive days", "daily streak"],
    "getReviewsOfCards": [
        *("past reviews", "review history", "revlog", "how often did I fail this card", "review log of a card"),
        *("when did I last review this card", "previous answers"),
    ],
    "guiBrowse": ["show in browser", "open the card browser", "display these notes in Anki", "open Anki window"],
    "deleteDecks": ["delete a deck", "remove deck", "delete decks", "erase empty deck"],
    "changeNoteType": ["change note type", "convert basic to cloze", "switch the model of notes", "convert notes"],
    "findAndReplaceInNotes": [
        "find and replace",
        "replace text",
        "regex",
        "fix a typo in all notes",
        "bulk edit fields",
    ],
}
"""What models ask for, by the tool that they mean."""


def test_there_are_phrases_for_each_tool():
    assert PHRASES.keys() == FURTHER


EVERYTHING = ToolAccess(lambda scope: True, destructive=True, has_window=True)


@pytest.fixture(scope="module")
def search():
    return ToolSearch(tools(DOCUMENT).values(), EVERYTHING)


@for_rows(("name", "phrase"), [(name, phrase) for name, phrases in PHRASES.items() for phrase in phrases])
def test_a_phrase_finds_its_tool_among_the_first_three(search, name, phrase):
    first = [tool["name"] for tool in search.answer(None, {"query": phrase}, EVERYTHING).result[:3]]
    assert name in first


def test_the_name_of_a_listed_tool_finds_that_tool_and_no_other(reading_with):
    client = Client(reading_with(mcpTools=["-addTags"]))
    assert found(client, "addNotes") == ["addNotes"]
    for name in ("addTags", "deleteNotes", "multi", "cardStats"):
        assert name not in found(client, name)


def test_what_finds_nothing_shows_all(reading):
    client = Client(reading)
    assert found(client, "xylophone") == found(client)
    assert found(client, "!?") == found(client)


def test_a_definition_is_the_one_that_a_list_has(reading_with):
    (shown,) = Client(reading_with()).result("searchTools", query="createModel")
    listed = {tool["name"]: tool for tool in Client(reading_with(mcpTools=["createModel"])).ask("tools/list")["tools"]}
    assert shown == {name: listed["createModel"][name] for name in shown}


@for_rows("arguments", [{"query": 5}, {"query": ["createModel"]}, {"words": "x"}])
def test_a_search_that_is_none_is_refused(reading, arguments):
    assert Client(reading).error("searchTools", **arguments)["fields"].keys() == arguments.keys()


# --- calling ---


@for_rows(
    ("name", "arguments"),
    [
        ("findNotes", {"query": "tag:fruit"}),
        ("findNotes", {"query": "", "limit": 1, "offset": 1}),
        ("notesInfo", {"notes": NOTES, "fields": ["tags"]}),
        ("modelTemplates", {"modelName": "Italian vocab"}),
        ("getMediaFilesNames", {}),
        ("retrieveMediaFile", {"filename": "_ciao.txt"}),
        ("dueForecast", {"days": 3}),
        ("notesInfo", {"notes": "x"}),
        ("modelTemplates", {"modelName": "Basik"}),
        ("modelTemplates", {}),
        ("findNotes", {"qeury": ""}),
        ("getTags", {"limit": -1}),
        ("storeMediaFile", {"filename": "x", "deleteExisting": True}),
        ("searchTools", {"query": "css"}),
    ],
)
@for_rows("structured", [False, True])
def test_a_call_returns_what_the_tool_returns_if_it_is_called_directly(reading_with, name, arguments, structured):
    gateway = reading_with(mcpStructuredResults=structured)
    assert Wrapping(gateway).call(name, **arguments) == Client(gateway).call(name, **arguments)


def test_all_that_is_offered_can_be_called_by_its_own_name(reading):
    client = Client(reading)
    for name in found(client):
        assert "nosuch" in client.error(name, nosuch=1)["fields"], name


def test_a_write_names_its_step_and_is_undone(writer):
    sides = [{"Front": "{{Word}}", "Back": "x"}]
    made = writer.told("createModel", modelName="New", inOrderFields=["Word"], cardTemplates=sides)
    assert made["undoStep"]
    assert writer.told("undo")["result"]["step"] == made["undoStep"]
    cards = writer.result("findCards", query=f"nid:{seed.MELA}")
    assert writer.told("changeDeck", cards=cards, deck="A::B")["newDecks"] == ["A", "A::B"]


def test_pictures_are_content_blocks(writer):
    name = writer.result("storeMediaFile", filename="a.png", data=PIXEL)
    (block,) = writer.call("retrieveMediaFile", filename=name)["content"]
    assert block == {"type": "image", "data": PIXEL, "mimeType": "image/png"}


def test_the_log_of_calls_shows_the_action(writer):
    writer.result("setFlags", cards=[seed.MELA_CARD], flag=1)
    actions = [row.action for row in writer.gateway.gateway.recent.rows()]
    assert "setFlags" in actions
    assert "callTool" not in actions


def test_a_caller_needs_the_permission_for_what_it_calls(open_gateway):
    gateway = open_gateway(keys={"agent": {"key": "a", "scopes": ["read"]}})
    client = Wrapping(gateway, X_API_Key="a")
    tools = {tool["name"]: tool for tool in client.ask("tools/list")["tools"]}
    assert tools["callTool"]["annotations"] == {"readOnlyHint": True, "openWorldHint": False}
    assert "createModel" not in found(client)
    assert "modelTemplates" in found(client)
    assert client.error("setFlags", cards=[seed.MELA_CARD], flag=1)["kind"] == "permission_denied"


@for_rows(
    ("arguments", "text"),
    [
        ({}, '"name" must be a string'),
        ({"name": 5}, '"name" must be a string'),
        ({"name": "setFlags", "arguments": "{}"}, '"arguments" must be an object'),
        ({"name": "setFlags", "cards": [], "flag": 1}, "Write those of the tool into arguments"),
        ({"name": "creatModel"}, "Did you mean createModel"),
        ({"name": "xylophone"}, "searchTools"),
        ({"name": "SetFlags"}, "Did you mean setFlags"),
        ({"name": " setFlags "}, "Did you mean setFlags"),
        ({"name": "setFlags", "arguments": []}, '"arguments" must be an object'),
        ({"name": "callTool", "arguments": {"name": "getTags"}}, "cannot call itself"),
        ({"name": "cardStats"}, "mcpAllTools"),
        ({"name": "deleteNotes", "arguments": {"notes": NOTES}}, "mcpAllowDestructive"),
        ({"name": "multi", "arguments": {"actions": []}}, "Unknown tool: multi"),
    ],
)
def test_a_wrong_call_is_an_error_that_a_model_sees(reading, arguments, text):
    error = Client(reading).error("callTool", **arguments)
    assert text in error["message"]
    assert error["kind"] == "invalid_params"


@for_rows("arguments", ['{"name": "getTags"}', [], 5, False])
def test_a_call_whose_arguments_are_no_object_is_told_so(reading, arguments):
    called = Client(reading).ask("tools/call", {"name": "callTool", "arguments": arguments})
    assert called["isError"]
    assert '\\"arguments\\" must be an object' in called["content"][0]["text"]


def test_no_arguments_are_those_of_a_tool_that_needs_none(reading):
    client = Client(reading)
    for more in ({}, {"arguments": None}, {"arguments": {}}):
        called = client.ask("tools/call", {"name": "callTool", "arguments": {"name": "getTags", **more}})
        assert called == client.call("getTags")


def test_an_unknown_name_gets_the_nearest(reading):
    assert Client(reading).error("callTool", name="updateModelStyle")["suggestions"][0] == "updateModelStyling"


# --- what the user offers ---


def test_a_tool_that_a_pattern_switches_on_is_listed(reading_with):
    client = Client(reading_with(mcpTools=["createModel", "cardStats"]))
    assert {"createModel", "cardStats"} <= {*client.names()}
    assert not {"createModel", "cardStats"} & {*found(client)}


def test_a_tool_that_a_pattern_switches_off_can_be_called_by_nothing(reading_with):
    client = Client(reading_with(mcpTools=["-createModel"]))
    assert "createModel" not in {*client.names(), *found(client)}
    assert "createModel" not in found(client, "createModel")
    assert "mcpTools" in client.error("callTool", name="createModel")["message"]


@for_rows(
    ("settings", "is_listed"),
    [
        ({}, True),
        ({"mcpTools": ["-searchTools"]}, False),
        ({"mcpTools": ["-callTool"]}, False),
        ({"mcpTools": ["-*", "findNotes"]}, False),
        ({"mcpTools": ["*"]}, False),
        ({"mcpAllTools": True}, False),
    ],
)
def test_the_pair_is_listed_if_there_is_more_to_call(reading_with, settings, is_listed):
    assert ([*Client(reading_with(**settings)).names()][-2:] == PAIR) is is_listed


@for_rows("name", PAIR)
def test_either_can_be_switched_off(reading_with, name):
    client = Client(reading_with(mcpTools=[f"-{name}"]))
    arguments = {"name": "getTags"} if name == "callTool" else {}
    error, _ = client.refused("tools/call", {"name": name, "arguments": arguments})
    assert "mcpTools" in error["message"]
    assert not client.call("setFlags", cards=[], flag=1)["isError"]


def test_everything_is_listed_by_a_setting(reading_with):
    names = {*Client(reading_with(mcpAllTools=True, mcpAllowDestructive=True)).names()}
    assert names >= {name for name in TOOLS if name != "guiBrowse"}
    assert not {*PAIR} & {method["name"] for method in DOCUMENT["methods"]}
    assert not {*PAIR} & LEFT_OUT


def test_only_what_reads_is_found_and_called_if_only_that_is_offered(reading_with):
    client = Client(reading_with(mcpReadOnly=True))
    tools = client.ask("tools/list")["tools"]
    assert all(tool["annotations"].get("readOnlyHint") for tool in tools)
    assert {"modelTemplates", "dueForecast"} <= {*found(client)}
    assert "createModel" not in found(client)
    assert "mcpReadOnly" in client.error("callTool", name="setFlags")["message"]


@for_rows("allowed", [False, True])
def test_the_hints_are_true_for_all_that_can_be_called(reading_with, allowed):
    tools = Client(reading_with(mcpAllowDestructive=allowed)).ask("tools/list")["tools"]
    hints = {tool["name"]: tool["annotations"] for tool in tools}
    assert hints["callTool"] == {}
    assert hints["searchTools"] == {"readOnlyHint": True, "openWorldHint": False}


def test_results_have_schemas_by_a_setting(reading_with):
    tools = {tool["name"]: tool for tool in Client(reading_with(mcpStructuredResults=True)).ask("tools/list")["tools"]}
    assert all("outputSchema" in tools[name] for name in PAIR)


@for_rows("structured", [False, True])
def test_what_is_listed_and_destroys_is_called_by_its_own_name_only(open_gateway, structured):
    """Otherwise a client that asks its user before deleteNotes, but not before callTool, would be evaded."""
    client = Client(open_gateway(mcpAllowDestructive=True, mcpTools=["deleteDecks"], mcpStructuredResults=structured))
    calls = {
        "renameTag": {"tag": "fruit", "newName": "x"},
        "removeTags": {"notes": NOTES, "tags": "x"},
        "deleteNotes": {"notes": NOTES},
        "deleteDecks": {"decks": ["Italian"], "cardsToo": True},
    }
    for name, arguments in calls.items():
        assert "call it by its own name" in client.error("callTool", name=name, arguments=arguments)["message"]
    assert client.result("findNotes", query="tag:fruit deck:Italian")
    for name, arguments in calls.items():
        client.result(name, **arguments)


def test_hidden_and_destroying_params_are_refused(reading_with):
    client = Wrapping(reading_with(mcpTools=["addNote"]))
    picture = {"filename": "_ciao.txt", "data": "bmV3", "fields": ["Word"], "deleteExisting": True}
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera"}, "picture": [picture]}
    assert [*client.error("addNote", note=note)["fields"]] == ["note.picture.deleteExisting"]
    assert [*client.error("addTags", notes=NOTES, tags="x", add=False)["fields"]] == ["add"]
    assert [*client.error("sync", full="download")["fields"]] == ["full"]


HALVES = [sorted(FURTHER - {"guiBrowse"})[start::2] for start in (0, 1)]
"""Tools to list; the others leave something to find, or else the pair is not listed."""


@pytest.fixture(scope="module")
def listing(example_collection, tmp_path_factory):
    """By index of a half a gateway that lists it, and its list of tools."""
    kept = [
        KeptGateway(
            example_collection,
            tmp_path_factory.mktemp("kept"),
            mcpStructuredResults=True,
            mcpTools=half,
            mcpAllowDestructive=True,
        )
        for half in HALVES
    ]
    lists = [Client(each.unchanged()).ask("tools/list")["tools"] for each in kept]
    yield [(each, {tool["name"]: tool for tool in tools}) for each, tools in zip(kept, lists, strict=True)]
    for each in kept:
        each.close()


@for_rows(("half", "name"), [(half, name) for half, names in enumerate(HALVES) for name in names])
def test_structured_results_fit_the_schema_of_the_tool(listing, half, name):
    kept, listed = listing[half]
    assert "callTool" in listed
    method = next(method for method in DOCUMENT["methods"] if method["name"] == name)
    offered = listed[name]["inputSchema"]["properties"]
    arguments = {p["name"]: p["value"] for p in method["examples"][0]["params"] if p["name"] in offered}
    reply = Client(kept.unchanged()).call(name, **arguments)
    assert not reply["isError"], reply
    for tool in (name, "callTool"):
        check_schema(listed[tool]["outputSchema"])
        jsonschema.Draft202012Validator(listed[tool]["outputSchema"]).validate(reply["structuredContent"])


def test_the_answer_of_a_search_fits_its_schema(reading_with):
    client = Client(reading_with(mcpStructuredResults=True))
    schema = client.ask("tools/list")["tools"][-2]["outputSchema"]
    for query in ("css", "xylophone", "createModel setFlags"):
        jsonschema.validate(client.call("searchTools", query=query)["structuredContent"], schema)


# --- what leads to the tools ---


def test_instructions_lead_to_the_pair_if_there_is_one(reading_with):
    def instructions(**settings):
        return Client(reading_with(**settings)).ask("server/discover")["instructions"]

    assert all(name in instructions() for name in PAIR)
    for settings in ({"mcpAllTools": True}, {"mcpTools": ["-callTool"]}, {"mcpTools": ["-*", "findNotes"]}):
        assert not any(name in instructions(**settings) for name in PAIR)


@for_rows("is_offered, settings", [(True, {}), (False, {"mcpAllTools": True}), (False, {"mcpTools": ["-callTool"]})])
def test_a_prompt_that_names_a_tool_that_is_not_listed_leads_to_it_if_the_pair_is_offered(
    reading_with, is_offered, settings
):
    client = Client(reading_with(**settings))
    for prompt in PROMPTS:
        needed = {argument.name: "x" for argument in prompt.arguments if argument.default is None}
        (message,) = client.ask("prompts/get", {"name": prompt.name, "arguments": needed})["messages"]
        text = message["content"]["text"]
        leads = is_offered and any(name in text for name in FURTHER - {"suspend"})
        assert all((name in text) is leads for name in PAIR), prompt.name


def test_an_unknown_tool_is_not_looked_for_by_a_tool_that_is_not_offered(reading_with):
    assert "searchTools" in Client(reading_with()).refused("tools/call", {"name": "zzz"})[0]["message"]
    for settings in ({"mcpAllTools": True}, {"mcpTools": ["-searchTools"]}):
        message = Client(reading_with(**settings)).refused("tools/call", {"name": "zzz"})[0]["message"]
        assert message == "Unknown tool: zzz. tools/list lists the tools."


def test_texts_of_listed_tools_name_listed_tools(reading_with):
    client = Client(reading_with(mcpAllowDestructive=True))
    for tool in client.ask("tools/list")["tools"][:-2]:
        text = json.dumps(tool)
        assert not [name for name in FURTHER - {"suspend"} if name in text], tool["name"]


@for_rows("structured", [False, True])
@for_rows("name", ["deckStatistics", "listModels"])
def test_a_tool_that_leaves_out_zeros_says_so(reading_with, name, structured):
    client = Client(reading_with(mcpStructuredResults=structured))
    (tool,) = (tool for tool in client.ask("tools/list")["tools"] if tool["name"] == name)
    zeros = [value for entry in client.result(name) for value in entry.values() if not value]
    assert bool(zeros) is structured
    assert ("left out" in tool["description"]) is not structured


# --- what must be confirmed ---


def test_what_destroys_is_confirmed_by_a_token(open_gateway):
    careful = Wrapping(open_gateway(**CONFIRM))
    (shown,) = careful.result("searchTools", query="deleteDecks")
    assert "confirm" in shown["inputSchema"]["properties"]
    call = {"decks": ["Italian::A1"], "cardsToo": True}
    assert careful.error("deleteDecks", **call)["kind"] == "not_confirmed"
    token = careful.told("deleteDecks", **call, dryRun=True)["confirm"]
    assert careful.error("deleteDecks", decks=["Italian"], cardsToo=True, confirm=token)["kind"] == "not_confirmed"
    careful.result("deleteDecks", **call, confirm=token)
    assert "Italian::A1" not in careful.gateway.rpc("deckNames")["result"]


def test_what_destroys_is_confirmed_by_the_user_whom_the_client_asks(open_gateway):
    careful = Wrapping(open_gateway(**CONFIRM))
    careful.capabilities = {"elicitation": {}}
    call = {"name": "deleteDecks", "arguments": {"decks": ["Italian::A1"], "cardsToo": True}}
    params = {"name": "callTool", "arguments": call}
    asked = careful.ask("tools/call", params)
    assert asked["inputRequests"]["confirm"]["params"]["message"].startswith("Allow deleteDecks?")
    yes = {"inputResponses": {"confirm": {"action": "accept", "content": {"allow": True}}}}
    done = careful.ask("tools/call", {**params, **yes, "requestState": asked["requestState"]})
    assert not done["isError"]
    assert "Italian::A1" not in careful.gateway.rpc("deckNames")["result"]


def test_what_nobody_confirms_does_not_undo_what_the_user_has_done(open_gateway):
    careful = Wrapping(open_gateway(**CONFIRM))
    col = careful.gateway.col
    col.decks.add_normal_deck_with_name("the user's")
    assert careful.error("undo")["kind"] == "permission_denied"
    assert col.decks.id_for_name("the user's")
