"""The host inside Anki: the profile that is open, the main window, and the server's life."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable
from concurrent.futures import Future
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aqt import gui_hooks
from aqt.qt import QEvent, QObject
from aqt.utils import tooltip

from ..config import Config, ConfigError
from ..gateway import Gateway
from ..http.server import CannotListen, Server
from ..rpc.executor import Lane, ThreadedExecutor, Work
from .main_thread import MainThread
from .permission import PermissionQuestions
from .refresh import Refresh

if TYPE_CHECKING:
    from anki.collection import Collection, OpChanges
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")

ADDON = __name__.partition(".")[0]
"""The add-on's folder, a number when it came from AnkiWeb."""

LOG_SIZE = 2**20


class DesktopHost:
    """Serves the open profile. Its methods run on the main thread unless they say otherwise."""

    def __init__(self, mw: AnkiQt) -> None:
        log = _log_to_file(Path(mw.addonManager.addonsFolder(ADDON)) / "user_files")
        # Windows cannot replace a folder with an open file in it. The next entry opens it again.
        gui_hooks.addon_manager_will_install_addon.append(lambda *_: log.close())
        gui_hooks.addons_dialog_will_delete_addons.append(lambda *_: log.close())
        self._mw = mw
        self._lane = Lane()
        self._is_open = True
        self._refresh = Refresh(mw)
        self._main = MainThread(mw)
        self._questions = PermissionQuestions(mw, self._allow, self._ignore)
        self.config = self._load(mw.addonManager.getConfig(ADDON) or {})
        self._gateway = Gateway(self, ThreadedExecutor(self._lane, self.run_on_main))
        self._server: Server | None = None

    def begin(self) -> None:
        """Follow Anki's events and listen."""
        self._unloading = _Unloading(self._mw, self._close)
        gui_hooks.collection_did_load.append(lambda col: self._open())
        gui_hooks.collection_will_temporarily_close.append(lambda col: self._close())
        gui_hooks.collection_did_temporarily_close.append(lambda col: self._open())
        self._mw.addonManager.setConfigUpdatedAction(ADDON, self._reconfigure)
        self._mw.app.aboutToQuit.connect(self._end)
        self._listen()

    # --- the gate ---

    def _close(self) -> None:
        """Keep everybody off the collection, from when the running work has ended."""
        self._lane.close()
        self._is_open = False

    def _open(self) -> None:
        self._is_open = True
        self._lane.open()

    # --- Host ---

    def collection(self) -> Collection | None:
        """None while the gate is closed, too: work on the main thread does not pass it. Any thread."""
        return self._mw.col if self._is_open else None

    def profile(self) -> str:
        """Any thread."""
        return str(self._mw.pm.name)

    def window(self) -> AnkiQt:
        """Any thread."""
        return self._mw

    def changed(self, changes: OpChanges) -> None:
        """Any thread."""
        self._refresh.add(changes)

    def requires_key(self) -> bool:
        """Any thread."""
        return bool(self.config.api_key)

    def ask_permission(self, origin: str) -> Future[bool]:
        """Any thread."""
        answer: Future[bool] = Future()
        if origin in self.config.ignore_origin_list:
            answer.set_result(False)
        else:
            self._main.submit(lambda: self._questions.ask(origin, answer))
        return answer

    def run_on_main(self, work: Work) -> Future[None]:
        """Run work on the main thread, after the windows know of all earlier changes. Any thread."""

        def run() -> None:
            self._refresh.flush()
            work()

        return self._main.submit(run)

    # --- settings ---

    def _load(self, settings: dict[str, Any]) -> Config:
        try:
            return Config.load(settings)
        except ConfigError as error:
            self._complain(f"{error}; the default is used instead")
            return error.usable

    def _reconfigure(self, settings: dict[str, Any]) -> None:
        """The user changed the settings in Anki's editor."""
        before, self.config = self.config, self._load(settings)
        if _address(before) != _address(self.config):
            self._stop_listening()
            self._listen()

    def _allow(self, origin: str) -> None:
        self.config = self.config.allowing(origin)
        self._write(webCorsOriginList=list(self.config.web_cors_origin_list))

    def _ignore(self, origin: str) -> None:
        self.config = self.config.ignoring(origin)
        self._write(ignoreOriginList=list(self.config.ignore_origin_list))

    def _write(self, **settings: Any) -> None:
        manager = self._mw.addonManager
        manager.writeConfig(ADDON, {**(manager.getConfig(ADDON) or {}), **settings})

    # --- server ---

    def _listen(self) -> None:
        config = self.config
        self._server = Server(self._gateway.app, config.web_bind_address, config.web_bind_port)
        try:
            self._server.start()
        except CannotListen as error:
            self._server = None
            self._complain(str(error))

    def _stop_listening(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.stop(timeout=1)

    def _complain(self, text: str) -> None:
        logger.error("%s", text)
        tooltip(f"AnkiRPC: {html.escape(text)}", period=10_000, parent=self._mw)

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


def _address(config: Config) -> tuple[str, int]:
    return config.web_bind_address, config.web_bind_port


def _log_to_file(folder: Path) -> logging.Handler:
    """Anki shows what is written to stderr in a window, so nothing of ours may go there."""
    folder.mkdir(exist_ok=True)
    handler = RotatingFileHandler(folder / "anki-rpc.log", maxBytes=LOG_SIZE, backupCount=1, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.propagate = False
    return handler
