"""Templates that would end Anki: its parser calls itself for each condition that is in another one.

Where its stack ends, the process does: after some 900 on macOS. Syncs and imports bring templates that no call was
asked about, so each call that has Anki parse templates looks at them first.
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
"""On one side of a template."""
_SIDES = {"qfmt": "Front", "afmt": "Back", "bqfmt": "BrowserFront", "bafmt": "BrowserBack"}
"""What stands on the sides of a card, and what Anki's browser shows instead; how `updateModelTemplates` names them."""


def require_readable(*models: NotetypeDict) -> None:
    """Raise Refused, which names the note type, the template and the side, if Anki would not survive one of these."""
    for model in models:
        for template in model["tmpls"]:
            for side, name in _SIDES.items():
                if _is_deadly(template.get(side, "")):
                    text = f"More than {_MOST_CONDITIONS} conditions on one side of the template {template['name']!r}"
                    raise Refused(text, model=model["name"], template=template["name"], side=name)


def require_readable_of(col: Collection, model_ids: Iterable[int] | None = None) -> None:
    """Raise Refused as `require_readable`, for stored note types; None stands for all of them."""
    stored = col.models.all() if model_ids is None else map(col.models.get, map(NotetypeId, set(model_ids)))
    require_readable(*(model for model in stored if model is not None))


def without_deadly(model: NotetypeDict) -> NotetypeDict:
    """A copy of a note type in which sides are empty that Anki would not survive."""
    templates = [
        {name: "" if name in _SIDES and _is_deadly(value) else value for name, value in template.items()}
        for template in model["tmpls"]
    ]
    return {**model, "tmpls": templates}


def _is_deadly(side: str) -> bool:
    return len(side) > 2 * _MOST_CONDITIONS and len(_CONDITION.findall(side)) > _MOST_CONDITIONS
