"""Operations: calls that run in the background, and their outcomes, which are kept for a while.

Each operation waits in a thread of its own, in place of the thread of a request. While any is unfinished, one more
thread polls their progress, aborts cancelled ones in Anki, and publishes what has changed.
"""

from __future__ import annotations

import logging
import math
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from . import codec, threads
from .errors import Busy, Cancelled, CollectionUnavailable, GuiUnavailable, InternalError, NotFound, Refused
from .events import Details
from .executor import CancelToken
from .shares import FairSlots

logger = logging.getLogger("anki_rpc")

EVENT = "operationChanged"
PROGRESS_INTERVAL_S = 0.25
"""Seconds between two polls of the running operations, so at least between two progress events of one operation."""


class State(StrEnum):
    """The states of an operation; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ProgressReport(NamedTuple):
    """The progress of an operation: `done` of `total` items, or Anki's progress text, or both."""

    done: int | None = None
    total: int | None = None
    text: str | None = None

    def to_object(self) -> dict[str, Any]:
        return self._asdict()


class OperationLimits(NamedTuple):
    """How many operations may be unfinished, and how long ended ones are kept."""

    unfinished: int = 16
    """Operations that may be queued or running. `FairSlots` limits how many of them one caller may have."""
    ended: int = 100
    """Ended operations that are kept; the oldest of the callers with the most are dropped."""
    size: int = 64 * 2**20
    """Bytes of their results; the newest result is kept whatever its size."""
    seconds: float = 3600.0
    """Seconds that an operation is kept after its end."""


