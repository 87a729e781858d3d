"""All that a handler may use: the collection, Anki's window, the caller, and the only way to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from .errors import ActionError, CollectionUnavailable, GuiUnavailable
from .executor import CancelToken, wait

if TYPE_CHECKING:
    from anki.collection import Collection
    from aqt.main import AnkiQt

    from .operations import BackgroundOperation, Operations
    from .registry import Registry
    from .snapshots import Snapshots
from .caller import Caller
from .host import Host, UndoHistory, UndoStep

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

_MOST_IN_ONE_COMMIT = 1_000
_PACE = 16
"""Items after which long work asks whether it has to give way."""


class GiveWay(Protocol):
    """Lets others run. `before_chunk`: nothing is lost if the work ends here."""

    def __call__(self, *, before_chunk: bool = False) -> None: ...


def _nothing(*, before_chunk: bool = False) -> None:
    """Give way to nobody."""


class DispatchBatch(Protocol):
    """Runs several JSON-RPC request objects as one batch. Each has a key of its own; None for the outer call's key."""

    def __call__(self, messages: Sequence[Any], keys: Sequence[Any]) -> list[dict[str, Any] | None]: ...


class OperationStarter(Protocol):
    """Starts a method as an operation, for the same caller. Raises an ActionError if the call is refused."""

    def __call__(self, method: str, params: Mapping[str, Any] | Sequence[Any]) -> BackgroundOperation: ...


class RequestLimits(Protocol):
    """Limits of one request and its response."""

    @property
    def header_kilobytes(self) -> int:
        """Largest head of a request, in KiB."""

    @property
    def body_megabytes(self) -> int:
        """Largest body of a request, in MiB."""

    @property
    def media_megabytes(self) -> int:
        """Largest uploaded file, in MiB."""

    @property
    def package_megabytes(self) -> int:
        """Largest package when it is unpacked, in MiB."""

    @property
    def batch(self) -> int:
        """Most members of a batch."""

    @property
    def nesting(self) -> int:
        """Most levels of batches inside batches (`multi`); it protects Python's stack."""

    @property
    def response_megabytes(self) -> int:
        """Largest response, in MiB."""

    @property
    def public_response_megabytes(self) -> int:
        """Largest response to a caller that may use only the public methods, in MiB."""


@dataclass(slots=True, eq=False)
class Context:
    """The first argument of every handler. It is not concerned with protocols or threads.

    Valid for one call: handlers must not keep it, nor the collection that it returns.
    """

    host: Host
    caller: Caller
    registry: Registry
    dispatch_batch: DispatchBatch
    start_operation: OperationStarter
    operations: Operations
    snapshots: Snapshots
    step: UndoStep
    undo: UndoHistory
    count_result: Callable[[int], None]
    """Counts bytes of the result while it is built; for actions whose small calls can have large results. Raises
    ResponseTooLarge as soon as the result does not fit."""
    operation: BackgroundOperation | None = None
    """The operation that this call runs as; None for an ordinary call."""
    cancel_token: CancelToken | None = None
    """Cancels the call, or ends the waiting for it, if its caller wants that."""
    tolerant: bool = False
    """The request is not held to the strict schemas: the action skips unusable items instead of failing."""
    error_object: Callable[[ActionError], dict[str, Any]] = ActionError.to_object
    """Returns the error object for the error of an item, and adds to the error what helps to correct the call. An error
    that is raised gets that anyway.
    """
    limits: Callable[[], RequestLimits] | None = None
    """Returns the limits of requests; None outside of a gateway."""
    give_way: GiveWay = _nothing
    """Lets reads of other calls run, if this call has had its turn for long. The collection must be consistent."""
    kept: list[list[Any]] = field(default_factory=list)
    """Freed in pieces when the call has ended."""

    @property
    def col(self) -> Collection:
        """The open collection. Raises CollectionUnavailable if none is open."""
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
        """Wait for a future on the server thread. Raises Busy or StillRunning if it takes more than `limit` seconds."""
        return wait(answer, limit, limit, cancel_token=self.cancel_token)

    def write(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Make one undoable call into Anki that changes the collection, and return what it returns.

        Anki's undo menu shows Anki's own name for it.
        """
        return self.undo.write(self.step, self.caller.identity, self.col, None, call, *args, **kwargs)

    @contextmanager
    def single_commit(self, rows: int = 0) -> Iterator[None]:
        """Commit the writes of this block together: if the process is killed in between, none of them is on the disk.

        `rows`: how many notes or cards they change. More than `_MOST_IN_ONE_COMMIT` are committed write by write:
        SQLite walks through all changes of the block after each statement, so 14,000 notes would take minutes.
        For a few consecutive calls into Anki that are sure to succeed. If one fails, the writes before it stay: they
        are not rolled back, because Anki's window may have written in the same transaction. It gives way to nobody.
        """
        if rows > _MOST_IN_ONE_COMMIT:
            yield
            return
        give_way, self.give_way = self.give_way, _nothing
        try:
            with self.undo.single_commit(self.step, self.caller.identity, self.col):
                yield
        finally:
            self.give_way = give_way

    def write_as(self, label: str, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Like `write`, but `label` is the name in Anki's undo menu. The call must be sure to change something."""
        return self.undo.write(self.step, self.caller.identity, self.col, label, call, *args, **kwargs)

    def free_later(self, items: Iterable[Any]) -> None:
        """Free these items in pieces when the call has ended; the end of the handler would free them all at once."""
        self.kept.append([*items])

    def paced(self, items: Iterable[T]) -> Iterator[T]:
        """Yield the items, and give way now and then."""
        for index, item in enumerate(items, 1):
            yield item
            if not index % _PACE:
                self.give_way()

    def parts(self, items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
        """Yield the items in parts of `size`, and give way after each part. For reads and checks."""
        for start in range(0, len(items), size):
            yield items[start : start + size]
            self.give_way()

    def chunks(self, items: Sequence[T], size: int, before: int = 0, after: int = 0) -> Iterator[Sequence[T]]:
        """Yield the items in chunks of `size`, each to be written by one call into Anki, and give way between two.

        An operation also reports its progress there, and no further chunk follows if it is cancelled. `before` and
        `after` are the numbers of items in other lists of the same call.
        """
        total = before + len(items) + after
        for start in range(0, len(items), size):
            if self.operation is not None and not self.operation.checkpoint(before + start, total):
                return
            self.give_way(before_chunk=True)
            yield items[start : start + size]
        if self.operation is not None:
            self.operation.checkpoint(before + len(items), total)
