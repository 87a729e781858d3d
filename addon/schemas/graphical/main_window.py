"""What the actions on Anki's main window take and give."""

from ..base import Object, Params
from ..fields.basic import Boolean, Nested, String
from ..fields.windows import ACTIVATE

UNDONE = Boolean("Something was undone.", title="Undone")


class GuiDeck(Params):
    name = String("Deck name, compared without case.", required=True)


class GuiImportFile(Params):
    path = String("File to import; without it the user picks one.", load_default=None)
    activate = ACTIVATE


class GuiCheckDatabase(Params):
    wait = Boolean("Reply when the check has ended.", load_default=True)
    activate = ACTIVATE


class DatabaseCheck(Object):
    ok = Boolean("No problem was found.", required=True)
    report = String("What was found and done, in Anki's words.", required=True)


DATABASE_CHECK = Nested(
    DatabaseCheck,
    "What the check found; null where it was not waited for.",
    title="DatabaseCheckResult",
    allow_none=True,
)
