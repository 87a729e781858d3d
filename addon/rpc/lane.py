"""The collection lane: one piece of work at a time on the collection, with a queue, turns and a gate.

Long work gives way between two of its parts. Only reads run then: so the parts of a write stay one undo step, and the
work can rely on what it has read. Every piece of work has a thread while it lasts, and at any time one of them has the
turn.

The host closes the gate while the collection must not be used, for example while a profile is switched.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import NamedTuple

from .errors import CollectionUnavailable

logger = logging.getLogger("anki_rpc")

Work = Callable[[], None]
"""A piece of work stores its own outcome and never raises. An exception that crosses threads would tie the frames of
both into reference cycles."""

SLICE_S = 0.035
"""Seconds for which work keeps the turn although other work could run."""
LONG_S = 0.1
"""Seconds after which work counts as long."""
LOOK_S = 0.1
"""Seconds between two questions whether to give up waiting for work."""


class _LaneItem(NamedTuple):
    """Work in the queue of a lane."""

    future: Future[bool]
    work: Work
    reads: bool
    owner: Hashable


class _Line:
    """The queue of a lane. Owners take turns, and the work of one owner stays in order. Reads can be taken first."""

    def __init__(self) -> None:
        self._items: dict[Hashable, deque[_LaneItem]] = {}
        self._size = 0
        self.reads: deque[_LaneItem] = deque()
        """The reads in the queue, in the order in which they came."""

    def put(self, item: _LaneItem) -> None:
        self._items.setdefault(item.owner, deque()).append(item)
        self._size += 1
        if item.reads:
            self.reads.append(item)

    def take(self) -> _LaneItem:
        """Remove the next item, and return it. There must be one."""
        item = next(iter(self._items.values()))[0]
        self._remove(item)
        if items := self._items.pop(item.owner, None):
            self._items[item.owner] = items  # behind all others
        return item

    def take_read(self) -> _LaneItem:
        """Remove the first read, and return it. There must be one. The turn of its owner's writes stays as it is."""
        item = self.reads[0]
        self._remove(item)
        return item

    def _remove(self, item: _LaneItem) -> None:
        items = self._items[item.owner]
        items.remove(item)
        if not items:
            del self._items[item.owner]
        self._size -= 1
        if item.reads:
            self.reads.remove(item)

    @property
    def has_writes(self) -> bool:
        return self._size > len(self.reads)

    def __len__(self) -> int:
        return self._size


class _Begun:
    """Work that has begun, and has the turn or is paused."""

    def __init__(self, item: _LaneItem, *, lets_others_begin: bool) -> None:
        self.item = item
        self.lets_others_begin = lets_others_begin
        """Reads may begin while it is paused. Not beside a read that began while a write was waiting: otherwise reads
        could follow each other without end, and the write would never run."""
        self.own: deque[_LaneItem] = deque()
        """Work that this work has submitted. It is part of it, and runs before all other."""
        self.thread = threading.current_thread()
        self.since = time.perf_counter()


