"""A call on its way: it is planned or refused, then it has ended; each state is a type of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, NamedTuple

from .budget import Budget
from .caller import Caller
from .errors import ActionError
from .executor import CancelToken
from .registry import Action

Load = Callable[[Action, Mapping[str, Any]], dict[str, Any]]
"""Validates params of an action, and returns them by attribute name. Raises marshmallow's ValidationError."""

NO_ID = object()
"""The id of a notification, which nobody answers."""


def _as_values(method: str) -> bool:
    return False


class Request(NamedTuple):
    """One request object, and who sent it."""

    message: Any
    caller: Caller
    load: Load | None = None
    """Validates params in the place of their schema, and takes more than it does; see `tolerant`."""
    depth: int = 0
    """How many requests it is inside of."""
    cancel_token: CancelToken | None = None
    """How its caller can change its mind."""
    encodes: Callable[[str], bool] = _as_values
    """Whether the result of a method is returned as JSON (`codec.Encoded`), so that its objects are freed at once."""

    @property
    def tolerant(self) -> bool:
        """It is not held to the schemas: what it cannot have is passed over, and its errors name every problem."""
        return self.load is not None


class Planned(NamedTuple):
    """A call that may run: its caller is authorised and its params are valid."""

    request: Request
    id: Any
    """As the request has it; `NO_ID` for a notification."""
    budget: Budget
    """What is left of the response to the HTTP request."""
    caller: Caller
    """With what its key opens."""
    action: Action
    params: dict[str, Any]

    @property
    def may_wait(self) -> bool:
        """It needs more than the thread of its request."""
        is_granted = self.action.public and bool(self.caller.scopes)  # there is nothing to ask the user
        return not (self.action.is_quick or is_granted)


class Ended(NamedTuple):
    """A call that has run, or was refused and never will."""

    request: Request
    id: Any
    caller: Caller | None
    """None if it was not authorised."""
    action: Action | None
    """What it named; None where there is no such method, or nobody was authorised for it."""
    result: Any = None
    error: ActionError | None = None


class Result(NamedTuple):
    """What a handler returned."""

    value: Any
    is_counted: bool = False
    """Its size is taken from the budget."""


Outcome = Result | ActionError | Future[Any]
"""What came of a handler; a future where it finishes in a callback."""
