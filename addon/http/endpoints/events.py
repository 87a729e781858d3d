"""`GET /events`: a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).

The data of each event is a JSON-RPC notification.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from ...rpc import codec
from ...rpc.caller import Caller
from ...rpc.errors import ActionError
from ...rpc.scopes import Scope
from ..endpoint import Endpoint, respond
from ..guard import OriginAccess
from ..server.streams import ENVIRON
from .documents import Admit

if TYPE_CHECKING:
    from ...rpc.events import Event, Events, Follower

MIMETYPE = "text/event-stream"
HEARTBEAT_S = 10.0
"""Seconds without an event after which a comment is sent, so that dead connections are noticed."""
RETRY_MS = 2000
"""Milliseconds that a browser waits before it reconnects."""


CheckOrigin = Callable[[str | None, str | None], OriginAccess]
"""Returns what the guard grants to Origin and Host at present."""


def admission(request: Request, caller: Caller, admit: Admit, check_origin: CheckOrigin) -> Callable[[], Caller | None]:
    """Return a function that admits the caller of a stream again, as the stream outlives changes of the settings.

    It returns None if the caller may read no more.
    """
    host, path = request.headers.get("Host"), request.path

    def admit_again() -> Caller | None:
        try:
            return admit(replace(caller, scopes=check_origin(caller.origin, host).scopes), Scope.READ, path)
        except ActionError:
            return None

    return admit_again


def streamed(body: Iterator[bytes]) -> Response:
    """Return the response of a stream."""
    response = Response(body, content_type=MIMETYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # a proxy must not hold events back
    return response


def endpoint(events: Events, admit: Admit, check_origin: CheckOrigin) -> Endpoint:
    """Return the endpoint. `check_origin` is called whenever events are sent."""

    def serve(request: Request, caller: Caller) -> Response:
        admitted = admit(caller, Scope.READ, request.path)
        if request.method == "HEAD":
            return respond(b"", content_type=MIMETYPE)
        follower = events.follow(request.headers.get("Last-Event-ID"))
        stream = request.environ.get(ENVIRON)
        if stream is None or not stream.open(follower.end, admitted.identity):
            response = respond(b'{"error": "Too many event streams are open. Close one, or try again later."}', 503)
            response.headers["Retry-After"] = "10"
            return response
        response = streamed(_stream(follower, admission(request, caller, admit, check_origin)))
        response.call_on_close(stream.close)
        response.call_on_close(follower.leave)
        return response

    return Endpoint(serve)


def _stream(follower: Follower, admit_again: Callable[[], Caller | None]) -> Iterator[bytes]:
    follower.ready()  # may wait, so only now: the open stream has a thread of its own, and holds none for requests
    yield f"retry: {RETRY_MS}\n\n".encode()
    while (news := follower.wait(HEARTBEAT_S)) is not None and (reader := admit_again()) is not None:
        yield b"".join(_encode(event, reader) for event in news) or b":\n\n"


def _encode(event: Event, reader: Caller) -> bytes:
    params, details = event.params, event.details
    if details is not None and (details.owner == reader.identity or reader.may(Scope.ADMIN)):
        params = details.params
    data = codec.dumps({"jsonrpc": "2.0", "method": event.name, "params": params})
    return f"id: {event.id}\nevent: {event.name}\ndata: ".encode() + data + b"\n\n"
