"""The size limit of the response to one HTTP request, checked while the results come in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from . import codec
from .errors import Hint, ResponseTooLarge

MEGABYTE = 2**20
MEMBER_RESERVE_BYTES = 512
"""Bytes reserved for each member of a batch: enough for the error of a call that is not run because of the limit."""


class Budget:
    """The bytes that the response to one HTTP request may still use, including all nested batches and calls.

    Used by one thread at a time. It does not count streamed bodies.
    """

    def __init__(self, megabytes: int, setting: str) -> None:
        self.limit = megabytes * MEGABYTE
        self._setting = f"limits.{setting}"
        self._text = f"{megabytes} MiB (setting {self._setting})"
        self._left = self.limit
        self._called: set[str] = set()
        self.searched: dict[Hashable, Hint | None] = {}
        """The hints found for errors of the request, see `Suggestions`."""
        self.is_spent = False
        """The limit was reached, so no further call may run."""

    def set_aside(self, ids: Sequence[Any]) -> None:
        """Reserve the bytes that a batch needs at least, given the ids of its members. Raises ResponseTooLarge."""
        size = len(ids) * MEMBER_RESERVE_BYTES + sum(
            len(codec.dumps(id)) for id in ids if isinstance(id, str | int | float)
        )
        if size > self._left:
            self.is_spent = True
            text = f"Not run: the response to so many calls may not fit into {self._text}. Send fewer in one request."
            raise self._error(text, ran=False)
        self._left -= size

    def encode(self, value: Any) -> codec.Encoded:
        """Write a result or an error as JSON, and subtract its size. Raises ResponseTooLarge.

        Raises TypeError, ValueError or RecursionError if the value cannot be written as JSON.
        """
        try:
            parts, size = codec.parts_of(value, self._left)
        except codec.TooLong:
            raise self._exceeded() from None
        self.spend(size)
        return codec.Encoded(parts)

    def size_counter(self) -> Callable[[int], None]:
        """Return a function that counts the bytes of one call's result while the result is built.

        It raises ResponseTooLarge as soon as they no longer fit into the response.
        """
        counted = 0

        def count(size: int) -> None:
            nonlocal counted
            counted += size
            if counted > self._left:
                raise self._exceeded()

        return count

    def is_first(self, method: str) -> bool:
        """Whether this is the first call of the method in the request. Every later call returns False."""
        is_first = method not in self._called
        self._called.add(method)
        return is_first

    def not_run_error(self) -> ResponseTooLarge:
        """Return the error for a call that is not run because the limit was reached before it."""
        text = f"Not run: the results before it fill the response of at most {self._text}. Send it in another request."
        return self._error(text, ran=False)

    def spend(self, size: int) -> None:
        """Subtract bytes from the budget. Raises ResponseTooLarge if they do not fit."""
        if size > self._left:
            raise self._exceeded()
        self._left -= size

    def check_whole(self, size: int) -> None:
        """Raise ResponseTooLarge if the whole response has more bytes than allowed, whatever was subtracted before."""
        if size > self.limit:
            raise self._exceeded()

    def _exceeded(self) -> ResponseTooLarge:
        self.is_spent = True
        text = f"The result does not fit into a response of at most {self._text}. Ask for less in one request."
        return self._error(text, ran=True)

    def _error(self, text: str, *, ran: bool) -> ResponseTooLarge:
        return ResponseTooLarge(text, limit=self.limit, setting=self._setting, ran=ran)
