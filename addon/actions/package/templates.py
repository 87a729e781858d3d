"""Templates in a package: a package with a template that would crash Anki, which parses them all, is refused."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from anki._backend import RustBackend
from anki.errors import BackendError
from anki.models import NotetypeDict
from anki.notetypes_pb2 import Notetype

from ...collection.package_sizes import is_latest
from ...rpc.errors import FileProblem, Refused
from ..model.template_limits import require_readable

_NO_MEDIA = {True: bytes.fromhex("28b52ffd2000010000"), False: b"{}"}
"""An empty list of media files: compressed by Zstandard as in packages of Anki 2.1.50, or as in older ones."""
_DAMAGE = (EOFError, zipfile.BadZipFile, zlib.error)
"""Raised while a damaged member is read.

Anki reads a member completely, and reports the damage itself, unless the member is compressed by Zstandard: then it may
read less, and miss the damage.
"""


def require_readable_templates(package: zipfile.ZipFile) -> None:
    """Raise FileProblem if a template in the package would crash Anki.

    Packages that Anki cannot restore as a collection pass: Anki refuses to import them itself.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            require_readable(*_models(_restored(package, Path(folder))))
        except Refused as error:
            raise FileProblem(f"{error} of the note type {error.data['model']!r} in the package") from None
        except (BackendError, sqlite3.Error):
            return


def _restored(package: zipfile.ZipFile, folder: Path) -> Path:
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


def _models(collection: Path) -> Iterator[NotetypeDict]:
    """The note types of a collection, each with its name and templates only."""
    with closing(sqlite3.connect(collection)) as database:
        for model_id, name in database.execute("select id, name from notetypes").fetchall():
            rows = database.execute("select name, config from templates where ntid = ?", [model_id])
            yield {"name": name, "tmpls": [_template(*row) for row in rows]}


def _template(name: str, config: bytes) -> dict[str, str]:
    sides = Notetype.Template.Config.FromString(config)
    return {
        "name": name,
        "qfmt": sides.q_format,
        "afmt": sides.a_format,
        "bqfmt": sides.q_format_browser,
        "bafmt": sides.a_format_browser,
    }
