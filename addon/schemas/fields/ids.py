"""Ids as AnkiConnect takes them."""

from __future__ import annotations

from typing import Any

from .basic import (
    Ids,
)


def sql_text(value: Any) -> str:
    """What SQLite says of a value that AnkiConnect pastes into a statement: the part that does not vary."""
    error = "Error { code: Unknown, extended_code: 1 }"
    return f'DbError {{ info: "SqlInputError {{ error: {error}, msg: \\"no such column: {value}\\"'


class IdsAsSent(Ids):
    """Ids that the result repeats. A tolerant one takes any plain value, and text is walked letter by letter."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        if self.is_tolerant and isinstance(value, str | dict):
            return list(value)
        if self.is_tolerant and isinstance(value, list) and not {bool, dict, list} & set(map(type, value)):
            return value
        return super()._deserialize(value, attr, data, **more)
