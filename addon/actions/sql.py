"""Reading many rows with one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from anki.utils import to_json_bytes

if TYPE_CHECKING:
    from anki.collection import Collection


def rows_of(col: Collection, select: str, ids: Iterable[int]) -> list[Sequence[Any]]:
    """All rows of a select whose text ends in `in ids`, for any number of ids.

    The statement stays the same for every list, so SQLite prepares it once; no value is pasted into it.
    """
    assert col.db is not None
    statement = select.removesuffix("in ids") + "in (select value from json_each(?))"  # noqa: S608  (no value)
    return col.db.all(statement, to_json_bytes([*ids]).decode())
