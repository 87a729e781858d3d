"""Which thread runs a handler: the caller's own, the collection lane, or Qt's main thread.

Anki's backend is one mutex, so more than one thread on the collection makes it slower; one lane of ours, with a
gate that Anki's own events can close, keeps our work in order and out of the window's thread.
"""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

from .errors import Busy, CollectionUnavailable, GuiUnavailable, StillRunning

logger = logging.getLogger("anki_rpc")

T = TypeVar("T")
Work = Callable[[], None]
"""A piece of work keeps its own outcome and never raises: no exception travels between threads, which would tie
frames of both into cyclic garbage."""

QUEUE_TIMEOUT_S = 60.0
"""Seconds that a call may wait for its turn; then it is withdrawn and never runs."""


class RunsOn(Enum):
    """Where a handler runs."""

    ANY = "the server thread; touches no state of Anki"
    COLLECTION = "the collection lane"
    GUI = "Qt's main thread"


def _nothing() -> None:
    """Nobody waits."""


class CancelToken:
    """A caller's change of mind, from any thread: what has not begun by then never will."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Future[Any] | None = None
        self._end_wait: Callable[[], None] = _nothing
        self.is_cancelled = False
        self.has_left = False
        """The caller is gone: nobody reads the outcome."""

    def cancel(self) -> None:
        """Withdraw what has not begun; what has begun is waited for."""
        with self._lock:
            self.is_cancelled = True
            if self._waiting is not None:
                self._waiting.cancel()

    def leave(self) -> None:
        """As `make`, but what has begun is not waited for either. It goes on to its end."""
        self.cancel()
        self.abandon()

    def abandon(self) -> None:
        """Wait no more. What was asked for is done nevertheless."""
        with self._lock:
            self.has_left = True
            self._end_wait()

    def bind(self, future: Future[Any] | None, end_wait: Callable[[], None] = _nothing) -> None:
        """Note what is waited for by now, None for nothing, and how to end the waiting."""
        with self._lock:
            self._waiting, self._end_wait = future, end_wait
            if self.is_cancelled and future is not None:
                future.cancel()
            if self.has_left:
                end_wait()


def wait(
    future: Future[T],
    limit: float | None,
    queue_timeout: float = QUEUE_TIMEOUT_S,
    *,
    cancel_token: CancelToken | None = None,
) -> T:
    """Wait for work on another thread: `queue_timeout` for its beginning, `limit` for its end, both in seconds.

    Raises Busy when it did not begin (it never will) and StillRunning when it did not end, or its caller has left.
    Without a limit both are waited for as long as they take: whatever holds the work tells when it is over, a closed
    gate, too.
    """
    patience = None if limit is None else min(limit, queue_timeout)
    over = threading.Event()
    future.add_done_callback(lambda _: over.set())
    if cancel_token is not None:
        cancel_token.bind(future, over.set)
    try:
        if not over.wait(patience):
            if future.cancel():
                raise Busy(f"not started within {patience:g} seconds, and withdrawn")
            over.wait(limit)
        if not future.done():
            has_left = cancel_token is not None and cancel_token.has_left
            raise StillRunning("its caller has left" if has_left else f"still running after {limit:g} seconds")
        return future.result()
    except CancelledError:
        raise Busy("withdrawn by the caller before it began") from None
    finally:
        if cancel_token is not None:
            cancel_token.bind(None)  # it lives as long as the connection, and must not keep the outcome


class _Outcome(Generic[T]):
    """What work returned or raised, carried from its thread to the caller's."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work: Callable[[], T] | None = work
        self._results: list[T] = []
        self._errors: list[BaseException] = []

    def run(self) -> None:
        assert self._work is not None
        try:
            self._results.append(self._work())
        except BaseException as error:  # even SystemExit must not end the thread
            error.__cause__ = error.__context__ = None
            self._errors.append(error.with_traceback(None))  # which would tie the frames of two threads together
        finally:
            self._work = None

    def take(self) -> T:
        if self._errors:
            raise self._errors.pop()
        return self._results.pop()


class Executor(ABC):
    """Runs work where it belongs and returns when it is done."""

    def call(
        self,
        runs_on: RunsOn,
        work: Callable[[], T],
        limit: float | None,
        cancel_token: CancelToken | None = None,
        *,
        reads: bool = False,
        owner: Hashable = None,
    ) -> T:
        """Return what the work returns, or raise what it raises.

        `limit` and `cancel_token` are as in `wait`, `reads` and `owner` as in `Lane.submit`.
        """
        outcome = _Outcome(work)
        self.run(runs_on, outcome.run, limit, cancel_token, reads=reads, owner=owner)
        return outcome.take()

    @abstractmethod
    def run(
        self,
        runs_on: RunsOn,
        work: Work,
        limit: float | None,
        cancel_token: CancelToken | None = None,
        *,
        reads: bool = False,
        owner: Hashable = None,
    ) -> None:
        """As `call`, for work that keeps its own outcome."""

    @abstractmethod
    def give_way(self) -> None:
        """As `Lane.give_way`, for work on the collection."""


