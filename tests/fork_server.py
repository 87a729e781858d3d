"""Starts programs by forking a process that has imported all that theirs does, which takes half of a start's time.

What is forked runs its program from the first line to the last, in its own environment, working folder and output; only
its imports are done already.
"""

import atexit
import contextlib
import functools
import gc
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

PROGRAMS = {
    "addon": (
        *("addon.__main__", "addon.cli", "addon.gateway", "addon.actions", "addon.headless.serve", "addon.http.app"),
        *("addon.http.server.server", "addon.rpc.answers"),
    ),
    "anki.syncserver": ("anki.syncserver", "anki._backend"),
    "windows": ("anki.collection", "asyncio", "pytest", "requests", "werkzeug.serving"),
    "aqt": ("aqt", "aqt.main", "aqt.mediasrv", "aqt.profiles", "asyncio", "jsonschema", "multiprocessing.connection"),
}
"""What each program imports."""
UNREGISTERED = ("_qtcore_cleanup",)
"""What is not to run when a process ends; the spy add-on says why."""
OWN = ("ANKI", "LOGNAME", "PYTEST_CURRENT_TEST", "SYNC_")
"""How the names of variables begin that a program reads only when it runs; libraries may read others before."""
PIPES = 4


class ForkServer:
    """A process of one Python and environment that forks one program."""

    def __init__(self, program, python, env):
        self.program, self.python = program, python
        self._env = without_own(env)
        self._lock = threading.Lock()

    def can_start(self, env):
        """Whether the forked process would find the same as a fresh one: Python reads some variables at its start."""
        return sys.platform == "linux" and without_own(env) == self._env

    @functools.cached_property
    def _socket(self):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [self.python, __file__, str(theirs.fileno()), self.program],
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,  # so Python makes its streams as for a process whose output is collected
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self._stop)
        return ours

    def _stop(self):
        self._socket.close()
        self._process.wait(20)

    def fork(self, request, ends):
        """The id of a new process, which gets the ends of pipes."""
        with self._lock:
            socket.send_fds(self._socket, [json.dumps(request).encode()], ends)
            told = self._socket.recv(32)
        assert told, self._process.stderr.read().decode()
        return int(told)


def without_own(env):
    return {name: value for name, value in env.items() if not name.startswith(OWN)}


class ForkedProcess:
    """What `subprocess.Popen` offers of a process, for one that a server has forked.

    `log` is a file for both outputs; without it they are pipes of text.
    """

    def __init__(self, server, arguments, *, cwd, env, log=None, start_new_session=False):
        self.args = [server.python, *arguments]
        self.returncode = None
        pipes = [os.pipe() for _ in range(PIPES)]
        (stdin_end, stdin), (out, out_end), (err, err_end), (self._status, status_end) = pipes
        outputs = [out_end, err_end] if log is None else [log.fileno()] * 2
        request = {"argv": arguments, "cwd": str(cwd), "env": env, "session": start_new_session}
        try:
            self.pid = server.fork(request, [stdin_end, *outputs, status_end])
        finally:
            for end in (stdin_end, out_end, err_end, status_end):
                os.close(end)
        self.stdin = os.fdopen(stdin, "wb", 0)
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


# --- the process that forks ---


def _serve(channel):
    """Fork for each request; returns in the child."""
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
            request, ends, _, _ = socket.recv_fds(channel, 2**20, PIPES)
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
                _become(json.loads(request), *ends)
                return
            *others, running[pid] = ends
            for end in others:
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


def _become(request, *ends):
    """Be as a fresh process of that request."""
    if request["session"]:
        os.setsid()
    for number, end in enumerate(ends[:3]):
        os.dup2(end, number)
    for end in ends:
        os.close(end)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv[:] = request["argv"]


def _import(program):
    register = atexit.register
    atexit.register = lambda function, *more, **named: (
        function if getattr(function, "__name__", None) in UNREGISTERED else register(function, *more, **named)
    )
    for name in PROGRAMS[program]:
        importlib.import_module(name)
    atexit.register = register
    if program == "addon":
        sys.modules["addon.actions"].REGISTRY.load()
    elif program == "aqt":
        for each in gc.get_objects():
            isinstance(each, ForkServer)  # has PyQt make the enums of a class, as it does when one is first used
    assert len([*Path("/proc/self/task").iterdir()]) == 1, "only one thread goes on in what is forked"
    gc.collect()
    gc.freeze()  # else each forked process gets a copy of all that it looks for garbage in


def _run(main):
    """Run it to its last line, and leave out what takes Python longest at its end: to take all modules apart."""
    try:
        status = main()
    except SystemExit as exit:
        status = exit.code
    threading._shutdown()
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(status)  # which says so
    os._exit(status or 0)


if __name__ == "__main__":
    channel, program = socket.socket(fileno=int(sys.argv[1])), sys.argv[2]
    sys.path.pop(0)  # this folder
    _import(program)
    _serve(channel)
    if program == "aqt":
        sys.argv[:2] = ["-c"]
        aqt = sys.modules["aqt"]
        aqt.AnkiApp.KEY = os.environ["ANKI_SINGLE_INSTANCE_KEY"]  # what it has read when it was imported
        aqt.run()
    elif program == "anki.syncserver":
        sys.modules[program].run_sync_server()
    elif sys.argv[0] == "-c":
        code = sys.argv.pop(1)
        _run(lambda: exec(code, {"__name__": "__main__"}))
    else:
        main = sys.modules[f"{program}.__main__"]
        sys.argv[:2] = [main.__file__]
        _run(main.main)
