"""The names that were probably meant by a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

LONGEST = 100
"""Characters of the longest text that is compared."""
MOST_NAMES = 1000
"""The most names that are compared."""
_MOST_COMPARISONS = 500_000
"""The most pairs of characters that are compared: 40 ms at worst, if all letters are alike."""
_LEAST_SIMILARITY = 0.7


def similar(wrong: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Return up to `most` names that are similar to the wrong one, whatever their case; the most similar first.

    A name with levels (`Italian::A1`) is also found by its last level.
    """
    if len(wrong) > LONGEST:
        return []
    forms: dict[str, list[str]] = {}
    left = _MOST_COMPARISONS
    for name, _ in zip(names, range(MOST_NAMES), strict=False):
        for form in {name.casefold(), name.rpartition("::")[2].casefold()} if len(name) <= LONGEST else ():
            left -= len(wrong) * len(form)
            forms.setdefault(form, []).append(name)
        if left < 0:
            break
    found = get_close_matches(wrong.casefold(), forms, most, _LEAST_SIMILARITY)
    return list(dict.fromkeys(name for form in found for name in forms[form]))[:most]


def did_you_mean(suggestions: Sequence[str]) -> str:
    """Return the sentence that suggests the first name, to be appended to a message; empty if there is none."""
    return f" Did you mean {suggestions[0]}?" if suggestions else ""
