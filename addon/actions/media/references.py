"""The media files that notes name."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...collection.rows import rows_in_parts
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...schemas.media import references as s
from ...text.normal_forms import nfc

if TYPE_CHECKING:
    from anki.collection import Collection

_SOUND = re.compile(r"\[sound:(?P<name>[^]]+)\]", re.IGNORECASE)
_ELEMENT = re.compile(
    r"""<(?:img|audio|video|source)\b[^>]*?\bsrc=(?:(?P<quote>["'])(?P<quoted>[^>]+?)(?P=quote)|(?P<bare>[^\s"'>]+))[^>]*>
    |<object\b[^>]*?\bdata=(?:(?P<mark>["'])(?P<marked>[^>]+?)(?P=mark)|(?P<plain>[^\s"'>]+))[^>]*>""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//|[\"']+$", re.IGNORECASE)
"""Begins what is no file: an address, or the quotes of an empty name, which Anki takes for a name."""
_FOLDERS = re.compile(r"[/\\]|\.{1,2}$")


@action(
    "mediaOfNotes",
    s.MediaOfNotes,
    s.MEDIA_OF_NOTES,
    examples=[
        Example(
            "a note without files, and an id that does not exist",
            {"notes": [1700000000001, 1234567890123]},
            [[], None],
        ),
        Example("only what is missing", {"notes": [1700000000002], "missingOnly": True}, [[]]),
    ],
)
def media_of_notes(ctx: Context, notes: list[int], missing_only: bool) -> list[list[dict[str, Any]] | None]:
    """Return which media files each note names, in pictures, sounds and videos, and whether they exist.

    Addresses such as `https://` are left out, and so are pictures that Anki makes of LaTeX. Names are compared as
    `checkMedia` does: entities such as `&amp;` are decoded, and `%20` is not.
    """
    names_in = _extractor(ctx.col)
    folder = Path(ctx.col.media.dir())

    @cache
    def exists(name: str) -> bool:
        return not _FOLDERS.search(name) and _is_file(folder / nfc(name))

    found: dict[int, list[dict[str, Any]]] = {}
    select = "select id, cast(flds as text) from notes where id in ids"
    for note_id, fields in ctx.paced(rows_in_parts(ctx, select, notes)):
        names = dict.fromkeys(names_in(fields)) if "<" in fields or "[" in fields else ()
        files = [{"filename": name, "exists": exists(name)} for name in names if not _ADDRESS.match(name)]
        found[note_id] = [file for file in files if not (missing_only and file["exists"])]
    return [found.get(note_id) for note_id in notes]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _extractor(col: Collection) -> Callable[[str], list[str]]:
    """The function that finds the names in a text: Anki's own, or before 26.8 one that finds the same.

    `col.media.files_in_str` of older versions makes pictures of LaTeX.
    """
    own: Callable[[str], list[str]] | None = getattr(col._backend, "extract_media_files", None)
    return own or _names_in


def _names_in(text: str) -> list[str]:
    elements = (match.group("quoted", "bare", "marked", "plain") for match in _ELEMENT.finditer(text))
    return [unescape(next(filter(None, names))) for names in elements] + [*map(unescape, _SOUND.findall(text))]
