"""The media folder of the open collection: files found by name, put there whole, and moved to Anki's media trash."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeVar
from unicodedata import normalize

from anki.errors import AnkiException

from .media_names import is_plain
from .rpc.errors import AlreadyExists, CollectionUnavailable, NotFound, Refused
from .rpc.registry import RunsOn
from .scratch import scratch

if TYPE_CHECKING:
    from .rpc.context import Host
    from .rpc.executor import Executor, Withdrawal

T = TypeVar("T")

BLOCK = 2**18
LIMIT = 600.0
"""Seconds that work on the collection lane may take."""
PREFIX = "anki-rpc-upload-"
"""Of the names of files on their way into the folder."""
LEFT_BEHIND = 24 * 60 * 60
"""Seconds after which such a file is that of a process that was killed."""
SETTLED = 2.0
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


class Stored(NamedTuple):
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
        """Where files are kept while they come: on the disk of the media folder, and outside it where that can be."""
        real = self.path.resolve()
        return real.parent if real.parent.stat().st_dev == real.stat().st_dev else real

    def open(self, name: str) -> MediaFile:
        """Open a file. Raises NotFound."""
        try:
            stream = self._found(name).open("rb")
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
        withdrawal: Withdrawal | None = None,
    ) -> Stored:
        """Store a file as a whole or not at all; a file that it replaces goes to Anki's media trash.

        Nothing is written where the content is there already. A name that Anki changes replaces nothing. `size`: how
        much has been announced. Raises Refused and AlreadyExists.
        """
        clean = name_for(name)
        with self._incoming(body, size) as (file, digest):

            def store() -> Stored:
                current, target = self._find(clean), self.path / clean
                known = None if current is None else self._digest_of(current)
                if current is None and os.path.lexists(target):
                    raise AlreadyExists(f"{clean!r} is no file of the media folder's own, and is left as it is")
                if known not in (None, digest) and normalize("NFC", name) != clean:
                    raise AlreadyExists(f"Anki calls it {clean!r}, and there is another file of that name", name=clean)
                precondition(known, None if current is None else current.stat().st_mtime)
                if known != digest:
                    self._move(file, target, current)
                return Stored(clean, digest, current is None)

            return self._on_lane(store, withdrawal)

    def trash(self, name: str, precondition: Precondition | None, withdrawal: Withdrawal | None = None) -> None:
        """Move a file to Anki's media trash. Raises NotFound."""

        def trash() -> None:
            path = self._found(name)
            if precondition is not None:
                precondition(self._digest_of(path), path.stat().st_mtime)
            col = self._host.collection()
            assert col is not None
            col.media.trash_files([path.name])

        self._on_lane(trash, withdrawal)

    def _find(self, name: str) -> Path | None:
        """A regular file that really lies in the folder, in either of Unicode's spellings."""
        folder = self.path
        if not is_plain(name):
            return None
        for spelling in dict.fromkeys((name, normalize("NFC", name), normalize("NFD", name))):
            path = folder / spelling
            real = os.path.realpath(path)
            if os.path.isfile(real) and os.path.dirname(real) == os.path.realpath(folder):  # noqa: PTH113, PTH120
                return path
        return None

    def _found(self, name: str) -> Path:
        path = self._find(name)
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
            if time.time() - max(status.st_mtime, status.st_ctime) > SETTLED:
                if len(self._digests) >= KNOWN_DIGESTS:
                    self._digests.clear()
                self._digests[key] = digest
        return digest

    def _digest_of(self, path: Path) -> str:
        with path.open("rb") as stream:
            return self._digest(stream)

    @contextmanager
    def _incoming(self, body: IO[bytes], announced: int | None) -> Iterator[tuple[Path, str]]:
        """Copy a body to a file of its own, which is gone in the end unless it was moved; and its digest."""
        folder = self.workshop
        _clear(folder)
        path = folder / f"{PREFIX}{secrets.token_hex(8)}"
        try:
            digest, size = hashlib.sha256(), 0
            with path.open("xb") as file:
                while block := body.read(BLOCK):
                    digest.update(block)
                    size += file.write(block)
            if announced not in (None, size):
                raise Refused(f"the body is not as long as its Content-Length: {size} of {announced} bytes")
            yield path, digest.hexdigest()
        finally:
            path.unlink(missing_ok=True)

    def _move(self, file: Path, target: Path, current: Path | None) -> None:
        """Move a file into the folder at one stroke; what was there is in Anki's media trash then."""
        if current is None:
            file.replace(target)
            return
        modified = current.stat().st_mtime
        if int(file.stat().st_mtime) <= int(modified):  # Anki tells a new file by another second
            os.utime(file, (modified + 1, modified + 1))
        trash = self.path.with_name("media.trash")
        trash.mkdir(exist_ok=True)
        kept = trash / current.name
        kept.unlink(missing_ok=True)
        try:
            kept.hardlink_to(current)
        except OSError:  # not every file system can
            shutil.copyfile(current, kept)
        file.replace(target)
        if current.name != target.name:
            current.unlink()
        os.utime(kept)  # as Anki does: when it was thrown away

    def _on_lane(self, work: Callable[[], T], withdrawal: Withdrawal | None) -> T:
        outcome: list[Any] = []

        def run() -> None:
            try:
                outcome.append(work())
            except BaseException as error:
                error.__cause__ = error.__context__ = None
                outcome.append(error.with_traceback(None))

        self._executor.run(RunsOn.COLLECTION, run, LIMIT, withdrawal)
        result = outcome.pop()
        if isinstance(result, BaseException):
            raise result
        return result  # type: ignore[no-any-return]


def _clear(folder: Path) -> None:
    for old in folder.glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError):
            if time.time() - old.stat().st_mtime > LEFT_BEHIND:
                old.unlink()


_NONE = "there is no media file of that name"


@lru_cache(maxsize=1024)
def name_for(name: str) -> str:
    """What Anki calls a file of that name: asked of Anki, in an empty folder, as only it knows. Raises Refused.

    It takes off what not every system takes, characters that it does not know and what is too long.
    """
    if "/" in name or "\\" in name or name in (".", ".."):
        raise Refused("the media folder has no folders in it: the name must be a plain one")
    try:
        with tempfile.TemporaryDirectory() as folder, scratch(folder) as backend:
            return backend.add_media_file(desired_name=name, data=b"")
    except AnkiException:
        raise Refused("Anki takes no file of that name") from None
