"""The media folder of the open collection: files found by name, put there whole, and moved to Anki's media trash."""

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
from . import media_store

if TYPE_CHECKING:
    from ..rpc.executor import CancelToken, Executor
    from ..rpc.host import Host

T = TypeVar("T")

BLOCK_BYTES = 2**18
WRITE_LIMIT_S = 600.0
"""Seconds that work on the collection lane may take."""
SETTLED_S = 2.0
"""Seconds after which a change shows in a file's times, on every file system."""
KNOWN_DIGESTS = 4096

Precondition = Callable[[str | None, float | None], None]
"""Given the digest and the last change of the file that is there, None where there is none, raises where it must be
left as it is."""


class MediaFile(NamedTuple):
    """A file that is open for reading, which goes on when it is replaced meanwhile."""

    stream: BufferedReader
    size: int
    modified: float
    digest: str
    """The SHA-256 of its content, in hexadecimal digits."""


class StoredFile(NamedTuple):
    """What became of a file that was put into the folder."""

    name: str
    """Anki's, which may differ from the one that was asked for."""
    digest: str
    is_new: bool


class MediaFolder:
    """Its methods run on any thread; what changes the folder runs on the collection lane."""

    def __init__(self, host: Host, executor: Executor) -> None:
        self._host = host
        self._executor = executor
        self._digests: dict[tuple[int, ...], str] = {}

    @property
    def path(self) -> Path:
        """Raises CollectionUnavailable."""
        col = self._host.collection()
        if col is None or col.db is None:
            raise CollectionUnavailable
        return Path(col.media.dir())

    @property
    def workshop(self) -> Path:
        """Where files are kept while they come."""
        return media_store.workshop(self.path)

    def open(self, name: str) -> MediaFile:
        """Open a file. Raises NotFound."""
        try:
            databases = databases_of(self.path)
            stream = open_regular(str(self._found(name, databases)), databases)
        except FileNotFoundError:
            raise NotFound(_NONE) from None
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
        """Store a file as a whole or not at all; a file that it replaces goes to Anki's media trash.

        Nothing is written where the content is there already. `size`: how much has been announced. Raises Refused and
        AlreadyExists.
        """
        clean = name_for(name)
        with self._incoming(body, size) as (file, digest):

            def store() -> StoredFile:
                current = self._find(name)
                is_kept = current is not None and is_nfc(current.name)  # Anki syncs no other name
                target = self.path / (current.name if current is not None and is_kept else clean)
                known = None if current is None else self._digest_of(current)
                if current is None and os.path.lexists(target):
                    raise AlreadyExists(f"{clean!r} is no file of the media folder's own, and is left as it is")
                precondition(known, None if current is None else current.stat().st_mtime)
                if known != digest:
                    media_store.move(file, target, current)
                return StoredFile(target.name, digest, current is None)

            return self._on_lane(store, cancel_token)

    def trash(self, name: str, precondition: Precondition | None, cancel_token: CancelToken | None = None) -> None:
        """Move a file to Anki's media trash. Raises NotFound."""

        def trash() -> None:
            path = self._found(name)
            if precondition is not None:
                precondition(self._digest_of(path), path.stat().st_mtime)
            col = self._host.collection()
            assert col is not None
            media_store.trash(col, path.name)

        self._on_lane(trash, cancel_token)

    def _find(self, name: str, databases: set[Identity] | None = None) -> Path | None:
        """A regular file that really lies in the folder, and is none of Anki's databases by a link."""
        folder = self.path
        if _leads_away(name) or "\0" in name:
            return None
        for spelling in media_store.spellings(name):
            path = folder / spelling
            real = os.path.realpath(path)
            is_there = os.path.isfile(real) and os.path.dirname(real) == os.path.realpath(folder)  # noqa: PTH113, PTH120
            if is_there and not is_one_of(real, databases_of(folder) if databases is None else databases):
                return path
        return None

    def _found(self, name: str, databases: set[Identity] | None = None) -> Path:
        path = self._find(name, databases)
        if path is None:
            raise NotFound(_NONE)
        return path

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
        """Copy a body to a file of its own, which is gone in the end unless it was moved; and its digest."""
        with media_store.incoming(self.path) as path:
            digest, size = hashlib.sha256(), 0
            with path.open("xb") as file:
                while block := body.read(BLOCK_BYTES):
                    digest.update(block)
                    size += file.write(block)
            if announced not in (None, size):
                raise Refused(f"the body is not as long as its Content-Length: {size} of {announced} bytes")
            yield path, digest.hexdigest()

    def _on_lane(self, work: Callable[[], T], cancel_token: CancelToken | None) -> T:
        return self._executor.call(RunsOn.COLLECTION, work, WRITE_LIMIT_S, cancel_token)


_NONE = "there is no media file of that name"


def name_for(name: str) -> str:
    """What Anki calls a file of that name. Raises Refused."""
    if _leads_away(name):
        raise Refused("the media folder has no folders in it: the name must be a plain one")
    with suppress(AnkiException):
        if (given := media_store.given_name(name)) is not None:
            return given
    raise Refused("Anki takes no file of that name")


def _leads_away(name: str) -> bool:
    return "/" in name or "\\" in name or name in (".", "..")
