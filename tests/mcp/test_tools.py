"""What tools tell agents beside the results of actions: pages, steps, decks, media; and which tools the user offers."""

import base64
import json
import re
from pathlib import Path

import pytest
import seed
from examples import DOCUMENT
from mcp_client import Client
from sizes import for_rows

from addon.mcp import content
from addon.mcp.catalogue import ADDITIVE_TOOLS
from addon.mcp.inputs import Signer, Unsigned
from addon.mcp.resources import RESOURCES
from addon.mcp.tools import _made

NOTES = [seed.MELA, seed.UVA]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def basic(front, back="b", **more):
    return {"deckName": "Default", "modelName": "Basic", "fields": {"Front": front, "Back": back}, **more}


@pytest.fixture
def writer(gateway):
    return Client(gateway)


# --- pages ---


@pytest.fixture(scope="module")
def many(reading_with):
    """A client at a collection with 150 more notes, each with a tag of its own."""
    client = Client(reading_with(webCorsOrigin="http://many.example"))
    if len(client.result("getTags")) < 100:
        client.result("addNotes", notes=[basic(f"word {number}", tags=[f"t{number}"]) for number in range(150)])
    return client


@for_rows(
    ("name", "arguments", "total"),
    [
        ("findNotes", {"query": "deck:Default"}, 150),
        ("findCards", {"query": "deck:Default"}, 150),
        ("notesInfo", {"query": "deck:Default", "fields": ["noteId"]}, 150),
        ("getTags", {}, 152),
    ],
)
def test_a_list_has_a_hundred_entries_and_says_how_many_there_are_and_how_to_get_more(many, name, arguments, total):
    first = many.told(name, **arguments)
    assert (len(first["result"]), first["total"]) == (100, total)
    offset = int(re.search(r"Ask again with offset (\d+)", first["truncated"])[1])
    rest = many.told(name, **arguments, offset=offset)
    assert (len(rest["result"]), rest["total"]) == (total - 100, total)
    assert "Ask again" not in rest["truncated"]
    assert first["result"] + rest["result"] == many.result(name, **arguments, limit=1000)


def test_a_whole_list_says_nothing_more(many):
    assert many.told("findNotes", query="tag:fruit").keys() == {"result"}
    assert many.told("getTags", limit=152).keys() == {"result"}
    assert many.told("findNotes", query="deck:Default", limit=0) == {
        "result": [],
        "total": 150,
        "truncated": "0 of 150 entries are shown, from 0 on. Ask again with offset 0, or for less.",
    }


def test_only_the_entries_of_a_page_of_ids_are_read(many):
    cards = many.result("findCards", query="deck:Default", limit=150)
    told = many.told("cardsInfo", cards=cards, fields=["cardId"], limit=2, offset=100)
    assert [card["cardId"] for card in told["result"]] == cards[100:102]
    assert told["total"] == 150
    assert many.told("notesInfo", notes=NOTES, fields=["noteId"]).keys() == {"result"}


@for_rows("wrong", [{"limit": -1}, {"limit": "x"}, {"offset": 1.5}, {"limit": True}])
def test_a_page_that_is_none_is_refused(many, wrong):
    assert many.error("getTags", **wrong)["fields"].keys() == wrong.keys()


# --- what was written ---


def test_a_write_names_its_step_and_what_had_no_effect_names_none(writer):
    assert writer.told("addTags", notes=NOTES, tags="x")["undoStep"] == "Update Tag"
    assert "undoStep" not in writer.told("addTags", notes=NOTES, tags="x")
    assert writer.told("addNotes", notes=[basic("a")])["undoStep"] == writer.gateway.rpc("undoStatus")["result"]["undo"]
    assert "undoStep" not in writer.told("undo")
    assert "undoStep" not in writer.told("findNotes", query="")


def test_a_write_names_the_decks_that_it_has_made(writer):
    cards = writer.result("findCards", query=f"nid:{seed.MELA}")
    assert writer.told("changeDeck", cards=cards, deck="A::B")["newDecks"] == ["A", "A::B"]
    assert "newDecks" not in writer.told("changeDeck", cards=cards, deck="A")
    assert "newDecks" not in writer.told("createDeck", deck="A")
    made = writer.told("addNotes", notes=[{**basic("a"), "deckName": "New", "options": {"createDeck": True}}])
    assert made["newDecks"] == ["New"]


