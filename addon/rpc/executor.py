"""The thread on which a handler runs: the thread of the request, the collection lane, or Qt's main thread.

Anki's backend has one lock, so several threads on the collection would only be slower. The collection lane keeps our
work in order and off Qt's main thread.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from enum import Enum
from typing import Any, Generic, TypeVar

from .errors import Busy, CollectionUnavailable, GuiUnavailable, StillRunning, drop_frames
from .lane import Lane, Work

T = TypeVar("T")
QUEUE_TIMEOUT_S = 60.0
"""Seconds that a call may wait to begin; then it is withdrawn and never runs."""
_MOMENT_S = 0.02
"""Seconds after which work that was not queued has begun."""


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
        if patience is None or limit is None:
            over.wait()
        elif not over.wait(min(_MOMENT_S, patience)):
            has_begun = future.running()  # mostly it begins at once
            if not over.wait((limit if has_begun else patience) - _MOMENT_S) and not has_begun:
                if future.cancel():
                    raise Busy(
                        f"The call did not begin within {patience:g} seconds, and was withdrawn. Try again later."
                    )
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
            drop_frames(error)  # they would tie the frames of two threads together
            self._errors.append(error)
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

    def is_asked_to_give_way(self, runs_on: RunsOn) -> bool:
        """Whether `give_way` may do anything: a question that costs less."""
        return True

    @abstractmethod
    def give_way(self, runs_on: RunsOn, *, can_stop: bool) -> bool:
        """Let other work run, if work of this kind can wait. Called by the work; see `Lane.give_way`."""


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

    def give_way(self, runs_on: RunsOn, *, can_stop: bool) -> bool:
        """Return False, as no other work waits."""
        return False


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

    def is_asked_to_give_way(self, runs_on: RunsOn) -> bool:
        return runs_on is RunsOn.COLLECTION and self._lane.is_asked_to_give_way()

    def give_way(self, runs_on: RunsOn, *, can_stop: bool) -> bool:
        return runs_on is RunsOn.COLLECTION and self._lane.give_way(can_stop=can_stop)
