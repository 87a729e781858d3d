"""Daily limits of decks: their own, those of today, and more cards for today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from anki.decks import DeckTreeNode
from anki.scheduler_pb2 import CustomStudyRequest

from ...collection.errors import DeckNotFound
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.deck import limits as s
from .current import existing_deck

if TYPE_CHECKING:
    from anki.decks import DeckConfigDict, DeckDict

_A1 = "Italian::A1"
_NOT_SET = {"new": None, "reviews": None}
_INT32_MAX = 2**31 - 1
_KEYS = {
    "new_cards": "newLimit",
    "reviews": "reviewLimit",
    "new_cards_today": "newLimitToday",
    "reviews_today": "reviewLimitToday",
}
"""The names of the limits in a deck, as Anki stores them."""


@action(
    "raiseTodaysLimits",
    s.RaiseTodaysLimits,
    s.RAISED,
    writes=True,
    errors=[DeckNotFound, Refused],
    examples=[
        Example(
            "ten more new cards, of which the deck has only two",
            {"decks": [_A1], "newCards": 10},
            [{"deck": _A1, "newToday": 2, "reviewToday": 0}],
        )
    ],
)
def raise_todays_limits(ctx: Context, decks: list[str], new_cards: int, reviews: int) -> list[dict[str, Any]]:
    """Show more new cards or reviews today, as Anki's *Custom Study* does, and return what is left for today.

    Only the limits of the named decks change. The limits of a deck above or below still apply, so the result can be the
    same as before. A filtered deck, which has no limits, is refused.
    """
    found = _normal_decks(ctx, decks)
    cards_left(ctx)  # fails if a preset is damaged: before anything is written
    deltas = {"new_limit_delta": new_cards, "review_limit_delta": reviews}
    for deck in found:
        answered = ctx.col._backend.counts_for_deck_today(deck["id"])
        for name, before, more in (("new_cards", answered.new, new_cards), ("reviews", answered.review, reviews)):
            if abs(before - more) > _INT32_MAX:
                text = f"The limit of the deck {deck['name']!r} was raised too often today."
                raise Refused(text, deck=deck["name"], field=s.RaiseTodaysLimits.wire(name))
    with ctx.single_commit():
        for deck_id in dict.fromkeys(deck["id"] for deck in found):
            for name, delta in deltas.items():
                if delta:
                    request = CustomStudyRequest(deck_id=deck_id, **{name: delta})
                    ctx.write(ctx.col.sched.custom_study, request)
    left = cards_left(ctx)
    nothing = DeckTreeNode()  # the empty deck Default has no node
    return [
        {"deck": deck["name"], "newToday": node.new_count, "reviewToday": node.review_count}
        for deck, node in ((deck, left.get(deck["id"], nothing)) for deck in found)
    ]


def cards_left(ctx: Context) -> dict[int, DeckTreeNode]:
    """The counts of today of each deck."""
    return {node.deck_id: node for node in nodes_of(ctx.col.sched.deck_due_tree())}


def nodes_of(node: DeckTreeNode) -> Iterator[DeckTreeNode]:
    """A node of Anki's tree of decks, and all below it."""
    yield node
    for child in node.children:
        yield from nodes_of(child)


@action(
    "getDeckLimits",
    s.GetDeckLimits,
    s.DECK_LIMITS,
    errors=[DeckNotFound, Refused],
    examples=[
        Example(
            "none of its own",
            {"decks": ["Default"]},
            [
                {
                    "deck": "Default",
                    "preset": {"new": 20, "reviews": 200},
                    "deckLimit": _NOT_SET,
                    "today": _NOT_SET,
                    "answeredToday": {"new": 0, "reviews": 0},
                }
            ],
        )
    ],
)
def get_deck_limits(ctx: Context, decks: list[str] | None) -> list[dict[str, Any]]:
    """Return the daily limits of decks and how much of them is used up today. A filtered deck, which has none, is
    refused.
    """
    if decks is None:
        found = [deck for deck in ctx.col.decks.all() if not deck["dyn"]]
        found.sort(key=lambda deck: deck["name"].lower())
    else:
        found = _normal_decks(ctx, decks)
    today = ctx.col.sched.today
    presets: dict[int, DeckConfigDict] = {}
    for deck in found:
        if deck["conf"] not in presets:
            presets[deck["conf"]] = ctx.col.decks.config_dict_for_deck_id(deck["id"])
    return [_limits_of(ctx, deck, presets[deck["conf"]], today) for deck in found]


def _limits_of(ctx: Context, deck: DeckDict, preset: DeckConfigDict, today: int) -> dict[str, Any]:
    answered = ctx.col._backend.counts_for_deck_today(deck["id"])
    limits = {name: _limit(deck, name, today) for name in _KEYS}
    return {
        "deck": deck["name"],
        "preset": {"new": preset["new"]["perDay"], "reviews": preset["rev"]["perDay"]},
        "deckLimit": {"new": limits["new_cards"], "reviews": limits["reviews"]},
        "today": {"new": limits["new_cards_today"], "reviews": limits["reviews_today"]},
        "answeredToday": {"new": answered.new, "reviews": answered.review},
    }


def _limit(deck: DeckDict, name: str, today: int) -> int | None:
    """The limit that is in force; None if there is none, or if it was for another day."""
    value = deck.get(_KEYS[name])
    if isinstance(value, dict):
        return value["limit"] if value["today"] == today else None
    return value


@action(
    "setDeckLimits",
    s.SetDeckLimits,
    s.LIMITS_SET,
    writes=True,
    idempotent=True,
    errors=[DeckNotFound, Refused],
    examples=[
        Example("fewer new cards each day", {"decks": ["Italian", _A1], "newCards": 5}, 2),
    ],
)
def set_deck_limits(ctx: Context, decks: list[str], remove: list[str], **limits: int | None) -> int:
    """Set or remove daily limits of decks, each day or only today, and return how many decks had other ones.

    Limits that are not named stay. Sub-decks are not changed. A filtered deck, which has no limits, is refused.
    """
    wanted = limits | dict.fromkeys(remove)
    today = ctx.col.sched.today
    changed = {}
    for deck in _normal_decks(ctx, decks):
        others = {name: value for name, value in wanted.items() if value != _limit(deck, name, today)}
        for name, value in others.items():
            is_of_today = name.endswith("_today") and value is not None
            deck[_KEYS[name]] = {"limit": value, "today": today} if is_of_today else value
        if others:
            changed[deck["id"]] = deck
    with ctx.single_commit():
        for deck in changed.values():
            ctx.write_as("Set Daily Limits", ctx.col.decks.update_dict, deck)
    return len(changed)


def _normal_decks(ctx: Context, names: list[str]) -> list[DeckDict]:
    """The decks with these names. Raises DeckNotFound, and Refused for a filtered deck."""
    found = []
    for deck_id in [existing_deck(ctx, name) for name in names]:
        deck = ctx.col.decks.get(deck_id)
        assert deck is not None
        if deck["dyn"]:
            raise Refused(f"A filtered deck has no daily limits: {deck['name']}", deck=deck["name"])
        found.append(deck)
    return found
