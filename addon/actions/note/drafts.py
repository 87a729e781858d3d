"""New notes: built, then checked all at once, by Anki's own check or by a scope of the call."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.collection import Config
from anki.consts import MODEL_CLOZE
from anki.decks import DeckId
from anki.errors import BackendError
from anki.notes import Note, NoteFieldsCheckResult
from anki.notes_pb2 import Note as BackendNote
from anki.utils import checksum, strip_html_media

from ...collection.damage import damage_behind, require_home, target_decks
from ...collection.errors import ClozeProblem, DeckNotFound, Duplicate, EmptyNote, ModelNotFound
from ...collection.rows import ROWS_PER_PART, nth_field, rows_of
from ...rpc.errors import ActionError, InvalidParams, NotFound, Problem, Refused
from ...schemas.fields.notes import Malformed
from ...text.anki_text import fold, index_by_name, is_blank
from ...text.normal_forms import is_nfc, nfc
from ..deck.decks import deck_not_found, find_deck, refuse_filtered, require_creatable_deck
from ..media import files
from ..model.models import require_model
from ..model.template_limits import require_readable
from .writing import NoteToAdd

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

    from ...rpc.context import Context

_CLOZE_MARK = "{{c"
_MAYBE_CLOZE = re.compile(r"\{\{c[\d,]+::")
_ODD_CLOZE = re.compile(r"\{\{c([0,]+|[\d,]{5,})::")
"""Begins a cloze deletion without a valid number. Deletions inside it have numbers, but Anki's check ignores them."""

_CLOZE_PROBLEMS = {
    NoteFieldsCheckResult.NOTETYPE_NOT_CLOZE: "the note type is not for cloze deletions",
    NoteFieldsCheckResult.FIELD_NOT_CLOZE: "a cloze deletion is in a field that is not for it",
    NoteFieldsCheckResult.MISSING_CLOZE: "there is no cloze deletion",
}


_MISSING_CLOZE = _CLOZE_PROBLEMS[NoteFieldsCheckResult.MISSING_CLOZE]


def model_wanted(note: dict[str, Any]) -> str | int:
    """The name of the note type that a note gives, or its id."""
    name: str | None = note.get("model_name")
    return note["model_id"] if name is None else name


def deck_wanted(note: dict[str, Any]) -> str | int:
    """The name of the deck that a note gives, or its id."""
    name: str | None = note.get("deck_name")
    return note["deck_id"] if name is None else name


class DuplicateScope(NamedTuple):
    """Where another note with the same first field makes a note a duplicate."""

    models: bool
    """Whether notes of every note type count."""
    decks: frozenset[int] | None
    """The decks in which a note must have a card to count; None means all notes."""

    @property
    def uses_anki_check(self) -> bool:
        """Whether Anki's own check decides, which compares texts and knows cloze problems; others compare checksums."""
        return not self.models and self.decks is None


WHOLE_COLLECTION = DuplicateScope(models=False, decks=None)


@dataclass(slots=True)
class Draft(NoteToAdd):
    """A note to check, by Anki or by the scope that it names. `deck_id` is negative for a deck to create."""

    scope: DuplicateScope = WHOLE_COLLECTION
    allow_duplicate: bool = False
    allow_missing_cloze: bool = False
    first: str = ""
    """The first field with all references to files, normalised."""
    stripped: str = ""
    """The same without HTML, but with the names of its media files."""
    checksum: int = 0


@dataclass(slots=True)
class _Model:
    notetype: NotetypeDict
    blank: Note
    positions: dict[str, int]
    """Position of each field by its folded name."""
    cloze_fields: frozenset[int] | None
    """Positions of the fields that may hold cloze deletions; None for a standard note type."""
    decks: set[int]
    """Decks that templates name for their cards."""

    def new_note(self) -> Note:
        """Return a new note without a guid: Anki's own call takes ten times as long."""
        note = Note.__new__(Note)
        note.__dict__.update(self.blank.__dict__, fields=[*self.blank.fields], tags=[], guid="")
        return note


