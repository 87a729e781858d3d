"""Syncs without a window: the account, and the sync of a bare collection."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, MutableMapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.errors import SyncError, SyncErrorKind

from ..collection import sync
from ..collection.backups import back_up
from ..collection.errors import NotLoggedIn
from ..collection.media_sync import MediaSyncWatch
from ..collection.session import Session
from ..config import ConfigError
from ..rpc.errors import CollectionUnavailable

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.sync import SyncAuth

    from ..rpc.lane import Lane

logger = logging.getLogger("anki_rpc")

USER, PASSWORD = "ANKI_RPC_SYNC_USER", "ANKI_RPC_SYNC_PASSWORD"
KEY_RING_SERVICE = "anki-rpc"

MEDIA_INTERVAL_S = 0.25
"""Seconds between two checks whether the media are synced, as in Anki: its backend does not notify."""


class Account:
    """The account for syncing, and its server. The password is kept only until the first login, then the host key."""

    def __init__(self, endpoint: str | None = None, user: str | None = None, password: str | None = None) -> None:
        """`endpoint`: the address of the server; None for AnkiWeb. Raises ConfigError if the address is invalid."""
        self.endpoint = _checked(endpoint) if endpoint else None
        self._user = user
        self._password = password
        self._auth: SyncAuth | None = None
        self._logging_in = threading.Lock()

    @classmethod
    def load(cls, endpoint: str | None, environment: MutableMapping[str, str] = os.environ) -> Account:
        """Create an account from the environment. Removes the credentials from it, so that no child process inherits
        them.
        """
        return cls(endpoint, environment.pop(USER, None) or None, environment.pop(PASSWORD, None) or None)

    def login(self, col: Collection) -> SyncAuth:
        """Return the login that a sync needs. The first time it contacts the server. Raises NotLoggedIn, and Anki's
        errors. Any thread.
        """
        with self._logging_in:
            if self._auth is None:
                self._auth = self._log_in(col)
            return self._auth

    def _log_in(self, col: Collection) -> SyncAuth:
        if not self._user:
            raise NotLoggedIn(f"No account is set up: set {USER} in the gateway's environment, or call syncLogin.")
        password = self._password or _from_key_ring(self._user)
        if not password:
            raise NotLoggedIn(f"No password for {self._user} is set: set {PASSWORD}, or store it in the key ring.")
        auth = col.sync_login(self._user, password, self.endpoint)
        if self.endpoint and not auth.endpoint:
            auth.endpoint = self.endpoint
        self._password = None
        return auth

    def log_in(self, col: Collection, user: str, password: str, server: str | None) -> None:
        """Log in to an account, and use it until this process ends. If that fails, nothing changes. Any thread.

        `server`: empty for AnkiWeb, None for the present one.
        """
        endpoint = self.endpoint if server is None else server or None
        auth = col.sync_login(user, password, endpoint)
        if endpoint and not auth.endpoint:
            auth.endpoint = endpoint
        with self._logging_in:
            self.endpoint, self._user, self._password, self._auth = endpoint, user, None, auth

    def log_out(self) -> bool:
        """Forget the account, and return whether there was one."""
        with self._logging_in:
            had_one = self._user is not None
            self._user = self._password = self._auth = None
        return had_one

    def move(self, endpoint: str) -> None:
        """Use another address of the server from now on, to which the server has moved the account."""
        if self._auth is not None:
            self._auth.endpoint = endpoint

    def forget_if_refused(self, done: Future[dict[str, Any]]) -> None:
        """Forget the host key if the server no longer accepts it: the next sync logs in again."""
        error = None if done.cancelled() else done.exception()
        if isinstance(error, SyncError) and error.kind is SyncErrorKind.AUTH:
            self._auth = None


def _checked(endpoint: str) -> str:
    """Return the endpoint with the final slash that Anki needs. Raises ConfigError if it is invalid."""
    try:
        return sync.server_address(endpoint)
    except ValueError:
        raise ConfigError(
            "The sync endpoint is invalid. Use an address such as http://localhost:8080/. It must not contain "
            f"credentials: set {USER} and {PASSWORD} instead."
        ) from None


def _from_key_ring(user: str) -> str | None:
    """Return the password from the system's key ring; None if the library `keyring` is missing or has none."""
    try:
        import keyring  # noqa: PLC0415  (not among our dependencies)
    except ImportError:
        return None
    try:
        password: str | None = keyring.get_password(KEY_RING_SERVICE, user)
    except Exception as error:  # no key ring on this machine, or a locked one
        logger.warning("The key ring did not return the password for syncing: %s", error)
        return None
    return password


