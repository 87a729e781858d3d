"""Params and results of the actions on Anki's main window."""

from ..base import Object, Params
from ..fields.basic import Boolean, Nested, String
from ..fields.windows import ACTIVATE

UNDONE = Boolean("Something was undone.", title="Undone")


class GuiDeck(Params):
    name = String("Deck name, compared without case.", required=True)


class GuiImportFile(Params):
    path = String("File to import; if left out, the user picks one.", load_default=None)
    activate = ACTIVATE


class GuiCheckDatabase(Params):
    wait = Boolean("Return only after the check has ended.", load_default=True)
    activate = ACTIVATE


class DatabaseCheck(Object):
    """The outcome of a check of the database, in Anki's window."""

    ok = Boolean("No problem was found.", required=True)
    report = String("Anki's report of what was found and done.", required=True)


DATABASE_CHECK = Nested(
    DatabaseCheck,
    "The findings; null if `wait` is false.",
    title="DatabaseCheckResult",
    allow_none=True,
)
