"""The host inside Anki: it serves the open profile, with Anki's windows, from start to end."""

from __future__ import annotations

import contextlib
import logging
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aqt import gui_hooks
from aqt.utils import tooltip

from .. import logs
from ..collection import progress as anki_progress
from ..collection.change_log import ChangeTracker
from ..collection.closing import on_lane
from ..collection.session import Session
from ..collection.undo_step import AnkiUndoHistory
from ..config import Config
from ..extension.declarations import Declarations
from ..gateway import HANDLER_ENDS_S, Gateway
from ..gui.editor import PAGE_TIMEOUT_MS
from ..rpc.caller import Caller
from ..rpc.events import Events
from ..rpc.executor import ThreadedExecutor
from ..rpc.host import DeletableProfile, DeletedProfile, Folders
from ..rpc.lane import Lane, Work
from .attendance import Attendance
from .browser_window import BrowserWindow
from .caller_progress import end_all
from .editors import Editors
from .events import Hooks
from .lane_progress import LaneProgress
from .leaving import Unloading, watch_quitting
from .main_thread import MainThread
from .profiles import DesktopProfiles
from .refresh import Refresh
from .replaced_files import before_files_change
from .replacing import DesktopReplacing
from .serving import Serving
from .settings_file import SettingsFile
from .sync import DesktopSync
from .takeover import TakeOver
from .ui import edit_dialog
from .ui.menu import Menu
from .ui.permission import PermissionAnswer, PermissionQuestions
from .ui.texts import as_html
from .ui.window import GatewayWindow

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection, OpChanges
    from aqt.main import AnkiQt

    from ..http.call_log import CallerSummary
    from ..rpc.operations import ProgressReport

logger = logging.getLogger("anki_rpc")

R = TypeVar("R")

ADDON = __name__.partition(".")[0]
"""The name of the add-on's folder: a number if it was installed from AnkiWeb."""
ANKI_READS_S = 5.0
LONGEST_NOTICE = 1000
"""Characters of a notice; AnkiRPC's window shows the whole text."""


