"""Jobs that agents do for a user, each by the tools of one server, and what they cost.

Usage: jobs.py HOW PORT JOB. HOW is `http` or `bridge` (the official client, from PyPI, at the gateway), or the command
of a server on standard input and output: `anki-rpc mcp`, or another server, known by the name of its command.
The collection at PORT is one that `prepare` has not seen yet. Written as JSON: the messages (to count their tokens),
list of tools first, and the end state; null if the server cannot do the job.

Other servers, from PyPI: mcp-ankiconnect 0.7.0 (with mcp 1.x) and anki-mcp-server 0.2.0 (with mcp 2.x).
"""

import asyncio
import json
import os
import re
import shlex
import sys
import urllib.request
from pathlib import Path

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
CAPITALS = {
    "Italy": "Rome",
    "France": "Paris",
    "Spain": "Madrid",
    "Germany": "Berlin",
    "Austria": "Vienna",
    "Poland": "Warsaw",
    "Greece": "Athens",
    "Norway": "Oslo",
    "Sweden": "Stockholm",
    "Finland": "Helsinki",
    "Denmark": "Copenhagen",
    "Ireland": "Dublin",
    "Portugal": "Lisbon",
    "Hungary": "Budapest",
    "Romania": "Bucharest",
    "Bulgaria": "Sofia",
    "Croatia": "Zagreb",
    "Serbia": "Belgrade",
    "Latvia": "Riga",
    "Estonia": "Tallinn",
}
WITH_PICTURE = ("Italy", "France")


