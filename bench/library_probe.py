"""Counts the CPU seconds of its process inside Anki's library, in a file that another process reads at no cost to it.

`python -m bench.library_probe FILE serve ...` runs `anki-rpc serve ...` with it. To Anki it is sent as source.
"""

import mmap
import sys
import time
from pathlib import Path

from anki._backend import RustBackend

NOTED = ("_run_command", "_db_command")
"""Anki's own calls, and SQL with the JSON of its rows. The file holds the seconds of each as a double."""


def note_library(path=None):
    """Return the seconds, which keep growing. Without a file they are only in memory."""
    if path is None:
        place = mmap.mmap(-1, 8 * len(NOTED))
    else:
        Path(path).write_bytes(bytes(8 * len(NOTED)))
        with Path(path).open("rb+") as file:
            place = mmap.mmap(file.fileno(), 0)
    seconds = memoryview(place).cast("d")
    for index, name in enumerate(NOTED):
        setattr(RustBackend, name, timed(getattr(RustBackend, name), seconds, index))
    return seconds


def timed(call, seconds, index):
    clock = time.thread_time

    def measured(*args):
        start = clock()
        try:
            return call(*args)
        finally:
            seconds[index] += clock() - start

    return measured


if __name__ == "__main__":
    note_library(sys.argv.pop(1))
    from addon.__main__ import main

    sys.exit(main())
