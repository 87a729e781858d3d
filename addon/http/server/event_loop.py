"""The loop over all sockets. It asks a socket what to wait for only after something has happened to that socket.

Waitress's own loop asks every socket in every turn. With a hundred connections that takes longer than a request, and
holds Python's global lock, which the threads for requests and Anki's window need.
"""

from __future__ import annotations

import logging
import selectors
import sys
import threading
from contextlib import closing
from typing import Any

from ...vendored import waitress

USE_EPOLL = sys.platform == "linux"  # elsewhere only select() can tell a half-closed connection from a dead one

log = logging.getLogger("anki_rpc.http")


class Loop(dict[int, Any]):
    """Waitress's table of sockets by file descriptor. Channels, listeners and triggers add and remove themselves.

    `turn` runs on one thread. Other threads report a change to the channel that they work on by `must_be_woken`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._selector = selectors.DefaultSelector() if USE_EPOLL else selectors.SelectSelector()
        self._events: dict[int, int] = {}
        """What is waited for, by file descriptor: a lookup in the selector takes longer."""
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
        if self._events.pop(number, 0):
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
        """Wait up to `timeout` seconds (None: without limit) until a socket is ready, and handle all that are.

        A socket for which the system cannot wait is closed. For example, select() accepts only descriptors below 1,024
        on macOS, however many files a process may open.
        """
        self._changed.update(self._listeners)  # whether they accept depends on all channels
        while self._changed or self._is_awake:
            self._is_awake = False  # from here on, threads that change something wake the loop
            while self._changed:
                channel = self._changed.pop()
                try:
                    self._register(channel)
                except Exception as error:
                    self.discard(channel, error)
        try:
            ready = self._selector.select(timeout)
        except (OSError, ValueError) as error:
            if not self._close_unselectable(error):
                raise
            ready = []
        finally:
            self._is_awake = True
        # Listeners come last: a connection is read before it may have to make room for a new one.
        for key, events in sorted(ready, key=lambda ready: ready[0].data.accepting):
            try:
                if self.get(key.fd) is key.data and events & selectors.EVENT_READ:
                    waitress.wasyncore.read(key.data)
                if self.get(key.fd) is key.data and events & selectors.EVENT_WRITE:
                    waitress.wasyncore.write(key.data)
            except Exception as error:
                self.discard(key.data, error)
            self.mark_changed(key.data)

    def discard(self, channel: Any, error: BaseException) -> None:
        """Log an error, and close the channel that caused it: all others are still served."""
        log.error("A connection is closed, because it cannot be served", exc_info=error)
        self.close_channel(channel)

    @staticmethod
    def close_channel(channel: Any) -> None:
        """Close a channel, even if that raises."""
        try:
            channel.handle_close()
        except Exception:
            log.exception("A connection was not closed in order")
            waitress.wasyncore.dispatcher.close(channel)

    def _close_unselectable(self, error: Exception) -> bool:
        """Close all channels for which the selector cannot wait. Return whether there were any."""
        refused = [key.data for key in self._selector.get_map().values() if not self._is_selectable(key.fd)]
        for channel in refused:
            self.discard(channel, error)
        return bool(refused)

    def _is_selectable(self, number: int) -> bool:
        with closing(type(self._selector)()) as selector:
            try:
                selector.register(number, selectors.EVENT_READ)
                selector.select(0)
            except (OSError, ValueError):
                return False
        return True

    def _register(self, channel: Any) -> None:
        number = channel._fileno  # noqa: SLF001 - Waitress's key of the table
        if number not in self or self[number] is not channel:
            return
        if channel.accepting:
            self._listeners.add(channel)
        events = selectors.EVENT_READ if channel.readable() else 0
        if channel.writable():
            events |= selectors.EVENT_WRITE
        before = self._events.get(number, 0)
        if events == before:
            return
        self._events.pop(number, None)  # the selector forgets a descriptor for which a change fails
        if not before:
            self._selector.register(number, events, channel)
        elif not events:
            self._selector.unregister(number)
        else:
            self._selector.modify(number, events, channel)
        self._events[number] = events

    def close(self) -> None:
        """Close all sockets that are left, and the selector."""
        for channel in list(self.values()):
            self.close_channel(channel)
        self._selector.close()
