"""Furigana from a list of words: actions of AnkiRPC for programs, in Anki and beside the headless server.

Anki loads this package as an add-on. The headless server loads it by its entry point, and calls `register`.
"""

import sys

from .actions import register

__all__ = ["register"]


def _register() -> None:
    if rpc := getattr(mw, "anki_rpc", None):  # otherwise, AnkiRPC is not installed
        register(rpc)


if "aqt" in sys.modules:
    from aqt import gui_hooks, mw

    gui_hooks.main_window_did_init.append(_register)
