"""Where the gateway lives: what it asks of a host, by roles. A module takes the role that it uses."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, ParamSpec, Protocol, TypeVar

from .operations import ProgressSource

if TYPE_CHECKING:
    from anki.collection import Collection, OpChanges, OpChangesAfterUndo
    from aqt.main import AnkiQt

    from .caller import Caller

P = ParamSpec("P")
R = TypeVar("R")

Way = Literal["undo", "redo"]


class UndoStep(Protocol):
    """One undo step: the writes of a request, or of the parts of a batch that no window interrupts."""

    label: str | None
    """What Anki's undo menu calls it; None for Anki's own name."""

    def take_changes(self) -> OpChanges | None:
        """What was written since the last time."""


class UndoHistory(Protocol):
    """How the writes of a request become one step of Anki's undo history, and whose the steps are."""

    def step(self) -> UndoStep:
        """A step without a write yet."""

    def write(
        self,
        step: Any,
        owner: Hashable,
        col: Collection,
        label: str | None,
        call: Callable[P, R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Make one undoable call into Anki as a part of a step of an owner (`Caller.identity`)."""

    def single_commit(self, step: Any, owner: Hashable, col: Collection) -> AbstractContextManager[None]:
        """The writes of this block reach the disk as one."""

    def turn(self, col: Collection, way: Way, caller: Caller) -> OpChangesAfterUndo:
        """Undo or redo the newest step. Raises PermissionDenied if the caller may not."""


class Library(Protocol):
    """The open collection."""

    def collection(self) -> Collection | None:
        """The open collection, looked up afresh: one that is kept would write into the next profile."""

    def undo_history(self) -> UndoHistory:
        """The undo history of whatever collection is open."""

    def changed(self, changes: OpChanges) -> None:
        """Tell whoever shows the collection what was written. Called on any thread; must not wait."""


class Profiles(Protocol):
    """The profiles of this computer's user."""

    def profile(self) -> str | None:
        """The name of the open profile; while none is open, of the last one that was."""

    def profiles(self) -> Future[list[str]]:
        """The names of all profiles."""

    def open_profile(self, name: str) -> Future[bool]:
        """Open a profile; the answer comes when it is open, and is False where there is none of that name."""


class Syncing(Protocol):
    """Syncing with a server."""

    def sync(self, full: str | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """Sync the collection and its media, without a question to the user; the answer tells what happened.

        `full`: which way a full sync may go, `upload` or `download`; None where it may not be done.
        """


class Windows(Protocol):
    """Anki's windows, and what the user is typing into them."""

    def window(self) -> AnkiQt | None:
        """Anki's main window."""

    def save_input(self, note_ids: set[int] | None) -> None:
        """Store what the user is typing into these notes, None for any. Returns when it is done, or takes too long."""


class Folders(NamedTuple):
    """Folders of this computer that mean something to the gateway."""

    media: Path | None
    """The open profile's media folder."""
    allowed: tuple[str, ...]
    """Those that the user has allowed programs to use."""
    anki: Path | None
    """Where Anki keeps its profiles."""
    home: Path = Path.home()


class Files(Protocol):
    """Files of this computer, and what comes from others."""

    def folders(self) -> Folders:
        """The folders by which it is judged what callers may name."""

    def allowed_downloads(self) -> tuple[str, ...]:
        """Hosts that everybody may download from, as `name` or `name:port`."""

    def package_limit(self) -> int:
        """Bytes that a package may take up, unpacked."""


class Permissions(Protocol):
    """What callers need, and the user's word for them."""

    def requires_key(self) -> bool:
        """Nobody is served without an API key."""

    def ask_permission(self, origin: str, *, is_local: bool) -> Future[bool]:
        """Ask the user whether an origin may use the gateway. `is_local`: it calls from this computer."""


class Host(Library, Profiles, Syncing, Windows, Files, Permissions, ProgressSource, Protocol):
    """Where the gateway lives: inside Anki, or on a bare collection."""
