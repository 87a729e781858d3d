"""Each action: beside the same work in this process, how its time grows with the collection, and who waits for it."""

import math
import tempfile
import time
from pathlib import Path

from addon.actions import REGISTRY
from addon.config import Config
from addon.gateway import Gateway
from addon.headless.host import HeadlessHost
from addon.rpc.caller import Caller
from addon.rpc.calls import Request
from addon.rpc.executor import InlineExecutor, RunsOn

from .calls import AFTER, CALLS, LEFT_OUT, Facts
from .client import JSON_RPC, body_of, message, request_of
from .gateways import PROFILE, copied, desktop, headless
from .large_collection import large
from .table import Aim
from .waits import WORST_MS, beside

LINEAR = Aim("exponent", 1.1)
"""A tenth for the noise of few rounds, and for sorting."""
MATTERS = 5.0
"""Milliseconds; what takes less at the largest size is shown, but its exponent says nothing."""


def measure(table, options):
    """Inside: the action's own function, called in this process on the largest collection.

    The wait of another client and the gap of Anki's window are those of one more call, in Anki if it is measured.
    """
    sizes = options.sizes
    found = {size: timed_served(size, table, options) for size in sizes}
    inside = timed_inside(sizes[-1], table, options)
    watched = timed_watched(sizes[-1], table, options)
    for action in found[sizes[-1]]:
        times = [found[size].get(action) for size in sizes]
        if None in times:
            continue
        exponent = slope(sizes, times)
        other = watched.get(action)
        wait = max(other.waits, default=0.0) * 1000 if other else None
        aim = [LINEAR] * (times[-1] > MATTERS) + [Aim("wait", WORST_MS)] * bool(other)
        steps = ", ".join(f"{time:.1f}" for time in times[:-1])
        more = f"n^{exponent:.2f}; before: {steps}"
        table.row(
            f"{action}, {sizes[-1]:,} notes",
            "headless",
            inside.get(action),
            times[-1],
            aim,
            more,
            exponent=exponent,
            wait=wait,
            gap=other.gap if other else None,
        )


def slope(sizes, times):
    """Of the logarithms, by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(time) for time in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def timed_served(size, table, options):
    with tempfile.TemporaryDirectory() as folder, headless(large(size), Path(folder) / "served") as gateway:
        client = gateway.client

        def call(action, params):
            answer = bytes(client.send(request_of(body_of(JSON_RPC, action, params)))[:300])
            return client.seconds, answer if answer.startswith(b'{"jsonrpc":"2.0","error"') else None

        return walked(call, Facts(client), Path(folder), table, options)


def timed_inside(size, table, options):
    with tempfile.TemporaryDirectory() as folder:
        host = HeadlessHost(copied(large(size), Path(folder) / PROFILE), Config())
        host.open()
        dispatcher = Gateway(host, InlineExecutor()).dispatcher

        class Direct:
            def call(self, action, params=None):
                (response,) = dispatcher.dispatch_batch([Request(message(JSON_RPC, action, params), Caller())])
                return response["result"]

        def call(action, params):
            request = Request(message(JSON_RPC, action, params), Caller())
            start = time.perf_counter()
            (response,) = dispatcher.dispatch_batch([request])
            return time.perf_counter() - start, response.get("error")

        try:
            return walked(call, Facts(Direct()), Path(folder), table, options)
        finally:
            host.close()
            host.lane.stop()


def timed_watched(size, table, options):
    """One call of each action, in Anki if it is measured, while another client reads."""
    host = desktop if "desktop" in options.where else headless
    with tempfile.TemporaryDirectory() as folder, host(large(size), Path(folder) / "served") as gateway:
        found = {}
        for name, params, is_undone in planned(Facts(gateway.client), Path(folder), options):
            request = request_of(body_of(JSON_RPC, name, params))
            afterwards = AFTERWARDS_S if REGISTRY[name].writes else 0.0
            try:
                found[name] = beside(gateway, request, is_undone=is_undone, afterwards=afterwards)
            except (SystemExit, OSError) as error:
                table.fail(f"{name} beside a reader", gateway.where, error)
                gateway.client.close()
        return found


def planned(facts, folder, options):
    """The name and params of each call, and whether it is undone, so that the next one finds the same collection."""
    for name, params_of in calls():
        if options.actions and name not in options.actions:
            continue
        params = params_of(facts)
        if "path" in params:
            params["path"] = str(folder / params["path"])
        yield name, params, REGISTRY[name].undoable and name not in AFTER and name not in KEPT


def walked(call, facts, folder, table, options):
    """The least milliseconds of each action. What is quick is called up to three times."""
    found = {}
    for name, params, is_undone in planned(facts, folder, options):
        times = []
        can_repeat = is_undone or not REGISTRY[name].writes
        while not times or (can_repeat and len(times) < min(options.rounds, 3) and sum(times) < QUICK_MS):
            seconds, error = call(name, params)
            if error:
                table.fail(name, "headless", SystemExit(error))
                break
            times.append(seconds * 1000)
            if is_undone:
                call("undo", {})
        else:
            found[name] = min(times)
    return found


QUICK_MS = 100.0
AFTERWARDS_S = 0.3
"""Seconds after a write in which Anki refreshes its windows."""


KEPT = {"createFilteredDeck"}
"""What those of `AFTER` need."""


def calls():
    """Reading first, then what can be undone, then the rest."""
    names = [
        action.name
        for action in REGISTRY.listed()
        if action.runs_on is not RunsOn.GUI and action.name not in LEFT_OUT and action.name not in AFTER
    ]
    names.sort(key=lambda name: (REGISTRY[name].writes, name in KEPT, not REGISTRY[name].undoable))
    for name in names:
        if name not in CALLS and any(field.required for field in fields_of(name)):
            raise SystemExit(f"bench/calls.py has no call of {name}")
        yield name, CALLS.get(name, lambda facts: {})
    yield from AFTER.items()


def fields_of(name):
    return REGISTRY[name].params.instance().load_fields.values()