class InlineExecutor(Executor):
    """Runs everything at once on the calling thread: for tests and for single-threaded embedding."""

    def run(
        self,
        runs_on: RunsOn,
        work: Work,
        limit: float | None,
        cancel_token: CancelToken | None = None,
        *,
        reads: bool = False,
        owner: Hashable = None,
    ) -> None:
        if runs_on is RunsOn.GUI:
            raise GuiUnavailable
        work()

    def give_way(self) -> None:
        """Nobody waits."""


class _LaneItem(NamedTuple):
    """Work in the queue of a lane."""

    future: Future[bool]
    work: Work
    reads: bool
    owner: Hashable


class _Line:
    """What waits for a lane. Its owners take turns; what belongs to one of them stays in order."""

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
        """Wait for the next one. None if nothing is left, and nothing will come."""
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

    While the gate is closed every call fails at once with CollectionUnavailable. `close` returns when the running
    work has ended, so nothing on the lane may wait for the thread that closes it (Qt's main thread).
    """

    def __init__(self, name: str = "anki-rpc collection lane") -> None:
        self._line = _Line()
        self._held: deque[_LaneItem] = deque()
        """Taken from the line by work that gave way, but not for this."""
        self._own: deque[_LaneItem] = deque()
        """What the running work has submitted itself: it belongs to it, and goes before what others wait for."""
        self._running = threading.Lock()
        self._open = True
        self._closings = 0
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    def submit(self, work: Work, *, reads: bool = False, owner: Hashable = None) -> Future[bool]:
        """Queue work. The future tells whether it ran (True) or met a closed gate (False).

        What is submitted by work on the lane is done before that counts as ended.

        `reads`: the work changes nothing, so it may go in between where longer work gives way. `owner`: whose work it
        is, by its `Caller.identity`; one owner's work does not wait for all that of another.
        """
        future: Future[bool] = Future()
        if self._open and threading.current_thread() is self._thread:
            self._own.append(_LaneItem(future, work, reads, owner))
        elif self._open:
            self._line.put(_LaneItem(future, work, reads, owner))
        else:
            future.set_result(False)  # also when the thread has ended, and nobody would take it from the queue
        return future

    def close(self) -> None:
        """Close the gate and wait for the work that is running."""
        self._open = False
        self._closings += 1
        with self._running:
            pass

    def open(self) -> None:
        self._open = True

    def stop(self) -> None:
        """Close the gate and end the thread; what is queued fails."""
        self.close()
        self._line.end()
        self._thread.join()

    def give_way(self) -> None:
        """Between two steps of long work, on the lane's own thread: let those go first who only read.

        What they find is whole, and what writes waits: so the steps stay one step in Anki's undo menu, and what was
        read before them stays true. Raises CollectionUnavailable where the gate was closed: whoever closes it does
        not wait for all the steps, and another collection may be open by now.
        """
        closings = self._closings
        self._running.release()
        try:
            self._do_own()
            for _ in range(len(self._line)):  # and no longer, however many come
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
    except BaseException:  # a broken promise must cost one call, not the lane
        logger.exception("work on the collection lane raised")


class ThreadedExecutor(Executor):
    """The executor of both hosts. `gui` puts work on Qt's main thread; a headless host has none."""

    def __init__(self, lane: Lane, gui: Callable[[Work], Future[None]] | None = None) -> None:
        self._lane = lane
        self._gui = gui

    def run(
        self,
        runs_on: RunsOn,
        work: Work,
        limit: float | None,
        cancel_token: CancelToken | None = None,
        *,
        reads: bool = False,
        owner: Hashable = None,
    ) -> None:
        if cancel_token is not None and cancel_token.is_cancelled:
            raise Busy("withdrawn by the caller before it began")
        if runs_on is RunsOn.ANY:
            work()
        elif runs_on is RunsOn.COLLECTION:
            if not wait(self._lane.submit(work, reads=reads, owner=owner), limit, cancel_token=cancel_token):
                raise CollectionUnavailable
        elif self._gui is None:
            raise GuiUnavailable
        else:
            wait(self._gui(work), limit, cancel_token=cancel_token)

    def give_way(self) -> None:
        self._lane.give_way()