class Lane:
    """The collection lane.

    While the gate is closed, every call fails immediately with CollectionUnavailable. `close` waits for the work that
    has begun, so work on the lane must never wait for the thread that closes the gate (Qt's main thread).
    """

    def __init__(self, name: str = "anki-rpc collection lane") -> None:
        self._name = name
        self._changed = threading.Condition()
        self._line = _Line()
        self._turn: _Begun | None = None
        """The work that has the turn; None if the turn is free."""
        self._paused: deque[_Begun] = deque()
        self._newcomers = 0
        """Reads that may begin before paused work goes on: as many as were queued when the last work gave way. Later
        ones must not delay it further."""
        self._slice_end = 0.0
        self._open = True
        self._has_ended = False
        self._threads: set[threading.Thread] = set()
        self._idle = 0
        self._start_thread()

    def submit(self, work: Work, *, reads: bool = False, owner: Hashable = None) -> Future[bool]:
        """Queue work, from any thread. The future's result is True if the work ran, False if the gate was closed.

        Work that is submitted by the running work runs before the running work counts as ended.

        `reads`: the work changes nothing, so it may run while longer work gives way. `owner`: a `Caller.identity`;
        owners take turns, so the work of one does not wait for all the work of another.
        """
        item = _LaneItem(Future(), work, reads, owner)
        with self._changed:
            if not self._open:
                item.future.set_result(False)  # also if the threads have ended: the queue would never be emptied
            elif self._turn is not None and self._turn.thread is threading.current_thread():
                self._turn.own.append(item)
            else:
                self._line.put(item)
                self._changed.notify_all()
        return item.future

    @property
    def has_long_work(self) -> bool:
        """Whether some work has begun a while ago, and so may have the collection for some time. Any thread."""
        with self._changed:
            begun = [*self._paused, *([self._turn] if self._turn else [])]
        now = time.perf_counter()
        return any(now - each.since > LONG_S for each in begun)

    def close(self, gives_up: Callable[[], bool] | None = None) -> None:
        """Close the gate, and wait until all work that has begun has ended, or `gives_up` returns True.

        Work in the queue is refused before this returns. It must not run when the gate is open again, as the collection
        may be another one then.
        """
        with self._changed:
            self._open = False
            self._changed.notify_all()  # the paused work goes on, as no read begins any more
            look = None if gives_up is None else LOOK_S
            while not self._changed.wait_for(lambda: not (self._turn or self._paused or self._line), look):
                if gives_up is not None and gives_up():
                    return

    def open(self) -> None:
        """Open the gate: new work is accepted again."""
        self._open = True

    def stop(self, gives_up: Callable[[], bool] | None = None) -> None:
        """Close the gate and end the threads; queued work does not run. For `gives_up` see `close`."""
        self.close(gives_up)
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()
            given_up = [begun.thread for begun in (self._turn, *self._paused) if begun is not None]
            threads = [thread for thread in self._threads if thread not in given_up]
        for thread in threads:
            thread.join()

    def is_asked_to_give_way(self) -> bool:
        """Whether `give_way` may do anything. Called by the running work, which asks often and mostly in vain."""
        running = self._turn
        return time.perf_counter() >= self._slice_end or not self._open or (running is not None and bool(running.own))

    def give_way(self, *, can_stop: bool) -> bool:
        """Let reads run between two parts of long work, once it has had the turn for `SLICE_S`. Called by the work.

        Return whether other work may have run. Writes keep waiting. The work must leave the collection consistent when
        it calls this.

        `can_stop`: raise CollectionUnavailable if the gate was closed, as the host does not wait for all parts. Without
        it, the host waits until the work has ended.
        """
        running = self._turn
        assert running is not None
        assert running.thread is threading.current_thread()
        self._do_own(running)
        is_over = time.perf_counter() >= self._slice_end
        if is_over:
            with self._changed:
                self._pause(running)
        if can_stop and not self._open:
            raise CollectionUnavailable
        return is_over

    def _pause(self, running: _Begun) -> None:
        self._newcomers = len(self._line.reads) if self._open and running.lets_others_begin else 0
        if self._newcomers and not self._idle:
            try:
                self._start_thread()
            except RuntimeError:  # the system has no thread to spare, so the reads wait for the end of some work
                self._newcomers = 0
        if self._newcomers or self._paused:
            self._paused.append(running)
            self._turn = None
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._turn and not self._begins_next and self._paused[0] is running)
            self._paused.popleft()
            self._turn = running
        self._slice_end = time.perf_counter() + SLICE_S

    @property
    def _begins_next(self) -> bool:
        """Whether queued work begins next; otherwise paused work goes on, if there is any."""
        if self._paused:
            return self._open and self._newcomers > 0 and len(self._line.reads) > 0
        return len(self._line) > 0

    # --- threads ---

    def _start_thread(self) -> None:
        thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
        with self._changed:
            thread.start()
            self._threads.add(thread)
            self._idle += 1

    def _loop(self) -> None:
        has_ended = False
        while not has_ended and (begun := self._begin()) is not None:
            has_ended = self._do(begun)
            del begun
        with self._changed:
            self._threads.remove(threading.current_thread())

    def _begin(self) -> _Begun | None:
        """Wait until it is the turn of queued work, and return the work. None if the lane has ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._has_ended or (not self._turn and self._begins_next))
            self._idle -= 1
            if self._turn or not self._begins_next:  # work that was given up may keep the turn for ever
                return None
            if self._paused:
                self._newcomers -= 1
                item = self._line.take_read()
            else:
                item = self._line.take()
            self._turn = _Begun(item, lets_others_begin=not item.reads or not self._line.has_writes)
            self._slice_end = time.perf_counter() + SLICE_S
            return self._turn

    def _do(self, begun: _Begun) -> bool:
        """Do the work, and give the turn back. Return whether this thread is not needed any more."""
        future = begun.item.future
        is_wanted = future.set_running_or_notify_cancel()
        if is_wanted and (is_open := self._open):
            _run(begun.item.work)
        self._do_own(begun)
        with self._changed:
            self._turn = None
            is_spare = self._idle > 0
            self._idle += not is_spare
            self._changed.notify_all()
        if is_wanted:
            future.set_result(is_open)
        return is_spare

    def _do_own(self, begun: _Begun) -> None:
        while begun.own:
            item = begun.own.popleft()
            if item.future.set_running_or_notify_cancel():
                if is_open := self._open:
                    _run(item.work)
                item.future.set_result(is_open)


def _run(work: Work) -> None:
    try:
        work()
    except BaseException:  # work never raises; if it does, the lane must survive
        logger.exception("Work on the collection lane raised, though it must store its errors")