class BackgroundOperation:
    """One call that runs in the background. Used from any thread, except for the methods that its own work calls."""

    def __init__(self, method: str, owner: Hashable, *, is_cancellable: bool, is_sync: bool) -> None:
        """Create an operation that is queued.

        - `owner`: the `Caller.identity` that may read the outcome.
        - `is_cancellable`: whether it can be cancelled while it runs; while it is queued, it always can.
        - `is_sync`: whether its progress is that of Anki's sync.
        """
        self.id = secrets.token_hex(8)
        self.method = method
        self.owner = owner
        self.is_cancellable = is_cancellable
        self.is_sync = is_sync
        self.created = int(time.time())
        self.ended: int | None = None
        """Seconds since 1970, as `created`."""
        self.end_time = 0.0
        """When it ended, on the monotonic clock."""
        self.state = State.QUEUED
        self.progress: ProgressReport | None = None
        self.cancel_token = CancelToken()
        """Withdraws its call if it is cancelled before its turn, as it would hold a thread until then."""
        self.publish: Callable[[BackgroundOperation], None] = _nobody
        """Called at each change of the state or the progress, in order."""
        self._between: Callable[[], None] = _nothing
        self._on_lane = True
        self._answer: Future[Any] | None = None
        self._changed = threading.Condition()
        self._result: bytes | None = None
        self._error: dict[str, Any] | None = None
        self._reason: str | None = None
        self._closing: str | None = None
        self._was_stopped = False
        self.counts = False
        """The work has come to a checkpoint, and reports its progress itself."""
        self._is_paused = False
        self._before: ProgressReport | None = None
        self._published: ProgressReport | None = None

    # --- for callers ---

    @property
    def has_ended(self) -> bool:
        return self.state not in (State.QUEUED, State.RUNNING)

    @property
    def waits_for_abort(self) -> bool:
        """It is cancelled, and only Anki can stop it.

        An abort stops whatever Anki does at that moment. So it is false for work in chunks, which stops at the next
        checkpoint, while the work gives way, and before its turn for work that a callback ends.
        """
        if self._reason is None or self.counts or self._is_paused:
            return False
        return self._on_lane or (self._answer is not None and self._answer.running())

    @property
    def can_be_cancelled(self) -> bool:
        return self.state is State.QUEUED or (self.state is State.RUNNING and self.is_cancellable)

    @property
    def size(self) -> int:
        """Size of the result, in bytes of JSON."""
        return len(self._result or b"")

    def outcome(self) -> tuple[Any, dict[str, Any] | None]:
        """Return the result and the error object. Both are set if a cancelled operation reports what it had done."""
        result = None if self._result is None else codec.loads(self._result, math.inf).value
        return result, self._error

    def stored_outcome(self) -> tuple[codec.Encoded | None, dict[str, Any] | None]:
        """Like `outcome`, with the result as JSON: it is not copied before the response is written."""
        return None if self._result is None else codec.Encoded([self._result]), self._error

    def cancel(self, reason: str) -> None:
        """Cancel it, without aborting work inside Anki: for that use `Operations.cancel`.

        Raises Refused if it is running and cannot be cancelled.
        """
        with self._changed:
            if self.has_ended or self._reason is not None:
                return
            if not self.can_be_cancelled:
                raise Refused(f"{self.method} is already running and cannot be cancelled anymore", field="id")
            self._reason = reason
            if self.state is State.QUEUED:
                self._end(State.CANCELLED, None, Cancelled(reason).to_object())
                self.cancel_token.cancel()
            else:
                self._withdraw()

    def on_host_closing(self, reason: str) -> None:
        """Note that the host is closing the collection. If the operation fails for that, it counts as cancelled for
        this reason.
        """
        self._closing = reason

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it has ended. Return False if that takes more than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.has_ended, timeout)

    def follow(self) -> Iterator[ProgressReport | None]:
        """Yield its progress each time it has changed, at most four times a second, until the operation has ended."""
        seen: ProgressReport | None = None
        while not self.wait(PROGRESS_INTERVAL_S):
            if self.progress != seen:
                seen = self.progress
                yield seen

    # --- for its work ---

    def announce(self) -> None:
        """Report that it is queued, unless it was cancelled before."""
        with self._changed:
            if self.state is State.QUEUED:
                self.publish(self)

    def begin(self, before: ProgressReport | None, between: Callable[[], None], *, on_lane: bool = True) -> bool:
        """Mark it as running. Return False if it was cancelled before.

        - `before`: Anki's latest progress, which belongs to other work.
        - `between` is called between two chunks of work.
        - `on_lane`: it has its turn already. Otherwise it has it from when the future that it waits for is running.
        """
        with self._changed:
            if self.state is not State.QUEUED:
                return False
            self._before, self._between, self._on_lane = before, between, on_lane
            self.state = State.RUNNING
            self.publish(self)
            return True

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Others run: Anki's progress is theirs, and it must not be aborted."""
        self._is_paused = True
        try:
            yield
        finally:
            self._is_paused = False

    def ignore(self, before: ProgressReport | None) -> None:
        """Ignore Anki's latest progress, which belongs to other work."""
        self._before = before

    def await_answer(self, answer: Future[Any]) -> None:
        """Note the future that completes it. If it is cancelled before its turn, the future is withdrawn."""
        with self._changed:
            self._answer = answer
            self._withdraw()

    def _withdraw(self) -> None:
        if self._reason is not None and self._answer is not None and self._answer.cancel():
            self._was_stopped = True

    def checkpoint(self, done: int, total: int) -> bool:
        """Report that `done` of `total` items are done. Return False if the rest must not be done.

        Called by the work between two chunks.
        """
        if self._was_stopped:
            return False
        self.counts = True
        self.progress = ProgressReport(done, total)
        if done >= total:
            return True
        if self._reason is not None:
            self._was_stopped = True
            return False
        self._between()
        return True

    def end(self, response: Mapping[str, Any]) -> None:
        """End it with the response object of its call."""
        result, error = None, response.get("error")
        try:
            result = None if error else codec.dumps(response["result"])
        except (TypeError, ValueError, RecursionError):
            logger.exception("The result of an operation (%s) cannot be written as JSON", self.method)
            error = InternalError().to_object()
        kind = error and error["data"]["kind"]
        with self._changed:
            is_closed = kind in (CollectionUnavailable.kind, GuiUnavailable.kind) and self._closing is not None
            if self._was_stopped or is_closed or kind == Cancelled.kind:
                error = Cancelled(self._reason or self._closing or (error and error["message"])).to_object()
                state = State.CANCELLED
            else:
                state = State.FAILED if error else State.DONE
            if not self.has_ended:
                self._end(state, result, error)

    def poll(self, anki: ProgressReport | None) -> None:
        """Use Anki's progress, unless the work counts its items itself."""
        with self._changed:
            is_its_own = not self.counts and not self._is_paused and anki != self._before
            if is_its_own and not self.has_ended and anki is not None:
                self._before, self.progress = None, anki

    def publish_progress(self) -> None:
        """Report the progress if it has changed since the last report."""
        with self._changed:
            if not self.has_ended and self.progress != self._published:
                self._published = self.progress
                self.publish(self)

    def _end(self, state: State, result: bytes | None, error: dict[str, Any] | None) -> None:
        self._result, self._error = result, error
        self.state, self.ended, self.end_time = state, int(time.time()), time.monotonic()
        self._between, self._answer = _nothing, None
        self.publish(self)
        self._changed.notify_all()


