"""Tags that notes get, as params."""

from __future__ import annotations

from typing import Any

from ...text.anki_text import split_tags
from .basic import (
    List,
    String,
    Texts,
)

MOST_LEVELS = 100
"""Of a tag. Over one of more Anki cannot show its tree of tags, and over one of very many it ends."""

_TOO_DEEP = f"A tag of more than {MOST_LEVELS} levels."


class Tag(String):
    """A tag, or several with spaces between them."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if is_too_deep(text):
            raise self.flaw(_TOO_DEEP, value, _TOO_DEEP)
        return text


class Tags(Texts):
    """A list of them."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        tags = super()._deserialize(value, attr, data, **more)
        if any(map(is_too_deep, tags)):
            raise self.flaw(_TOO_DEEP, value, _TOO_DEEP)
        return tags


def is_too_deep(text: str) -> bool:
    is_long = len(text) >= 2 * MOST_LEVELS
    return is_long and any(tag.count("::") >= MOST_LEVELS for tag in split_tags(text))


_NOT_TAGS = "Must provide tags as a list of strings"


class NewTags(List):
    """All the tags that a note will have; a tolerant load takes one text too."""

    def __init__(self, description: str, **more: Any) -> None:
        super().__init__(
            Tag(legacy=_NOT_TAGS),
            description,
            legacy=_NOT_TAGS,
            tolerate=lambda tags: [tags] if isinstance(tags, str) else tags,
            **more,
        )


def tag_list(value: Any) -> Any:
    """AnkiConnect takes one text too, and null."""
    if isinstance(value, str):
        return split_tags(value)
    return list(value) if isinstance(value, dict) else value or []
