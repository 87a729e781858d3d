"""Gateways in processes of their own that start in hundredths of a second: forked from one that has imported all."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time

from gateway_process import ROOT, Connection

WAIT = 20.0
PARENT = """
import os, signal, sys
from pathlib import Path
from addon.actions import REGISTRY
from addon.config import Config
from addon.headless.serve import serve
REGISTRY.load()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for line in sys.stdin:
    path, output = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        os.setsid()
        file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1)
        os.dup2(file, 2)
        serve(Path(path), Config.load({"webBindPort": 0}, {}))
        os._exit(0)
    print(child, flush=True)
"""


class Forks:
    """The parent of all, without a thread or a collection of its own."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", PARENT],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(WAIT)

    def serve(self, path):
        """A gateway on the collection at a path, ready."""
        output = path.with_suffix(".output")
        output.unlink(missing_ok=True)
        self.process.stdin.write(f"{path}\t{output}\n")
        self.process.stdin.flush()
        return Fork(int(self.process.stdout.readline()), output)


class Fork:
    """One gateway."""

    def __init__(self, pid, output):
        self.pid = pid
        self.output = output
        deadline = time.monotonic() + WAIT
        while not (found := re.search(r"^at http://127.0.0.1:(\d+)$.*^Ctrl-C", self.said, re.MULTILINE | re.DOTALL)):
            assert time.monotonic() < deadline, self.said
            time.sleep(0.002)
        self.port = int(found[1])

    @property
    def said(self):
        return self.output.read_text() if self.output.exists() else ""

    def connect(self):
        return Connection(self.port)

    def kill(self, number=signal.SIGKILL):
        """End it, and wait until it is gone."""
        os.kill(self.pid, number)
        deadline = time.monotonic() + WAIT
        with contextlib.suppress(ProcessLookupError):
            while True:
                os.kill(self.pid, 0)
                assert time.monotonic() < deadline
                time.sleep(0.002)
