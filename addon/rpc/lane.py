"""The collection lane: a single thread for our work on the collection, with a queue and a gate.

The host closes the gate while the collection must not be used, for example while a profile is switched.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import NamedTuple

from .errors import CollectionUnavailable

logger = logging.getLogger("anki_rpc")

Work = Callable[[], None]
"""A piece of work stores its own outcome and never raises. An exception that crosses threads would tie the frames of
both into reference cycles."""


class _LaneItem(NamedTuple):
    """Work in the queue of a lane."""

    future: Future[bool]
    work: Work
    reads: bool
    owner: Hashable


class _Line:
    """The queue of a lane. Owners take turns; the work of one owner stays in order."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: dict[Hashable, deque[_LaneItem]] = {}
        self._size = 0
        self._has_ended = False

    def put(self, item: _LaneItem) -> None:
        with self._changed:
            self._items.setdefault(item.owner, deque()).append(item)
            self._size += 1
            self._changed.notify()

    def get(self) -> _LaneItem | None:
        """Wait for the next item; None if the queue is empty and has ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._has_ended)
            if not self._items:
                return None
            owner, items = next(iter(self._items.items()))
            del self._items[owner]
            item = items.popleft()
            self._size -= 1
            if items:
                self._items[owner] = items  # behind all others
            return item

    def end(self) -> None:
        with self._changed:
            self._has_ended = True
            self._changed.notify()

    def __len__(self) -> int:
        return self._size


class Lane:
    """The collection lane: one thread, a queue, and a gate.

    While the gate is closed, every call fails immediately with CollectionUnavailable. `close` waits for the running
    work, so work on the lane must never wait for the thread that closes the gate (Qt's main thread).
    """

    def __init__(self, name: str = "anki-rpc collection lane") -> None:
        self._line = _Line()
        self._held: deque[_LaneItem] = deque()
        """Writes that `give_way` took out of the queue while it looked for reads; they run before the queue."""
        self._own: deque[_LaneItem] = deque()
        """Work that the running work has submitted. It is part of the running work, and runs before all other."""
        self._running = threading.Lock()
        self._open = True
        self._closings = 0
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    def submit(self, work: Work, *, reads: bool = False, owner: Hashable = None) -> Future[bool]:
        """Queue work, from any thread. The future's result is True if the work ran, False if the gate was closed.

        Work that is submitted on the lane's own thread runs before the running work counts as ended.

        `reads`: the work changes nothing, so it may run while longer work gives way. `owner`: a `Caller.identity`;
        owners take turns, so the work of one does not wait for all the work of another.
        """
        future: Future[bool] = Future()
        if self._open and threading.current_thread() is self._thread:
            self._own.append(_LaneItem(future, work, reads, owner))
        elif self._open:
            self._line.put(_LaneItem(future, work, reads, owner))
        else:
            future.set_result(False)  # also if the thread has ended: the queue would never be emptied
        return future

    def close(self) -> None:
        """Close the gate, and wait until the running work has ended or gives way."""
        self._open = False
        self._closings += 1
        with self._running:
            pass

    def open(self) -> None:
        """Open the gate: new work is accepted again."""
        self._open = True

    def stop(self) -> None:
        """Close the gate and end the thread; queued work does not run."""
        self.close()
        self._line.end()
        self._thread.join()

    def give_way(self) -> None:
        """Run the queued reads between two parts of long work. Called on the lane's own thread.

        Writes keep waiting: so the parts stay one undo step, and the running work can rely on what it has read. It must
        leave the collection consistent when it calls this.

        Raises CollectionUnavailable if the gate was closed in the meantime: the host does not wait for all parts, and a
        different collection may be open by now.
        """
        closings = self._closings
        self._running.release()
        try:
            self._do_own()
            for _ in range(len(self._line)):  # only those queued by now: new ones must not delay the work forever
                item = self._line.get()
                assert item is not None
                if item.reads:
                    self._do(item)
                else:
                    self._held.append(item)
        finally:
            self._running.acquire()
        if not self._open or self._closings != closings:
            raise CollectionUnavailable

    def _loop(self) -> None:
        while (item := self._held.popleft() if self._held else self._line.get()) is not None:
            self._do(item)
            del item

    def _do(self, item: _LaneItem) -> None:
        if item.future.set_running_or_notify_cancel():
            with self._running:
                is_open = self._open
                if is_open:
                    _run(item.work)
            self._do_own()
            item.future.set_result(is_open)

    def _do_own(self) -> None:
        while self._own:
            self._do(self._own.popleft())


def _run(work: Work) -> None:
    try:
        work()
    except BaseException:  # work never raises; if it does, the lane must survive
        logger.exception("Work on the collection lane raised, though it must store its errors")
