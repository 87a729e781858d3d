"""Computes what FSRS knew after each answer to a card, in a collection that is thrown away.

Anki's only call for this, that of its *Card Info*, may write to the card: since 25.09 it stores when the card was last
reviewed, for a new card in 1970, and some versions a memory state. Neither is an undo step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from anki.decks_pb2 import Deck
from anki.errors import BackendError

from .rows import READABLE_REVIEW, rows_in_parts
from .trial import trial_collection

if TYPE_CHECKING:
    from anki._backend import RustBackend
    from anki.stats_pb2 import CardStatsResponse

    from ..rpc.context import Context

Entry = Any
"""An entry of the log, with `time` in seconds, and `memory_state` if FSRS knew anything after it."""
_DAY_CONFIG = ("rollover", "localOffset")
"""When a day begins: FSRS counts days between answers."""


def log_with_states(ctx: Context, presets: dict[int, bytes]) -> Iterator[tuple[int, list[Entry]]]:
    """Yield the cards, each with its log, newest first. Only entries that Anki can read are in it.

    `presets`: the options of each card's preset, as they are stored.
    """
    with trial_collection() as backend:
        _add_presets(backend, presets)
        for key in _DAY_CONFIG:
            if (value := ctx.col.get_config(key)) is not None:
                backend.set_config_json(key=key, value_json=json.dumps(value).encode(), undoable=False)
        _insert(backend, "revlog", rows_in_parts(ctx, _LOG, presets))
        for card_id in ctx.paced(presets):
            try:
                stats: CardStatsResponse = backend.card_stats(card_id)
            except BackendError:  # numbers from which FSRS can compute nothing
                continue
            yield card_id, list(stats.revlog)


_LOG = f"select id, cid, usn, ease, ivl, lastIvl, factor, time, type from revlog where {READABLE_REVIEW} and cid in ids"  # noqa: S608


def _add_presets(backend: RustBackend, presets: dict[int, bytes]) -> None:
    """Add the cards as new ones of a single note, each in a deck with a copy of its preset."""
    backend.db_query("delete from deck_config", [], first_row_only=False)
    decks = {options: deck_id for deck_id, options in enumerate(dict.fromkeys(presets.values()), 2)}
    for options, deck_id in decks.items():
        kind = Deck.KindContainer(normal=Deck.Normal(config_id=deck_id)).SerializeToString()
        for statement in (
            f"insert into deck_config values ({deck_id}, '{deck_id}', 0, 0, x'{options.hex()}')",  # noqa: S608
            f"insert into decks select {deck_id}, '{deck_id}', 0, 0, common, x'{kind.hex()}' from decks where id = 1",  # noqa: S608
        ):
            backend.db_query(statement, [], first_row_only=False)
    ((model,),) = backend.db_query("select min(id) from notetypes", [], first_row_only=False)
    _insert(backend, "notes", [(1, "guid", model, 0, 0, "", "\x1f", "", 0, 0, "")])
    reviewed = '{"lrt":1}'
    cards = ((card_id, 1, decks[options], *([0] * 14), reviewed) for card_id, options in presets.items())
    _insert(backend, "cards", cards)


def _insert(backend: RustBackend, table: str, rows: Iterable[Iterable[Any]]) -> None:
    values = [list(row) for row in rows]
    if values:
        columns = ", ".join(f"value ->> {place}" for place in range(len(values[0])))
        statement = f"insert into {table} select {columns} from json_each(?)"  # noqa: S608
        backend.db_query(statement, [json.dumps(values)], first_row_only=False)