@dataclass(slots=True)
class Drafts:
    """Builds and checks drafts. Each note type and deck is looked up once per name or id."""

    col: Collection
    tolerant: bool = False
    _models: dict[str | int, _Model] = field(default_factory=dict)
    _decks: dict[str | int, int | None] = field(default_factory=dict)
    _families: dict[int, frozenset[int]] = field(default_factory=dict)
    _homes: set[int] = field(default_factory=set)
    """Decks that can get cards."""
    _unfiltered: set[int] = field(default_factory=set)
    _new_decks: dict[str, int] = field(default_factory=dict)
    """Negative number of each deck to create, by its folded name."""

    def build(self, source: dict[str, Any] | Malformed) -> Draft:
        """Make a draft of a client's note. It has the references to its media files, but they are not stored yet."""
        if isinstance(source, Malformed):
            return Draft({}, Refused(source.text))
        draft = Draft(source)
        try:
            self._fill(draft, source)
        except BackendError as error:
            draft.error = damage_behind(self.col, error)
            if draft.error is None:
                raise
        except ActionError as error:
            draft.error = error
        return draft

    def _fill(self, draft: Draft, source: dict[str, Any]) -> None:
        wanted = model_wanted(source)
        try:
            model = self._model(wanted)
        except ModelNotFound as error:
            try:
                self.require_deck(source)
            except DeckNotFound as other:
                error.also(other)
            raise
        deck_id = self.require_deck(source)
        options = source.get("options") or {}
        if not self.tolerant and deck_id not in self._unfiltered:
            refuse_filtered(self.col, deck_id)
            self._unfiltered.add(deck_id)
        draft.deck_id = deck_id
        self._require_homes(deck_id, model)
        draft.note = note = model.new_note()
        note.tags = source["tags"]
        name = wanted if isinstance(wanted, str) else model.notetype["name"]
        fill(note.fields, source["fields"], model.positions, name, self.tolerant)
        draft.first = note.fields[0]
        if files.has_files(source):
            if not self.tolerant:
                _require_asked_for(note, source)
            first_name = model.notetype["flds"][0]["name"]
            for fields, text in files.expected_references(self.col, source, self.tolerant):
                draft.first += text * fields.count(first_name)
        draft.allow_duplicate = options.get("allow_duplicate", False)
        draft.allow_missing_cloze = options.get("allow_missing_cloze", False)
        draft.suspended, draft.flag = options.get("suspended", False), options.get("flag", 0)
        draft.scope = self._scope(options, deck_id, deck_wanted(source))

    def _model(self, wanted: str | int) -> _Model:
        if wanted not in self._models:
            self._models[wanted] = self._describe(require_model(self.col, wanted))
        return self._models[wanted]

    def _describe(self, notetype: NotetypeDict) -> _Model:
        require_readable(notetype)
        positions = index_by_name(self.col.models.field_names(notetype), case_folder(self.tolerant))
        is_cloze = notetype["type"] == MODEL_CLOZE
        cloze_fields = frozenset(self.col.models.cloze_fields(notetype["id"])) if is_cloze else None
        decks = target_decks(notetype)
        return _Model(notetype, self.col.new_note(notetype), positions, cloze_fields, decks)

    def require_deck(self, source: dict[str, Any]) -> int:
        """The deck that a note gives; negative for one to create. Raises DeckNotFound."""
        wanted = deck_wanted(source)
        deck_id = self._deck(wanted)
        if deck_id is None and isinstance(wanted, str) and (source.get("options") or {}).get("create_deck"):
            deck_id = self._new_deck(wanted)
        if deck_id is None:
            raise deck_not_found(wanted)
        return deck_id

    def _deck(self, wanted: str | int) -> int | None:
        if wanted not in self._decks:
            self._decks[wanted] = find_deck(self.col, wanted)
        return self._decks[wanted]

    def _require_homes(self, deck_id: int, model: _Model) -> None:
        """Raise AnkiError if Anki cannot read a deck that gets cards of the note; templates may name further decks."""
        if deck_id in self._homes and not model.decks:
            return
        for home in {deck_id, *model.decks} - self._homes:
            require_home(self.col, home)
            self._homes.add(home)

    def _new_deck(self, name: str) -> int:
        require_creatable_deck(self.col, name)
        return self._new_decks.setdefault(fold(name), -len(self._new_decks) - 1)

    def _scope(self, options: dict[str, Any], deck_id: int, deck: str | int) -> DuplicateScope:
        """`deck`: how the note gives its deck."""
        details = options.get("duplicate_scope_options") or {}
        every_model = details.get("check_all_models", False)
        if options.get("duplicate_scope") != "deck":
            return DuplicateScope(every_model, None)
        name = details.get("deck_name")
        wanted: str | int | None = details.get("deck_id") if name is None else name
        if wanted is not None:
            found = self._deck(wanted)
            if found is None and isinstance(wanted, str):
                found = self._new_decks.get(fold(wanted))
            if found is None and not self.tolerant:
                raise deck_not_found(wanted)
            if found is None:
                return DuplicateScope(every_model, frozenset())
            deck_id, deck = found, wanted
        if not details.get("check_children"):
            return DuplicateScope(every_model, frozenset([deck_id]))
        return DuplicateScope(every_model, self._family(deck_id, self._name(deck)))

    def _name(self, deck: str | int) -> str:
        return deck if isinstance(deck, str) else self.col.decks.name(DeckId(deck))

    def _family(self, deck_id: int, name: str) -> frozenset[int]:
        """A deck and its sub-decks."""
        if deck_id not in self._families:
            children = self.col.decks.children(deck_id) if deck_id > 0 else []
            self._families[deck_id] = frozenset([deck_id, *(child for _, child in children)])
        below = f"{fold(name)}::"
        return self._families[deck_id].union(id for other, id in self._new_decks.items() if other.startswith(below))

    def check(self, ctx: Context, drafts: Sequence[Draft], *, together: bool) -> None:
        """Set the error of each draft that Anki or its scope refuses.

        If `together`, a draft is also compared with the accepted drafts before it.
        """
        valid = [draft for draft in drafts if draft.is_new]
        normalise = self.col.get_config_bool(Config.Bool.NORMALIZE_NOTE_TEXT)
        for draft in ctx.paced(valid):
            if normalise and not is_nfc(draft.first):
                draft.first = nfc(draft.first)
            draft.stripped = _strip(draft.first)
            draft.checksum = field_checksum(draft.stripped)
        of_decks = any(draft.scope.decks is not None for draft in valid)
        known = _Known(self.col, of_decks=of_decks, homes=not self.tolerant)
        for part in ctx.parts(valid, ROWS_PER_PART):
            known.look_up(part)
        for draft in ctx.paced(valid):
            draft.error = self._check(draft, known)
            if together and draft.error is None:
                known.add(draft)

    def _check(self, draft: Draft, known: _Known) -> ActionError | None:
        if is_blank(draft.stripped) if draft.scope.uses_anki_check else not draft.first.strip():
            return EmptyNote(
                f"cannot create note because {'it' if self.tolerant else self._first_field(draft)} is empty"
            )
        reason = self._cloze_problem(draft) if draft.scope.uses_anki_check else None
        if reason and not (draft.allow_missing_cloze and reason == _MISSING_CLOZE):
            text = "for unknown reason" if self.tolerant else f"because {reason}"
            return ClozeProblem(f"cannot create note {text}", reason=reason)
        if not draft.allow_duplicate and (like := known.duplicates_of(draft)):
            return Duplicate("cannot create note because it is a duplicate", notes=[id for id in like if id])
        return None

    def _first_field(self, draft: Draft) -> str:
        name = self._model(model_wanted(draft.source)).notetype["flds"][0]["name"]
        return f"its first field, {name},"

    def _cloze_problem(self, draft: Draft) -> str | None:
        """The problem that Anki's check of cloze deletions would find (`field_cloze_check` in rslib/src/notes)."""
        assert draft.note is not None
        model = self._model(model_wanted(draft.source))
        if not any(_CLOZE_MARK in text for text in draft.note.fields):
            return None if model.cloze_fields is None else _MISSING_CLOZE
        if any(_ODD_CLOZE.search(text) for text in draft.note.fields):
            return self._anki_finds(draft)
        deletions = [index for index, text in enumerate(draft.note.fields) if self._has_cloze(text)]
        if model.cloze_fields is None:
            return _CLOZE_PROBLEMS[NoteFieldsCheckResult.NOTETYPE_NOT_CLOZE] if deletions else None
        if not set(deletions) <= model.cloze_fields:
            return _CLOZE_PROBLEMS[NoteFieldsCheckResult.FIELD_NOT_CLOZE]
        return None if deletions else _MISSING_CLOZE

    def _anki_finds(self, draft: Draft) -> str | None:
        """The same, found by Anki itself: one call per note."""
        assert draft.note is not None
        fields = [draft.first, *draft.note.fields[1:]]
        checked = self.col._backend.note_fields_check(BackendNote(notetype_id=draft.note.mid, fields=fields))
        return _CLOZE_PROBLEMS.get(checked.state)

    def _has_cloze(self, text: str) -> bool:
        if not _MAYBE_CLOZE.search(text):
            return False
        return bool(self.col._backend.cloze_numbers_in_note(BackendNote(fields=[text])))


