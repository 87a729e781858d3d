"""Finding a text in many notes and replacing it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.collection import Config
from anki.errors import InvalidInput
from anki.models import NotetypeId, StockNotetype
from anki.notes import NoteId
from anki.utils import split_fields, to_json_bytes

from ...collection.damage import note_types, require_home, require_homes, target_decks
from ...collection.errors import InvalidSearch, NoteNotFound
from ...collection.rows import READABLE_NOTE, refuse_unreadable_of, rows_in_parts, unreadable
from ...collection.trial import trial_collection
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example
from ...schemas.note import replacing as s
from ...text.anki_text import field_text, fold, fold_letters, index_by_name, literal
from ...text.normal_forms import nfc
from ...text.plain import plain
from .. import searching
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..model.template_limits import require_readable_of
from . import writing
from .drafts import is_empty_field
from .updates import check_field_count

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.collection import Collection

Rewrite = Callable[[Sequence[str]], list[str]]
"""Returns the texts after the replacement, in their order."""

_LONGEST = 100_000_000
"""Letters that a field may have afterwards: Anki ends if its memory does not suffice."""
_INSERT = """insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)
    select key + 1, key, ?, 0, 0, '', value, '', 0, 0, '' from json_each(?)"""


class _Replacement(NamedTuple):
    """A replacement that was checked: Anki's call for it does not fail, and changes each of the notes."""

    call: dict[str, Any]
    notes: list[NoteId]


def _dry_run_replace(ctx: Context, find_text: str, replace_text: str, **where: Any) -> DryRunReport:
    return dry_run_report(changed_notes=_planned(ctx, find_text, replace_text, **where).notes)


@destructive(
    "findAndReplaceInNotes",
    s.FindAndReplaceInNotes,
    s.CHANGED_NOTES,
    dry_run=_dry_run_replace,
    touches_notes=lambda params: params["notes"],
    cancellable=True,
    errors=[NoteNotFound, NotFound, InvalidSearch, Refused],
    examples=[
        Example("a text", {"findText": "Apple", "replaceText": "apple (fruit)", "notes": [1700000000001]}, 1),
        Example(
            "in a field, by a regular expression",
            {
                "findText": r"(\w+)",
                "replaceText": "<b>$1</b>",
                "notes": None,
                "query": "deck:Italian",
                "field": "Meaning",
                "regex": True,
            },
            2,
        ),
        Example(
            "what would change",
            {
                "findText": "a",
                "replaceText": "b",
                "notes": [1700000000001, 1700000000002],
                "query": None,
                "field": None,
                "regex": False,
                "matchCase": True,
                "dryRun": True,
            },
            {"dryRun": True, "changedNotes": {"count": 2, "ids": [1700000000001, 1700000000002]}},
        ),
    ],
)
def find_and_replace_in_notes(ctx: Context, find_text: str, replace_text: str, **where: Any) -> int:
    """Replace a text in the fields of notes, and return how many notes were changed.

    The fields are searched as they are stored, as HTML. Plain text is taken literally, and `$` has no meaning in it. In
    an expression, `.` does not match a line break, and `^` matches only the beginning of a field.

    A new cloze number makes a card; a card whose cloze deletion goes stays as an empty card. Duplicates are not
    checked. If a first field would become empty, or a note or the field does not exist, the call fails and changes
    nothing. Each 1,000 notes are written atomically; the call is one step in Anki's undo menu.
    """
    plan, written = _planned(ctx, find_text, replace_text, **where), 0
    for chunk in ctx.chunks(plan.notes, writing.NOTES_PER_CHUNK):
        ctx.write(ctx.col.find_and_replace, note_ids=chunk, **plan.call)
        written += len(chunk)
    return written


def _planned(
    ctx: Context,
    find_text: str,
    replace_text: str,
    notes: list[int] | None,
    query: str | None,
    field: str | None,
    regex: bool,
    match_case: bool,
) -> _Replacement:
    col = ctx.col
    is_normalised = col.get_config_bool(Config.Bool.NORMALIZE_NOTE_TEXT)
    find_text = nfc(find_text) if is_normalised else find_text
    search = find_text if regex else literal(find_text)
    # always as an expression: in plain text, versions before 26.9 read `$1` of the replacement as a group
    call = {
        "search": search,
        "replacement": replace_text if regex else replace_text.replace("$", "$$"),
        "regex": True,
        "match_case": match_case,
    }
    places = None if field is None else _places_of(col, field)
    found = searching.find_notes(ctx, query) if query is not None else _existing(ctx, notes or [])
    with _engine(call, is_normalised=is_normalised) as by_engine:
        rewrite = by_engine if regex else partial(_replaced, find_text, replace_text, match_case)
        changed = _changed(ctx, found, places, rewrite, len(replace_text), is_normalised=is_normalised)
    return _Replacement({**call, "field_name": field}, changed)


def _places_of(col: Collection, field: str) -> dict[int, int]:
    """The position of a field by note type, for those that have it. Raises NotFound if none has it."""
    names = {model["id"]: index_by_name(col.models.field_names(model)) for model in note_types(col)}
    found = {model_id: places[fold(field)] for model_id, places in names.items() if fold(field) in places}
    if not found:
        raise NotFound(f"field was not found in any note type: {field}", field=field)
    return found


