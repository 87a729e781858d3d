"""Which calls of a batch run together, and what the undo step that they are is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from .executor import RunsOn
from .registry import title

if TYPE_CHECKING:
    from .part import Part


def needs_window(part: Part) -> bool:
    """It ends the step: what the user does in the window is one of its own."""
    return part.action is not None and part.action.runs_on is RunsOn.GUI


def runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Neighbours on the collection lane together, everything else one by one."""
    for _, run in groupby(enumerate(parts), _run_key):
        yield [part for _, part in run]


def _run_key(item: tuple[int, Part]) -> int:
    index, part = item
    assert part.action is not None
    return -1 if part.action.runs_on is RunsOn.COLLECTION else index


def label(parts: Sequence[Part]) -> str | None:
    """What several writes are called in Anki's undo menu: `Add note, several times`, `Create deck, add note`.

    The name is given before the first write, so it promises no number. None for a single write.
    """
    writing = [part for part in parts if not part.params.get("dry_run")]
    names = [part.action.name for part in writing if part.action and part.action.undoable]
    if len(names) < 2:
        return None
    first, *others = dict.fromkeys(names)
    return ", ".join([title(first), *(title(name).lower() for name in others or ["severalTimes"])])
