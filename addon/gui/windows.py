"""Shows Anki's windows, with or without focus."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aqt.main import AnkiQt


def find_window(name: str) -> Any:
    """Return the open window of this name in Anki's dialog manager, or None. Main thread only."""
    import aqt

    creator_and_window = aqt.dialogs._dialogs.get(name)  # `getInstance` is newer than 26.05
    return creator_and_window and creator_and_window[1]


def open_window(mw: AnkiQt, name: str, *args: Any, activate: bool) -> Any:
    """Open or raise the window of this name in Anki's dialog manager, and return it. Main thread only.

    Without `activate` an open window stays where it is, and a new one is shown without focus.
    """
    import aqt

    window = find_window(name)
    if window is not None and not activate:
        if args:
            window.reopen(mw, *args)
        return window
    with unfocused(not activate):
        window = aqt.dialogs.open(name, mw, *args)
    if activate:
        window.activateWindow()
    return window


def raise_window(window: Any) -> None:
    """Bring an open window to the front, as Anki's dialog manager does. Main thread only."""
    from aqt.qt import Qt

    if window.windowState() & Qt.WindowState.WindowMinimized:
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.activateWindow()
    window.raise_()


SHOWN_LIMIT_MS = 10_000


def when_shown(window_class: type, *, activate: bool) -> Future[Any]:
    """Return a future for the next window of this class. It is done when the window is shown. Main thread only.

    - Call it before the window is created. The window may come later, and may wait in an event loop of its own.
    - Without `activate` the window is shown without focus, also if it asks for it.
    - Its result is the window; None if no such window is shown within `SHOWN_LIMIT_MS`.
    """
    from aqt.qt import QApplication, QTimer

    app = QApplication.instance()
    shown: Future[Any] = Future()
    watcher = _watcher()(app, window_class, shown, activate)
    app.installEventFilter(watcher)
    QTimer.singleShot(SHOWN_LIMIT_MS, watcher.end)
    return shown


@cache
def _watcher() -> Any:
    """Return the watcher's class. It is created once, as the filter's class is."""
    from aqt.qt import QEvent, QObject, QTimer

    class Watcher(_filter()):  # type: ignore[misc]
        def __init__(self, app: QObject, window_class: type, shown: Future[Any], activate: bool) -> None:
            super().__init__(app)
            self._window_class = window_class
            self._shown = shown
            self._activate = activate

        def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802  (Qt's name)
            if event is None or not isinstance(watched, self._window_class):
                return False
            if event.type() == QEvent.Type.Polish and not self._activate:
                watched.__dict__["activateWindow"] = _nothing  # what its constructor calls
                return super().eventFilter(watched, event)
            if event.type() == QEvent.Type.Show:
                QTimer.singleShot(0, lambda: self.end(watched))  # when its constructor has returned, or waits
            return False

        def end(self, window: Any = None) -> None:
            if self._shown.done():
                return
            if window is not None and not self._activate:
                window.__dict__.pop("activateWindow", None)
            self.parent().removeEventFilter(self)
            self.deleteLater()
            self._shown.set_result(window)

    return Watcher


def _nothing() -> None:
    """Leave the focus where it is."""


PAGE_LIMIT_S = 5.0
PAGE_LOOK_MS = 20


def when_page(view: Callable[[], Any], is_ready: str, then: Callable[[], None]) -> None:
    """Call `then` when an expression in the page of a window is true, or after `PAGE_LIMIT_S`. Main thread only.

    `view` returns the web view; None if the window was closed, and then nothing is called. Neither is it if the page
    does not answer.
    """
    from aqt.qt import QTimer

    deadline = time.monotonic() + PAGE_LIMIT_S

    def look() -> None:
        if (web := view()) is not None:
            web.page().runJavaScript(is_ready, answer)

    def answer(result: object) -> None:
        if view() is None:
            return
        if result is True or time.monotonic() > deadline:
            then()
        else:
            QTimer.singleShot(PAGE_LOOK_MS, look)

    look()


@contextmanager
def unfocused(is_wanted: bool = True) -> Iterator[None]:
    """Show all windows that are created in this block without focus.

    Anki's windows show themselves in their constructors. So the attribute is set at the last event before that.
    """
    from aqt.qt import QApplication

    app = QApplication.instance()
    if not is_wanted or app is None:
        yield
        return
    filter = _filter()()
    app.installEventFilter(filter)
    try:
        yield
    finally:
        app.removeEventFilter(filter)


@cache
def _filter() -> Any:
    """Return the filter's class. It is created once: each class is a reference cycle, which Anki frees late."""
    from aqt.qt import QEvent, QObject, Qt, QWidget

    class Filter(QObject):
        def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802  (Qt's name)
            if (
                event is not None
                and event.type() == QEvent.Type.Polish
                and isinstance(watched, QWidget)
                and watched.isWindow()
            ):
                watched.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            return False

    return Filter
