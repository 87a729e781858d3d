"""What happened, for clients that follow: a bounded ring of numbered events. It knows neither HTTP nor Anki."""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

EVENTS_KEPT = 1000
"""Events that are kept for followers that lag behind or reconnect. One event holds at most a thousand ids."""

LOST = "eventsLost"
"""The name of the event sent instead of events that are no longer kept. The follower has to read everything anew."""


class Details(NamedTuple):
    """The confidential part of an event."""

    owner: Hashable
    """The `Caller.identity` that receives the details. Callers with the scope `admin` receive them, too."""
    params: Mapping[str, Any]
    """The event's params in full."""


class Event(NamedTuple):
    """One thing that happened. The id contains a random part for each run of the gateway: numbers of another run mean
    nothing.
    """

    id: str
    name: str
    params: Mapping[str, Any]
    """For every follower."""
    details: Details | None = None


class Events:
    """The ring; used from any thread. `before_following` is called before a follower begins to read: it makes the host
    publish changes from then on. It may end that if `seconds_alone` says that nobody has followed for long. `watch` is
    called with each event, and must not wait.
    """

    def __init__(self, size: int = EVENTS_KEPT) -> None:
        self.changed = threading.Condition()
        self.before_following: Callable[[], None] = lambda: None
        self.watch: Callable[[str, Mapping[str, Any]], None] = lambda name, params: None
        self._run = secrets.token_hex(4)
        self._number = 0
        self._ring: deque[Event] = deque(maxlen=size)
        self._followers = 0
        self._left = time.monotonic()

    def publish(self, name: str, params: Mapping[str, Any], details: Details | None = None) -> None:
        """Append an event for all followers; only some of them receive `details`. Never waits for a follower."""
        with self.changed:
            self._number += 1
            self._ring.append(Event(self._id(), name, params, details))
            self.changed.notify_all()
        self.watch(name, params)

    def follow(self, last_id: str | None = None) -> Follower:
        """Return a follower that starts with the next event, or after the event with the id `last_id`.

        If `last_id` is unknown or no longer kept, its first event is `LOST`. Call `Follower.ready` before waiting.
        """
        with self.changed:
            if last_id is None:
                return Follower(self, self._number)
            run, _, number = last_id.rpartition("-")
            is_number = number.isascii() and number.isdigit() and len(number) <= len(str(self._number))
            is_known = run == self._run and is_number and int(number) <= self._number
            return Follower(self, int(number) if is_known else -1)

    def after(self, number: int) -> tuple[list[Event], int]:
        """Return the events after an event's number, and the newest number. The caller must hold `changed`."""
        if number < self._number - len(self._ring):
            return [Event(self._id(), LOST, {})], self._number
        return [self._ring[place] for place in range(number - self._number, 0)], self._number

    def seconds_alone(self) -> float:
        """Return the seconds since the last follower has left; 0 while there is one."""
        with self.changed:
            return 0.0 if self._followers else time.monotonic() - self._left

    def forget(self) -> None:
        """Forget all events, because no more are published. A client that reconnects then receives `LOST`."""
        with self.changed:
            self._number += 1
            self._ring.clear()

    def count(self, difference: int) -> None:
        """Note that a follower has come (1) or left (-1)."""
        with self.changed:
            self._followers += difference
            self._left = time.monotonic()

    def _id(self) -> str:
        return f"{self._run}-{self._number}"


class Follower:
    """Reads the ring at its own pace. A follower that is too slow receives `LOST` instead of the events it missed."""

    def __init__(self, events: Events, number: int) -> None:
        self._events = events
        self._number = number
        self._is_counted = False
        self._has_ended = False

    def ready(self) -> Follower:
        """Make sure that changes are published until `leave`. May wait a few seconds for the collection."""
        self._events.count(1)
        self._is_counted = True
        self._events.before_following()
        return self

    def leave(self) -> None:
        """Note that nobody reads any more. Changes are still published for a while, for a client that reconnects."""
        if self._is_counted:
            self._is_counted = False
            self._events.count(-1)

    def wait(self, timeout: float) -> list[Event] | None:
        """Return the next events; an empty list if there are none within `timeout` seconds; None once all have been
        returned and following has ended.
        """
        with self._events.changed:
            self._events.changed.wait_for(self._has_news, timeout)
            news, self._number = self._events.after(self._number)
            return None if self._has_ended and not news else news

    def end(self) -> None:
        """End following, from any thread: `wait` returns the last events, then None."""
        with self._events.changed:
            self._has_ended = True
            self._events.changed.notify_all()

    def _has_news(self) -> bool:
        return self._has_ended or bool(self._events.after(self._number)[0])
