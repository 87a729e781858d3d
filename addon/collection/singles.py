"""Numbers of single precision, in which Anki stores what is no whole number."""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import c_float


def single(value: float) -> float:
    """Return the shortest number for a value of single precision: 0.9 instead of 0.8999999761581421."""
    shorter = (float(f"{value:.{digits}g}") for digits in range(1, 10))
    return next((short for short in shorter if c_float(short).value == value), value)


def singles(values: Iterable[float]) -> list[float]:
    """Return the shortest number for each value."""
    return [single(value) for value in values]
