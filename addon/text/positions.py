"""Params that are given by position."""

from __future__ import annotations

from collections.abc import Sequence


def too_many_values(given: int, names: Sequence[str], noun: str = "method") -> str:
    """Return the message for more values than params. `names`: the params; `noun`: what has them."""
    has = f"has only {len(names)}: {', '.join(names)}" if names else "has no params"
    return f"{given} {'value was' if given == 1 else 'values were'} given by position, but the {noun} {has}."
