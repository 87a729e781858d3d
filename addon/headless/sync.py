"""Syncing without a window: the account, and the sync of a bare collection."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, MutableMapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from anki.errors import SyncError, SyncErrorKind

from ..collection import sync
from ..collection.errors import NotLoggedIn
from ..config import ConfigError
from ..rpc.errors import CollectionUnavailable

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.sync import SyncAuth

    from ..rpc.executor import Lane

logger = logging.getLogger("anki_rpc")

USER, PASSWORD = "ANKI_RPC_SYNC_USER", "ANKI_RPC_SYNC_PASSWORD"
KEY_RING_SERVICE = "anki-rpc"

MEDIA_INTERVAL_S = 0.25
"""Seconds between two looks whether the media are synced, as in Anki: its backend tells nobody."""


class Account:
    """Who syncs where. The password is kept until the first login only, then the host key that it gave."""

    def __init__(self, endpoint: str | None = None, user: str | None = None, password: str | None = None) -> None:
        """`endpoint`: the server's address, AnkiWeb where there is none."""
        self.endpoint = _checked(endpoint) if endpoint else None
        self._user = user
        self._password = password
        self._auth: SyncAuth | None = None

    @classmethod
    def load(cls, endpoint: str | None, environment: MutableMapping[str, str] = os.environ) -> Account:
        """Take the credentials out of the environment, so that no child process inherits them."""
        return cls(endpoint, environment.pop(USER, None) or None, environment.pop(PASSWORD, None) or None)

    def login(self, col: Collection) -> SyncAuth:
        """What a sync needs. Asks the server the first time. Raises NotLoggedIn, and Anki's errors."""
        if self._auth is None:
            if not self._user:
                raise NotLoggedIn(f"no account is set up: {USER} is not in the gateway's environment")
            password = self._password or _from_key_ring(self._user)
            if not password:
                raise NotLoggedIn(f"no password for {self._user}: neither in {PASSWORD} nor in the key ring")
            self._auth = col.sync_login(self._user, password, self.endpoint)
            if self.endpoint and not self._auth.endpoint:
                self._auth.endpoint = self.endpoint
            self._password = None
        return self._auth

    def forget(self) -> None:
        """The server does not take the host key any more: log in again the next time."""
        self._auth = None


def _checked(endpoint: str) -> str:
    """With the slash at the end that Anki needs. Raises ConfigError."""
    try:
        parts = urlsplit(endpoint)
        is_usable = parts.scheme in {"http", "https"} and parts.hostname and not parts.query and not parts.fragment
    except ValueError:
        is_usable = False
    if not is_usable:
        raise ConfigError(f"the sync endpoint {endpoint!r} is no address such as http://localhost:8080/")
    if parts.username or parts.password:
        raise ConfigError(f"the sync endpoint must not hold credentials; they go into {USER} and {PASSWORD}")
    return endpoint.rstrip("/") + "/"


def _from_key_ring(user: str) -> str | None:
    """The system's key ring is asked where the library `keyring` is installed."""
    try:
        import keyring  # noqa: PLC0415  (not among our dependencies)
    except ImportError:
        return None
    try:
        password: str | None = keyring.get_password(KEY_RING_SERVICE, user)
    except Exception as error:  # no key ring on this machine, or a locked one
        logger.warning("the key ring gave no password: %s", error)
        return None
    return password


def start(
    lane: Lane,
    collection: Callable[[], Collection | None],
    account: Account,
    full: str | None,
    *,
    wait_for_media: bool,
) -> Future[dict[str, Any]]:
    """Sync on the collection lane, so that nothing else uses the collection meanwhile."""
    answer: Future[dict[str, Any]] = Future()

    def work() -> None:
        if not answer.set_running_or_notify_cancel():
            return
        try:
            col = collection()
            if col is None:
                raise CollectionUnavailable
            outcome = _sync(col, account, full)
        except BaseException as error:
            answer.set_exception(error)
            return
        if not wait_for_media:
            answer.set_result(outcome.to_result())
        _watch_media(col, lambda media: media_ended(outcome._replace(media=media)))

    def media_ended(outcome: sync.SyncOutcome) -> None:
        if wait_for_media:
            answer.set_result(outcome.to_result())

    def ended(done: Future[bool]) -> None:
        if not done.result() and answer.set_running_or_notify_cancel():
            answer.set_exception(CollectionUnavailable())

    lane.submit(work).add_done_callback(ended)
    return answer


def _sync(col: Collection, account: Account, full: str | None) -> sync.SyncOutcome:
    auth = account.login(col)
    try:
        output, is_changed = sync.merge(col, auth, media=True)
        if output.new_endpoint:
            auth.endpoint = output.new_endpoint
        way = sync.full_way(output, full)
        if way is None:
            collection = "merged" if is_changed else "unchanged"
        else:
            _replace(col, auth, way, output.server_media_usn)
            collection = "uploaded" if way == sync.UPLOAD else "downloaded"
    except SyncError as error:
        if error.kind is SyncErrorKind.AUTH:
            account.forget()
        raise
    return sync.SyncOutcome(collection, output.server_message, "running")


def _replace(col: Collection, auth: SyncAuth, way: str, server_usn: int) -> None:
    """Upload or download everything. What a download replaces is backed up where Anki keeps its backups."""
    if way == sync.DOWNLOAD:
        folder = Path(col.path).parent / "backups"
        folder.mkdir(exist_ok=True)
        col.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True)
    col.close_for_full_sync()
    try:
        col.full_upload_or_download(auth=auth, server_usn=server_usn, upload=way == sync.UPLOAD)
    finally:
        col.reopen(after_full_sync=True)


def _watch_media(col: Collection, ended: Callable[[str], None]) -> None:
    """Call back with how the media sync that is running ends; a thread of its own watches it."""

    def watch() -> None:
        try:
            while col.media_sync_status().active:
                time.sleep(MEDIA_INTERVAL_S)
        except Exception as error:
            logger.warning("the media were not synced: %s", error)
            ended("failed")
        else:
            ended("synced")

    threading.Thread(target=watch, name="anki-rpc media sync", daemon=True).start()