def test_a_deck_with_a_new_name_is_no_new_deck(writer):
    writer.result("createDeck", deck="A::B")
    assert writer.told("renameDeck", deck="A", newName="C").keys() == {"result", "undoStep"}
    assert writer.told("renameDeck", deck="C::B", newName="D::B")["newDecks"] == ["D"]


# --- cards ---


def store(client, name, data):
    return client.result("storeMediaFile", filename=name, data=data)


def test_a_card_can_be_asked_without_its_answer(writer):
    writer.result("selectDeck", deck="Italian")
    (card,) = writer.result("nextCards", sides="question")["cards"]
    assert "question" in card
    assert "answer" not in card


def test_pictures_and_sounds_of_a_card_are_content_blocks(writer):
    store(writer, "a b.png", PIXEL)
    store(writer, "s.mp3", "eA==")
    html = '<img src="a%20b.png"><img src="a b.png"> [sound:s.mp3] <img src="gone.png"> <img src="https://x.example/y.png">'
    writer.result("addNotes", notes=[basic(html, "<img src='a b.png'>")])
    writer.result("selectDeck", deck="Default")
    blocks = writer.call("nextCards", media=True)["content"]
    assert [block["type"] for block in blocks] == ["text", "image", "audio"]
    assert blocks[1] == {"type": "image", "data": PIXEL, "mimeType": "image/png"}
    assert blocks[2] == {"type": "audio", "data": "eA==", "mimeType": "audio/mpeg"}
    assert json.loads(blocks[0]["text"])["missingMedia"] == ["gone.png"]
    assert [block["type"] for block in writer.call("nextCards")["content"]] == ["text"]


def test_media_beyond_the_limit_is_linked(writer, monkeypatch):
    monkeypatch.setattr(content, "SHOWN_BYTES", 4)
    store(writer, "a.mp3", "eA==")
    store(writer, "\u00e4 b.mp3", "eQ==")
    writer.result("addNotes", notes=[basic("[sound:a.mp3][sound:\u00e4 b.mp3]")])
    writer.result("selectDeck", deck="Default")
    _, first, second = writer.call("nextCards", media=True)["content"]
    assert first["type"] == "audio"
    assert second == {"type": "resource_link", "uri": "anki://media/%C3%A4%20b.mp3", "name": "\u00e4 b.mp3"}
    (read,) = writer.ask("resources/read", {"uri": second["uri"]})["contents"]
    assert read == {"uri": second["uri"], "mimeType": "audio/mpeg", "blob": "eQ=="}


def test_a_file_is_shown_as_what_it_is(writer):
    store(writer, "a.png", PIXEL)
    (block,) = writer.call("retrieveMediaFile", filename="a.png")["content"]
    assert block == {"type": "image", "data": PIXEL, "mimeType": "image/png"}
    (block,) = writer.call("retrieveMediaFile", filename="_ciao.txt")["content"]
    assert base64.b64decode(block["resource"]["blob"]) == b"ciao"
    assert writer.error("retrieveMediaFile", filename="nosuch")["kind"] == "not_found"


# --- what the user offers ---


def test_single_tools_are_switched_on_and_off_by_name_and_pattern(reading_with):
    names = Client(reading_with(mcpTools=["-*Model*", "-sync", "listModels", "cardStats"])).names()
    assert "listModels" in names
    assert "cardStats" in names
    assert not {"createModel", "sync", "updateModelStyling"} & {*names}
    only = Client(reading_with(mcpTools=["-*", "findNotes"]))
    assert only.names() == ["findNotes"]
    error, _ = only.refused("tools/call", {"name": "addNotes", "arguments": {"notes": []}})
    assert error["message"].endswith("The user can allow it with the setting mcpTools of AnkiRPC")


