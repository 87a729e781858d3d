"""The gateway itself: its version, its actions, permission to use it, and several calls in one."""

from __future__ import annotations

from typing import Any

from ..rpc import openrpc
from ..rpc.context import Context
from ..rpc.registry import Example, RunsOn, action
from ..schemas import miscellaneous as s
from ..schemas.base import NoParams
from ..version import API_VERSION

PERMISSION_TIMEOUT = 120.0
"""Seconds that requestPermission waits for the user."""


@action("version", NoParams, s.API_VERSION, runs_on=RunsOn.ANY, examples=[Example("the version", {}, 6)])
def version(ctx: Context) -> int:
    """Tell the API version of the old protocol."""
    return API_VERSION


@action(
    "requestPermission",
    NoParams,
    s.PERMISSION,
    runs_on=RunsOn.ANY,
    keyless=True,
    waits_for_person=True,
    limit=PERMISSION_TIMEOUT,
    examples=[
        Example(
            "granted",
            {},
            {"permission": "granted", "requireApikey": False, "requireApiKey": False, "version": 6},
        )
    ],
)
def request_permission(ctx: Context) -> dict[str, Any]:
    """Ask for permission to use the gateway.

    Programs that are no browser, and origins that are allowed, have it. For any other origin the user is asked, and
    the call waits for the answer; without one in time, and where there is nobody to ask, it is denied.
    """
    caller = ctx.caller
    granted = caller.trusted or caller.origin is None
    if not granted and caller.origin is not None:
        try:
            granted = ctx.host.ask_permission(caller.origin).result(PERMISSION_TIMEOUT)
        except TimeoutError:
            granted = False
    if not granted:
        return {"permission": "denied"}
    key = ctx.host.requires_key()
    return {"permission": "granted", "requireApikey": key, "requireApiKey": key, "version": API_VERSION}


@action(
    "apiReflect",
    s.ApiReflect,
    s.REFLECTION,
    runs_on=RunsOn.ANY,
    examples=[
        Example(
            "is it there",
            {"scopes": ["actions"], "actions": ["deckNames", "noSuchThing"]},
            {"scopes": ["actions"], "actions": ["deckNames"]},
        )
    ],
)
def api_reflect(ctx: Context, scopes: list[str], actions: list[str] | None) -> dict[str, list[str]]:
    """Tell which actions there are, or which of the given ones.

    Unknown scopes and names are dropped. A full list is in alphabetical order, capitals before small letters.
    """
    if "actions" not in scopes:
        return {"scopes": []}
    known = [entry.name for entry in ctx.registry.listed()]
    if actions is not None:
        known = [name for name in actions if name in known]
    return {"scopes": ["actions"], "actions": known}


@action("rpc.discover", NoParams, s.OPENRPC_DOCUMENT, runs_on=RunsOn.ANY, keyless=True)
def discover(ctx: Context) -> dict[str, Any]:
    """Give the OpenRPC document, which describes every method."""
    return openrpc.stored().value


@action(
    "multi",
    s.Multi,
    s.OUTCOMES,
    runs_on=RunsOn.ANY,
    examples=[
        Example(
            "one fails",
            {"actions": [{"action": "version"}, {"action": "noSuchThing"}]},
            [
                {"result": 6, "error": None},
                {
                    "result": None,
                    "error": {
                        "code": -32601,
                        "message": "Method not found: noSuchThing",
                        "data": {"kind": "method_not_found", "method": "noSuchThing"},
                    },
                },
            ],
        )
    ],
)
def multi(ctx: Context, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run several calls in order and tell the outcome of each.

    A call that fails does not stop the rest, and nothing is rolled back.
    """
    messages = [
        {"jsonrpc": "2.0", "id": index, "method": call["action"], "params": call["params"]}
        for index, call in enumerate(actions)
    ]
    responses = ctx.many(messages, [call["key"] for call in actions])
    return [
        {"result": response.get("result"), "error": response.get("error")}
        for response in responses
        if response is not None
    ]
