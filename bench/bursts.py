"""Single writes, one after the other: how long they take in Anki beside headless, and when its window shows them."""

import statistics
import tempfile
import time
from pathlib import Path

from .client import JSON_RPC, body_of, request_of
from .gateways import headless
from .table import Aim, overhead
from .writes import new_notes

BURST = 20
LONG_S = 1.0

WATCH = """
import time
shown = []

def loaded():
    if mw.web._domDone:
        shown.append(time.monotonic())
    else:
        aqt.qt.QTimer.singleShot(5, loaded)

aqt.gui_hooks.deck_browser_did_render.append(lambda browser: loaded())
"""
"""`shown`: the moments at which the list of decks was drawn and loaded."""


def measure(gateway, col, table, options):
    """In Anki with its list of decks in front; inside is the same on a headless gateway. The notes are deleted then."""
    anki = gateway.anki
    anki.exec(WATCH)
    short, long = [], []
    with tempfile.TemporaryDirectory() as folder, headless(options.made, Path(folder) / "served") as other:
        for _ in range(options.rounds):
            for client in (other.client, gateway.client):
                adding(client, BURST)  # the first calls of a connection or after a pause are slower
            settle(anki)
            beside = adding(other.client, BURST)
            settle(anki)
            begin = time.monotonic()
            short.append((beside, adding(gateway.client, BURST), shown_after(anki, begin) - begin))
            settle(anki)
            count, beside, taken = 0, 0.0, 0.0
            while taken < LONG_S:
                beside += adding(other.client, BURST)
                taken += adding(gateway.client, BURST)
                count += BURST
            last = time.monotonic()  # before the last write, as the window may show it before its answer is read
            adding(gateway.client, 1)
            long.append((beside / count, taken / count, shown_after(anki, last) - last))
    gateway.client.call("deleteNotes", {"notes": gateway.client.call("findNotes", {"query": "tag:bench"})})

    def row(what, rounds, index, aim, inside=None):
        within = None if inside is None else statistics.median(one[inside] for one in rounds) * 1000
        outside = statistics.median(one[index] for one in rounds) * 1000
        table.row(what, gateway.where, within, outside, aim)

    row(f"{BURST} addNote, one after the other", short, 1, overhead(1.3), inside=0)
    row("until the window shows the first of them", short, 2, Aim("gateway", 500))
    row(f"each addNote in {LONG_S:g} seconds of them", long, 1, overhead(1.3), inside=0)
    row("until the window shows the last of those", long, 2, Aim("gateway", 1000))


def adding(client, count):
    """Seconds for so many calls, each with one new note."""
    notes = new_notes(f"{time.time_ns():x}", count)
    requests = [request_of(body_of(JSON_RPC, "addNote", {"note": note})) for note in notes]
    begin = time.perf_counter()
    for request in requests:
        client.send(request)
    return time.perf_counter() - begin


def settle(anki):
    """Wait until Anki's window shows all writes. Anki draws it only while it has the focus."""
    anki.focus()
    time.sleep(1)
    anki.wait_for("is_idle()")


def shown_after(anki, moment):
    """The first moment after this one at which the window has shown what was written before."""
    anki.focus()
    return anki.wait_for("next((each for each in shown if each > moment), None)", moment=moment)
