"""Tries to import a package into a collection that is thrown away, because a refused import clears the undo history.

The trial does not use the collection or its lane. It can take as long as the import itself.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.collection import ImportAnkiPackageRequest
from anki.errors import BackendError

from ..rpc import threads
from ..rpc.errors import ActionError, Busy, Cancelled, FileProblem
from .errors import StorageFailed, raise_if_full
from .media_names import is_plain
from .package_news import PackageContent, content_of
from .package_sizes import Sizes, check_unpacked, measure, media_names
from .trial import replace_note_types, trial_collection

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection, ImportAnkiPackageOptions

_POLL_INTERVAL_S = 0.1
"""Seconds between two checks whether the trial is still wanted."""
_TIME_LIMIT_S = 1800.0
"""Seconds for one trial."""
_TURN_S = 60.0
"""Seconds that a trial waits for others to end."""
_RESERVE_BYTES = 2**26
"""Bytes that a trial leaves free on the disk."""
_turn = threading.Lock()
"""Allows one trial at a time, as each keeps the notes of its package in memory."""
_CLOZE = 1

Identity = tuple[int, int, int, int]


class Trial(NamedTuple):
    """The outcome of a trial."""

    identity: Identity
    """The identity of the file that was tried."""
    problem: ActionError | None = None
    """Why Anki refuses the package; None if it accepts it."""
    note_types: tuple[tuple[int, bool], ...] = ()
    """The ids of the package's note types, each with whether it is a cloze note type."""
    guids: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """The GUIDs of the package's notes: first of ordinary note types, then of cloze note types."""
    content: PackageContent | None = None
    """What the package has brought; None unless the trial was asked for it."""

    def is_of(self, path: str) -> bool:
        """Whether this is still the file that was tried, unchanged."""
        return self.identity == identity_of(path)

    def check(self, col: Collection, *, merges_models: bool = True) -> None:
        """Raise FileProblem if Anki refuses the package, or cannot merge its note types into this collection's."""
        if self.problem is not None:
            raise self.problem
        if not merges_models:
            return
        ours = {note_type["id"]: note_type["type"] == _CLOZE for note_type in col.models.all()}
        if any(ours.get(id, is_cloze) != is_cloze for id, is_cloze in self.note_types) or any(
            guids and _has_notes(col, [id for id, is_cloze in ours.items() if is_cloze is not bool(kind)], guids)
            for kind, guids in enumerate(self.guids)
        ):
            text = col.tr.importing_cannot_merge_notetypes_of_different_kinds()
            raise FileProblem(text)


def _has_notes(col: Collection, note_types: list[int], guids: tuple[str, ...]) -> bool:
    query = """select 1 from notes where mid in (select value from json_each(?))
        and guid in (select value from json_each(?)) limit 1"""
    return bool(col.db and col.db.scalar(query, json.dumps(note_types), json.dumps(guids)))


