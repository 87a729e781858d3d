"""The window that asks what a web page, a browser extension or a desktop program with an origin may do."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from aqt import colors
from aqt.qt import (
    QApplication,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    Qt,
    QTimer,
    QVBoxLayout,
)
from aqt.theme import theme_manager

from ...text.origins import is_extension, is_origin, is_program
from .texts import label
from .translation import later, say

if TYPE_CHECKING:
    from aqt.main import AnkiQt

WORDS = {
    "read": later("Read your notes, cards, decks, media and statistics, and the names of your profiles"),
    "change": later("Add and change notes, cards, decks, note types and media"),
    "windows": later("Open and use Anki's windows: browser, editor, reviews, undo, quitting"),
    "manage": later("Delete notes, decks and media, sync, restore backups, and switch profiles"),
}
"""The sets of scopes that can be granted, in words."""
UNTICKED = frozenset({"manage"})
"""Those that the user has to tick."""
FILES = {"files": later("Read and write files on this computer, such as pictures for notes")}
"""One more set, offered for programs on this computer only."""

WIDTH_PX = 560

MAX_ORIGINS_WAITING = 10
"""Origins that may wait for their question. More are denied, so a flood of requests ends."""

PAUSES = (5.0, 60.0, 600.0, 3600.0)
"""Seconds for which an origin is denied without a question: after its first denial, its second, and so on."""

MAX_DENIED_ORIGINS = 1000
"""Origins whose denials are remembered; the oldest are dropped."""

THINKING_TIME_MS = 500
"""Milliseconds until the buttons work: a click or key press meant for another window must not answer."""


class PermissionAnswer(NamedTuple):
    """The names of the sets of scopes that the user granted (none: denied), and whether to store the answer."""

    names: tuple[str, ...]
    always: bool


DENIED = PermissionAnswer((), always=False)


class Denials:
    """How often the user has denied each origin, and how long it is denied without a question."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, float]] = {}

    def add(self, origin: str) -> None:
        """Count one more denial by the user."""
        count, _ = self._known.pop(origin, (0, 0.0))
        if len(self._known) >= MAX_DENIED_ORIGINS:
            del self._known[next(iter(self._known))]
        pause = PAUSES[min(count, len(PAUSES) - 1)]
        self._known[origin] = count + 1, time.monotonic() + pause

    def forget(self, origin: str) -> None:
        """Forget the denials: the user has allowed the origin."""
        self._known.pop(origin, None)

    def hold(self, origin: str) -> bool:
        """Whether the origin is denied without a question now."""
        return time.monotonic() < self._known.get(origin, (0, 0.0))[1]


