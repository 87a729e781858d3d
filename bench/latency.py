"""One call at a time, many at once, and a thousand in a batch."""

import json
import statistics
import time

from .client import JSON_RPC, LEGACY, body_of, message, request_of
from .load import load
from .table import Aim

BATCH = 1000


def measure(gateway, col, table, options):
    works = {"version": lambda: 6, "deckNames": lambda: [deck.name for deck in col.decks.all_names_and_ids()]}
    inside = {action: percentile(times(work, options.calls), 50) for action, work in works.items()}
    for keep, connection in ((True, "kept"), (False, "new")):
        for action in works:
            for protocol in (JSON_RPC, LEGACY):
                request = request_of(body_of(protocol, action))
                rounds = [
                    times(lambda r=request, k=keep: gateway.client.send(r, keep=k), options.calls)
                    for _ in range(options.rounds)
                ]
                best = min(rounds, key=lambda found: percentile(found, 50))
                aim = Aim("gateway", 1) if (action, keep) == ("version", True) else None
                more = f"p95 {percentile(best, 95):.2f}, p99 {percentile(best, 99):.2f}"
                name = f"{action}, {connection} connection, {protocol}, p50"
                table.row(name, gateway.where, inside[action], percentile(best, 50), aim, more)


def measure_load(gateway, col, table, options):
    """Inside is how often a second the same work can be done in this process, one after the other."""
    work = col.decks.all_names_and_ids
    inside = {"version": None, "deckNames": 1000 / percentile(times(work, options.calls), 50)}
    for action, alone in inside.items():
        request = request_of(body_of(JSON_RPC, action))
        for clients in (1, 8, 32, 128):
            found = [load(gateway.url, request, clients, options.seconds) for _ in range(options.rounds)]
            best, own = max(found)
            aim = Aim("gateway", 1000, at_least=True) if clients == 8 else None
            middle = statistics.median(rate for rate, _ in found)
            more = f"median {middle:,.0f}, the load itself {own:.0f} us a request"
            table.row(f"{action}, requests/s, {clients} clients", gateway.where, alone, best, aim, more)


def measure_batch(gateway, col, table, options):
    """A thousand calls in one body; inside they are done one after the other, and written as JSON."""
    note_ids = col.db.list("select id from notes order by random() limit ?", BATCH)
    calls = [("notesInfo", {"notes": [id]}) for id in note_ids]
    one_by_one = [request_of(body_of(JSON_RPC, *call)) for call in calls]
    bodies = {
        "a batch": json.dumps([message(JSON_RPC, *call) for call in calls]).encode(),
        "old multi": body_of(LEGACY, "multi", {"actions": [message(LEGACY, *call) for call in calls]}),
    }
    inside = best(lambda: json.dumps([described(col, id) for id in note_ids]), options.rounds)
    for name, body in bodies.items():
        request = request_of(body)
        took = best(lambda r=request: gateway.client.send(r), options.rounds)
        table.row(f"1,000 x notesInfo, {name}", gateway.where, inside, took)
    took = best(lambda: [gateway.client.send(request) for request in one_by_one], options.rounds)
    table.row("1,000 x notesInfo, one by one", gateway.where, inside, took)


def described(col, id):
    note = col.get_note(id)
    model = note.note_type()
    return {"fields": dict(note.items()), "tags": note.tags, "modelName": model["name"], "cards": list(note.card_ids())}


def times(call, count, warm=50):
    """Sorted milliseconds of many calls."""
    for _ in range(min(warm, count)):
        call()
    found = []
    for _ in range(count):
        start = time.perf_counter()
        call()
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)


def best(call, rounds):
    return times(call, rounds, warm=0)[0]


def percentile(found, share):
    return found[min(len(found) - 1, len(found) * share // 100)]
