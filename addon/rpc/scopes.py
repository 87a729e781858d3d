"""What a caller may be allowed to do, and what a person can grant."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Scope(StrEnum):
    """What a caller must be allowed to do before it may use an action."""

    READ = "read"
    WRITE = "write"
    MEDIA = "media"
    DELETE = "delete"
    FILES = "files"
    GUI = "gui"
    SYNC = "sync"
    ADMIN = "admin"


EVERYTHING = frozenset(Scope)


FOR_ORIGINS = EVERYTHING - {Scope.FILES}
"""The most that a web origin is given: files on this computer are nobody's on the web."""


GRANTS = {
    "read": frozenset({Scope.READ}),
    "change": frozenset({Scope.READ, Scope.WRITE, Scope.MEDIA}),
    "control": frozenset({Scope.READ, Scope.DELETE, Scope.GUI, Scope.SYNC, Scope.ADMIN}),
    **{scope.value: frozenset({Scope.READ, scope}) for scope in Scope if scope is not Scope.READ},
}
"""What a person can grant to an origin or a key, by name; each includes reading, as nothing works without it."""


def scopes_of(names: Iterable[str]) -> frozenset[Scope]:
    """What several grants hold together."""
    return frozenset[Scope]().union(*(GRANTS[name] for name in names))
