"""Answers that come later from Qt's main thread: its work may end in a callback."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from ..rpc.executor import Work
from .main_thread import MainThread, at_once

T = TypeVar("T")


def ask(main: MainThread, begin: Callable[[Future[T]], None], before: Callable[[Work], None] = at_once) -> Future[T]:
    """Run `begin` on the main thread, which sets the answer, now or in a callback. Any thread.

    `before` is as in `MainThread.submit`.

    What it raises is the answer as well, and so is the end of Anki. Cancelled in time, it never begins.
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
    """Set the answer, unless there is one already."""
    if not answer.done():
        answer.set_result(value)


def fail(answer: Future[T], error: BaseException) -> None:
    """Let the answer be an error, unless there is one already. Its traceback would tie frames into a cycle."""
    if not answer.done():
        answer.set_exception(error.with_traceback(None))
