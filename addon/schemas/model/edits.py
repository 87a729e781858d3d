"""Params of the action that edits a note type in several ways at once."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import MISSING, Object
from ..fields.basic import Enum, List, Nested, String
from ..fields.models import ModelByName
from ..fields.numbers import Position

_MEMBERS = {
    "addField": "name index?",
    "renameField": "name newName",
    "moveField": "name index",
    "removeField": "name",
    "addTemplate": "name front back index? browserFront? browserBack?",
    "updateTemplate": "name front? back? browserFront? browserBack?",
    "renameTemplate": "name newName",
    "moveTemplate": "name index",
    "removeTemplate": "name",
    "setCss": "css",
}
"""The members of each kind of edit; those with a question mark are optional."""


class ModelEdit(Object):
    """One edit of a note type. Each kind of edit has members of its own."""

    op = Enum(
        [*_MEMBERS],
        "The kind of edit. Its members, where a question mark means optional: "
        + ", ".join(f"`{op}` ({names.replace(' ', ', ')})" for op, names in _MEMBERS.items())
        + ".",
        required=True,
    )
    name = String("Name of the field or template, in its exact spelling.")
    new_name = String("New name of the field or template.")
    index = Position("New position, from 0; the end if too large or left out.")
    front = String("Question side.")
    back = String("Answer side.")
    browser_front = String("Question side in Anki's browser; if empty, the question side.")
    browser_back = String("Answer side in Anki's browser; if empty, the answer side.")
    css = String("The whole styling.")

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        known = _MEMBERS[loaded["op"]].split()
        given = {str(self.load_fields[name].data_key) for name in loaded} - {"op"}
        wrong = {name: [MISSING] for name in known if name not in given and name[-1] != "?"}
        allowed = {name.removesuffix("?") for name in known}
        wrong |= {name: [f"`{loaded['op']}` has no such member."] for name in sorted(given - allowed)}
        if wrong:
            raise ma.ValidationError(wrong)
        return loaded


class EditModel(ModelByName):
    edits = List(Nested(ModelEdit), "The edits, in their order.", required=True)
