"""Media files as params: their content or where it comes from, and those that a note names."""

from typing import Any

from ...text import base64_chunks
from ...vendored import marshmallow as ma
from ..base import Flaw, Object
from .basic import Boolean, List, Nested, String, Texts, is_not_subscriptable, legacy_text, texts_only


def _not_base64(value: Any) -> str:
    return f"argument should be a bytes-like object or ASCII string, not '{type(value).__name__}'"


def absent_if_empty(value: Any) -> Any:
    return value or None


def ignored_unless_text(value: Any) -> Any:
    return value if isinstance(value, str) else None


def is_not_empty(name: str) -> None:
    if not name:
        raise ma.ValidationError([Flaw("May not be empty.", "Directory not empty (os error 39)")])


BASE64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
"""RFC 4648, section 4."""


class Base64(String):
    """Content, decoded. A tolerant one is left as text: whether it is base64 is asked, and told, for each file."""

    legacy = staticmethod(_not_base64)

    def __init__(self, description: str, **more: Any) -> None:
        super().__init__(description, metadata={"pattern": BASE64}, **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        text = super()._deserialize(value, attr, data, **more)
        if self.is_tolerant:
            return text
        try:
            return base64_chunks.decode(text)
        except ValueError as error:
            raise self.flaw(f"Not valid base64: {error}.", value) from None


NAME = "Name to store under, without its folders; Anki cleans it."
DATA = "Content in base64; used before `path` and `url`."
PATH = "File to copy, readable by the gateway; used before `url`."
URL = "Address to fetch, http or https."
SKIP_HASH = "MD5 of content that must not be stored, in lower-case hexadecimal digits."


class MediaItem(Object):
    filename = String(NAME, required=True, validate=is_not_empty)
    data = Base64(DATA, load_default=None, tolerate=absent_if_empty)
    path = String(PATH, load_default=None, tolerate=absent_if_empty)
    url = String(URL, load_default=None, tolerate=absent_if_empty)
    skip_hash = String(SKIP_HASH, load_default=None, tolerate=ignored_unless_text)
    delete_existing = Boolean("As in storeMediaFile, but off by default.", load_default=False)
    fields = Texts("Exact names of the fields that get the reference appended.", load_default=None, tolerate=texts_only)


class Media(List):
    """Files for a note: a list of media items; a tolerant one takes a single item too.

    There, an item that is not valid becomes `{"error": text, "fields": [...]}`: AnkiConnect adds the note and
    writes the text into the item's fields.
    """

    def __init__(self, description: str) -> None:
        super().__init__(
            Nested(MediaItem),
            description,
            load_default=list,
            tolerate=lambda value: [] if value in (None, "") else value,
        )

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if not self.is_tolerant:
            return super()._deserialize(value, attr, data, **more)
        items = value if isinstance(value, list) else [value]
        return [self._item(item) for item in items if item is not None]

    def _item(self, item: Any) -> Any:
        if not isinstance(item, dict):
            raise self.flaw("Not an object.", item, is_not_subscriptable)
        fields = item.get("fields")
        for name in fields if isinstance(fields, list) else ():
            if isinstance(name, list | dict):  # AnkiConnect looks it up in a dictionary
                raise self.flaw("Not a valid string.", name, f"unhashable type: '{type(name).__name__}'")
        try:
            return self.inner.deserialize(item)
        except ma.ValidationError as error:
            text = legacy_text(error)
        if not isinstance(fields, list):
            raise self.flaw("Missing data for required field.", item, "'fields'")
        return {"error": text, "fields": texts_only(fields)}


AUDIO = Media("Sounds to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`.")
VIDEO = Media("Videos to store; `[sound:...]` is appended to the fields they name. Needs the scope `media`.")
PICTURE = Media("Pictures to store; `<img>` is appended to the fields they name. Needs the scope `media`.")
