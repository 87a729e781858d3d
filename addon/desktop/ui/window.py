"""AnkiRPC's window: state with calls, permissions, keys and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aqt.qt import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScreen,
    QSize,
    Qt,
    QTabWidget,
    QVBoxLayout,
    qconnect,
)
from aqt.utils import openLink, tooltip, tr

from ...extension.declarations import Declarations
from ...gateway import Gateway
from ..serving import Serving
from ..settings_file import SettingsFile
from ..takeover import TakeOver
from . import diagnostics
from .extensions_list import ExtensionsList, addon_folder
from .keys_tab import KeysTab
from .permission import PermissionQuestions
from .permissions_tab import OriginsTab
from .settings_tab import SettingsTab
from .status_tab import StateTab
from .translation import say

if TYPE_CHECKING:
    from aqt.main import AnkiQt

DOCUMENTATION = "/"
"""The path of our page that describes every action."""


class GatewayWindow(QDialog):
    """One window with several tabs. Not modal."""

    def __init__(
        self,
        mw: AnkiQt,
        *,
        gateway: Gateway,
        declarations: Declarations,
        serving: Serving,
        settings: SettingsFile,
        takeover: TakeOver,
        questions: PermissionQuestions,
    ) -> None:
        super().__init__(mw, Qt.WindowType.Window)
        self._recent = gateway.recent
        self._declarations = declarations
        self._serving = serving
        self._settings = settings
        self._takeover = takeover
        self.setWindowTitle("AnkiRPC")
        self.resize(_fitting(self.screen(), QSize(800, 600)))
        self.tabs = QTabWidget()
        self.state = StateTab(
            mw,
            serving=serving,
            settings=settings,
            takeover=takeover,
            recent=gateway.recent,
            operations=gateway.operations,
            extensions=ExtensionsList(mw, gateway.extensions, declarations, settings),
            questions=questions,
        )
        self.origins = OriginsTab(settings, gateway)
        self.keys = KeysTab(settings, gateway.recent.rows)
        self.settings = SettingsTab(settings)
        self.tabs.addTab(self.state, say("State"))
        self.tabs.addTab(self.origins, say("Permissions"))
        self.tabs.addTab(self.keys, say("Keys"))
        self.tabs.addTab(self.settings, say("Settings"))
        self.copy_button = QPushButton(say("&Copy diagnostics"))
        self.documentation_button = QPushButton(say("D&ocumentation"))
        self.close_button = QPushButton(tr.actions_close())
        self.copy_button.setToolTip(say("Versions, state and latest callers, without keys and names of web sites"))
        qconnect(self.copy_button.clicked, self._copy)
        qconnect(self.documentation_button.clicked, self._open_documentation)
        qconnect(self.close_button.clicked, self.close)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.documentation_button)
        row.addStretch()
        row.addWidget(self.close_button)
        for button in (self.copy_button, self.documentation_button, self.close_button):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        layout.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Update all tabs. What the user is typing stays."""
        for page in (self.state, self.origins, self.keys, self.settings):
            page.refresh()
        self.documentation_button.setEnabled(self._serving.url is not None)

    def _copy(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            config, is_served = self._settings.config, self._serving.url is not None
            rows = self._recent.rows()
            add_ons = dict.fromkeys(addon_folder(each.module) for each in self._declarations.extensions)
            clipboard.setText(diagnostics.text(config, self._takeover.other, rows, add_ons, is_served=is_served))
            tooltip(tr.about_copied_to_clipboard(), parent=self)

    def _open_documentation(self) -> None:
        openLink(f"{self._serving.url}{DOCUMENTATION}")


def _fitting(screen: QScreen | None, size: QSize) -> QSize:
    """Return the size, or a smaller one if the screen has no room for it, as with large texts."""
    if screen is None:
        return size
    frame = QSize(0, 40)
    return size.boundedTo(screen.availableGeometry().size() - frame)
