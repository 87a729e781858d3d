"""Which calls of a batch run together, and how their undo step is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from .calls import Planned
from .executor import RunsOn
from .registry import AddedAction, title


def needs_window(plan: Planned) -> bool:
    """Whether the call runs in Anki's window. Such a call ends the undo step, as the user may act in the window."""
    return plan.action.runs_on is RunsOn.GUI


def lane_groups(plans: Sequence[Planned]) -> Iterator[list[Planned]]:
    """Group the calls: neighbours on the collection lane together, every other call alone.

    A call of an extension is alone, too: if it does not end in time, its neighbours are not lost.
    """
    for _, run in groupby(enumerate(plans), _lane_group_key):
        yield [plan for _, plan in run]


def _lane_group_key(item: tuple[int, Planned]) -> int:
    index, plan = item
    is_neighbour = plan.action.runs_on is RunsOn.COLLECTION and not isinstance(plan.action, AddedAction)
    return -1 if is_neighbour else index


def label(plans: Sequence[Planned]) -> str | None:
    """Return the name of several writes in Anki's undo menu: `Add note, several times` or `Create deck, add note`.

    None if at most one call writes: Anki's own name is kept then. The name is needed before the first write, so it
    contains no number.
    """
    if len(plans) < 2:
        return None
    writing = [plan for plan in plans if not plan.params.get("dry_run")]
    names = [plan.action.name for plan in writing if plan.action.undoable]
    if len(names) < 2:
        return None
    first, *others = dict.fromkeys(names)
    return ", ".join([title(first), *(title(name).lower() for name in others or ["severalTimes"])])
