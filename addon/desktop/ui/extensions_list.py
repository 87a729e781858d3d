"""The extensions of other add-ons: their actions, what is wrong with them, and which of them are new."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import TYPE_CHECKING, NamedTuple

from aqt.qt import QFont, QLabel, Qt, QTimer, QVBoxLayout, QWidget, qconnect

from ...extension.declarations import Declarations
from ...extension.extensions import Extensions, ExtensionState
from ..settings_file import SettingsFile
from .texts import label
from .translation import say

if TYPE_CHECKING:
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")

LOOK_MS = 1000
"""Milliseconds between two looks at the extensions, while the tab is visible."""
LONGEST_TITLE, LONGEST_LINE = 80, 1000
"""Characters of texts that other add-ons have written."""


class _ShownExtension(NamedTuple):
    """What is shown of an extension."""

    state: ExtensionState
    """Without what its row does not show, so that the row is only made anew if it would look different."""
    is_new: bool


class ExtensionsList(QWidget):
    """Visible only if there are extensions. One that was shown at two looks in a row counts as seen."""

    def __init__(self, mw: AnkiQt, extensions: Extensions, declarations: Declarations, settings: SettingsFile) -> None:
        super().__init__()
        self._mw = mw
        self._extensions = extensions
        self._declarations = declarations
        self._settings = settings
        self._is_loaded = False
        self._new: set[str] = set()
        """Those that were not seen when the window was opened, or came later."""
        self._visible_before: set[str] = set()
        self._not_stored: set[str] = set()
        """Those that were seen, but could not be stored."""
        self._shown: list[_ShownExtension] = []
        self.rows: list[_ExtensionRow] = []
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        qconnect(self._looking.timeout, self._look)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(label(say("Extensions of other add-ons:")))
        self.hide()

    def start_looking(self) -> None:
        """Look now and then, as the tab is visible."""
        self._visible_before = set()
        self._looking.start()

    def stop_looking(self) -> None:
        self._looking.stop()

    def refresh(self) -> None:
        if not self._declarations.extensions:
            self._show([])
        elif self._is_loaded:
            self._show(self._extensions.state())
        else:  # the first state imports all actions
            self._mw.taskman.run_in_background(self._extensions.state, self._loaded, uses_collection=False)

    def _loaded(self, state: Future[list[ExtensionState]]) -> None:
        state.result()
        self._is_loaded = True
        self.refresh()

    def _show(self, states: list[ExtensionState]) -> None:
        self._new |= {state.name for state in states if not state.is_seen and _can_be_used(state)}
        shown = [_shown(state, is_new=state.name in self._new) for state in states]
        if shown == self._shown:
            return
        self._shown = shown
        for row in self.rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        self.rows = [_ExtensionRow(one, self._addon_of(one.state)) for one in shown]
        for row in self.rows:
            self._layout.addWidget(row)
        self.setVisible(bool(shown))

    def _addon_of(self, state: ExtensionState) -> str:
        """Return the add-on of an extension: its name, and its folder if that differs."""
        folder = addon_folder(state.module)
        name = _short(self._mw.addonManager.addonName(folder), LONGEST_TITLE)
        return name if name == folder else f"{name}, {folder}"

    def _look(self) -> None:
        """Show the present state. What was in the user's view at this look and the one before counts as seen."""
        in_view = {row.name for row in self.rows if row.name is not None and row.is_in_view()}
        seen = self._settings.config.extensions
        if found := sorted((in_view & self._visible_before) - {*seen, *self._not_stored}):
            try:
                self._settings.write(extensions=[*seen, *found])
            except OSError:  # Anki would show it at every look
                self._not_stored.update(found)
                logger.exception("the extensions that the user has seen cannot be stored")
        self._visible_before = in_view
        self.refresh()


def addon_folder(module: str) -> str:
    """Return the folder of the add-on that has a module."""
    return module.partition(".")[0]


class _ExtensionRow(QWidget):
    """One extension."""

    def __init__(self, shown: _ShownExtension, addon: str) -> None:
        super().__init__()
        self.name = shown.state.name if shown.is_new else None
        """Its name, if it counts as seen when the user sees this."""
        self.title = label(f"{_short(shown.state.title, LONGEST_TITLE)} ({addon})")
        font = QFont(self.title.font())
        font.setBold(True)
        self.title.setFont(font)
        self.text = label("\n".join(_short(line, LONGEST_LINE) for line in _lines(shown)))
        for each in (self.title, self.text):
            _let_copy(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.text)

    def is_in_view(self) -> bool:
        """Whether the user can see it: neither scrolled away, nor in a window behind others. Of a long one, the top."""
        window = self.window()
        if window is None or window.isMinimized() or not window.isActiveWindow():
            return False
        seen = self.visibleRegion().boundingRect()
        return seen == self.rect() or (seen.top() == 0 and seen.height() >= window.height() // 3)


def _shown(state: ExtensionState, *, is_new: bool) -> _ShownExtension:
    late = [call for call in state.running if call.is_late]
    return _ShownExtension(state._replace(is_seen=False, running=late), is_new)


def _can_be_used(state: ExtensionState) -> bool:
    return bool(state.actions or state.events)


def _lines(shown: _ShownExtension) -> Iterator[str]:
    state = shown.state
    if shown.is_new:
        yield say(
            "New. Programs without the permission to delete, sync and switch profiles can use it once you have seen it "
            "here. If you do not want that, disable the add-on."
        )
    if state.actions:
        names = ", ".join(f"{action.name} ({action.scope})" for action in state.actions)
        yield say("Actions: {names}", names=names)
    if state.events:
        yield say("Events: {names}", names=", ".join(state.events))
    if state.listens:
        yield say("Follows: {names}", names=", ".join(dict.fromkeys(state.listens)))
    for call in state.running:
        yield say(
            "Too slow: {action} has been running since {time}. Until it ends, further calls of this extension are "
            "refused. If it never ends, restart Anki.",
            action=call.action,
            time=time.strftime("%H:%M:%S", time.localtime(call.since)),
        )
    for fault in state.faults:
        yield say("Error: {text}", text=fault)


def _let_copy(text: QLabel) -> None:
    how = Qt.TextInteractionFlag
    text.setTextInteractionFlags(how.TextSelectableByMouse | how.TextSelectableByKeyboard)


def _short(text: str, most: int) -> str:
    """Return a text of another add-on as one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
