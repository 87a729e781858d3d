"""The loop over the sockets: what it asks, and that it misses nothing."""

import http.client
import socket
import sys
import threading
from pathlib import Path

import pytest

from addon.http.server.connection import Channel
from addon.http.server.server import Server


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
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        for turn in range(60):
            body = f"{number} {turn} ".encode() * (1 if turn % 7 else 20_000)
            if exchange(connection, body) != body:
                wrong.append((number, turn))
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.skipif(sys.platform != "linux", reason="counts what stands in /proc")
def test_a_server_leaves_no_descriptor_behind():
    def descriptors():
        return len(list(Path("/proc/self/fd").iterdir()))

    before = descriptors()
    server = Server(echo, port=0)
    for _ in range(3):
        server.start()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        exchange(connection, b"x")
        connection.close()
        server.stop()
    assert descriptors() == before
