"""Params and result of compareAnswer."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Object, Params
from ..fields.basic import Boolean, Id, Nested, String

LONGEST = 500
"""Characters to compare. Words take a millisecond, and 500 letters by chance a hundredth of a second. But the time for
repetitions grows with the third power of their length: 500 take up to two seconds.
"""
LONGEST_HTML = 5000
"""Characters of the right answer with its HTML, which Anki removes in a time that can grow with their square."""


class CompareAnswer(Params):
    typed = String("What the user has typed, as plain text.", required=True, validate=ma.validate.Length(max=LONGEST))
    expected = String(
        "The right answer, as a field contains it: HTML and sounds do not count. Give this or `card`.",
        load_default=None,
        validate=ma.validate.Length(max=LONGEST_HTML),
    )
    ignore_accents = Boolean(
        "Accents and other marks on letters do not count. Default: false, or as the template of the card says "
        "(`{{type:nc:...}}`).",
        load_default=None,
    )
    card = Id(
        "Id of a card whose template has `{{type:...}}` on its front: that names the right answer.", load_default=None
    )

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        if (loaded["expected"] is None) == (loaded["card"] is None):
            raise ma.ValidationError({"expected": ["Give either `expected` or `card`."]})
        return loaded


class ComparedAnswer(Object):
    """A typed answer beside the right one."""

    correct = Boolean("Both are equal.", required=True)
    expected = String("The right answer as plain text.", required=True)
    html = String(
        "HTML as Anki shows it: parts of the classes `typeGood`, `typeBad` and `typeMissed`; only the right answer if "
        "nothing was typed.",
        required=True,
    )


COMPARED_ANSWER = Nested(ComparedAnswer, "The comparison.")
