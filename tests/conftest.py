"""Gateways on copies of the example collection: through the WSGI application, and in processes of their own."""

import gc
import http.server
import itertools
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # helpers beside the tests: seed, gateway_process

import gateway_process
import seed
from gateway_process import ServeProcess
from kept_gateways import KeptGateway
from local_gateway import LocalGateway
from recycled import Copies, EmptyFolders

pytest.register_assert_rewrite("programs", "recorded_clients")

STARTS_PROCESSES = ("desktop", "browser", "node", "torture", "process")
"""Markers of tests that may start other processes, the slowest first; `make test-fast` leaves them out."""

_running = None
_numbers = itertools.count()


def pytest_configure(config):
    """Undo what some machines set, every process inherits, and takes half of the CPU time of all tests.

    Without bytecode each Python compiles what it imports; with a backtrace an error of Anki's backend takes 0.2 s.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    os.environ["RUST_BACKTRACE"] = "0"
    gateway_process.fork_server()  # before a test changes the environment
    gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish():
    """Leave ten thousand tests to themselves: Python would look for garbage among them again and again."""
    gc.freeze()
    gc.set_threshold(20_000)  # a test leaves little, and most of that is a gateway's
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what the fixture `serve` starts processes for, before pytest applies `-m`.

    The files that take longest come first, so that parallel runs end together.
    """
    for item in items:
        if {"serve", "served"} & set(item.fixturenames):
            item.add_marker(pytest.mark.process)
    marks = {item.path: set() for item in items}
    for item in items:
        marks[item.path].update(mark.name for mark in item.iter_markers())
    items.sort(key=lambda item: next((n for n, m in enumerate(STARTS_PROCESSES) if m in marks[item.path]), 9))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    global _running  # noqa: PLW0603
    _running = item
    try:
        return (yield)
    finally:
        _running = None


def _check_process(event, _):
    """Keep `make test-fast` fast: refuse a process to a test that is not marked to start one."""
    if event in ("subprocess.Popen", "os.posix_spawn", "os.fork") and _running is not None:
        assert any(map(_running.get_closest_marker, STARTS_PROCESSES)), "mark this test with pytest.mark.process"


sys.addaudithook(_check_process)


@pytest.fixture(scope="session")
def example_collection(tmp_path_factory):
    """The path of the example collection; tests work on copies."""
    path = tmp_path_factory.mktemp("example") / "collection.anki2"
    seed.make(path)
    path.with_name(path.name + ".optimized").touch()
    return path


@pytest.fixture(scope="session")
def _empty_folders():
    return EmptyFolders()


@pytest.fixture
def tmp_path(tmp_path_factory, _empty_folders):
    """As pytest's own, but used again unless the test fails."""
    failed = _running.session.testsfailed
    name = re.sub(r"\W", "_", _running.name[:30])
    path = tmp_path_factory.getbasetemp() / f"{name}{next(_numbers)}"
    _empty_folders.take(path)
    yield path
    if _running.session.testsfailed == failed:
        _empty_folders.give_back(path)


@pytest.fixture(scope="session")
def _copies(example_collection, tmp_path_factory):
    """Folders with a copy of the example collection, and where it is in them."""
    folder = tmp_path_factory.mktemp("copied")
    path = seed.copy(example_collection, folder)
    return Copies(folder, tmp_path_factory.mktemp("idle")), path.relative_to(folder)


@pytest.fixture
def open_gateway(tmp_path, _copies):
    """Opens gateways with given settings, each on a copy of the example collection."""
    (copies, path), opened, failed = _copies, {}, _running.session.testsfailed

    def open_one(**settings):
        folder = tmp_path / str(len(opened))
        copies.take(folder)
        opened[folder] = LocalGateway(folder / path, **settings)
        return opened[folder]

    yield open_one
    for gateway in opened.values():
        gateway.close()
    if _running.session.testsfailed == failed:
        for folder in opened:
            copies.give_back(folder)


@pytest.fixture
def gateway(open_gateway):
    """A gateway with default settings."""
    return open_gateway()


@pytest.fixture(scope="module")
def reading_with(example_collection, tmp_path_factory):
    """Gateways with given settings, each opened once, for requests that change nothing."""
    opened = {}

    def open_one(**settings):
        name = json.dumps(settings)
        if name not in opened:
            path = seed.copy(example_collection, tmp_path_factory.mktemp("reading") / "1")
            opened[name] = LocalGateway(path, **settings)
        return opened[name]

    yield open_one
    for gateway in opened.values():
        gateway.close()


@pytest.fixture(scope="module")
def reading(reading_with):
    """One gateway for all of a module's requests that change nothing."""
    return reading_with()


@pytest.fixture(scope="module")
def keep(example_collection, tmp_path_factory, _copies):
    """Makes a `KeptGateway`, whose `unchanged()` is for each row of a test a gateway that no other one has changed."""
    made = []

    def make(*prepare):
        made.append(KeptGateway(example_collection, tmp_path_factory.mktemp("kept"), *prepare, copies=_copies))
        return made[-1]

    yield make
    for gateways in made:
        gateways.close()


@pytest.fixture(scope="module")
def kept(keep):
    """One with default settings, on which nothing is prepared."""
    return keep()


@pytest.fixture(scope="module")
def refusing(example_collection, tmp_path_factory):
    """One gateway for all of a module's requests that must be refused: none of them may write anything."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("refusing")))
    before = gateway.col.undo_status().last_step, gateway.col.mod
    yield gateway
    after = gateway.col.undo_status().last_step, gateway.col.mod
    gateway.close()
    assert after == before


@pytest.fixture
def collection(example_collection, tmp_path):
    """The path of a copy of the example collection."""
    return seed.copy(example_collection, tmp_path)


@pytest.fixture(scope="module")
def served(example_collection, tmp_path_factory):
    """A gateway in a process of its own, for all of a module's tests; it must end without a word."""
    process = ServeProcess("--collection", seed.copy(example_collection, tmp_path_factory.mktemp("served"))).ready()
    yield process
    assert process.stop() == 0
    assert process.err == ""


@pytest.fixture
def serve(request):
    """Starts gateways; in the end they are stopped, and none may have shown a traceback.

    In a module that says `FRESH = True`, each is a fresh process, as a user's is.
    """
    started = []
    fresh = {"fresh": True} if getattr(request.module, "FRESH", False) else {}

    def start(*options, **more):
        started.append(ServeProcess(*options, **fresh, **more))
        return started[-1]

    yield start
    for process in started:
        if process.process.poll() is None:
            process.process.terminate()
    for process in started:
        try:
            process.end()
        except subprocess.TimeoutExpired:
            process.process.kill()
            process.end()
        assert "Traceback" not in process.out + process.err


@pytest.fixture
def time_zone(monkeypatch):
    """Chooses the local time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone cannot be changed here")

    def choose(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield choose
    monkeypatch.undo()
    time.tzset()


class _WebHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.agents.append(self.headers["User-Agent"])
        self.server.hosts.append(self.headers["Host"])
        target = self.server.redirects.get(self.path)
        body = b"content" if self.path == "/fine" else b""
        self.send_response(302 if target else 200 if self.path in ("/fine", "/empty") else 404)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def web():
    """A web server to download from: `/fine`, `/empty` and `redirects`; it keeps the agents and hosts it was sent."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _WebHandler)
    server.agents, server.hosts, server.redirects = [], [], {"/moved": "/fine"}
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
