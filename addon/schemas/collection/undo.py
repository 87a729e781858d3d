"""Results of the actions on the undo history."""

from ..base import Object
from ..fields.basic import Nested, String


class NextSteps(Object):
    """The steps that Anki would undo and redo next."""

    undo = String("Name of the step that would be undone; null for none.", required=True, allow_none=True)
    redo = String("Name of the step that would be redone; null for none.", required=True, allow_none=True)


class UndoneStep(Object):
    """A step that was undone or redone."""

    step = String("Name of the step; null if there was none.", required=True, allow_none=True)
    undo = String("Name of the step that would be undone next; null for none.", required=True, allow_none=True)
    redo = String("Name of the step that would be redone next; null for none.", required=True, allow_none=True)


UNDO_STATUS = Nested(NextSteps, "The next steps to undo and redo.")
UNDONE_STEP = Nested(UndoneStep, "The step, and the next steps to undo and redo.")
