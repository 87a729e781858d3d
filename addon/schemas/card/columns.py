"""Results of the actions on the columns of Anki's browser."""

from ..base import Object
from ..fields.basic import Boolean, List, Nested, String


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
