"""What ends a process that serves, and in which order."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from examples import ROOT
from gateway_process import ServeProcess

from addon.headless.stopping import ServerFailed, Stopping

WAIT = 20.0
FRESH = True

LOSES_ITS_LOOP = """
import os, sys, threading
from addon.cli import main
from addon.http.server.server import Server

start = Server.start

def start_and_fail(server, *arguments):
    start(server, *arguments)
    wake = server._listeners[0].trigger.trigger
    threading.Timer(0.5, os.dup2, (os.open(os.devnull, os.O_WRONLY), wake)).start()

Server.start = start_and_fail
sys.exit(main())
"""
"""Serves, until the other end of the pipe that wakes the loop is gone."""


AT_EACH_LINE = """
import signal, sys, threading
from addon.headless.stopping import Stopping

def wait(at):
    lines = 0

    def trace(frame, event, argument):
        nonlocal lines
        lines += event == "line"
        if event == "line" and lines == at:
            signal.raise_signal(signal.SIGTERM)
        return trace

    late = threading.Timer(0.2, signal.pthread_kill, [threading.main_thread().ident, signal.SIGTERM])
    stopping = Stopping()
    late.start()
    sys.settrace(trace)
    stopping.wait()
    sys.settrace(None)
    late.cancel()
    return lines

at = 1
while wait(at) >= at:
    at += 1
print(at)
"""
"""Waits again and again; the signal comes before another line of the wait each time, and at last during it."""


class Failing(ServeProcess):
    program = ("-c", LOSES_ITS_LOOP)


@pytest.fixture(autouse=True)
def handlers():
    """The process's own handlers of signals, afterwards."""
    before = {number: signal.getsignal(number) for number in signal.valid_signals()}
    yield
    for number, handler in before.items():
        if signal.getsignal(number) != handler:
            signal.signal(number, handler)


@pytest.mark.process
def test_a_server_that_fails_ends_the_process_with_an_error(collection, tmp_path):
    log = tmp_path / "anki-rpc.log"
    process = Failing("--collection", collection, "--log-file", log).ready()
    assert process.end() == 1
    assert process.err == "anki-rpc: The server has failed: the system has closed a socket of the server\n"
    assert " CRITICAL The server has failed\nTraceback" in log.read_text("utf-8")
    assert not collection.with_name(collection.name + "-wal").exists()
    with closing(sqlite3.connect(collection)) as db:
        assert db.execute("select count() from notes").fetchone() == (2,)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_end_the_wait(name):
    number = getattr(signal, name)
    signal.signal(number, signal.SIG_DFL)  # these tests may run under nohup
    stopping = Stopping()
    signal.raise_signal(number)
    stopping.wait()


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_signal_ends_the_wait_at_any_moment():
    command = [sys.executable, "-c", AT_EACH_LINE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=WAIT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_signal_that_does_not_interrupt_the_main_thread_ends_the_wait():
    """It comes to another thread here, or to the main thread just before it waits."""
    stopping, is_over = Stopping(), threading.Event()
    other = threading.Thread(target=is_over.wait, args=[WAIT])
    other.start()
    threading.Timer(0.2, signal.pthread_kill, [other.ident, signal.SIGTERM]).start()
    limit = threading.Timer(WAIT / 2, stopping.fail, ["the signal was not noticed"])
    limit.start()
    try:
        stopping.wait()
    finally:
        limit.cancel()
        is_over.set()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_other_signals_do_not_end_the_wait():
    stopping = Stopping()
    signal.signal(signal.SIGUSR1, lambda number, frame: None)
    threading.Timer(0.05, signal.raise_signal, [signal.SIGUSR1]).start()
    threading.Timer(0.2, stopping.fail, ["the end"]).start()
    with pytest.raises(ServerFailed):
        stopping.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_process_that_shall_outlive_its_terminal_does():
    """As `nohup` starts it."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    Stopping()
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN


def test_a_failure_ends_the_wait():
    stopping = Stopping()
    threading.Timer(0.05, stopping.fail, ["no such luck"]).start()
    with pytest.raises(ServerFailed, match="no such luck"):
        stopping.wait()


def test_a_closed_console_lets_the_process_end_only_when_all_is_closed():
    """Windows ends the process when the function returns."""
    stopping, answers = Stopping(), []
    assert stopping._console_ends(0) is False  # Ctrl-C has a signal
    system = threading.Thread(target=lambda: answers.append(stopping._console_ends(2)))
    system.start()
    stopping.wait()
    time.sleep(0.05)
    assert answers == []
    stopping.done()
    system.join(WAIT)
    assert answers == [True]
