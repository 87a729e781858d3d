"""What an action may touch: the collection, the window, the caller, and the one door through which it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from ..files.path_policy import Kind
from ..text.origins import is_program
from .errors import CollectionUnavailable, GuiUnavailable, PermissionDenied
from .executor import Withdrawal, wait
from .registry import EVERYTHING, Scope
from .undo import Step, UndoHistory

if TYPE_CHECKING:
    from anki.collection import Collection, OpChanges
    from aqt.main import AnkiQt

    from ..files.file_policy import FilePolicy
    from .operations import Operation, Operations, Progress
    from .registry import Registry

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


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
    def kind(self) -> Kind:
        """What it is for the rules about files."""
        if self.is_agent:
            return Kind.AGENT
        if self.is_remote:
            return Kind.OTHER_COMPUTER
        if self.origin is None:
            return Kind.LOCAL_PROGRAM
        return Kind.DESKTOP_PROGRAM if is_program(self.origin) else Kind.WEB_ORIGIN

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


class Host(Protocol):
    """Where the gateway lives: inside Anki, or on a bare collection."""

    def collection(self) -> Collection | None:
        """The open collection, looked up afresh: one that is kept would write into the next profile."""

    def profile(self) -> str | None:
        """The name of the open profile; while none is open, of the last one that was."""

    def profiles(self) -> Future[list[str]]:
        """The names of all profiles."""

    def open_profile(self, name: str) -> Future[bool]:
        """Open a profile; the answer comes when it is open, and is False where there is none of that name."""

    def sync(self, full: str | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """Sync the collection and its media, without a question to the user; the answer tells what happened.

        `full`: which way a full sync may go, `upload` or `download`; None where it may not be done.
        """

    def progress(self, *, of_sync: bool) -> Progress | None:
        """What Anki last told of a sync, or of anything else, on whatever thread it runs. Any thread, never waits."""

    def abort(self, *, sync: bool) -> None:
        """Have Anki stop a sync, or what else runs in its backend for the lane. Any thread, never waits."""

    def window(self) -> AnkiQt | None:
        """Anki's main window."""

    def file_policy(self) -> FilePolicy:
        """Which files callers may name; `of` says who asks."""

    def allowed_downloads(self) -> tuple[str, ...]:
        """Hosts that everybody may download from, as `name` or `name:port`."""

    def changed(self, changes: OpChanges) -> None:
        """Tell whoever shows the collection what was written. Called on any thread; must not wait."""

    def package_limit(self) -> int:
        """Bytes that a package may take up, unpacked."""

    def save_input(self, note_ids: set[int] | None) -> None:
        """Store what the user is typing into these notes, None for any. Returns when it is done, or takes too long."""

    def requires_key(self) -> bool:
        """Nobody is served without an API key."""

    def ask_permission(self, origin: str, *, is_local: bool) -> Future[bool]:
        """Ask the user whether an origin may use the gateway. `is_local`: it calls from this computer."""


class Many(Protocol):
    """Runs several JSON-RPC request objects as one batch, each with a key of its own or its caller's."""

    def __call__(self, messages: Sequence[Any], keys: Sequence[Any]) -> list[dict[str, Any] | None]: ...


class Start(Protocol):
    """Starts a method as an operation, for the same caller. Raises what is wrong with the call."""

    def __call__(self, method: str, params: Mapping[str, Any] | Sequence[Any]) -> Operation: ...


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every handler as its first argument. It is not concerned with protocols or threads."""

    host: Host
    caller: Caller
    registry: Registry
    many: Many
    start: Start
    operations: Operations
    step: Step
    undo: UndoHistory
    count_result: Callable[[int], None]
    """Counts bytes of the result while it is built, if a small call can build a large one. Raises ResponseTooLarge."""
    operation: Operation | None = None
    """The one that this call is."""
    withdrawal: Withdrawal | None = None
    """How its caller can change its mind."""

    @property
    def col(self) -> Collection:
        """The open collection. Raises CollectionUnavailable where there is none."""
        col = self.host.collection()
        if col is None or col.db is None:
            raise CollectionUnavailable
        return col

    @property
    def mw(self) -> AnkiQt:
        """Anki's main window. Raises GuiUnavailable in a headless gateway."""
        window = self.host.window()
        if window is None:
            raise GuiUnavailable
        return window

    def wait(self, answer: Future[T], limit: float) -> T:
        """Wait for an answer, on the server thread. Raises Busy or StillRunning if none comes in `limit` seconds."""
        return wait(answer, limit, limit, withdrawal=self.withdrawal)

    def write(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Make one undoable call into Anki that changes the collection, under Anki's own name for it."""
        return self.undo.write(self.step, self.caller.identity, self.col, None, call, *args, **kwargs)

    @contextmanager
    def together(self) -> Iterator[None]:
        """The writes of this block reach the disk as one: who kills the process in the middle finds none of them.

        For a few of Anki's calls one after the other, all sure to succeed. Where one fails, those before it stay: what
        Anki's window writes meanwhile is in the same transaction, and must not be taken back.
        """
        with self.undo.single_commit(self.step, self.caller.identity, self.col):
            yield

    def write_as(self, label: str, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """As `write`, with a name of our own in Anki's undo menu. The call must be sure to change something."""
        return self.undo.write(self.step, self.caller.identity, self.col, label, call, *args, **kwargs)

    def chunks(self, items: Sequence[T], size: int, before: int = 0, after: int = 0) -> Iterator[Sequence[T]]:
        """Items in parts of a size, each to be written by one call.

        An operation tells its progress by them, gives way to those who read, and gets no further part when it is
        cancelled. `before` and `after` are the numbers of items in other lists of the same call.
        """
        total = before + len(items) + after
        for start in range(0, len(items), size):
            if self.operation is not None and not self.operation.go_on(before + start, total):
                return
            yield items[start : start + size]
        if self.operation is not None:
            self.operation.go_on(before + len(items), total)
