"""The gateway's versions, its actions and the OpenRPC document."""

from __future__ import annotations

from typing import Any

import anki.buildinfo

from ...rpc import openrpc
from ...rpc.context import Context
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...rpc.shares import REQUEST_THREADS, RESERVED_SLOTS
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


@action(
    "getLimits",
    NoParams,
    s.LIMITS,
    runs_on=RunsOn.ANY,
    is_quick=True,
    examples=[
        Example(
            "the default limits",
            {},
            {
                "headerBytes": 64 * 2**10,
                "bodyBytes": 144 * 2**20,
                "responseBytes": 2**30,
                "mediaBytes": 100 * 2**20,
                "packageBytes": 2**33,
                "batch": 10_000,
                "nesting": 32,
                "threads": 16,
                "threadsPerCaller": 13,
            },
        )
    ],
)
def get_limits(ctx: Context) -> dict[str, int]:
    """Return the limits of requests and responses, so that a program can divide its work into requests that fit.

    The limits are settings, so they can change between two calls.
    """
    assert ctx.limits is not None
    limits = ctx.limits()
    return {
        "headerBytes": limits.header_kilobytes * 2**10,
        "bodyBytes": limits.body_megabytes * 2**20,
        "responseBytes": limits.response_megabytes * 2**20,
        "mediaBytes": limits.media_megabytes * 2**20,
        "packageBytes": limits.package_megabytes * 2**20,
        "batch": limits.batch,
        "nesting": limits.nesting,
        "threads": REQUEST_THREADS,
        "threadsPerCaller": REQUEST_THREADS - 1 - RESERVED_SLOTS,
    }


@action("rpc.discover", NoParams, s.OPENRPC_DOCUMENT, runs_on=RunsOn.ANY, is_quick=True, public=True, once=True)
def discover(ctx: Context) -> dict[str, Any]:
    """Return the OpenRPC document, which describes every method. A batch may call this once."""
    return openrpc.at(ctx.caller.address, ctx.registry.derived(openrpc.contract_of).document)


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
