"""What a headless gateway needs of memory on a new collection: at rest, and a while after a large call."""

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .gateways import headless
from .start import BARE
from .table import Aim
from .writes import new_notes

NOTES = 60_000
AFTERWARDS_S = 45.0
"""Within a minute, and two looks of `MemoryRelease`."""


@contextlib.contextmanager
def measured(table, options):
    """Inside is a process that has only opened such a collection. Other groups run while the gateway is at rest."""
    count = NOTES // 10 if options.quick else NOTES
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made" / "collection.anki2"
        made.parent.mkdir()
        command = [sys.executable, "-c", BARE, made]
        bare = int(subprocess.run(command, capture_output=True, check=True).stdout) / 1024
        with headless(made, Path(folder) / "served") as gateway:
            now = gateway.memory()[0]
            table.row("memory at rest, empty collection, MiB", "headless", bare, now, Aim("gateway", 115))
            gateway.client.call("createDeck", {"deck": "Italian::Core"})
            gateway.client.call("addNotes", {"notes": new_notes("memory", count)})
            most, over = gateway.memory()[1], time.monotonic() + AFTERWARDS_S
            yield
            time.sleep(max(0.0, over - time.monotonic()))
            what = f"memory {AFTERWARDS_S:g} s after {count:,} addNotes, MiB"
            table.row(what, "headless", bare, gateway.memory()[0], Aim("gateway", 180), f"most {most:.0f}")
