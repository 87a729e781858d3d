"""The media folder of the open collection: opens files by name, stores them as a whole, and moves them to the trash."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from anki.errors import AnkiException

from ..files.regular_files import Identity, databases_of, is_one_of, open_regular
from ..rpc.errors import AlreadyExists, CollectionUnavailable, NotFound, Refused
from ..rpc.executor import RunsOn
from ..text.normal_forms import is_nfc
from . import media_moves, media_store
from .errors import file_error

if TYPE_CHECKING:
    from ..rpc.executor import CancelToken, Executor
    from ..rpc.host import Host

T = TypeVar("T")

BLOCK_BYTES = 2**18
WRITE_LIMIT_S = 600.0
"""Seconds that work on the collection lane may take."""
SETTLED_S = 2.0
"""Seconds after which every file system shows a further change in a file's times. Younger files are not cached."""
KNOWN_DIGESTS = 4096

Precondition = Callable[[str | None, float | None], None]
"""Called with the digest and the modification time of the existing file, both None if there is none. Raises if the file
must stay as it is."""


class MediaFile(NamedTuple):
    """A file that is open for reading. It stays readable if the file is replaced meanwhile."""

    stream: BufferedReader
    size: int
    modified: float
    """Modification time, in seconds since 1970."""
    digest: str
    """SHA-256 of the content, in hexadecimal digits."""


class StoredFile(NamedTuple):
    """The result of storing a file."""

    name: str
    """The name that Anki gives the file; it may differ from the requested one."""
    digest: str
    is_new: bool
    """No file of that name existed."""


