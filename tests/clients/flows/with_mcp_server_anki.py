"""What an agent does with mcp-server-anki, from PyPI: the port is the argument, what it was told is written as JSON.

`review` before the port makes it review what Anki's window shows.
"""

import asyncio
import json
import logging
import sys

from mcp.shared.memory import create_connected_server_and_client_session
from mcp_server_anki.server import AnkiServer

logging.disable()  # what it logs costs more than what it does
*more, port = sys.argv[1:]


def word(front):
    return {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": front, "Meaning": "?"}}


async def called(session, tool, **arguments):
    outcome = await session.call_tool(f"anki_{tool}", arguments)
    texts = [part.text for part in outcome.content]
    return " ".join(texts).rpartition("AnkiConnect error: ")[2] if outcome.isError else texts


async def review(session):
    current = json.loads((await called(session, "gui_control", action="current_card"))[0])
    told = {
        "current": [current["deckName"], current["fields"]["Word"]["value"], current["buttons"]],
        "too early": await called(session, "gui_control", action="answer", ease=3),
        "shown": await called(session, "gui_control", action="show_answer"),
        "answered": await called(session, "gui_control", action="answer", ease=3),
        "undone": await called(session, "gui_control", action="undo"),
    }
    resource = (await session.read_resource("anki://session/current")).contents[0]
    return {**told, "again": json.loads(resource.text)["current_card"]["fields"]["Word"]["value"]}


async def flow(session):
    async def read(path):
        content = (await session.read_resource(f"anki://{path}")).contents[0]
        return json.loads(content.text)

    async def call(tool, **arguments):
        return await called(session, tool, **arguments)

    told = {"decks": [deck["name"] for deck in await read("decks")]}
    config = await read("decks/Italian")
    told["config"] = [config["name"], await call("update_deck_config", config={**config, "maxTaken": 30})]
    told["stats"] = [deck["name"] for deck in (await read("decks/Italian/stats")).values()]
    told["models"] = [model["name"] for model in await read("models")][-1:]
    told["templates"] = await read("models/Basic")
    told["tags"] = sorted(await read("tags"))
    told["today"] = (await read("stats/daily"))["today"]
    told["html"] = "<style" in (await read("collection/stats"))["stats_html"]
    told["added"] = len(await call("create_notes", notes=[word("pera"), word("pesca")]))
    told["refused"] = await call("create_notes", notes=[word("pera"), word("fico")])
    found = json.loads((await call("search", query="Word:p*", search_type="notes"))[0])
    told["found"] = [note["fields"]["Word"]["value"] for note in found["items"]]
    pera, pesca = (note["noteId"] for note in found["items"])
    (card,) = found["items"][0]["cards"]
    told["wrong"] = await call("search", query="is:nothing")
    told["note"] = (await read(f"notes/{pera}"))["modelName"]
    changes = [
        await call("update_note", note={"id": pera, "fields": {"Meaning": "pear"}, "tags": ["fruit"]}),
        await call("update_note", note={"id": pera}),
        await call("manage_tags", action="add", note_ids=[pera, str(pesca)], tags="green soft"),
        await call(
            "manage_tags", action="replace", note_ids=[pera], tags="", tag_to_replace="soft", replace_with_tag="sweet"
        ),
        await call("change_card_state", action="suspend", card_ids=[str(card)]),
        await call("change_card_state", action="unsuspend", card_ids=[card]),
        await call("change_card_state", action="set_ease", card_ids=[card], ease_factors=[2100]),
        await call("change_card_state", action="set_due", card_ids=[card], days="3!"),
        await call("change_card_state", action="relearn", card_ids=[card]),
        await call("change_card_state", action="forget", card_ids=[card]),
        await call("delete_notes", note_ids=[str(pesca)]),
    ]
    told["changes"] = changes
    told["reviews"] = [len(entries) for entries in (await read(f"cards/{card}/reviews")).values()]
    return told


async def main():
    server = AnkiServer(f"http://127.0.0.1:{port}").mcp
    async with create_connected_server_and_client_session(server._mcp_server) as session:
        json.dump(await (review if more else flow)(session), sys.stdout)


asyncio.run(main())
