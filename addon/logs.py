"""The log file, and keeping secrets out of whatever is logged."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

SIZE = 2**20
"""Bytes of a log file; one older file is kept beside it."""

SECRET = re.compile(
    r"""(?i)(bearer\s+|(?:x-api-key|"key"|'key'|apikey|password|hkey)['"]?\s*[:=]\s*)"""
    r"""(?:(["'])(?:(?!\2)[^\\]|\\.)*|[^\s"',}]+)"""
)


class Redacting(logging.Formatter):
    """Formats entries without the keys and passwords in them."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1\2(redacted)", super().format(record))


def file_handler(path: Path) -> RotatingFileHandler:
    """Writes to a file, which is made with the first entry."""
    handler = RotatingFileHandler(path, maxBytes=SIZE, backupCount=1, delay=True, encoding="utf-8")
    handler.setFormatter(Redacting())
    return handler
