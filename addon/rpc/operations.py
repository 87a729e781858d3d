"""Operations: calls that were started and go on by themselves, and what came of them, for a while after their end."""

from __future__ import annotations

import logging
import math
import secrets
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from . import codec
from .errors import Busy, Cancelled, CollectionUnavailable, GuiUnavailable, InternalError, NotFound, Refused
from .events import Details
from .shares import Shares

logger = logging.getLogger("anki_rpc")

EVENT = "operationChanged"
PROGRESS_INTERVAL_S = 0.25
"""Seconds between two looks at what runs, and so between two events of its progress."""


class State(StrEnum):
    """Where an operation is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Progress(NamedTuple):
    """How far it is: `done` of `total`, or in Anki's words, or both."""

    done: int | None = None
    total: int | None = None
    text: str | None = None

    def to_object(self) -> dict[str, Any]:
        return self._asdict()


class OperationLimits(NamedTuple):
    """How much is kept."""

    unfinished: int = 16
    """Operations that may be queued or running; each waits in a thread of its own. See `Shares` for one caller's."""
    ended: int = 100
    """Ended ones, the newest."""
    size: int = 64 * 2**20
    """Bytes of their results; the newest is kept whatever its size."""
    seconds: float = 3600.0
    """How long after its end."""


class Operation:
    """One call that goes on by itself. From any thread, but for what its work calls."""

    def __init__(self, method: str, owner: Hashable, *, is_cancellable: bool, is_sync: bool) -> None:
        """`owner`: who may see what comes of it, by its `Caller.identity`. `is_cancellable`: while it runs."""
        self.id = secrets.token_hex(8)
        self.method = method
        self.owner = owner
        self.is_cancellable = is_cancellable
        self.is_sync = is_sync
        self.created = int(time.time())
        self.ended: int | None = None
        """Seconds since 1970, as `created`."""
        self.end_time = 0.0
        """On a clock that nobody sets."""
        self.state = State.QUEUED
        self.progress: Progress | None = None
        self.tell: Callable[[Operation], None] = _nobody
        """Called at each change, in order."""
        self._between: Callable[[], None] = _nothing
        self._changed = threading.Condition()
        self._result: bytes | None = None
        self._error: dict[str, Any] | None = None
        self._reason: str | None = None
        self._closing: str | None = None
        self._was_stopped = False
        self._counts = False
        self._before: Progress | None = None
        self._told: Progress | None = None

    # --- for those who ask ---

    @property
    def has_ended(self) -> bool:
        return self.state not in (State.QUEUED, State.RUNNING)

    @property
    def waits_for_abort(self) -> bool:
        """It shall stop, and Anki has to do it: between steps of its own it would hit whoever reads there."""
        return self._reason is not None and not self._counts

    @property
    def can_be_cancelled(self) -> bool:
        return self.state is State.QUEUED or (self.state is State.RUNNING and self.is_cancellable)

    @property
    def size(self) -> int:
        """Bytes of the result."""
        return len(self._result or b"")

    def outcome(self) -> tuple[Any, dict[str, Any] | None]:
        """The result, and the error object. Both, where it was cancelled and tells what had been done."""
        result = None if self._result is None else codec.loads(self._result, math.inf).value
        return result, self._error

    def stored_outcome(self) -> tuple[codec.Encoded | None, dict[str, Any] | None]:
        """As `outcome`, with the result as JSON: nothing is copied before the response is written."""
        return None if self._result is None else codec.Encoded([self._result]), self._error

    def cancel(self, reason: str) -> None:
        """As `Operations.cancel`; work that Anki does is not stopped by it."""
        with self._changed:
            if self.has_ended or self._reason is not None:
                return
            if not self.can_be_cancelled:
                raise Refused(f"{self.method} runs already and cannot be cancelled then", field="id")
            self._reason = reason
            if self.state is State.QUEUED:
                self._end(State.CANCELLED, None, Cancelled(reason).to_object())

    def host_closes(self, reason: str) -> None:
        """The collection or Anki is being closed: if it then finds them gone, it was cancelled for this reason."""
        self._closing = reason

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it has ended; False where it has not within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.has_ended, timeout)

    def follow(self) -> Iterator[Progress | None]:
        """Its progress, whenever it has changed, a few times a second at the most, until it has ended."""
        seen: Progress | None = None
        while not self.wait(PROGRESS_INTERVAL_S):
            if self.progress != seen:
                seen = self.progress
                yield seen

    # --- for its work ---

    def begin(self, before: Progress | None, between: Callable[[], None]) -> bool:
        """It is its turn; False where it was cancelled before.

        `before`: what Anki told last, of other work. `between` is called between two steps of the work.
        """
        with self._changed:
            if self.state is not State.QUEUED:
                return False
            self._before, self._between = before, between
            self.state = State.RUNNING
            self.tell(self)
            return True

    def checkpoint(self, done: int, total: int) -> bool:
        """So much is done; is the rest to be done? Between two steps of its work."""
        if self._was_stopped:
            return False
        self._counts = True
        self.progress = Progress(done, total)
        if done >= total:
            return True
        if self._reason is not None:
            self._was_stopped = True
            return False
        self._between()
        return True

    def end(self, response: Mapping[str, Any]) -> None:
        """Its work is over."""
        result, error = None, response.get("error")
        try:
            result = None if error else codec.dumps(response["result"])
        except (TypeError, ValueError, RecursionError):
            logger.exception("the result of an operation cannot be written as JSON")
            error = InternalError().to_object()
        kind = error and error["data"]["kind"]
        is_closed = kind in (CollectionUnavailable.kind, GuiUnavailable.kind) and self._closing is not None
        if self._was_stopped or is_closed or kind == Cancelled.kind:
            error = Cancelled(self._reason or self._closing or (error and error["message"])).to_object()
            state = State.CANCELLED
        else:
            state = State.FAILED if error else State.DONE
        with self._changed:
            if not self.has_ended:
                self._end(state, result, error)

    def poll(self, anki: Progress | None) -> None:
        """Take Anki's word for its progress where it counts nothing itself."""
        with self._changed:
            if not self._counts and not self.has_ended and anki is not None and anki != self._before:
                self._before, self.progress = None, anki

    def tell_progress(self) -> None:
        """Tell it where it is new."""
        with self._changed:
            if not self.has_ended and self.progress != self._told:
                self._told = self.progress
                self.tell(self)

    def _end(self, state: State, result: bytes | None, error: dict[str, Any] | None) -> None:
        self._result, self._error = result, error
        self.state, self.ended, self.end_time = state, int(time.time()), time.monotonic()
        self._between = _nothing
        self.tell(self)
        self._changed.notify_all()


