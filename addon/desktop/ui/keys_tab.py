"""The tab Keys: the API keys with their permissions, and a form for a new one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from aqt.qt import QApplication, QCheckBox, QGridLayout, QLineEdit, QPushButton, QScrollArea, QTimer, QWidget, qconnect
from aqt.utils import tooltip

from ... import keys
from ...http.call_log import CallerSummary
from ..settings_file import SettingsFile
from .permissions_tab import SHORT, in_words
from .scrolling import scrolled
from .table import TableRow, TextTable
from .texts import label
from .translation import later, say

NOTE = later(
    "If there is a key, programs must send one. If there is none, every program on this computer may use Anki. "
    "Only a hash of each key is stored, so a lost key cannot be shown again: make a new one with the same name."
)
LOCAL_NOTE = later(
    "Beware: programs of other users of this computer look like your own, and so does whatever comes through a tunnel, "
    "such as ssh -R."
)
TABLE_PX = 100
MOST_NAMES = 5
"""Programs that are named; of more, the number is shown."""


class KeysTab(QWidget):
    """A list of keys, and a form for a new one. Changes take effect at once."""

    def __init__(self, settings: SettingsFile, callers: Callable[[], list[CallerSummary]]) -> None:
        """`callers`: returns who has called lately."""
        super().__init__()
        self._settings = settings
        self._callers = callers
        self.table = TextTable(
            [say("Key"), say("Allows")], [1], self._selected, name=say("Keys"), empty=say("There is no key.")
        )
        self.table.setFixedHeight(TABLE_PX)
        self.remove_button = QPushButton(say("&Remove"))
        self.remove_button.setToolTip(say("Programs that send this key are then refused"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(say("name, such as: phone"))
        self.boxes = {name: QCheckBox(_capitalized(say(text))) for name, text in SHORT.items()}
        self.boxes["read"].setChecked(True)
        self.make_button = QPushButton(say("&Make and copy"))
        self.made = QLineEdit()
        self.made.setReadOnly(True)
        self.made.setAccessibleName(say("&New key").replace("&", ""))
        self.made.hide()
        self.refused = label("")
        self.local_box = QCheckBox(say("&Programs on this computer need no key"))
        page, _ = scrolled(self)
        layout = QGridLayout(page)
        layout.setVerticalSpacing(6)
        layout.setColumnStretch(1, 1)
        layout.addWidget(label(say(NOTE)), 0, 0, 1, 3)
        layout.addWidget(self.table, 1, 0, 1, 3)
        layout.addWidget(self.remove_button, 2, 2)
        layout.addWidget(self.local_box, 3, 0, 1, 3)
        layout.addWidget(label(say(LOCAL_NOTE)), 4, 0, 1, 3)
        layout.setRowMinimumHeight(5, 10)
        layout.addWidget(label(say("&New key"), buddy=self.name), 6, 0)
        layout.addWidget(self.name, 6, 1)
        layout.addWidget(self.make_button, 6, 2)
        layout.addWidget(self.made, 7, 1, 1, 2)
        for row, box in enumerate(self.boxes.values(), 9):
            layout.addWidget(box, row, 1)
            qconnect(box.clicked, self._check)
        layout.addWidget(self.refused, 8, 1, 1, 2)
        layout.setRowStretch(14, 1)
        for button in (self.make_button, self.remove_button):
            button.setAutoDefault(False)
        qconnect(self.name.textChanged, self._check)
        qconnect(self.name.returnPressed, self._make)
        qconnect(self.make_button.clicked, self._make)
        qconnect(self.remove_button.clicked, self._remove)
        qconnect(self.local_box.clicked, self._set_local)
        self._check()

    def refresh(self) -> None:
        config = self._settings.config
        self.table.fill(list(self._rows()))
        self._selected()
        self.local_box.setChecked(config.local_programs_without_key)
        who = self._served_without_key()
        self.refused.setText(say("Once there is a key, these need one, too: {programs}.", programs=_names(who)))
        self.refused.setVisible(bool(who))

    def _rows(self) -> Iterator[TableRow]:
        config = self._settings.config
        if config.api_key:
            is_locked = config.api_key == keys.NO_KEYS_HASH
            opens = say("nothing, until the settings are corrected") if is_locked else say("everything")
            yield TableRow("", (say("(without a name)"), opens))
        for name, key in config.keys.items():
            yield TableRow(name, (name, in_words(key.scopes) or say("nothing")))

    def _served_without_key(self) -> list[str]:
        """Return who has called lately and would need a key if there were one."""
        config = self._settings.config
        if config.is_locked:
            return []
        rows = [row for row in self._callers() if row.reason is None]
        if config.local_programs_without_key:
            rows = [row for row in rows if row.is_origin or row.is_remote]
        return list(dict.fromkeys(say(row.who) for row in rows))

    def _selected(self) -> None:
        self.remove_button.setEnabled(self.table.selected() is not None)

    def _ticked(self) -> list[str]:
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def _check(self) -> None:
        self.make_button.setEnabled(bool(self.name.text().strip() and self._ticked()))

    def _make(self) -> None:
        if not self.make_button.isEnabled():
            return
        key = keys.generate()
        entry = {"key": key, "scopes": self._ticked()}
        self._settings.write(keys={**self._stored(), self.name.text().strip(): entry})
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(key)
            tooltip(say("Copied. The key is shown only once."), parent=self)
        self.name.clear()
        self.made.setText(key)
        self.made.show()
        QTimer.singleShot(0, self._scroll_to_made)

    def _scroll_to_made(self) -> None:
        area = self.findChild(QScrollArea)
        assert area is not None
        area.ensureWidgetVisible(self.made)

    def _set_local(self) -> None:
        self._settings.write(localProgramsWithoutKey=self.local_box.isChecked())

    def _remove(self) -> None:
        name = self.table.selected()
        if name == "":
            self._settings.write(apiKey=None)
        elif name is not None:
            self._settings.write(keys={key: entry for key, entry in self._stored().items() if key != name})

    def _stored(self) -> dict[str, Any]:
        """Return the keys in the file; empty if the setting is not an object."""
        stored = self._settings.stored().get("keys")
        return stored if isinstance(stored, dict) else {}


def _names(who: Sequence[str]) -> str:
    if len(who) > MOST_NAMES:
        who = [*who[:MOST_NAMES], say("{number} more", number=len(who) - MOST_NAMES)]
    if len(who) < 2:
        return "".join(who)
    return say("{these} and {last}", these=", ".join(who[:-1]), last=who[-1])


def _capitalized(text: str) -> str:
    return re.sub(r"\w", lambda first: first[0].upper(), text, count=1)
