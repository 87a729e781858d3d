"""Finding notes, and describing them completely or by chosen members."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from ...collection.damage import note_type_of
from ...collection.errors import InvalidSearch
from ...collection.rows import Member, as_it_is, chosen, column_of, described, page, sorted_rows_in_parts
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.fields.search import Find
from ...schemas.note import reading as s
from ...text.anki_text import split_tags
from .. import searching

if TYPE_CHECKING:
    from anki.collection import Collection


@action(
    "findNotes",
    Find,
    s.NOTE_IDS,
    errors=[InvalidSearch, Refused],
    examples=[
        Example("by tag", {"query": "tag:fruit"}, [1700000000001]),
        Example("the second one", {"query": "deck:Italian", "limit": 1, "offset": 1}, [1700000000002]),
        Example("by two fields", {"query": "Word:m* Meaning:apple"}, [1700000000001]),
        Example(
            "sorted by the first field, from z to a",
            {"query": "", "limit": None, "offset": 0, "orderBy": "noteFld", "descending": True},
            [1700000000002, 1700000000001],
        ),
    ],
)
def find_notes(ctx: Context, query: str | None, limit: int | None, offset: int, **order: Any) -> list[int]:
    """Return the ids of the notes that a search finds, by `orderBy` and then by id.

    Without `orderBy`, pages are in the order of the ids.
    """
    return [] if query is None else searching.page_of_notes(ctx, query, limit, offset, **order)


@action(
    "notesInfo",
    s.NotesInfo,
    s.NOTE_INFOS,
    errors=[Refused, InvalidSearch],
    examples=[
        Example(
            "a note, and an id that does not exist",
            {"notes": [1700000000001, 1234567890123]},
            [
                {
                    "noteId": 1700000000001,
                    "profile": "User 1",
                    "tags": ["A1", "fruit"],
                    "fields": {"Word": {"value": "mela", "order": 0}, "Meaning": {"value": "apple", "order": 1}},
                    "modelName": "Italian vocab",
                    "mod": 1700000000,
                    "cards": [1700000001001],
                },
                {},
            ],
        ),
        Example("found by a search, and there is none", {"notes": None, "query": "tag:vegetable"}, []),
        Example(
            "the second page of a search, and little of each note",
            {
                "notes": None,
                "query": "deck:Italian",
                "limit": 1,
                "offset": 1,
                "fields": ["noteId", "mod"],
                "noteFields": ["Meaning"],
            },
            [
                {
                    "noteId": 1700000000002,
                    "fields": {"Meaning": {"value": "grapes", "order": 1}},
                    "mod": 1700000000,
                }
            ],
        ),
    ],
)
def notes_info(
    ctx: Context,
    notes: list[int] | None,
    query: str | None,
    limit: int | None,
    offset: int,
    members: list[str] | None,
    note_fields: list[str] | None,
    plain_text: bool,
) -> list[dict[str, Any]]:
    """Describe notes: fields, tags, note type and cards, in the order of the ids.

    Naming `fields` or reading in pages saves time. Pages of a search are ordered by id, which is the time of creation.
    """
    if query is not None:
        notes = find_notes(ctx, query, limit, offset)
    elif notes is None:
        raise Refused('Must provide either "notes" or a "query"')
    else:
        notes = page(notes, limit, offset)
    wanted = chosen(s.NOTE_MEMBERS, members, fields=note_fields is not None)
    profile = ctx.host.profile()
    model = cache(partial(name_and_fields, ctx))
    cards = _cards_of(ctx, notes) if "cards" in wanted else {}

    def fields_of(model_id: int, fields: str) -> dict[str, dict[str, Any]]:
        values = field_values(model(model_id)[1], fields.split("\x1f"), note_fields)
        if plain_text:
            for field in values.values():
                field["value"] = _plain_text(ctx.col, field["value"])
            ctx.give_way()
        return values

    members_of: dict[str, Member] = {
        "noteId": ("id", as_it_is),
        "profile": ("id", lambda note_id: profile),
        "tags": ("tags", split_tags),
        "fields": ("mid flds", fields_of),
        "modelName": ("mid", lambda mid: model(mid)[0]),
        "mod": ("mod", as_it_is),
        "cards": ("id", cards.__getitem__),
    }
    infos = described(ctx, "id", "notes", notes, {name: members_of[name] for name in wanted})
    return [infos.get(note_id, {}) for note_id in notes]


_IS_PLAIN = re.compile(r"(?! )[ -%'-;=-Z\\\]-~]*(?<! )|")
"""Text that Anki would return unchanged: ASCII without markup, tags of sounds, and spaces at the ends."""


def _plain_text(col: Collection, html: str) -> str:
    """A field's text without HTML. Most fields of most notes have none, and need no call into Anki."""
    if _IS_PLAIN.fullmatch(html):
        return html
    return col._backend.html_to_text_line(text=html, preserve_media_filenames=True)


@action(
    "notesModTime",
    s.NotesModTime,
    s.NOTE_TIMES,
    examples=[
        Example(
            "a note, and an id that does not exist",
            {"notes": [1700000000001, 1234567890123]},
            [{"noteId": 1700000000001, "mod": 1700000000}, {}],
        )
    ],
)
def notes_mod_time(ctx: Context, notes: list[int]) -> list[dict[str, int]]:
    """Return when each note was last changed, in the order of the ids."""
    found = column_of(ctx.col, "notes", "mod", notes)
    times = {note_id: {"noteId": note_id, "mod": mod} for note_id, mod in found.items()}
    return [times.get(note_id, {}) for note_id in notes]


def _cards_of(ctx: Context, notes: list[int]) -> dict[int, list[int]]:
    """The ids of the cards of each note, in the order of the templates; none for an unknown note."""
    cards: dict[int, list[int]] = defaultdict(list)
    for note_id, _, card_id in sorted_rows_in_parts(ctx, _CARDS_OF_NOTES, notes):
        cards[note_id].append(card_id)
    return cards


_CARDS_OF_NOTES = "select nid, cast(ord as integer), id from cards where nid in ids"


def name_and_fields(ctx: Context, model_id: int) -> tuple[str, list[str]]:
    """A note type's name and the names of its fields; both empty if it is missing."""
    model = note_type_of(ctx.col, model_id) if model_id else None
    return (model["name"], ctx.col.models.field_names(model)) if model else ("", [])


def field_values(
    names: list[str], values: Iterable[str], only: Container[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Field name to value and position.

    `only`: the names of the fields to return; None means all.
    """
    pairs = enumerate(zip(names, values, strict=False))
    if only is None:
        return {name: {"value": value, "order": order} for order, (name, value) in pairs}
    return {name: {"value": value, "order": order} for order, (name, value) in pairs if name in only}
