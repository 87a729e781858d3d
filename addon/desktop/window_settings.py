"""The page of settings, which tells what is wrong while it is typed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from aqt import colors
from aqt.qt import QApplication, QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget, qconnect
from aqt.theme import theme_manager
from aqt.utils import tooltip

from ..config import problems
from .permission import label

if TYPE_CHECKING:
    from .host import DesktopHost

KEY_NOTE = "With a key, every program must send it. Without one, every program on this computer may use Anki."


class SettingsTab(QWidget):
    """Address and port, which wait for Apply; key and extensions, which act at once."""

    def __init__(self, host: DesktopHost) -> None:
        super().__init__()
        self._host = host
        self._shown: dict[str, Any] = {}
        self.fields = {"webBindAddress": QLineEdit(), "webBindPort": QLineEdit()}
        self.flaws = {name: label("") for name in self.fields}
        self.apply_button = QPushButton("Apply")
        self.key = QLineEdit()
        self.key.setReadOnly(True)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setPlaceholderText("none")
        self.make_button = QPushButton("Make a new one")
        self.make_button.setToolTip("Programs that have the old one are then refused")
        self.copy_button = QPushButton("Copy")
        self.remove_button = QPushButton("Remove")
        self.ask_box = QCheckBox("Ask about each browser extension before it may use Anki")
        layout = QGridLayout(self)
        layout.setVerticalSpacing(6)
        layout.setColumnStretch(1, 1)
        for row, (name, text) in enumerate({"webBindAddress": "Address", "webBindPort": "Port"}.items()):
            layout.addWidget(QLabel(text), 2 * row, 0)
            layout.addWidget(self.fields[name], 2 * row, 1)
            layout.addWidget(self.flaws[name], 2 * row + 1, 1)
            qconnect(self.fields[name].textChanged, self._check)
            qconnect(self.fields[name].returnPressed, self._apply)
        layout.addWidget(self.apply_button, 2, 2)
        keys = QHBoxLayout()
        for button in (self.make_button, self.copy_button, self.remove_button):
            keys.addWidget(button)
        keys.addStretch()
        layout.setRowMinimumHeight(4, 14)
        layout.addWidget(QLabel("API key"), 5, 0)
        layout.addWidget(self.key, 5, 1)
        layout.addLayout(keys, 6, 1)
        layout.addWidget(label(KEY_NOTE), 7, 1)
        layout.setRowMinimumHeight(8, 14)
        layout.addWidget(self.ask_box, 9, 1)
        layout.setRowStretch(10, 1)
        for button in (self.apply_button, self.make_button, self.copy_button, self.remove_button):
            button.setAutoDefault(False)
        qconnect(self.apply_button.clicked, self._apply)
        qconnect(self.make_button.clicked, self._make_key)
        qconnect(self.copy_button.clicked, self._copy_key)
        qconnect(self.remove_button.clicked, self._remove_key)
        qconnect(self.ask_box.clicked, self._set_asking)

    def refresh(self) -> None:
        """Show what is in force; a field with something else typed into it is left alone."""
        config = self._host.config
        now = {"webBindAddress": config.web_bind_address, "webBindPort": str(config.web_bind_port)}
        for name, field in self.fields.items():
            if field.text() == self._shown.get(name, ""):
                field.setText(now[name])
        self._shown = now
        self.key.setText(config.api_key or "")
        self.copy_button.setEnabled(bool(config.api_key))
        self.remove_button.setEnabled(config.api_key is not None)
        self.ask_box.setChecked(config.ask_extensions)
        self._check()

    def _typed(self) -> dict[str, Any]:
        port = self.fields["webBindPort"].text().strip()
        is_number = port.isascii() and port.isdigit() and len(port) < 10
        return {
            "webBindAddress": self.fields["webBindAddress"].text().strip(),
            "webBindPort": int(port) if is_number else -1,
        }

    def _check(self) -> None:
        """Tell beside each field what is wrong with it."""
        typed = self._typed()
        wrong = problems(typed)
        for name, flaw in self.flaws.items():
            flaw.setText(wrong.get(name, ""))
            flaw.setStyleSheet(f"color: {theme_manager.var(colors.FLAG_1)}")
        is_changed = {name: str(value) for name, value in typed.items()} != self._shown
        self.apply_button.setEnabled(is_changed and not wrong)

    def _apply(self) -> None:
        if self.apply_button.isEnabled():
            self._host.settings.write(**self._typed())

    # --- key ---

    def _make_key(self) -> None:
        self._host.settings.write(apiKey=secrets.token_urlsafe(24))
        self._copy_key()

    def _copy_key(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self._host.config.api_key)
            tooltip("Copied.", parent=self)

    def _remove_key(self) -> None:
        self._host.settings.write(apiKey=None)

    def _set_asking(self) -> None:
        self._host.settings.write(askExtensions=self.ask_box.isChecked())
