"""The gateway inside Anki: everything that imports aqt, except the actions on windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..extension.declarations import Declarations
from ..extension.interface import AnkiRpc

if TYPE_CHECKING:
    from concurrent.futures import Future

    from aqt.main import AnkiQt

    from .host import DesktopHost

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
        from ..rpc.threads import switch_often

        switch_often()  # already for the import beside Anki's main thread
        from .host import DesktopHost

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
