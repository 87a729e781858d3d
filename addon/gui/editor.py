"""Anki's editor as a web page, which hands over what was typed into it, and the window of ours that has one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

EDIT_WINDOW = "AnkiRpcEditNote"
"""What Anki's dialog manager calls our own window (`desktop.edit_dialog`); guiEditNote opens it by this name."""

PAGE_TIMEOUT_MS = 2000
"""Milliseconds that a page has for its answer; a script of a note's, or a dialog of one, can hold it up for ever."""

_numbers = itertools.count()


def once(call: Callable[[], None]) -> Callable[[], None]:
    """The call, which does nothing when it is made again."""
    is_called = False

    def first_time() -> None:
        nonlocal is_called
        if not is_called:
            is_called = True
            call()

    return first_time


def after_saved(editor: Any, then: Callable[[], None]) -> None:
    """Have an editor save what was typed, and call `then` when its note has it, which may be never. Main thread only.

    As `Editor.call_after_note_saved`, whose callback may come before the text does: that comes by the bridge, and
    only what comes by the bridge as well comes in order.
    """
    command = f"ankiRpcSaved{next(_numbers)}"

    def arrived(_: Any) -> None:
        del links[command]
        then()

    links = editor._links
    links[command] = arrived
    editor.web.eval(f'require("anki/ui").loaded.then(() => saveNow(true)).then(() => bridgeCommand({command!r}))')
