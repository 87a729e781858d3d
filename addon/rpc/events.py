"""What happened, for whoever follows: a bounded ring of numbered events. It knows neither HTTP nor Anki."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

EVENTS_KEPT = 1000
"""Events that are kept to be told again; one holds at most a thousand ids."""

LOST = "eventsLost"
"""Told in the place of events that are not kept any more: the follower reads everything afresh."""


class Details(NamedTuple):
    """What not everybody is told of an event."""

    owner: Hashable
    """Who is told them, beside administrators, by its `Caller.identity`."""
    params: Mapping[str, Any]
    """The event's params in full."""


class Event(NamedTuple):
    """One thing that happened. The id tells the run of the gateway, too: numbers of another run mean nothing."""

    id: str
    name: str
    params: Mapping[str, Any]
    details: Details | None = None


class Events:
    """The ring, from any thread. `before_following` makes sure that what happens from now on is told."""

    def __init__(self, size: int = EVENTS_KEPT) -> None:
        self.changed = threading.Condition()
        self.before_following: Callable[[], None] = lambda: None
        self._run = secrets.token_hex(4)
        self._number = 0
        self._ring: deque[Event] = deque(maxlen=size)

    def publish(self, name: str, params: Mapping[str, Any], details: Details | None = None) -> None:
        """Tell everybody, and some of them the details. Never waits for a follower."""
        with self.changed:
            self._number += 1
            self._ring.append(Event(self._id(), name, params, details))
            self.changed.notify_all()

    def follow(self, last_id: str | None = None) -> Follower:
        """Follow what happens from now on, or from after an event that was told before. See `Follower.ready`."""
        with self.changed:
            if last_id is None:
                return Follower(self, self._number)
            run, _, number = last_id.rpartition("-")
            is_number = number.isascii() and number.isdigit() and len(number) <= len(str(self._number))
            is_known = run == self._run and is_number and int(number) <= self._number
            return Follower(self, int(number) if is_known else -1)

    def after(self, number: int) -> tuple[list[Event], int]:
        """What came after an event's number, and the newest number. Call it while holding `changed`."""
        if number < self._number - len(self._ring):
            return [Event(self._id(), LOST, {})], self._number
        return [self._ring[place] for place in range(number - self._number, 0)], self._number

    def _id(self) -> str:
        return f"{self._run}-{self._number}"


class Follower:
    """Reads the ring at its own pace; one that is overtaken is told so."""

    def __init__(self, events: Events, number: int) -> None:
        self._events = events
        self._number = number
        self._has_ended = False

    def ready(self) -> Follower:
        """Make sure that what happens from now on is told; it may wait for the collection, some seconds at the most."""
        self._events.before_following()
        return self

    def wait(self, timeout: float) -> list[Event] | None:
        """The next events, none within `timeout` seconds, or None when following has ended, after the last ones."""
        with self._events.changed:
            self._events.changed.wait_for(self._has_news, timeout)
            news, self._number = self._events.after(self._number)
            return None if self._has_ended and not news else news

    def end(self) -> None:
        """From any thread."""
        with self._events.changed:
            self._has_ended = True
            self._events.changed.notify_all()

    def _has_news(self) -> bool:
        return self._has_ended or bool(self._events.after(self._number)[0])
