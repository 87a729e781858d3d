"""How the time of each action grows with the collection: from 10,000 to 200,000 notes, linear or better."""

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
from .gateways import PROFILE, copied, headless
from .large_collection import large
from .table import Aim

LINEAR = Aim("exponent", 1.1)
"""A tenth for the noise of few rounds, and for sorting."""
MATTERS = 5.0
"""Milliseconds; what takes less at the largest size is told, but its exponent says nothing."""


def measure(table, options):
    """Inside: the action's own function, called in this process on the largest collection."""
    sizes = options.sizes
    found = {size: timed_served(size, options) for size in sizes}
    inside = timed_inside(sizes[-1], options)
    for action in found[sizes[-1]]:
        times = [found[size].get(action) for size in sizes]
        if None in times:
            continue
        exponent = slope(sizes, times)
        aim = LINEAR if times[-1] > MATTERS else None
        steps = ", ".join(f"{time:.1f}" for time in times[:-1])
        more = f"n^{exponent:.2f}; before: {steps}"
        table.row(
            f"{action}, {sizes[-1]:,} notes", "headless", inside.get(action), times[-1], aim, more, exponent=exponent
        )


def slope(sizes, times):
    """Of the logarithms, by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(time) for time in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def timed_served(size, options):
    with tempfile.TemporaryDirectory() as folder, headless(large(size), Path(folder) / "served") as gateway:
        client = gateway.client

        def call(action, params):
            answer = bytes(client.send(request_of(body_of(JSON_RPC, action, params)))[:300])
            return client.seconds, answer if answer.startswith(b'{"jsonrpc":"2.0","error"') else None

        return walked(call, Facts(client), Path(folder), options)


def timed_inside(size, options):
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
            return walked(call, Facts(Direct()), Path(folder), options)
        finally:
            host.close()
            host.lane.stop()


def walked(call, facts, folder, options):
    """The least milliseconds of each action. What can be undone is undone, so that each finds the same collection."""
    found = {}
    for name, params_of in calls():
        if options.actions and name not in options.actions:
            continue
        params = params_of(facts)
        if "path" in params:
            params["path"] = str(folder / params["path"])
        action = REGISTRY[name]
        times = []
        stays = name in AFTER or name in KEPT
        for _ in range(1 if stays or (action.writes and not action.undoable) else min(options.rounds, 3)):
            seconds, error = call(name, params)
            if error:
                raise SystemExit(f"{name}: {error}")
            times.append(seconds * 1000)
            if action.undoable and not stays and call("undoStatus", {}):
                call("undo", {})
        found[name] = min(times)
    return found


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
