"""One connection: its requests, its responses, and the deadlines of both."""

from __future__ import annotations

import json
import logging
import socket
import time
from contextlib import suppress
from io import BytesIO
from typing import Any

from ...vendored import waitress
from .request_parser import Parser, refusal_document
from .streams import BACKLOG_BYTES, ENVIRON, Stream
from .turns import CHECKED, END_TURN, Turn
from .uploads import LEFT, SMALL_BYTES, Upload

log = logging.getLogger("anki_rpc.http")

SLOWEST_BYTES_PER_S = 16 * 1024  # a client that sends or reads more slowly uses up its read timeout
FRESH_S = 1.0  # seconds for which the check of a request stays valid while the request waits for its turn
LEAVING_S = 2.0  # seconds until a client that has stopped sending counts as gone: it may have closed one direction only
LINGER_S = 5.0  # seconds for which a refused client may go on sending, so that it comes to read the response


class Task(waitress.task.WSGITask):  # type: ignore[misc]
    """Sends one response of the application."""

    logger = log
    wrote_header: bool = False

    def get_environment(self) -> dict[str, Any]:
        """Return the WSGI environment. It is made once: the application first checks the request, then answers it."""
        request, channel = self.request, self.channel
        if request.environ is None:
            server = channel.server
            channel.stream = Stream(server.streams, server.pull_trigger)
            request.environ = {
                **super().get_environment(),
                ENVIRON: channel.stream,
                LEFT: request.is_body_left,
                END_TURN: lambda: channel.end_turn(request),
            }
        environ: dict[str, Any] = request.environ
        return environ

    def set_close_on_finish(self) -> None:
        """Close the connection after the response. Waitress wants that also if a response has no length, but status 204
        and 304 need none.
        """
        is_wanted = self.version != "1.1" or self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or is_wanted:
            super().set_close_on_finish()

    def write(self, data: bytes) -> None:
        """Send no body for HEAD. Send the head and the body of a small response in one packet.

        A large body is sent without a copy. Waitress would copy it, and no other Python thread would run meanwhile.
        """
        if self.request.command == "HEAD":
            data = b""
        whole = self.complete and not self.wrote_header and 0 < len(data) == self.content_length
        if not whole or not self.has_body:
            super().write(data)
            return
        if len(data) < 2**16:
            self.channel.write_soon(self.build_response_header() + data)
        else:
            self.channel.write_soon(self.build_response_header())
            self.channel.write_soon(_Body(data))
        self.wrote_header = True
        self.content_bytes_written = len(data)


class _Body(waitress.buffers.ReadOnlyFileBasedBuffer):  # type: ignore[misc]
    """A large body in memory, which is not copied."""

    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self.prepare()


class ErrorAnswer(waitress.task.ErrorTask):  # type: ignore[misc]
    """Sends an error of the server itself as JSON, if the application was not reached or has failed."""

    logger = log

    def execute(self) -> None:
        error = self.request.error
        why = error.body
        # Waitress rejects a body of exactly this size, so the setting is one byte larger.
        if isinstance(error, waitress.utilities.RequestEntityTooLarge):
            size = self.request.adj.max_request_body_size - 1
            why = f"the body may have at most {size} bytes. Send several smaller requests."
        elif isinstance(error, waitress.utilities.RequestHeaderFieldsTooLarge):
            why = f"the head may have at most {self.request.adj.max_request_header_size} bytes. Send shorter headers."
        body = json.dumps(refusal_document(self.request, error.code, f"{error.reason}: {why}")).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", "application/json"), *getattr(error, "headers", ())]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.channel.refused = True
        self.write(body)


class RequestTimeout(waitress.utilities.Error):  # type: ignore[misc]
    """A request that was cut off, or took too long to arrive."""

    code = 408
    reason = "Request Timeout"


class _StorageFull(waitress.utilities.Error):  # type: ignore[misc]
    code = 507
    reason = "Insufficient Storage"


class Unavailable(waitress.utilities.Error):  # type: ignore[misc]
    """A request that is refused because the server is too busy; the client may retry it."""

    code = 503
    reason = "Service Unavailable"
    headers = (("Retry-After", "1"),)


