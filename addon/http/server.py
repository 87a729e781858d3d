"""Waitress on a thread of its own: the listening sockets, their limits, start and stop."""

from __future__ import annotations

import errno
import json
import logging
import socket
import sys
import threading
import time
from copy import copy
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask
from waitress.utilities import BadRequest, Error

from .streams import BACKLOG, ENVIRON, Stream, Streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import WSGIApplication

    from _typeshed.wsgi import WSGIEnvironment

    from .front import Upload

log = logging.getLogger("anki_rpc.http")
log.addHandler(logging.NullHandler())  # warnings without any handler go to stderr: an error dialog in Anki
queue_log = log.getChild("queue")
queue_log.setLevel(logging.ERROR)  # "Task queue depth": that requests wait for the collection is no news

SLOWEST = 16 * 1024  # bytes per second; an upload slower than that uses up its read timeout
LINGER = 5.0  # seconds a refused client may go on sending, so that it gets to reading the answer
SPOOLED = 2**18  # bytes of an upload that are kept in memory until it goes to a file
USE_POLL = sys.platform == "linux"  # elsewhere poll() calls a half-closed connection hung up, or is missing


class CannotListen(OSError):
    """The address cannot be opened; the message says which, why and what to do."""


class PortTaken(CannotListen):
    """Another program listens there."""


