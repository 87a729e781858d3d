"""Calls on thousands of notes and cards."""

import contextlib
import json
import statistics
import time

import orjson

from .client import JSON_RPC, LEGACY, body_of, request_of
from .reads import READS
from .table import overhead
from .writes import WRITES


def measure(gateway, col, table, options):
    read(gateway, col, table, options)
    write(gateway, col, table, options)


def read(gateway, col, table, options):
    """Both sides give the same answer, inside too as JSON; inside the ids are read from JSON."""
    for action, work in READS.items():
        params = dict(work.params)
        call = work.inside
        if work.of:
            ids = col.db.list(f"select id from {work.of} order by random() limit ?", work.count)
            params[work.of] = ids
            given = orjson.dumps(ids)
        request = request_of(body_of(JSON_RPC, action, params))
        inside, outside = [], []
        for _ in range(options.rounds):
            with stopwatch(inside):
                expected = orjson.dumps(call(col, orjson.loads(given)) if work.of else call(col))
            answer = gateway.client.send(request)
            outside.append(gateway.client.seconds)
            check(action, json.loads(expected), json.loads(bytes(answer)), in_order=work.in_order)
        report(
            table,
            gateway,
            f"{action}, {len(json.loads(expected)) or work.count:,}",
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
    times = {(action, protocol): ([], []) for action in WRITES for protocol in protocols(action)}
    for turn in range(options.rounds):
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
                with stopwatch(inside):
                    work.inside(col, here, params)
                answer = json.loads(bytes(gateway.client.send(request_of(body_of(protocol, action, params)))))
                outside.append(gateway.client.seconds)
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
    """The best of the rounds; the ratio of the middles beside it."""
    middle = statistics.median(outside) / statistics.median(inside)
    table.row(name, gateway.where, min(inside) * 1000, min(outside) * 1000, overhead(aim), f"median x {middle:.2f}")


@contextlib.contextmanager
def stopwatch(found):
    start = time.perf_counter()
    yield
    found.append(time.perf_counter() - start)
