"""The rows of Anki's browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.collection import Config
from anki.errors import BackendError
from anki.search_pb2 import BrowserRow

from ...collection.damage import damage_behind
from ...collection.errors import without_folders
from ...collection.rows import READABLE_CARD, READABLE_NOTE, rows_in_parts
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.card import columns as s
from ...text.plain import plain, without_isolates
from .rendering import require_safe

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS_PER_PART = 200
_RENDERED = {"question", "answer"}
_MARK = ["noteCrt"] * 40
"""Further columns: an opening browser sets its own, each once, and so fewer. The lane cannot wait for that moment."""
_COLORS = dict(zip(BrowserRow.Color.values(), s.COLORS, strict=False))


@action(
    "browserRows",
    s.BrowserRows,
    s.BROWSER_ROWS,
    errors=[Refused],
    examples=[
        Example(
            "a card, and an id that does not exist",
            {"columns": ["noteFld", "deck", "cardDue"], "cards": [1700000001001, 1234567890123]},
            [
                {"id": 1700000001001, "cells": ["mela", "Italian::A1", "New #1"], "color": "default", "error": None},
                None,
            ],
        )
    ],
)
def browser_rows(
    ctx: Context, columns: list[str], cards: list[int] | None, notes: list[int] | None
) -> list[dict[str, Any] | None]:
    """Return the cells that Anki's browser shows for cards or notes, such as `New #1` for the due date of a new card.

    Anki's library keeps one choice of columns, and one of cards or notes, for a browser and for this action. So the
    call is refused while Anki's browser is open, and if the browser is set to the other of cards and notes.
    """
    col = ctx.col
    ids = cards if notes is None else notes
    assert ids is not None
    _require_columns(ctx, columns)
    shows_notes = col.get_config_bool(Config.Bool.BROWSER_TABLE_SHOW_NOTES_MODE)
    if shows_notes != (notes is not None):
        given, meant = ("cards", "notes") if shows_notes else ("notes", "cards")
        raise Refused(f"Anki's browser is set to {meant}, so {given} have no rows. Send {meant} instead.", field=given)
    models = _models(ctx, ids, of_notes=shows_notes)
    found: dict[int, dict[str, Any]] = {}
    for part in ctx.parts([item_id for item_id in dict.fromkeys(ids) if item_id in models], _ROWS_PER_PART):
        with ctx.host.browser_closed():
            col._backend.set_active_browser_columns([*columns, *_MARK])
            try:
                for item_id in part:
                    found[item_id] = _row(ctx, item_id, models[item_id], columns, of_note=shows_notes)
            finally:
                (col.load_browser_note_columns if shows_notes else col.load_browser_card_columns)()
    return [found.get(item_id) for item_id in ids]


def _require_columns(ctx: Context, columns: Sequence[str]) -> None:
    known = {column.key for column in ctx.col.all_browser_columns()}
    for index, key in enumerate(columns):
        if key not in known:
            message = f"There is no such column: {key}. The columns are {', '.join(sorted(known))}."
            raise Refused(message, field="columns", column=key, index=index)


def _models(ctx: Context, ids: Sequence[int], *, of_notes: bool) -> dict[int, int | None]:
    """Return the note type of each note or card that exists; None if the row cannot be read."""
    if of_notes:
        select = f"select id, iif({READABLE_NOTE}, mid, null) from notes where id in ids"  # noqa: S608  (no outer value)
    else:
        select = (
            f"select id, iif({READABLE_CARD}, (select mid from notes where id = cards.nid), null) "  # noqa: S608
            "from cards where id in ids"
        )
    return dict(rows_in_parts(ctx, select, ids))


def _row(ctx: Context, item_id: int, model_id: int | None, columns: Sequence[str], *, of_note: bool) -> dict[str, Any]:
    try:
        if model_id is not None and _RENDERED & {*columns}:
            require_safe(ctx.col, item_id, model_id, of_note=of_note, in_browser=True)
        row = ctx.col._backend.browser_row_for_id(item_id)
    except (BackendError, Refused) as error:
        text = plain(without_folders(str(damage_behind(ctx.col, error) or error), ctx.col))
        return {"id": item_id, "cells": [""] * len(columns), "color": "default", "error": text}
    if len(row.cells) != len(columns) + len(_MARK):
        raise Refused("Anki's browser has been opened, and shows columns of its own. Close it, and try again.")
    cells = [without_isolates(cell.text) for cell in row.cells[: len(columns)]]
    return {"id": item_id, "cells": cells, "color": _COLORS[row.color], "error": None}
