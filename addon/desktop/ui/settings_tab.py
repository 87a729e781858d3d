"""The tab Settings. It shows what is wrong while the user types."""

from __future__ import annotations

from typing import Any

from aqt import colors
from aqt.qt import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget, qconnect
from aqt.theme import theme_manager

from ...config import problems
from ..settings_file import SettingsFile
from .texts import label


class SettingsTab(QWidget):
    """Address and port take effect with Apply, the box about extensions at once."""

    def __init__(self, settings: SettingsFile) -> None:
        super().__init__()
        self._settings = settings
        self._shown: dict[str, Any] = {}
        self.fields = {"webBindAddress": QLineEdit(), "webBindPort": QLineEdit()}
        self.flaws = {name: label("") for name in self.fields}
        self.apply_button = QPushButton("&Apply")
        self.ask_box = QCheckBox("As&k about each browser extension before it may use Anki")
        layout = QGridLayout(self)
        layout.setVerticalSpacing(6)
        layout.setColumnStretch(1, 1)
        for row, (name, text) in enumerate({"webBindAddress": "A&ddress", "webBindPort": "&Port"}.items()):
            layout.addWidget(label(text, buddy=self.fields[name]), 2 * row, 0)
            layout.addWidget(self.fields[name], 2 * row, 1)
            layout.addWidget(self.flaws[name], 2 * row + 1, 1)
            qconnect(self.fields[name].textChanged, self._check)
            qconnect(self.fields[name].returnPressed, self._apply)
        layout.addWidget(self.apply_button, 2, 2)
        layout.setRowMinimumHeight(4, 14)
        layout.addWidget(self.ask_box, 5, 1)
        layout.setRowStretch(6, 1)
        self.apply_button.setAutoDefault(False)
        qconnect(self.apply_button.clicked, self._apply)
        qconnect(self.ask_box.clicked, self._set_asking)

    def refresh(self) -> None:
        """Show the settings in force. A field that the user has edited stays."""
        config = self._settings.config
        now = {"webBindAddress": config.web_bind_address, "webBindPort": str(config.web_bind_port)}
        for name, field in self.fields.items():
            if field.text() == self._shown.get(name, ""):
                field.setText(now[name])
        self._shown = now
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
        """Show under each field what is wrong with it."""
        typed = self._typed()
        wrong = problems(typed)
        for name, flaw in self.flaws.items():
            flaw.setText(wrong.get(name, ""))
            flaw.setStyleSheet(f"color: {theme_manager.var(colors.FLAG_1)}")
        is_changed = {name: str(value) for name, value in typed.items()} != self._shown
        self.apply_button.setEnabled(is_changed and not wrong)

    def _apply(self) -> None:
        if self.apply_button.isEnabled():
            self._settings.write(**self._typed())

    def _set_asking(self) -> None:
        self._settings.write(askExtensions=self.ask_box.isChecked())
