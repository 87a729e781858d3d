"""The host inside Anki: the profile that is open, the main window, and the server's life."""

from __future__ import annotations

import contextlib
import logging
import textwrap
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aqt import gui_hooks
from aqt.qt import QEvent, QObject
from aqt.utils import tooltip

from .. import logs
from ..collection import progress as anki_progress
from ..collection.change_log import Changes
from ..collection.undo_step import UndoHistory
from ..config import Config, Limits
from ..gateway import Gateway
from ..gui.editor import PATIENCE
from ..http.server.server import CannotListen, Server
from ..rpc.events import Events
from ..rpc.executor import Lane, ThreadedExecutor, Work
from ..rpc.host import Folders
from . import ADDON
from .app_nap import AppNap
from .editors import Editors
from .events import Hooks
from .main_thread import MainThread
from .profiles import Profiles
from .refresh import Refresh
from .settings_file import SettingsFile
from .sync import Sync
from .takeover import TakeOver
from .ui import edit_dialog
from .ui.menu import Menu
from .ui.permission import Answer, PermissionQuestions
from .ui.texts import as_html

if TYPE_CHECKING:
    from anki.collection import Collection, OpChanges
    from aqt.main import AnkiQt

    from ..http.call_log import Row
    from ..rpc.operations import Progress

logger = logging.getLogger("anki_rpc")

ANKI_READS_S = 5.0
LONGEST_NOTICE = 1000
"""Characters; the window shows the whole text."""

ONLY_HERE = (
    "Only programs on this computer are served: at {} others would be, too, and there is no API key. Make one under "
    "Keys, or set allowRemoteWithoutKey."
)


