"""Gives memory back to the system after large calls. The C library would keep it until the process ends.

SQLite keeps its cache: the statement that empties it would clear Anki's undo history.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import mmap
import sys
import threading
from pathlib import Path

from ..rpc import threads
from ..rpc.errors import Busy

INTERVAL_S = 20.0
"""Seconds between two looks at the memory of this process."""
GROWTH_MIB = 48
"""Growth after which memory is given back: more than SQLite's cache of a collection, so that everyday calls keep it."""
STEADY_MIB = 4
"""Growth or shrinkage since the last try that is too small for another one."""

_STATM = Path("/proc/self/statm")
"""Its second number is the resident memory in pages (Linux only)."""


def resident_mib() -> float | None:
    """Return the MiB of this process that are in memory; None if the system does not say."""
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    return pages * mmap.PAGESIZE / 2**20


class MemoryRelease:
    """Gives memory back when this process has grown. Only on Linux; elsewhere it does nothing."""

    def __init__(self) -> None:
        """Growth counts from now."""
        self._at_start = self._left = resident_mib()

    def start(self) -> None:
        """Look regularly until the process ends, on a thread of its own. Never raises."""
        if self._at_start is not None:
            with contextlib.suppress(Busy):  # memory is then kept until the process ends, as without this
                threads.start("memory", self._watch)

    def look(self) -> bool:
        """Give memory back if the process has grown, and return whether it was tried.

        What remains is in use, such as Anki's undo history, so the next try waits until the memory has changed. A small
        change is enough: a call that was in progress at the last try may have freed memory since.
        """
        now = resident_mib()
        if now is None or self._at_start is None or self._left is None:
            return False
        if now <= self._at_start + GROWTH_MIB or abs(now - self._left) <= STEADY_MIB:
            return False
        gc.collect()  # empties Python's free lists, too: a few objects in them can keep a megabyte each
        trim_heap()
        self._left = resident_mib()
        return True

    def _watch(self) -> None:
        while True:
            threading.Event().wait(INTERVAL_S)  # unlike `sleep`, it does not fail if the clock is set
            self.look()


def trim_heap() -> None:
    """Return free memory of the C library to the system, if it is glibc."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
