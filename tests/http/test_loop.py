"""The loop over the sockets: what it asks, and that it misses nothing."""

import contextlib
import http.client
import os
import socket
import sys
import threading
import time
from pathlib import Path

import pytest
from servers import look_often
from sizes import for_rows

from addon.http.server import event_loop
from addon.http.server.connection import Channel
from addon.http.server.listening import CannotListen
from addon.http.server.server import SELECTABLE, Server
from addon.vendored import waitress

WAIT = 10.0


def until(condition):
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def descriptors():
    return len(list(Path("/proc/self/fd").iterdir()))


def echo(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def server():
    server = Server(echo, port=0)
    server.start()
    yield server
    server.stop()


def exchange(connection, body):
    connection.request("POST", "/", body)
    return connection.getresponse().read()


def test_a_request_has_no_idle_connection_asked_what_it_waits_for(server, monkeypatch):
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    exchange(connection, b"")
    asked = []
    readable = Channel.readable
    monkeypatch.setattr(Channel, "readable", lambda channel: asked.append(channel) or readable(channel))
    for _ in range(50):
        exchange(connection, b"x")
    assert len(asked) < 50 * 10 + 3 * len(idle)  # once in a second all are asked
    for one in (*idle, connection):
        one.close()


def test_many_clients_at_once_lose_no_answer(server):
    wrong = []

    def run(number):
        with socket.create_connection(("127.0.0.1", server.port), 20) as sock, sock.makefile("rb") as answers:
            for turn in range(60):
                body = f"{number} {turn} ".encode() * (1 if turn % 20 else 20_000)
                sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
                while answers.readline() not in (b"\r\n", b""):
                    pass
                if answers.read(len(body)) != body:
                    wrong.append((number, turn))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.skipif(sys.platform != "linux", reason="counts what stands in /proc")
def test_a_server_leaves_no_descriptor_behind():
    before = descriptors()
    server = Server(echo, port=0)
    for _ in range(3):
        server.start()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        exchange(connection, b"x")
        connection.close()
        server.stop()
    assert descriptors() == before


@pytest.fixture
def many_files():
    """Opens files until all descriptors that select() accepts are in use; they are closed at the end."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(2 * SELECTABLE, before[1]), before[1]))
    files = []

    def open_all():
        while not files or files[-1] < SELECTABLE:
            files.append(os.dup(0))

    yield open_all
    for file in files:
        os.close(file)
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_connection_that_the_system_cannot_wait_for_ends_no_other(server, many_files, caplog):
    kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    assert exchange(kept, b"x") == b"x"
    many_files()
    late = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    if not event_loop.USE_EPOLL:
        with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
            exchange(late, b"x")
        assert "closed, because it cannot be served" in caplog.text
    else:
        assert exchange(late, b"x") == b"x"
    assert exchange(kept, b"y") == b"y"
    late.close()
    kept.close()


@pytest.mark.parametrize("method", ["readable", "check_deadlines", "handle_close"])
def test_an_error_on_one_connection_ends_no_other(server, method, monkeypatch, caplog):
    kept, bad = (http.client.HTTPConnection("127.0.0.1", server.port, timeout=10) for _ in range(2))
    exchange(kept, b"x")
    before = set(server._channels())
    exchange(bad, b"x")
    (channel,) = set(server._channels()) - before

    def fail(*_):
        raise RuntimeError("no such luck")

    monkeypatch.setattr(channel, method, fail)
    look_often(server)
    if method == "handle_close":
        bad.close()
    else:
        with contextlib.suppress(ConnectionError):
            exchange(bad, b"x")
    until(lambda: channel not in set(server._channels()))
    assert exchange(kept, b"y") == b"y"
    assert "no such luck" in caplog.text
    kept.close()


def test_a_socket_that_is_closed_already_is_removed_in_order(caplog):
    loop, (one, other) = event_loop.Loop(), socket.socketpair()
    channel = waitress.wasyncore.dispatcher(one, loop)
    channel.writable = lambda: False
    loop.turn(0)
    one.close()
    channel.writable = lambda: True
    loop.mark_changed(channel)
    loop.turn(0)
    assert not loop
    assert "cannot be served" in caplog.text
    assert "not closed in order" not in caplog.text
    other.close()
    loop.close()


def cut_wake(server):
    """Cut the connection by which threads wake the loop, as another program's filter of connections may."""
    trigger = server._listeners[0].trigger
    if trigger.kind == "pipe":
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, trigger.trigger)
        os.close(null)
    else:
        trigger.trigger.shutdown(socket.SHUT_RDWR)


def test_a_server_that_has_to_end_says_so_and_can_be_started_again(caplog):
    server, reasons = Server(echo, port=0), []
    server.start(reasons.append)
    cut_wake(server)
    until(lambda: reasons)
    assert reasons == ["The server has failed: the system has closed a socket of the server"]
    assert "The server has failed" in caplog.text
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))
    server.stop()
    server.start(reasons.append)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    assert exchange(connection, b"x") == b"x"
    connection.close()
    server.stop()
    assert len(reasons) == 1


def test_a_server_that_cannot_be_woken_is_stopped():
    server = Server(echo, port=0)
    server.start()
    cut_wake(server)
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))


def test_a_failure_that_lasts_ends_the_server(server, monkeypatch, caplog):
    reasons = []
    monkeypatch.setattr("addon.http.server.server.FAILURE_PAUSE_S", 0.001)
    monkeypatch.setattr(server, "_on_failure", reasons.append)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    exchange(connection, b"x")
    selector, failures = server._listeners[0]._map._selector, []

    def fail(timeout):
        failures.append(timeout)
        raise ValueError("too many sockets")

    with monkeypatch.context() as broken:
        broken.setattr(selector, "select", fail)
        server._listeners[0].pull_trigger()
        until(lambda: failures)
    assert exchange(connection, b"y") == b"y"
    assert reasons == []
    assert "goes on after a failure" in caplog.text
    monkeypatch.setattr(selector, "select", fail)
    server._listeners[0].pull_trigger()
    until(lambda: reasons)
    assert reasons == ["The server has failed: too many sockets"]
    connection.close()


@pytest.mark.skipif(sys.platform != "linux", reason="counts what stands in /proc")
@for_rows("left", [0, 1, 2])
def test_a_start_without_files_is_explained_and_leaves_nothing_open(left):
    """As in a process that has all its files open."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    server, open_before = Server(echo, port=0), descriptors()
    server.listen()
    files = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_before + 50, before[1]))
    try:
        with contextlib.suppress(OSError):
            while True:
                files.append(os.dup(0))
        for _ in range(left):
            os.close(files.pop())
        with pytest.raises(CannotListen, match="Too many open files"):
            server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        for file in files:
            os.close(file)
    assert descriptors() == open_before
    server.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    assert exchange(connection, b"x") == b"x"
    connection.close()
    server.stop()
