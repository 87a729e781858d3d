"""Clients that are slow, idle, gone or do not read: another client is served within a second all the while."""

import contextlib
import http.client
import json
import random
import resource
import select
import socket
import statistics
import subprocess
import sys
import threading
import time

import pytest
from platforms import windows_server
from sizes import size

from addon.http.server.load_shedding import MAX_RESPONSE_BYTES
from addon.http.server.server import Server

from .process import eventually, memory, open_files, processor_seconds

WAIT = 60.0
SOON = 3.0
RESET = b"\x01\0\0\0\0\0\0\0"  # of SO_LINGER: closing sends RST
HEAD = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
CALL = b'{"jsonrpc": "2.0", "id": 1, "method": "deckNames"}'
REQUEST = HEAD + b"Content-Length: %d\r\n\r\n" % len(CALL) + CALL


class Another:
    """A client that behaves, on a new connection for each call and on a kept one; it notes how long it waits."""

    def __init__(self, process):
        self.process = process
        self.kept = process.connect()
        self.seconds = []

    def call(self):
        for connection in (self.kept, None):
            begin = time.monotonic()
            each = connection or self.process.connect()
            assert "Italian" in each.rpc("deckNames")
            self.seconds.append(time.monotonic() - begin)
            if each is not self.kept:
                each.close()

    @property
    def told(self):
        """The longest and the usual wait, in words; the longest must be short."""
        assert max(self.seconds) < SOON
        return f"{max(self.seconds) * 1000:.0f} ms at most, {statistics.median(self.seconds) * 1000:.1f} ms usually"


@contextlib.contextmanager
def connections(port, count):
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(connect(port)) for _ in range(count)]


def connect(port):
    sock = socket.create_connection(("127.0.0.1", port), timeout=WAIT)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def reset(sock):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    sock.close()


def is_readable(sock, milliseconds=0):
    poll = select.poll()  # select() takes no more than 1,024 files
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(milliseconds))


def is_closed(sock):
    """The server has closed it, and all that came before was read."""
    with contextlib.suppress(OSError):
        while is_readable(sock):
            if not sock.recv(2**16):
                return True
        return False
    return True


def status(sock):
    response = http.client.HTTPResponse(sock)
    response.begin()
    response.read()
    return response.status


def test_clients_that_send_a_byte_a_second(served, figure):
    count, seconds = size("SLOW_CLIENTS", 200, 400), size("SLOW_SECONDS", 3, 40)
    another = Another(served)
    ended = 0
    with connections(served.port, count) as slow:
        sent = dict.fromkeys(slow, 0)
        for sock in slow[::2]:  # every other one is slow within the body
            sock.sendall(REQUEST[:-40])
            sent[sock] = len(REQUEST) - 40
        for _ in range(seconds):
            until = time.monotonic() + 1
            for sock, place in list(sent.items()):
                with contextlib.suppress(OSError):
                    sock.sendall(REQUEST[place : place + 1])
                    sent[sock] += 1
            while time.monotonic() < until:
                another.call()
                time.sleep(0.02)
            ended = sum(map(is_closed, slow))
    figure(f"{count} clients send a byte a second for {seconds} s: another client waits", another.told)
    figure(f"of these {count} slow clients were given up after 30 s", ended)
    assert ended == (count if seconds > 32 else 0)


def test_connections_that_are_reset_or_half_closed_at_any_moment(served, figure):
    count, chance = size("RESETS", 300, 20_000), random.Random(1)
    another = Another(served)
    another.call()
    before = open_files(served)
    for number in range(count):
        sock = connect(served.port)
        sock.sendall((REQUEST * 3)[: chance.randrange(1, 3 * len(REQUEST))])
        if number % 3:
            reset(sock)
        elif number % 2:
            sock.shutdown(socket.SHUT_WR)
            assert status(sock) in {200, 400}
            sock.close()
        else:
            sock.close()
        if number % 50 == 0:
            another.call()
    eventually(lambda: open_files(served) <= before)
    figure(f"{count} connections are reset or closed at any moment: another client waits", another.told)