def identity_of(path: str) -> Identity:
    """Return values that change if the file is replaced or written to. Raises FileProblem if it is gone."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError) as error:
        raise FileProblem(f"{getattr(error, 'strerror', None) or error}: {path!r}") from None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def try_import(
    path: str,
    options: ImportAnkiPackageOptions,
    media_folder: Path,
    limit: int,
    *,
    check: Callable[[zipfile.ZipFile], None],
    is_wanted: Callable[[], bool] = lambda: True,
    compares: bool = False,
) -> Trial:
    """Import a package into an empty collection, and return the outcome. Waits for it.

    - `media_folder`: the real media folder. It is only read.
    - `limit`: most bytes of the unpacked package.
    - `check`: raises FileProblem for a package that Anki must not even try.
    - `is_wanted`: called several times a second, on this thread.
    - `compares`: the outcome has the content of the package.

    If Anki refuses the package, or needs too long for it, the outcome says so. Raises Cancelled if the trial is no
    longer wanted, Busy if other trials take too long or the system allows no more threads, FileProblem if the file is
    gone, and StorageFailed if the disk is full.
    """
    _wait_for_turn(is_wanted)
    try:
        attempt = _Attempt(path, options, media_folder, limit, check, compares=compares)
        threads.start("trial of a package", attempt.run)
    except (Busy, FileProblem):
        _turn.release()
        raise
    deadline = time.monotonic() + _TIME_LIMIT_S
    while not attempt.has_ended.wait(_POLL_INTERVAL_S):
        is_late = time.monotonic() > deadline
        if is_late or not is_wanted():
            attempt.abort()
            if not is_late:
                raise Cancelled
            late = f"The import was given up: Anki needs more than {_TIME_LIMIT_S:g} seconds for this package"
            return Trial(attempt.identity, FileProblem(late))
    if attempt.error is not None:
        raise attempt.error
    assert attempt.trial is not None
    return attempt.trial


def _wait_for_turn(is_wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _TURN_S
    while not _turn.acquire(timeout=_POLL_INTERVAL_S):
        if not is_wanted():
            raise Cancelled
        if time.monotonic() > deadline:
            raise Busy("Other packages are being imported. Try again later.")


class _Attempt:
    """One trial. It runs on a thread of its own, so that it can be aborted."""

    def __init__(
        self,
        path: str,
        options: ImportAnkiPackageOptions,
        media_folder: Path,
        limit: int,
        check: Callable[[zipfile.ZipFile], None],
        *,
        compares: bool,
    ) -> None:
        self.has_ended = threading.Event()
        self.trial: Trial | None = None
        self.error: ActionError | None = None
        self.identity = identity_of(path)
        self._path = path
        self._options = options
        self._media_folder = media_folder
        self._limit = limit
        self._check = check
        self._compares = compares
        self._is_aborted = False
        self._backend: RustBackend | None = None

    def abort(self) -> None:
        """Stop the trial soon, without waiting for that."""
        self._is_aborted = True
        try:
            threads.start("end of a trial", self._abort)
        except Busy:
            self._abort_in_anki()

    def _abort(self) -> None:
        while not self.has_ended.wait(_POLL_INTERVAL_S):  # repeated, as Anki forgets it when it begins new work
            self._abort_in_anki()

    def _abort_in_anki(self) -> None:
        if (backend := self._backend) is not None:
            backend.set_wants_abort()

    def run(self) -> None:
        """Run the trial, and store its outcome or error. Never raises."""
        try:
            self._run()
        except (Cancelled, StorageFailed) as error:
            self.error = error.without_traceback()
        except BaseException as error:  # a panic in Anki's backend is no Exception
            self.trial = Trial(self.identity, FileProblem(f"The package cannot be tried: {error}"))
        finally:
            self._backend = None
            _turn.release()
            self.has_ended.set()

    def _run(self) -> None:
        try:
            self.trial = self._try()
        except FileProblem as error:
            self.trial = Trial(self.identity, error.without_traceback())
        except BackendError as error:
            if self._is_aborted:
                raise Cancelled from None
            raise_if_full(error)
            self.trial = Trial(self.identity, FileProblem(str(error)))
        except OSError as error:
            raise_if_full(error)
            raise

    def _try(self) -> Trial:
        with Path(self._path).open("rb") as file:  # is_zipfile hides why a file cannot be opened
            is_archive = zipfile.is_zipfile(file)
        if not is_archive:
            raise FileProblem(_anki_on_no_archive())
        sizes = measure(self._path, self._limit, self._checkpoint)
        with zipfile.ZipFile(self._path) as package:
            self._check(package)
        with _temporary_folder(self._place(sizes)) as name:
            folder = Path(name)
            media = folder / "media"
            media.mkdir()
            self._copy_names(media)
            with trial_collection(str(media), str(folder / "collection.anki2")) as backend:
                if self._compares:
                    replace_note_types(backend, [])  # a note type of the same name would be changed
                self._backend = backend
                self._checkpoint()
                request = ImportAnkiPackageRequest(package_path=self._path, options=self._options)
                backend.import_anki_package_raw(request.SerializeToString())
                self._backend = None
                check_unpacked(self.identity[2], sum(file.stat().st_size for file in os.scandir(media)), self._limit)
                trial = _trial_of(backend, self.identity)
                return trial._replace(content=content_of(backend, media)) if self._compares else trial

    def _checkpoint(self) -> None:
        if self._is_aborted:
            raise Cancelled

    def _place(self, sizes: Sizes) -> str:
        """Return a folder with enough space for the trial: the system's temporary folder, or that of the collection.

        Anki unpacks the collection, then writes its notes again, with indexes. Raises StorageFailed.
        """
        needed = sizes.media + 3 * sizes.collection + _RESERVE_BYTES
        for place in (tempfile.gettempdir(), str(self._media_folder.parent)):
            if shutil.disk_usage(place).free > needed:
                return place
        raise StorageFailed(f"The disk is too full to try the package. Free {needed} bytes.", reason="full")

    def _copy_names(self, folder: Path) -> None:
        """Create a file for each media file of an old package whose name exists in the real media folder.

        Anki then reads this member of the package even if no note uses it, and refuses the package if it is missing.
        """
        for name in media_names(self._path):
            for known in {name, name.lower()}:
                if is_plain(known) and (self._media_folder / known).is_file():
                    (folder / known).write_bytes(b"x")  # Anki ignores empty files


def _trial_of(backend: RustBackend, identity: Identity) -> Trial:
    rows: list[Any] = backend.db_query("select mid, guid from notes", [], first_row_only=False)
    is_cloze = {
        id: json.loads(backend.get_notetype_legacy(id))["type"] == _CLOZE
        for id in dict.fromkeys(row[0] for row in rows)
    }
    guids = (
        tuple(guid for id, guid in rows if not is_cloze[id]),
        tuple(guid for id, guid in rows if is_cloze[id]),
    )
    return Trial(identity, None, tuple(is_cloze.items()), guids)


def _temporary_folder(place: str | None = None) -> tempfile.TemporaryDirectory[str]:
    """Return a folder that is deleted in the end, unless another program, such as a virus scanner, has a file open."""
    return tempfile.TemporaryDirectory(prefix="anki-rpc-", dir=place, ignore_cleanup_errors=True)


def _anki_on_no_archive() -> str:
    """Return Anki's own error text for a file that is no ZIP archive."""
    with _temporary_folder() as folder, trial_collection() as backend:
        empty = Path(folder, "empty")
        empty.touch()
        try:
            backend.import_anki_package_raw(ImportAnkiPackageRequest(package_path=str(empty)).SerializeToString())
        except BackendError as error:
            return str(error)
    return "The package is damaged: it is no ZIP archive"