class SyncState(NamedTuple):
    """What syncs use and change, besides the collection."""

    account: Account
    session: Session
    media: MediaSyncWatch


def start(
    lane: Lane,
    collection: Callable[[], Collection | None],
    state: SyncState,
    full: str | None,
    *,
    wait_for_media: bool,
) -> Future[dict[str, Any]]:
    """Sync on the collection lane, so that nothing else uses the collection meanwhile. Returns immediately.

    The future's result is `SyncOutcome.to_result`. `full`: the direction of a full sync; None if it is not allowed.
    `wait_for_media`: complete the future only when the media are synced, too.
    """
    answer: Future[dict[str, Any]] = Future()
    answer.add_done_callback(state.account.forget_if_refused)

    def work() -> None:
        if not answer.set_running_or_notify_cancel():
            return
        try:
            col = collection()
            if col is None:
                raise CollectionUnavailable
            state.media.forget()
            outcome = _sync(col, state.account, state.session, full)
        except BaseException as error:
            answer.set_exception(error)
            return
        if not wait_for_media:
            answer.set_result(outcome.to_result())
        _watch_media(col, state.media, lambda media: media_ended(outcome._replace(media=media)))

    def media_ended(outcome: sync.SyncOutcome) -> None:
        if wait_for_media:
            answer.set_result(outcome.to_result())

    def ended(done: Future[bool]) -> None:
        if not done.result() and answer.set_running_or_notify_cancel():
            answer.set_exception(CollectionUnavailable())

    lane.submit(work).add_done_callback(ended)
    return answer


def _sync(col: Collection, account: Account, session: Session, full: str | None) -> sync.SyncOutcome:
    auth = account.login(col)
    output, is_changed = sync.merge(col, auth, media=True)
    if output.new_endpoint:
        account.move(output.new_endpoint)
    way = sync.full_way(output, full)
    if way is None:
        collection = "merged" if is_changed else "unchanged"
    else:
        session.closing(col)
        try:
            _replace(col, auth, way, output.server_media_usn)
        finally:
            session.opened(col)
        collection = "uploaded" if way == sync.UPLOAD else "downloaded"
    return sync.SyncOutcome(collection, output.server_message, "running")


def _replace(col: Collection, auth: SyncAuth, way: str, server_usn: int) -> None:
    """Upload or download everything. Before a download, back the collection up in Anki's folder for backups."""
    if way == sync.DOWNLOAD:
        back_up(col)
    col.close_for_full_sync()
    try:
        col.full_upload_or_download(auth=auth, server_usn=server_usn, upload=way == sync.UPLOAD)
    finally:
        col.reopen(after_full_sync=True)


def _watch_media(col: Collection, media_sync: MediaSyncWatch, ended: Callable[[str], None]) -> None:
    """Watch the running media sync on a new thread, and call `ended` with `synced` or `failed`."""

    def watch() -> None:
        try:
            while media_sync.ask(col.media_sync_status).active:
                time.sleep(MEDIA_INTERVAL_S)
        except Exception as error:
            logger.warning("The media were not synced: %s", error)
        ended("synced" if media_sync.last.error is None else "failed")

    threading.Thread(target=watch, name="anki-rpc media sync", daemon=True).start()
