"""Suggestions for the errors of one request: the names that were probably meant.

Nothing here runs for a call that succeeds, nor for a request of the old protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from ..text.similar import LONGEST, did_you_mean, similar
from ..text.similar_identifiers import similar_identifiers
from .errors import Hint

MOST_SEARCHES = 10
"""The most wrong names of a request for which similar ones are searched. A request can contain many thousands."""
MOST_LISTED = 20
"""The most names that a hint lists."""


class Unknown(NamedTuple):
    """A name that does not exist."""

    name: str
    place: Hashable
    """Where it was looked for; equal for names that were looked for in the same place."""
    names: Callable[[], Iterable[str]]
    """Returns the names that exist there. May raise."""
    otherwise: str
    """The sentence for the case that no name is similar."""
    introduction: str | None = None
    """Introduces a list of all these names; None if there can be too many."""
    summaries: Mapping[str, str] | None = None
    """If the names are those of methods: what each method does."""


UnknownIn = Callable[[Mapping[str, Any]], Unknown | None]
"""Returns the unknown name of which the data of an error speaks; None if it speaks of none."""


class Suggestions:
    """Finds the hints for the errors of one request, within a limit for all of them together."""

    def __init__(self, unknown_in: UnknownIn, found: dict[Hashable, Hint | None]) -> None:
        """`found`: the hints found in the same request before."""
        self._unknown_in = unknown_in
        self._found = found

    def hint_for(self, data: Mapping[str, Any]) -> Hint | None:
        """Return the hint for an error with these data; None if there is nothing to suggest."""
        if (unknown := self._unknown_in(data)) is None:
            return None
        key = unknown.name, unknown.place
        if key not in self._found:
            if len(self._found) >= MOST_SEARCHES:
                return None
            self._found[key] = _search(unknown)
        return self._found[key]


def _search(unknown: Unknown) -> Hint | None:
    try:
        names = list(unknown.names())
    except Exception:  # the error itself matters more
        return None
    if unknown.name in names:  # so the error is about something else
        return None
    if unknown.summaries is None:
        suggestions = similar(unknown.name, names)
    else:
        suggestions = similar_identifiers(unknown.name, unknown.summaries)
    text = did_you_mean(suggestions)
    if unknown.introduction is not None and names:
        listed = ", ".join(name[:LONGEST] for name in names[:MOST_LISTED])
        text += f" {unknown.introduction} {listed}{' and others' if len(names) > MOST_LISTED else ''}."
    return Hint(suggestions, text or f" {unknown.otherwise}")
