"""Waitress on a thread of its own: its limits, start and stop."""

from __future__ import annotations

import contextlib
import logging
import math
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from ...rpc.shares import REQUEST_THREADS
from ...vendored import waitress
from .connection import Channel, Unavailable
from .event_loop import USE_EPOLL, Loop
from .listening import CannotListen, Listener, open_sockets, reachable
from .load_shedding import LoadShedder
from .streams import Streams
from .turns import Claim, Turns
from .uploads import Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import WSGIApplication

    from _typeshed.wsgi import WSGIEnvironment

STRANGER_THREADS = 4
"""Extra threads for callers without permission: so many of them can wait for an answer of the user."""
STRANGERS_WAITING = 64
"""Further requests of such callers that may wait without a thread."""
MAX_FAILURES = 10
"""Failures of the loop one after another, after which the server gives up."""
SELECTABLE = 1024
"""Descriptors that select() accepts on Linux and macOS: the smaller ones."""
FAILURE_PAUSE_S = 0.1
"""Seconds between two of them, so that they neither occupy the processor nor fill the log."""

log = logging.getLogger("anki_rpc.http")
log.addHandler(logging.NullHandler())  # without a handler, warnings go to stderr: an error dialog in Anki
queue_log = log.getChild("queue")
queue_log.setLevel(logging.ERROR)  # hides "Task queue depth": requests often wait for the collection


