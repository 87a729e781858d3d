"""Who sent a request, as far as the transport knows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from ..text.origins import is_program
from .errors import PermissionDenied
from .scopes import EVERYTHING, Scope


class CallerKind(Enum):
    """Who names a file."""

    LOCAL_PROGRAM = "a program on this computer"
    DESKTOP_PROGRAM = "a desktop program by its origin"
    WEB_ORIGIN = "a web origin with `files`"
    OTHER_COMPUTER = "another computer"
    AGENT = "an agent (MCP)"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request, as far as the transport knows. The guard decides what that means."""

    origin: str | None = None
    """The Origin header; None for programs that are no browser."""
    scopes: frozenset[Scope] = EVERYTHING
    """What it may do; nothing, for an origin without permission."""
    key: Any = field(default=None, repr=False)
    """The API key that came with the request, None for none."""
    program: str | None = None
    """What a caller without an origin calls itself."""
    is_remote: bool = False
    """It runs on another computer."""
    key_name: str | None = None
    """What the settings call its key; None for the one that opens everything."""
    is_agent: bool = False
    """It asks by the Model Context Protocol, so a model decides what it does."""
    is_inner: bool = False
    """It is the caller of a call inside another one, with a key that is not the outer call's."""
    wrong_keys: set[str] = field(default_factory=set, repr=False, compare=False)
    """The different wrong keys that came with the request, in all calls inside it."""

    @property
    def is_local_program(self) -> bool:
        """It runs on this computer and is no browser; a program with an origin counts if it may use files."""
        is_program_of_origin = self.origin is not None and is_program(self.origin) and self.may(Scope.FILES)
        return not self.is_remote and (self.origin is None or is_program_of_origin)

    @property
    def kind(self) -> CallerKind:
        """What it is for the rules about files."""
        if self.is_agent:
            return CallerKind.AGENT
        if self.is_remote:
            return CallerKind.OTHER_COMPUTER
        if self.origin is None:
            return CallerKind.LOCAL_PROGRAM
        return CallerKind.DESKTOP_PROGRAM if is_program(self.origin) else CallerKind.WEB_ORIGIN

    @property
    def has_key(self) -> bool:
        """It has sent a key, right or wrong; an empty one is none."""
        return self.key is not None and self.key != ""

    @property
    def identity(self) -> tuple[str | None, str | None]:
        """Who this is, as far as callers can be told apart: the origin, and the name of the key."""
        return self.origin, self.key_name

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes

    def require(self, scope: Scope, what: str) -> None:
        """Raise PermissionDenied unless it has the scope, which it needs in order to do `what`."""
        if self.may(scope):
            return
        who = [f"the origin {self.origin}"] if self.origin is not None else []
        who += [f"the key {self.key_name}"] if self.key_name is not None else []
        name = " with ".join(who) or "this caller"
        message = f"{name} is not allowed to {what}: it lacks the scope {scope}, which the settings can give"
        raise PermissionDenied(message, origin=self.origin, scope=scope.value)

    def with_key(self, key: Any) -> Caller:
        """The caller with a key that came in the body, if one did."""
        return self if key is None else replace(self, key=key)

    def inside(self, key: Any) -> Caller:
        """The caller of a call inside its own, which may have a key of its own."""
        own = self.with_key(key)
        return replace(own, is_inner=own.key != self.key)
