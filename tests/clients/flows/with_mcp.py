"""What an agent does with the official client of the Model Context Protocol, from PyPI.

Arguments: how it connects (`http`, or the command of a bridge on standard input and output), the era (`auto` or
`legacy`), `long` for one call that takes long, and the port. What it was told is written as JSON.
"""

import asyncio
import json
import os
import shlex
import sys
from itertools import pairwise

from mcp import MCPError
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

how, era, *more, port = sys.argv[1:]
MANY = 2_000
url = f"http://127.0.0.1:{port}"


def server():
    if how == "http":
        return f"{url}/mcp"
    command, *arguments = shlex.split(how)
    return StdioServerParameters(command=command, args=[*arguments, "--url", url], env=dict(os.environ))


async def flow(client):
    async def call(tool, **arguments):
        outcome = await client.call_tool(tool, arguments)
        reply = json.loads(outcome.content[0].text)
        return reply["error"]["kind"] if outcome.is_error else reply["result"]

    told = {"revision": client.protocol_version}
    tools = {tool.name for tool in (await client.list_tools()).tools}
    told["tools"] = sorted({"addNotes", "deleteNotes", "nextCards"} & tools)
    found = await call("findNotes", query="deck:Italian tag:fruit")
    (note,) = await call("notesInfo", notes=found)
    told["read"] = {name: field["value"] for name, field in note["fields"].items()}
    new = {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": {"Word": "pera", "Meaning": "pear"}}
    added, again = await call("addNotes", notes=[new, new])
    told["added"] = [added["id"] is not None, again["error"]["data"]["kind"]]
    change = {"id": added["id"], "fields": {"Meaning": "a pear"}, "addTags": ["fruit"]}
    told["updated"] = (await call("updateNotes", notes=[change]))[0]["changed"]
    await call("addTags", notes=found, tags="reviewed")
    await call("selectDeck", deck="Italian")
    queue = await call("nextCards", limit=2)
    told["next"] = [card["question"] for card in queue["cards"]]
    answers = [{"cardId": queue["cards"][0]["cardId"], "ease": 3}]
    told["answered"] = await call("answerCards", answers=answers)
    told["then"] = [card["question"] for card in (await call("nextCards"))["cards"]]
    told["undone"] = (await call("undo"))["step"]
    told["again"] = [card["question"] for card in (await call("nextCards"))["cards"]]
    told["wrong"] = [await call("findNotes", query='"'), await call("notesInfo", notes="x")]
    try:
        await call("deleteNotes", notes=found)
    except MCPError as error:
        told["refused"] = str(error).partition(".")[0]
    decks = (await client.read_resource("anki://decks")).contents[0]
    told["decks"] = [deck["name"] for deck in json.loads(decks.text)["result"]]
    prompt = await client.get_prompt("review", {"deck": "Italian"})
    told["prompt"] = prompt.messages[0].content.text.partition(".")[0]
    return told


async def long_flow(client):
    """Many notes in one call, whose progress the client follows."""
    note = {"deckName": "Default", "modelName": "Basic"}
    notes = [{**note, "fields": {"Front": f"word {number}", "Back": "b"}} for number in range(MANY)]
    seen = []

    async def tell(done, total, message):
        seen.append((done, total))

    outcome = await client.call_tool("addNotes", {"notes": notes}, progress_callback=tell)
    rising = all(one[0] < other[0] for one, other in pairwise(seen))
    return {
        "seen": bool(seen),
        "rising": rising,
        "totals": sorted({total for _, total in seen}),
        "cut": len(json.loads(outcome.content[0].text)["result"]) < MANY,
    }


async def main():
    async with Client(server(), mode=era) as client:
        json.dump(await (long_flow if "long" in more else flow)(client), sys.stdout)


asyncio.run(main())
