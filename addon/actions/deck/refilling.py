"""Which cards a filtered deck would get. Anki empties it before it searches, and fails only then if it finds none."""

from __future__ import annotations

import operator
import re
import time
from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from anki.utils import to_json_bytes

from ...collection.rows import refuse_unreadable
from ...rpc.context import Context
from ..searching import SearchSource, find_cards, normalized

_FETCHED = "queue not in (-1, -2, -3) and (odid = 0 or did = ?) and id in (select value from json_each(?))"
"""The condition that Anki adds to a search as `-is:suspended -is:buried -deck:filtered`, after it has emptied the deck.

It stands in SQL here, because a search may already be nested as deeply as Anki allows.
"""


def cards_to_fetch(ctx: Context, search: str, deck_id: int, place: SearchSource | None = None) -> list[int]:
    """The cards that Anki would fetch into a filtered deck (`fetch_cards_matching_term` in rslib); 0 is a new one.

    Raises InvalidSearch, and Refused if Anki cannot read one of the cards.
    """
    assert ctx.col.db is not None
    found: set[int] = {*find_cards(ctx, search, place)}
    if (own := _own_cards(ctx, deck_id)) and (rewritten := _at_home(ctx, search, own, place)):
        own_ids = {card.id for card in own}
        found = (found - own_ids) | (own_ids & {*find_cards(ctx, rewritten, place)})
    listed = to_json_bytes([*found]).decode()
    refuse_unreadable(ctx.col, "card", _FETCHED, deck_id, listed)
    return ctx.col.db.list(f"select id from cards where {_FETCHED}", deck_id, listed)  # noqa: S608  (a constant)


class _Card(NamedTuple):
    """A card of the filtered deck as it is after Anki has sent it home."""

    id: int
    deck_id: int
    queue: int
    due: int


def _own_cards(ctx: Context, deck_id: int) -> list[_Card]:
    """(`remove_from_filtered_deck_restoring_queue` in rslib)."""
    assert ctx.col.db is not None
    rows = ctx.col.db.all(
        """select id, iif(odid, odid, did), iif(queue < 0 or odid = 0, queue, case type when 0 then 0 when 2 then 2
            else iif(home_due > 1000000000, 1, 3) end), home_due
        from (select *, iif(odid and odue, odue, due) as home_due from cards where did = ?)""",
        deck_id,
    )
    return [_Card(*row) for row in rows]


_WORD = re.compile(r'"((?:[^"\\]|\\.)*+)"|((?:[^"\\() \u3000]|\\.)++)', re.DOTALL)
_TERM = re.compile(r"(-?)(?:is:(due)|prop:due([<>!=]+)(-?[0-9]+)|did:([0-9,]+)|deck:(.+))", re.DOTALL)
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_DAY = 86_400
_LEARN_AHEAD = 1200  # seconds; Anki's default


def _at_home(ctx: Context, search: str, own: list[_Card], place: SearchSource | None) -> str:
    """A search that finds those of a filtered deck's cards that `search` will find when they are at home.

    The terms that depend on where a card is are replaced by the ids of the cards that they will find. Empty if there
    are none.
    """
    text = normalized(ctx, search, place)
    rewritten = _WORD.sub(lambda word: _term_at_home(ctx, word, own), text)
    return "" if rewritten == text else rewritten


def _term_at_home(ctx: Context, word: re.Match[str], own: list[_Card]) -> str:
    term = _TERM.fullmatch(word[2] or word[1] or "")
    if term is None or term[6] == "*":
        return word[0]
    negation, is_due, compares, days, deck_ids, deck = term.groups()
    if is_due:
        return negation + _ids(card for card in own if _is_due(ctx, card))
    if compares:
        return negation + _ids(card for card in own if _is_due_in(ctx, card, compares, int(days)))
    if deck_ids:
        among: Collection[int] = {int(deck_id) for deck_id in deck_ids.split(",") if deck_id}
    else:
        among = _decks_named(ctx, deck)
    return negation + _ids(card for card in own if card.deck_id in among)


def _ids(cards: Iterable[_Card]) -> str:
    return "cid:" + (",".join(str(card.id) for card in cards) or "0")


def _is_due(ctx: Context, card: _Card) -> bool:
    if card.queue in (2, 3):
        return card.due <= ctx.col.sched.today
    ahead = ctx.col.get_config("collapseTime", _LEARN_AHEAD)
    return card.queue in (1, 4) and card.due <= time.time() + (ahead if isinstance(ahead, int) else _LEARN_AHEAD)


def _is_due_in(ctx: Context, card: _Card, compares: str, days: int) -> bool:
    if card.queue in (2, 3):
        return _OPERATORS[compares](card.due, ctx.col.sched.today + days)
    # SQLite cuts off the fraction
    return card.queue in (1, 4) and _OPERATORS[compares](int((card.due - ctx.col.sched.day_cutoff) / _DAY), days)


def _decks_named(ctx: Context, pattern: str) -> Collection[int]:
    """The ids of the decks that a search for a deck's name means, with their sub-decks."""
    if pattern == "filtered":
        return ()
    if pattern == "current":
        expression = re.escape(ctx.col.decks.name(ctx.col.decks.get_current_id()))
    else:
        expression = re.sub(r"\\(.)|(.)", _literal_or_wild, pattern, flags=re.DOTALL)
    of_deck = re.compile(f"(?:{expression})(?:$|::)", re.IGNORECASE | re.DOTALL)
    return {deck.id for deck in ctx.col.decks.all_names_and_ids() if of_deck.match(deck.name)}


def _literal_or_wild(character: re.Match[str]) -> str:
    return {"*": ".*", "_": "."}.get(character[2], re.escape(character[1] or character[2] or ""))
