"""How long others wait while one caller does bulk work: `deckNames` again and again on another connection."""

import statistics
import threading
import time

from .client import JSON_RPC, WAIT, Client, body_of, request_of
from .table import Aim
from .writes import new_notes

MANY = 60_000
WORST_MS, MEDIAN_MS = 250, 60
DECK = "Italian::Core"


def measure(gateway, col, table, options):
    """The worst wait is the median of the rounds' worst. Each round undoes what it wrote."""
    note_ids = col.db.list("select id from notes order by id limit ?", MANY)
    card_ids = col.db.list("select id from cards where queue != -1 order by id limit ?", MANY)
    tag = col.tags.all()[0]
    for what, (action, params) in calls(note_ids, card_ids, tag).items():
        request = request_of(body_of(JSON_RPC, action, params))
        runs = [_round(gateway, request) for _ in range(options.rounds)]
        alone, beside = (statistics.median(run[index] for run in runs) for index in (0, 1))
        waits = [wait for run in runs for wait in run[2]]
        worst = statistics.median(max(run[2]) for run in runs) * 1000
        median = statistics.median(waits) * 1000
        more = f"median {median:.0f}, {len(waits) // len(runs)} answers; the call {alone:.2f} s, then {beside:.2f}"
        table.row(f"deckNames beside {what}", gateway.where, None, worst, Aim("gateway", WORST_MS), more)


def calls(note_ids, card_ids, tag):
    notes = new_notes("waits", MANY, DECK)
    updates = [{"id": id, "addTags": ["waits"]} for id in note_ids]
    return {
        "addNotes": ("addNotes", {"notes": notes}),
        "addNotes as an operation": ("startOperation", {"method": "addNotes", "params": {"notes": notes}}),
        "canAddNotes": ("canAddNotes", {"notes": notes}),
        "updateNotes": ("updateNotes", {"notes": updates}),
        "upsertNotes": ("upsertNotes", {"notes": notes}),
        "addTags": ("addTags", {"notes": note_ids, "tags": "waits"}),
        "replaceTagsInAllNotes": ("replaceTagsInAllNotes", {"tag_to_replace": tag, "replace_with_tag": "waits"}),
        "findAndReplaceInNotes": ("findAndReplaceInNotes", {"findText": "a", "replaceText": "b", "notes": note_ids}),
        "suspend": ("suspend", {"cards": card_ids}),
        "setFlags": ("setFlags", {"cards": card_ids, "flag": 3}),
        "setDueDate": ("setDueDate", {"cards": card_ids, "days": "3"}),
        "answerCards": ("answerCards", {"answers": [{"cardId": id, "ease": 3} for id in card_ids[: MANY // 4]]}),
        "deleteNotes": ("deleteNotes", {"notes": note_ids}),
        "notesInfo": ("notesInfo", {"notes": note_ids}),
        "cardsInfo with rendering": ("cardsInfo", {"cards": card_ids[: MANY // 3]}),
        "a batch of 300": ("multi", {"actions": [{"action": "findNotes", "params": {"query": "tag:x"}}] * 300}),
    }


def _round(gateway, request):
    """The seconds of the call alone, and beside the reader; and the reader's waits."""
    alone = _timed(gateway, request)
    waits, is_over = [], threading.Event()
    reading = threading.Thread(target=read_again_and_again, args=(gateway.url, waits, is_over))
    reading.start()
    beside = _timed(gateway, request, then=is_over.set)
    reading.join(WAIT)
    return alone, beside, waits


def _timed(gateway, request, then=lambda: None):
    start = time.perf_counter()
    reply = bytes(gateway.client.send(request)[:300])
    if b'"error":{' in reply[:60]:
        raise SystemExit(reply)
    if b'"state":"' in reply:  # an operation
        while gateway.client.call("listOperations")[-1]["state"] in ("queued", "running"):
            time.sleep(0.05)
    seconds = time.perf_counter() - start
    then()
    if gateway.client.call("undoStatus")["undo"]:
        gateway.client.call("undo")
    return seconds


def read_again_and_again(url, waits, is_over):
    """Add the seconds of each answer to `waits`, until it is over."""
    client, request = Client(url), request_of(body_of(JSON_RPC, "deckNames"))
    while not is_over.is_set():
        client.send(request)
        waits.append(client.seconds)
        time.sleep(0.005)
    client.close()
