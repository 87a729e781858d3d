"""The unpacked size of a package (.apkg, .colpkg), measured without unpacking it: a small package can be a zip bomb."""

from __future__ import annotations

import copy
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from anki.import_export_pb2 import PackageMetadata

from ..rpc.errors import FileProblem
from ..text.normal_forms import nfc

COLLECTIONS = frozenset({"collection.anki2", "collection.anki21", "collection.anki21b"})
"""Names of the collection in a package; each generation of packages has at least one of them."""

_BLOCK_BYTES = 2**17
"""Most bytes of one block of Zstandard, unpacked (RFC 8878, section 3.1.1.2.4)."""
_CHUNK_BYTES = 2**20
_SMALL_BYTES = 2**28
"""Bytes of an unpacked package up to which its compression ratio is not limited."""
_RATIO = 100
"""Largest compression ratio of larger packages: unpacked bytes for each byte of the package."""
_ENCRYPTED = 1
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
_OLD_ZSTANDARD = range(0x1E, 0x28)
"""First bytes of frames of Zstandard before 0.8. Some libraries still decode them."""
_SKIPPABLE = b"\x50\x2a\x4d\x18"
_DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
_META_LIMIT_BYTES = 2**10
_MEDIA_LIST_LIMIT_BYTES = 2**25
"""Bytes of the media list, which Anki reads into memory: 100,000 files need 7 MB."""


class Sizes(NamedTuple):
    """The most bytes that a package can have when it is unpacked."""

    collection: int
    media: int


class _Limits(NamedTuple):
    """The limits for one package."""

    total: int
    """Most bytes when it is unpacked."""
    package: int
    """Bytes of the package itself."""

    def check(self, member: str, size: int, total: int, certain: int) -> None:
        """Raise FileProblem if a member is too large, or makes the package too large.

        `size`: bytes of the member; `total`: of all members so far; `certain`: of these, without the last blocks.
        """
        own = _own_limit(member, self.total)
        if size > own:
            raise FileProblem(f"The package is too large: {member} takes up more than {own} bytes")
        if total > self.total:
            raise FileProblem(f"The package is too large: it takes up more than {self.total} bytes")
        if certain > max(_SMALL_BYTES, _RATIO * self.package):
            message = f"The package is too large: its {self.package} bytes expand to more than {certain} bytes"
            raise FileProblem(message)


def _own_limit(member: str, total: int) -> int:
    if member == "meta":
        return _META_LIMIT_BYTES
    if member == "media":
        return _MEDIA_LIST_LIMIT_BYTES
    return total // 4 if member in COLLECTIONS else total


def check_unpacked(package: int, size: int, limit: int) -> None:
    """Raise FileProblem if `size` unpacked bytes of files are too many for a package of `package` bytes."""
    _Limits(limit, package).check("the media", size, size, size)


def measure(path: str, limit: int, checkpoint: Callable[[], None] = lambda: None) -> Sizes:
    """Return the unpacked sizes of a package.

    - The declared sizes are checked first. Then each member is read, because the declared size can be wrong: Anki reads
      until the data ends, whatever the declaration says.
    - Members that Anki does not read are ignored.
    - `checkpoint` is called for each member and each MiB, and may raise to stop.

    Raises FileProblem if the package is no ZIP archive, contains no collection, contradicts itself, or has more than
    `limit` bytes unpacked. Damage inside a member raises nothing: Anki will report it.
    """
    with _opened(path) as package:
        members = [info for info in package.infolist() if _is_read(info.orig_filename)]
        if not any(info.orig_filename in COLLECTIONS for info in members):
            raise FileProblem(f"The file is no Anki package, as it contains no collection: {path!r}")
        limits = _Limits(limit, _end(package))
        _add_up(((info, max(info.file_size, _raw_size(info))) for info in members), limits)
        latest = is_latest(package)
        return _add_up(((info, _true_size(package, info, checkpoint, is_latest=latest)) for info in members), limits)


def media_names(path: str) -> list[str]:
    """Return the media files of an old package, which must be measured before; none if its list cannot be read."""
    try:
        with zipfile.ZipFile(path) as package:
            info = package.getinfo("media")
            names = json.loads(package.read(info)) if _is_readable(info) else {}
        return [nfc(name) for name in names.values() if isinstance(name, str)]
    except Exception:  # Anki will report the damage
        return []


