"""Params and results of the actions on media files."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Boolean, Enum, String, Strings
from ..fields.media import DATA, NAME, PATH, SKIP_HASH, URL, Base64, is_not_empty

COLLISIONS = ("replace", "rename", "error")


class StoreMediaFile(Params):
    filename = String(NAME, required=True, validate=is_not_empty)
    data = Base64(DATA, load_default=None)
    path = String(PATH, load_default=None)
    url = String(URL, load_default=None)
    skip_hash = String(SKIP_HASH, load_default=None)
    delete_existing = Boolean(
        "Move an existing file of that name to the trash; if false, other content gets a free name.", load_default=True
    )
    collision = Enum(
        COLLISIONS,
        "What happens if another file has that name: `replace` moves it to the trash, `rename` gives the new file a "
        "free name, `error` stores nothing. It takes the place of `deleteExisting`.",
        load_default=None,
    )


class RetrieveMediaFile(Params):
    filename = String("Name in the media folder; folders in it are ignored.", required=True)


class DeleteMediaFile(Params):
    filename = String("Name in the media folder.", required=True, validate=is_not_empty)


LONGEST_PATTERN = 255
"""Characters: no system has longer names of files."""


class Pattern(String):
    """A pattern for names of files, at most as long as such a name."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if len(text) > LONGEST_PATTERN:
            raise ma.ValidationError(f"More than {LONGEST_PATTERN} characters: no file name is that long.")
        return text


class GetMediaFilesNames(Params):
    pattern = Pattern(
        "Pattern of the names: `*` matches any text, `?` one character, `[...]` one of several. "
        f"At most {LONGEST_PATTERN} characters.",
        load_default="*",
    )


MEDIA_FOLDER = String("Absolute path of the media folder.", title="MediaFolder")
MEDIA_NAMES = Strings("Names of the files, in no particular order.", title="MediaNames")
STORED_NAME = String("The name it got; null if `skipHash` matched.", title="StoredMediaFile", allow_none=True)
CONTENT = String("Content in base64.", title="RetrievedMediaFile")
TRASHED_NAME = String("Name of the file in the trash; null if there was none.", title="TrashedFile", allow_none=True)
