"""The command line in a process of its own, on free ports, and clients on real sockets."""

import contextlib
import functools
import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from fork_server import ForkedProcess, ForkServer
from sizes import IS_FULL

ROOT = Path(__file__).parents[1]
WAIT = 20.0
START = 60.0
"""Seconds for a start, which takes one on an idle machine and many on a busy one."""


def child_environment(**more):
    """The environment of a process that runs the project, without the caller's settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ANKI")}
    return {**own, "PYTHONPATH": str(ROOT), **more}


@functools.cache
def fork_server(program="addon", **more):
    """Forks processes of this Python, with more of an environment than they have otherwise."""
    return ForkServer(program, sys.executable, child_environment(**more))


def run_python(arguments, *, cwd, env, fresh=IS_FULL, server=None):
    """A process of `python -m addon` or `python -c`, forked unless it is to be `fresh`, with pipes of text."""
    server = server or fork_server()
    if not fresh and server.can_start(env):
        return ForkedProcess(server, arguments, cwd=cwd, env=env)
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, *arguments], cwd=cwd, env=env, encoding="utf-8", **pipes)


def run_command(*arguments, cwd=ROOT, environment=None, input=b""):
    """A run of `python -m addon` to its end, in an environment that many runs share; its outputs are bytes."""
    more = environment or {}
    arguments, env = ["-m", "addon", *map(str, arguments)], child_environment(**more)
    process = run_python(arguments, cwd=cwd, env=env, server=fork_server(**more))
    too_long = threading.Timer(WAIT, process.kill)
    too_long.start()
    with process.stdin, process.stdout, process.stderr:
        getattr(process.stdin, "buffer", process.stdin).write(input)
        process.stdin.close()
        outputs = process.stdout.buffer.read(), process.stderr.buffer.read()
        status = process.wait(WAIT)
    too_long.cancel()
    return subprocess.CompletedProcess(arguments, status, *outputs)


class ServeProcess:
    """`python -m addon serve`; its output is collected, and every wait ends.

    Unless it is to be `fresh`, it is forked from a process that has done the imports.
    """

    program = ("-m", "addon")

    def __init__(self, *options, environment=None, port=0, fresh=IS_FULL, server=None):
        given = [] if port is None else ["--port", str(port)]
        self._folder = tempfile.TemporaryDirectory()
        arguments = [*self.program, "serve", *given, *map(str, options)]
        cwd = self._folder.name  # where relative paths of its clients lead
        env = child_environment(**(environment or {}))
        self.process = run_python(arguments, cwd=cwd, env=env, fresh=fresh, server=server)
        self.process.stdin.close()
        self._out, self._err = [], []
        self._readers = [
            threading.Thread(target=lines.extend, args=(stream,), daemon=True)
            for lines, stream in ((self._out, self.process.stdout), (self._err, self.process.stderr))
        ]
        for reader in self._readers:
            reader.start()

    @property
    def out(self):
        return "".join(self._out)

    @property
    def err(self):
        return "".join(self._err)

    def ready(self):
        """Wait for the greeting; returns this."""
        deadline = time.monotonic() + START
        while "Ctrl-C" not in self.out:
            assert self.process.poll() is None, self.err
            assert time.monotonic() < deadline, self.out + self.err
            time.sleep(0.01)
        return self

    @property
    def url(self):
        return re.search(r"^at (http://\S+)$", self.out, re.MULTILINE)[1]

    @property
    def port(self):
        return int(self.url.rpartition(":")[2])

    def end(self):
        """Wait for the exit; returns the status."""
        status = self.process.wait(START)  # it may be a start that fails
        for reader in self._readers:
            reader.join(WAIT)
        self._folder.cleanup()
        return status

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.end()

    def connect(self):
        return Connection(self.port)


class Connection:
    """A connection that is kept, and the two protocols on it."""

    def __init__(self, port):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
        self.http.connect()
        self.http.auto_open = False  # a connection that the server drops must show

    def send(self, body, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.http.request("POST", "/", body, names)
        response = self.http.getresponse()
        return response.status, response.read()

    def post(self, document, **headers):
        status, body = self.send(json.dumps(document).encode(), Content_Type="application/json", **headers)
        assert status == 200, body
        return json.loads(body)

    def rpc(self, method, params=None, id=1):
        answer = self.post({"jsonrpc": "2.0", "id": id, "method": method, "params": params or {}})
        assert answer["id"] == id
        assert "error" not in answer, answer
        return answer["result"]

    def legacy(self, action, **params):
        _, body = self.send(json.dumps({"action": action, "version": 6, "params": params}).encode())
        answer = json.loads(body)
        assert answer["error"] is None, answer
        return answer["result"]

    def close(self):
        self.http.close()


def reason(status, out, err):
    """The one line on standard error of a start that fails with status 1."""
    assert status == 1
    assert out == ""
    assert err.startswith("anki-rpc: ")
    assert err.count("\n") == 1
    return err


@contextlib.contextmanager
def holding(path):
    """Another process that has the collection open."""
    code = "import sys; from anki.collection import Collection; c = Collection(sys.argv[1]); print(1, flush=True)"
    arguments = ["-c", f"{code}; sys.stdin.read(); c.close()", str(path)]
    other = run_python(arguments, cwd=path.parent, env=child_environment())
    try:
        assert other.stdout.readline()
        yield
    finally:
        other.stdin.close()
        other.wait(WAIT)
        other.stdout.close()
        other.stderr.close()


def refusal_of_anki(path):
    """What Anki says in another process that opens the collection; nothing if it can."""
    code = "import sys; from anki.collection import Collection; Collection(sys.argv[1]).close()"
    other = run_python(["-c", code, str(path)], cwd=path.parent, env=child_environment())
    with other.stdin, other.stdout, other.stderr:
        try:
            other.wait(WAIT)
        except subprocess.TimeoutExpired:
            other.kill()
            raise
        return other.stderr.read()


def opens_cleanly(path):
    """Nothing is left beside the collection, and another program can open it."""
    assert not path.with_name(path.name + "-wal").exists()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.create_collation("unicase", lambda one, other: (one.lower() > other.lower()) - (one.lower() < other.lower()))
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
