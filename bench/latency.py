"""Latency and throughput of a gateway beside the same work in this process, as one table.

Without `--url` it makes a collection in a temporary folder and serves a copy of it from a process of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from anki.collection import AddNoteRequest, Collection
from serving import JSON_RPC, LEGACY, WAIT, Client, body_of, row, served

CLIENTS = 8


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


def percentiles(found):
    return found[len(found) // 2], found[len(found) * 95 // 100]


def hammer(url, key, body, seconds, results):
    """Eight kept connections in a process of their own; puts the requests per second."""
    ready, counts = threading.Barrier(CLIENTS + 1), [0] * CLIENTS
    end = [0.0]

    def run(index):
        client = Client(url, key)
        client.send(body)
        ready.wait(WAIT)
        while time.perf_counter() < end[0]:
            client.send(body)
            counts[index] += 1

    threads = [threading.Thread(target=run, args=(index,), daemon=True) for index in range(CLIENTS)]
    for thread in threads:
        thread.start()
    start = time.perf_counter()
    end[0] = start + seconds
    ready.wait(WAIT)
    for thread in threads:
        thread.join(WAIT)
    results.put(sum(counts) / (time.perf_counter() - start))


def throughput(url, key, action, rounds, seconds):
    context = multiprocessing.get_context("spawn")
    found = []
    for _ in range(rounds):
        results = context.Queue()
        process = context.Process(target=hammer, args=(url, key, body_of(JSON_RPC, action), seconds, results))
        process.start()
        found.append(results.get(timeout=WAIT))
        process.join(WAIT)
    return found


def new_notes(marker, deck, model, count=1000):
    fields = [{"Front": f"{marker} {index}", "Back": f"answer {index}"} for index in range(count)]
    return [{"deckName": deck, "modelName": model, "fields": entry, "tags": ["bench"]} for entry in fields]


def add_in_process(col, notes):
    """Build and add notes as a program inside Anki would; milliseconds."""
    start = time.perf_counter()
    col.add_notes(built(col, notes))
    return (time.perf_counter() - start) * 1000


def built(col, notes):
    """What Anki's `add_notes` takes."""
    model, deck = col.models.by_name(notes[0]["modelName"]), col.decks.id_for_name(notes[0]["deckName"])
    requests = []
    for entry in notes:
        note = col.new_note(model)
        for name, value in entry["fields"].items():
            note[name] = value
        note.tags = entry["tags"]
        requests.append(AddNoteRequest(note, deck))
    return requests


def add_by_gateway(client, notes, protocol):
    """Add notes, with the client's writing and reading of JSON; milliseconds."""
    start = time.perf_counter()
    answer = json.loads(client.send(body_of(protocol, "addNotes", {"notes": notes})))
    took = (time.perf_counter() - start) * 1000
    if answer.get("error"):
        sys.exit(f"addNotes: {answer['error']}")
    return took


def add_notes(client, col, rounds):
    """Rounds take turns, so that both meet the same machine and equally large collections. Cleans up after itself."""
    deck, model = "AnkiRPC bench", "Basic"
    client.call("createDeck", deck=deck)
    col.decks.add_normal_deck_with_name(deck)
    run = f"{time.time_ns():x}"
    inside, outside = [], {JSON_RPC: [], LEGACY: []}
    try:
        for count in range(rounds):
            for protocol, found in outside.items():
                found.append(add_by_gateway(client, new_notes(f"{run} {protocol} {count}", deck, model), protocol))
                inside.append(add_in_process(col, new_notes(f"{run} {protocol} {count}", deck, model)))
    finally:
        client.call("deleteDecks", decks=[deck], cardsToo=True)
    return inside, outside


def filled(path, notes=5000):
    """A collection with notes and some decks."""
    path.parent.mkdir(parents=True)
    col = Collection(str(path))
    for index in range(30):
        col.decks.add_normal_deck_with_name(f"Deck {index // 6}::Part {index}")
    add_in_process(col, new_notes("there already", "Deck 1::Part 7", "Basic", notes))
    col.close()


def measure(url, col, options):
    client = Client(url, options.key)
    inside = percentiles(times(col.decks.all_names_and_ids, options.count))
    row("one call, ms", "p50", "p95", "p50 / inside")
    row("all_names_and_ids() in this process", *(f"{value:.3f}" for value in inside), "1.0")
    for kept, keep in (("kept", True), ("new", False)):
        for action in ("version", "deckNames"):
            for protocol in (JSON_RPC, LEGACY):
                body = body_of(protocol, action)
                rounds = [
                    percentiles(times(lambda b=body, k=keep: client.send(b, keep=k), options.count))
                    for _ in range(options.rounds)
                ]
                p50, p95 = min(rounds)
                row(f"{action}, {protocol}, {kept} connection", f"{p50:.3f}", f"{p95:.3f}", f"{p50 / inside[0]:.1f}")
    print()
    row(f"{CLIENTS} clients, kept connections, requests/s", "best", "median")
    for action in ("version", "deckNames"):
        found = throughput(url, options.key, action, options.rounds, options.seconds)
        row(action, f"{max(found):.0f}", f"{statistics.median(found):.0f}")
    print()
    row("1,000 notes, ms", "best", "median", "ratio (best)", "ratio (med.)")
    within, outside = add_notes(client, col, options.rounds)
    best, median = min(within), statistics.median(within)
    row("add_notes() in this process", f"{best:.1f}", f"{median:.1f}", "1.00", "1.00")
    for protocol, found in outside.items():
        here, middle = min(found), statistics.median(found)
        row(f"addNotes, {protocol}", f"{here:.1f}", f"{middle:.1f}", f"{here / best:.2f}", f"{middle / median:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a running gateway: its collection gets a deck of notes for a while")
    parser.add_argument("--key", help="its API key")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=1000, help="calls in a round")
    parser.add_argument("--seconds", type=float, default=2.0, help="of one round of throughput")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        inside = Path(folder, "inside/collection.anki2")
        filled(inside)
        if options.url is None:
            shutil.copytree(inside.parent, Path(folder, "served"))
        url = options.url or stack.enter_context(served(Path(folder, "served/collection.anki2")))
        col = Collection(str(inside))
        col.optimize()
        try:
            measure(url, col, options)
        finally:
            col.close()


if __name__ == "__main__":
    main()
