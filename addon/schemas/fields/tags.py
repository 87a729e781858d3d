"""Tags for notes, as params."""

from __future__ import annotations

from typing import Any

from ...text.anki_text import split_tags
from ...vendored import marshmallow as ma
from .basic import String, Strings

MOST_LEVELS = 100
"""The most levels of a tag. With more, Anki cannot show its tag tree; with very many, it crashes."""

_TOO_DEEP = f"A tag of more than {MOST_LEVELS} levels."


class Tag(String):
    """A tag, or several with spaces between them."""

    kind = "a string, with spaces between several tags"

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if is_too_deep(text):
            raise ma.ValidationError(_TOO_DEEP)
        return text


class Tags(Strings):
    """A list of tags."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        tags = super()._deserialize(value, attr, data, **more)
        if any(map(is_too_deep, tags)):
            raise ma.ValidationError(_TOO_DEEP)
        return tags


def is_too_deep(text: str) -> bool:
    is_long = len(text) >= 2 * MOST_LEVELS
    return is_long and any(tag.count("::") >= MOST_LEVELS for tag in split_tags(text))
