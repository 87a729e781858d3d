"""Frees large values in pieces.

While Python frees a list of 20,000 notes no other thread runs, so Anki's window would stop for up to a tenth of a
second.
"""

from __future__ import annotations

from typing import Any

_PIECE_ITEMS = 500
"""Items that are freed at once, which takes about a millisecond."""
_LEVELS = 6
"""How deep long lists are searched for: from a planned call by its request and params to its notes."""
_CONTAINERS = (list, tuple, dict)


def free_in_pieces(values: list[Any]) -> None:
    """Empty a list. What only it holds is freed, and what others hold as well stays as it is."""
    pieces: list[list[Any]] = []
    _find_long(values, _LEVELS, pieces)
    values.clear()
    for items in pieces:
        while items:
            del items[-_PIECE_ITEMS:]


def _find_long(value: Any, levels: int, found: list[list[Any]]) -> None:
    """Find the items of each long list or dictionary, in a list of their own that outlives it."""
    items = value.values() if isinstance(value, dict) else value
    if len(value) > _PIECE_ITEMS:
        found.append([*items])
    elif levels:
        for item in items:
            if isinstance(item, _CONTAINERS):
                _find_long(item, levels - 1, found)
