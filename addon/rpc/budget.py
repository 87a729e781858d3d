"""How large the response to one HTTP request may be, checked while its results come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from . import codec
from .errors import ResponseTooLarge

MEMBER_BYTES = 512
"""Set aside for each member of a batch: its error needs less if it does not run because the limit is reached."""


class Budget:
    """The bytes that the response to one HTTP request may still take, in all batches and calls inside it.

    Used by one thread at a time. It is not concerned with bodies that are streamed.
    """

    def __init__(self, megabytes: int, setting: str) -> None:
        self.limit = megabytes * 2**20
        self._setting = f"limits.{setting}"
        self._text = f"{megabytes} MiB (setting {self._setting})"
        self._left = self.limit
        self._called: set[str] = set()
        self.is_spent = False
        """The limit was reached, so nothing else may run."""

    def set_aside(self, ids: Sequence[Any]) -> None:
        """Take the least that a batch needs, by the ids of its members. Raises ResponseTooLarge."""
        size = len(ids) * MEMBER_BYTES + sum(len(codec.dumps(id)) for id in ids if isinstance(id, str | int | float))
        if size > self._left:
            self.is_spent = True
            text = f"Not run: the response to so many calls may not fit into {self._text}. Send fewer in one request."
            raise self._error(text, ran=False)
        self._left -= size

    def encode(self, value: Any) -> codec.Encoded:
        """Write a result or an error as JSON and take its size. Raises ResponseTooLarge.

        Raises TypeError, ValueError or RecursionError for a value that is not JSON.
        """
        try:
            parts, size = codec.parts_of(value, self._left)
        except codec.TooLong:
            raise self._exceeded() from None
        self.take(size)
        return codec.Encoded(parts)

    def counter(self) -> Callable[[int], None]:
        """Return a function that counts bytes of one call's result while it is built.

        It raises ResponseTooLarge as soon as the response cannot hold them.
        """
        counted = 0

        def count(size: int) -> None:
            nonlocal counted
            counted += size
            if counted > self._left:
                raise self._exceeded()

        return count

    def is_first(self, method: str) -> bool:
        """Whether this is the first call of a method in the request."""
        is_first = method not in self._called
        self._called.add(method)
        return is_first

    def not_run(self) -> ResponseTooLarge:
        """The error for a call that was not run because the limit was reached before it."""
        text = f"Not run: the results before it fill the response of at most {self._text}. Send it in another request."
        return self._error(text, ran=False)

    def take(self, size: int) -> None:
        """Take bytes of the response. Raises ResponseTooLarge."""
        if size > self._left:
            raise self._exceeded()
        self._left -= size

    def check_whole(self, size: int) -> None:
        """Raise ResponseTooLarge if the whole response, with all that was taken before, has more bytes than allowed."""
        if size > self.limit:
            raise self._exceeded()

    def _exceeded(self) -> ResponseTooLarge:
        self.is_spent = True
        text = f"The result does not fit into a response of at most {self._text}. Ask for less in one request."
        return self._error(text, ran=True)

    def _error(self, text: str, *, ran: bool) -> ResponseTooLarge:
        return ResponseTooLarge(text, limit=self.limit, setting=self._setting, ran=ran)
