"""The states of a call, each a type of its own: a request is planned or refused, and a planned call ends."""

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
"""Validates the params of an action, and returns them by attribute name. Raises marshmallow's ValidationError."""

NO_ID = object()
"""The id of a notification, which gets no response."""


def _as_values(method: str) -> bool:
    return False


class Request(NamedTuple):
    """One request object and its caller."""

    message: Any
    caller: Caller
    load: Load | None = None
    """Validates the params instead of the action's schema, and accepts more; see `tolerant`."""
    depth: int = 0
    """How many requests this one is nested in."""
    cancel_token: CancelToken | None = None
    """Cancels the call, or ends the waiting for it, if its caller wants that."""
    encodes: Callable[[str], bool] = _as_values
    """Whether the result of a method is returned as JSON (`codec.Encoded`), so that its objects are freed early."""

    note_step: Callable[[str], None] | None = None
    """Called on the lane with the name of the step that the call has made in the undo history, if it has made one."""

    @property
    def tolerant(self) -> bool:
        """The request is not held to the strict schemas: unusable items are skipped, and errors list all problems."""
        return self.load is not None


class Planned(NamedTuple):
    """A call that may run: its caller is authorised and its params are valid."""

    request: Request
    id: Any
    """The id of the request; `NO_ID` for a notification."""
    budget: Budget
    """The bytes left for the response to the HTTP request."""
    caller: Caller
    """The caller with the scopes of its key."""
    action: Action
    params: dict[str, Any]
    profile: str | None = None
    """The profile that was open when the call was prepared; see `is_prepared`."""

    @property
    def may_block(self) -> bool:
        """Answering may take long, or need more than the thread of the request."""
        is_granted = self.action.public and bool(self.caller.scopes)  # no question to the user is needed
        return not (self.action.is_quick or is_granted)

    @property
    def is_prepared(self) -> bool:
        """Something is done before it runs: a file is read or fetched, or a package is tried."""
        return self.action.prepare is not None or self.action.validate_in_trial is not None


class Ended(NamedTuple):
    """A call that has run, or was refused and will never run."""

    request: Request
    id: Any
    caller: Caller | None
    """None if the caller was not authorised."""
    action: Action | None
    """The named action; None if no such method exists, or if the caller was not authorised."""
    result: Any = None
    error: ActionError | None = None


class Result(NamedTuple):
    """What a handler returned."""

    value: Any
    is_counted: bool = False
    """Its size was subtracted from the budget already."""


Outcome = Result | ActionError | Future[Any]
"""The outcome of a handler; a future if the handler finishes in a callback."""
