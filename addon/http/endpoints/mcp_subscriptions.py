"""Streams of an agent's subscriptions: server-sent events, as at `/events`, whose data are messages of the protocol."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakValueDictionary

from werkzeug.wrappers import Request, Response

from ...mcp.subscriptions import Subscription
from ...rpc import codec
from ...rpc.errors import Busy
from ...rpc.events import Event, Events, Follower
from ...rpc.shares import FairSlots
from ..server.streams import ENVIRON, Stream
from .events import HEARTBEAT_S, streamed

Json = Mapping[str, Any]

MAX_SESSIONS = 64
"""Sessions whose subscriptions are kept, of all callers; one caller may have a quarter of them."""
MAX_SUBSCRIPTION_STREAMS = 8
"""Streams of agents' subscriptions that are served at once, beside the other streams of the server."""
MAX_SESSION_STREAMS = 32
"""The same for streams of sessions, which have places of their own: the official clients open one whether they
subscribe to anything or not, so idle agents would keep others from events."""


class Sessions:
    """The subscriptions of sessions, which revisions with a handshake have. Any thread.

    Clients cannot end a session. So if a caller has too many, the one used longest ago is forgotten, or kept only
    as long as its stream is open.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._kept: dict[tuple[Hashable, str], Subscription] = {}
        self._alive: WeakValueDictionary[tuple[Hashable, str], Subscription] = WeakValueDictionary()
        """Those that are kept, and those that a stream holds."""

    def of(self, owner: Hashable, session: str) -> Subscription:
        """Return the subscription of a session, which may be new."""
        with self.lock:
            key = owner, session
            found = self._alive.get(key) or Subscription()
            self._kept.pop(key, None)
            self._alive[key] = self._kept[key] = found
            of_owner = [other for other in self._kept if other[0] == owner]
            for other in [*of_owner[: -MAX_SESSIONS // 4], *list(self._kept)[:-MAX_SESSIONS]]:
                self._kept.pop(other, None)
            return found


def stream(
    request: Request,
    events: Events,
    places: FairSlots,
    identity: Hashable,
    notes: Callable[[Sequence[Event]], list[Json] | None],
    *,
    first: Json | None = None,
    last: Json | None = None,
) -> Response:
    """Return a stream of messages. Raises Busy if too many of these streams are open.

    - `places`: the pool of these streams.
    - `notes` returns the messages for events; None if the caller may read no more.
    - `first` is sent as soon as later changes are certain to be reported, `last` when the server ends the stream.
    """
    follower = events.follow()
    opened: Stream | None = request.environ.get(ENVIRON)
    if opened is None or not opened.open(follower.end, identity, places):
        raise Busy("Too many streams are open. Close one, or try again later.")
    response = streamed(_messages(follower, notes, first, last))
    for close in (opened.close, follower.leave):
        response.call_on_close(close)
    return response


def _messages(
    follower: Follower, notes: Callable[[Sequence[Event]], list[Json] | None], first: Json | None, last: Json | None
) -> Iterator[bytes]:
    follower.ready()  # may wait, so only now: the open stream has a thread of its own, and holds none for requests
    yield _encode(first) if first else b":\n\n"
    while (news := follower.wait(HEARTBEAT_S)) is not None and (messages := notes(news)) is not None:
        yield b"".join(map(_encode, messages)) or b":\n\n"
    if last:
        yield _encode(last)


def _encode(message: Json) -> bytes:
    return b"event: message\ndata: " + codec.dumps(message) + b"\n\n"
