"""The interface between the gateway and the program it runs in, the host: Anki's desktop, or a bare collection.

The interface is split into roles. A module asks for the role that it uses, never for the whole host.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, ParamSpec, Protocol, TypeVar

from .operations import ProgressSource

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection, OpChanges, OpChangesAfterUndo
    from aqt.main import AnkiQt

    from .caller import Caller

P = ParamSpec("P")
R = TypeVar("R")

Way = Literal["undo", "redo"]


class UndoStep(Protocol):
    """One undo step: the writes of a request, or of consecutive calls of a batch without a call in Anki's window."""

    label: str | None
    """The name of the step in Anki's undo menu; None for Anki's own name."""

    def take_changes(self) -> OpChanges | None:
        """Return what was written since the last call of this method; None if nothing was."""

    def name(self, col: Collection) -> str | None:
        """Return its name in the undo menu; None if nothing was written, or if it is not the newest step."""


class UndoHistory(Protocol):
    """Merges the writes of a request into one step of Anki's undo history, and remembers the owner of each step."""

    def step(self) -> UndoStep:
        """Return a new step without any write."""

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
        """Make one undoable call into Anki as part of a step, and return what it returns.

        `owner`: the `Caller.identity` that owns the step. `label`: the name in the undo menu; None for Anki's own.
        """

    def single_commit(self, step: Any, owner: Hashable, col: Collection) -> AbstractContextManager[None]:
        """Commit the writes of this block together. See `Context.single_commit`."""

    def turn(self, col: Collection, way: Way, caller: Caller) -> OpChangesAfterUndo:
        """Undo or redo the newest step. Raises PermissionDenied if the caller may not."""


class Library(Protocol):
    """The open collection."""

    def collection(self) -> Collection | None:
        """Return the open collection, or None. Never keep it: it would be the wrong one once the profile changes."""

    def session(self) -> str:
        """Return what identifies the open collection: it changes if another one is opened, or if this one is replaced.

        Any thread. It changes only while nothing uses the collection lane.
        """

    def undo_history(self) -> UndoHistory:
        """Return the undo history; it serves every collection that is opened."""

    def changed(self, changes: OpChanges) -> None:
        """Report what was written to Anki's windows and to followers of events. Any thread; must not wait."""


class DeletableProfile(NamedTuple):
    """What would be lost with a profile."""

    folder: Path
    """It may not exist."""
    notes: list[int]
    cards: list[int]


class DeletedProfile(NamedTuple):
    """What became of the folder of a profile."""

    in_trash: bool
    left: Path | None
    """Where it is if it could not be moved to the trash; the caller deletes it."""


class Profiles(Protocol):
    """The profiles of this computer's user."""

    def profile(self) -> str | None:
        """Return the name of the open profile; if none is open, of the profile that was open last."""

    def profiles(self) -> Future[list[str]]:
        """Return the names of all profiles."""

    def open_profile(self, name: str) -> Future[bool]:
        """Open a profile. The future completes when it is open; its result is False if no such profile exists."""

    def add_profile(self, name: str) -> Future[None]:
        """Add a profile. Raises AlreadyExists, and Refused if it cannot be stored."""

    def rename_profile(self, name: str, new_name: str) -> Future[None]:
        """Rename a profile; the open one is closed, renamed, and opened again.

        Raises NotFound, AlreadyExists, and Refused if it is open elsewhere, or if the user keeps a window open.
        """

    def find_deletable_profile(self, name: str) -> Future[DeletableProfile]:
        """Return what `delete_profile` would delete; raises what it raises if it cannot."""

    def delete_profile(self, name: str) -> Future[DeletedProfile]:
        """Delete a profile, and move its folder to the system's trash if there is one.

        Raises NotFound, and Refused if the profile is open anywhere, or if it is the only one.
        """


