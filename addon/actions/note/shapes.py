"""The shapes of image occlusion notes: the contract's objects to the text that Anki stores, and back.

The text has a cloze deletion for each shape, as Anki's editor writes it (`shapes/to-cloze.ts` in ts/routes/
image-occlusion) and its backend reads it (`rslib/src/image_occlusion/imageocclusion.rs`):
`{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import count
from typing import Any

Shape = dict[str, Any]
"""As the schema loads it; on the wire names are camelCase."""

_SHAPE = re.compile(r"\{\{c([0-9,]+)::image-occlusion:(rect|ellipse|polygon|text)(:.*?)\}\}", re.DOTALL)
_PROPERTY = re.compile(r":([^=:]+)=((?:\\.|[^\\:])*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\:])")
_HIDES_ALL = ":oi=1"

_NO_CARD = 0
_CARD_DIGITS = 5
"""The highest number of a card in Anki."""
_BEYOND = 1e100
_ANGLE_STEPS = 10_000
"""The steps in which Anki measures a full turn."""


def to_text(shapes: Sequence[Shape], *, hides_all: bool) -> str:
    """The text of a note's field for its shapes; shapes without a card get the lowest free numbers."""
    taken = {shape["card"] for shape in shapes if "card" in shape}
    free = (number for number in count(1) if number not in taken)
    return "".join(
        f"{{{{c{_card_of(shape, free)}::image-occlusion:{shape['type']}"
        + "".join(f":{name}={_escape(value)}" for name, value in _properties(shape).items())
        + (_HIDES_ALL if hides_all else "")
        + "}}<br>"
        for shape in shapes
    )


def _card_of(shape: Shape, free: Iterable[int]) -> int:
    if "card" in shape:
        card: int = shape["card"]
        return card
    return _NO_CARD if shape["type"] == "text" else next(iter(free))


def _properties(shape: Shape) -> dict[str, str]:
    """In Anki's names and order."""
    kind = shape["type"]
    points = [(point["x"], point["y"]) for point in shape.get("points", ())]
    left, top = (min(values) for values in zip(*points, strict=True)) if points else (shape["left"], shape["top"])
    properties = {"left": _number(left), "top": _number(top)}
    if shape.get("angle"):
        properties["angle"] = _number(shape["angle"] % 360 / 360 * _ANGLE_STEPS)
    if kind == "rect":
        properties.update(width=_number(shape["width"]), height=_number(shape["height"]))
    elif kind == "ellipse":
        properties.update(rx=_number(shape["width"] / 2), ry=_number(shape["height"] / 2))
    elif kind == "polygon":
        properties["points"] = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    else:
        properties.update(text=shape["text"], scale=_number(shape.get("scale", 1)))
        if "font_size" in shape:
            properties["fs"] = _number(shape["font_size"])
    if "fill" in shape:
        properties["fill"] = shape["fill"]
    return properties


def _number(value: float) -> str:
    """Like Anki's numbers (`.25`), but with all digits."""
    text = format(Decimal(repr(value)), "f") if value else ".0000"
    return re.sub(r"^(-?)0\.", r"\1.", text)


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace(":", "\\:")


def of_text(text: str) -> tuple[list[dict[str, Any]], bool]:
    """The shapes in a note's field, in their form on the wire, and whether all are hidden."""
    shapes: list[dict[str, Any]] = []
    hides_all = False
    for cards, kind, rest in _SHAPE.findall(text[: _end(text)]):
        properties = {name: _ESCAPED.sub(r"\1", value) for name, value in _PROPERTY.findall(rest)}
        hides_all = hides_all or properties.get("oi") == "1"
        members = _members(kind, properties)
        numbers = [int(card) for card in cards.split(",") if 0 < len(card) <= _CARD_DIGITS]
        shapes += [{"type": kind, **({"card": number} if number else {}), **members} for number in numbers]
    return shapes, hides_all


def _members(kind: str, properties: dict[str, str]) -> dict[str, Any]:
    left, top = _float(properties, "left"), _float(properties, "top")
    members: dict[str, Any] = {} if kind == "polygon" else {"left": left, "top": top}
    if kind == "rect":
        members.update(width=_float(properties, "width"), height=_float(properties, "height"))
    elif kind == "ellipse":
        members.update(width=_float(properties, "rx") * 2, height=_float(properties, "ry") * 2)
    elif kind == "polygon":
        members["points"] = _points(properties.get("points", ""), left, top)
    else:
        members["text"] = properties.get("text", "")
        if (scale := _float(properties, "scale") or 1) != 1:
            members["scale"] = scale
        if size := _float(properties, "fs"):
            members["fontSize"] = size
    if angle := _float(properties, "angle"):
        members["angle"] = round(angle % _ANGLE_STEPS / _ANGLE_STEPS * 360, 9)
    if fill := properties.get("fill"):
        members["fill"] = fill
    return members


def _points(text: str, left: float, top: float) -> list[dict[str, float]]:
    """The corners as they appear: if a polygon is moved in Anki's editor, only its `left` and `top` change."""
    pairs = [pair.split(",") for pair in text.split(" ") if pair.count(",") == 1]
    points = [(_to_float(x), _to_float(y)) for x, y in pairs]
    if not points:
        return []
    right, down = left - min(x for x, _ in points), top - min(y for _, y in points)
    return [{"x": _moved(x, right), "y": _moved(y, down)} for x, y in points]


def _moved(place: float, by: float) -> float:
    return round(place + by, 6) if by else place


def _float(properties: dict[str, str], name: str) -> float:
    return _to_float(properties.get(name, ""))


def _to_float(text: str) -> float:
    """A number as Anki reads it: 0 for any other text. Numbers that JSON cannot hold are 0, too."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if abs(value) < _BEYOND else 0.0


def with_mode(text: str, *, hides_all: bool) -> str:
    """The same shapes, with all of them hidden or not."""

    def change(found: re.Match[str]) -> str:
        shape = re.sub(r":oi=[^:}]*", "", found[0])
        return shape.removesuffix("}}") + _HIDES_ALL + "}}" if hides_all else shape

    end = _end(text)
    return _SHAPE.sub(change, text[:end]) + text[end:]


def _end(text: str) -> int:
    """The end of the last possible shape. Behind it, a search would read the rest of the text for each `{{c`."""
    return text.rfind("}}") + 2
