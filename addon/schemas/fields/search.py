"""Search texts: which ones Anki can read safely, and the field for params."""

from __future__ import annotations

import re
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from .basic import Boolean, String
from .paging import LIMIT, OFFSET

DEEPEST = 100
"""The most nested parentheses: a quarter of what fits on the smallest stack of a thread, that of macOS."""
LONGEST_FIELD_NAME = 1000
"""Characters of a field's name: a tenth of the length at which Anki fails on a name with wildcards."""

_NAMED = {"card", "deck", "dupe", "has-cd", "nc", "note", "preset", "sc", "w"}
"""The beginnings of terms whose text is no regular expression, even if it begins with `re:`."""

_PART = re.compile(r'"(?:[^"\\]|\\.)*+"?|(?:[^"\\() \u3000]|\\.)++|[()]', re.DOTALL)
_NAME = re.compile(r'"?((?:[^:\\]|\\.)*+):', re.DOTALL)


_REGEX = re.compile(r'-?"?(?:((?:[^:\\]|\\.)*+):re|[Rr][Ee]):(.*?)"?', re.DOTALL)
"""Anki reads `RE:` at the beginning of a term, too, but not in `tag:RE:`."""


class Search(String):
    """Refuses texts that would crash or block Anki while it parses them."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if problem := search_problem(text):
            raise ma.ValidationError(problem)
        return text


def search_problem(text: str) -> str | None:
    """Why Anki must not parse a text; None if it may."""
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


def regular_expressions(text: str) -> list[str]:
    """The regular expressions in a search text: `re:...`, `tag:re:...`, `Front:re:...`."""
    found = filter(None, map(_REGEX.fullmatch, _PART.findall(text))) if "re:" in text.lower() else ()
    return [term[2].replace('\\"', '"') for term in found if (term[1] or "").lower() not in _NAMED]


class Find(Params):
    query = Search(
        "Search text as in Anki's browser. If empty, everything is found; if left out, nothing.", load_default=None
    )
    limit = LIMIT
    offset = OFFSET
    order_by = String(
        "Column to sort by, such as noteCrt, cardDue or cardLapses: see `browserColumns`.", load_default=None
    )
    descending = Boolean("Reverse this order; needs `orderBy`.", load_default=False)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        if loaded["descending"] and loaded["order_by"] is None:
            raise ma.ValidationError({"descending": ["Needs `orderBy`, the column to sort by, such as noteCrt."]})
        return loaded
