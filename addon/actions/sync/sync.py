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
"""How long a caller waits, in seconds: a full sync of a large collection takes long on a slow line."""


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
    """Sync the collection and its media with the configured account and return what happened.

    The user is not asked anything. If both sides cannot be merged, the error lists the possible full syncs. A full sync
    happens only if `full` names it; it overwrites one side and needs the scope `delete`. Before a download the
    collection is backed up. During the sync, calls that need the collection or the windows wait; after a minute they
    fail with `busy`.
    """
    if (col := ctx.host.collection()) is not None:
        refuse_databases(col)
    return ctx.host.sync(full, wait_for_media=wait_for_media)
