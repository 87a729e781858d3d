"""The sender of a request, as far as the transport knows it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from ..text.origins import is_program
from .errors import PermissionDenied, StaleSession
from .scopes import EVERYTHING, Scope

LONGEST_SESSION = 40
"""Characters of a session that an error repeats."""


class CallerKind(Enum):
    """The kinds of callers that the rules about files distinguish."""

    LOCAL_PROGRAM = "a program on this computer"
    DESKTOP_PROGRAM = "a desktop program by its origin"
    WEB_ORIGIN = "a web origin with `files`"
    OTHER_COMPUTER = "another computer"
    AGENT = "an agent (MCP)"


@dataclass(frozen=True, slots=True)
class Caller:
    """The sender of a request, as far as the transport knows it. The guard decides what the caller may do."""

    origin: str | None = None
    """The Origin header; None for programs other than browsers."""
    scopes: frozenset[Scope] = EVERYTHING
    """The permissions of the caller; empty for an origin without permission."""
    key: Any = field(default=None, repr=False)
    """The API key that the request contains; None if it contains none."""
    program: str | None = None
    """The name by which a caller without an origin introduces itself (User-Agent)."""
    is_remote: bool = False
    """The caller runs on another computer."""
    is_direct: bool = False
    """The caller runs on this computer, is no browser, calls it by its own name, and no proxy has said that it hands on
    the request."""
    address: str | None = field(default=None, compare=False)
    """The gateway's address, as the caller has named it; None if it has named none."""
    key_name: str | None = None
    """The name of the caller's key in the settings; None for the key that grants everything, and without a key."""
    is_agent: bool = False
    """The caller uses the Model Context Protocol, so a model decides what it does."""
    session: str | None = None
    """The session that the caller means, see `getCollection`; None if it does not say."""
    is_inner: bool = False
    """The call is nested in another call, and has a different key than the outer call."""
    stray_key: str | None = None
    """Where the request has a key that is not read, with what to do instead, as a sentence; only without a `key`."""
    wrong_keys: set[str] = field(default_factory=set, repr=False, compare=False)
    """The different wrong keys of the request, in all calls inside it."""

    @property
    def is_local_program(self) -> bool:
        """The caller runs on this computer and is no browser. A program with an origin counts if it may use files."""
        is_program_of_origin = self.origin is not None and is_program(self.origin) and self.may(Scope.FILES)
        return not self.is_remote and (self.origin is None or is_program_of_origin)

    @property
    def kind(self) -> CallerKind:
        """The kind of the caller for the rules about files."""
        if self.is_agent:
            return CallerKind.AGENT
        if self.is_remote:
            return CallerKind.OTHER_COMPUTER
        if self.origin is None:
            return CallerKind.LOCAL_PROGRAM
        return CallerKind.DESKTOP_PROGRAM if is_program(self.origin) else CallerKind.WEB_ORIGIN

    @property
    def has_key(self) -> bool:
        """The caller has sent a key, right or wrong. An empty key counts as none."""
        return self.key is not None and self.key != ""

    @property
    def identity(self) -> tuple[str | None, str | None]:
        """What distinguishes one caller from another: the origin and the name of the key."""
        return self.origin, self.key_name

    def may(self, scope: Scope) -> bool:
        """Whether the caller has the scope."""
        return scope in self.scopes

    def require(self, scope: Scope, what: str) -> None:
        """Raise PermissionDenied if the caller lacks the scope. `what`, a verb phrase, says what needs the scope."""
        if self.may(scope):
            return
        who = [f"the origin {self.origin}"] if self.origin is not None else []
        who += [f"the key {self.key_name}"] if self.key_name is not None else []
        name = " with ".join(who) or "this caller"
        message = f"{name} is not allowed to {what}: it lacks the scope {scope}, which can be granted in the settings"
        raise PermissionDenied(message, origin=self.origin, scope=scope.value)

    def require_session(self, current: str) -> None:
        """Raise StaleSession if the caller means another session."""
        if self.session not in (None, current):
            shown = self.session[:LONGEST_SESSION]
            raise StaleSession(
                f"the session {shown} has ended: another profile or collection is open, or this one was replaced. Read "
                "what you need again, and get the new session by getCollection",
                session=shown,
            )

    def with_key(self, key: Any) -> Caller:
        """Return the caller with the key from the request body; unchanged if the body contains none."""
        return self if key is None else replace(self, key=key)

    def inside(self, key: Any) -> Caller:
        """Return the caller of a nested call, which may have a key of its own."""
        own = self.with_key(key)
        return replace(own, is_inner=own.key != self.key)
