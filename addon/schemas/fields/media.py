"""Media files as params: their content or its source, and the files of a note."""

from typing import Any

from ...text import base64_chunks
from ...vendored import marshmallow as ma
from ..base import Object
from .basic import Boolean, List, Nested, String, Strings


def is_not_empty(name: str) -> None:
    if not name:
        raise ma.ValidationError("May not be empty.")


BASE64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
"""RFC 4648, section 4."""


class Base64(String):
    """Content, decoded."""

    def __init__(self, description: str, **more: Any) -> None:
        super().__init__(description, metadata={"pattern": BASE64}, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        text = super()._deserialize(value, attr, data, **more)
        try:
            return base64_chunks.decode(text)
        except ValueError as error:
            raise ma.ValidationError(f"Not valid base64: {error}.") from None


NAME = "Name to store the file under; Anki normalises it, and folders are dropped."
DATA = "Content in base64; used before `path` and `url`."
PATH = "File to copy, readable by the gateway; used before `url`."
URL = "Address to fetch, http or https."
SKIP_HASH = "MD5 of content not to store, in lower-case hexadecimal digits."


class MediaItem(Object):
    """A file for a note, with its source."""

    filename = String(NAME, required=True, validate=is_not_empty)
    data = Base64(DATA, load_default=None)
    path = String(PATH, load_default=None)
    url = String(URL, load_default=None)
    skip_hash = String(SKIP_HASH, load_default=None)
    delete_existing = Boolean("As in storeMediaFile, but false by default.", load_default=False)
    fields = Strings("Exact names of the fields to which the reference is appended.", load_default=None)


class Media(List):
    """Files for a note."""

    def __init__(self, description: str) -> None:
        super().__init__(Nested(MediaItem), description, load_default=list)


AUDIO = Media("Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`.")
VIDEO = Media("Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`.")
PICTURE = Media("Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`.")
