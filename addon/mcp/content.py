"""Content blocks: what results, prompts and resources consist of."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from ..rpc import codec

JsonObject = dict[str, Any]

JSON = "application/json"
MEDIA_URI = "anki://media/"
SHOWN_BYTES = 1_000_000
"""Bytes of base64 of all pictures and sounds that one result contains. Those beyond it are named, but not contained."""

_TYPES = {
    "image/apng": ("apng",),
    "image/avif": ("avif",),
    "image/bmp": ("bmp",),
    "image/gif": ("gif",),
    "image/jpeg": ("jpg", "jpeg", "jfif"),
    "image/png": ("png",),
    "image/svg+xml": ("svg",),
    "image/webp": ("webp",),
    "audio/flac": ("flac",),
    "audio/mp4": ("m4a",),
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg", "oga", "opus", "spx"),
    "audio/wav": ("wav",),
    "audio/webm": ("weba",),
}
_SEEN = ("image/gif", "image/jpeg", "image/png", "image/webp")
"""Pictures that models accept; a client may fail with any other. They are sent as resources."""
_TYPE_BY_ENDING = {ending: kind for kind, endings in _TYPES.items() for ending in endings}
_PICTURE = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def text(value: str) -> JsonObject:
    """Return a block with a text."""
    return {"type": "text", "text": value}


def json_text(value: Any) -> JsonObject:
    """Return a block with a value as JSON."""
    return text(codec.dumps(value).decode())


def media_type(name: str) -> str:
    """Return the media type of a file, by its name. It is `application/octet-stream` for other files."""
    return _TYPE_BY_ENDING.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def media(name: str, data: str) -> JsonObject:
    """Return a block with a media file, given its content in base64: a picture, a sound, or any other resource."""
    kind = media_type(name)
    if kind.startswith("audio/") or kind in _SEEN:
        return {"type": kind.partition("/")[0], "data": data, "mimeType": kind}
    return {"type": "resource", "resource": blob(name, data)}


def blob(name: str, data: str) -> JsonObject:
    """Return the contents of a resource that is a media file."""
    return {"uri": media_uri(name), "mimeType": media_type(name), "blob": data}


def media_uri(name: str) -> str:
    """Return the address of a media file as a resource."""
    return MEDIA_URI + quote(name.encode("utf-8", "surrogatepass"), safe="")


def pictures(html: str) -> list[str]:
    """Return the names of the pictures in HTML, in their order. Pictures from elsewhere are left out."""
    found = (next(filter(None, quoted), "") for quoted in _PICTURE.findall(html))
    return [unquote(_unescaped(name)) for name in found if name and not _REMOTE.match(name)]


def _unescaped(name: str) -> str:
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        name = name.replace(escaped, plain)
    return name
