"""The gateway inside Anki: everything that imports aqt, except the actions on windows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..extension.declarations import Declarations
from ..extension.interface import AnkiRpc

if TYPE_CHECKING:
    from concurrent.futures import Future

    from aqt.main import AnkiQt

    from .host import DesktopHost

SWITCH_INTERVAL_S = 0.0005
"""Seconds that the import keeps Python's lock while Anki's main thread waits for it. The usual 5 ms add up, because the
main thread needs it again after each call into Qt."""
LATEST_START_MS = 3000
"""Milliseconds until the host is started although Anki has not reported its window: another add-on has failed first."""


def start(mw: AnkiQt) -> None:
    """Serve from the first paint of the main window until Anki quits. Called while Anki loads its add-ons.

    Until then only this module is imported, with the object at which other add-ons register their actions, and the rest
    on another thread, so that Anki's window appears as soon as without the add-on, and stays responsive.
    """
    from aqt import gui_hooks
    from aqt.qt import QTimer

    declarations = Declarations()
    mw.anki_rpc = AnkiRpc(declarations)
    is_created = False

    def import_host() -> type[DesktopHost]:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        try:
            from .host import DesktopHost
        finally:
            sys.setswitchinterval(usual)
        return DesktopHost

    def begin(host: Future[type[DesktopHost]]) -> None:
        host.result()(mw, declarations).begin()

    def created() -> None:
        nonlocal is_created
        if is_created:
            return
        is_created = True
        from .first_paint import FirstPaint

        FirstPaint(mw, lambda: mw.taskman.run_in_background(import_host, begin, uses_collection=False))

    gui_hooks.main_window_did_init.append(created)
    QTimer.singleShot(LATEST_START_MS, created)
