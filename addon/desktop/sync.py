"""Anki's sync without dialogs: the steps of `aqt.sync`, with results and errors in place of questions and warnings."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from aqt import gui_hooks
from aqt.qt import QApplication, QTimer
from aqt.sync import on_full_sync_timer, on_normal_sync_timer
from aqt.utils import tr

from ..collection import sync
from ..collection.errors import NotLoggedIn
from ..collection.sync_status import SyncCheck
from ..rpc.errors import Busy, CollectionUnavailable
from .answers import ask, fail, settle
from .main_thread import MainThread

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.sync import SyncAuth, SyncOutput
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

    def run(self, full: str | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """As `Host.sync`. Any thread."""

        def begin(answer: Future[dict[str, Any]]) -> None:
            if self._is_running and self._is_shown():
                raise Busy("a sync is running already")
            _Run(self._mw, full, answer, wait_for_media=wait_for_media).begin()

        return ask(self._main, begin)

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

    def _is_shown(self) -> bool:
        """Whether Anki shows progress or a question. If not, the sync has ended, perhaps without calling its hook."""
        return bool(self._mw.progress.busy()) or QApplication.activeModalWidget() is not None

    def _started(self) -> None:
        self._is_running = True

    def _ended(self) -> None:
        self._is_running = False


class _Run:
    """One sync. It runs on the main thread, except for its blocking steps."""

    def __init__(self, mw: AnkiQt, full: str | None, answer: Future[dict[str, Any]], *, wait_for_media: bool) -> None:
        self._mw = mw
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
        timer = QTimer(self._mw)
        timer.timeout.connect(show_progress)
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

        self._mw.taskman.with_progress(work, done, label=label, title=label)

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


def _when_media_end(mw: AnkiQt, then: Callable[[str], None]) -> None:
    """Call `then` with `synced` or `failed` when the media sync ends. Anki keeps the outcome only as a message."""

    def tell() -> None:
        last = mw.media_syncer.last_progress
        then("failed" if last in (tr.sync_media_failed(), tr.sync_media_aborted()) else "synced")

    def started_or_stopped(is_running: bool) -> None:  # noqa: FBT001  (as the hook calls it)
        if not is_running:
            gui_hooks.media_sync_did_start_or_stop.remove(started_or_stopped)
            QTimer.singleShot(0, tell)

    if mw.media_syncer.is_syncing():
        gui_hooks.media_sync_did_start_or_stop.append(started_or_stopped)
    else:
        tell()
