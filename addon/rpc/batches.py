"""Which calls of a batch run together, and what the undo step that they are is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from .calls import Planned
from .executor import RunsOn
from .registry import title


def needs_window(plan: Planned) -> bool:
    """It ends the step: what the user does in the window is one of its own."""
    return plan.action.runs_on is RunsOn.GUI


def runs(plans: Sequence[Planned]) -> Iterator[list[Planned]]:
    """Neighbours on the collection lane together, everything else one by one."""
    for _, run in groupby(enumerate(plans), _run_key):
        yield [plan for _, plan in run]


def _run_key(item: tuple[int, Planned]) -> int:
    index, plan = item
    return -1 if plan.action.runs_on is RunsOn.COLLECTION else index


def label(plans: Sequence[Planned]) -> str | None:
    """What several writes are called in Anki's undo menu: `Add note, several times`, `Create deck, add note`.

    The name is given before the first write, so it promises no number. None for a single write.
    """
    if len(plans) < 2:
        return None
    writing = [plan for plan in plans if not plan.params.get("dry_run")]
    names = [plan.action.name for plan in writing if plan.action.undoable]
    if len(names) < 2:
        return None
    first, *others = dict.fromkeys(names)
    return ", ".join([title(first), *(title(name).lower() for name in others or ["severalTimes"])])
