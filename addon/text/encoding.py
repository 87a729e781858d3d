"""Text files as Windows programs write them, and output whose code page lacks some letters."""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
"""Byte order mark to encoding: Notepad offers all three, and `>` in PowerShell 5.1 writes UTF-16."""


def read_text(path: Path) -> str:
    """Read a text file, as `decode` does."""
    return decode(path.read_bytes())


def decode(data: bytes) -> str:
    """Decode UTF-8, or the encoding that a byte order mark names. Raises UnicodeDecodeError."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    return data.removeprefix(mark).decode(_MARKS.get(mark, "utf-8"))


def use_utf8() -> None:
    """Write UTF-8 and the same line ends on every system, except to a console, which has an encoding of its own.

    A letter that cannot be written is escaped, in a console too.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # there may be none, in a process without a console
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8", newline="\n")
            stream.reconfigure(errors="backslashreplace")


def announce(text: str) -> None:
    """Print a text without which the program can go on: an output that is closed or full is given up."""
    try:
        print(text, flush=True)
    except OSError:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())  # where the end of the process flushes the rest
