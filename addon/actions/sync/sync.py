"""Syncing with AnkiWeb, or with a server of the user's own."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from ...collection.errors import FullSyncRequired, LoginRefused, NotLoggedIn, Offline, SyncFailed
from ...rpc.context import Context
from ...rpc.errors import Busy, Cancelled, CollectionUnavailable, GuiUnavailable, Refused, StillRunning
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.sync import sync as s
from ..media.files import refuse_databases

SYNC_LIMIT_S = 3600.0
"""Seconds that a caller waits: a full sync of a large collection takes long on a slow line."""


def _needs(params: dict[str, Any]) -> list[tuple[Scope, str]]:
    return [] if params["full"] is None else [(Scope.DELETE, "replace one side of a sync by the other")]


@action(
    "sync",
    s.Sync,
    s.SYNC_RESULT,
    runs_on=RunsOn.ANY,
    scope=Scope.SYNC,
    needs=_needs,
    writes=True,
    undoable=False,
    limit=SYNC_LIMIT_S,
    startable=True,
    cancellable=True,
    errors=[
        *(CollectionUnavailable, GuiUnavailable, Busy, StillRunning),
        *(NotLoggedIn, LoginRefused, Offline, FullSyncRequired, SyncFailed, Cancelled, Refused),
    ],
    examples=[
        Example(
            "wait for the media, too",
            {"full": None, "waitForMedia": True},
            {"collection": "unchanged", "media": "synced", "serverMessage": ""},
        ),
    ],
)
def sync(ctx: Context, full: str | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
    """Sync the collection and its media with the account that is set up, and tell what happened.

    No question is put to the user. Where both sides cannot be merged, the error tells which ways of a full sync are
    possible; such a sync happens only when it is asked for by name, loses what is on the other side only, and needs the
    scope `delete`. Before a download the collection is backed up. Meanwhile calls that need the collection or the
    windows wait, and after a minute they are answered `busy`.
    """
    if (col := ctx.host.collection()) is not None:
        refuse_databases(col)
    return ctx.host.sync(full, wait_for_media=wait_for_media)