def rpc(port, method, **params):
    """A call past the agent, to prepare and to compare."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}", body, {"Content-Type": "application/json"})
    answer = json.load(urllib.request.urlopen(request, timeout=60))
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["result"]


def note(front, back="b", deck="Words", tags=()):
    return {"deckName": deck, "modelName": "Basic", "fields": {"Front": front, "Back": back}, "tags": list(tags)}


def prepare(port):
    """Decks and notes for the jobs: doubles, untidy tags, cards to review, a deck to move."""
    for deck in ("Capitals", "Words", "Review", "Languages", "Latin"):
        rpc(port, "createDeck", deck=deck)
    words = [note(f"word {n}", f"meaning {n}", tags=["Verb" if n % 2 else "verbs"]) for n in range(30)]
    doubles = [
        {**note(f"word {n}", f"other meaning {n}", tags=["double"]), "options": {"allowDuplicate": True}}
        for n in (3, 7)
    ]
    more = [note(f"review {n}", f"answer {n}", "Review") for n in range(12)]
    latin = [note(f"latin {n}", f"translation {n}", "Latin") for n in range(15)]
    added = rpc(port, "addNotes", notes=[*words, *doubles, *more, *latin])
    assert all(entry["error"] is None for entry in added), added
    rpc(port, "setDueDate", cards=rpc(port, "findCards", query="deck:Review"), days="0")


def state(port):
    """What the jobs change, without ids."""
    notes = rpc(port, "notesInfo", query="")
    decks = rpc(port, "getDecks", cards=[card for one in notes for card in one["cards"]])
    deck_of = {card: deck for deck, cards in decks.items() for card in cards}
    return {
        "notes": sorted(
            [deck_of[one["cards"][0]], *(field["value"] for field in one["fields"].values()), " ".join(one["tags"])]
            for one in notes
        ),
        "reviewed": len(rpc(port, "findCards", query="rated:1")),
        "postponed": len(rpc(port, "findCards", query="deck:Review prop:due=3")),
        "styling": {
            name: rpc(port, "modelStyling", modelName=name)["css"]
            for name in rpc(port, "modelNames")
            if name == "Vocabulary"
        },
        "decks": sorted(set(rpc(port, "deckNames")) - {"Default"}),
    }


def _compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Failed(Exception):
    """A tool has failed."""


class Official:
    """The gateway, by the official client over HTTP or through the bridge."""

    def __init__(self, how, port):
        from mcp.client.client import Client
        from mcp.client.stdio import StdioServerParameters

        bridge = ["-m", "addon", "mcp", "--url", f"http://127.0.0.1:{port}"]
        at = f"http://127.0.0.1:{port}/mcp"
        self.client = Client(
            at
            if how == "http"
            else StdioServerParameters(command=os.environ["BRIDGE"], args=bridge, env=dict(os.environ))
        )
        self.messages = []

    async def __aenter__(self):
        await self.client.__aenter__()
        return self

    async def __aexit__(self, *error):
        await self.client.__aexit__(*error)

    async def __call__(self, name, /, **arguments):
        outcome = await self.client.call_tool(name, arguments)
        self.messages += [name, ""]
        if outcome.is_error:
            raise Failed(outcome.content[0].text)
        return json.loads(outcome.content[0].text)


class Stdio:
    """A server that speaks the protocol on standard input and output."""

    def __init__(self, command, port):
        self.command, self.port = command, port
        self.messages, self.calls = [], 0

    async def __aenter__(self):
        env = {**os.environ, "ANKI_CONNECT_URL": f"http://127.0.0.1:{self.port}", "ANKI_AUTO_LAUNCH": "0"}
        self.process = await asyncio.create_subprocess_exec(
            *self.command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=env,
            limit=2**26,
        )
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "jobs", "version": "1"}}
        await self.ask("initialize", hello, counts=False)
        self.say({"jsonrpc": "2.0", "method": "notifications/initialized"})
        await self.ask("tools/list", {})
        return self

    async def __aexit__(self, *error):
        self.process.stdin.close()
        try:
            await asyncio.wait_for(self.process.wait(), 10)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()

    def say(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\n")

    async def ask(self, method, params, counts=True):
        self.calls += 1
        self.say({"jsonrpc": "2.0", "id": self.calls, "method": method, "params": params})
        while True:
            answer = json.loads(await asyncio.wait_for(self.process.stdout.readline(), 60))
            if answer.get("id") == self.calls:
                break
        if "error" in answer:
            raise Failed(answer["error"])
        if counts:
            self.messages += [_compact(params), _compact(answer["result"])]
        return answer["result"]

    async def __call__(self, name, /, **arguments):
        result = await self.ask("tools/call", {"name": name, "arguments": arguments})
        text = result["content"][0]["text"] if result["content"] else ""
        if result.get("isError"):
            raise Failed(text)
        try:
            return json.loads(text)
        except ValueError:
            return text


# --- the jobs by our tools ---


async def ours_add(call):
    await call("deckStatistics")
    await call("listModels")
    for country in WITH_PICTURE:
        await call("storeMediaFile", filename=f"{country.lower()}.png", data=PIXEL)
    notes = [
        note(
            country,
            city + (f'<img src="{country.lower()}.png">' if country in WITH_PICTURE else ""),
            "Capitals",
            ["geo"],
        )
        for country, city in CAPITALS.items()
    ]
    added = (await call("addNotes", notes=notes))["result"]
    assert not any("error" in one for one in added)


async def further(call, *tools, **arguments):
    """Have tools that are not listed described, and call the first one."""
    await call("searchTools", query=" ".join(tools))
    return await call("callTool", name=tools[0], arguments=arguments)


async def ours_duplicates(call):
    groups = (await further(call, "findDuplicates", query="deck:Words"))["result"]
    ids = [one for group in groups for one in group["notes"]]
    notes = {
        one["noteId"]: one
        for one in (await call("notesInfo", notes=ids, fields=["noteId", "fields", "tags"]))["result"]
    }
    changes, gone = [], []
    for group in groups:
        first, *rest = group["notes"]
        back = "; ".join(notes[one]["fields"]["Back"]["value"] for one in group["notes"])
        tags = [tag for one in rest for tag in notes[one]["tags"]]
        changes.append({"id": first, "fields": {"Back": back}, "addTags": tags})
        gone += rest
    await call("updateNotes", notes=changes)
    await call("deleteNotes", notes=gone)


async def ours_tags(call):
    await call("getTags")
    await call("renameTag", tag="Verb", newName="verbs")


async def ours_review(call):
    await call("selectDeck", deck="Review")
    cards = (await call("nextCards", limit=10))["result"]["cards"]
    await call("answerCards", answers=[{"cardId": card["cardId"], "ease": 3} for card in cards])


async def ours_move(call):
    await call("renameDeck", deck="Latin", newName="Languages::Latin")


async def ours_design(call):
    """Make a note type with a styling, and postpone the reviews."""
    sides = {"Front": "{{Word}}", "Back": "{{FrontSide}}<hr id=answer>{{Meaning}}", "Name": "Recall"}
    model = {"modelName": "Vocabulary", "inOrderFields": ["Word", "Meaning"], "cardTemplates": [sides]}
    css = ".card { font-size: 40px; }"
    await further(call, "createModel", "setDueDate", **model, css=css)
    cards = (await call("findCards", query="deck:Review"))["result"]
    await call("callTool", name="setDueDate", arguments={"cards": cards, "days": "3"})


async def ours_undo(call):
    """Take back the writes of two other jobs, which are done first."""
    await ours_tags(call)
    await ours_move(call)
    for _ in range(2):
        await call("undo")


# --- by mcp-ankiconnect ---


async def second_add(call):
    await call("list_decks_and_notes")
    for country, city in CAPITALS.items():
        picture = (
            [{"data": PIXEL, "filename": f"{country.lower()}.png", "fields": ["Back"]}]
            if country in WITH_PICTURE
            else None
        )
        more = {"picture": picture} if picture else {}
        await call("add_note", **note(country, city, "Capitals", ["geo"]), **more)


async def second_tags(call):
    found = await call("search_notes", query="tag:Verb", limit=50)
    ids = [one["noteId"] for one in found["notes"]]
    await call("update_note_tags", note_ids=ids, add=["verbs"], remove=["Verb"])


async def second_review(call):
    found = await call("fetch_due_cards_for_review", deck="Review", limit=10)
    ids = [int(one) for one in dict.fromkeys(re.findall(r"\b\d{13}\b", json.dumps(found)))]
    await call("submit_reviews", reviews=[{"card_id": one, "rating": "good"} for one in ids[:10]])


# --- by anki-mcp-server ---


async def third_add(call):
    await call("anki_status")
    notes = [{"Front": country, "Back": city} for country, city in CAPITALS.items()]
    await call("anki_add_notes", deck="Capitals", notes=notes, model="Basic", tags=["geo"])


async def confirmed(call, tool, /, **arguments):
    token = (await call(tool, **arguments))["confirm_token"]
    return await call(tool, **arguments, confirm_token=token)


async def third_duplicates(call):
    notes = (await call("anki_find_notes", query="deck:Words", limit=500))["notes"]
    groups = {}
    for one in notes:
        groups.setdefault(one["fields"]["Front"], []).append(one)
    groups = [group for group in groups.values() if len(group) > 1]
    changes = [
        {
            "note_id": group[0]["note_id"],
            "fields": {"Back": "; ".join(one["fields"]["Back"] for one in group)},
            "add_tags": [tag for one in group[1:] for tag in one["tags"]],
        }
        for group in groups
    ]
    await confirmed(call, "anki_update_notes", updates=changes)
    await confirmed(call, "anki_delete_notes", note_ids=[one["note_id"] for group in groups for one in group[1:]])


async def third_tags(call):
    await call("anki_list_tags")
    found = (await call("anki_find_notes", query="tag:Verb", limit=500))["notes"]
    changes = [{"note_id": one["note_id"], "add_tags": ["verbs"], "remove_tags": ["Verb"]} for one in found]
    await confirmed(call, "anki_update_notes", updates=changes)


async def third_move(call):
    await confirmed(call, "anki_rename_deck", name="Latin", new_name="Languages::Latin")


JOBS = {
    "ours": {
        "add 20 cards with pictures": ours_add,
        "merge duplicates": ours_duplicates,
        "tidy up tags": ours_tags,
        "review ten cards": ours_review,
        "move a deck": ours_move,
        "take everything back": ours_undo,
        "design a note type and postpone": ours_design,
    },
    "mcp-ankiconnect": {
        "add 20 cards with pictures": second_add,
        "tidy up tags": second_tags,
        "review ten cards": second_review,
    },
    "anki-mcp-server": {
        "merge duplicates": third_duplicates,
        "tidy up tags": third_tags,
        "move a deck": third_move,
    },
}


async def run(name, connect, port, job):
    async with connect as call:
        await JOBS[name][job](call)
        return {"messages": call.messages, "state": state(port)}


def main(how, port, job):
    port = int(port)
    if how in ("http", "bridge"):
        name, connect = "ours", Official(how, port)
    else:
        command = shlex.split(how)
        name = next((known for known in JOBS if known in Path(command[0]).name), "ours")
        connect = Stdio(command, port)
    prepare(port)
    json.dump(asyncio.run(run(name, connect, port, job)) if job in JOBS[name] else None, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
