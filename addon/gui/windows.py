"""Showing Anki's windows, with the focus or without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aqt.main import AnkiQt


def find_window(name: str) -> Any:
    """The open window that Anki's dialog manager knows by this name, or None."""
    import aqt

    creator_and_window = aqt.dialogs._dialogs.get(name)  # `getInstance` is newer than 26.05
    return creator_and_window and creator_and_window[1]


def open_window(mw: AnkiQt, name: str, *args: Any, activate: bool) -> Any:
    """Open or raise the window that Anki's dialog manager knows by this name, and return it.

    Without `activate` an open window stays where it is, and a new one is shown without the focus.
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


@contextmanager
def unfocused(is_wanted: bool = True) -> Iterator[None]:
    """Have every window that is made in the meantime shown without taking the focus.

    Anki's windows show themselves as they are built, so their attribute is set at Qt's last call before that.
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
    """The class, which needs Qt; made once, because each class is a cycle that Anki frees late."""
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