class Syncing(Protocol):
    """Syncing with a server."""

    def sync(self, full: str | None, caller: Caller, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """Sync the collection and its media, without asking the user. The future's result reports what happened.

        `full`: the direction of a full sync, `upload` or `download`; None if a full sync is not allowed.
        `caller`: for whom; the user is shown it.
        `wait_for_media`: complete the future only when the media are synced as well.
        """

    def sync_unattended(self, may_begin: Callable[[], bool]) -> Future[dict[str, Any]]:
        """Sync as soon as nobody works in Anki's windows, but never by a full sync.

        `may_begin` is asked right before; if it returns False, the future raises Busy. Without an account nothing
        happens, and the future raises NotLoggedIn.
        """

    def sync_status(self, *, fresh: bool) -> Future[dict[str, Any]]:
        """Find out whether a sync is needed, without syncing. `fresh`: do not use an answer that was kept."""

    def media_sync_status(self) -> dict[str, Any]:
        """Return whether the media are being synced, and whether that failed. Any thread. Must not wait."""

    def sync_login(self, user: str, password: str, server: str | None) -> Future[None]:
        """Log in to a sync server, and use this account from now on. If the login fails, nothing changes.

        `server`: the address; empty for AnkiWeb, None for the present server.
        """

    def sync_logout(self) -> Future[bool]:
        """Forget the account. The future's result is whether there was one."""


class Replacing(Protocol):
    """Work for which the collection is closed. In the end it is open again, also if the work fails.

    Other work waits or fails meanwhile. Anki's undo history is empty afterwards. The user is shown the caller.
    """

    def read_collection(self, read: Callable[[Collection], R]) -> Future[R]:
        """Call `read` on the collection lane; it must not write."""

    def export_collection(self, write: Callable[[Collection], R], caller: Caller) -> Future[R]:
        """Call `write`, which closes the collection, and open the collection again. Any windows stay open."""

    def replace_collection(
        self, back_up: Callable[[Collection], R], replace: Callable[[RustBackend], None], caller: Caller
    ) -> Future[R]:
        """Call `back_up` with the open collection, close it, and call `replace`, which puts another one in its place.

        The future's result is that of `back_up`. If it raises, the collection is not closed.
        """


class Windows(Protocol):
    """Anki's windows, and what the user is typing into them."""

    def window(self) -> AnkiQt | None:
        """Return Anki's main window; None in a headless host."""

    def save_input(self, note_ids: set[int] | None) -> None:
        """Store what the user is typing into these notes; None for any note. Returns when it is stored or timed out."""

    def browser_closed(self) -> AbstractContextManager[object]:
        """Keep Anki's browser from opening for a moment. Raises Refused if it is open. For work on the lane."""


def home_folder() -> Path:
    """Return the user's home folder; the root if the user has none, as in a container without HOME."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")


class Folders(NamedTuple):
    """The folders of this computer that the rules about files know."""

    media: Path | None
    """The media folder of the open profile."""
    allowed: tuple[str, ...]
    """The folders that the user has allowed in the settings."""
    anki: Path | None
    """The folder that contains Anki's profiles."""
    home: Path = home_folder()


class Files(Protocol):
    """The settings about files on this computer, and about downloads."""

    def folders(self) -> Folders:
        """Return the folders that decide which files callers may name."""

    def allowed_downloads(self) -> tuple[str, ...]:
        """Return the hosts that every caller may download from, as `name` or `name:port`."""

    def package_limit(self) -> int:
        """Return the largest size of an unpacked package, in bytes."""


class Permissions(Protocol):
    """What callers need before they are served."""

    def requires_key(self, caller: Caller) -> bool:
        """Whether the caller needs an API key."""

    def ask_permission(self, origin: str, *, is_local: bool) -> Future[bool]:
        """Ask the user whether an origin may use the gateway. `is_local`: the origin calls from this computer."""


class Host(Library, Profiles, Syncing, Replacing, Windows, Files, Permissions, ProgressSource, Protocol):
    """The program that the gateway runs in: Anki's desktop, or a bare collection."""
