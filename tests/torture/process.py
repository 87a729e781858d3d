"""What a gateway in a process of its own takes of the machine, as Linux tells, and waiting for it to change."""

import os
import time
from pathlib import Path


def open_files(process):
    return len(list(Path(f"/proc/{process.process.pid}/fd").iterdir()))


def memory(process):
    """Resident bytes."""
    return int(_status(process, "VmRSS").split()[0]) * 1024


def threads(process):
    return int(_status(process, "Threads"))


def processor_seconds(process):
    fields = Path(f"/proc/{process.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _status(process, name):
    lines = Path(f"/proc/{process.process.pid}/status").read_text().splitlines()
    return next(line for line in lines if line.startswith(f"{name}:")).partition(":")[2]


def eventually(is_true, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
