"""What the gateway adds to a start, of Anki and of a bare collection."""

import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from .client import WAIT, Client, request_of
from .gateways import PACKAGE, PROFILE, SETTLED, AnkiProcess, Gateway, GatewayProcess, copied, headless
from .table import Aim

PROBE = Path(__file__).with_name("start_probe.py")
ROUNDS = 5
"""At least so many starts each, as a start differs more from the next than the add-on adds to it."""
WATCHED = 2
"""Starts of each that are watched for five seconds."""

BARE = """
import sys, re, anki.lang
from anki.collection import Collection
anki.lang.set_lang("en")
col = Collection(sys.argv[1])
print(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1], flush=True)
"""


def measure_headless(made, table, options):
    """Until it serves, beside a process that imports Anki and opens the collection. Gives the memory of that one."""
    inside, outside = [], []
    with tempfile.TemporaryDirectory() as folder:
        bare = copied(made, Path(folder) / "bare" / PROFILE)
        for _ in range((options.rounds if options.quick else max(options.rounds, ROUNDS)) + 1):
            start = time.perf_counter()
            with subprocess.Popen([sys.executable, "-c", BARE, bare], stdout=subprocess.PIPE) as process:
                memory = int(process.stdout.readline()) / 1024
                inside.append((time.perf_counter() - start) * 1000)
            with headless(made, Path(folder) / "served") as gateway:
                outside.append(gateway.start_seconds * 1000)
    first, *later = outside
    table.row("start", "headless", statistics.median(inside[1:]), statistics.median(later), Aim("ratio", 1.75))
    table.row("first start of a day", "headless", None, first)
    return memory


def measure_desktop(made, table, options):
    """Anki without and with the add-on, in turns, from nothing to its window's first paint. Gives Anki's memory."""
    rounds = options.rounds if options.quick else max(options.rounds, ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        bare, ours = AnkiProcess(Path(folder) / "bare"), GatewayProcess(Path(folder) / "ours", PACKAGE)
        for anki in (bare, ours):
            copied(made, anki.base / PROFILE)
            probe = anki.addons / "0_probe"
            probe.mkdir()
            shutil.copy(PROBE, probe / "__init__.py")
            started(anki, is_watched=False)  # the first time Python compiles
        pairs = [tuple(started(anki, is_watched=number < WATCHED) for anki in (bare, ours)) for number in range(rounds)]
        without, within = zip(*pairs, strict=True)
        with bare:
            time.sleep(SETTLED)
            memory = Gateway("", "", bare._process.pid).memory()[0]

    def row(what, name, aim=None, more=""):
        inside, outside = (median(starts, name) for starts in (without, within))
        table.row(what, "desktop", inside, outside, aim, more)
        return outside - inside if inside is not None else None

    more = row("start until the window is painted", "until_painted")
    computed = row("what Anki's main thread computes until then", "computed")
    table.row(
        "what the add-on adds until the window is painted",
        "desktop",
        None,
        more,
        Aim("gateway", 80),
        f"of which the main thread computes {computed:.0f}",
    )
    row("from then until the port answers", "until_answered", Aim("gateway", 500))
    row("longest pause in the five seconds after it", "longest", Aim("gateway", 50))
    row("what Anki computes until these are over", "computed_in_all")
    return memory


class Start(NamedTuple):
    """Milliseconds of one start of Anki."""

    until_painted: float
    computed: float
    until_answered: float | None
    longest: float | None
    computed_in_all: float | None


def started(anki, *, is_watched):
    """Start Anki, and end it when its window is painted and the port answers, or five seconds later."""
    answered = queue.SimpleQueue()
    begun = time.monotonic()
    url = getattr(anki, "url", None)
    if url:
        threading.Thread(target=lambda: answered.put(first_answer(url)), daemon=True).start()
    with anki:
        probe = "mw.bench_start"
        anki.wait_for(f"{probe}.longest" if is_watched else f"{probe}.painted")
        painted, computed, longest = anki.eval(f"[{probe}.painted, {probe}.computed, {probe}.longest]")
        all_computed = Gateway("", "", anki._process.pid).cpu() * 1000 if is_watched else None
        until_answered = (answered.get(timeout=WAIT) - painted) * 1000 if url else None
    return Start((painted - begun) * 1000, computed, until_answered, longest, all_computed)


def first_answer(url):
    """The moment of the first answer at an address."""
    while True:
        try:
            Client(url).send(request_of(b"", "GET", "/health"))
            return time.monotonic()
        except OSError:
            time.sleep(0.01)


def median(starts, name):
    found = [value for start in starts if (value := getattr(start, name)) is not None]
    return statistics.median(found) if found else None
