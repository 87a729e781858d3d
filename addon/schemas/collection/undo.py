"""What the actions on the undo history give."""

from ..base import Object
from ..fields.basic import Nested, String


class NextSteps(Object):
    undo = String("Name of the step that would be undone; null for none.", required=True, allow_none=True)
    redo = String("Name of the step that would be redone; null for none.", required=True, allow_none=True)


class UndoneStep(Object):
    step = String("Name of the step; null where there was none.", required=True, allow_none=True)
    undo = String("Name of the step that would be undone next; null for none.", required=True, allow_none=True)
    redo = String("Name of the step that would be redone next; null for none.", required=True, allow_none=True)


UNDO_STATUS = Nested(NextSteps, "The next steps both ways.")
UNDONE_STEP = Nested(UndoneStep, "What was done, and the next steps both ways.")
