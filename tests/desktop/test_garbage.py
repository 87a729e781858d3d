"""Anki collects cycles every 15 minutes and after dialogs only: no call leaves any of the gateway's own behind."""

from __future__ import annotations

from typing import Any

from .conftest import GatewayProcess

NOTE = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "x"}, "options": {"allowDuplicate": True}}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("addNote", {"note": NOTE}),
    ("addNote", {"note": {**NOTE, "audio": [{"url": "http://127.0.0.1:9/", "filename": "x", "fields": []}]}}),
    ("deckNames", {"x": 1}),
    ("storeMediaFile", {"filename": "x", "path": "a\0"}),
    ("getDeckDescription", {"deck": "nope"}),
    ("guiBrowse", {"query": ""}),
    ("guiBrowse", {"query": "", "activate": False}),
    ("guiBrowse", {"query": "("}),
    ("guiSelectedNotes", {}),
    ("guiSelectNote", {"note": 1}),
    ("guiEditNote", {"note": 1}),
    ("guiDeckOverview", {"name": "Default"}),
    ("guiDeckOverview", {"name": "nope"}),
    ("guiDeckReview", {"name": "Default"}),
    ("guiCurrentCard", {}),
    ("guiShowAnswer", {}),
    ("guiAnswerCard", {"ease": 1}),
    ("guiUndo", {}),
    ("guiReviewActive", {}),
    ("guiStartCardTimer", {}),
    ("guiPlayAudio", {}),
    ("guiDeckBrowser", {}),
    ("loadProfile", {"name": "nope"}),
    ("sync", {}),
    ("requestPermission", {}),
]
TIMES = 3
TRIES = 3
"""A call that leaves something does so each time; Anki lets go of a window's page 5 s after it was closed."""
BEGIN = "import gc\ngc.collect()\ngc.set_debug(gc.DEBUG_SAVEALL)"
END = """
import gc
gc.collect()
result = []
for thing in gc.garbage:
    module = getattr(thing if isinstance(thing, type) else type(thing), '__module__', None)
    module = getattr(thing, '__module__', None) if type(thing).__name__ == 'function' else module
    if str(module).startswith(('1234567890', 'concurrent')):
        result.append(repr(thing))
gc.set_debug(0)
gc.garbage.clear()
"""


def test_no_call_leaves_cycles(anki: GatewayProcess, clean: None) -> None:
    for method, params in CALLS:
        anki.rpc(method, params)
        for _ in range(TRIES):
            anki.exec(BEGIN)
            for _ in range(TIMES):
                anki.rpc(method, params)
            left = anki.exec(END)
            if len(left) < TIMES:  # a window that is gone may leave something, no call does
                break
        assert len(left) < TIMES, (method, params, left)
