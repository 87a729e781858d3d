"""Turns: which requests may occupy a thread while they wait for Anki, the user or another computer."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from ...rpc.shares import FairSlots

Connection = TypeVar("Connection")

CHECKED = "anki_rpc.checked"
"""The key in a request's WSGI environment for the application's check of the request, until it is answered."""
END_TURN = "anki_rpc.end_turn"
"""The key for a function that gives the request's turn back early, if its response goes on as a stream."""


class Claim(NamedTuple):
    """The need of a request for a turn, because it may wait or take long."""

    identity: Hashable
    """The `Caller.identity` whose turn it is."""
    is_stranger: bool = False
    """The caller has no permission yet, and asks the user for it."""


class Turn(Enum):
    """The possible answers to a request that asks for a turn."""

    GRANTED = "The request may go on."
    WAITING = "The request is in the line, without a thread, and is resumed when its turn has come."
    REFUSED = "The line is too long."


class Turns(Generic[Connection]):
    """A pool of places, and the line of requests that wait for one. Any thread; never waits.

    Each caller has its share of both. The callers in the line take turns, so a caller with one request does not wait
    for all the requests of another caller.
    """

    def __init__(
        self, places: int, waiting: int, resume: Callable[[Connection], None], *, each: int | None = None
    ) -> None:
        """Create a pool with `places`, and a line for `waiting` requests.

        `resume` is called with a connection whose turn has come. For `each` see `FairSlots`.
        """
        self._places = FairSlots(places, each=each)
        self._line = FairSlots(waiting)
        self._resume = resume
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, deque[Connection]] = {}

    def take(self, identity: Hashable, connection: Connection) -> Turn:
        """Ask for a turn. If it is granted, now or later, call `give_back` at its end."""
        with self._lock:
            line = self._waiting.get(identity)
            if line is None and self._places.acquire(identity):
                return Turn.GRANTED
            if not self._line.acquire(identity):
                return Turn.REFUSED
            self._waiting.setdefault(identity, deque()).append(connection)
            return Turn.WAITING

    def give_back(self, identity: Hashable) -> None:
        """End a turn, and grant the place to a waiting request."""
        with self._lock:
            self._places.release(identity)
            for waiting in list(self._waiting):
                if self._places.acquire(waiting):
                    connection = self._waiting[waiting].popleft()
                    self._leave_line(waiting)
                    self._resume(connection)

    def forget(self, identity: Hashable, connection: Connection) -> bool:
        """Remove a connection from the line. Return False if it is not in the line, because its turn has come."""
        with self._lock:
            if connection not in self._waiting.get(identity, ()):
                return False
            self._waiting[identity].remove(connection)
            self._leave_line(identity)
            return True

    def _leave_line(self, identity: Hashable) -> None:
        """Note that a request of the identity has left the line. Its next request waits behind those of all others."""
        self._line.release(identity)
        if line := self._waiting.pop(identity):
            self._waiting[identity] = line
