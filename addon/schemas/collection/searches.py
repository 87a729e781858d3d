"""Params and results of the actions that build searches, and keep them."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Ids, List, Nested, String
from ..fields.numbers import Between
from ..fields.search import Search

_MOST_DAYS = 2**31 - 1
_GIVEN = ma.validate.Length(min=1)


class _Text(String):
    """A text that a search can hold. At a null character SQLite ends the text, so that other notes are found."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if "\0" in text:
            raise ma.ValidationError(r"A search cannot hold a null character (\0).")
        return text


class _Search(_Text, Search):
    """A search text without null characters."""


class SearchedField(Object):
    """A field of a note, and its whole content."""

    name = _Text("Field name, compared without case.", required=True, validate=_GIVEN)
    text = _Text("The text that the field is, without HTML; empty for an empty field.", required=True)


class SearchedAnswers(Object):
    """When a card was answered, and how."""

    days = Between(1, _MOST_DAYS, "In the last days; 1 is today.", required=True)
    ease = Between(1, 4, "1 Again, 2 Hard, 3 Good, 4 Easy; default any.", load_default=None)


class SearchedDuplicate(Object):
    """The first field of a note, of which others of its note type are duplicates."""

    model_name = _Text("Note type, compared without case.", required=True)
    first_field = _Text("Its first field, as HTML.", required=True)


def _days(verb: str) -> Between:
    return Between(1, _MOST_DAYS, f"{verb} in the last days; 1 is today.", load_default=None)


class SimplePart(Object):
    """What a note or card must be: exactly one of the members, and perhaps `negated`."""

    deck = _Text(
        "Deck with its sub-decks. `current` is the current deck, and `filtered` all filtered decks.", load_default=None
    )
    tag = _Text("Tag with its sub-tags. `none` is for notes without tags.", load_default=None)
    model_name = _Text("Note type.", load_default=None)
    field = Nested(SearchedField, "Content of a field.", load_default=None)
    text = _Text("Text that a field contains.", load_default=None, validate=_GIVEN)
    state = Enum(["new", "learn", "review", "due", "suspended", "buried"], "State of a card.", load_default=None)
    flag = Between(0, 7, "Flag of a card, 0 for none.", load_default=None)
    rated = Nested(SearchedAnswers, "A card was answered.", load_default=None)
    added = _days("Added")
    edited = _days("Edited")
    due = Between(-_MOST_DAYS, _MOST_DAYS, "Due on this day: 0 today, 1 tomorrow, -1 yesterday.", load_default=None)
    notes = Ids("Note ids.", load_default=None, validate=_GIVEN)
    duplicate = Nested(SearchedDuplicate, "Notes with the same first field.", load_default=None)
    search = _Search("A search text as it is, of any kind.", load_default=None)
    negated = Boolean("All others.", load_default=False)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        names = [name for name in loaded if name != "negated"]
        if sum(loaded[name] is not None for name in names) != 1:
            listed = ", ".join(self.wire(name) for name in names)
            raise ma.ValidationError(f"Give exactly one of {listed}.")
        return loaded


class SearchPart(SimplePart):
    """A term, or several in `any`: exactly one of the members, and perhaps `negated`."""

    any = List(Nested(SimplePart), "Terms of which one must match.", load_default=None, validate=_GIVEN)


class BuildSearch(Params):
    parts = List(Nested(SearchPart), "The parts of the search.", required=True, validate=_GIVEN)
    joiner = Enum(["and", "or"], "Whether all parts must match, or one of them.", load_default="and")


SEARCH_TEXT = String("The search text, in Anki's own spelling.", title="SearchText")


class SavedSearch(Object):
    """A search that the user has saved."""

    name = String("Its name.", required=True)
    search = String("Its search text.", required=True)


SAVED_SEARCHES = List(Nested(SavedSearch), "The saved searches, by name.", title="SavedSearches")


class SaveSearch(Params):
    name = String("Name in its exact spelling.", required=True)
    search = _Search("Search text; if empty, everything is found.", required=True)
    overwrite = Boolean("Replace another search of this name.", load_default=False)


SAVED_TEXT = String("The search text as it was saved, in Anki's own spelling.", title="SavedSearchText")


class RemoveSavedSearch(Params):
    name = String("Name in its exact spelling.", required=True)


REMOVED_SEARCH = String("Its name; null if there was no such search.", title="RemovedSearch", allow_none=True)
