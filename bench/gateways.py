"""The gateways that are measured, each a process of its own on a copy of a collection."""

import contextlib
import re
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

from .client import WAIT, Client
from .library_probe import NOTED

ROOT = Path(__file__).parents[1]
PROFILE = "User 1"
MIB = 2**20
SETTLED = 1.0
"""Seconds after which Anki has done what it does after its start."""
PROBE = Path(__file__).with_name("library_probe.py")
LIBRARY = "library"
"""The file in a gateway's folder to which `library_probe.py` writes its seconds."""

sys.path.insert(0, str(ROOT / "tests"))

from desktop.anki_process import AnkiProcess  # noqa: E402, F401
from desktop.conftest import PACKAGE, GatewayProcess  # noqa: E402

CPU_OF_PROCESS = 2
"""The kind of clock in the number of a process's CPU clock: `CPUCLOCK_SCHED` of Linux."""


def seconds_noted(path):
    return struct.unpack(f"{len(NOTED)}d", path.read_bytes())


class Gateway:
    """A running gateway: its url, and what it needs of the machine. `anki` is the real Anki, where there is one."""

    def __init__(self, where, url, pid, folder=None, anki=None, wait=WAIT):
        self.where = where
        self.url = url
        self.pid = pid
        self.folder = folder
        self.anki = anki
        self.start_seconds = 0.0
        self.client = Client(url, wait)

    def memory(self):
        """MiB that are in memory now, and the most since `forget_peak`."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return tuple(int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM"))

    def cpu(self):
        """The CPU seconds of its threads."""
        return time.clock_gettime(~self.pid << 3 | CPU_OF_PROCESS)

    def library(self):
        """The CPU seconds in Anki's own calls, and in SQL; only if it is watched."""
        return seconds_noted(self.folder / LIBRARY)

    def forget_peak(self):
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")


@contextlib.contextmanager
def headless(made, folder, wait=WAIT, *, is_watched=False):
    """Serve a copy of a collection, in a folder; if it has one already, that one. `wait`: the client's patience.

    `is_watched`: measure the CPU seconds in Anki's library, see `Gateway.library`.
    """
    collection = folder / PROFILE / made.name
    if not collection.exists():
        copied(made, folder / PROFILE)
    start = time.perf_counter()
    module = ["bench.library_probe", str(folder / LIBRARY)] if is_watched else ["addon"]
    command = [sys.executable, "-m", *module, "serve", "--collection", str(collection), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            lines = iter(process.stdout.readline, "")
            url = next((found[1] for line in lines if (found := re.match(r"at (http://\S+)", line))), None)
            gateway = Gateway("headless", url or sys.exit("the gateway did not start"), process.pid, folder, wait=wait)
            gateway.start_seconds = time.perf_counter() - start
            yield gateway
        finally:
            process.terminate()
            try:
                process.wait(wait)
            except subprocess.TimeoutExpired:
                process.kill()


@contextlib.contextmanager
def desktop(made, folder, *, is_watched=False):
    """The same in a real Anki, offscreen, with the package that `make package` built."""
    anki = GatewayProcess(folder / "anki", PACKAGE)
    copied(made, anki.base / PROFILE)
    with anki:
        time.sleep(SETTLED)
        if is_watched:
            anki.exec(PROBE.read_text())
            anki.exec("note_library(path)", path=str(folder / LIBRARY))
        yield Gateway("desktop", anki.url, anki._process.pid, folder, anki)


def copied(made, folder):
    shutil.copytree(made.parent, folder)
    return folder / made.name
