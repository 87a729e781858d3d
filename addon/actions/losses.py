"""What a call would take away, told in the one shape of all dry runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..collection.rows import rows_of
from ..schemas.fields.losses import MOST_TOLD

if TYPE_CHECKING:
    from anki.collection import Collection

Losses = dict[str, Any]


def losses(**kinds: Iterable[int] | Iterable[str]) -> Losses:
    """The answer to a dry run, from ids or names by their kind (`changed_notes`); kinds that are empty are left out."""
    told: Losses = {"dryRun": True}
    for kind, things in kinds.items():
        if found := list(things):
            word, *words = kind.split("_")
            told[word + "".join(map(str.title, words))] = {
                "count": len(found),
                "ids" if isinstance(found[0], int) else "names": found[:MOST_TOLD],
            }
    return told


def losses_with_notes(col: Collection, note_ids: Sequence[int]) -> Losses:
    """What goes with notes: those of them that exist, and all their cards."""
    notes = [note_id for (note_id,) in rows_of(col, "select id from notes where id in ids", note_ids)]
    cards = [card_id for (card_id,) in rows_of(col, "select id from cards where nid in ids", notes)]
    return losses(notes=notes, cards=cards)
