"""Shows Anki's windows, with or without focus."""

from __future__ import annotations

from collections.abc import Iterator
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
