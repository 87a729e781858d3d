"""Scopes, which callers need in order to use actions, and the grants by which a user assigns them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Scope(StrEnum):
    """A permission that an action requires of its caller."""

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
"""The scopes of a web origin that is allowed without an explicit grant: everything but files on this computer."""


GRANTS = {
    "read": frozenset({Scope.READ}),
    "change": frozenset({Scope.READ, Scope.WRITE, Scope.MEDIA}),
    "windows": frozenset({Scope.READ, Scope.GUI}),
    "manage": frozenset({Scope.READ, Scope.DELETE, Scope.SYNC, Scope.ADMIN}),
    "control": frozenset({Scope.READ, Scope.DELETE, Scope.GUI, Scope.SYNC, Scope.ADMIN}),
    **{scope.value: frozenset({Scope.READ, scope}) for scope in Scope if scope is not Scope.READ},
}
"""The scopes of each grant that a user can assign to an origin or a key. Every grant includes `read`."""


def scopes_of(names: Iterable[str]) -> frozenset[Scope]:
    """Return the scopes of several grants together. Raises KeyError for an unknown grant."""
    return frozenset[Scope]().union(*(GRANTS[name] for name in names))
