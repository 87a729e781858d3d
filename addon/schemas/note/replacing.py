"""Params and results of the actions that replace text in notes."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Boolean, Ids, Integer, String
from ..fields.search import Search
from ..package.selection import require_one


class FindAndReplaceInNotes(Params):
    find_text = String(
        "Text to find, not empty; with `regex` a regular expression of Rust: no look-around and no back-references.",
        required=True,
        validate=ma.validate.Length(min=1, error="Must not be empty."),
    )
    replace_text = String("The new text; with `regex`, `$1` and `${name}` stand for groups.", required=True)
    notes = Ids("Note ids. Give either these or a `query`.", load_default=None)
    query = Search("Search text for the notes, as in Anki's browser.", load_default=None)
    field = String("Name of the only field to search, compared without case; default all.", load_default=None)
    regex = Boolean("`findText` is a regular expression.", load_default=False)
    match_case = Boolean("Distinguish capital letters.", load_default=False)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        return require_one(loaded, "notes", "query")


CHANGED_NOTES = Integer("Number of notes that were changed.", title="NumberOfChangedNotes")
