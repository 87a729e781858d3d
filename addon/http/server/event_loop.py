"""The loop over all sockets. It asks a socket what to wait for only after something has happened to that socket.

Waitress's own loop asks every socket in every turn. With a hundred connections that takes longer than a request, and
holds Python's global lock, which the threads for requests and Anki's window need.
"""

from __future__ import annotations

import selectors
import sys
import threading
from typing import Any

from ...vendored import waitress

USE_EPOLL = sys.platform == "linux"  # elsewhere only select() can tell a half-closed connection from a dead one


class Loop(dict[int, Any]):
    """Waitress's table of sockets by file descriptor. Channels, listeners and triggers add and remove themselves.

    `turn` runs on one thread. Other threads report a change to the channel that they work on by `must_be_woken`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._selector = selectors.DefaultSelector() if USE_EPOLL else selectors.SelectSelector()
        self._listeners: set[Any] = set()
        self._changed: set[Any] = set()
        self._work = threading.local()
        self._is_awake = True

    def __setitem__(self, number: int, channel: Any) -> None:
        super().__setitem__(number, channel)
        self._changed.add(channel)

    def __delitem__(self, number: int) -> None:
        channel = self.pop(number)
        self._changed.discard(channel)
        self._listeners.discard(channel)
        if number in self._selector.get_map():
            self._selector.unregister(number)

    def work_on(self, channel: Any) -> None:
        """Note that the calling thread works on this channel from now on."""
        self._work.channel = channel

    def mark_changed(self, channel: Any) -> None:
        """Note that something has happened to the channel: before the next wait it is asked what to wait for."""
        self._changed.add(channel)

    def must_be_woken(self) -> bool:
        """Note a change to the channel of the calling thread. Return whether the caller must wake the loop.

        False if the loop is awake, and will notice the change by itself.
        """
        channel = getattr(self._work, "channel", None)
        if channel is not None:
            self.mark_changed(channel)
            if self._is_awake:
                return False
        self._is_awake = True
        return True

    def mark_all_changed(self) -> None:
        """Like `mark_changed`, for every channel."""
        self._changed.update(self.values())

    def turn(self, timeout: float | None) -> None:
        """Wait up to `timeout` seconds (None: without limit) until a socket is ready, and handle all that are."""
        self._changed.update(self._listeners)  # whether they accept depends on all channels
        while self._changed or self._is_awake:
            self._is_awake = False  # from here on, threads that change something wake the loop
            while self._changed:
                self._register(self._changed.pop())
        ready = self._selector.select(timeout)
        self._is_awake = True
        # Listeners come last: a connection is read before it may have to make room for a new one.
        for key, events in sorted(ready, key=lambda ready: ready[0].data.accepting):
            if self.get(key.fd) is key.data and events & selectors.EVENT_READ:
                waitress.wasyncore.read(key.data)
            if self.get(key.fd) is key.data and events & selectors.EVENT_WRITE:
                waitress.wasyncore.write(key.data)
            self.mark_changed(key.data)

    def _register(self, channel: Any) -> None:
        number = channel._fileno  # noqa: SLF001 - Waitress's key of the table
        if number not in self or self[number] is not channel:
            return
        if channel.accepting:
            self._listeners.add(channel)
        events = selectors.EVENT_READ if channel.readable() else 0
        if channel.writable():
            events |= selectors.EVENT_WRITE
        key = self._selector.get_map().get(number)
        if key is None:
            if events:
                self._selector.register(number, events, channel)
        elif not events:
            self._selector.unregister(number)
        elif key.events != events:
            self._selector.modify(number, events, channel)

    def close(self) -> None:
        """Close the selector, after all sockets have left."""
        self._selector.close()
