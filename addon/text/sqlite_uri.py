"""The URI of a file for SQLite."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote


def sqlite_uri(path: PurePath) -> str:
    r"""Return the URI by which SQLite opens an absolute path, also one on a network drive, as in `\\server\share`.

    SQLite accepts no host in a URI, so `Path.as_uri` is of no use: the server belongs to the path, which then begins
    with two slashes of its own.
    """
    posix = path.as_posix()
    return f"file://{'' if posix.startswith('/') else '/'}{quote(os.fsencode(posix), safe='/:')}"