class PermissionWindow(QDialog):
    """Asks about one origin. Closing the window denies."""

    def __init__(
        self, mw: AnkiQt, origin: str, answered: Callable[[PermissionAnswer], None], *, is_local: bool
    ) -> None:
        """`is_local`: all waiting requests of the origin come from this computer."""
        super().__init__(mw, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.origin = origin
        self._answered = answered
        self.setWindowTitle(say("AnkiRPC: permission"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        is_program_here = is_local and is_program(origin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(_question(origin, is_local=is_local)))
        layout.addWidget(label(origin, is_origin=True))
        layout.addSpacing(4)
        layout.addWidget(label(say("If you allow it, it will be able to:")))
        self.boxes = {name: QCheckBox(say(text)) for name, text in (WORDS | (FILES if is_program_here else {})).items()}
        for box in self.boxes.values():
            layout.addWidget(box)
        for name in self.boxes.keys() - UNTICKED:
            self.boxes[name].setChecked(True)
        self.boxes["read"].setEnabled(False)
        self.boxes["read"].setStyleSheet(f"color: {theme_manager.var(colors.FG)}")  # as legible as the others
        files = None if is_program_here else say("It cannot reach files outside Anki.")
        once = say("“Once” lasts until Anki is closed.")
        layout.addWidget(label(" ".join(filter(None, (files, once)))))
        self._waiting = label("")
        layout.addWidget(self._waiting)
        layout.addSpacing(6)
        row = QHBoxLayout()
        self.buttons = {
            "never": self._button(say("Deny and never ask again"), lambda: PermissionAnswer((), always=True)),
            "deny": self._button(say("Deny"), lambda: DENIED),
            "once": self._button(say("Allow once"), lambda: PermissionAnswer(self._ticked(), always=False)),
            "always": self._button(say("Allow always"), lambda: PermissionAnswer(self._ticked(), always=True)),
        }
        self.buttons["deny"].setDefault(True)
        for name, button in self.buttons.items():
            row.addWidget(button)
            if name == "deny":
                row.addStretch()
        layout.addLayout(row)
        self.show_waiting(0)
        QTimer.singleShot(THINKING_TIME_MS, self._wake)

    def show_waiting(self, count: int) -> None:
        """Show how many other origins wait for their question."""
        self._waiting.setText(
            say("Another origin is waiting.") if count == 1 else say("{count} other origins are waiting.", count=count)
        )
        self._waiting.setVisible(count > 0)
        fit(self)

    def reject(self) -> None:
        self._close(DENIED)

    def _button(self, text: str, answer: Callable[[], PermissionAnswer]) -> QPushButton:
        button = QPushButton(text)
        button.setEnabled(False)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._close(answer()))
        return button

    def _wake(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(True)
        self.buttons["deny"].setFocus()

    def _ticked(self) -> tuple[str, ...]:
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def _close(self, answer: PermissionAnswer) -> None:
        answered, self._answered = self._answered, lambda answer: None
        self.done(0)
        self.deleteLater()
        answered(answer)


class PermissionQuestions:
    """Asks the user about one origin at a time, without blocking Anki. Main thread only.

    - However often an origin requests permission, it gets one question.
    - `keep` is called with each origin and answer.
    """

    def __init__(self, mw: AnkiQt, keep: Callable[[str, PermissionAnswer], None]) -> None:
        self._mw = mw
        self._keep = keep
        self._waiting: dict[str, list[Future[bool]]] = {}
        self._remote: set[str] = set()
        """Origins that sent a request from another computer."""
        self._denials = Denials()
        self._window: PermissionWindow | None = None

    def ask(self, origin: str, future: Future[bool], *, is_local: bool) -> None:
        """Do as `show`, unless the user denied the origin recently: then deny it without a question."""
        if self._denials.hold(origin) and origin not in self._waiting:
            _settle([future], is_allowed=False)
        else:
            self.show(origin, future, is_local=is_local)

    def show(self, origin: str, future: Future[bool], *, is_local: bool) -> None:
        """Show the question, or join the waiting one. The future becomes True if the user allows, else False."""
        if origin not in self._waiting and not (is_origin(origin) and len(self._waiting) < MAX_ORIGINS_WAITING):
            _settle([future], is_allowed=False)
            return
        if not is_local:
            self._remote.add(origin)
        self._waiting.setdefault(origin, []).append(future)
        self._show_next()

    def deny_all(self) -> None:
        """Deny all requests that still wait, because Anki quits."""
        waiting, self._waiting = self._waiting, {}
        for futures in waiting.values():
            _settle(futures, is_allowed=False)

    def _show_next(self) -> None:
        """Ask about the next origin. Skip origins whose requests are all gone."""
        if self._window is None:
            self._waiting = {o: futures for o, futures in self._waiting.items() if not all(f.done() for f in futures)}
            self._remote &= self._waiting.keys()
        if self._window is None and self._waiting:
            origin = next(iter(self._waiting))
            self._window = PermissionWindow(
                self._mw,
                origin,
                lambda answer: self._finish(origin, answer),
                is_local=origin not in self._remote,
            )
            self._window.show()
            self._window.raise_()
            QApplication.alert(self._window)
        if self._window is not None:
            self._window.show_waiting(len(self._waiting) - 1)

    def _finish(self, origin: str, answer: PermissionAnswer) -> None:
        self._window = None
        futures = self._waiting.pop(origin, [])
        if answer.names:
            self._denials.forget(origin)
        elif futures:
            self._denials.add(origin)
        try:
            if futures:
                self._keep(origin, answer)
        finally:
            _settle(futures, is_allowed=bool(answer.names))
            self._show_next()


def _question(origin: str, *, is_local: bool) -> str:
    if is_extension(origin):
        return say("A browser extension asks to use Anki:")
    if not is_program(origin):
        return say("A web page asks to use Anki:")
    if is_local:
        return say("A program on this computer asks to use Anki:")
    return say("A program on another computer asks to use Anki:")


def _settle(futures: list[Future[bool]], *, is_allowed: bool) -> None:
    for future in futures:
        with suppress(InvalidStateError):  # the request is gone
            future.set_result(is_allowed)


def fit(dialog: QDialog) -> None:
    """Make a dialog as high as its texts need at its width. Qt does not compute that for wrapped texts."""
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    width = max(WIDTH_PX, layout.minimumSize().width())
    dialog.setFixedSize(width, layout.totalHeightForWidth(width))
