"""Anki's sync without dialogs: the steps of `aqt.sync`, with results and errors in place of questions and warnings."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from anki.collection import Collection
from anki.sync_pb2 import SyncLoginRequest
from aqt import gui_hooks
from aqt.qt import QTimer
from aqt.sync import on_full_sync_timer, on_normal_sync_timer
from aqt.utils import tr

from ..collection import sync
from ..collection.errors import NotLoggedIn
from ..collection.media_sync import MediaSyncWatch, to_result
from ..collection.sync_status import SyncCheck
from ..gui.dialogs import waiting_dialog
from ..rpc import threads
from ..rpc.caller import Caller
from ..rpc.errors import Busy, CollectionUnavailable
from ..rpc.lane import Work
from .answers import ask, fail, settle
from .caller_progress import CallerProgress
from .main_thread import MainThread
from .ui.translation import say
from .ui.work_window import headline

if TYPE_CHECKING:
    from anki.sync import SyncAuth, SyncOutput
    from anki.sync_pb2 import MediaSyncStatusResponse
    from aqt.main import AnkiQt

    from ..rpc.lane import Lane

PROGRESS_INTERVAL_MS = 150
"""Milliseconds between two updates of the progress window, as in Anki. In it the user can cancel."""


class DesktopSync:
    """Syncs the open profile with its own account. Only one sync runs at a time, Anki's own syncs included."""

    def __init__(self, mw: AnkiQt, main: MainThread) -> None:
        self._mw = mw
        self._main = main
        self._is_running = False
        self._check = SyncCheck()
        gui_hooks.sync_will_start.append(self._started)
        gui_hooks.sync_did_finish.append(self._ended)
        gui_hooks.collection_did_load.append(lambda col: self._ended())
        self._media_sync = MediaSyncWatch()
        gui_hooks.media_sync_did_start_or_stop.append(lambda starts: self._media_sync.forget() if starts else None)
        _watch_media_status(self._media_sync)

    def run(self, full: str | None, caller: Caller | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """As `Host.sync`. Any thread."""

        def begin(answer: Future[dict[str, Any]]) -> None:
            if self._is_running and self._is_shown():
                raise Busy("a sync is running already")
            _Run(self._mw, full, answer, caller, wait_for_media=wait_for_media).begin()

        return ask(self._main, begin)

    def run_unattended(
        self, may_begin: Callable[[], bool], when_over: Callable[[Work], None]
    ) -> Future[dict[str, Any]]:
        """As `Host.sync_unattended`. `when_over` calls when nobody works in Anki. Any thread."""

        def begin(answer: Future[dict[str, Any]]) -> None:
            if not (self._mw.pm.profile and self._mw.pm.sync_auth()):
                raise NotLoggedIn
            if (self._is_running and self._is_shown()) or not may_begin():
                raise Busy
            _Run(self._mw, None, answer, None, wait_for_media=False).begin()

        return ask(self._main, begin, when_over)

    def status(self, lane: Lane, collection: Callable[[], Collection | None], *, fresh: bool) -> Future[dict[str, Any]]:
        """As `Host.sync_status`. Any thread."""
        mw = self._mw

        def login(col: Collection) -> SyncAuth:
            auth = mw.pm.sync_auth() if mw.pm.profile else None
            if auth is None:
                raise NotLoggedIn
            return auth

        def moved(endpoint: str) -> None:
            self._main.post(lambda: mw.pm.set_current_sync_url(endpoint) if mw.pm.profile else None)

        return self._check.start(lane, collection, login, moved, fresh=fresh)

    def media_status(self) -> dict[str, Any]:
        """As `Host.media_sync_status`. Any thread.

        While Anki watches a media sync, it is not asked here: it would not learn of an error, and not tell the user.
        """
        col = self._mw.col
        if col is None:
            raise CollectionUnavailable
        if self._mw.media_syncer.is_syncing():
            return to_result(self._media_sync.last._replace(is_active=True, error=None))
        with suppress(Exception):  # it is remembered
            col.media_sync_status()
        return to_result(self._media_sync.last)

    def log_in(self, user: str, password: str, server: str | None) -> Future[None]:
        """As `Host.sync_login`. Only a thread of its own waits for the server. Any thread."""

        def begin(answer: Future[None]) -> None:
            mw = self._mw
            self._require_idle()
            profile = mw.pm.name
            endpoint = mw.pm.sync_endpoint() if server is None else server or None
            request = SyncLoginRequest(username=user, password=password, endpoint=endpoint)
            backend = mw.backend

            def log_in() -> None:
                try:
                    auth = backend.sync_login(request)
                except Exception as error:
                    fail(answer, error)
                else:
                    self._main.post(lambda: self._logged_in(answer, profile, user, server, auth))

            threads.start("login", log_in)

        return ask(self._main, begin)

    def _logged_in(
        self, answer: Future[None], profile: str | None, user: str, server: str | None, auth: SyncAuth
    ) -> None:
        pm = self._mw.pm
        if pm.profile is None or pm.name != profile:
            fail(answer, CollectionUnavailable("The profile was closed during the login."))
            return
        if server is not None:
            pm.set_custom_sync_url(server or None)
        pm.set_sync_key(auth.hkey)
        pm.set_sync_username(user)
        pm.save()
        if self._mw.col is not None:
            self._mw.col.media.force_resync()  # what was synced with another account says nothing of this one
        settle(answer, None)

    def log_out(self) -> Future[bool]:
        """As `Host.sync_logout`. Like Anki's preferences, it has the next sync compare all media. Any thread."""

        def begin(answer: Future[bool]) -> None:
            mw = self._mw
            self._require_idle()
            had_one = mw.pm.sync_auth() is not None
            if had_one:
                mw.pm.clear_sync_auth()
                mw.col.media.force_resync()
                mw.pm.save()
            settle(answer, had_one)

        return ask(self._main, begin)

    def _require_idle(self) -> None:
        """Raise Busy or CollectionUnavailable if the account must not change now."""
        mw = self._mw
        if mw.col is None or mw.col.db is None or mw.pm.profile is None:
            raise CollectionUnavailable
        if (self._is_running and self._is_shown()) or mw.media_syncer.is_syncing():
            raise Busy("a sync is running")

    def _is_shown(self) -> bool:
        """Whether Anki shows progress or a question. If not, the sync has ended, perhaps without calling its hook."""
        return bool(self._mw.progress.busy()) or waiting_dialog() is not None

    def _started(self) -> None:
        self._is_running = True

    def _ended(self) -> None:
        self._is_running = False


class _Run:
    """One sync. It runs on the main thread, except for its blocking steps."""

    def __init__(
        self,
        mw: AnkiQt,
        full: str | None,
        answer: Future[dict[str, Any]],
        caller: Caller | None,
        *,
        wait_for_media: bool,
    ) -> None:
        """`caller`: None if no program has asked for it."""
        self._mw = mw
        self._progress = CallerProgress(mw, headline(say("syncing"), caller))
        self._full = full
        self._wait_for_media = wait_for_media
        self._answer = answer
        self._server_message = ""

    def begin(self) -> None:
        mw = self._mw
        if mw.col is None or mw.col.db is None or not mw.isEnabled():
            raise CollectionUnavailable
        auth = mw.pm.sync_auth()
        if auth is None:
            raise NotLoggedIn
        self._auth = auth
        self._media = mw.pm.media_syncing_enabled()
        gui_hooks.sync_will_start()
        self._in_background(
            lambda: sync.merge(mw.col, auth, media=self._media),
            self._merged,
            lambda: on_normal_sync_timer(mw),
            tr.sync_checking(),
        )

    def _merged(self, done: Future[tuple[SyncOutput, bool]]) -> None:
        mw = self._mw
        mw.col._load_scheduler()  # the scheduler's version may have changed
        output, is_changed = done.result()
        mw.pm.set_host_number(output.host_number)
        if output.new_endpoint:
            mw.pm.set_current_sync_url(output.new_endpoint)
            self._auth.endpoint = output.new_endpoint
        self._server_message = output.server_message
        if (way := sync.full_way(output, self._full)) is None:
            self._finish("merged" if is_changed else "unchanged")
        else:
            self._replace(way, output.server_media_usn if self._media else None)

    def _replace(self, way: str, server_usn: int | None) -> None:
        """Upload or download everything. The gate stays closed until Anki reopens the collection."""
        mw = self._mw
        is_upload = way == sync.UPLOAD
        label = tr.sync_uploading_to_ankiweb() if is_upload else tr.sync_downloading_from_ankiweb()
        gui_hooks.collection_will_temporarily_close(mw.col)

        def transfer() -> None:
            if not is_upload:
                mw.create_backup_now()
            mw.col.close_for_full_sync()
            mw.col.full_upload_or_download(auth=self._auth, server_usn=server_usn, upload=is_upload)

        def transferred(done: Future[None]) -> None:
            mw.reopen(after_full_sync=True)
            done.result()
            self._finish("uploaded" if is_upload else "downloaded")

        self._in_background(transfer, transferred, lambda: on_full_sync_timer(mw, label), label)

    def _in_background(
        self,
        work: Callable[[], Any],
        then: Callable[[Future[Any]], None],
        show_progress: Callable[[], None],
        label: str,
    ) -> None:
        def show() -> None:
            show_progress()
            self._progress.restore_headline()

        timer = QTimer(self._mw)
        timer.timeout.connect(show)
        timer.start(PROGRESS_INTERVAL_MS)

        def done(future: Future[Any]) -> None:
            timer.stop()
            timer.deleteLater()
            try:
                then(future)
            except Exception as error:
                try:
                    self._end()
                finally:
                    fail(self._answer, error)

        self._progress.run(work, done, label)

    def _finish(self, collection: str) -> None:
        mw = self._mw
        if self._media:
            mw.media_syncer.start_monitoring()
        self._end()
        if self._media and self._wait_for_media:
            _when_media_end(mw, lambda media: self._settle(collection, media))
        else:
            self._settle(collection, "running" if self._media else "off")

    def _settle(self, collection: str, media: str) -> None:
        settle(self._answer, sync.SyncOutcome(collection, self._server_message, media).to_result())

    def _end(self) -> None:
        """End the sync: have Anki show the collection as it is now."""
        mw = self._mw
        mw.col.models._clear_cache()
        gui_hooks.sync_did_finish()
        mw.reset()
        mw._refresh_after_sync()


def _watch_media_status(watch: MediaSyncWatch) -> None:
    """Have the watch see each answer about the media sync that Anki's window gets: one with an error comes once."""
    ask_backend = Collection.media_sync_status

    def media_sync_status(col: Collection) -> MediaSyncStatusResponse:
        return watch.ask(lambda: ask_backend(col))

    setattr(Collection, "media_sync_status", media_sync_status)  # noqa: B010  (mypy knows no other way)


def _when_media_end(mw: AnkiQt, then: Callable[[str], None]) -> None:
    """Call `then` with `synced` or `failed` when the media sync ends. Anki keeps the outcome only as a message."""

    def tell() -> None:
        last = mw.media_syncer.last_progress
        then("failed" if last in (tr.sync_media_failed(), tr.sync_media_aborted()) else "synced")

    def stopped() -> None:
        # Not within the hook: it would skip the one that follows this one, perhaps that of another call.
        gui_hooks.media_sync_did_start_or_stop.remove(started_or_stopped)
        tell()

    def started_or_stopped(is_running: bool) -> None:  # noqa: FBT001  (as the hook calls it)
        if not is_running:
            QTimer.singleShot(0, stopped)

    if mw.media_syncer.is_syncing():
        gui_hooks.media_sync_did_start_or_stop.append(started_or_stopped)
    else:
        tell()
