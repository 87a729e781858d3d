"""What Anki's backend tells of its running work, in our words, and having it stopped. From any thread, at any time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..rpc.operations import Progress

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
"""By the kinds of Anki's message; one that is in neither table is a text itself."""
_ISOLATES = re.compile("[\u2066-\u2069]")
"""Invisible marks that Anki's translations put around numbers."""


def progress(col: Collection, *, of_sync: bool) -> Progress | None:
    """The last thing told of a sync, or of anything else. It stays when the work has ended."""
    message = col.latest_progress()
    kind = message.WhichOneof("value")
    if kind in (None, "none") or (kind in _OF_SYNC) is not of_sync:
        return None
    value = getattr(message, kind)
    words = [value] if isinstance(value, str) else [getattr(value, name) for name in _WORDS.get(kind, ())]
    done, total = (getattr(value, name) for name in _NUMBERS[kind]) if kind in _NUMBERS else (None, None)
    if not total:  # not known yet, or nothing is counted at this stage
        done = total = None
    return Progress(done, total, _ISOLATES.sub("", " · ".join(filter(None, words))) or None)


def abort(col: Collection, *, sync: bool) -> None:
    """Stop a sync, or other work that looks whether it shall; what does not look is not stopped."""
    if sync:
        col.abort_sync()
    else:
        col.set_wants_abort()
