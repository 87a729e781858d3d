"""Syncs when no program has written for some seconds (`syncAfterWrites`). A write starts the timer; nothing polls."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from ..rpc import operations, threads
from ..rpc.errors import Busy, CollectionUnavailable, GuiUnavailable
from ..text.plain import plain
from .errors import NotLoggedIn, translate

if TYPE_CHECKING:
    from anki.collection import Collection

    from ..rpc.host import Host

logger = logging.getLogger("anki_rpc")

QUIET = (Busy, CollectionUnavailable, GuiUnavailable, NotLoggedIn)
"""Errors that are not logged: it was not the time for a sync, or there is no account."""


NOT_NOW = (Busy, CollectionUnavailable)
"""Errors after which the sync is tried again, unless another collection is open then."""


class SyncAfterWrites:
    """Knows whether a sync is owed, and starts it when it is time. Used from any thread.

    - The time is `seconds` after the last write, when no operation is running and nobody works in Anki's windows.
    - Any sync that starts settles what is owed. So does a failure: the next write begins anew. But while somebody works
      in Anki, or the collection is closed for a moment, it stays owed.
    - What is owed to one collection is not done for another.
    """

    def __init__(
        self,
        host: Host,
        seconds: Callable[[], int],
        is_operating: Callable[[], bool],
        check: Callable[[Collection], None],
    ) -> None:
        """`seconds`: 0 for never. `is_operating`: whether an operation is queued or running. `check` raises if the
        collection must not be synced.
        """
        self._host = host
        self._seconds = seconds
        self._is_operating = is_operating
        self._check = check
        self._lock = threading.Lock()
        self._owed: str | None = None
        """The session that has something to sync; None if there is nothing."""
        self._last = 0.0
        """When the last write or operation was, on the monotonic clock."""
        self._is_armed = False
        """A timer runs, or the host has been asked for a sync. One of them goes on, so no other timer is needed."""
        self._logged: str | None = None

    def wrote(self) -> None:
        """Note that a program has written. Never waits."""
        if self._seconds() > 0:
            with self._lock:
                self._owed = self._host.session()
                self._last = time.monotonic()
                self._arm()

    def notice(self, name: str, params: Mapping[str, Any]) -> None:
        """Note an event: an operation counts as work, and a sync settles what is owed."""
        if self._owed is None:
            return
        with self._lock:
            if name == "syncStarted":
                self._owed = None
            elif name == operations.EVENT and self._owed is not None:
                self._last = time.monotonic()
                self._arm()

    def _arm(self) -> None:
        if not self._is_armed:
            self._start_timer(max(0.0, self._left()))

    def _left(self) -> float:
        """Return the seconds until the time has come."""
        return self._last + self._seconds() - time.monotonic()

    def _start_timer(self, delay: float) -> None:
        """Start it. If the system allows no more threads, the next write or operation tries again."""
        try:
            threads.start_timer("sync after writes", delay, self._due)
        except Busy as error:
            self._log("The sync after a write waits for the next write", error.message)
            self._is_armed = False
        else:
            self._is_armed = True

    def _due(self) -> None:
        with self._lock:
            left = self._left()
            if left > 0:
                self._start_timer(left)
                return
            if not self._is_due():
                self._is_armed = False
                return
        try:
            col = self._host.collection()
            if col is None:
                raise CollectionUnavailable
            self._check(col)
            self._host.sync_unattended(self._claim).add_done_callback(self._ended)
        except Exception as error:
            if not isinstance(error, NOT_NOW):
                self._owed = None
            self._end(error)

    def _is_due(self) -> bool:
        """Whether the sync may begin now. The end of an operation is an event, which starts the timer again."""
        if self._seconds() <= 0 or self._owed != self._host.session():
            self._owed = None
        return self._owed is not None and self._left() <= 0 and not self._is_operating()

    def _claim(self) -> bool:
        """Whether the sync is to begin, now that nobody works in Anki. What is owed is then settled."""
        with self._lock:
            is_due = self._is_due()
            if is_due:
                self._owed = None
            return is_due

    def _ended(self, done: Future[dict[str, Any]]) -> None:
        self._end(None if done.cancelled() else done.exception())

    def _end(self, error: BaseException | None) -> None:
        with self._lock:
            self._is_armed = False
            if isinstance(error, NOT_NOW):
                self._last = time.monotonic()
            elif isinstance(error, QUIET):
                self._owed = None
            if self._owed is not None and not self._is_operating():
                self._arm()  # there was a write meanwhile
        if error is None:
            self._logged = None
        elif not isinstance(error, QUIET):
            text = " ".join(plain(str(translate(error, None) or error)).split())
            self._log("The sync after a write failed, and is tried again after the next one", text)

    def _log(self, what: str, text: str) -> None:
        if text != self._logged:
            logger.warning("%s: %s", what, text)
        self._logged = text