class DesktopHost:
    """Serves the open profile. Its methods run on the main thread unless they say otherwise."""

    def __init__(self, mw: AnkiQt) -> None:
        log = _log_to_file(Path(mw.addonManager.addonsFolder(ADDON)) / "user_files")
        # Windows cannot replace a folder with an open file in it. The next entry opens it again.
        gui_hooks.addon_manager_will_install_addon.append(lambda *_: log.close())
        gui_hooks.addons_dialog_will_delete_addons.append(lambda *_: log.close())
        self._mw = mw
        self._lane = Lane()
        self.events = Events()
        self._changes = Changes(self.events, self._lane, self.collection)
        self._undo_history = UndoHistory()
        self._is_open = True
        self._main = MainThread(mw)
        self._editors = Editors(self._main)
        self._refresh = Refresh(mw, self._main, self._editors)
        self._profiles = Profiles(mw, self._main, self._refresh.flush)
        self._sync = Sync(mw, self._main)
        self._questions = PermissionQuestions(mw, self._answered)
        self.settings = SettingsFile(mw, ADDON, self._reconfigured, self._complain)
        self.gateway = Gateway(self, ThreadedExecutor(self._lane, self.run_on_main))
        self._server: Server | None = None
        self.problem: str | None = None
        """Why it does not listen, in words."""
        self._app_nap = AppNap()
        self.takeover = TakeOver(mw, self._adopt)
        self._menu = Menu(mw, self)

    def begin(self) -> None:
        """Follow Anki's events and listen."""
        self._unloading = _Unloading(self._mw, self._unload)
        edit_dialog.register()
        gui_hooks.collection_did_load.append(lambda col: self._open())
        gui_hooks.collection_will_temporarily_close.append(lambda col: self._close())
        gui_hooks.collection_did_temporarily_close.append(lambda col: self._open())
        self._hooks = Hooks(self._mw, self.events, self._changes, self._refresh)
        self._lane.submit(self._changes.opened)  # what is open already may be syncing
        self._mw.addonManager.setConfigUpdatedAction(ADDON, self.settings.read)
        self.gateway.recent.watch = self._called
        self._mw.app.aboutToQuit.connect(self._end)
        self._listen()
        self.takeover.offer()

    # --- the gate ---

    def _close(self) -> None:
        """Keep everybody off the collection, from when the running work has ended."""
        self._lane.close()
        self._is_open = False

    def _unload(self) -> None:
        self.gateway.operations.stop("the collection is being closed")
        self._close()
        self._let_anki_read()
        self._hooks.unloading()

    def _let_anki_read(self) -> None:
        """Wait for Anki's own reads, which had to wait while the lane held the collection.

        They fail if the collection is closed first, and Anki shows each failure to the user.
        """
        with contextlib.suppress(FutureTimeout):
            self._mw.taskman.run_in_background(lambda: None).result(ANKI_READS_S)

    def _open(self) -> None:
        self._is_open = True
        self._changes.opened()
        self._lane.open()

    # --- Host ---

    def collection(self) -> Collection | None:
        """None while the gate is closed, too: work on the main thread does not pass it. Any thread."""
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

    def sync(self, full: str | None, *, wait_for_media: bool) -> Future[dict[str, Any]]:
        """Any thread."""
        return self._sync.run(full, wait_for_media=wait_for_media)

    def progress(self, *, of_sync: bool) -> Progress | None:
        """Any thread."""
        col = self._mw.col
        return anki_progress.progress(col, of_sync=of_sync) if col is not None else None

    def abort(self, *, sync: bool) -> None:
        """Any thread. What the user does is not stopped: of work in Anki's window the lane waits for the end."""
        col = self._mw.col
        if col is not None and (sync or not self._mw.progress.busy()):
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

    def undo_history(self) -> UndoHistory:
        """Any thread."""
        return self._undo_history

    def changed(self, changes: OpChanges) -> None:
        """Any thread."""
        self._changes.add(changes)
        self._refresh.add(changes)

    def save_input(self, note_ids: set[int] | None) -> None:
        """Server threads only: the main thread may wait for the lane, which therefore never waits for it."""
        if not self._editors.showing(note_ids):
            return
        saved = threading.Event()
        self._main.submit(lambda: self._editors.save(note_ids, saved.set))
        if not saved.wait(2 * PATIENCE / 1000):
            logger.warning("an editor with a note that is about to be written to did not answer")

    def requires_key(self) -> bool:
        """Any thread."""
        return self.config.is_locked

    @property
    def config(self) -> Config:
        """Any thread."""
        return self.settings.config

    def ask_permission(self, origin: str, *, is_local: bool) -> Future[bool]:
        """Any thread."""
        answer: Future[bool] = Future()
        if self.config.ignores(origin):
            answer.set_result(False)
        else:
            self._main.submit(lambda: self._questions.ask(origin, answer, is_local=is_local))
        return answer

    def ask(self, origin: str, *, is_local: bool) -> None:
        """Ask the user although nobody waits for the answer."""
        self._questions.show(origin, Future(), is_local=is_local)

    def run_on_main(self, work: Work) -> Future[None]:
        """Run work on the main thread when Anki is free, and its windows know of all earlier changes. Any thread."""
        return self._main.submit(work, before=self._refresh.flush)

    # --- settings ---

    def _reconfigured(self, before: Config) -> None:
        if _listening(before) != _listening(self.config):
            self.listen_anew()
        self._app_nap.prevent(wanted=self.config.prevent_app_nap and self._server is not None)
        self._menu.refresh()

    def _answered(self, origin: str, answer: Answer) -> None:
        if answer.names:
            self.settings.grant(origin, answer.names, always=answer.always)
        elif answer.always:
            self.settings.ignore(origin)

    # --- who called ---

    def _called(self, row: Row) -> None:
        """On the thread of the request, so it only passes on what a window shows."""
        self._menu.refresh_soon()
        is_new = row.is_origin and row.reason is None and row.who not in self.config.known_extensions
        if is_new and self.gateway.is_unasked(row.who):
            self._main.submit(lambda: self._menu.tell_of_extension(row.who))

    # --- server ---

    def _listen(self) -> None:
        config = self.config
        self._server = self.gateway.server()
        try:
            self._server.start()
        except CannotListen as error:
            self._server = None
            self.problem = f"{error}{self.takeover.hint()}"
            self._complain(self.problem)
        else:
            self.problem = None
            self._app_nap.prevent(wanted=config.prevent_app_nap)

    def listen_anew(self) -> None:
        """Close the port and listen where the settings say."""
        self._stop_listening()
        self._listen()
        self._menu.refresh()

    @property
    def url(self) -> str | None:
        """Where it is served; None while it is not."""
        return self._server.url if self._server else None

    @property
    def notices(self) -> list[str]:
        """What it does otherwise than the settings say, and why, in words."""
        wanted = self.config.web_bind_address
        told = [] if self.settings.problem is None else [self.settings.problem]
        return told if self.config.address == wanted else [*told, ONLY_HERE.format(wanted)]

    def _stop_listening(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.stop(timeout=1)
        self._app_nap.prevent(wanted=False)

    def _adopt(self, settings: dict[str, Any]) -> bool:
        """Put the settings of another add-on in force that has given its place up; is the gateway listening now?"""
        self.settings.write(**settings)
        if self._server is None:
            self.listen_anew()
        return self._server is not None

    def _complain(self, text: str) -> None:
        logger.error("%s", text)
        shown = textwrap.shorten(text, LONGEST_NOTICE, placeholder=" …")
        tooltip(as_html(f"AnkiRPC: {shown}"), period=10_000, parent=self._mw)

    def _end(self) -> None:
        """Anki's event loop has ended, so whoever waits for the main thread would wait in vain."""
        self._close()
        self._main.end()
        self._questions.deny_all()
        self._stop_listening()
        self._lane.stop()


class _Unloading(QObject):
    """Tells when the collection is about to be closed, by the main window being disabled for it.

    `profile_will_close` comes before the windows are asked to close, and a user who keeps one open keeps the
    profile open, of which no hook tells; and a backup is restored without that hook.
    """

    def __init__(self, mw: AnkiQt, begins: Callable[[], None]) -> None:
        super().__init__(mw)
        self._mw = mw
        self._begins = begins
        mw.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.EnabledChange and not self._mw.isEnabled():
            self._begins()
        return False


def _listening(config: Config) -> tuple[str, int, Limits]:
    return config.address, config.web_bind_port, config.limits


def _log_to_file(folder: Path) -> logging.Handler:
    """Anki shows what is written to stderr in a window, so nothing of ours may go there."""
    folder.mkdir(exist_ok=True)
    handler = logs.file_handler(folder / "anki-rpc.log")
    logger.addHandler(handler)
    logger.propagate = False
    return handler