def _existing(ctx: Context, notes: list[int]) -> list[NoteId]:
    """The ids, each once. Raises NoteNotFound for the first unknown one."""
    known = {note_id for (note_id,) in rows_in_parts(ctx, "select id from notes where id in ids", notes)}
    for index, note_id in enumerate(notes):
        if note_id not in known:
            raise NoteNotFound(f"Note was not found: {note_id}", note=note_id, index=index)
    return [*map(NoteId, dict.fromkeys(notes))]


def _changed(
    ctx: Context,
    notes: Iterable[int],
    places: dict[int, int] | None,
    rewrite: Rewrite,
    growth: int,
    *,
    is_normalised: bool,
) -> list[NoteId]:
    """Those of the notes that the replacement changes; `places`: the only field to search, by note type.

    Raises Refused if one would lose its first field or could not be written.
    """
    select = f"select id, mid, {READABLE_NOTE}, flds from notes where id in ids"  # noqa: S608  (a constant)
    texts: dict[str, str] = {}
    searched = []
    for note_id, model_id, is_readable, stored in ctx.paced(rows_in_parts(ctx, select, notes)):
        if not is_readable:
            raise unreadable("note", note_id)
        fields = split_fields(stored)
        if places is None or model_id in places:
            wanted = range(len(fields)) if places is None else (places[model_id],)
            searched.append((note_id, model_id, fields, wanted))
            texts.update((fields[place], "") for place in wanted if place < len(fields))
    for text in texts:
        if growth * len(text) > _LONGEST:
            raise Refused("A field could become larger than Anki can bear. Replace a longer or rarer text.")
    for part in ctx.parts([*texts], writing.NOTES_PER_CHUNK):
        texts.update(zip(part, rewrite(part), strict=True))
    changed: dict[NoteId, tuple[int, list[str]]] = {}
    for note_id, model_id, fields, wanted in ctx.paced(searched):
        after = [texts[text] if place in wanted else text for place, text in enumerate(fields)]
        if after != fields and [field_text(text, is_normalised=is_normalised) for text in after] != fields:
            if after[0] != fields[0] and is_empty_field(after[0]) and not is_empty_field(fields[0]):
                raise Refused(f"The first field of this note would become empty: {note_id}", note=note_id)
            changed[NoteId(note_id)] = model_id, fields
    _require_writable(ctx.col, changed)
    return [*changed]


def _require_writable(col: Collection, notes: dict[NoteId, tuple[int, list[str]]]) -> None:
    """Raise Refused or AnkiError if Anki would fail while it writes these notes or makes cards of them."""
    models = {check_field_count(col, model_id, fields)["id"] for model_id, fields in notes.values()}
    require_readable_of(col, models)
    refuse_unreadable_of(col, "card", "nid", notes)
    require_homes(col, notes)
    for model_id in models:
        model = col.models.get(NotetypeId(model_id))
        for deck_id in target_decks(model) if model else ():
            require_home(col, deck_id)


def _replaced(find_text: str, replace_text: str, match_case: bool, texts: Sequence[str]) -> list[str]:
    """The texts with a plain text replaced, found as Anki finds it."""
    if match_case:
        return [text.replace(find_text, replace_text) for text in texts]
    wanted, rewritten = fold_letters(find_text), []
    for text in texts:
        folded, parts, start = fold_letters(text), [], 0  # the same length
        while (end := folded.find(wanted, start)) >= 0:
            parts += [text[start:end], replace_text]
            start = end + len(wanted)
        rewritten.append("".join([*parts, text[start:]]))
    return rewritten


@contextmanager
def _engine(call: dict[str, Any], *, is_normalised: bool) -> Iterator[Rewrite]:
    """Anki's own replacement, on texts in a collection that is thrown away. Raises Refused for a wrong expression."""
    with trial_collection() as backend:
        try:
            backend.find_and_replace(nids=[], field_name="", **call)
        except InvalidInput as error:
            raise Refused(plain(str(error)), field=s.FindAndReplaceInNotes.wire("find_text")) from None
        backend.set_config_bool(key=Config.Bool.NORMALIZE_NOTE_TEXT, value=is_normalised, undoable=False)
        yield partial(_by_engine, backend, _single_field(backend), call)


def _single_field(backend: RustBackend) -> int:
    """Add a note type with one field, and return its id."""
    model = json.loads(backend.get_stock_notetype_legacy(StockNotetype.KIND_CLOZE))
    model["flds"] = model["flds"][:1]
    model["tmpls"][0].update(qfmt="{{cloze:Text}}", afmt="{{cloze:Text}}")
    return int(backend.add_notetype_legacy(json=to_json_bytes(model)).id)


def _by_engine(backend: RustBackend, model_id: int, call: dict[str, Any], texts: Sequence[str]) -> list[str]:
    """The texts after Anki's replacement. Each is the only field of a note."""
    for table in ("notes", "cards"):
        backend.db_query(f"delete from {table}", [], first_row_only=False)  # noqa: S608  (a constant)
    backend.db_query(_INSERT, [model_id, to_json_bytes(texts).decode()], first_row_only=False)
    backend.find_and_replace(nids=[*range(1, len(texts) + 1)], field_name="", **call)
    changed: dict[int, str] = dict(
        backend.db_query("select id, flds from notes where mod > 0", [], first_row_only=False)
    )
    return [changed.get(number, text) for number, text in enumerate(texts, 1)]
