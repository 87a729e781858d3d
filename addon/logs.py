"""The log file, and a formatter that removes secrets from log entries."""

from __future__ import annotations

import contextlib
import copy
import logging
import os
import re
import shutil
import sys
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

from .text.folders import without_home

LOG_BYTES = 2**20
"""Bytes of the log file. When it is full, it is renamed, and one such older file is kept."""
MAX_WAITING = 100
"""Entries that wait while the file cannot be written; the oldest are dropped."""

SECRET = re.compile(
    r"""(?i)(bearer\s+|(?:x-api-key|"key"|'key'|apikey|password|hkey)['"]?\s*[:=]\s*)"""
    r"""(?:(["'])(?:(?!\2)[^\\]|\\.)*|[^\s"',}]+)"""
)

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters other than line ends and tabs."""


class Redacting(logging.Formatter):
    """Formats log entries: removes keys and passwords, shortens the user's own folder to `~`, and escapes control
    characters, which terminals would obey.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        text = without_home(SECRET.sub(r"\1\2(redacted)", super().format(record)))
        return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class LogFile(RotatingFileHandler):
    """Writes to a file, which is created with the first entry. Shows no errors, as Anki shows stderr in a window.

    - Entries that cannot be written wait, at most `MAX_WAITING`, until one can.
    - On Windows a full file cannot be renamed while another process has it open. Then its content is copied; if that
      fails too, the file grows until it can be renamed.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LOG_BYTES, backupCount=1, delay=True, encoding="utf-8")
        self.setFormatter(Redacting())
        self._waiting: deque[logging.LogRecord] = deque(maxlen=MAX_WAITING)
        self._has_failed = False

    def emit(self, record: logging.LogRecord) -> None:
        for entry in [*self._waiting, record]:
            self._has_failed = False
            super().emit(entry)
            if self._has_failed:
                break
            if entry is not record:
                self._waiting.popleft()
        if self._has_failed:
            self._waiting.append(self._without_references(record))

    def doRollover(self) -> None:  # noqa: N802 - the library's name
        try:
            super().doRollover()
        except OSError:
            with contextlib.suppress(OSError):
                shutil.copyfile(self.baseFilename, f"{self.baseFilename}.1")
                os.truncate(self.baseFilename, 0)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Note that the file cannot be written. Close it, so that the next attempt opens it again."""
        if isinstance(sys.exception(), OSError):
            self._has_failed = True
            stream, self.stream = self.stream, None
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _without_references(self, record: logging.LogRecord) -> logging.LogRecord:
        """Return an entry that keeps no objects of its arguments and its traceback alive."""
        self.format(record)  # stores the text of the traceback
        entry = copy.copy(record)
        entry.msg, entry.args, entry.exc_info = record.getMessage(), None, None
        return entry
