"""Params and result of the sync."""

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Integer, Nested, String
from ..fields.outcomes import ErrorObject

_NOT_EMPTY = ma.validate.Length(min=1, error="Must not be empty.")


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


class MediaSyncCounts(Object):
    """What the media sync has done so far, in Anki's words and the user's language."""

    checked = String("Number of files that were checked.", required=True)
    added = String("Number of files that were added on each side.", required=True)
    removed = String("Number of files that were removed on each side.", required=True)


class MediaSyncState(Object):
    """The media sync that is running, or the last one since the start."""

    active = Boolean("A media sync is running.", required=True)
    progress = Nested(MediaSyncCounts, "What it has done; null if that is unknown.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why the last one failed; null if it did not.", required=True, allow_none=True)


MEDIA_SYNC_STATUS = Nested(MediaSyncState, "The media sync.")


class SyncLogin(Params):
    user = String("The account: for AnkiWeb an e-mail address.", required=True, validate=_NOT_EMPTY)
    password = String("Its password. It is not stored.", required=True, validate=_NOT_EMPTY)
    server = String(
        "Address of a server of your own; an empty text for AnkiWeb. By default the one that is used now. Only "
        "programs on this computer may name one.",
        load_default=None,
    )


LOGGED_OUT = Boolean("There was an account.", title="LoggedOut")


SYNC_STATUS = Nested(NeededSync, "The sync that is needed.")
