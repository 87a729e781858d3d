"""Waiting for operations: work that `start_operation` has started in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import anyio

from ._core import TimedOut, error_from
from ._methods import AsyncMethods, Methods

if TYPE_CHECKING:
    from .types import Operation

FIRST_LOOK, FACTOR, LAST_LOOK = 0.02, 1.5, 0.5
"""Seconds until the first look at an operation, how much longer each further pause is, and the longest pause."""


class _Watch:
    """Reports the progress of an operation, and says when to look again."""

    def __init__(self, progress: Callable[[Operation], object] | None, timeout: float | None) -> None:
        self._progress = progress
        self._end = None if timeout is None else time.monotonic() + timeout
        self._last: tuple[Any, ...] | None = None
        self._pause = FIRST_LOOK

    def is_over(self, operation: Operation) -> bool:
        state = (operation["state"], operation["progress"])
        if self._progress is not None and state != self._last:
            self._progress(operation)
        self._last = state
        return operation["state"] not in ("queued", "running")

    def pause(self) -> float:
        """Return the seconds until the next look. Raises TimedOut if the time is over."""
        if self._end is not None and time.monotonic() >= self._end:
            raise TimedOut("the operation has not ended within the timeout; it goes on")
        self._pause = min(self._pause * FACTOR, LAST_LOOK)
        return self._pause if self._end is None else max(0.0, min(self._pause, self._end - time.monotonic()))


def _result(operation: Operation) -> Any:
    if operation["error"] is not None:
        raise error_from(operation["error"])
    return operation["result"]


class Waiting(Methods):
    """Methods with `wait`."""

    def wait(
        self,
        operation: Operation | str,
        progress: Callable[[Operation], object] | None = None,
        *,
        timeout: float | None = None,
    ) -> Any:
        """Wait until an operation has ended and return its result, with the shape that its method has.

        It reads the state of the operation at most fifty times a second, and twice a second in the end. A lost
        connection does not disturb it, because the operation runs without one.

        Args:
            operation: The operation, as `start_operation` returned it, or its id.
            progress: Called with the operation whenever its state or progress has changed.
            timeout: Seconds to wait; default without end.

        Returns:
            The result of the method that was started.

        Raises:
            RpcError: The operation failed or was cancelled. What a cancelled one has done is the `result` that
                `get_operation` returns.
            TimedOut: The operation has not ended in time. It goes on.
            Unreachable: The gateway no longer answers.
        """
        watch = _Watch(progress, timeout)
        id = operation if isinstance(operation, str) else operation["id"]
        while not watch.is_over(state := self.get_operation(id)):
            time.sleep(watch.pause())
        return _result(state)


class AsyncWaiting(AsyncMethods):
    """Methods with `wait`, to be awaited."""

    async def wait(
        self,
        operation: Operation | str,
        progress: Callable[[Operation], object] | None = None,
        *,
        timeout: float | None = None,
    ) -> Any:
        """Wait as `Client.wait` does.

        Args:
            operation: The operation, as `start_operation` returned it, or its id.
            progress: Called with the operation whenever its state or progress has changed; not a coroutine.
            timeout: Seconds to wait; default without end.

        Returns:
            The result of the method that was started.

        Raises:
            RpcError: The operation failed or was cancelled.
            TimedOut: The operation has not ended in time. It goes on.
            Unreachable: The gateway no longer answers.
        """
        watch = _Watch(progress, timeout)
        id = operation if isinstance(operation, str) else operation["id"]
        while not watch.is_over(state := await self.get_operation(id)):
            await anyio.sleep(watch.pause())
        return _result(state)
