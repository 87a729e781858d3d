"""Params and results of the actions on fields of note types."""

from ...vendored import marshmallow as ma
from ..base import Object
from ..fields.basic import Boolean, Dict, Integer, Nested, String, Strings
from ..fields.models import ModelByName
from ..fields.numbers import Position

DESCRIPTIONS = Strings("Hint of each field, in field order; an empty text for none.", title="FieldDescriptions")
REMOVED_FIELD = String("Name of the removed field; null if there was none.", title="RemovedField", allow_none=True)
DESCRIPTION_IS_SET = Boolean("Always true.", title="DescriptionIsSet")


class FieldFont(Object):
    """The font of a field in the editor."""

    font = String("Font in the editor.", required=True)
    size = Integer("Font size in the editor, in points.", required=True)


FONTS = Dict(Nested(FieldFont), "Font of each field by its name, in field order.", title="FieldFonts")


class FieldOfModel(ModelByName):
    field_name = String("Field name in its exact spelling.", required=True)


class AddField(ModelByName):
    field_name = String("Name of the field.", required=True)
    index = Position("New position, from 0; the end if too large or left out.", load_default=None, allow_none=True)


class RenameField(ModelByName):
    old_field_name = String("Current name in its exact spelling.", required=True)
    new_field_name = String("New name.", required=True)


class RepositionField(FieldOfModel):
    index = Position("New position, from 0; the end if too large.", required=True)


class SetDescription(FieldOfModel):
    description = String("The hint; may be empty.", required=True)


class SetFont(FieldOfModel):
    font = String("Font in the editor.", required=True)


class SetFontSize(FieldOfModel):
    font_size = Integer(
        "Font size in the editor, in points: 0 to 65535.",
        required=True,
        validate=ma.validate.Range(min=0, max=65_535, error="Not a number from 0 to 65535."),
    )
