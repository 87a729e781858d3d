"""A collection that is thrown away, for trying writes that Anki may refuse: a refused write clears the undo history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anki._backend import RustBackend

if TYPE_CHECKING:
    from anki.models import NotetypeDict

_PLACEHOLDER = "anki-rpc"


@contextmanager
def trial_collection(media_folder: str = "", path: str = ":memory:") -> Iterator[RustBackend]:
    """Yield the backend of an empty collection; without a path it is in memory, and takes about 3 ms to open."""
    backend = RustBackend(server=True)
    backend.open_collection(collection_path=path, media_folder_path=media_folder, media_db_path="")
    try:
        yield backend
    finally:
        backend.close_collection(downgrade_to_schema11=False)


def replace_note_types(backend: RustBackend, models: Iterable[NotetypeDict]) -> None:
    """Replace the stock note types of an empty collection by copies of these, with the same ids and names.

    One is left, as Anki needs one, with a name that no other has.
    """
    *own, last = [entry.id for entry in backend.get_notetype_names()]
    for model_id in own:
        backend.remove_notetype(model_id)
    placeholder = {**json.loads(backend.get_notetype_legacy(last)), "name": _PLACEHOLDER}
    for model in (placeholder, *models):
        backend.add_or_update_notetype(json=json.dumps(model).encode(), preserve_usn_and_mtime=True, skip_checks=True)
