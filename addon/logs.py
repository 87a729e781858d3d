"""The log file, and keeping secrets out of whatever is logged."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 2**20
"""Bytes of a log file; one older file is kept beside it."""

SECRET = re.compile(
    r"""(?i)(bearer\s+|(?:x-api-key|"key"|'key'|apikey|password|hkey)['"]?\s*[:=]\s*)"""
    r"""(?:(["'])(?:(?!\2)[^\\]|\\.)*|[^\s"',}]+)"""
)

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters, other than ends of lines and tabs, that are no text."""


class Redacting(logging.Formatter):
    """Formats entries without the keys and passwords in them, and without what a terminal would obey."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        text = SECRET.sub(r"\1\2(redacted)", super().format(record))
        return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def file_handler(path: Path) -> RotatingFileHandler:
    """Writes to a file, which is made with the first entry."""
    handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, delay=True, encoding="utf-8")
    handler.setFormatter(Redacting())
    return handler
