"""The text of a search: which ones Anki can read, and the field for params."""

from __future__ import annotations

import re
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from .basic import String
from .paging import LIMIT, OFFSET

DEEPEST = 100
"""Parentheses within each other: a quarter of what the smallest stack of a thread, that of macOS, has room for."""
LONGEST_FIELD_NAME = 1000
"""Characters of a field's name: a tenth of where Anki breaks down over one with wildcards."""

_PART = re.compile(r'"(?:[^"\\]|\\.)*+"?|(?:[^"\\() \u3000]|\\.)++|[()]', re.DOTALL)
_NAME = re.compile(r'"?((?:[^:\\]|\\.)*+):', re.DOTALL)


class Search(String):
    """Refuses what would end Anki, or leave it unable to do anything more: both happen while it reads the text."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if problem := search_problem(text):
            raise ma.ValidationError(problem)
        return text


def search_problem(text: str) -> str | None:
    """Why Anki must not read a text; None if it may."""
    if text.count("(") <= DEEPEST and len(text) <= LONGEST_FIELD_NAME:
        return None
    depth = 0
    for part in _PART.findall(text):
        if part == "(":
            depth += 1
        elif part == ")":
            depth = max(0, depth - 1)
        elif (name := _NAME.match(part)) and len(name[1]) > LONGEST_FIELD_NAME:
            return f"A field's name of more than {LONGEST_FIELD_NAME} characters."
        if depth > DEEPEST:
            return f"More than {DEEPEST} parentheses within each other."
    return None


class Find(Params):
    query = Search(
        "Search text as in Anki's browser; empty for everything, and without it nothing is found.", load_default=None
    )
    limit = LIMIT
    offset = OFFSET
