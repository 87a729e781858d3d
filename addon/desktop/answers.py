"""Futures that Qt's main thread completes, at once or in a callback."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from ..rpc.lane import Work
from .main_thread import MainThread, at_once

T = TypeVar("T")


def ask(main: MainThread, begin: Callable[[Future[T]], None], before: Callable[[Work], None] = at_once) -> Future[T]:
    """Run `begin` on the main thread; it completes the returned future, at once or in a callback. Any thread.

    - An exception of `begin` becomes the future's exception. If Anki quits first, that is GuiUnavailable.
    - If the future is cancelled before `begin` has started, `begin` never runs.
    - `before` is as in `MainThread.submit`.
    """
    answer: Future[T] = Future()

    def work() -> None:
        if not answer.set_running_or_notify_cancel():
            return
        try:
            begin(answer)
        except Exception as error:
            fail(answer, error)

    def ended(pending: Future[None]) -> None:
        if (error := pending.exception()) is not None:
            fail(answer, error)

    main.submit(work, before).add_done_callback(ended)
    return answer


def settle(answer: Future[T], value: T) -> None:
    """Set the result, unless the future is done already."""
    if not answer.done():
        answer.set_result(value)


def fail(answer: Future[T], error: BaseException) -> None:
    """Set the exception, unless the future is done already. Drops the traceback, which would keep frames in a cycle."""
    if not answer.done():
        answer.set_exception(error.with_traceback(None))
