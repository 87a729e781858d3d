"""The window stays alive: the longest time that Anki's main thread is away while the gateway works."""

import base64
import os
import time
from functools import partial
from pathlib import Path

from .client import JSON_RPC, LEGACY, body_of, request_of
from .gateways import MIB
from .load import load
from .table import Aim
from .writes import new_notes

PROBE = Path(__file__).with_name("window_probe.py")
AFTERWARDS = 0.6
"""Seconds after a write in which Anki refreshes its windows."""
ALIVE = Aim("gap", 50)

IN_A_THREAD = """
import threading, os
def in_a_thread(work):
    global done
    done = False
    def run():
        global done
        work()
        done = True
    threading.Thread(target=run, daemon=True).start()
"""

ADD = """
from anki.collection import AddNoteRequest
def add():
    model, deck = mw.col.models.by_name("Basic"), mw.col.decks.id_for_name("Italian::Core")
    requests = []
    for index in range(count):
        note = mw.col.new_note(model)
        note.fields = [f"{marker} {index}", "answer"]
        requests.append(AddNoteRequest(note, deck))
    mw.col.add_notes(requests)
in_a_thread(add)
"""

RENDER = """
def render():
    for card in cards:
        mw.col._backend.render_existing_card(card_id=card, browser=False, partial_render=False)
        mw.col._backend.describe_next_states(mw.col._backend.get_scheduling_states(card))
in_a_thread(render)
"""

STORE = """
in_a_thread(lambda: mw.col.media.write_data(marker, content))
"""

EXPORT = """
from anki.collection import ExportAnkiPackageOptions, DeckIdLimit
options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True)
limit = DeckIdLimit(mw.col.decks.id_for_name("Italian"))
in_a_thread(lambda: mw.col.export_anki_package(out_path=path, options=options, limit=limit))
"""


def measure(gateway, col, table, options):
    anki = gateway.anki
    cards = gateway.client.call("findCards", {"query": ""})[:5000]
    watching(anki)
    anki.exec(IN_A_THREAD)
    idle = longest([watched(anki, lambda: time.sleep(1))])[0]

    def row(what, inside, outside, afterwards=0.0):
        within = [watched(anki, inside) for _ in range(options.rounds)] if inside else []
        longest_within = longest(within)[0] if within else idle
        away, cause = longest([watched(anki, outside, afterwards) for _ in range(options.rounds)])
        table.row(f"longest pause, {what}", gateway.where, longest_within, None, ALIVE, cause, gap=away)

    def in_anki(source, **names):
        anki.exec(source, **names, timeout=60)
        anki.wait_for("done", timeout=60)

    def sent(action, params, protocol=JSON_RPC):
        gateway.client.send(request_of(body_of(protocol, action, params)))

    def marker():
        return f"{time.time_ns():x}"

    row(
        "addNotes 5,000",
        lambda: in_anki(ADD, count=5000, marker=marker()),
        lambda: sent("addNotes", {"notes": new_notes(marker(), 5000)}),
        AFTERWARDS,
    )
    row("cardsInfo 5,000", lambda: in_anki(RENDER, cards=cards), lambda: sent("cardsInfo", {"cards": cards}))
    anki.exec("import os; content = os.urandom(size)", size=64 * MIB)
    content = os.urandom(64 * MIB)
    upload = base64.b64encode(content).decode()

    def store(protocol):
        sent("storeMediaFile", {"filename": marker(), "data": upload}, protocol)

    def retrieve(protocol):
        sent("retrieveMediaFile", {"filename": "raw.bin"}, protocol)

    put = request_of(content, "PUT", "/media/raw.bin")
    row("PUT /media/, 64 MiB", None, lambda: gateway.client.send(put))
    row("GET /media/, 64 MiB", None, lambda: gateway.client.send(request_of(b"", "GET", "/media/raw.bin")))
    for protocol in (JSON_RPC, LEGACY):
        row(
            f"64 MiB in base64, {protocol}",
            lambda: in_anki(STORE, marker=marker()),
            partial(store, protocol),
        )
        row(f"64 MiB read in base64, {protocol}", None, partial(retrieve, protocol))
    path = str(anki.base / "out.apkg")
    row(
        "exportPackage",
        lambda: in_anki(EXPORT, path=path),
        lambda: sent("exportPackage", {"deck": "Italian", "path": path, "includeSched": True}),
    )
    request = request_of(body_of(JSON_RPC, "deckNames"))
    row("128 clients", None, lambda: load(gateway.url, request, 128, options.seconds))


def watching(anki):
    """Put the probe into Anki, once."""
    if not anki.eval("'watch' in globals()"):
        anki.exec(PROBE.read_text())


def watched(anki, work, afterwards=0.0):
    with Watched(anki, afterwards) as found:
        work()
    return found.gaps


class Watched:
    """Watches Anki's main thread; without an Anki, nothing."""

    def __init__(self, anki, afterwards=AFTERWARDS):
        self._anki = anki
        self._afterwards = afterwards
        self.gaps = self.longest = None

    def __enter__(self):
        if self._anki:
            watching(self._anki)
            self._anki.exec("watch.start()")
        return self

    def __exit__(self, *_):
        if self._anki:
            time.sleep(self._afterwards)
            self.gaps = self._anki.eval("watch.stop()", timeout=60)
            self.longest = self.gaps["longest"]


def longest(found):
    """The longest gap of the middle round, and what it was spent on."""
    worst = sorted(found, key=lambda one: one["longest"])[len(found) // 2]
    return worst["longest"], causes(worst)


def causes(gaps):
    """What the longest of these gaps was spent on."""
    shares = gaps["gaps"][0][1] if gaps["gaps"] else {}
    most = sorted(shares.items(), key=lambda cause: -cause[1])[:3]
    return ", ".join(f"{share:.0%} {cause}" for cause, share in most)