class DesktopHost:
    """Serves the open profile. Its methods run on the main thread unless they say otherwise."""

    def __init__(self, mw: AnkiQt, declarations: Declarations) -> None:
        log = _log_to_file(Path(mw.addonManager.addonsFolder(ADDON)) / "user_files")
        # Windows cannot replace a folder with an open file in it. The next entry opens it again.
        before_files_change(ADDON, log.close)
        self._mw = mw
        self._declarations = declarations
        self._lane = Lane()
        self.events = Events()
        self.on_write: Callable[[], None] = lambda: None
        self._changes = ChangeTracker(self.events, self._lane, self.collection)
        self._session = Session()
        self._undo_history = AnkiUndoHistory()
        self._is_open = True
        self._main = MainThread(mw)
        self._editors = Editors(self._main)
        self._browser = BrowserWindow()
        self._refresh = Refresh(mw, self._main, self._lane, self._editors)
        self._profiles = DesktopProfiles(mw, self._main, self._refresh.flush)
        self._sync = DesktopSync(mw, self._main)
        self._attendance = Attendance(mw, self._main, GatewayWindow)
        self._replacing = DesktopReplacing(
            mw, self._main, lambda then: self._refresh.flush(lambda: self._editors.draw(then))
        )
        self._questions = PermissionQuestions(mw, self._answered)
        self._settings = SettingsFile(mw, ADDON, self._reconfigured, self._complain)
        self._gateway = Gateway(self, ThreadedExecutor(self._lane, self.run_on_main), declarations)
        self._lane_progress = LaneProgress(mw, self, self._main.post, self._gateway.operations.cancel)
        self._takeover = TakeOver(mw, ADDON, self._adopt)
        self._menu = Menu(mw, self._settings, self._gateway, self._make_window)
        self._serving = Serving(
            self._gateway,
            self._settings,
            self._takeover.hint,
            self._complain,
            changed=self._menu.refresh,
            post=self._main.post,
        )

    def begin(self) -> None:
        """Follow Anki's hooks and start to listen."""
        self._unloading = Unloading(self._mw, self._unload)
        self._is_quitting = watch_quitting(self._mw)
        edit_dialog.register()
        gui_hooks.collection_did_load.append(lambda col: self._open())
        gui_hooks.collection_will_temporarily_close.append(lambda col: self._close())
        gui_hooks.collection_did_temporarily_close.append(lambda col: self._open())
        self._hooks = Hooks(self._mw, self.events, self._changes, self._refresh)
        self._lane.submit(self._changes.opened)  # an open collection may be syncing already
        self._mw.addonManager.setConfigUpdatedAction(ADDON, self._settings.read)
        self._gateway.recent.watch = self._called
        self._gateway.operations.watch = self._menu.refresh_soon
        self._lane_progress.follow(self._gateway.dispatcher.lane_watch)
        self._mw.app.aboutToQuit.connect(self._end)
        self._serving.listen()
        self._takeover.offer()

    # --- the gate ---

    def _close(self) -> None:
        """Close the gate: wait for the running work, then keep all other work off the collection."""
        self._lane.close(self._given_up_from(time.monotonic() + HANDLER_ENDS_S) if self._is_quitting() else None)
        self._is_open = False
        if self._mw.col is not None:
            self._session.closing(self._mw.col)

    def _given_up_from(self, deadline: float) -> Callable[[], bool]:
        """Return what `Lane.close` asks. From the deadline on, a handler of an extension is given up: it may never end.

        Only if Anki quits: a handler could go on in the collection of the next profile.
        """

        def gives_up() -> bool:
            if time.monotonic() < deadline or not self._gateway.waits_for_extension():
                return False
            self._lane_progress.end()  # its window would outlive Anki's
            return True

        return gives_up

    def _unload(self) -> None:
        self._gateway.operations.stop("the collection is being closed")
        self._lane_progress.abort()
        end_all(self._abort_all)
        self._gateway.dispatcher.snapshots.clear()
        self._close()
        self._let_anki_read()
        self._hooks.unloading()

    def _abort_all(self) -> None:
        if self._mw.col is not None:
            anki_progress.abort(self._mw.col, sync=False)
            anki_progress.abort(self._mw.col, sync=True)

    def _let_anki_read(self) -> None:
        """Wait for Anki's own reads that are queued behind the lane's work, at most `ANKI_READS_S`.

        They fail if the collection is closed first, and Anki shows each failure to the user.
        """
        with contextlib.suppress(FutureTimeout):
            self._mw.taskman.run_in_background(lambda: None).result(ANKI_READS_S)

    def _open(self) -> None:
        self._is_open = True
        self._session.opened(self._mw.col)
        self._changes.opened()
        self._lane.open()

    # --- Host ---

    def collection(self) -> Collection | None:
        """Return the collection; None while the gate is closed, which does not stop the main thread. Any thread."""
        return self._mw.col if self._is_open else None

    def profile(self) -> str | None:
        """Any thread."""
        return str(self._mw.pm.name) if self._mw.pm.name else None

    def profiles(self) -> Future[list[str]]:
        """Any thread."""
        return self._profiles.names()

    def open_profile(self, name: str) -> Future[bool]:
        """Any thread."""
        return self._profiles.open(name)

    def add_profile(self, name: str) -> Future[None]:
        """Any thread."""
        return self._profiles.add(name)

    def rename_profile(self, name: str, new_name: str) -> Future[None]:
        """Any thread."""
        return self._profiles.rename(name, new_name)

    def find_deletable_profile(self, name: str) -> Future[DeletableProfile]:
        """Any thread."""
        return self._profiles.find_deletable(name)

    def delete_profile(self, name: str) -> Future[DeletedProfile]:
        """Any thread."""
        return self._profiles.delete(name)

    def sync(self, full: str | None, caller: Caller, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """Any thread."""
        return self._sync.run(full, caller, wait_for_media=wait_for_media)

    def sync_unattended(self, may_begin: Callable[[], bool]) -> Future[dict[str, Any]]:
        """Any thread."""
        return self._sync.run_unattended(may_begin, self._attendance.when_over)

    def read_collection(self, read: Callable[[Collection], R]) -> Future[R]:
        """Any thread."""
        return on_lane(self._lane, self.collection, read, reads=True)

    def export_collection(self, write: Callable[[Collection], R], caller: Caller) -> Future[R]:
        """Any thread."""
        return self._replacing.export(write, caller)

    def replace_collection(
        self, back_up: Callable[[Collection], R], replace: Callable[[RustBackend], None], caller: Caller
    ) -> Future[R]:
        """Any thread."""
        return self._replacing.replace(back_up, replace, caller)

    def sync_status(self, *, fresh: bool) -> Future[dict[str, Any]]:
        """Any thread."""
        return self._sync.status(self._lane, self.collection, fresh=fresh)

    def media_sync_status(self) -> dict[str, Any]:
        """Any thread."""
        return self._sync.media_status()

    def sync_login(self, user: str, password: str, server: str | None) -> Future[None]:
        """Any thread."""
        return self._sync.log_in(user, password, server)

    def sync_logout(self) -> Future[bool]:
        """Any thread."""
        return self._sync.log_out()

    def progress(self, *, of_sync: bool) -> ProgressReport | None:
        """Any thread."""
        col = self._mw.col
        return anki_progress.progress(col, of_sync=of_sync) if col is not None else None

    def abort(self, *, sync: bool) -> None:
        """Ask Anki to stop its work, but not work that the user started in Anki's window. Any thread."""
        col = self._mw.col
        if col is not None and (sync or self._replacing.is_exporting or not self._mw.progress.busy()):
            anki_progress.abort(col, sync=sync)

    def window(self) -> AnkiQt:
        """Any thread."""
        return self._mw

    def folders(self) -> Folders:
        """Any thread."""
        col = self._mw.col
        return Folders(Path(col.media.dir()) if col else None, self.config.allowed_folders, Path(self._mw.pm.base))

    def allowed_downloads(self) -> tuple[str, ...]:
        """Any thread."""
        return self.config.allowed_download_hosts

    def package_limit(self) -> int:
        """Any thread."""
        return self.config.limits.package_megabytes * 2**20

    def session(self) -> str:
        """Any thread."""
        return self._session.id

    def undo_history(self) -> AnkiUndoHistory:
        """Any thread."""
        return self._undo_history

    def changed(self, changes: OpChanges) -> None:
        """Any thread."""
        self._changes.add(changes)
        self._refresh.add(changes)
        self.on_write()

    def save_input(self, note_ids: set[int] | None) -> None:
        """Store what is typed in the editors of these notes (None: of all notes); wait for that. Server threads only.

        Not on the lane: the main thread may wait for the lane, so the lane must not wait for the main thread.
        """
        if not self._editors.showing(note_ids):
            return
        saved = threading.Event()
        self._main.submit(lambda: self._editors.save(note_ids, saved.set))
        if not saved.wait(2 * PAGE_TIMEOUT_MS / 1000):
            logger.warning("an editor did not store its note in time; a call is about to write to that note")

    def browser_closed(self) -> contextlib.AbstractContextManager[object]:
        return self._browser.closed()

    def requires_key(self, caller: Caller) -> bool:
        """Any thread."""
        return self.config.needs_key(is_direct=caller.is_direct)

    @property
    def config(self) -> Config:
        """Any thread."""
        return self._settings.config

    def ask_permission(self, origin: str, *, is_local: bool) -> Future[bool]:
        """Any thread."""
        answer: Future[bool] = Future()
        if self.config.is_denied(origin):
            answer.set_result(False)
        else:
            self._main.submit(lambda: self._questions.ask(origin, answer, is_local=is_local))
        return answer

    def run_on_main(self, work: Work) -> Future[None]:
        """Run work on the main thread as soon as Anki is free and its windows show all earlier changes. Any thread."""

        def before(turn: Work) -> None:
            self._lane_progress.close_if_over()
            self._refresh.flush(turn)

        return self._main.submit(work, before=before)

    # --- settings ---

    def _reconfigured(self, before: Config) -> None:
        self._serving.follow(before)
        self._menu.refresh()

    def _answered(self, origin: str, answer: PermissionAnswer) -> None:
        if answer.names:
            self._settings.grant(origin, answer.names, always=answer.always)
        elif answer.always:
            self._settings.ignore(origin)

    # --- the window ---

    def _make_window(self) -> GatewayWindow:
        return GatewayWindow(
            self._mw,
            gateway=self._gateway,
            declarations=self._declarations,
            serving=self._serving,
            settings=self._settings,
            takeover=self._takeover,
            questions=self._questions,
        )

    # --- callers ---

    def _called(self, row: CallerSummary) -> None:
        """Show a call in the window and, if an extension calls for the first time, a notice. Any thread."""
        self._menu.refresh_soon()
        is_new = row.is_origin and row.reason is None and row.who not in self.config.known_extensions
        if is_new and self._gateway.is_implicitly_allowed(row.who):
            self._main.submit(lambda: self._menu.tell_of_extension(row.who))

    # --- server ---

    def _adopt(self, settings: dict[str, Any]) -> bool:
        """Apply the settings of an add-on that has stopped serving. Returns whether the gateway listens now."""
        self._settings.write(**settings)
        if self._serving.url is None:
            self._serving.listen_anew()
        return self._serving.url is not None

    def _complain(self, text: str) -> None:
        logger.error("%s", text)
        shown = textwrap.shorten(text, LONGEST_NOTICE, placeholder=" …")
        tooltip(as_html(f"AnkiRPC: {shown}"), period=10_000, parent=self._mw)

    def _end(self) -> None:
        """Stop everything. Anki's event loop has ended, so calls that wait for the main thread are failed."""
        self._lane_progress.end()
        gives_up = self._given_up_from(time.monotonic())
        self._lane.close(gives_up)
        self._is_open = False
        self._main.end()
        self._questions.deny_all()
        self._serving.stop()
        self._gateway.extensions.stop()
        self._lane.stop(gives_up)


def _log_to_file(folder: Path) -> logging.Handler:
    """Send our warnings and errors to a file only. Anki shows everything that is written to stderr in a window."""
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
    handler = logs.LogFile(folder / "anki-rpc.log")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)  # Anki's own level would add two lines for each call
    logger.propagate = False
    return handler
