"""Unpacks the collection in a package (.apkg, .colpkg) by Anki, which checks it and brings it to its newest schema."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from anki._backend import RustBackend

from .package_sizes import is_latest

_NO_MEDIA = {True: bytes.fromhex("28b52ffd2000010000"), False: b"{}"}
"""An empty list of media files: compressed by Zstandard as in packages of Anki 2.1.50, or as in older ones."""
_DAMAGE = (EOFError, zipfile.BadZipFile, zlib.error)
"""Raised while a damaged member is read.

Anki reads a member completely, and reports the damage itself, unless the member is compressed by Zstandard: then it may
read less, and miss the damage.
"""


def unpack_collection(package: zipfile.ZipFile, folder: Path) -> Path:
    """The collection in a package, unpacked by Anki and at its newest schema, without media."""
    reduced, collection = folder / "reduced.colpkg", folder / "collection.anki2"
    names = [name for name in package.namelist() if name == "meta" or name.startswith("collection.")]
    left_to_anki = () if is_latest(package) else _DAMAGE
    with zipfile.ZipFile(reduced, "w") as target:
        for name in dict.fromkeys(names):
            with (
                package.open(name) as source,
                target.open(name, "w", force_zip64=True) as copy,
                suppress(*left_to_anki),
            ):
                shutil.copyfileobj(source, copy)
        target.writestr("media", _NO_MEDIA["collection.anki21b" in names])
    RustBackend(server=True).import_collection_package(
        col_path=str(collection),
        backup_path=str(reduced),
        media_folder=str(folder / "media"),
        media_db=str(folder / "media.db"),
    )
    return collection
