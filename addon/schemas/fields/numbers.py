"""Whole numbers within bounds."""

from typing import Any

from ...vendored import marshmallow as ma
from .basic import (
    Integer,
    Legacy,
)


class Between(Integer):
    """A whole number within bounds."""

    def __init__(
        self, low: int, high: int, description: str | None = None, *, legacy: Legacy | None = None, **more: Any
    ) -> None:
        super().__init__(description, legacy=legacy, metadata={"minimum": low, "maximum": high}, **more)
        self.bounds = range(low, high + 1)
        self.legacy_outside = legacy or (lambda value: f"Value out of range: {value}")

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> int:
        if type(value) is not int:
            raise self.flaw("Not a valid integer.", value)
        if value not in self.bounds:
            message = f"Not from {self.bounds[0]} to {self.bounds[-1]}."
            raise self.flaw(message, value, self.legacy_outside)
        return value


class Position(Integer):
    """A position from 0. A tolerant one may be negative, and then counts from the end as Python's do."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, validate=ma.validate.Range(min=0), **more)

    def _validate(self, value: Any) -> None:
        if not self.is_tolerant:
            super()._validate(value)
