"""What the gateway adds to a start, of Anki and of a bare collection."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from .gateways import PACKAGE, PROFILE, SETTLED, AnkiProcess, Gateway, GatewayProcess, copied, headless
from .table import Aim

BEFORE, AFTER = "1234567889", "1234567891"
"""Folders of two add-ons that Anki loads around ours, as it loads them in order."""

NOTE_THE_TIME = """
import time
import aqt
from aqt import gui_hooks
times = aqt.mw.__dict__.setdefault("bench_times", [])
def note():
    times.append((time.perf_counter(), time.thread_time()))
note()
gui_hooks.main_window_did_init.append(note)
"""

BARE = """
import sys, re, anki.lang
from anki.collection import Collection
anki.lang.set_lang("en")
col = Collection(sys.argv[1])
print(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def measure_headless(made, table, options):
    """Until it serves, beside a process that imports Anki and opens the collection. Gives the memory of that one."""
    with tempfile.TemporaryDirectory() as folder:
        collection = copied(made, Path(folder) / PROFILE)
        inside = []
        for _ in range(options.rounds + 1):
            start = time.perf_counter()
            out = subprocess.run([sys.executable, "-c", BARE, collection], capture_output=True, check=True).stdout
            inside.append((time.perf_counter() - start) * 1000)
    outside = []
    for _ in range(options.rounds + 1):
        with tempfile.TemporaryDirectory() as folder, headless(made, Path(folder) / "served") as gateway:
            outside.append(gateway.start_seconds * 1000)
    table.row("start", "headless", min(inside), min(outside))
    return int(out) / 1024


def measure_desktop(made, table, options):
    """The add-on's share of Anki's start: its import, and its turn when the window is there. Gives Anki's memory."""
    with tempfile.TemporaryDirectory() as folder:
        anki, bare = AnkiProcess(Path(folder) / "anki"), []
        copied(made, anki.base / PROFILE)
        for _ in range(options.rounds + 1):
            start = time.perf_counter()
            with anki:
                bare.append((time.perf_counter() - start) * 1000)
                time.sleep(SETTLED)
                memory = Gateway("", "", anki._process.pid).memory()[0]
    with tempfile.TemporaryDirectory() as folder:
        anki = GatewayProcess(Path(folder) / "anki", PACKAGE)
        copied(made, anki.base / PROFILE)
        for name in (BEFORE, AFTER):
            (anki.addons / name).mkdir()
            (anki.addons / name / "__init__.py").write_text(NOTE_THE_TIME)
        shares, whole = [], []
        for _ in range(options.rounds + 1):
            start = time.perf_counter()
            with anki:
                whole.append((time.perf_counter() - start) * 1000)
                shares.append(Share.of(*anki.eval("mw.bench_times")))
    table.row("start until the window can be used", "desktop", min(bare), min(whole[1:]))
    first, *later = shares
    best = min(later)
    middle = statistics.median(share.whole for share in later)
    more = (
        f"import {best.imported:.0f}, until it listens {best.listening:.0f}; computed {best.computed:.0f}; "
        f"middle {middle:.0f}; the first time, when Python compiles, {first.whole:.0f}"
    )
    table.row("what the add-on adds to it", "desktop", None, best.whole, Aim("gateway", 150), more)
    return memory


class Share(NamedTuple):
    """Milliseconds of one start."""

    whole: float
    imported: float
    listening: float
    computed: float

    @classmethod
    def of(cls, before, after, begun, listening):
        passed, computed = (
            [(after[clock] - before[clock]) * 1000, (listening[clock] - begun[clock]) * 1000] for clock in (0, 1)
        )
        return cls(sum(passed), *passed, sum(computed))