class _Known:
    """The first fields of notes in the collection and of accepted drafts, by checksum."""

    def __init__(self, col: Collection, *, of_decks: bool, homes: bool) -> None:
        """`of_decks`: a draft asks in which decks a note has cards. `homes`: a home deck counts as such a deck, too."""
        self._col = col
        self._of_decks = of_decks
        self._homes = homes
        self._taken: dict[int, list[tuple[int, int, str, frozenset[int]]]] = defaultdict(list)

    def look_up(self, drafts: Sequence[Draft]) -> None:
        """Find the notes in the collection with the checksums of some drafts."""
        col = self._col
        checksums = {draft.checksum for draft in drafts} - self._taken.keys()
        rows = rows_of(col, "select csum, id, mid, cast(flds as text) from notes where csum in ids", checksums)
        decks: dict[int, set[int]] = defaultdict(set)
        if rows and self._of_decks:
            note_ids = [row[1] for row in rows]
            for note_id, *places in rows_of(col, "select nid, did, odid from cards where nid in ids", note_ids):
                decks[note_id].update(places if self._homes else places[:1])
        for csum, note_id, model_id, fields in rows:
            first = _strip(nth_field(fields, 0))
            self._taken[csum].append((note_id, model_id, first, frozenset(decks[note_id])))

    def add(self, draft: Draft) -> None:
        assert draft.note is not None
        self._taken[draft.checksum].append((_UNSAVED_ID, draft.note.mid, draft.stripped, frozenset([draft.deck_id])))

    def duplicates_of(self, draft: Draft) -> list[int]:
        """The ids of the notes that a draft duplicates, at most 100; 0 for each note that the same call adds."""
        assert draft.note is not None
        found = []
        for note_id, model_id, stripped, decks in self._taken.get(draft.checksum, ()):
            if not draft.scope.models and model_id != draft.note.mid:
                continue
            if draft.scope.uses_anki_check:
                is_like = stripped == draft.stripped
            else:
                is_like = draft.scope.decks is None or bool(draft.scope.decks & decks)
            if is_like:
                found.append(note_id)
            if len(found) == _MAX_DUPLICATES_NAMED:
                break
        return found


