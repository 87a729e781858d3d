"""Uploads: whether to receive a large body, and where to keep it."""

from __future__ import annotations

from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

SMALL_BYTES = 2**14
"""Bytes of a body that is accepted from every caller."""
SPOOLED_BYTES = 2**18
"""Bytes of an upload that are kept in memory; a larger one is moved to a file."""
LEFT = "anki_rpc.body_left"
"""The key in the WSGI environment by which the application sees that the body was not received."""
PREFIX = "anki-rpc-upload-"
"""Prefix of that file on Windows, where it has a name. By it, what was left behind is found and deleted later."""


class Upload(NamedTuple):
    """How to receive a body that may be too large for memory, or whose request will be refused."""

    limit: int
    """Most bytes of the body; 0: receive nothing, because the request will be refused."""
    folder: str | None = None
    """The folder for the body's file; None for the system's folder for temporary files."""


class Spool:
    """A buffer for Waitress's receivers. A large body is moved to a file without a name."""

    def __init__(self, folder: str | None) -> None:
        self._file = SpooledTemporaryFile(max_size=SPOOLED_BYTES, dir=folder, prefix=PREFIX)  # noqa: SIM115  (`close` closes it)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def append(self, data: bytes) -> None:
        """Write at once: a disk that is full must be seen while the request can still be refused. Raises OSError."""
        self._size += self._file.write(data)
        self._file.flush()

    def getfile(self) -> Any:
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        with suppress(OSError):  # what could not be written is tried again
            self._file.close()
