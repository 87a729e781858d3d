"""The account for syncing."""

from __future__ import annotations

from concurrent.futures import Future

from ...collection.errors import LoginRefused, Offline, SyncFailed
from ...collection.sync import server_address
from ...rpc.context import Context
from ...rpc.errors import (
    Busy,
    CollectionUnavailable,
    GuiUnavailable,
    PermissionDenied,
    Refused,
    StillRunning,
)
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.fields.basic import NOTHING
from ...schemas.sync import sync as s


@action(
    "syncLogin",
    s.SyncLogin,
    NOTHING,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    writes=True,
    undoable=False,
    errors=[
        *(CollectionUnavailable, GuiUnavailable, Busy, StillRunning),
        *(LoginRefused, Offline, SyncFailed, Refused),
    ],
    examples=[
        Example(
            "a server of your own",
            {"user": "somebody", "password": "open sesame", "server": "http://127.0.0.1:27701/"},
            None,
        ),
    ],
)
def sync_login(ctx: Context, user: str, password: str, server: str | None) -> Future[None]:
    """Log in to AnkiWeb, or to a server of your own, for `sync`. If the login fails, the present account stays.

    In Anki the account is that of the open profile. A gateway without Anki's window keeps it until it ends, or opens
    another profile. Only a key that the server issues is stored, never the password.

    Calls from another computer are rejected, because the connection is not encrypted, and so are those of agents.
    """
    caller = ctx.caller
    if caller.is_remote:
        raise PermissionDenied("A password is not accepted over a connection from another computer: it has no TLS.")
    if caller.is_agent:
        raise PermissionDenied("A password is not accepted from an agent. The user logs in.")
    if server is not None and not caller.is_local_program:
        raise PermissionDenied("Only a program on this computer may name a server to log in to.", origin=caller.origin)
    if server:
        try:
            server = server_address(server)
        except ValueError as error:
            raise Refused(str(error), field=s.SyncLogin.wire("server")) from None
    return ctx.host.sync_login(user, password, server)


@action(
    "syncLogout",
    NoParams,
    s.LOGGED_OUT,
    runs_on=RunsOn.ANY,
    scope=Scope.ADMIN,
    writes=True,
    undoable=False,
    idempotent=True,
    errors=[CollectionUnavailable, GuiUnavailable, Busy, StillRunning],
    examples=[Example("there was no account", {}, False)],
)
def sync_logout(ctx: Context) -> Future[bool]:
    """Forget the account for syncing, and return whether there was one. Nothing is lost on either side.

    The next sync compares all media, as it may be with another account. Fails with `busy` while a sync is running.
    """
    return ctx.host.sync_logout()