class ProgressSource(Protocol):
    """Who knows how far Anki is with what runs in it."""

    def progress(self, *, of_sync: bool) -> Progress | None:
        """What Anki last told of a sync, or of anything else, on whatever thread it runs. Any thread, never waits."""

    def abort(self, *, sync: bool) -> None:
        """Have Anki stop a sync, or what else runs in its backend for the lane. Any thread, never waits."""


class Operations:
    """All operations of a gateway. From any thread."""

    def __init__(
        self,
        anki: ProgressSource,
        publish: Callable[[str, Mapping[str, Any], Details], None] = lambda name, params, details: None,
        limits: OperationLimits = OperationLimits(),  # noqa: B008  (never changed)
    ) -> None:
        """`publish` tells an event to everybody, without params, result and Anki's words, which are its details."""
        self._anki = anki
        self._publish = publish
        self._limits = limits
        self._places = Shares(limits.unfinished)
        self._counted = threading.Condition()
        self._known: dict[str, Operation] = {}
        self._threads = 0
        self._is_watched = False

    def start(self, operation: Operation, work: Callable[[Operation], Mapping[str, Any]]) -> None:
        """Do the work, which returns a response object, in a thread of its own. Raises Busy."""
        operation.tell = self._tell
        with self._counted:
            self._forget()
            if not self._places.acquire(operation.owner):
                raise Busy(f"too many operations are queued or running already: {self._limits.unfinished} at most")
            self._threads += 1
            self._known[operation.id] = operation
            is_watched, self._is_watched = self._is_watched, True
        operation.tell(operation)
        threading.Thread(
            target=self._run, args=(operation, work), name=f"anki-rpc {operation.method}", daemon=True
        ).start()
        if not is_watched:
            threading.Thread(target=self._watch, name="anki-rpc operations", daemon=True).start()

    def find(self, id: str) -> Operation:
        """Raises NotFound."""
        for operation in self.all():
            if operation.id == id:
                return operation
        raise NotFound(f"there is no operation {id}, or none any more", operation=id)

    def all(self) -> list[Operation]:
        """Oldest first."""
        with self._counted:
            self._forget()
            operations = list(self._known.values())
        for operation in operations:
            self._poll(operation)
        return operations

    def cancel(self, operation: Operation, reason: str = "it was cancelled") -> None:
        """Stop it as soon as it can be stopped; one that has ended stays as it is.

        Raises Refused where it runs and cannot be stopped.
        """
        operation.cancel(reason)
        self._poll(operation)

    def stop(self, reason: str, timeout: float = 0.0) -> None:
        """Cancel every operation, as the collection is about to be closed, and wait up to `timeout` seconds.

        An operation that cannot be cancelled runs to its end, but is not `failed` if the collection is gone by then.
        """
        deadline = time.monotonic() + timeout
        operations = self.all()
        for operation in operations:
            operation.host_closes(reason)
            with suppress(Refused):
                self.cancel(operation, reason)
        for operation in operations:
            operation.wait(deadline - time.monotonic())

    # --- threads ---

    def _run(self, operation: Operation, work: Callable[[Operation], Mapping[str, Any]]) -> None:
        try:
            operation.end(work(operation))
        except Exception:
            logger.exception("an operation ended unforeseen")
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
                operation.tell_progress()

    def _poll(self, operation: Operation) -> None:
        """See how far it is, and have Anki stop it where it is cancelled: again, as Anki may not have begun before."""
        if operation.state is not State.RUNNING:
            return
        try:
            operation.poll(self._anki.progress(of_sync=operation.is_sync))
            if operation.waits_for_abort:
                self._anki.abort(sync=operation.is_sync)
        except Exception:
            logger.exception("an operation cannot be watched")

    def _tell(self, operation: Operation) -> None:
        details = status_of(operation)
        progress = operation.progress and operation.progress._replace(text=None).to_object()
        self._publish(EVENT, {**details, "progress": progress}, Details(operation.owner, details))

    def _forget(self) -> None:
        """Drop the oldest that have ended: those beyond what is kept in number, in bytes and in time."""
        ended = [operation for operation in self._known.values() if operation.has_ended]
        ended.sort(key=lambda operation: operation.end_time, reverse=True)
        limits, now, size = self._limits, time.monotonic(), 0
        for place, operation in enumerate(ended):
            size += operation.size
            is_old = now - operation.end_time > limits.seconds
            if is_old or place >= limits.ended or (place and size > limits.size):
                del self._known[operation.id]


def status_of(operation: Operation) -> dict[str, Any]:
    """What its owner may know, and administrators; Anki's words can name what is worked on."""
    progress = operation.progress
    return {
        "id": operation.id,
        "method": operation.method,
        "state": operation.state.value,
        "progress": progress and progress.to_object(),
    }


def _nobody(operation: Operation) -> None:
    """Nobody is told."""


def _nothing() -> None:
    """Nothing is done."""