_UNSAVED_ID = 0
"""The id of a note that is not added yet."""

_MAX_DUPLICATES_NAMED = 100
"""How many duplicates an error names: many notes of a call may each be a duplicate of the same many notes."""


def _strip(text: str) -> str:
    """Text without HTML, but with the names of media files. Only a text with `<` or `&` needs stripping."""
    return strip_html_media(text) if "<" in text or "&" in text else text


def is_empty_field(text: str) -> bool:
    """Whether a field shows nothing, neither text nor media. What is before the first markup needs no stripping."""
    before = _MARKUP.split(text, maxsplit=1)[0]
    return is_blank(before) and (len(before) == len(text) or is_blank(strip_html_media(text)))


_MARKUP = re.compile("[<&]")


def duplicate_key(col: Collection) -> Callable[[str], str]:
    """A function that returns the text that Anki compares to find duplicates."""
    return _normalised_key if col.get_config_bool(Config.Bool.NORMALIZE_NOTE_TEXT) else _strip


def _normalised_key(text: str) -> str:
    return _strip(text if text.isascii() else nfc(text))


def field_checksum(stripped: str) -> int:
    """The checksum of a note's first field that Anki stores as `csum` to find duplicates."""
    return int(checksum(stripped)[:8], 16)


def case_folder(tolerant: bool) -> Callable[[str], str]:
    """The function that folds the case of field names: Anki's rules, or Python's for a tolerant call."""
    return str.lower if tolerant else fold


def fill(fields: list[str], values: dict[str, str], places: dict[str, int], model_name: str, tolerant: bool) -> None:
    """Set fields by their names, compared without case. A tolerant call ignores unknown names."""
    key = case_folder(tolerant)
    unknown = []
    for name, value in values.items():
        place = places.get(key(name))
        if place is not None:
            fields[place] = value
        else:
            unknown.append((f"fields.{name}", name))
    if unknown and not tolerant:
        raise unknown_fields(unknown, model_name)


def write_fields(note: Note, fields: dict[str, str], model_name: str, tolerant: bool) -> None:
    """Set fields by their exact names. A tolerant call ignores unknown names."""
    unknown = []
    for name, value in fields.items():
        if name in note:
            note[name] = value
        else:
            unknown.append((f"fields.{name}", name))
    if unknown and not tolerant:
        raise unknown_fields(unknown, model_name)


def attach_files(col: Collection, note: Note, source: dict[str, Any], tolerant: bool) -> None:
    """Store a note's files and append their references; if a file could not be fetched, none is stored."""
    if files.has_files(source):
        if not tolerant:
            _require_asked_for(note, source)
        list(files.expected_references(col, source, tolerant))
        append(note, files.store_references(col, source, tolerant))


def _require_asked_for(note: Note, source: dict[str, Any]) -> None:
    """Raise if a file names a field that the note does not have."""
    if unknown := [(path, name) for path, name in files.fields_asked_for(source) if name not in note]:
        model = note.note_type()
        raise unknown_fields(unknown, model["name"] if model else "?")


def append(note: Note, references: Iterable[tuple[list[str], str]]) -> None:
    """Append references to fields by their exact names; unknown names are ignored."""
    for fields, text in references:
        for name in fields:
            if name in note:
                note[name] += text


def unknown_fields(unknown: Iterable[tuple[str, str]], model: str) -> InvalidParams:
    """The error for fields that the note type lacks, each with its path in the note."""
    text = f"The note type {model!r} has no such field."
    about = {"kind": NotFound.kind, "model": model}
    return InvalidParams([Problem(f"note.{path}", text, {**about, "field": name}) for path, name in unknown])
