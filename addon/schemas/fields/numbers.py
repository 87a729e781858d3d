"""Whole numbers within bounds."""

from typing import Any

from ...vendored import marshmallow as ma
from .basic import Integer, shortened


class Between(Integer):
    """A whole number within bounds."""

    plain_type = int

    def __init__(self, low: int, high: int, description: str | None = None, **more: Any) -> None:
        super().__init__(description, metadata={"minimum": low, "maximum": high}, **more)
        self.bounds = self.plain_values = range(low, high + 1)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> int:
        value = self.whole(value)
        if type(value) is not int:
            raise self.wrong_type(value)
        if value not in self.bounds:
            raise ma.ValidationError(
                f"Must be from {self.bounds[0]} to {self.bounds[-1]}, not {shortened(str(value))}."
            )
        return value


class Position(Integer):
    """A position from 0."""

    def __init__(self, description: str | None = None, **more: Any) -> None:
        super().__init__(description, validate=ma.validate.Range(min=0), **more)