@for_rows(
    ("off", "gone"),
    [
        ("getTags", set()),
        ("notesInfo", {"anki://note-types", "anki://notes/{noteId}", "anki://note-types/{noteType}"}),
        ("deckStatistics", {"anki://decks", "anki://decks/{deck}"}),
        ("listModels", {"anki://note-types", "anki://note-types/{noteType}"}),
        ("cardsInfo", {"anki://cards/{cardId}"}),
        ("collectionStatistics", {"anki://statistics"}),
        ("retrieveMediaFile", {"anki://media/{filename}"}),
        ("*", {resource.uri for resource in RESOURCES} - {"anki://search-syntax"}),
    ],
)
def test_a_resource_shows_nothing_that_a_tool_would_read_which_is_switched_off(reading_with, off, gone):
    client = Client(reading_with(mcpTools=[f"-{off}"]))
    listed = {one["uri"] for one in client.ask("resources/list")["resources"]}
    listed |= {one["uriTemplate"] for one in client.ask("resources/templates/list")["resourceTemplates"]}
    assert listed == {resource.uri for resource in RESOURCES} - gone
    known = {"{noteId}": str(seed.MELA), "{deck}": "Default", "{noteType}": "Basic", "{filename}": "_ciao.txt"}
    for uri in gone:
        address = uri
        for name, value in {**known, "{cardId}": "1"}.items():
            address = address.replace(name, value)
        error, _ = client.refused("resources/read", {"uri": address})
        assert "mcpTools" in error["message"], uri


def test_what_a_resource_reads_is_declared(reading_with, monkeypatch):
    """Otherwise it would be listed although the user has switched off what it needs."""
    client = Client(reading_with(webCorsOrigin="http://reads.example"))
    dispatcher, called = client.gateway.gateway.dispatcher, []
    dispatch = dispatcher.dispatch_batch

    def noting(asked):
        called.extend(one.message["method"] for one in asked)
        return dispatch(asked)

    monkeypatch.setattr(dispatcher, "dispatch_batch", noting)
    card = client.gateway.rpc("findCards", {"query": ""})["result"][0]
    parts = {
        "noteId": seed.MELA,
        "deck": "Default",
        "noteType": "Italian vocab",
        "filename": "_ciao.txt",
        "cardId": card,
    }
    for resource in RESOURCES:
        called.clear()
        client.ask("resources/read", {"uri": resource.uri.format(**parts)})
        assert {*called} == {*resource.reads}, resource.uri


def test_media_of_cards_are_not_shown_while_reading_files_is_switched_off(reading_with):
    client = Client(reading_with(mcpTools=["-retrieveMediaFile"]))
    client.gateway.col.media.write_data("p.png", base64.b64decode(PIXEL))
    shown = client.call("nextCards", media=True)
    assert len(shown["content"]) == 1


def test_decks_are_not_made_by_a_call_whose_list_of_decks_has_failed():
    assert _made({"error": {}}, {"result": {"Default": 1}}) == []
    assert _made({"result": {"Default": 1}}, {"error": {}}) == []
    assert _made({"result": {"Default": 1}}, {"result": {"Default": 1, "New": 2}}) == ["New"]


@for_rows(
    ("off", "typed"), [("getTags", "tag:"), ("deckStatistics", "deck:"), ("listModels", "note:"), ("listModels", "fro")]
)
def test_a_completion_shows_nothing_that_a_tool_would_read_which_is_switched_off(reading_with, off, typed):
    assert complete(Client(reading_with()), TIDY, "query", typed)["values"]
    client = Client(reading_with(mcpTools=[f"-{off}"]))
    assert complete(client, TIDY, "query", typed)["values"] in ([], ["deck:", "note:", "tag:"])
    named = complete(client, MAKE, "deck", "")["values"]
    assert bool(named) == (off != "deckStatistics")


def test_a_pattern_does_not_offer_what_destroys_nor_what_is_never_a_tool(reading_with):
    names = Client(reading_with(mcpTools=["delete*", "multi", "redo"])).names()
    assert not {"deleteNotes", "multi", "redo"} & {*names}


