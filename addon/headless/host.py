"""The headless host: a bare collection and its lane."""

from __future__ import annotations

import logging
import os
import time
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from anki.collection import Collection

from ..collection import closing
from ..collection import progress as anki_progress
from ..collection.change_log import ChangeTracker
from ..collection.errors import NotLoggedIn
from ..collection.media_sync import MediaSyncWatch, to_result
from ..collection.profile_store import ProfileStore
from ..collection.session import Session
from ..collection.sync_status import SyncCheck
from ..collection.undo_step import AnkiUndoHistory
from ..config import Config
from ..rpc import threads
from ..rpc.caller import Caller
from ..rpc.errors import ActionError, Busy, CollectionUnavailable, Refused
from ..rpc.events import Events
from ..rpc.host import DeletableProfile, DeletedProfile, Folders
from ..rpc.lane import Lane
from . import sync as headless_sync
from .base_folder import BaseFolder
from .opening import OUTDATED, CannotOpen, open_collection
from .opening import upgrade_scheduler as upgrade
from .profiles import HeadlessProfiles
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

    There is no window and no user to ask. Without a base folder there is one profile. The method docstrings say what
    differs from `rpc.host.Host`.
    """

    def __init__(
        self, path: Path, config: Config, account: Account | None = None, base: BaseFolder | None = None
    ) -> None:
        """`account`: for syncing, unless the profile has one of its own. `base`: the folder of the collection's profile
        and of those that can be opened instead.
        """
        self.config = config
        self.path = path
        self.on_write: Callable[[], None] = lambda: None
        self.unloading: Callable[[], None] = lambda: None
        """Called before the open collection is closed for another one; work on it should end."""
        self.is_new = False
        self.lane = Lane()
        self.lane.close()
        self.events = Events()
        self._changes = ChangeTracker(self.events, self.lane, self.collection)
        self._base = base
        self._own_account = account or Account()
        self._account = self._own_account
        self._upgrades_scheduler = False
        self._profiles = HeadlessProfiles(base, self.profile, self._is_open_file)
        self._file: os.stat_result | None = None
        self._has_ended = False
        self._sync_check = SyncCheck()
        self._session = Session()
        self._media_sync = MediaSyncWatch()
        self._undo_history = AnkiUndoHistory()
        self._col: Collection | None = None

    def open(self, *, upgrade_scheduler: bool = False) -> None:
        """Open the collection; create it if the file does not exist. Raises CannotOpen.

        `upgrade_scheduler`: upgrade a scheduler that Anki no longer supports.
        """
        self._upgrades_scheduler = upgrade_scheduler
        self._account = self._account_of(self.profile())
        self.is_new = not self.path.exists()
        self._use(self._open_file(self.path))
        self.lane.open()
        self.events.publish("profileOpened", {"profile": self.profile()})

    def _open_file(self, path: Path) -> Collection:
        col = open_collection(path, is_new=not path.exists())
        if col.v3_scheduler():
            return col
        if not self._upgrades_scheduler:
            logger.warning("%s uses a scheduler that Anki no longer supports: %s", path, OUTDATED)
            return col
        try:
            upgrade(col, path)
        except CannotOpen:
            col.close()
            raise
        return col

    def _use(self, col: Collection) -> None:
        """Use a collection that was opened. The gate of the lane is closed."""
        self._media_sync = MediaSyncWatch()
        self._file = self.path.stat()
        self._session.opened(col)
        self._col = col  # last: who has it has the account, the watch and the session that belong to it, too
        self._changes.opened()

    def _account_of(self, profile: str) -> Account:
        own = self._base and Account.of_profile(profile, self._base.settings(profile))
        return own or self._own_account

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
        """Return the profiles of the base folder; without one, only the profile that is served."""
        answer: Future[list[str]] = Future()
        base = self._base
        try:
            answer.set_result(base.names() if base else [self.profile()])
        except CannotOpen as error:
            answer.set_exception(Refused(base.without_folder(str(error)) if base else str(error)))
        return answer

    def open_profile(self, name: str) -> Future[bool]:
        """Open a profile of the base folder, on a thread of its own. If that fails, the open one stays open.

        The future raises Busy while another profile is being opened, and Refused if this one cannot be opened. Without
        a base folder, it returns whether this is the profile that is served.
        """
        base = self._base
        if base is None:
            return _answered(name == self.profile())
        return self._profiles.in_turn(base, lambda: self._switch(base, name), timeout=0)

    def _switch(self, base: BaseFolder, name: str) -> bool:
        """Open a profile in place of the open one. The other is open before this one is closed, so nothing is lost if
        it is in use, or damaged.
        """
        if name not in base.names():
            return False
        if name == self.profile() and self._col is not None:
            if self._col.db is None:
                raise Busy("the collection of the profile is closed for a moment")
            return True
        path = base.collection(name)
        if self._is_open_file(path):
            raise Refused(f"the profiles {self.profile()!r} and {name!r} have the same collection file")
        account = self._account_of(name)
        col = self._open_file(path)
        try:
            self._close_lane()
        except Busy:
            col.close()
            raise
        try:
            self._unload()
            self.path, self._account = path, account
            self._use(col)
        finally:
            self.lane.open()
        self.events.publish("profileOpened", {"profile": name})
        return True

    def _close_lane(self) -> None:
        """Close the lane, after the work that runs. Raises Busy if the gateway is stopped, as it may give work up."""
        self.unloading()
        self.lane.close(lambda: self._has_ended)
        if self._has_ended:
            raise Busy("the gateway is being stopped")

    def add_profile(self, name: str) -> Future[None]:
        return self._profiles.change(name, lambda base, store: store.add(name))

    def rename_profile(self, name: str, new_name: str) -> Future[None]:
        """Rename a profile. The lane is closed while the open one is, so after the work that runs."""

        def rename(base: BaseFolder, store: ProfileStore) -> None:
            if name != self.profile() or self._col is None:
                store.rename(name, new_name)
                return
            store.check_renaming(name, new_name)
            if name != new_name:
                self._rename_open(base, store, new_name)

        return self._profiles.change(name, rename, is_new=False)

    def _rename_open(self, base: BaseFolder, store: ProfileStore, new_name: str) -> None:
        name, failure = self.profile(), None
        self._close_lane()
        try:
            self._unload()
            try:
                store.rename(name, new_name)
                name = new_name
            except ActionError as error:
                failure = error.without_traceback()
            self.path = base.collection(name)
            try:
                self._use(self._open_file(self.path))
            except CannotOpen as error:
                raise Refused(
                    f"The profile {name!r} is closed, and cannot be opened again: {base.without_folder(str(error))} "
                    "loadProfile opens it later."
                ) from None
        finally:
            self.lane.open()
        self.events.publish("profileOpened", {"profile": name})
        if failure is not None:
            raise failure

    def find_deletable_profile(self, name: str) -> Future[DeletableProfile]:
        return self._profiles.change(name, lambda base, store: store.find_deletable(name), is_new=False)

    def delete_profile(self, name: str) -> Future[DeletedProfile]:
        return self._profiles.change(name, lambda base, store: store.delete(name), is_new=False)

    def _is_open_file(self, path: Path) -> bool:
        """Whether this is the file of the open collection, by another name: Anki may have renamed the profile.

        Such a file must not even be read: when it is closed again, the system drops Anki's lock on it.
        """
        if self._file is None or not path.exists():
            return False
        known = [self._file, *([self.path.stat()] if self.path.exists() else [])]  # a full sync replaces the file
        return any(os.path.samestat(path.stat(), file) for file in known)

    def _unload(self) -> None:
        """Close the open collection. A failure is only logged, as the next one is to be used anyway."""
        col, self._col, self._file = self._col, None, None
        if col is not None:
            try:
                col.close()
            except Exception:
                logger.exception("%s could not be closed in order", self.path)
        self.events.publish("profileClosed", {"profile": self.profile()})

    def sync(self, full: str | None, caller: Caller | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """Sync on the lane, so that nothing else uses the collection meanwhile."""
        return self._sync(self._while_open(self._col), full, wait_for_media=wait_for_media)

    def _sync(
        self, collection: Callable[[], Collection | None], full: str | None, *, wait_for_media: bool
    ) -> Future[dict[str, Any]]:
        self._changes.announce("syncStarted", {})
        state = headless_sync.SyncState(self._account, self._session, self._media_sync)
        answer = headless_sync.start(self.lane, collection, state, full, wait_for_media=wait_for_media)
        answer.add_done_callback(lambda _: self._synced())
        return answer

    def sync_unattended(self, may_begin: Callable[[], bool]) -> Future[dict[str, Any]]:
        """There are no windows, so it begins at once."""
        refusal: Future[dict[str, Any]] = Future()
        collection = self._while_open(self._col)  # the one about which `may_begin` decides
        if not self._account.is_set:
            refusal.set_exception(NotLoggedIn())
        elif not may_begin():
            refusal.set_exception(Busy())
        else:
            return self._sync(collection, None, wait_for_media=False)
        return refusal

    def read_collection(self, read: Callable[[Collection], R]) -> Future[R]:
        return closing.on_lane(self.lane, self.collection, read, reads=True)

    def export_collection(self, write: Callable[[Collection], R], caller: Caller) -> Future[R]:
        return self._reopening(write)

    def replace_collection(
        self, back_up: Callable[[Collection], R], replace: Callable[[RustBackend], None], caller: Caller
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

        def try_again() -> None:
            self.lane.submit(lambda: self._open_again(col))

        try:
            threads.start_timer("reopening", REOPEN_INTERVAL_S, try_again)
        except Busy:  # the lane waits itself, as it can do little else
            time.sleep(REOPEN_INTERVAL_S)
            try_again()

    def _open_again(self, col: Collection) -> None:
        if self._col is col:
            with suppress(Exception):  # whatever Anki raises: it is tried again
                closing.reopening(col, lambda: None)
            self._opened(col)

    def sync_status(self, *, fresh: bool) -> Future[dict[str, Any]]:
        collection = self._while_open(self._col)
        account = self._account
        answer = self._sync_check.start(self.lane, collection, account.login, account.move, fresh=fresh)
        answer.add_done_callback(account.forget_if_refused)
        return answer

    def media_sync_status(self) -> dict[str, Any]:
        watch = self._media_sync  # read before the collection, so no answer of another profile is kept in it
        if (col := self._col) is None:
            raise CollectionUnavailable
        with suppress(Exception):  # it is remembered
            watch.ask(col.media_sync_status)
        return to_result(watch.last)

    def sync_login(self, user: str, password: str, server: str | None) -> Future[None]:
        """Use the account until the profile is closed. Only a thread of its own waits for the server; the lane then
        takes the account, so after a sync that runs.
        """
        col = self._col
        present = self._account
        answer: Future[None] = Future()
        answer.set_running_or_notify_cancel()

        def take(account: Account, col: Collection) -> None:
            self._use_account(account)
            col.media.force_resync()  # what was synced with another account says nothing of this one

        def log_in() -> None:
            try:
                if col is None:
                    raise CollectionUnavailable
                account = present.logged_in(col, user, password, server)
                closing.on_lane(self.lane, self._while_open(col), partial(take, account)).result()
            except Exception as error:
                answer.set_exception(error.with_traceback(None))
            else:
                answer.set_result(None)

        threads.start("login", log_in)
        return answer

    def sync_logout(self) -> Future[bool]:
        """Forget the account on the lane, so after a sync that runs. Anki compares all media with the next one."""

        def log_out(col: Collection) -> bool:
            had_one = self._account.is_set
            self._use_account(self._account.logged_out())
            if had_one:
                col.media.force_resync()
            return had_one

        return closing.on_lane(self.lane, self._while_open(self._col), log_out)

    def _use_account(self, account: Account) -> None:
        self._account = account

    def _while_open(self, col: Collection | None) -> Callable[[], Collection | None]:
        """Return what returns this collection, and None once another profile was opened."""
        return lambda: col if self._col is col else None

    def _synced(self) -> None:
        self.lane.submit(self._changes.opened)
        self._changes.announce("syncFinished", {})

    def progress(self, *, of_sync: bool) -> ProgressReport | None:
        return anki_progress.progress(self._col, of_sync=of_sync) if self._col else None

    def abort(self, *, sync: bool) -> None:
        if col := self._col:  # another thread may be closing it
            anki_progress.abort(col, sync=sync)

    def window(self) -> None:
        return None

    def session(self) -> str:
        return self._session.id

    def undo_history(self) -> AnkiUndoHistory:
        return self._undo_history

    def changed(self, changes: OpChanges) -> None:
        self._changes.add(changes)
        self.on_write()

    def folders(self) -> Folders:
        base = self._base.folder if self._base else None
        return Folders(Path(self._col.media.dir()) if self._col else None, self.config.allowed_folders, base)

    def allowed_downloads(self) -> tuple[str, ...]:
        return self.config.allowed_download_hosts

    def package_limit(self) -> int:
        return self.config.limits.package_megabytes * 2**20

    def save_input(self, note_ids: set[int] | None) -> None:
        """Do nothing, as there is no editor."""

    def browser_closed(self) -> AbstractContextManager[object]:
        return nullcontext()

    def requires_key(self, caller: Caller) -> bool:
        return self.config.needs_key(is_direct=caller.is_direct)

    def ask_permission(self, origin: str, *, is_local: bool) -> Future[bool]:
        """Deny, as there is no user to ask."""
        return _answered(False)

    def close(self) -> None:
        """Close the collection, if it is open. Waits until no profile is being opened."""
        self._has_ended = True
        with self._profiles.busy:
            col, self._col = self._col, None
            if col is not None:
                col.close()


def _answered(value: T) -> Future[T]:
    """Return a completed future."""
    answer: Future[T] = Future()
    answer.set_result(value)
    return answer
