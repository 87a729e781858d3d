"""Finding duplicate notes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from anki.utils import split_fields

from ...collection.damage import note_type_of, note_types
from ...collection.errors import InvalidSearch
from ...collection.rows import rows_in_parts
from ...rpc.context import Context
from ...rpc.errors import NotFound
from ...rpc.registry import Example, action
from ...schemas.note import duplicates as s
from ...text.anki_text import fold, index_by_name, is_blank
from .. import searching
from .drafts import duplicate_key

if TYPE_CHECKING:
    from anki.collection import Collection


@action(
    "findDuplicates",
    s.FindDuplicates,
    s.DUPLICATES,
    errors=[InvalidSearch, NotFound],
    examples=[Example("there is none", {"query": "deck:Italian"}, [])],
)
def find_duplicates(
    ctx: Context, query: str, fields: list[str] | None, all_models: bool, limit: int | None
) -> list[dict[str, Any]]:
    """Find groups of notes with the same text in the first field or in chosen fields, HTML aside.

    Texts are compared like Anki's duplicates: case and the names of media files count. Notes without text in these
    fields, or without one of the fields, are left out.
    """
    col = ctx.col
    _check_fields(col, fields)
    key_of = duplicate_key(col)
    positions: dict[int, list[int] | None] = {}
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    first = [0]
    found = searching.find_notes(ctx, query)
    select = "select id, cast(mid as integer), cast(flds as text) from notes where id in ids"
    for note_id, model_id, text in rows_in_parts(ctx, select, found):
        if model_id not in positions:
            model = note_type_of(col, model_id)
            names = col.models.field_names(model) if model else []
            known, wanted = index_by_name(names), [*map(fold, names[:1] if fields is None else fields)]
            positions[model_id] = [known[name] for name in wanted] if {*wanted} <= {*known} else None
        places = positions[model_id]
        if not places:
            continue
        group_id = None if all_models else model_id
        if places == first:
            value = key_of(text.partition("\x1f")[0])
            if not is_blank(value):
                groups[group_id, value].append(note_id)
            continue
        parts = split_fields(text)
        values = [key_of(parts[place]) for place in places if place < len(parts)]
        if not all(map(is_blank, values)):
            groups[group_id, *values].append(note_id)
    return [{"values": list(key[1:]), "notes": ids} for key, ids in groups.items() if len(ids) > 1][:limit]


def _check_fields(col: Collection, fields: list[str] | None) -> None:
    """Raise NotFound if no note type has one of the fields."""
    known = {fold(name) for model in note_types(col) for name in col.models.field_names(model)}
    for name in fields or ():
        if fold(name) not in known:
            raise NotFound(f"field was not found in any note type: {name}", field=name)
