"""Templates that would crash Anki: its parser recurses into each condition inside another one.

If the stack overflows, the process ends: after about 900 levels on macOS. Templates also come from syncs and imports,
so each call that makes Anki parse templates checks them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from anki.models import NotetypeId

from ...rpc.errors import Refused

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

_CONDITION = re.compile(r"[{%]\s*[#^]")
_MOST_CONDITIONS = 500
"""The most conditions on one side of a template."""
_SIDES = {"qfmt": "Front", "afmt": "Back", "bqfmt": "BrowserFront", "bafmt": "BrowserBack"}
"""The sides of a template, for cards and for Anki's browser, and their names in `updateModelTemplates`."""


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


def without_deadly(model: NotetypeDict) -> NotetypeDict:
    """A copy of a note type in which the sides that would crash Anki are empty."""
    templates = [
        {name: "" if name in _SIDES and _is_deadly(value) else value for name, value in template.items()}
        for template in model["tmpls"]
    ]
    return {**model, "tmpls": templates}


def _is_deadly(side: str) -> bool:
    return len(side) > 2 * _MOST_CONDITIONS and len(_CONDITION.findall(side)) > _MOST_CONDITIONS
