"""Syncing with AnkiWeb, or with a server of the user's own."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from ...collection.errors import FullSyncRequired, LoginRefused, NotLoggedIn, Offline, StorageFailed, SyncFailed
from ...rpc.context import Context
from ...rpc.errors import Busy, CollectionUnavailable, GuiUnavailable, Refused, StillRunning
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
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
        *(NotLoggedIn, LoginRefused, Offline, FullSyncRequired, SyncFailed, Refused, StorageFailed),
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
    return ctx.host.sync(full, ctx.caller, wait_for_media=wait_for_media)


@action(
    "syncStatus",
    s.GetSyncStatus,
    s.SYNC_STATUS,
    runs_on=RunsOn.ANY,
    scope=Scope.SYNC,
    errors=[
        *(CollectionUnavailable, GuiUnavailable, Busy, StillRunning),
        *(NotLoggedIn, LoginRefused, Offline, SyncFailed),
    ],
    examples=[
        Example("never synced", {}, {"required": "full", "local": True, "checkedAt": None}),
    ],
)
def sync_status(ctx: Context, *, fresh: bool) -> Future[dict[str, Any]]:
    """Return whether a sync is needed, and of which kind, without syncing. Media do not count.

    If something has changed here since the last sync, this alone decides, and the server is not asked: it may have
    changes too. Otherwise the server is asked, and its answer is kept for five minutes, or until the next sync. A
    normal sync can turn out to bring nothing, because a sync from another device counts as a change.
    """
    return ctx.host.sync_status(fresh=fresh)


@action(
    "mediaSyncStatus",
    NoParams,
    s.MEDIA_SYNC_STATUS,
    runs_on=RunsOn.ANY,
    scope=Scope.SYNC,
    errors=[CollectionUnavailable],
    examples=[Example("never synced", {}, {"active": False, "progress": None, "error": None})],
)
def media_sync_status(ctx: Context) -> dict[str, Any]:
    """Return whether the media are being synced in the background, and why the last time failed.

    Anki syncs the media after the collection. Its error is kept until the next sync begins.
    """
    return ctx.host.media_sync_status()
