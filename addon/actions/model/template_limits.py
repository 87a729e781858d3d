"""Templates that would crash Anki. They also come from syncs and imports, so each call that makes Anki parse or render
templates checks them first.

- Anki's parser recurses into each condition inside another one. If the stack overflows, the process ends: after about
  900 levels on macOS.
- A side that refers to a large field many times can become larger than the memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from anki.consts import MODEL_CLOZE
from anki.models import NotetypeId

from ...rpc.errors import Refused

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict, TemplateDict

_CONDITION = re.compile(r"[{%]\s*[#^]")
_MOST_CONDITIONS = 500
"""The most conditions on one side of a template."""
_SIDES = {"qfmt": "Front", "afmt": "Back", "bqfmt": "BrowserFront", "bafmt": "BrowserBack"}
"""The sides of a template, for cards and for Anki's browser, and their names in `updateModelTemplates`."""

_REFERENCE = re.compile(r"(?:\{\{|<%)(?!\s*[#^/])")
"""The beginning of a reference to a field; conditions show nothing."""
_BESIDE_FIELD = 100
"""Bytes that Anki may write beside the text of a field."""
_BY_FILTER = 400
"""Bytes that a filter of Anki adds, at most: `hint` writes a link."""
_LARGEST = 64 * 2**20
"""Bytes of a card, question and answer, at most. Anki and Python hold them several times."""
_FEW_REFERENCES = 20
"""Both sides of nearly all templates have fewer. Their cards cannot become much larger than their notes."""


def require_readable(*models: NotetypeDict) -> None:
    """Raise Refused, which names note type, template and side, if one of these note types would crash Anki."""
    for model in models:
        for template in model["tmpls"]:
            for side, name in _SIDES.items():
                if _is_deadly(template.get(side, "")):
                    text = f"More than {_MOST_CONDITIONS} conditions on one side of the template {template['name']!r}"
                    raise Refused(text, model=model["name"], template=template["name"], side=name)


def require_readable_of(col: Collection, model_ids: Iterable[int] | None = None) -> None:
    """Like `require_readable`, for stored note types; None means all."""
    stored = col.models.all() if model_ids is None else map(col.models.get, map(NotetypeId, set(model_ids)))
    require_readable(*(model for model in stored if model is not None))


def require_small(model: NotetypeDict, place: int, longest: int, *, in_browser: bool = False) -> None:
    """Raise Refused if a card may become so large that the memory ends before its size is known.

    `longest`: bytes of the longest field of the note. The size is an upper bound, except for what the filters of other
    add-ons, and those for clozes and furigana, add. `in_browser`: the card is rendered for Anki's browser.
    """
    template = _template_of(model, place)
    shown = _shown(template, in_browser=in_browser)
    front, back, fronts = _weight(*(template[side] for side in shown))
    question = front.size(longest)
    size = (1 + fronts) * question + back.size(longest)
    if size > _LARGEST:
        side = _SIDES[shown[0 if 2 * question > _LARGEST else 1]]
        text = (
            f"Up to {size >> 20} MiB for a card by the template {template['name']!r}; at most "
            f"{_LARGEST >> 20} are rendered. Refer to large fields less often, mostly on its side {side!r}."
        )
        raise Refused(text, model=model["name"], template=template["name"], side=side)


def has_many_references(model: NotetypeDict, place: int, *, in_browser: bool = False) -> bool:
    """Whether a card has to be measured before it is rendered."""
    template = _template_of(model, place)
    front, back, fronts = _weight(*(template[side] for side in _shown(template, in_browser=in_browser)))
    return (1 + fronts) * front.references + back.references > _FEW_REFERENCES


def _template_of(model: NotetypeDict, place: int) -> TemplateDict:
    return model["tmpls"][0 if model["type"] == MODEL_CLOZE else place]


def _shown(template: TemplateDict, *, in_browser: bool) -> tuple[str, str]:
    """Return the sides that Anki renders. If the browser has none of its own, it has those of cards."""
    if not in_browser:
        return "qfmt", "afmt"
    return "bqfmt" if template.get("bqfmt") else "qfmt", "bafmt" if template.get("bafmt") else "afmt"


class _Side(NamedTuple):
    text_bytes: int
    """Bytes beside the fields."""
    references: int

    def size(self, longest: int) -> int:
        return self.text_bytes + self.references * (longest + _BESIDE_FIELD)


@lru_cache(256)
def _weight(front: str, back: str) -> tuple[_Side, _Side, int]:
    """Both sides of a template, and how often the answer has the question in it."""

    def weighed(side: str) -> _Side:
        return _Side(len(side.encode()) + side.count(":") * _BY_FILTER, len(_REFERENCE.findall(side)))

    return weighed(front), weighed(back), back.count("FrontSide")


def without_deadly(model: NotetypeDict) -> NotetypeDict:
    """A copy of a note type in which the sides that would crash Anki are empty."""
    templates = [
        {name: "" if name in _SIDES and _is_deadly(value) else value for name, value in template.items()}
        for template in model["tmpls"]
    ]
    return {**model, "tmpls": templates}


def _is_deadly(side: str) -> bool:
    return len(side) > 2 * _MOST_CONDITIONS and len(_CONDITION.findall(side)) > _MOST_CONDITIONS
