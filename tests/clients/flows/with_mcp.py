"""What an agent does with the official client of the Model Context Protocol, from PyPI.

Arguments: how it connects (`http`, or the command of a bridge on standard input and output), the era (`auto` or
`legacy`), `long` for one call that takes long, `listen` for a subscription or `restart` for a server that is restarted
meanwhile, and the port. What it received is written
as JSON.
"""

import asyncio
import contextlib
import json
import os
import shlex
import sys
import urllib.request
from itertools import pairwise

from mcp import MCPError
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

how, era, *more, port = sys.argv[1:]
MANY = 2_500
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


heard = asyncio.Queue()


async def hear(message):
    """Receives what the server sends on its own."""
    if uri := getattr(getattr(message, "params", None), "uri", None):
        heard.put_nowait(str(uri))


async def listen_flow(client):
    """A deck is made until the client hears that the list of decks has changed."""

    async def make(number):
        await client.call_tool("createDeck", {"deck": f"deck {number}"})

    if era == "auto":
        async with client.listen(resource_subscriptions=["anki://decks", "anki://nothing"]) as subscription:
            await make(0)
            event = await asyncio.wait_for(anext(aiter(subscription)), 20)
            return {"honored": subscription.honored.resource_subscriptions, "heard": event.uri}
    await client.subscribe_resource("anki://decks")
    for number in range(20):  # before, nothing says when the stream of the session is open
        await make(number)
        with contextlib.suppress(TimeoutError):
            return {"honored": ["anki://decks"], "heard": await asyncio.wait_for(heard.get(), 1)}
    return None


def decks():
    """The names of the decks, past the client; none while the server is down."""
    body = json.dumps({"action": "deckNames", "version": 6}).encode()
    with contextlib.suppress(OSError):
        return json.load(urllib.request.urlopen(url, body, timeout=20))["result"]
    return []


async def restart_flow(client):
    """Two calls of one session; in between the server is restarted, and has another deck then."""
    await client.list_tools()  # else the client does so after its first call, perhaps while the server is down
    await client.call_tool("createDeck", {"deck": "before"})
    for _ in range(400):
        if "restarted" in decks():
            break
        await asyncio.sleep(0.05)
    outcome = await client.call_tool("createDeck", {"deck": "after"})
    return {"continues": not outcome.is_error}


async def main():
    async with Client(server(), mode=era, message_handler=hear) as client:
        do = {"long": long_flow, "listen": listen_flow, "restart": restart_flow}.get(more[0] if more else "", flow)
        json.dump(await do(client), sys.stdout)


asyncio.run(main())
