"""Permission to use the gateway."""

from __future__ import annotations

from typing import Any

from ...rpc.context import Context
from ...rpc.errors import Busy, StillRunning
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.gateway import permission as s
from ...text.origins import is_origin
from ...version import API_VERSION

PERMISSION_TIMEOUT_S = 120.0
"""How long requestPermission waits for the user."""


@action(
    "requestPermission",
    NoParams,
    s.PERMISSION,
    runs_on=RunsOn.ANY,
    public=True,
    interactive=True,
    limit=PERMISSION_TIMEOUT_S,
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

    Programs that are not browsers, and allowed origins, have it. For any other origin the gateway asks the user, and
    the call waits for the answer. Permission is denied if no answer comes in time, or if the gateway has no window.
    """
    caller = ctx.caller
    granted = bool(caller.scopes)
    if not granted and caller.origin is not None and is_origin(caller.origin):
        try:
            granted = ctx.wait(
                ctx.host.ask_permission(caller.origin, is_local=not caller.is_remote), PERMISSION_TIMEOUT_S
            )
        except (Busy, StillRunning):
            granted = False
    if not granted:
        return {"permission": "denied"}
    key = ctx.host.requires_key(ctx.caller)
    return {"permission": "granted", "requireApikey": key, "requireApiKey": key, "version": API_VERSION}
