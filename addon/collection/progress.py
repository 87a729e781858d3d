"""The progress of work inside Anki's backend, and stopping it. From any thread, at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rpc.operations import ProgressReport
from ..text.plain import without_isolates

if TYPE_CHECKING:
    from anki.collection import Collection

_OF_SYNC = {"normal_sync", "full_sync", "media_sync"}
_WORDS = {
    "normal_sync": ("stage", "added", "removed"),
    "media_sync": ("checked", "added", "removed"),
    "database_check": ("stage",),
    "compute_memory": ("label",),
}
_NUMBERS = {
    "full_sync": ("transferred", "total"),
    "database_check": ("stage_current", "stage_total"),
    "compute_memory": ("current_cards", "total_cards"),
    "compute_params": ("current", "total"),
    "compute_retention": ("current", "total"),
}
"""The members of each kind of Anki's progress message: texts, and numbers. Other kinds are a text themselves."""


def progress(col: Collection, *, of_sync: bool) -> ProgressReport | None:
    """Return Anki's latest progress of a sync, or of any other work; None if there is none.

    Anki keeps it when the work has ended.
    """
    message = col.latest_progress()
    kind = message.WhichOneof("value")
    if kind in (None, "none") or (kind in _OF_SYNC) is not of_sync:
        return None
    value = getattr(message, kind)
    words = [value] if isinstance(value, str) else [getattr(value, name) for name in _WORDS.get(kind, ())]
    done, total = (getattr(value, name) for name in _NUMBERS[kind]) if kind in _NUMBERS else (None, None)
    if not total:  # unknown yet, or this stage counts nothing
        done = total = None
    return ProgressReport(done, total, without_isolates(" · ".join(filter(None, words))) or None)


def abort(col: Collection, *, sync: bool) -> None:
    """Ask Anki to stop a sync, or its other work. Work that does not check for this runs on."""
    if sync:
        col.abort_sync()
    else:
        col.set_wants_abort()
