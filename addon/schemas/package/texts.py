"""Params and results of the actions on text files of notes."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Dict, Enum, Ids, Integer, List, Nested, String, Strings
from ..fields.search import Search
from ..fields.tags import Tags
from .selection import DECK, NOTES, QUERY, require_one

DELIMITERS = ("tab", "pipe", "semicolon", "colon", "comma", "space")
"""The words for delimiters, in the order of Anki's numbers."""
ON_DUPLICATE = ("update", "keep", "add")
"""The words for what an import does with known notes, in the order of Anki's numbers."""
MATCH_SCOPES = ("noteType", "noteTypeAndDeck")
"""The words for where an import looks for known notes, in the order of Anki's numbers."""


class ExportNotesText(Params):
    path = String("Path of the new file; a relative path begins at the media folder.", required=True)
    notes = NOTES
    query = QUERY
    deck = DECK
    html = Boolean("Keep HTML. If false, a field is one line of text, without pictures and sounds.", load_default=True)
    tags = Boolean("Write the tags.", load_default=True)
    deck_name = Boolean("Write the deck of each note, which is that of its first card.", load_default=True)
    model_name = Boolean("Write the note type of each note.", load_default=True)
    guid = Boolean("Write the globally unique id of each note.", load_default=True)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        return require_one(loaded, "notes", "query", "deck")


class ExportCardsText(Params):
    path = String("Path of the new file; a relative path begins at the media folder.", required=True)
    cards = Ids("Ids of the cards.", load_default=None)
    query = Search("Search text for the cards, as in Anki's browser; an empty text finds all.", load_default=None)
    deck = DECK
    html = Boolean("Keep HTML. If false, a side is one line of text, without pictures and sounds.", load_default=True)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        return require_one(loaded, "cards", "query", "deck")


class _ReadText(Params):
    path = String("Path of the file; a relative path begins at the media folder.", load_default=None)
    text = String("The content of the file, instead of `path`.", load_default=None)
    delimiter = Enum(DELIMITERS, "What separates the columns. By default Anki reads or guesses it.", load_default=None)
    is_html = Boolean("The fields contain HTML; if false, `<`, `>` and `&` are text.", load_default=None)
    model_name = String("Note type of all notes, compared without case.", load_default=None)
    deck = String("Deck of all new notes, compared without case.", load_default=None)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        return require_one(loaded, "path", "text")


class PreviewTextFile(_ReadText):
    pass


FIELD_COLUMNS = "The column of each field, from 1, by the field's name."


class ImportTextFile(_ReadText):
    field_columns = Dict(
        Integer(validate=ma.validate.Range(min=1)),
        f"{FIELD_COLUMNS} Other fields stay empty, or as they are. By default the columns in their order.",
        title="FieldColumns",
        load_default=None,
    )
    tags = Tags("Tags for all notes of the file. By default those that the file names.", load_default=None)
    tags_for_updated = Tags("Tags for notes that are updated.", load_default=None)
    on_duplicate = Enum(
        ON_DUPLICATE,
        "What to do with a line whose note exists: `update` it, `keep` it as it is, or `add` another note. By default "
        "what the file says, else `update`.",
        load_default=None,
    )
    match_scope = Enum(
        MATCH_SCOPES,
        "Where a note with the same first field is looked for: among all notes of its note type, or among those in the "
        "same deck. By default what the file says, else `noteType`.",
        load_default=None,
    )


class TextFilePreview(Object):
    """What Anki reads in a text file, and how it would import it."""

    delimiter = Enum(DELIMITERS, "What separates the columns.", required=True)
    is_html = Boolean("The fields contain HTML.", required=True)
    columns = Integer("Number of columns.", required=True)
    column_labels = Strings("The name of each column, as the file gives it; else empty.", required=True)
    rows = List(Strings(), "The first rows, each with its columns.", required=True)
    model_name = String("Note type of all notes; null if a column names it.", required=True, allow_none=True)
    field_columns = Dict(
        Integer(),
        f"{FIELD_COLUMNS} Null if a column names the note type.",
        title="PreviewedFieldColumns",
        required=True,
        allow_none=True,
    )
    deck = String("Deck of all new notes; null if a column names it.", required=True, allow_none=True)
    deck_column = Integer("The column that names the deck; null for none.", required=True, allow_none=True)
    model_column = Integer("The column that names the note type; null for none.", required=True, allow_none=True)
    tags_column = Integer("The column of the tags; null for none.", required=True, allow_none=True)
    guid_column = Integer("The column of the globally unique id; null for none.", required=True, allow_none=True)
    tags = Strings("Tags for all notes, as the file names them.", required=True)
    on_duplicate = Enum(ON_DUPLICATE, "What would be done with lines whose notes exist.", required=True)
    match_scope = Enum(MATCH_SCOPES, "Where notes with the same first field would be looked for.", required=True)
    guessed = Strings(
        "Members that neither the call nor the file decides, so that Anki has guessed them: the delimiter by the first "
        "lines, the note type and the deck by what was used last, and the column of tags by the number of fields.",
        required=True,
    )
    is_new_deck = Boolean("The deck does not exist, so an import would create it.", required=True)
    ignored = Strings("Lines at the top of the file that name something unknown, so Anki ignores them.", required=True)


class ImportedNotes(Object):
    """What an import has done with each note of a file."""

    found = Integer("Number of notes in the file.", required=True)
    new = Ids("Ids of the notes that were added.", required=True)
    updated = Ids("Ids of the notes that were recognised by their globally unique id, and changed.", required=True)
    unchanged = Ids("Ids of the notes that are the same here, or newer.", required=True)
    first_field_match = Ids(
        "Ids of the notes that were recognised by their first field: `update` has changed them, `keep` has not. With "
        "`add` the ids of the notes that were added beside them.",
        required=True,
    )
    conflicting = List(
        Strings(),
        "Fields of each note that is of another note type here; it was left out.",
        required=True,
    )
    missing_model = List(Strings(), "Fields of each note whose note type was not found.", required=True)
    missing_deck = List(Strings(), "Fields of each note whose deck was not found.", required=True)
    empty_first_field = List(Strings(), "Fields of each note without a first field.", required=True)


NUMBER_OF_CARDS = Integer("Number of cards that were written.", title="ExportedCards")
NUMBER_OF_NOTES = Integer("Number of notes that were written.", title="ExportedNotes")
TEXT_FILE_PREVIEW = Nested(TextFilePreview, "What the file contains.")
IMPORTED_NOTES = Nested(ImportedNotes, "What was done with the notes of the file.")
