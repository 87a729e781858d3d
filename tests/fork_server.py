"""Starts command lines by forking a process that has imported all of theirs: a start takes 0.1 s in place of 0.6 s.

    with the environment and the working folder of its own, and the output in pipes as by `subprocess.Popen`:
    process = ForkedProcess(["-m", "addon", "serve", "--port", "0"], cwd=folder, env=environment)

What is forked runs `python -m addon` from its first line to the interpreter's end. Only its imports are done already.
"""

import atexit
import contextlib
import functools
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

IMPORTED = (
    *("addon.__main__", "addon.cli", "addon.gateway", "addon.actions", "addon.headless.serve", "addon.http.app"),
    *("addon.http.server.server", "addon.rpc.answers"),
)
ENVIRONMENT = {}
"""That of the process that forks; filled at the start of the tests."""
PIPES = 3
"""The child's output, its errors, and where its parent writes how it ended."""


class ForkedProcess:
    """What `subprocess.Popen` offers of a process, for one that another process has forked."""

    def __init__(self, arguments, *, cwd, env):
        self.args = [sys.executable, *arguments]
        self.returncode = None
        (out, out_end), (err, err_end), (self._status, status_end) = (os.pipe() for _ in range(PIPES))
        request = json.dumps({"argv": arguments[2:], "cwd": str(cwd), "env": env}).encode()
        try:
            self.pid = _server().fork(request, [out_end, err_end, status_end])
        finally:
            for end in (out_end, err_end, status_end):
                os.close(end)
        self.stdout, self.stderr = (os.fdopen(end, encoding="utf-8") for end in (out, err))
        self._has_ended = threading.Event()
        self._waiter = threading.Thread(target=self._await_end, daemon=True)
        self._waiter.start()

    def _await_end(self):
        with os.fdopen(self._status, "rb") as status:
            told = status.read()
        self.returncode = int(told) if told else -signal.SIGKILL  # without a word the server itself was killed
        self._has_ended.set()

    def poll(self):
        return self.returncode

    def wait(self, timeout=None):
        if not self._has_ended.wait(timeout):
            raise subprocess.TimeoutExpired(self.args, timeout)
        return self.returncode

    def send_signal(self, number):
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


class _Server:
    """The process that forks."""

    def __init__(self, env):
        self._lock = threading.Lock()
        self._socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            os.set_inheritable(other.fileno(), True)
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(other.fileno())],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,  # so Python makes its streams as for a process whose output is collected
                stderr=subprocess.PIPE,
                pass_fds=[other.fileno()],
            )
        atexit.register(self.stop)

    def fork(self, request, pipes):
        with self._lock:
            socket.send_fds(self._socket, [request], pipes)
            told = self._socket.recv(32)
            assert told, self._process.stderr.read().decode()
            return int(told)

    def stop(self):
        self._socket.close()
        self._process.wait(20)


@functools.cache
def _server():
    return _Server(ENVIRONMENT)


def without_settings(env):
    return {name: value for name, value in env.items() if not name.startswith("ANKI") and name != "PYTEST_CURRENT_TEST"}


def can_fork(env):
    """Whether the forked process would find the same as a fresh one: Python reads some variables at its start."""
    return sys.platform == "linux" and without_settings(env) == ENVIRONMENT


# --- the process that forks ---


def _serve(channel):
    """Fork for each request; returns in the child, with its arguments."""
    woken, wakes = socket.socketpair()
    wakes.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the tests stops this by its channel
    signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
    running = {}
    while True:
        ready, _, _ = select.select([channel, woken], [], [])
        if woken in ready:
            woken.recv(4096)
            _tell_ends(running)
        if channel in ready:
            request, pipes, _, _ = socket.recv_fds(channel, 2**20, PIPES)
            if not request:
                os._exit(0)
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                for end in running.values():
                    os.close(end)
                for each in (channel, woken, wakes):
                    each.close()
                return _become(json.loads(request), *pipes)
            running[pid] = pipes[2]
            for end in pipes[:2]:
                os.close(end)
            channel.send(str(pid).encode())


def _tell_ends(running):
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        end = running.pop(pid)
        with contextlib.suppress(BrokenPipeError):
            os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
        os.close(end)


def _become(request, out, err, status):
    """Be as a fresh process of that request."""
    os.dup2(out, 1)
    os.dup2(err, 2)
    for end in (out, err, status):
        os.close(end)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv[1:] = request["argv"]


if __name__ == "__main__":
    for name in IMPORTED:
        importlib.import_module(name)
    assert len([*Path("/proc/self/task").iterdir()]) == 1, "only one thread goes on in what is forked"
    sys.path.pop(0)  # this folder
    sys.argv[0] = sys.modules["addon.__main__"].__file__
    _serve(socket.socket(fileno=int(sys.argv[1])))
    sys.exit(sys.modules["addon.__main__"].main())
