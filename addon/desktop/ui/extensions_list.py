"""The extensions of other add-ons: their actions, what is wrong with them, and which of them are new."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import TYPE_CHECKING, NamedTuple

from aqt.qt import QFont, QLabel, Qt, QTimer, QVBoxLayout, QWidget, qconnect, sip

from ...extension.declarations import Declarations
from ...extension.extensions import ActionState, Extensions, ExtensionState
from ..settings_file import SettingsFile
from .texts import BREAK, label
from .translation import say

if TYPE_CHECKING:
    from aqt.main import AnkiQt

logger = logging.getLogger("anki_rpc")

LOOK_MS = 1000
"""Milliseconds between two looks at the extensions, while the tab is visible."""
LONGEST_TITLE, LONGEST_LINE = 80, 1000
"""Characters of texts that other add-ons have written."""
LONGEST_WORD = 40
"""Characters of a longer one could end a line: no word makes the page wider than the window."""
JOINERS = "\u200c\u200d"
"""Characters that do not print, but belong to words."""
FIRST_FAULTS, LAST_FAULTS = 5, 5
"""Faults of an extension that are shown: the last ones are its latest failures."""


class _Offer(NamedTuple):
    """What of an extension counts as seen."""

    name: str
    title: str
    module: str
    actions: tuple[ActionState, ...]
    events: tuple[str, ...]


class _ShownExtension(NamedTuple):
    """What is shown of an extension."""

    state: ExtensionState
    """Without what its row does not show, so that the row is only made anew if it would look different."""
    is_new: bool

    @property
    def offer(self) -> _Offer | None:
        """What counts as seen when the user sees this; None if nothing does."""
        state = self.state
        offer = _Offer(state.name, state.title, state.module, tuple(state.actions), tuple(state.events))
        return offer if self.is_new else None


class ExtensionsList(QWidget):
    """Visible only if there are extensions. One that was shown at two looks in a row counts as seen."""

    def __init__(self, mw: AnkiQt, extensions: Extensions, declarations: Declarations, settings: SettingsFile) -> None:
        super().__init__()
        self._mw = mw
        self._extensions = extensions
        self._declarations = declarations
        self._settings = settings
        self._is_made = True
        """No state is being made in the background."""
        self._new: set[str] = set()
        """Those that were not seen when the window was opened, or came later."""
        self._visible_before: set[_Offer] = set()
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
        """Show the present state; soon, if actions must be made first: hundreds of them take a while."""
        if not self._declarations.extensions:
            self._show([])
        elif self._extensions.is_current():
            self._show(self._extensions.state())
        elif self._is_made:
            self._is_made = False
            self._mw.taskman.run_in_background(self._extensions.state, self._made, uses_collection=False)

    def _made(self, states: Future[list[ExtensionState]]) -> None:
        self._is_made = True
        if not sip.isdeleted(self):  # with the window
            self._show(states.result())

    def _show(self, states: list[ExtensionState]) -> None:
        self._new |= {state.name for state in states if not state.is_seen and _can_be_used(state)}
        shown = [_shown(state, is_new=state.name in self._new and _can_be_used(state)) for state in states]
        if shown == self._shown:
            return
        self._shown = shown
        while len(self.rows) > len(shown):
            row = self.rows.pop()
            self._layout.removeWidget(row)
            row.deleteLater()
        while len(self.rows) < len(shown):
            self.rows.append(_ExtensionRow())
            self._layout.addWidget(self.rows[-1])
        for row, one in zip(self.rows, shown, strict=True):
            if one != row.shown:
                row.fill(one, self._addon_of(one.state))
        self.setVisible(bool(shown))

    def _addon_of(self, state: ExtensionState) -> str:
        """Return the add-on of an extension: its name, and its folder if that differs."""
        folder = addon_folder(state.module)
        name = _short(_printable(self._mw.addonManager.addonName(folder)), LONGEST_TITLE)
        return name if name == folder else f"{name}, {folder}"

    def _look(self) -> None:
        """Show the present state. What was in the user's view at this look and the one before counts as seen."""
        is_current = self._extensions.is_current()  # then it is shown at once; otherwise the rows may show others
        self.refresh()
        offers = [row.shown.offer for row in self.rows if row.shown is not None and row.is_in_view()]
        in_view = {offer for offer in offers if offer is not None}
        seen = self._settings.config.extensions
        visible = {offer.name for offer in in_view & self._visible_before}
        found = sorted(visible - {*seen, *self._not_stored})
        if found and is_current:
            try:
                self._settings.write(extensions=[*seen, *found])
            except OSError:  # Anki would show it at every look
                self._not_stored.update(found)
                logger.exception("the extensions that the user has seen cannot be stored")
        self._visible_before = in_view


def addon_folder(module: str) -> str:
    """Return the folder of the add-on that has a module."""
    return module.partition(".")[0]


class _ExtensionRow(QWidget):
    """One extension."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: _ShownExtension | None = None
        self.title, self.text = label(""), label("")
        font = QFont(self.title.font())
        font.setBold(True)
        self.title.setFont(font)
        for each in (self.title, self.text):
            _let_copy(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.text)

    def fill(self, shown: _ShownExtension, addon: str) -> None:
        """Show an extension. Texts that stay the same keep what the user has selected in them."""
        self.shown = shown
        self.title.setText(f"{_short(shown.state.title, LONGEST_TITLE)} ({addon})")
        self.text.setText("\n".join(_short(line, LONGEST_LINE) for line in _lines(shown)))

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
    first, last = state.faults[:-LAST_FAULTS][:FIRST_FAULTS], state.faults[-LAST_FAULTS:]
    for fault in first:
        yield say("Error: {text}", text=_printable(fault))
    if more := len(state.faults) - len(first) - len(last):
        yield say("{number} more errors are in the log.", number=more)
    for fault in last:
        yield say("Error: {text}", text=_printable(fault))


def _let_copy(text: QLabel) -> None:
    how = Qt.TextInteractionFlag
    text.setTextInteractionFlags(how.TextSelectableByMouse | how.TextSelectableByKeyboard)


def _short(text: str, most: int) -> str:
    """Return a text of another add-on as one line that can be broken."""
    line = " ".join(text.split())
    line = line if len(line) <= most else f"{line[: most - 1]}…"
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", rf"\1{BREAK}", line)


def _printable(text: str) -> str:
    """Return a text without what does not print, such as marks that reverse the rest of the line."""
    return "".join(each if each.isprintable() or each.isspace() or each in JOINERS else "\ufffd" for each in text)
