"""Anki's own sync server in a process of its own, on a free port of this computer."""

import contextlib
import functools
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from fork_server import ForkedProcess, ForkServer
from ports import free_port
from sizes import IS_FULL

USER, PASSWORD = "somebody", "open sesame"
WAIT = 20.0


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@functools.cache
def _fork_server(python):
    return ForkServer("anki.syncserver", python, environment())


def _is_stopped(thread):
    return (thread / "stat").read_text().rpartition(")")[2].split()[0] == "T"


class SyncServer:
    """Knows one account; `stop` and `start` leave what it has stored."""

    def __init__(self, folder, python=sys.executable):
        self.folder = folder
        self.python = python
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.log = folder.with_name(folder.name + ".log")
        self._process = None

    def start(self):
        with self.log.open("ab") as log:
            arguments = ["-m", "anki.syncserver"]
            env = {
                **environment(),
                "SYNC_USER1": f"{USER}:{PASSWORD}",
                "SYNC_BASE": str(self.folder),
                "SYNC_HOST": "127.0.0.1",
                "SYNC_PORT": str(self.port),
            }
            fork_server = _fork_server(str(self.python))
            if not IS_FULL and fork_server.can_start(env):
                self._process = ForkedProcess(fork_server, arguments, cwd=".", env=env, log=log)
            else:
                self._process = subprocess.Popen(
                    [self.python, *arguments], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
        deadline = time.monotonic() + WAIT
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.02)

    def stop(self):
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(WAIT)

    def pause(self):
        """Take connections, and answer nothing until `go_on`."""
        self._process.send_signal(signal.SIGSTOP)
        threads = Path(f"/proc/{self._process.pid}/task")
        deadline = time.monotonic() + 10
        while threads.is_dir() and not all(_is_stopped(thread) for thread in threads.iterdir()):
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def go_on(self):
        self._process.send_signal(signal.SIGCONT)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
