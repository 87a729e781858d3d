"""Calls on thousands of notes and cards."""

import time
from functools import cache

import orjson

from .client import JSON_RPC, LEGACY, body_of, request_of
from .library_probe import note_library
from .reads import CURRENT, READS
from .table import Aim, figure
from .writes import WRITES

IN_A_ROW = 2
"""Calls that a side makes before it is the other's turn, which leaves nothing of it in the processor's caches."""
FEWEST_ROUNDS, MOST_ROUNDS = 3, 15
SECONDS_PER_ROW = 1.5
"""A row with longer rounds has the fewest rounds."""
AGREEMENT = 0.02


def measure(gateway, col, table, options):
    read(gateway, col, table, options)
    write(gateway, col, table, options)


def rounds(options, watches):
    """Yield the numbers of the rounds of these stopwatches, until their best ones agree or they have taken long."""
    end = time.perf_counter() + SECONDS_PER_ROW * len(watches) / 2
    for number in range(MOST_ROUNDS):
        agree = number >= FEWEST_ROUNDS and all(watch.agrees for watch in watches)
        if number >= min(FEWEST_ROUNDS, options.rounds) and (agree or time.perf_counter() > end):
            return
        yield number


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
        inside, outside = stopwatches(gateway)
        for number in rounds(options, [inside, outside]):
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
            work.aim and Aim("cpu", work.aim),
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
    """Both sides write the same, so both collections are equally old."""
    chosen = {
        "cards": "select id from cards where queue != -1 order by id limit ?",
        "notes": "select id from notes order by id limit ?",
        "basic": "select id from notes where mid = (select id from notetypes where name = 'Basic') order by id limit ?",
        "last": "select id from notes order by id desc limit ?",
    }
    kept = {(w.of, w.count): col.db.list(chosen[w.of], w.count) for cycle in WRITES for w in cycle.values() if w.of}
    for cycle in WRITES:
        watches = {(action, protocol): stopwatches(gateway) for action in cycle for protocol in protocols(action)}
        for turn in rounds(options, [watch for pair in watches.values() for watch in pair]):
            for (action, protocol), (inside, outside) in watches.items():
                work = cycle[action]
                ids = kept.get((work.of, work.count), [])
                params = work.params(turn if protocol == JSON_RPC else f"old{turn}", ids)
                here = there = ids
                if work.of == "last":
                    here = col.db.list(chosen["last"], work.count)
                    there = gateway.client.call("findNotes", {"query": ""})
                    there = sorted(there)[-work.count :]
                if not set(params) & {"notes", "answers", "reviews"}:
                    params[{"basic": "notes", "last": "notes"}.get(work.of, work.of)] = there
                with inside:
                    work.inside(col, here, params)
                request = request_of(body_of(protocol, action, params))
                with outside:
                    answer = gateway.client.send(request)
                answer = orjson.loads(bytes(answer))
                if answer.get("error"):
                    raise SystemExit(f"{action}: {answer['error']}")
        for (action, protocol), (inside, outside) in watches.items():
            work = cycle[action]
            count = len(work.params(0, []).get("notes", ())) or work.count
            name = f"{action}, {count:,}" + (f", {protocol}" if len(protocols(action)) > 1 else "")
            report(table, gateway, name, Aim("cpu", work.aim), inside=inside, outside=outside)


def protocols(action):
    return (JSON_RPC, LEGACY) if action == "addNotes" else (JSON_RPC,)


def report(table, gateway, name, aim, *, inside, outside):
    """Print the best of the rounds, the ratio of the CPU times, which a busy machine changes little, and their parts in
    milliseconds.
    """
    computed = min(outside.computed) / min(inside.computed)
    pairs = zip(SHARES, inside.shares, outside.shares, strict=True)
    shares = ", ".join(f"{what} {figure(here * 1000)} -> {figure(there * 1000)}" for what, here, there in pairs)
    times = min(inside.seconds) * 1000, min(outside.seconds) * 1000
    table.row(name, gateway.where, *times, aim, f"CPU x {computed:.2f}: {shares}", cpu=computed)


SHARES = ("Anki's calls", "SQL", "the rest")


@cache
def library_here():
    """Return the CPU seconds of this process inside Anki's library, which keep growing."""
    return note_library()


def stopwatches(gateway):
    """Return one for the work in this process, and one for the gateway's."""
    return Stopwatch(time.process_time, library_here().tolist), Stopwatch(gateway.cpu, gateway.library)


class Stopwatch:
    """Measures a process: the seconds that pass, its CPU seconds (`cpu`), and its CPU seconds inside Anki's library
    (`library`).
    """

    def __init__(self, cpu, library=list):
        self._cpu = cpu
        self._library = library
        self.seconds, self.computed, self.noted = [], [], []

    def __enter__(self):
        self._begin = self._library(), self._cpu(), time.perf_counter()

    def __exit__(self, *_):
        now = time.perf_counter()
        library, cpu, begin = self._begin
        self.seconds.append(now - begin)
        self.computed.append(self._cpu() - cpu)
        self.noted.append([after - before for before, after in zip(library, self._library(), strict=True)])

    @property
    def agrees(self):
        """Whether the two best rounds differ by less than `AGREEMENT`, so that further ones would hardly be better."""
        best, second = sorted(self.computed)[:2]
        return second < best * (1 + AGREEMENT)

    @property
    def shares(self):
        """The CPU seconds of the best round: in Anki's own calls, in SQL, and in the rest."""
        computed, noted = min(zip(self.computed, self.noted, strict=True))
        return *noted, max(0.0, computed - sum(noted))
