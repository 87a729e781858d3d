"""The thread on which a handler runs: the thread of the request, the collection lane, or Qt's main thread.

Anki's backend has one lock, so several threads on the collection would only be slower. The collection lane is a single
thread of our own: it keeps our work in order and off Qt's main thread. The host closes its gate while the collection
must not be used, for example while a profile is switched.
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
"""A piece of work stores its own outcome and never raises. An exception that crosses threads would tie the frames of
both into reference cycles."""

QUEUE_TIMEOUT_S = 60.0
"""Seconds that a call may wait to begin; then it is withdrawn and never runs."""


class RunsOn(Enum):
    """The thread on which a handler runs."""

    ANY = "the server thread; touches no state of Anki"
    COLLECTION = "the collection lane"
    GUI = "Qt's main thread"


def _nothing() -> None:
    """Do nothing, as there is no wait to end."""


class CancelToken:
    """Lets a caller cancel its call, from any thread: a call that has not begun by then never runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Future[Any] | None = None
        self._end_wait: Callable[[], None] = _nothing
        self.is_cancelled = False
        self.has_left = False
        """The caller is gone, and does not read the outcome."""

    def cancel(self) -> None:
        """Withdraw the call if it has not begun. A call that has begun runs to its end, and is still waited for."""
        with self._lock:
            self.is_cancelled = True
            if self._waiting is not None:
                self._waiting.cancel()

    def leave(self) -> None:
        """Like `cancel`, but a call that has begun is no longer waited for either. It runs to its end."""
        self.cancel()
        self.abandon()

    def abandon(self) -> None:
        """Stop waiting for the call, but withdraw nothing: it runs all the same."""
        with self._lock:
            self.has_left = True
            self._end_wait()

    def bind(self, future: Future[Any] | None, end_wait: Callable[[], None] = _nothing) -> None:
        """Set the future that is being waited for, None for none, and the function that ends the waiting."""
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
    """Wait for work on another thread, and return its result: up to `queue_timeout` seconds until it begins, then up to
    `limit` seconds until it ends.

    - Raises Busy if the work has not begun in time, or was withdrawn; it never runs then.
    - Raises StillRunning if the work has begun but not ended in time, or if its caller has left. It runs to its end.
    - If `limit` is None, waits without a timeout. That is safe, as the future always completes: the lane completes it
      even if its gate is closed.
    """
    patience = None if limit is None else min(limit, queue_timeout)
    over = threading.Event()
    future.add_done_callback(lambda _: over.set())
    if cancel_token is not None:
        cancel_token.bind(future, over.set)
    try:
        if not over.wait(patience):
            if future.cancel():
                raise Busy(f"The call did not begin within {patience:g} seconds, and was withdrawn. Try again later.")
            over.wait(limit)
        if not future.done():
            has_left = cancel_token is not None and cancel_token.has_left
            text = "The caller has left" if has_left else f"The call is still running after {limit:g} seconds"
            raise StillRunning(f"{text}; its outcome will not be sent.")
        return future.result()
    except CancelledError:
        raise Busy("The caller cancelled the call before it began.") from None
    finally:
        if cancel_token is not None:
            cancel_token.bind(None)  # the token lives as long as the connection, and must not keep the outcome alive


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
            self._errors.append(error.with_traceback(None))  # a traceback would tie the frames of two threads together
        finally:
            self._work = None

    def take(self) -> T:
        if self._errors:
            raise self._errors.pop()
        return self._results.pop()


class Executor(ABC):
    """Runs work on the thread that it names, and waits until it is done."""

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

        For `limit` and `cancel_token` see `wait`, for `reads` and `owner` see `Lane.submit`. Raises, beside the errors
        of `wait`, CollectionUnavailable if the lane's gate is closed, and GuiUnavailable if there is no window.
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
        """Like `call`, for work that stores its own outcome."""

    @abstractmethod
    def give_way(self) -> None:
        """See `Lane.give_way`. Called by work on the collection lane."""


class InlineExecutor(Executor):
    """Runs all work immediately on the calling thread: for tests and for single-threaded embedding."""

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
        """Do nothing, as no other work waits."""


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


class ThreadedExecutor(Executor):
    """The executor of both hosts. `gui` submits work to Qt's main thread; None in a headless host."""

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
            raise Busy("The caller cancelled the call before it began.")
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