def test_a_switch_leaves_only_what_reads(reading_with):
    client = Client(reading_with(mcpReadOnly=True, mcpAllTools=True, mcpAllowDestructive=True))
    tools = client.ask("tools/list")["tools"]
    assert all(tool["annotations"].get("readOnlyHint") for tool in tools)
    names = {tool["name"] for tool in tools}
    assert {"findNotes", "getOperation"} <= names
    assert "cancelOperation" not in names  # it would end a write of another program
    error, _ = client.refused("tools/call", {"name": "addTags", "arguments": {"notes": NOTES, "tags": "x"}})
    assert error["message"].endswith("The setting mcpReadOnly of AnkiRPC allows only tools that read")


def test_results_are_structured_by_a_setting(reading_with):
    client = Client(reading_with(mcpStructuredResults=True))
    assert all("outputSchema" in tool for tool in client.ask("tools/list")["tools"])
    assert client.call("findNotes", query="tag:fruit")["structuredContent"]["result"]
    plain = Client(reading_with())
    assert not any("outputSchema" in tool for tool in plain.ask("tools/list")["tools"])
    assert "structuredContent" not in plain.call("findNotes", query="tag:fruit")


# --- what must be confirmed ---

CONFIRM = {"mcpAllowDestructive": True, "mcpConfirmDestructive": True}


@pytest.fixture
def careful(open_gateway):
    return Client(open_gateway(**CONFIRM))


def test_what_destroys_needs_the_token_of_its_dry_run(careful):
    tools = {tool["name"]: tool for tool in careful.ask("tools/list")["tools"]}
    assert "confirm" in tools["deleteNotes"]["inputSchema"]["properties"]
    assert "confirm" not in tools["addNotes"]["inputSchema"]["properties"]
    assert careful.error("deleteNotes", notes=NOTES)["kind"] == "not_confirmed"
    token = careful.told("deleteNotes", notes=NOTES[:1], dryRun=True)["confirm"]
    for other in ({"notes": NOTES}, {"notes": NOTES[:1], "confirm": "x"}, {"notes": NOTES, "confirm": token}):
        assert careful.error("deleteNotes", **other)["kind"] == "not_confirmed"
    assert careful.result("findNotes", query="") == NOTES
    assert careful.result("deleteNotes", notes=NOTES[:1], confirm=token) == NOTES[:1]


def test_a_token_is_only_for_what_the_dry_run_has_shown(careful):
    rename = {"tag": "fruit", "newName": "x"}
    shown = careful.told("renameTag", **rename, dryRun=True)
    careful.gateway.rpc("addTags", {"notes": NOTES[1:], "tags": "fruit"})
    changed = careful.told("renameTag", **rename, dryRun=True)
    assert changed["result"] != shown["result"]
    error = careful.error("renameTag", **rename, confirm=shown["confirm"])
    assert error["kind"] == "not_confirmed"
    assert "has changed" in error["message"]
    assert careful.result("getTags").count("x") == 0
    careful.result("renameTag", **rename, confirm=changed["confirm"])
    assert careful.result("getTags").count("x") == 1


def test_what_the_user_has_been_shown_is_what_is_done(careful):
    careful.capabilities = {"elicitation": {}}
    params = {"name": "deleteNotes", "arguments": {"notes": NOTES}}
    asked = careful.ask("tools/call", params)
    careful.gateway.rpc("deleteNotes", {"notes": NOTES[:1]})
    yes = {"inputResponses": {"confirm": {"action": "accept", "content": {"allow": True}}}}
    again = careful.ask("tools/call", {**params, **yes, "requestState": asked["requestState"]})
    assert "has changed" in again["content"][0]["text"]
    assert careful.result("findNotes", query="") == NOTES[1:]


def test_the_order_of_arguments_does_not_matter_to_a_token(careful):
    arguments = {"query": "", "findText": "no such text", "replaceText": "x"}
    token = careful.told("findAndReplaceInNotes", **arguments, dryRun=True)["confirm"]
    turned = dict(reversed(arguments.items()))
    assert careful.result("findAndReplaceInNotes", confirm=token, **turned) == 0


