"""The resources: data that agents read by an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from . import content
from .replies import Asked, CallFailed, JsonObject

SEARCH = """\
Search text as in Anki's browser. Terms separated by spaces must all match, `or` between two matches either, `-` \
before one excludes it, parentheses group, `*` is any text, and a term with spaces is quoted whole: `"deck:My \
Deck"`. Terms: `dog` (any field contains it), `"a dog"`, `w:dog` (whole word), `front:dog` (field is dog), \
`front:*dog*` (field contains it), `front:` (field is empty), `deck:French` (with its sub-decks), `tag:verb`, \
`tag:none`, `note:Basic` (note type), `card:1` (template), `is:due`, `is:new`, `is:learn`, `is:review`, \
`is:suspended`, `flag:1`, `added:7` (in the last 7 days), `edited:7`, `rated:7` (answered), `rated:7:1` (Again), \
`prop:lapses>3`, `prop:ivl>=30` (interval in days), `prop:due=1` (tomorrow), `nid:1,2`, `cid:1,2`. Examples: \
`deck:French is:due -tag:hard`, `(tag:a1 or tag:a2) added:30`."""


SEARCH_IN_SHORT = """\
Search text as in Anki's browser: `deck:French -tag:verb (is:due or prop:ivl>=30) added:7`. All terms must match; a \
term with spaces is quoted whole: `"deck:My Deck"`. `dog` is in any field; `front:dog` is all of a field, \
`front:*dog*` a part. More: anki://search-syntax."""


class Resource(NamedTuple):
    """What agents read by an address (`uri`).

    If the address has a part in braces, it is a template: `{name}` stands for a text, or for a number if the name ends
    with `Id`.
    """

    uri: str
    name: str
    title: str
    description: str
    read: Callable[[Asked, Mapping[str, str]], Any]
    """Returns a value, or the contents if `type` is not JSON. None or `[{}]` if it does not exist."""
    type: str | None = content.JSON
    """The media type; None if it depends on the resource."""
    reads: tuple[str, ...] = ()
    """The tools that read the same. If the user has switched off one of them, the resource is not offered."""
    changes: frozenset[str] = frozenset()
    """The kinds of changes (of the event `collectionChanged`) after which the resource may have changed."""

    @property
    def is_template(self) -> bool:
        return "{" in self.uri

    def match(self, uri: str) -> dict[str, str] | None:
        """Return the parts of an address of this resource; None for any other address."""
        pattern = re.sub(r"\\{(\w+)\\}", lambda part: f"(?P<{part[1]}>{_pattern(part[1])})", re.escape(self.uri))
        found = re.fullmatch(pattern, uri)
        return {name: unquote(value) for name, value in found.groupdict().items()} if found else None


def _pattern(name: str) -> str:
    return "[0-9]{1,18}" if name.endswith("Id") else "[^?#]+"


def _deck(asked: Asked, parts: Mapping[str, str]) -> Any:
    return asked.result("deckStatistics", decks=[parts["deck"]])[0]


def _note_types(asked: Asked, parts: Mapping[str, str]) -> list[JsonObject]:
    """All note types; those with notes have an example."""
    return [_with_example(asked, model) for model in asked.result("listModels")]


def _note_type(asked: Asked, parts: Mapping[str, str]) -> JsonObject | None:
    models = [model for model in asked.result("listModels") if model["name"] == parts["noteType"]]
    return _with_example(asked, models[0]) if models else None


def _with_example(asked: Asked, model: JsonObject) -> JsonObject:
    if not model["notes"]:
        return model
    (note, *_) = asked.result("notesInfo", query=f"mid:{model['id']}", limit=1, fields=["fields", "tags"]) or [{}]
    fields = {name: field["value"] for name, field in note.get("fields", {}).items()}
    return {**model, "example": {"fields": fields, "tags": note.get("tags", [])}}


def _media_file(asked: Asked, parts: Mapping[str, str]) -> JsonObject:
    return content.blob(parts["filename"], asked.result("retrieveMediaFile", filename=parts["filename"]))


RESOURCES = (
    Resource(
        "anki://search-syntax",
        "search-syntax",
        "Search syntax",
        "The search text of Anki's browser, which findNotes, findCards and others take.",
        lambda asked, parts: SEARCH,
        "text/markdown",
    ),
    Resource(
        "anki://decks",
        "decks",
        "Decks",
        "All decks as a flat list of full names, `::` between levels, with the cards left for today and the states of "
        "all cards.",
        lambda asked, parts: asked.result("deckStatistics"),
        reads=("deckStatistics",),
        changes=frozenset({"deck", "card", "studyQueues"}),
    ),
    Resource(
        "anki://note-types",
        "note-types",
        "Note types",
        "All note types with their fields and templates, and an example note of each that is used.",
        _note_types,
        reads=("listModels", "notesInfo"),
        changes=frozenset({"noteType", "note"}),
    ),
    Resource(
        "anki://statistics",
        "statistics",
        "Statistics",
        "Cards, today's answers and retention of the whole collection.",
        lambda asked, parts: asked.result("collectionStatistics"),
        reads=("collectionStatistics",),
        changes=frozenset({"card", "note"}),
    ),
    Resource(
        "anki://notes/{noteId}",
        "note",
        "Note",
        "A note with its fields, tags and cards.",
        lambda asked, parts: asked.result("notesInfo", notes=[int(parts["noteId"])]),
        reads=("notesInfo",),
        changes=frozenset({"note", "noteType"}),
    ),
    Resource(
        "anki://cards/{cardId}",
        "card",
        "Card",
        "A card with both sides and scheduling.",
        lambda asked, parts: asked.result("cardsInfo", cards=[int(parts["cardId"])]),
        reads=("cardsInfo",),
        changes=frozenset({"card", "note", "noteType"}),
    ),
    Resource(
        "anki://decks/{deck}",
        "deck",
        "Deck",
        "The cards of a deck that are left for today, and the states of all its cards.",
        _deck,
        reads=("deckStatistics",),
        changes=frozenset({"deck", "card", "studyQueues"}),
    ),
    Resource(
        "anki://note-types/{noteType}",
        "note-type",
        "Note type",
        "A note type with its fields, its templates and an example note.",
        _note_type,
        reads=("listModels", "notesInfo"),
        changes=frozenset({"noteType", "note"}),
    ),
    Resource(
        "anki://media/{filename}",
        "media",
        "Media file",
        "A picture, a sound or another file of the media folder.",
        _media_file,
        None,
        ("retrieveMediaFile",),
    ),
)

_NO_SUCH: list[JsonObject] = [{}]
"""The result of actions for an id that does not exist."""
_NOT_FOUND = frozenset({"not_found", "deck_not_found", "model_not_found"})
"""The kinds of errors of actions for something that does not exist."""


def read(resources: Sequence[Resource], asked: Asked, uri: str) -> tuple[Resource, Any] | None:
    """Return a resource and what it contains; None if there is none at the address. Raises CallFailed."""
    for resource in resources:
        if (parts := resource.match(uri)) is not None:
            try:
                asked.require(resource.reads)
                found = resource.read(asked, parts)
            except CallFailed as failure:
                if failure.error["data"].get("kind") in _NOT_FOUND:
                    return None
                raise
            return None if found is None or found == _NO_SUCH else (resource, found)
    return None
