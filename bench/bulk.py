"""Calls on thousands of notes and cards beside the same work in this process, as one table.

Makes a large collection in a temporary folder, serves a copy of it from a process of its own and works on another
copy itself, in turns. The time of a call is from sending the request to having read the answer. For a read, "inside"
is the fastest way known here, with reading the ids and writing the answer as JSON, and both give the same answer; for
a write it is Anki's own bulk call alone; for addNotes it is building the notes, one query for duplicates and the bulk
call. "twice" is the time of a call divided by that of one on half as many.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from functools import partial
from pathlib import Path

import anki.lang
import large_collection
import orjson
from anki.collection import Collection
from anki.utils import checksum, strip_html_media
from latency import built, new_notes
from serving import JSON_RPC, LEGACY, Client, body_of, row, served

PROFILE = "User 1"
READ, WRITTEN, RENDERED, ADDED = 20_000, 20_000, 5_000, 5_000


@contextlib.contextmanager
def stopwatch(found):
    start = time.perf_counter()
    yield
    found.append(time.perf_counter() - start)


# --- reading: params as JSON in, answer as JSON out ---


def rows(col, select, ids):
    return col.db.all(select.replace("in ids", "in (select value from json_each(?))"), str(ids))


def answers(col, select, ids, entry, missing):
    found = {row[0]: entry(row) for row in rows(col, select, ids)}
    return [found.get(id, missing) for id in ids]


def notes_info(col, ids):
    cards = defaultdict(list)
    for note_id, _, card_id in sorted(map(tuple, rows(col, "select nid, ord, id from cards where nid in ids", ids))):
        cards[note_id].append(card_id)
    names = {model["id"]: (model["name"], col.models.field_names(model)) for model in col.models.all()}

    def entry(row):
        note_id, model_id, mod, tags, fields = row
        model, field_names = names[model_id]
        return {
            "noteId": note_id,
            "profile": PROFILE,
            "tags": tags.split(),
            "fields": {
                name: {"value": value, "order": order}
                for order, (name, value) in enumerate(zip(field_names, fields.split("\x1f"), strict=True))
            },
            "modelName": model,
            "mod": mod,
            "cards": cards[note_id],
        }

    return answers(col, "select id, mid, mod, tags, flds from notes where id in ids", ids, entry, {})


NEWEST = "select cid, ivl, max(id) from revlog where cid in ids group by cid"


def are_due(col, ids):
    due = set(col.find_cards("is:due"))
    logs = {card_id: (interval, at / 1000) for card_id, interval, at in rows(col, NEWEST, ids)}
    new = {row[0] for row in rows(col, "select id from cards where type = 0 and id in ids", ids)}
    now = time.time()
    found = []
    for card_id in ids:
        interval, at = logs.get(card_id, (0, 0))
        found.append(card_id in new or (at - interval <= now if interval < -1200 else card_id in due))
    return found


def get_intervals(col, ids):
    found = {row[0]: row[1] for row in rows(col, NEWEST, ids)}
    return [found.get(id, 0) for id in ids]


def get_decks(col, ids):
    names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    decks = dict(rows(col, "select id, did from cards where id in ids", ids))
    found = defaultdict(list)
    for card_id in ids:
        found[names[decks[card_id]]].append(card_id)
    return found


def cards_info(col, ids):
    """Rendering and the labels of the buttons are calls for each card, whoever asks."""
    names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    models = {model["id"]: (model["name"], col.models.field_names(model), model["css"]) for model in col.models.all()}
    keys = ["factor", "interval", "note", "type", "queue", "due", "reps", "lapses", "left", "mod"]
    columns = "factor, ivl, nid, c.type, queue, due, reps, lapses, left, c.mod"

    def entry(row):
        card_id, ord, deck_id, flags, model_id, fields, *numbers = row
        model, field_names, css = models[model_id]
        rendered = col._backend.render_existing_card(card_id=card_id, browser=False, partial_render=False)
        question, answer = (
            f"<style>{css}</style>" + "".join(node.text for node in nodes)
            for nodes in (rendered.question_nodes, rendered.answer_nodes)
        )
        return {
            "cardId": card_id,
            "fields": {
                name: {"value": value, "order": order}
                for order, (name, value) in enumerate(zip(field_names, fields.split("\x1f"), strict=True))
            },
            "fieldOrder": ord,
            "question": question,
            "answer": answer,
            "modelName": model,
            "ord": ord,
            "deckName": names[deck_id],
            "css": css,
            **dict(zip(keys, numbers, strict=True)),
            "nextReviews": list(col._backend.describe_next_states(col._backend.get_scheduling_states(card_id))),
            "flags": flags,
        }

    tables = "cards c join notes n on n.id = nid"
    select = f"select c.id, ord, did, c.flags & 7, mid, flds, {columns} from {tables} where c.id in ids"
    return answers(col, select, ids, entry, {})


READS = {
    "notesInfo": ("notes", READ, notes_info),
    "areDue": ("cards", READ, are_due),
    "getIntervals": ("cards", READ, get_intervals),
    "areSuspended": (
        "cards",
        READ,
        lambda col, ids: answers(
            col, "select id, queue = -1 from cards where id in ids", ids, lambda row: bool(row[1]), None
        ),
    ),
    "getDecks": ("cards", READ, get_decks),
    "cardsToNotes": (
        "cards",
        READ,
        lambda col, ids: [row[0] for row in rows(col, "select distinct nid from cards where id in ids", ids)],
    ),
    "cardsModTime": (
        "cards",
        READ,
        lambda col, ids: answers(
            col, "select id, mod from cards where id in ids", ids, lambda row: {"cardId": row[0], "mod": row[1]}, {}
        ),
    ),
    "notesModTime": (
        "notes",
        READ,
        lambda col, ids: answers(
            col, "select id, mod from notes where id in ids", ids, lambda row: {"noteId": row[0], "mod": row[1]}, {}
        ),
    ),
    "getEaseFactors": (
        "cards",
        READ,
        lambda col, ids: answers(col, "select id, factor from cards where id in ids", ids, lambda row: row[1], None),
    ),
    "cardsInfo": ("cards", RENDERED, cards_info),
}

FINDS = {"findNotes": lambda col: col.find_notes(""), "findCards": lambda col: col.find_cards("")}

IN_ANY_ORDER = {"cardsToNotes", *FINDS}

# --- writing: the params of a round, and what gets Anki's one call ready ---

DECKS = ["Italian::Core", "Latin::Old"]
DAYS = ["1", "3"]


def ready_cards(col, ids, params):
    cards = [col.get_card(id) for id in ids]
    for card, factor in zip(cards, params["easeFactors"], strict=True):
        card.factor = factor
    return partial(col.update_cards, cards)


WRITES = {
    "suspend": ("cards", lambda turn: {}, lambda col, ids, _: partial(col.sched.suspend_cards, ids)),
    "setEaseFactors": ("cards", lambda turn: {"easeFactors": [1500 + turn] * WRITTEN}, ready_cards),
    "changeDeck": (
        "cards",
        lambda turn: {"deck": DECKS[turn % 2]},
        lambda col, ids, params: partial(col.set_deck, ids, col.decks.id_for_name(params["deck"])),
    ),
    "addTags": (
        "notes",
        lambda turn: {"tags": f"bench{turn}"},
        lambda col, ids, params: partial(col.tags.bulk_add, ids, params["tags"]),
    ),
    "replaceTags": (
        "notes",
        lambda turn: {"tag_to_replace": f"bench{turn}", "replace_with_tag": f"kept{turn}"},
        lambda col, ids, params: partial(col.tags.find_and_replace, ids, *params.values(), False, False),
    ),
    "removeTags": (
        "notes",
        lambda turn: {"tags": f"kept{turn}"},
        lambda col, ids, params: partial(col.tags.bulk_remove, ids, params["tags"]),
    ),
    "setDueDate": (
        "cards",
        lambda turn: {"days": DAYS[turn % 2]},
        lambda col, ids, params: partial(col.sched.set_due_date, ids, params["days"]),
    ),
    "forgetCards": ("cards", lambda turn: {}, lambda col, ids, _: partial(col.sched.schedule_cards_as_new, ids)),
}
"""In this order: each write finds what the one before it left."""

AFTERWARDS = {"suspend": "unsuspend"}


# --- measuring ---


class Bench:
    def __init__(self, client, col, rounds):
        self.client = client
        self.col = col
        self.rounds = rounds
        self.missed = []

    def call(self, action, params, protocol=JSON_RPC):
        """Seconds of a call, and its result."""
        body = body_of(protocol, action, params)
        start = time.perf_counter()
        answer = self.client.send(body)
        took = time.perf_counter() - start
        reply = json.loads(answer)
        if reply.get("error"):
            raise SystemExit(f"{action}: {reply['error']}")
        return took, reply["result"]

    def report(self, name, inside, outside, *, target, half=()):
        ratio = min(outside) / min(inside)
        median = statistics.median(outside) / statistics.median(inside)
        if ratio > target:
            self.missed.append(name)
        twice = f"{min(outside) / min(half):.1f}" if half else ""
        figures = (f"{min(inside) * 1000:.1f}", f"{min(outside) * 1000:.1f}", f"{ratio:.2f}", f"{median:.2f}")
        row(name, *figures, f"{target}", twice)

    def reads(self):
        for action, (kind, count, read) in READS.items():
            ids = self.col.db.list(f"select id from {kind} order by random() limit {count}")
            given = orjson.dumps(ids)
            inside, outside, half = [], [], []
            for _ in range(self.rounds):
                with stopwatch(inside):
                    expected = orjson.dumps(read(self.col, orjson.loads(given)))
                took, result = self.call(action, {kind: ids})
                outside.append(took)
                half.append(self.call(action, {kind: ids[: count // 2]})[0])
                check(action, orjson.loads(expected), result)
            target = 1.3 if action == "cardsInfo" else 1.5
            self.report(f"{action}, {count:,}", inside, outside, target=target, half=half)
        for action, find in FINDS.items():
            inside, outside = [], []
            for _ in range(self.rounds):
                with stopwatch(inside):
                    expected = orjson.dumps(list(find(self.col)))
                took, result = self.call(action, {"query": ""})
                outside.append(took)
                check(action, orjson.loads(expected), result)
            self.report(f"{action}, {len(result):,}", inside, outside, target=1.5)

    def writes(self):
        ids = {
            kind: self.col.db.list(f"select id from {kind} order by id limit {WRITTEN}") for kind in ("notes", "cards")
        }
        times = {action: ([], []) for action in WRITES}
        for turn in range(self.rounds):
            for action, (kind, params_of, ready) in WRITES.items():
                params = params_of(turn)
                inside, outside = times[action]
                write = ready(self.col, ids[kind], params)
                with stopwatch(inside):
                    write()
                outside.append(self.call(action, {kind: ids[kind], **params})[0])
                if undo := AFTERWARDS.get(action):
                    self.col.sched.unsuspend_cards(ids[kind])
                    self.call(undo, {kind: ids[kind]})
        for action, (inside, outside) in times.items():
            self.report(f"{action}, {WRITTEN:,}", inside, outside, target=1.2)

    def additions(self):
        deck, model = DECKS[0], "Basic"
        times = {JSON_RPC: ([], []), LEGACY: ([], [])}
        for turn in range(self.rounds):
            for protocol, (inside, outside) in times.items():
                notes = new_notes(f"{protocol} {turn}", deck, model, ADDED)
                with stopwatch(inside):
                    add_in_process(self.col, notes)
                outside.append(self.call("addNotes", {"notes": notes}, protocol)[0])
        for protocol, (inside, outside) in times.items():
            self.report(f"addNotes, {ADDED:,}, {protocol}", inside, outside, target=1.7)


def add_in_process(col, notes):
    """Build the notes, ask once whether any is there already, add them."""
    requests = built(col, notes)
    sums = [int(checksum(strip_html_media(request.note.fields[0]))[:8], 16) for request in requests]
    assert not rows(col, "select id, flds from notes where csum in ids", sums)
    col.add_notes(requests)


def check(action, expected, result):
    if action in IN_ANY_ORDER:
        expected, result = sorted(expected), sorted(result)
    if expected != result:
        raise SystemExit(f"{action} does not give what the work in this process gives")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--collection", type=Path, help="one that large_collection.py made, instead of a new one")
    options = parser.parse_args()
    anki.lang.set_lang("en")
    gc.disable()  # as Anki does
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        made = options.collection or Path(folder, "made/collection.anki2")
        if options.collection is None:
            large_collection.make(made)
        inside, outside = (Path(folder, place, PROFILE, made.name) for place in ("inside", "served"))
        for copy in (inside, outside):
            shutil.copytree(made.parent, copy.parent)
        url = stack.enter_context(served(outside))
        col = stack.enter_context(contextlib.closing(Collection(str(inside))))
        bench = Bench(Client(url), col, options.rounds)
        row("ms, best of the rounds", "inside", "gateway", "ratio", "ratio (med.)", "target", "twice")
        bench.reads()
        bench.writes()
        bench.additions()
    if bench.missed:
        raise SystemExit(f"above the target: {', '.join(bench.missed)}")


if __name__ == "__main__":
    main()
