"""What an agent does with mcp-ankiconnect, from PyPI: the port is the argument, what it was told is written as JSON."""

import asyncio
import json
import logging
import os
import re
import sys
import tempfile
from pathlib import Path

os.environ["ANKI_CONNECT_URL"] = f"http://localhost:{sys.argv[1]}"

from mcp.shared.memory import create_connected_server_and_client_session
from mcp_ankiconnect.main import mcp

logging.disable()  # what it logs costs more than what it does

FRUIT = {"deckName": "Italian", "modelName": "Italian vocab"}


async def flow(session, picture):
    async def call(tool, **arguments):
        outcome = await session.call_tool(tool, arguments)
        return re.sub(r"\b\d{13}\b", "<id>", outcome.content[0].text)

    async def ids(query):
        found = json.loads((await session.call_tool("search_notes", {"query": query})).content[0].text)
        return [note["noteId"] for note in found["notes"]]

    word = {**FRUIT, "fields": {"Word": "pera", "Meaning": "`pear`"}, "tags": ["new"]}
    pictures = [{"path": str(picture), "filename": "pera.png", "fields": ["Meaning"]}]
    told = {
        "due": await call("num_cards_due_today"),
        "decks": (await call("list_decks_and_notes")).splitlines()[0],
        "added": await call("add_note", **word, picture=pictures),
        "duplicate": await call("add_note", **word),
        "no deck": await call("add_note", **{**word, "deckName": "Latin"}),
        "stored": await call("store_media_file", filename="mela.txt", data="bWVsYQ=="),
        "nothing": json.loads(await call("search_notes", query="Word:none"))["total_found"],
        "wrong": await call("search_notes", query='"'),
    }
    (note,) = await ids("Word:pera")
    inspected = await session.call_tool("inspect_cards", {"note_ids": [note], "properties": ["all"]})
    (card,) = json.loads(inspected.content[0].text)["cards"]
    told["card"] = [card["deck"], card["queue_label"], card["suspended"], card["reviews"], card["fields"]["Word"]]
    one = {"card_ids": [card["cardId"]]}
    told["edited"] = [
        await call("update_note_fields", note_id=note, fields={"Meaning": "a pear"}),
        await call("update_note_tags", note_ids=[note], add=["fruit", "green"], remove=["new"]),
        await call("change_deck", **one, deck="Italian::Fruit"),
        await call("set_suspended", **one, suspended=True),
        await call("set_suspended", **one, suspended=False),
        await call("reschedule_cards", **one, mode="set_due", due="0"),
    ]
    told["due now"] = await call("num_cards_due_today", deck="Italian::Fruit")
    told["to review"] = "pera" in await call("fetch_due_cards_for_review", deck="Italian::Fruit")
    reviews = [{"card_id": card["cardId"], "rating": "good"}, {"card_id": 17, "rating": "easy"}]
    told["reviewed"] = (await call("submit_reviews", reviews=reviews)).splitlines()
    told["examples"] = "a pear" in await call("get_examples", deck="Italian::Fruit", sample="recent")
    return told


async def main(picture):
    async with create_connected_server_and_client_session(mcp._mcp_server) as session:
        json.dump(await flow(session, picture), sys.stdout)


with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "pera.png")
    file.write_bytes(b"picture")
    asyncio.run(main(file))
