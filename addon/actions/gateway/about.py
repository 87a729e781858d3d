"""The gateway's versions, its actions and the OpenRPC document."""

from __future__ import annotations

from typing import Any

import anki.buildinfo

from ...rpc import openrpc
from ...rpc.context import Context
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.gateway import about as s
from ...version import API_VERSION

PLUS_VERSION = "1.3.0"
"""The version of AnkiConnect Plus whose actions the gateway has."""


@action("version", NoParams, s.API_VERSION, runs_on=RunsOn.ANY, is_quick=True, examples=[Example("the version", {}, 6)])
def version(ctx: Context) -> int:
    """Return the API version, which is always 6."""
    return API_VERSION


@action(
    "apiReflect",
    s.ApiReflect,
    s.REFLECTION,
    runs_on=RunsOn.ANY,
    is_quick=True,
    examples=[
        Example(
            "is it there",
            {"scopes": ["actions"], "actions": ["deckNames", "noSuchThing"]},
            {"scopes": ["actions"], "actions": ["deckNames"]},
        )
    ],
)
def api_reflect(ctx: Context, scopes: list[str], actions: list[str] | None) -> dict[str, list[str]]:
    """List all actions, or those of the given names that exist.

    Unknown scopes and names are left out. The list of all actions is sorted, capitals before small letters.
    """
    if "actions" not in scopes:
        return {"scopes": []}
    known = [entry.name for entry in ctx.registry.listed()]
    if actions is not None:
        known = [name for name in actions if name in known]
    return {"scopes": ["actions"], "actions": known}


@action("rpc.discover", NoParams, s.OPENRPC_DOCUMENT, runs_on=RunsOn.ANY, is_quick=True, public=True, once=True)
def discover(ctx: Context) -> dict[str, Any]:
    """Return the OpenRPC document, which describes every method. A batch may call this once."""
    return openrpc.at(ctx.caller.address, openrpc.stored())


@action(
    "getVersion",
    NoParams,
    s.VERSIONS,
    runs_on=RunsOn.ANY,
    is_quick=True,
    examples=[Example("the versions", {}, {"anki": "26.09.3", "ankiConnectPlus": PLUS_VERSION})],
)
def get_version(ctx: Context) -> dict[str, str]:
    """Return the version of Anki, and that of AnkiConnect Plus, whose actions the gateway has."""
    return {"anki": anki.buildinfo.version, "ankiConnectPlus": PLUS_VERSION}