class Channel(waitress.channel.HTTPChannel):  # type: ignore[misc]
    """One connection. The loop's thread receives and sends; a thread for requests runs `service`.

    Unlike Waitress, which drops requests that were cut off, and waits forever for those that stall, it answers both
    with an error.
    """

    logger = log
    task_class = Task
    error_task_class = ErrorAnswer
    request: Any = None  # the request that is being received
    requests: list[Any]  # complete requests; the first is being answered, or waits for its turn
    will_close: bool = False
    close_when_flushed: bool = False
    has_answered = False  # a request of this connection
    refused = False  # the last response was an error of the server
    lingering = False  # the last response is sent; what the client still sends is discarded until it closes
    stream: Stream | None = None  # the stream of the request that is being answered
    client_eof_at: float | None = None  # when the client was first seen to have stopped sending
    read_deadline = 0.0  # deadline of the next progress, in sending or receiving, on the monotonic clock
    request_deadline = 0.0  # deadline of the whole request, on the same clock

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.accepted_at = self.last_use = time.monotonic()
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

    def detect_disconnect(self) -> None:
        """Check whether the client is gone, without reading what it sends: that is its next request."""
        assert self.stream is not None
        try:
            if self.socket.recv(1, socket.MSG_PEEK):
                self.stream.is_watched = False
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.stream.notify_disconnect()

    def _check_client(self, now: float) -> None:
        """If the client of an unanswered request has left, stop waiting for the answer."""
        if self.socket is None:
            return
        try:
            sends_no_more = not self.socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            sends_no_more = False
        except OSError:
            sends_no_more, self.client_eof_at = True, now - LEAVING_S
        self.client_eof_at = (self.client_eof_at or now) if sends_no_more else None
        if self.client_eof_at is None or now - self.client_eof_at < LEAVING_S:
            return
        if self._leave_line():
            self.handle_close()
        elif self.stream is not None:
            self.stream.notify_disconnect()

    @property
    def is_clients_turn(self) -> bool:
        """Whether the client has to act next: no request is being answered, and no response is unread."""
        return not (self.requests or self.total_outbufs_len or self.will_close)

    @property
    def buffered_response_bytes(self) -> int:
        """Bytes of unread responses in memory. Responses that are files do not count: they stay on the disk."""
        of_a_file = waitress.buffers.ReadOnlyFileBasedBuffer
        outbufs = list(self.outbufs)
        return sum(len(buffer) for buffer in outbufs if isinstance(buffer, _Body) or not isinstance(buffer, of_a_file))

    @property
    def buffered_body_bytes(self) -> int:
        """Bytes of request bodies in memory."""
        return sum(request.buffered_body_bytes for request in (*self.requests, self.request) if request is not None)

    def idle_for(self, now: float) -> float:
        """Return the seconds without use: since the last request of an idle connection, else without progress."""
        is_idle = self.is_clients_turn and self.request is None
        return now - self.last_use if is_idle else now - (self.read_deadline - self.adj.read_timeout)

    def extend_deadline(self, size: int) -> None:
        """Extend the progress deadline for `size` bytes that were sent or received, up to `read_timeout` from now.

        The deadline grows with the bytes, so a slow trickle cannot keep a connection alive.
        """
        self.read_deadline = min(
            time.monotonic() + self.adj.read_timeout, self.read_deadline + size / SLOWEST_BYTES_PER_S
        )

    def start_deadlines(self) -> None:
        """Start both deadlines, because from now on the client has to act."""
        now = time.monotonic()
        self.read_deadline, self.request_deadline = now + self.adj.read_timeout, now + self.adj.read_deadline

    def service(self) -> None:
        """Answer the first request, or leave it in the line for its turn. Called on a thread for requests."""
        self._map.work_on(self)
        request = self.requests[0]
        is_new = self.connected and request.error is None and request.claim is None
        try:
            if is_new and not self._take_turn(request):
                return
        except Exception:  # otherwise its client would wait for ever
            log.exception("a request cannot be read")
            request.error = waitress.utilities.InternalServerError("the server cannot read the request")
        if not is_new and request.environ is not None and time.monotonic() < request.checked_until:
            request.environ[CHECKED] = request.checked
        request.checked = None  # it would keep the results alive
        try:
            super().service()
        finally:
            self.has_answered = True
            self.end_turn(request)
            request.let_go()

    def _take_turn(self, request: Parser) -> bool:
        """Have the request checked, and ask for its turn. Return False if it now waits in the line."""
        self.client_eof_at = None
        environ = Task(self, request).get_environment()
        request.claim = claim = self.server.claim(environ)
        if claim is None:
            return True
        checked = environ.pop(CHECKED, None)
        # Other checks are not kept: a large request uses too much memory, and a stranger may get permission by then.
        if request.buffered_body_bytes <= SMALL_BYTES and not claim.is_stranger:
            request.checked, request.checked_until = checked, time.monotonic() + FRESH_S
        turn = self.server.turns(claim).take(claim.identity, self)
        if turn is Turn.REFUSED:
            request.claim = None
            request.error = Unavailable("too many requests of this caller are waiting. Try again later.")
        elif turn is Turn.GRANTED:
            environ[CHECKED] = checked
        return turn is not Turn.WAITING

    def end_turn(self, request: Parser) -> None:
        """Give the request's turn back, because it is answered, or its response goes on as a stream."""
        claim, request.claim = request.claim, None
        if claim is not None:
            self.server.turns(claim).give_back(claim.identity)

    def _leave_line(self) -> bool:
        """Drop all requests if one of them waits for its turn; else return False."""
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
            self.detect_disconnect()
            return
        if self.requests and not self.is_streaming:  # it was watched until now: what the client sends has to wait
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
                self.drop()  # data that a client sends during a stream is discarded
        elif data and not self.lingering:
            self.on_data(data)
        elif not data and self.request and not self.lingering:
            self.refuse(waitress.utilities.BadRequest(f"the client closed the connection, but {self.unsent_part()}"))
        elif not data:
            self.handle_close()

    def on_data(self, data: bytes) -> None:
        """Process received bytes of a request."""
        self.last_use = time.monotonic()
        if self.request:
            self.extend_deadline(len(data))
        else:
            self.start_deadlines()
        try:
            self.received(data)
        except OSError as error:  # of the file of an upload
            self.refuse(_StorageFull(f"the upload cannot be stored: {error.strerror}"))

    def send(self, data: bytes, do_close: bool = True) -> int:  # noqa: FBT001, FBT002 - as Waitress calls it
        if not data:  # of a file that has become shorter: the rest of the response never comes
            self.close_soon()
            return 0
        try:
            sent: int = super().send(data, do_close)
        except TimeoutError:  # of TCP: the client is gone, which Waitress would log as an error
            sent = 0
            if do_close:
                self.handle_close()
        self.extend_deadline(sent)
        return sent

    def _flush_some(self, do_close: bool = True) -> Any:  # noqa: FBT001, FBT002 - as Waitress calls it
        """Send, then free what was sent: Waitress keeps the last response of each connection.

        Waitress has the loop send without the lock after the last response, when "100 Continue" may still be sent.
        """
        with self.outbuf_lock:
            has_sent = super()._flush_some(do_close)
            if self.connected and not self.total_outbufs_len:
                self.outbufs[-1].prune()
        return has_sent

    def handle_write(self) -> None:
        """Send, and close the connection after the last response. A refused client gets time to read the response.

        Closing at once would reset the connection of a client that is still sending, and the response would be lost
        (RFC 9112, section 9.6).
        """
        if self.socket is None:  # reading in the same turn of the loop has closed it
            return
        if not (self.refused and self.close_when_flushed) or self.will_close:
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.connected and not self.total_outbufs_len:
            self.close_when_flushed, self.lingering = False, True
            self.read_deadline = time.monotonic() + LINGER_S
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.handle_close()

    def handle_close(self) -> None:
        """Close the connection, and the unfinished request with its file: the two form a reference cycle."""
        request, self.request = self.request, None
        if request is not None:
            request.close()
        self._leave_line()
        super().handle_close()

    def send_continue(self) -> None:
        """Send "100 Continue" only if a body is missing. Waitress also sends it for refused requests and requests
        without a body, and hangs. And if the client is gone, it closes the connection at once, on any thread.
        """
        self.request.expect_continue = False
        if not self.request.completed:
            self.sent_continue = True
            with suppress(waitress.channel.ClientDisconnected):
                self.write_soon(b"HTTP/1.1 100 Continue\r\n\r\n")

    def check_deadlines(self, now: float) -> None:
        """End a request, a response or an idle connection that is past its deadline. Called at every tick."""
        if self.lingering:
            self.will_close = self.will_close or now >= self.read_deadline
        elif self.total_outbufs_len:
            self.last_use = now
            if now >= self.read_deadline or (self.is_streaming and self.total_outbufs_len > BACKLOG_BYTES):
                self.drop()
        elif self.requests:
            self.last_use = now
            self.start_deadlines()
            self._check_client(now)
        elif self.request is None:
            self.will_close = self.will_close or now - self.last_use > self.adj.channel_timeout
        elif now >= min(self.read_deadline, self.request_deadline) and not (self.will_close or self.close_when_flushed):
            how = "stopped sending" if now >= self.read_deadline else "took too long"
            self.refuse(RequestTimeout(f"the client {how}, but {self.unsent_part()}"))

    def close_soon(self) -> None:
        """Ask the loop to close the connection, as the loop may be about to use it."""
        self.will_close = True
        self._map.mark_changed(self)

    def drop(self) -> None:
        """Close the connection, because the client is gone or does not read."""
        if self.stream is not None:
            self.stream.end()
        self.handle_close()

    def unsent_part(self) -> str:
        """Return what is missing of the request that is being received, as a clause of an error text."""
        request = self.request
        if not request.headers_finished:
            return "the headers were not complete"
        if request.chunked:
            return f"the last chunk of the body was missing after {request.body_bytes_received} bytes"
        got, announced = request.body_bytes_received, request.content_length
        return f"the body was shorter than its Content-Length: {got} of {announced} bytes"

    def refuse(self, error: waitress.utilities.Error) -> None:
        """Answer the unfinished request with an error. Called on the loop's thread, while no request is answered."""
        request, self.request = self.request, None
        request.error, request.completed = error, True
        self.start_deadlines()
        self.requests.append(request)
        self.server.add_task(self)
