"""Syncs without a window: the account, and the sync of a bare collection."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, MutableMapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.errors import SyncError, SyncErrorKind
from anki.sync import SyncAuth

from ..collection import sync
from ..collection.backups import back_up
from ..collection.errors import NotLoggedIn
from ..collection.media_sync import MediaSyncWatch
from ..collection.session import Session
from ..config import ConfigError
from ..rpc import threads
from ..rpc.errors import Busy, CollectionUnavailable

if TYPE_CHECKING:
    from anki.collection import Collection

    from ..rpc.lane import Lane

logger = logging.getLogger("anki_rpc")

USER, PASSWORD = "ANKI_RPC_SYNC_USER", "ANKI_RPC_SYNC_PASSWORD"
KEY_RING_SERVICE = "anki-rpc"

NETWORK_TIMEOUT_S = 60
"""Anki's timeout for a profile that has none of its own."""

MEDIA_INTERVAL_S = 0.25
"""Seconds between two checks whether the media are synced, as in Anki: its backend does not notify."""


class Account:
    """The account for syncing, and its server. The password is kept only until the first login, then the host key."""

    def __init__(self, endpoint: str | None = None, user: str | None = None, password: str | None = None) -> None:
        """`endpoint`: the address of the server; None for AnkiWeb. Raises ConfigError if the address is invalid."""
        self.endpoint = _checked(endpoint) if endpoint else None
        self.syncs_media = True
        self._user = user
        self._password = password
        self._auth: SyncAuth | None = None
        self._advice = f"No account is set up: set {USER} in the gateway's environment, or call syncLogin."
        self._logging_in = threading.Lock()

    @classmethod
    def load(cls, endpoint: str | None, environment: MutableMapping[str, str] = os.environ) -> Account:
        """Create an account from the environment. Removes the credentials from it, so that no child process inherits
        them.
        """
        return cls(endpoint, environment.pop(USER, None) or None, environment.pop(PASSWORD, None) or None)

    @classmethod
    def of_profile(cls, name: str, settings: Mapping[str, Any]) -> Account | None:
        """Create the account that a profile has in Anki, which is logged in already; None if it has none.

        `settings`: those of the profile, see `BaseFolder`.
        """
        key = settings.get("syncKey")
        if not isinstance(key, str) or not key:
            return None
        account = cls()
        urls = (settings.get("currentSyncUrl"), settings.get("customSyncUrl"))
        account.endpoint = next((url for url in urls if isinstance(url, str) and url), None)
        account.syncs_media = bool(settings.get("syncMedia", True))
        timeout = settings.get("networkTimeout")
        seconds = timeout if isinstance(timeout, int) and 0 < timeout < 2**31 else NETWORK_TIMEOUT_S
        account._auth = SyncAuth(hkey=key, endpoint=account.endpoint, io_timeout_secs=seconds)
        account._advice = (
            f"The server has refused the account of the profile {name!r}. Log in again in Anki, or call syncLogin."
        )
        return account

    @property
    def is_set(self) -> bool:
        """Whether there is an account at all."""
        return self._auth is not None or self._user is not None

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
            raise NotLoggedIn(self._advice)
        password = self._password or _from_key_ring(self._user)
        if not password:
            raise NotLoggedIn(f"No password for {self._user} is set: set {PASSWORD}, or store it in the key ring.")
        auth = _authenticate(col, self._user, password, self.endpoint)
        self._password = None
        return auth

    def logged_in(self, col: Collection, user: str, password: str, server: str | None) -> Account:
        """Log in to another account, and return it. This one stays as it is. Raises Anki's errors. Any thread.

        `server`: empty for AnkiWeb, None for the present one.
        """
        endpoint = self.endpoint if server is None else server or None
        return self._other(endpoint, user, _authenticate(col, user, password, endpoint))

    def logged_out(self) -> Account:
        """Return what is left without the login: the server, and whether media are synced."""
        return self._other(self.endpoint)

    def _other(self, endpoint: str | None, user: str | None = None, auth: SyncAuth | None = None) -> Account:
        account = Account(user=user)
        account.endpoint = endpoint
        account.syncs_media = self.syncs_media
        account._auth = auth
        return account

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


def _authenticate(col: Collection, user: str, password: str, endpoint: str | None) -> SyncAuth:
    auth = col.sync_login(user, password, endpoint)
    if endpoint and not auth.endpoint:
        auth.endpoint = endpoint
    return auth


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
        _watch_media(col, state.media, outcome, lambda media: media_ended(outcome._replace(media=media)))

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
    output, is_changed = sync.merge(col, auth, media=account.syncs_media)
    if output.new_endpoint:
        account.move(output.new_endpoint)
    way = sync.full_way(output, full)
    if way is None:
        collection = "merged" if is_changed else "unchanged"
    else:
        session.closing(col)
        try:
            _replace(col, auth, way, output.server_media_usn if account.syncs_media else None)
        finally:
            session.opened(col)
        collection = "uploaded" if way == sync.UPLOAD else "downloaded"
    return sync.SyncOutcome(collection, output.server_message, "running" if account.syncs_media else "off")


def _replace(col: Collection, auth: SyncAuth, way: str, server_usn: int | None) -> None:
    """Upload or download everything. Before a download, back the collection up in Anki's folder for backups."""
    if way == sync.DOWNLOAD:
        back_up(col)
    col.close_for_full_sync()
    try:
        col.full_upload_or_download(auth=auth, server_usn=server_usn, upload=way == sync.UPLOAD)
    finally:
        col.reopen(after_full_sync=True)


def _watch_media(
    col: Collection, media_sync: MediaSyncWatch, outcome: sync.SyncOutcome, ended: Callable[[str], None]
) -> None:
    """Watch the running media sync on a new thread, and call `ended` with `synced` or `failed`; with `off` at once.

    If the system allows no more threads, call it with `running` at once.
    """
    if outcome.media == "off":
        ended("off")
        return

    def watch() -> None:
        try:
            while media_sync.ask(col.media_sync_status).active:
                time.sleep(MEDIA_INTERVAL_S)
        except Exception as error:
            logger.warning("The media were not synced: %s", error)
        ended("synced" if media_sync.last.error is None else "failed")

    try:
        threads.start("media sync", watch)
    except Busy as error:  # the collection is synced, and Anki goes on with the media
        logger.warning("The sync of the media is not watched: %s", error.message)
        ended("running")
