"""What an action may touch: the collection, the window, the caller, and the one door through which it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from .errors import CollectionUnavailable, GuiUnavailable
from .executor import CancelToken, wait

if TYPE_CHECKING:
    from anki.collection import Collection
    from aqt.main import AnkiQt

    from .operations import Operation, Operations
    from .registry import Registry
from .caller import Caller
from .host import Host, UndoHistory, UndoStep

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class DispatchBatch(Protocol):
    """Runs several JSON-RPC request objects as one batch, each with a key of its own or its caller's."""

    def __call__(self, messages: Sequence[Any], keys: Sequence[Any]) -> list[dict[str, Any] | None]: ...


class StartOperation(Protocol):
    """Starts a method as an operation, for the same caller. Raises what is wrong with the call."""

    def __call__(self, method: str, params: Mapping[str, Any] | Sequence[Any]) -> Operation: ...


@dataclass(slots=True, eq=False)
class Context:
    """Handed to every handler as its first argument. It is not concerned with protocols or threads."""

    host: Host
    caller: Caller
    registry: Registry
    dispatch_batch: DispatchBatch
    start_operation: StartOperation
    operations: Operations
    step: UndoStep
    undo: UndoHistory
    count_result: Callable[[int], None]
    """Counts bytes of the result while it is built, if a small call can build a large one. Raises ResponseTooLarge."""
    operation: Operation | None = None
    """The one that this call is."""
    cancel_token: CancelToken | None = None
    """How its caller can change its mind."""
    tolerant: bool = False
    """The request is not held to the schemas, and what it cannot have is passed over."""

    @property
    def col(self) -> Collection:
        """The open collection. Raises CollectionUnavailable where there is none."""
        col = self.host.collection()
        if col is None or col.db is None:
            raise CollectionUnavailable
        return col

    @property
    def mw(self) -> AnkiQt:
        """Anki's main window. Raises GuiUnavailable in a headless gateway."""
        window = self.host.window()
        if window is None:
            raise GuiUnavailable
        return window

    def wait(self, answer: Future[T], limit: float) -> T:
        """Wait for an answer, on the server thread. Raises Busy or StillRunning if none comes in `limit` seconds."""
        return wait(answer, limit, limit, cancel_token=self.cancel_token)

    def write(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Make one undoable call into Anki that changes the collection, under Anki's own name for it."""
        return self.undo.write(self.step, self.caller.identity, self.col, None, call, *args, **kwargs)

    @contextmanager
    def single_commit(self) -> Iterator[None]:
        """The writes of this block reach the disk as one: who kills the process in the middle finds none of them.

        For a few of Anki's calls one after the other, all sure to succeed. Where one fails, those before it stay: what
        Anki's window writes meanwhile is in the same transaction, and must not be taken back.
        """
        with self.undo.single_commit(self.step, self.caller.identity, self.col):
            yield

    def write_as(self, label: str, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """As `write`, with a name of our own in Anki's undo menu. The call must be sure to change something."""
        return self.undo.write(self.step, self.caller.identity, self.col, label, call, *args, **kwargs)

    def chunks(self, items: Sequence[T], size: int, before: int = 0, after: int = 0) -> Iterator[Sequence[T]]:
        """Items in parts of a size, each to be written by one call.

        An operation tells its progress by them, gives way to those who read, and gets no further part when it is
        cancelled. `before` and `after` are the numbers of items in other lists of the same call.
        """
        total = before + len(items) + after
        for start in range(0, len(items), size):
            if self.operation is not None and not self.operation.checkpoint(before + start, total):
                return
            yield items[start : start + size]
        if self.operation is not None:
            self.operation.checkpoint(before + len(items), total)