def test_a_confirmation_counts_once(careful):
    arguments = {"query": "", "findText": "a", "replaceText": "aa"}
    token = careful.told("findAndReplaceInNotes", **arguments, dryRun=True)["confirm"]
    careful.result("findAndReplaceInNotes", **arguments, confirm=token)
    again = careful.error("findAndReplaceInNotes", **arguments, confirm=token)
    assert (again["kind"], "used already" in again["message"]) == ("not_confirmed", True)
    careful.capabilities = {"elicitation": {}}
    params = {"name": "findAndReplaceInNotes", "arguments": arguments}
    asked = careful.ask("tools/call", params)
    yes = {"inputResponses": {"confirm": {"action": "accept", "content": {"allow": True}}}}
    answers = [careful.ask("tools/call", {**params, **yes, "requestState": asked["requestState"]}) for _ in range(2)]
    assert [answer["isError"] for answer in answers] == [False, True]


def test_redo_repeats_only_the_step_that_was_shown(open_gateway):
    careful = Client(open_gateway(mcpTools="redo", **CONFIRM))
    careful.result("createDeck", deck="x")
    careful.result("undo")
    shown = careful.told("redo", dryRun=True)
    assert shown["result"]["redo"] == "Add Deck"
    careful.result("addTags", notes=NOTES, tags="x")
    careful.result("undo")
    assert "has changed" in careful.error("redo", confirm=shown["confirm"])["message"]


def test_what_has_no_dry_run_is_confirmed_as_well(open_gateway):
    careful = Client(open_gateway(mcpTools="redo", **CONFIRM))
    careful.result("createDeck", deck="x")
    careful.result("undo")
    assert careful.error("redo")["kind"] == "not_confirmed"
    token = careful.told("redo", dryRun=True)["confirm"]
    assert careful.result("redo", confirm=token)["step"] == "Add Deck"


def test_a_client_that_can_asks_the_user(careful):
    careful.capabilities = {"elicitation": {}}
    params = {"name": "deleteNotes", "arguments": {"notes": NOTES[:1]}}
    asked = careful.ask("tools/call", params)
    assert asked["resultType"] == "input_required"
    request = asked["inputRequests"]["confirm"]
    assert (request["method"], request["params"]["message"][:18]) == ("elicitation/create", "Allow deleteNotes?")
    answers = [{"action": "decline"}, {"action": "accept", "content": {"allow": False}}, {"action": "accept"}]
    again = {**params, "requestState": asked["requestState"]}
    for answer in answers:
        refused = careful.ask("tools/call", {**again, "inputResponses": {"confirm": answer}})
        assert "not_confirmed" in refused["content"][0]["text"]
    yes = {"inputResponses": {"confirm": {"action": "accept", "content": {"allow": True}}}}
    other = {"name": "deleteNotes", "arguments": {"notes": NOTES}}
    assert careful.ask("tools/call", {**again, **other, **yes})["isError"]  # it was another call that the user allowed
    error, status = careful.refused("tools/call", {**again, **yes, "requestState": asked["requestState"] + "x"})
    assert (error["code"], status) == (-32602, 400)
    assert careful.result("findNotes", query="") == NOTES
    done = careful.ask("tools/call", {**again, **yes})
    assert json.loads(done["content"][0]["text"])["result"] == NOTES[:1]


def test_a_model_cannot_do_without_the_user_whom_the_client_can_ask(careful):
    arguments = {"notes": NOTES[:1]}
    token = careful.told("deleteNotes", **arguments, dryRun=True)["confirm"]
    careful.capabilities = {"elicitation": {}}
    asked = careful.ask("tools/call", {"name": "deleteNotes", "arguments": {**arguments, "confirm": token}})
    assert asked["resultType"] == "input_required"
    told = careful.told("deleteNotes", **arguments, dryRun=True)
    assert told["result"]["notes"]["ids"] == NOTES[:1]
    assert "confirm" not in told
    assert careful.result("findNotes", query="") == NOTES


@pytest.mark.parametrize(
    ("modes", "is_asked"), [({}, True), ({"form": {}}, True), ({"form": {}, "url": {}}, True), ({"url": {}}, False)]
)
def test_only_a_client_that_can_show_a_form_asks_the_user(careful, modes, is_asked):
    careful.capabilities = {"elicitation": modes}
    assert ("inputRequests" in careful.call("deleteNotes", notes=NOTES[:1])) == is_asked
    assert ("confirm" in careful.told("deleteNotes", notes=NOTES[:1], dryRun=True)) == (not is_asked)


