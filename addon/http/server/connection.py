"""One connection: what is received and answered on it, and how long that may take."""

from __future__ import annotations

import json
import logging
import socket
import time
from typing import Any

from ...vendored import waitress
from .request_parser import Parser
from .streams import BACKLOG_BYTES, ENVIRON, Stream
from .turns import CHECKED, END_TURN, Turn
from .uploads import SMALL_BYTES, Upload

log = logging.getLogger("anki_rpc.http")

SLOWEST_BYTES_PER_S = 16 * 1024  # bytes per second; who sends or reads slower than that uses up the read timeout
FRESH_S = 1.0  # seconds for which a request that waits for its turn need not be checked again
LEAVING_S = 2.0  # seconds that a client is waited for that sends no more: it may have closed one direction only
LINGER_S = 5.0  # seconds a refused client may go on sending, so that it gets to reading the answer


class Task(waitress.task.WSGITask):  # type: ignore[misc]
    """One answer of the application."""

    logger = log
    wrote_header: bool = False

    def get_environment(self) -> dict[str, Any]:
        """Make it once: the application checks the request with it, and later answers it."""
        request, channel = self.request, self.channel
        if request.environ is None:
            server = channel.server
            channel.stream = Stream(server.streams, server.pull_trigger)
            request.environ = {
                **super().get_environment(),
                ENVIRON: channel.stream,
                END_TURN: lambda: channel.end_turn(request),
            }
        environ: dict[str, Any] = request.environ
        return environ

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


class ErrorAnswer(waitress.task.ErrorTask):  # type: ignore[misc]
    """An answer of the server's own, in JSON, where the application was not reached or has failed."""

    logger = log

    def execute(self) -> None:
        error = self.request.error
        why = error.body
        # Waitress refuses the size itself that it is given.
        if isinstance(error, waitress.utilities.RequestEntityTooLarge):
            why = f"the largest taken is {self.request.adj.max_request_body_size - 1} bytes"
        body = json.dumps({"error": f"{error.reason}: {why}"}).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", "application/json"), *getattr(error, "headers", ())]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.channel.refused = True
        self.write(body)


class RequestTimeout(waitress.utilities.Error):  # type: ignore[misc]
    """A request that did not come, or not in time."""

    code = 408
    reason = "Request Timeout"


class _StorageFull(waitress.utilities.Error):  # type: ignore[misc]
    code = 507
    reason = "Insufficient Storage"


class Unavailable(waitress.utilities.Error):  # type: ignore[misc]
    """A request that has to wait too long."""

    code = 503
    reason = "Service Unavailable"
    headers = (("Retry-After", "1"),)


