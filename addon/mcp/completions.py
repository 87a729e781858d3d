"""Completion of the arguments of prompts and resources: decks, note types, tags, and fields within a search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .replies import Asked

MOST = 100
"""Values that a completion returns; the protocol allows no more."""
Completer = Callable[[Asked, str], Iterable[str]]
"""Returns all values for an argument that are possible, given what was typed of it."""


def complete(completer: Completer | None, asked: Asked, typed: str) -> dict[str, Any]:
    """Return the values that begin with, or else contain, what was typed. Case does not matter."""
    wanted = typed.casefold()
    values = list(dict.fromkeys(completer(asked, typed))) if completer else []
    found = [value for value in values if value.casefold().startswith(wanted)]
    found += [value for value in values if wanted in value.casefold() and value not in set(found)]
    return {"values": found[:MOST], "total": len(found), "hasMore": len(found) > MOST}


def decks(asked: Asked, typed: str) -> list[str]:
    """Return the names of all decks."""
    return list(asked.result("deckNames"))


def note_types(asked: Asked, typed: str) -> list[str]:
    """Return the names of all note types."""
    return list(asked.result("modelNames"))


def tags(asked: Asked, typed: str) -> list[str]:
    """Return all tags."""
    return list(asked.result("getTags"))


def media_files(asked: Asked, typed: str) -> list[str]:
    """Return the names of all media files."""
    return list(asked.result("getMediaFilesNames"))


def searches(asked: Asked, typed: str) -> list[str]:
    """Complete the last term of a search: the name of a deck, a note type or a tag, or else of a field."""
    term = _LAST_TERM.search(typed)[0]  # type: ignore[index]  # it matches the empty text
    before = typed.removesuffix(term)
    for prefix, names in (("deck:", decks), ("note:", note_types), ("tag:", tags)):
        if term.lstrip('"').startswith(prefix):
            return [before + _quoted(prefix + name) for name in names(asked, typed)]
    fields = {field for model in asked.result("listModels") for field in model["fields"]}
    terms = ["deck:", "note:", "tag:", *sorted(_quoted(f"{field}:") for field in fields)]
    return [before + term for term in terms]


def _quoted(term: str) -> str:
    return f'"{term}"' if re.search(r"\s", term) else term


_LAST_TERM = re.compile(r'(?:(?<![^\s(-])"[^"]*|[^\s"(-][^\s"]*)?\Z')


COMPLETERS: Mapping[str, Completer] = {
    "deck": decks,
    "note_type": note_types,
    "noteType": note_types,
    "tag": tags,
    "filename": media_files,
    "query": searches,
}
