"""Events of extensions, and their listeners. A slow listener holds up only the other listeners of its extension."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..rpc import codec, threads
from ..rpc.errors import ActionError, Busy
from ..rpc.events import Event, Events, Follower
from .calls import log_failure, text_of
from .declarations import LISTENER, Declarations, DeclaredExtension

if TYPE_CHECKING:
    from .actions import Made

logger = logging.getLogger("anki_rpc.extension")

EVERY = "*"
MOST_A_SECOND = 50
"""Events that one extension may publish in a second. All events share a ring, from which others read."""
LARGEST_BYTES = 64 * 2**10


class Listening:
    """A thread for each extension that listens, which ends when it listens no longer. Any thread."""

    def __init__(self, events: Events, declarations: Declarations) -> None:
        self._events = events
        self._declarations = declarations
        self._lock = threading.Lock()
        self._followers: dict[DeclaredExtension, Follower] = {}

    def update(self) -> None:
        """Start a thread for each extension that has begun to listen, and end those of the others. Never waits.

        A thread that the system does not allow is tried again when an extension declares something.
        """
        with self._lock:
            wanted = [each for each in self._declarations.extensions if _listeners(each)]
            for extension in [each for each in self._followers if each not in wanted]:
                self._followers.pop(extension).end()
            for extension in wanted:
                if extension not in self._followers:
                    self._start(extension)

    def _start(self, extension: DeclaredExtension) -> None:
        follower = self._events.follow()
        try:
            threads.start(f"listener {extension.name}", self._follow, extension, follower)
        except Busy as error:
            logger.warning("The extension %s receives no events: %s", extension.title, error.message)
            extension.errors.append(f"it receives no events: {error.message}")
        else:
            self._followers[extension] = follower

    def stop(self) -> None:
        """End all of them."""
        with self._lock:
            for follower in self._followers.values():
                follower.end()
            self._followers.clear()

    def _follow(self, extension: DeclaredExtension, follower: Follower) -> None:
        try:
            follower.ready()
            while (news := follower.wait(60.0)) is not None:
                for event in news:
                    _tell(extension, event)
        except Exception:
            logger.exception("The extension %s receives no more events", extension.title)
        finally:
            follower.leave()


def _listeners(extension: DeclaredExtension) -> list[tuple[str, Callable[..., Any]]]:
    if extension.fault is not None:
        return []
    found = [item for item in extension.items if item.kind == LISTENER and item.fault is None]
    return [(item.name, item.handler) for item in found if callable(item.handler)]


def _tell(extension: DeclaredExtension, event: Event) -> None:
    for name, handler in _listeners(extension):
        if name in (EVERY, event.name):
            try:
                handler(event.name, codec.loads(codec.dumps(event.params)).value)
            except BaseException as error:  # even SystemExit must not end the thread
                log_failure(f"A listener of the extension {extension.title} has failed", error)
                extension.errors.append(f"listener of {event.name}: {text_of(error)}")


class Publishing:
    """Checks what extensions publish. Any thread."""

    def __init__(self, events: Events, find: Callable[[DeclaredExtension, str], Made | None]) -> None:
        """`find`: returns the event of an extension by its name; None if there is none."""
        self._events = events
        self._find = find
        self._lock = threading.Lock()
        self._sent: dict[DeclaredExtension, tuple[int, int]] = {}
        """The second of the latest event of each extension, and the number of its events in this second."""

    def publish(self, extension: DeclaredExtension, name: str, params: Mapping[str, Any]) -> bool:
        """Publish an event and return True. If it is wrong, note a fault of the extension and return False."""
        fault = self._fault(extension, name, params)
        if fault is None:
            return True
        if not extension.errors or extension.errors[-1] != fault:
            extension.errors.append(fault)
        return False

    def _fault(self, extension: DeclaredExtension, name: str, params: Mapping[str, Any]) -> str | None:
        if (made := self._find(extension, name)) is None:
            return f"the event {name} was not published: it is not registered, or was refused."
        try:
            loaded = made.params.load_for(codec.loads(codec.dumps(dict(params))).value)
            size = len(codec.dumps(loaded))
        except ActionError as error:
            return f"the event {name} was not published: {error.message}"
        except (TypeError, ValueError, RecursionError) as error:
            return f"the event {name} was not published: its params are not JSON: {type(error).__name__}"
        if size > LARGEST_BYTES:
            return f"the event {name} was not published: it has more than {LARGEST_BYTES} bytes."
        if not self._has_room(extension):
            return (
                f"the event {name} was not published: an extension may publish at most {MOST_A_SECOND} events a second."
            )
        self._events.publish(name, loaded)
        return None

    def _has_room(self, extension: DeclaredExtension) -> bool:
        now = int(time.monotonic())
        with self._lock:
            second, count = self._sent.get(extension, (now, 0))
            count = count + 1 if second == now else 1
            self._sent[extension] = now, count
            return count <= MOST_A_SECOND