class Channel(waitress.channel.HTTPChannel):  # type: ignore[misc]
    """One connection. Requests cut short or stalled are answered: Waitress drops them, or waits for ever."""

    logger = log
    task_class = Task
    error_task_class = ErrorAnswer
    request: Any = None  # the one being received
    requests: list[Any]  # complete ones; the first is being answered
    will_close: bool = False
    close_when_flushed: bool = False
    refused = False  # an error was the last answer
    lingering = False  # all is said; what the client still sends is thrown away until it closes
    stream: Stream | None = None  # of the request that is being answered
    left: float | None = None  # when the client was seen to send no more
    due = 0.0  # when to lose patience, on the monotonic clock
    deadline = 0.0  # when the request must have come, on the same clock

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.last_use = time.monotonic()
        super().__init__(*args, **kwargs)

    def parser_class(self, adj: waitress.adjustments.Adjustments) -> Parser:
        return Parser(adj, self._upload)

    def _upload(self, request: Parser) -> Upload | None:
        upload: Upload | None = self.server.upload(waitress.task.WSGITask(self, request).get_environment())
        if upload is not None and not upload.limit:
            self.refused = True
        return upload

    def readable(self) -> bool:
        return self.lingering or self.is_streaming or self.is_watched or super().readable()

    @property
    def is_streaming(self) -> bool:
        return self.stream is not None and self.stream.is_open

    @property
    def is_watched(self) -> bool:
        return self.stream is not None and self.stream.is_watched

    def look(self) -> None:
        """See whether the client is gone, without taking what it sends on: that is the next request."""
        assert self.stream is not None
        try:
            if self.socket.recv(1, socket.MSG_PEEK):
                self.stream.is_watched = False
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.stream.gone()

    def _check_client(self, now: float) -> None:
        """See whether the client of a request that is not answered yet has left, and end its waiting then."""
        if self.socket is None:
            return
        try:
            sends_no_more = not self.socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            sends_no_more = False
        except OSError:
            sends_no_more, self.left = True, now - LEAVING_S
        self.left = (self.left or now) if sends_no_more else None
        if self.left is None or now - self.left < LEAVING_S:
            return
        if self._leave_line():
            self.handle_close()
        elif self.stream is not None:
            self.stream.gone()

    @property
    def is_clients_turn(self) -> bool:
        """Nothing is being answered, and no answer waits to be read."""
        return not (self.requests or self.total_outbufs_len or self.will_close)

    @property
    def held(self) -> int:
        """Bytes of answers that it keeps in memory: those of files are on the disk."""
        of_a_file = waitress.buffers.ReadOnlyFileBasedBuffer
        return sum(len(buffer) for buffer in list(self.outbufs) if not isinstance(buffer, of_a_file))

    @property
    def taken(self) -> int:
        """Bytes of bodies that it keeps in memory."""
        return sum(request.taken for request in (*self.requests, self.request) if request is not None)

    def unused(self, now: float) -> float:
        """Seconds that the client has left the connection unused, or made no use of within a request or an answer."""
        is_idle = self.is_clients_turn and self.request is None
        return now - self.last_use if is_idle else now - (self.due - self.adj.read_timeout)

    def be_patient(self, size: int) -> None:
        """The patience lasts `read_timeout` and is renewed by bytes, not by their coming: no trickle outlives it."""
        self.due = min(time.monotonic() + self.adj.read_timeout, self.due + size / SLOWEST_BYTES_PER_S)

    def begin_patience(self) -> None:
        """It has not been the client's turn until now."""
        now = time.monotonic()
        self.due, self.deadline = now + self.adj.read_timeout, now + self.adj.read_deadline

    def service(self) -> None:
        """Answer a request on a thread for requests, or leave it in the line of those that wait for their turn."""
        self._map.work_on(self)
        request = self.requests[0]
        is_new = self.connected and request.error is None and request.claim is None
        if is_new and not self._take_turn(request):
            return
        if not is_new and request.environ is not None and time.monotonic() < request.checked_until:
            request.environ[CHECKED] = request.checked
        request.checked = None  # it will hold the results, too
        try:
            super().service()
        finally:
            self.end_turn(request)
            request.let_go()

    def _take_turn(self, request: Parser) -> bool:
        """Have the request checked; False if it has to wait, and is in the line."""
        self.left = None
        environ = Task(self, request).get_environment()
        request.claim = claim = self.server.claim(environ)
        if claim is None:
            return True
        checked = environ.pop(CHECKED, None)
        # Another one is checked again: it takes much memory, or its caller has been given permission meanwhile.
        if request.taken <= SMALL_BYTES and not claim.is_stranger:
            request.checked, request.checked_until = checked, time.monotonic() + FRESH_S
        turn = self.server.turns(claim).take(claim.identity, self)
        if turn is Turn.REFUSED:
            request.claim = None
            request.error = Unavailable("too many requests of this caller wait to be answered")
        elif turn is Turn.GRANTED:
            environ[CHECKED] = checked
        return turn is not Turn.WAITING

    def end_turn(self, request: Parser) -> None:
        """The request needs no turn any more: it has been answered, or its answer is a stream now."""
        claim, request.claim = request.claim, None
        if claim is not None:
            self.server.turns(claim).give_back(claim.identity)

    def _leave_line(self) -> bool:
        """Drop the requests if the first of them waits for its turn; else return False."""
        claim = next((request.claim for request in self.requests), None)
        if claim is None or not self.server.turns(claim).forget(claim.identity, self):
            return False
        requests, self.requests = self.requests, []
        for request in requests:
            request.close()
            request.let_go()
        return True

    def handle_read(self) -> None:
        if self.is_watched:
            self.look()
            return
        try:
            data = self.socket.recv(self.adj.recv_bytes)
        except BlockingIOError:
            return
        except OSError:
            data = b""
            self.request = None
        if self.is_streaming:
            if not data:
                self.drop()  # what it still says is thrown away
        elif data and not self.lingering:
            self.take(data)
        elif not data and self.request and not self.lingering:
            self.refuse(waitress.utilities.BadRequest(f"the client closed the connection, but {self.missing()}"))
        elif not data:
            self.handle_close()

    def take(self, data: bytes) -> None:
        """Some of a request has come."""
        self.last_use = time.monotonic()
        if self.request:
            self.be_patient(len(data))
        else:
            self.begin_patience()
        try:
            self.received(data)
        except OSError as error:  # of an upload's file
            self.refuse(_StorageFull(f"the upload cannot be kept: {error.strerror}"))

    def send(self, data: bytes, do_close: bool = True) -> int:  # noqa: FBT001, FBT002 - as Waitress calls it
        try:
            sent: int = super().send(data, do_close)
        except TimeoutError:  # of TCP: a client that is gone as any other, but Waitress logs it as a fault
            sent = 0
            if do_close:
                self.handle_close()
        self.be_patient(sent)
        return sent

    def _flush_some(self, do_close: bool = True) -> Any:  # noqa: FBT001, FBT002 - as Waitress calls it
        """Send; and keep nothing of what has been sent: Waitress keeps the last answer of each connection."""
        has_sent = super()._flush_some(do_close)
        if self.connected and not self.total_outbufs_len:
            self.outbufs[-1].prune()
        return has_sent

    def handle_write(self) -> None:
        """Send, and close where that was the end; but leave a refused client time to stop and read why.

        Closing at once resets the connection of a client that is still sending, and the answer is lost
        (RFC 9112, section 9.6).
        """
        if self.socket is None:  # it was closed by what was read in the same turn of the loop
            return
        if not (self.refused and self.close_when_flushed) or self.will_close:
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.connected and not self.total_outbufs_len:
            self.close_when_flushed, self.lingering = False, True
            self.due = time.monotonic() + LINGER_S
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.handle_close()

    def handle_close(self) -> None:
        """Close, and the file of an upload that has not come to its end: it and this hold each other."""
        request, self.request = self.request, None
        if request is not None:
            request.close()
        self._leave_line()
        super().handle_close()

    def send_continue(self) -> None:
        """Ask for a body that is missing: Waitress also asks refused and bodiless requests, and hangs."""
        if self.request.completed:
            self.request.expect_continue = False
        else:
            super().send_continue()

    def check_patience(self, now: float) -> None:
        """Called at every tick: end what the client has left half-done, or unused, for too long."""
        if self.lingering:
            self.will_close = self.will_close or now >= self.due
        elif self.total_outbufs_len:
            self.last_use = now
            if now >= self.due or (self.is_streaming and self.total_outbufs_len > BACKLOG_BYTES):
                self.drop()
        elif self.requests:
            self.last_use = now
            self.begin_patience()
            self._check_client(now)
        elif self.request is None:
            self.will_close = self.will_close or now - self.last_use > self.adj.channel_timeout
        elif now >= min(self.due, self.deadline) and not (self.will_close or self.close_when_flushed):
            how = "stopped sending" if now >= self.due else "took too long"
            self.refuse(RequestTimeout(f"the client {how}, but {self.missing()}"))

    def close_soon(self) -> None:
        """Have the loop close it, which may be about to look at it."""
        self.will_close = True
        self._map.ask(self)

    def drop(self) -> None:
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

    def refuse(self, error: waitress.utilities.Error) -> None:
        """Answer the unfinished request with an error. On the loop's thread, while no other one runs."""
        request, self.request = self.request, None
        request.error, request.completed = error, True
        self.begin_patience()
        self.requests.append(request)
        self.server.add_task(self)
