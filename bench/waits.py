"""How long others wait while one caller does bulk work: `deckNames` again and again on another connection."""

import statistics
import threading
import time
from typing import NamedTuple

from .client import JSON_RPC, WAIT, Client, body_of, request_of
from .table import Aim, overhead
from .window import AFTERWARDS, ALIVE, Watched, causes
from .writes import new_notes

MANY = 20_000
WORST_MS, MEDIAN_MS = 250, 60
SLOWER = 1.15
"""How many times as long as alone a call may take while others read."""
DECK = "Italian::Core"
ROUNDS, SECONDS_PER_ROW = 3, 6.0
"""A row with longer calls has fewer rounds: alone, and beside another client."""


def measure(gateway, col, table, options):
    """What each call wrote is undone. Of several rounds the medians count, and the longest gap."""
    note_ids = col.db.list("select id from notes order by id limit ?", MANY)
    card_ids = col.db.list("select id from cards where queue != -1 order by id limit ?", MANY)
    tag = col.tags.all()[0]
    for what, (action, params) in calls(note_ids, card_ids, tag).items():
        request = request_of(body_of(JSON_RPC, action, params))
        alone, runs, end = [], [], time.perf_counter() + SECONDS_PER_ROW
        while not runs or (len(runs) < min(ROUNDS, options.rounds) and time.perf_counter() < end):
            alone.append(timed(gateway, request))
            undo(gateway)
            runs.append(beside(gateway, request))
        waits = [wait for run in runs for wait in run.waits]
        median = statistics.median(waits) * 1000
        paused = max(runs, key=lambda run: run.gap or 0)
        more = f"median {median:.0f}, {len(waits)} answers in {len(runs)} runs"
        if not ALIVE.is_met(gap=paused.gap):
            more += f"; {causes(paused.gaps)}"
        table.row(
            f"deckNames beside {what}",
            gateway.where,
            statistics.median(alone) * 1000,
            statistics.median(run.seconds for run in runs) * 1000,
            [overhead(SLOWER), Aim("wait", WORST_MS), Aim("median", MEDIAN_MS)] + [ALIVE] * bool(paused.gaps),
            more,
            wait=statistics.median(max(run.waits) for run in runs) * 1000,
            median=median,
            gap=paused.gap,
        )


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


class Beside(NamedTuple):
    """A call while another client reads: its seconds, and those of each answer to the other."""

    seconds: float
    waits: list[float]
    gaps: dict | None
    """For how long Anki's main thread was away, see `Watch.stop`; None without a window."""

    @property
    def gap(self):
        """The longest of these gaps in milliseconds."""
        return self.gaps and self.gaps["longest"]


def beside(gateway, request, *, is_undone=True, afterwards=AFTERWARDS):
    """Make a call while another client reads, and undo what it wrote. See `Watched` for `afterwards`."""
    waits, is_over = [], threading.Event()
    reading = threading.Thread(target=read_again_and_again, args=(gateway.url, waits, is_over))
    with Watched(gateway.anki, afterwards) as watched:
        reading.start()
        try:
            seconds = timed(gateway, request)
        finally:
            is_over.set()
            reading.join(WAIT)
    if is_undone:
        undo(gateway)
    return Beside(seconds, waits, watched.gaps)


def timed(gateway, request):
    """The seconds of a call, or of the operation that it starts."""
    start = time.perf_counter()
    reply = bytes(gateway.client.send(request)[:300])
    if reply.startswith(b'{"jsonrpc":"2.0","error"'):
        raise SystemExit(reply)
    if b'"startOperation"' in request:
        while gateway.client.call("listOperations")[-1]["state"] in ("queued", "running"):
            time.sleep(0.05)
    return time.perf_counter() - start


def undo(gateway):
    if gateway.client.call("undoStatus")["undo"]:
        gateway.client.call("undo")


def read_again_and_again(url, waits, is_over):
    """Add the seconds of each answer to `waits`, until it is over."""
    client, request = Client(url), request_of(body_of(JSON_RPC, "deckNames"))
    while not is_over.is_set():
        client.send(request)
        waits.append(client.seconds)
        time.sleep(0.005)
    client.close()