def test_idle_clients_shut_nobody_out(served, figure):
    """Beyond the limit the one that was unused for longest makes room, and never one that is in use."""
    limit, count = 1000, size("IDLE_CLIENTS", 1200, 3000)
    another = Another(served)
    before = memory(served)
    with connections(served.port, limit - 10) as idle:
        time.sleep(1.1)
        for _ in range(20):
            another.call()
        figure(f"{limit - 10} clients are idle: another client waits", another.told)
        figure(f"memory that {limit - 10} idle connections take", f"{(memory(served) - before) / 2**20:.0f} MiB")
        assert not any(map(is_closed, idle))
        another.seconds.clear()
        with contextlib.ExitStack() as stack:
            for number in range(count - limit):
                last = stack.enter_context(connect(served.port))
                if number % 20 == 0:
                    another.call()
            eventually(lambda: is_closed(idle[0]))
            assert not is_closed(last)
        figure(f"{count} clients are idle, with a limit of {limit}: another client waits", another.told)


FLOOD = """
import selectors, socket, sys
port, count, sent = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode()
selector = selectors.DefaultSelector()
def begin():
    sock = socket.socket()
    sock.setblocking(False)
    sock.connect_ex(("127.0.0.1", port))
    selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)
for _ in range(count):
    begin()
while True:
    for key, events in selector.select():
        try:
            if events & selectors.EVENT_WRITE:
                key.fileobj.send(sent)
                selector.modify(key.fileobj, selectors.EVENT_READ)
            elif not key.fileobj.recv(4096):
                raise ConnectionError
        except OSError:
            selector.unregister(key.fileobj)
            key.fileobj.close()
            begin()
"""
"""Keeps many connections open, and begins a new one for each that is closed."""


@pytest.mark.parametrize("limit", [128, 400, 1000])
@pytest.mark.parametrize("sent", [b"", REQUEST[:-1]], ids=["nothing", "half requests"])
def test_a_flood_of_connections_does_not_delay_others(serve, figure, request, limit, sent):
    server, waits = serve(answering(b"x"), max_connections=limit), []
    arguments = [sys.executable, "-c", FLOOD, str(server.port), "1500", sent.decode()]
    with subprocess.Popen(arguments) as flood:
        try:
            eventually(lambda: len(list(server._channels())) >= min(limit, server._load_shedder._limit))
            until = time.monotonic() + size("FLOOD_SECONDS", 1, 10)
            while time.monotonic() < until:
                begin = time.monotonic()
                assert get(server) > 1
                waits.append(time.monotonic() - begin)
        finally:
            flood.kill()
    sends = request.node.callspec.id.partition("-")[0]
    waited = f"{max(waits) * 1000:.0f} ms at most, {statistics.median(waits) * 1000:.0f} ms usually"
    figure(f"1500 connections that send {sends}, with a limit of {limit}: another client waits", waited)
    assert max(waits) < SOON


def test_a_process_that_may_open_no_more_files_goes_on(served, figure):
    """As where Anki itself, or an add-on, has them open."""
    pid = served.process.pid
    allowed = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (open_files(served) + 5, allowed[1]))
    before = processor_seconds(served)
    with connections(served.port, 50):
        time.sleep(3)
        used = processor_seconds(served) - before
        begin = time.monotonic()
        assert served.connect().rpc("version") == 6
        waited = time.monotonic() - begin
    resource.prlimit(pid, resource.RLIMIT_NOFILE, allowed)
    figure("50 clients, and files for 5: processor time in 3 s, another client waits", f"{used:.2f} s, {waited:.2f} s")
    assert used < 1


@pytest.fixture(params=["this system", "Windows"])
def serve(request, monkeypatch):
    """Starts servers in this process, of an application that is given, on the sockets of this system or of Windows."""
    if request.param == "Windows":
        windows_server.simulate(monkeypatch)
    servers = []

    def start(app, **options):
        servers.append(Server(app, port=0, **options))
        servers[-1].start()
        return servers[-1]

    yield start
    for server in servers:
        server.stop(1)


def answering(body):
    def app(environ, start_response):
        environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    return app


def get(server):
    with connect(server.port) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return len(b"".join(iter(lambda: sock.recv(2**20), b"")))


def waiting(server):
    return sum(channel.total_outbufs_len for channel in server._channels())


