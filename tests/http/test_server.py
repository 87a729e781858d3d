"""The server on real sockets: addresses, limits, bad clients, stopping. Every wait is bounded."""

import contextlib
import errno
import gc
import http.client
import json
import logging
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from limits import no_more_threads
from ports import listen

from addon.http.server import load_shedding
from addon.http.server.connection import Channel
from addon.http.server.listening import CannotListen, PortReserved, PortTaken, _listen, is_free
from addon.http.server.server import Server
from addon.http.server.streams import ENVIRON

WAIT = 5.0
started, let_go = threading.Event(), threading.Event()


def app(environ, start_response):
    """Echo the body; /slow says that it runs and waits to be let go; /fail raises; /pieces has no length.

    /forwarded names the headers of proxies.
    """
    path = environ["PATH_INFO"]
    if path == "/fail":
        raise OSError("no such luck")
    body = environ["wsgi.input"].read() or path.encode()
    if path == "/forwarded":
        body = " ".join(name for name in environ if "FORWARDED" in name).encode()
    if path == "/slow":
        started.set()
        let_go.wait(WAIT)
    pieces = [body[:1], body[1:]] if path == "/pieces" else [body]
    length = [] if path == "/pieces" else [("Content-Length", str(len(body)))]
    start_response("200 OK", [("Content-Type", "text/plain"), *length])
    return pieces


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Start servers of `app`, by default on a free port, and stop them in the end."""
    servers = []
    started.clear()
    let_go.clear()

    def start(host="127.0.0.1", port=0, app=app, **options) -> Server:
        server = Server(app, host, port, **options)
        servers.append(server)
        server.start()
        return server

    yield start
    let_go.set()
    for server in servers:
        server.stop(1)


def connect(server: Server, host="127.0.0.1") -> socket.socket:
    return socket.create_connection((host, server.port), timeout=WAIT)


def everything(sock: socket.socket) -> bytes:
    """All that comes until the server closes."""
    return b"".join(iter(lambda: sock.recv(65536), b""))


def post(body: bytes, length: int | None = None, path="/", **headers) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def answer(sock: socket.socket, method="POST") -> http.client.HTTPResponse:
    response = http.client.HTTPResponse(sock, method=method)
    response.begin()
    return response


def ask(server: Server, body=b"hello", path="/") -> bytes:
    with connect(server) as sock:
        sock.sendall(post(body, path=path))
        return answer(sock).read()


def refusal(sock: socket.socket) -> tuple[int, str]:
    """Status and text of an error answer, which must be whole and end the connection."""
    response = answer(sock)
    assert response.getheader("Content-Type") == "application/json"
    assert response.will_close
    error = json.loads(response.read())["error"]
    assert sock.recv(1) == b""
    return response.status, error


@contextlib.contextmanager
def occupied(host="127.0.0.1") -> Iterator[int]:
    with listen(host) as sock:
        yield sock.getsockname()[1]


def has_ipv6() -> bool:
    try:
        with occupied("::1"):
            return True
    except OSError:
        return False


ipv6 = pytest.mark.skipif(not has_ipv6(), reason="no ::1 here")


class TestListening:
    @ipv6
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_both_loopback_addresses_on_one_port(self, serve, host):
        server = serve(host)
        assert server.addresses == [("127.0.0.1", server.port), ("::1", server.port)]
        for address, _ in server.addresses:
            with connect(server, address) as sock:
                sock.sendall(post(b"hello"))
                assert answer(sock).read() == b"hello"

    @pytest.mark.parametrize("host", ["0.0.0.0", pytest.param("::1", marks=ipv6)])
    def test_another_host_is_the_only_address(self, serve, host):
        server = serve(host)
        assert server.addresses == [(host, server.port)]

    def test_url(self):
        assert Server(app).url == "http://127.0.0.1:8765"
        assert Server(app, "::", 80).url == "http://[::1]:80"

    def test_a_taken_port_raises_and_leaves_nothing_bound(self, serve):
        with occupied() as port:
            with pytest.raises(PortTaken, match=rf"127\.0\.0\.1:{port} is already in use .* choose another"):
                serve(port=port)
            if has_ipv6():
                socket.create_server(("::1", port), family=socket.AF_INET6).close()
        assert serve(port=port).port == port

    @ipv6
    def test_a_port_taken_on_ipv6_alone_is_served_on_ipv4_with_a_warning(self, serve, caplog):
        with occupied("::1") as port:
            server = serve(port=port)
            assert server.addresses == [("127.0.0.1", port)]
            assert ask(server) == b"hello"
        assert "The gateway is served on 127.0.0.1 only" in caplog.text

    @pytest.mark.parametrize(
        ("platform", "kind", "text"),
        [
            (
                "win32",
                PortReserved,
                "Windows has reserved this port.*netsh int ipv4 show excludedportrange",
            ),
            ("linux", CannotListen, "Ports below 1024 need special rights"),
        ],
    )
    def test_a_port_that_the_system_does_not_allow_is_not_called_taken(self, serve, monkeypatch, platform, kind, text):
        class Refusing(socket.socket):
            def bind(self, address):
                raise PermissionError(errno.EACCES, "forbidden by its access permissions")

        monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_KEEPALIVE, raising=False)
        monkeypatch.setattr(socket, "socket", Refusing)
        monkeypatch.setattr(sys, "platform", platform)
        with pytest.raises(CannotListen, match=text) as raised:
            serve(port=80)
        assert raised.type is kind

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_a_free_port_is_one_on_which_a_server_can_listen(self, serve, host):
        port = serve(host).port
        assert not is_free(host, port)
        with occupied() as port:
            assert not is_free(host, port)
        assert is_free(host, port)
        assert not is_free("192.0.2.1", port)

    @ipv6
    def test_a_port_is_free_only_on_both_loopback_addresses(self):
        with occupied("::1") as port:
            assert not is_free("127.0.0.1", port)
            assert not is_free("::1", port)

    @pytest.mark.parametrize(("host", "text"), [("192.0.2.1", "no such address"), ("x" * 64, "is no address")])
    def test_a_wrong_host_is_explained(self, serve, host, text):
        with pytest.raises(CannotListen, match=text):
            serve(host)

    def test_restart_on_the_same_port_at_once(self, serve):
        server = serve()
        for _ in range(3):
            with connect(server) as sock:
                sock.sendall(post(b"hello"))
                answer(sock).read()
                server.stop()
                assert sock.recv(1) == b""
            server.start()
            assert ask(server) == b"hello"
        with pytest.raises(RuntimeError):
            server.start()


class TestRequests:
    def test_a_kept_connection_serves_many(self, serve):
        with connect(serve()) as sock:
            for i in range(300):
                sock.sendall(post(b"%d" % i))
                response = answer(sock)
                assert (response.status, response.read()) == (200, b"%d" % i)
                assert response.getheader("Server") == "AnkiRPC"

    def test_pipelined_requests_are_answered_in_order(self, serve):
        with connect(serve()) as sock:
            sock.sendall(post(b"first") + post(b"second", Connection="close"))
            assert [part.rpartition(b"\r\n")[2] for part in everything(sock).split(b"HTTP/1.1 200 OK")[1:]] == [
                b"first",
                b"second",
            ]

    def test_a_chunked_body_arrives_whole(self, serve):
        chunks = [b"a" * 7, b"b" * 70_000, b"c"]
        with connect(serve()) as sock:
            sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            for chunk in [*chunks, b""]:
                sock.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            assert answer(sock).read() == b"".join(chunks)

    def test_large_bodies_pass_both_ways(self, serve):
        body = bytes(range(256)) * 2**15
        assert ask(serve(), body) == body

    @pytest.mark.parametrize("path", ["/", "/pieces"])
    def test_head_has_no_body(self, serve, path):
        with connect(serve()) as sock:
            sock.sendall(f"HEAD {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            head, _, body = everything(sock).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"Content-Length: 1\r\n" in head or path == "/pieces"
            assert body in {b"", b"0\r\n\r\n"}

    def test_an_answer_of_unknown_length_is_chunked(self, serve):
        assert ask(serve(), path="/pieces") == b"hello"

    @pytest.mark.parametrize("body", [b"hello", b""])
    def test_expect_100_continue(self, serve, body):
        with connect(serve()) as sock:
            sock.sendall(post(b"", len(body), Expect="100-continue"))
            if body:
                assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
                sock.sendall(body)
            assert answer(sock).read() == (body or b"/")

    def test_expect_100_continue_behind_another_request(self, serve, monkeypatch):
        """The thread of the first request says it. If the loop wakes up then, it does not say it as well."""
        send, is_sent_twice = Channel.send, threading.Event()

        def send_while_the_loop_wakes_up(channel, data, do_close=True):
            if data.startswith(b"HTTP/1.1 100"):
                if threading.current_thread().name == "anki-rpc-http":
                    is_sent_twice.set()
                else:
                    channel.server.pull_trigger()
                    is_sent_twice.wait(0.5)
            return send(channel, data, do_close)

        monkeypatch.setattr(Channel, "send", send_while_the_loop_wakes_up)
        with connect(serve()) as sock:
            sock.sendall(post(b"first") + post(b"", 6, Expect="100-continue", Connection="close"))
            received = sock.recv(1000)
            while b"100 Continue" not in received:
                received += sock.recv(1000)
            sock.sendall(b"second")
            received += everything(sock)
        assert [received.count(text) for text in (b"first", b"100 Continue", b"second")] == [1, 1, 1]

    def test_what_only_a_proxy_may_say_reaches_no_application(self, serve):
        claims = {"Forwarded": "for=192.0.2.1", "X_Forwarded_For": "192.0.2.1", "X_Forwarded_Proto": "https"}
        with connect(serve()) as sock:
            sock.sendall(post(b"", path="/forwarded", **claims))
            assert answer(sock).read() == b""

    def test_eight_threads_at_once(self, serve):
        server, wrong = serve(), []

        def client(name: str) -> None:
            with connect(server) as sock:
                for i in range(50):
                    sock.sendall(post(f"{name}-{i}".encode()))
                    if answer(sock).read() != f"{name}-{i}".encode():
                        wrong.append((name, i))

        threads = [threading.Thread(target=client, args=(str(n),)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        assert not any(thread.is_alive() for thread in threads)
        assert not wrong


class TestBadClients:
    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            (post(b"short", 100), "shorter than its Content-Length: 5 of 100 bytes"),
            (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "last chunk"),
            (b"POST / HTTP/1.1\r\nHost:", "headers were not complete"),
        ],
    )
    def test_a_request_cut_short_is_answered_400(self, serve, sent, said):
        server = serve()
        with connect(server) as sock:
            sock.sendall(sent)
            sock.shutdown(socket.SHUT_WR)
            status, error = refusal(sock)
        assert (status, said in error) == (400, True), error
        assert ask(server) == b"hello"

    def test_a_request_that_was_watched_is_answered_once_although_the_next_is_cut_short(self, serve):
        began, unwatch, is_unwatched, go_on = (threading.Event() for _ in range(4))
        answered = []

        def watching(environ, start_response):
            if environ["PATH_INFO"] == "/watched":
                answered.append(environ["PATH_INFO"])
                environ[ENVIRON].watch(lambda: None)
                began.set()
                unwatch.wait(WAIT)
                environ[ENVIRON].unwatch()
                is_unwatched.set()
                go_on.wait(WAIT)
            return app(environ, start_response)

        server = serve(app=watching)
        with connect(server) as sock:
            sock.sendall(post(b"hello", path="/watched") + post(b"short", 100))
            assert began.wait(WAIT)
            assert ask(server) == b"hello"  # by now the loop watches
            unwatch.set()
            assert is_unwatched.wait(WAIT)
            sock.shutdown(socket.SHUT_WR)
            assert ask(server) == b"hello"  # by now the loop has seen that the client sends no more
            go_on.set()
            statuses = [line for line in everything(sock).split(b"\r\n") if b"HTTP/1.1 " in line]
        assert statuses == [b"HTTP/1.1 200 OK", b"helloHTTP/1.1 400 Bad Request"]
        assert answered == ["/watched"]

    @pytest.mark.parametrize("sent", [post(b"short", 100), b"GET / HTTP/1.1\r\n", post(b"", 9, Expect="100-continue")])
    def test_a_stalled_request_is_answered_408(self, serve, sent):
        server = serve(read_timeout=0.2)
        with connect(server) as sock:
            sock.sendall(sent)
            if b"Expect" in sent:
                assert sock.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
            status, error = refusal(sock)
        assert (status, "stopped sending" in error) == (408, True)

    def test_a_client_that_is_gone_is_not_told_to_go_on(self, serve, caplog):
        is_asked, is_gone = threading.Event(), threading.Event()

        def upload(_: object) -> None:
            is_asked.set()
            is_gone.wait(WAIT)

        server = serve(upload=upload)
        sock = connect(server)
        sock.sendall(post(b"", 2**20, Expect="100-continue"))
        assert is_asked.wait(WAIT)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
        is_gone.set()
        assert ask(server) == b"hello"
        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []

    def test_a_trickle_is_answered_408_but_a_steady_upload_is_not(self, serve):
        server = serve(read_timeout=0.5)
        with connect(server) as slow, connect(server) as steady:
            slow.sendall(post(b"", 1000))
            steady.sendall(post(b"", 20 * 4096))
            for _ in range(20):
                with contextlib.suppress(OSError):
                    slow.sendall(b"x")
                steady.sendall(b"x" * 4096)
                time.sleep(0.05)
            slow.settimeout(0.2)
            assert answer(slow).status == 408
            assert answer(steady).status == 200

    def test_a_running_request_is_not_hurried(self, serve):
        with connect(serve(read_timeout=0.2)) as sock:
            sock.sendall(post(b"hello", path="/slow") + post(b"more", 10))
            assert started.wait(WAIT)
            time.sleep(0.6)
            let_go.set()
            sock.sendall(b"to say")
            assert answer(sock).status == 200

    @pytest.mark.parametrize("headers", [{}, {"Expect": "100-continue"}])
    def test_too_large_a_body_is_answered_413_even_while_it_is_being_sent(self, serve, headers):
        server = serve(max_body=1000)
        assert ask(server, b"x" * 1000) == b"x" * 1000
        with connect(server) as sock:
            sock.sendall(post(b"x" * 2**23, **headers))
            assert refusal(sock) == (
                413,
                "Request Entity Too Large: the body may have at most 1000 bytes. Send several smaller requests.",
            )
        assert ask(server) == b"hello"

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            (b"\x00\xffgarbage\r\n\r\n", 400),
            (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
            (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
            (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
            (b"GET / HTTP/1.1\r\nX: " + b"x" * 2**17, 431),
        ],
    )
    def test_what_is_no_request_is_answered_with_an_error(self, serve, sent, status):
        server = serve()
        with connect(server) as sock:
            sock.sendall(sent)
            assert refusal(sock)[0] == status
        assert ask(server) == b"hello"

    @pytest.mark.parametrize("sent", [b"", b"\r\n", b"GET", post(b"", 100), post(b"hello", path="/slow")])
    def test_a_reset_connection_harms_no_other(self, serve, sent):
        server = serve()
        for _ in range(20):
            sock = connect(server)
            sock.sendall(sent)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            sock.close()
        let_go.set()
        assert ask(server) == b"hello"

    def test_an_application_that_fails_is_answered_500_without_a_trace(self, serve):
        server = serve()
        with connect(server) as sock:
            sock.sendall(post(b"hello", path="/fail"))
            status, error = refusal(sock)
        assert (status, "luck" in error) == (500, False)
        assert ask(server) == b"hello"

    def test_when_too_many_wait_one_more_is_told_to_come_back_at_once(self, serve, monkeypatch):
        monkeypatch.setattr("addon.http.server.server.STRANGER_THREADS", 0)  # there is one thread only
        server = serve(threads=1, max_waiting=2)
        with contextlib.ExitStack() as socks:
            running, *waiting = [socks.enter_context(connect(server)) for _ in range(3)]
            running.sendall(post(b"hello", path="/slow"))
            assert started.wait(WAIT)
            for sock in waiting:
                sock.sendall(post(b"hello"))
            deadline = time.monotonic() + WAIT
            while len(server._workers.queue) < 2:
                assert time.monotonic() < deadline
                time.sleep(0.001)
            refused = socks.enter_context(connect(server))
            refused.sendall(post(b"hello"))
            response = answer(refused)
            assert (response.status, response.headers["Retry-After"]) == (503, "1")
            text = "Service Unavailable: too many requests are waiting. Try again later."
            assert json.loads(response.read())["error"] == text
            let_go.set()
            assert [answer(sock).read() for sock in (running, *waiting)] == [b"hello", b"hello", b"hello"]
        assert ask(server) == b"hello"

    def test_one_more_is_refused_later_if_the_system_has_no_thread_that_refuses_it(self, serve, monkeypatch):
        monkeypatch.setattr("addon.http.server.server.STRANGER_THREADS", 0)
        server = serve(threads=1, max_waiting=0)
        with connect(server) as waiting, no_more_threads("waitress"):
            waiting.sendall(post(b"hello"))
            assert answer(waiting).status == 503
        with connect(server) as refused:
            refused.sendall(post(b"hello"))
            assert answer(refused).status == 503

    def test_a_server_for_which_the_system_had_no_threads_has_all_of_them_later(self):
        server = Server(app, port=0, threads=3)
        with no_more_threads("waitress-3"), pytest.raises(CannotListen, match="can't start new thread"):
            server.start()
        assert not server._workers.threads
        server.start()
        assert len(server._workers.threads) == server._threads
        assert ask(server) == b"hello"
        server.stop()

    def test_a_request_that_is_never_whole_is_answered_408_however_steady_it_comes(self, serve):
        server = serve(read_timeout=5, read_deadline=0.4)
        with connect(server) as sock:
            sock.sendall(post(b"", 10**8))
            with contextlib.suppress(OSError):
                for _ in range(100):
                    sock.sendall(b"x" * 4096)
                    time.sleep(0.02)
            response = answer(sock)
            assert (response.status, "took too long" in json.loads(response.read())["error"]) == (408, True)

    def test_too_large_a_head_is_answered_431(self, serve):
        server = serve(max_header=4096)
        with connect(server) as sock:
            sock.sendall(post(b"", X_Long="x" * 5000))
            text = "Request Header Fields Too Large: the head may have at most 4096 bytes. Send shorter headers."
            assert refusal(sock) == (431, text)

    def test_more_requests_than_threads_reach_no_last_resort(self, serve, capfd):
        server = serve(threads=1)
        root = logging.getLogger()
        handlers, root.handlers = root.handlers, []
        try:
            socks = [connect(server) for _ in range(4)]
            for sock in socks:
                sock.sendall(post(b"hello", path="/slow"))
            let_go.set()
            assert [answer(sock).read() for sock in socks] == [b"hello"] * 4
        finally:
            root.handlers = handlers
        assert capfd.readouterr().err == ""
        for sock in socks:
            sock.close()


class TestStopping:
    def test_a_running_request_is_finished(self, serve):
        server = serve()
        with connect(server) as sock:
            sock.sendall(post(b"hello", path="/slow"))
            assert started.wait(WAIT)
            stopping = threading.Thread(target=server.stop)
            stopping.start()
            time.sleep(0.1)
            with pytest.raises(ConnectionRefusedError):
                connect(server).close()
            let_go.set()
            assert answer(sock).read() == b"hello"
            stopping.join(WAIT)
            assert not stopping.is_alive()
            assert sock.recv(1) == b""

    def test_a_request_that_outlasts_the_timeout_is_cut_off(self, serve):
        server = serve()
        with connect(server) as sock:
            sock.sendall(post(b"hello", path="/slow"))
            assert started.wait(WAIT)
            begun = time.monotonic()
            server.stop(0.1)
            assert time.monotonic() - begun < 2
            assert everything(sock) == b""
        let_go.set()
        server.start()
        assert ask(server) == b"hello"

    def test_idle_and_half_received_connections_are_closed_at_once(self, serve):
        server = serve()
        with connect(server) as idle, connect(server) as half:
            idle.sendall(post(b"hello"))
            assert answer(idle).read() == b"hello"
            half.sendall(post(b"hello", 100))
            time.sleep(0.05)
            begun = time.monotonic()
            server.stop()
            assert time.monotonic() - begun < 4  # waiting for them takes 5 s
            assert idle.recv(1) == b""
            assert half.recv(1) == b""

    def test_twice_from_many_threads_and_without_a_start(self, serve):
        Server(app).stop()
        server = serve()
        threads = [threading.Thread(target=server.stop) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        server.stop()
        with pytest.raises(ConnectionRefusedError):
            connect(server).close()

    def test_threads_and_sockets_are_gone(self, serve):
        before = set(threading.enumerate())
        server = serve()
        assert ask(server) == b"hello"
        server.stop()
        time.sleep(0.05)
        assert set(threading.enumerate()) <= before
        with contextlib.ExitStack() as stack:
            for host, port in server.addresses:
                stack.enter_context(
                    socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
                )


def test_no_garbage_is_left_for_a_collector_that_anki_seldom_runs(serve):
    server = serve()
    ask(server)
    gc.collect()
    gc.freeze()  # what is there already need not be looked at
    gc.disable()
    try:
        for _ in range(20):
            ask(server)
            with connect(server) as sock:
                sock.sendall(post(b"short", 100))
                sock.shutdown(socket.SHUT_WR)
                everything(sock)
        time.sleep(0.05)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        assert [thing for thing in gc.garbage if type(thing).__module__.startswith(("waitress", "addon"))] == []
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def test_a_content_length_of_thousands_of_digits_is_answered(serve):
    server = serve()
    with connect(server) as sock:
        sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n")
        assert everything(sock).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("method", [b"post", b"Options", b"word"])
def test_methods_are_taken_in_any_case(serve, method):
    server = serve()
    with connect(server) as sock:
        sock.sendall(method + b" / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")
        assert everything(sock).startswith(b"HTTP/1.1 200 ")


@pytest.mark.skipif(sys.platform != "linux", reason="asks for the option of Linux")
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "freebsd"])
def test_an_option_that_the_system_lacks_turns_no_client_away(serve, monkeypatch, platform):
    """Only the number of this system's own option is known here; others mean something else or nothing."""
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_KEEPALIVE, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    server = serve(read_timeout=7)
    with connect(server) as sock:
        sock.sendall(post(b"hello"))
        assert answer(sock).read() == b"hello"
        (channel,) = server._channels()
        patience = channel.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
        assert patience == (7000 if platform == "linux" else 0)
        assert channel.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(
    ("limits", "then", "connections"),
    [((256, 5000), 1024, 400), ((256, 300), 300, 150), ((300, 300), 300, 150), ((2000, 5000), 2000, 400)],
)
def test_with_select_a_process_asks_for_as_many_files_as_it_can_use(monkeypatch, limits, then, connections):
    """On macOS a process may open 256 files unless it asks for more. The limits are not set here: the lower limit of a
    process cannot be raised again.
    """
    resource, kept = pytest.importorskip("resource"), [limits]
    monkeypatch.setattr(resource, "getrlimit", lambda _: kept[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, wanted: kept.append(wanted))
    monkeypatch.setattr("addon.http.server.server.USE_EPOLL", False)
    assert Server(app)._load_shedder._limit == connections
    assert kept[-1] == (then, limits[1])


@pytest.mark.parametrize(("platform", "asked"), [("win32", "SO_EXCLUSIVEADDRUSE"), ("linux", "SO_REUSEADDR")])
def test_no_other_program_may_bind_the_same_port(platform, asked, monkeypatch):
    """On Windows SO_REUSEADDR lets another program take the port over, so the socket asks for it exclusively."""
    options = []

    class Recorder(socket.socket):
        def setsockopt(self, level, name, value):
            options.append(name)

        def bind(self, address):
            assert options, "options count only before bind"
            super().bind(address)

    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", -5, raising=False)  # its value on Windows
    monkeypatch.setattr(socket, "socket", Recorder)
    monkeypatch.setattr(sys, "platform", platform)
    _listen("127.0.0.1", 0).close()
    assert options == [getattr(socket, asked)]


def test_a_new_connection_makes_no_room_before_its_client_could_send(serve, monkeypatch):
    """In a flood many connections are accepted at once, and a slow client would lose its own before it sends."""
    monkeypatch.setattr(load_shedding, "SETTLING_S", 0.5)
    server = serve(max_connections=3)
    with contextlib.ExitStack() as stack:
        slow, *others = [stack.enter_context(connect(server)) for _ in range(5)]
        time.sleep(0.1)  # in which the loop accepts three, and would close them for the others
        slow.sendall(post(b"hello"))
        assert answer(slow).read() == b"hello"
        others[-1].sendall(post(b"hello"))
        assert answer(others[-1]).read() == b"hello"
        assert len(list(server._channels())) <= 3


@pytest.mark.skipif(sys.platform != "linux", reason="in a shorter queue a client waits a second")
@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\n", post(b"hello")], ids=["silent", "half", "whole"])
def test_others_are_served_at_once_behind_a_flood_of_connections(serve, sent):
    """As many as macOS serves by default. They fill the system's queue, in which the other client waits."""
    server = serve(max_connections=128)
    with contextlib.ExitStack() as flood, connect(server) as kept:
        kept.sendall(post(b"hello"))
        assert answer(kept).read() == b"hello"
        for _ in range(700):
            sock = flood.enter_context(socket.socket())
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", server.port))
            with contextlib.suppress(OSError):
                sock.sendall(sent)
        begun = time.monotonic()
        with connect(server) as other:  # the system alone does this, however busy the machine is
            assert time.monotonic() - begun < 0.9
            other.sendall(post(b"hello"))
            assert answer(other).read() == b"hello"
        if sent != post(b"hello"):
            kept.sendall(post(b"still here"))
            assert answer(kept).read() == b"still here"