def test_what_nobody_confirms_does_not_undo_what_the_user_has_done(careful):
    careful.result("createDeck", deck="mine")
    col = careful.gateway.col
    col.decks.add_normal_deck_with_name("the user's")
    assert careful.error("undo")["kind"] == "permission_denied"
    assert col.decks.id_for_name("the user's")
    col.undo()
    assert careful.result("undo")["step"] == "Add Deck"
    assert col.decks.id_for_name("mine") is None


def test_a_param_that_destroys_is_not_offered_where_it_could_not_be_confirmed(open_gateway):
    client = Client(open_gateway(mcpAllTools=True, **CONFIRM))
    tools = {tool["name"]: tool for tool in client.ask("tools/list")["tools"]}
    assert "deleteExisting" not in json.dumps(tools["addNote"])


def test_what_is_signed_is_read_back_by_its_owner_only(monkeypatch):
    signer = Signer(b"secret", "one")
    signed = signer.sign(["x", 5])
    assert signer.read(signed) == ["x", 5]
    for other in (Signer(b"secret", "two"), Signer(b"other", "one")):
        with pytest.raises(Unsigned):
            other.read(signed)
    for wrong in (None, 5, "", "a", "a.b", f"{signed}x", signed[1:], "\u00e4.\u00e4"):
        with pytest.raises(Unsigned):
            signer.read(wrong)
    now = __import__("time").time()
    monkeypatch.setattr("addon.mcp.inputs.time.time", lambda: now + 601)
    with pytest.raises(Unsigned):
        signer.read(signed)


# --- completion ---


def complete(client, ref, name, value):
    return client.ask("completion/complete", {"ref": ref, "argument": {"name": name, "value": value}})["completion"]


REVIEW, TIDY = ({"type": "ref/prompt", "name": name} for name in ("review", "tidy_notes"))
MAKE = {"type": "ref/prompt", "name": "make_cards"}


@for_rows(
    ("ref", "name", "typed", "values"),
    [
        (REVIEW, "deck", "it", ["Italian", "Italian::A1"]),
        (REVIEW, "deck", "a1", ["Italian::A1"]),
        (REVIEW, "nosuch", "", []),
        (MAKE, "note_type", "italian", ["Italian vocab"]),
        (MAKE, "text", "x", []),
        (TIDY, "query", "tag:f", ["tag:fruit"]),
        (TIDY, "query", "is:due -tag:f", ["is:due -tag:fruit"]),
        (TIDY, "query", "(deck:Italian::", ["(deck:Italian::A1"]),
        (TIDY, "query", 'deck:Italian "note:Ita', ['deck:Italian "note:Italian vocab"']),
        (TIDY, "query", "Wor", ["Word:"]),
        ({"type": "ref/resource", "uri": "anki://decks/{deck}"}, "deck", "d", ["Default"]),
        ({"type": "ref/resource", "uri": "anki://media/{filename}"}, "filename", "_ciao", ["_ciao.txt"]),
        ({"type": "ref/resource", "uri": "anki://notes/{noteId}"}, "noteId", "1", []),
    ],
)
def test_arguments_are_completed(reading, ref, name, typed, values):
    assert complete(Client(reading), ref, name, typed) == {"values": values, "total": len(values), "hasMore": False}


def test_a_completion_has_a_hundred_values_at_most(many):
    found = complete(many, TIDY, "query", "tag:t")
    assert (len(found["values"]), found["total"], found["hasMore"]) == (100, 150, True)


@for_rows(
    "params",
    [
        {},
        {"ref": REVIEW},
        {"ref": REVIEW, "argument": {"name": "deck"}},
        {"ref": {"type": "ref/prompt", "name": "nosuch"}, "argument": {"name": "deck", "value": ""}},
        {"ref": {"type": "ref/resource", "uri": "anki://x"}, "argument": {"name": "deck", "value": ""}},
        {"ref": 5, "argument": {"name": "deck", "value": ""}},
    ],
)
def test_what_cannot_be_completed_is_refused(reading, params):
    assert Client(reading).refused("completion/complete", params)[0]["code"] == -32602


