"""Anki's editor, which is a web page: making it save what the user has typed, and the name of our own edit window."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

EDIT_WINDOW = "AnkiRpcEditNote"
"""The name of our own window (`desktop.ui.edit_dialog`) in Anki's dialog manager; guiEditNote opens it by this name."""

PAGE_TIMEOUT_MS = 2000
"""Milliseconds to wait for the page: a script in a note, or a dialog that it opens, can block the page forever."""

_numbers = itertools.count()


def once(call: Callable[[], None]) -> Callable[[], None]:
    """Return a function that makes the call the first time, and does nothing afterwards."""
    is_called = False

    def first_time() -> None:
        nonlocal is_called
        if not is_called:
            is_called = True
            call()

    return first_time


def after_saved(editor: Any, then: Callable[[], None]) -> None:
    """Make an editor save what was typed, and call `then` when its note has the text. Main thread only.

    `then` is never called if the page does not answer. Unlike the callback of `Editor.call_after_note_saved`, it never
    comes before the text: both come through the same bridge, in order.
    """
    command = f"ankiRpcSaved{next(_numbers)}"

    def arrived(_: Any) -> None:
        del links[command]
        then()

    links = editor._links
    links[command] = arrived
    editor.web.eval(f'require("anki/ui").loaded.then(() => saveNow(true)).then(() => bridgeCommand({command!r}))')