class Server:
    """Serves a WSGI application on a port with Waitress: one thread for the sockets, `threads` for requests.

    It is not concerned with permissions: see `guard`.

    - `host`: on 127.0.0.1 or localhost it also listens on ::1, if the system has IPv6; any other host is the only
      address. `port`: 0 chooses a free one.
    - `max_header`, `max_body`: most bytes of the head and the body of a request; larger ones get the status 431 or 413.
    - `max_waiting`: most requests that wait for a thread; further ones get the status 503.
    - `max_connections`: if so many are open, a new connection replaces the one that has been idle longest.
    - `read_timeout`: seconds without progress until a request gets the status 408, or until a connection whose client
      does not read is closed. `read_deadline`: seconds for a whole request.
    - `idle_timeout`: seconds for which a connection is kept without a request.
    - `upload`: called with the headers of a large body, or of a PUT; returns how to receive the body, None: in memory.
    - `claim`: checks a request without waiting, and returns whose turn the request needs; None if it needs none. At
      least one thread is always free for requests without a turn.
    """

    def __init__(
        self,
        app: WSGIApplication,
        host: str = "127.0.0.1",
        port: int = 8765,
        *,
        threads: int = REQUEST_THREADS,
        max_header: int = 2**16,
        max_body: int = 144 * 2**20,
        max_waiting: int = 400,
        max_connections: int = 1000,
        read_timeout: float = 30.0,
        read_deadline: float = 600.0,
        idle_timeout: int = 120,
        upload: Callable[[WSGIEnvironment], Upload | None] = lambda environ: None,
        claim: Callable[[WSGIEnvironment], Claim | None] = lambda environ: None,
    ) -> None:
        self.app = app
        self.host = host
        self.port = port  # once listening: the real port
        self.addresses: list[tuple[str, int]] = []  # the addresses that it really listens on
        self._places = max(1, threads - 1)
        self._max_waiting = max_waiting
        self._threads = threads + STRANGER_THREADS
        self._load_shedder = LoadShedder(min(max_connections, _connection_limit()), self._count, self._channels)
        self._upload = upload
        self._claim = claim
        self._adjustments = waitress.adjustments.Adjustments(
            ident="AnkiRPC",
            server_name=host,
            channel_timeout=idle_timeout,
            backlog=socket.SOMAXCONN,  # Waitress calls `listen` again
            recv_bytes=2**16,
            max_request_header_size=max_header,
            max_request_body_size=max_body + 1,  # Waitress rejects a body of exactly this size
            # No temporary files: the application reads whole bodies, and a slow disk would delay all connections.
            inbuf_overflow=max_body + 1,
            outbuf_overflow=2**28,
            outbuf_high_watermark=2**62,  # no thread waits for a slow reader: see `LoadShedder`
            expose_tracebacks=False,
        )
        self._adjustments.read_timeout = read_timeout
        self._adjustments.read_deadline = read_deadline
        self._adjustments.socket_options = [*self._adjustments.socket_options, *_patience(read_timeout)]
        self._tick = min(1.0, read_timeout / 4)
        self._next_tick = 0.0
        self._sockets: list[socket.socket] = []  # listening, but not served yet
        self._listeners: list[Listener] = []
        self._workers = _Workers(max_waiting)
        self._streams = Streams(lambda count: self._workers.set_thread_count(self._threads + count))
        self._thread: threading.Thread | None = None
        self._deadline: float | None = None  # when stopping must end; None while serving

    @property
    def url(self) -> str:
        """The address for clients on this computer."""
        host = reachable(self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def listen(self) -> None:
        """Listen on the address. Clients that connect wait until `start`.

        Raises CannotListen or PortTaken; then no socket stays open. Raises RuntimeError if the server runs already.
        """
        if self._thread is not None:
            raise RuntimeError("the server is running already")
        self._sockets = open_sockets(self.host, self.port)
        self.addresses = [sock.getsockname()[:2] for sock in self._sockets]
        self.port = self.addresses[0][1]

    def start(self, on_failure: Callable[[str], None] = lambda reason: None) -> None:
        """Listen, if `listen` was not called, then serve on a daemon thread. Raises as `listen` does.

        `on_failure`: called on that thread with the reason, if the server ends without `stop`. `stop` must then still
        be called.
        """
        if not self._sockets:
            self.listen()
        self._deadline = None
        self._failures = 0
        self._on_failure = on_failure
        loop = None
        try:
            loop = Loop()
            self._begin(loop)
        except (OSError, RuntimeError) as error:  # of a process that may have no more files or threads
            self._close(loop)
            raise CannotListen(f"The gateway cannot be served: {error}. Close other programs, or restart.") from error

    def _begin(self, loop: Loop) -> None:
        self._workers.set_thread_count(self._threads)
        self._streams.begin()
        turns = self._make_turns()
        self._listeners = []
        while self._sockets:
            sock = self._sockets[0]
            listener = Listener(
                self.app,
                loop,
                _sock=sock,
                dispatcher=self._workers,
                adj=self._adjustments,
                sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
                bind_socket=False,
            )
            self._listeners.append(listener)
            del self._sockets[0]
            listener.streams = self._streams
            listener.load_shedder = self._load_shedder
            listener.upload = self._upload
            listener.claim = self._claim
            listener.turns = turns
        thread = threading.Thread(target=self._serve, args=(loop,), name="anki-rpc-http", daemon=True)
        thread.start()
        self._thread = thread

    def stop(self, timeout: float = 5.0) -> None:
        """Accept no more requests, wait up to `timeout` seconds for the running ones, then close everything.

        Any thread. The port is free afterwards, and the server can be started again. A running request that needs the
        calling thread cannot finish: it is cut off after `timeout`.
        """
        thread = self._thread
        self._close_sockets()
        if thread is None:
            return
        self._deadline = time.monotonic() + timeout
        self._listeners[0].pull_trigger()
        thread.join(timeout + 2)
        self._thread = None

    def _serve(self, loop: Loop) -> None:
        """Turn the loop until `stop` is called, then until the running requests are answered or the deadline passes."""
        failure: BaseException | None = None
        try:
            while self._deadline is None:
                timeout = self._tick if any(self._channels()) else None
                self._turn(loop, self._load_shedder.pause_left() or timeout)
                if any(listener.is_lost for listener in self._listeners):
                    raise OSError("the system has closed a socket of the server")
            for listener in self._listeners:
                waitress.wasyncore.dispatcher.close(listener)  # its socket only: the trigger is needed to the end
            self._streams.end()
            while (left := self._deadline - time.monotonic()) > 0 and self._busy():
                self._turn(loop, left)
        except BaseException as error:
            log.critical("The server has failed", exc_info=True)
            failure = error
        try:
            self._close(loop)
        finally:
            if failure is not None and self._deadline is None:
                self._on_failure(f"The server has failed: {failure or type(failure).__name__}")

    def _turn(self, loop: Loop, timeout: float | None) -> None:
        """Turn the loop once. A failure that concerns no single connection is logged, and raised if it lasts."""
        try:
            loop.turn(timeout)
            self._tend(loop)
        except Exception:
            self._failures += 1
            if self._failures >= MAX_FAILURES:
                raise
            log.exception("The server goes on after a failure")
            time.sleep(FAILURE_PAUSE_S)
        else:
            self._failures = 0

    def _tend(self, loop: Loop) -> None:
        """Enforce the deadlines and limits of all connections, once in a tick."""
        now = time.monotonic()
        if now < self._next_tick:
            return
        self._next_tick = now + self._tick
        for channel in self._channels():
            try:
                channel.check_deadlines(now)
            except Exception as error:
                loop.discard(channel, error)
        self._load_shedder.drop_slow_readers(now)
        self._load_shedder.refuse_slow_senders()
        loop.mark_all_changed()

    def _close(self, loop: Loop | None) -> None:
        """Close everything, in an order in which no thread uses what is closed."""
        self._close_sockets()
        if loop is not None:
            for channel in self._channels():
                loop.close_channel(channel)
        self._workers.shutdown(timeout=0.5)
        for listener in self._listeners:
            listener.close()
        if loop is not None:
            loop.close()

    def _close_sockets(self) -> None:
        for sock in self._sockets:
            sock.close()
        self._sockets = []

    def _make_turns(self) -> Callable[[Claim], Turns[Channel]]:
        """Return a function that finds the pool of turns for a claim. One thread belongs to no pool: see `claim`."""
        resume = self._workers.resume
        turns = Turns(self._places, self._max_waiting, resume)
        strangers = Turns(STRANGER_THREADS, STRANGERS_WAITING, resume, each=1)
        return lambda claim: strangers if claim.is_stranger else turns

    def _count(self) -> int:
        return sum(len(listener.active_channels) for listener in self._listeners)

    def _channels(self) -> Iterator[Channel]:
        for listener in self._listeners:
            yield from list(listener.active_channels.values())

    def _busy(self) -> bool:
        """Close all connections without a request or an unsent response. Return whether others are left."""
        for channel in self._channels():
            if not (channel.requests or channel.total_outbufs_len):
                channel.handle_close()
        return any(self._channels())


class _Threads(waitress.task.ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads that answer requests."""

    logger = log
    queue_logger = queue_log

    def start_new_thread(self, target: Callable[[int], None], thread_no: int) -> None:
        """Start a thread. If the system allows no more of them, have Waitress count none."""
        try:
            super().start_new_thread(target, thread_no)
        except RuntimeError:
            self.threads.discard(thread_no)
            raise


class _Workers(_Threads):
    """The threads that run the application. If `max_waiting` requests wait for one, an extra thread refuses more."""

    def __init__(self, max_waiting: int) -> None:
        super().__init__()
        self._max_waiting = max_waiting
        self._refusing = _Threads()

    def add_task(self, channel: Channel) -> None:
        if len(self.queue) < self._max_waiting:
            super().add_task(channel)
            return
        request = channel.requests[0]
        request.error = request.error or Unavailable("too many requests are waiting. Try again later.")
        try:
            self._refusing.set_thread_count(1)
        except RuntimeError:  # the system allows no more threads, so it is refused when a thread is free
            super().add_task(channel)
        else:
            self._refusing.add_task(channel)

    def resume(self, channel: Channel) -> None:
        """Queue the connection of a request that has got its turn."""
        super().add_task(channel)

    def shutdown(self, **options: Any) -> None:
        self._refusing.shutdown(**options)
        super().shutdown(**options)


def _connection_limit() -> int:
    """Return at most half of the files that this process may open, as Anki needs some.

    macOS allows a process 256 files unless it asks for more. This function asks for as many as select() accepts.
    """
    if sys.platform == "win32":
        return 400  # select() accepts 512 sockets there
    import resource  # noqa: PLC0415 - POSIX only

    allowed, most_allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    if USE_EPOLL:
        return 10_000 if allowed == resource.RLIM_INFINITY else min(10_000, allowed // 2)
    if 0 <= allowed < SELECTABLE:
        more = SELECTABLE if most_allowed == resource.RLIM_INFINITY else min(SELECTABLE, most_allowed)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, most_allowed))
            allowed = more
    return 400 if allowed == resource.RLIM_INFINITY else min(400, allowed // 2)


def _patience(seconds: float) -> list[tuple[int, int, int]]:
    """Return the option of TCP that ends a connection if the client's computer has vanished, after these seconds.

    Without it, that is noticed only after minutes. Python names only the option of Linux.
    """
    options = {
        "linux": (18, int(seconds * 1000)),  # TCP_USER_TIMEOUT, in milliseconds
        "darwin": (0x80, math.ceil(seconds)),  # TCP_RXT_CONNDROPTIME
        "win32": (5, math.ceil(seconds)),  # TCP_MAXRT
    }
    return [(socket.IPPROTO_TCP, *options[sys.platform])] if sys.platform in options else []
