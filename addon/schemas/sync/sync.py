"""What the sync takes and gives."""

from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Nested, String


class Sync(Params):
    full = Enum(
        ["upload", "download"],
        "What to do where a full sync is needed: `upload` replaces everything on the server, `download` everything "
        "here. Without it, such a sync is refused.",
        load_default=None,
    )
    wait_for_media = Boolean("Answer when the media are synced, too, not only the collection.", load_default=False)


class SyncResult(Object):
    collection = Enum(
        ["unchanged", "merged", "uploaded", "downloaded"],
        "What happened to the collection: nothing had changed on either side, the changes of both were merged, or a "
        "full sync went the way that was asked for.",
        required=True,
    )
    media = Enum(
        ["off", "running", "synced", "failed"],
        "The media: not synced by this profile's settings, on their way in the background, done, or not done "
        "because of an error.",
        required=True,
    )
    server_message = String("What the server has to tell the user; mostly empty.", required=True)


SYNC_RESULT = Nested(SyncResult, "What the sync did.")
