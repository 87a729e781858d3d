"""Damaged rows, which SQLite can read but Anki cannot: finds the row at which a call into Anki fails.

Anki's errors do not name it. Anki reads all decks, presets or note types at once, so one damaged row makes the whole
call fail. Its database check fails at most such rows, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from weakref import ref

from anki.consts import MODEL_CLOZE
from anki.deck_config_pb2 import DeckConfig
from anki.decks import DEFAULT_DECK_CONF_ID, DEFAULT_DECK_ID
from anki.decks_pb2 import Deck
from anki.errors import BackendError, DBError, NotFoundError
from anki.models import NotetypeId
from anki.notes_pb2 import Note as BackendNote
from anki.notetypes_pb2 import Notetype

from .errors import AnkiError
from .rows import READABLE_CARD, READABLE_NOTE, READABLE_REVIEW, rows_of, unreadable_text, utf8

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

_NO_REPAIR = "Anki's database check cannot repair it: restore a backup of the collection."
_SIGNS = re.compile(
    r"kind: Utf8|invalid utf-8|InvalidColumnType|Invalid ?[Tt]ype|FromSqlConversionFailure|IntegralValueOutOfRange"
    "|ProtoError|invalid deck kind"
)
"""Patterns in the text of Anki's errors for a row that it cannot read."""


class _Table(NamedTuple):
    """A table of named objects, and the columns that Anki has to parse."""

    table: str
    what: str
    """The name of the object in error texts and in the data of an error."""
    columns: Mapping[str, Callable[[bytes], Any]]
    id: str = "id"
    name: str = "name"


_TABLES = (
    _Table("decks", "deck", {"common": Deck.Common.FromString, "kind": Deck.KindContainer.FromString}),
    _Table("deck_config", "preset", {"config": DeckConfig.Config.FromString}),
    _Table("notetypes", "model", {"config": Notetype.Config.FromString}),
    _Table("fields", "field", {"config": Notetype.Field.Config.FromString}, id="ntid"),
    _Table("templates", "template", {"config": Notetype.Template.Config.FromString}, id="ntid"),
    _Table("tags", "tag", {}, id="0", name="tag"),
)
_WORDS = {"model": "note type", "field": "field", "template": "template"}
_ROWS = {"note": ("notes", READABLE_NOTE), "card": ("cards", READABLE_CARD), "review": ("revlog", READABLE_REVIEW)}


def damage_behind(col: Collection, error: BaseException) -> AnkiError | None:
    """Return an error that names the damaged row; None if there is none, or if `error` has another cause."""
    if col.db is None or not isinstance(error, BackendError) or not _SIGNS.search(str(error)):
        return None
    try:
        text, data = _first_damage(ref(col), col.mod, str(error))
    except BackendError:
        return None
    return AnkiError(text, **data) if text else None


@lru_cache(1)
def _first_damage(col: ref[Collection], mod: int, error: str) -> tuple[str, dict[str, Any]]:
    """Find the first damaged row. Cached, because a call for many items may meet the same row for each of them."""
    stored = col()
    assert stored is not None
    return next(_damages(stored), ("", {}))


@contextmanager
def naming_damage(col: Collection) -> Iterator[None]:
    """Turn Anki's error in this block into one that names the damaged row. Meant for the work on one of many items."""
    try:
        yield
    except BackendError as error:
        if (damage := damage_behind(col, error)) is None:
            raise
        raise damage from error


def names_by_id(col: Collection, table: Literal["decks", "notetypes", "deck_config"]) -> dict[int, str]:
    """Return the names of all decks, note types or presets by id, in Anki's order. Invalid UTF-8 is replaced."""
    try:
        if table == "deck_config":
            return {each["id"]: each["name"] for each in col.decks.all_config()}
        names = (col.decks if table == "decks" else col.models).all_names_and_ids
        return {each.id: each.name for each in names()}
    except BackendError:
        assert col.db is not None
        rows = col.db.all(f"select id, cast(name as text) from {table} order by name")  # noqa: S608  (a constant)
        return {row_id: name.replace("\x1f", "::") for row_id, name in rows}


def presets_of_decks(col: Collection) -> list[tuple[str, int]]:
    """Return the name and the preset id of each deck that is not filtered; decks that Anki cannot read are left out."""
    try:
        return [(deck["name"], deck["conf"]) for deck in col.decks.all() if not deck["dyn"]]
    except BackendError:
        assert col.db is not None
        names, parse = names_by_id(col, "decks"), Deck.KindContainer.FromString
        kinds = [(deck_id, _parsed(parse, kind)) for deck_id, kind in col.db.all("select id, kind from decks")]
        return [(names[deck_id], kind.normal.config_id) for deck_id, kind in kinds if kind and kind.HasField("normal")]


def all_tags(col: Collection) -> list[str]:
    """Return all tags of the collection, in Anki's order. Invalid UTF-8 is replaced."""
    try:
        return col.tags.all()
    except DBError:
        assert col.db is not None
        return col.db.list("select cast(tag as text) from tags")


def note_types(col: Collection) -> list[NotetypeDict]:
    """Return all note types that Anki can read."""
    try:
        return col.models.all()
    except BackendError:
        return [model for model_id in names_by_id(col, "notetypes") if (model := note_type_of(col, model_id))]


def note_type_of(col: Collection, model_id: int) -> NotetypeDict | None:
    """Return a note type; None if it does not exist, or if Anki cannot read it."""
    try:
        return col.models.get(NotetypeId(model_id))
    except BackendError:
        return None


def _damages(col: Collection) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in _TABLES:
        yield from _damages_of(col, table)
    assert col.db is not None
    for kind, (rows, condition) in _ROWS.items():
        for row_id in col.db.list(f"select id from {rows} where not {condition} limit 1"):  # noqa: S608  (constants)
            yield unreadable_text(kind, row_id), {kind: row_id}