class ProgressSource(Protocol):
    """Reports the progress of work inside Anki, and aborts it."""

    def progress(self, *, of_sync: bool) -> ProgressReport | None:
        """Return Anki's latest progress of a sync, or of any other work. Any thread; never waits."""

    def abort(self, *, sync: bool) -> None:
        """Ask Anki to stop a sync, or the work that it does for the collection lane. Any thread; never waits."""


class Operations:
    """All operations of a gateway; used from any thread."""

    def __init__(
        self,
        anki: ProgressSource,
        publish: Callable[[str, Mapping[str, Any], Details], None] = lambda name, params, details: None,
        limits: OperationLimits = OperationLimits(),  # noqa: B008  (never changed)
    ) -> None:
        """Create an empty set of operations.

        `publish` sends an event to all followers. Anki's progress text is only among its details, which the owner of
        the operation receives; params and results are in neither.
        """
        self._anki = anki
        self._publish = publish
        self.watch: Callable[[], None] = _nothing
        """Called after each change of an operation, on any thread. It must not wait."""
        self._limits = limits
        self._places = FairSlots(limits.unfinished)
        self._counted = threading.Condition()
        self._known: dict[str, BackgroundOperation] = {}
        self._threads = 0
        self._is_watched = False

    def start(self, operation: BackgroundOperation, work: Callable[[BackgroundOperation], Mapping[str, Any]]) -> None:
        """Run the work, which returns a response object, in a new thread.

        Raises Busy if too many are unfinished, or if the system allows no more threads. Nothing is left of it then.
        """
        operation.publish = self._tell
        with self._counted:
            self._forget()
            if not self._places.acquire(operation.owner):
                raise Busy(
                    f"Too many operations are queued or running: at most {self._limits.unfinished} are allowed, and "
                    "fewer for one caller. Wait until one has ended."
                )
            self._threads += 1
            try:
                if not self._is_watched:
                    threads.start("operations", self._watch)
                    self._is_watched = True
                threads.start(operation.method, self._run, operation, work)
            except Busy:
                self._threads -= 1
                self._places.release(operation.owner)
                raise
            self._known[operation.id] = operation

    @property
    def seconds_kept(self) -> float:
        """Seconds that an operation is kept after its end, unless too many others end."""
        return self._limits.seconds

    @property
    def has_unfinished(self) -> bool:
        """Whether any operation is queued or running."""
        return self._threads > 0

    def find(self, id: str) -> BackgroundOperation:
        """Return the operation with this id. Raises NotFound if it never existed or is no longer kept."""
        for operation in self.all():
            if operation.id == id:
                return operation
        raise NotFound(f"operation was not found (or is no longer kept): {id}", operation=id)

    def all(self) -> list[BackgroundOperation]:
        """Return all operations that are kept, oldest first, with their current progress."""
        with self._counted:
            self._forget()
            operations = list(self._known.values())
        for operation in operations:
            self._poll(operation)
        return operations

    def drop(self, operation: BackgroundOperation) -> None:
        """Keep an ended operation no longer, because its caller has the outcome and not its id."""
        with self._counted:
            self._known.pop(operation.id, None)

    def cancel(self, operation: BackgroundOperation, reason: str = "it was cancelled") -> None:
        """Stop an operation as soon as possible, and return without waiting for that. An ended one stays as it is.

        Raises Refused if it is running and cannot be cancelled.
        """
        operation.cancel(reason)
        self._poll(operation)

    def stop(self, reason: str, timeout: float = 0.0) -> None:
        """Cancel all operations because the collection is about to be closed, and wait up to `timeout` seconds.

        An operation that cannot be cancelled runs on. If it then fails because the collection is closed, its state is
        `cancelled`.
        """
        deadline = time.monotonic() + timeout
        operations = self.all()
        for operation in operations:
            operation.on_host_closing(reason)
            with suppress(Refused):
                self.cancel(operation, reason)
        for operation in operations:
            operation.wait(deadline - time.monotonic())

    # --- threads ---

    def _run(self, operation: BackgroundOperation, work: Callable[[BackgroundOperation], Mapping[str, Any]]) -> None:
        try:
            operation.announce()
            operation.end(work(operation))
        except Exception:
            logger.exception("An operation (%s) ended with an unexpected error", operation.method)
            operation.end({"error": InternalError().to_object()})
        finally:
            self._places.release(operation.owner)
            with self._counted:
                self._threads -= 1
                self._counted.notify_all()

    def _watch(self) -> None:
        while True:
            with self._counted:
                if self._counted.wait_for(lambda: not self._threads, PROGRESS_INTERVAL_S):
                    self._is_watched = False
                    return
            for operation in self.all():
                operation.publish_progress()

    def _poll(self, operation: BackgroundOperation) -> None:
        """Update the progress. If the operation is cancelled, ask Anki to abort: each time, as Anki ignores an abort
        that comes before its work begins.
        """
        if operation.state is not State.RUNNING:
            return
        try:
            operation.poll(self._anki.progress(of_sync=operation.is_sync))
            if operation.waits_for_abort:
                self._anki.abort(sync=operation.is_sync)
        except Exception:
            logger.exception("The progress of an operation (%s) cannot be read", operation.method)

    def _tell(self, operation: BackgroundOperation) -> None:
        details = status_of(operation)
        progress = operation.progress and operation.progress._replace(text=None).to_object()
        self._publish(EVENT, {**details, "progress": progress}, Details(operation.owner, details))
        self.watch()

    def _forget(self) -> None:
        """Drop the oldest ended operations that exceed the limits of number, bytes or time.

        The callers share the limits evenly, so that no caller pushes out the outcomes of others.
        """
        ended = [operation for operation in self._known.values() if operation.has_ended]
        ended.sort(key=lambda operation: operation.end_time, reverse=True)
        newer: Counter[Hashable] = Counter()

        def place_of_caller(operation: BackgroundOperation) -> int:
            newer[operation.owner] += 1
            return newer[operation.owner]

        ended.sort(key=place_of_caller)
        limits, now, size = self._limits, time.monotonic(), 0
        for place, operation in enumerate(ended):
            size += operation.size
            is_old = now - operation.end_time > limits.seconds
            if is_old or place >= limits.ended or (place and size > limits.size):
                del self._known[operation.id]


def status_of(operation: BackgroundOperation) -> dict[str, Any]:
    """Return the status of an operation, as its owner and administrators may see it: id, method, state, progress.

    The progress text is Anki's, and may name decks or files.
    """
    progress = operation.progress
    return {
        "id": operation.id,
        "method": operation.method,
        "state": operation.state.value,
        "progress": progress and progress.to_object(),
    }


def _nobody(operation: BackgroundOperation) -> None:
    """Report nothing."""


def _nothing() -> None:
    """Do nothing."""
