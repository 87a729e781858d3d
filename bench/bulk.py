"""Calls on thousands of notes and cards."""

import statistics
import time

import orjson

from .client import JSON_RPC, LEGACY, body_of, request_of
from .reads import CURRENT, READS
from .table import overhead
from .writes import WRITES

IN_A_ROW = 2
"""Calls that a side makes before it is the other's turn, which leaves nothing of it in the processor's caches."""


READ_FIRST = "reads first which rows are unknown, damaged or as they should be"
MADE_OF_NAMES = "builds objects of members that the call chooses, and sorts the ids"
REASONS = {
    **dict.fromkeys(("addTags", "removeTags", "setDueDate", "forgetCards", "suspend", "buryCards"), READ_FIRST),
    **dict.fromkeys(("unsuspend", "unburyCards", "setFlags", "changeDeck", "gradeNow"), READ_FIRST),
    "replaceTags": f"{READ_FIRST}, and checks that there is such a tag",
    "answerCards": f"{READ_FIRST}, and checks each answer, which is an object",
    "changeNoteType": f"{READ_FIRST}, and finds the cards that go",
    "cardsDetails": MADE_OF_NAMES,
    "getMemoryStates": MADE_OF_NAMES,
    "getReviewsOfCards": "leaves out cards that do not exist, which it reads first",
}
"""What the gateway does beyond the work inside."""


def measure(gateway, col, table, options):
    read(gateway, col, table, options)
    write(gateway, col, table, options)


def rounds_of(gateway, options):
    """A round less in Anki, which does the same as headless."""
    return max(1, options.rounds - 1) if gateway.anki else options.rounds


def read(gateway, col, table, options):
    """Both sides give the same answer, inside too as JSON; inside the ids are read from JSON."""
    col.decks.set_current(col.decks.id_for_name(CURRENT))
    gateway.client.call("selectDeck", {"deck": CURRENT})
    for name, work in READS.items():
        action = work.action or name
        params = dict(work.params)
        call = work.inside
        if work.of:
            ids = col.db.list(f"select id from {work.of} order by random() limit ?", work.count)
            params[work.of] = ids
            given = orjson.dumps(ids)
        request = request_of(body_of(JSON_RPC, action, params))
        inside, outside = Stopwatch(time.process_time), Stopwatch(gateway.cpu)
        for number in range(rounds_of(gateway, options)):
            for _ in range(IN_A_ROW):
                with inside:
                    expected = orjson.dumps(call(col, orjson.loads(given)) if work.of else call(col))
            for _ in range(IN_A_ROW):
                with outside:
                    answer = gateway.client.send(request)
            if number == 0:
                found = orjson.loads(expected)
                check(action, found, orjson.loads(bytes(answer)), in_order=work.in_order)
        report(
            table,
            gateway,
            f"{name}, {len(found) or work.count:,}",
            work.aim,
            inside=inside,
            outside=outside,
        )


def check(action, expected, reply, *, in_order):
    found = reply.get("result")
    if not in_order:
        expected, found = sorted(expected), sorted(found)
    if expected != found:
        raise SystemExit(f"{action} does not give what the work in this process gives: {str(reply)[:200]}")


def write(gateway, col, table, options):
    """Rounds take turns, so that both collections are equally old."""
    chosen = {
        "cards": "select id from cards where queue != -1 order by id limit ?",
        "notes": "select id from notes order by id limit ?",
        "basic": "select id from notes where mid = (select id from notetypes where name = 'Basic') order by id limit ?",
        "last": "select id from notes order by id desc limit ?",
    }
    kept = {(w.of, w.count): col.db.list(chosen[w.of], w.count) for w in WRITES.values() if w.of}
    times = {
        (action, protocol): (Stopwatch(time.process_time), Stopwatch(gateway.cpu))
        for action in WRITES
        for protocol in protocols(action)
    }
    for turn in range(rounds_of(gateway, options)):
        for action, work in WRITES.items():
            for protocol in protocols(action):
                ids = kept.get((work.of, work.count), [])
                params = work.params(turn if protocol == JSON_RPC else f"old{turn}", ids)
                here = there = ids
                if work.of == "last":
                    here = col.db.list(chosen["last"], work.count)
                    there = gateway.client.call("findNotes", {"query": ""})
                    there = sorted(there)[-work.count :]
                if not set(params) & {"notes", "answers", "reviews"}:
                    params[{"basic": "notes", "last": "notes"}.get(work.of, work.of)] = there
                inside, outside = times[action, protocol]
                with inside:
                    work.inside(col, here, params)
                request = request_of(body_of(protocol, action, params))
                with outside:
                    answer = gateway.client.send(request)
                answer = orjson.loads(bytes(answer))
                if answer.get("error"):
                    raise SystemExit(f"{action}: {answer['error']}")
    for (action, protocol), (inside, outside) in times.items():
        work = WRITES[action]
        count = len(work.params(0, []).get("notes", ())) or work.count
        name = f"{action}, {count:,}" + (f", {protocol}" if len(protocols(action)) > 1 else "")
        report(table, gateway, name, work.aim, inside=inside, outside=outside)


def protocols(action):
    return (JSON_RPC, LEGACY) if action == "addNotes" else (JSON_RPC,)


def report(table, gateway, name, aim, *, inside, outside):
    """The best of the rounds; beside it the ratios of the middles, and of what was computed."""
    middle = statistics.median(outside.seconds) / statistics.median(inside.seconds)
    computed = min(outside.computed) / min(inside.computed)
    more = f"middle x {middle:.2f}, CPU x {computed:.2f}"
    if reason := REASONS.get(name.partition(",")[0]):
        more += f"; {reason}"
    table.row(name, gateway.where, min(inside.seconds) * 1000, min(outside.seconds) * 1000, aim and overhead(aim), more)


class Stopwatch:
    """Times what is done with it: the seconds that pass, and those that are computed as `cpu` tells."""

    def __init__(self, cpu):
        self._cpu = cpu
        self.seconds, self.computed = [], []

    def __enter__(self):
        self._begin = self._cpu(), time.perf_counter()

    def __exit__(self, *_):
        now = time.perf_counter()
        cpu, begin = self._begin
        self.seconds.append(now - begin)
        self.computed.append(self._cpu() - cpu)