def test_half_done_requests_at_the_limit_make_room_too(serve):
    server = serve(answering(b"x"), max_connections=10)
    with connections(server.port, 10) as slow:
        for sock in slow:
            sock.sendall(REQUEST[:-1])
        eventually(lambda: len(list(server._channels())) == 10)
        begin = time.monotonic()
        assert get(server) > 1
        assert time.monotonic() - begin < 3  # a second that each is safe, and a tick
        assert sum(map(is_closed, slow)) == 1


def test_a_request_that_runs_is_never_closed_for_a_new_connection(serve):
    let_go, running = threading.Event(), threading.Semaphore(0)

    def app(environ, start_response):
        if environ["PATH_INFO"] == "/slow":
            running.release()
            let_go.wait(WAIT)
        start_response("200 OK", [("Content-Length", "1")])
        return [b"x"]

    server = serve(app, max_connections=3)
    with connections(server.port, 3) as busy:
        for sock in busy:
            sock.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        for _ in busy:
            assert running.acquire(timeout=WAIT)
        with connect(server.port) as late:
            late.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            time.sleep(1.5)
            assert not any(map(is_closed, [*busy, late]))
            let_go.set()
            assert [status(sock) for sock in (*busy, late)] == [200] * 4


def test_a_connection_in_use_is_not_the_one_that_makes_room(serve):
    server = serve(answering(b"x"), max_connections=5)
    with connect(server.port) as used, connections(server.port, 4) as idle:
        for number in range(15):
            used.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert status(used) == 200
            time.sleep(0.1)
            if number > 10:
                assert get(server) > 1
        assert any(map(is_closed, idle))
        assert not is_closed(used)


def test_an_idle_connection_is_closed_in_the_end_whatever_the_clock_says(serve, monkeypatch):
    server = serve(answering(b"x"), idle_timeout=1)
    monkeypatch.setattr(time, "time", lambda: 0.0)  # the clock was set back, and stands still
    with connect(server.port) as idle:
        begin = time.monotonic()
        assert idle.recv(1) == b""
        assert 0.9 < time.monotonic() - begin < 4


def test_a_jump_of_the_clock_ends_no_request(serve, monkeypatch):
    server = serve(answering(b"x"))
    with connect(server.port) as sock:
        sock.sendall(REQUEST[:-1])
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + 10_000)
        time.sleep(2.2)
        sock.sendall(REQUEST[-1:])
        assert status(sock) == 200


def test_the_whole_of_a_request_has_a_deadline(serve):
    server = serve(answering(b"x"), read_timeout=1, read_deadline=2)
    with connect(server.port) as sock:
        sock.sendall(HEAD + b"Content-Length: 100000000\r\n\r\n")
        begin = time.monotonic()
        while not is_readable(sock, 10):
            sock.sendall(b"x" * 4096)
            assert time.monotonic() - begin < WAIT
        response = http.client.HTTPResponse(sock)
        response.begin()
        assert (response.status, "took too long" in json.load(response)["error"]["message"]) == (408, True)
        assert 1.9 < time.monotonic() - begin < 4


