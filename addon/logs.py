"""The log file, and a formatter that removes secrets from log entries."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from .text.folders import without_home

LOG_BYTES = 2**20
"""Bytes of the log file. When it is full, it is renamed, and one such older file is kept."""

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


def file_handler(path: Path) -> RotatingFileHandler:
    """Return a handler that writes to a file. The file is created with the first entry."""
    handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, delay=True, encoding="utf-8")
    handler.setFormatter(Redacting())
    return handler
