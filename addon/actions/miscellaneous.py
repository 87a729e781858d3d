"""The gateway itself (version, actions, permission, several calls in one), and the collection as a whole."""

from __future__ import annotations

from typing import Any

import anki.buildinfo

from ..rpc import openrpc
from ..rpc.context import Context
from ..rpc.errors import Busy, InvalidRequest, StillRunning
from ..rpc.registry import Example, RunsOn, action
from ..schemas import miscellaneous as s
from ..schemas.base import NoParams
from ..text.origins import is_origin
from ..version import API_VERSION

PLUS_VERSION = "1.3.0"
"""The version of AnkiConnect Plus, a fork, whose actions are served too."""

PERMISSION_TIMEOUT = 120.0
"""Seconds that requestPermission waits for the user."""


@action("version", NoParams, s.API_VERSION, runs_on=RunsOn.ANY, is_quick=True, examples=[Example("the version", {}, 6)])
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
    granted = bool(caller.scopes)
    if not granted and caller.origin is not None and is_origin(caller.origin):
        try:
            granted = ctx.wait(
                ctx.host.ask_permission(caller.origin, is_local=not caller.is_remote), PERMISSION_TIMEOUT
            )
        except (Busy, StillRunning):
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
    """Tell which actions there are, or which of the given ones.

    Unknown scopes and names are dropped. A full list is in alphabetical order, capitals before small letters.
    """
    if "actions" not in scopes:
        return {"scopes": []}
    known = [entry.name for entry in ctx.registry.listed()]
    if actions is not None:
        known = [name for name in actions if name in known]
    return {"scopes": ["actions"], "actions": known}


@action("rpc.discover", NoParams, s.OPENRPC_DOCUMENT, runs_on=RunsOn.ANY, is_quick=True, keyless=True, once=True)
def discover(ctx: Context) -> dict[str, Any]:
    """Return the OpenRPC document, which describes every method. A batch may call this once."""
    return openrpc.stored().value


@action(
    "multi",
    s.Multi,
    s.OUTCOMES,
    runs_on=RunsOn.ANY,
    errors=[InvalidRequest],
    examples=[
        Example(
            "params by name and by position",
            {
                "actions": [
                    {"action": "findNotes", "params": {"query": "tag:fruit"}},
                    {"action": "deckNameFromId", "params": [1700000002002]},
                ]
            },
            [{"result": [1700000000001], "error": None}, {"result": "Italian::A1", "error": None}],
        ),
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
        ),
    ],
)
def multi(ctx: Context, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run several calls in order and tell the outcome of each.

    A call that fails does not stop the rest, and nothing is rolled back. A `multi` may stand in a `multi`, 32 deep.
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


# --- the collection ---


@action(
    "getVersion",
    NoParams,
    s.VERSIONS,
    runs_on=RunsOn.ANY,
    is_quick=True,
    examples=[Example("the versions", {}, {"anki": "26.09.3", "ankiConnectPlus": PLUS_VERSION})],
)
def get_version(ctx: Context) -> dict[str, str]:
    """Tell the version of Anki, and of AnkiConnect Plus, whose actions are served."""
    return {"anki": anki.buildinfo.version, "ankiConnectPlus": PLUS_VERSION}


@action(
    "getCollection",
    NoParams,
    s.COLLECTION,
    examples=[
        Example(
            "with nothing in it",
            {},
            {
                "created": 1700000000,
                "modified": 1700000000000,
                "lastSync": 0,
                "noteCount": 0,
                "cardCount": 0,
                "config": {"schedVer": 2},
                "models": [],
                "decks": [{"id": 1, "mod": 0, "name": "Default", "desc": "", "dyn": 0, "conf": 1}],
                "dconf": [],
                "tags": [],
            },
        )
    ],
)
def get_collection(ctx: Context) -> dict[str, Any]:
    """Describe the collection as a whole: its times, its size, and everything in it but notes and cards."""
    col = ctx.col
    assert col.db is not None
    ((created, modified, last_sync),) = col.db.all("select crt, mod, ls from col")
    return {
        "created": created,
        "modified": modified,
        "lastSync": last_sync,
        "noteCount": col.note_count(),
        "cardCount": col.card_count(),
        "config": col.all_config(),
        "models": col.models.all(),
        "decks": [{key: deck.get(key) for key in _DECK_KEYS} for deck in col.decks.all()],
        "dconf": col.decks.all_config(),
        "tags": col.tags.all(),
    }


_DECK_KEYS = ("id", "mod", "name", "desc", "dyn", "conf")


@action(
    "getCollectionConfig",
    NoParams,
    s.COLLECTION_CONFIG,
    examples=[Example("some of many", {}, {"schedVer": 2, "rollover": 4})],
)
def get_collection_config(ctx: Context) -> dict[str, Any]:
    """Tell all settings of Anki that belong to the collection."""
    return ctx.col.all_config()


@action("isFsrsActive", NoParams, s.FSRS_ACTIVE, examples=[Example("never decided", {}, None)])
def is_fsrs_active(ctx: Context) -> bool | None:
    """Tell whether Anki schedules by FSRS; null where that was never decided, so that it does not."""
    active: bool | None = ctx.col.get_config("fsrs")
    return active