def _damages_of(col: Collection, table: _Table) -> Iterator[tuple[str, dict[str, Any]]]:
    assert col.db is not None
    name = table.name
    is_name = f"typeof({name}) = 'text' and {utf8(name)}"
    columns = ", ".join([f"{table.id}, cast({name} as text), {is_name}", *table.columns])
    for row_id, text, has_name, *values in col.db.all(f"select {columns} from {table.table}"):  # noqa: S608  (constants)
        stored = zip(table.columns, values, strict=True)
        damaged = [column for column, value in stored if not _is_sound(table.columns[column], value)]
        if damaged or not has_name:
            wrong = f"its column {damaged[0]!r} is damaged" if has_name else "its name is no UTF-8 text"
            yield _told(table, row_id, text.replace("\x1f", "::"), wrong)


def _told(table: _Table, row_id: int, name: str, wrong: str) -> tuple[str, dict[str, Any]]:
    place = "" if table.what == "tag" else f" of the note type {row_id}" if table.id == "ntid" else f" ({row_id})"
    text = f"Anki cannot read the {_WORDS.get(table.what, table.what)} {name!r}{place}: {wrong}. {_NO_REPAIR}"
    data = {"model": row_id, table.what: name} if table.id == "ntid" else {table.what: row_id or name}
    return text, data


def _is_sound(parse: Callable[[bytes], Any], value: Any) -> bool:
    read = _parsed(parse, value)
    return read is not None and (not isinstance(read, Deck.KindContainer) or read.WhichOneof("kind") is not None)


def _parsed(parse: Callable[[bytes], Any], value: Any) -> Any:
    try:
        return parse(bytes(value))
    except Exception:  # protobuf's error has no other base
        return None


# --- decks that get cards ---


def require_home(col: Collection, deck_id: int) -> None:
    """Raise AnkiError if Anki cannot read a deck that will get cards, or its preset. 0 or less means a new deck.

    Without this check the whole write would fail, and clear the undo history. If the deck is filtered or does not
    exist, Anki uses the deck Default, which is checked then.
    """
    with naming_damage(col):
        if deck_id <= 0:
            col._backend.get_deck_config(DEFAULT_DECK_CONF_ID)
        elif not _has_options(col, deck_id):
            _has_options(col, DEFAULT_DECK_ID)


def require_homes(col: Collection, note_ids: Iterable[int]) -> None:
    """Raise AnkiError if Anki cannot read one of the home decks of the cards of these notes, or its preset."""
    for home in homes_of(col, note_ids):
        require_home(col, home)


def refuse_new_cards(col: Collection, note_id: int, model: NotetypeDict, fields: Sequence[str]) -> None:
    """Raise AnkiError if a note with these fields may get a new card in a deck that Anki cannot read."""
    assert col.db is not None
    rows = col.db.all("select ord, iif(odid, odid, did) from cards where nid = ?", note_id)
    ordinals = {ordinal for ordinal, _ in rows}
    if model["type"] != MODEL_CLOZE and ordinals.issuperset(range(len(model["tmpls"]))):
        return
    try:
        for deck_id in {home for _, home in rows if isinstance(home, int)} | target_decks(model):
            require_home(col, deck_id)
    except AnkiError:
        if _may_have(col, model, fields) - ordinals:
            raise


def _may_have(col: Collection, model: NotetypeDict, fields: Sequence[str]) -> set[int]:
    """Return the template positions of the cards that a note may have. Conditions in templates are ignored, so some of
    these cards may not exist.
    """
    if model["type"] == MODEL_CLOZE:
        note = BackendNote(notetype_id=model["id"], fields=fields)
        return {number - 1 for number in col._backend.cloze_numbers_in_note(note)}
    filled = {place for place, text in enumerate(fields) if text.strip()}
    is_met: dict[str, Callable[[list[int]], Any]] = {"any": filled.intersection, "all": filled.issuperset}
    needs = {place: is_met[kind](needed) for place, kind, needed in model.get("req", ()) if kind in is_met}
    return {place for place in range(len(model["tmpls"])) if needs.get(place, True)}


def homes_of(col: Collection, note_ids: Iterable[int]) -> set[int]:
    """Return the home decks of the cards of these notes: for a card in a filtered deck, the deck it came from."""
    rows = rows_of(col, "select distinct iif(odid, odid, did) from cards where nid in ids", note_ids)
    return {deck_id for (deck_id,) in rows if isinstance(deck_id, int)}


def target_decks(model: NotetypeDict) -> set[int]:
    """Return the decks that templates of a note type name for their cards."""
    return {template["did"] for template in model["tmpls"] if template["did"]}


def is_home(col: Collection, deck_id: int) -> bool:
    """Whether Anki can read a deck that is not filtered, and its preset, which holds the ease of new review cards."""
    try:
        return _has_options(col, deck_id)
    except BackendError:
        return False


def preset_of(col: Collection, deck_id: int) -> DeckConfig | None:
    """Return the preset of a deck; None if the deck is missing or filtered, or if Anki cannot read it or the preset."""
    try:
        deck = col._backend.get_deck(deck_id)
        return col._backend.get_deck_config(deck.normal.config_id) if deck.WhichOneof("kind") == "normal" else None
    except BackendError:
        return None


def _has_options(col: Collection, deck_id: int) -> bool:
    """Whether the deck exists and is not filtered. Raises BackendError if the deck or its preset is damaged."""
    try:
        deck = col._backend.get_deck(deck_id)
    except NotFoundError:
        return False
    is_normal = deck.WhichOneof("kind") == "normal"
    if is_normal:
        col._backend.get_deck_config(deck.normal.config_id)
    return is_normal
