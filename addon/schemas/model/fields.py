"""What the actions on the fields of note types take and give."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object
from ..fields.basic import Boolean, Integer, Mapped, Nested, String, Texts
from ..fields.models import ModelByName
from ..fields.numbers import Position

DESCRIPTIONS = Texts(
    "Hint that the editor shows in each empty field, in field order; empty for none.", title="FieldDescriptions"
)
DESCRIPTION_IS_SET = Boolean("Always true.", title="DescriptionIsSet")


class FieldFont(Object):
    font = String("Font in the editor.", required=True)
    size = Integer("Font size in the editor, in points.", required=True)


FONTS = Mapped(Nested(FieldFont), "Field name to its font, in field order.", title="FieldFonts")


class FieldOfModel(ModelByName):
    field_name = String("Field name in its exact spelling.", required=True)


class AddField(ModelByName):
    field_name = String("Name of the field.", required=True)
    index = Position(
        "Position that it gets, from 0; the end when too large or left out.", load_default=None, allow_none=True
    )


class RenameField(ModelByName):
    old_field_name = String("Present name in its exact spelling.", required=True)
    new_field_name = String("New name.", required=True)


class RepositionField(FieldOfModel):
    index = Position("Position that it gets, from 0; the end when too large.", required=True)


class SetDescription(FieldOfModel):
    description = String(
        "Hint that the editor shows while the field is empty; may be empty.",
        required=True,
        legacy=lambda value: f"description should be a string: {value}",
    )


class SetFont(FieldOfModel):
    font = String("Font in the editor.", required=True, legacy=lambda value: f"font should be a string: {value}")


class _FontSize(Integer):
    """A number of 16 bits, as Anki stores it."""

    legacy = staticmethod(lambda value: f"fontSize should be an integer: {value}")

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, validate=ma.validate.Range(min=0, max=65_535), **more)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> int:
        if isinstance(value, bool):
            raise self.flaw("Not a valid integer.", value, _not_16_bits(f"type: boolean `{str(value).lower()}`"))
        return super()._deserialize(value, attr, data, **more)

    def _validate(self, value: Any) -> None:
        try:
            super()._validate(value)
        except ma.ValidationError:
            text = _not_16_bits(f"value: integer `{value}`")
            raise self.flaw("Not a number from 0 to 65535.", value, text) from None


def _not_16_bits(what: str) -> str:
    """Anki's words. It counts the column in what AnkiConnect hands over, which clients cannot know."""
    return f'JsonError {{ info: "invalid {what}, expected u16 at line 1 column 1" }}'


class SetFontSize(FieldOfModel):
    font_size = _FontSize("Font size in the editor, in points: 0 to 65535.", required=True)
