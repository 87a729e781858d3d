"""The tab Settings: all settings that no other tab has. It shows what is wrong while the user types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from aqt import colors
from aqt.qt import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
    qconnect,
)
from aqt.theme import theme_manager

from ...config import Config, SettingInfo, known_limits, known_settings, problems
from ..settings_file import SettingsFile
from .scrolling import scrolled
from .texts import explain, label
from .translation import later, say

TEXTS = {
    "webBindAddress": later("A&ddress"),
    "webBindPort": later("&Port"),
    "webCorsOrigin": later("One &more origin"),
}
NUMBERS = {"syncAfterWrites": later("&Seconds until a sync after writes")}
BOXES = {
    "askExtensions": later("As&k about each browser extension before it may use Anki"),
    "anyLocalhostPort": later("Let web pages from any we&b server on this computer in"),
    "allowRemoteWithoutKey": later("Let other computers in without a ke&y"),
    "mcpAllTools": later("Offer e&very action to agents"),
    "mcpAllowDestructive": later("Let agents delete and &replace"),
    "mcpConfirmDestructive": later("Confirm what agents d&elete and replace"),
    "mcpReadOnly": later("Offer agents only &what reads"),
    "mcpStructuredResults": later("Send agents str&uctured results"),
    "preventAppNap": later("macOS: keep A&nki awake while its windows are hidden"),
}
LISTS = {
    "webCorsOriginList": later("Allowed or&igins"),
    "ignoreOriginList": later("Denied ori&gins"),
    "allowedHosts": later("Names of t&his computer"),
    "allowedFolders": later("Allowed &folders"),
    "allowedDownloadHosts": later("Allowed down&load hosts"),
    "mcpTools": later("&Tools of agents"),
}
LIST_LINES = 3
"""Lines of a list that are visible at once."""


class _Input(NamedTuple):
    """What the user edits: a widget, how to read it, and how to show a value."""

    widget: QWidget
    read: Callable[[], Any]
    show: Callable[[Any], None]


class SettingsTab(QWidget):
    """Boxes take effect at once, everything else with Apply."""

    def __init__(self, settings: SettingsFile) -> None:
        super().__init__()
        self._settings = settings
        self._shown: dict[str, Any] = {}
        self._is_refreshing = False
        self.fields = {name: QLineEdit() for name in TEXTS}
        self.lists = {name: _list_edit() for name in LISTS}
        self.numbers = {name: _spin_box(known_settings()[name]) for name in NUMBERS}
        self.limits = {name: _spin_box(info) for name, info in known_limits().items()}
        self.boxes = {name: QCheckBox(say(text)) for name, text in BOXES.items()}
        self._inputs = {
            **{name: _Input(field, _reader(name, field), _shower(field)) for name, field in self.fields.items()},
            **{name: _Input(box, box.value, box.setValue) for name, box in self.numbers.items()},
            **{name: _Input(edit, partial(_lines, edit), _list_shower(edit)) for name, edit in self.lists.items()},
        }
        self.flaws = {name: label("") for name in self._inputs}
        self.apply_button = QPushButton(say("&Apply"))
        self.apply_button.setAutoDefault(False)
        qconnect(self.apply_button.clicked, self._apply)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setVerticalSpacing(4)
        for name in ("webBindAddress", "webBindPort", *NUMBERS, *BOXES, *LISTS, "webCorsOrigin"):
            self._add_row(form, name)
        for field in self.fields.values():
            qconnect(field.textChanged, self._check)
            qconnect(field.returnPressed, self._apply)
        for number in self.numbers.values():
            qconnect(number.valueChanged, self._check)
        for edit in self.lists.values():
            qconnect(edit.textChanged, self._check)
        page, outer = scrolled(self)
        layout = QVBoxLayout(page)
        layout.addLayout(form)
        layout.addWidget(label(say("Limits of requests:")))
        layout.addLayout(self._limits_grid())
        layout.addStretch()
        row = QHBoxLayout()
        row.setContentsMargins(layout.contentsMargins().left(), 0, layout.contentsMargins().right(), 0)
        row.addWidget(label(say("Each setting explains itself if the mouse rests on it.")), 1)
        row.addWidget(self.apply_button)
        outer.addLayout(row)

    def _add_row(self, form: QFormLayout, name: str) -> None:
        widget = self.boxes[name] if name in BOXES else self._inputs[name].widget
        explain(widget, _meaning(known_settings()[name]))
        if name in BOXES:
            qconnect(self.boxes[name].clicked, lambda: self._tick(name))
            form.addRow(widget)
        else:
            title = label(say({**TEXTS, **NUMBERS, **LISTS}[name]), buddy=widget)
            title.setWordWrap(False)  # a form cuts the second line of a label beside a field of one line
            form.addRow(title, widget)
            form.addRow("", self.flaws[name])

    def _limits_grid(self) -> QGridLayout:
        grid = QGridLayout()
        for number, (name, box) in enumerate(self.limits.items()):
            qconnect(box.valueChanged, self._check)
            row, column = divmod(number, 2)
            grid.addWidget(label(name, buddy=box), row, 2 * column)
            grid.addWidget(box, row, 2 * column + 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def refresh(self) -> None:
        """Show the settings in force. A field that the user has edited stays."""
        now = _values(self._settings.config)
        self._is_refreshing = True
        for name, field in self._inputs.items():
            if name not in self._shown or field.read() == self._shown[name]:
                field.show(now[name])
        for name, box in self.limits.items():
            if not self._shown or box.value() == self._shown["limits"][name]:
                box.setValue(now["limits"][name])
        for name, tick in self.boxes.items():
            tick.setChecked(now[name])
        self._shown = now
        self._is_refreshing = False
        self._check()

    def _typed(self) -> dict[str, Any]:
        """Return what differs from the settings in force, by name."""
        typed = {name: field.read() for name, field in self._inputs.items()}
        changed = {name: value for name, value in typed.items() if value != self._shown.get(name)}
        limits = {name: box.value() for name, box in self.limits.items()}
        if limits != self._shown.get("limits"):
            defaults = _limits(Config())
            changed["limits"] = {name: value for name, value in limits.items() if value != defaults[name]}
        return changed

    def _check(self) -> None:
        """Show under each field what is wrong with it. A refresh checks once, in the end."""
        if self._is_refreshing:
            return
        typed = self._typed()
        wrong = problems(typed)
        for name, flaw in self.flaws.items():
            flaw.setText(wrong.get(name, ""))
            self._inputs[name].widget.setAccessibleDescription(flaw.text() or _meaning(known_settings()[name]))
            flaw.setVisible(name in wrong)
            if name in wrong:
                flaw.setStyleSheet(f"color: {theme_manager.var(colors.FLAG_1)}")
        self.apply_button.setEnabled(bool(typed) and not wrong)

    def _apply(self) -> None:
        if self.apply_button.isEnabled():
            self._settings.write(**self._typed())

    def _tick(self, name: str) -> None:
        self._settings.write(**{name: self.boxes[name].isChecked()})


def _values(config: Config) -> dict[str, Any]:
    """Return the settings in force by their names, as the inputs have them."""
    known = known_settings()
    values = {name: getattr(config, known[name].attribute) for name in (*TEXTS, *NUMBERS, *BOXES, *LISTS)}
    return {**values, **{name: list(values[name]) for name in LISTS}, "limits": _limits(config)}


def _limits(config: Config) -> dict[str, int]:
    return {name: getattr(config.limits, info.attribute) for name, info in known_limits().items()}


def _meaning(info: SettingInfo) -> str:
    return info.meaning.replace("`", "")


def _reader(name: str, field: QLineEdit) -> Callable[[], Any]:
    def number() -> int:
        text = field.text().strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def origin() -> str | None:
        return field.text().strip() or None

    return {"webBindPort": number, "webCorsOrigin": origin}.get(name, lambda: field.text().strip())


def _shower(field: QLineEdit) -> Callable[[Any], None]:
    return lambda value: field.setText("" if value is None else str(value))


def _list_edit() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setPlaceholderText(say("one in each line"))
    edit.setTabChangesFocus(True)
    edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    edit.setFixedHeight(edit.fontMetrics().lineSpacing() * LIST_LINES + 14)
    return edit


def _lines(edit: QPlainTextEdit) -> list[str]:
    return [line.strip() for line in edit.toPlainText().splitlines() if line.strip()]


def _list_shower(edit: QPlainTextEdit) -> Callable[[Any], None]:
    return lambda value: edit.setPlainText("\n".join(value))


def _spin_box(info: SettingInfo) -> QSpinBox:
    assert info.span is not None
    box = QSpinBox()
    box.setRange(*info.span)
    box.setGroupSeparatorShown(True)
    explain(box, _meaning(info))
    return box
