"""The tree of decks: reading it, and moving decks within it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from anki.decks import DEFAULT_DECK_ID, DeckId, DeckTreeNode

from ...collection.damage import names_by_id
from ...collection.errors import DeckNotFound
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example, action
from ...schemas.deck import tree as s
from ...text.anki_text import fold
from .current import existing_deck
from .decks import MOST_LEVELS

_NO_PARENT = DeckId(0)


def _example(deck_id: int, full_name: str, parent: str | None, cards: int) -> dict[str, Any]:
    return {
        "deckId": deck_id,
        "name": full_name.rpartition("::")[2],
        "fullName": full_name,
        "parent": parent,
        "isFiltered": False,
        "collapsed": True,
        "newToday": 2,
        "learningToday": 0,
        "reviewToday": 0,
        "newUncapped": cards,
        "reviewUncapped": 0,
        "interdayLearningUncapped": 0,
        "cards": cards,
        "cardsWithChildren": 2,
    }


_A1 = _example(1700000002002, "Italian::A1", "Italian", 2)


@action(
    "deckTree",
    s.DeckTree,
    s.DECK_TREE,
    errors=[DeckNotFound, Refused],
    examples=[
        Example("all", {}, [_example(1700000002001, "Italian", None, 0), _A1]),
        Example("a deck with its sub-decks", {"deck": "italian::a1"}, [_A1]),
    ],
)
def deck_tree(ctx: Context, deck: str | None) -> list[dict[str, Any]]:
    """Return the tree of decks as a list, each deck with its parent and its cards, or one deck with its sub-decks.

    As in Anki's deck list, the deck Default is left out while it has neither cards nor sub-decks and is not alone,
    unless the call names it.
    """
    deck_id = None if deck is None else existing_deck(ctx, deck)
    names = names_by_id(ctx.col, "decks")
    entries = list(_nodes(ctx.col.sched.deck_due_tree()))
    if deck_id is not None:
        parents = {node.deck_id: parent for node, parent in entries}
        if deck_id == DEFAULT_DECK_ID and deck_id not in parents:
            stored = ctx.col.decks.get(DEFAULT_DECK_ID)
            assert stored is not None
            entries = [(DeckTreeNode(deck_id=deck_id, name=names[deck_id], collapsed=stored["collapsed"]), 0)]
        elif deck_id not in parents:
            text = f"A deck above {names[deck_id]!r} is missing, so Anki does not show it: checkDatabase mends that."
            raise Refused(text, deck=names[deck_id])
        else:
            top = next(node for node, _ in entries if node.deck_id == deck_id)
            entries = [(top, parents[deck_id]), *_nodes(top)]
    return [_described(node, parent, names) for node, parent in entries]


def _nodes(top: DeckTreeNode) -> Iterator[tuple[DeckTreeNode, int]]:
    """The nodes below one, each before those below it, with the id of the node above."""
    waiting = [(child, top.deck_id) for child in reversed(top.children)]
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        waiting.extend((child, node.deck_id) for child in reversed(node.children))


def _described(node: DeckTreeNode, parent: int, names: dict[int, str]) -> dict[str, Any]:
    return {
        "deckId": node.deck_id,
        "name": node.name,
        "fullName": names[node.deck_id],
        "parent": names.get(parent),
        "isFiltered": node.filtered,
        "collapsed": node.collapsed,
        "newToday": node.new_count,
        "learningToday": node.learn_count,
        "reviewToday": node.review_count,
        "newUncapped": node.new_uncapped,
        "reviewUncapped": node.review_uncapped,
        "interdayLearningUncapped": node.interday_learning_uncapped,
        "cards": node.total_in_deck,
        "cardsWithChildren": node.total_including_children,
    }


# --- moving ---


@action(
    "moveDecks",
    s.MoveDecks,
    s.MOVED,
    writes=True,
    errors=[DeckNotFound, AlreadyExists, Refused],
    examples=[Example("to the top", {"decks": ["Italian::A1"], "parent": None}, 1)],
)
def move_decks(ctx: Context, decks: list[str], parent: str | None) -> int:
    """Move decks with their sub-decks directly below another deck, or to the top, and return how many were elsewhere.

    They keep the last part of their names. If one of the decks cannot be moved, none is: fails with `already_exists` if
    a name is taken at the new place. Refused is a place below the deck itself or below a filtered deck.
    """
    col = ctx.col
    wanted = list(dict.fromkeys(existing_deck(ctx, name) for name in decks))
    parent_id = existing_deck(ctx, parent) if parent else _NO_PARENT
    if parent and col.decks.is_filtered(parent_id):
        raise Refused(col.tr.errors_filtered_parent_deck(), parent=col.decks.name(parent_id))
    names = _Names({DeckId(deck["id"]): deck["name"] for deck in col.decks.all()})  # fails if Anki cannot read one
    above = names[parent_id] if parent else None
    together = [deck_id for deck_id in wanted if not names.is_mistaken(deck_id, above) and names.move(deck_id, above)]
    alone = [deck_id for deck_id in wanted if names.is_mistaken(deck_id, above) and names.move(deck_id, above)]
    with ctx.single_commit():
        if together:
            ctx.write(col.decks.reparent, together, parent_id)
        for deck_id in alone:
            ctx.write(col.decks.rename, deck_id, names[deck_id])
    return len(together) + len(alone)


class _Names:
    """The names of all decks while decks are moved one after another. Raises what Anki would not refuse."""

    def __init__(self, names: dict[DeckId, str]) -> None:
        self._names = names
        self._taken = set(map(fold, names.values()))
        self._within: dict[str, dict[DeckId, None]] = defaultdict(dict)
        """For each name, and each beginning of one that names a parent: the deck of that name, and those below it."""
        for deck_id, name in names.items():
            self._add(deck_id, name)

    def _add(self, deck_id: DeckId, name: str) -> None:
        for beginning in _beginnings(name):
            self._within[beginning][deck_id] = None

    def _remove(self, deck_id: DeckId, name: str) -> None:
        for beginning in _beginnings(name):
            del self._within[beginning][deck_id]

    def __getitem__(self, deck_id: DeckId) -> str:
        return self._names[deck_id]

    def is_mistaken(self, deck_id: DeckId, parent: str | None) -> bool:
        """Whether Anki mistakes a deck for the parent's own parent, and does nothing: `A::B` for that of `A::Bc`
        (`reparented_name` in rslib/src/decks/name.rs).
        """
        name = self._names[deck_id]
        is_same_tree = parent is not None and parent.split("::", 1)[0] == name.split("::", 1)[0]
        return parent is not None and is_same_tree and parent.startswith(name) and not _is_within(parent, name)

    def move(self, deck_id: DeckId, parent: str | None) -> bool:
        """Give a deck and its sub-decks their names below a parent; whether these are other ones."""
        name = self._names[deck_id]
        last = name.rpartition("::")[2]
        new_name = last if parent is None else f"{parent}::{last}"
        if new_name == name:
            return False
        if parent is not None and _is_within(parent, name):
            raise Refused("A deck cannot be moved below itself.", deck=name, parent=parent)
        moved = {other_id: new_name + self._names[other_id][len(name) :] for other_id in self._within[name]}
        self._taken.difference_update(fold(self._names[other_id]) for other_id in moved)
        for new in moved.values():
            if fold(new) in self._taken:
                raise AlreadyExists(f"There is a deck of this name already: {new}", deck=new)
            if new.count("::") >= MOST_LEVELS:
                raise Refused("deck nesting level too deep", deck=name, parent=parent)
        for other_id, new in moved.items():
            self._remove(other_id, self._names[other_id])
            self._add(other_id, new)
        self._names |= moved
        self._taken.update(map(fold, moved.values()))
        return True


def _beginnings(name: str) -> Iterator[str]:
    """The names of a deck's parents, and its own: `A::B` -> `A`, `A::B`."""
    return accumulate(name.split("::"), "{}::{}".format)


def _is_within(name: str, other: str) -> bool:
    """Whether a deck is another one, or below it."""
    return f"{name}::".startswith(f"{other}::")
