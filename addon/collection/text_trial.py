"""Tries to import a text file into a collection that is thrown away, because a refused import clears the undo history.

The trial also shows the notes as Anki reads them, and so whether the import would change anything. One that
changes nothing would still empty redo.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.import_export_pb2 import CsvMetadata, ImportResponse
from anki.utils import split_fields

from .rows import rows_of
from .trial import replace_note_types, trial_collection

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection

_DEFAULT_DECK = 1


class _Note(NamedTuple):
    """A note, as Anki reads it in the file or as it is stored."""

    id: int
    guid: str
    note_type: int
    checksum: int
    """Of the first field without HTML, by which Anki recognises notes."""
    fields: str
    tags: str

    def key(self, metadata: CsvMetadata) -> Any:
        """What Anki recognises the note by."""
        return self.guid if metadata.guid_column else (self.note_type, self.checksum)


_COLUMNS = "select id, guid, mid, csum, flds, tags from notes"


class TextTrial(NamedTuple):
    """What Anki reads in a text file."""

    metadata: CsvMetadata
    log: ImportResponse.Log
    """Of the trial, where all notes are new."""
    notes: list[_Note]
    decks: list[str]
    """The decks that the file names, those above them, and those of the collection."""

    def log_if_unchanged(self, col: Collection) -> ImportResponse.Log | None:
        """Return what an import would report if it would change nothing; None if it may change something.

        A note is the same if its fields and its column of tags are: then Anki ignores the tags for all notes, too.
        """
        if not all(map(col.decks.id_for_name, self.decks)):
            return None
        known = _unchanged(col, self.metadata, self.notes)
        if known is None:
            return None
        log = ImportResponse.Log()
        log.CopyFrom(self.log)
        is_kept = self.metadata.dupe_resolution == CsvMetadata.PRESERVE and not self.metadata.guid_column
        del log.new[:], log.first_field_match[:]
        (log.first_field_match if is_kept else log.duplicate).extend(
            ImportResponse.Note(id={"nid": note_id}) for note_id in known
        )
        return log


def try_text(col: Collection, path: str, metadata: CsvMetadata) -> TextTrial:
    """Import a file into an empty collection. Raises Anki's error if it refuses the file.

    Anki creates `Parent+` for each line with a deck `Parent` that it has created itself, for an earlier line with a
    deck below it. So decks that are there are there in the trial, too, and it is repeated if such names appear.
    """
    has_decks = metadata.WhichOneof("deck") == "deck_column"
    known = [deck.name for deck in col.decks.all_names_and_ids(include_filtered=False)] if has_decks else []
    while True:
        trial = _try(col, path, metadata, known)
        found = {*trial.decks}
        doubtful = {name for name in found if name.endswith("+") and name.rstrip("+") in found}
        if not has_decks or not doubtful - {*known} or found - doubtful <= {*known}:
            return trial
        known = sorted(found - doubtful)


def _try(col: Collection, path: str, metadata: CsvMetadata, known: list[str]) -> TextTrial:
    """`known`: names of decks that are there already."""
    with trial_collection() as backend:
        replace_note_types(backend, col.models.all())
        for name in without_parents({*known} - {*_decks(backend)}):
            deck = backend.new_deck()
            deck.name = name
            backend.add_deck(deck)
        log = backend.import_csv(path=path, metadata=_metadata_of_trial(metadata)).log
        notes = [_Note(*row) for row in backend.db_query(_COLUMNS, [], first_row_only=False)]
        decks = _decks(backend)
    if metadata.WhichOneof("deck") == "deck_name":
        decks.append(metadata.deck_name)
    return TextTrial(metadata, log, notes, decks)


def _decks(backend: RustBackend) -> list[str]:
    return [entry.name for entry in backend.get_deck_names(skip_empty_default=False, include_filtered=True)]


def without_parents(decks: Iterable[str]) -> list[str]:
    """These decks without those that have a deck below them, which Anki creates with it."""
    names = {*decks}
    return sorted(names - parents_in(names))


def parents_in(decks: Iterable[str]) -> set[str]:
    """The decks that have one of these below them."""
    return {parent for name in decks for parent in _parents(name)}


def _parents(name: str) -> Iterator[str]:
    while "::" in name:
        name = name.rpartition("::")[0]
        yield name


def _metadata_of_trial(metadata: CsvMetadata) -> CsvMetadata:
    """Return the metadata for the trial, which adds each note with only its own tags."""
    changed = CsvMetadata()
    changed.CopyFrom(metadata)
    changed.dupe_resolution = CsvMetadata.DUPLICATE
    del changed.global_tags[:], changed.updated_tags[:]
    if changed.WhichOneof("deck") != "deck_column":
        changed.deck_id = _DEFAULT_DECK
    return changed


def _unchanged(col: Collection, metadata: CsvMetadata, notes: list[_Note]) -> list[int] | None:
    """Return the ids of the stored notes that equal the notes of a file; None unless each has one."""
    if not notes:
        return []
    if not metadata.guid_column:  # by which a note is never added twice
        if metadata.dupe_resolution == CsvMetadata.DUPLICATE:
            return None
        if metadata.match_scope != CsvMetadata.NOTETYPE:
            return None  # it depends on the decks of the cards, which only the import itself compares
    column = "guid" if metadata.guid_column else "csum"
    wanted: Any = {note.guid if metadata.guid_column else note.checksum for note in notes}
    stored = defaultdict(list)
    for row in rows_of(col, f"{_COLUMNS} where {column} in ids", wanted):
        stored[_Note(*row).key(metadata)].append(_Note(*row))
    known: dict[int, None] = {}
    for note in notes:
        found = stored[note.key(metadata)]
        if not found or not all(_is_same(metadata, note, each) for each in found):
            return None
        known.update((each.id, None) for each in found)
    return list(known)


def _is_same(metadata: CsvMetadata, note: _Note, stored: _Note) -> bool:
    if stored.note_type != note.note_type:
        return False
    if metadata.dupe_resolution != CsvMetadata.UPDATE:
        return True
    columns = metadata.global_notetype.field_columns
    fields = list(zip_longest(split_fields(stored.fields), split_fields(note.fields)))
    is_equal = all(
        ours == theirs or (place < len(columns) and not columns[place]) for place, (ours, theirs) in enumerate(fields)
    )
    return is_equal and (not metadata.tags_column or {*stored.tags.split()} == {*note.tags.split()})
