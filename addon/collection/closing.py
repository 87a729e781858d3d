"""Work on the collection lane with its outcome as a future, and work for which the collection is closed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from ..rpc.errors import CollectionUnavailable

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection

    from ..rpc.lane import Lane

R = TypeVar("R")


def on_lane(
    lane: Lane, collection: Callable[[], Collection | None], work: Callable[[Collection], R], *, reads: bool = False
) -> Future[R]:
    """Call `work` with the open collection on the lane. Returns immediately.

    The future's result is what `work` returns; it raises CollectionUnavailable if no collection is open. `reads`: the
    work changes nothing.
    """
    answer: Future[R] = Future()

    def run() -> None:
        if not answer.set_running_or_notify_cancel():
            return
        try:
            col = collection()
            if col is None or col.db is None:
                raise CollectionUnavailable
            result = work(col)
        except BaseException as error:
            answer.set_exception(error.with_traceback(None))
        else:
            answer.set_result(result)

    def ended(done: Future[bool]) -> None:
        if not done.result() and answer.set_running_or_notify_cancel():
            answer.set_exception(CollectionUnavailable())

    lane.submit(run, reads=reads).add_done_callback(ended)
    return answer


def reopening(col: Collection, work: Callable[[], R]) -> R:
    """Do work that closes the collection, and open it again, also if the work fails."""
    try:
        return work()
    finally:
        if col.db is None:
            col.reopen()
            col._load_scheduler()


def replace(col: Collection, back_up: Callable[[Collection], R], put: Callable[[RustBackend], None]) -> R:
    """As `Host.replace_collection`, without opening the collection again."""
    result = back_up(col)
    col.close()
    put(col._backend)
    return result
