"""Params and results of the actions on the columns of Anki's browser."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Ids, Integer, List, Nested, String, Strings
from ..package.selection import require_one


class BrowserColumn(Object):
    """A column of Anki's browser."""

    key = String("Its name for programs, as `orderBy` of `findNotes` and `findCards`.", required=True)
    cards_label = String("Its heading in a list of cards, in the user's language.", required=True)
    notes_label = String("Its heading in a list of notes, in the user's language.", required=True)
    sorts_cards = Boolean("Cards can be sorted by it.", required=True)
    sorts_notes = Boolean("Notes can be sorted by it.", required=True)
    descending_first = Boolean("Anki's browser first sorts it from the largest to the smallest.", required=True)
    tooltip = String("What it means in a list of cards, in the user's language; may be empty.", required=True)


BROWSER_COLUMNS = List(Nested(BrowserColumn), "The columns, in Anki's order.", title="BrowserColumnList")


class BrowserRows(Params):
    columns = Strings("Keys of columns, see `browserColumns`.", required=True, validate=ma.validate.Length(min=1))
    cards = Ids("Card ids, if Anki's browser is set to cards. Give either these or `notes`.", load_default=None)
    notes = Ids("Note ids, if Anki's browser is set to notes.", load_default=None)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        return require_one(loaded, "cards", "notes")


COLORS = ("default", "marked", "suspended", "flagRed", "flagOrange", "flagGreen", "flagBlue", "flagPink")
COLORS += ("flagTurquoise", "flagPurple", "buried")


class BrowserRow(Object):
    """A row of Anki's browser."""

    id = Integer("Id of the card or note.", required=True)
    cells = Strings(
        "The text of each column, in the user's language; empty if Anki cannot show the row.", required=True
    )
    color = String("The colour of the row.", required=True, validate=ma.validate.OneOf(COLORS))
    error = String("Why Anki cannot show the row; null if it can.", required=True, allow_none=True)


BROWSER_ROWS = List(
    Nested(BrowserRow, title="BrowserRowOrUnknown", allow_none=True),
    "One entry per id, in order; null for an unknown id.",
    title="BrowserRowList",
)