class MediaFolder:
    """The media folder. Call its methods on any thread; changes run on the collection lane, and are waited for."""

    def __init__(self, host: Host, executor: Executor, wrote: Callable[[], None] = lambda: None) -> None:
        """`wrote`: called after each change."""
        self._host = host
        self._executor = executor
        self._wrote = wrote
        self._digests: dict[tuple[int, ...], str] = {}

    @property
    def path(self) -> Path:
        """The folder. Raises CollectionUnavailable if no collection is open."""
        col = self._host.collection()
        if col is None or col.db is None:
            raise CollectionUnavailable
        return Path(col.media.dir())

    @property
    def session(self) -> str:
        """What identifies the open collection, see `Host`."""
        return self._host.session()

    @property
    def staging_folder(self) -> Path:
        """The folder for files that are being received."""
        return media_moves.staging_folder(self.path)

    def open(self, name: str) -> MediaFile:
        """Open a file; the caller closes its stream. Raises NotFound, StorageFailed and Busy."""
        with self._translated():
            stream = self._open(name)
            try:
                status = os.fstat(stream.fileno())
                return MediaFile(stream, status.st_size, status.st_mtime, self._digest(stream))
            except BaseException:
                stream.close()
                raise

    def put(
        self,
        name: str,
        body: IO[bytes],
        size: int | None,
        precondition: Precondition,
        cancel_token: CancelToken | None = None,
    ) -> StoredFile:
        """Store a file completely or not at all. A file that it replaces is moved to Anki's media trash.

        Nothing is written if the file has this content already. `size`: the announced length of the body; None if it is
        unknown. Raises Refused if Anki accepts no file of that name, or if the body is shorter; AlreadyExists if
        something other than a regular file is in the way; StorageFailed, Busy and FileProblem; and what `precondition`
        raises.
        """
        clean = name_for(name)
        folder = self.path
        with self._translated(), self._incoming(body, size) as (file, digest):

            def store() -> StoredFile:
                if self.path != folder:
                    raise CollectionUnavailable("Another profile was opened meanwhile. The file was not stored.")
                current = self._find_stored(name)
                is_kept = current is not None and is_nfc(current.name)  # Anki syncs only names in NFC
                target = self.path / (current.name if current is not None and is_kept else clean)
                known = None if current is None else self._digest_of(current)
                if target != current and os.path.lexists(target):
                    what = "is not a regular file of the media folder" if current is None else "is another file"
                    raise AlreadyExists(f"{clean!r} exists, but {what}. Rename it.")
                precondition(known, None if current is None else current.stat().st_mtime)
                if known != digest:
                    media_moves.move(file, target, current)
                return StoredFile(target.name, digest, current is None)

            return self._on_lane(store, cancel_token)

    def trash(self, name: str, precondition: Precondition | None, cancel_token: CancelToken | None = None) -> None:
        """Move a file to Anki's media trash. Raises NotFound, StorageFailed, Busy, FileProblem, AnkiError, and what
        `precondition` raises.
        """

        def trash() -> None:
            path = self._find_stored(name)
            if path is None:
                raise NotFound(_NONE)
            if precondition is not None:
                precondition(self._digest_of(path), path.stat().st_mtime)
            col = self._host.collection()
            assert col is not None
            media_moves.trash(col, path.name)

        with self._translated():
            self._on_lane(trash, cancel_token)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise errors of the system and of Anki as those that a call of an action would report."""
        try:
            yield
        except (OSError, AnkiException) as error:
            raise (file_error(error, self._host.collection()) or error) from None

    def _find_stored(self, name: str) -> Path | None:
        """Like `_find`, with the name as it is stored: the disk may ignore case."""
        path = self._find(name)
        stored = None if path is None else media_store.stored_as(str(path.parent), path.name)
        return None if path is None or stored is None else path.with_name(stored)

    def _find(self, name: str, databases: set[Identity] | None = None) -> Path | None:
        """Return the path of a regular file that is really in the folder, and no link to Anki's databases; or None."""
        folder = self.path
        if _leads_away(name) or "\0" in name:
            return None

        def is_there(spelling: str) -> bool:
            real = os.path.realpath(folder / spelling)
            is_here = os.path.isfile(real) and os.path.dirname(real) == os.path.realpath(folder)  # noqa: PTH113, PTH120
            return is_here and not is_one_of(real, databases_of(folder) if databases is None else databases)

        found = media_store.first_spelling(str(folder), name, is_there)
        return None if found is None else folder / found

    def _open(self, name: str) -> BufferedReader:
        databases = databases_of(self.path)
        for _ in range(2):
            path = self._find(name, databases)
            if path is None:
                break
            with suppress(FileNotFoundError):  # it is replaced in this moment
                return open_regular(str(path), databases)
        raise NotFound(_NONE)

    def _digest(self, stream: BufferedReader) -> str:
        status = os.fstat(stream.fileno())
        key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        digest = self._digests.get(key)
        if digest is None:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            if time.time() - max(status.st_mtime, status.st_ctime) > SETTLED_S:
                if len(self._digests) >= KNOWN_DIGESTS:
                    self._digests.clear()
                self._digests[key] = digest
        return digest

    def _digest_of(self, path: Path) -> str:
        with open_regular(str(path), databases_of(path.parent)) as stream:
            return self._digest(stream)

    @contextmanager
    def _incoming(self, body: IO[bytes], announced: int | None) -> Iterator[tuple[Path, str]]:
        """Copy a body to a temporary file, and yield its path and digest. At the end it is deleted unless moved."""
        with media_moves.staging_file(self.path) as path:
            digest, size = hashlib.sha256(), 0
            with path.open("xb") as file:
                while block := body.read(BLOCK_BYTES):
                    digest.update(block)
                    size += file.write(block)
            if announced not in (None, size):
                raise Refused(f"The body ended early: {size} of {announced} bytes were received. Send the file again.")
            media_moves.await_free(path)  # here, and not while others wait for the collection lane
            yield path, digest.hexdigest()

    def _on_lane(self, work: Callable[[], T], cancel_token: CancelToken | None) -> T:
        result = self._executor.call(RunsOn.COLLECTION, work, WRITE_LIMIT_S, cancel_token)
        self._wrote()
        return result


_NONE = "there is no media file of that name"


def name_for(name: str) -> str:
    """Return the name that Anki gives a file of this name. Raises Refused if Anki accepts no such file."""
    if _leads_away(name):
        raise Refused("The name must not contain slashes: the media folder has no subfolders.")
    with suppress(AnkiException):
        if (given := media_store.given_name(name)) is not None:
            return given
    raise Refused("Anki does not accept a media file of this name. Choose another name.")


def _leads_away(name: str) -> bool:
    return "/" in name or "\\" in name or name in (".", "..")
