"""Runs what was chosen, and prints one table."""

import argparse
import contextlib
import gc
import tempfile
from pathlib import Path

import anki.lang
from anki.collection import Collection

from . import bodies, bulk, bursts, growth, latency, memory, scale, scripts, start, waits, window
from .gateways import PROFILE, copied, desktop, headless
from .large_collection import large
from .table import Table

GROUPS = {
    "latency": latency.measure,
    "load": latency.measure_load,
    "batch": latency.measure_batch,
    "media": bodies.measure,
    "waits": waits.measure,
    "scripts": scripts.measure,
    "bulk": bulk.measure,
    "bursts": bursts.measure,
    "window": window.measure,
}
"""Each on a running gateway. `bulk` compares the answers of two equal collections; those that change one come later."""

NEED_A_WINDOW = {"bursts", "window"}
HEADLESS = {"batch", "media", "scripts", "bulk"}
"""Anki's window makes no difference to them."""
IN_ANKI = {"waits"}
"""Anki's window makes them worse, so they are not measured headless as well."""

ALL = ["start", "memory", *GROUPS, "growth"]


def main():
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=ALL, default=ALL, help="these groups only")
    parser.add_argument("--where", nargs="+", choices=["headless", "desktop"], default=["headless", "desktop"])
    parser.add_argument("--quick", action="store_true", help="two short rounds, on 10,000 notes")
    parser.add_argument("--rounds", type=int, help="3, or 2 where it is quick")
    parser.add_argument("--actions", nargs="+", help="these only, of growth")
    parser.add_argument(
        "--scale", nargs="*", type=int, metavar="NOTES", help="only the growth up to 500,000 notes, or to these numbers"
    )
    parser.add_argument("--verbose", action="store_true", help="print each time of the growth, too")
    options = parser.parse_args()
    options.rounds = options.rounds or (2 if options.quick else 3)
    options.calls = 200 if options.quick else 300
    options.seconds = 0.5
    options.sizes = [2_000, 10_000] if options.quick else [3_000, 15_000]
    anki.lang.set_lang("en")
    gc.disable()  # as Anki does
    table = Table()
    if options.scale is not None:
        options.scale = options.scale or scale.SIZES
        scale.measure(table, options)
        table.end()
    options.made = made = large(10_000 if options.quick else 50_000)
    for where, serve in (("headless", headless), ("desktop", desktop)):
        if where in options.where:
            measure(made, where, serve, table, options)
    if "growth" in options.only:
        with table.group("growth", "headless"):
            growth.measure(table, options)
    table.end()


def measure(made, where, serve, table, options):
    """Each gateway works on one copy of the collection, this process on another."""
    bare = None
    if {"start", "memory"} & {*options.only}:
        with table.group("start", where):
            bare = (start.measure_headless if where == "headless" else start.measure_desktop)(made, table, options)
    with contextlib.ExitStack() as stack:
        if "memory" in options.only and where == "headless":
            stack.enter_context(table.group("memory, and all beside it", where))
            stack.enter_context(memory.measured(table, options))
        measure_running(made, where, serve, table, options, bare)


def measure_running(made, where, serve, table, options, bare):
    """What is measured on a running gateway."""
    left_out = HEADLESS if where == "desktop" else NEED_A_WINDOW | (IN_ANKI if "desktop" in options.where else set())
    chosen = [group for group in GROUPS if group in options.only and group not in left_out]
    if not chosen and "memory" not in options.only:
        return
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        gateway = stack.enter_context(serve(made, Path(folder) / "served", is_watched=True))
        col = Collection(str(copied(made, Path(folder) / "inside" / PROFILE)))
        stack.enter_context(contextlib.closing(col))
        col.optimize()
        if "memory" in options.only:
            with table.group("memory", where):
                bodies.measure_memory(gateway, table, options, bare)
        for group in chosen:
            with table.group(group, where):
                GROUPS[group](gateway, col, table, options)


main()