class Server:
    """A WSGI application on a port, served by Waitress: one thread for the sockets, `threads` for requests.

    On 127.0.0.1 or localhost it listens on ::1 too, where there is one; any other host is the only address.
    `max_body`: bytes of the largest request body; a larger one is answered 413. `read_timeout`: seconds
    without progress within a request until it is answered 408. `idle_timeout`: seconds a connection is kept
    without a request. `upload` tells from the headers of a PUT how its body is to be taken. Not concerned with who
    may call: see `guard`.
    """

    def __init__(
        self,
        app: WSGIApplication,
        host: str = "127.0.0.1",
        port: int = 8765,
        *,
        threads: int = 16,
        max_body: int = 144 * 2**20,
        read_timeout: float = 30.0,
        idle_timeout: int = 120,
        upload: Callable[[WSGIEnvironment], Upload | None] = lambda environ: None,
    ) -> None:
        self.app = app
        self.host = host
        self.port = port  # once started: the real one
        self.addresses: list[tuple[str, int]] = []  # those really listening
        self._threads = threads
        self._upload = upload
        self._adjustments = Adjustments(
            ident="AnkiRPC",
            server_name=host,
            connection_limit=_connection_limit(),
            channel_timeout=max(idle_timeout, int(read_timeout) + 2),
            recv_bytes=2**16,
            max_request_header_size=2**16,
            max_request_body_size=max_body + 1,  # Waitress refuses the size itself
            # No temporary files: the application takes bodies whole, and a slow disk would hold up everyone.
            inbuf_overflow=max_body + 1,
            outbuf_overflow=2**28,
            expose_tracebacks=False,
            clear_untrusted_proxy_headers=True,
        )
        self._adjustments.cleanup_interval = self._tick = min(1.0, read_timeout / 4)
        self._adjustments.read_timeout = read_timeout
        self._map: dict[int, Any] = {}
        self._sockets: list[socket.socket] = []  # opened, and not served yet
        self._listeners: list[_Listener] = []
        self._workers = _Workers()
        self._streams = Streams(lambda count: self._workers.set_thread_count(self._threads + count))
        self._thread: threading.Thread | None = None
        self._deadline: float | None = None  # of stopping; None while serving

    @property
    def url(self) -> str:
        """Where a client on this computer finds it."""
        host = reachable(self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def listen(self) -> None:
        """Take the address; who connects waits until `start`. On CannotListen and PortTaken nothing is left open."""
        if self._thread is not None:
            raise RuntimeError("the server has been started already")
        self._sockets = _open(self.host, self.port)
        self.addresses = [sock.getsockname()[:2] for sock in self._sockets]
        self.port = self.addresses[0][1]

    def start(self) -> None:
        """Listen, then serve on a daemon thread. On CannotListen and PortTaken nothing is left open."""
        if not self._sockets:
            self.listen()
        sockets, self._sockets = self._sockets, []
        self._deadline = None
        self._workers.set_thread_count(self._threads)
        self._streams.begin()
        self._listeners = [
            _Listener(
                self.app,
                self._map,
                _sock=sock,
                dispatcher=self._workers,
                adj=self._adjustments,
                sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
                bind_socket=False,
            )
            for sock in sockets
        ]
        for listener in self._listeners:
            listener.streams = self._streams
            listener.upload = self._upload
        self._thread = threading.Thread(target=self._serve, name="anki-rpc-http", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Take no more requests, let the running ones finish within `timeout` seconds, close everything.

        From any thread; the port is free afterwards. A stopped server stays so, and may be started again.
        A running request that needs the calling thread is waited for in vain, then cut off.
        """
        thread = self._thread
        for sock in self._sockets:
            sock.close()
        self._sockets = []
        if thread is None:
            return
        self._deadline = time.monotonic() + timeout
        self._listeners[0].pull_trigger()
        thread.join(timeout + 2)
        self._thread = None

    def _serve(self) -> None:
        """Turn the loop until told to stop, then until the running requests have been answered."""
        try:
            while self._deadline is None:
                self._turn(self._tick if any(self._channels()) else None)
            for listener in self._listeners:
                wasyncore.dispatcher.close(listener)  # its socket only: the trigger is needed to the end
            self._streams.end()
            while (left := self._deadline - time.monotonic()) > 0 and self._busy():
                self._turn(left)
        finally:
            for channel in self._channels():
                channel.handle_close()
            self._workers.shutdown(timeout=0.5)
            for listener in self._listeners:
                listener.close()

    def _turn(self, timeout: float | None) -> None:
        wasyncore.loop(timeout, USE_POLL, self._map, count=1)

    def _channels(self) -> Iterator[_Channel]:
        for listener in self._listeners:
            yield from list(listener.active_channels.values())

    def _busy(self) -> bool:
        """Close the connections without a request or an unsent answer; are there others?"""
        for channel in self._channels():
            if not (channel.requests or channel.total_outbufs_len):
                channel.handle_close()
        return any(self._channels())


def reachable(host: str) -> str:
    """The address at which this computer reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - names it only


class _Workers(ThreadedTaskDispatcher):  # type: ignore[misc]
    """The threads that run the application."""

    logger = log
    queue_logger = queue_log


class _Task(WSGITask):  # type: ignore[misc]
    """One answer of the application."""

    logger = log
    wrote_header: bool = False

    def get_environment(self) -> dict[str, Any]:
        self.channel.stream = Stream(self.channel.server.streams)
        return {**super().get_environment(), ENVIRON: self.channel.stream}

    def write(self, data: bytes) -> None:
        """Send no body to HEAD, and an answer of one small piece in one packet: head and body."""
        if self.request.command == "HEAD":
            data = b""
        whole = self.complete and not self.wrote_header and 0 < len(data) == self.content_length < 2**16
        if whole and self.has_body:
            self.channel.write_soon(self.build_response_header() + data)
            self.wrote_header = True
            self.content_bytes_written = len(data)
        else:
            super().write(data)


class _Refusal(ErrorTask):  # type: ignore[misc]
    """An answer of the server's own, in JSON, where the application was not reached or has failed."""

    logger = log

    def execute(self) -> None:
        error = self.request.error
        body = json.dumps({"error": f"{error.reason}: {error.body}"}).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.channel.refused = True
        self.write(body)


class _RequestTimeout(Error):  # type: ignore[misc]
    code = 408
    reason = "Request Timeout"


class _StorageFull(Error):  # type: ignore[misc]
    code = 507
    reason = "Insufficient Storage"


class _Spool:
    """A body that goes to a file without a name when it is large, as the buffer of Waitress's receivers."""

    def __init__(self, folder: str | None) -> None:
        self._file = SpooledTemporaryFile(max_size=SPOOLED, dir=folder)  # noqa: SIM115 - closed by `close`
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def append(self, data: bytes) -> None:
        self._size += self._file.write(data)

    def getfile(self) -> Any:
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        self._file.close()


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes methods in any case, as AnkiConnect does, and the bodies of uploads to where they belong."""

    def __init__(self, adj: Adjustments, channel: _Channel) -> None:
        super().__init__(adj)
        self._channel = channel

    def parse_header(self, header_plus: bytes) -> None:
        method, space, rest = header_plus.partition(b" ")
        super().parse_header(method.upper() + space + rest)
        if self.command != "PUT" or self.body_rcv is None:
            return
        upload = self._channel.server.upload(WSGITask(self._channel, self).get_environment())
        if upload is not None and upload.limit:
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = upload.limit + 1
            self.body_rcv.buf = _Spool(upload.folder)
        elif upload is not None:
            self._leave_body()

    def _leave_body(self) -> None:
        """Have the request answered at once: it will be refused, and the connection be closed with its body unread."""
        self.body_rcv = None
        self.content_length = 0
        self.headers["CONNECTION"] = "close"
        self._channel.refused = True


class _Channel(HTTPChannel):  # type: ignore[misc]
    """One connection. Requests cut short or stalled are answered: Waitress drops them, or waits for ever."""

    logger = log
    task_class = _Task
    error_task_class = _Refusal
    request: Any = None  # the one being received
    will_close: bool = False
    close_when_flushed: bool = False
    refused = False  # an error was the last answer
    lingering = False  # all is said; what the client still sends is thrown away until it closes
    stream: Stream | None = None  # of the request that is being answered
    due = 0.0  # when to lose patience, on the monotonic clock

    def parser_class(self, adj: Adjustments) -> _Parser:
        return _Parser(adj, self)

    def readable(self) -> bool:
        return self.lingering or self.is_streaming or super().readable()

    @property
    def is_streaming(self) -> bool:
        return self.stream is not None and self.stream.is_open

    def handle_read(self) -> None:
        try:
            data = self.socket.recv(self.adj.recv_bytes)
        except BlockingIOError:
            return
        except OSError:
            data = b""
            self.request = None
        if self.is_streaming:
            if not data:
                self.drop_stream()  # what it still says is thrown away
        elif data and not self.lingering:
            # The patience lasts `read_timeout` and is renewed by bytes, not by reads: no trickle outlives it.
            limit = time.monotonic() + self.adj.read_timeout
            self.due = min(limit, self.due + len(data) / SLOWEST) if self.request else limit
            self.last_activity = time.time()
            try:
                self.received(data)
            except ValueError:  # int() of a Content-Length with thousands of digits
                self.refuse(BadRequest("Content-Length is invalid"))
            except OSError as error:  # of an upload's file
                self.refuse(_StorageFull(f"the upload cannot be kept: {error.strerror}"))
        elif not data and self.request and not self.lingering:
            self.refuse(BadRequest(f"the client closed the connection, but {self.missing()}"))
        elif not data:
            self.handle_close()

    def handle_write(self) -> None:
        """Send, and close where that was the end; but leave a refused client time to stop and read why.

        Closing at once resets the connection of a client that is still sending, and the answer is lost
        (RFC 9112, section 9.6).
        """
        if not (self.refused and self.close_when_flushed) or self.will_close:
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.connected and not self.total_outbufs_len:
            self.close_when_flushed, self.lingering = False, True
            self.due = time.monotonic() + LINGER
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.handle_close()

    def handle_close(self) -> None:
        """Close, and the file of an upload that has not come to its end: it and this hold each other."""
        request, self.request = self.request, None
        if request is not None:
            request.close()
        super().handle_close()

    def send_continue(self) -> None:
        """Ask for a body that is missing: Waitress also asks refused and bodiless requests, and hangs."""
        if self.request.completed:
            self.request.expect_continue = False
        else:
            super().send_continue()

    def check_patience(self, now: float) -> None:
        """Called at every tick: end what the client has left half-done for too long."""
        if self.lingering:
            self.will_close = self.will_close or now >= self.due
        elif self.is_streaming:
            if not self.total_outbufs_len:
                self.due = now + self.adj.read_timeout
            elif now >= self.due or self.total_outbufs_len > BACKLOG:
                self.drop_stream()
        elif self.requests or self.total_outbufs_len or not self.request:
            self.due = now + self.adj.read_timeout  # it is not the client's turn, or nothing has begun
        elif now >= self.due and not (self.will_close or self.close_when_flushed):
            self.refuse(_RequestTimeout(f"the client stopped sending, but {self.missing()}"))

    def drop_stream(self) -> None:
        """The client is gone, or does not read."""
        if self.stream is not None:
            self.stream.end()
        self.handle_close()

    def missing(self) -> str:
        request = self.request
        if not request.headers_finished:
            return "the headers were not complete"
        if request.chunked:
            return f"the last chunk of the body was missing after {request.body_bytes_received} bytes"
        got, announced = request.body_bytes_received, request.content_length
        return f"the body was shorter than its Content-Length: {got} of {announced} bytes"

    def refuse(self, error: Error) -> None:
        """Answer the unfinished request with an error. On the loop's thread, while no other one runs."""
        request, self.request = self.request, None
        request.error, request.completed = error, True
        self.requests.append(request)
        self.server.add_task(self)


class _Listener(TcpWSGIServer):  # type: ignore[misc]
    """One listening socket, opened by `_open`."""

    logger = log
    channel_class = _Channel
    streams: Streams
    upload: Callable[[WSGIEnvironment], Upload | None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._trigger_lock = threading.Lock()
        self._closed = False
        super().__init__(*args, **kwargs)

    def set_reuse_addr(self) -> None:
        """Nothing: it would come after bind, and on Windows let others take the port."""

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            channel.check_patience(time.monotonic())

    def pull_trigger(self) -> None:
        """Wake the loop; a late worker must not write to a closed descriptor that may be Anki's by now."""
        with self._trigger_lock:
            if not self._closed:
                super().pull_trigger()

    def close(self) -> None:
        with self._trigger_lock:
            self._closed = True
            super().close()


def _open(host: str, port: int) -> list[socket.socket]:
    """The listening sockets of a host, all on one port; 0 takes a free one."""
    if host not in {"127.0.0.1", "localhost"}:
        return [_listen(host, port)]
    for attempt in reversed(range(20)):
        first = _listen("127.0.0.1", port)
        real = first.getsockname()[1]
        try:
            return [first, _listen("::1", real)]
        except PortTaken as error:
            if port or not attempt:
                log.warning("%s It is served on 127.0.0.1 only.", error)
                return [first]
            first.close()
        except CannotListen:  # no IPv6 here
            return [first]
    raise AssertionError


def _listen(host: str, port: int) -> socket.socket:
    """One listening socket. Raises CannotListen and PortTaken."""
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        sock = socket.socket(family, kind, proto)
    except (OSError, UnicodeError) as error:
        raise CannotListen(f"{where} is no address to listen on: {error}") from error
    try:
        if sys.platform == "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # REUSEADDR lets others in
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # free at once after a stop
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(address)
        sock.listen(1024)
    except (OSError, OverflowError) as error:
        sock.close()
        raise _explained(error, where) from error
    return sock


def _explained(error: Exception, where: str) -> CannotListen:
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return PortTaken(
            f"{where} is already in use by another program (perhaps Anki with AnkiConnect, or another "
            "AnkiRPC). Close it or choose another port."
        )
    reasons = {
        errno.EACCES: "the system does not permit it. Ports below 1024 and reserved ones are closed to Anki: "
        "choose another port.",
        errno.EADDRNOTAVAIL: "this computer has no such address. Choose 127.0.0.1 or one of its own.",
    }
    return CannotListen(f"Cannot listen on {where}: {reasons.get(code or 0, error)}")


def _connection_limit() -> int:
    """At most half of the files this process may open, as Anki opens some too: macOS allows it 256."""
    if sys.platform == "win32":
        return 400  # select() takes 512 there
    import resource  # noqa: PLC0415 - POSIX only

    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    most = 1000 if USE_POLL else 400
    return most if allowed == resource.RLIM_INFINITY else min(most, allowed // 2)
