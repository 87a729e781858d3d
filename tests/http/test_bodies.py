"""Large bodies: whose are taken, and how much of them is kept at a time. On real sockets; every wait is bounded."""

import http.client
import json
import socket
import time

import pytest
from servers import look_often

from addon.http.server.server import Server

LARGE = 100 * 2**20
JSON = "application/json"
STRANGER = {"Origin": "https://evil.example"}


@pytest.fixture
def server(gateway):
    """A server of a gateway, as it is made for one."""
    server = look_often(gateway.gateway.server())
    server.port = 0
    server.start()
    yield server
    server.stop(1)


def begin(server: Server, length, body=b"", path="/", **headers):
    """Send the head of a request, and some of its body."""
    sock = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    lines.append("Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}")
    sock.sendall("\r\n".join([*lines, "", ""]).encode() + body)
    return sock


def end(sock):
    response = http.client.HTTPResponse(sock, method="POST")
    response.begin()
    with sock:
        return response.status, response.read()


def test_where_too_many_bodies_come_at_once_the_slowest_are_refused_and_the_others_taken(server, monkeypatch):
    monkeypatch.setattr("addon.http.server.load_shedding.MAX_BODY_BYTES", 5 * 2**20)
    body = b'{"action": "version", "version": 6}'.ljust(2 * 2**20)
    first = begin(server, len(body), body[:-1], Host="localhost")
    deadline = time.monotonic() + 10
    while sum(channel.buffered_body_bytes for channel in server._channels()) < len(body) - 1:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    others = [begin(server, len(body), body[:-1], Host="localhost") for _ in range(2)]
    status, answer = end(first)
    text = "Service Unavailable: too many large bodies are being received. Try again later."
    assert (status, json.loads(answer)) == (503, {"error": text})
    for sock in others:
        sock.sendall(body[-1:])
        assert end(sock)[0] == 200


@pytest.mark.parametrize("kind", ["text/plain", JSON])
@pytest.mark.parametrize("path", ["/", "/mcp", "/media/x", "/events"])
@pytest.mark.parametrize("length", [LARGE, None])
def test_who_has_no_permission_is_refused_before_a_large_body_has_come(server, path, kind, length):
    headers = {"Host": "localhost", "Content-Type": kind, **STRANGER}
    assert end(begin(server, length, path=path, **headers))[0] in (403, 405)
    headers = {"Host": "rebound.example", "Content-Type": kind}
    assert end(begin(server, length, path=path, **headers))[0] == 403


def test_the_question_for_permission_is_short_and_taken_from_anybody(server):
    body = json.dumps({"action": "requestPermission", "version": 6, "params": {}}).encode()
    status, answer = end(begin(server, len(body), body, Host="localhost", **STRANGER))
    assert (status, json.loads(answer)["result"]) == (200, {"permission": "denied"})


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://localhost"}])
def test_who_has_permission_is_waited_for(server, origin):
    body = b'{"action": "version", "version": 6}'.ljust(100_000)
    sock = begin(server, len(body), body[:-1], Host="localhost", **origin)
    sock.settimeout(0.2)
    with pytest.raises(TimeoutError):
        sock.recv(1)
    sock.settimeout(10)
    sock.sendall(body[-1:])
    assert end(sock) == (200, b'{"result": 6, "error": null}')
