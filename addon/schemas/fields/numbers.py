"""Whole numbers: within bounds, and as Python reads them."""

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


def as_int(value: Any) -> Any:
    """What Python's `int` makes of a value, or the value itself."""
    try:
        return int(value) if isinstance(value, str | float) else value
    except (ValueError, OverflowError):
        return value


def is_no_int(value: Any) -> str:
    """What Python's `int` says of a value that it does not take."""
    if isinstance(value, str):
        return f"invalid literal for int() with base 10: {value!r}"
    kind = type(value).__name__
    return f"int() argument must be a string, a bytes-like object or a real number, not '{kind}'"
