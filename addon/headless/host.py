"""The headless host: a bare collection and its lane."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from anki.collection import Collection

from ..collection import closing
from ..collection import progress as anki_progress
from ..collection.change_log import ChangeTracker
from ..collection.media_sync import MediaSyncWatch, to_result
from ..collection.session import Session
from ..collection.sync_status import SyncCheck
from ..collection.undo_step import AnkiUndoHistory
from ..config import Config
from ..rpc.caller import Caller
from ..rpc.errors import CollectionUnavailable
from ..rpc.events import Events
from ..rpc.host import Folders
from ..rpc.lane import Lane
from . import sync as headless_sync
from .opening import open_collection
from .opening import upgrade_scheduler as upgrade
from .sync import Account

if TYPE_CHECKING:
    from collections.abc import Callable

    from anki._backend import RustBackend
    from anki.collection import OpChanges

    from ..rpc.operations import ProgressReport

logger = logging.getLogger("anki_rpc")

R = TypeVar("R")
T = TypeVar("T")

REOPEN_INTERVAL_S = 2.0


class HeadlessHost:
    """A collection file, which is open from `open` to `close`, and the lane on which it is used.

    There is one profile, no window and no user to ask. The method docstrings say what differs from `rpc.host.Host`.
    """

    def __init__(self, path: Path, config: Config, account: Account | None = None) -> None:
        self.config = config
        self.path = path
        self.is_new = False
        self.lane = Lane()
        self.events = Events()
        self._changes = ChangeTracker(self.events, self.lane, self.collection)
        self._account = account or Account()
        self._sync_check = SyncCheck()
        self._session = Session()
        self._media_sync = MediaSyncWatch()
        self._undo_history = AnkiUndoHistory()
        self._col: Collection | None = None

    def open(self, *, upgrade_scheduler: bool = False) -> None:
        """Open the collection; create it if the file does not exist. Raises CannotOpen.

        `upgrade_scheduler`: upgrade a scheduler that Anki no longer supports.
        """
        self.is_new = not self.path.exists()
        self._col = open_collection(self.path, is_new=self.is_new)
        if upgrade_scheduler and self.is_outdated:
            upgrade(self._col, self.path)
        self._changes.opened()
        self.events.publish("profileOpened", {"profile": self.profile()})

    @property
    def is_outdated(self) -> bool:
        """Whether the collection uses a scheduler that Anki no longer supports."""
        return self._col is not None and not self._col.v3_scheduler()

    def collection(self) -> Collection | None:
        return self._col

    def profile(self) -> str:
        """Return the name of the folder, as in Anki's own layout; of the file, if its name is not Anki's."""
        return self.path.parent.name if self.path.name == "collection.anki2" else self.path.stem

    def profiles(self) -> Future[list[str]]:
        """Return only the profile that is served."""
        return _answered([self.profile()])

    def open_profile(self, name: str) -> Future[bool]:
        """Return whether this is the profile that is served; no other one can be opened."""
        return _answered(name == self.profile())

    def sync(self, full: str | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """Sync on the lane, so that nothing else uses the collection meanwhile."""
        self._changes.announce("syncStarted", {})
        state = headless_sync.SyncState(self._account, self._session, self._media_sync)
        answer = headless_sync.start(self.lane, self.collection, state, full, wait_for_media=wait_for_media)
        answer.add_done_callback(lambda _: self._synced())
        return answer

    def read_collection(self, read: Callable[[Collection], R]) -> Future[R]:
        return closing.on_lane(self.lane, self.collection, read, reads=True)

    def export_collection(self, write: Callable[[Collection], R]) -> Future[R]:
        return self._reopening(write)

    def replace_collection(
        self, back_up: Callable[[Collection], R], replace: Callable[[RustBackend], None]
    ) -> Future[R]:
        return self._reopening(lambda col: closing.replace(col, back_up, replace))

    def _reopening(self, work: Callable[[Collection], R]) -> Future[R]:
        def run(col: Collection) -> R:
            self._session.closing(col)
            try:
                return closing.reopening(col, lambda: work(col))
            finally:
                self._opened(col)

        return closing.on_lane(self.lane, self.collection, run)

    def _opened(self, col: Collection) -> None:
        """Note that the collection is open again. If another program keeps it from that, try again until it is."""
        if col.db is not None:
            self._session.opened(col)
            self._changes.opened()
            return
        logger.error("%s cannot be opened again. This is tried every %g seconds.", self.path, REOPEN_INTERVAL_S)
        timer = threading.Timer(REOPEN_INTERVAL_S, lambda: self.lane.submit(lambda: self._open_again(col)))
        timer.daemon = True
        timer.start()

    def _open_again(self, col: Collection) -> None:
        if self._col is col:
            with suppress(Exception):  # whatever Anki raises: it is tried again
                closing.reopening(col, lambda: None)
            self._opened(col)

    def sync_status(self, *, fresh: bool) -> Future[dict[str, Any]]:
        account = self._account
        answer = self._sync_check.start(self.lane, self.collection, account.login, account.move, fresh=fresh)
        answer.add_done_callback(account.forget_if_refused)
        return answer

    def media_sync_status(self) -> dict[str, Any]:
        if (col := self._col) is None:
            raise CollectionUnavailable
        with suppress(Exception):  # it is remembered
            self._media_sync.ask(col.media_sync_status)
        return to_result(self._media_sync.last)

    def sync_login(self, user: str, password: str, server: str | None) -> Future[None]:
        answer: Future[None] = Future()
        answer.set_running_or_notify_cancel()

        def log_in() -> None:
            try:
                if (col := self._col) is None:
                    raise CollectionUnavailable
                self._account.log_in(col, user, password, server)
            except Exception as error:
                answer.set_exception(error.with_traceback(None))
            else:
                answer.set_result(None)

        threading.Thread(target=log_in, name="anki-rpc login", daemon=True).start()
        return answer

    def sync_logout(self) -> Future[bool]:
        """Forget the account on the lane, so after a sync that runs. Anki compares all media with the next one."""

        def log_out(col: Collection) -> bool:
            had_one = self._account.log_out()
            if had_one:
                col.media.force_resync()
            return had_one

        return closing.on_lane(self.lane, self.collection, log_out)

    def _synced(self) -> None:
        self.lane.submit(self._changes.opened)
        self._changes.announce("syncFinished", {})

    def progress(self, *, of_sync: bool) -> ProgressReport | None:
        return anki_progress.progress(self._col, of_sync=of_sync) if self._col else None

    def abort(self, *, sync: bool) -> None:
        if self._col:
            anki_progress.abort(self._col, sync=sync)

    def window(self) -> None:
        return None

    def session(self) -> str:
        return self._session.id

    def undo_history(self) -> AnkiUndoHistory:
        return self._undo_history

    def changed(self, changes: OpChanges) -> None:
        self._changes.add(changes)

    def folders(self) -> Folders:
        return Folders(Path(self._col.media.dir()) if self._col else None, self.config.allowed_folders, None)

    def allowed_downloads(self) -> tuple[str, ...]:
        return self.config.allowed_download_hosts

    def package_limit(self) -> int:
        return self.config.limits.package_megabytes * 2**20

    def save_input(self, note_ids: set[int] | None) -> None:
        """Do nothing, as there is no editor."""

    def requires_key(self, caller: Caller) -> bool:
        return self.config.needs_key(is_direct=caller.is_direct)

    def ask_permission(self, origin: str, *, is_local: bool) -> Future[bool]:
        """Deny, as there is no user to ask."""
        return _answered(False)

    def close(self) -> None:
        """Close the collection, if it is open."""
        col, self._col = self._col, None
        if col is not None:
            col.close()


def _answered(value: T) -> Future[T]:
    """Return a completed future."""
    answer: Future[T] = Future()
    answer.set_result(value)
    return answer
