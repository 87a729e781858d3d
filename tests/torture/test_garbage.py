"""Anki runs Python's cycle collector every 15 minutes and after dialogs only: no request leaves cycles behind."""

import gc
import socket
import time

import pytest

from addon.http.server.server import Server

from .process import eventually
from .requests import JSON, REQUESTS, exchange, get, old, post, request, rpc

WAIT = 60.0
TIMES = 6


@pytest.fixture(scope="module")
def server(reading):
    server = Server(reading.gateway.app, port=0)
    server.start()
    yield server
    server.stop(2)


def left_by(server, work):
    """The objects in cycles that some repetitions of a piece of work leave behind, by their types."""
    for _ in range(3):
        work()
    quiet(server)
    gc.collect()
    gc.freeze()  # what is there already need not be looked at
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        for _ in range(TIMES):
            work()
        quiet(server)
        gc.collect()
        return [f"{type(thing).__module__}.{type(thing).__qualname__}" for thing in gc.garbage]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
        gc.unfreeze()


def quiet(server):
    """Wait until the server has forgotten its connections, and its threads what they did last."""
    eventually(lambda: not list(server._channels()))
    time.sleep(0.01)


def test_no_request_leaves_cyclic_garbage(server, web):
    web.redirects["/away"] = "http://169.254.169.254/x"

    def left_by_each_of(names):
        sent = [request(name, web.url) for name in names]
        return left_by(server, lambda: [exchange(server.port, each) for each in sent])

    if len(left_by_each_of(REQUESTS)) >= TIMES:
        left = {name: left for name in REQUESTS if len(left := left_by_each_of([name])) >= TIMES}
        assert not left


def test_a_missing_key_and_a_closed_collection_leave_none_either(open_gateway, figure):
    gateway = open_gateway(apiKey="right")
    server = Server(gateway.gateway.app, port=0)
    server.start()
    calls = [post(rpc("deckNames"), JSON, "X-API-Key: " + key) for key in ("wrong", "right")]
    calls += [post(rpc("deckNames"), JSON), post(old("deckNames")), get("/recent.json")]

    def work():
        for call in calls:
            exchange(server.port, call)

    try:
        left = left_by(server, work)
        gateway.lane.close()
        left += left_by(server, work)
        gateway.lane.open()
        gateway.host.close()
        left += left_by(server, work)
    finally:
        server.stop(2)
    assert len(left) < TIMES, sorted(left)
    figure("kinds of requests that leave no cyclic garbage", len(REQUESTS) + 3 * len(calls))


def test_a_client_that_resets_its_connection_leaves_none(server):
    def work():
        for sent in (b"", post(rpc("deckNames"), JSON), post(rpc("deckNames"), JSON)[:-3], get("/events")):
            with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT) as sock:
                sock.sendall(sent)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    left = left_by(server, work)
    assert len(left) < TIMES, sorted(left)
