"""What tools, prompts and resources have at hand when they answer, and what a tool returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..rpc.errors import PermissionDenied
from .inputs import Dialog, Signer
from .pages import Page

JsonObject = dict[str, Any]
Call = Callable[[Sequence[tuple[str, JsonObject]]], list[JsonObject]]
"""Calls JSON-RPC methods with params, together as one batch, and returns the response objects. If a call has made a
step in Anki's undo history, its response has the name under `step`."""


class CallFailed(Exception):
    """A call of an action was answered with an error."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(error["message"])
        self.error = error


class SwitchedOff(CallFailed):
    """The user has switched off the tool that reads what an action reads."""

    def __init__(self, name: str) -> None:
        text = f"The tool {name} is switched off. The user can allow it with the setting mcpTools of AnkiRPC"
        super().__init__({"code": PermissionDenied.code, "message": text, "data": {"kind": PermissionDenied.kind}})


class Asked(NamedTuple):
    """A request for a tool, a prompt or a resource."""

    call_all: Call
    signer: Signer
    dialog: Dialog
    require: Callable[[Iterable[str]], None] = lambda methods: None
    """Raises SwitchedOff if one of these actions must not be called."""

    def only(self, is_switched_off: Callable[[str], bool]) -> Asked:
        """Return what calls the same, but raises SwitchedOff for actions for which the function returns True."""

        def require(methods: Iterable[str]) -> None:
            for method in methods:
                if is_switched_off(method):
                    raise SwitchedOff(method)

        def call_all(wanted: Sequence[tuple[str, JsonObject]]) -> list[JsonObject]:
            require(method for method, _ in wanted)
            return self.call_all(wanted)

        return self._replace(call_all=call_all, require=require)

    def call(self, method: str, params: JsonObject) -> JsonObject:
        """Call an action, and return the response object."""
        return self.call_all([(method, params)])[0]

    def result(self, method: str, /, **params: Any) -> Any:
        """Call an action, and return its result. Raises CallFailed."""
        return result_of(self.call(method, params))


def result_of(response: JsonObject) -> Any:
    """Return the result in a response object. Raises CallFailed."""
    if "error" in response:
        raise CallFailed(response["error"])
    return response["result"]


class ToolReply(NamedTuple):
    """The outcome of a tool."""

    result: Any = None
    """The result in JSON."""
    blocks: Sequence[JsonObject] = ()
    """Content blocks after the result."""
    beside: Mapping[str, Any] = {}
    """Members beside `result`."""
    page: tuple[Page, int] | None = None
    """The page that the result is, and the number of entries of the whole list."""
    only_blocks: bool = False
    """The content blocks are all: there is no result in JSON."""
