"""Params and results of the actions on image occlusion notes."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import MISSING, Object, Params
from ..fields.basic import AnyOf, Boolean, Enum, Ids, Integer, List, Nested, Number, String, Strings
from ..fields.media import DATA, PATH, URL, Base64
from ..fields.notes import DECK_ID, EXPECTED, IDEMPOTENCY_KEY, MODEL_ID, NAMES_AND_IDS, ON_ERROR, Placed
from ..fields.numbers import Between
from ..fields.outcomes import Missing
from ..fields.tags import Tags

_BOX = ("left", "top", "width", "height")
_OF_TYPE = {
    "rect": (_BOX, ()),
    "ellipse": (_BOX, ()),
    "polygon": (("points",), ()),
    "text": (("left", "top", "text"), ("scale", "font_size")),
}
"""For each type of shape the members that it needs, and others that only it may have."""

_OF_SOME_TYPE = {name for needed, possible in _OF_TYPE.values() for name in (*needed, *possible)}

_LAST_CARD = 500
"""The highest number of a card of a cloze note."""

_PLACE = ma.validate.Range(min=-1, max=2)
"""A shape may extend beyond its image."""
_SIZE = ma.validate.Range(min=0.0001, max=3)


class Point(Object):
    """A point on an image."""

    x = Number("From 0, the left edge of the image, to 1, the right edge.", required=True, validate=_PLACE)
    y = Number("From 0, the upper edge of the image, to 1, the lower edge.", required=True, validate=_PLACE)


class Shape(Object):
    """A shape on an image."""

    type = Enum([*_OF_TYPE], "Type of the shape; `text` is shown on the image and hides nothing.", required=True)
    card = Between(
        1,
        _LAST_CARD,
        "Number of the card that asks for the shape. A card asks for all shapes with its number together. Default the "
        "lowest free number; a text without number belongs to no card.",
    )
    left = Number("Left edge, from 0 to 1. Not for a polygon.", validate=_PLACE)
    top = Number("Upper edge, from 0 to 1. Not for a polygon.", validate=_PLACE)
    width = Number("Width as a fraction of the image's. For a rectangle or an ellipse.", validate=_SIZE)
    height = Number("Height as a fraction of the image's. For a rectangle or an ellipse.", validate=_SIZE)
    points = List(Nested(Point), "Corners of a polygon.", validate=ma.validate.Length(min=3))
    text = String("Content of a text; it cannot contain `}}`.", validate=ma.validate.Length(min=1))
    scale = Number("Factor by which a text is enlarged; default 1.", validate=ma.validate.Range(min=0.0001))
    font_size = Number("Font size of a text as a fraction of the image's height; default Anki's.", validate=_SIZE)
    angle = Number("Rotation in degrees, clockwise; default 0.")
    fill = String(
        "Colour as in CSS; default Anki's.",
        validate=ma.validate.Regexp("^[#A-Za-z0-9(),.% ]+$", error="Not a colour."),
    )


class _ShapeOfItsType(Nested):
    """A shape that has the members of its type, and no members of another type."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:  # type: ignore[override]
        shape = super()._deserialize(value, attr, data, **more)
        needed, possible = _OF_TYPE[shape["type"]]
        foreign = _OF_SOME_TYPE - {*needed, *possible}
        names = {name: str(field.data_key) for name, field in self.schema.load_fields.items()}
        flaws = {names[name]: [MISSING] for name in needed if name not in shape}
        flaws |= {names[name]: [f"A shape of the type {shape['type']} has none."] for name in foreign & {*shape}}
        if "}}" in shape.get("text", ""):
            flaws["text"] = ["`}}` cannot stand in it."]
        if flaws:
            raise ma.ValidationError(flaws)
        return shape


SHAPES = "The shapes, in the order in which they are drawn."
MODES = ("hideAll", "hideOne")
MODE = "`hideAll` hides all shapes and asks for one; `hideOne` hides only that one."


def _shapes(**more: Any) -> List:
    return List(_ShapeOfItsType(Shape), SHAPES, validate=ma.validate.Length(min=1), **more)


class OcclusionImage(Object):
    """The image of an image occlusion note, with its source."""

    filename = String(
        "Name in the media folder. Without `data`, `path` or `url` the file must already exist.",
        required=True,
        validate=ma.validate.Length(min=1),
    )
    data = Base64(DATA, load_default=None)
    path = String(PATH, load_default=None)
    url = String(URL, load_default=None)
    delete_existing = Boolean(
        "Move an existing file of that name to the trash; if false, other content gets a free name.", load_default=False
    )


class NewOcclusionNote(Placed):
    """An image occlusion note to be added."""

    image = Nested(OcclusionImage, "The image.", required=True)
    shapes = _shapes(required=True)
    deck_name = String("Deck, compared without case.")
    mode = Enum(MODES, MODE, load_default="hideAll")
    header = String("HTML above the image.", load_default="")
    back_extra = String("HTML below the image, on the answer side.", load_default="")
    tags = Tags("Tags; Anki sorts them.", load_default=list)
    model_name = String(
        "Note type for image occlusion, compared without case. Default the first one; if there is none, Anki's own is "
        "created."
    )
    model_id = MODEL_ID
    deck_id = DECK_ID

    one_of = NAMES_AND_IDS[1:]


class AddImageOcclusionNotes(Params):
    notes = List(Nested(NewOcclusionNote), "The notes to add.", required=True)
    on_error = ON_ERROR
    idempotency_key = IDEMPOTENCY_KEY


class GetImageOcclusionNotes(Params):
    notes = Ids("Note ids.", required=True)


class OcclusionNote(Object):
    """An image occlusion note."""

    note_id = Integer("Note id.", required=True)
    model_name = String("Its note type.", required=True)
    image = String(
        "Name of the image in the media folder, for `retrieveMediaFile`; null if the note has none.",
        required=True,
        allow_none=True,
    )
    mode = Enum(MODES, MODE, required=True)
    shapes = List(_ShapeOfItsType(Shape), SHAPES, required=True)
    header = String("HTML above the image.", required=True)
    back_extra = String("HTML below the image, on the answer side.", required=True)
    tags = Strings("Its tags.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)


OCCLUSION_NOTES = List(
    AnyOf(Nested(OcclusionNote), Nested(Missing), title="OcclusionNoteOrMissing"),
    "One entry per note, in order; an empty object for an unknown id.",
    title="OcclusionNotes",
)


class ChangedOcclusionNote(Object):
    """Changes to an image occlusion note; whatever is left out stays."""

    id = Integer("Note id.", required=True)
    shapes = _shapes()
    mode = Enum(MODES, f"{MODE} If left out, it stays.")
    header = String("HTML above the image; if left out, it stays.")
    back_extra = String("HTML below the image, on the answer side; if left out, it stays.")
    tags = Tags("Tags that replace the note's; if left out, they stay.")
    if_mod = Integer("Write only if the note's `mod`, as in getImageOcclusionNotes, has this value.", load_default=None)
    expected = EXPECTED


class UpdateImageOcclusionNotes(Params):
    notes = List(Nested(ChangedOcclusionNote), "The notes and their changes.", required=True)
    on_error = ON_ERROR
