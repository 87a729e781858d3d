"""A collection that is thrown away, for trying writes that Anki may refuse: a refused write clears the undo history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from anki._backend import RustBackend


@contextmanager
def trial_collection(media_folder: str = "", path: str = ":memory:") -> Iterator[RustBackend]:
    """Yield the backend of an empty collection; without a path it is in memory, and takes about 3 ms to open."""
    backend = RustBackend(server=True)
    backend.open_collection(collection_path=path, media_folder_path=media_folder, media_db_path="")
    try:
        yield backend
    finally:
        backend.close_collection(downgrade_to_schema11=False)