# --- resources ---


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("anki://decks/Italian%3A%3AA1", {"name": "Italian::A1"}),
        ("anki://decks/Italian::A1", {"name": "Italian::A1"}),
        ("anki://note-types/Italian%20vocab", {"fields": ["Word", "Meaning"]}),
    ],
)
def test_a_deck_or_a_note_type_is_read_by_its_name(reading, uri, expected):
    (found,) = Client(reading).ask("resources/read", {"uri": uri})["contents"]
    result = json.loads(found["text"])["result"]
    assert {name: result[name] for name in expected} == expected


@for_rows("uri", ["anki://decks/No", "anki://note-types/No", "anki://media/no.png", "anki://media/"])
def test_a_name_of_nothing_is_no_resource(reading, uri):
    error, status = Client(reading).refused("resources/read", {"uri": uri})
    assert (error["code"], error["data"], status) == (-32602, {"uri": uri}, 400)


# --- what only adds ---


def everything(col):
    """What a collection contains, each thing with all its parts."""
    state = {}
    for id in col.find_notes(""):
        note = col.get_note(id)
        state |= {f"field {id} {name}": text for name, text in note.items()}
        state |= {f"tag {id} {tag}": True for tag in note.tags}
    for id, *row in col.db.execute("select id, did, type, queue, due, ivl, factor, reps, lapses, flags from cards"):
        state[f"card {id}"] = row
    state |= {f"review {row[0]}": row for row in col.db.execute("select * from revlog")}
    state |= {f"deck {deck.id}": deck.name for deck in col.decks.all_names_and_ids()}
    state |= {f"options {each['id']}": {**each, "mod": 0, "usn": 0} for each in col.decks.all_config()}
    for model in col.models.all():
        state |= {f"css {model['id']}": (model["name"], model["css"])}
        state |= {f"template {model['id']} {each['name']}": (each["qfmt"], each["afmt"]) for each in model["tmpls"]}
    return state | {f"file {path.name}": path.read_bytes() for path in Path(col.media.dir()).iterdir()}


def test_a_tool_that_claims_to_add_only_is_one_of_those_that_write_or_show(open_gateway):
    """All others have the default of the protocol: they may replace or remove something."""
    everything_allowed = {"mcpAllTools": True, "mcpAllowDestructive": True, "mcpConfirmDestructive": True}
    methods = {method["name"]: method for method in DOCUMENT["methods"]}
    assert {*ADDITIVE_TOOLS} <= methods.keys()
    for tool in Client(open_gateway(**everything_allowed)).ask("tools/list")["tools"]:
        hints, method = tool["annotations"], methods[tool["name"]]
        if hints.get("readOnlyHint"):
            assert "destructiveHint" not in hints, tool["name"]
        elif tool["name"] in ADDITIVE_TOOLS:
            assert hints["destructiveHint"] is False, tool["name"]
            assert not method["x-destructive"], tool["name"]
        else:
            assert hints.get("destructiveHint", True) is True, tool["name"]
    for name in ADDITIVE_TOOLS:
        assert methods[name]["x-writes"] or methods[name]["x-scope"] == "gui", name


def test_a_tool_that_claims_to_add_only_leaves_all_that_was_there(open_gateway):
    gateway = open_gateway(mcpAllTools=True)
    client = Client(gateway)
    for method in DOCUMENT["methods"]:
        if method["name"] in ADDITIVE_TOOLS and method["x-writes"]:
            before = everything(gateway.col)
            arguments = {param["name"]: param["value"] for param in method["examples"][0]["params"]}
            client.result(method["name"], **arguments)
            after = everything(gateway.col)
            assert {key: after.get(key) for key in before} == before, method["name"]
            if method["x-undoable"]:
                gateway.rpc("undo")  # the next example may use the same name
    client.result("storeMediaFile", filename="_ciao.txt", data="eA==")
    assert everything(gateway.col)["file _ciao.txt"] == b"ciao"
