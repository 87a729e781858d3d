"""The entry in Anki's Tools menu, and AnkiRPC's open windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aqt.qt import QAction, Qt, QTimer, qconnect, sip

from ...gateway import Gateway
from ..settings_file import SettingsFile
from .extension_notice import ExtensionNotice
from .window import GatewayWindow

if TYPE_CHECKING:
    from aqt.main import AnkiQt

MENU_PAUSE_MS = 200
"""Milliseconds between two refreshes of an open window, however many calls arrive."""


class Menu:
    """Opens the window, at most one, and keeps it up to date. Main thread only, except for `refresh_soon`."""

    def __init__(
        self, mw: AnkiQt, settings: SettingsFile, gateway: Gateway, make_window: Callable[[], GatewayWindow]
    ) -> None:
        self._mw = mw
        self._settings = settings
        self._gateway = gateway
        self._make_window = make_window
        self._window: GatewayWindow | None = None
        self._notice: ExtensionNotice | None = None
        self._is_due = False
        self._action = QAction("AnkiRPC…", mw)
        qconnect(self._action.triggered, self.show)
        mw.form.menuTools.addAction(self._action)

    def show(self) -> None:
        """Open the window, or bring it to the front, also if it is minimized. A maximized window stays so."""
        if self._window is None:
            self._window = self._make_window()
            qconnect(self._window.finished, self._closed)
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def refresh(self) -> None:
        """Update the window, if it is open. While Anki quits, it may be deleted already."""
        if self._window is not None and not sip.isdeleted(self._window):
            self._window.refresh()

    def refresh_soon(self) -> None:
        """Update the window soon. Any thread. Costs nothing while the window is closed."""
        if self._window is not None and not self._is_due:
            self._is_due = True
            self._mw.taskman.run_on_main(lambda: QTimer.singleShot(MENU_PAUSE_MS, self._refresh_now))

    def tell_of_extension(self, origin: str) -> None:
        """Notify the user once about a browser extension that was let in without a question."""
        if origin in self._settings.config.known_extensions or not self._gateway.is_implicitly_allowed(origin):
            return
        self._settings.know(origin)
        if self._notice is None:
            self._notice = ExtensionNotice(self._mw, self._settings.ignore)
            qconnect(self._notice.finished, self._notice_closed)
        self._notice.add(origin)
        self._notice.show()

    def _refresh_now(self) -> None:
        self._is_due = False
        self.refresh()

    def _closed(self) -> None:
        window, self._window = self._window, None
        if window is not None:
            window.deleteLater()

    def _notice_closed(self) -> None:
        notice, self._notice = self._notice, None
        if notice is not None:
            notice.deleteLater()
