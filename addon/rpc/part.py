"""One request on its way: checked, then run, then answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple

from .budget import Budget
from .caller import Caller
from .errors import (
    ActionError,
    InternalError,
    InvalidParams,
    ResponseTooLarge,
)
from .executor import Withdrawal
from .registry import Action

logger = logging.getLogger("anki_rpc")

Response = dict[str, Any]


def _as_values(method: str) -> bool:
    return False


class Request(NamedTuple):
    """One request object, who sent it, and whether it may take the liberties that the old protocol grants."""

    message: Any
    caller: Caller
    tolerant: bool = False
    depth: int = 0
    """How many requests it is inside of."""
    withdrawal: Withdrawal | None = None
    """How its caller can change its mind."""
    encodes: Callable[[str], bool] = _as_values
    """Whether the result of a method is returned as JSON (`codec.Encoded`), so that its objects are freed at once."""


class Part:
    """A request on its way: checked (its params are valid and it may run), then run, then answered."""

    def __init__(self, request: Request, budget: Budget) -> None:
        self.request = request
        self.budget = budget
        self.caller: Caller | None = None
        """With what its key opens; None until it is authorised."""
        self.named: Action | None = None
        """What it wants to run."""
        self.action: Action | None = None
        self.params: dict[str, Any] = {}
        self.response: Response | None = None
        self.value: Any = None
        self.is_counted = False
        """The size of its value is taken from the budget."""
        self.failure: str | None = None
        """The kind of the error that it ended with."""

    @property
    def may_wait(self) -> bool:
        """It will run, and needs more for that than the thread of its request."""
        if self.action is None or self.caller is None:
            return False
        is_granted = self.action.keyless and bool(self.caller.scopes)  # there is nothing to ask the user
        return not (self.action.is_quick or is_granted)

    def fail(self, error: ActionError) -> None:
        if self.response is not None:
            if not isinstance(error, ResponseTooLarge):
                error = self._fitting(error)
            self.response = error_response(error, self.response["id"], tolerant=self.request.tolerant)
        self.failure = error.kind

    def _fitting(self, error: ActionError) -> ActionError:
        """The error, or the one that says why it cannot be sent."""
        try:
            self.budget.encode(error.to_object())
        except ResponseTooLarge as too_large:
            return too_large.alone()
        except (TypeError, ValueError, RecursionError):
            logger.exception("an error cannot be written as JSON")
            return InternalError()
        return error

    def encode(self) -> None:
        """Write the value as JSON and take its size from the budget; the value of a notification is dropped."""
        if isinstance(self.value, Future | ActionError):
            return
        if self.response is None:
            self.value = None
        if self.response is None or self.is_counted:
            return
        self.is_counted = True
        assert self.action is not None
        try:
            encoded = self.budget.encode(self.value)
        except ResponseTooLarge as error:
            self.value = error.alone()
        except (TypeError, ValueError, RecursionError):
            logger.exception("a result cannot be written as JSON")
            self.value = InternalError()
        else:
            if self.request.encodes(self.action.name):
                self.value = encoded

    def take_error(self) -> ActionError:
        """Why it was not planned. It is not kept: its traceback will hold this, and a cycle would never be freed."""
        error, self.value = self.value, None
        assert isinstance(error, ActionError)
        return error

    def answer(self) -> None:
        if self.response is not None:
            self.response["result"] = self.value


def error_response(error: ActionError, id: Any = None, *, tolerant: bool = False) -> Response:
    """A response object for an error. A tolerant request also learns each problem of its params by its sort."""
    body = error.to_object()
    if tolerant and isinstance(error, InvalidParams):
        body["data"] = {**body["data"], "problems": error.problems}
    return {"jsonrpc": "2.0", "error": body, "id": id}
