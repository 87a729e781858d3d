"""Turns: which requests may hold a thread while they wait for Anki, a person or another computer."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from ...rpc.shares import Shares

Connection = TypeVar("Connection")

CHECKED = "anki_rpc.checked"
"""Where an application keeps a request between its check and its answer, in the environment of the request."""
END_TURN = "anki_rpc.end_turn"
"""Where it finds what ends the request's turn before its answer has ended, if a stream goes on by itself."""


class Claim(NamedTuple):
    """A request that needs a turn, because it may wait or take long."""

    identity: Hashable
    """Its caller's, see `Caller.identity`."""
    is_stranger: bool = False
    """Its caller has no permission yet, and asks the user for it."""


class Turn(Enum):
    """What a request gets that asks for a turn."""

    GRANTED = "It may go on."
    WAITING = "It is in the line, without a thread, and is resumed when its turn has come."
    REFUSED = "The line is too long."


class Turns(Generic[Connection]):
    """The places of one pool, and the line before it. From any thread; never waits.

    Each caller has its share of both. Callers whose requests are in the line take turns, so a caller with one request
    does not wait for all those of another.
    """

    def __init__(
        self, places: int, waiting: int, resume: Callable[[Connection], None], *, each: int | None = None
    ) -> None:
        """`resume` is called with a connection whose turn has come. `each` is as in `Shares`."""
        self._places = Shares(places, each=each)
        self._line = Shares(waiting)
        self._resume = resume
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, deque[Connection]] = {}

    def take(self, identity: Hashable, connection: Connection) -> Turn:
        """Ask for a turn. What is granted must be given back."""
        with self._lock:
            line = self._waiting.get(identity)
            if line is None and self._places.acquire(identity):
                return Turn.GRANTED
            if not self._line.acquire(identity):
                return Turn.REFUSED
            self._waiting.setdefault(identity, deque()).append(connection)
            return Turn.WAITING

    def give_back(self, identity: Hashable) -> None:
        """End a turn, and grant it to those who wait."""
        with self._lock:
            self._places.release(identity)
            for waiting in list(self._waiting):
                if self._places.acquire(waiting):
                    connection = self._waiting[waiting].popleft()
                    self._leave_line(waiting)
                    self._resume(connection)

    def forget(self, identity: Hashable, connection: Connection) -> bool:
        """Take a connection out of the line. False if it is not there, because its turn has come."""
        with self._lock:
            if connection not in self._waiting.get(identity, ()):
                return False
            self._waiting[identity].remove(connection)
            self._leave_line(identity)
            return True

    def _leave_line(self, identity: Hashable) -> None:
        """One of the identity has left the line; its next request waits behind those of all others."""
        self._line.release(identity)
        if line := self._waiting.pop(identity):
            self._waiting[identity] = line