def test_clients_that_never_read_are_dropped_and_their_answers_with_them(serve, figure):
    """More than may wait in all: the excess goes at once, the rest when patience ends."""
    body, timeout = b"x" * (16 * 2**20), size("READ_TIMEOUT", 2, 30)
    count = size("NEVER_READING", 24, 100)
    server = serve(answering(body), read_timeout=timeout)
    waits = []
    with connections(server.port, count) as deaf:
        begin = time.monotonic()
        for number, sock in enumerate(deaf):
            sock.sendall(
                b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * (1 + number % 3)
            )  # some ask for several at once
        seen, is_over = [], threading.Event()

        def watch():
            while not is_over.wait(0.005):
                seen.append((time.monotonic() - begin, waiting(server)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            while not any(held > MAX_RESPONSE_BYTES for _, held in seen) or seen[-1][1]:
                at = time.monotonic()
                assert at - begin < timeout + WAIT
                assert get(server) > len(body)
                waits.append(time.monotonic() - at)
        finally:
            is_over.set()
            watcher.join()
        assert all(map(is_closed, deaf))
    asked = sum(1 + number % 3 for number in range(count))
    most = max(held for _, held in seen)
    bounded = next(at for at, held in reversed(seen) if held > MAX_RESPONSE_BYTES + len(body))
    gone = next(at for at, held in reversed(seen) if held)
    figure(
        f"{count} clients ask for {asked} answers of 16 MiB and read none: another gets 16 MiB within",
        f"{max(waits) * 1000:.0f} ms at most",
    )
    figure(
        "what waits to be read is bounded, and gone",
        f"{most / 2**20:.0f} MiB at most, under {MAX_RESPONSE_BYTES >> 20} MiB after {bounded:.1f} s, "
        f"none after {gone:.1f} s",
    )


def test_a_steady_reader_is_not_dropped_however_long_it_takes(serve):
    body = b"x" * (10 * 2**20)
    server = serve(answering(body), read_timeout=1)
    with connect(server.port) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)
        sock.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        got, begin = 0, time.monotonic()
        while piece := sock.recv(2**18):
            got += len(piece)
            time.sleep(0.03)
        assert got > len(body)
        assert time.monotonic() - begin > 2.5


def test_pipelined_calls_are_answered_in_order(served, figure):
    count = size("PIPELINED", 500, 20_000)
    calls = [b'{"jsonrpc": "2.0", "id": %d, "method": "version"}' % number for number in range(count)]
    with connect(served.port) as sock:
        sending = threading.Thread(
            target=sock.sendall,
            args=(b"".join(HEAD + b"Content-Length: %d\r\n\r\n" % len(call) + call for call in calls),),
        )
        begin = time.monotonic()
        sending.start()
        reader = sock.makefile("rb")
        for number in range(count):
            length = 0
            while (line := reader.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line[15:])
            assert json.loads(reader.read(length)) == {"jsonrpc": "2.0", "id": number, "result": 6}
        sending.join(WAIT)
    figure(f"{count} calls sent at once on one connection are answered in order", f"{time.monotonic() - begin:.2f} s")


def test_a_request_may_come_in_any_pieces(served, figure):
    """By length or in chunks, with `Expect: 100-continue` or without, cut anywhere."""
    count, chance = size("PIECES", 60, 3000), random.Random(2)
    for number in range(count):
        expects = b"Expect: 100-continue\r\n" if number % 2 else b""
        if number % 4 < 2:
            cuts = sorted(chance.sample(range(1, len(CALL)), chance.randrange(5)))
            parts = [CALL[start:end] for start, end in zip([0, *cuts], [*cuts, len(CALL)], strict=True)]
            body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])
            head = HEAD + expects + b"Transfer-Encoding: chunked\r\n\r\n"
        else:
            body, head = CALL, HEAD + expects + b"Content-Length: %d\r\n\r\n" % len(CALL)
        with connect(served.port) as sock:
            whole = head + body
            cuts = sorted(chance.sample(range(1, len(whole)), chance.randrange(6)))
            for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True):
                sock.sendall(whole[start:end])
            answer = b""
            while b'"result"' not in answer:
                piece = sock.recv(2**16)
                assert piece, answer
                answer += piece
            *continues, rest = answer.split(b"HTTP/1.1 100 Continue\r\n\r\n")
            assert len(continues) <= (number % 2)
            assert rest.startswith(b"HTTP/1.1 200 OK\r\n")
    figure("requests by length and in chunks, with and without Expect, cut anywhere", f"{count}, all answered")


@pytest.mark.parametrize(
    ("length", "body"), [(b"10", CALL), (b"%d" % (len(CALL) + 10), CALL), (b"0", CALL), (b"10000000000", b"")]
)
def test_a_wrong_length_costs_only_its_own_connection(served, length, body):
    with connect(served.port) as sock:
        sock.sendall(HEAD + b"Content-Length: " + length + b"\r\n\r\n" + body)
        sock.shutdown(socket.SHUT_WR)
        answers = b"".join(iter(lambda: sock.recv(65536), b""))
    assert answers.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 400 ", b"HTTP/1.1 413 "))
    assert b"HTTP/1.1 500" not in answers
    Another(served).call()
