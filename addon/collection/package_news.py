"""Whether a package has news for a collection: an import without any would still empty redo, and make a step."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition as Update
from anki.import_export_pb2 import ImportResponse

from .rows import rows_of

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection, ImportAnkiPackageOptions

Query = Callable[[str], list[Any]]


class PackageContent(NamedTuple):
    """What a package has brought into an empty collection."""

    notes: list[tuple[str, int, int]]
    """GUID, note type and time of the last change of each note."""
    cards: list[tuple[str, int]]
    """GUID of the note, and position of the template."""
    models: dict[int, tuple[Any, ...]]
    """Time of the last change, and the fields and templates, by the id of the note type."""
    decks: dict[str, dict[str, Any]]
    presets: set[int]
    media: list[str]


def content_of(backend: RustBackend, media: Path) -> PackageContent:
    """The content of an empty collection after an import. Stock note types without notes do not count."""

    def query(text: str) -> list[Any]:
        return [tuple(row) for row in backend.db_query(text, [], first_row_only=False)]

    notes = query("select guid, mid, mod from notes")
    used = {model_id for _, model_id, _ in notes}
    decks = [json.loads(backend.get_deck_legacy(id)) for (id,) in query("select id from decks where id != 1")]
    return PackageContent(
        notes,
        query("select guid, ord from cards join notes on nid = notes.id"),
        {id: model for id, model in _models(query).items() if id in used},
        {deck["name"]: deck for deck in decks},
        {id for (id,) in query("select id from deck_config")},
        [file.name for file in media.iterdir()],
    )


def _models(query: Query) -> dict[int, tuple[Any, ...]]:
    parts: dict[int, list[Any]] = {}
    for table in ("fields", "templates"):
        for model_id, place, name in query(f"select ntid, ord, name from {table}"):  # noqa: S608  (constants)
            parts.setdefault(model_id, []).append((table, place, name))
    return {id: (time, sorted(parts.get(id, ()))) for id, time in query("select id, mtime_secs from notetypes")}


def log_without_news(
    col: Collection, content: PackageContent, options: ImportAnkiPackageOptions
) -> ImportResponse.Log | None:
    """Return what an import would report if the collection has everything already; None if it may lack something.

    Anki imports reviews only with new cards.
    """
    known = _known_notes(col, content, options)
    if known is None or not _has_models(col, content, options) or not all(map(_has(col), content.decks.values())):
        return None
    if options.with_deck_configs and not content.presets <= {preset["id"] for preset in col.decks.all_config()}:
        return None
    folder = Path(col.media.dir())
    if not all((folder / name).is_file() for name in content.media):
        return None
    log = ImportResponse.Log(found_notes=len(content.notes))
    log.duplicate.extend(ImportResponse.Note(id={"nid": note_id}) for note_id in known)
    return log


def _is_kept(condition: int, theirs: int, ours: int) -> bool:
    """Whether what is here stays as it is, by the times of the last change."""
    if condition == Update.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_NEVER:
        return True
    return theirs == ours or (condition == Update.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER and theirs < ours)


def _known_notes(col: Collection, content: PackageContent, options: ImportAnkiPackageOptions) -> list[int] | None:
    guids: Any = {guid for guid, _, _ in content.notes}
    rows = rows_of(col, "select guid, id, mid, mod from notes where guid in ids", guids)
    ours = {guid: (id, model_id, mod) for guid, id, model_id, mod in rows}
    for guid, model_id, mod in content.notes:
        stored = ours.get(guid)
        if stored is None or stored[1] != model_id or not _is_kept(options.update_notes, mod, stored[2]):
            return None
    cards = rows_of(col, "select guid, ord from cards join notes on nid = notes.id where guid in ids", guids)
    if not {*content.cards} <= {(guid, place) for guid, place in cards}:
        return None
    return [ours[guid][0] for guid, _, _ in content.notes]


def _has_models(col: Collection, content: PackageContent, options: ImportAnkiPackageOptions) -> bool:
    assert col.db is not None
    ours = _models(col.db.all)
    return all(
        id in ours and ours[id][1] == parts and _is_kept(options.update_notetypes, time, ours[id][0])
        for id, (time, parts) in content.models.items()
    )


def _has(col: Collection) -> Callable[[dict[str, Any]], bool]:
    """Returns a function that says whether a deck is here, with all that an import would take over."""

    def has(theirs: dict[str, Any]) -> bool:
        ours = col.decks.by_name(theirs["name"])
        if ours is None or ours["dyn"] or theirs["dyn"]:
            return False
        return (
            theirs["desc"] in ("", ours["desc"])
            and theirs["conf"] in (1, ours["conf"])
            and all(theirs.get(key) == ours.get(key) for key in ("extendNew", "extendRev"))
        )

    return has
