"""Params and result of the sync."""

from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Integer, Nested, String


class Sync(Params):
    full = Enum(
        ["upload", "download"],
        "What to do if a full sync is needed: `upload` replaces everything on the server, `download` everything "
        "here. If left out, a full sync is refused.",
        load_default=None,
    )
    wait_for_media = Boolean("Return only after the media are synced, too.", load_default=False)


class SyncResult(Object):
    """What a sync has changed."""

    collection = Enum(
        ["unchanged", "merged", "uploaded", "downloaded"],
        "What happened to the collection: nothing had changed on either side, the changes of both were merged, or the "
        "requested full sync was made.",
        required=True,
    )
    media = Enum(
        ["off", "running", "synced", "failed"],
        "The media: off in this profile's settings, still syncing in the background, synced, or failed.",
        required=True,
    )
    server_message = String("Message of the server to the user; usually empty.", required=True)


SYNC_RESULT = Nested(SyncResult, "The outcome of the sync.")


class GetSyncStatus(Params):
    fresh = Boolean("Ask the server again, although its last answer is less than five minutes old.", load_default=False)


class NeededSync(Object):
    """Whether a sync is needed."""

    required = Enum(
        ["none", "normal", "full"],
        "The sync that is needed. A full one replaces one side by the other, so `sync` needs `full` for it.",
        required=True,
    )
    local = Boolean("Only this side was looked at, because it has changes; the server was not asked.", required=True)
    checked_at = Integer(
        "When the server gave this answer, in seconds since 1970; null if it was not asked.",
        required=True,
        allow_none=True,
    )


SYNC_STATUS = Nested(NeededSync, "The sync that is needed.")
