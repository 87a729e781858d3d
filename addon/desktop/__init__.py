"""The gateway inside Anki: everything that imports aqt, except the actions on windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aqt.main import AnkiQt


def start(mw: AnkiQt) -> None:
    """Serve from the creation of the main window until Anki quits. Called while Anki loads its add-ons."""
    from aqt import gui_hooks

    def begin() -> None:
        from .host import DesktopHost

        DesktopHost(mw).begin()

    gui_hooks.main_window_did_init.append(begin)
