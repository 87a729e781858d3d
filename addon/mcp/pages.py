"""Long lists are answered in pages, with the total and how to get more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..rpc.errors import InvalidParams, Problem

JsonObject = dict[str, Any]

PAGE = 100
"""Entries of a list that are returned if the call has no `limit`."""
SCHEMAS: Mapping[str, JsonObject] = {
    "limit": {"type": "integer"},
    "offset": {"type": "integer"},
}
"""The params of every tool that reads a list."""

_FOUND_BY = {"notesInfo": ("query", "findNotes", "notes")}
"""Tools that take a search or ids: the param of the search, the action that finds the ids, and the param of the ids."""
_IDS = {"notesInfo": "notes", "cardsInfo": "cards"}
"""Tools that read what their ids name: the param of the ids. Only the entries of the page are read."""


class Page:
    """A part of a list."""

    def __init__(self, arguments: JsonObject) -> None:
        """Take the page out of the arguments of a call. Raises InvalidParams."""
        limit, offset = (arguments.pop(name, None) for name in ("limit", "offset"))
        self.limit, self.offset = PAGE if limit is None else limit, offset or 0
        wrong = [
            Problem(name, f"Must be a whole number, {lowest} or more.")
            for name, value, lowest in (("limit", self.limit, 0), ("offset", self.offset, 0))
            if isinstance(value, bool) or not isinstance(value, int) or value < lowest
        ]
        if wrong:
            raise InvalidParams(wrong)

    def of(self, entries: Sequence[Any]) -> list[Any]:
        return list(entries[self.offset : self.offset + self.limit])

    def beside(self, shown: int, total: int) -> JsonObject:
        """Return what is said beside the entries that are shown; nothing if they are all."""
        if shown == total:
            return {}
        end = self.offset + shown
        text = f"{shown} of {total} entries are shown, from {self.offset} on."
        if end < total:
            text += f" Ask again with offset {end}, or for less."
        return {"total": total, "truncated": text}


def ids_param(name: str) -> str | None:
    """Return the param of a tool whose ids are read one by one; None if the tool has none."""
    return _IDS.get(name)


def search_of(name: str) -> tuple[str, str, str] | None:
    """Return the param with a search, the action that finds the ids, and the param of the ids; None for other tools."""
    return _FOUND_BY.get(name)
