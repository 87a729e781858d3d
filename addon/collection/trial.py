"""A collection that is thrown away, to try out what Anki would refuse: there a refused write wipes no undo history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from anki._backend import RustBackend


@contextmanager
def trial_collection(media_folder: str = "", path: str = ":memory:") -> Iterator[RustBackend]:
    """The backend of an empty collection, in memory if no path is given. It takes about 3 ms there."""
    backend = RustBackend(server=True)
    backend.open_collection(collection_path=path, media_folder_path=media_folder, media_db_path="")
    try:
        yield backend
    finally:
        backend.close_collection(downgrade_to_schema11=False)
