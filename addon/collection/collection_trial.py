"""Tries whether a package (.colpkg) can replace the collection, and finds out what would be lost.

The collection has to be closed for the replacement, which clears the undo history. So everything is checked before.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from anki._backend import RustBackend
from anki.errors import BackendError

from ..rpc.errors import ActionError, Cancelled, FileProblem
from .errors import StorageFailed, raise_if_full
from .package_sizes import measure
from .package_trial import Identity, identity_of
from .trial import trial_collection
from .unpacking import unpack_collection

if TYPE_CHECKING:
    from anki.collection import Collection

_RESERVE_BYTES = 2**26
"""Bytes that a trial leaves free on the disk."""


class CollectionTrial(NamedTuple):
    """The outcome of a trial."""

    identity: Identity
    """The identity of the file that was tried."""
    problem: ActionError | None = None
    """Why the package cannot replace the collection; None if it can."""
    notes: int = 0
    cards: int = 0
    contents: Contents | None = None
    """None unless the trial was asked for it."""

    def is_of(self, path: str) -> bool:
        """Whether this is still the file that was tried, unchanged."""
        return self.identity == identity_of(path)

    def check(self) -> None:
        """Raise FileProblem if the package cannot replace the collection."""
        if self.problem is not None:
            raise self.problem


class Contents(NamedTuple):
    """What is in a collection, as far as it is compared."""

    notes: dict[int, int]
    """The time of the last change by note id, in seconds since 1970."""
    cards: dict[int, tuple[Any, ...]]
    """The place and the progress of each card."""
    names: dict[str, set[str]]
    """The names of decks, presets, models and tags."""
    files: dict[str, bytes]
    """A digest of each media file by its name; of a collection in use only of the files that the other one has, too."""

    def losses(self, after: Contents) -> dict[str, Any]:
        """What would go, by the kinds of a dry run, if `after` replaced this."""
        kept_notes, kept_cards = self.notes.keys() & after.notes.keys(), self.cards.keys() & after.cards.keys()
        return {
            "notes": sorted(self.notes.keys() - kept_notes),
            "cards": sorted(self.cards.keys() - kept_cards),
            **{kind: sorted(names - after.names[kind]) for kind, names in self.names.items()},
            "changed_notes": sorted(id for id in kept_notes if self.notes[id] != after.notes[id]),
            "changed_cards": sorted(id for id in kept_cards if self.cards[id] != after.cards[id]),
            "changed_files": sorted(name for name, digest in self.files.items() if after.files.get(name) != digest),
        }


_NAMES = {
    "decks": "select name from decks",
    "presets": "select name from deck_config",
    "models": "select name from notetypes",
    "tags": "select tag from tags",
}


def contents_of(col: Collection, files: dict[str, bytes]) -> Contents:
    """The contents of the open collection. `files`: see `digests_of`."""
    assert col.db is not None
    return _contents(col.db.all, files)


def digests_of(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The digests of the files with these names; without those that do not exist. Reads them all, so it takes long."""
    digests = {}
    for path in (folder / name for name in names):
        if path.is_file():
            with suppress(FileNotFoundError), path.open("rb") as file:
                digests[path.name] = hashlib.file_digest(file, "sha256").digest()
    return digests


def _contents(query: Callable[[str], Any], files: dict[str, bytes]) -> Contents:
    return Contents(
        dict(query("select id, mod from notes")),
        {
            id: tuple(rest)
            for id, *rest in query("select id, did, queue, type, due, ivl, factor, reps, lapses from cards")
        },
        {kind: {name.replace("\x1f", "::") for (name,) in query(text)} for kind, text in _NAMES.items()},
        files,
    )


def try_collection(
    path: str,
    limit: int,
    *,
    check: Callable[[Path], None],
    is_wanted: Callable[[], bool],
    compares: bool,
) -> CollectionTrial:
    """Unpack a package into a temporary folder as Anki would, and return the outcome. Waits for it.

    - `limit`: most bytes of the unpacked package.
    - `check`: raises FileProblem for an unpacked collection that Anki must not open.
    - `is_wanted`: called for each MiB that is read.
    - `compares`: unpack the media, too, and read everything that is to be compared.

    If the package is unfit, the outcome says so. Raises Cancelled if the trial is no longer wanted, and StorageFailed
    if the disk is full.
    """

    def checkpoint() -> None:
        if not is_wanted():
            raise Cancelled

    identity = identity_of(path)
    try:
        sizes = measure(path, limit, checkpoint)
        needed = 3 * sizes.collection + (2 * sizes.media if compares else 0) + _RESERVE_BYTES
        if shutil.disk_usage(tempfile.gettempdir()).free < needed:
            raise StorageFailed(f"The disk is too full to try the package. Free {needed} bytes.", reason="full")
        with (
            zipfile.ZipFile(path) as package,
            tempfile.TemporaryDirectory(prefix="anki-rpc-", ignore_cleanup_errors=True) as folder,
        ):
            if (damaged := package.testzip()) is not None:
                raise FileProblem(f"The package is damaged: {damaged}")
            checkpoint()
            return _tried(identity, path, package, Path(folder), check, compares=compares)
    except BackendError as error:
        raise_if_full(error)
        return CollectionTrial(identity, FileProblem(str(error)))
    except (FileProblem, zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise_if_full(error)
        known = error if isinstance(error, FileProblem) else FileProblem(f"The package is damaged: {error}")
        return CollectionTrial(identity, known.without_traceback())


def _tried(
    identity: Identity,
    path: str,
    package: zipfile.ZipFile,
    folder: Path,
    check: Callable[[Path], None],
    *,
    compares: bool,
) -> CollectionTrial:
    media = folder / "media"
    if compares:
        collection = folder / "collection.anki2"
        RustBackend(server=True).import_collection_package(
            col_path=str(collection), backup_path=path, media_folder=str(media), media_db=str(folder / "media.db")
        )
    else:
        collection = unpack_collection(package, folder)
    check(collection)
    with trial_collection(path=str(collection)) as backend:

        def query(text: str) -> list[Any]:
            return list(backend.db_query(text, [], first_row_only=False))

        _require_whole(query)
        contents = None
        if compares:
            names = [file.name for file in media.iterdir()] if media.is_dir() else []
            contents = _contents(query, digests_of(media, names))
        notes, cards = (query(f"select count() from {table}")[0][0] for table in ("notes", "cards"))  # noqa: S608  (constants)
        return CollectionTrial(identity, None, notes, cards, contents)


def _require_whole(query: Callable[[str], list[Any]]) -> None:
    """Raise FileProblem if this is a package of decks (.apkg) under another name: all else would be gone.

    Such a package looks the same outside. Inside, it has the settings of a new collection, whose current note type is
    not there, and no note type without notes.
    """
    settings = dict(query("select key, cast(val as text) from config"))
    models, used = ({id for (id,) in query(text)} for text in ("select id from notetypes", "select mid from notes"))
    current = json.loads(settings.get("curModel", "null"))
    if not (
        "rollover" in settings or models - used or current in models or any(key.startswith("_") for key in settings)
    ):
        raise FileProblem("This is a package of decks, not of a collection. Import it with mergePackage.")
