"""Params of the action that opens Anki's other windows."""

from __future__ import annotations

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Enum, Id, String
from ..fields.windows import ACTIVATE

SUBJECTS: dict[str, tuple[str, ...]] = {
    "statistics": ("deck",),
    "preferences": (),
    "noteTypes": ("model_name",),
    "fields": ("model_name",),
    "cardLayout": ("note", "card", "model_name"),
    "deckOptions": ("deck",),
    "filteredDeck": ("deck",),
    "customStudy": ("deck",),
    "cardInfo": ("card",),
    "export": ("deck", "note"),
    "checkMedia": (),
}
"""The windows, each with the params that can say what it shows."""
NEEDS_SUBJECT = frozenset({"fields", "cardLayout", "cardInfo"})
"""The windows that cannot be opened without one of these params."""


class GuiOpen(Params):
    window = Enum(
        tuple(SUBJECTS),
        "The window. Another param says what it shows: `deck` for `statistics`, `deckOptions`, `filteredDeck`, "
        "`customStudy` and `export`; `note` for `cardLayout` and `export`; `card` for `cardLayout` and `cardInfo`; "
        "`modelName` for `noteTypes`, `fields` and `cardLayout`. At most one of them is given; `fields`, `cardLayout` "
        "and `cardInfo` need one.",
        required=True,
    )
    deck = String(
        "Deck, compared without case. By default the current one; for `filteredDeck` a new one, for `export` all.",
        load_default=None,
    )
    note = Id("Note id.", load_default=None)
    card = Id("Card id.", load_default=None)
    model_name = String("Note type, compared without case.", load_default=None)
    activate = ACTIVATE

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        window = loaded["window"]
        names = SUBJECTS[window]
        wrong = [
            name for name in ("deck", "note", "card", "model_name") if loaded[name] is not None and name not in names
        ]
        if wrong:
            shown = _listed(names)
            text = f"The window `{window}` takes {f'only {shown}' if shown else 'no such param'}."
            raise ma.ValidationError({self.wire(name): [text] for name in wrong})
        given = [name for name in names if loaded[name] is not None]
        if len(given) > 1:
            raise ma.ValidationError({self.wire(given[1]): [f"Give only one of {_listed(names)}."]})
        if not given and window in NEEDS_SUBJECT:
            raise ma.ValidationError({self.wire(names[0]): [f"The window `{window}` needs {_listed(names, 'or')}."]})
        return loaded


def _listed(names: tuple[str, ...], word: str = "and") -> str:
    wires = [f"`{GuiOpen.wire(name)}`" for name in names]
    return f" {word} ".join(filter(None, (", ".join(wires[:-1]), *wires[-1:])))