def _opened(path: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except OSError as error:
        raise FileProblem(str(error)) from None
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise FileProblem(f"The package is damaged: {error}") from None


def _end(package: zipfile.ZipFile) -> int:
    """Return the size of the package itself, in bytes."""
    assert package.fp is not None
    return package.fp.seek(0, 2)


def _is_read(name: str) -> bool:
    """Whether Anki reads the member. Media files have the names 0, 1, 2 ..."""
    return name in COLLECTIONS or name in {"meta", "media"} or (name.isascii() and name.isdigit())


def _raw_size(info: zipfile.ZipInfo) -> int:
    """Return the true size of a member that is not compressed, whatever it declares; 0 for a compressed one."""
    return info.compress_size if info.compress_type == zipfile.ZIP_STORED else 0


def _add_up(sizes: Iterator[tuple[zipfile.ZipInfo, int]], limits: _Limits) -> Sizes:
    collection = total = certain = 0
    for info, size in sizes:
        total += size
        certain += max(0, size - _BLOCK_BYTES)  # the last block of a member may be mostly empty
        limits.check(info.orig_filename, size, total, certain)
        if info.orig_filename in COLLECTIONS:
            collection += size
    return Sizes(collection, total - collection)


def _is_readable(info: zipfile.ZipInfo) -> bool:
    """Whether Anki can read the member."""
    return info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not info.flag_bits & _ENCRYPTED


def is_latest(package: zipfile.ZipFile) -> bool:
    """Whether the members are compressed by Zstandard. True in doubt: Anki may understand a `meta` that this cannot."""
    return any(_says_latest(package, info) for info in package.infolist() if info.orig_filename == "meta")


def _says_latest(package: zipfile.ZipFile, meta: zipfile.ZipInfo) -> bool:
    if not _is_readable(meta):
        return True
    try:
        with package.open(meta) as file:
            version: int = PackageMetadata.FromString(file.read(_META_LIMIT_BYTES)).version
    except Exception:  # whatever a damaged member or message raises
        return True
    return version == PackageMetadata.VERSION_LATEST


def _true_size(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, checkpoint: Callable[[], None], *, is_latest: bool
) -> int:
    """Return the most bytes that Anki can get from a member, up to the first damage."""
    checkpoint()
    if not _is_readable(info):
        return 0
    is_compressed = is_latest and info.orig_filename != "meta"
    if info.compress_type == zipfile.ZIP_STORED and not is_compressed:
        return info.compress_size
    longer = copy.copy(info)
    declared = max(info.file_size, _raw_size(info))
    longer.file_size = declared + 1  # if this byte exists, the member is larger than declared
    del longer.CRC  # the checksum would fail at that byte, and hide it
    try:
        file = package.open(longer)
    except zipfile.BadZipFile as error:
        raise FileProblem(f"The package is damaged: {error}") from None
    with file:
        bytes_read = _BytesRead(file, checkpoint)
        frames = ZstandardFrames()
        try:
            if is_compressed:
                frames.read(bytes_read)
            while bytes_read.take(_CHUNK_BYTES):
                pass
        except _DAMAGE:
            pass
    if bytes_read.count > declared:
        name = info.orig_filename
        raise FileProblem(f"The package is damaged: {name} is larger than its declared size")
    return max(bytes_read.count, frames.size)


class _BytesRead:
    """A file that counts the bytes read from it."""

    def __init__(self, file: IO[bytes], checkpoint: Callable[[], None]) -> None:
        self.count = 0
        self._file = file
        self._checkpoint = checkpoint
        self._next_checkpoint = _CHUNK_BYTES

    def take(self, size: int) -> bytes:
        """Read up to `size` bytes; return none at the end."""
        found = self._file.read(size)
        self.count += len(found)
        if self.count >= self._next_checkpoint:
            self._next_checkpoint = self.count + _CHUNK_BYTES
            self._checkpoint()
        return found


class ZstandardFrames:
    """Measures data compressed by Zstandard (RFC 8878): the most bytes it can have unpacked, by its block headers.

    The size that a frame declares is ignored, because decoders compare it only at the end of the frame.
    """

    def __init__(self) -> None:
        self.size = 0
        """Most unpacked bytes of the frames read so far."""

    def read(self, file: _BytesRead) -> None:
        """Read frames until the data ends, or cannot be decoded."""
        while len(magic := file.take(4)) == 4:
            if magic == _ZSTANDARD:
                if not self._read_frame(file):
                    return
            elif magic[1:] == _ZSTANDARD[1:] and magic[0] in _OLD_ZSTANDARD:
                raise FileProblem("The package is compressed by a version of Zstandard that is too old")
            elif magic[1:] == _SKIPPABLE[1:] and magic[0] & 0xF0 == _SKIPPABLE[0]:
                _skip(file, int.from_bytes(file.take(4), "little"))
            else:
                return

    def _read_frame(self, file: _BytesRead) -> bool:
        descriptor = int.from_bytes(file.take(1), "little")
        is_single_segment = bool(descriptor & 0x20)
        content_size = (1 if is_single_segment else 0, 2, 4, 8)[descriptor >> 6]
        file.take((0 if is_single_segment else 1) + (0, 1, 2, 4)[descriptor & 3] + content_size)
        is_last = False
        while not is_last:
            head = file.take(3)
            if len(head) < 3:
                return False
            value = int.from_bytes(head, "little")
            is_last, kind, size = bool(value & 1), value >> 1 & 3, value >> 3
            if size > _BLOCK_BYTES or kind == 3:
                return False
            self.size += _BLOCK_BYTES if kind == 2 else size
            _skip(file, 1 if kind == 1 else size)
        if descriptor & 4:
            file.take(4)  # a checksum
        return True


def _skip(file: _BytesRead, size: int) -> None:
    while size and (found := file.take(min(size, _CHUNK_BYTES))):
        size -= len(found)
