"""Uploads: how a large body, or one that nobody wants, is taken, and where it is kept."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

SMALL_BYTES = 2**14
"""Bytes of a body that is taken from anybody."""
SPOOLED_BYTES = 2**18
"""Bytes of an upload that are kept in memory until it goes to a file."""


class Upload(NamedTuple):
    """How the body of a request is taken that may be too large for memory, or that nobody wants."""

    limit: int
    """Bytes; 0 for none at all, as the request will be refused."""
    folder: str | None = None
    """Where it is kept while it comes; None for the system's own for such files."""


class Spool:
    """A body that goes to a file without a name when it is large, as the buffer of Waitress's receivers."""

    def __init__(self, folder: str | None) -> None:
        self._file = SpooledTemporaryFile(max_size=SPOOLED_BYTES, dir=folder)  # noqa: SIM115 - closed by `close`
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def append(self, data: bytes) -> None:
        self._size += self._file.write(data)

    def getfile(self) -> Any:
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        self._file.close()
