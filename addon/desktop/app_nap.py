"""Keeping macOS from putting Anki to sleep while it serves in the background (App Nap)."""

from __future__ import annotations

import logging

logger = logging.getLogger("anki_rpc")


class AppNap:
    """Turns App Nap off and on again by Anki's own helper. Does nothing on other systems. Main thread only.

    macOS slows down an application whose windows are hidden, so requests would wait for seconds.
    """

    def __init__(self) -> None:
        self._is_off = False

    def prevent(self, *, wanted: bool) -> None:
        """Turn App Nap off, or undo that. If another add-on turned it off, it stays off."""
        if wanted == self._is_off:
            return
        from aqt._macos_helper import macos_helper

        if macos_helper is None:
            return
        try:
            if wanted:
                macos_helper.disable_appnap()
            else:
                macos_helper.enable_appnap()
        except AttributeError:  # an older helper without these two calls
            logger.warning("This version of Anki cannot turn App Nap off.")
        else:
            self._is_off = wanted
