"""Templates in a package: a package with a template that would crash Anki, which parses them all, is refused."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from anki.errors import BackendError
from anki.models import NotetypeDict
from anki.notetypes_pb2 import Notetype

from ...collection.unpacking import unpack_collection
from ...rpc.errors import FileProblem, Refused
from ..model.template_limits import require_readable


def require_readable_templates(package: zipfile.ZipFile) -> None:
    """Raise FileProblem if a template in the package would crash Anki.

    Packages that Anki cannot restore as a collection pass: Anki refuses to import them itself.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            collection = unpack_collection(package, Path(folder))
        except BackendError:
            return
        require_readable_templates_in(collection)


def require_readable_templates_in(collection: Path) -> None:
    """Like `require_readable_templates`, for the unpacked collection of a package."""
    with suppress(sqlite3.Error):
        try:
            require_readable(*_models(collection))
        except Refused as error:
            raise FileProblem(f"{error} of the note type {error.data['model']!r} in the package") from None


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
